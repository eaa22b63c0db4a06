"""Personal data in a text: identity numbers, telephones, cards, plates, addresses.

来源：个人信息保护法第二十五条、第二十八条。The value itself is never shown, only a masked form.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


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
    if not (_LONG.search(text) or _SHORT.search(text)):
        return
    plain = text.translate(_SIGNS)
    matches = _matches(plain)
    if _IN_WORDS.search(plain):
        matches += _matches(plain.translate(_DIGITS))
    if not matches:
        return
    places = [place for place, char in enumerate(text) for _ in _SIGNS[ord(char)]]
    taken, last = 0, ""
    for start, end, kind, value in sorted(matches, key=lambda match: (match[0], -match[1])):
        is_continued = (start, kind) == (taken, last)  # 15号3单元 is one address
        if start < taken:
            continue
        taken, last = end, kind
        if not is_continued:
            bare = re.sub(r"[^\w*@]|_", "", value).upper()
            shown = _mask(value.replace("\n", ""))
            yield Finding(places[start], places[end - 1] + 1, kind, shown, bare)


def unmarked(text: str) -> str:
    """Markdown without what readers do not see inside a number: escapes, marks, addresses."""
    return re.sub(_MARKS, "", re.sub(_LINK, r"\1", html.unescape(text)))


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


_MARKS, _LINK = r"[*_`~\\]", r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"
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
        lines = "\n" * text.count("\n", finding.start, finding.end)  # as many as there were
        pieces += [text[at : finding.start], finding.masked, lines]
        at = finding.end
    return "".join([*pieces, text[at:]])


def half_width(characters: str) -> dict[int, int]:
    """A table for `str.translate` from their full-width forms, for some half-width characters."""
    return {ord(char) + 0xFEE0: ord(char) for char in characters}


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_WORDS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺OoIl"
_DIGITS = str.maketrans(_WORDS, "000" + "123456789" * 2 + "23610011")
_MASKS = "×✕✖●◯■□◆"


class _Signs(dict[int, str]):
    """What each character is searched as: one digit, blank, dash, bracket for all of its kind."""

    def __missing__(self, code: int) -> str:
        from stdnum.util import clean  # noqa: PLC0415 - its library takes 20 ms to load

        char = chr(code)
        digit = unicodedata.digit(char, None)
        sign = _BY_CATEGORY.get(unicodedata.category(char)) if digit is None else str(digit)
        self[code] = (
            "".join(map(clean, unicodedata.normalize("NFKC", char))) if sign is None else sign
        )
        return self[code]


_BETWEEN = r"[^\dXx*]"
_BY_CATEGORY = {"Zs": " ", "Zl": " ", "Zp": " ", "Pd": "-", "Ps": "(", "Pe": ")"}
_BY_CATEGORY |= dict.fromkeys(["Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn", "Cs"], "")
_SIGNS = _Signs(dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), ""))
_SIGNS |= {
    ord(char): sign
    for sign, chars in {"\n": "\n", " ": "\t\v\f", "-": "~～ー⁃─", "X": "хХχΧ", "*": _MASKS}.items()
    for char in chars
}
_DIGIT = rf"[\d*xX×＊ｘＸ①-⒛⓪⓵-⓾❶-➓⓿⁰¹²³⁴-⁹₀-₉{_WORDS}{_MASKS}]"
_LONG = re.compile(
    rf"(?<!\d\d){_DIGIT}(?:(?:[^\w*＊○{_MASKS}]|[_ー\u115f\u1160\u3164\uffa0]){{0,4}}+{_DIGIT}){{8}}"
)
_SHORT = re.compile(
    rf"(?=[号栋幢单室@＠微薇vVｖＶ扣QqＱｑwWｗＷEGegＥＧｅｇ{_PROVINCES}])"
    r"(?:[号栋幢单室](?:(?<=[\d０-９].)|(?<=[\d０-９] .))|[@＠](?![a-z-]+ [{(a-z])|[微薇vVｖＶ]信|扣扣|[QqＱｑ][QqＱｑ]"
    r"|[wWvVｗＷｖＶ](?:[xX]|[eE](?:[cC][hH]|[iI][xX]))|[EGegＥＧｅｇ][A-Za-zＡ-Ｚａ-ｚ]?\d{7}"
    rf"|[{_PROVINCES}][^\w\n]{{0,2}}[A-Za-zＡ-Ｚａ-ｚⒶ-ⓩ])"
)
"""What every pattern below contains, however it is written: most texts have none of it and cost one
quick search. A date has eight digits, the shortest of the numbers nine, counted from the first one."""
_IN_WORDS = re.compile(rf"[\d{_WORDS}](?:[ (),./_\n-]{{0,3}}[\d*xX{_WORDS}]){{10}}")


def _matches(text: str) -> list[tuple[int, int, str, str]]:
    return [
        (*match.span(1), kind, match[1])
        for kind, pattern, is_real in _PATTERNS
        for match in pattern.finditer(text)
        if is_real(match)
    ]


def _is_cued(match: re.Match[str], cue: re.Pattern[str]) -> bool:
    """Whether the words before a number say what it is."""
    return cue.search(match.string, max(0, match.start(1) - 16), match.start(1)) is not None


def _is_token(match: re.Match[str]) -> bool:
    """Whether a number is no part of a code: Tel13812345678 is one, 11500229MB1381… is not."""
    start, end = match.span(1)
    before = _LETTERS_BEFORE.search(match.string, max(0, start - 20), start)
    return bool(before) and _LETTERS_AFTER.match(match.string, end) is not None


_LETTERS_BEFORE = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]*$")
_LETTERS_AFTER = re.compile(r"(?:x|ext)\d{1,5}(?![0-9A-Za-z])|[A-Za-z]{0,20}(?![0-9A-Za-z])", re.I)


def _is_alone(match: re.Match[str]) -> bool:
    """Whether no other number stands beside it: one of a row of counts is not alone."""
    start, end = match.span(1)
    before = re.search(r"\d[ ,./_-]{1,3}$", match.string[max(0, start - 4) : start])
    return not before and not re.match(r"[ ,/_-]{1,3}\d", match.string[end : end + 4])


def _is_identity(match: re.Match[str]) -> bool:
    """GB 11643: the shape of a birth date, and the check digit."""
    from stdnum.iso7064 import mod_11_2  # noqa: PLC0415

    number = re.sub(_BETWEEN, "", match[1]).upper()
    is_born = re.match(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", number)
    is_code = not _LETTERS_BEFORE.search(match.string, max(0, match.start(1) - 20), match.start(1))
    return bool(is_born) and not is_code and mod_11_2.is_valid(number)


def _is_mobile(match: re.Match[str]) -> bool:
    """Grouped as people do; otherwise where the words before say so, or nothing else explains it."""
    number, signs = match["number"], set(re.sub(r"\d", "", match["number"]))
    sizes = _sizes(number)
    if not _is_token(match) or _AN_AMOUNT.match(match.string, match.end(1)):
        return False
    if sizes == "11" or _is_cued(match, _CALL):
        return True
    years = _YEAR.findall(number)
    if sizes == "3-4-4" and not signs & {",", "\n"}:
        return len(years) < (1 if match[1].startswith("0") else 2)
    if signs & set("./_,\n"):
        return sizes == "3-2-2-2-2" and signs == {"."} and _is_alone(match)
    if sizes in ("3-8", "7-4"):
        return not years
    if signs == {" "} or not _is_alone(match):
        return bool(_BY_BLANKS.fullmatch(sizes)) and _is_alone(match)
    is_serial = re.search(r"\D00\d*$", number) or sizes in ("1-10", "2-3-3-3")
    return not (years or is_serial or re.match(r"1[89]\d\d\D+(?:0?[1-9]|1[0-2])\D", number))


def _sizes(number: str) -> str:
    """How the digits are grouped."""
    return "-".join(str(len(group)) for group in re.findall(r"\d+", number))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[01]\d[0-3]\d)?(?!\d)")
_BY_BLANKS = re.compile(r"1(?:-1){10}|4-7|5-6|6-5|4-3-4|3-3-5|3-5-3|3-2-2-2-2|3-3-3-2")
_AN_AMOUNT = re.compile(r"(?:\.\d+)?[万亿]?元")
_SAID = r"号?码?[ :是为()./\n-]{0,4}$"
_CALL = re.compile(rf"(?:电话|手机|联系方?式?|联系人|tel|phone|mobile|号码){_SAID}", re.IGNORECASE)
_CARD = re.compile(rf"(?:卡|账户|账号|帐号){_SAID}")


def _is_card(match: re.Match[str]) -> bool:
    from stdnum import luhn  # noqa: PLC0415

    return _is_token(match) and luhn.is_valid(re.sub(_BETWEEN, "", match[1]))


def _is_card_in_groups(match: re.Match[str]) -> bool:
    sizes = _sizes(match[1])
    is_plain = sizes.count("-") == 1 or set(sizes) == {"1", "-"}
    return ((is_plain and _is_alone(match)) or _is_cued(match, _CARD)) and _is_card(match)


_S = r"[ ./()_-]{0,3}+"
_ANYWHERE = r"[ ,./()\n_-]{0,4}+"
_PATTERNS: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]] = [
    (kind, re.compile(pattern, re.IGNORECASE), is_real)
    for kind, is_real, pattern in (
        (
            "身份证号",
            _is_identity,
            r"(?<!\d)(?=([1-9](?:[\W_]{0,6}+\d){16}[\W_]{0,6}+(?:x|\d(?!\d))))",
        ),
        (
            "身份证号",
            _is_token,
            r"(?<!\d)([1-9]\d{2,5}(?: ?[*x]){6,14} ?[\dx*]{0,3}[\dx])(?!\d)",
        ),
        (
            "身份证号",
            bool,  # of the old kind, without a check digit
            r"身份证[^\d\n]{0,8}([1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)",
        ),
        (
            "手机号",
            _is_mobile,
            rf"(?<!\d)(?=((?:\(?(?:\+|00?)?86{_S})?(?:\(?0{_S})?"
            rf"(?P<number>1{_ANYWHERE}[3-9](?:{_ANYWHERE}\d){{9}}))(?!\d))",
        ),
        (
            "手机号",
            _is_token,
            # With five in the middle it is what `_mask` makes.
            rf"(?<!\d)(?!\d{{3}}\*{{5}}\d{{3}}(?!\d))(?=1(?:{_S}[\d*x]){{10}}(?!\d))"
            rf"(1[3-9]\d{{0,3}}{_S}[*x](?:{_S}[*x]){{2,7}}{_S}\d{{2,5}})(?!\d)",
        ),
        (
            "银行卡号",
            _is_card,
            rf"(?<!\d)((?:62|4\d|5[1-5])\d\d(?:{_S}\d{{4}}){{3}}(?:{_S}\d{{1,3}})?)(?!\d)",
        ),
        (
            "银行卡号",
            _is_card_in_groups,
            rf"(?<!\d)(?=((?:6{_S}2|4{_S}\d|5{_S}[1-5])(?:{_ANYWHERE}\d){{14,17}})(?!\d))",
        ),
        (
            "车牌号",
            bool,
            rf"([{_PROVINCES}][ ./:()_-]{{0,2}}[A-HJ-NP-Z][ ./:()_-]{{0,3}}(?=(?:[ .A-Z-]{{0,3}}\d){{3}})"
            r"(?:[A-HJ-NP-Z][ .-]{0,2}|\d ?){4,5}[A-HJ-NP-Z0-9挂学警港澳])(?![0-9A-Z])",
        ),
        ("护照号", bool, r"(?<![0-9A-Z])((?:E[A-HJ-NP-Z]|[EG]\d)\d{7})(?![0-9A-Z])"),
        (
            "电子邮箱",
            bool,
            r"(?<![A-Z0-9._%+-])([A-Z0-9._%+-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+"
            r"|[A-Z0-9._%+-]+ ?@ ?(?:[A-Z0-9-]+ ?\. ?)+(?:com|cn|net|org)(?![A-Z0-9]))",
        ),
        (
            "微信或 QQ 号",
            bool,
            r"((?:微信|薇信|v信|扣扣|QQ|(?<![A-Z])(?:[vw]x|wechat|weixin)(?:id|号)?(?=[ 为是]?[:(]))"
            r"(?:号码|号|群)?(?:为|是)?[ :(-]*(?:[A-Z][A-Z0-9_-]{5,19}|\d{3,4}(?:[ -]\d{3,4}){1,2}|\d{5,12}))",
        ),
        (
            "门牌号",
            bool,
            r"((?:路|街|巷|弄|大道|组|社|小区|苑|村) ?附? ?\d{1,5}(?:-\d{1,4})? ?号(?!文|令|公告|线|楼)"
            r"|\d{1,4}(?:栋|幢)|\d{1,3}单元|\d{3,4}室)",
        ),
    )
]


def _mask(text: str) -> str:
    keep = 3 if len(text) > 8 else 1
    return text[:keep] + "*" * (len(text) - 2 * keep) + text[-keep:] if len(text) > 2 else "**"
