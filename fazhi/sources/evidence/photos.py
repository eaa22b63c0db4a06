"""Photos that are published: made anew from their pixels, so that nothing they carried goes along."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from PIL import Image, ImageCms, ImageOps

from fazhi.problems.reasons import reason
from fazhi.sources.evidence import Unreadable, images
from fazhi.sources.tree import Tree

__all__ = ["Published", "Unreadable", "faults", "is_photo", "published"]

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
MAX_BYTES = 20_000_000
LONG_SIDE = 1600  # pixels: what a page 21 cm wide needs, printed at 200 dpi
QUALITY = 82
_FORMATS = ("JPEG", "MPO", "PNG", "WEBP")


def is_photo(name: str) -> bool:
    """Whether a file is called as a photo is; `faults` looks at what it really is."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def faults(tree: Tree, path: str) -> Iterator[str]:
    """Why a photo cannot be published, in words. Only its header is read."""
    try:
        if not tree.is_file(path):
            yield "不是普通文件"
        elif (size := tree.size(path)) > MAX_BYTES:
            yield f"有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB"
        else:
            with tree.open(path) as opened:
                image = images.opened(opened)
                if image.format not in _FORMATS:
                    yield f"不是 JPEG、PNG 或者 WebP 的照片，而是 {image.format}"
                elif image.format != "MPO" and getattr(image, "is_animated", False):
                    yield "是会动的图"
    except Unreadable as error:
        yield str(error)
    except OSError as error:
        yield f"读不出来：{reason(error)}"


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
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = images.opened(io.BytesIO(data))
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is read at half its size, faster
            image.load()
            upright = ImageOps.exif_transpose(image)
            pixels = _on_white(_in_srgb(upright, image.info.get("icc_profile")))
            pixels.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    except (*images.BROKEN, Image.DecompressionBombError, Warning):
        raise Unreadable("照片的文件不完整") from None
    made = io.BytesIO()
    Image.frombytes("RGB", pixels.size, pixels.tobytes()).save(
        made, "JPEG", quality=QUALITY, optimize=True, progressive=True
    )
    return Published(made.getvalue(), *pixels.size)


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


def _on_white(image: Image.Image) -> Image.Image:
    """In red, green and blue, what was transparent white."""
    if image.mode in ("RGB", "CMYK", "L"):
        return image.convert("RGB")
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut them off at 255
        image = image.point(lambda level: level / 256).convert("L")
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
