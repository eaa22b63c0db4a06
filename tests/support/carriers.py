"""Files that carry a text where nobody looks: a maker for each place, by the words for the place."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

import openpyxl
from docx import Document
from openpyxl.comments import Comment
from PIL import ExifTags, Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

Carrier = Callable[[str], bytes]

NUMBER = "13800000123"
"""A telephone number, which no file may carry."""
SIZE = (60, 40)


def picture(form: str = "JPEG", **beside: object) -> bytes:
    """A small picture that is not of one colour."""
    image = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    made = io.BytesIO()
    image.save(made, form, **beside)
    return made.getvalue()


# JPEG


def exif(
    text: str | bytes | int | tuple[float, ...], tag: int, inner: int | None = None, wide: str = ""
) -> bytes:
    held = Image.Exif()
    value: object = text
    if wide and isinstance(text, str):
        value = (b"UNICODE\0" if tag == ExifTags.Base.UserComment else b"") + text.encode(wide)
    (held.get_ifd(inner) if inner else held)[tag] = value
    return picture(exif=held)


def segment(marker: int, data: bytes, whole: bytes = b"") -> bytes:
    """A JPEG with one more segment right at its beginning."""
    whole = whole or picture()
    return whole[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + whole[2:]


def xmp(text: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description><dc:description><rdf:li>'
        f"{text}</rdf:li></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def iptc(text: str) -> bytes:
    caption = text.encode()
    record = b"\x1c\x02\x78" + struct.pack(">H", len(caption)) + caption
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    return segment(0xED, b"Photoshop 3.0\0" + block)


# PNG


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png_text(kind: bytes, data: bytes, *, behind: bool = False) -> bytes:
    """A PNG with a chunk of text before its pixels, or behind them."""
    whole = picture("PNG")
    at = whole.index(b"IEND") - 4 if behind else whole.index(b"IDAT") - 4
    return whole[:at] + chunk(kind, data) + whole[at:]


def png_with(kind: bytes, data: bytes) -> bytes:
    """A PNG with one more part behind its head."""
    whole = picture("PNG")
    return whole[:33] + chunk(kind, data) + whole[33:]


def webp_with(kind: bytes, data: bytes) -> bytes:
    """A WebP with one more part at its end."""
    whole = picture("WEBP") + kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
    return whole[:4] + (len(whole) - 8).to_bytes(4, "little") + whole[8:]


def many_pixels(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is a large square."""
    whole = picture("PNG")
    head = chunk(b"IHDR", side.to_bytes(4, "big") * 2 + whole[24:29])
    return whole[:8] + head + whole[33:]


# Documents


@cache
def _document() -> bytes:
    """python-docx's own document without its styles: most of a megabyte, to be searched each time."""
    whole = io.BytesIO()
    Document().save(whole)
    with zipfile.ZipFile(whole) as parts:
        read = {name: parts.read(name) for name in parts.namelist()}
    for name in ("word/styles.xml", "word/stylesWithEffects.xml"):
        read[name] = read[name].partition(b"<w:docDefaults>")[0] + b"</w:styles>"
    return archive(read)


def docx(text: str, place: str) -> bytes:
    document = Document(io.BytesIO(_document()))
    paragraph = document.add_paragraph("会议纪要")
    match place:
        case "body":  # in two fonts, as Word likes to split what one typed
            paragraph.add_run(text[:5]).bold = True
            paragraph.add_run(text[5:])
        case "author":
            document.core_properties.author = text
        case "changer":
            document.core_properties.last_modified_by = text
        case "remarks":
            document.core_properties.comments = text
        case "header":
            document.sections[0].header.paragraphs[0].text = text
        case "comment":
            document.add_comment(paragraph.runs, text=text, author="某科")
        case "link":
            document.part.relate_to(f"tel:{text}", "urn:hyperlink", is_external=True)
        case "picture":
            photo = io.BytesIO(exif(text, ExifTags.Base.ImageDescription))
            document.add_picture(photo)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_part(whole: bytes, name: str, content: str) -> bytes:
    made = io.BytesIO(whole)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    # Packed in haste: bombs are many, and every worker makes them.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return made.getvalue()


