"""A number that is put together where it is read, or lies in bytes nobody reads as text."""

import base64
import json

import pytest

from fazhi.sources import evidence
from fazhi.sources.tree import Folder
from tests.support.carriers import (
    NUMBER,
    archive,
    picture,
    png_with,
    segment,
)


def each(form: str) -> str:
    """The number with every digit written in a form."""
    return "".join(form.format(digit, ord(digit)) for digit in NUMBER)


SPELLED = {
    "a table whose name is in capitals": ("CSV", "姓名,村\n王小三,东村\n"),
    "rows of some program": (
        "xml",
        "<t><row><c>姓名</c><c>村</c></row><row><c>王小三</c><c>东村</c></row></t>",
    ),
    "hexadecimal in a script": ("txt", 'a = "' + each(r"\x3{}") + '"'),
    "Unicode in a script": ("txt", 'a = "' + each(r"\u003{}") + '"'),
    "octal in a script": ("txt", 'a = "' + each(r"\6{}") + '"'),
    "a line that goes on": ("txt", 'a = "138\\\n0000\\\n0123"'),
    "grouped digits": ("txt", "a = 13_800_000_123"),
    "a large integer": ("txt", f"a = {NUMBER}n"),
    "an octal number": ("txt", f"a = {int(NUMBER):#o}"),
    "a binary number": ("txt", f"a = {int(NUMBER):#b}"),
    "a name in base64": ("txt", base64.b64encode("姓名：王三".encode()).decode()),
    "a name in base64 of GBK": ("txt", base64.b64encode("姓名：王三".encode("gbk")).decode()),
    "a name in seven bits": ("txt", "姓名：王三".encode("utf-7").decode()),
    "pieces of a name in a style": ("css", 'a::after { content: "姓名" "：" "王三" }'),
    "pieces before and behind": ("css", 'a::before{content:"1380000"}a::after{content:"0123"}'),
    "lines of an old machine": ("csv", "户主,人口\r王三,3\r"),
    "people under a head": ("csv", "社区矫正对象,村\n王三,东村\n"),
    "a name beside its head": ("svg", "<svg><text>户主</text><text>王三</text></svg>"),
    "names in a column": (
        "svg",
        "<svg>"
        + "".join(
            f"<text x='9' y='{y}'>{one}</text><text x='99' y='{y}'>{y}</text>"
            for y, one in enumerate(["名单", "王小三", "李四", "张 五"])
        )
        + "</svg>",
    ),
    "names along an axis": (
        "svg",
        "<svg>"
        + "".join(
            f"<g transform='translate({x},0.5)'><text y='9'>{one}</text></g>"
            for x, one in enumerate(["王小三", "李四", "张五"])
        )
        + "</svg>",
    ),
    "names in the lines of a text": (
        "svg",
        "<svg><text x='4'>王小三<tspan x='4'>李四</tspan><tspan x='4' y='9'>张五</tspan></text></svg>",
    ),
    "a title within a text": ("svg", "<svg><text>138<title>a</title>00000123</text></svg>"),
    "base32": ("txt", base64.b32encode(NUMBER.encode()).decode()),
    "small base32 without its end": (
        "txt",
        base64.b32encode(NUMBER.encode()).decode().lower().strip("="),
    ),
    "base85": ("txt", base64.b85encode(NUMBER.encode()).decode()),
    "ascii85": ("txt", base64.a85encode(f"电话{NUMBER}".encode()).decode()),
    "a name in English data": ("json", '{"name": "王三", "sex": "男"}'),
    "a name in spelled data": ("json", '[{"xingming": "王三"}]'),
    "a birthday in data": ("json", '{"birthday": "1987-06-13"}'),
    "a paper in a column": ("csv", "村,残疾证号\n东村,5002290017\n"),
    "an account in a column": ("csv", "村,支付宝\n东村,wangxs88\n"),
    "a number down a column": ("csv", "电话\n138\n0000\n0123\n"),
    "a table on its side": ("csv", "姓名,王三\n性别,男\n"),
    "a hexadecimal number": ("txt", f"a = {int(NUMBER):#x}"),
    "base64 in base64": ("txt", base64.b64encode(base64.b64encode(NUMBER.encode())).decode()),
    "base64 in a script": ("txt", 'atob("MTM4MDAwMDAxMjM=")'),
    "escapes in a style": ("css", 'a::after { content: "' + each(r"\3{} ") + '" }'),
    "long escapes in a style": ("css", 'a::after { content: "' + each(r"\00003{}") + '" }'),
    "lines in a style": ("css", r'a::after { content: "138\A 0000\A 0123" }'),
    "a value of a drawing": ("svg", "<svg><text style='--tel:138 0000 0123'>a</text></svg>"),
    "a day beside what it is": ("svg", "<svg><text>1976年6月12日</text><text>生</text></svg>"),
    "pieces in a style": ("css", 'a::after { content: "138" "0000"/* */"0123" }'),
    "names in a table": ("csv", '登记表,\n"村\n社",姓名\n"东村\n三社",王三\n'),
    "names in columns": ("txt", "姓名  村\n吉克阿呷  东村\n"),
    "names in data": ("json", '{"姓名": ["王三"]}'),
    "a name in two fields": ("json", '[{"姓": "王", "名": "三"}]'),
    "a name in two English fields": ("json", '[{"lastName": "王", "first_name": "三"}]'),
    "a name in two columns": ("csv", "村,姓,名\n东村,王,三\n"),
    "names in rows of data": ("json", '[["村", "姓名"], ["东村", "王三"]]'),
    "a name in a drawing": ("svg", "<svg><text>姓名</text><text>王三</text></svg>"),
    "a name in an attribute": ("xml", "<r 姓名='王三'/>"),
    "a name in an element": ("xml", "<r><姓名>王三</姓名></r>"),
    "a number of a name": ("csv", "微信号,村\nzhang_san88,东村\n"),
    "entities in a drawing": ("svg", "<svg><text>" + each("&#{1};") + "</text></svg>"),
    "digits in a drawing": ("svg", "<svg>" + each("<text>{}</text>") + "</svg>"),
    "sections in a drawing": ("svg", "<svg><![CDATA[138]]><![CDATA[00000123]]></svg>"),
    "an address in a drawing": ("svg", "<svg><a href='data:," + each("%3{}") + "'/></svg>"),
    "a line of a drawing": ("svg", f"<svg><path d='M{NUMBER}'/></svg>"),
    "cells": ("csv", "138,0000,0123\n"),
    "quoted cells": ("csv", '"138","0000","0123"\n'),
    "cells for a digit": ("csv", ",".join(NUMBER)),
    "escapes in data": ("json", '["' + each(r"\u003{}") + '",]'),
    "an exponent": ("json", "[1.3800000123e10]"),
    "seven bits": ("txt", "+ADEAMwA4ADAAMAAwADAAMAAxADIAMw-"),
    "quoted printable": ("txt", each("=3{}")),
    "hexadecimal": ("txt", NUMBER.encode().hex()),
    "hexadecimal apart": ("txt", " ".join(f"3{digit}" for digit in NUMBER)),
    "codes apart": ("txt", " ".join(str(ord(digit)) for digit in NUMBER)),
    "heads of data apart": ("json", '{"columns": ["姓名", "村"], "data": [["王三", "东村"]]}'),
    "lines of data": ("json", '{"姓名": "王三"}\n{"姓名": "李四"}'),
    "a second table": ("csv", "村,场次\n东村,1\n\n姓名,村\n王三,东村\n"),
    "a field of a script": ("txt", 'a = {姓名:"王三"}'),
    "a name in a spelled element": ("xml", "<r><xm>王三</xm></r>"),
    "lines of one text that is drawn": (
        "svg",
        "<svg><text>\n<tspan>138</tspan>\n<tspan>0000</tspan>\n<tspan>0123</tspan>\n</text></svg>",
    ),
    "dashes drawn by themselves": (
        "svg",
        "<svg><text>138</text><text>-</text><text>0000</text><text>-</text><text>0123</text></svg>",
    ),
    "lines of an element": ("xml", "<r><tel>\n138\n0000\n0123\n</tel></r>"),
    "digits drawn downwards": ("svg", "<svg><text>\n" + "\n".join(NUMBER) + "</text></svg>"),
    "digits each drawn by itself": (
        "svg",
        f"<svg>{each('<g><text>{}</text></g>%')}</svg>".replace("%", "\n"),
    ),
    "base64 over lines": (
        "txt",
        base64.encodebytes(f"{'联系的人请打下面写的这一个' * 2}{NUMBER}".encode()).decode(),
    ),
    "base64 of two bytes a digit": ("txt", base64.b64encode(NUMBER.encode("utf-16-le")).decode()),
    "base64 of Chinese": ("txt", base64.b64encode(f"电话{NUMBER}".encode("gbk")).decode()),
    "base64 of bytes": ("txt", f'a = "{base64.b64encode(bytes(3) + NUMBER.encode()).decode()}"'),
    "hexadecimal of Chinese": ("txt", f"电话{NUMBER}".encode("gbk").hex()),
    "a digit in seven bits": ("txt", "tel +ADEAMwA4-00000123"),
    "data in data in data": (
        "json",
        json.dumps({"a": json.dumps({"b": json.dumps([NUMBER.replace("1", r"\u0031")])})}),
    ),
    "parts of a field": ("json", '{"phone": {"a": "138", "b": "0000", "c": "0123"}}'),
    "a formula": ("csv", '=CONCATENATE("138","0000","0123")'),
    "a formula of a table": ("csv", '"=""138""&""00000123"""'),
    "pieces of a transformation": ("xml", "<a select=\"concat('138','00000123')\"/>"),
    "strong digits": ("txt", "**138**0000**0123**"),
    "markup in a text": ("txt", "<p>138<b>0000</b><!-- a -->0123</p>"),
}
"""What a file is called, and a number in it that is put together where it is read."""


