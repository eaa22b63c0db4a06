"""Small groups stay hidden: an attacker who adds and subtracts all that is published, of all years."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
import z3  # type: ignore[import-untyped]
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from fazhi.figures.value import OTHER
from fazhi.output import site
from fazhi.output.data import files
from fazhi.output.view import View
from fazhi.problems.problem import Severity
from fazhi.project import Year
from fazhi.records import lock as locks
from fazhi.report import freezing
from fazhi.report.editions import Edition, Gate
from tests.conftest import BASE, checked, lay
from tests.output.test_series import assert_as_the_years
from tests.support.building import write_record, yaml_of

YEARS = (2023, 2024)
SENSITIVE, PLAIN = "救助", "矛盾纠纷"
OUTCOMES = ("调解成功", "调解不成", "在办")
CHANNELS = ("群众申请", "12345")
PARTS = ("甲类", "乙类", "丙类", "丁类")
PICTURES = {"分类": "分项", "比率": "比率"}

Row = dict[object, int]
Fields = dict[str, Any]


# An office with small groups


@dataclass
class Office:
    """What lies in the records and in figures.yml: the truth that the attacker is after."""

    limit: int
    figures: list[Fields]
    cases: list[Fields]
    visits: list[Fields]
    people: dict[int, dict[str, int]]
    registered: dict[int, int]

    def write(self, root: Path) -> None:
        shutil.copytree(BASE, root)
        shutil.rmtree(root / "docs")
        shutil.rmtree(root / "records/2024")
        for year in YEARS:
            (root / f"records/{year}").mkdir()
        vocabulary = _declared(root / "records/vocabulary.yml")
        words = {"名称": SENSITIVE, "板块": "矛盾化解", "结果": list(OUTCOMES), "敏感": "是"}
        vocabulary["类别"]["案件"].append(words)
        vocabulary["类别"]["活动"].append({"名称": "帮教", "板块": "矛盾化解", "敏感": "是"})
        people = vocabulary["类别"]["现状"]
        people[1]["分项"] = list(PARTS)
        people.append({"名称": "登记人员", "板块": "矛盾化解", "单位": "名", "敏感": "是"})
        township = _declared(root / "records/township.yml")
        for name, held in (
            ("vocabulary", vocabulary),
            ("township", township | {"小数阈值": self.limit}),
            ("figures", self.figures),
        ):
            (root / f"records/{name}.yml").write_text(yaml_of(held), encoding="utf-8")
        for kind, day, happened in (
            ("cases", "受理日期", self.cases),
            ("activities", "日期", self.visits),
        ):
            for number, one in enumerate(happened):
                file = root / f"records/{one[day][:4]}/{kind}/{number}.md"
                write_record(file, {"标题": f"{number}事"} | one)
        for year, parts in self.people.items():
            for name, said in (
                ("重点人群", {"分类": parts}),
                ("登记人员", {"数量": self.registered[year]}),
            ):
                standing = {"标题": name, "截止日期": f"{year}-12-31", "类别": name, **said}
                write_record(root / f"records/{year}/standings/{name}.md", standing)


def _declared(file: Path) -> dict[str, Any]:
    return dict(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader))


@st.composite
def case_of(draw: st.DrawFn) -> Fields:
    accepted = draw(st.sampled_from(YEARS))
    outcome = draw(st.sampled_from(OUTCOMES))
    case = {
        "受理日期": f"{accepted}-06-01",
        "类别": draw(st.sampled_from((SENSITIVE, SENSITIVE, SENSITIVE, PLAIN))),
        "结果": outcome,
        "来源": draw(st.sampled_from([[], [CHANNELS[0]], [CHANNELS[1]], list(CHANNELS)])),
    }
    if outcome != "在办":
        closed = draw(st.sampled_from([y for y in YEARS if y >= accepted]))
        case["办结日期"] = f"{closed}-07-01"
    return case


@st.composite
def counting(draw: st.DrawFn) -> Fields:
    """A figure that counts cases, or breaks them down, under random conditions."""
    conditions: Fields = draw(
        st.sampled_from([{}, {"类别": SENSITIVE}, {"类别": [SENSITIVE, PLAIN]}])
    )
    chosen: Fields = dict(conditions)
    if outcome := draw(st.sampled_from([None, "调解成功", ["调解成功", "调解不成"], "在办"])):
        chosen["结果"] = outcome
    if channel := draw(st.sampled_from([None, None, *CHANNELS])):
        chosen["来源"] = channel
    figure: Fields = {"板块": "矛盾化解", "单位": "件", "记录": "案件", "条件": chosen}
    if draw(st.booleans()):
        figure["按日期"] = "办结日期"
    measure = draw(st.sampled_from(["件数", "件数", "件数", "分类"]))
    figure |= {"统计": measure} | ({"按": "结果"} if measure == "分类" else {})
    return figure


PEOPLE: Fields = {"板块": "矛盾化解", "单位": "名", "记录": "现状"}
FIXED: list[Fields] = [
    PEOPLE | {"名称": "人群", "统计": "分类", "条件": {"类别": "重点人群"}},
    PEOPLE | {"名称": "人数", "统计": "最新值", "条件": {"类别": "重点人群"}},
    PEOPLE | {"名称": "登记", "统计": "最新值", "条件": {"类别": "登记人员"}},
    {"名称": "登记率", "板块": "矛盾化解", "统计": "比率", "分子": "登记", "分母": "人数"},
    {"名称": "帮教人次", "板块": "矛盾化解", "单位": "人次", "统计": "求和", "记录": "活动", "字段": "参加人次"},
    {"名称": "帮教", "板块": "矛盾化解", "单位": "次", "统计": "件数", "记录": "活动", "条件": {"类别": "帮教"}},
]  # fmt: skip


@st.composite
def offices(draw: st.DrawFn) -> Office:
    figures: list[Fields] = []
    for number, figure in enumerate(draw(st.lists(counting(), min_size=2, max_size=7))):
        figures.append({"名称": f"数{number}", **figure})
    counts = [figure["名称"] for figure in figures if figure["统计"] == "件数"]
    for number, pair in enumerate(draw(st.lists(st.permutations(counts), max_size=2))):
        if len(pair) > 1:
            ratio = {"板块": "矛盾化解", "统计": "比率", "分子": pair[0], "分母": pair[1]}
            figures.append({"名称": f"率{number}", **ratio, "附列": [pair[-1]]})
    fixed = draw(st.sampled_from([[], FIXED, FIXED[:2], FIXED[:3], FIXED[4:]]))
    figures = [{**figure} for figure in draw(st.permutations([*figures, *fixed]))]
    if len(fixed) > 2 and fixed[0] is FIXED[0] and draw(st.booleans()):
        next(figure for figure in figures if figure["名称"] == "登记")["属于"] = "人数"
    for figure in figures:
        if draw(st.integers(0, 3)) == 0:
            figure["印发"] = "否"
        else:
            figure["图"] = ["柱", PICTURES.get(figure["统计"], "线")]
    visits: list[Fields] = [
        {"日期": f"{year}-05-01", "类别": "帮教", "地点": "乡里"}
        | ({"参加人次": people} if people is not None else {})
        for year, people in draw(
            st.lists(
                st.tuples(st.sampled_from(YEARS), st.sampled_from([None, 0, 1, 3, 3, 40, 40])),
                max_size=16,
            )
        )
    ]
    sizes = st.sampled_from([0, 1, 2, 4, 6, 15])
    people = {
        year: draw(st.fixed_dictionaries(dict.fromkeys(PARTS, sizes))) for year in YEARS if fixed
    }
    less = st.sampled_from([0, 1, 3, 8])
    return Office(
        limit=draw(st.sampled_from([3, 5])),
        figures=figures,
        cases=draw(st.lists(case_of(), min_size=4, max_size=26)),
        visits=visits,
        people=people,
        registered={y: max(sum(p.values()) - draw(less), 0) for y, p in people.items()},
    )


# What is published


@dataclass
class Published:
    """All sums that the attacker can read, as rows over what he does not know."""

    rows: list[tuple[Row, int]] = field(default_factory=list)
    sizes: dict[object, int] = field(default_factory=dict)


def attack(office: Office, documents: Mapping[int, dict[str, Any]]) -> Published:
    """The equations that the published figures of all years are; own reckoning, not the program's."""
    named = {figure["名称"]: figure for figure in office.figures}
    rows = [
        row
        for year, document in documents.items()
        for entry in document["figures"]
        if entry["value"] is not None
        for row in equations(office, named, year, entry)
    ]
    return Published(rows, dict(unknowns(office)))