@cache
def bomb() -> bytes:
    """A document of a few kilobytes that is 70 MB unpacked."""
    return archive({"word/document.xml": b" " * 70_000_000})


def xlsx(text: str, place: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "事项"
    match place:
        case "cell":
            sheet["B2"] = text
        case "number":
            sheet["B2"] = int(text)
        case "comment":
            sheet["B2"].comment = Comment(text, "某科")
        case "hidden":
            hidden = book.create_sheet("底稿")
            hidden.sheet_state = "hidden"
            hidden["A1"] = int(text)
        case "name":
            book.create_sheet(text)
        case "author":
            book.properties.creator = text
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def pptx(text: str) -> bytes:
    slide = f"<p:sld><a:p><a:r><a:t>{text[:6]}</a:t></a:r><a:r><a:t>{text[6:]}</a:t></a:r></a:p></p:sld>"
    return archive({"[Content_Types].xml": "<Types/>", "ppt/slides/slide1.xml": slide})


def odt(text: str, place: str) -> bytes:
    said = f"<text:p>{text[:4]}<text:span>{text[4:]}</text:span></text:p>"
    author = f"<meta:initial-creator>{text}</meta:initial-creator>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:text>{said if place == 'body' else ''}</office:text>",
            "meta.xml": f"<office:meta>{author if place == 'author' else ''}</office:meta>",
        }
    )


def pdf(text: str, place: str) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    match place:
        case "body":
            font = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
            font[NameObject("/Subtype")] = NameObject("/Type1")
            font[NameObject("/BaseFont")] = NameObject("/Helvetica")
            fonts = DictionaryObject({NameObject("/F1"): font})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
            page[NameObject("/Contents")] = stream
        case "author":
            writer.add_metadata({"/Author": text})
        case "note":
            writer.add_annotation(0, FreeText(text=text, rect=(20, 20, 200, 60)))
        case "attached":
            writer.add_attachment(f"{text}.txt", b"-")
        case "file":
            writer.add_attachment("a.txt", text.encode())
        case "bookmark":
            writer.add_outline_item(title=text, page_number=0)
        case "xmp":
            stream = DecodedStreamObject()
            stream.set_data(xmp(text))
            writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    assert isinstance(page, DictionaryObject)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


EXIF = ExifTags.IFD.Exif
TAG = ExifTags.Base

