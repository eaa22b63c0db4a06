"""The texts in the header of a photo: EXIF, XMP, IPTC, comments, those of a PNG. No pixel is read."""

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from PIL import ExifTags, Image

from fazhi.sources.evidence.pieces import Allowance, Piece, Unreadable, markup

MAX_PIXELS = 60_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # past it Pillow warns, which `opened` takes for an error
MAX_CHUNK = 1_000_000
MAX_TEXTS = 5_000_000  # bytes of the texts of one PNG, unpacked
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
"""As Pillow opens them: what some telephones write, a JPEG with a second picture behind it, is a JPEG,
and MPO once it is open."""
BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError, struct.error)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def opened(file: BinaryIO) -> Image.Image:
    """The picture, of which only the header has been read. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable(f"照片超过 {MAX_PIXELS // 10_000} 万像素") from None
    except (*BROKEN, Warning):
        raise Unreadable("照片的文件不完整") from None


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """Every text in the header. Raises Unreadable."""
    image = opened(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = [*_exif(image.getexif()), *_segments(image)]
        if image.format == "PNG":
            found += _png(file, Allowance(MAX_TEXTS))
    except BROKEN:
        raise Unreadable("照片的信息不完整") from None
    yield from found


_TAGS = {
    "ImageDescription": "说明",
    "Artist": "作者",
    "Copyright": "版权",
    "UserComment": "备注",
    "XPTitle": "标题",
    "XPComment": "备注",
    "XPAuthor": "作者",
    "XPKeywords": "关键词",
    "XPSubject": "主题",
}


def _exif(exif: Image.Exif) -> Iterator[Piece]:
    held = dict(exif.items())
    for inner in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.Interop):
        held |= exif.get_ifd(inner)
    for tag, value in held.items():
        if isinstance(value, str | bytes):
            name = ExifTags.TAGS.get(tag, "")
            text = decoded(value, is_wide=name.startswith("XP"))
            yield Piece(f"照片的 EXIF {_TAGS.get(name, name or '其他信息')}", text)


def decoded(value: str | bytes, *, is_wide: bool) -> str:
    """A text as it was meant: EXIF has three ways of writing one, Pillow reads them as Latin-1."""
    data = value.encode("latin-1", "replace") if isinstance(value, str) else value[:MAX_CHUNK]
    if is_wide:
        return data.decode("utf-16-le", "replace")
    if data.startswith(b"UNICODE\0"):
        low, high = (data[8:].decode(e, "replace") for e in ("utf-16-le", "utf-16-be"))
        return f"{low}\n{high}"
    return loose(data.removeprefix(b"ASCII\0\0\0"))


def loose(data: bytes) -> str:
    """The text among other bytes, a line for each piece."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return _CONTROLS.sub("\n", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _CONTROLS.sub("\n", data.decode("latin-1"))


def _segments(image: Image.Image) -> Iterator[Piece]:
    """The texts in the segments of a JPEG, and in the chunks of a WebP or a GIF."""
    listed: list[tuple[str, bytes]] = list(getattr(image, "applist", ()))
    for kind, data in listed:
        if kind == "COM":
            yield Piece("照片的注释", loose(data))
        elif data.startswith((b"http://ns.adobe.com/xap", b"http://ns.adobe.com/xmp")):
            yield Piece("照片的 XMP 信息", markup(data.partition(b"\0")[2]))
        elif not data.startswith((b"Exif", b"JFIF", b"ICC_PROFILE", b"Adobe", b"MPF")):
            yield Piece("照片的 IPTC 信息", loose(data[:MAX_CHUNK]))
    if listed:
        return
    if isinstance(xmp := image.info.get("xmp"), bytes):
        yield Piece("照片的 XMP 信息", markup(xmp))
    if isinstance(comment := image.info.get("comment"), bytes):
        yield Piece("照片的注释", loose(comment))


def _png(file: BinaryIO, allowance: Allowance) -> Iterator[Piece]:
    """The texts of a PNG, behind the pixels too: Pillow decodes these, and keeps one text of a name."""
    file.seek(8)
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        end = file.tell() + length + 4
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            text = _png_text(kind, file.read(min(length, MAX_CHUNK)))
            allowance.take(len(text))
            yield Piece("图片的文字说明", text)
        file.seek(end)


def _png_text(kind: bytes, data: bytes) -> str:
    key, _, rest = data.partition(b"\0")
    if kind == b"zTXt":
        rest = _text_of(rest[1:])
    elif kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        _language, translated, rest = (*rest.split(b"\0", 2), b"", b"")[:3]
        rest = translated + b"\n" + (_text_of(rest) if packed else rest)
    text = loose(rest)
    return f"{loose(key)}\n{markup(text) if '<' in text else text}"


def _text_of(data: bytes) -> bytes:
    """What a packed text is unpacked to. Raises Unreadable of what is no text."""
    packed = zlib.decompressobj()
    try:
        text = packed.decompress(data, MAX_CHUNK)
    except zlib.error:
        raise Unreadable("图片的文字说明不完整") from None
    if packed.unconsumed_tail or packed.unused_data:
        raise Unreadable("展开以后太大")
    if re.search(rb"[\x00-\x08\x0e-\x1f]", text):
        raise Unreadable("图片的文字说明不是文字")
    return text
