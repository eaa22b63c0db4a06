"""What characters are searched as, and whether a text can hold anything that is searched for."""

import unicodedata
from collections.abc import Iterator

from fazhi import pattern
from fazhi import regex as re
from fazhi.pattern import Pattern

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼黔"
NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺OoIlZzSsBGbgq么两兩洞拐勾腰妖"
_HAN_DIGITS = NUMERALS[:25]
SURNAMES = (
    "王李张刘陈杨赵吴朱郭罗梁宋郑谢韩唐冯董萧曹袁邓彭吕卢蒋蔡贾魏薛潘汪姚谭廖邹郝崔邱侯邵孟龚樊翟周黄马林何"
    "徐孙胡许傅沈丁叶杜钟姜范熊陆孔康秦顾段雷钱汤尹黎贺赖庞殷倪陶俞章鲁葛韦聂邢骆岳祁耿詹靳甄裴祝冉牟蒲蹇谯晏覃肖闫庹瞿昝"
)
COMMON_WORDS = (  # that begin with one of these, and are met often
    "张贴 张罗 张榜 张挂 张数 陈述 陈列 陈旧 陈设 杨树 杨梅 李子 李树 罗列 罗汉 董事 谢意 谢谢 郑重 宋体 唐代 王牌 彭水 "
    "梁平 许多 许可 周边 周围 周期 周转 周末 周年 周一 周二 周三 周四 周五 周六 周日 周到 周密 马桶 周内 周后 周前 周时 周左 周以 周多 段时 段距 段路 段话 黄金 黄连 黄牛 黄牌 黄色 "
    "黄豆 黄泥 黄土 黄精 马上 马路 马铃 马匹 马力 林业 林地 林木 林权 林区 林长 林下 林场 林间 林产 林草 林农 林果 何时 "
    "何种 何处 范围 范例 顾问 顾客 顾虑 康养 康复 陆续 贺信 葛根 章程 雷电 雷雨 雷锋 钱款 钱物 秦巴 胡豆 叶片 杜绝 肖像 "
    "祝贺 甄别 庞大 段落 段长 牟取 孙子 孙女 徐徐 黎明"
)
NO_WORD = rf"(?=[^\W\d_A-Za-z](?<!{COMMON_WORDS.replace(' ', '|')}))"
OTHER_SURNAMES = (  # that many words begin with
    "程曾苏阎余戴夏田任金白毛江史龙万易武乔施严牛毕焦向柳齐梅庄涂关费纪童欧左幸代付阳高石文方常鲍柯游尚兰滕柴蓝盛古甘"
    "宁应项伍楚岑娄敖卓温于颜舒莫屈霍翁景苗凌卫尤辛薄柏阮闵褚喻窦饶戚桑艾"
)
GIVEN = (  # what given names are made of, and words hardly
    "志国建文华明强军伟平红梅兰英芳丽秀珍玉桂春秋菊燕霞辉勇刚涛斌杰浩宇俊峰磊鑫鹏飞龙超波洪海江森成德福贵财祥瑞吉庆"
    "仁义礼智信忠孝廉诚光荣兴旺美凤翠云莲琴淑惠慧娟敏静雪婷娜莉琳倩怡欣悦佳嘉雨晨梓涵轩泽睿博万世永先昌朝友良才树宗天维正小晓"
)
GIVEN_TO_OTHERS = f"[{OTHER_SURNAMES}](?!文明|[高方]正|高兴)[{GIVEN}]{{2}}"
"""A name whose surname begins many words: both characters behind it are such as names are made of."""
SURE = f"(?:[{SURNAMES}]|欧阳|司马|上官|诸葛)"
"""Surnames that hardly a word begins with, but for `WORDS`; `NO_WORD` behind one tells those apart that
are met often."""
PEOPLE_END = (
    "人主者告方象员户机东客长属生童民众夫妻父母子女偶亲儿孩孙弟兄姐妹哥庭妇郎娘媳婿居犯工贩板"
    "公婆爷奶舅叔姑姨侄妈汉太伴赖友偷贼徒年接亡访系贤手岗甲乙丙"
)
_BEFORE_A_NAME = (  # how what somebody is called ends, and what is done with somebody
    f"{PEOPLE_END}字名甲乙丙丁一二三四五A-D1-9为是系叫之的表头帮"
    "报诉于解理访谈唤诫返获令望问罚扶送助打伤骂替予知对将向给把与和及由接达到在至导村进去入括起因组社事甥伙患姆兵岁戚了"
)
_DIGITS = str.maketrans(NUMERALS, "000" + "123456789" * 2 + "2361001122558669912207911")
_DIGITS_OF_PLATES = {sign: digit for sign, digit in _DIGITS.items() if chr(sign) in _HAN_DIGITS}
_MASKS = "×✕✖✗✘❌❎╳●◯■□◆△▲▽▼◇☆★⭐█▇"


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
        "QQ": "🐧",
        "3": "З",
        "。": "。",
        "*": _MASKS,
        "`": "`",
        "号": "號",
        "|": "丨ㅣ",
    }.items()
    for char in chars
}
_LOOK_ALIKES = zip(  # letters of other alphabets
    "АΑВΒСЕΕНΗІΙЈКΚМΜΝОΟРΡЅТΤХхΧχУΥΖасеіоοрѕу",
    "AABBCEEHHIIJKKMMNOOPPSTTXXXXYYZaceioopsy",
    strict=True,
)
SIGNS |= {ord(letter): latin for letter, latin in _LOOK_ALIKES}
_OLD_PROVINCES = "滬雲遼魯蘇贛晉陝閩貴粵寧瓊靑⾭"
SIGNS |= dict(zip(map(ord, _OLD_PROVINCES), "沪云辽鲁苏赣晋陕闽贵粤宁琼青青", strict=True))


