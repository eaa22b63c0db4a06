"""Pictures that are published: made anew from their pixels, so that nothing they carried goes along."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from fazhi.problems import reasons
from fazhi.sources.evidence import images
from fazhi.sources.evidence.leaving import PICTURES
from fazhi.sources.evidence.pieces import Unreadable
from fazhi.sources.tree import Tree

__all__ = ["Published", "Unreadable", "anew", "faults", "is_photo", "published", "unfit"]

MAX_BYTES = 20_000_000
LONG_SIDE = 1600  # pixels: what a page 21 cm wide needs, printed at 200 dpi
QUALITY = 82
QUALITY_OF_DRAWINGS = 92  # of what a township puts into docs/assets: also letters and lines


def is_photo(name: str) -> bool:
    """Whether a file is called as a photo is; `faults` looks at what it really is."""
    return PurePosixPath(name).suffix.lower() in PICTURES


def unfit(file: BinaryIO) -> str:
    """Why a picture cannot be made anew, in words; empty if it can. No pixel is read. Raises
    Unreadable."""
    image = images.opened(file)
    if image.format not in (*PICTURES.values(), "MPO"):
        return f"不是 JPEG、PNG 或者 WebP 的照片，而是 {image.format}"
    is_moving = image.format != "MPO" and getattr(image, "is_animated", False)
    if is_moving:
        return "是会动的图"
    return "" if _is_whole(image, file) else "照片的文件不完整"


def _is_whole(image: Image.Image, file: BinaryIO) -> bool:
    """Whether a picture has its end, and a PNG the sums that it says; a WebP is opened whole."""
    try:
        image.verify()
    except images.BROKEN:
        return False
    if image.format not in ("JPEG", "MPO"):
        return True
    file.seek(0)
    data, header = file.read(), (held for _, held in image.applist)  # type: ignore[attr-defined]
    pixels = max((data.find(held) + len(held) for held in header), default=0)
    return data.rfind(b"\xff\xd9") >= pixels  # a small picture in its header has an end, too


def faults(tree: Tree, path: str) -> Iterator[str]:
    """Why a photo cannot be published, in words. No pixel is read."""
    try:
        if not tree.is_file(path):
            yield "不是普通文件"
        elif (size := tree.size(path)) > MAX_BYTES:
            yield f"有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB"
        else:
            with tree.open(path) as opened:
                if reason := unfit(opened):
                    yield reason
    except Unreadable as error:
        yield str(error)
    except OSError as error:
        yield reasons.reason(error, "读不出来")


@dataclass(frozen=True)
class Published:
    """A photo as it leaves the office: a JPEG, and its size in pixels."""

    content: bytes
    width: int
    height: int


def published(tree: Tree, path: str) -> Published:
    """The photo made anew of its pixels alone, upright, at most 1600 long, in sRGB. Nothing goes
    along: no EXIF (with the place), XMP, IPTC, comment, thumbnail or profile. Raises Unreadable."""
    if reason := next(faults(tree, path), None):
        raise Unreadable(reason)
    return _made(tree.read(path))


@lru_cache(maxsize=200)  # a preview makes the site again and again, 200 photos are some 50 MB
def _made(data: bytes) -> Published:
    pixels = _laid_on("white", _upright(data, (LONG_SIDE, LONG_SIDE)))
    pixels.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return Published(_written(pixels, "JPEG", QUALITY), *pixels.size)


def anew(data: bytes, suffix: str) -> bytes:
    """A picture of docs/assets made anew of its pixels alone, as large as it was, in the format that
    its name says. Raises Unreadable."""
    image, form = _upright(data, None), PICTURES[suffix.lower()]
    is_seen_through = image.has_transparency_data and form != "JPEG"
    pixels = _laid_on(None if is_seen_through else "white", image)
    return _written(pixels, form, QUALITY_OF_DRAWINGS, lossless=b"VP8L" in data)


def _upright(data: bytes, size: tuple[int, int] | None) -> Image.Image:
    """The picture as one sees it, in sRGB; a JPEG of no fewer pixels than `size`. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = images.opened(io.BytesIO(data))
            if size:
                image.draft("RGB", size)  # a JPEG is read at half its size, faster
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _in_srgb(upright, image.info.get("icc_profile"))
    except (*images.BROKEN, Image.DecompressionBombError, Warning):
        raise Unreadable("照片的文件不完整") from None


def _written(pixels: Image.Image, form: str, quality: int, *, lossless: bool = False) -> bytes:
    """The pixels as a file, and nothing that the picture carried."""
    made = io.BytesIO()
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    bare.save(made, form, quality=quality, optimize=True, progressive=True, lossless=lossless)
    return made.getvalue()


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in the colours that a browser takes it to have; as it is, if its profile is bad."""
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        own, wanted = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, own, wanted, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return made or image


def _laid_on(ground: str | None, image: Image.Image) -> Image.Image:
    """In red, green and blue: what was transparent is as the ground, or as nothing is."""
    if image.mode in ("RGB", "CMYK", "L") and not image.has_transparency_data:
        return image.convert("RGB")
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut them off at 255
        image = image.point(lambda level: level / 256).convert("L")
        return image.convert("RGB")
    layer = image.convert("RGBA")
    made = Image.alpha_composite(Image.new("RGBA", layer.size, ground or (0, 0, 0, 0)), layer)
    return made.convert("RGB") if ground else made
