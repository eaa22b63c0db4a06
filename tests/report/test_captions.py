"""图题, the titles that an office types for its pictures: true ones pass, untrue ones are refused."""

import re
from dataclasses import replace
from functools import cache
from typing import Any, cast

import pytest

from fazhi import project
from fazhi.figures import series
from fazhi.figures.value import with_decimals
from fazhi.figures.wording import plain
from fazhi.problems.problem import Problem
from fazhi.project import Year
from fazhi.report import captions
from fazhi.report.findings import finding
from fazhi.sources.tree import Folder
from tests.conftest import TODAY, settings_of
from tests.support.building import ROOT
from tests.support.trees import Overlay
from tests.support.years import earlier_years, recorded_alike

FIGURES = "records/figures.yml"

TRUE = """
专题宣传活动{{ 专题宣传活动 }}，连续三年增长
专题宣传活动连续三年增长，达到{{ 专题宣传活动 }}
专题宣传活动{{ 专题宣传活动 }}，为四年来最多
专题宣传活动{{ 专题宣传活动 | 余 }}，多于往年
专题宣传活动首次达到{{ 专题宣传活动 | 以上(10) }}
专题宣传活动连续四年都在{{ 专题宣传活动 | 以上(6) }}
发放宣传资料{{ 发放宣传资料 }}，比上年{{ 发放宣传资料 | 同比 }}
发放宣传资料{{ 发放宣传资料 | 余(2) }}，逐年增加
发放宣传资料由上年的{{ 发放宣传资料.上年 }}增加到{{ 发放宣传资料 }}
发放宣传资料{{ 发放宣传资料 }}，比2022年增加
发放宣传资料{{ 发放宣传资料 | 逾(2000) }}
矛盾纠纷调解成功率连续四年在{{ 矛盾纠纷调解成功率 | 以上(90) }}
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 }}，为四年来最高
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 }}，比上年{{ 矛盾纠纷调解成功率 | 同比 }}
矛盾纠纷受理{{ 矛盾纠纷受理 }}，调解成功率{{ 矛盾纠纷调解成功率 }}
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 | 小数(1) }}
矛盾纠纷受理{{ 矛盾纠纷受理 }}，连续两年增长
信访案件办结{{ 信访案件办结 }}，比上年减少
信访案件办结{{ 信访案件办结 }}，同2022年持平
法院回流案件调处成功率{{ 法院回流案件调处成功率 }}，连续两年下降
法院回流案件调处成功率{{ 法院回流案件调处成功率 }}，为四年来最低
法院回流案件调处成功率{{ 法院回流案件调处成功率 }}，低于上年
综合行政执法持证{{ 综合行政执法持证人数 }}，为四年来最多
综合行政执法持证人数{{ 综合行政执法持证人数 }}，三年来首次增加
政府法律顾问连续四年为{{ 政府法律顾问 | 汉字 }}
法律知识讲座{{ 法律知识讲座 }}，连续四年持平
领导小组会议{{ 领导小组会议 }}，连续两年增加
法治理论知识考试合格率连续四年在{{ 法治理论知识考试合格率 | 以上(94) }}
法治理论知识考试参考率、合格率分别为{{ 法治理论知识考试参考率 }}、{{ 法治理论知识考试合格率 }}
张贴海报{{ 张贴海报 }}，实现三连增
基层治理重心下移，专题宣传活动{{ 专题宣传活动 }}
在册重点管理人员{{ 在册重点管理人员 }}，比上年增加
"""

