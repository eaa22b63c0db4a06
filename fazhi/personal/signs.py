"""What characters are searched as, and whether a text can hold anything that is searched for."""

import re
import unicodedata
from collections.abc import Iterator

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺OoIl么两兩洞拐勾"
_DIGITS = str.maketrans(NUMERALS, "000" + "123456789" * 2 + "23610011122079")
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


_BY_CATEGORY = {"Zs": " ", "Zl": " ", "Zp": " ", "Pd": "-", "Ps": "(", "Pe": ")"}
_BY_CATEGORY |= dict.fromkeys(["Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn", "Cs"], "")
SIGNS = _Signs(dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), ""))
SIGNS |= {
    ord(char): sign
    for sign, chars in {
        "\n": "\n",
        " ": "\t\v\f",
        "-": "~～ー⁃─",
        "X": "хХχΧ",
        "*": _MASKS,
        "`": "`",
    }.items()
    for char in chars
}


def searched(text: str) -> Iterator[str]:
    """The forms in which a text is searched, each as long as `SIGNS` makes it."""
    plain = _LISTED.sub(lambda mark: " " * len(SIGNS[ord(mark[0])]), text).translate(SIGNS)
    yield plain
    if _IN_WORDS.search(plain) and (in_digits := plain.translate(_DIGITS)) != plain:
        yield in_digits


def may_hold(text: str) -> tuple[bool, bool]:
    """Whether a text has a long number, and a sign of any other kind: most have neither, and cost no
    more than this. A date has eight digits, the shortest of the numbers ten."""
    return _LONG.search(text) is not None, _SHORT.search(text) is not None


_DIGIT = rf"[\d*xX×＊ｘＸ①-⒛⓪⓵-⓾❶-➓⓿⁰¹²³⁴-⁹₀-₉㈠-㈩{NUMERALS}{_MASKS}]"
_LONG = re.compile(
    rf"(?<!\d){_DIGIT}(?:(?:[^\w*＊○{_MASKS}]|[_ー\u115f\u1160\u3164\uffa0]){{0,4}}+{_DIGIT}){{9}}"
)
_SHORT = re.compile(
    rf"(?=[号栋幢室单园区寓苑姓名卡方象员生男女人主者告址籍加+＋鹅@＠威微薇扣抠护证牌电座宅艾圈#＃%aAeEgGqQvVwWａＡｅＥｇＧｑＱｖＶｗＷ京津海庆北西南林江苏徽建东川州疆夏肃藏古市{PROVINCES}])"
    r"(?:(?:[人主者]|(?<!报)告|(?<=[住庭籍])址|(?<=[庭籍住]地)址)(?:[:：=＝|](?!\s?\d)|[(（](?<=[事请诉报害]人.)|\s[:：](?!\s?\d))"
    r"|(?:号(?<!〕.号)(?<!〕..号)(?<!〕...号)|[栋幢室单])(?:(?<=[\d０-９〇零一二三四五六七八九十百A-Za-z].)|(?<=[\d０-９] .))"
    r"|姓\s{0,3}名|名字|方(?<=[甲乙丙].)[:：]|[象员](?=[:：])|生于|生日|生(?<=[出日\d].)|[男女](?<=[,，(（].)(?=[,，、)）])|址(?=\s)|籍(?=[地所])"
    r"|[@＠](?=[^\n.．。,，点{(（\[]{0,40}(?:[\[(（]?[.．。,，点]|[\[(（ ][dD][oO][tT]))"
    r"|[威微薇vVｖＶ]\s?信|(?<![A-Za-z])[vVｖＶ][:：]|[+＋加]\s?[vVｖＶ]|[扣抠]{2}|[微薇][:：]|[VvＶｖ] [XxＸｘ]|鹅(?=\W|号)|[QqＱｑ](?:号| ?[QqＱｑ])"
    r"|[wWvVｗＷｖＶ](?:[xXｘＸ]|[eEｅＥ](?:[cCｃＣ][hHｈＨ]|[iIｉＩ][xXｘＸ]))|[EGegＥＧｅｇ][A-Za-zＡ-Ｚａ-ｚ]?\d{7}"
    r"|(?<![A-Za-z])[aAａＡ][tTｔＴ](?:[_—-]| (?=\w+ ?(?:[.．点]\w|[dD][oO][tT])))"
    r"|(?<=[(（\[【{<＜])[aAａＡ][tTｔＴ]?\s?[)）\]】}>＞]|艾特|圈[aA]|[#＃][\w-]+\.c|%40"
    r"|[园区寓苑](?=\s?\d{1,3}[-－—–]\d)|护照|证(?<=[行胞乡官兵留疾].)|卡(?<=[社医]保.)|名(?<=姓.)(?=[为是叫])|牌(?<=[车号门].)"
    r"|(?:电话|座机)(?<=[宅庭里中家]..)|宅电"
    r"|[京津海庆北西南林江苏徽建东川州疆夏肃藏古市][A-HJ-NP-Za-hj-np-zＡ-Ｚａ-ｚ]"
    rf"|[{PROVINCES}][^\w\n]{{0,2}}[A-Za-zＡ-Ｚａ-ｚⒶ-ⓩ])"
)
_IN_WORDS = re.compile(
    rf"[\d{NUMERALS}](?:[ (),./_\n-]{{0,3}}[\d*xX{NUMERALS}]){{10}}"
    rf"|[{PROVINCES}][ .-]?[A-Z][ .-]?(?:[{NUMERALS}][ .-]?){{5}}",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?<![①-⒛❶-➓\d])[①-⒛⓵-⓾❶-➓](?=\d{3})")
"""The number of a paragraph, not the first digit of what it begins with."""
PLACES = (
    "北京|天津|上海|重庆|河北|河南|云南|辽宁|黑龙江|湖南|湖北|安徽|山东|山西|新疆|江苏|江西|浙江|广西|广东"
    "|甘肃|内蒙古|陕西|吉林|福建|贵州|青海|西藏|四川|宁夏|海南"
)
HAN = r"(?-i:[\u4e00-\u9fff])"  # without case, or each of them is looked at when it is compiled
