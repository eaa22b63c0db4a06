"""Each kind of personal data: how it is written, its signs being of one form, and what only looks so."""

from collections.abc import Callable, Sequence

from stdnum.iso7064 import mod_11_2

from fazhi import regex as re
from fazhi.personal import addresses, cards, landlines, names, plates
from fazhi.personal.labels import ENDS_IN
from fazhi.personal.signs import ANYWHERE, APART, HAN, PROVINCES, preceding
from fazhi.personal.telephones import (
    LETTERS_BEFORE,
    is_beside_a_card,
    is_labelled,
    is_mobile,
    is_token,
)

_LONG = re.compile(r"\d(?:[\W_]{0,6}+\d){10,}")


def matches(text: str, *, numbers_only: bool) -> list[tuple[int, int, str, str]]:
    """Where each begins and ends, its kind, and what it is. A pattern is compiled when a text has
    what all of its kind have: one of its signs, or a number of so many digits, where it is looked for."""
    whole = [(0, len(text))]
    numbers = [(*n.span(), sum(map(str.isdigit, n[0]))) for n in _LONG.finditer(text)]
    return [
        (*match.span(match.lastindex), kind, match[match.lastindex])
        for kind, signs, is_real, pattern in _PATTERNS
        if kind in {"身份证号", "手机号", "银行卡号"} or not numbers_only
        for start, end in (
            [(max(a - _BESIDE, 0), b + _BESIDE) for a, b, digits in numbers if digits >= signs]
            if isinstance(signs, int)
            else whole[: any(sign in text for sign in signs)]
        )
        for match in re.compile(pattern, re.IGNORECASE).finditer(text, start, end)
        if match.lastindex and is_real(match)
    ]


_BESIDE = 8  # characters on either side of digits that belong to the number: +, (, x


def _is_identity(match: re.Match[str]) -> bool:
    """GB 11643: the shape of a birth date, and the check digit, where it can be read."""
    number = "".join(char for char in match[1].upper() if char in "0123456789X")
    if not re.match(_BORN, number[8:]) or (number[6:8] == "20" and is_labelled(match)):
        return False
    is_whole = len(number) == 17 or mod_11_2.is_valid(number)
    return is_whole and LETTERS_BEFORE.search(preceding(match, 20)) is not None


def _is_identity_among(match: re.Match[str]) -> bool:
    """Whether 18 of a row of digits are one: with its place, its day and its check digit."""
    return mod_11_2.is_valid(match[1].upper()) and bool(re.match(_PLACE, match[1]))


def _is_identity_with_a_day(match: re.Match[str]) -> bool:
    """Whether it is one when its month and its day have two digits."""
    padded = re.sub(r"(?<=\D)(?=\d\D)", "0", match[1])
    number = re.sub(r"[^\dX]", "", padded.upper())
    return mod_11_2.is_valid(number) and bool(re.match(_PLACE, number))


_PLACE = "1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]"


def _is_no_batch(match: re.Match[str]) -> bool:
    return not re.search(r"[批型序货编]号[ :为是(]{0,3}$", preceding(match, 8))


def _is_in_words(match: re.Match[str]) -> bool:
    """Whether words part it; what signs part is looked at as any other."""
    return re.search("[一-鿿]", match[1]) is not None


def _tells_though_masked(match: re.Match[str]) -> bool:
    """Whether seven digits or more are left, fewer than all: our own mask leaves six. Two stars behind a
    number only end what Markdown makes bold."""
    number = re.sub(r"[^\dx*]", "", match[1].lower())
    left = sum(map(str.isdigit, number)) + number.endswith("x")
    hidden = r"\d+(?:[*x]{2,}\d+)+x?|\d+(?:[*x]{2,}\d+)*[*x]{4,}" + r"|\d+[*x]{2,}" * (
        len(number) in {11, 18, 19}
    )
    is_whole = left > 16 or (left == 11 and number[0] == "1")
    return left > 6 and not is_whole and bool(re.fullmatch(hidden, number)) and is_token(match)