UNTRUE = """
专题宣传活动{{ 专题宣传活动 }}，连续四年增长
专题宣传活动{{ 专题宣传活动 }}，连续两年下降
专题宣传活动{{ 专题宣传活动 }}，为五年来最多
专题宣传活动{{ 专题宣传活动 }}，为四年来最少
专题宣传活动首次达到{{ 专题宣传活动 | 以上(9) }}
专题宣传活动{{ 专题宣传活动 | 余(2) }}
专题宣传活动近{{ 专题宣传活动 }}
专题宣传活动14场，连续三年增长
专题宣传活动{{ 专题宣传活动 }}，增长五成
专题宣传活动{{ 发放宣传资料 }}
专题宣传活动连续四年都在{{ 专题宣传活动 | 以上(8) }}
专题宣传活动{{ 专题宣传活动.上年 }}，连续三年增长
发放宣传资料{{ 发放宣传资料 }}，比上年减少
发放宣传资料{{ 发放宣传资料 }}，创历史新高
发放宣传资料{{ 发放宣传资料 }}，比2019年增加
发放宣传资料由{{ 发放宣传资料 }}增加到{{ 发放宣传资料.上年 }}
发放宣传资料{{ 发放宣传资料 }}，比前年{{ 发放宣传资料 | 同比 }}
矛盾纠纷调解成功率连续三年在{{ 矛盾纠纷调解成功率 | 以上(95) }}
矛盾纠纷调解成功率连续五年在{{ 矛盾纠纷调解成功率 | 以上(90) }}
矛盾纠纷调解成功率连续三年在95%以上
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 }}，为四年来最低
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 }}，连续两年提高
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 | 全部 }}
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 | 以上(96) }}
矛盾纠纷受理{{ 矛盾纠纷受理 }}，连续三年增长
矛盾纠纷受理{{ 矛盾纠纷受理 }}，比上年下降
矛盾纠纷受理{{ 矛盾纠纷受理 }}，少于往年
信访案件办结{{ 信访案件办结 }}，连续两年下降
信访案件办结{{ 信访案件办结 }}，为三年来最少
信访案件办结{{ 信访案件办结 }}，与上年持平
信访案件办结{{ 信访案件办结 }}，三年来首次下降
法院回流案件调处成功率{{ 法院回流案件调处成功率 }}，连续三年下降
法院回流案件调处成功率{{ 法院回流案件调处成功率 }}，创三年来新高
综合行政执法持证人数{{ 综合行政执法持证人数 }}，连续两年增加
政府法律顾问连续五年为{{ 政府法律顾问 | 汉字 }}
法律知识讲座{{ 法律知识讲座 }}，为三年来最多
法治理论知识考试参考率、合格率均为{{ 法治理论知识考试参考率 }}
在册重点管理人员{{ 在册重点管理人员 }}，为四年来最多
在册重点管理人员{{ 在册重点管理人员 }}，连续两年增加
法律咨询服务{{ 法律咨询服务 }}，三场以上
"""
"""Untrue, or more than can be known: 2021 to 2024 have records."""

UNFIT = {
    "专题宣传活动扎实开展": "没有印“专题宣传活动”的数",
    "信访案件办结{{ 信访案件办结 }}": "没有印“专题宣传活动”的数",
    "专题宣传活动**{{ 专题宣传活动 }}**": "图题里不写“*”",
    "[专题宣传活动](a.html){{ 专题宣传活动 }}": "图题里不写“[”",
    "专题宣传活动{{ 专题宣传活动 }}<br>": "图题里不写“<”",
    '专题宣传活动{{ 专题宣传活动 }}，{{ 原文("9个村", 理由="无") }}': "不写“原文”",
    "专题宣传活动{{ 专题宣传活动 }}，" + "处处可见" * 20: "图题太长",
    "专题宣传活动{{ 专题宣传活动": "{{ 没有写完",
    "专题宣传活动{{ 专题宣传活动 }}，{ 多": "单个的花括号",
    "专题宣传活动{{ 专题宣传活动 | 许多 }}": "没有“许多”这种措辞",
}


@cache
def sample(left_out: tuple[str, ...] = (), *, is_alike: bool = True) -> Year:
    """2024 after three years of records, without some of its own, and without a title; recorded alike
    in all years, or as the figures say."""
    alike = recorded_alike() if is_alike else {}
    files: dict[str, bytes | None] = {**earlier_years(), **alike, **dict.fromkeys(left_out)}
    read = project.load(Overlay(Folder(ROOT), files), TODAY, has_evidence=False)
    assert left_out or not read.problems  # what the report says of them is untrue then
    year = read.years[-1]
    untitled = [each.model_copy(update={"captions": {}}) for each in year.settings.definitions]
    return replace(year, settings=replace(year.settings, definitions=tuple(untitled)))


def found(year: Year, name: str, said: str, pictures: tuple[str, ...] = ("柱",)) -> list[Problem]:
    """What the checker finds of a title of a figure's picture."""
    place, definition = year.settings.definitions_in(year.year)[name]
    titled = definition.model_copy(update={"captions": {2024: said}, "pictures": pictures})
    others = year.settings.definitions
    definitions = (*others[:place], titled, *others[place + 1 :])
    settings = replace(year.settings, definitions=definitions)
    of_years = {**year.earlier, year.year - 1: year.last, year.year: year.values}
    return [*captions.check(settings, year.year, of_years)]


def figure_of(said: str) -> str:
    """The figure whose picture a title of the lists above is for: the first that it prints."""
    names = sorted(sample().values, key=len, reverse=True)
    return next(name for name in names if f"{{{{ {name} " in said or said.startswith(name))


@pytest.mark.parametrize("said", TRUE.strip().splitlines())
def test_a_true_title_passes(said: str) -> None:
    assert found(sample(), figure_of(said), said) == []


