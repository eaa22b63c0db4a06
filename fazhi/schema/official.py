"""How official things are written: a website's code and address, a document's number, its index."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import ERROR, WARNING, Fault
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import rule
from fazhi.schema.spelling import says_nothing

_LABEL = r"(?!-)[a-zA-Z0-9\u4e00-\u9fa5-]+(?<!-)"
_HOST = Pattern(rf"{_LABEL}(?:\.{_LABEL})+")  # a host's name; in Chinese, too (….政务)
_ADDRESS = rf"https?://(?P<host>{_HOST.pattern})(?::\d+)?/(?:[^\s?#\"'<>]*/)?"
_NO_NUMBER = "照公文写成 机关代字〔2025〕3号 这样；没有的，整行删去"
_NUMBER = Pattern(rf"{HAN}+〔(?P<year>[0-9]{{4}})〕[1-9][0-9]*号")
_MISTAKES = (
    (r"[\[(（【［〈{]", "年份要用六角括号〔〕"),
    (r"第", "序号前面不写“第”"),
    (r"[〕\])）】］〉}]\s*第?\s*[0０]", "序号前面不加 0"),
    (r"[０-９]", "数字要用半角"),
    (r"\s", "中间不空格"),
    (r"[^号]\Z", "末尾要有“号”字"),
)
INDEX_FORMAT = "{信用代码}/{年}-{序号:5}"  # what Chongqing uses, and who declares no other
_MARK = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"序号(?::([1-9]))?")
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of a 信用代码
_FORMS = {"信用代码": f"[{_DIGITS}]{{18}}", "年": "[0-9]{4}"}
_MISWRITTEN, _OTHER_YEAR = "写法、校验码、序号不对的", "年份同成文日期不一样的"


# The website


@rule(ERROR)
def site_code(code: str) -> Iterator[Fault]:
    """FZ603: 网站标识码是 10 位数字，部门网站的是 `bm` 加 8 位数字。

    标识码写进每一页的网页信息，检查的人按它认网站；错一位，网页就算到别的网站名下。
    改法：照县政府网站页脚“网站标识码”后面的写，放进半角的双引号。
    来源：《政府网站发展指引》（国办发〔2017〕47号）。
    """
    if not re.fullmatch(r"\d{10}|bm\d{8}", code, re.ASCII):
        proper = _half_width(code).lower().replace(" ", "")
        hint = "照网站页脚“网站标识码”后面的写，10 位数字，或者 bm 加 8 位数字"
        if re.fullmatch(r"\d{10}|bm\d{8}", proper, re.ASCII):
            hint = f"写成 {proper}"
        yield site_code.fault(f"网站标识码不能是{shown(code)}", hint)


@rule(ERROR)
def domain(name: str) -> Iterator[Fault]:
    """FZ604: 域名只写域名，不带 `http://`、路径和端口。

    网页信息里的 SiteDomain 按规定只写域名；地址写在“地址”一项。
    改法：写成 `www.example.gov.cn` 这样。
    来源：《政府网站发展指引》（国办发〔2017〕47号）。
    """
    if not _HOST.fullmatch(name):
        bare = re.sub(r"^(?:\w*:)?//|[/:?#].*$", "", _half_width(name).strip()).lower()
        hint = f"写成 {bare}" if _HOST.fullmatch(bare) else "写成 www.example.gov.cn 这样"
        yield domain.fault(f"域名不能是{shown(name)}", hint)


@rule(ERROR)
def address(written: str, of_domain: str) -> Iterator[Fault]:
    """FZ605: 地址是 `https://` 或者 `http://` 开头、`/` 结尾的网址，在网站的域名下面。

    规范链接、网页信息里的 Url 和 sitemap.xml 都由它拼成；写错了，就把人引到别处去。
    改法：写放网页的那个文件夹的网址，如 `https://www.example.gov.cn/xiang/fzzf/`；还不知道的，不写这一项。
    """
    match = re.fullmatch(_ADDRESS, written)
    if match is None:
        yield address.fault(f"地址不能是{shown(written)}", _proper_address(written))
        return
    host, base = match["host"].lower(), of_domain.lower().removeprefix("www.")
    if host != base and not host.endswith(f".{base}"):
        message = f"地址在 {host}，网站的域名是 {of_domain}"
        yield address.fault(message, "核对，两处应当是同一个网站")


def _proper_address(written: str) -> str:
    """How an address may be fixed: what it begins with, and where it ends."""
    proper = re.sub(r"[?#].*|[^/]*\.html?$", "", _half_width(written).strip())
    if not re.match(r"https?://", proper):
        proper = re.sub(r"^(?:\w*:?//)?", "https://", proper, count=1)
    proper = proper.rstrip("/") + "/"
    if proper != written and re.fullmatch(_ADDRESS, proper):
        return f"写成 {proper}"
    return "写成 https://www.example.gov.cn/xiang/fzzf/ 这样"


# The document's number


@rule(ERROR)
def document_number(number: str) -> Iterator[Fault]:
    """FZ715: 文号写成“机关代字〔年份〕序号号”，六角括号，序号前面不加 0 和“第”。

    文号是公文的编号，网页、公文、目录里要一个字不差；常见的是把六角括号写成方括号、圆括号。
    改法：照公文上的写成 `机关代字〔2025〕3号` 这样；没有文号的，写“无”，目录里就印“无”，或者整行删去。
    来源：《党政机关公文格式》（GB/T 9704—2012）7.2.5。
    """
    if _NUMBER.fullmatch(number):
        return
    found = [mistake for pattern, mistake in _MISTAKES if re.search(pattern, number)]
    proper = re.sub(r"[\[(（【［〈{]\s*(\d{4})\s*年?[\])）】］〉}]", r"〔\1〕", _half_width(number))
    proper = re.sub(r"〕第?0*(?=\d)", "〕", re.sub(r"\s", "", proper))
    proper = proper if proper.endswith("号") else f"{proper}号"
    hint = f"写成 {proper}" if _NUMBER.fullmatch(proper) else _NO_NUMBER
    if says_nothing(number):
        found, hint = [], "没有的，写 无，或者整行删去"
    listed = f"：{'，'.join(found)}" if found else ""
    yield document_number.fault(f"文号{shown(number)}的写法不对{listed}", hint)


def year_of_number(number: str) -> int | None:
    """The year in a document's number, where that is written as it should be."""
    match = _NUMBER.fullmatch(number)
    return int(match["year"]) if match else None