def searched(text: str) -> Iterator[str]:
    """The forms in which a text is searched, each as long as `SIGNS` makes it."""
    plain = re.sub(_LISTED, lambda mark: " " * len(SIGNS[ord(mark[0])]), text)
    plain = re.sub(_NOTE, lambda mark: ";" * len(SIGNS[ord(mark[0])]), plain)
    plain = re.sub(_CIRCLED_AT, "@", plain)
    plain = re.sub(_ROWS, lambda rows: rows[0].replace("\t", "|"), plain)
    plain = re.sub(_FORKED, lambda fork: "X".ljust(len(fork[0])), re.sub(_NOUGHT, "〇", plain))
    plain = plain.translate(SIGNS)
    yield plain
    in_digits = re.sub(_PLATE, lambda plate: plate[0].translate(_DIGITS_OF_PLATES), plain)
    if (in_digits := re.sub(_IN_WORDS, _in_digits, in_digits)) != plain:
        yield in_digits


def _in_digits(words: re.Match[str]) -> str:
    """Two letters that look like digits make a code, in one piece too short for a check digit, but
    behind the word for a telephone."""
    number, before = words[0], words.string[max(0, words.start() - 8) : words.start()]
    is_code = number.isalnum() and len(number) < 15 and len(re.findall("[BGSZbgqsz]", number)) > 1
    if re.fullmatch(rf"[{_HAN_DIGITS}](?:,[{_HAN_DIGITS}])+", number):
        number = number.replace(",", " ")  # told one by one, not a row of counts
    return (
        number
        if is_code and not re.search("电话|手机|号码|联系", before)
        else number.translate(_DIGITS)
    )


def preceding(match: re.Match[str], length: int) -> str:
    """What stands right before the number."""
    start = match.start(match.lastindex or 0)
    return match.string[max(0, start - length) : start]


_BESIDE = 80
"""Characters on either side of a sign in which all stands that belongs to it."""


