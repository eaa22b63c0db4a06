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
_NO_LETTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")
_NUMBERS = re.compile(rb"[\dXx ./()+_-]{11,}")
_BEHIND = "图片后面还有别的内容，或者里面有不认得的部分"
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
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


def beside_pixels(file: BinaryIO) -> Iterator[Piece]:
    """Whatever a picture holds beside its pixels, as each text that it may be.

    Among the pixels only numbers are looked for: chance does not make them. Raises Unreadable where
    not every part is known.
    """
    file.seek(0)
    data = file.read()
    read = {b"\xff": _jpeg_parts, b"\x89": _png_parts, b"R": _webp_parts}.get(data[:1])
    if read is None:
        raise Unreadable("不是 JPEG、PNG、WebP")
    yield from _of_whom(file, data)
    for part in [*read(data), *_NUMBERS.findall(data)]:
        texts = [loose(part), part.decode("utf-8", "replace")]
        wide = ((at, order) for at in (0, 1) for order in ("utf-16-le", "utf-16-be"))
        texts += [part[at:].decode(order, "replace") for at, order in wide]
        for text in texts:
            yield Piece("图片的其他信息", _NO_LETTERS.sub("\n字\n", text))


def _of_whom(file: BinaryIO, data: bytes) -> Iterator[Piece]:
    """Who made a picture. Raises Unreadable where it keeps the place, or what only its camera reads."""
    exif = opened(file).getexif()
    held = exif.get_ifd(ExifTags.IFD.Exif)
    if exif.get_ifd(ExifTags.IFD.GPSInfo) or _PLACE.search(data):
        raise Unreadable("照片里记着拍摄的地点")
    if ExifTags.Base.MakerNote in held or data.count(b"Exif\0\0") > 1:
        raise Unreadable("照片里有只有相机认得的内容")
    values = [exif.get(tag, "") for tag in _AUTHORS] + [held.get(tag, "") for tag in _AUTHORS]
    names = [
        _decoded(v, is_wide=isinstance(v, bytes)) for v in values if isinstance(v, str | bytes)
    ]
    names += [loose(match[1] or match[2]) for match in _CREATOR.finditer(data)]
    names += [loose(data[m.end() : m.end() + m[0][-1]]) for m in _BYLINE.finditer(data)]
    yield from (Piece("照片的作者", f"姓名：{name.strip(chr(0))}") for name in names)


_AUTHORS = (0x013B, 0x9C9D, 0xA430)  # Artist, XPAuthor, CameraOwnerName
_PLACE = re.compile(rb"exif:GPS|GPSL(?:at|ong)itude")
_CREATOR = re.compile(
    rb"creator>\s*<rdf:\w+>\s*<rdf:li[^<>]*>([^<>]*)<|tEXtAuthor\0([^\0\r\n]{1,64}?)(?=.{4}\0\0)",
    re.DOTALL,
)
_BYLINE = re.compile(rb"\x1c\x02[\x50\x7a]\0.", re.DOTALL)  # of IPTC, and how long it is
_CODED = re.compile(rb"[\x00-\x08\x0e-\x1f]|[0-9A-Za-z+/=]{16,}")


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    at = 2
    while (head := data[at : at + 2]) != b"\xff\xd9":
        if len(head) < 2 or head[0] != 0xFF or not (0xC0 <= head[1] < 0xF0 or head[1] == 0xFE):
            raise Unreadable(_BEHIND)
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if head[1] == 0xFE and _CODED.search(data[at + 4 : end].rstrip(b"\0")):
            raise Unreadable(_BEHIND)
        yield data[at + 4 : end]
        if head[1] == 0xDA:
            found = _SCAN_END.search(data, end)
            end = found.start() if found else len(data)
        at = end
    if data[at + 2 :].strip(b"\0"):
        raise Unreadable(_BEHIND)


def _png_parts(data: bytes) -> Iterator[bytes]:
    at, pixels, allowance = 8, zlib.decompressobj(), Allowance(8 * MAX_PIXELS)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data.ljust(at + 8, b"\0"), at)
        part = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IDAT":
            while part:
                allowance.take(len(pixels.decompress(part, MAX_CHUNK)))
                part = pixels.unconsumed_tail
        elif kind not in _OF_PNG:
            raise Unreadable(_BEHIND)
        else:
            yield part
            if kind == b"iCCP":
                yield _inflated(part.partition(b"\0")[2][1:])
    if at != len(data) or not pixels.eof or pixels.unused_data:
        raise Unreadable(_BEHIND)


def _webp_parts(data: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in _OF_WEBP:
            raise Unreadable(_BEHIND)
        if kind not in (b"VP8 ", b"VP8L", b"ALPH"):
            yield data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    if at != len(data) or int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise Unreadable(_BEHIND)


_OF_PNG = frozenset(
    b"IHDR PLTE IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT tIME tEXt zTXt iTXt eXIf".split()
)
_OF_WEBP = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"EXIF", b"XMP ")
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
            text = _decoded(value, is_wide=name.startswith("XP"))
            yield Piece(f"照片的 EXIF {_TAGS.get(name, name or '其他信息')}", text)


def _decoded(value: str | bytes, *, is_wide: bool) -> str:
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
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        _language, translated, rest = (*rest.split(b"\0", 2), b"", b"")[:3]
        rest = translated + b"\n" + (_inflated(rest) if packed else rest)
    text = loose(rest)
    return f"{loose(key)}\n{markup(text) if '<' in text else text}"


def _inflated(data: bytes) -> bytes:
    packed = zlib.decompressobj()
    try:
        text = packed.decompress(data, MAX_CHUNK)
    except zlib.error:
        raise Unreadable("图片的文字说明不完整") from None
    if packed.unconsumed_tail or packed.unused_data:
        raise Unreadable("展开以后太大")
    return text