# The disclosure catalogue


@rule(ERROR)
def catalogue(rows: Sequence[str]) -> Iterator[tuple[int, Fault]]:
    """FZ607: 目录里一项只写一次，用目录里的叫法：发布机构、发文字号。

    目录的各项照这里写的次序印在报告前面；叙述稿里的“文号”，目录里叫“发文字号”，“署名”叫“发布机构”。
    改法：重复的删去一个；照提示改叫法。
    """
    called = {"文号": "发文字号", "署名": "发布机构"}
    for place, row in enumerate(rows):
        if row in called:
            yield place, catalogue.fault(f"目录里没有{shown(row)}", f"写成 {called[row]}")
        elif row in rows[:place]:
            yield place, catalogue.fault(f"目录里{shown(row)}写了两次", "只留一个")


@rule(ERROR)
def index_format(written: str) -> Iterator[Fault]:
    """FZ606: 索引号格式用 `{信用代码}`、`{年}`、`{序号:5}` 写成，别的照原样写；一定有序号。

    各地的索引号不一样，程序照这里写的格式核对；不写这一项的，按 `{信用代码}/{年}-{序号:5}`。
    改法：会变的部分用花括号，`{序号:5}` 是五位的序号；各年都一样的部分直接写字。
    """
    marks = _MARK.findall(written)
    known = [*_FORMS, "序号:5"]
    rest = _MARK.sub("", written)
    strange = [mark for mark in marks if mark not in _FORMS and not _SERIAL.fullmatch(mark)]
    twice = [mark for mark in marks if marks.count(mark) > 1]
    if says_nothing(written):
        yield index_format.fault(f"索引号格式不能是{shown(written)}", "没有的，整行删去")
    elif set(rest) & set("{}｛｝"):
        yield index_format.fault("索引号格式的花括号不成对，或者是全角的", "照 {序号:5} 这样写")
    elif strange:
        message = f"索引号格式里没有{shown(strange[0])}"
        yield index_format.fault(message, did_you_mean(strange[0], known))
    elif twice:
        yield index_format.fault(f"索引号格式里{shown(twice[0])}写了两次", "只留一个")
    elif sum(mark.startswith("序号") for mark in marks) != 1:
        yield index_format.fault("索引号格式里要有一个序号", "加上 {序号:5} 这样的一项")


def _pattern(form: str) -> re.Pattern[str]:
    """A format that `index_format` finds right, as it is searched for."""
    parts = []
    for place, part in enumerate(_MARK.split(form)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        elif serial := _SERIAL.fullmatch(part):
            parts.append(rf"(?P<序号>[0-9]{f'{{{serial[1]}}}' if serial[1] else '+'})")
        else:
            parts.append(f"(?P<{part}>{_FORMS[part]})")
    return re.compile("".join(parts))


@rule({_MISWRITTEN: ERROR, _OTHER_YEAR: WARNING})
def index_number(index: str, form: str, year: int) -> Iterator[Fault]:
    """FZ717: 索引号合乎 `township.yml` 的格式，信用代码的校验码对，序号不全是 0。

    索引号错一位，在公开目录里就查不到。统一社会信用代码的最后一位由前面 17 位算出，打错了能查出来；序号是 00000 的，多半是还没有编号。
    索引号里的年份和成文日期不是同一年的，只提醒核对。
    改法：照提示改；还没有编号的，先不写这一项。格式同本地的不一样的，改 `township.yml` 的“索引号格式”。
    来源：GB 32100—2015《法人和其他组织统一社会信用代码编码规则》。
    """
    match = _pattern(form).fullmatch(index)
    if match is None:
        proper = _half_width(index).upper().replace(" ", "")
        is_near = proper != index and _pattern(form).fullmatch(proper)
        hint = (
            f"写成 {proper}" if is_near else "照格式写；格式不对的，改 township.yml 的“索引号格式”"
        )
        hint = "没有的，写 无，或者整行删去" if says_nothing(index) else hint
        yield index_number.fault(f"索引号{shown(index)}不合格式 {form}", hint, _MISWRITTEN)
        return
    held = match.groupdict()
    if code := held.get("信用代码"):
        # As stdnum.cn.uscc does it, whose library takes 10 ms to load.
        total = sum(3**place * _DIGITS.index(sign) for place, sign in enumerate(code[:-1]))
        digit = _DIGITS[-total % 31]
        if digit != code[-1]:
            hint = f"核对；按前面 17 位算，最后一位应当是 {digit}"
            yield index_number.fault(f"索引号里的信用代码 {code} 校验不对", hint, _MISWRITTEN)
    if not held["序号"].strip("0"):
        hint = "写上编好的序号；还没有编号的，删去这一项"
        yield index_number.fault("索引号的序号全是 0", hint, _MISWRITTEN)
    if "年" in held and int(held["年"]) != year:
        message = f"索引号里是{held['年']}年，成文日期在{year}年"
        yield index_number.fault(message, "核对是不是去年的", _OTHER_YEAR)


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
