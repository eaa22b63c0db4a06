"""What is about to leave the office, searched once more, as a reader or a program would read it.

Records are searched where they are read; here it is the pages, the search index, the data and the
documents that were made of them. What is found was let through by mistake: nothing may leave.
"""

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

from fazhi.personal import local_paths
from fazhi.personal.readings import columns, opened, unmarked
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import INVISIBLE, shown
from fazhi.sources import archives, evidence
from fazhi.sources.evidence import Piece, Unreadable
from fazhi.sources.evidence.pieces import markup
from fazhi.sources.faults import personal_data, unsearchable

# The theme's own files in a site or a package: with programmers' names and addresses, none of this
# office. What a township puts into such a folder of docs/assets is searched before, with docs/.
_THEME = re.compile(r"(?:[^/]+/){0,2}assets/(?:javascripts|stylesheets)/.+")
MAX_UNPACKED = 100_000_000  # bytes of one packed file (a sitemap); a package may hold far more
_FETCHED = re.compile(
    r"""<(?!a\b|meta\b|link rel="canonical")\w[^<>]*\s(?:src|srcset|href|data|poster)\s*=\s*["']?\s*"""
    r"""(?=(?:https?:)?//)([^\s"'<>]+)"""
    r"""|<script\b(?![^<>]*application/json)[^<>]*>(?:(?!</?script).)*?(https?://[^\s"'<>]+)""",
    re.DOTALL | re.IGNORECASE,
)
"""What a browser that shows a page asks of another site, by an element or by a script in it."""
_COMPUTED = re.compile(r'<data value="-?\d+\.\d+"')
"""A number of ours to its last decimal: sixteen of them may look like the number of a card."""


def find(
    files: Mapping[str, str | bytes], machine: Iterable[Path] = (), passed: Collection[str] = ()
) -> Iterator[Problem]:
    """Personal data, and paths of this machine, in files by their paths; each once in each file.

    A package is a file whose name ends in .zip: what is in it is searched file by file. `machine`
    holds folders of this machine, which no file may name; `passed` those of the files that an earlier
    search let pass: they only tell what is in the others. What cannot be searched does not leave
    either. Every problem is an error, and shows no more than a masked value.
    """
    folders = [f"{folder}{mark}" for folder in machine if folder.name for mark in "/\\"]
    pages = cache(lambda: "\n".join(_text(files[path]) for path in files if _is_page(path)))
    for path in sorted(files.keys() - passed):
        content = files[path]
        data = content.encode() if isinstance(content, str) else content
        if path.endswith(".zip"):
            yield from _of_package(path, data, folders, pages)
        elif not _THEME.fullmatch(path):
            yield from _of_file(path, data, folders, pages)


def _is_page(path: str) -> bool:
    """Whether its own tables alone tell what its numbers are: what is made of pages, the index and
    documents, has theirs."""
    return path.endswith((".html", ".md"))


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode(errors="replace")


def _of_package(
    path: str, data: bytes, folders: list[str], pages: Callable[[], str]
) -> Iterator[Problem]:
    """What is found in the files of a package, each as if it left by itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            comment = archive.comment.decode("utf-8", "replace")
            about = [Piece("文件名里", path), Piece("注释里", comment)]
            yield from evidence.found_in(iter(about), path)
            for part in archive.infolist():
                if not _THEME.fullmatch(part.filename):
                    inner = archive.read(part)
                    yield from _of_file(
                        f"{path}/{part.filename}", inner, folders, pages, part.filename
                    )
    except (*archives.BROKEN, RuntimeError):
        yield _unsearchable(path, "文件不完整")


def _unsearchable(path: str, reason: str) -> Problem:
    return Problem(path, 1, 1, *unsearchable(reason, leaves=True))


def _of_file(
    path: str, data: bytes, folders: list[str], pages: Callable[[], str], name: str = ""
) -> Iterator[Problem]:
    if path.endswith(".html") and (asked := _FETCHED.search(_text(data))):
        why = f"要从别的网站取{shown(asked[1] or asked[2], 60)}"
        hint = "删去 mkdocs.yml（如 extra、theme.font、extra_css）或者 overrides 里要它的一项"
        yield Problem(path, 1, 1, *unsearchable(why, leaves=True, hint=hint))
    try:
        pieces = [Piece("文件名里", name or path), *_pieces(path, data)]
    except (OSError, EOFError, zlib.error, Unreadable) as error:
        yield _unsearchable(path, str(error) if isinstance(error, Unreadable) else "文件不完整")
        return
    plain = [Piece(piece.place, INVISIBLE.sub("", piece.text)) for piece in pieces]
    texts = []
    for piece in plain:  # as it is written, and as a browser reads an address in it
        forms = (piece.text, opened(piece.text))
        texts += [Piece(piece.place, form) for form in dict.fromkeys(forms)]
    tables = (lambda: _text(data)) if _is_page(path) else pages
    yield from evidence.found_in(iter(texts), path, None if "assets/" in path else tables)
    for piece in plain:
        for finding in islice(local_paths(piece.text, folders), 1):
            yield Problem(path, 1, 1, *personal_data(piece.place, finding, "查是哪里带进来的"))
            return


def _pieces(path: str, data: bytes) -> Iterator[Piece]:
    suffix = path.rpartition(".")[2].lower()
    if suffix == "gz":
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            inner = packed.read(MAX_UNPACKED + 1)
        if len(inner) > MAX_UNPACKED:
            raise Unreadable("展开以后太大")
        yield from _pieces(path[:-3], inner)
    elif suffix in ("html", "htm", "xml", "svg"):
        text = _COMPUTED.sub("<data", evidence.text(data))
        yield Piece("网页里", "\n".join([markup(text), *columns(text)]))
    elif suffix == "md":
        text = _COMPUTED.sub("<data", evidence.text(data))
        said = markup(text)
        for form in dict.fromkeys((said, unmarked(said))):
            yield Piece("网页里", form)
    elif suffix in ("json", "js"):
        yield from _of_script(evidence.text(data))
    else:
        # A report's PDF, however long, is set from the text of its page, which is searched as well.
        try:
            yield from evidence.pieces(io.BytesIO(data), leaves=True)
        except Unreadable:
            if suffix != "pdf" or "assets/" in path:
                raise


def _of_script(text: str) -> Iterator[Piece]:
    """The texts of JSON, of the search index that a script holds, or a script as it is."""
    try:
        document = json.loads(text[text.find("{") :] if text.startswith("var ") else text)
    except ValueError:
        yield Piece("这里", text)
        return
    for value in _strings(document):
        yield Piece("数据里", markup(value) if "<" in value else value)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from _strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)
    elif isinstance(value, str | int):
        yield str(value)
