"""What of docs/ leaves with an edition: what is named, no way around it, and of pictures the pixels."""

import base64
import io
import re
import zlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from fazhi.output.pages.static import carried, static_files
from fazhi.output.view import NotRendered
from fazhi.report.editions import Edition
from fazhi.sources import evidence
from fazhi.sources.evidence.leaving import SCRIPTS
from fazhi.sources.tree import Folder
from tests.support.building import ROOT
from tests.support.carriers import (
    EXIF,
    TAG,
    chunk,
    exif,
    picture,
    png_text,
    png_with,
    segment,
    webp_with,
)

CARRIED = {
    Edition.PUBLIC: {"assets/site.css", "assets/图/标.svg"},
    Edition.INTERNAL: {"assets/site.css", "assets/图/标.svg", "guide/说明.md", "rules/FZ101.md"},
}


@pytest.mark.parametrize("edition", list(Edition))
def test_only_what_is_named_is_carried(edition: Edition, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    for uri in (
        "assets/site.css",
        "assets/图/标.svg",
        "assets/内部.md",
        "assets/内部.html",
        "guide/说明.md",
        "rules/FZ101.md",
        "report/2024.md",
        "内部.txt",
        "别处/内部.txt",
    ):
        file = docs / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("内部", encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "案件.txt").write_text("内部", encoding="utf-8")
    (docs / "assets" / "记录").symlink_to(tmp_path / "records", target_is_directory=True)
    (docs / "assets" / "案件.txt").symlink_to(tmp_path / "records" / "案件.txt")
    assert set(carried(Folder(docs.parent), edition)) == CARRIED[edition]


NUMBER = "13800000123"


def each(form: str) -> str:
    """The number with every digit written in a form."""
    return "".join(form.format(digit) for digit in NUMBER)


BESIDE_PIXELS = {
    "a profile": picture("PNG", icc_profile=b"a" + NUMBER.encode("utf-16-be")),
    "a profile of a photo": picture(icc_profile=NUMBER.encode("utf-16-be")),
    "a wide text": png_with(b"tEXt", b"a\0" + NUMBER.encode("utf-16-le")),
    "who made a photo": exif("王三".encode(), ExifTags.Base.Artist),
    "who made it, wide": exif("王三".encode("utf-16-le"), ExifTags.Base.XPAuthor),
    "whose camera": exif("王三".encode(), 0xA430, ExifTags.IFD.Exif),
    "a byline": segment(0xED, b"\x1c\x02\x50\0\6" + "王三".encode() + b"\x1c\x02\0\0\2\0\4"),
    "a creator": (
        picture(
            "WEBP", xmp="<dc:creator><rdf:Seq><rdf:li>王三</rdf:li></rdf:Seq></dc:creator>".encode()
        )
    ),
    "an author in UTF-8": png_text(b"iTXt", b"Author\0\0\0\0\0" + "王三".encode()),
    "an author": png_text(b"tEXt", b"Author\0" + "王三".encode()),
    "a header": segment(0xE0, b"JFIF\0" + NUMBER.encode()),
    "what no tag names": segment(0xE1, b"Exif\0\0" + NUMBER.encode()),
    "the pixels": picture().replace(b"\xff\xd9", NUMBER.encode() + b"\xff\xd9"),
    "a text of four bytes a digit": png_with(b"tEXt", b"a\0" + NUMBER.encode("utf-32-be")),
    "a header of four bytes a digit": (
        segment(0xED, b"Photoshop 3.0\0" + NUMBER.encode("utf-32-le"))
    ),
    "a coded text": png_text(b"tEXt", b"a\0" + base64.b64encode(NUMBER.encode())),
    "a coded description": exif(base64.b64encode(NUMBER.encode()), TAG.ImageDescription),
    "an escaped description": exif(each(r"\u003{}").encode(), TAG.ImageDescription),
    "hexadecimal of a camera": exif(NUMBER.encode().hex().encode(), TAG.ImageDescription),
    "the pixels, wide": picture().replace(b"\xff\xd9", NUMBER.encode("utf-16-le") + b"\xff\xd9"),
    "a name in the pixels": picture().replace(b"\xff\xd9", "姓名：王三".encode() + b"\xff\xd9"),
    "an address in a comment": segment(0xFE, "住址：东村三组院子里".encode()),
    "text behind a photo": picture() + NUMBER.encode(),
    "text behind a photo with its end": picture() + NUMBER.encode() + b"\xff\xd9",
    "text behind a PNG": picture("PNG") + NUMBER.encode(),
    "a part of a PNG that is not read": picture("PNG")[:33]
    + chunk(b"prVt", NUMBER.encode())
    + picture("PNG")[33:],
    "text behind a WebP": picture("WEBP") + NUMBER.encode(),
    "pixels behind the pixels": picture("PNG")[:-12] + chunk(b"IDAT", b"12") + picture("PNG")[-12:],
    "a part of a palette": png_with(b"sPLT", NUMBER.encode()),
    "a segment of a program": segment(0xEF, zlib.compress(NUMBER.encode())),
    "a long description": segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40)),
    "a packed comment of a camera": exif(
        zlib.compress(f"a{NUMBER}".encode()), TAG.UserComment, EXIF
    ),
    "many numbers of a camera": exif(tuple(map(float, NUMBER)), 0x9999),
    "a profile that is none": picture(icc_profile=zlib.compress(NUMBER.encode())),
    "two pictures in one": webp_with(b"VP8 ", NUMBER.encode()),
    "a profile that is not announced": webp_with(b"ICCP", zlib.compress(NUMBER.encode())),
    "a place": exif((31.0, 57.0, 12.5), 2, ExifTags.IFD.GPSInfo),
    "a place of a PNG": png_with(
        b"eXIf", exif((31.0, 57.0, 12.5), 2, ExifTags.IFD.GPSInfo)[30:150]
    ),
    "a place of a WebP": picture("WEBP", xmp=b"<a exif:GPSLatitude='31,57.2N'/>"),
    "what only a camera reads": exif(b"Canon\0\1", ExifTags.Base.MakerNote, ExifTags.IFD.Exif),
    "two headers": segment(0xE1, b"Exif\0\0", exif("a", ExifTags.Base.Model)),
    "a wide comment": segment(0xFE, NUMBER.encode("utf-16-le")),
    "a long comment": segment(0xFE, NUMBER.encode("utf-32-le")),
    "a packed comment": segment(0xFE, zlib.compress(NUMBER.encode())),
    "a coded comment": segment(0xFE, b"MTM4MDAwMDAxMjM="),
    "a packed author": png_text(b"iTXt", b"Author\0\1\0\0\0" + zlib.compress("王三".encode())),
    "whose rights": exif("摄影：王小三".encode(), ExifTags.Base.Copyright),
    "who is seen": picture("WEBP", xmp='<rdf:li mwg:Name="王小三"/>'.encode()),
    "a second picture": segment(0xE0, b"JFXX\0\x10" + picture()),
}


