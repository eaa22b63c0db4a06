"""Of what leaves, nothing is read by half: what can be read whole leaves, all else is told."""

import base64
import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image, ImageCms
from pypdf import PdfWriter

from fazhi.sources import evidence
from fazhi.sources.tree import Folder
from tests.support.carriers import (
    CARRIERS,
    NUMBER,
    TAG,
    archive,
    chunk,
    docx,
    exif,
    pdf,
    picture,
    png_text,
    png_with,
    segment,
)


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
    "text behind what is read": b" " * 5_000_000 + NUMBER.encode(),
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
    "a drawing whose style is elsewhere": b"<svg xmlns='http://www.w3.org/2000/svg'><style>"
    b"@import url('https://evil.example/a.css');</style></svg>",
    "a drawing whose paint is elsewhere": b"<svg xmlns='http://www.w3.org/2000/svg'>"
    b"<path fill='url(//evil.example/a.svg#b)'/></svg>",
    "a drawing that reads backwards": b"<svg xmlns='http://www.w3.org/2000/svg'>"
    b"<text unicode-bidi='bidi-override'>1</text></svg>",
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
