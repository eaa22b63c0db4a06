"""Numbers as digits and as Chinese numerals."""

import re
from fractions import Fraction

NUMERALS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅俩仨"
_DIGITS = "零一二三四五六七八九"
_PLAIN = str.maketrans(
    "〇两俩仨壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零二二三一二三四五六七八九十百千万亿", ""
) | {ord("廿"): "二十", ord("卅"): "三十"}


def half_up(number: Fraction, decimals: int) -> str:
    """A non-negative number rounded half-up from the exact fraction, with all its decimals."""
    above, below = number.numerator * 10**decimals, number.denominator
    scaled = (2 * above + below) // (2 * below)
    digits = str(scaled).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def stated(number: Fraction, decimals: int) -> str:
    """A number half-up with so many decimals, with more where it would be 0 and is not."""
    while Fraction(text := half_up(number, decimals)) == 0 and number:
        decimals += 1
    return text


def percent(rate: Fraction, decimals: int | None = None) -> str:
    """A rate in percent, half-up: with so many decimals, else with two or fewer.

    Never 0 or 100 by rounding: such a rate has as many more decimals as it takes. All that prints
    a rate, or keeps one as data, asks here.
    """
    if rate in (0, 100):
        return str(rate)
    places = 2 if decimals is None else decimals
    while Fraction(text := half_up(rate, places)) in (0, 100):
        places += 1
    return text if decimals is not None else stripped(text)


def exact(number: Fraction) -> str:
    """A non-negative number with all its decimals: at most 16, as a whole number of 元 has in 万亿元."""
    return stripped(half_up(number, 16)) if number.denominator > 1 else str(number.numerator)


def stripped(text: str) -> str:
    """Decimals without the zeros at their end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def chinese_numeral(number: int) -> str:
    """A whole number below 10¹² as it is written before a measure word: 一, 两, 十二, 两千."""
    places = _PLACES[: len(str(number))][::-1]
    text = "".join(
        _DIGITS[int(digit)] + place for digit, place in zip(str(number), places, strict=True)
    )
    for written, said in _SAID:
        text = re.sub(written, said, text)
    return text


_PLACES = ("", "十", "百", "千", "万", "十", "百", "千", "亿", "十", "百", "千")
_SAID = (  # 一万零千二百零十零 is 一万零二百; only where it begins the number 2000 is 两千
    *(("零[十百千]", "零"), ("零+", "零"), ("零([万亿])", r"\1"), ("亿万", "亿")),
    *(("(?<=.)零$", ""), ("^一十", "十"), ("^二(?=[千万亿]|$)", "两")),
)


def chinese_value(text: str) -> int | None:
    """How much a Chinese numeral is: 十二, 两千, 二〇〇, 贰佰; None for one that is not exact."""
    plain = text.translate(_PLAIN)
    if not re.search("[十百千万亿]", plain):
        return int("".join(str(_DIGITS.index(char)) for char in plain))
    total = group = digit = 0
    for char in plain:
        if char in _DIGITS:
            if digit:
                return None  # 二三十
            digit = _DIGITS.index(char)
        elif char == "亿":
            total, group, digit = (total + group + digit or 1) * 10**8, 0, 0
        elif char == "万":
            total, group, digit = total + (group + digit or 1) * 10**4, 0, 0
        else:
            group, digit = group + (digit or 1) * 10 ** ("十百千".index(char) + 1), 0
    return total + group + digit


def typed_number(text: str) -> Fraction:
    """How much digits, with their decimals, or Chinese numerals say; 0 where they say nothing."""
    return Fraction(text if text[:1].isdecimal() else chinese_value(text) or 0)


def typed_value(text: str) -> int:
    """How many digits or Chinese numerals say; 0 where they say nothing."""
    return int(text) if text.isdigit() else chinese_value(text) or 0
