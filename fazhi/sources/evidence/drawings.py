"""Drawings as they leave: what is drawn, and nothing that a program or a person noted beside it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from fazhi import regex as re
from fazhi.personal.names import is_a_name
from fazhi.personal.readings import opened
from fazhi.sources.evidence import styles
from fazhi.sources.evidence.decoding import readings
from fazhi.sources.evidence.pieces import Unreadable

_SVG = r"\{http://www\.w3\.org/2000/svg\}"
_SAYS = re.compile(f"{_SVG}(?:text|tspan|textPath|style|a)")
_DRAWS = re.compile(
    f"{_SVG}(?:svg|g|defs|symbol|use|switch|view|path|rect|circle|ellipse|line|polyline|polygon|marker"
    "|mask|clipPath|pattern|linearGradient|radialGradient|stop|filter|fe(?!Image)[A-Z][A-Za-z]+)"
)
_EMBEDS = re.compile(f"{_SVG}(?:image|feImage|foreignObject)")
_HOW = re.compile(  # the attributes that say how it is drawn
    r"x|y|d|r|dx|dy|rx|ry|cx|cy|fx|fy|fr|k[1-4]|[xyz][12]?|in2?|id|class|style|points|viewBox|version|transform"
    r"|width|height|offset|rotate|opacity|(?:color|fill|stroke|font|text)[A-Za-z-]*|letter-spacing|word-spacing"
    r"|(?:clip|mask|filter|marker|pattern|gradient|primitive|spread|stop|flood|lighting|paint|shape|vector|mix)[A-Za-z-]*"
    r"|(?:alignment|dominant|baseline|writing|unicode|image|pointer)-[a-z-]+|direction|display|visibility|overflow"
    r"|preserveAspectRatio|orient|ref[XY]|markerWidth|markerHeight|result|operator|mode|type|values|tableValues"
    r"|slope|intercept|amplitude|exponent|stdDeviation|baseFrequency|numOctaves|seed|stitchTiles|scale|radius|order"
    r"|kernel[A-Za-z]+|divisor|bias|target[XY]|edgeMode|preserveAlpha|surfaceScale|diffuseConstant|specular[A-Za-z]+|azimuth"
    r"|elevation|limitingConeAngle|pointsAt[XYZ]|[xy]ChannelSelector|startOffset|method|spacing|side|lengthAdjust"
    r"|href|\{http://www\.w3\.org/1999/xlink\}href|\{http://www\.w3\.org/XML/1998/namespace\}(?:space|lang)"
)

_WORDS = re.compile(rf"^(?!(?:{_HOW.pattern})$)|^id$|^class$|href$|label$|style$|font")
"""The attributes that may hold words: those that draw nothing, and names."""
_NUMBER = r"-?\d+(?:\.\d+)?"
_NAMES = (("#", "id"), (".", "class"), ("=", "result"), ("=", "in"), ("=", "in2"))
_INPUT = re.compile("(?:Source|Background)(?:Graphic|Image|Alpha)|(?:Fill|Stroke)Paint")
"""What a filter begins with, which is no name."""


def anew(data: bytes) -> bytes:
    """An SVG without comments, titles, descriptions, scripts, what drawing programs keep, text that is not
    drawn, words that say nothing of how it is drawn, and the names of its elements. Raises Unreadable."""
    root = _root(data)
    etree.strip_elements(root, *_others(root), with_tail=False)
    for element in root.iter():
        if not _SAYS.fullmatch(str(element.tag)):
            element.text = None
            for child in element:
                child.tail = None
        for name, value in [*element.attrib.items()]:
            is_elsewhere = str(name).endswith("href") and not str(value).startswith("#")
            if is_elsewhere or not _HOW.fullmatch(str(name)):
                del element.attrib[name]
    _number(root)
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, styles.without_words(str(value)))
        if str(element.tag).endswith("}style"):
            element.text = styles.anew(element.text or "")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def texts(data: bytes) -> str:
    """All that a drawing says, drawn or not: each by itself, beside the one before, and what is drawn
    together. Raises Unreadable."""
    root = _root(data)
    noted = [str(text) for text in root.itertext()]
    noted += [str(one.text or "") for one in root.iter(etree.Comment, etree.ProcessingInstruction)]
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            noted += re.findall(r"(?<![\d.])\d{11,}(?![\d.])", str(value))  # no length, but whole
            if _WORDS.search(str(name)) and _says(str(value)):
                noted.append(opened(str(value)))
    etree.strip_elements(root, "{*}title", "{*}style", with_tail=False)
    drawn = [" ".join("".join(map(str, one.itertext())).split()) for one in root.iter("{*}text")]
    beside = [f"{one}：{other}" for one, other in pairwise([*noted, "", *drawn])]
    signs = "".join(one if len(one) == 1 else f"\n{one}\n" for one in drawn)
    down = ("".join(one.split()) for one in drawn if not re.search(r"[^\W\d]", one))
    return "\n".join([*noted, *drawn, *beside, *_people(root), signs, *down, " ".join(drawn)])


def _people(root: etree._Element) -> Iterator[str]:
    """The names that are drawn one under the other, or side by side, with at most a head before them."""
    lines = defaultdict[tuple[int, float], list[str]](list)
    for one in root.iter("{*}text", "{*}tspan"):
        if said := "".join(str(one.text or "").split()):
            for axis, place in enumerate(_place(one)):
                lines[axis, place].append(said)
    for line in lines.values():
        named = [f"姓名：{said}" for said in line if is_a_name(said)]
        if len(named) > 2 and named[-1].endswith(line[-1]) and len(line) - len(named) < 2:
            yield from named


def _place(text: etree._Element) -> Iterator[float]:
    """How far to the right and how far down a text stands, as nearly as tells columns and rows apart."""
    around = [text, *text.iterancestors()]
    for axis, key in enumerate("xy"):
        at = next((re.findall(_NUMBER, str(e.get(key))) for e in around if e.get(key)), [])
        moves = (re.findall(_NUMBER, str(e.get("transform", ""))) for e in around)
        yield round(sum(float(move[axis - 2]) for move in (at[:1] * 2, *moves) if len(move) > 1))


def _says(value: str) -> bool:
    """Whether an attribute holds more than the words of a program, which may look like somebody's account."""
    return re.search(r"[一-鿿@%&]|\d{9}|--\w", value) is not None


