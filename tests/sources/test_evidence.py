"""What a file says besides what one sees of it is found, at its place in words, and bounded."""

import base64
import io
import json
import struct
import zlib

import openpyxl
import pytest
from docx import Document
from PIL import ExifTags, Image, ImageCms
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from fazhi.sources import evidence
from fazhi.sources.evidence import Unreadable, pieces
from fazhi.sources.evidence.pieces import markup
from fazhi.sources.tree import Folder
from tests.support.carriers import (
    CARRIERS,
    TAG,
    archive,
    bomb,
    chunk,
    docx,
    exif,
    many_pixels,
    pdf,
    picture,
    png_text,
    png_with,
    segment,
)

NUMBER = "13800000123"


@pytest.mark.parametrize("name", CARRIERS)
def test_finds_a_number_once_and_says_where(name, tmp_path):
    suffix, place, made = CARRIERS[name]
    file = tmp_path / f"材料.{suffix}"
    file.write_bytes(made(NUMBER))
    found = list(evidence.problems(Folder(tmp_path), file.name))
    assert [problem.rule for problem in found] == ["FZ501"]
    assert found[0].message == f"{place}有手机号 138*****123"
    assert NUMBER not in str(found)


def in_excel(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def in_word(rows: list[list[str]]) -> bytes:
    document = Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        ("xlsx", in_excel),
        ("docx", in_word),
        ("csv", lambda rows: "\n".join(map(",".join, rows)).encode("gb18030")),
        ("txt", lambda rows: "\n".join(map("\t".join, rows)).encode()),
    ],
)
def test_what_heads_a_column_is_read_with_the_cells_of_a_file_that_stays(suffix, write, tmp_path):
    named = [["登记表", "", ""], ["村", "姓名", "身份证号"], ["东村", "王三", "110105491231002"]]
    counted = [["登记表", "", ""], ["村", "村民", "电话回访"], ["东村", "138", "1234"]]
    told = {"FZ501 表格里有姓名 **", "FZ501 表格里有身份证号 110*********002"}
    for rows, expected in ((named, told), (counted, set())):
        (tmp_path / f"a.{suffix}").write_bytes(write(rows))
        found = evidence.problems(Folder(tmp_path), f"a.{suffix}")
        assert {f"{problem.rule} {problem.message}" for problem in found} == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空的.docx", b""),
        ("声音.mp3", b"ID3\0\0\0" + bytes(range(256)) * 20),
        ("照片.jpg", picture()),
        ("照片.png", picture("PNG")),
        ("纪要.docx", in_word([["会议纪要"]])),
        ("扫描.pdf", pdf("", "")),
    ],
)
def test_what_says_nothing_is_no_problem(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert list(evidence.problems(Folder(tmp_path), name)) == []


def locked() -> bytes:
    whole = bytearray(archive({"a.xml": "<a/>"}))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def nested_bomb() -> bytes:
    """Four archives in one, none of which is too large by itself."""
    inner = archive({"a.bin": bytes(59_000_000)})
    return archive({f"{n}.zip": inner for n in range(4)})


def texts_behind(count: int) -> bytes:
    """A PNG with as many texts of a megabyte behind its pixels."""
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"1" * 1_000_000))
    whole = picture("PNG")
    at = whole.index(b"IEND") - 4
    return whole[:at] + text * count + whole[at:]


