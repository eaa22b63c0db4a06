"""What characters are searched as, and whether a text can hold anything that is searched for."""

import re
import unicodedata
from collections.abc import Iterator

from fazhi import pattern
from fazhi.pattern import Pattern

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺OoIlZzSsBGbgq么两兩洞拐勾"
SURE = (  # surnames that hardly a word begins with, but for these
    "(?:[王李张刘陈杨赵吴朱郭罗梁宋郑谢韩唐冯董萧曹袁邓彭吕卢蒋蔡贾魏薛潘汪姚谭廖邹郝崔邱侯邵孟龚樊翟]"
    "(?!(?<=陈)[述列旧设]|(?<=张)[贴罗望]|(?<=杨)[树梅柳]|(?<=李)子|(?<=罗)[列盘]|(?<=董)事"
    "|(?<=谢)[意谢]|(?<=朱)砂|(?<=王)[牌府])|欧阳|司马|上官|诸葛)"
)
_DIGITS = str.maketrans(NUMERALS, "000" + "123456789" * 2 + "23610011225586699122079")
_MASKS = "×✕✖✗✘╳●◯■□◆△▲▽▼◇☆★⭐█▇"


class _Signs(dict[int, str]):
    """What each character is searched as: one digit, blank, dash, bracket for all of its kind."""

    def __missing__(self, code: int) -> str:
        from stdnum.util import clean  # noqa: PLC0415 - its library takes 20 ms to load

        char = chr(code)
        category = unicodedata.category(char)
        number = unicodedata.numeric(char, 10) if category[0] == "N" else 10
        is_digit = number in range(10)
        sign = str(int(number)) if is_digit else _BY_CATEGORY.get(category)
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
        ":": "∶꞉ː",
        "@": "ⓐ",
        "QQ": "🐧",
        "3": "З",
        "。": "。",
        "*": _MASKS,
        "`": "`",
    }.items()
    for char in chars
}
_LOOK_ALIKES = zip(  # letters of other alphabets
    "АΑВΒСЕΕНΗІΙЈКΚМΜΝОΟРΡЅТΤХхΧχУΥΖасеіоοрѕу",
    "AABBCEEHHIIJKKMMNOOPPSTTXXXXYYZaceioopsy",
    strict=True,
)
SIGNS |= {ord(letter): latin for letter, latin in _LOOK_ALIKES}


def searched(text: str) -> Iterator[str]:
    """The forms in which a text is searched, each as long as `SIGNS` makes it."""
    plain = re.sub(_LISTED, lambda mark: " " * len(SIGNS[ord(mark[0])]), text).translate(SIGNS)
    yield plain
    if (in_digits := re.sub(_IN_WORDS, lambda words: words[0].translate(_DIGITS), plain)) != plain:
        yield in_digits


def may_hold(text: str) -> tuple[bool, bool]:
    """Whether a text has a long number, and a sign of any other kind: most have neither, and cost no
    more than this."""
    long, short = _LONG.compiled, _SHORT.compiled
    return long.search(text) is not None, short.search(text) is not None


