"""Content hashes of a report and its corrections as typed; which corrections are not published yet."""

import json

from fazhi.records.lock import Lock, digest
from fazhi.records.narrative import Correction, Narrative


def fingerprint(narrative: Narrative) -> str:
    """A hash of the report as typed, but for how it came to be published and was corrected."""
    # By what was typed alone: a field that is declared later changes no report of before.
    meta = narrative.meta.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"steps", "corrections"}
    )
    return digest(json.dumps([meta, narrative.body], ensure_ascii=False, sort_keys=True).encode())


def pending(narrative: Narrative, lock: Lock) -> list[Correction]:
    """The corrections that have not been published yet."""
    published = {one.typed for one in lock.corrections}
    return [one for one in narrative.meta.corrections if typed(one) not in published]


def typed(correction: Correction) -> str:
    """A hash of a correction as it is typed."""
    written = correction.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return digest(json.dumps(written, ensure_ascii=False, sort_keys=True).encode())
