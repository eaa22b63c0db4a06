"""What the pages of one year have in common: its values as the edition prints them, and links."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from fazhi.figures import series
from fazhi.figures.series import Series
from fazhi.figures.value import Value, Values, with_decimals
from fazhi.figures.wording import UNCOMPARED, compared, plain
from fazhi.output import numbers, portal
from fazhi.output.official import INTERNAL
from fazhi.output.table import Table
from fazhi.problems import formats
from fazhi.problems.problem import Problem
from fazhi.project import Year
from fazhi.records import lock as locks
from fazhi.records import narrative
from fazhi.records.narrative import DRAFT, Correction, Narrative
from fazhi.records.record import Record
from fazhi.report import freezing, rendering, wholes
from fazhi.report.editions import Gate
from fazhi.schema.words import Section

UNFINISHED, UNPUBLISHED = "未定稿", "未公布"


class NotRendered(Exception):
    """No page can be made, for these `problems`: of a narrative, or of a photo broken behind its header."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("；".join(map(formats.line, problems)))
        self.problems = problems


class View:
    """One year as one edition shows it; in a package its corrections are not marked as unpublished."""

    def __init__(self, year: Year, gate: Gate, *, is_packed: bool = False) -> None:
        self.source = year
        self.pending = [] if is_packed else year.pending
        self.year = year.year
        self.gate = gate
        self.settings = year.settings
        self.values: Values = gate.values(year.values)
        self.last: Values = gate.values(year.last)

    def meta(self, title: str, kind: str, source: str = "") -> dict[str, object]:
        """A page's front matter; where its source is in the internal edition only."""
        meta: dict[str, object] = {"title": title, "kind": kind}
        if self.standing:
            meta["watermark"] = self.standing
        if self.is_unfinished:
            meta["search"] = {"boost": 0.2}  # a finished year's pages are found first
        return meta | ({"source": source} if source and self.gate.is_internal else {})

    def column(self, name: str, description: str) -> dict[str, object]:
        """A portal's <meta> for the page of a column of this year, as front matter."""
        keywords = (name, f"{self.year}年", self.settings.township.short_name, portal.SUBJECT)
        return {"meta": portal.column(name, description, keywords)}

    def article(self, names: portal.Names) -> dict[str, object]:
        """Those for the page of an article. The address is the public page's, and only there."""
        hidden = "Url" if self.gate.is_internal else ""
        return {"meta": {name: text for name, text in names.items() if name != hidden}}

    @property
    def narrative(self) -> Narrative:
        """The year's narrative. Raises ValueError for a year without one."""
        if self.source.narrative is None:
            raise ValueError(f"{self.year} has no narrative")
        return self.source.narrative

    @property
    def published(self) -> date | None:
        """The day when the year's report was published, and with it what it was counted from."""
        narrative = self.source.narrative
        return narrative.meta.published if narrative else None

    @cached_property
    def rendered(self) -> rendering.Rendered | None:
        """The narrative with its numbers linked to their evidence, or None without one."""
        if self.source.narrative is None:
            return None
        rendered = rendering.render(self.source.narrative, self.values, self.last, numbers.linked)
        if rendered.problems:
            raise NotRendered(rendered.problems)
        told = wholes.told_together(self.source.narrative, self.settings, rendered.words)
        for name, words in told.items():
            rendered.wordings.setdefault(name, words)
        return rendered

    @property
    def printed(self) -> list[Value]:
        """The figures that are published, in the order of figures.yml."""
        return [value for value in self.values.values() if value.definition.printed]

    @property
    def numbered(self) -> list[Value]:
        """Those of them that have a number to show."""
        return [value for value in self.printed if value.number is not None]

    @property
    def is_over(self) -> bool:
        """Whether the report tells of a whole year: it was written after that."""
        narrative = self.source.narrative
        return narrative is not None and narrative.meta.written.year > self.year

    @property
    def evidenced(self) -> list[Value]:
        """What the report gives evidence of: what is published, and what that or the prose is made of."""
        still = list(self.rendered.wordings) if self.rendered else []
        still += [value.name for value in self.printed]
        used = set[str]()
        while still:
            name = still.pop().partition(".")[0]
            if name not in used and name in self.values:
                used.add(name)
                definition = self.values[name].definition
                still += [*definition.sides, *definition.beside]
        return [value for name, value in self.values.items() if name in used]

    def words(self, value: Value) -> str:
        """The words in which the narrative first prints a figure, else number and unit."""
        return (self.rendered.words.get(value.name) if self.rendered else None) or plain(value)

    def wordings(self, value: Value) -> list[str]:
        """All that the narrative prints of a figure, last year's number and the change too."""
        return self.rendered.wordings.get(value.name, []) if self.rendered else []

    @property
    def is_unfinished(self) -> bool:
        """A year without a report: what is recorded may be no whole year."""
        return self.source.narrative is None

    @property
    def is_draft(self) -> bool:
        """A year whose numbers may change still: without a report, or with what is not published."""
        return bool(self.standing)

    @property
    def watermark(self) -> str:
        """What every form of the report must be marked with: a draft is none that holds."""
        narrative = self.source.narrative
        return DRAFT if narrative and narrative.meta.is_draft else ""

    @property
    def standing(self) -> str:
        """What all that is of the year is marked with, as long as it may change; else empty."""
        unpublished = UNPUBLISHED * bool(self.pending)
        return self.watermark or UNFINISHED * self.is_unfinished or unpublished

    @property
    def mark(self) -> str:
        """The same behind a name: 2025年（草稿）."""
        return f"（{self.standing}）" if self.standing else ""

    @property
    def called(self) -> str:
        """What its report is called among those of other years. Raises ValueError as `narrative`."""
        return f"{self.narrative.text_type.in_year(self.year)}{self.mark}"

    @property
    def marks(self) -> tuple[str, ...]:
        """What is printed across every page of the report."""
        return tuple(filter(None, (self.watermark, INTERNAL if self.gate.is_internal else "")))

    @property
    def tail(self) -> str:
        """The marks behind a title, where nothing else tells what it is: 报告（草稿）（示例）."""
        internal = f"（{INTERNAL}）" * self.gate.is_internal
        return f"{self.mark}{internal}{self.settings.township.sample_mark}"

    @cached_property
    def corrections(self) -> list[tuple[Correction, dict[str, tuple[str, str]]]]:
        """Each correction of the published report, and its figures before and after it."""
        narrative, lock = self.source.narrative, self.source.lock
        if narrative is None or lock is None:
            return []
        frozen = freezing.corrections(narrative, lock, self.source.figures)
        made = {one.typed: one.figures for one in frozen}
        inside = self.gate.is_internal
        return [
            (typed, {name: c.shown if inside else c.public for name, c in changes.items()})
            for typed in narrative.meta.corrections
            if (changes := made.get(locks.typed(typed))) is not None
        ]

    @cached_property
    def notices(self) -> list[str]:
        """Printed at the head of the report in every form: its corrections, oldest first."""
        notices = []
        for correction, changes in self.corrections:
            moved = "，".join(
                f"“{name}”由{before}更正为{after}" if before != after else f"“{name}”有更正"
                for name, (before, after) in changes.items()
            )
            why = (f"原因：{correction.why}", f"批准：{correction.approved_by}")
            parts = filter(None, (moved, correction.what, *why))
            sentences = "。".join(part.rstrip("。") for part in parts)
            unpublished = f"，{UNPUBLISHED}" * (correction in self.pending)
            notices.append(
                f"更正说明（{chinese_date(correction.day)}{unpublished}）：{sentences}。"
            )
        return notices

    def before(self, name: str) -> list[str]:
        """What was published of a figure before each of its corrections, oldest first."""
        return [changes[name][0] for _, changes in self.corrections if name in changes]

    def before_correction(self, name: str) -> str:
        """The same as it is printed behind the figure, or nothing."""
        before = self.before(name)
        return f"（原公布 {'、'.join(before)}）" if before else ""

    @cached_property
    def figure_table(self) -> Table:
        """Every published figure, beside last year's where there are any."""
        rows = []
        for value in self.printed:
            number = numbers.figure(value, tail=self.before_correction(value.name))
            section, last = value.definition.section, self.last_of(value)
            rows.append((value.heading, section, number, last, self.change(value)))
        head = ("指标", "板块", f"{self.year}年", f"{self.year - 1}年", "变化")
        if all(last == "暂无" for *_, last, _ in rows):
            return Table(f"{self.year}年全部指标", head[:3], [row[:3] for row in rows], (2,))
        caption = f"{self.year}年全部指标与上年比较"
        if sum(last == "暂无" for *_, last, _ in rows) * 2 > len(rows):
            rows = [(*row[:3], "", "") if row[3] == "暂无" else row for row in rows]
            caption += "（上年没有数的空着）"
        return Table(caption, head, rows, numeric=(2, 3, 4))

    def change(self, value: Value) -> str:
        """The change on last year as tables print it, with the decimals that the narrative gives it."""
        if self.is_unfinished:
            return UNCOMPARED
        last, decimals = self.last.get(value.name), self.decimals.get(value.name)
        return numbers.change(value, last, compared(value, last, decimals))

    def series(self, value: Value) -> Series:
        """A figure of this year over the years that publish it, as this edition shows them."""
        held = {value.name: value}
        earlier = self.gate.earlier(self.source.earlier, held)
        return series.over(value, {y: with_decimals(then, held, {}) for y, then in earlier.items()})

    @cached_property
    def decimals(self) -> dict[str, int | None]:
        """With how many decimals the narrative prints the change of a figure."""
        typed = self.source.narrative
        return narrative.decimals(typed, "同比") if typed else {}

    def count(self, value: Value) -> str:
        """How many records a figure is counted from; a dash for one that is withheld."""
        return "—" if value.withheld else str(len(value.records))

    def last_of(self, value: Value) -> str:
        return numbers.figure(last) if (last := self.last.get(value.name)) else "暂无"

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that have a figure or a record to show; of another nothing is said."""
        used = {value.definition.section for value in self.printed} | set(self.by_section)
        known = self.settings.vocabulary.sections_in(self.year)
        return [section for section in known if section.name in used]

    def section_path(self, name: str, year: int | None = None) -> str | None:
        """The page of a section in this year, or in another where it has a record."""
        year = year or self.year
        known = self.settings.vocabulary.sections_in(year) if year != self.year else self.sections
        return next((f"{year}/{s.path}.md" for s in known if s.name == name), None)

    @cached_property
    def counted_in(self) -> dict[int, list[Value]]:
        """The published figures that each record (by identity) counts in."""
        found: dict[int, list[Value]] = defaultdict(list)
        for value in self.printed:
            for record in value.records:
                found[id(record)].append(value)
        return found

    @cached_property
    def by_section(self) -> dict[str, list[Record]]:
        """The year's records by the section they belong to."""
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.gate.listed(self.source.records):
            found[record.section(self.settings)].append(record)
        return found


def of_site(views: Iterable[View]) -> View:
    """The year that stands for the site: the newest with a report, else the newest."""
    return max(views, key=lambda view: (not view.is_unfinished, view.year))


def chinese_date(day: object) -> str:
    """2025-02-12 as 2025年2月12日."""
    year, month, date = str(day).split("-")
    return f"{year}年{int(month)}月{int(date)}日"
