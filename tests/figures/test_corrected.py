"""Small groups stay hidden across a correction: what was published before is known, too."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from fazhi.figures.value import Value
from fazhi.records import lock as locks
from fazhi.report.editions import Edition, Gate
from tests.conftest import BASE, MakeProject, checked
from tests.rules.test_publication import CORRECTION, LOCK, REPORT, STEPS, frozen, typed

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
