"""Where somebody is reached or lives: by mail, by messenger, at which door."""

from collections.abc import Callable, Sequence

from fazhi import regex as re
from fazhi.personal.people import PEOPLE
from fazhi.personal.signs import HAN, NO_WORD, SURE, preceding

_NUMBER = r"[\d〇零一二三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾]{1,6}"
_NO_DOOR = r"(?![文令线楼桥井点案机泵水电池塘渠路厂矿台段地杆塔涵隧摊]|公告|公路|工程|大棚|示范|提案|议案|会议|院坝|变压|沼气|界[桩碑]|标[志段牌]|端口|开关|滑坡|蓄水|消[火防]|雨污|管网|改造)"
_OF_A_HOUSE = rf"(?!的?{SURE}{NO_WORD}|住(?!宅)|[户家租业〇零一二三四五六七八九十]){HAN}"
"""What stands behind the number of a house that is not somebody's home: 外墙, 加固, 居民楼."""
_CHANNEL = (
    r"(?:抖音|快手|小红书|微博|视频号|淘宝|陌陌|B站|游戏|飞书|旺旺)(?:[账帐]?号| ?U?ID|名)?[ :为是@“(]{0,3}"
    rf"(?:[^\w\n]?(?:{HAN}{{1,3}}，?)?叫 ?)?(?:(?=[\d_.-]*[A-Z])(?=[A-Z_.-]*\d)[A-Z0-9_.-]{{5,}}|\d{{8,}}(?!{HAN}|\d))"
)
_HOST = r"(?:163|126|139|189|qq|vip|sina|sohu|gmail|yeah|foxmail|outlook|hotmail|aliyun)"


def _is_no_count(match: re.Match[str]) -> bool:
    """Whether 3栋 is an address: so many houses that were pulled down are none, nor is one with what is
    of a house behind it."""
    before, after = preceding(match, 10), match.string[match.end(1) :]
    is_offices = re.search(f"{_OFFICE}$", before)
    return not (is_offices or re.match(_HOUSES, after) or re.search(_HOUSES_BEFORE, before))


_HOUSES_BEFORE = r"(?:[拆新建改修排查治固及共计达约有]|[楼房舍库]|房屋|建筑|大棚|安置点|栋号)[^\d,。;、(]{0,2}$|[栋幢][至到-]$"
_HOUSES = rf"[至到-]\d{{1,4}}[栋幢]|(?:[,和及]\d{{1,4}}[栋幢])*(?:\d{{1,2}}单元)?(?:{_OF_A_HOUSE}|共?\d{{1,4}}[户套间平层])"


def _is_no_office(match: re.Match[str]) -> bool:
    """Whether it is nowhere where an office can be reached, nor any place of the public: with nobody
    named before it who lives there, an address is that."""
    of_mail = r"邮(?:政编码|编)[:为是]?\d{6}"
    before, after = preceding(match, 36), match.string[match.end(1) :]
    if re.match(rf" ?{SURE}某", after):
        return True
    if re.search(_OF_AN_OFFICE, before) and re.fullmatch(r"\d+室", match[1]):
        return False
    where = not re.search("单元|小区|家园|公寓", match[1]) and re.search(
        rf"{_PLACED}(?:{HAN}|\d){{0,24}}$|{of_mail}", before
    )
    is_somebodys = re.search(LIVES, before) or (
        where and re.search(rf"(?:{PEOPLE}|[他她]家?)[的,]?$", before[: where.start()])
    )
    return bool(is_somebodys) or not (where or re.match(_OF_THE_PUBLIC, after))


_PLACED = r"(?:(?:位于|驻)|地[址点][ \n]{0,4}|(?:地[址点]|经营场所|办公|单位|机关|政府|驻地|大厅|中心|(?<!住)[所站院校局学会室店市场](?=\())[ :为是在位于(\"]{1,3})"
LIVES = rf"住(?!建)|身份证|本人|租房|[邮寄][寄件]|(?:收[件货]|快递)地|家庭|户籍|送达|姓名|{SURE}某|{PEOPLE}:"
_OFFICE = "(?:餐馆|茶馆|旅馆|网吧|农家乐|公示栏|政府|[所站局校]|[法医生学]院|中心|法庭|大厅|广场|公厕|大院|店(?!主)|商铺|民宿|宾馆|[售务]点|超市|市场|门[店面市]|卫生室|幼儿园)"
_OF_AN_OFFICE = (
    rf"(?:{_OFFICE}|教学|办公)(?:(?!家属|住宅|公寓)(?:{HAN}|\d楼)){{0,4}}(?:\d+室[,、和至-])*$"
)
_OF_THE_PUBLIC = rf"[,;。 (]{{1,2}}邮(?:政编码|编)| ?\({HAN}{{1,12}}{_OFFICE}\)|(?!{SURE}{NO_WORD}|住|[居村]民|群众){HAN}{{0,5}}(?:{_OFFICE}|办公)|[至到-]\d+号"


