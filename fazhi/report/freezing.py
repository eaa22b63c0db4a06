"""What is kept of a report that is published, and what its corrections changed."""

from collections.abc import Collection, Iterable, Mapping

from fazhi.figures import disclosure, former
from fazhi.figures.measures import fingerprint as meaning
from fazhi.figures.value import Extent, Value, Values
from fazhi.figures.wording import compared, plain
from fazhi.figures.yearly import monthly
from fazhi.records.lock import (
    Change,
    Corrected,
    Figure,
    Lock,
    Outside,
    digest,
    digest_of,
    fingerprint,
    kept_back,
    pending,
    typed,
)
from fazhi.records.narrative import Narrative, decimals
from fazhi.records.record import Record
from fazhi.report.editions import Edition, Gate
from fazhi.schema.township import Settings


def figures(
    narrative: Narrative,
    wordings: Mapping[str, list[str]],
    values: Values,
    last: Values,
    settings: Settings,
) -> dict[str, Figure]:
    """Every figure that is published or printed, as it is now; `wordings` is what is printed."""
    gate = Gate(Edition.PUBLIC, settings)
    outside, last_outside = gate.values(values), gate.values(last)
    definitions = {name: value.definition for name, value in values.items()}
    typed = decimals(narrative, "同比")

    def figure(name: str, value: Value) -> Figure:
        public, before, public_before = outside[name], last.get(name), last_outside.get(name)
        pages = [record.path for record in value.records if gate.has_page(record)]
        places = typed.get(name)
        is_drawn = "逐月" in value.definition.pictures and not value.sensitive
        months = monthly(value, settings, narrative.meta.written) if is_drawn else ()
        return Figure(
            number=None if value.number is None else str(value.number),
            numerator=value.numerator,
            denominator=value.denominator,
            parts=None if value.parts is None else dict(value.parts),
            wordings=wordings.get(name, []),
            last=plain(before) if before else "",
            shown=plain(value),
            public=plain(public),
            records=len(value.records),
            pages=digest("\n".join(sorted(pages)).encode(errors="backslashreplace")),
            made_of={other.name: plain(other) for other in (*value.sides, *value.beside)},
            change=compared(value, before, places),
            section=value.definition.section,
            meaning=meaning(value.definition, definitions),
            note=value.definition.note,
            months=[None if n is None else str(n) for n in months] or None,
            outside=Outside(
                parts=None if public.parts is None else dict(public.parts),
                beside={other.name: plain(other) for other in public.beside},
                last=plain(public_before) if public_before else "",
                change=compared(public, public_before, places),
            ),
        )

    shown = {n: v for n, v in values.items() if v.definition.printed or n in wordings}
    return {name: figure(name, value) for name, value in shown.items()}


def freeze(
    narrative: Narrative,
    now: Mapping[str, Figure],
    records: Collection[Record],
    values: Values,
    past: Iterable[Values],
    settings: Settings,
    before: Lock | None,
    files: dict[str, str],
    package: str,
) -> Lock:
    """The lock of a report that is published now, over what was published before.

    The report's state is 已发布, and `check` found nothing against it. Of its `records` the sensitive
    ones are kept, too: what counts them one day is known to be no other record. The values of the
    `past` go out with it.
    """
    published = narrative.meta.published
    assert published
    earlier = [*before.earlier, before.package] if before else []
    behind = {record for value in values.values() for record in value.records}
    behind |= {record for record in records if record.is_sensitive(settings)}
    every = [*values.values(), *(value for each in past for value in each.values())]
    # The title of a picture may tell of any figure.
    titles = "".join(t for d in settings.definitions for t in d.captions.values())
    shown = [v for v in every if v.definition.printed or v.name in now or v.name in titles]
    shown += [other for value in shown for other in value.beside]
    behind |= {record for value in shown if value.sensitive for record in value.records}
    digests = {record.path: digest_of(record) for record in behind}
    samples = {*records, *(record for value in every for record in value.records)}
    sensitive = [record for record in behind if record.is_sensitive(settings)]
    return Lock(
        year=narrative.year,
        published=published,
        is_sample=settings.township.is_sample,
        narrative=fingerprint(narrative),
        figures=dict(now),
        records=digests,
        samples=sorted(map(digest_of, samples)) if settings.township.is_sample else [],
        kept_back={r.path: back for r in records if (back := kept_back(r, settings))},
        corrections=corrections(narrative, before, now),
        counted={record.path: {} for record in sensitive}
        | former.counted((v for v in shown if v.extent is not Extent.NOTHING), settings),
        sensitive=disclosure.published(
            shown,
            every,
            settings,
            before,
            sensitive,
        ),
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
        was, now_is = lock.figures.get(name), now.get(name)
        before, after = _told(was, now_is), _told(now_is, was)
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


def _told(figure: Figure | None, other: Figure | None) -> tuple[str, str]:
    """A figure as each edition writes it; where only its fraction is another, with that."""
    if figure is None:
        return "—", "—"
    fraction = ""
    if other and figure.shown == other.shown and figure.denominator and other.denominator:
        fraction = f"（{figure.numerator}/{figure.denominator}）"
    is_alike = figure.public == figure.shown
    return figure.shown + fraction, figure.public + fraction * is_alike
