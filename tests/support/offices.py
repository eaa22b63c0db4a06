"""Offices with small groups, what they publish, and what they say when they have looked again."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from fazhi.output.data import files
from fazhi.output.view import View
from fazhi.project import Year
from fazhi.records import lock as locks
from fazhi.report import freezing
from fazhi.report.editions import Edition, Gate
from tests.conftest import base_files, checked, lay
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
    more: int = 0  # that the platform has of what a figure is a part of

    def beside_the_platform(self) -> tuple[str, Fields]:
        """A figure that is as great as what the platform has, or a part of it, as it says."""
        said = ((key, f) for f in self.figures for key in ("等于", "属于") if f.get(key) == "平台")
        return next(said, ("", {}))

    def reported(self, year: int) -> int:
        """How many cases the platform has."""
        how, figure = self.beside_the_platform()
        counted = sum(counts(case, figure, year) for case in self.cases if figure)
        return counted + self.more * (how == "属于")

    def write(self, root: Path) -> None:
        own = ("docs/", "records/2024/")
        lay(root, {path: data for path, data in base_files().items() if not path.startswith(own)})
        for year in YEARS:
            (root / f"records/{year}").mkdir()
        vocabulary = declared(root / "records/vocabulary.yml")
        words = {"名称": SENSITIVE, "板块": "矛盾化解", "结果": list(OUTCOMES), "敏感": "是"}
        vocabulary["类别"]["案件"].append(words)
        vocabulary["类别"]["活动"].append({"名称": "帮教", "板块": "矛盾化解", "敏感": "是"})
        platform = {"名称": "平台", "板块": "矛盾化解"}
        vocabulary["类别"].setdefault("汇总", []).append(platform)
        vocabulary["计数"].append({"名称": "平台数", "单位": "件", "公开": "是"})
        people = vocabulary["类别"]["现状"]
        named = (part for parts in self.people.values() for part in parts)
        people[1]["分项"] = [*dict.fromkeys([*PARTS, *named])]
        people.append({"名称": "登记人员", "板块": "矛盾化解", "单位": "名", "敏感": "是"})
        township = declared(root / "records/township.yml")
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
        for year in YEARS if any(f["名称"] == "平台" for f in self.figures) else ():
            total = {"期间": year, "类别": "平台", "数据来源": "平台", "标题": "平台"}
            total["计数"] = {"平台数": self.reported(year)}
            write_record(root / f"records/{year}/totals/平台.md", total)
        for year, parts in self.people.items():
            for name, said in (
                ("重点人群", {"分类": parts}),
                ("登记人员", {"数量": self.registered[year]}),
            ):
                standing = {"标题": name, "截止日期": f"{year}-12-31", "类别": name, **said}
                write_record(root / f"records/{year}/standings/{name}.md", standing)


def declared(file: Path) -> dict[str, Any]:
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


def outcome(case: Fields, year: int) -> str:
    """What had come of a case when a year was over."""
    return case["结果"] if case.get("办结日期", "") <= f"{year}-12-31" else "在办"


def counts(case: Fields, figure: Fields, year: int) -> bool:
    """Whether a figure counts a case in a year: own reckoning, not the program's."""
    day = case.get(figure.get("按日期", "受理日期"))
    if not day or not day.startswith(str(year)):
        return False
    stood = case | {"结果": outcome(case, year)}
    for key, wanted in figure.get("条件", {}).items():
        held = stood[key] if isinstance(stood[key], list) else [stood[key]]
        if not set(held) & set(wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


PLATFORM: Fields = {"名称": "平台", "板块": "矛盾化解", "单位": "件", "统计": "求和", "记录": "汇总"} | {
    "字段": "平台数", "条件": {"类别": "平台"}
}  # fmt: skip
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
def made_of(draw: st.DrawFn, figures: list[Fields]) -> list[Fields]:
    """Figures that say what is within what: sums and differences of others, of parts of them and of the
    year before, and ratios of these; perhaps of later years alone."""
    found: list[Fields] = []
    for unit, words in (("件", OUTCOMES), ("名", PARTS)):
        sides = [f["名称"] for f in figures if f.get("单位") == unit]
        sides += [
            f"{f['名称']}.{word}" for f in figures if f["统计"] == "分类" and f["单位"] == unit
            for word in words
        ]  # fmt: skip
        if len(sides) < 2:
            continue
        for number in range(draw(st.integers(0, 2))):
            some = draw(st.lists(st.sampled_from(sides), min_size=2, max_size=4, unique=True))
            some = [f"{name}.上年" for name in some] if draw(st.integers(0, 5)) == 0 else some
            many = draw(st.integers(1, len(some)))
            made = {
                "名称": f"{unit}合{number}",
                "板块": "矛盾化解",
                "单位": unit,
                "统计": "合计",
                "加": some[:many],
            }
            found.append(made | ({"减": some[many:]} if some[many:] else {}))
            sides.append(made["名称"])
        for number in range(draw(st.integers(0, 3))):
            part, whole = draw(st.permutations(sides))[:2]
            whole += draw(st.sampled_from(["", "", ".上年" * (unit == "名")]))
            ratio = {"板块": "矛盾化解", "统计": "比率", "分子": part, "分母": whole}
            found.append({"名称": f"{unit}占比{number}"} | ratio)
    for figure in found:
        if since := draw(st.sampled_from([None, None, None, YEARS[1], YEARS[1] + 1])):
            figure["自"] = since
    sums = [figure for figure in found if figure["名称"] == "名合0" and "自" not in figure]
    parts = [f for f in figures if f["统计"] == "最新值" and "属于" not in f]
    for made in sums if parts else ():
        part = draw(st.sampled_from(parts))
        if part["名称"] not in (*made["加"], *made.get("减", ())):
            part["属于"] = made["名称"]
    return found


@st.composite
def offices(draw: st.DrawFn) -> Office:
    figures: list[Fields] = []
    for number, figure in enumerate(draw(st.lists(counting(), min_size=2, max_size=7))):
        figures.append({"名称": f"数{number}", **figure})
    named = [figure["名称"] for figure in figures if figure["统计"] == "件数"]
    for number, pair in enumerate(draw(st.lists(st.permutations(named), max_size=2))):
        if len(pair) > 1:
            ratio = {"板块": "矛盾化解", "统计": "比率", "分子": pair[0], "分母": pair[1]}
            figures.append({"名称": f"率{number}", **ratio, "附列": [pair[-1]]})
    fixed = draw(st.sampled_from([[], FIXED, FIXED[:2], FIXED[:3], FIXED[4:]]))
    figures = [{**figure} for figure in draw(st.permutations([*figures, *fixed]))]
    parts: list[Fields] = []
    if len(fixed) > 2 and fixed[0] is FIXED[0] and draw(st.booleans()):
        part = next(figure for figure in figures if figure["名称"] == "登记")
        if when := draw(st.sampled_from([{}, {}, {"至": YEARS[0] - 1}, {"自": YEARS[1] + 1}])):
            part = FIXED[0] | {"名称": "登记各项", "条件": {**part["条件"]}} | when
            parts.append(part)
        part["属于"] = "人数"
    figures += draw(made_of(figures)) if draw(st.booleans()) else []
    figures += parts
    if draw(st.booleans()) and named:
        figures.insert(draw(st.integers(0, len(figures))), {**PLATFORM})
        chosen = draw(st.sampled_from(named))
        how = draw(st.sampled_from(["等于", "等于", "属于"]))
        next(figure for figure in figures if figure["名称"] == chosen)[how] = "平台"
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
        more=draw(st.sampled_from([8, 20])),
    )


