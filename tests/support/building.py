"""Projects copied and really built, and their pages read back."""

from __future__ import annotations

import contextlib
import gc
import gzip
import html
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import frontmatter
import yaml
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import StreamObject

from tests.conftest import BASE, CASES
from tests.support import forked
from tests.support.machine import ran

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("docs", "hooks", "overrides", "records", "scripts")
"""What a build reads, beside the Python packages, which are installed."""
FILES = ("mkdocs.yml", "pyproject.toml", "requirements.txt", "requirements-dev.txt")
SECTIONS = ("leadership", "decisions", "enforcement", "publicity", "mediation")
QINGHE = CASES / "townships/qinghe"
NOTICE = "示例数据"
"""What every page says as long as the records are a sample."""


@dataclass(frozen=True)
class Project:
    """A copy of the project, which a test may change and build."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def records(self) -> Path:
        return self.root / "records"

    def run(
        self, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run Python on `arguments`, in the project, as from a fresh terminal.

        A script is run as it runs itself in the end, by the project's own Python in UTF-8 mode, with
        the program in memory where it can be; with an `environment` it is run as a person runs it,
        and finds its Python first.
        """
        left_out = {"FAZHI_EDITION", "FAZHI_UNTIL", "SOURCE_DATE_EPOCH", "PYTHONUTF8"}
        inherited = {name: value for name, value in os.environ.items() if name not in left_out}
        python = Path(sys.executable)
        is_ready = environment is None and arguments[0].startswith("scripts/")
        if is_ready:
            python = self.root / ".venv" / python.relative_to(sys.prefix)
            environment = {"PYTHONUTF8": "1"}
        ours = {**inherited, "NO_MKDOCS_2_WARNING": "1", **(environment or {})}
        if is_ready and forked.can_fork(self.root):
            return forked.ran(arguments, self.root, self.root, ours)
        return ran([python, *arguments], self.root, ours)

    def build(
        self, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """`scripts/build.py`, whatever comes of it."""
        return self.run("scripts/build.py", *arguments, environment=environment)

    def built(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Path:
        """The folder that `scripts/build.py` must have made without a fault."""
        done = self.build(*arguments, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return Path(done.stdout.splitlines()[-1].removeprefix("打开：")).parent


def copied(target: Path, *without: str) -> Project:
    """A copy of this project in a new folder, without some of its folders, by their paths; with an
    environment that is ready."""
    left = {ROOT / path for path in without}

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(folder, name) in left]

    for part in (ROOT / name for name in PARTS):
        if part not in left:
            shutil.copytree(part, target / part.name, ignore=left_out)
    for name in FILES:
        shutil.copyfile(ROOT / name, target / name)
    # What is large and never changed only leads here: the program, and the environment of the tests.
    (target / "fazhi").symlink_to(ROOT / "fazhi", target_is_directory=True)
    (target / ".venv").mkdir()
    for inner in Path(sys.prefix).iterdir():
        (target / ".venv" / inner.name).symlink_to(inner, target_is_directory=inner.is_dir())
    return Project(target)


def of_another_office(root: Path, office: Path) -> Project:
    """A copy of the project with what an office has that is its own, and of the guide one page."""
    project = copied(root, "records", "docs/report", "docs/guide", "docs/rules")
    page = project.root / "docs/guide/takeover.md"
    page.parent.mkdir()
    page.write_text("# 接手\n\n做一个自己的项目。\n", encoding="utf-8")
    shutil.copytree(office / "records", project.records)
    shutil.copytree(office / "docs", project.root / "docs", dirs_exist_ok=True)
    config = project.root / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
    ours = (office / "mkdocs-names.yml").read_text(encoding="utf-8")
    names = [line.partition(":")[0] for line in lines[1:3]]
    assert names == ["site_name", "site_description"]
    config.write_text(ours + "".join(lines[3:]), encoding="utf-8")
    return project


def with_few_records(target: Path) -> Project:
    """A copy with the records and the report of the base project and no guide: soon built."""
    project = copied(target, "records", "docs/report", "docs/guide", "docs/rules")
    shutil.copytree(BASE, project.root, dirs_exist_ok=True)
    return project


def copy_of(project: Project, target: Path) -> Project:
    """Another project like one that was made, without what was built there."""
    built = shutil.ignore_patterns("site", "site-*", ".cache", "*.lock")
    return Project(shutil.copytree(project.root, target, symlinks=True, ignore=built))


def swap(file: Path, old: str, new: str) -> None:
    """Put a text in the place of one that is there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


@contextlib.contextmanager
def sole_maker(lock: Path) -> Iterator[None]:
    """Let one worker at a time make what `lock` stands for; the next finds it made."""
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker makes that needs it."""
    with sole_maker(folder.with_name(f"{folder.name}.lock")):
        if not folder.exists():
            make(folder)
    return folder


def staged_site(project: Project, edition: str = "public") -> Path:
    """What MkDocs is given, as files."""
    done = project.run("scripts/stage.py", "staged", "--edition", edition)
    assert done.returncode == 0, done.stderr
    return project.root / "staged"


# Records and data


def read_record(file: Path) -> tuple[dict[str, Any], str]:
    """A record's fields, every scalar as YAML has it, and its body."""
    post = frontmatter.loads(file.read_text(encoding="utf-8"))
    return post.metadata, post.content


def yaml_of(data: object) -> str:
    """YAML with its keys in the order that they have."""
    dumped: str = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return dumped


def write_record(file: Path, fields: Mapping[str, object], body: str = "") -> None:
    """A record, as a clerk would write it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    head = yaml_of(dict(fields))
    file.write_text(f"---\n{head}---\n{body}\n", encoding="utf-8")


def figures(site: Path, year: int) -> dict[str, dict[str, Any]]:
    """The entries of a year's figures.json, by name."""
    document = json.loads((site / f"data/{year}/figures.json").read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in document["figures"]}


# Folders


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path with slashes."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names that only one of two folders has, or whose bytes are not the same."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def readable(file: Path) -> str:
    """All that a file says: as it is, and again with every way of writing characters undone."""
    return "\n".join(text for _, text in unpacked(file.as_posix(), file.read_bytes()))


def unpacked(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The name and all that is said of a file, and of each file packed in it, at any depth."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield path, archive.comment.decode("latin-1")
            for part in archive.infolist():
                yield from unpacked(f"{path}/{part.filename}", archive.read(part))
    elif data.startswith(b"\x1f\x8b"):
        yield from unpacked(path, gzip.decompress(data))
    elif data.startswith(b"%PDF"):
        yield path, _of_pdf(data)
    else:
        yield path, f"{path}\n{_of_text(path, data)}"


def _of_text(path: str, data: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    if "\ufffd" in text:  # a picture, or another file of bytes, in which text may stand wide
        wide = (data[at:].decode("utf-16-le", errors="replace") for at in (0, 1))
        return "\n".join([text, *wide])
    forms = [text, html.unescape(text), unquote(text)]
    if path.endswith(".json") or "/search/" in path:
        document = json.loads(text.removeprefix("var __index = "))
        forms.append(html.unescape(json.dumps(document, ensure_ascii=False)))
    # The search index has a zero-width space between words.
    return "\n".join(forms).replace("\u200b", "").replace("\\u200b", "")


def _of_pdf(data: bytes) -> str:
    """Its text, its properties, and every stream in it as it is once it is unpacked."""
    reader = PdfReader(io.BytesIO(data))
    said = [page.extract_text() for page in reader.pages]
    said += [str(value) for value in (reader.metadata or {}).values()]
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        held = reader.get_object(number)
        said.append(str(held))
        if isinstance(held, StreamObject):
            said.append(held.get_data().decode("latin-1"))
    return "\n".join(said)


# Pages

_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"])


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page, with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def every(self, *tags: str, kind: str = "") -> Iterator[Element]:
        """All elements inside it of these tags (of any, without), and of this class, in order."""
        rest = self.children[::-1]
        while rest:
            child = rest.pop()
            if isinstance(child, Element):
                if (not tags or child.tag in tags) and (not kind or kind in child.classes):
                    yield child
                rest += child.children[::-1]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style"):
                yield from child._texts()

    @property
    def ids(self) -> set[str]:
        return {element.attributes["id"] for element in self.every() if "id" in element.attributes}

    def by_id(self, name: str) -> Element:
        return next(e for e in self.every() if e.attributes.get("id") == name)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parsed(html: str) -> Element:
    """A piece of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


@cache
def page(file: Path) -> Element:
    """A page of a built site that no test changes any more; a whole one is read by a faster reader."""
    reader = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    root: Any = etree.fromstring(file.read_bytes(), reader)
    gc.disable()  # it would look through all pages again and again
    try:
        return Element("", {}, [Element(root.tag, dict(root.attrib), [*_inside(root)])])
    finally:
        gc.enable()


def _inside(node: Any) -> Iterator[Element | str]:
    if node.text:
        yield node.text
    for child in node:
        inner = [*_inside(child)]
        is_void = child.tag in _VOID  # libxml2 knows no wbr, and puts what follows into it
        yield Element(child.tag, dict(child.attrib), [] if is_void else inner)
        yield from inner if is_void else ()
        if child.tail:
            yield child.tail


def pages(site: Path) -> dict[str, Element]:
    """Every page of a site, by its path."""
    return {file.relative_to(site).as_posix(): page(file) for file in sorted(site.rglob("*.html"))}