def drawn_again_and_again() -> bytes:
    """A PDF whose page draws a form a hundred times, that draws another a hundred times, and so on."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    drawn = writer._add_object(DecodedStreamObject())
    for _ in range(6):
        form = DecodedStreamObject()
        form.set_data(b"/X Do\n" * 100)
        form[NameObject("/Subtype")] = NameObject("/Form")
        names = DictionaryObject({NameObject("/X"): drawn})
        form[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
        drawn = writer._add_object(form)
    page[NameObject("/Contents")] = drawn
    page[NameObject("/Resources")] = form["/Resources"]
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "13800000123">]><a>&b;</a>'
UNREADABLE = {
    "half a photo": (picture()[:10], "照片的文件不完整"),
    "an old document": (b"\xd0\xcf\x11\xe0" + bytes(2000), "旧格式"),
    "a packed text": (zlib.compress(b"a", wbits=31), "旧格式"),
    "a packed text in an archive": (archive({"a.gz": zlib.compress(b"a", wbits=31)}), "旧格式"),
    "a text of two bytes a letter": ("联系电话".encode("utf-16-le") + b"a\0", "旧格式"),
    "a text in letters": (b"begin 644 a.txt\n+,3,X\n`\nend\n", "编了码"),
    "a text with entities": (b"<!DOCTYPE a [<!ENTITY b '1380000'>]><a>&b;0123</a>", "编了码"),
    "a picture in a text": (base64.encodebytes(picture()), "编了码"),
    "half a document": (docx("", "")[:3000], "文件不完整"),
    "half a PDF": (b"%PDF-1.7\n1 0 obj", "PDF 不完整"),
    "a locked archive": (locked(), "设了密码"),
    "a bomb": (bomb(), "展开以后太大"),
    "a bomb in parts": (nested_bomb(), "展开以后太大"),
    "texts behind a picture": (texts_behind(8), "展开以后太大"),
    "a long text of a picture": (
        png_text(b"zTXt", b"Comment\0\0" + zlib.compress(b"1" * 5_000_000)),
        "照片的文件不完整",
    ),
    "a page drawn again and again": (drawn_again_and_again(), "内容太多"),
    "many parts": (archive({f"{n}.txt": "" for n in range(2100)}), "展开以后太大"),
    "many pixels": (many_pixels(30_000), "万像素"),
    "entities": (archive({"word/document.xml": ENTITIES}), "外部实体"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_searched_is_told(name, tmp_path):
    content, reason = UNREADABLE[name]
    (tmp_path / "材料").write_bytes(content)
    (problem,) = evidence.problems(Folder(tmp_path), "材料")
    assert problem.rule == "FZ507"
    assert reason in problem.message


def many_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(61):
        writer.add_blank_page(300, 200)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def between(data: bytes) -> bytes:
    """A zip with something between its parts and its directory, which says where that begins."""
    whole = archive({"a.txt": ""})
    end = whole.rindex(b"PK\5\6")
    at = int.from_bytes(whole[end + 16 : end + 20], "little")
    moved = (at + len(data)).to_bytes(4, "little")
    return whole[:at] + data + whole[at : end + 16] + moved + whole[end + 20 :]


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
    "a number down a column": ("csv", "电话\n138\n0000\n0123\n"),
    "a table on its side": ("csv", "姓名,王三\n性别,男\n"),
    "a hexadecimal number": ("txt", f"a = {int(NUMBER):#x}"),
    "base64 in base64": ("txt", base64.b64encode(base64.b64encode(NUMBER.encode())).decode()),
    "base64 in a script": ("txt", 'atob("MTM4MDAwMDAxMjM=")'),
    "escapes in a style": ("css", 'a::after { content: "' + each(r"\3{} ") + '" }'),
    "long escapes in a style": ("css", 'a::after { content: "' + each(r"\00003{}") + '" }'),
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


PACKED = archive({"a.txt": NUMBER})
CANNOT_LEAVE = {
    "a drawing with a photo": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='a.jpg'/></svg>",
    "a table": b"<Workbook/>",
    "a style from behind": f'a::after {{ unicode-bidi: isolate-override; content: "{NUMBER[::-1]}" }}'.encode(),
    "what is shown from behind": f"\u202e{NUMBER[::-1]}".encode(),
    "a page called XML": b"<html xmlns='http://www.w3.org/1999/xhtml'><img src='https://evil.example/a'/></html>",
    "utf-16 without a mark": NUMBER.encode("utf-16-le"),
    "utf-16 of Chinese alone": "一三八一二三四五六七八".encode("utf-16-le"),
    "utf-32": NUMBER.encode("utf-32"),
    "gbk": f"联系电话{NUMBER}".encode("gbk"),
    "text with a control": f"联系\0{NUMBER}".encode(),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "heic": b"\0\0\0\x18ftypheic" + bytes(20),
    "avif": b"\0\0\0\x1cftypavif" + bytes(20),
    "bigtiff": b"II+\0\x08\0\0\0" + bytes(20),
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
    "icon": b"\0\0\1\0" + bytes(20),
    "gzip": zlib.compress(NUMBER.encode(), wbits=31),
    "bzip2": b"BZh91AY&SY" + bytes(20),
    "xz": b"\xfd7zXZ\0" + bytes(20),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(20),
    "rar": b"Rar!\x1a\x07\x01\0" + bytes(20),
    "tar": b"a.txt".ljust(512, b"\0") + NUMBER.encode().ljust(512, b"\0"),
    "tar of a long name": b"a" * 5000 + bytes(512),
    "a font": b"wOF2\0\1\0\0" + bytes(20),
    "sound": b"ID3\0\0\0" + bytes(range(256)),
    "a database": b"SQLite format 3\0" + bytes(20),
    "rtf": rb"{\rtf1\ansi 138{\b 0000}0123}",
    "mail": b"Subject: a\nContent-Transfer-Encoding: base64\n\nMTM4MDAwMDAxMjM=\n",
    "a drawing with a picture": b"<svg><image href='data:image/jpeg;base64,MTM4'/></svg>",
    "a PDF behind a line": b"a\n" + pdf(NUMBER, "body"),
    "a zip behind a prefix": b"MZ" * 20 + PACKED,
    "a zip behind a text": b"a\n" + PACKED,
    "a zip behind a photo": picture() + PACKED,
    "a zip behind a zip": PACKED + archive({"b.txt": ""}),
    "a GIF": picture("GIF"),
    "a drawing with entities": b'<!DOCTYPE svg [<!ENTITY a "1380000">]><svg><text>&a;0123</text></svg>',
    "text behind a zip": archive({"a.txt": ""}) + NUMBER.encode(),
    "text behind a PDF": pdf("", "") + NUMBER.encode(),
    "text behind what is read": b"a" * 5_000_000 + NUMBER.encode(),
    "a PDF of many pages": many_pages(),
    "a document": docx("", ""),
    "a workbook": CARRIERS["xlsx comment"][2](""),
    "an archive": archive({"a.txt": ""}),
    "an archive with bytes between": between(NUMBER.encode()),
    "a PDF": pdf("", "body"),
    "a packed address": b"<svg><image href='data:image/png; BASE%36%34 ,MTM4'/></svg>",
    "a drawing in seven bits": b"<?xml version='1.0' encoding='UTF-7'?><svg/>",
    "a mail with a blank": b"Content-Transfer-Encoding : quoted-printable\n\n=31",
    "shifted letters": b"\x1b$B#1#3#8",
    "escapes without end": b"&" + b"amp;" * 20 + b"#49;",
    "a moving WebP": picture("WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))]),
    "base64 of an archive": base64.b64encode(zlib.compress(NUMBER.encode(), wbits=31)),
    "base64 of a packed text": b"a = '" + base64.b64encode(zlib.compress(NUMBER.encode())) + b"'",
    "base64 of a picture": b'{"a": "' + base64.b64encode(exif(NUMBER, TAG.Model)) + b'"}',
    "base64 of who knows": base64.b64encode(bytes(range(128, 256))),
    "a card of a person": "BEGIN:VCARD\nN:王;小三\nEND:VCARD".encode(),
    "letters of a tag": "".join(chr(0xE0000 + ord(digit)) for digit in NUMBER).encode(),
    "a text packed twice": png_text(b"zTXt", b"a\0\0" + zlib.compress(zlib.compress(b"a"))),
    "a wide text packed": png_text(b"zTXt", b"a\0\0" + zlib.compress("a".encode("utf-32-le"))),
    "a drawing with a script": b"<svg><script>alert(1)</script></svg>",
    "a drawing that calls": b"<svg onload='alert(1)'/>",
    "a drawing with an address": b"<svg><image href='https://evil.example/a.png'/></svg>",
    "a style from elsewhere": b'@import "https://evil.example/a.css";',
    "a style from wherever the page is": b"@import url(//evil.example/a.css);",
    "a picture from elsewhere": rb"a { background: url('\68ttps://evil.example/a.png') }",
    "a definition from elsewhere": b'<!DOCTYPE svg SYSTEM "http://evil.example/a.dtd"><svg/>',
    "a sheet from elsewhere": b'<?xml-stylesheet href="http://evil.example/a.xsl"?><a/>',
    "a part from elsewhere": b'<a><xi:include href="http://evil.example/a.xml"/></a>',
    "a program from elsewhere": b'import "https://evil.example/a.js"',
    "data from elsewhere": b'fetch("https://evil.example/a")',
    "a picture of a set from elsewhere": b'a { background: image-set("//evil.example/a.png" 1x) }',
    "a page in a drawing": b"<svg><foreignObject><iframe src='a'/></foreignObject></svg>",
    "text behind a packed text": png_with(b"zTXt", b"a\0\0" + zlib.compress(b"a") + b"b"),
}


def named(data: bytes) -> str:
    """What a file is called that would pass by its name."""
    is_photo = data.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF", b"GIF8", b"II*", b"MM"))
    return (
        "a.jpg"
        if is_photo
        else "a.svg"
        if b"<svg" in data
        else "a.xml"
        if data[:1] == b"<"
        else "a.css"
    )


@pytest.mark.parametrize("name", CANNOT_LEAVE)
def test_what_is_not_read_whole_does_not_leave(name, tmp_path):
    file = tmp_path / named(CANNOT_LEAVE[name])
    file.write_bytes(CANNOT_LEAVE[name])
    found = evidence.problems(Folder(tmp_path), file.name, leaves=True)
    (problem,) = (problem for problem in found if problem.rule == "FZ507")
    assert problem.severity == "错误"
    kept = evidence.problems(Folder(tmp_path), file.name)
    assert "错误" not in [told.severity for told in kept if told.rule != "FZ501"]


MAIL = b"Subject: a\nContent-Transfer-Encoding: base64\n\n"
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
    "in a document": archive({"word/media/image1.emf": b"\1\0\0\0" + NUMBER.encode("utf-16-le")}),
}


@pytest.mark.parametrize("name", STAYS)
def test_a_number_in_what_stays_is_told(name, tmp_path):
    (tmp_path / "材料").write_bytes(STAYS[name])
    found = {(p.rule, p.severity) for p in evidence.problems(Folder(tmp_path), "材料")}
    assert ("FZ501", "错误") in found
    assert found <= {("FZ501", "错误"), ("FZ507", "警告")}


def palette_of(colours: bytes) -> bytes:
    image = Image.new("P", (9, 9))
    image.putpalette(colours)
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def interlaced() -> bytes:
    """A PNG of 5 by 3 grey pixels in seven turns, each line behind the number of its filter."""
    turns = [(1, 1), (1, 1), (1, 1), (3, 1), (2, 2), (5, 1)]  # columns and rows
    lines = b"".join(bytes((1 + columns) * rows) for columns, rows in turns)
    head = struct.pack(">IIBBBBB", 5, 3, 8, 0, 0, 0, 1)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


SRGB = ImageCms.createProfile("sRGB")


def test_the_names_in_a_program_that_stays_are_nobodys(tmp_path):
    (tmp_path / "a.js").write_text("a = '<b>V: <i>Unsafe</i>Unpin88</b>'", encoding="utf-8")
    assert list(evidence.problems(Folder(tmp_path), "a.js")) == []
    assert list(evidence.problems(Folder(tmp_path), "a.js", leaves=True))


CAN_LEAVE = {
    "a drawing of an office program": b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:v='v'>"
    b"<v:documentProperties v:langID='2052'/><circle cx='234.47851234567891' cy='0.6228480402564890018'/></svg>",
    "a drawing with names for spaces": b'<!DOCTYPE svg [<!ENTITY s "http://a">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="&s;"/>',
    "nothing": b"",
    "text": "二〇二四年\r\n".encode(),
    "marked text": "标题,地点".encode("utf-8-sig"),
    "utf-16": "标题,地点".encode("utf-16"),
    "a long text with a cut letter": ("a" + "法" * 1_666_666).encode(),
    "a photo": picture(),
    "a grown photo": picture(progressive=True, exif=Image.Exif()),
    "a photo with a comment": segment(0xFE, b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v62)\n\0"),
    "a photo of a program": exif(b"Administrator", ExifTags.Base.Artist),
    "a drawing with a link": b"<svg xmlns='http://www.w3.org/2000/svg'><a href='https://www.gov.cn/'/></svg>",
    "a PNG": picture("PNG"),
    "a WebP": picture("WEBP"),
    "a photo with what a camera writes": exif("示例相机", ExifTags.Base.Model),
    "a picture with a profile": picture(
        "PNG", icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes()
    ),
    "a style": b"a { background: url('data:image/svg+xml,%3Csvg/%3E') } /* 100% \\201c */",
    "a drawing of a definition": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    "places along an axis": "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>".format(
        "".join(
            f"<text x='9'>{one}</text>"
            for one in ["高坪", "张家坝", "王家沟", "李家湾", "周一", "周末", "石坡"]
        )
    ).encode(),
    "a palette of greys": palette_of(
        b"".join(bytes([n]) * 3 for n in [*range(65, 91), *range(97, 123)])
    ),
    "a picture in turns": interlaced(),
    "sums": f"{'9f86D081884c7d659A2feaa0c55ad015' * 4}  甲.txt\n".lower().encode(),
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 138 123'><path d='M1.38 1234 5678 1.2-3.4z'/></svg>",
}


@pytest.mark.parametrize("name", CAN_LEAVE)
def test_what_is_read_whole_leaves(name, tmp_path):
    file = tmp_path / named(CAN_LEAVE[name])
    file.write_bytes(CAN_LEAVE[name])
    assert list(evidence.problems(Folder(tmp_path), file.name, leaves=True)) == []


@pytest.mark.parametrize("name", ["a.pdf", "a.ico", "a.woff2", "a.PNG", "a.xls", "a.svgz", "a.js"])
def test_what_is_called_otherwise_does_not_leave(name, tmp_path):
    (tmp_path / name).write_text("法治", encoding="utf-8")
    (problem,) = evidence.problems(Folder(tmp_path), name, leaves=True)
    assert problem.rule == "FZ507"


def test_a_locked_pdf_is_told():
    writer = PdfWriter(PdfReader(io.BytesIO(pdf("", ""))))
    writer.encrypt("密码", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(Unreadable, match="密码"):
        list(pieces(io.BytesIO(made.getvalue())))


@pytest.mark.parametrize(
    "repeated", ["<!--", "<", "a", "a ", 'a="', "&", "<a b=", "<!-- --", "%E4"]
)
def test_reading_markup_takes_no_longer_than_it_is_long(repeated):
    """What a regular expression would look at again and again: here it would take hours."""
    for end in ("", ">"):
        assert markup(f"<a {repeated * 500_000}{end} b")


@pytest.mark.parametrize("repeated", ["/*", "' ", "d='M", ",", " ", "<a", "0x3", "&#9", "9"])
def test_reading_what_leaves_takes_no_longer_than_it_is_long(repeated, tmp_path):
    (tmp_path / "a.css").write_text(f"&#{'9' * 5000}\n{repeated * 100_000}", encoding="utf-8")
    assert list(evidence.problems(Folder(tmp_path), "a.css", leaves=True)) == []


def test_no_pixel_of_a_photo_is_read(tmp_path):
    """Cut off behind its header, a photo is searched all the same."""
    suffix, _, made = CARRIERS["exif description"]
    whole = made(NUMBER)
    (tmp_path / f"a.{suffix}").write_bytes(whole[: whole.index(b"\xff\xda") + 40])
    found = list(evidence.problems(Folder(tmp_path), f"a.{suffix}"))
    assert [problem.rule for problem in found] == ["FZ501"]
    with Image.open(tmp_path / f"a.{suffix}") as photo:
        assert photo.size == (60, 40)
