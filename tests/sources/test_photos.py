"""A photo that is published is its pixels and nothing else, and only a sound photo is published."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from fazhi.sources.evidence import photos
from fazhi.sources.evidence.photos import Unreadable
from fazhi.sources.tree import Folder
from tests.support.carriers import CARRIERS, many_pixels, picture, segment

MARK = "canary"
CARRYING = [name for name, (suffix, _, _) in CARRIERS.items() if suffix in ("jpg", "png", "webp")]


def saved(image: Image.Image, form: str, **beside: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **beside)
    return made.getvalue()


def published(content: bytes, folder: Path, name: str = "照片.jpg") -> Image.Image:
    """The photo that is published of a file, opened by somebody who gets it."""
    (folder / name).write_bytes(content)
    made = photos.published(Folder(folder), name)
    image = Image.open(io.BytesIO(made.content))
    image.load()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (made.width, made.height))
    return image


@pytest.mark.parametrize("name", CARRYING)
def test_nothing_but_pixels_is_published(name, tmp_path):
    suffix, _, made = CARRIERS[name]
    content = made(MARK)
    image = published(content, tmp_path, f"照片.{suffix}")
    raw = photos.published(Folder(tmp_path), f"照片.{suffix}").content
    assert not any(MARK.encode(form) in raw for form in ("utf-8", "utf-16-le", "utf-16-be"))
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}  # fmt: skip
    assert not image.getexif()


def test_where_a_photo_was_taken_is_not_published(tmp_path):
    held = Image.Exif()
    held.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 57.0, 12.0)
    held[ExifTags.Base.Model] = "相机"
    assert Image.open(io.BytesIO(picture(exif=held))).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert not published(picture(exif=held), tmp_path).getexif()


def test_a_photo_is_upright(tmp_path):
    held = Image.Exif()
    held[ExifTags.Base.Orientation] = 6  # to be turned a quarter to the right
    image = published(picture(exif=held), tmp_path)
    assert image.size == (40, 60)
    dark, light = image.getpixel((39, 30)), image.getpixel((0, 30))
    assert isinstance(dark, tuple)
    assert isinstance(light, tuple)
    assert max(dark) < 40  # what was its top
    assert min(light) > 200


@pytest.mark.parametrize(
    ("size", "shown"),
    [((3200, 1000), (1600, 500)), ((900, 2000), (720, 1600)), ((60, 40), (60, 40))],
)
def test_a_photo_is_at_most_1600_long(size, shown, tmp_path):
    assert published(saved(Image.new("RGB", size, "green"), "JPEG"), tmp_path).size == shown


def test_the_same_photo_is_the_same_file(tmp_path):
    plain, told = picture(), segment(0xFE, b"a comment")
    for name, content in (("甲.jpg", plain), ("乙.jpg", told)):
        (tmp_path / name).write_bytes(content)
    one, other = (photos.published(Folder(tmp_path), name) for name in ("甲.jpg", "乙.jpg"))
    assert one == other


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()


RED = Image.new("RGB", (8, 8), (200, 0, 0))
COLOURS: dict[str, tuple[bytes, tuple[int, int, int]]] = {
    "CMYK": (saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
    "grey": (saved(Image.new("L", (8, 8), 100), "PNG"), (100, 100, 100)),
    "16 bits of grey": (saved(Image.new("I;16", (8, 8), 100 * 256), "PNG"), (100, 100, 100)),
    "transparent": (saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"), (255, 255, 255)),
    "palette": (saved(RED.convert("P"), "PNG"), (200, 0, 0)),
    "black and white": (saved(Image.new("1", (8, 8), 1), "PNG"), (255, 255, 255)),
    "WebP": (saved(RED, "WEBP", lossless=True), (200, 0, 0)),
    "a bad profile": (saved(RED, "PNG", icc_profile=b"no profile"), (200, 0, 0)),
    "a profile of another kind": (saved(RED, "PNG", icc_profile=profile()), (200, 0, 0)),
}


@pytest.mark.parametrize("name", COLOURS)
def test_colours_are_those_of_the_photo(name, tmp_path):
    content, colour = COLOURS[name]
    pixel = published(content, tmp_path, "照片.png").getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert all(abs(one - other) < 6 for one, other in zip(pixel, colour, strict=True)), pixel


def moving(form: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def with_thumbnail() -> bytes:
    return picture(exif=b"Exif\0\0" + picture())


REFUSED: dict[str, tuple[bytes, str]] = {
    "a GIF": (picture("GIF"), "而是 GIF"),
    "a TIFF": (picture("TIFF"), "而是 TIFF"),
    "a moving PNG": (moving("PNG"), "会动"),
    "a moving WebP": (moving("WEBP"), "会动"),
    "a JPEG without its end": (picture()[:-1], "不完整"),
    "one with a small one in its header": (with_thumbnail()[:-100], "不完整"),
    "one without a header": (picture()[:2] + picture()[20:-1], "不完整"),
    "one with another behind it": (moving("MPO")[:600], "不完整"),
    "half a PNG": (picture("PNG")[:-60], "不完整"),
    "a PNG of which a byte is another": (picture("PNG").replace(b"IDAT", b"IDAT\0", 1), "不完整"),
    "half a WebP": (picture("WEBP")[:-60], "不完整"),
    "text": ("不是照片".encode(), "不完整"),
    "nothing": (b"", "不完整"),
    "a page": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不完整"),
    "a large file": (picture() + bytes(photos.MAX_BYTES), "20 MB"),
    "many pixels": (many_pixels(8_000), "万像素"),
    "so many that Pillow itself refuses": (many_pixels(60_000), "万像素"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_photo_is_refused_before_it_is_made(name, tmp_path):
    content, reason = REFUSED[name]
    (tmp_path / "照片.jpg").write_bytes(content)
    (said,) = photos.faults(Folder(tmp_path), "照片.jpg")
    assert reason in said
    with pytest.raises(Unreadable, match=reason):
        photos.published(Folder(tmp_path), "照片.jpg")


def test_a_link_is_no_photo(tmp_path):
    (tmp_path / "真.jpg").write_bytes(picture())
    (tmp_path / "照片.jpg").symlink_to("真.jpg")
    assert list(photos.faults(Folder(tmp_path), "照片.jpg")) == ["不是普通文件"]


def test_two_pictures_in_one_file_are_the_first(tmp_path):
    """As some telephones write it: a JPEG with a smaller one behind it."""
    both = [Image.new("RGB", (16, 16), "red"), Image.new("RGB", (8, 8), "blue")]
    content = saved(both[0], "MPO", save_all=True, append_images=both[1:])
    assert Image.open(io.BytesIO(content)).format == "MPO"
    assert published(content, tmp_path).size == (16, 16)
