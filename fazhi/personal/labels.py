"""What stands before a value and says whose or what it is, in one form."""

from collections.abc import Iterator

from fazhi import regex as re
from fazhi.pattern import HAN
from fazhi.personal.signs import SURNAMES, searched


def forms(text: str) -> Iterator[str]:
    """The forms in which a text is searched, without blanks in words, and with each label typed alike:
    【户主】 and 户主（本人）为： are 户主：, as far back as makes the text as long."""
    for form in searched(text):
        spaced = re.sub(_SPACED, lambda run: run[0].replace(" ", "").rjust(len(run[0])), form)
        yield spaced
        if (plain := re.sub(_LABEL, _plain, spaced)) != spaced:
            yield plain


def _plain(label: re.Match[str]) -> str:
    said, quoted, aside = (held and held.replace(" ", "") for held in label.groups())
    return (aside or f"{said or quoted}:").rjust(len(label[0]))


_SPACED = rf"(?<!{HAN}){HAN}(?: {{1,4}}{HAN})+(?!{HAN})"
_WORDS = rf"(?:(?<!{HAN}){HAN}|(?<![A-Za-z])[A-Za-z]{{2}})(?: ?{HAN}){{0,20}}?"
_BESIDE = r" ?\([^()\n]{1,12}\)"
_AND_MORE = rf" ?(?:[及和与或/]|,(?!{HAN}{{0,2}}地址)) ?{HAN}{{0,2}}(?:电话|方式|住址|地址|姓名|年龄|性别|单位|号码|名称)|(?:基本)?情况|信息|名称"
_SIGN = r"(?:[:=]|--+|/(?=\d{9}|\w{2,12}\d[组社]))"
_QUOTED = r"[“\"'](?=[A-Za-z\d])"
_LABEL = (
    rf"({_WORDS})(?:{_AND_MORE})?(?:{_BESIDE})?(?: ?[1-9])? ?[为是]? ?(?:{_SIGN} *(?:\n\s*(?:[-*+]|\d\.) +)?(?:[“\"'(](?=\w))?|{_QUOTED})"
    rf"|(?<!\w)[(“\"']({_WORDS})[)”\"'] ?[为是]? ?(?::|(?=\w))|({_WORDS}){_BESIDE}(?=[A-Za-z\d{SURNAMES}])"
)
ENDS_IN = (  # 后四位是0017, 尾号“0017”, 号……0017, 号以0017结尾
    r"(?:号码?)?(?:[ (:]?(?:前[3-8三四五六七八]位[^\n。]{1,12}?)?(?:最?[后末]尾?[3-8三四五六七八]?位|末?尾[号数]?)"
    r"(?:数字?|号码?)?[ :是为()“\"]{0,4}|[ :(]{0,2}\d{0,6}(?:[.*]{3,14}|(?<!\*)\*(?=\d))|以(?=\d+[结收]尾))"
    r"(\d(?: ?\d){2,6} ?[\dx*](?!\d)|[〇零一二三四五六七八九]{4,6})"
)