def around_signs(text: str) -> Iterator[tuple[int, int, bool]]:
    """The lines around each long number and each sign of another kind, from where to where, and whether
    there is one of another kind: most texts have neither, and cost no more than a search."""
    if not (_LONG.search(text) or _SHORT.search(text)):
        return
    signs = [(*sign.span(), False) for sign in _LONG.finditer(text)]
    signs += [(*sign.span(), True) for sign in _SHORT.finditer(text)]
    first = last = 0
    is_other = False
    for start, end, is_of_another_kind in sorted(signs):
        if start - _BESIDE > last:
            if last:
                yield first, last, is_other
            first, is_other = text.rfind("\n", last, start - _BESIDE) + 1 or last, False
        if end + _BESIDE > last:
            last = text.find("\n", end + _BESIDE) + 1 or len(text)
        is_other = is_other or is_of_another_kind
    if last:
        yield first, last, is_other


_DIGIT = rf"[\d①-⒛⓪⓵-⓾❶-➓⓿⁰¹²³⁴-⁹₀-₉㈠-㈩{NUMERALS}]"
# That of a telephone begins with 1, with 86, or with a nought and either.
_LONG = Pattern(
    rf"{_DIGIT}(?:(?<!\d.)(?:(?<![02-79])|(?<=0)\W{{0,4}}\w|(?<=[2-79])(?:\W{{0,4}}\w){{4}})"
    rf"(?:(?:[^\w○]|[_ー丨ㅣ\u115f\u1160\u3164\uffa0]){{0,4}}+{_DIGIT}){{10}}"
    r"|…{1,2}\d{4}|\d{2,3}\*\d{1,4}\*\d|[3-9](?:[ -]?\d){2,8}[*＊]|([^\w\s]|_|某)\1{3,7}\d{3})"  # whose middle is hidden
)
_LETTER = r"[A-z\uff21-\uff5a]"  # a set of two ranges is compiled ten times as fast as one of three
_WORD = r"[^\W\dA-Za-z_]"  # of Chinese
_BLANK = r"[ \t\xa0\u2000-\u200a\u3000]"
_DOT = r"(?:[.．]|·|[。点]|[,，]|[dD][oO][tT])"
_DOT = rf"\s?(?:[^\w\s{{]?\s?{_DOT}\s?[^\w\s]?|\{{\s?{_DOT}\s?\}})\s?\w"  # not that of @media print { .a
_AT_HOME = (  # the number of a landline, and what parts it from the person
    r"[^\w\n]{0,3}+(?:[的家是为系]|家的|[tT][eE][lL])?+[^\w\n]{0,2}+(?:(?:[0０]|86\W?)\d\d\d?[^\w\n]{0,2})?"
    r"(?:[2-9２-９]\d\d\d?[ -]?\d{4}(?!\d)|[〇零一二三四五六七八九]{8})"
)
_SIGNS = {  # by the character that it begins with: what stands behind it, and before it
    "号號栋幢室单房": rf"(?<!〕.号)(?<!〕..号)(?<!〕...号)(?:(?<=[A-z十百拾{_DIGIT[1:-1]}].)|(?<=\d .)|(?<=[一-十] .))",
    "号码证照卡折单户编牌通历诊可": r"(?<!识.|档.|引.)[^\w\n]{0,3}(?:[号码为是][^\w\n]{0,3}){0,2}"
    rf"(?:\w{{0,4}}[字第]|\w)?{_LETTER}{{0,9}}[^\w\n]?\d(?:[^\w\n]?(?:\d|{_LETTER})){{4}}",
    f"{PEOPLE_END}字住籍地": rf"(?<!报告)(?<!分[子母])(?:[之(（]?[甲乙丙丁一二三四五A-D1-9Ａ-Ｄ１-９][)）]?)?[/:=( \u3000：＝（—【「“∶]{{1,3}}{_WORD}\W?{_WORD}|{_AT_HOME}",
    SURNAMES: rf"(?<![^\W{_BEFORE_A_NAME}].)(?<![^人]\d张)(?<!一张|两张|几张|多张|百张|千张|(?<![户业事机犬房店摊车失债货买雇])主张){NO_WORD}(?!某|家)\w\w?(?<![坝湾])",
    OTHER_SURNAMES: rf"(?<!有.)[{GIVEN}]{{2}}",
    ":：∶": rf"(?:(?<={_WORD}{_BLANK}{_WORD}.)|(?<={_WORD}{_BLANK}{_BLANK}{_WORD}.)|(?<=签收.)|(?<=等奖.)|(?<=名单.))[^\w\n(（]{{0,3}}\w\w",
    ")）】」』”\"’'": rf"(?<={_WORD}.)[:：∶]?[^\w\n]?(?!20\d\d\D){_LETTER}{{0,9}}\d(?:\d|{_LETTER}){{3}}",
    "欧司上诸": r"阳\w|马\w|官\w|葛\w",
    "电座固联": rf"(?:(?<=[{PEOPLE_END}某士他她其家的里留；;，,].)|(?<=[{PEOPLE_END}某士][(（ ].))(?:话|机|定|系)[^\n]{{0,6}}\d",
    "某士": rf"[(（，, ]{{1,2}}(?:19|20[01])\d|[某，,]?{_AT_HOME}|(?:[A-Z]\W?)?[A-Z\d]{{5}}|(?<=某)[^\n。]{{0,30}}\W{_AT_HOME}",
    "来主被呼回匿本": rf"(?:(?<=来)[电话]|(?<=[主被])叫|(?<=呼)[入出]|(?<=回)[访拨]|(?<=匿)名)[\w，]{{0,4}}{_AT_HOME}|(?<=\d{{4}}.)电|(?<=\d{{4}}\W.)(?:电|访|人接)",
    "户": r"主\w{2,3}(?:\W|$)",
    "诉": rf"(?:(?<=\W\w\w.)|(?<=^\w\w.)|(?<=\W\w\w\w.)|(?<=^\w\w\w.))(?![求讼])(?!源)(?<![投应起]诉){_WORD}",
    "志": r"(?<=同.)(?:[反信来投举申诉要提不]|的?[答回])",
    "姓": r"\s{0,3}名",
    "名": rf"(?:(?<=[本真户].)|(?<=曾用.))[为是叫:：]{{0,2}}{_WORD}{_WORD}",
    "dDbB": r"[oO][bB][:： ]{1,2}\d|[oO][rR][nN]\s\d|[iI][rR][tT][hH]\s?\w{0,4}[:： ]{1,2}\d",
    "nNxX": r"(?:[aA][mM][eE]|[mM]|[iI][nN][gG][mM][iI][nN][gG])\"\s?:\s?\"[^\W\dA-Za-z_]",
    "F": "N[:;]",
    "签": r"名[^\w,，。]",
    "字": r"(?<=名.)(?:[^\w。]|[为是]|叫)",
    "生": r"于|日|辰|年[月:：]|(?<!\w.)[:：]|(?<=出.)|(?<=出\s.)|(?<=日.)(?!活)|(?<=日\s.)(?!活)|(?<=\d.)|(?<=[年月一二三四五六七八九十].)(?:\W|人|$)",
    "男女": r"(?<=\W.)(?:\W|$)",
    "年": r"(?<=\d{10}.)|(?<=\d{6}\W\d{4}.)|(?<=\d{6}\W\d{4}\W.)|(?<=\d{6}\W\W\d{4}.)",
    "址": r"(?:(?<=住.)|(?<=住地.)|(?<=庭地.)|(?<=细地.)|(?<=籍地.))(?:(?:[为是\d]|情况|信息)?[^\w,，。、]|\w{2,12}?(?:(?:\d|[一-十])[组社]|[村社]\b))",
    "籍": "[地所]",
    "园区寓苑房院点": r"(?:间?号\W?)?\s?[A-Z]?\d{1,3}(?:[^\w\s]{1,2}\d|(?<=号\d\d\d)|(?<=号[：:]\d\d\d))",
    "新": r"村\s?\d",
    "路街巷道": r"\s?(?:\d{1,4}-\d|[nN№])",
    "箱": r"\W{0,3}[\w.-]{3,30}?\s?[*·&$\s]",
    "#＃": r"(?<=\d.)(?<![A-Za-z]\d.)|\s?[\w-]+\.c",
    "@＠◎": rf"[^\n({{]{{0,40}}?{_DOT}",
    "aA": rf"(?<![A-Za-z].)[tT](?:[_—-]| (?=\w+{_DOT}))|(?<=\W.)[tT]?\s?(?:[)\]>}}]|[）】])\s?[\w-]+{_DOT}",
    "证机话卡": r"号?码?[(（]?前\w{1,2}位|(?:号码?)?[^\w\n]{0,2}[A-Za-z\d](?=\d{0,9}[A-Za-z])(?:\d|[A-Za-z]){10}",
    "幺": "[三四五六七八九幺]",
    "然接中再后": r"(?:(?<=1\d\d.)|(?<=1\d\d\W.))\w{0,5}\d{4}",
    "尾位": r"(?:(?<=尾)|(?<=[后末].)|(?<=[后末尾]\w.))[号数]?[字码]?(?:[^\w\n]|[是为]){0,4}(?:\d ?\d ?\d|[〇零一二三四五六七八九]{4})|(?<=\d结.)",
    "户通行折卡社证您": r"号?[(（]\d{3}[\dXx][)）]|(?<=您)的?\w{0,6}\d{4}于",
    "…*＊×xX.": rf"(?<=\d{{6}}…)|(?<=\d{{7}}[*＊])\d|(?<![\w*＊].)[A-Z]\W?[A-Z\d]{{5}}|(?<=\d{{4}}.)\.\.|(?<=[*＊×xX])[，,]?{_AT_HOME}|(?:(?<=[证件号码卡户机话折通].)|(?<=[证件号码卡户机话折通][:：(（].))[…*＊]{{0,14}}\d{{4}}",
    "隐略": r"\w{0,4}[)）\]】]\d{3}",
    "艾爱圈%灵支门鼠": r"特|[aA]|40|通|付宝|牌|(?<=老.)\w",
    "微薇威徽": r"\W?信|(?:号|(?<=加.)|(?<=加[我他她].))[^\w\n]?[A-Za-z\d]|[xX][iI]|[^\w\n]{0,2}[:：]|[❤♥]",
    "vV": r"\W?信|[iI][nN]|(?<![A-Za-z].)\W?[:：]| [xX]|[xX]",
    "+＋加➕": r"\s?[vV]|[1-9]\d{0,2}[^\w\n]{0,2}\d{3}",
    "扣抠": r"[扣抠]|[:：]|号[^\w\n]?\d",
    "钉": r"(?<=钉.)(?:[账帐]?号)?[^\w\n]?[A-Za-z]",
    "鹅": r"号|[\W\d]",
    "qQ": r"号|(?<=加.)\d{6}|[ -]?[qQ]|(?<![A-Za-z].)[:：]",
    "wW": rf"[xX]|[eE](?:[cC][hH]|[iI](?:\s?[xX]|信))|[jJ][^\w\n]{{0,2}}(?:\d|{_WORD})",
    "uU": "[iI][nN]=",
    "iI": "[dD][号:]|[mM][eE][iI]",
    "eEgG": rf"{_LETTER}?\d{{7}}",
    "Ａ-Ｚａ-ｚ": r"\w|\W\w",
    "(（": r"(?<=\d{7}.)\w{1,8}[)）]",
    "宅": r"\s{0,3}的?(?:[电座]|固\w|[)）:：])",
    "家": r"[里中用庭]?的?(?:[电座]|固\w|[^\w\n]{0,2}\d{3})|[)）]|在\w{2,12}?(?:\d|[一-十])[组社]",
    "附": r"(?<=\d号.)\d",
    "话机": r"[(（][家宅住]|[^\w\n]{0,2}[\d-]{7,14}(?:转\d+)?[^\w\n]?[找是(（]?[他她家宅住]",
    "音手书博频宝陌站戏旺": r"(?:[账帐]?号|\s?[uU]?[iI][dD]|名)?[为是]?[^\w\n]{0,2}[A-Za-z\d](?:\d|[A-Za-z_.-]){4}",
    "现": r"居\w{2,12}?(?:\d|[一-十])[组社]",
    "住": r".?\w{2,12}?(?:\d|[一-十])[组社]",
    "使": r"\s?\d{3}[^\w\n]?\d{3}",
    f"{PROVINCES}{_OLD_PROVINCES}海庆北西南林江徽建东州疆夏肃古市车军空沈兰济广成": r"[^\w\n[]{0,3}\[?(?:[字牌]\w?[^\w\n]{0,2})?[A-Za-zＡ-Ｚ]|\W(?<=[Ⓐ-ⓩ])|\d\d\W?[A-Za-z\d]\d{4}|[*＊■●×]\W?[A-Z\d]{5}",
}
_HIDING = rf"*xX＊○{_MASKS}"
_ODD = (  # what readers do not see, or see as another character
    "\u00ad\u0300-\u052f\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2150-\u218fⒶ-ⓩ\u2e80-\u2fd5〡-〩"
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
_IN_WORDS = rf"(?i)[\d{NUMERALS}](?:[ (),./_\n-]{{0,3}}[\d*xX{NUMERALS}]){{7,}}"
_PLATE = rf"(?<=[{PROVINCES}])[ ,.]?[A-Za-z](?:[ .,-]?[\d{_HAN_DIGITS}A-Za-z]){{5,6}}"
_CIRCLED_AT = r"[Ⓐⓐ◎](?= ?[\w-]+ ?[.．。])"
_MARKS = "①-⒛⓵-⓾❶-➓㈠-㈩㊀-㊉Ⅰ-ⅿ¹²³⁰⁴-⁹"
_WHOLE = "|".join(rf"(?<=(?<!\d)\d{{{size}}})" for size in (11, 16, 17, 18, 19))
_EVEN = "|".join(
    rf"(?<=(?<!\d)\d{{{n}}})[{_MARKS}](?=\d{{{n}}}(?!\d)|0\d\d|\W|$)" for n in (8, 9, 10)
)
_NOTE = (  # the mark of a footnote, or what numbers the next of some
    rf"(?:{_WHOLE}|(?<=\d{{4}}[ -]\d{{4}})|(?<=\d{{4}}[ -]\d{{4}}[ -]\d{{4}}[ -]\d{{3}})|(?<=\*\d{{4}}))[{_MARKS}](?![{_MARKS}]|\d{{1,3}}(?![\d *-]))|{_EVEN}"
)
_ROWS = r"(?m)(?:^[^\n\t]*\t[^\n\t]*\t[^\n]*(?:\n|\Z)){2,}"  # of a sheet: what stands beside it is no part
_NOUGHT = r"(?<=[一二三四五六七八九〇])○|○(?=○{0,3}[一二三四五六七八九〇])"
_FORKED = (
    rf"(?:(?<=[{_HAN_DIGITS}\d])|(?<=\d[ -]))(?:[叉乂ㄨ]|[艾爱埃]克斯|[大小]写[xX])|(?<=\d{{3}})十"
)
_LISTED = rf"(?<![{_MARKS}\dA-Za-z])[{_MARKS}](?=\d{{3}}|[A-Za-z]{{2}}[\w-]{{3}})|(?<=[话机])[1-9](?=1[3-9]\d{{9}}(?!\d))"
"""The number of a paragraph, not the first digit of what it begins with."""
APART = r"[ ./()_-]{0,3}+"
ANYWHERE = r"(?:[^\w*`]|_|\*(?!\*)){0,4}+"
"""What may part the digits of one number, as people do, or anyhow."""
HAN = rf"(?-i:(?!〇){pattern.HAN})"  # a range of all takes fifty times as long to compile
