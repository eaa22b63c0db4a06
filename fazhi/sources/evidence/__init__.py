"""Evidence files: the texts in a file besides what one sees, and the personal data in them.

来源：个人信息保护法第二十五条。Photos carry descriptions, documents carry authors and comments. What
is read is bounded: headers of photos, text of documents of bearable size. What stays in the office
may be of a kind that is not read (old .doc, videos); what leaves is of one that is read whole, and
so is what the program makes of the records.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO

from fazhi import personal
from fazhi.personal.readings import names_a_person
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import INVISIBLE
from fazhi.problems.reasons import reason
from fazhi.sources.evidence import decoding, documents, leaving, tables
from fazhi.sources.evidence.pieces import Allowance, Piece, Unreadable, numbers
from fazhi.sources.faults import personal_data, unsearchable
from fazhi.sources.text import line_and_column
from fazhi.sources.tree import UNOPENED, Tree

__all__ = ["Piece", "Unreadable", "found_in", "pieces", "problems", "text"]

MAX_BYTES = UNOPENED
MAX_TEXT = 5_000_000
UNKNOWN = "不是能查完的格式：不是 UTF-8 的文本"
MAX_UNPACKED = 150_000_000  # of all archives in a file together; of one by itself, see `archives`
DEPTH = 2  # archives within archives that are looked into
MAX_CODED = 200_000  # characters of what stays, in which escapes and codes are undone: it is slow
AN_END = 50_000
AN_END_OF_A_PHOTO = 4_000  # a check reads hundreds of them
_MEDIA = (
    b"ID3",
    b"RIFF",
    b"OggS",
    b"fLaC",
    b"\x1aE\xdf\xa3",
    b"BM",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\0\0\1\xba",
)
"""How sound, films and pictures begin that hold no text but what programs say of them."""
_CLOSED = (
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
"""How files begin, also those within others, whose texts are packed or lie in pieces."""
_LATIN = re.compile("[A-WYZa-wyz]+")  # but for the last digit of an identity number
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\U000e0000-\U000e007f]")  # those of a tag are not seen
_PACKED = (  # a text in which another is packed (RTF, mail, drawings); it has one of the signs below
    r"(?im)\{\\rtf|\A\s*%!|^begin [0-7]{3} |%PDF-\d|~\{#|;base64,|<!ENTITY"
    r"|^Content-Transfer-Encoding|<\?xml[^>]*encoding\s*=\s*.(?!utf-|us-ascii|gb)[^>]*>"
    r"|<\?xml[^>]*encoding\s*=\s*.utf-7"
)
_OF_PACKED = ("{\\rtf", "%!", "begin ", "%pdf-", "~{#", ";base64,", "<!entity", "encoding")


def problems(tree: Tree, path: str, *, leaves: bool = False) -> Iterator[Problem]:
    """Personal data in a file, each piece of it once; and whether it could not be searched."""
    try:
        if tree.size(path) > MAX_BYTES:
            raise Unreadable(f"超过 {MAX_BYTES / 1e6:.0f} MB")
        with tree.open(path) as opened:
            yield from found_in(_leaving(opened, path) if leaves else pieces(opened), path)
    except (Unreadable, OSError) as error:
        why = str(error) if isinstance(error, Unreadable) else reason(error, "读不出来")
        yield Problem(path, 1, 1, *unsearchable(why, leaves=leaves))


def found_in(
    texts: Iterator[Piece], path: str, whole: Callable[[], str] | None = None
) -> Iterator[Problem]:
    """The personal data in the texts of one file, each piece of it once, at the first place. `whole`
    gives what else tells what its numbers are."""
    reported: set[tuple[str, str]] = set()
    hint = "删去；已经提交过的，告诉管理员"
    for piece in texts:
        for finding in personal.find(piece.text, whole):
            if (finding.kind, finding.value) in reported:
                continue
            reported.add((finding.kind, finding.value))
            line, column = 1, 1
            if piece.is_whole_file:
                line, column = line_and_column(piece.text, finding.start)
            yield Problem(path, line, column, *personal_data(piece.place, finding, hint))


def pieces(file: BinaryIO, *, leaves: bool = False) -> Iterator[Piece]:
    """Every text in a file, by what the file is and not by what it is called. Raises Unreadable: it
    is broken, locked or too large; or it was made to leave, and not all of it is read."""
    yield from _pieces(file, DEPTH, Allowance(MAX_UNPACKED), leaves)


def _leaving(file: BinaryIO, path: str) -> Iterator[Piece]:
    """Every text in a file of docs/assets. Raises Unreadable."""
    is_picture = leaving.is_picture(path, seems=_is_image(file.read(16)))
    if is_picture:  # it is made anew: what is found in it is in the repository all the same
        from fazhi.sources.evidence import photos  # noqa: PLC0415 - see `_pieces`

        if reason := photos.unfit(file):
            raise Unreadable(reason)
        file.seek(0)
        yield from _pieces(file, 0, Allowance(MAX_UNPACKED), leaves=True)
        return
    if zipfile.is_zipfile(file):
        raise Unreadable("后面接着一个压缩包")
    file.seek(0)
    if path.lower().endswith(leaving.DRAWING):
        from fazhi.sources.evidence import drawings  # noqa: PLC0415 - see `_pieces`

        if len(data := file.read(MAX_TEXT + 1)) > MAX_TEXT:
            raise Unreadable(f"文字超过 {MAX_TEXT / 1e6:.0f} MB")
        yield Piece("图形里", drawings.texts(data))
        return
    for piece in _plain(file, leaves=True):
        yield piece
        # What nobody sees would have each of them searched for all kinds.
        forms = (INVISIBLE.sub("", form) for form in decoding.readings(piece.text, path))
        yield from (Piece(piece.place, form) for form in dict.fromkeys(forms))


def _pieces(file: BinaryIO, depth: int, allowance: Allowance, leaves: bool) -> Iterator[Piece]:
    start = file.read(16)
    if not start.startswith(b"PK\x03\x04") and zipfile.is_zipfile(file):
        raise Unreadable("后面接着一个压缩包")
    file.seek(0)
    # Their libraries take 0.1 s to load: an office without photos and PDFs does not wait for them.
    if _is_image(start):
        from fazhi.sources.evidence import images  # noqa: PLC0415

        yield from images.pieces(file)
        yield Piece("图片里", numbers(_ends(file, AN_END_OF_A_PHOTO)))
    elif start.startswith(b"%PDF-"):
        from fazhi.sources.evidence import pdfs  # noqa: PLC0415

        yield from _with_inner(pdfs.pieces(file, allowance), depth, allowance, leaves)
    elif start.startswith(b"PK\x03\x04"):
        yield from _with_inner(documents.pieces(file, allowance), depth, allowance, leaves)
    else:
        yield from _plain(file, leaves=leaves, is_inner=depth < DEPTH)


def _is_image(start: bytes) -> bool:
    begins = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*")
    return start.startswith(begins) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP")


def _with_inner(
    texts: Iterator[Piece], depth: int, allowance: Allowance, leaves: bool
) -> Iterator[Piece]:
    """The texts among pieces, and those of the files inside, where these are not too deep."""
    trouble = None
    for piece in texts:
        if piece.inner is None:
            yield piece
        elif not depth:
            trouble = Unreadable("压缩包一个套一个，套得太深")
        else:
            try:
                for within in _pieces(io.BytesIO(piece.inner), depth - 1, allowance, leaves):
                    yield Piece(f"{piece.place}的{within.place}", within.text)
            except Unreadable as error:
                trouble = error
    if trouble:
        raise trouble


def _plain(file: BinaryIO, *, leaves: bool, is_inner: bool = False) -> Iterator[Piece]:
    """The text of a plain file in UTF-8, UTF-16 or GBK; the numbers in what is no text and stays.
    Raises Unreadable where that is of no kind that has no more."""
    data = file.read(MAX_TEXT)
    too_long = Unreadable(f"文字超过 {MAX_TEXT / 1e6:.0f} MB") if file.read(1) else None
    if leaves and too_long:
        raise too_long
    if leaves:
        text(data)
    elif _CONTROLS.search(data[:4096]) and not data.startswith(_MARKS):
        is_media = data.startswith(_MEDIA) or data[4:8] == b"ftyp"
        yield Piece("里面", numbers(_ends(file, AN_END) if is_media else data))
        if data.startswith(_CLOSED) or not (is_media or is_inner):
            raise Unreadable("旧格式，或者不认得的格式")
        return
    for encoding in ("utf-32", "utf-16") if data.startswith(_MARKS) else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            read = "\n".join(_decoded(data, encoding).splitlines())
            yield Piece("这里", read, is_whole_file=True)
            if not leaves and (len(read) < MAX_CODED or names_a_person(read)):
                yield Piece("表格里", "\n".join(tables.cells(read)))
            forms = () if leaves else decoding.readings(read[:MAX_CODED], ".txt", leaves=False)
            # Of the names in a program any may look like somebody's account.
            yield from (Piece("这里", _LATIN.sub("\n字\n", form)) for form in forms)
            if not leaves and _holds_another(read):
                raise Unreadable("里面有编了码的内容")
            break
    else:
        raise Unreadable(UNKNOWN)
    if too_long:
        raise too_long


def _ends(file: BinaryIO, size: int) -> bytes:
    """The beginning and the end of a file, where programs keep what they say of it."""
    file.seek(0)
    data = file.read(size)
    file.seek(max(file.seek(0, io.SEEK_END) - size, len(data)))
    return data + b"\n" + file.read()


def text(data: bytes) -> str:
    """What a text in UTF-8 or marked UTF-16 says. Raises Unreadable of another, or of no text."""
    with suppress(UnicodeDecodeError):
        read = _decoded(data, "utf-16" if data.startswith(_MARKS) else "utf-8-sig")
        if _holds_another(read):
            raise Unreadable("里面有编了码的内容")
        if not _CONTROL.search(read):
            return read
    raise Unreadable(UNKNOWN)


def _holds_another(text: str) -> bool:
    lower = text.lower()
    return any(sign in lower for sign in _OF_PACKED) and re.search(_PACKED, text) is not None


def _decoded(data: bytes, encoding: str) -> str:
    """The data as text; the beginning of a long one may end within a character."""
    return codecs.getincrementaldecoder(encoding)().decode(data, final=len(data) != MAX_TEXT)
