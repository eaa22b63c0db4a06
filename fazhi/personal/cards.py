"""The numbers of bank cards and accounts: by their check digit, or by what stands before them."""

from collections.abc import Callable, Sequence

from stdnum import luhn

from fazhi import regex as re
from fazhi.personal.signs import ANYWHERE, APART, HAN, SURE, preceding
from fazhi.personal.telephones import SAID, is_alone, is_token

_CARD = rf"(?:卡|账户|账号|帐号){SAID}"


def _is_card(match: re.Match[str]) -> bool:
    """An 18-digit number that begins with 51 is a code of Sichuan's: cards of Visa's kind have 16."""
    number = re.sub(r"\D", "", match[1])
    is_long_enough = (
        number.startswith("62") or len(number) == 16 or re.match(_OF_OTHER_LENGTH, number)
    )
    return bool(is_long_enough) and is_token(match) and luhn.is_valid(number)


_OF_OTHER_LENGTH = r"(?:3[47]\d{13}|(?:9558|9559|4367|4563)\d{15})$"


def _is_card_in_groups(match: re.Match[str]) -> bool:
    sizes = [len(group) for group in re.findall(r"\d+", match[1])]
    is_plain = (
        len(sizes) == 2
        or ({*sizes} == {1} and not {*match[1]} & {*"|,"})
        or re.match(r"62[\d -]{14,}$", match[1])
    )
    is_said = re.search(_CARD, preceding(match, 16)) is not None
    return (is_said or bool(is_plain and is_alone(match))) and _is_card(match)


def _is_no_office_account(match: re.Match[str]) -> bool:
    """Whether no money of the state is paid into it: such accounts are public."""
    return not re.search("缴|财政|专户|非税|对公|单位|政府|罚", preceding(match, 24))


_BANK = "(?:[农工建中招交]商?行|农商银行|邮储|信用社|银行|银联)"
_LAST = r"\(?(?:尾号|[后末]四位)[ :为是(]{0,2}"
PATTERNS: list[tuple[str, int | Sequence[str], Callable[[re.Match[str]], bool], str]] = [
    (
        "银行卡号",
        15,
        _is_card,
        rf"(?<!\d)((?:62|4\d|5[1-5]|95)\d\d(?:{APART}\d{{4}}){{3}}(?:{APART}\d{{1,3}})?|3[47]\d\d{APART}\d{{6}}{APART}\d{{5}}"
        r"|62\d\d(?:[,\n]\d{4}){3}(?:[,\n]\d{3})?)(?!\d)",
    ),
    (
        "银行卡号",
        16,
        _is_card_in_groups,
        rf"(?<!\d)(?=((?:6{ANYWHERE}2|4{ANYWHERE}\d|5{ANYWHERE}[1-5])(?:{ANYWHERE}\d){{14,17}})(?!\d))",
    ),
    (
        "银行卡号",
        "卡账帐折单行",
        _is_no_office_account,
        r"(?:(?:行|邮储|社|信合|农信|信用|打款|收款|工资|农|储蓄)卡|[账帐][号户]|卡号|行(?=62)|存[折单]|一[卡折]通|社保卡|医保卡)"
        r"(?:银行)?[卡账帐]?[号户]?号?码?[ :是为(]{0,3}"
        rf"(?:{SURE}{HAN}{{1,2}})?([A-Z]{{0,2}}\d(?:[ -]?\d){{10,18}}|(?:(?<=存[折单]号)|(?<=存[折单]号.))\d{{8,10}})(?![\d件张元份人户])"
        r"|(?:卡|[账帐])[号户]?码?[ :是为(]{0,3}(\d{4,6} ?\*[* ]{2,}\d{3,4})(?!\d)",
    ),
    (
        "银行卡号",
        "行社户卡通折单转汇打存",
        _is_no_office_account,
        rf"(?:{_BANK}卡?|(?:储蓄|社保|惠[农民])卡|[账帐]户|一[卡折]通|存[折单])\((?!20[0-3]\d)(\d{{4}})\)"
        rf"|(?:{_BANK}卡?|卡上|[转汇打存][到入至给]?){_LAST}(\d{{4}})(?!\d)|您的?{HAN}{{0,6}}[户卡](\d{{4}})于",
    ),
    (
        "银行卡号",
        "尾末后",
        bool,
        rf"(?<![票单证据件]){_LAST}(\d{{4}})(?= ?,?(?:转[入出]|入账|到账|收[入款]|支出|消费|\d+(?:\.\d+)?元)|的[^\d。,]{{0,4}}卡)",
    ),
    ("银行卡号", "Ee", bool, r"(?<![\d.])(6\.2\d{8,}E\+?1[5-8])(?!\d)"),  # as spreadsheets keep it
]
"""As in `kinds`: the kind, its signs, what only looks so, and how it is written."""