FORMS = {b"\xff": ("jpg", "JPEG"), b"\x89": ("png", "PNG"), b"R": ("webp", "WEBP")}


def left_of(data: bytes, root: Path, suffix: str) -> bytes:
    """A picture of docs/assets as it leaves."""
    file = root / "docs" / "assets" / f"图.{suffix}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return static_files(Folder(root), Edition.PUBLIC)[f"assets/图.{suffix}"]


@pytest.mark.parametrize("name", BESIDE_PIXELS)
def test_of_a_picture_its_pixels_leave_and_nothing_else(name: str, tmp_path: Path) -> None:
    """What is made of it is what is made of the same picture that carries nothing."""
    data = BESIDE_PIXELS[name]
    suffix, form = FORMS[data[:1]]
    assert left_of(data, tmp_path, suffix) == left_of(picture(form), tmp_path, suffix)


def test_of_scripts_only_those_of_the_program_leave() -> None:
    assert {str(file.relative_to(ROOT)) for file in ROOT.glob("docs/assets/**/*.js")} == SCRIPTS


DRAWN = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:inkscape='i' {}>{}<g {}><text>高坪</text>{}</g></svg>"
BESIDE_WHAT_IS_DRAWN = {
    "a description": ("", "<desc>作者：王三</desc>", "", ""),
    "what a program keeps": ("inkscape:export-filename='王三'", "", "inkscape:label='王三家'", ""),
    "the place": ("", "<metadata><a xmlns='exif'>31,57.2N</a></metadata>", "", ""),
    "comments": ("", "<!-- 王三 -->", "", "<?who 王三?>"),
    "what is for scripts": ("data-who='王三'", "", "data-tel='13800000123'", ""),
    "attributes of no drawing": ("owner='王三'", "", "value='王三' onclick='a()'", ""),
    "what is read out": ("role='img' aria-label='王三'", "<title>王三</title>", "role='王三'", ""),
    "an attribute called like one of a drawing": ("", "", "fill王三='1' font-王三='1'", ""),
    "where a link leads": ("", "", "href='https://a.cn/王三'", ""),
    "scripts": ("", "<script>王三</script>", "", ""),
    "text that is not drawn": ("", "王三", "", "王三"),
    "an element of no drawing": ("", "<who>王三</who>", "", "<inkscape:a>王三<text/></inkscape:a>"),
}


