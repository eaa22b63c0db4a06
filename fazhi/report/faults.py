"""What can be wrong with a number that is filled in: a function a rule, its docstring the rule's page."""

from collections.abc import Iterable, Iterator, Sequence

from fazhi.figures.filters import WORDINGS, listed
from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.problems.problem import ERROR, WARNING, Fault
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Stated, rule
from fazhi.rules.text.passage import PUBLISHED
from fazhi.rules.text.sums import true_sums

Found = Iterator[tuple[int, Fault]]
"""Faults with their places in what is read."""


@rule(ERROR)
def unknown_figure(name: str, known: Iterable[str]) -> Fault:
    """FZ701: 花括号里的指标，`figures.yml` 里有，而且这一年在用。

    叙述稿里的数都从指标来；没有这个指标，就没有数可印。
    改法：照提示改指标名；要用新的指标，先在 `records/figures.yml` 里定义。
    """
    return unknown_figure.fault(
        f"没有{shown(name)}这个指标", did_you_mean(name, known) or "先定义指标"
    )


@rule(ERROR)
def unknown_wording(name: str) -> Fault:
    """FZ702: 竖线后面是有的一种措辞。

    措辞把准确的数说成“200余份”“95%以上”一类的话，每一种都要核对是不是属实。
    改法：照提示改，如 `{{ 指标名 | 余 }}`；不用措辞的，删去竖线和后面的字。
    """
    return unknown_wording.fault(f"没有{shown(name)}这种措辞", did_you_mean(name, WORDINGS))


_SAID, LIKELY = "对不上的", "像是那个指标、数不一样的"


@rule({_SAID: ERROR, LIKELY: WARNING})
def untrue(message: str, hint: str, where: str = _SAID) -> Fault:
    """FZ704: 说法同数对得上，而且有数可印。

    “200余”要在 201 和 299 之间；“近”要不到这个数、又不少于它的九成；“以上”不少于这个数；
    “逾”比这个数多；`万 | 小数(2)` 至少一位小数，差不到二十分之一；分子等于分母才说 100%。`原文` 里的数，说的是哪个指标就同它一样。暂无数据的、公开版里不公布的，都不能印。
    改法：照提示换一个说法，或者印准确的数；没有数的，补上记录，或者从叙述稿里删去。
    """
    return untrue.fault(message, hint, where)


@rule(ERROR)
def part_of_year(name: str, said: str, counted: str) -> Fault:
    """FZ732: 印全年的数，句子里说的也是全年。

    写“上半年开展宣传”“6月开展宣传”“近三年开展宣传”而印全年的数，就不是这段时间的数；全部落在这段时间里的可以写。条件里写了一段时间的指标，说的要是同一段；“一至四季度分别为……”按次序对。几年累计的、期间跨了几年的汇总，要说是几年的：“2021年以来”“2021年至2024年”“近四年”。
    改法：改成“全年”，或者定义一个只数这段时间的指标。
    """
    message = f"前面说的是{shown(said)}，{shown(name)}是按{counted}数的"
    return part_of_year.fault(message, f"改成“{counted}”，或者另定义一个指标")


def another_part(name: str, said: str, base: str) -> Fault:
    """The same rule for a change since another part of the year."""
    message = f"这里说的是{shown(said)}，{shown(name)}是同{base}比的"
    return part_of_year.fault(message, f"改成“较{base}”，或者另定义一个指标")


def another_day(name: str, said: str, day: str) -> Fault:
    """The same rule for a number that is counted up to another day."""
    message = f"这里说的是{shown(said)}，{shown(name)}数到{day}"
    return part_of_year.fault(message, f"写成“截至{{{{ {name}.截至 }}}}”，或者改定义的“截至”")


@rule(WARNING)
def no_day(name: str, day: str) -> Fault:
    """FZ736: 只数到某一天的数，报告里说明截至哪一天。

    定义里写了 `截至: 12-03` 的，数的是到那一天为止的，条件里写了一段时间的，数的是那一段；不说，读的人会当作全年的。
    改法：前面写“截至{{ 指标名.截至 }}”；在别的段落已经说明了的，可以不改。
    """
    message = f"{shown(name)}只数到{day}，这一段没有说"
    return no_day.fault(message, f"前面写“截至{{{{ {name}.截至 }}}}”")


def no_period(name: str, counted: str) -> Fault:
    """The same rule for a number of a part of the year."""
    return no_day.fault(f"{shown(name)}只数{counted}，这一句没有说", f"前面写明“{counted}”")


@rule(WARNING)
def perhaps_unrecorded(last: Value) -> Fault:
    """FZ738: 上年的 0，是真的没有，不是没有记。

    上一年的文件夹里有别的案件、活动、会议，没有一条是这个类别的，数出来就是 0；印“上年0场”“比上年增加2场”，是说上年没有发生过。刚开始登记的一类事，往往是没有记。
    改法：确实没有的，不用改；没有登记的，补上记录，或者在词表里给这个类别写上从哪一年起（`自: 2024`），程序就不拿两年来比。
    """
    message = f"{shown(last.name)}{last.year}年一条记录也没有，印的是 {plain(last)}"
    return perhaps_unrecorded.fault(
        message, "确实没有的不用改；没有登记的，补上记录，或者不同上年比"
    )


@rule(ERROR)
def untrue_change(name: str, words: str, numbers: str) -> Fault:
    """FZ733: 说同上年比是增是减，和两年的数一致。

    “比上年有所增加”“由上年的……提高到……”也是数，由程序按两年的数核对。“同比”印的是和上一年比，不能说成和别的时候比。
    改法：照两年的数改；写 `比上年{{ 指标名 | 同比 }}` 最省事。
    """
    return untrue_change.fault(f"{shown(name)}不能说“{words}”：{numbers}", "照两年的数改，或者删去")


