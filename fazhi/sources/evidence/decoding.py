"""What a text says besides: its escapes and codes undone, its pieces and its tables put together."""

import base64
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from fazhi import regex as re
from fazhi.personal.readings import ADDRESSED, columns, from_address, unescaped
from fazhi.sources.evidence.pieces import LINE_END, Unreadable, comments_apart, markup
from fazhi.sources.evidence.tables import called, cells

DEPTH = 5  # escapes within escapes


def readings(text: str, path: str, *, leaves: bool = True) -> Iterator[str]:
    """What readers may make of a text, or of a table's rows, that is not written so. Raises Unreadable
    where something in it is packed, and of what leaves, where it would be fetched or run.
    """
    if path.endswith((".html", ".xml")):  # a template, with which each page is searched once more
        yield from dict.fromkeys((markup(text), unescaped(text)))
        return
    written = set(text.split("\n"))
    for form in _forms(text, leaves=leaves):
        if form != text and (new := [line for line in form.split("\n") if line not in written]):
            yield "\n".join(new)


def _forms(text: str, *, leaves: bool) -> Iterator[str]:
    forms: dict[str, None] = {}
    for escape in (_OF_STYLES, _OF_SCRIPTS, _OF_MAIL, _OF_SEVEN_BITS):
        before, plain = "", text
        for _ in range(DEPTH):  # an escape may hold another
            before = plain
            plain = escape.sub(_unescaped, ADDRESSED.sub(from_address, unescaped(plain)))
            if plain == before:
                break
        if plain != before:
            raise Unreadable("转义套得太深")
        forms[plain] = None
    for plain in forms:
        if leaves and _FETCHED.search(plain):
            raise Unreadable("里面有从别处取的内容")
        if leaves and _BACKWARDS.search(plain):
            raise Unreadable("里面有把文字倒过来排的写法")
        if _PACKED.search(plain):
            raise Unreadable("里面有编了码的内容")
        yield plain
        bare, _ = comments_apart(comments_apart(plain, "<!--", "-->")[0], "/*", "*/")
        yield _BETWEEN.sub("", bare)
        if "concat" in plain.lower():
            yield re.sub(r"""["'`]?\s{0,9},\s{0,9}["'`]?""", "", plain)
        yield "".join(t for held in _CONTENT.findall(bare) for _, t in _QUOTED.findall(held))
    if not leaves:  # a table, too, which is none that leaves
        quoted = re.sub(r"""["']\s*[,;\t\n]\s*["']""", " ", text)
        yield re.sub(_EACH_DIGIT, lambda row: " ".join(row[0][::2]), quoted)
        yield "\n".join(cells(text))
        yield "\n字\n".join(form for run in _RUN_OF_85.findall(text) for form in _decoded(run))
    if "<" in text:
        yield f"{markup(text)}\n{_QUOTES.sub('', text)}"
        yield _ELEMENT.sub(lambda tag: f"\n{called(tag[1])}：", LINE_END.sub(" ", text))
        yield _APART.sub("", text)
    yield "\n".join(columns(text))
    for run in _CODES.findall(text):
        base = 16 if run.startswith("3") else 0
        yield "".join(chr(int(code, base)) for code in re.split(r"[\s,:]+", run))
    whole = _WRAPPED.sub("", text)
    yield "\n字\n".join(form for run in _RUN.findall(whole) for form in _decoded(run))


_FETCHED = re.compile(
    r"""(?:@import|\bimport|url\()[\s("']*(?:[a-z][\w+.-]*:)?//|[\w-]\(\s*["'`](?:[a-z][\w+.-]*:)?//(?!www\.w3\.org/)""",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\bcontent\s*:([^;}]*)")