@pytest.mark.parametrize("name", BESIDE_WHAT_IS_DRAWN)
def test_of_a_drawing_what_is_drawn_leaves_and_nothing_else(name: str, tmp_path: Path) -> None:
    bare, noted = (DRAWN.format(*told) for told in ([""] * 4, BESIDE_WHAT_IS_DRAWN[name]))
    assert left_of(noted.encode(), tmp_path, "svg") == left_of(bare.encode(), tmp_path, "svg")


def test_elements_of_a_drawing_are_called_by_numbers(tmp_path: Path) -> None:
    """Their names may be made of words, as drawing programs make them of the names of layers."""
    form = (
        "<svg xmlns='http://www.w3.org/2000/svg'><style>.{1} {{ fill: red }} #{0} {{ opacity: 1 }}</style>"
        "<g id='{0}' class='{1}'/><use href='#{0}'/><path mask='url(#{0})'/></svg>"
    )
    named, plain = (form.format(*names) for names in (("户主_王三", "低保-李四"), ("a", "b")))
    assert left_of(named.encode(), tmp_path, "svg") == left_of(plain.encode(), tmp_path, "svg")
    assert "王三" not in left_of(named.encode(), tmp_path, "svg").decode()


WORDS_BESIDE_HOW = {
    "a kind": ("<a type='{}'/>", ""),
    "a font": ("<a font-family='{}, SimSun, 宋体, 方正小标宋简体'/>", ""),
    "a style of its own": ("<a style='--who: {0}; fill: red; font-family: 宋体, {0}'/>", ""),
    "a style": (
        "<style>/* {0} */ a {{ --who: '{0}'; content: '{0}'; fill: red }}</style>",
        "",
    ),
    "what a filter makes": ("<filter><feBlend result='{0}'/><feBlend in='{0}'/></filter>", "n0"),
    "an address": ("<a fill='url(data:,%E7%8E%8B{})'/>", ""),
    "an escape": (r"<a style='--who: \738b\4e09; fill: red'/>", ""),
}


@pytest.mark.parametrize("name", WORDS_BESIDE_HOW)
def test_how_a_drawing_is_drawn_is_said_without_words(name: str, tmp_path: Path) -> None:
    form, plain = WORDS_BESIDE_HOW[name]
    form = f"<svg xmlns='http://www.w3.org/2000/svg'>{form}</svg>"
    left = left_of(form.format("王三").encode(), tmp_path, "svg").decode()
    assert not re.search("王|738b|%E7", left)
    assert left == left_of(form.format(plain).encode(), tmp_path, "svg").decode()