def _is_no_office_mail(match: re.Match[str]) -> bool:
    """Whether it is no box of the government's that is said to be an office's: that is public. Nor is it
    where a program is kept, git@github.com:a/b."""
    if match[1].lower().startswith("git@") and re.match(
        "[:/][A-Za-z]", match.string[match.end(1) :]
    ):
        return False
    is_said = re.search(
        r"(?:(?:单位|政务|政府|机关|公共|办公|公开|举报|监督|投诉|征集|意见|反馈|咨询)(?:电子)?邮|信)箱[:为是( ]{0,3}$",
        preceding(match, 14),
    )
    is_said = is_said or re.match(
        rf" ?\({HAN}{{0,8}}(?:[办所局科室委院站]|中心|政府|公务)", match.string[match.end(1) :]
    )
    return not (is_said and re.search(r"[.@]gov\.cn$", match[1].lower()))


def _is_no_office_channel(match: re.Match[str]) -> bool:
    """Whether what is shown under it is no office's: that is public."""
    return not re.search(
        rf"(?:官方|政务|政府|{HAN}[乡镇县局所委办院队站]|工作|单位|发布|平台|统一)的?{HAN}{{0,2}}[“(]?$",
        preceding(match, 12),
    )


PATTERNS: list[tuple[str, Sequence[str], Callable[[re.Match[str]], bool], str]] = [
    ("门牌号", "栋幢", _is_no_count, r"(?<!\d)(\d{1,4}(?:栋|幢))"),
    (
        "电子邮箱",
        "@艾爱圈鼠%#aA箱",
        _is_no_office_mail,
        rf"(?<![A-Z0-9._%+-])((?:[A-Z0-9._%+-]+|{HAN}{{1,8}})@"
        r"(?!\dx\.)[A-Z0-9-]+(?:[.。][A-Z0-9-]+)*[.。](?:[A-Z]{2,}|c0m)"
        rf"|[A-Z0-9._%+-]+(?:[^\w\n]{{0,2}}(?:@@?|[艾爱]特|圈a|小老鼠)[^\w\n]{{0,2}}| ?[(<] ?at? ?[)>] ?|[_-]at[_-]|%40| ?# ?(?=\w+[.。](?:com|cn|net)\b))"
        r" ?(?:[A-Z0-9-]+(?:[^\w\n]{0,3}(?:[.。,]|[_-]dot[_-]|dot|点)[^\w\n]{0,3})+)+(?:c[o0]m|cn|net|org)(?![A-Z0-9])"
        rf"|(?:(?<=箱[: ])|(?<=箱))(?!mail|www)[A-Z0-9._-]{{3,}} ?(?:[*.&$] ?|(?<= )){_HOST} ?[.。] ?(?:com|cn|net)"
        rf"|[A-Z0-9._+-]+ at {_HOST} ?(?:[.。]|dot) ?(?:com|cn|net)(?![A-Z0-9])"
        rf"|[\w.+-]{{1,40}}@{HAN}{{1,20}}[.。](?:中国|公司|网络|政务|cn|com)"
        r"|(?:[A-Z0-9._-] ){3,40}@(?: [A-Z0-9-]){2,20} ?[.。](?: [A-Z]){2,3}(?![A-Z0-9]))",
    ),
    (
        "微信或 QQ 号",
        "微薇威徽信扣抠企鹅支钉抖快红视QqVvWwUu",
        bool,
        r"((?:(?:[微薇威v]|(?<!安)徽)[ .]?信|微xin|wei信|[微薇威][❤♥]|[扣抠]{2}|(?:(?:[微薇威]|(?<![A-Z\"])v)\W?|扣|V X)(?=:)|支付宝(?=[账帐]?号|:|[^\w\n]?[A-Z_-]+\d)|钉钉(?=(?:ID|[账帐]?号)?[^\w\n]{0,2}[A-Z_-]+\d)|加Q(?=\d{6})|(?:加[我他她]?[微薇威]|[微薇威]号|扣号)(?=[ :]?[A-Z_-]*\d)|"
        rf"(?<![A-Z0-9])Q(?=: ?\d{{6,12}}(?!\d|{HAN}))"
        r"|企鹅号?|(?<![A-Z0-9])Q(?:[ -]?Q|号)|(?<![A-Z\"-])V(?=: ?[A-Z_-]*\d)|(?:\+|加|➕) ?v(?=x?[: ])"
        r"|(?<![A-Z])(?:[vw]x|wechat|wei ?xin)(?: ?id| ?号)?(?:(?=[ 为是]?[:(]|--)|(?<=号)|[ .](?=[A-Z_-]*\d)|[=→>_-]{1,2}(?=[A-Z_]+\d)|(?<![A-Z0-9]..)(?=[A-Z]{3,}_?\d\d)))"
        r"(?: ?号码|[账帐]? ?号|名|昵称|ID|邮箱|[号群]主|群|叫|[账帐]户|(?:加|搜索?|转[账帐][给至到])(?=[A-Z_-]+\d))?(?:为|是)?(?:[ :(“-]*(?:(?<=:)\n *)?|,(?=[A-Z_-]+\d|(?!20[0-3]\d)\d{8,10}(?!\w))|[^\w\n,;。)]{1,2}(?=(?!QQ)[A-Z_-]+\d|\d{6}))"
        r"(?:(?!before|after|hover|camera|image|video|file)[A-Z][A-Z0-9_-]{5,19}|\d{3,4}(?:[ -]\d{3,4}){1,2}|\d{2}(?: \d\d){2,5}|\d(?: \d){5,11}|\d{5,12}(?![\d人])"
        r"|(?=[A-Z _-]{1,16}\d)[A-Z\d_-]+(?: [A-Z\d_-]+){1,15}(?! ?\w))|wxid_\w{6,}"
        r"|(?:微信|Q ?Q)(?:名|昵称)[ :为是]{0,2}[^\W\dA-Z]{1,10}\((?=[A-Z_-]*\d)[A-Z0-9_-]{6,20}\)|(?<![A-Z0-9])(?=[A-Z_-]*\d)[A-Z0-9_-]{6,20}\((?:微信|Q ?Q)号?\)"
        r"|(?:weixin|wechat|wxp|tencent|mqq\w*)://\w[^\s)>]*|\buin=\d{5,12})",
    ),
    ("微信或 QQ 号", "抖快红微视淘陌B游飞旺", _is_no_office_channel, rf"({_CHANNEL})"),
    (
        "门牌号",
        "号苑区园家寓村元室栋牌幢座房点#路街巷道",
        _is_no_office,
        rf"((?:[路街巷弄社苑村坪沟湾坝坡梁庄寨屯]|大道|[路街道][东南西北中上下前后]段|(?<!小)组|小区|院子)(?<![线电]路)[ (]?附? ?{_NUMBER}(?:[-之]\d{{1,4}})?(?:[、,/和及至]{_NUMBER})? ?[号#]"
        rf"{_NO_DOOR}|(?:[路街巷]|大道) ?(?:No\.? ?\d{{1,4}}|\d{{1,4}}-\d{{1,2}})(?![\d年月日.-]|{HAN})"
        rf"|(?:小区|花园|家园|公寓|苑|新村|安置[房点]|[公廉]租房)(?:[A-Z一二三四五六\d][区期])?[A-Z]?\d{{1,3}}-(?:\d{{1,2}}(?:-\d{{1,4}}(?!工作)|[号#室]{_NO_DOOR})|\d{{3,4}}(?![\d户人件个]))|房间?号[ :为是]{{0,2}}\d[\d-]{{2,}}"
        rf"|\d{{1,3}}单元(?!{_OF_A_HOUSE}| ?\d+户(?!主))|[一二三四五六七八九]单元(?:[\d零一二三四五六七八九]{{3,4}}|[一二三四五六七八九十]+[楼室号])|(?:\d{{3,4}}|[〇零一二三四五六七八九]{{3}})(?:室|房(?!\w))|[A-Z]栋 ?\d{{3,4}}(?![\d平])"
        rf"|(?<![第〕\d]){_NUMBER}号附{_NUMBER}(?!\w)|门牌号?(?:码|为|是)?[ :]{{0,2}}{HAN}{{0,6}}\d+(?!号?[至到-]\d|[\d块个户张次处])"
        r"|[一二三四五六七八九十\d]{1,3}(?:栋|幢|号楼|#楼?) ?\d{1,2}-\d{1,4}(?![\d层楼])"
        r"|\d{1,3}(?:栋|幢|号楼|#楼?) ?\d{3,4}(?![\d人户名次个件元平米套间]|会议|办公|教室)"
        rf"|宿舍\d{{1,2}}楼\d{{1,4}}[号室]|[路街巷]\d{{1,4}}附\d{{1,3}}号|{_NUMBER} ?(?:栋|幢|座|号楼) ?{_NUMBER} ?(?:单元(?!{_OF_A_HOUSE}| ?\d+户(?!主))|室|号)(?: ?{_NUMBER})?)",
    ),
    (
        "住址",
        ("住", "地址", "户", "家在", "现居"),
        bool,
        rf"(?:住址|家庭(?:详细)?地址|户籍地址?|户籍(?=:{HAN}{{1,9}}[村镇乡组社\d])|居住地址?|户[籍口]所在地|现?居住(?=[于在])|[现家租]住|现居(?!住)|(?<!{HAN})家(?=在)|[暂常租]住地?址?)(?:(?: ?:[ \n]{{0,2}}|(?<!,..)(?<!,...)(?<!,....)[ \n]{{1,3}})((?:{HAN}|\d){{4,40}})"
        rf"|[为是在于]?({HAN}{{1,11}}?[村区镇乡坝湾沟坪院子]{_NUMBER}[组社])(?!的|{HAN}{{0,6}}户)"
        rf"|({HAN}{{2,10}}[县乡镇]{HAN}{{1,8}}[村社])(?!{HAN}))",
    ),
]
"""As in `kinds`: the kind, its signs, what only looks so, and how it is written."""