def _tells_of_a_mobile(match: re.Match[str]) -> bool:
    """Also whether it is as long as one, or masked as they are: 1500**1600 is two counts. Of one that
    is as long single stars hide digits, too, but where they part the sides of a thing."""
    number = re.sub(r"[^\dx*]", "", match[1].lower())
    if re.fullmatch(r"1\d\d\*\*\d{4}\*\*\d{4}", number):
        return True  # only made bold
    if len(number) != 11:
        return bool(re.fullmatch(r"1\d\d[*x]+\d{4,6}", number)) and _tells_though_masked(match)
    is_by_stars = re.fullmatch(
        r"\d{3,}(?:\*\d+){2}|\d{4,9}(?<!0)\*\d+|\d{10}\*", number
    ) and is_token(match)
    about = preceding(match, 8) + match.string[match.end(1) : match.end(1) + 4]
    is_size = re.search(r"规格|尺寸|[长宽高]|分辨率|像素|米|\bm|mm|cm", about)
    return _tells_though_masked(match) or bool(is_by_stars and not is_size)


_BORN = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_HIDDEN = r"\((?:隐|略|省略|保密)[^()\n]{0,4}\)"
_WIDELY = r"[\W_]{0,6}+"
_THEN = "(?:[,、。 的号是]|然后|接着|[最后中]?[头面边间]?[三四]位|最后|后[头面边]|中间|再来?){0,4}"
_DICTATED = (  # 幺三五，然后二七零九，最后是四幺八六
    rf"(幺 ?[三四五六七八九幺](?:{_THEN}[〇零一二三四五六七八九幺两洞拐勾]){{9}}"
    rf"|(?<!\d)1[3-9]\d{_THEN}(?:\d{{4}}{_THEN}|一\d{{4}}一)\d{{4}}(?!\d))"
)
_OF_PAPERS = "证件或个人编号"
_PAPERS = (
    r"护照|行证|身份证(?=[^\d\n]{0,4}(?:[A-Z]|\d{7}\())|居住证|暂住证|供养证|老(?:年人?|人)证|优抚证|学生证|承包(?:经营权)?证|港澳证|台胞证|回乡证|大通证|官证|警察证|士兵证|军人证|干部证|退[伍役]证|优待证|居留证|居留许可证?|健康档案|(?:就业)?创业证|死亡证明|火化证|准生证|救助证|慢性?病证|特病证|诊疗卡|诊疗(?=号)|病床(?=号)|疫苗接种|毕业证|学位证|教师资格证|工伤证|老年卡|(?:释放|戒毒|解戒)证明书?|保单"
    "|残疾人?证|低保证|[结离]婚证|医学证明|出生证|工作证|[驾行]驶证|驾照|(?<!报)警号|社保卡|军人身份证|(?:医疗|农合|五保|特困|计生|子女|军人|健康|接种|献血|婚育|生育|服务|退休|[失就]业|下岗|[党团会]员|签|帮扶|脱贫)证|准考证|(?<!报)考号|病历|门诊|IMEI"
)
_LISTS = "社保|社会保障|医保|户口[本簿]|(?<![0-9一二三四五六七八九十百])户|学籍|(?<![大中小同])学|考生|低保|矫正|戒毒|病案|住院|就诊|养老(?:保险|金)|党员|个人(?=编)|公积金|农合|合作医疗|户籍|社矫|家庭|户口|社会保险|参保|农保|救助|体检|罪犯|精残|严精|(?<!执法|工作)人员"
_PATTERNS: list[tuple[str, int | Sequence[str], Callable[[re.Match[str]], bool], str]] = [
    (
        "身份证号",
        17,
        _is_identity,
        rf"(?<!\d)(?=([1-9](?:{_WIDELY}\d){{5}}{_WIDELY}(?:1{_WIDELY}[89]|2{_WIDELY}0)(?:{_WIDELY}\d){{9}}"
        r"(?:[\W_]{0,6}+(?:x|\d(?=1[3-9]\d{9}(?!\d)|[1-9]\d{5}(?:19|20)\d{9}[\dx]|(?!\d)))|\*)))",
    ),
    *(
        (kind, "*xX", tells, rf"(?<![\d*.])({number})(?![\d*x])")
        for kind, tells, number in (
            ("手机号", _tells_of_a_mobile, rf"1{APART}[3-9](?:{APART}[\d*x]){{7,13}}"),
            ("银行卡号", _tells_though_masked, rf"62(?:{APART}[\d*x]){{10,17}}"),
            ("身份证号", _tells_though_masked, rf"[1-9](?:{APART}[\d*x]){{12,18}}"),
        )
    ),
    *(
        (
            "身份证号",
            signs,
            _is_identity_with_a_day,
            r"(?<!\d)([1-9]\d{5}\W{0,3}(?:19|20)\d\d ?[年./-] ?\d\d? ?[月./-] ?\d\d? ?日?\W{0,3}\d{3}[\dx])(?!\d)",
        )
        for signs in ("年", 15)
    ),
    (
        "身份证号",
        (
            "身份证",
            "居住证",
            "代证",
            "证件",
            "身份号",
            "驾驶证",
            "ID",
            "id",
            "SFZ",
            "sfz",
            "隐",
            "略",
        ),
        bool,  # of the old kind, without a check digit, or mistyped; or its end
        rf"(?:身份证|居住证|[一二]代证|证件号|身份号|驾驶证|(?<![A-Z])(?:ID ?(?:CARD)?|SFZ)(?:[号:]| ?No))[^\d\n]{{0,8}}(?:1[58]位[^\d\n]{{1,4}})?([1-9]\d{{16}}[\dx](?!\d)|[1-9](?: ?\d){{14}}(?:(?: ?\d){{2}} ?[\dx])?|[1-9]\d{{5}}[ /-]?(?:{_BORN}[ /-]?\d{{3}}"
        rf"|(?:19|20)(?:{_BORN}|\d\d[ /-]?\d{{4}})[ /-]?\d{{3}}[\dx]?|(?:19|20)\d\d年\d\d月\d\d日 ?\d{{3}}[\dx])|[1-9](?=(?:[A-Z*]?\d){{12}})[\dA-Z*]{{17}})(?![\dA-Z])"
        rf"|(?:身份证|居住证|[一二]代证|证件){ENDS_IN}"
        r"|身份证(?:号码?)?\((?!20[0-3]\d)(\d{3}[\dx])\)|身份证(?:号码?)?(?:前[\d十一二三四]{1,3}位)?[ :是为]{0,3}([1-9]\d{15}|[1-9]\d{5} ?(?:19|20)\d\d(?: ?\d\d){0,2})(?![\d件张人])"
        rf"|(?<!\d)([1-9]\d{{5}}{_HIDDEN}\d{{3}}[\dx])(?!\d)"
        rf"|(?<!\d)([1-9]\d{{5}}[ -]?(?:{_BORN}[ -]?\d{{3}}|(?:19|20)\d\d[ -]?\d{{4}}[ -]?\d{{3}}[\dx]))(?=[ (,]{{0,2}}身份证)",
    ),
    (
        "手机号",
        11,
        is_mobile,
        rf"(?<!\d)(?=((?:\(?(?:\+|00?)?86{APART}|1(?:7951|2593|7909))?(?:\(?0[ ()-]{{0,3}}+)?"
        rf"(?P<number>1{ANYWHERE}[3-9](?:{ANYWHERE}\d){{9}}))(?!\d))",
    ),
    # Two cells that were run together.
    ("银行卡号", 32, bool, r"(?<!\d)(62\d{14,17}62\d{14,17})(?!\d)"),
    ("身份证号", 19, _is_identity_among, rf"(?=([1-9]\d{{5}}(?:19|20){_BORN}\d{{3}}[\dx]))"),
    (
        "手机号",
        27,
        is_beside_a_card,
        r"(?<!\d)(1[3-9]\d{9})(?=62)|(?<=\d{16})(1[3-9]\d{9})(?!\d)",
    ),
    (
        "手机号",
        "-/:",
        bool,
        r"(?<!\d)(?:(?:19|20)\d\d([-/])(?:0?[1-9]|1[0-2])\1[0-3]\d|[0-2]?\d:[0-5]\d)(1[3-9]\d{9})(?!\d)",
    ),
    (
        "手机号",
        22,
        bool,
        r"(?<![0-9A-Z])(1[3-9]\d{9})(?=1[3-9]\d{9}(?!\d))|(?<=(?<![0-9A-Z])1[3-9]\d{9})(1[3-9]\d{9})(?!\d)",
    ),
    (  # cut off, as in a narrow column
        "身份证号",
        (".", "###"),
        bool,
        r"(?<!\d)([1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])\d{0,6})(?=\.{3}|#{3})"
        r"|(?:身份证|证件)[^\d\n]{0,8}([1-9]\d{5} ?(?:19|20)\d\d\d{0,8})(?=\.{3}|#{3})",
    ),
    (  # of which a sheet that takes it for a number keeps fifteen digits
        "身份证号",
        18,
        bool,
        rf"(?<![\dA-Za-z])((?:{_PLACE})\d{{4}}(?:19|20){_BORN}0{{4}})(?![\dA-Za-z])",
    ),
    ("身份证号", "Ee", bool, r"(?<![\d.])([1-9]\.\d{5}(?:19|20)\d\d[01]\d+E\+?17)(?!\d)"),
    ("身份证号", "1234567890", bool, r"(?<!\d)([1-9]\d{5}([^\w\s]|_|某)\2{7}\d{3}[\dx])(?!\d)"),
    (
        "手机号",
        "1",
        bool,
        r"(?<![\dA-Z_.])(1[3-9]\d([^\w\s]|_|某)\2{3}(?:\2\2)?\d{4})(?<!00)(?![\d.])"
        r"|(?<=[话机号])[ :是为]{0,2}(1[3-9]\d([^\w\s]|_|某)\4+\d{4})(?!\d)",
    ),
    (
        "手机号",
        "手话",
        bool,  # mistyped, cut off, told in two
        r"手机号?码?[ :是为]{0,3}(1[3-9](?:\d{8}|\d{10}))(?![\d.元万部台个人])"
        r"|(?:手机|电话)号?码?[ :是为]{0,3}(1[3-9]\d{5,8})(?=\.{3})"
        r"|手机号?码?[ :是为]{0,3}(1[3-9]\d{5}[^\d\n]{1,3}尾号\d{4})(?!\d)",
    ),
    ("手机号", "幺一然接最后中再位", _is_in_words, _DICTATED),
    ("手机号", "隐略", bool, rf"(?<!\d)(1[3-9]\d{_HIDDEN}\d{{4}})(?!\d)"),
    ("手机号", "Ee", bool, r"(?<![\d.])(1\.[3-9]\d{9}E\+?10)(?!\d)"),  # as spreadsheets keep it
    (
        "手机号",
        "手话卡账帐折通尾",
        bool,
        r"(?:手机|电话)(?:号码?)?[ :是为(]{0,3}((?=\d*[A-Z])(?=(?:[A-Z]{0,2}\d){7})[\dA-Z]{11})(?![\dA-Z])|"
        rf"(?:手机|电话|卡|[账帐][号户]|存[折单]|一卡通){ENDS_IN}"
        rf"|尾号[ :是为]{{0,2}}(\d{{4}})(?=的?[^\d。,]{{0,4}}(?:[卡机]|存[折单]|账户|号码))|(?<!\d)(1[3-9]\d开头[^\d\n]{{0,6}}\d{{4}})(?!\d)|(?<!{HAN})尾号[ :]{{1,2}}(\d{{4}})(?!\d|{HAN})",
    ),
    (
        "手机号",
        "+0",
        bool,  # of another place than the mainland
        r"(?<![\w+.])((?:\+(?!86|20[12]\d)|00(?=85[23]|886))[1-9]\d{0,2}[ ()-]{0,3}\d{2,4}(?:[ -]?\d){5,8})(?![\d.])",
    ),
    *cards.PATTERNS,
    (
        _OF_PAPERS,
        "EGeg",
        _is_no_batch,
        r"(?<![0-9A-Z])((?:[EPSD]E|E[A-HJ-NP-Z]|[EG]\d)\d{7})(?![0-9A-Z])",
    ),
    (
        _OF_PAPERS,
        "证照号编码卡历诊可NnIi",
        bool,
        rf"(?:(?:{_PAPERS})(?:档案|卡)?(?:号码?|编号|字号)?|(?:{_LISTS})(?:卡|个人|登记)?(?:号码?|编[号码]|码|(?<=卡)(?=:)))[ :是为(]{{0,3}}"
        rf"((?:{HAN}{{0,4}}(?:字|字?第)|[{PROVINCES}]军?)?[A-Z]{{0,9}}[ ./-]?\d(?:[ -]?[\dA-Z]){{4,23}}(?:\([\dA]\))?)(?![0-9A-Z件本份人张次名个户元年对])",
    ),
    *plates.PATTERNS,
    *addresses.PATTERNS,
    *landlines.PATTERNS,
    *((kind, signs, names.is_named, pattern) for kind, signs, pattern in names.PATTERNS),
]