def _root(data: bytes) -> etree._Element:
    try:
        root = etree.fromstring(data, etree.XMLParser())
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("图形不是完整的 XML") from None
    if not re.fullmatch(f"{_SVG}svg", str(root.tag)):
        raise Unreadable('不是图形：开头应当是 <svg xmlns="http://www.w3.org/2000/svg">')
    if any(_EMBEDS.fullmatch(str(element.tag)) for element in root.iter(etree.Element)):
        raise Unreadable("图形里嵌着照片或者网页：另存成 PNG")
    styles_of = (str(one.text or "") for one in root.iter("{*}style"))
    values = (f"{n!s}: {v!s}" for one in root.iter(etree.Element) for n, v in one.items())
    for _ in readings("\n".join([*styles_of, *values]), ".css"):
        continue  # what is fetched from elsewhere is Unreadable
    return root


def _others(root: etree._Element) -> set[object]:
    tags = {str(element.tag) for element in root.iter(etree.Element)}
    named = {tag for tag in tags if not (_SAYS.fullmatch(tag) or _DRAWS.fullmatch(tag))}
    return {*named, etree.Comment, etree.ProcessingInstruction}


def _number(root: etree._Element) -> None:
    """Call what has a name by its number: a program may have made the name of words."""
    names = {
        f"{sign}{name}": f"{sign}n{number}"
        for number, (sign, name) in enumerate(
            dict.fromkeys(
                (sign, name)
                for element in root.iter()
                for sign, key in _NAMES
                for name in str(element.get(key, "")).split()
                if not _INPUT.fullmatch(name)
            )
        )
    }
    meant = (name for name in names if name[0] in "#.")
    found = "|".join(re.escape(name) for name in sorted(meant, key=len, reverse=True))
    for element in root.iter():
        for sign, key in _NAMES:
            if held := str(element.get(key, "")).split():
                numbered = (names.get(f"{sign}{name}", f"{sign}{name}")[1:] for name in held)
                element.set(key, " ".join(numbered))
        said = {str(key): str(value) for key, value in element.attrib.items() if "#" in str(value)}
        if found:
            for key, value in said.items():
                element.set(key, _renamed(found, names, value))
            if str(element.tag).endswith("}style") and element.text:
                element.text = _renamed(found, names, str(element.text))


def _renamed(found: str, names: dict[str, str], text: str) -> str:
    return re.sub(rf"(?:{found})(?![\w-])", lambda name: names[name[0]], text)
