"""What a file says besides what one sees of it is found, at its place in words, and bounded."""

import base64
import io
import zipfile
import zlib
from typing import Any

import openpyxl
import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from fazhi.sources import evidence
from fazhi.sources.evidence import Unreadable, pieces
from fazhi.sources.evidence.pieces import markup
from fazhi.sources.tree import Folder
from tests.support.carriers import (
    CARRIERS,
    NUMBER,
    archive,
    bomb,
    chunk,
    docx,
    many_pixels,
    pdf,
    picture,
    png_text,
)


@pytest.mark.parametrize("name", CARRIERS)
def test_finds_a_number_once_and_says_where(name, tmp_path):
    suffix, place, made = CARRIERS[name]
    file = tmp_path / f"材料.{suffix}"
    file.write_bytes(made(NUMBER))
    found = list(evidence.problems(Folder(tmp_path), file.name))
    assert [problem.rule for problem in found] == ["FZ501"]
    assert found[0].message == f"{place}有手机号 138*****123"
    assert NUMBER not in str(found)


def in_excel(rows: list[list[Any]]) -> bytes:
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
        ("csv", lambda rows: "\n".join(map(",".join, rows)).encode("utf-32")),
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


def test_a_sheet_leaves_out_what_is_empty_and_the_end_of_long_numbers(tmp_path):
    rows: list[list[Any]] = [
        ["登记表"],
        [None, "户主", "身份证号"],
        ["东村", "王小三", 500229198503210615],
    ]
    (tmp_path / "a.xlsx").write_bytes(in_excel(rows))
    found = evidence.problems(Folder(tmp_path), "a.xlsx")
    assert [problem.message for problem in found] == [
        "工作表有身份证号 5.0***************+17",
        "表格里有姓名 王*三",
        "表格里有身份证号 500************600",
    ]


def test_a_row_of_a_sheet_is_read_as_a_sentence(tmp_path):
    """Where no head says what its cells are."""
    (tmp_path / "a.xlsx").write_bytes(
        in_excel([["1", "王小三", "女", "48"], ["2", "合计", "3", "5"]])
    )
    found = evidence.problems(Folder(tmp_path), "a.xlsx")
    assert [problem.message for problem in found] == ["表格里有姓名 王*三"]


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


def broken_within(way: int) -> bytes:
    """A part of an archive that was packed in some way, with other bytes in the midst."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as held:
        held.writestr("a.xml", "<a/>" * 99)
    at = made.getvalue().index(b"a.xml") + 5
    return made.getvalue()[:at] + bytes(12) + made.getvalue()[at + 12 :]


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
    "a broken part by bzip2": (broken_within(zipfile.ZIP_BZIP2), "文件不完整"),
    "a broken part by LZMA": (broken_within(zipfile.ZIP_LZMA), "文件不完整"),
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
    "three in one another": (archive({"a": archive({"b": archive({"c": "字"})})}), "套得太深"),
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


@pytest.mark.parametrize(
    ("key", "value", "is_told"),
    [
        ("InstanceID", "QQ1234567890abcdefghij==", False),
        ("InstanceID", "13800000123", True),
        ("Label", "QQ1234567890abcdefghij==", True),
    ],
)
def test_the_random_names_of_a_document_are_nobodys_numbers(key, value, is_told, tmp_path):
    made = pdf(f"<xmpMM:{key}>{value}</xmpMM:{key}>", "xmp")
    (tmp_path / "a.pdf").write_bytes(made)
    assert bool([*evidence.problems(Folder(tmp_path), "a.pdf")]) == is_told


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
