"""Small groups stay hidden when a report is corrected: what was published before is known for good."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from fazhi.records import lock as locks
from tests.conftest import checked
from tests.support.attackers import (
    Published,
    attack,
    held_too_close,
    small_cells,
    small_entries,
    unknowns,
)
from tests.support.building import write_record, yaml_of
from tests.support.offices import (
    ASKED,
    BY_OUTCOME,
    COUNTED,
    FAILED,
    FIXED,
    NARRATIVE,
    PARTS,
    PLAIN,
    SENSITIVE,
    YEARS,
    Fields,
    Office,
    Row,
    case,
    corrections,
    counted_by,
    declared,
    lock_all,
    published_anew,
    published_of,
)


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


AIDED = [
    *[case("群众申请", "2023")] * 6,
    *[case("群众申请", "2024", of=YEARS[1])] * 3,
    case("12345", "2024"),
    case("12345"),
    case("12345", category=PLAIN),
]
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
        told.append([figure["value"] for figure in published_anew(root, year)[year]["figures"]])
    assert told == [[9], [9, None]]


HALF, ALL_IN_ALL = {"甲类": 20, "乙类": 10}, {"甲类": 40, "乙类": 20}
Told = tuple[
    dict[str, Any], dict[str, Any]
]  # how much there is of each fact, and what is said of it
GONE: dict[str, tuple[Told, Told]] = {
    "the whole": (
        ({"全": 60, "一": 54}, {"全": {}, "一": {"属于": "全"}}),
        ({"一": 57}, {"一": {}}),
    ),
    "a whole that everybody knows": (
        ({"众": 60, "一": 54}, {"众": {}, "一": {"属于": "众"}}),
        ({"一": 57}, {"一": {}}),
    ),
    "its parts": (
        ({"众": ALL_IN_ALL, "一": HALF}, {"众": {}, "一": {"属于": "众"}}),
        ({"一": HALF | {"甲类": 37}}, {"一": {}}),
    ),
    "a part that everybody knows": (
        ({"全": 60, "众": 54}, {"全": {}, "众": {"属于": "全"}}),
        ({"全": 57}, {"全": {}}),
    ),
    "all but the twin": (
        ({"全": 60, "一": 54, "二": 54}, {"全": {}, "一": {"属于": "全"}, "二": {"等于": "一"}}),
        ({"二": 57}, {"二": {}}),
    ),
    "the twin that everybody knows": (
        ({"全": 60, "一": 54, "众": 54}, {"全": {}, "一": {"属于": "全"}, "众": {"等于": "一"}}),
        ({"全": 57}, {"全": {}}),
    ),
    "all but what is within over two steps": (
        ({"全": 60, "一": 54, "二": 48}, {"全": {}, "一": {"属于": "全"}, "二": {"属于": "一"}}),
        ({"二": 57}, {"二": {}}),
    ),
    "the whole of two": (
        ({"全": 60, "一": 30, "二": 20}, {"全": {}, "一": {"属于": "全"}, "二": {"属于": "全"}}),
        ({"一": 30, "二": 27}, {"二": {}}),
    ),
    "nobody, but what is within is said later": (
        ({"全": 60, "一": 57}, {"一": {}}),
        ({"全": 60, "一": 40}, {"一": {"属于": "全"}, "全": {}}),
    ),
    "nobody, of the same records": (
        ({"全": 60, "一": 57}, {"全": {}}),
        ({"全": 70, "一": 57}, {"全": {}, "一": {"属于": "全"}}),
    ),
    "a rate": (
        ({"众": 60, "一": 54}, {"众": {"印发": "否"}, "一": {"印发": "否"}, "率": {}}),
        ({"一": 57}, {"一": {}}),
    ),
}
"""Facts and figures of then, and of now; of 众 the 类别 is not sensitive."""


@pytest.mark.parametrize("name", GONE)
def test_nor_beside_a_figure_that_is_gone(name, tmp_path):
    """Three are left of what was told then and is no more."""
    year, told = YEARS[1], []
    for stage, (facts, said) in enumerate(GONE[name]):
        figures = [counted_by(n, n) | of for n, of in said.items() if n != "率"]
        rate = {"名称": "率", "板块": "矛盾化解", "统计": "比率", "分子": "一", "分母": "众"}
        for figure in figures:
            figure["统计"] = "分类" if isinstance(facts[figure["名称"]], dict) else "最新值"
        Office(5, figures + [rate] * ("率" in said), [], [], {}, {}).write(
            root := tmp_path / str(stage)
        )
        vocabulary = declared(root / "records/vocabulary.yml")
        vocabulary["类别"]["现状"] += [
            {"名称": n, "板块": "矛盾化解", "单位": "名", "敏感": "否" if n == "众" else "是"}
            | {"分项": [*PARTS]}
            for n in ("全", "众", "一", "二")
        ]
        (root / "records/vocabulary.yml").write_text(yaml_of(vocabulary), encoding="utf-8")
        for category, size in facts.items():
            fact = {"标题": category, "截止日期": f"{year}-12-31", "类别": category}
            fact |= {"分类" if isinstance(size, dict) else "数量": size}
            write_record(root / f"records/{year}/standings/{category}.md", fact)
        told.append([figure["value"] for figure in published_anew(root, year)[year]["figures"]])
    assert None not in told[0]
    assert told[1][-1] is None


SAT, CAME = ({**ASKED, "名称": n, "字段": n, "条件": {"类别": "帮教"}} for n in ("应考", "参考"))
RATE = {"名称": "率", "板块": "矛盾化解", "统计": "比率", "分子": "参考", "分母": "应考"}
UNTIL_JUNE, UNTIL_MARCH = (
    CAME | {"名称": name, "截至": day, "条件": {"类别": "帮教"}}
    for name, day in (("年中", "06-30"), ("年初", "03-31"))
)
Sat = tuple[list[Fields], tuple[int, ...]]
VISITS: dict[str, tuple[Sat, Sat, list[int]]] = {
    "a rate of fields": (
        ([SAT | {"印发": "否"}, CAME | {"印发": "否"}, RATE], (4, 4, 4, 6, 6, 6)),
        ([CAME], (5, 5, 5, 6, 6, 6)),
        [1],
    ),
    "a field that was small beside another": (
        ([CAME, SAT], (5, 5, 5, 6, 6, 6)),
        ([CAME, SAT], (3, 3, 3, 6, 6, 6)),
        [1, 0, 1],
    ),
    "what was small beside the other half": (
        ([CAME, UNTIL_JUNE], (1, 1, 1, 0, 0, 0)),
        ([CAME, UNTIL_JUNE], (5, 5, 5, 5, 5, 5)),
        [1, 0, 1],
    ),
    "what the other half was, alike then": (
        ([CAME], (1, 1, 1, 0, 0, 0)),
        ([CAME, UNTIL_JUNE], (5, 5, 5, 5, 5, 5)),
        [1, 1],
    ),
    "what the other half was, of which none came": (
        ([CAME], (2, 1, 0, 0, 0, 0)),
        ([CAME, UNTIL_JUNE], (0, 0, 6, 6, 6, 6)),
        [1, 1],
    ),
    "one of the other half, as a correction says": (
        ([CAME, UNTIL_JUNE], (6, 6, 6, 6, 6, 1)),
        ([CAME, UNTIL_JUNE, UNTIL_MARCH], (6, 6, 6, 6, 6, 0)),
        [1, 1, 1, 1],
    ),
}
"""Figures of then and of now, how many came to the examinations of autumn, each of six, and whether
they are told, before the last, which is not."""


@pytest.mark.parametrize("of", YEARS)
@pytest.mark.parametrize("name", VISITS)
def test_nor_of_the_amounts_of_records(name, of, tmp_path):
    """Three are left of the amounts of then, or were then, in the year of a report or the one before."""
    year, told = YEARS[1], []
    *stages, wanted = VISITS[name]
    for stage, (figures, came) in enumerate(stages):
        root = tmp_path / str(stage)
        visit: Fields = {"类别": "帮教", "地点": "乡里", "应考": 6}
        visits = [visit | {"日期": f"{of}-05-01", "参考": 6}] * 5
        visits += [visit | {"日期": f"{of}-10-01", "参考": many} for many in came]
        Office(5, figures, [], visits, {}, {}).write(root)
        told += [figure["value"] for figure in published_anew(root, year)[of]["figures"]]
    assert [number is not None for number in told] == [*wanted, False]


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
        parts.append(
            [figure.get("parts") for figure in published_anew(root, YEARS[-1])[year]["figures"]]
        )
    assert parts == [[{"甲类": 25, "乙类": 19, "其他": 7}], [None]]