@pytest.mark.parametrize("name", SPELLED)
def test_a_number_that_is_put_together_is_told(name, tmp_path):
    suffix, text = SPELLED[name]
    text = text.replace(
        "<svg>", "<svg xmlns='http://www.w3.org/2000/svg' xmlns:dc='d' xmlns:cc='c'>"
    )
    (tmp_path / f"a.{suffix}").write_text(text, encoding="utf-8")
    leaves = suffix in {"css", "svg"}  # of what stays, numbers and names in tables are told
    found = list(evidence.problems(Folder(tmp_path), f"a.{suffix}", leaves=leaves))
    assert ("FZ501", "错误") in {(problem.rule, problem.severity) for problem in found}
    assert NUMBER not in str(found)


MAIL = b"Subject: a\nContent-Transfer-Encoding: base64\n\n"
PARTS = [f"<w:r><w:rPr/><w:t>{part}</w:t></w:r>" for part in (NUMBER[:3], NUMBER[3:7], NUMBER[7:])]
CHANGED = {  # what stands around the number's second part, and behind it
    "a new part": ("<w:ins w:id='1'>", "</w:ins>"),
    "an old part": ("<w:del w:id='1'>", "</w:del>"),
    "a part put for another": ("<w:del w:id='1'><w:r><w:delText>77</w:delText></w:r></w:del><w:ins w:id='2'>", "</w:ins>"),
    "a part that is a link": ("<w:hyperlink r:id='a'>", "</w:hyperlink>"),
    "a part to fill in": ("<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "a part with a remark": ("<w:commentRangeStart w:id='0'/>", "<w:commentRangeEnd w:id='0'/>"),
}  # fmt: skip
STAYS = {
    "utf-16 without a mark": NUMBER.encode("utf-16-le"),
    "utf-32": b"a\0\0\0" + NUMBER.encode("utf-32-le"),
    "an old document": b"\xd0\xcf\x11\xe0" + bytes(600) + NUMBER.encode("utf-16-le"),
    "an archive of tapes": b"a.txt".ljust(512, b"\0") + NUMBER.encode().ljust(512, b"\0"),
    "a database": b"SQLite format 3\0" + NUMBER.encode(),
    "sound": b"ID3\3\0\0\0\0\1\0" + NUMBER.encode() + bytes(range(256)),
    "a film whose end tells": b"\0\0\0\x18ftypmp42" + bytes(200_000) + NUMBER.encode() + bytes(9),
    "heic": b"\0\0\0\x18ftypheic" + b"\0" + NUMBER.encode(),
    "text behind a photo": picture() + NUMBER.encode(),
    "a part of a PNG that is not read": png_with(b"prVt", NUMBER.encode()),
    "a wide comment": segment(0xFE, NUMBER.encode("utf-16-le")),
    "a mail": MAIL + base64.b64encode(f"电话{NUMBER}".encode()),
    "a printed mail": b"Subject: a\n\n" + each("=3{}").encode(),
    "a page": f"<p>{each('&#{1};')}</p><script src='https://www.gov.cn/a.js'></script>".encode(),
    "a drawing with blanks": b"<svg><text>138&#160;0000&#xAD; 0123</text></svg>",
    "a drawing": b"<svg><text>138<tspan x='9'>0000</tspan><tspan x='20'>0123</tspan></text></svg>",
    **{
        name: archive(
            {"word/document.xml": f"<w:p>{PARTS[0]}{begin}{PARTS[1]}{end}{PARTS[2]}</w:p>"}
        )
        for name, (begin, end) in CHANGED.items()
    },
    "in a document": archive({"word/media/image1.emf": b"\1\0\0\0" + NUMBER.encode("utf-16-le")}),
}


@pytest.mark.parametrize("name", STAYS)
def test_a_number_in_what_stays_is_told(name, tmp_path):
    (tmp_path / "材料").write_bytes(STAYS[name])
    found = {(p.rule, p.severity) for p in evidence.problems(Folder(tmp_path), "材料")}
    assert ("FZ501", "错误") in found
    assert found <= {("FZ501", "错误"), ("FZ507", "警告")}