_DIGIT = rf"[\d①-⒛⓪⓵-⓾❶-➓⓿⁰¹²³⁴-⁹₀-₉㈠-㈩{NUMERALS}]"
# That of a telephone begins with 1, with 86, or with a nought and either.
_LONG = Pattern(
    rf"{_DIGIT}(?:(?<!\d.)(?:(?<![02-79])|(?<=0)\W{{0,4}}\w|(?<=[2-79])(?:\W{{0,4}}\w){{4}})"
    rf"(?:[\W_ー\u115f\u1160\u3164\uffa0]{{0,4}}+{_DIGIT}){{10}}"
    r"|([^\w\s]|_|某)\1{3,7}\d{3})"  # whose middle is hidden
)
_LETTER = r"[A-z\uff21-\uff5a]"  # a set of two ranges is compiled ten times as fast as one of three
_WORD = r"[^\W\dA-Za-z_]"  # of Chinese
_DOT = r"(?:[.．]|·|[。点]|[,，]|[dD][oO][tT])"
_DOT = rf"\s?(?:[^\w\s{{]?\s?{_DOT}\s?[^\w\s]?|\{{\s?{_DOT}\s?\}})\s?\w"  # not that of @media print { .a
_SIGNS = {  # by the character that it begins with: what stands behind it, and before it
    "号栋幢室单房": rf"(?<!〕.号)(?<!〕..号)(?<!〕...号)(?:(?<=[A-z十百拾{_DIGIT[1:-1]}].)|(?<=[\d{NUMERALS}] .))",
    "号码证照卡折单户编牌通": r"(?<![识档引].)[^\w\n]{0,3}(?:[号码为是][^\w\n]{0,3}){0,2}"
    rf"(?:\w{{0,4}}[字第]|\w)?{_LETTER}{{0,9}}[^\w\n]?\d(?:[^\w\n]?(?:\d|{_LETTER})){{4}}",
    "人主者告方象员户机东客长生童民众属夫妻亲子女偶字址住籍地": rf"(?<!报告)(?<!分子)(?:[之(（]?[甲乙丙丁一二三四五A-D1-9Ａ-Ｄ１-９][)）]?)?[/:=( \u3000：＝（—【「“∶]{{1,3}}{_WORD}\W?{_WORD}",
    "人主者告方象员户机东长生童民众属亲儿子女妻夫父母孩孙弟兄姐妹": rf"[A-D1-9甲乙丙丁一二三四五“]?(?:(?:分别)?[为是]|系|名?叫)?{SURE}\w{{1,2}}(?:[\W与和因等诉家反表要来称系犯]|名下|不服|$)|(?<=[个私本].)的?(?:电话|[座固])",
    "、与和": rf"{SURE}\w{{2,13}}(?:纠纷|夫[妇妻])",
    "户": r"主\w{2,3}(?:\W|$)",
    "诉": rf"(?:(?<=\W\w\w.)|(?<=^\w\w.)|(?<=\W\w\w\w.)|(?<=^\w\w\w.))(?![求讼])(?!源)(?<![投应起]诉){_WORD}",
    "姓": r"\s{0,3}名",
    "签": r"名[^\w,，。]",
    "字": r"(?<=名.)(?:[^\w。]|[为是]|叫)",
    "生": r"于|日|辰|(?<=出.)|(?<=日.)(?!活)|(?<=\d.)|(?<=[年月].)(?:\W|人|$)",
    "男女": r"(?<=\W.)\W",
    "年": r"(?<=\d{10}.)|(?<=\d{6}\W\d{4}.)|(?<=\d{6}\W\W\d{4}.)",
    "址": r"\s",
    "籍": "[地所]",
    "园区寓苑房院点": r"(?:间?号\W?)?\s?[A-Z]?\d{1,3}(?:[^\w\s]{1,2}\d|(?<=号\d\d\d))",
    "新": r"村\s?\d",
    "#＃": r"(?<=\d.)(?<![A-Za-z]\d.)|[\w-]+\.c",
    "@＠": rf"[^\n({{]{{0,40}}?{_DOT}",
    "aA": rf"(?<![A-Za-z].)[tT](?:[_—-]| (?=\w+{_DOT}))|(?<=\W.)[tT]?\s?(?:[)\]>}}]|[）】])\s?[\w-]+{_DOT}",
    "证机话卡": r"号?码?[(（]?[后尾末](?:尾|号|数|\w位)",
    "尾": r"号\d",
    "艾爱圈%灵支门鼠": r"特|[aA]|40|通|付宝|牌|(?<=老.)\w",
    "微薇威徽": r"\W?信|[xX][iI]|[^\w\n]{0,2}[:：]|[❤♥]",
    "vV": r"\W?信|[iI][nN]|(?<![A-Za-z].)\W?[:：]| [xX]|[xX]",
    "+＋加": r"\s?[vV]|[1-9]\d{0,2}[^\w\n]{0,2}\d{3}",
    "扣抠": "[扣抠]|[:：]",
    "鹅": r"号|[\W\d]",
    "qQ": r"号| ?[qQ]|(?<![A-Za-z].)[:：]",
    "wW": rf"[xX]|[eE](?:[cC][hH]|[iI](?:[xX]|信))|[jJ][^\w\n]{{0,2}}(?:\d|{_WORD})",
    "uU": "[iI][nN]=",
    "iI": "[dD][号:]",
    "eEgG": rf"{_LETTER}?\d{{7}}",
    "Ａ-Ｚａ-ｚ": r"\w|\W\w",
    "宅": r"的?(?:[电座]|固\w|\))",
    "家": r"[里中用庭]?的?(?:[电座]|固\w)|[)）]",
    "话机": "[(（][家宅住]",
    "音手书博频": r"(?:[账帐]?号|[iI][dD]|名)?[为是]?[^\w\n]{0,2}[A-Za-z\d](?:\d|[A-Za-z_.-]){4}",
    "住": r".?\w{2,12}?(?:\d|[一-十])[组社]",
    "岁": r"(?<=\w\w[^\w\n]\d\d.)(?!以)|(?<=[今现]年\d\d.)|(?<=\d周.)|的\w{2,3}\W",
    "患诊": r"(?<!隐.)(?:有|(?<=\W\w\w\w.)|(?<=^\w\w\w.)|(?<=[身因].)|(?<=确.))(?!者)",
    "夫": "妇",
    "等": r"\d{1,2}人",
    "使": r"\d{3}[^\w\n]?\d{3}",
    f"{PROVINCES}海庆北西南林江徽建东州疆夏肃古市车军空沈兰济广成": r"[^\w\n[]{0,2}[A-Za-zＡ-Ｚ]|\W(?<=[Ⓐ-ⓩ])|\d\d\W\d{5}",
}
_HIDING = rf"*xX＊○{_MASKS}"
_ODD = (  # what readers do not see, or see as another character
    "\u00ad\u0300-\u052f\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2150-\u218fⒶ-ⓩ"
    "\ufe00-\ufe0f\ufe50-\ufe6b\ufeff\U0001d400-\U0001f1ff🐧"
)


