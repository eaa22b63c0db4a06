"""A text in a file; and the text of markup, read without a parser that markup could fool."""

from collections.abc import Iterator
from typing import NamedTuple

from fazhi import regex as re
from fazhi.personal.readings import ANOTHER, unescaped

_TAG = re.compile(r"<[^<>]*>")
_TAG_WITH_ATTRIBUTES = re.compile(r"<[^<>=]*=[^<>]*>")
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DRAWN = frozenset(["d", "points", "viewBox", "transform", "style", "integrity"])
"""Attributes of drawings: rows of numbers that are no one's."""
LINE_END = re.compile(r"(?<=[^\s>])\s*\n\s*(?=[^\s<])")  # within what one element says
_RUNNING_TAG = re.compile(
    r"</?(?:\w+:)?(?:r|t|rPr|rFonts|b|i|u|s|color|sz|szCs|lang|vertAlign|proofErr|bookmarkStart"
    r"|bookmarkEnd|noBreakHyphen|softHyphen|span|a|em|strong|code|mark|sub|sup|small|wbr|font|tspan"
    r"|ins|del|delText|moveFrom|moveTo|hyperlink|smartTag|smartTagPr|sdt|sdtPr|sdtEndPr|sdtContent)"
    r"(?![\w-])[^<>]*>|<w:(?!(?:br|cr|tab|p|tr|tc)\b)[^<>]*/>"
)
"""Elements that a word runs through, in Word, Excel, OpenDocument and HTML."""
_NO_TEXT = re.compile(r"<w:(?:ins|del)\s[^<>]*/>")
_RANDOM = re.compile(r"(?<=ID[>=])([\"']?)[a-zA-Z0-9+/]{22}==(?=[<\"'])")
"""What XMP calls a document by: some of its digits may look like a number of somebody's."""
_HAN = r"[\xe3-\xe9\xef][\x80-\xbf]{2}"
_AMONG_BYTES = re.compile(rf"[\dXx ./()+_-]{{11,}}|(?:{_HAN}){{4}}(?:{_HAN}|\d)*", re.ASCII)


class Unreadable(Exception):
    """A file that cannot be searched; the text says why, in Chinese."""


class Piece(NamedTuple):
    """A text, and where in the file it is, in words; or a file inside it."""

    place: str
    text: str = ""
    inner: bytes | None = None
    is_whole_file: bool = False


class Allowance:
    """How much of one file may still be unpacked: archives in archives add up."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, size: int) -> None:
        """Raises Unreadable once there is no more."""
        self.left -= size
        if self.left < 0:
            raise Unreadable("展开以后太大")


def markup(data: bytes | str) -> str:
    """All that XML or HTML says: its text, its comments, and the values of its attributes. Only tags
    that end a paragraph or a cell part words: a number in two fonts is one number all the same."""
    if isinstance(data, bytes):
        is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        data = data.decode("utf-16" if is_wide else "utf-8", errors="replace")
    text, found = comments_apart(_RANDOM.sub(r"\1", data), "<!--", "-->")
    for form in _changed(text):
        flowing = LINE_END.sub(" ", _RUNNING_TAG.sub("", re.sub(ANOTHER, "。<", form)))
        found.append(unescaped(_TAG.sub("\n", flowing)))
    for tag in _TAG_WITH_ATTRIBUTES.findall(text):
        found += (unescaped(a or b) for key, a, b in _ATTRIBUTE.findall(tag) if key not in _DRAWN)
    return "\n".join(found)


def _changed(text: str) -> Iterator[str]:
    """Markup with all that Word notes of its changes, and as it was before them and behind them."""
    yield text
    if "<w:ins " in text or "<w:del " in text:
        for change in ("ins", "del"):
            yield comments_apart(_NO_TEXT.sub("", text), f"<w:{change} ", f"</w:{change}>")[0]


def numbers(data: bytes) -> str:
    """The numbers among bytes, of one byte a digit or of more, and what is said in UTF-8 in Chinese."""
    found: dict[str, None] = {}
    for form in (data, data.translate(None, b"\0\xff")):
        found |= dict.fromkeys(_AMONG_BYTES.findall(form.decode("latin-1")))
    return "\n".join(found).encode("latin-1").decode("utf-8", "replace")


def comments_apart(text: str, begin: str, end: str) -> tuple[str, list[str]]:
    """A text without its comments, and these. No regular expression: many that begin and none that
    ends would each be looked for to the end."""
    kept, comments, at = [], [], 0
    while (start := text.find(begin, at)) >= 0:
        stop = text.find(end, start + len(begin))
        if stop < 0:
            break
        kept.append(text[at:start])
        comments.append(text[start + len(begin) : stop])
        at = stop + len(end)
    return "".join([*kept, text[at:]]), comments
