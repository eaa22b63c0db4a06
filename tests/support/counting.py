"""Small folders of records, and what is counted of them."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from fazhi.figures import yearly
from fazhi.figures.value import Value, Values
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS
from fazhi.schema.validation import parse
from fazhi.schema.vocabulary import Vocabulary
from fazhi.sources import strict_yaml
from fazhi.sources.source import Source, as_record
from tests.conftest import BASE, settings_of

VOCABULARY = """\
板块:
  - {名称: 法治宣传, 路径: publicity, 说明: 普法}
  - {名称: 矛盾化解, 路径: mediation, 说明: 调解}
类别:
  活动:
    - {名称: 宣传活动, 板块: 法治宣传}
    - {名称: 讲座, 板块: 法治宣传}
    - {名称: 考试}
  会议:
    - {名称: 党委会议, 板块: 矛盾化解}
    - {名称: 专题会议, 板块: 矛盾化解}
  案件:
    - {名称: 矛盾纠纷, 板块: 矛盾化解, 结果: [调解成功, 调解不成, 在办]}
    - {名称: 行政处罚, 板块: 矛盾化解, 结果: [办结, 在办], 标记: [公示, {名称: 程序, 取值: [简易, 普通]}]}
  现状:
    - {名称: 执法队伍, 板块: 法治宣传, 单位: 支}
    - {名称: 万人, 板块: 法治宣传, 单位: 万人}
    - {名称: 千人, 板块: 法治宣传, 单位: 千人}
    - {名称: 人, 板块: 法治宣传, 单位: 人}
    - {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 分项: [甲类, 乙类, 丙类]}
  汇总:
    - {名称: 平台办件, 板块: 矛盾化解}
    - {名称: 矛盾纠纷, 板块: 矛盾化解}
主题: [禁毒, 宪法, 国家安全]
纠纷类型: [邻里纠纷, 山林土地]
来源: [群众申请, 法院回流, "12345"]
处罚种类: [警告, 罚款]
计数:
  - {名称: 悬挂横幅, 单位: 条, 公开: 是}
  - {名称: 出动人员, 单位: 人次, 公开: 否}
  - {名称: 流转件, 单位: 件, 公开: 是}
  - {名称: 退回件, 单位: 件, 公开: 是}
  - {名称: 罚没款, 单位: 元, 公开: 是}
"""
SETTINGS = replace(
    settings_of(BASE), vocabulary=Vocabulary.model_validate(strict_yaml.load(VOCABULARY, dict))
)


def activity(**fields: object) -> dict[str, object]:
    return {"日期": "2024-05-06", "类别": "宣传活动", "地点": "东村", **fields}


def meeting(*topics: str, **fields: object) -> dict[str, object]:
    items = ", ".join(f"{{标题: 研究{topic}, 主题: {topic}}}" for topic in topics)
    return {"日期": "2024-05-06", "类别": "党委会议", **fields, "议题": f"[{items}]"}


def case(**fields: object) -> dict[str, object]:
    settled = {"办结日期": "2024-03-20", "结果": "调解成功"}
    return {"受理日期": "2024-03-12", "类别": "矛盾纠纷", **settled, **fields}


def open_case(**fields: object) -> dict[str, object]:
    return {"受理日期": "2024-03-12", "类别": "矛盾纠纷", "结果": "在办", **fields}


def standing(**fields: object) -> dict[str, object]:
    return {"截止日期": "2024-12-31", "类别": "执法队伍", **fields}


def counted(
    figures: str, *records: Mapping[str, object], year: int = 2024, last: bool = False
) -> Value:
    """The figure that is defined last, counted over records; last year's if asked."""
    values, problems = computed(figures, *records, year=year - last)
    assert problems == []
    return list(values.values())[-1]


def computed(
    figures: str, *records: Mapping[str, object], year: int = 2024
) -> tuple[Values, list[Problem]]:
    """All figures, over records each in the folder of its leading date's year, named by number."""
    source = Source("records/figures.yml", figures, None, "", figures)
    definitions = map(Definition.model_validate, strict_yaml.load(figures, list))
    settings = replace(SETTINGS, definitions=tuple(definitions), figures_source=source)
    return yearly.computed(map(record, count(), records), settings, [year])[year]


def record(number: int, held: Mapping[str, object]) -> Record:
    kind = next(KINDS[name] for key, name in TOLD_BY.items() if key in held)
    day = next(str(held[key]) for key in LEADING if key in held)
    lines = "".join(f"{key}: {value}\n" for key, value in held.items())
    path = f"records/{day[:4]}/{kind.folder}/{number:03}.md"
    source, problems = as_record(f"---\n标题: 第{number}条\n{lines}---\n内容。\n".encode(), path)
    assert source, problems
    fields, problems = parse(kind.model, source, source.data)
    assert fields, problems
    return Record(path, int(day[:4]), kind, fields, source)


TOLD_BY = {"地点": "活动", "议题": "会议", "结果": "案件", "截止日期": "现状", "期间": "汇总"}
LEADING = ("日期", "起始日期", "受理日期", "截止日期", "期间")


def definition(**keys: object) -> str:
    """One definition in figures.yml, with what every definition needs."""
    held = {"名称": "甲", "板块": "法治宣传", **keys}
    return "- {" + ", ".join(f"{key}: {value}" for key, value in held.items()) + "}\n"


def count_of(kind: str, conditions: str = "{}", **keys: object) -> str:
    return definition(单位="件", 统计="件数", 记录=kind, 条件=conditions, **keys)


def sum_of(field: str, **keys: object) -> str:
    return definition(单位="件", 统计="求和", 记录="活动", 字段=field, **keys)
