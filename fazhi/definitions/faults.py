"""What can be wrong with a figure: a function a rule, its docstring the rule's page."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi.faults import Fault
from fazhi.problems import did_you_mean, shown


def out_of_form(message: str, hint: str) -> Fault:
    """FZ602: 指标定义写全了，没有用不着的项，条件写得对。

    每种统计要用的项不同：件数要“记录”“单位”，求和还要“字段”，比率要“分子”“分母”。
    改法：照提示补上或者删去；条件写成 `{类别: 宣传活动}` 这样。
    """
    return Fault("FZ602", message, hint)


def unfit_kind(message: str, hint: str) -> Fault:
    """FZ611: 指标数的是有的一种记录，而且这种记录可以这样数。

    现状是某一天的存量，不能按日期相加；最新值只对现状才有意思。
    改法：“记录”写活动、会议、案件、现状之一；现状用“最新值”。
    """
    return Fault("FZ611", message, hint)


def unfit_field(message: str, hint: str) -> Fault:
    """FZ612: 指标用到的字段，这种记录里有，而且可以这样用。

    能相加的只有数量，能当日期的只有日期；条件里写错字段名，就一条也数不到。
    改法：照提示改字段名；几项的内容（计数、分类、佐证材料）在条件里只写“有”或者“无”。
    """
    return Fault("FZ612", message, hint)


def unknown_word(field: str, word: str, allowed: Iterable[str]) -> Fault:
    """FZ613: 条件里的词，词表里有。

    词写错了，指标不会出错，只会一条也数不到，报告里就是 0。
    改法：照提示改成词表里的词。
    """
    hint = did_you_mean(word, allowed) or "先把这个词写进 vocabulary.yml"
    return Fault("FZ613", f"“{field}”里没有{shown(word)}这个词", hint)


def unfit_figure(message: str, hint: str) -> Fault:
    """FZ614: 分子、分母和附列都是定义了的指标；分子、分母是件数、求和或者最新值。

    比率要由两个数相除，比率和分类不是一个数。
    改法：照提示改指标名，或者先定义要用的指标。
    """
    return Fault("FZ614", message, hint)


def unknown_section(section: str, known: Iterable[str]) -> Fault:
    """FZ615: 指标的板块，词表里有。

    指标印在板块的网页上，板块写错了就没有地方印。
    改法：照提示改成词表里的板块。
    """
    hint = did_you_mean(section, known) or "先把板块写进 vocabulary.yml"
    return Fault("FZ615", f"没有{shown(section)}这个板块", hint)


def unusable_name(message: str, hint: str) -> Fault:
    """FZ616: 指标名只用汉字、字母和数字，不以数字开头，同一年里不重复。

    叙述稿用指标名取数，名称里有标点、空格就取不到；两个指标同名，取哪一个说不准。
    改法：换一个名字；前后几年口径不同的，用“自”“至”分开年份。
    """
    return Fault("FZ616", message, hint)


def above_one(year: int, name: str, numerator: int, denominator: int) -> Fault:
    """FZ621: 比率的分子不大于分母。

    大于的，不成其为比率，多半是分子、分母数的不是同一批事，或者不是同一年。
    改法：核对分子、分母两个指标的条件和“按日期”。
    """
    message = f"{year}年“{name}”的分子 {numerator} 大于分母 {denominator}，不成其为比率"
    return Fault("FZ621", message, "核对分子、分母两个指标的条件和“按日期”")


def two_latest(name: str, day: str, others: str) -> Fault:
    """FZ622: 取最新值的，截止日期最晚的记录只有一条。

    同一天有两条，取哪一条说不准。
    改法：重复的删去；说的不是一件事的，用不同的类别分开，或者在指标的条件里分开。
    """
    message = f"“{name}”取截止日期最晚的一条，{day} 却有两条（另见 {others}）"
    return Fault("FZ622", message, "只留一条")
