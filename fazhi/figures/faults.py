"""What can be wrong with a figure: a function a rule, its docstring the rule's page."""

from fazhi.problems.problem import ERROR, Fault
from fazhi.problems.rulebook import rule


@rule(ERROR)
def above_one(year: int, name: str, numerator: int, denominator: int) -> Fault:
    """FZ621: 比率的分子不大于分母，写了“属于”的不大于它属于的指标。

    大于的，不成其为比率，多半是分子、分母数的不是同一批事，或者不是同一年。
    改法：核对分子、分母两个指标的条件和“按日期”。
    """
    message = f"{year}年“{name}”的分子 {numerator} 大于分母 {denominator}，不成其为比率"
    return above_one.fault(message, "核对分子、分母两个指标的条件和“按日期”")


def above_whole(year: int, name: str, number: str, whole: str, most: str) -> Fault:
    """The same rule for a figure that is a part of another."""
    message = f"{year}年“{name}”是 {number}，属于“{whole}”，却比它的 {most} 多"
    return above_one.fault(message, "核对两个指标的条件和记录；不是它的一部分的，删去“属于”")


@rule(ERROR)
def counted_twice(name: str, one: str, other: str, common: str) -> Fault:
    """FZ623: 合计加的几个指标，不把同一件事加两次。

    同一条记录两个指标都数了，或者一段时间既有汇总、又有类别相同的单条记录，加起来就多报了。
    改法：改指标的条件，使一件事只在一个指标里；汇总里已经有的，不再一件一件登记，或者反过来。
    """
    message = f"“{name}”加的“{one}”和“{other}”里有同一件事（{common}），加了两次"
    return counted_twice.fault(message, "改两个指标的条件，使一件事只算一次")


@rule(ERROR)
def across_the_day(name: str, day: str) -> Fault:
    """FZ625: 数到某一天的指标用到的汇总，期间不跨过那一天。

    四季度的汇总里，到 11 月 30 日有多少，没有人知道；整条数进去多了，不数少了。
    改法：把这条汇总分成那一天以前、以后两条；分不开的，指标改成数到期间的末一天。
    """
    message = f"“{name}”数到 {day}，这条汇总的期间跨过了这一天"
    return across_the_day.fault(message, "以那一天为界分成两条，或者改指标的“截至”")


@rule(ERROR)
def below_zero(name: str) -> Fault:
    """FZ624: 合计减下来不小于 0。

    减的比加的还多，多半是减错了指标。
    改法：核对“加”“减”两项。
    """
    return below_zero.fault(f"“{name}”减下来小于 0", "核对“加”“减”两项")


@rule(ERROR)
def two_latest(name: str, day: str, others: str) -> Fault:
    """FZ622: 取最新值的，截止日期最晚的记录只有一条。

    同一天有两条，取哪一条说不准。
    改法：重复的删去；说的不是一件事的，用不同的类别分开，或者在指标的条件里分开。
    """
    message = f"“{name}”取截止日期最晚的一条，{day} 却有两条（另见 {others}）"
    return two_latest.fault(message, "只留一条")
