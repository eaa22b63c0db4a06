"""The telephones at home: a landline is a person's where what stands beside it says whose it is."""

from collections.abc import Callable, Sequence

from fazhi import regex as re
from fazhi.personal.names import NAME
from fazhi.personal.people import CALLED_BY_SURNAME, OF_STAFF, PEOPLE
from fazhi.personal.signs import HAN, PEOPLE_END, SURE, SURNAMES, WORDS

_TELEPHONE = "(?:固定|联系)?(?:电话|座机|固话|固定电话|方式)"
_WHOSE = rf"(?:(?:{PEOPLE}|{SURE}(?:大[爷妈娘叔伯嫂哥姐婶]|老[汉太]|[爷奶婆]{{2}}|某{{1,2}})|[个私本]人)(?::?(?:{NAME}|{SURE}某{{1,2}})[,;]?)?|[他她其])"
_LANDLINE = r"(?:(?:\+?86 ?)?(?:0\d\d|0?[2-9]\d)\d?[ .,()/-]{1,3}|0\d{2,3})?[2-9](?:[ .-]?\d){6,7}"


def _is_no_staff(match: re.Match[str]) -> bool:
    """Whether somebody who is named before a telephone is nobody whom an office has there."""
    is_of_staff = re.search(
        rf"{OF_STAFF}|{CALLED_BY_SURNAME}|[格作林河全]员",
        match.string[max(0, match.start() - 12) : match.start()],
    )
    return not is_of_staff and match[0][:2] not in WORDS


PATTERNS: list[tuple[str, Sequence[str], Callable[[re.Match[str]], bool], str]] = [
    (
        "住宅电话",
        "宅家灵话机固式属",
        bool,
        rf"(?:宅电|家电(?=:)|小灵通|(?:住?宅|家[庭里中用]?|{_WHOSE}家?)[的里]{{0,2}}{_TELEPHONE}|{_TELEPHONE}\((?:家|住?宅)|(?:[他她其]家|家[里中属]|(?<!{HAN})[家宅](?=:))(?=[:是\d]))的?(?:号码?)?[ :是为()]{{0,3}}({_LANDLINE})(?!\d)"
        rf"|{_TELEPHONE}[ :]{{0,2}}({_LANDLINE})(?=(?:转\d{{1,5}})?[,(是找]{{1,2}}(?:[他她其]|{SURE}{HAN}{{1,2}})?(?:家|住?宅|爱人|妻|丈夫))|(?<![\d-])({_LANDLINE})(?=\((?:家|住?宅)[里中]?\))",
    ),
    (
        "住宅电话",
        SURNAMES,
        _is_no_staff,
        rf"(?:(?<!{HAN})|(?<=[{PEOPLE_END}]))(?:{NAME}|{SURE}某{{1,2}})[ ,:(]{{0,2}}(?:{_TELEPHONE}[ :]?)?({_LANDLINE})(?![ -]?\d| ?[件元人户份次张个亩米吨斤万千])",
    ),
]
"""As in `kinds`: the kind, its signs, what only looks so, and how it is written."""
