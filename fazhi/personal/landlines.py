"""The telephones at home: a landline is a person's where what stands beside it says whose it is."""

from collections.abc import Callable, Sequence

from fazhi import regex as re
from fazhi.personal.names import NAME
from fazhi.personal.people import CALLED_BY_SURNAME, OF_STAFF, PEOPLE
from fazhi.personal.signs import HAN, PEOPLE_END, SURE, SURNAMES, preceding
from fazhi.personal.words import WORDS

_TELEPHONE = "(?:固定|联系)?(?:电话|座机|固话|方式|号码)(?:号码?)?"
_ADDRESSED = rf"{SURE}(?:大[爷妈娘叔伯嫂哥姐婶]|老[汉太]|[爷奶婆]{{2}}|先生|女士|阿姨|师傅|某{{1,2}}|[*X]{{1,2}})"
"""Somebody who is not named."""
_WHOSE = rf"(?:(?:{PEOPLE}|{_ADDRESSED}|[个私本]人)(?::?(?:{NAME}|{_ADDRESSED})[,;]?)?|[他她其我])"
_SAID = rf"(?:[提留登预填][供下记留写]?的?|[的里]{{0,2}}){_TELEPHONE}的?"
_LANDLINE = (
    r"(?![48]00[ -])(?:(?:\+|00)?86[ ()_-]{0,2})?(?:(?:0\d\d|0?[2-9]\d)\d?[ .,()/_-]{1,3}|0\d{2,3}|(?<=86)[2-9]\d\d?)?"
    r"[2-9](?:[ .,-]?\d){6,7}(?!\d)"
)
_NO_COUNT = r"(?![A-Z]|[ .-]?\d|[ (]?[余多]?(?:[件元户份次张个亩米吨斤万千名块平株头%]|人(?!口)))"
_ALONE = rf"(?<!\d)(?!20[0-3]\d)(?:(?:\+86[ -]?\d{{2,3}}|\(?0\d{{2,3}})[ )./-]{{0,2}}[2-9]\d{{2,3}}|[2-9]\d{{3}})[ -]?\d{{4}}(?!\d){_NO_COUNT}"
"""One that nothing calls a telephone: no day, no count."""
_BESIDE = rf"[^\w\n。|]{{0,3}}[的家]{{0,2}}(?:{_TELEPHONE}|tel)?[^\w\n。|]?[是为系]?[ :(]{{0,2}}"
_AND_MORE = r"(?:[ ,|(]{1,2}[^\W_]{1,10}(?<!号)){0,4}"


def _is_no_staff(match: re.Match[str]) -> bool:
    """Whether somebody who is told of before a telephone is nobody whom an office has there."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    said = match.string[match.start() : match.start(match.lastindex or 0)]
    is_of_staff = re.search(
        rf"{OF_STAFF}|咨询|{CALLED_BY_SURNAME}|[格作林河全络]员|民警|{_AN_OFFICE}[ ,]$", before
    )
    is_there = re.search(rf"{_AN_OFFICE}|警务|值班", said)
    return not (is_of_staff or is_there) and match[0][:2] not in WORDS


def _is_no_hotline(match: re.Match[str]) -> bool:
    """Whether it is not one where all of the people reach an office."""
    return not re.search(_TO_AN_OFFICE, match.string[max(0, match.start() - 12) : match.start()])


_AN_OFFICE = "[所局站室院委办府队]"
_TO_AN_OFFICE = (
    rf"(?:欢迎|敬请|[请可]|咨询|热线|公布|开通|{_AN_OFFICE}|中心|单位|部门)[^\n,。;]{{0,6}}$"
)


def _is_of_one(match: re.Match[str]) -> bool:
    """Whether those before it are not all who are served: 方便群众，电话…"""
    return not re.search(_SERVED, preceding(match, 16))


_SERVED = rf"(?:服务|方便|便[于民]|惠及|面向|欢迎|广大|告知|提醒|联系|帮助|各位|为|向){HAN}{{0,3}}[众民户长者象员][ ,:(]{{0,2}}(?:{_TELEPHONE}[ :是为(]{{0,3}})?$"
PATTERNS: list[tuple[str, Sequence[str], Callable[[re.Match[str]], bool], str]] = [
    (
        "住宅电话",
        "宅家灵话机固式属",
        bool,
        rf"(?:宅电|家电(?=:)|小灵通|[自预]留的?{_TELEPHONE}|(?:住?宅|家[庭里中用]?|{_WHOSE}家?){_SAID}|{_TELEPHONE}\((?:家|住?宅)|(?:[他她其]家|家[里中属]|(?<!{HAN})(?:[家宅]|住宅)(?=:))(?=[:是\d])的?(?:号码?)?)[ :是为()]{{0,3}}({_LANDLINE}){_NO_COUNT}"
        rf"|{_TELEPHONE}[ :]{{0,2}}({_LANDLINE})(?=(?:转\d{{1,5}})?[,(是找]{{1,2}}(?:[他她其]|{SURE}{HAN}{{1,2}})?(?:家|住?宅|爱人|妻|丈夫))|(?<![\d-])({_LANDLINE})(?=\((?:家|住?宅)[里中]?\))",
    ),
    (
        "住宅电话",
        PEOPLE_END + "士某男大师",
        _is_no_hotline,
        rf"{_TELEPHONE}[ :]{{0,2}}({_LANDLINE})(?=[ ,(是]{{1,2}}(?:{_ADDRESSED}|[男女]\)|户主))"
        rf"|(?<![\d-])(?!20[0-3]\d)({_LANDLINE})(?=\((?:(?={HAN}{{2}}){HAN}{{0,3}}{PEOPLE}家?[里中]?(?:{_ADDRESSED})?|{_ADDRESSED}|[男女])[,)])",
    ),
    (
        "住宅电话",
        PEOPLE_END + "方女",
        _is_of_one,
        rf"{PEOPLE}(?::?(?:{NAME}|{_ADDRESSED}))?{_BESIDE}({_ALONE})",
    ),
    (
        "住宅电话",
        SURNAMES,
        _is_no_staff,
        rf"(?:(?<!{HAN})|(?<=[{PEOPLE_END}]))(?:{NAME}|老?{_ADDRESSED}{_AND_MORE}){_BESIDE}({_ALONE})"
        rf"|(?<=[组社]){_ADDRESSED}{_BESIDE}({_ALONE})",
    ),
    (
        "住宅电话",
        ("来电", "来话", "打来", "叫", "呼", "回访", "回拨", "本人", "匿名"),
        _is_no_hotline,
        rf"(?:来[电话](?:人|号码?|显示|登记|记录)?|(?:[主被]叫|呼[入出]|回[访拨])(?:电话|号码)?|匿名){_BESIDE}({_LANDLINE}){_NO_COUNT}"
        rf"|(?<![\d-])({_ALONE})(?=\)?(?:来电(?![量数总])|打来|回访)|[,(]{{1,2}}本人)",
    ),
]
"""As in `kinds`: the kind, its signs, what only looks so, and how it is written."""
