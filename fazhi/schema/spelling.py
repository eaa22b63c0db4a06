"""How counts, days and texts are spelt, and should be: for hints, --fix, new records, spreadsheets."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from fazhi.personal import half_width

MAX_COUNT = 100_000_000
YEAR = r"(?:19[89]|20\d)\d"
"""1980 to 2099, the years of folders and days: a zip knows no earlier, and any day can be counted from."""
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_QUANTITY = (  # compiled when something is wrong, as are those of days below
    rf"\s*([约近逾超]|大约|超过|将近|不到)?\s*([0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)\s*"
    rf"([{''.join(SCALES)}])?\s*(\D{{0,20}})"
)
_NOTHING = r"(?i)\s*(?:无|没有|暂无|不详|未知|空|[/\\—–―－-]+|n/?a|null|none|~)\s*"
_CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·]"
_BREAK_IN_CHINESE = rf"(?<={_CHINESE})\s*\n\s*(?={_CHINESE})"


def as_count(text: str, *, may_be_parted: bool = False) -> str:
    """How a text that is no whole number (or amount) may become one without becoming untrue."""
    digits = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain(text))
    if re.fullmatch("[0-9]+", digits):  # or it were a proper one
        return "数太大了，核对"
    match = re.fullmatch(_QUANTITY, digits)
    if not match:
        return "只写数字，不写单位"
    about, digits, scale, unit = match.groups()
    number = Fraction(digits) * SCALES.get(scale, 1)
    if about or re.match(r"[余多来几]|左右|上下|以[上下内]", unit):
        return "写准确的数，不写“约”“余”；不知道准确的，写在正文里"
    if unit.startswith("%") or (number.denominator > 1 and not may_be_parted):
        return "只能是整数；核对，带小数的、百分比写在正文里"
    is_plain = scale and number.denominator == 1 and number <= MAX_COUNT
    return f"写成 {number}，不写单位" if is_plain else "只写数字，不写单位"


def says_nothing(value: object) -> bool:
    """Whether what is typed only says that there is nothing to type."""
    return isinstance(value, str) and re.fullmatch(_NOTHING, value) is not None


def one_line(text: str) -> str:
    """A text whose line ends only made it fit: nothing between Chinese characters, else a space."""
    if "\n" not in text:
        return text
    return re.sub(r"\s*\n\s*", " ", re.sub(_BREAK_IN_CHINESE, "", text))


def proper_count(text: str) -> str | None:
    """A whole number as it should be written, or None: 160, "160", １６０, 1,200."""
    digits = plain(text)
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+", digits):
        return None
    number = int(digits.replace(",", ""))
    return str(number) if number <= MAX_COUNT else None


def proper_amount(text: str) -> str | None:
    """A number as it should be written, with the decimals it has, or None: 1234.50, １２３４, 1,234.5."""
    digits = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain(text))
    return digits if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,10})?", digits) else None


def proper_day(text: str) -> str | None:
    """A real day as it should be written, or None: 2024年4月5日, 2024/4/5, 2024.4.5, 2024-4-5."""
    match = re.fullmatch(_DAY, plain(text))
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.group("year", "month", "day"))).isoformat()
    except ValueError:
        return None


def several_days(text: str) -> tuple[str, str] | None:
    """The first and the last of several days in ISO form, empty where the text does not say them all.

    2024.6.17-6.19, 2024年6月17日至19日, 2024-03-05、03-08; 6月17日至19日 is of no year. None for one day.
    """
    text = re.sub(_COMPACT_WITHIN, r"\1-\2-\3", plain(text))
    days: list[list[int]] = []
    found = re.match(_LEADING_DAY, text)
    while found:
        before = days[-1] if days else []
        days.append([int(part or before[place]) for place, part in enumerate(found.groups())])
        found = re.compile(_FURTHER_DAY).match(text, found.end())
    if len(days) < 2:
        return ("", "") if re.search(_SEVERAL, text) else None
    try:
        real = [date(*day).isoformat() for day in days]
    except ValueError:
        return "", ""
    return (real[0], real[-1]) if real == sorted(real) else ("", "")


def dashed(text: str) -> str:
    """20240405 as 2024-04-05, whether there is such a day or not; any other text as it is."""
    return _COMPACT.sub(r"\1-\2-\3", text)


def plain(text: str) -> str:
    """A text with what looks like a digit, a dash, a blank as that, none of them around it."""
    return text.translate(_PLAIN).strip()


_PLAIN = half_width("0123456789-/.,~:;()%") | dict.fromkeys(map(ord, "‐‑‒–—―−﹣⁃"), "-")
_PLAIN |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_COMPACT = re.compile(r"\A([0-9０-９]{4})([0-9０-９]{2})([0-9０-９]{2})\Z")
_DAY = (
    r"(?P<year>[0-9]{4})(?: *年 *|(?P<mark>[-/.]))(?P<month>[0-9]{1,2})"
    r"(?(mark)(?P=mark)| *月 *)(?P<day>[0-9]{1,2})(?(mark)| *[日号])"
)

_COMPACT_WITHIN = r"(?<![0-9])([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])"
_REST = (  # of a day
    r"(?![0-9])\s*[日号]?\s*(?:\([^()]{0,9}\)|(?:星期|周)[一二三四五六日天]|[上下]午|晚上?|[起止])*"
)
_LEADING_DAY = rf"\s*([0-9]{{4}})\s*[-/.年]\s*([0-9]{{1,2}})\s*[-/.月]\s*([0-9]{{1,2}}){_REST}"
_FURTHER_DAY = (
    rf"\s*(?:[至到和及与]|[-~〜,、;]+)\s*(?:([0-9]{{4}})\s*[-/.年]\s*(?=[0-9]+\s*[-/.月]))?"
    rf"(?:([0-9]{{1,2}})\s*[-/.月]\s*)?([0-9]{{1,2}})(?!\s*[:时点]){_REST}"
)
_SEVERAL = (
    r"[0-9日号月](?:\([^()]{0,9}\)|起)?\s*[至到和及与~〜,、;]+\s*[0-9]+(?![0-9]|\s*[:时点])"
    r"|[日号]\s*-\s*[0-9]|(?<![0-9.])[0-9]{1,2}[./月][0-9]{1,2}\s*日?\s*-\s*[0-9]"
)


def proper_node(written: str, nodes: Iterable[str]) -> str | None:
    """The one 普法节点 of the month and day that is written: 3.15 for 3·15 and 3月15日; None of none."""
    meant = [node for node in nodes if _month_day(node) == _month_day(written) is not None]
    return meant[0] if len(meant) == 1 else None


def _month_day(node: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"[“\"']?(\d{1,2})\s*[^\d\s]\s*(\d{1,2})[日”\"']*", plain(node))
    return (int(found[1]), int(found[2])) if found else None
