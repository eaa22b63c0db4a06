"""Whether digits are a telephone's: how people group them, and what else may explain them."""

from stdnum import luhn

from fazhi import regex as re
from fazhi.personal.signs import HAN, NO_WORD, SURE, preceding

LETTERS_BEFORE = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]*$")
_LETTERS_AFTER = re.compile(r"(?:x|ext)\d{1,5}(?![0-9A-Z])|[A-Z]{0,20}(?![0-9A-Z])", re.IGNORECASE)


def is_token(match: re.Match[str]) -> bool:
    """Whether a number is no part of a code: Tel13812345678 is one, 11500229MB1381…, B138…C is not."""
    before = LETTERS_BEFORE.search(preceding(match, 20))
    after = _LETTERS_AFTER.match(match.string, match.end(1))
    if not (before and after):
        return False
    is_code = after[0] or re.search(
        r"(?:[编代型批运]单?[号码次]|挂号信?)\W?$", before.string[: before.start()]
    )
    is_series = len(after[0]) == 1 and re.search(_A_SERIES_BEFORE, before.string)
    return not (is_series or (before[0] and is_code)) or _CALL.search(before[0]) is not None


def is_labelled(match: re.Match[str]) -> bool:
    """Whether it is said to be the number of something else than a person: of a case, an officer's card."""
    return re.search(_LABEL, preceding(match, 22)) is not None


_LABEL = r"(?:办件|受理|工单|订单|流水|档案|案卷|合同|发票|票据|收据|(?:执法|监督)证件?)编?号?码?[ :是为(]{0,3}(?:\d{11}[、,;])?$"


def is_beside_a_card(match: re.Match[str]) -> bool:
    """Whether the other digits that it was run together with are a card's."""
    start, end = match.span(match.lastindex or 0)
    before, after = re.search(r"\d*$", match.string[:start]), re.match(r"\d*", match.string[end:])
    other = f"{before and before[0]}{after and after[0]}"
    return len(other) in range(16, 20) and other.startswith("62") and luhn.is_valid(other)


def is_alone(match: re.Match[str]) -> bool:
    """Whether no other number stands beside it: one of a row of counts is not alone."""
    is_after = re.match(r"[ ,/_-]{1,3}\d", match.string[match.end(1) : match.end(1) + 4])
    return not (is_after or re.search(r"\d[ ,./_-]{1,3}$", preceding(match, 4)))


def is_mobile(match: re.Match[str]) -> bool:
    """Grouped as people do; otherwise where the words before say so, or nothing else explains it."""
    number, signs = match["number"], set(re.sub(r"\d", "", match["number"]))
    sizes = "-".join(str(len(group)) for group in re.findall(r"\d+", number))
    before, after = preceding(match, 16), match.string[match.end(1) : match.end(1) + 16]
    is_said = _CALL.search(before)
    if not (is_token(match) and (is_said or not _AN_AMOUNT.match(match.string, match.end(1)))):
        return False
    if sizes == "11":
        return not (re.search(_A_WHOLE_BEFORE, before) or is_labelled(match))
    if is_said or _CALL_AFTER.match(after) or _is_by_itself(match, signs, sizes):
        return True
    if signs == {" "} and re.match(r" +\d{4}(?![\d年])", after):
        return re.search(r"\w *$", before) is not None  # not of a row of counts
    if re.search(r"\n[ \n]*[-*+] ", number):
        return False  # each is an item of a list
    if len(signs) > 1:
        signs -= {"\n"}  # a line ends where the number was parted anyway
    is_of_one = len(signs) == 1 and signs.isdisjoint('|;,、"\n')
    if is_of_one and re.search(_A_TITLE_BEFORE, before) and is_alone(match):
        return True
    if signs & set('|;:+、"'):
        return False
    if sizes == "3-4-4" and not (_YEAR.search(number) and re.search(r"\D0\d*$", number)):
        return _is_usual(match, signs, before, after)
    if signs == {" "} and _BY_BLANKS.fullmatch(sizes) and is_alone(match):
        return not re.search(r"[共计各约达] *$", before)
    return _is_unusual(match, signs, sizes, before)


def _is_by_itself(match: re.Match[str], signs: set[str], sizes: str) -> bool:
    """Parted anyhow, where it is all of its sentence but for whose it is."""
    number, before = match["number"], preceding(match, 16)
    is_parted = signs == {" "} or (signs == {"-"} and sizes == "1-10")
    is_first = re.search(_A_SENTENCE_BEFORE, before) and not re.search(_A_ROW, number)
    if (
        not is_parted
        or _YEAR.search(number)
        or not (is_first or re.search(_SOMEBODY_BEFORE, before))
    ):
        return False
    return _A_SENTENCE_ENDS.match(match.string, match.end(1)) is not None


