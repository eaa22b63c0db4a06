"""The unit of a figure: that of what it counts, adds up or divides."""

from itertools import product

from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Stated
from fazhi.rules.conditions import Found, out_of_form
from fazhi.schema import units
from fazhi.schema.definition import Definition
from fazhi.schema.township import Settings
from fazhi.schema.words import overlap


def faults(settings: Settings, definition: Definition) -> Found:
    """What is wrong with the unit of a definition that is sound but for it, or with its decimals."""
    unit = definition.unit or ""
    if definition.measure == "比值":
        return
    if definition.numerator:
        yield from _of_a_ratio(settings, definition)
        return
    is_whole = definition.measure != "平均天数" and not units.places(unit)
    if definition.decimals is not None and is_whole:
        message = f"单位是{shown(unit)}的是整数，不写“小数”"
        yield ["小数"], out_of_form(message, "删去；金额的单位写元、万元")
    if definition.kind is None:
        yield from _of_a_sum(settings, definition)
        return
    counted = units.counted_in(definition, settings.vocabulary, definition)
    factors = {units.factor(unit, held) for held in counted}
    what, hint = definition.field_name, f"写成 {units.listed(counted)}"
    if None in factors:
        if not what:
            hint += "；另有单位的，先写在 vocabulary.yml 的类别里；一条里数出几次、几人的，"
            hint += f"在“计数”里写一项（单位: {unit}），每条记一个数，用 求和，字段 写它"
        message = f"{shown(unit)}不是{shown(what or f'{definition.kind}记录')}的单位"
        yield ["单位"], wrong_unit(message, hint)
    elif definition.spec.has_parts and (factors - {1} or units.places(unit)):
        message = f"“{definition.measure}”的单位不带万、亿，也不是元：分项照整数列出"
        parted = units.places(units.base(unit))
        yield ["单位"], wrong_unit(message, "金额一项定义一个指标，用求和" if parted else hint)


def _of_a_ratio(settings: Settings, definition: Definition) -> Found:
    """The two figures of a ratio count in one unit: records of one kind do, whatever it is called."""
    above, below = (
        _named(settings, definition, name)
        for name in (definition.numerator, definition.denominator)
    )
    for one, other in product(above, below):
        ours, theirs = one.unit or "", other.unit or ""
        alike = one.measure == other.measure == "件数" and one.kind == other.kind
        if overlap(one, other) and not alike and units.base(ours) != units.base(theirs):
            message = f"分子的单位是{shown(ours)}，分母的是{shown(theirs)}，不能相除"
            yield ["分子"], wrong_unit(message, "改用单位相同的两个指标，或者照实改它们的单位")
            return


def _of_a_sum(settings: Settings, definition: Definition) -> Found:
    """What is added up, or taken away, counts in the unit of the sum."""
    unit = definition.unit or ""
    for key, names in (("加", definition.added), ("减", definition.subtracted)):
        for index, name in enumerate(names):
            others = {other.label for other in _named(settings, definition, name)}
            for other in sorted(one for one in others if units.base(one) != units.base(unit)):
                message = f"{shown(name)}的单位是{shown(other)}，合计的是{shown(unit)}，不能相加减"
                hint = "只加减单位相同的指标；人次和人、件和件次不是一个单位"
                yield [key, index], wrong_unit(message, hint)


def _named(settings: Settings, definition: Definition, name: str | None) -> list[Definition]:
    """The definitions of a name that hold when another does."""
    whole = (name or "").partition(".")[0]
    return [d for d in settings.definitions if d.name == whole and overlap(d, definition)]


wrong_unit = Stated("""FZ617: 指标的单位，就是它数的东西的单位；比率的分子、分母单位相同。

数的是元，印成万元，就多报了一万倍；数的是人次，印成人，就不是那个数了。记录的件数用这种记录的说法（活动用场、次，会议用次，案件用件、起），求和用那一项自己的单位，现状用类别的单位。场、场次、次是一个意思，人、名也是；人次和人、件次和件不是。数的是元的，可以写 `万元`、`亿元`，数的是份的可以写 `万份`：由程序换算，不四舍五入。
改法：照提示改单位；记录另有叫法的，先在词表的类别里写 `单位`。
""")
