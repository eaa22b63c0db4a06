"""The plates of cars: by province, by what stands before them, and of soldiers and embassies."""

from collections.abc import Callable, Sequence

from fazhi import regex as re
from fazhi.personal.signs import PROVINCES, preceding


def _is_no_paper(match: re.Match[str]) -> bool:
    """Whether it is not the number of a licence, of a lift or a boiler, or of what was renewed, nor of
    a car that is everybody's."""
    before = preceding(match, 12)
    if re.search(_OF_NOBODY, before) or before[-1:] + match[1][0] in _NO_PROVINCES:
        return False
    is_of_a_car = re.search("车|驶证", before)
    return bool(is_of_a_car or not re.search(r"(?:编|证|批|登记|许可)号[ :(]{0,2}$", before))


_OF_NOBODY = r"[梯锅容瓶管起索游场]\d\d$|(?:公务用?|公车|执法|校|公交|洒水|救护|消防|环卫|垃圾|宣传|警)车(?:辆|牌号?)?[ :为是(]{0,3}$"
_NO_PROVINCES = {"馆藏", "收藏", "更新", "最新", "全新", "创新", "南京"}
_PLACES = (
    "北京|天津|上海|重庆|河北|河南|云南|辽宁|黑龙江|湖南|湖北|安徽|山东|山西|新疆|江苏|江西|浙江|广西|广东"
    "|甘肃|内蒙古|陕西|吉林|福建|贵州|青海|西藏|四川|宁夏|海南"
)
_PLATE = (
    r"(?:[“”\"'()]{0,2}(?:字头?|牌照?|号))?(?:[^\w\n。*?!]|_|。(?=[A-Z\d]{5,6}(?!\w))|\*(?!\*)){0,3}(?=(?:[ .*A-Z,|-]{0,7}\d){3}"
    r"|(?=(?:[A-Z*]{0,4}\d){2})[A-Z\d]{0,4}\*{1,2}[A-Z\d]{0,4}(?![\w*]))"
    r"(?:[A-HJ-NP-Z0-9](?:(?:,| ?\| ?)[A-HJ-NP-Z0-9]){4,5}|D?(?:\d\d[.-]\d{3}|\d{3}[.-]\d\d|\d{4}-\d|\d[.-](?!19|20)\d{4}|\d(?:[.-]\d\d){2}(?!号?[楼室栋幢])|\d(?:[.-]\d){4})(?<!(?:19|20)\d\d-\d)(?![.-]\d)"
    r"|I(?!19|20)\d{4}|(?:[A-HJ-Z][ .-]{0,2}|\d ?|\*){4,5}(?:[A-HJ-Z0-9*挂学警港澳领超试]|\([挂学警港澳领超试]\))))(?![0-9]|(?-i:[A-Z]|[a-z](?![a-z])))(?!(?<=\*)\*)(?!\.\d)(?![万亿]?元|[人件]次|户(?!主)|[次平亩井]|批(?!评)|地块|工程|项目|标段|线(?!人))"
)
_REST = r"[A-HJ-NP-Z\d]{5,6}(?![A-Z\d*])"
PATTERNS: list[tuple[str, Sequence[str], Callable[[re.Match[str]], bool], str]] = [
    (
        "车牌号",
        PROVINCES,
        _is_no_paper,
        rf"([{PROVINCES}][ ./:,()_|“”\"'-]{{0,3}}(?:字头?|牌照?|号)?[ ,:|]{{0,2}}[A-HJ-Z]\)?{_PLATE}",
    ),
    (
        "车牌号",
        ("WJ", "wj", "Wj", *"某*使军海空北沈兰济南广成", *PROVINCES),
        bool,
        rf"((?<![A-Z])WJ[ .-]{{0,2}}(?:[{PROVINCES}]|\d\d)[ .-]{{0,2}}\d{{4}}[\dA-Z](?![\dA-Z])"
        rf"|(?<![云湖河海渝])[军海空北沈兰济南广成][A-Z][ .-]{{0,2}}\d{{5}}(?![\dA-Z])|[{PROVINCES}]\d\d(?:[ .-]\d{{5}}|[ .-]?[A-Z]\d{{4}}|\d{{5}}(?=号?拖拉机))(?![\dA-Z])"
        rf"|[{PROVINCES}][*某]{{1,2}}[ .]?(?=[A-Z]*\d){_REST}|(?<![\w*])[某*](?-i:[A-HJ-Z])[ .]?(?=(?:[A-Z]*\d){{3}}){_REST}"
        r"|粤[ .-]{0,2}Z[ .-]{0,2}[A-Z\d]{4} ?[港澳]|(?:(?<=[车牌照 :])使\d{3}[ .]?|(?<!即)使 ?0\d\d[ .-]?|(?<!即)使 ?\d{3}[.-](?=\d+[,，。在驶停]))\d{3}(?![\d.])|使\d{6}(?=[轿大小]?[客货]?车|号?牌))",
    ),
    ("车牌号", _PLACES.split("|"), bool, rf"((?:{_PLACES})市? ?[A-HJ-Z]{_PLATE}"),
    (
        "车牌号",
        "车牌",
        bool,
        rf"(?:车牌?|号牌|牌照|[绿蓝黄]牌)(?:号码?)?[ :是为(]{{0,3}}([A-HJ-Z]{_PLATE}"
        r"|(?:车牌|号牌)号?码?[ :是为(]{0,3}(\d{5,8})(?![\d副张次辆块个])"
        rf"|(?:车牌|号牌)号?码?[ :是为(]{{0,3}}((?=\d*[A-Z])(?=[A-Z]*\d){_REST})|牌号((?=\d*[A-Z])(?=[A-Z]*\d){_REST})(?=的?[\w]{{0,3}}车)",
    ),
]
"""As in `kinds`: the kind, its signs, what only looks so, and how it is written."""
