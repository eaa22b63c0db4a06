"""Small groups stay hidden across a correction: what was published before is known, too."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from fazhi.figures.value import Value
from fazhi.records import lock as locks
from fazhi.report.editions import Edition, Gate
from tests.conftest import BASE, MakeProject, checked
from tests.support.locked import CORRECTION, LOCK, REPORT, STEPS, frozen, typed

WORDS = "甲类 乙类 社区矫正 刑满释放"
VOCABULARY = (
    (BASE / "records/vocabulary.yml")
    .read_text(encoding="utf-8")
    .replace("分项: [甲类, 乙类]", f"分项: [{WORDS.replace(' ', ', ')}]")
    .replace(
        "  现状:\n",
        f"    - {{名称: 帮扶, 板块: 矛盾化解, 敏感: 是, 结果: [{WORDS.replace(' ', ', ')}]}}\n  现状:\n",
    )
)
FIGURES = (
    (BASE / "records/figures.yml").read_text(encoding="utf-8")
    + """\
- {名称: 人群, 板块: 矛盾化解, 单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}}
- {名称: 帮扶, 板块: 矛盾化解, 单位: 件, 统计: 分类, 记录: 案件, 条件: {类别: 帮扶}, 按: 结果}
"""
)
STANDING = "records/2024/standings/人群.md"
Counts = tuple[int, ...]


def people(counts: Counts) -> str:
    parts = ", ".join(f"{name}: {n}" for name, n in zip(WORDS.split(), counts, strict=True))
    return f"---\n标题: 人群\n截止日期: 2024-12-31\n类别: 重点人群\n分类: {{{parts}}}\n---\n"


def lay_cases(root: Path, counts: Counts) -> None:
    """So many cases of each outcome; of those that stay, the files stay as they are."""
    for name, n in zip(WORDS.split(), counts, strict=True):
        for number in range(60):
            file = root / f"records/2024/cases/{name}{number}.md"
            file.unlink(missing_ok=True)
            if number < n:
                head = f"标题: {name}{number}事\n受理日期: 2024-06-01\n类别: 帮扶\n结果: {name}"
                head += "\n办结日期: 2024-07-01"
                file.write_text(f"---\n{head}\n---\n", encoding="utf-8")


def shown(root: Path, kind: str) -> Value:
    (year,) = [one for one in checked(root).years if one.year == 2024]
    return Gate(Edition.PUBLIC, year.settings).value(year.values[kind])


class Office:
    """A report, published and corrected as often as the numbers change."""

    def __init__(self, make_project: MakeProject, kind: str) -> None:
        files = {"records/figures.yml": FIGURES, "records/vocabulary.yml": VOCABULARY}
        self.root = make_project({**files, REPORT: typed(), STANDING: people((0, 0, 0, 0))})
        self.kind, self.corrections = kind, ""

    def published(self, counts: Counts) -> tuple[int | None, Mapping[str, int] | None]:
        """What the public sees of so many."""
        if self.kind == "人群":
            (self.root / STANDING).write_text(people(counts), encoding="utf-8")
        else:
            lay_cases(self.root, counts)
        if (self.root / LOCK).exists():
            day = f"2025-03-{self.corrections.count('日期') + 6:02}"
            (one,) = (CORRECTION % self.kind).splitlines()[1:]
            self.corrections += one.replace("2025-03-06", day) + "\n"
            head = f"{STEPS}更正:\n{self.corrections}"
            (self.root / REPORT).write_text(typed(head), encoding="utf-8")
        text = locks.written(frozen(self.root))
        (self.root / LOCK).write_text(text, encoding="utf-8")
        assert [p for p in checked(self.root).problems if p.rule != "FZ405"] == []
        value = shown(self.root, self.kind)
        return None if value.number is None else int(value.number), value.parts


@pytest.mark.parametrize("kind", ["人群", "帮扶"])
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # 51 with 其他 7 (1 and 6), then 社区矫正 5 by itself: 7 - 6 = 1.
        ((30, 14, 1, 6), (30, 14, 5, 6), (55, None)),
        ((30, 14, 6, 1), (30, 14, 6, 5), (55, None)),
        ((30, 14, 4, 3), (30, 14, 4, 9), (57, {"甲类": 30, "乙类": 14, "其他": 13})),
        # 甲类 5 and 其他 5 (1 and 4); then 9 without the 1: 9 - 5 = 4.
        ((5, 1, 4, 0), (5, 0, 4, 0), (None, None)),
        # Nothing is given away: what is merged stays merged, or all was large enough.
        ((30, 14, 1, 6), (31, 14, 1, 6), (52, {"甲类": 31, "乙类": 14, "其他": 7})),
        ((30, 14, 3, 4), (30, 20, 3, 4), (57, {"甲类": 30, "乙类": 20, "其他": 7})),
        ((30, 14, 8, 6), (30, 14, 9, 6), (59, {"甲类": 30, "乙类": 14, "社区矫正": 9, "刑满释放": 6})),
    ],
)  # fmt: skip
def test_what_was_published_before_belongs_to_the_audit(
    make_project, kind, before, after, expected
):
    office = Office(make_project, kind)
    assert office.published(before)[1] is not None
    assert office.published(after) == expected


@pytest.mark.parametrize("kind", ["人群", "帮扶"])
def test_what_a_second_correction_could_be_held_to_is_known_too(make_project, kind):
    office = Office(make_project, kind)
    assert office.published((30, 14, 1, 6))[1] == {"甲类": 30, "乙类": 14, "其他": 7}
    assert office.published((31, 14, 1, 6))[1] == {"甲类": 31, "乙类": 14, "其他": 7}
    assert office.published((31, 14, 9, 6)) == (60, None)
    assert office.published((32, 14, 9, 6)) == (61, None)


COUNTED = (
    "- {名称: 帮扶件数, 板块: 矛盾化解, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 帮扶}}\n"
)
FEWER = COUNTED.replace("帮扶}", "帮扶, 结果: [甲类, 乙类, 刑满释放]}")


@pytest.mark.parametrize(
    ("then", "now", "corrected"),
    [
        (COUNTED, FEWER, "帮扶件数"),
        (COUNTED, FEWER.replace("帮扶件数", "别的帮扶"), "帮扶件数, 别的帮扶"),
        (COUNTED, FEWER.replace("统计: 件数", "统计: 分类, 按: 结果"), "帮扶件数"),
        (FEWER, COUNTED, "帮扶件数"),
    ],
    ids=["defined anew", "another in its place", "broken down", "with more"],
)
def test_what_was_published_by_another_definition_is_known_too(make_project, then, now, corrected):
    """12 of 帮扶, then 11 without 社区矫正: 12 - 11 = 1. Or the other way round."""
    figures = (BASE / "records/figures.yml").read_text(encoding="utf-8")
    root = make_project(
        {
            "records/figures.yml": figures + then,
            "records/vocabulary.yml": VOCABULARY,
            REPORT: typed(),
        }
    )
    lay_cases(root, (6, 5, 1, 0))
    assert shown(root, "帮扶件数").number == (12 if then == COUNTED else 11)
    (root / LOCK).write_text(locks.written(frozen(root)), encoding="utf-8")
    (root / "records/figures.yml").write_text(figures + now, encoding="utf-8")
    (root / REPORT).write_text(typed(STEPS + CORRECTION % corrected), encoding="utf-8")
    assert [p for p in checked(root).problems if p.rule != "FZ725"] == []
    assert shown(root, corrected.rpartition(" ")[2]).number is None


def lay_people(root: Path, text: str, name: str = "人群") -> None:
    """The one standing fact there is, in a file of this name."""
    (root / STANDING).unlink(missing_ok=True)
    (root / STANDING).with_name(f"{name}.md").write_text(text, encoding="utf-8")


def another_day(root: Path) -> None:
    lay_people(root, people((30, 14, 5, 6)), "2024-12-31-人群")
    before = people((30, 14, 1, 6)).replace("12-31", "12-30").replace("人群\n截止", "前一天\n截止")
    (root / STANDING).write_text(before, encoding="utf-8")


def another_part(root: Path) -> None:
    vocabulary = VOCABULARY.replace("刑满释放", "刑释人员")
    (root / "records/vocabulary.yml").write_text(vocabulary, encoding="utf-8")
    lay_people(root, people((30, 14, 5, 6)).replace("刑满释放", "刑释人员"))


def another_category(root: Path) -> None:
    for name, text in (("vocabulary", VOCABULARY), ("figures", FIGURES)):
        changed = text.replace("重点人群", "特殊人群")
        (root / f"records/{name}.yml").write_text(changed, encoding="utf-8")
    lay_people(root, people((30, 14, 5, 6)).replace("重点人群", "特殊人群"), "2024-12-31-人群")


@pytest.mark.parametrize(
    "told",
    [
        lambda root: lay_people(root, people((30, 14, 5, 6)), "2024-12-31-人群"),
        another_day,
        another_part,
        another_category,
    ],
    ids=["file", "day", "part", "category"],
)
def test_a_standing_fact_that_is_told_otherwise_is_the_same(make_project, told):
    """51 with 其他 7 (1 and 6), then 6 by itself: 7 - 6 = 1, whatever is called otherwise."""
    office = Office(make_project, "人群")
    assert office.published((30, 14, 1, 6))[1] == {"甲类": 30, "乙类": 14, "其他": 7}
    told(office.root)
    head = f"{STEPS}{CORRECTION % '人群'}"
    (office.root / REPORT).write_text(typed(head), encoding="utf-8")
    value = shown(office.root, "人群")
    assert value.number == 55
    assert value.parts is None


def test_a_lock_that_has_the_file_of_a_standing_fact_is_understood(make_project):
    office = Office(make_project, "人群")
    office.published((30, 14, 1, 6))
    file = office.root / LOCK
    text, universe = file.read_text(encoding="utf-8"), "现状 2024 重点人群 12-31"
    assert universe in text
    file.write_text(text.replace(universe, STANDING), encoding="utf-8")
    assert office.published((30, 14, 5, 6)) == (55, None)


def test_a_case_that_was_renamed_and_changed_is_the_same(make_project):
    office = Office(make_project, "帮扶")
    assert office.published((30, 14, 1, 6))[1] == {"甲类": 30, "乙类": 14, "其他": 7}
    lay_cases(office.root, (30, 14, 5, 6))
    for file in (office.root / "records/2024/cases").glob("*[0-9].md"):
        text = file.read_text(encoding="utf-8").replace("事\n", "件事\n")
        file.with_name(f"2024-06-01-{file.name}").write_text(text, encoding="utf-8")
        file.unlink()
    head = f"{STEPS}{CORRECTION % '帮扶'}"
    (office.root / REPORT).write_text(typed(head), encoding="utf-8")
    value = shown(office.root, "帮扶")
    assert value.number == 55
    assert value.parts is None


def test_who_sat_an_exam_is_who_took_part(make_project):
    """24 sat exams, 27 took part: 3 were at the other visits."""
    vocabulary = VOCABULARY.replace(
        "    - {名称: 考试}", "    - {名称: 考试}\n    - {名称: 帮教, 板块: 矛盾化解, 敏感: 是}"
    )
    figure = "- {{名称: 帮教{0}, 板块: 矛盾化解, 单位: 人次, 统计: 求和, 记录: 活动, 条件: {{类别: 帮教}}, 字段: {0}}}\n"
    figures = FIGURES + figure.format("参加人次") + figure.format("参考")
    head = "---\n标题: 帮教{0}\n日期: 2024-0{0}-01\n类别: 帮教\n地点: 村\n{1}\n---\n"
    visits = {place: head.format(place, "参考: 4\n应考: 9") for place in range(1, 7)}
    visits |= {place + 6: head.format(place, f"参加人次: {n}").replace("帮教", "回访", 1)
               for place, n in enumerate((1, 1, 1, 0, 0, 0), 1)}  # fmt: skip
    files = {f"records/2024/activities/{place}.md": text for place, text in visits.items()}
    settings = {"records/figures.yml": figures, "records/vocabulary.yml": vocabulary}
    root = make_project({**settings, **files})
    assert shown(root, "帮教参加人次").number == 27
    assert shown(root, "帮教参考").number is None
