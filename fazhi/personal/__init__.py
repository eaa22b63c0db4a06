"""Personal data in a text: identity numbers, telephones, cards, plates, addresses; shown only masked.
来源：个人信息保护法第二十五条、第二十八条。"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fazhi.personal.signs import SIGNS, may_hold, searched

_MARKS = r"[*_`~\\]|<!--.*?-->|</?[A-Za-z][^<>\n]{0,200}>"
_SIGNS_OF_MARKS = frozenset("*_`~\\<[&")
_LINK = r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"
ABOUT_A_PERSON = re.compile(  # names of fields and columns that would hold personal data
    r"姓名|电话|手机|联系方式|联系人|身份证|证件号|银行卡|卡号|住址|家庭地址|门牌|微信|QQ|邮箱|出生|"
    r"性别|民族|年龄|车牌|护照|(?:当事|申请|信访|上访|举报|处罚)人(?!人?[数次])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """A piece of personal data in a text. `value` is what was found: it is compared, never shown."""

    start: int
    end: int
    kind: str
    masked: str
    value: str = field(default="", repr=False)


def find(text: str) -> Iterator[Finding]:
    """Personal data in a text, in whatever digits, blanks, dashes and brackets it is written."""
    is_long, is_short = may_hold(text)
    if not (is_long or is_short):
        return
    from fazhi.personal.kinds import matches  # noqa: PLC0415 - most runs meet nothing to search for

    found = [match for form in searched(text) for match in matches(form, numbers_only=not is_short)]
    if not found:
        return
    places = [place for place, char in enumerate(text) for _ in SIGNS[ord(char)]]
    taken, last = 0, ""
    for start, end, kind, value in sorted(found, key=lambda match: (match[0], -match[1])):
        is_continued = start == taken and kind == last == "门牌号"  # 15号3单元 is one address
        if start < taken:
            continue
        taken, last = end, kind
        if not is_continued:
            bare = re.sub(r"[^\w@]|_", "", value).upper()
            shown = _mask(value.replace("\n", ""))
            yield Finding(places[start], places[end - 1] + 1, kind, shown, bare)


def unescaped(text: str) -> str:
    """A text with the characters that HTML's entities stand for: none has a number of 20 digits."""
    return html.unescape(re.sub(r"&#(?=\d{20})", "&amp;#", text)) if "&" in text else text


def unmarked(text: str) -> str:
    """Markdown without what readers do not see inside a number: escapes, marks, addresses."""
    if _SIGNS_OF_MARKS.isdisjoint(text):
        return text
    return re.sub(_MARKS, "", re.sub(_LINK, r"\1", unescaped(text)))


def apart(prose: str, written: str) -> Iterator[Finding]:
    """What is read in prose, and not found in the text of its file: marks and line ends part it there."""
    read = on_one_line(unmarked(prose))
    if read == prose and prose in written:
        return  # the search of the file has found it
    if found := list(find(read)):
        reported = {finding.value for finding in find(written)}
        yield from (finding for finding in found if finding.value not in reported)


def on_one_line(text: str) -> str:
    """The text without its line ends and the spaces around them."""
    return "".join(map(str.strip, text.split("\n"))) if "\n" in text else text


def masked(text: str) -> str:
    """The text with every piece of personal data in it masked."""
    pieces, at = [], 0
    for finding in find(text):
        lines = "\n" * text.count("\n", finding.start, finding.end)  # as many as there were
        pieces += [text[at : finding.start], finding.masked, lines]
        at = finding.end
    return "".join([*pieces, text[at:]])


def half_width(characters: str) -> dict[int, int]:
    """A table for `str.translate` from their full-width forms, for some half-width characters."""
    return {ord(char) + 0xFEE0: ord(char) for char in characters}


def _mask(text: str) -> str:
    keep = 3 if len(text) > 8 else 1
    return text[:keep] + "*" * (len(text) - 2 * keep) + text[-keep:] if len(text) > 2 else "**"
