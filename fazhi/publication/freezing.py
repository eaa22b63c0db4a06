"""What is kept of a report that is published, and what its corrections changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from fazhi.editions import Edition, Gate
from fazhi.figures import Value, Values
from fazhi.ledger import Record
from fazhi.narrative import Correction, Narrative
from fazhi.publication.lock import Change, Corrected, Figure, Lock, digest
from fazhi.settings import Settings
from fazhi.wording import plain


def figures(
    wordings: Mapping[str, list[str]], values: Values, last: Values, settings: Settings
) -> dict[str, Figure]:
    """Every figure that is published or printed, as it stands now; `wordings` is what is printed."""
    gate = Gate(Edition.PUBLIC, settings)
    return {
        name: _figure(value, wordings.get(name, []), last.get(name), gate)
        for name, value in values.items()
        if value.definition.printed or name in wordings
    }


def _figure(value: Value, wordings: list[str], last: Value | None, gate: Gate) -> Figure:
    return Figure(
        number=None if value.number is None else str(value.number),
        parts=None if value.parts is None else dict(value.parts),
        wordings=wordings,
        last=plain(last) if last else "",
        shown=plain(value),
        public=plain(gate.value(value)),
        records=len(value.records),
    )


def fingerprint(narrative: Narrative) -> str:
    """A hash of the report as typed, but for how it came to be published and was corrected."""
    # By what was typed alone: a field that is declared later changes no report of before.
    meta = narrative.meta.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"steps", "corrections"}
    )
    return digest(json.dumps([meta, narrative.body], ensure_ascii=False, sort_keys=True).encode())


def record_digests(records: Iterable[Record]) -> dict[str, str]:
    """The hash of each record's text, by its path."""
    return {record.path: digest(record.source.text.encode()) for record in records}


def freeze(
    narrative: Narrative,
    now: dict[str, Figure],
    records: dict[str, str],
    before: Lock | None,
    files: dict[str, str],
    package: str,
) -> Lock:
    """The lock of a report that is published now, over what was published before.

    The report's state is 已发布, and `check` found nothing against it.
    """
    published = narrative.meta.published
    assert published
    earlier = [*before.earlier, before.package] if before else []
    return Lock(
        year=narrative.year,
        published=published,
        narrative=fingerprint(narrative),
        figures=now,
        records=records,
        corrections=corrections(narrative, before, now),
        files=files,
        package=package,
        earlier=[one for one in earlier if one != package],
    )


def corrections(
    narrative: Narrative, lock: Lock | None, now: Mapping[str, Figure]
) -> list[Corrected]:
    """Every correction with what it changed: those published already, and those since."""
    if lock is None:
        return []
    new = [
        Corrected(
            day=correction.day,
            typed=typed(correction),
            figures={
                name: _change(lock.figures.get(name), now.get(name)) for name in correction.figures
            },
        )
        for correction in pending(narrative, lock)
    ]
    return [*lock.corrections, *new]


def _change(before: Figure | None, after: Figure | None) -> Change:
    return Change(
        shown=(before.shown if before else "—", after.shown if after else "—"),
        public=(before.public if before else "—", after.public if after else "—"),
    )


def pending(narrative: Narrative, lock: Lock) -> list[Correction]:
    """The corrections that have not been published yet."""
    done = {one.typed for one in lock.corrections}
    return [one for one in narrative.meta.corrections if typed(one) not in done]


def typed(correction: Correction) -> str:
    """A hash of a correction as it is typed."""
    written = correction.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return digest(json.dumps(written, ensure_ascii=False, sort_keys=True).encode())
