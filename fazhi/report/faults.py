"""What can be wrong with a number that is filled in: a function a rule, its docstring the rule's page."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi.figures.filters import WORDINGS
from fazhi.problems.problem import ERROR, Fault
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import rule


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


@rule(ERROR)
def untrue(message: str, hint: str) -> Fault:
    """FZ704: 说法同数对得上，而且有数可印。

    “200余”要在 201 和 299 之间；“近”要不到这个数、又不少于它的九成；“以上”不少于这个数；
    “逾”比这个数多；分子等于分母才说 100%。暂无数据的、公开版里不公布的，都不能印。
    改法：照提示换一个说法，或者印准确的数；没有数的，补上记录，或者从叙述稿里删去。
    """
    return untrue.fault(message, hint)


@rule(ERROR)
def unit_twice(unit: str) -> Fault:
    """FZ705: 花括号后面不再写单位，指标自己带着单位。

    再写一遍，印出来就是“3场场”。
    改法：删去花括号后面的单位。
    """
    return unit_twice.fault(f"单位“{unit}”写重了，指标自己带单位", f"删去后面的“{unit}”")