def another_base(said: str, year: int) -> Fault:
    """The same rule for a change since another time than last year."""
    return untrue_change.fault(f"同比是和{year}年比的，不是{shown(said)}", "写“比上年”，或者删去")


def change_to_last(name: str) -> Fault:
    """The same rule for a change that ends at last year's number."""
    return untrue_change.fault(f"变化的后面印的是{shown(name)}上年的数", "对调前后的数")


def change_from_this(name: str) -> Fault:
    """The same rule for a change that begins at this year's number."""
    hint = f"由上年的数变过来，写 {{{{ {name}.上年 }}}}；两个指标的，写明是什么，如“由法定”"
    return untrue_change.fault(f"变化的前面印的是{shown(name)}今年的数", hint)


def wrong_part(name: str, count: int, unit: str) -> Fault:
    """FZ806 for a part of a breakdown that is typed."""
    return true_sums.fault(f"{shown(name)}是 {count}{unit}", "改成这个数，或者用 分项", PUBLISHED)


def not_new(name: str, said: str) -> Fault:
    """The same rule for what there is, told as what is new."""
    hint = f"删去，或者由上年的数写起；多了多少，写 净增{{{{ {name} | 同比数(幅度) }}}}"
    return untrue_change.fault(f"{shown(name)}是年末一共有多少，不能说“{said}”", hint)


@rule(ERROR)
def untrue_relation(said: str, one: Value, other: Value, told: str = "") -> Fault:
    """FZ735: 几个数互相比、一个数几年来怎样的话，和这些数一致。

    “多于”“最多”“其中”“另有”“每月一次”“其余均在办理”“没有召开过”都说了数和数的关系，由程序照准确的数和它们的记录核对：“其中”的记录要都在总数的记录里（敏感的现状没有一件一件的记录，要写了 `属于`、`等于` 或者有它们的比率），“另有”的不在里面。“连续三年增长”“为近三年最多”“三年来首次下降”照每一年的数核对，怎样算见《写叙述稿》。
    改法：照提示里的数改句子，或者删去。
    """
    values = (one,) if one is other else (one, other)
    numbers = "、".join(
        f"{shown(value.name)}{value.year}年是 {plain(value)}{_parts(value)}" for value in values
    )
    instead = f"；记录里{told}" if told else ""
    hint = "照这些数改，或者删去"
    is_part = said in ("其中", "含", "内含", "包含", "包括")
    if is_part and one.name != other.name and (one.number or 0) >= (other.number or 0):
        hint = f"是它的一部分的，在“{other.name}”的定义里写 属于: {one.name}；不是的，改句子"
    return untrue_relation.fault(f"不能说{shown(said)}：{numbers}{instead}", hint)


def _parts(value: Value) -> str:
    """The parts of a breakdown, as far as a message may tell of them."""
    parts = {} if value.sensitive else value.parts or {}
    told = listed(parts.items(), value.unit)
    return f"（{told}）" if told else ""


_DIFFERS, _UNSURE = "几个数印出来不一样的", "程序核对不了的"


def untrue_years(said: str, values: Sequence[Value], years: str) -> Fault:
    """The same rule for what is said of one figure over years; `years` for how many of them it is true."""
    numbers = "、".join(f"{value.year}年{plain(value)}" for value in values)
    hint = f"照这些数改，或者删去；属实的是{years}" if years else "照这些数改，或者删去"
    return untrue_relation.fault(f"{shown(values[-1].name)}不能说{shown(said)}：{numbers}", hint)


@rule({_DIFFERS: ERROR, _UNSURE: WARNING})
def of_all(words: str, printed: str = "") -> Fault:
    """FZ734: 说“均为”“全部”的，每一项都是。

    “参考率、合格率均为……”只在两个数印出来一样时才真；“全部办结”“无一逾期”要分子等于分母；“连续三年”是每一年都是，没有记录的、口径不同的年份程序核对不了。
    改法：分别印出来，如 `参考率、合格率分别为{{ 参考率 }}、{{ 合格率 }}`；比率是百分之百的，写 `{{ 指标名 | 全部 }}`，程序来核对。
    """
    if printed:
        hint = f"照这些数改，是几件写几件，不能只删去“{words}”；几个数的，分别印出来；不公布的，删去这一句"
        return of_all.fault(f"说的是“{words}”，数却对不上：{printed}", hint, _DIFFERS)
    hint = "属实的不用改；有比率的，写 {{ 指标名 | 全部 }}，由程序核对"
    if words in ("均", "都"):
        hint += "；几个率一样的，写全名，如 甲率、乙率均为{{ 甲率 }}"
    return of_all.fault(f"说的是“{words}”，程序核对不了", hint, _UNSURE)


def unknown_years(said: str, known: Sequence[Value]) -> Fault:
    """The same rule for what is said of years that are not known."""
    years = "、".join(f"{value.year}" for value in known)
    message = f"说的是{shown(said)}，{shown(known[-1].name)}能比的只有{years}年"
    return of_all.fault(message, "更早的自己核对，属实的不用改", _UNSURE)


unfit_caption = Stated("""FZ626: 图题是一句话，印着图里的指标，说的都算得出来。

图题印在图的上面，读的人只看这一句。它同叙述稿里的句子一样核对，不属实的是错误；叙述稿里只提醒一声的，图题里也是错误：程序核对不了的，不印在图上。没有“图”的指标，没有图题。
改法：照提示改，或者删去这一年的图题，由程序照数写一句。
""")
