"""What can be wrong with the form of a value: a function a rule, its docstring the page."""

from collections.abc import Iterable, Mapping, Sequence

from fazhi.personal.readings import ABOUT_A_PERSON
from fazhi.problems.problem import ERROR, Fault
from fazhi.problems.quoting import did_you_mean, nearest, shown
from fazhi.problems.rulebook import Stated, rule
from fazhi.schema.spelling import says_nothing

missing = Stated("""FZ201: 必填的项都写了，必填的列表不是空的。

缺了这一项，这条记录数不进去，或者不知道说的是什么。每种记录哪些项必填，见各种记录的说明。
改法：照提示补上这一项。
""")


@rule(ERROR)
def unknown_field(
    key: str,
    known: Iterable[str],
    free: Sequence[str],
    absent: Sequence[str],
    elsewhere: Mapping[str, str],
) -> Fault:
    """FZ202: 项的名称是这种记录有的。

    名称写错一个字，这一项就等于没有写；记录里也不设姓名、电话一类的项。
    改法：照提示改名称；没有合适的项的，写在正文里。
    """
    hint = did_you_mean(key, free)
    meant = nearest(key, known)
    if ABOUT_A_PERSON.search(key):
        hint = "个人信息不登记，整行删去"
    elif key in elsewhere and meant not in free:
        hint = elsewhere[key]
    elif absent and not nearest(key, free):
        hint = f"必填的还缺少：{'、'.join(absent)}"
    elif not hint.startswith("是不是"):
        other = "写在正文里" if "正文" in elsewhere else "整行删去"
        hint = f"{hint}；都不是的，{other}" if hint else other
        if meant and meant not in free:
            hint = f"像是“{meant}”，那一项已经写了，或者写法不同；重复的整行删去"
            hint += f"，不是的{other}" if other != "整行删去" else ""
    return unknown_field.fault(f"没有{shown(key)}这一项", hint)


wrong_form = Stated("""FZ203: 内容写成这一项应有的样子：文字、整数、日期或者列表。

数要相加，日期要排先后，写成别的样子就算不出来。
改法：整数只写半角数字，不写单位；日期写成 `2024-04-15`；几个词写成 `[甲, 乙]`。
""")

unreal_day = Stated("""FZ204: 日期是日历上有的一天。

如 2 月 30 日、13 月，多半是打错了；年份从 1980 到 2099。
改法：核对日期。
""")


@rule(ERROR)
def not_of_the_list(
    name: str, value: object, allowed: Iterable[str], *, may_be_left_out: bool
) -> Fault:
    """FZ205: 只有几种写法的项，写的是其中一种。

    如“公开”只有全文、摘要、仅统计三种。
    改法：照提示改成其中一种。
    """
    hint = did_you_mean(str(value), allowed)
    if says_nothing(value) and may_be_left_out:
        hint = "没有的，整行删去"
    return not_of_the_list.fault(f"{name}不能是{shown(value)}", hint)


one_leading_date = Stated("""FZ206: 活动和会议写“日期”，跨几天的写“起始日期”和“结束日期”，两种只用一种。

一件事算在哪一天、哪一年，只能有一个说法。
改法：一天的只留“日期”；跨几天的删去“日期”，起止都写。
""")
