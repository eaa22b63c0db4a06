"""The texts of a PDF, its properties and comments, and the files that are attached to it."""

import logging
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from fazhi.sources.evidence.pieces import Allowance, Piece, Unreadable, markup

MAX_BYTES = 20_000_000
MAX_PAGES = 60
MAX_STREAM = 10_000_000
MAX_OPERATIONS = 1_000_000
"""Of drawing, on all pages together. A form, which may draw a form that draws a form, is a hundred."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is reported by us

_NAMES = {"/Author": "作者", "/Title": "标题", "/Subject": "主题", "/Keywords": "关键词"}


def pieces(file: BinaryIO, allowance: Allowance) -> Iterator[Piece]:
    """The texts of a PDF, of its first pages where it has many, and the files attached to it. Raises
    Unreadable, after what could be read."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(f"PDF 超过 {MAX_BYTES / 1e6:.0f} MB")
    file.seek(0)
    found: list[Piece] = []
    trouble = None
    with apply_configuration(
        zlib_maximum_output_length=MAX_STREAM,
        lzw_maximum_output_length=MAX_STREAM,
        run_length_maximum_output_length=MAX_STREAM,
        array_based_stream_maximum_output_length=MAX_STREAM,
        stream_decoding_work_maximum_length=2 * MAX_STREAM,
        stream_parsing_work_maximum_count=MAX_OPERATIONS,
        disable_legacy_handling=True,
    ):
        try:
            reader = PdfReader(file)
            if reader.is_encrypted:
                raise Unreadable("设了密码")
            for texts in (_properties(reader), _attached(reader, allowance), _pages(reader)):
                found.extend(texts)
            if len(reader.pages) > MAX_PAGES:
                raise Unreadable(f"PDF 超过 {MAX_PAGES} 页")
        except Unreadable as error:
            trouble = error
        except Exception:  # pypdf raises whatever a part that is not as it should be leads it to
            trouble = Unreadable("PDF 不完整")
    yield from found
    if trouble:
        raise trouble


def _properties(reader: PdfReader) -> Iterator[Piece]:
    for key, value in (reader.metadata or {}).items():
        yield Piece(f"PDF 的属性“{_NAMES.get(key, key.removeprefix('/'))}”", str(value))
    root = reader.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    metadata = root["/Metadata"].get_object() if "/Metadata" in root else None
    if isinstance(metadata, StreamObject):
        yield Piece("PDF 的 XMP 信息", markup(metadata.get_data()))
    for fields in (reader.get_fields() or {}).values():
        yield Piece("PDF 的表单", f"{fields.get('/T', '')}\n{fields.get('/V', '')}")
    yield Piece("PDF 的书签", "\n".join(_titles(reader.outline)))


def _attached(reader: PdfReader, allowance: Allowance) -> Iterator[Piece]:
    for name, contents in reader.attachments.items():
        yield Piece("PDF 附件的名称", name)
        for data in contents:
            allowance.take(len(data))
            yield Piece("PDF 的附件", inner=data)


def _titles(outline: object) -> Iterator[str]:
    for item in outline if isinstance(outline, list) else ():
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(getattr(item, "title", ""))


def _pages(reader: PdfReader) -> Iterator[Piece]:
    left = MAX_OPERATIONS

    def bounded(operator: bytes, *_: object) -> None:
        nonlocal left
        left -= 100 if operator == b"Do" else 1
        if left < 0:
            raise Unreadable("内容太多")

    for number, page in enumerate(reader.pages[:MAX_PAGES], 1):
        yield Piece(f"第 {number} 页", page.extract_text(visitor_operand_before=bounded))
        notes = page.get("/Annots")
        listed = notes.get_object() if isinstance(notes, IndirectObject) else notes
        for note in listed if isinstance(listed, ArrayObject) else ():
            held = note.get_object()
            if isinstance(held, DictionaryObject):
                texts = [str(held[key]) for key in ("/Contents", "/T", "/RC") if key in held]
                link = held.get("/A")
                if isinstance(link, DictionaryObject) and "/URI" in link:
                    texts.append(str(link["/URI"]))
                yield Piece(f"第 {number} 页的批注", "\n".join(texts))
