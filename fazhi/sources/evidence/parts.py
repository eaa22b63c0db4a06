"""What a picture that leaves holds beside its pixels, part by part: each is of a known kind."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from itertools import product
from typing import BinaryIO

from PIL import ExifTags, ImageCms

from fazhi.sources.evidence import images
from fazhi.sources.evidence.leaving import readings
from fazhi.sources.evidence.pieces import Allowance, Piece, Unreadable, numbers

_NO_LETTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")
_BEHIND = "图片后面还有别的内容，或者里面有不认得的部分"
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


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
    for part in read(data):
        yield from _among_bytes(part)
    yield Piece("图片的像素里", numbers(data))
    if profile := images.opened(file).info.get("icc_profile"):
        try:
            ImageCms.ImageCmsProfile(io.BytesIO(profile))
        except (ImageCms.PyCMSError, OSError):
            raise Unreadable("图片的颜色描述不完整") from None


def _among_bytes(data: bytes) -> Iterator[Piece]:
    """Bytes as each text that they may be."""
    texts = [images.loose(data), data.decode("utf-8", "replace")]
    for step in (2, 4):
        for at, order in product(range(step), ("le", "be")):
            texts.append(data[at:].decode(f"utf-{step * 8}-{order}", "replace"))
    texts += readings(texts[0], "")
    for text in dict.fromkeys(texts):
        yield Piece("图片的其他信息", _NO_LETTERS.sub("\n字\n", text))


def _of_whom(file: BinaryIO, data: bytes) -> Iterator[Piece]:
    """Who made a picture. Raises Unreadable where it keeps the place, or what only its camera reads."""
    exif = images.opened(file).getexif()
    held = exif.get_ifd(ExifTags.IFD.Exif)
    if exif.get_ifd(ExifTags.IFD.GPSInfo) or _PLACE.search(data):
        raise Unreadable("照片里记着拍摄的地点")
    if ExifTags.Base.MakerNote in held or data.count(b"Exif\0\0") > 1:
        raise Unreadable("照片里有只有相机认得的内容")
    if any(_is_opaque(tag, value) for tag, value in (*exif.items(), *held.items())):
        raise Unreadable("照片的 EXIF 里有不是文字的内容")
    values = [exif.get(tag, "") for tag in _AUTHORS] + [held.get(tag, "") for tag in _AUTHORS]
    names = [
        images.decoded(v, is_wide=isinstance(v, bytes))
        for v in values
        if isinstance(v, str | bytes)
    ]
    names += [images.loose(match[1] or match[2]) for match in _CREATOR.finditer(data)]
    names += [images.loose(data[m.end() : m.end() + m[0][-1]]) for m in _BYLINE.finditer(data)]
    yield from (Piece("照片的作者", f"姓名：{name.strip(chr(0))}") for name in names)


def _is_opaque(tag: int, value: object) -> bool:
    """Whether a value of EXIF is long, and neither a text nor a few numbers."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes) or value.startswith(b"UNICODE\0") or tag in _WIDE:
        return isinstance(value, tuple) and len(value) > FEW
    return len(value) > FEW and _CONTROL.search(value) is not None


FEW = 10
_WIDE = range(0x9C9B, 0x9CA0)  # the tags of Windows
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_AUTHORS = (0x013B, 0x9C9D, 0xA430)  # Artist, XPAuthor, CameraOwnerName
_PLACE = re.compile(rb"exif:GPS|GPSL(?:at|ong)itude")
_CREATOR = re.compile(
    rb"creator>\s*<rdf:\w+>\s*<rdf:li[^<>]*>([^<>]*)<"
    rb"|(?:tEXtAuthor\0|iTXtAuthor\0\0\0[^\0]*\0[^\0]*\0)([^\0\r\n]{1,64}?)(?=.{4}\0\0)",
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
        part = data[at + 4 : end]
        is_coded = head[1] == 0xFE and _CODED.search(part.rstrip(b"\0"))
        if is_coded or (0xE0 <= head[1] < 0xF0 and not part.startswith(_OF_JPEG)):
            raise Unreadable(_BEHIND)
        yield part
        if head[1] == 0xDA:
            found = _SCAN_END.search(data, end)
            end = found.start() if found else len(data)
        at = end
    if data[at + 2 :].strip(b"\0"):
        raise Unreadable(_BEHIND)


def _png_parts(data: bytes) -> Iterator[bytes]:
    at, pixels, allowance = 8, zlib.decompressobj(), Allowance(_pixel_bytes(data[16:29]))
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data.ljust(at + 8, b"\0"), at)
        part = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IDAT":
            while part:
                allowance.take(len(pixels.decompress(part, images.MAX_CHUNK)))
                part = pixels.unconsumed_tail
        elif kind not in _OF_PNG:
            raise Unreadable(_BEHIND)
        else:
            yield part
            if kind == b"iCCP":
                yield images.inflated(part.partition(b"\0")[2][1:])
    if at != len(data) or not pixels.eof or pixels.unused_data:
        raise Unreadable(_BEHIND)


def _pixel_bytes(head: bytes) -> int:
    """How many bytes the pixels of a PNG are, unpacked."""
    width, height, depth, colours, _, _, is_interlaced = struct.unpack(">IIBBBBB", head)
    bits = depth * {2: 3, 4: 2, 6: 4}.get(colours, 1)
    sizes = [
        (-((x - width) // across), -((y - height) // down))
        for x, y, across, down in (_ADAM7 if is_interlaced else _AT_ONCE)
    ]
    return sum(rows * (1 + -(-columns * bits // 8)) for columns, rows in sizes if columns > 0)


_ADAM7 = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
]
_AT_ONCE = [(0, 0, 1, 1)]


def _webp_parts(data: bytes) -> Iterator[bytes]:
    at, seen = 12, set[bytes]()
    while at < len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        is_known = b"VP8X" in seen or kind in _OF_WEBP[:3]
        if kind not in _OF_WEBP or kind in seen or not is_known:
            raise Unreadable(_BEHIND)
        seen.add(kind)
        if kind not in (b"VP8 ", b"VP8L", b"ALPH"):
            yield data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    if at != len(data) or int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise Unreadable(_BEHIND)


_OF_JPEG = (
    *(b"JFIF\0", b"JFXX\0", b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0"),
    *(b"Photoshop 3.0\0", b"Adobe", b"Ducky"),
)
"""What programs write beside the pixels; JFXX may be a small picture, which is searched as bytes."""
_OF_PNG = frozenset(
    b"IHDR PLTE IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs tIME tEXt zTXt iTXt eXIf".split()
)
_OF_WEBP = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"EXIF", b"XMP ")