def _is_usual(match: re.Match[str], signs: set[str], before: str, after: str) -> bool:
    """Of three, four and four digits: those of thousands are an amount, and some are an address."""
    number = match["number"]
    if "," in signs:
        is_in_words = re.search(_A_PERSON_BEFORE, before) and not re.match(_WORD, after)
        return bool(is_in_words or re.search(r",0\d{3}(?:,|$)", number))
    is_row = "/" in signs and re.search(r"/$|各[村组社所站校户月] *$", before)
    most = 0 if match[1].startswith("0") else 1
    return signs != {"\n"} and not is_row and len(_YEAR.findall(number)) <= most


def _is_unusual(match: re.Match[str], signs: set[str], sizes: str, before: str) -> bool:
    """In other groups: where no year, day, series or name of a file explains them."""
    number = match["number"]
    has_no_year = not _YEAR.search(number)
    if sizes in ("3-8", "7-4") and not signs & set("./,\n"):
        return has_no_year and (signs != {"_"} or is_alone(match))
    if signs & set("./_,\n"):
        is_row = signs == {"."} and sizes in ("3-2-2-2-2", "3-3-5", _EACH)
        return (is_row or (sizes == _EACH and signs <= {"/", "_"})) and is_alone(match)
    is_serial = re.search(r"\D00\d*$", number) or sizes in ("1-10", "2-3-3-3")
    is_name = re.search(r"[A-Za-z][-_]?$", before)
    is_day = re.match(r"1[89]\d\d\D+(?:0?[1-9]|1[0-2])\D", number)
    is_other = is_serial or is_name or is_day or not is_alone(match)
    return signs <= set(" -()='*") and signs != {" "} and has_no_year and not is_other


_A_SERIES_BEFORE = r"(?:CN |[编代型批档单利图件]号\W?)$"
_A_WHOLE_BEFORE = r"[¥$]$|(?:点击|播放|[浏览阅读访问]{2})量?:?$|金额(?:\([^()\n]{1,4}\))?:?$|(?<!\d)(?:0|1[0-3]\d)\.$|(?i:[经纬]度?|[l1](?:at|ng|on))[^\w\n]{0,4}\d\d\.$|\d{6}[ ,]{1,2}\d\d\.$"
"""Of a decimal number: a place on a map has many digits."""
_EACH = "1-1-1-1-1-1-1-1-1-1-1"
_YEAR = re.compile(r"(?<!\d)(?:19\d|20[0-3])\d(?:[01]\d[0-3]\d)?(?!\d)")
_BY_BLANKS = re.compile(
    rf"{_EACH}|1-2-4-4|4-7|5-6|6-5|4-3-4|3-3-5|3-5-3|3-2-2-2-2|3-3-3-2|5-5-1|2-2-2-2-2-1|1-2-2-2-2-2"
)
_AN_AMOUNT = re.compile(
    r" ?(?:mm|cm|毫米|厘米|公分|像素|px|次(?!日)|吨|公?斤|\.\d\d(?!\d))|(?:\.\d+)? ?[万亿]?元(?![月旦])|(?<=[/-]\d{4}) ?[次件份人户场](?!\w)"
)
_WORD = rf"(?:{HAN}|%)"
_A_PERSON_BEFORE = rf"{HAN}{{2}}(?<![为共计是约达至到别次数额件份人户场量均各和与率费款有])$"
_A_TITLE_BEFORE = (
    r"(?:[组村社队所镇乡科股站]长|书记|主任|支书|先生|女士|师傅|老[板师]|同志|户主|司机|干部) *$"
)
_A_SENTENCE_BEFORE = r"(?:^|(?<!\d)[,。;:!?(“|\n]) *$"
_A_SENTENCE_ENDS = re.compile(
    rf" *(?:\Z|来电|反映|[,。;:!?)”|\n](?! *\d)|\(?{SURE}{NO_WORD}(?!家){HAN}{{1,2}}(?!{HAN}))"
)
_A_ROW = r"^1\d \d{4} \d{5}$|^1\D500\d{7}$"  # of counts that grow, or a code of Chongqing's
_SOMEBODY_BEFORE = rf"(?:(?:(?<!{HAN})|(?<=[民众户人员者])){SURE}{NO_WORD}(?!家){HAN}{{1,2}}|村民|群众|[事请诉访害]人|本人|[他她]) *$"
SAID = r"(?: ?no| ?number)?号?码?(?:一?[栏列格])?(?:显示|填写?|登记|写)?[ ,:=是为()“\"./\n-]{0,4}$"
_CALL = re.compile(
    rf"(?:电话|手机|联系方?式?|联系人|致电|拨打|呼叫|机主|(?<!{HAN})打|来电|短信|tel|phone|mobile|mob|cell|contact|(?<![A-Z])m(?=:)|号码|[vw]x|qq){SAID}",
    re.IGNORECASE,
)
_CALL_AFTER = re.compile(
    rf"[ (|]{{0,3}}(?:[是为][他她其]?的?|第\d+行|(?<=[(|]){HAN}{{1,4}})?(?:电话|手机|微信)"
)