STYLE = (
    "{}a::after {{ {}content: '示例数据 /* 1 */'; {} }}\nh2#指标 {{ background: url(a/*b.png) }}\n"
)
WORDS_OF_STYLES = [
    ("a::after{content:'李建国罚款500元'}", "a::after{content:'500'}"),
    (r"a::after{content:'\738b\4e09'}", "a::after{content:''}"),
    (".王小三{} [title='王小三']{} @keyframes 王小三{}", ".{} [title='']{} @keyframes {}"),
    ("a{grid-area:王小三;width:13896751234px}", "a{grid-area:;width:px}"),
    ("a::after{content:'⺩⼩三'}", "a::after{content:''}"),
    *(
        (bare, bare)
        for bare in (
            r".w-50\%{width:.12345678901px} a::after{content:'▸\25b8 “'}",
            "a { font-family: 'Noto Serif', 宋体, \"方正小标宋简体\", serif; color: red }",
        )
    ),
]


def test_of_a_style_how_it_looks_leaves(tmp_path: Path) -> None:
    """Neither what is noted in it, nor words but those of the program's own."""
    noted = STYLE.format("/* 王三家\n的 */", "--who: '王三';", "owner: 王三")
    left = left_of(noted.encode(), tmp_path, "css").decode()
    assert left == STYLE.format("", "--who: '';", "owner: ")
    for style, plain in WORDS_OF_STYLES:
        assert left_of(style.encode(), tmp_path, "css").decode() == plain
    own = (ROOT / "docs/assets/site.css").read_text(encoding="utf-8")
    assert left_of(own.encode(), tmp_path, "css").decode() == re.sub(r"(?s)/\*.*?\*/", "", own)


@pytest.mark.parametrize("data", [b"<svg/>", b"<svg xmlns='http://www.w3.org/2000/svg'>", b""])
def test_a_drawing_that_is_none_is_told(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotRendered, match="图形"):
        left_of(data, tmp_path, "svg")
    found = list(evidence.problems(Folder(tmp_path), "docs/assets/图.svg", leaves=True))
    assert [problem.rule for problem in found] == ["FZ507"]


@pytest.mark.parametrize("data", [segment(0xC4, NUMBER.encode() + bytes(20)), picture()[:-60]])
def test_a_picture_that_is_broken_is_told_and_does_not_leave(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotRendered) as stopped:
        left_of(data, tmp_path, "jpg")
    assert [(problem.path, problem.rule) for problem in stopped.value.problems] == [
        ("docs/assets/图.jpg", "FZ507")
    ]


def sides(data: bytes) -> tuple[tuple[int, int], str, str]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size, str(image.format), image.mode


def test_a_picture_is_shown_as_it_was(tmp_path: Path) -> None:
    """As large, in its format, as see-through, and upright."""
    made = io.BytesIO()
    Image.new("RGBA", (1800, 40), (200, 0, 0, 0)).save(made, "PNG")
    seen_through = left_of(made.getvalue(), tmp_path, "png")
    assert sides(seen_through) == ((1800, 40), "PNG", "RGBA")
    with Image.open(io.BytesIO(seen_through)) as image:  # what was under it is gone
        assert image.getpixel((9, 9)) == (0, 0, 0, 0)
    keyed = picture("PNG", transparency=(0, 0, 0))
    assert sides(left_of(keyed, tmp_path, "png")) == ((60, 40), "PNG", "RGBA")
    assert sides(left_of(picture("WEBP"), tmp_path, "webp")) == ((60, 40), "WEBP", "RGB")
    lying = exif(6, TAG.Orientation)
    assert sides(left_of(lying, tmp_path, "jpeg")) == ((40, 60), "JPEG", "RGB")
    file = tmp_path / "docs" / "guide" / "图.png"
    file.parent.mkdir()
    file.write_bytes(picture("PNG"))
    assert static_files(Folder(tmp_path), Edition.INTERNAL)["guide/图.png"] == picture("PNG")
