"""What townships publish, added up, is what counting all their records would give."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fazhi.commands import rollup
from fazhi.figures import disclosure, yearly
from fazhi.figures.measures import fingerprint
from fazhi.figures.value import Value
from fazhi.output.data import figures_json
from fazhi.output.view import View
from fazhi.project import Year
from fazhi.records.record import Record
from fazhi.report.editions import Edition, Gate
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Settings
from fazhi.sources.source import Source
from fazhi.sources.tree import Folder
from tests.commands.test_rollup import YEAR, Fields, laid, rolled_up
from tests.conftest import BASE, settings_of

SETTINGS = settings_of(BASE)
ALIKE: list[Fields] = yaml.safe_load("""
- {名称: 活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动}
- {名称: 资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}
- {名称: 应考, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 应考}
- {名称: 合格, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 合格}
- {名称: 合格率, 板块: 法治宣传, 统计: 比率, 分子: 合格, 分母: 应考}
- {名称: 队伍, 板块: 法治宣传, 单位: 支, 统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}}
- {名称: 调解成功, 板块: 矛盾化解, 单位: 起, 记录: 案件, 统计: 件数, 条件: {结果: 调解成功}}
- {名称: 各种结果, 板块: 矛盾化解, 单位: 起, 记录: 案件, 统计: 分类, 按: 结果}
- {名称: 各种渠道, 板块: 矛盾化解, 单位: 起, 记录: 案件, 统计: 分类, 按: 来源}
- {名称: 人群, 板块: 矛盾化解, 单位: 名, 记录: 现状, 统计: 分类, 条件: {类别: 重点人群}}
""")
SIDES = ("应考", "合格")


@dataclass
class Township:
    """A township's records and definitions, and what it publishes of them."""

    name: str
    records: list[Record]
    settings: Settings

    @classmethod
    def of(cls, name: str, records: list[tuple[str, Fields]], defined: list[Fields]) -> "Township":
        publisher = SETTINGS.township.model_copy(update={"name": name, "is_sample": False})
        definitions = tuple(map(Definition.model_validate, defined))
        own = replace(SETTINGS, township=publisher, definitions=definitions)
        return cls(name, [record(*one, f"{name}{i}") for i, one in enumerate(records)], own)

    def published(self, edition: Edition) -> bytes:
        computed, problems = yearly.computed(self.records, self.settings, [YEAR])[YEAR]
        assert not problems
        values = disclosure.decided({YEAR: computed}, self.settings, {})[YEAR]
        year = Year(YEAR, Folder(Path(self.name)), self.settings, self.records, values, {}, None)
        view = View(year, Gate(edition, self.settings))
        return figures_json.written(figures_json.document(view))

    @property
    def fingerprints(self) -> dict[str, Definition]:
        known = {d.name: d for d in self.settings.definitions}
        return {fingerprint(d, known): d for d in known.values()}


def record(kind: str, fields: Fields, name: str) -> Record:
    model = KINDS[kind].model.model_validate({"标题": name, **fields})
    path = f"records/{YEAR}/{KINDS[kind].folder}/{name}.md"
    return Record(path, YEAR, KINDS[kind], model, Source(path, "", {}))


def counts(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


DAYS = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))


@st.composite
def records(draw: st.DrawFn) -> list[tuple[str, Fields]]:
    made: list[tuple[str, Fields]] = []
    for _ in range(draw(counts(4))):
        activity: Fields = {"日期": str(draw(DAYS)), "地点": "东村", "类别": "宣传活动"}
        if draw(st.booleans()):
            expected = draw(counts(40))
            activity |= {"类别": "考试", "应考": expected, "合格": draw(counts(expected))}
        if draw(st.booleans()):
            activity["发放资料份数"] = draw(counts(300))
        made.append(("活动", activity))
    for _ in range(draw(counts(5))):
        outcome = draw(st.sampled_from(["调解成功", "调解不成", "在办"]))
        channels = draw(st.sampled_from([[], ["群众申请"], ["群众申请", "12345"]]))
        case: Fields = {"受理日期": str(draw(DAYS)), "类别": "矛盾纠纷"}
        made.append(("案件", {**case, "结果": outcome, "来源": channels}))
    for day in draw(st.lists(DAYS, max_size=3, unique=True)):
        made.append(("现状", {"截止日期": str(day), "类别": "执法队伍", "数量": draw(counts(9))}))
    for day in draw(st.lists(DAYS, max_size=2, unique=True)):
        parts = {name: draw(counts(12)) for name in ("甲类", "乙类")}
        made.append(("现状", {"截止日期": str(day), "类别": "重点人群", "分类": parts}))
    return made