def unknowns(office: Office) -> Iterator[tuple[object, int]]:
    """What the attacker does not know, and how much it is: cases, visits, people at them, parts."""
    yield from ((("case", n), 1) for n, c in enumerate(office.cases) if c["类别"] == SENSITIVE)
    for number, visit in enumerate(office.visits):
        yield ("visit", number), 1
        if visit.get("参加人次"):
            yield ("amount", number), visit["参加人次"]
    for year, parts in office.people.items():
        yield from (((year, part), number) for part, number in parts.items() if number)
        yield ("registered", year), office.registered[year]


def equations(
    office: Office, named: Mapping[str, Fields], year: int, entry: Mapping[str, Any]
) -> Iterator[tuple[Row, int]]:
    """What an entry of figures.json tells: its number, its sides, its parts, the records behind."""
    figure = named[entry["name"]]
    if figure["统计"] == "比率":
        sides = [named[figure[side]] for side in ("分子", "分母")]
        yield equation(office, sides[0], year, entry["numerator"])
        yield equation(office, sides[1], year, entry["denominator"])
        if all(side["记录"] == "案件" for side in sides):
            yield behind(office, sides, year, entry["records"])
        return
    yield equation(office, figure, year, entry["value"])
    parts = entry.get("parts", {})
    for name, number in parts.items():
        yield equation(office, figure, year, number, (name, set(parts)))
    if figure["统计"] == "求和":
        dated = visits_of(office, year)
        yield {("visit", n): 1 for n in dated if "参加人次" in dated[n]}, entry["records"]


def visits_of(office: Office, year: int) -> dict[int, Fields]:
    return {n: v for n, v in enumerate(office.visits) if v["日期"].startswith(str(year))}


def equation(
    office: Office, figure: Fields, year: int, value: int, part: tuple[str, set[str]] | None = None
) -> tuple[Row, int]:
    """A published number: the unknowns that it adds up, and their sum, the known taken away."""
    match figure["记录"], figure["统计"]:
        case "案件", _:
            held = [(n, c) for n, c in enumerate(office.cases) if counts(c, figure, year)]
            held = [
                (n, c)
                for n, c in held
                if part is None or word(outcome(c, year), part[1]) == part[0]
            ]
            row: Row = {("case", n): 1 for n, c in held if c["类别"] == SENSITIVE}
            return row, value - (len(held) - len(row))
        case "活动", "件数":
            return {("visit", n): 1 for n in visits_of(office, year)}, value
        case "活动", _:
            dated = visits_of(office, year)
            return {("amount", n): 1 for n in dated if dated[n].get("参加人次")}, value
    if figure["条件"]["类别"] == "登记人员":
        return {("registered", year): 1}, value
    parts = [name for name, number in office.people[year].items() if number]
    return {
        (year, name): 1 for name in parts if part is None or word(name, part[1]) == part[0]
    }, value