CARRIERS: dict[str, tuple[str, str, Carrier]] = {
    "exif description": ("jpg", "照片的 EXIF 说明", lambda t: exif(t, TAG.ImageDescription)),
    "exif artist": ("jpg", "照片的 EXIF 作者", lambda t: exif(t, TAG.Artist)),
    "exif copyright": ("jpg", "照片的 EXIF 版权", lambda t: exif(t, TAG.Copyright)),
    "exif comment": ("jpg", "照片的 EXIF 备注", lambda t: exif(t, TAG.UserComment, EXIF, "utf-16-le")),
    "exif of windows": ("jpg", "照片的 EXIF 备注", lambda t: exif(t, TAG.XPComment, None, "utf-16-le")),
    "exif of the camera": ("jpg", "照片的 EXIF BodySerialNumber", lambda t: exif(t, TAG.BodySerialNumber, EXIF)),
    "xmp": ("jpg", "照片的 XMP 信息", lambda t: segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(t))),
    "iptc": ("jpg", "照片的 IPTC 信息", iptc),
    "jpeg comment": ("jpg", "照片的注释", lambda t: segment(0xFE, t.encode())),
    "webp xmp": ("webp", "照片的 XMP 信息", lambda t: picture("WEBP", xmp=xmp(t))),
    "png text": ("png", "图片的文字说明", lambda t: png_text(b"tEXt", b"Comment\0" + t.encode())),
    "png packed text": ("png", "图片的文字说明", lambda t: png_text(b"zTXt", b"Comment\0\0" + zlib.compress(t.encode()))),
    "png text behind": ("png", "图片的文字说明", lambda t: png_text(b"iTXt", b"Comment\0\0\0zh\0\0" + t.encode(), behind=True)),
    "gif comment": ("gif", "照片的注释", lambda t: picture("GIF", comment=t.encode())),
    "docx body": ("docx", "正文", lambda t: docx(t, "body")),
    "docx author": ("docx", "文件属性“作者”", lambda t: docx(t, "author")),
    "docx changer": ("docx", "文件属性“修改者”", lambda t: docx(t, "changer")),
    "docx remarks": ("docx", "文件属性“备注”", lambda t: docx(t, "remarks")),
    "docx header": ("docx", "页眉页脚", lambda t: docx(t, "header")),
    "docx comment": ("docx", "批注", lambda t: docx(t, "comment")),
    "docx link": ("docx", "链接", lambda t: docx(t, "link")),
    "docx picture": ("docx", "里面的图片的照片的 EXIF 说明", lambda t: docx(t, "picture")),
    "docx property": ("docx", "自定义属性", lambda t: with_part(docx(t, ""), "docProps/custom.xml", f"<p><vt:lpwstr>{t}</vt:lpwstr></p>")),
    "docx part": ("docx", "里面的文件名", lambda t: with_part(docx(t, ""), f"word/{t}.bin", "-")),
    "xlsx cell": ("xlsx", "工作表", lambda t: xlsx(t, "cell")),
    "xlsx formula": ("xlsx", "表格里", lambda t: xlsx(f'="{t[:3]}"&"{t[3:]}"', "cell")),
    "xlsx number": ("xlsx", "工作表", lambda t: xlsx(t, "number")),
    "xlsx comment": ("xlsx", "批注", lambda t: xlsx(t, "comment")),
    "xlsx hidden sheet": ("xlsx", "隐藏的工作表", lambda t: xlsx(t, "hidden")),
    "xlsx sheet name": ("xlsx", "工作表的名称", lambda t: xlsx(t, "name")),
    "xlsx author": ("xlsx", "文件属性“作者”", lambda t: xlsx(t, "author")),
    "pptx": ("pptx", "正文", pptx),
    "odt body": ("odt", "正文", lambda t: odt(t, "body")),
    "odt author": ("odt", "文件属性“作者”", lambda t: odt(t, "author")),
    "pdf body": ("pdf", "第 1 页", lambda t: pdf(t, "body")),
    "pdf author": ("pdf", "PDF 的属性“作者”", lambda t: pdf(t, "author")),
    "pdf note": ("pdf", "第 1 页的批注", lambda t: pdf(t, "note")),
    "pdf attached": ("pdf", "PDF 附件的名称", lambda t: pdf(t, "attached")),
    "pdf file": ("pdf", "PDF 的附件的这里", lambda t: pdf(t, "file")),
    "pdf bookmark": ("pdf", "PDF 的书签", lambda t: pdf(t, "bookmark")),
    "pdf xmp": ("pdf", "PDF 的 XMP 信息", lambda t: pdf(t, "xmp")),
    "text": ("txt", "这里", lambda t: f"联系\n{t}\n".encode()),
    "gbk text": ("txt", "这里", lambda t: f"联系电话{t}".encode("gbk")),
    "utf-16 text": ("csv", "这里", lambda t: f"联系电话{t}".encode("utf-16")),
    "zip in a zip": ("zip", "里面的文件的里面的文件的这里", lambda t: archive({"a.zip": archive({"b.txt": t})})),
}  # fmt: skip
"""By a name: what such a file is called, the words for the place of its text, and its maker."""