@st.composite
def townships(draw: st.DrawFn) -> list[Township]:
    """Some townships; of each figure most have the same definition, some another, or none."""
    made = []
    for number in range(draw(st.integers(2, 5))):
        defined = []
        for figure in ALIKE:
            odd = draw(st.integers(0, 9))
            if odd == 0 and figure["统计"] != "比率":
                defined.append(figure | {"单位": "个"})
            elif odd == 1 and figure["名称"] not in SIDES:
                defined.append(figure | {"名称": f"别名{figure['名称']}"})
            elif odd != 2 or figure["名称"] in SIDES:
                defined.append(figure)
        made.append(Township.of(f"第{number}乡", draw(records()), defined))
    return made


def written(folder: Path, all_of_them: list[Township], edition: Edition) -> list[Path]:
    return laid(folder, {f"{each.name}.json": each.published(edition) for each in all_of_them})


# What it comes to


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(townships(), st.sampled_from(Edition))
def test_it_is_what_counting_all_records_would_give(all_of_them, edition):
    with TemporaryDirectory() as folder:
        made = rolled_up(written(Path(folder), all_of_them, edition))
    assert made.townships == sorted(township.name for township in all_of_them)
    known = {key for township in all_of_them for key in township.fingerprints}
    assert {figure.fingerprint for figure in made.figures} == known
    for figure in made.figures:
        those = [t for t in all_of_them if figure.fingerprint in t.fingerprints]
        check(figure, those, edition, len(all_of_them))


def check(figure: rollup.Combined, those: list[Township], edition: Edition, of: int) -> None:
    """One combined figure against the records of `those` who publish it, taken together."""
    outside = {name for one in figure.left_out for name in one.townships or ()}
    told = {one.reason: one.count for one in figure.left_out}
    assert figure.counted + sum(told.values()) == of
    assert figure.complete == (figure.counted == of)
    assert figure.published_by == (sorted(t.name for t in those) if len(those) * 2 < of else None)
    absent = sum(told.get(r, 0) for r in ("没有这个指标", "口径不同", "口径不同或没有"))
    assert absent == of - len(those)
    added = [t for t in those if t.name not in outside]
    assert figure.counted == len(added)
    latest = figure.measure == "最新值" or "人群" in figure.name
    if latest:
        numbers = [newest(t, figure) for t in added]
        assert figure.value == (sum(n.total() for n in numbers) if numbers else None)
        whole_parts = sum(numbers, Counter())
    else:
        value = over_all_records(figure, those)
        whole_parts = Counter(value.parts)
        assert as_published(value) == (figure.value, figure.numerator, figure.denominator)
    if figure.measure == "分类":
        blocked = {name for one in figure.parts_left_out for name in one.townships or ()}
        assert blocked == {t.name for t in added if lacks_parts(t, figure, edition)}
        if blocked or not added:
            assert figure.parts is None
        else:
            assert figure.parts is not None
            assert +Counter(figure.parts) == +whole_parts


def newest(township: Township, figure: rollup.Combined) -> Counter[str]:
    """The parts of the newest standing fact of a township; one without parts has one, its whole."""
    category = "重点人群" if "人群" in figure.name else "执法队伍"
    held = [r.fields for r in township.records if r.fields.category == category]
    last: Any = max(held, key=lambda fields: fields.day)
    return Counter(last.parts or {"": last.quantity})


def over_all_records(figure: rollup.Combined, those: list[Township]) -> Value:
    every = [record for township in those for record in township.records]
    values, _ = yearly.computed(every, those[0].settings, [YEAR])[YEAR]
    return values[those[0].fingerprints[figure.fingerprint].name]


def as_published(value: Value) -> tuple[float | None, int | None, int | None]:
    if value.number is None:
        return None, None, None
    hundredths = int(value.number * 100 + Fraction(1, 2))
    is_rate = value.numerator is not None
    return (hundredths / 100 if is_rate else int(value.number), value.numerator, value.denominator)


def lacks_parts(township: Township, figure: rollup.Combined, edition: Edition) -> bool:
    document = json.loads(township.published(edition))
    (one,) = [f for f in document["figures"] if f["fingerprint"] == figure.fingerprint]
    return "merged" in one or "parts" in one.get("withheld", []) or "parts" not in one