_QUOTED = re.compile(r"""(["'])((?:(?!\1)[^\\\n])*)\1""")
_BACKWARDS = re.compile(
    "[\u202a-\u202e\u2066-\u2069]|unicode-bidi(?!\\s*[:=]\\s*.?normal)|<bdo\\s|direction\\s*[:=]\\s*.?rtl",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<([^<>/!?\s]{1,40})[^<>]*>")
_QUOTES = re.compile("[\"']")
_PACKED = re.compile(r";\s*base64\s*,|^BEGIN:VCARD", re.IGNORECASE | re.MULTILINE)
# Each begins with a sign that has no case: a search finds that in a tenth of the time.
_H = "[0-9A-Fa-f]"
_CODE = rf"\\+[xX]({_H}{{2}})|\\+[uU]({_H}{{4}})|%[uU]({_H}{{4}})|\\+[uU]\{{({_H}{{1,6}})\}}"
_OF_SCRIPTS = re.compile(rf"{_CODE}|\\(?P<octal>[0-3]?[0-7]{{1,2}})")
_OF_STYLES = re.compile(rf"{_CODE}|\\({_H}{{1,6}})\s?")
_OF_MAIL = re.compile(rf"={_H}{{2}}(?:={_H}{{2}})*")
_OF_SEVEN_BITS = re.compile(r"\+A[A-Za-z0-9+/]{2,}-?|\+[A-Za-z0-9+/]{3,}-")  # of what has seven
_BETWEEN = re.compile(
    r"(?=[<\]\"'\s\\=_*])"  # few characters are one of these, but most stand behind a letter
    r"(?<=[\w@.：:-])(?:<!\[CDATA\[|\]\]>|<[^<>]*>"
    r"|\*\*|[\"']\s*(?:&\s*)?[\"']|\"\"&\"\"|[\\=]\n\s*|_(?=\d))+(?=[\w@.：:-])"
)
"""What parts a text only where it is written: tags, quotation marks, ends of lines."""
_CODES = re.compile(
    r"(?:(?:0x3|[45])\d[\s,:]+){7,}(?:0x3|[45])\d|(?:3\d[\s,:]+){7,}3\d", re.IGNORECASE
)
_EACH_DIGIT = r"(?m)^\d(?:[,;\t]\d){10,}$"  # a row with a cell for each
_APART = re.compile(r"(?<=>\d)\s*<[^<>]*>(?:\s*<[^<>]*>)*\s*(?=\d\s*<)")
"""Between digits, each of which is drawn by itself."""
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9+/]{16})\r?\n(?=[A-Za-z0-9+/]+=*$)", re.MULTILINE)
_RUN = re.compile(r"[A-Za-z0-9+/_-]{11,}")
_CHINESE = re.compile("[一-鿿]{2}")
_RUN_OF_85 = re.compile(r"[!-~]{14,}")


def _unescaped(escape: re.Match[str]) -> str:
    if escape.re is _OF_MAIL:
        return bytes.fromhex(escape[0].replace("=", "")).decode("utf-8", "replace")
    if escape.re is _OF_SEVEN_BITS:
        return escape[0].encode().decode("utf-7", "replace")
    base = 8 if escape.re is _OF_SCRIPTS and escape["octal"] else 16
    said = chr(min(int(next(filter(None, escape.groups())), base), 0x10FFFF))
    return " " if said == "\n" else said  # where a line ends that is one text all the same


_BEGIN_PACKED = (b"\x1f\x8b\x08", b"PK\3\4", b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"%PDF-")
"""How archives, pictures and documents begin."""
MAX_HASH = 64  # bytes: what is longer, and no text, is something packed


def _is_packed(data: bytes, *, is_mixed: bool) -> bool:
    """Whether what letters stand for is itself to be unpacked; `is_mixed`: in letters of both cases
    and digits, as Base64 is."""
    if data[:1] == b"x":
        with suppress(zlib.error):
            return bool(zlib.decompressobj().decompress(data, 9))
    is_long = is_mixed and len(data) > MAX_HASH
    is_text = not (
        is_long and re.search("[\0-\x08\x0e-\x1f\ufffd]", data.decode("utf-8", "replace"))
    )
    return data.startswith(_BEGIN_PACKED) or not is_text


def _is_common(form: bytes) -> bool:
    """Whether bytes are Chinese that somebody wrote: any are, in UTF-16."""
    for encoding in ("utf-8", "gb2312"):
        with suppress(UnicodeDecodeError):
            return bool(form.decode(encoding))
    return False


def _decoded(run: str) -> Iterator[str]:
    """The number or the text with a number that a run of letters may stand for."""
    if re.fullmatch("0(?:x[0-9A-Fa-f]{9,16}|o[0-7]{11,20}|b[01]{30,60})", run):
        yield str(int(run, 0))
    if run.islower() and not run.isalnum():
        return  # words of a style: a digit in Base64 begins with a capital
    letters = run.strip("+-").replace("-", "+").replace("_", "/") + "==="
    decodings: list[tuple[Callable[[str], bytes], str]] = [(bytes.fromhex, run)]
    if is_letters := _RUN.fullmatch(run):
        decodings.append((base64.b64decode, letters))
        if len(run) > 17 and (run.isupper() or run.islower()):
            decodings.append((base64.b32decode, run.upper() + "=" * (-len(run) % 8)))
    else:
        decodings += [(base64.b85decode, run), (base64.a85decode, run)]
    for decode, encoded in decodings:
        form = b""
        with suppress(ValueError):
            form = decode(encoded)
        if is_letters and _is_packed(
            form, is_mixed=all(re.search(kind, run) for kind in ("[a-z]", "[A-Z]", r"\d"))
        ):
            raise Unreadable("里面有编了码的内容")
        yield from re.findall(r"\d{11,}", form.replace(b"\0", b"").decode("latin-1"))
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")[: 4 if is_letters else 2]:
            with suppress(UnicodeDecodeError):
                text = form.decode(encoding)
                if re.search(r"[\d@]", text) or (_CHINESE.search(text) and _is_common(form)):
                    yield text
                    yield from (form for inner in _RUN.findall(text) for form in _decoded(inner))
