"""Small groups stay hidden when what was told of them is named or recorded otherwise later."""

import pytest

from tests.support.building import write_record, yaml_of
from tests.support.offices import (
    ASKED,
    BY_OUTCOME,
    COUNTED,
    FAILED,
    PARTS,
    PLAIN,
    SENSITIVE,
    YEARS,
    Fields,
    Office,
    case,
    counted_by,
    declared,
    published_anew,
)

FEW, MORE, MANY = (25, 19, 1, 6), (25, 19, 5, 6), (30, 29, 9, 8)
Fact = tuple[str, str, tuple[str, ...], tuple[int, ...]]
RENAMED: dict[str, tuple[Fact, list[Fields], list[Fact], list[Fields]]] = {
    "the fact and its parts": (
        ("重点人群", "12-31", PARTS, FEW),
        [counted_by("重点人群")],
        [("重点人员", "12-31", ("一类", "二类", "三类", "四类"), MORE)],
        [counted_by("重点人员")],
    ),
    "the fact and its parts beside another": (
        ("重点人群", "12-31", PARTS, FEW),
        [counted_by("重点人群")],
        [
            ("登记人员", "12-31", PARTS, MANY),
            ("重点人员", "12-31", ("一类", "二类", "三类", "四类"), MORE),
        ],
        [counted_by("登记人员", "登记"), counted_by("重点人员")],
    ),
    "the fact beside another": (
        ("重点人群", "12-31", PARTS, FEW),
        [counted_by("重点人群")],
        [("登记人员", "12-31", PARTS, MANY), ("重点人员", "12-31", PARTS, MORE)],
        [counted_by("登记人员", "登记"), counted_by("重点人员")],
    ),
    "the day for which another fact is told": (
        ("重点人群", "06-30", PARTS, FEW),
        [counted_by("重点人群")],
        [("重点人群", "06-30", PARTS, MORE), ("重点人群", "12-31", PARTS, MANY)],
        [counted_by("重点人群"), counted_by("重点人群", "年中", 截至="06-30")],
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
        vocabulary = declared(root / "records/vocabulary.yml")
        known = {one["名称"]: one for one in vocabulary["类别"]["现状"]}
        for place, (category, day, parts, sizes) in enumerate(facts):
            words = {"名称": category, "板块": "矛盾化解", "单位": "名", "敏感": "是"}
            known[category] = words | {"分项": list(parts)}
            said = {"标题": category, "截止日期": f"{year}-{day}", "类别": category}
            fact = said | {"分类": dict(zip(parts, sizes, strict=True))}
            write_record(root / f"records/{year}/standings/{place}.md", fact)
        vocabulary["类别"]["现状"] = [*known.values()]
        (root / "records/vocabulary.yml").write_text(yaml_of(vocabulary), encoding="utf-8")
        told.append([one.get("parts") or {} for one in published_anew(root, year)[year]["figures"]])
    assert [parts.get("其他") for parts in told[0]] == [7]
    assert not [parts for parts in told[1] if 5 in parts.values()]


LATER = {
    "left alone": lambda one: one,
    "filled in": lambda one: one | {"涉及人数": 2, "村": "东村", "承办": "司法所"},
    "dated otherwise in the year": lambda one: one | {"受理日期": f"{YEARS[1]}-06-02"},
    "from elsewhere": lambda one: one | {"来源": ["群众申请"]},
    "told better": lambda one: one | {"标题": "说得更清楚的一件事"},
    "of another 类别": lambda one: one | {"类别": PLAIN},
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
        told += [figure["value"] for figure in published_anew(root, year)[year]["figures"]]
    assert told == [12, None]


def test_nor_of_records_in_files_of_another_number(tmp_path):
    """Of 其他 7 one was open; now 5 are, and 6 are as they were."""
    year, parts = YEARS[1], []
    settled, failed = case("12345", str(year), of=year), FAILED | {"受理日期": f"{year}-06-01"}
    failed |= {"办结日期": f"{year}-07-01"}
    for stage, opened in enumerate((1, 5)):
        root = tmp_path / str(stage)
        held = [*[settled] * 30, *[case("12345", of=year)] * opened, *[failed] * 6]
        if stage:
            held = [one | {"承办": "司法所"} for one in held]
        figure = BY_OUTCOME | {"名称": "结果", "条件": {"类别": SENSITIVE}}
        Office(5, [figure], held, [], {}, {}).write(root)
        if stage:
            for file in [*(root / f"records/{year}/cases").iterdir()]:
                file.rename(file.with_stem(f"{year}-{int(file.stem):03}"))
        (told,) = published_anew(root, year)[year]["figures"]
        parts.append(told.get("parts") or {})
    assert parts[0]["其他"] == 7
    assert 5 not in parts[1].values()


@pytest.mark.parametrize("is_category", [False, True])
def test_nor_though_its_records_were_not_sensitive(is_category, tmp_path):
    """Of 12 that were told 3 were open; or 4 of 30 are sensitive now, beside 2 that were so before."""
    year, told = YEARS[1], []
    helped, plain = (COUNTED | {"名称": n, "条件": {"类别": n}} for n in (SENSITIVE, PLAIN))
    settled = COUNTED | {"条件": {"类别": SENSITIVE, "结果": "调解成功"}}
    cases = [*[case("12345", str(year), of=year)] * 9, *[case("12345", of=year)] * 3]
    of_both = [
        [case("12345", of=year, category=PLAIN)] * 26 + [case("12345", of=year, category=c)] * 4
        for c in (PLAIN, SENSITIVE)
    ]
    few = [case("12345", of=year)] * 2
    stages = [([helped], cases), ([settled], cases)]
    if not is_category:
        stages = [([plain, helped], held + few) for held in of_both]
    for stage, (figures, held) in enumerate(stages):
        root = tmp_path / str(stage)
        Office(5, figures, held, [], {}, {}).write(root)
        if is_category and not stage:
            vocabulary = declared(root / "records/vocabulary.yml")
            vocabulary["类别"]["案件"][-1]["敏感"] = "否"
            (root / "records/vocabulary.yml").write_text(yaml_of(vocabulary), encoding="utf-8")
        told += [figure["value"] for figure in published_anew(root, year)[year]["figures"]]
    assert told == ([12, None] if is_category else [30, None, 26, None])


def test_nor_of_a_count_that_is_called_otherwise(tmp_path):
    """Of 33 that were told three were in autumn."""
    year, told = YEARS[1], []
    counted = ASKED | {"单位": "条", "条件": {"类别": "帮教"}}
    for stage, word in enumerate(("悬挂横幅", "悬挂条幅")):
        until = {"截至": "06-30"} if stage else {}
        visit: Fields = {"类别": "帮教", "地点": "乡里"}
        visits = [visit | {"日期": f"{year}-05-01", "计数": {word: 6}} for _ in range(5)]
        visits += [visit | {"日期": f"{year}-10-01", "计数": {word: n}} for n in (1, 1, 1, 0, 0)]
        root = tmp_path / str(stage)
        Office(5, [counted | {"名称": word, "字段": word} | until], [], visits, {}, {}).write(root)
        file = root / "records/vocabulary.yml"
        words = file.read_text(encoding="utf-8").replace("悬挂横幅", word)
        file.write_text(words, encoding="utf-8")
        told += [figure["value"] for figure in published_anew(root, year)[year]["figures"]]
    assert told == [33, None]
