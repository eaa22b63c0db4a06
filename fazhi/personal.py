"""Personal data in a text: identity numbers, telephones, cards, plates, addresses.

来源：个人信息保护法第二十五条、第二十八条。The value itself is never shown, only a masked form.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """A piece of personal data in a text. `value` is what was found: it is compared, never shown."""

    start: int
    kind: str
    masked: str
    value: str = field(default="", repr=False)


def find(text: str) -> Iterator[Finding]:
    """Personal data in a text. Full-width characters count as their half-width forms."""
    if not _ANY.search(text):
        return
    plain = text.translate(_READ_AS)
    taken, last = 0, ""
    for start, end, kind in sorted(_matches(plain)):
        is_continued = (start, kind) == (taken, last)  # 15号3单元 is one address
        if start >= taken:
            taken, last = end, kind
            if is_continued:
                continue
            value = plain[start:end]
            yield Finding(start, kind, _mask(value), re.sub(r"[ .-]", "", value).upper())


def unmarked(text: str) -> str:
    """Markdown without what readers do not see inside a number: escapes, marks, addresses."""
    return _MARKS.sub("", _LINK.sub(r"\1", html.unescape(text)))


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


_MARKS = re.compile(r"[*_`~\\]")
_LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
ABOUT_A_PERSON = re.compile(
    r"姓名|电话|手机|联系方式|联系人|身份证|证件号|银行卡|卡号|住址|家庭地址|门牌|微信|QQ|邮箱|出生|"
    r"性别|民族|年龄|车牌|护照|(?:当事|申请|信访|上访|举报|处罚)人(?!人?[数次])",
    re.IGNORECASE,
)
"""Names of fields and columns that would hold personal data."""


def masked(text: str) -> str:
    """The text with every piece of personal data in it masked."""
    pieces, at = [], 0
    for finding in find(text):
        pieces += [text[at : finding.start], finding.masked]
        at = finding.start + len(finding.masked)
    return "".join([*pieces, text[at:]])


HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
"""The half-width form of every full-width character, for `str.translate`."""


def half_width(characters: str) -> dict[int, int]:
    """The part of that table for some characters, given in their half-width forms."""
    return {ord(char) + 0xFEE0: ord(char) for char in characters}


_READ_AS = HALF_WIDTH | {0x3000: 0x20}
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ANY = re.compile(
    rf"[\d@＠微QqＱｑEGＥＧ{_PROVINCES}](?:"
    r"(?<=\d)(?:(?<!\d\d)(?:[ .\-\u3000．－]?[\d*xX×＊ｘＸ]){8}|号|栋|幢|单元|室)|(?<=[@＠])|(?<=微)信"
    r"|(?<=[QqＱｑ])[QqＱｑ]|(?<=[EGＥＧ])[A-ZＡ-Ｚ]?\d{7}"
    rf"|(?<=[{_PROVINCES}])[A-ZＡ-Ｚ])"
)
"""What every pattern below contains, in either width: most texts have none of it and cost one quick
search. A date has eight digits, the shortest of the numbers nine, counted from the first one on."""


def _matches(text: str) -> Iterator[tuple[int, int, str]]:
    for kind, pattern, is_real in _PATTERNS:
        for match in pattern.finditer(text):
            if is_real(match[0]):
                yield match.start(), match.end(), kind


def _is_identity(text: str) -> bool:
    """GB 11643: a real birth date's shape is in the pattern, the check digit is held here."""
    from stdnum.iso7064 import mod_11_2  # noqa: PLC0415 - its library takes 20 ms to load

    return mod_11_2.is_valid(re.sub(r"[ -]", "", text).upper())


def _is_mobile(text: str) -> bool:
    compact = text.replace(" ", "")
    return len(compact) == 11 and compact[1] in "3456789"


def _is_card(text: str) -> bool:
    from stdnum import luhn  # noqa: PLC0415

    return luhn.is_valid(re.sub(r"[ -]", "", text))


def _always(_: str) -> bool:
    return True


_PATTERNS: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
    (kind, re.compile(pattern), is_real)
    for kind, is_real, pattern in (
        (
            "身份证号",
            _is_identity,
            r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?"
            r"(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[ -]?[\dXx](?![0-9A-Za-z])",
        ),
        ("身份证号", _is_identity, r"(?<![0-9A-Za-z])[1-9](?: \d){16} [\dXx](?! ?[0-9A-Za-z])"),
        (
            "身份证号",
            _always,
            r"(?<![0-9A-Za-z])[1-9]\d{2,5}(?:\*{6,14}|x{6,14}|X{6,14}|×{6,14})[\dXx*]{0,3}[\dXx]"
            r"(?![0-9A-Za-z])",
        ),
        (
            "手机号",
            _always,
            r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ .-]?"
            r"(?:\d{4}[ .-]?\d{4}|(?:\*{4}|x{4}|X{4}|×{4})[ -]?\d{4})(?![0-9A-Za-z])",
        ),
        (  # a blank after every digit, or in another place than usual: 1 3 8 …, 13812 345678
            "手机号",
            _is_mobile,
            r"(?<![0-9A-Za-z])(?<!\d[ .-])(?:1(?: \d){10}|1[3-9]\d{2,3} \d{6,7}|1[3-9]\d{2} \d{3} \d{4}"
            r"|1[3-9]\d \d{3} \d{5}|1[3-9]\d(?: \d\d){4})(?! ?[0-9A-Za-z])",
        ),
        (
            "银行卡号",
            _is_card,
            r"(?<![0-9A-Za-z])(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])"
            r"|(?<![0-9A-Za-z])(?:6 2|4 \d|5 [1-5])(?: \d){14,17}(?! ?[0-9A-Za-z])",
        ),
        (
            "车牌号",
            _always,
            rf"[{_PROVINCES}][A-HJ-NP-Z][· ]?(?=[A-HJ-NP-Z0-9]{{0,5}}\d)[A-HJ-NP-Z0-9]{{4,5}}"
            r"[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Za-z])",
        ),
        ("护照号", _always, r"(?<![0-9A-Za-z])(?:E[A-HJ-NP-Z]|[EG]\d)\d{7}(?![0-9A-Za-z])"),
        (
            "电子邮箱",
            _always,
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        ),
        (
            "微信或 QQ 号",
            _always,
            r"(?:微信|QQ|qq)(?:号码|号|群)?(?:为|是)?[ :]*(?:[A-Za-z][A-Za-z0-9_-]{5,19}|\d{5,12})",
        ),
        (
            "门牌号",
            _always,
            r"(?:路|街|巷|弄|大道|组|社|小区|苑|村)附?\d{1,5}(?:-\d{1,4})?号(?!文|令|公告|线|楼)"
            r"|\d{1,4}(?:栋|幢)|\d{1,3}单元|\d{3,4}室",
        ),
    )
]


def _mask(text: str) -> str:
    keep = 3 if len(text) > 8 else 1
    return text[:keep] + "*" * (len(text) - 2 * keep) + text[-keep:] if len(text) > 2 else "**"