BY_OUTCOME = PEOPLE | {"单位": "件", "记录": "案件", "统计": "分类", "按": "结果"}
COUNTED = PEOPLE | {"名称": "救助", "单位": "件", "记录": "案件", "统计": "件数"}


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
    sides = (figure.get(side, "") for figure in figures for side in ("分子", "分母"))
    many = (figure.get(side, ()) for figure in figures for side in ("附列", "加", "减"))
    used = {name.partition(".")[0] for names in (sides, *many) for name in names}
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
    for figure in stages[0].figures:  # what would be refused is no stage
        figure.pop("等于", None)
    for _ in range(draw(st.integers(1, 2))):
        stages.append(draw(looked_again(stages[-1])))
    return stages


def lock_all(root: Path, years: list[Year]) -> None:
    for year in years:
        if year.narrative is None:
            continue
        held = year.figures, year.records, year.values, year.past, year.settings, year.lock
        lock = freezing.freeze(year.narrative, *held, {}, "")
        (root / locks.path_of(year.year)).write_text(locks.written(lock), encoding="utf-8")


def published_anew(root: Path, year: int) -> dict[int, dict[str, Any]]:
    """Publish a year's report, as a correction of the stage before where there is one: the folder of a
    stage is its number. The figures.json of each year."""
    lay(root, {f"docs/report/{year}.md": NARRATIVE})
    if root.name != "0":
        lock = locks.path_of(year)
        shutil.copy(root.with_name(str(int(root.name) - 1)) / lock, root / lock)
    years = checked(root).years
    told = published_of(years)
    lock_all(root, years)
    return told


def published_of(years: list[Year]) -> dict[int, dict[str, Any]]:
    """The figures.json of each year, as the public edition has it."""
    made = {y.year: files.files(View(y, Gate(Edition.PUBLIC, y.settings))) for y in years}
    held = {year: files[f"data/{year}/figures.json"] for year, files in made.items()}
    return {year: json.loads(bytes(file)) for year, file in held.items()}  # type: ignore[arg-type]


def case(channel: str, closed: str = "", category: str = SENSITIVE, of: int = YEARS[0]) -> Fields:
    same = {"受理日期": f"{of}-06-01", "类别": category, "来源": [channel], "结果": "在办"}
    return same | ({"结果": "调解成功", "办结日期": f"{closed}-07-01"} if closed else {})


ASKED: Fields = {"板块": "矛盾化解", "单位": "人", "统计": "求和", "记录": "活动"}
FAILED = case("群众申请", "2023") | {"结果": "调解不成", "来源": []}


def counted_by(category: str, name: str = "人群", **said: str) -> Fields:
    return FIXED[0] | {"名称": name, "条件": {"类别": category}} | said
