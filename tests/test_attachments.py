"""What a file says besides what one sees of it is found, at its place in words, and bounded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from fazhi import attachments
from fazhi.attachments import Unreadable, pieces
from tests.carriers import CARRIERS, archive, docx, pdf, picture, png_text

NUMBER = "13800000123"


@pytest.mark.parametrize("name", CARRIERS)
def test_finds_a_number_once_and_says_where(name: str, tmp_path: Path) -> None:
    suffix, place, made = CARRIERS[name]
    file = tmp_path / f"材料.{suffix}"
    file.write_bytes(made(NUMBER))
    found = list(attachments.problems(file, file.name))
    assert [problem.rule for problem in found] == ["FZ501"]
    assert found[0].message == f"{place}有手机号 138*****123"
    file.write_bytes(made("没有电话")) if name not in ("xlsx number", "xlsx hidden sheet") else None
    assert NUMBER not in str(found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空的.docx", b""),
        ("声音.mp3", b"ID3\0\0\0" + bytes(range(256)) * 20),
        ("旧的.doc", b"\xd0\xcf\x11\xe0" + bytes(2000)),
        ("照片.jpg", picture()),
        ("照片.png", picture("PNG")),
        ("纪要.docx", docx("", "")),
        ("扫描.pdf", pdf("", "")),
    ],
)
def test_what_says_nothing_is_no_problem(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert list(attachments.problems(tmp_path / name, name)) == []


def locked() -> bytes:
    whole = bytearray(archive({"a.xml": "<a/>"}))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def many_pixels() -> bytes:
    """A PNG of a few kilobytes that says it is 30000 × 30000 pixels large."""
    whole = bytearray(picture("PNG"))
    whole[16:24] = (30_000).to_bytes(4, "big") * 2
    return bytes(whole)


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("word/document.xml", b" " * 70_000_000)
    return made.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "13800000123">]><a>&b;</a>'
UNREADABLE = {
    "half a photo": (picture()[:10], "照片的文件不完整"),
    "half a document": (docx("", "")[:3000], "文件不完整"),
    "half a PDF": (b"%PDF-1.7\n1 0 obj", "PDF 不完整"),
    "a locked archive": (locked(), "设了密码"),
    "a bomb": (bomb(), "展开以后太大"),
    "many parts": (archive({f"{n}.txt": "" for n in range(2100)}), "展开以后太大"),
    "many pixels": (many_pixels(), "万像素"),
    "entities": (archive({"word/document.xml": ENTITIES}), "外部实体"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_searched_is_told(name: str, tmp_path: Path) -> None:
    content, reason = UNREADABLE[name]
    (tmp_path / "材料").write_bytes(content)
    (problem,) = attachments.problems(tmp_path / "材料", "材料")
    assert problem.rule == "FZ507"
    assert reason in problem.message


def test_a_locked_pdf_is_told() -> None:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    writer = PdfWriter(PdfReader(io.BytesIO(pdf("", ""))))
    writer.encrypt("密码", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(Unreadable, match="密码"):
        list(pieces(made))


def test_a_packed_text_of_a_png_is_read_only_so_far() -> None:
    import zlib  # noqa: PLC0415

    packed = zlib.compress(b"1" * 50_000_000)
    said = pieces(io.BytesIO(png_text(b"zTXt", b"Comment\0\0" + packed)))
    assert sum(len(piece.text) for piece in said) < 2_000_000


def test_no_pixel_of_a_photo_is_read(tmp_path: Path) -> None:
    """Cut off behind its header, a photo is searched all the same."""
    suffix, _, made = CARRIERS["exif description"]
    whole = made(NUMBER)
    (tmp_path / f"a.{suffix}").write_bytes(whole[: whole.index(b"\xff\xda") + 40])
    found = list(attachments.problems(tmp_path / f"a.{suffix}", "a"))
    assert [problem.rule for problem in found] == ["FZ501"]
    assert Image.open(tmp_path / f"a.{suffix}").size == (60, 40)
