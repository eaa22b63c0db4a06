"""What is kept of a report that is published, and what its corrections changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fazhi.figures.value import Values
from fazhi.figures.wording import plain
from fazhi.records.corrections import fingerprint, pending, typed
from fazhi.records.lock import Change, Corrected, Figure, Lock, digest
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.report.editions import Edition, Gate
from fazhi.schema.township import Settings


def figures(
    wordings: Mapping[str, list[str]], values: Values, last: Values, settings: Settings
) -> dict[str, Figure]:
    """Every figure that is published or printed, as it is now; `wordings` is what is printed."""
    gate = Gate(Edition.PUBLIC, settings)
    return {
        name: Figure(
            number=None if value.number is None else str(value.number),
            parts=None if value.parts is None else dict(value.parts),
            wordings=wordings.get(name, []),
            last=plain(last[name]) if name in last else "",
            shown=plain(value),
            public=plain(gate.value(value)),
            records=len(value.records),
        )
        for name, value in values.items()
        if value.definition.printed or name in wordings
    }


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

    def change(name: str) -> Change:
        both = (lock.figures.get(name), now.get(name))
        before, after = ((one.shown, one.public) if one else ("—", "—") for one in both)
        return Change(shown=(before[0], after[0]), public=(before[1], after[1]))

    new = [
        Corrected(
            day=correction.day,
            typed=typed(correction),
            figures={name: change(name) for name in correction.figures},
        )
        for correction in pending(narrative, lock)
    ]
    return [*lock.corrections, *new]