@pytest.mark.parametrize("said", UNTRUE.strip().splitlines())
def test_an_untrue_title_is_refused(said: str) -> None:
    problems = found(sample(), figure_of(said), said)
    assert problems
    assert {problem.severity.value for problem in problems} == {"错误"}


OVER_YEARS = """
矛盾纠纷受理{{ 矛盾纠纷受理 }}，连续两年增长
矛盾纠纷受理{{ 矛盾纠纷受理 }}，比上年增长
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 }}，为四年来最高
矛盾纠纷调解成功率{{ 矛盾纠纷调解成功率 }}，比上年{{ 矛盾纠纷调解成功率 | 同比 }}
矛盾纠纷调解成功率连续四年在{{ 矛盾纠纷调解成功率 | 以上(90) }}
"""


@pytest.mark.parametrize("said", OVER_YEARS.strip().splitlines())
def test_what_was_recorded_otherwise_is_not_compared(said: str) -> None:
    assert found(sample(is_alike=False), figure_of(said), said)


@pytest.mark.parametrize("said", UNFIT)
def test_what_is_no_title(said: str) -> None:
    problems = found(sample(), "专题宣传活动", said)
    assert UNFIT[said] in "\n".join(problem.message for problem in problems)


def test_nobody_is_told_to_write_what_a_title_may_not_have() -> None:
    for said in (
        "专题宣传活动{{ 专题宣传活动 }}，覆盖9个村",
        "专题宣传活动{{ 专题宣传活动 }}，其中三场",
    ):
        (problem,) = found(sample(), "专题宣传活动", said)
        assert "原文" not in problem.hint


def test_no_title_without_a_picture() -> None:
    (problem,) = found(sample(), "专题宣传活动", "专题宣传活动{{ 专题宣传活动 }}", pictures=())
    assert (problem.rule, problem.message) == ("FZ626", "“专题宣传活动”没有图，也就没有图题")


def over_years(year: Year, name: str) -> str:
    value = year.values[name]
    held = {value.name: value}
    earlier = {
        before: with_decimals({name: values[name]}, held, {})
        for before, values in year.earlier.items()
    }
    return finding(series.over(value, earlier), "柱")


NAMES = [*settings_of(ROOT).definitions_in(2024)]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_program_says_the_checker_finds_true(name: str) -> None:
    assert [*sample().values] == NAMES
    said, value = over_years(sample(), name), sample().values[name]
    head, _, told = said.partition("，")
    name_once = value.heading.removesuffix("人次")  # it is the unit too
    assert head == f"{name_once}{plain(value)}"
    if not told.startswith("比上年"):
        told = re.sub(r"(\d+)%以上", f"{{{{ {name} | 以上(\\1) }}}}", told)
        title = f"{value.heading}{{{{ {name} }}}}，{told}".rstrip("，")
        assert found(sample(), name, title) == []


def test_a_record_less_moves_the_title_and_makes_the_typed_one_untrue() -> None:
    typed = "专题宣传活动{{ 专题宣传活动 }}，连续三年增长"
    assert over_years(sample(), "专题宣传活动") == "专题宣传活动14场，连续三年增长"
    records = sorted(record.path for record in sample().values["专题宣传活动"].records)
    fewer = sample(tuple(records[:6]))
    assert over_years(fewer, "专题宣传活动") == "专题宣传活动8场，比上年减少1场"
    assert [problem.rule for problem in found(fewer, "专题宣传活动", typed)] == ["FZ735"]


def changed(name: str, before: int, **changes: object) -> Year:
    """The sample with another number, or another definition, of an earlier year."""
    year = sample()
    value = replace(year.earlier[before][name], **cast(Any, changes))
    earlier = {**year.earlier, before: {**year.earlier[before], name: value}}
    return replace(year, earlier=earlier, last=earlier[2023])


IN_OTHER_WORDS = (
    "专题宣传活动{{ 专题宣传活动 }}，连续两年增长",
    "专题宣传活动{{ 专题宣传活动 }}，为三年来最多",
    "专题宣传活动{{ 专题宣传活动 }}，首次达到{{ 专题宣传活动 | 以上(10) }}",
    "专题宣传活动连续两年都在{{ 专题宣传活动 | 以上(5) }}",
    "专题宣传活动{{ 专题宣传活动 }}，比上年增加",
    "专题宣传活动{{ 专题宣传活动 }}，比上年{{ 专题宣传活动 | 同比 }}",
)


