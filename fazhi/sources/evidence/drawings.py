"""Drawings as they leave: what is drawn, and nothing that a program or a person noted beside it."""

from itertools import pairwise

from lxml import etree

from fazhi import regex as re
from fazhi.sources.evidence.pieces import Unreadable

_SVG, _XML = r"\{http://www\.w3\.org/2000/svg\}", "{http://www.w3.org/XML/1998/namespace}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SAYS = re.compile(f"{_SVG}(?:text|tspan|textPath|title|style|a)")
_DRAWS = re.compile(
    f"{_SVG}(?:svg|g|defs|symbol|use|switch|view|path|rect|circle|ellipse|line|polyline|polygon|marker"
    "|mask|clipPath|pattern|image|linearGradient|radialGradient|stop|filter|fe[A-Z][A-Za-z]+)"
)


def anew(data: bytes) -> bytes:
    """An SVG without comments, descriptions, what drawing programs keep, and text that is not drawn.
    Raises Unreadable."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Unreadable("图形不是完整的 XML") from None
    if not re.fullmatch(f"{_SVG}svg", str(root.tag)):
        raise Unreadable('不是图形：开头应当是 <svg xmlns="http://www.w3.org/2000/svg">')
    etree.strip_elements(root, *_others(root), with_tail=False)
    for element in root.iter():
        if not _SAYS.fullmatch(str(element.tag)):
            element.text = None
            for child in element:
                child.tail = None
        for name in [*map(str, element.attrib)]:
            is_noted = name.startswith(("{", "data-")) and not name.startswith(_XML)
            if is_noted and name != _LINK:
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def texts(drawing: bytes) -> str:
    """What is drawn by one element after another: each beside the one before, and all together."""
    root = etree.fromstring(drawing)
    etree.strip_elements(root, "{*}title", "{*}style", with_tail=False)
    said = ["".join(map(str, text.itertext())).strip() for text in root.iter("{*}text")]
    beside = (f"{one}：{other}" for one, other in pairwise(said))
    return "\n".join([*said, *beside, "".join(said)])


def _others(root: etree._Element) -> set[str]:
    tags = {str(element.tag) for element in root.iter(etree.Element)}
    return {tag for tag in tags if not (_SAYS.fullmatch(tag) or _DRAWS.fullmatch(tag))}