def behind(office: Office, sides: list[Fields], year: int, told: int) -> tuple[Row, int]:
    """How many records stand behind a ratio, as a sum over the sensitive ones."""
    cases = enumerate(office.cases)
    held = [(n, c) for n, c in cases if any(counts(c, side, year) for side in sides)]
    row: Row = {("case", n): 1 for n, c in held if c["类别"] == SENSITIVE}
    return row, told - (len(held) - len(row))


def word(name: str, kept: set[str]) -> str:
    return name if name in kept else OTHER


def outcome(case: Fields, year: int) -> str:
    """What had come of a case when a year was over."""
    return case["结果"] if case.get("办结日期", "") <= f"{year}-12-31" else "在办"


def counts(case: Fields, figure: Fields, year: int) -> bool:
    day = case.get(figure.get("按日期", "受理日期"))
    if not day or not day.startswith(str(year)):
        return False
    stood = case | {"结果": outcome(case, year)}
    for key, wanted in figure["条件"].items():
        held = stood[key] if isinstance(stood[key], list) else [stood[key]]
        if not set(held) & set(wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


# The attacker


def cells(published: Published) -> list[list[object]]:
    """Unknowns that every published sum takes alike; what none takes is left out."""
    found: dict[tuple[tuple[int, int], ...], list[object]] = {}
    for column in published.sizes:
        taken = tuple(
            (i, row[column]) for i, (row, _) in enumerate(published.rows) if column in row
        )
        if taken:
            found.setdefault(taken, []).append(column)
    return list(found.values())


def rank(rows: list[list[Fraction]]) -> int:
    rows, done = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is not None:
            rows[done], rows[pivot] = rows[pivot], rows[done]
            for r in range(done + 1, len(rows)):
                times = rows[r][column] / rows[done][column]
                rows[r] = [a - times * b for a, b in zip(rows[r], rows[done], strict=True)]
            done += 1
    return done


def small_groups(sizes: list[int], limit: int) -> Iterator[tuple[int, ...]]:
    """Every choice of cells that together are below the limit, and somebody."""
    light = [place for place, size in enumerate(sizes) if 0 < size < limit]
    for many in range(1, limit):
        for group in combinations(light, many):
            if sum(sizes[place] for place in group) < limit:
                yield group


def recovered_by_algebra(published: Published, limit: int) -> list[tuple[int, ...]]:
    """The small groups that are a linear combination of published sums."""
    known = cells(published)
    sizes = [sum(published.sizes[column] for column in cell) for cell in known]
    matrix = [[Fraction(row.get(cell[0], 0)) for cell in known] for row, _ in published.rows]
    own = rank(matrix)
    return [
        group
        for group in small_groups(sizes, limit)
        if rank([*matrix, [Fraction(int(p in group)) for p in range(len(known))]]) == own
    ]


def recovered_by_trial(published: Published, limit: int) -> list[tuple[int, ...]]:
    """The small groups that have the same size in every way in which all sums come out right."""
    known = cells(published)
    sizes = [sum(published.sizes[column] for column in cell) for cell in known]
    rows = [([row.get(cell[0], 0) for cell in known], total) for row, total in published.rows]
    left = set(small_groups(sizes, limit))

    def tried(chosen: list[int], rest: list[int]) -> None:
        place = len(chosen)
        if not left:
            return
        if place == len(known):
            if not any(rest):
                left.intersection_update(
                    [g for g in left if sum(chosen[p] for p in g) == sum(sizes[p] for p in g)]
                )
            return
        most = min(r // row[place] for (row, _), r in zip(rows, rest, strict=True) if row[place])
        for number in range(most + 1):
            after = [r - row[place] * number for (row, _), r in zip(rows, rest, strict=True)]
            if all(
                r == 0 or any(row[place + 1 :]) for (row, _), r in zip(rows, after, strict=True)
            ):
                tried([*chosen, number], after)

    tried([], [total for _, total in rows])
    return sorted(left)


def small_entries(office: Office, *, printed: bool) -> Iterator[Row]:
    """What no table may give away: each figure, and each part of one, that is small."""
    sizes = dict(unknowns(office))
    named = {figure["名称"]: figure for figure in office.figures}
    for figure, year in product(office.figures, YEARS):
        if figure["统计"] == "比率" or (printed and figure.get("印发") == "否"):
            continue
        if whole := named.get(figure.get("属于", "")):  # what is left of it beside a part of it
            row, _ = equation(office, whole, year, 0)
            taken, _ = equation(office, figure, year, 0)
            row = {**row, **{column: row.get(column, 0) - n for column, n in taken.items()}}
            if 0 < sum(times * sizes[column] for column, times in row.items()) < office.limit:
                yield row
        words = {*PARTS, *OUTCOMES} if figure["统计"] == "分类" else set()
        for part in (None, *((word, words) for word in sorted(words))):
            row, _ = equation(office, figure, year, 0, part)
            if 0 < sum(times * sizes[column] for column, times in row.items()) < office.limit:
                yield row


def small_cells(office: Office, published: Published) -> Iterator[Row]:
    """The same for each group that published sums take alike."""
    for cell in cells(published):
        if sum(published.sizes[column] for column in cell) < office.limit:
            yield dict.fromkeys(cell, 1)


def held_too_close(rows: list[tuple[Row, int]], aims: Iterable[Row], limit: int) -> list[Row]:
    """The groups of which no two sizes as far apart as the limit make all published sums come out
    right: linear programming, over two offices that publish the same."""
    held = [(row, total) for row, total in rows if row]
    columns = sorted({column for row, _ in held for column in row}, key=str)
    solver = z3.Solver()
    offices = []
    for name in "xy":
        cell = {column: z3.Real(f"{name}{n}") for n, column in enumerate(columns)}
        solver.add([one >= 0 for one in cell.values()])
        for row, total in held:
            solver.add(z3.Sum([times * cell[column] for column, times in row.items()]) == total)
        offices.append(cell)
    assert solver.check() == z3.sat
    found = []
    for aim in aims:
        if not all(column in offices[0] for column in aim):
            continue  # nothing at all is known of a part of it
        one, other = (z3.Sum([n * cell[column] for column, n in aim.items()]) for cell in offices)
        if solver.check(one - other >= limit) != z3.sat:
            found.append(aim)
    return found


def pages_of(years: list[Year]) -> site.Pages:
    """The pages and the data of the public site, without the report's documents beside them."""
    views = site.views(years, Edition.PUBLIC)
    leaves = (leaf for view in views for leaf in site.leaves(view))
    overviews = site.overviews(views, "", lambda _: {})
    return {**overviews, **{leaf.path: leaf.document.text for leaf in leaves}}


def assert_no_more_is_told(
    made: site.Pages, documents: Mapping[int, dict[str, Any]], years: list[Year]
) -> None:
    """What is published of all years together, on any page and in any picture, each year tells by
    itself in its figures.json, but for figures that only serve others."""
    assert_as_the_years(made, documents)
    entries = {(str(y), e["name"]): e for y in documents for e in documents[y]["figures"]}
    pages = (html.fromstring(str(page)) for path, page in made.items() if path.endswith(".md"))
    numbers = (number for page in pages for number in page.iter("data"))
    for told in ({str(key): str(text) for key, text in one.items()} for one in numbers):
        name = told.get("data-figure") or told["data-of"]
        value, of_year = float(told["value"]), entries.get((told["data-year"], name))
        if of_year is None:
            assert not any(v.definition.printed for y in years if (v := y.values.get(name)))
        elif "data-since" in told:
            before = entries[told["data-since"], name]
            assert of_year["value"] is not None and before["value"] is not None
        elif "data-part" in told:
            values = next(y.values for y in years if str(y.year) == told["data-year"])
            none = (
                None if values[name].sensitive else 0
            )  # of these nobody is told that there is none
            assert of_year["parts"].get(told["data-part"], none) == value
        else:
            assert of_year["value"] == pytest.approx(value, abs=0.005)
    # A picture by month is drawn of these: no month holds one that must not be recognised.
    for view in site.views(years, Edition.PUBLIC):
        for counted in (value for value in view.printed if not value.sensitive):
            assert not any(record.is_sensitive(view.settings) for record in counted.records)


@pytest.mark.parametrize(("registered", "told"), [(48, 1), (45, 2), (51, 2)])
def test_nor_by_a_figure_that_says_it_is_part_of_another(registered, told, tmp_path):
    """Of two facts of different 类别, each large enough, one less the other is a small group."""
    year, before = YEARS[1], YEARS[0]
    part = FIXED[2] | {"属于": "人数"}
    people = {year: {"甲类": 20, "乙类": 31}, before: {"甲类": 20, "乙类": 31}}
    figures = [FIXED[1], part]
    office = Office(5, figures, [], [], people, {year: registered, before: registered})
    office.write(tmp_path / "office")
    documents = published_of(checked(tmp_path / "office").years)
    for document in documents.values():
        assert sum(one["value"] is not None for one in document["figures"]) == told


def latest(category: str, **said: str) -> Fields:
    named = {"名称": category, "统计": "最新值", "条件": {"类别": category}}
    return PEOPLE | named | {{"whole": "属于", "same": "等于"}[key]: v for key, v in said.items()}


WITHIN = {  # the figures, how many of each, and which of them are told
    "over two steps": (
        [latest("全"), latest("中", whole="全"), latest("小", whole="中")],
        {"全": 60, "中": 58, "小": 57},
        ["全"],
    ),
    "enough over two steps": (
        [latest("全"), latest("中", whole="全"), latest("小", whole="中")],
        {"全": 60, "中": 54, "小": 48},
        ["全", "中", "小"],
    ),
    "the same": (
        [latest("全"), latest("中", whole="全"), latest("同", same="中")],
        {"全": 60, "中": 58, "同": 58},
        ["全"],
    ),
    "in place of the whole": (
        [latest("全"), latest("同", same="全"), latest("中", whole="同")],
        {"全": 60, "同": 60, "中": 57},
        ["全", "同"],
    ),
    "the parts of a part": (
        [
            latest("全"),
            latest("一", whole="全"),
            latest("二", whole="全"),
            latest("三", whole="二"),
            latest("四", whole="二"),
        ],
        {"全": 60, "一": 30, "二": 28, "三": 14, "四": 14},
        ["全", "一", "三"],
    ),
}


@pytest.mark.parametrize("name", WITHIN)
def test_nor_by_figures_within_figures(name, tmp_path):
    figures, sizes, told = WITHIN[name]
    Office(5, figures, [], [], {}, {}).write(root := tmp_path / "office")
    file = root / "records/vocabulary.yml"
    vocabulary = _declared(file)
    for category, size in sizes.items():
        words = {"名称": category, "板块": "矛盾化解", "单位": "名", "敏感": "是"}
        vocabulary["类别"]["现状"].append(words)
        said = {"标题": category, "截止日期": "2024-12-31", "类别": category, "数量": size}
        write_record(root / f"records/2024/standings/{category}.md", said)
    file.write_text(yaml_of(vocabulary), encoding="utf-8")
    entries = published_of(checked(root).years)[YEARS[1]]["figures"]
    assert [one["name"] for one in entries if one["value"] is not None] == told


@pytest.mark.parametrize(("ours", "kept"), [((18, 26), 1), ((20, 26), 2), ((14, 26), 2)])
def test_nor_by_the_same_part_of_a_figure_within(ours, kept, tmp_path):
    """Of the first part, 20 less 18 are 2."""
    people = {year: {"甲类": 20, "乙类": 31} for year in YEARS}
    own = FIXED[0] | {"名称": "登记", "条件": {"类别": "登记人员"}, "属于": "人群"}
    Office(5, [FIXED[0], own], [], [], people, dict.fromkeys(YEARS, 44)).write(
        root := tmp_path / "a"
    )
    for year in YEARS:
        file = root / f"records/{year}/standings/登记人员.md"
        parts = dict(zip(PARTS, ours, strict=False))
        write_record(
            file, {"标题": "登记", "截止日期": f"{year}-12-31", "类别": "登记人员", "分类": parts}
        )
    file = root / "records/vocabulary.yml"
    vocabulary = _declared(file)
    vocabulary["类别"]["现状"][-1]["分项"] = list(PARTS)
    file.write_text(yaml_of(vocabulary), encoding="utf-8")
    entries = published_of(checked(root).years)[YEARS[1]]["figures"]
    assert sum(bool(one.get("parts")) for one in entries) == kept


@pytest.mark.parametrize(
    ("sat", "told"),
    [([*[(10, 10, 10)] * 5, (10, 10, 9), (1, 0, 0)], 1), ([(10, 9, 8)] * 7, 3)],
)
def test_nor_by_the_fields_of_an_examination(sat, told, tmp_path):
    """Who was examined is of those who were to be."""
    fields = ("应考", "参考", "合格")
    figures = [
        {"名称": f"数{name}", "板块": "矛盾化解", "单位": "人", "统计": "求和", "记录": "活动"}
        | {"字段": name, "条件": {"类别": "帮教"}}
        for name in fields
    ]
    visit = {"日期": "2024-05-01", "类别": "帮教", "地点": "乡里"}
    visits = [visit | dict(zip(fields, one, strict=True)) for one in sat]
    Office(5, figures, [], visits, {}, {}).write(tmp_path / "office")
    entries = published_of(checked(tmp_path / "office").years)[YEARS[1]]["figures"]
    assert sum(one["value"] is not None for one in entries) == told


@pytest.mark.parametrize(
    ("sizes", "kept"), [((9, 9, 4), 0), ((9, 9, 5), 3), ((25, 19, 1, 6), 3), ((25, 1, 1, 1, 2), 0)]
)
def test_nor_by_how_small_parts_are_merged(sizes, kept, tmp_path):
    """13 beside 9 are 9 and 4: none of them is more than what is kept, and none would be with 5."""
    names = [*PARTS, "戊类"][: len(sizes)]
    people = {year: dict(zip(names, sizes, strict=True)) for year in YEARS}
    office = Office(5, FIXED[:1], [], [], people, dict.fromkeys(YEARS, 0))
    office.write(tmp_path / "office")
    (figure,) = published_of(checked(tmp_path / "office").years)[YEARS[1]]["figures"]
    assert len(figure.get("parts") or ()) == kept


@pytest.mark.parametrize(("day", "told"), [("06-30", 1), ("12-31", 2)])
def test_nor_by_a_figure_of_another_day_that_takes_the_same_fact(day, told, tmp_path):
    """Of what was there in June both figures tell, while nothing was counted later."""
    june = FIXED[1] | {"名称": "年中", "条件": {"类别": "重点人群"}, "截至": "06-30"}
    figures = [FIXED[2] | {"属于": "人数"}, FIXED[1], june]
    people = {year: {"甲类": 20, "乙类": 31} for year in YEARS}
    office = Office(5, figures, [], [], people, dict.fromkeys(YEARS, 50))
    office.write(tmp_path / "office")
    for year in YEARS:
        file = tmp_path / f"office/records/{year}/standings/重点人群.md"
        earlier = file.read_text(encoding="utf-8").replace("12-31", "06-30")
        file.with_stem("年中").write_text(earlier, encoding="utf-8")
        if day == "06-30":
            file.unlink()
    documents = published_of(checked(tmp_path / "office").years).values()
    numbers = [[one["value"] for one in document["figures"]] for document in documents]
    assert [sum(n is not None for n in of_year) for of_year in numbers] == [told] * len(YEARS)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offices())
def test_no_small_group_is_given_back_by_what_is_published(office):
    with TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        office.write(root)
        lay(root, {f"docs/report/{year}.md": NARRATIVE for year in YEARS})
        project = checked(root)
        found = (p for p in project.problems if p.severity is Severity.ERROR)
        errors = [p for p in found if p.path.startswith("records/")]  # the reports say nothing
        assert not [p for p in errors if p.rule != "FZ621"]  # a ratio above one: told, and computed
        made = pages_of(project.years)
    documents = {year: json.loads(made[f"data/{year}/figures.json"]) for year in YEARS}
    assert_no_more_is_told(made, documents, project.years)
    published = attack(office, documents)
    for row, total in published.rows:  # the reckoning is the program's: else it would prove nothing
        assert sum(times * published.sizes[column] for column, times in row.items()) == total
    assert recovered_by_algebra(published, office.limit) == []
    if len(cells(published)) <= 7:
        assert recovered_by_trial(published, office.limit) == []
    aims = [*small_entries(office, printed=False), *small_cells(office, published)]
    assert held_too_close(published.rows, aims, office.limit) == []
    for last, this in pairwise(YEARS):
        assert_told_alike(documents[last], str(made.get(f"{this}/mediation.md", "")))


NARRATIVE = """---
标题: 报告
署名: 某县示例乡人民政府
成文日期: 2025-02-12
流程:
  - {状态: 已审核, 日期: 2025-02-12, 岗位: 乡长, 意见: 主动公开}
  - {状态: 已发布, 日期: 2025-02-20, 岗位: 党政办, 意见: 主动公开}
---

正文。
"""


@st.composite
def looked_again(draw: st.DrawFn, office: Office) -> Office:
    """What an office says of the same years when it has looked again, and counts otherwise."""
    cases = list(office.cases)
    for number in draw(st.lists(st.sampled_from(range(len(cases))), max_size=3)):
        cases[number] = draw(case_of())
    cases += draw(st.lists(case_of(), max_size=3))
    visits = [{**visit} for visit in office.visits]
    for visit in draw(st.lists(st.sampled_from(visits), max_size=1)) if visits else ():
        visit["参加人次"] = draw(st.sampled_from([0, 1, 3, 40]))
    people = {
        year: parts | draw(st.dictionaries(st.sampled_from(PARTS), st.integers(0, 9), max_size=2))
        for year, parts in office.people.items()
    }
    registered = {
        y: min(office.registered[y] + draw(st.sampled_from([0, 0, 1, 4])), sum(parts.values()))
        for y, parts in people.items()
    }
    figures = [{**figure} for figure in office.figures]
    used = {figure.get(side) for figure in figures for side in ("分子", "分母")}
    used |= {name for figure in figures for name in figure.get("附列", ())}
    for place in sorted(draw(st.sets(st.sampled_from(range(len(figures))), max_size=2))):
        name, kind = figures[place]["名称"], figures[place]["统计"]
        if name.startswith("数") and name not in used:
            figures[place] = {
                "名称": draw(st.sampled_from([name, f"新{name}"])),
                **draw(counting()),
            }
        elif name.startswith("数") and kind == "件数":
            figures[place] |= {"条件": draw(counting())["条件"]}
    return replace(
        office, figures=figures, cases=cases, visits=visits, people=people, registered=registered
    )


@st.composite
def corrections(draw: st.DrawFn) -> list[Office]:
    """An office, and what it says when it has looked again, once or twice."""
    stages = [draw(offices())]
    for _ in range(draw(st.integers(1, 2))):
        stages.append(draw(looked_again(stages[-1])))
    return stages


def unchanged(stages: list[Office], names: list[dict[object, object]]) -> dict[object, int]:
    """The unknowns that no correction has touched, and how much they are."""
    first, last = stages[0], stages[-1]
    touched: set[object] = {
        (kind, number)
        for kind, held in (("case", "cases"), ("visit", "visits"), ("amount", "visits"))
        for number, one in enumerate(getattr(first, held))
        if any(getattr(stage, held)[number] != one for stage in stages)
    }
    sizes = dict(unknowns(last))
    return {
        names[-1][c]: n
        for c, n in sizes.items()
        if names[-1][c] == names[0].get(c) and c not in touched
    }


def lock_all(root: Path, years: list[Year]) -> None:
    for year in years:
        if year.narrative is None:
            continue
        held = year.figures, year.records, year.values, year.past, year.settings, year.lock
        lock = freezing.freeze(year.narrative, *held, {}, "")
        (root / locks.path_of(year.year)).write_text(locks.written(lock), encoding="utf-8")


def published_of(years: list[Year]) -> dict[int, dict[str, Any]]:
    """The figures.json of each year, as the public edition has it."""
    made = {y.year: files.files(View(y, Gate(Edition.PUBLIC, y.settings))) for y in years}
    held = {year: files[f"data/{year}/figures.json"] for year, files in made.items()}
    return {year: json.loads(bytes(file)) for year, file in held.items()}  # type: ignore[arg-type]


def unknown_since(stages: list[Office]) -> list[dict[object, object]]:
    """The unknowns of each stage by a name that tells since when they are what they are.

    A case of another year is another file, and another case: its correction tells of one less here,
    and of one more there.
    """
    names: list[dict[object, object]] = []
    then: dict[object, object] = {}
    for stage, office in enumerate(stages):
        now: dict[object, object] = {**dict(unknowns(office))}
        now |= {
            ("case", n): c["受理日期"] for n, c in enumerate(office.cases) if ("case", n) in now
        }
        since = names[-1] if names else {}
        names.append({c: since[c] if then.get(c) == n else (stage, c) for c, n in now.items()})
        then = now
    return names


def case(channel: str, closed: str = "", category: str = SENSITIVE, of: int = YEARS[0]) -> Fields:
    same = {"受理日期": f"{of}-06-01", "类别": category, "来源": [channel], "结果": "在办"}
    return same | ({"结果": "调解成功", "办结日期": f"{closed}-07-01"} if closed else {})


AIDED = [
    *[case("群众申请", "2023")] * 6,
    *[case("群众申请", "2024", of=YEARS[1])] * 3,
    case("12345", "2024"),
    case("12345"),
    case("12345", category=PLAIN),
]
BY_OUTCOME = PEOPLE | {"单位": "件", "记录": "案件", "统计": "分类", "按": "结果"}
COUNTED = PEOPLE | {"名称": "救助", "单位": "件", "记录": "案件", "统计": "件数"}
# Two of three on the same line are nobody's: with a case more, 1 to 3 of the first two are told.
WITH_OTHERS = [
    Office(
        limit=3,
        figures=[
            COUNTED | {"条件": {"类别": SENSITIVE}},
            COUNTED | {"名称": "办结", "条件": {"类别": SENSITIVE}, "按日期": "办结日期"},
            BY_OUTCOME | {"名称": "热线", "条件": {"来源": "12345"}},
        ],
        cases=[*AIDED, *added],
        visits=[],
        people={},
        registered={},
    )
    for added in ([], [case("群众申请", "2023"), case("12345")])
]
# One was not registered; with eleven that are not, all of them could be told, but for what was before.
REGISTERED_ANEW = [
    Office(
        limit=5,
        figures=[FIXED[2] | {"属于": "人数"}, FIXED[1]],
        cases=[],
        visits=[],
        people={year: {"甲类": 20, "乙类": 31} for year in YEARS},
        registered=dict.fromkeys(YEARS, registered),
    )
    for registered in (50, 40)
]

# A case that was added goes again; the one that was closed before is not it under another name.
FAILED = case("群众申请", "2023") | {"结果": "调解不成", "来源": []}
OPEN_OR_SETTLED = {"类别": SENSITIVE, "结果": ["调解成功", "在办"]}
TAKEN_FOR_ANOTHER = [
    Office(
        limit=6,
        figures=[
            BY_OUTCOME | {"名称": "结果", "条件": {"类别": SENSITIVE} | asked},
            COUNTED | {"条件": OPEN_OR_SETTLED},
        ],
        cases=[*[case("群众申请")] * 2, *[case("12345", "2023")] * 4, FAILED, *added],
        visits=[],
        people={},
        registered={},
    )
    for asked, added in (
        ({"来源": "群众申请"}, []),
        ({"来源": "群众申请"}, [case("12345")]),
        ({}, [case("群众申请", "2024", PLAIN, YEARS[1])]),
    )
]

# Three were settled or not, and are still: what would part them is not published, the two new ones are.
SETTLED = [*[case("群众申请", "2023")] * 2, FAILED]
PARTED_BY_NOTHING = [
    Office(
        limit=4,
        figures=[
            COUNTED | {"条件": {}},
            COUNTED | {"名称": "办结", "条件": {}, "按日期": "办结日期"},
            BY_OUTCOME | {"名称": "成功", "条件": {"结果": "调解成功"}, "按日期": "办结日期"},
        ],
        cases=[case("12345"), case("12345", closed), case("12345"), *SETTLED, *added],
        visits=[],
        people={},
        registered={},
    )
    for closed, added in (("2023", []), ("", [case("12345"), case("12345", "2023")]))
]


@pytest.mark.slow
@example(PARTED_BY_NOTHING)
@example(WITH_OTHERS)
@example(TAKEN_FOR_ANOTHER)
@example(REGISTERED_ANEW)
@settings(
    max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(corrections())
def test_nor_by_what_was_published_before_a_correction(stages):
    rows: list[tuple[Row, int]] = []
    aims: list[Row] = []
    vague: list[Row] = []
    names = unknown_since(stages)
    with TemporaryDirectory() as folder:
        for stage, office in enumerate(stages):
            root = Path(folder) / str(stage)
            office.write(root)
            for year in YEARS:
                report = root / f"docs/report/{year}.md"
                report.parent.mkdir(parents=True, exist_ok=True)
                report.write_text(NARRATIVE, encoding="utf-8")
                if stage:
                    lock = locks.path_of(year)
                    shutil.copy(Path(folder) / str(stage - 1) / lock, root / lock)
            years = checked(root).years
            told = attack(office, published_of(years))
            lock_all(root, years)
            here = names[stage]
            is_last = office is stages[-1]
            small = [*small_entries(office, printed=not is_last)]
            small += small_cells(office, told) if is_last else ()
            new = [{here[c]: n for c, n in row.items()} for row in small]
            given = held_too_close(
                rows, new, office.limit
            )  # before it was a group: none can take back
            aims += [aim for aim in new if aim not in given]
            exact = held_too_close(rows, given, 1)
            vague += [aim for aim in given if aim not in exact]
            rows += [({here[c]: n for c, n in row.items()}, total) for row, total in told.rows]
    kept = unchanged(stages, names)
    aims += small_cells(stages[-1], Published(rows, kept))
    # What only a correction added is known by its own size, which its notice tells.
    aims = [aim for aim in aims if any(c in names[0].values() for c in aim)]
    assert held_too_close(rows, aims, stages[0].limit) == []
    assert held_too_close(rows, vague, 1) == []


def test_nor_by_what_only_the_title_of_a_picture_told(tmp_path):
    """Of 11 that a title told 9 are closed: two are not."""
    helped, year = {"类别": SENSITIVE}, YEARS[1]
    drawn = COUNTED | {"名称": "纠纷", "条件": {"类别": PLAIN}, "图": "柱"}
    titled = drawn | {"图题": {year: "纠纷{{ 纠纷 }}，救助{{ 总 }}"}}
    inner = COUNTED | {"名称": "总", "条件": helped, "印发": "否"}
    closed = COUNTED | {"名称": "办结", "条件": helped | {"结果": "调解成功"}}
    of_year = [case("12345", str(year), of=year)] * 9 + [case("12345", of=year)] * 2
    cases = [*of_year, *[case("12345", category=PLAIN, of=year)] * 9]
    told = []
    for stage, figures in enumerate(([titled, inner], [drawn, closed])):
        root = tmp_path / str(stage)
        Office(5, figures, cases, [], {}, {}).write(root)
        lay(root, {f"docs/report/{year}.md": NARRATIVE})
        if stage:
            shutil.copy(tmp_path / "0" / locks.path_of(year), root / locks.path_of(year))
        years = checked(root).years
        told.append([figure["value"] for figure in published_of(years)[year]["figures"]])
        lock_all(root, years)
    assert told == [[9], [9, None]]


def counted_by(category: str, name: str = "人群", **said: str) -> Fields:
    return FIXED[0] | {"名称": name, "条件": {"类别": category}} | said


FEW, MORE, MANY = (25, 19, 1, 6), (25, 19, 5, 6), (30, 29, 9, 8)
Fact = tuple[str, str, tuple[str, ...], tuple[int, ...]]
RENAMED: dict[str, tuple[Fact, list[Fields], list[Fact], list[Fields]]] = {
    "the fact and its parts": (
        ("重点人群", "12-31", PARTS, FEW),
        [counted_by("重点人群")],
        [("重点人员", "12-31", ("一类", "二类", "三类", "四类"), MORE)],
        [counted_by("重点人员")],
    ),
    "the fact beside another": (
        ("重点人群", "12-31", PARTS, FEW),
        [counted_by("重点人群")],
        [("登记人员", "12-31", PARTS, MANY), ("重点人员", "12-31", PARTS, MORE)],
        [counted_by("登记人员", "登记"), counted_by("重点人员")],
    ),
    "the day beside another": (
        ("重点人群", "06-30", PARTS, FEW),
        [counted_by("重点人群", "年中", 截至="06-30")],
        [("重点人群", "06-29", PARTS, MORE), ("重点人群", "12-31", PARTS, MANY)],
        [counted_by("重点人群"), counted_by("重点人群", "年中", 截至="06-29")],
    ),
}
"""The fact and the figure of then, and those of now."""


@pytest.mark.parametrize("name", RENAMED)
def test_nor_of_a_fact_that_is_called_otherwise(name, tmp_path):
    """Of 其他 7 one is now 6 and the other 5: so one was 1."""
    then, asked, now, figures = RENAMED[name]
    year, told = YEARS[1], []
    for stage, (facts, held) in enumerate((([then], asked), (now, figures))):
        root = tmp_path / str(stage)
        Office(5, held, [], [], {}, {}).write(root)
        vocabulary = _declared(root / "records/vocabulary.yml")
        known = {one["名称"]: one for one in vocabulary["类别"]["现状"]}
        for place, (category, day, parts, sizes) in enumerate(facts):
            words = {"名称": category, "板块": "矛盾化解", "单位": "名", "敏感": "是"}
            known[category] = words | {"分项": list(parts)}
            said = {"标题": category, "截止日期": f"{year}-{day}", "类别": category}
            fact = said | {"分类": dict(zip(parts, sizes, strict=True))}
            write_record(root / f"records/{year}/standings/{place}.md", fact)
        vocabulary["类别"]["现状"] = [*known.values()]
        (root / "records/vocabulary.yml").write_text(yaml_of(vocabulary), encoding="utf-8")
        lay(root, {f"docs/report/{year}.md": NARRATIVE})
        if stage:
            shutil.copy(tmp_path / "0" / locks.path_of(year), root / locks.path_of(year))
        years = checked(root).years
        told.append([one.get("parts") or {} for one in published_of(years)[year]["figures"]])
        lock_all(root, years)
    assert [parts.get("其他") for parts in told[0]] == [7]
    assert not [parts for parts in told[1] if 5 in parts.values()]


LATER = {
    "left alone": lambda one: one,
    "told better": lambda one: one | {"标题": "说得更清楚的一件事"},
    "closed when the year was over": lambda one: one | case("12345", "2025", of=YEARS[1]),
}


@pytest.mark.parametrize("name", LATER)
def test_nor_though_its_records_were_written_on(name, tmp_path):
    """Of 51 that were told three were open; now those that were settled are told, of the same year."""
    year, helped = YEARS[1], {"类别": SENSITIVE}
    opened = [case("12345", of=year)] * 3
    told = []
    for stage, asked in enumerate((helped, helped | {"结果": "调解成功"})):
        root = tmp_path / str(stage)
        held = [*map(LATER[name], opened)] if stage else opened
        cases = [*[case("12345", str(year), of=year)] * 9, *held]
        Office(5, [COUNTED | {"条件": asked}], cases, [], {}, {}).write(root)
        lay(root, {f"docs/report/{year}.md": NARRATIVE})
        if stage:
            shutil.copy(tmp_path / "0" / locks.path_of(year), root / locks.path_of(year))
        years = checked(root).years
        told += [figure["value"] for figure in published_of(years)[year]["figures"]]
        lock_all(root, years)
    assert told == [12, None]


@pytest.mark.parametrize("year", [2021, YEARS[0]])
def test_nor_by_an_earlier_year_that_went_out_with_a_report(year, tmp_path):
    """Of 其他 7 one part is now 6 and the other 5: the other was 1. The year has no report of its own."""
    parts = []
    for stage, few in enumerate((1, 5)):
        root = tmp_path / str(stage)
        people = {"甲类": 25, "乙类": 19, "丙类": few, "丁类": 6}
        registered = dict.fromkeys((2021, *YEARS), 40)
        office = Office(5, FIXED[:1], [], [], dict.fromkeys(registered, people), registered)
        office.write(root)
        lay(root, {f"docs/report/{YEARS[-1]}.md": NARRATIVE})
        if stage:
            lock = locks.path_of(YEARS[-1])
            shutil.copy(tmp_path / "0" / lock, root / lock)
        years = checked(root).years
        parts.append([figure.get("parts") for figure in published_of(years)[year]["figures"]])
        lock_all(root, years)
    assert parts == [[{"甲类": 25, "乙类": 19, "其他": 7}], [None]]


def assert_told_alike(last: dict[str, Any], page: str) -> None:
    """What last year's own data do not tell is not told as last year's on this year's page."""
    for entry in last["figures"]:
        row = re.search(rf'<a href="#{entry["name"]}">.*?</tr>', page, re.DOTALL)
        if row:
            cell = re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.DOTALL)[1]
            assert (entry["value"] is None) == (cell in ("不公布", "暂无"))