@pytest.mark.parametrize("said", IN_OTHER_WORDS)
def test_what_was_counted_otherwise_or_is_withheld_is_compared_with_nothing(said: str) -> None:
    definition = sample().values["专题宣传活动"].definition
    other = definition.model_copy(update={"conditions": {"类别": "法律知识讲座"}})
    unlike = changed("专题宣传活动", 2023, definition=other)
    withheld = changed("专题宣传活动", 2023, sensitive=True)
    unpublished = definition.model_copy(update={"printed": False})
    assert found(sample(), "专题宣传活动", said) == []
    assert found(unlike, "专题宣传活动", said)
    assert found(withheld, "专题宣传活动", said)
    if "同比" not in said:  # which the report's own table prints
        assert found(changed("专题宣传活动", 2023, definition=unpublished), "专题宣传活动", said)
    assert over_years(unlike, "专题宣传活动") == "专题宣传活动14场"


def test_an_earlier_year_that_was_counted_otherwise_is_no_year_to_compare_with() -> None:
    unknown = changed("专题宣传活动", 2022, number=None)
    said = "专题宣传活动{{ 专题宣传活动 }}，连续两年增长"
    (problem,) = found(unknown, "专题宣传活动", said)
    assert problem.rule == "FZ626"
    assert problem.message.endswith("“专题宣传活动”能比的只有2023、2024年")
    assert over_years(unknown, "专题宣传活动") == "专题宣传活动14场，比上年增加5场"


def with_title(title: str) -> list[Problem]:
    """The problems of the sample with a title for 信访案件办结, typed as its lines say."""
    text = (ROOT / FIGURES).read_text(encoding="utf-8")
    ahead, name, rest = text.partition("- {名称: 信访案件办结,")
    line, _, behind = rest.partition("\n")
    entry = """- 名称: 信访案件办结
  板块: 矛盾化解
  单位: 件
  统计: 件数
  记录: 案件
  条件: {类别: 信访, 结果: 办结}
  按日期: 办结日期
  首页: 是
  图: 柱
  自: 2020
  图题:
"""
    assert name and "图" not in line
    files = {FIGURES: f"{ahead}{entry}{title}\n{behind}".encode()}
    return project.load(Overlay(Folder(ROOT), files), TODAY, has_evidence=False).problems


@pytest.mark.parametrize(
    ("title", "at", "rule"),
    [
        ("    2024: 信访案件办结{{ 信访案件办结 }}，比上年增加", "比上年", "FZ733"),
        ('    2024: "信访案件办结{{ 信访案件办结 }}，比上年增加"', "比上年", "FZ733"),
        ("    2024: '信访案件办结{{ 信访案件办结 | 余 }}'", "信访案件办结 |", "FZ704"),
        ("    2024: 信访案件办结{{ 信访案件结办 }}", "信访案件结办", "FZ701"),
        ("    2024: 信访案件办结2件，{{ 信访案件办结 }}", "2件", "FZ706"),
        ("    2019: 信访案件办结{{ 信访案件办结 }}", "2019", "FZ626"),
        ("    2024: 信访案件办结{{ 信访案件办结 }}，连续两年减少", "连续", "FZ626"),
        ("    2024: 信访案件办理扎实", "信访", "FZ626"),
    ],
)
def test_where_it_is_wrong(title: str, at: str, rule: str) -> None:
    (problem,) = with_title(title)
    line = (ROOT / FIGURES).read_text(encoding="utf-8").partition("- {名称: 信访案件办结,")[0]
    assert (problem.path, problem.line) == (FIGURES, line.count("\n") + 12)
    assert (problem.rule, problem.column) == (rule, title.index(at) + 1), problem


def test_a_year_has_a_title_of_its_own() -> None:
    titles = (
        "    2023: 信访案件办结{{ 信访案件办结 }}",
        "    2024: 信访案件办结{{ 信访案件办结 }}，比上年减少",
    )
    assert with_title("\n".join(titles)) == []
    settings = sample().settings
    assert captions.printed(settings, "信访案件办结", "柱", 2024, sample().values, {}) == ""


def test_what_is_printed() -> None:
    year = sample()
    place, definition = year.settings.definitions_in(2024)["专题宣传活动"]
    said = "专题宣传活动{{ 专题宣传活动 | 余 }}，比上年{{ 专题宣传活动 | 同比数 }}"
    new = {"captions": {2024: said}, "pictures": ("线", "逐月")}
    titled = definition.model_copy(update=new)
    others = year.settings.definitions
    settings = replace(year.settings, definitions=(*others[:place], titled, *others[place + 1 :]))
    values = year.values | {titled.name: replace(year.values[titled.name], definition=titled)}

    def printed(kind: str, of: int) -> str:
        return captions.printed(settings, titled.name, kind, of, values, year.last)

    assert printed("线", 2024) == "专题宣传活动10余场，比上年增加5场"
    assert printed("逐月", 2024) == ""
    assert printed("线", 2023) == ""