def _any_of(some: list[tuple[str, str]]) -> str:
    """A pattern for some of `_SIGNS`, of which none is tried where no character of theirs stands."""
    each = "|".join(f"[{signs}](?:{beside})" for signs, beside in some)
    return f"(?=[{''.join(signs for signs, _ in some)}])(?:{each})"


_COMMON = 4  # of the signs, whose characters are more than half of all that are met
_SHORT = Pattern(
    rf"(?=[{_ODD}{_HIDING}{''.join(_SIGNS)}])"
    rf"(?:[{_ODD}]|([{_HIDING}])(?:(?<=\d.)|(?<=\d\W.))\s?\1\s?(?:\1|\d)|"
    + _any_of([*_SIGNS.items()][:_COMMON])
    + "|"
    + _any_of([*_SIGNS.items()][_COMMON:])
    + ")"
)
_IN_WORDS = (
    rf"(?i)[\d{NUMERALS}](?:[ (),./_\n-]{{0,3}}[\d*xX{NUMERALS}]){{7,}}"
    rf"|(?:(?<=[{PROVINCES}][A-Z])|(?<=[{PROVINCES}][A-Z]{{2}}))(?:[ .-]?[\d{NUMERALS}]){{5,6}}"
)
_LISTED = r"(?<![①-⒛❶-➓\d])[①-⒛⓵-⓾❶-➓](?=\d{3})"
"""The number of a paragraph, not the first digit of what it begins with."""
PLACES = (
    "北京|天津|上海|重庆|河北|河南|云南|辽宁|黑龙江|湖南|湖北|安徽|山东|山西|新疆|江苏|江西|浙江|广西|广东"
    "|甘肃|内蒙古|陕西|吉林|福建|贵州|青海|西藏|四川|宁夏|海南"
)
HAN = rf"(?-i:(?!〇){pattern.HAN})"  # a range of all takes fifty times as long to compile
