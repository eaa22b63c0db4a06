"""Finds the files of townships, and checks each and all together: as lines for DuckDB."""

import glob
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, BinaryIO

from fazhi.commands.rollup.model import Copied
from fazhi.commands.rollup.reading import RefusedFile, read
from fazhi.output.data.figures_json import Figures
from fazhi.problems.quoting import shown
from fazhi.report.editions import Edition
from fazhi.rules.copies import is_notable
from fazhi.sources.tree import EntryType, Folder

NAMED = 5  # how many of a long list a message names
COMMON = 10  # townships: what more than these say was given to all; their pairs would be too many


class Reports:
    """The sentences of the reports that were read, each with the townships that have it."""

    def __init__(self) -> None:
        self._read: list[tuple[str, int, bool]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)

    def add(self, document: Figures) -> None:
        said = dict.fromkeys(document.sentences)
        for sentence in said:
            self._holders[sentence].append(len(self._read))
        self._read.append((document.publisher, len(said), document.reused))

    @property
    def common(self) -> list[str]:
        """What so many townships say that it is no copy of one from another."""
        return sorted(said for said, held in self._holders.items() if len(held) > COMMON)

    def copied(self) -> list[Copied]:
        """Pairs of reports that share more than what every report says, the most alike first."""
        shared: dict[tuple[int, int], list[str]] = defaultdict(list)
        for sentence, held in self._holders.items():
            if len(held) <= COMMON:
                for pair in combinations(held, 2):
                    shared[pair].append(sentence)
        found = []
        for pair, sentences in shared.items():
            both = sorted(self._read[place] for place in pair)
            of = {name: count for name, count, _ in both}
            if is_notable(len(sentences), min(of.values())):
                reused = any(has_reason for *_, has_reason in both)
                found.append(Copied(townships=of, sentences=sorted(sentences), reused=reused))
        return sorted(found, key=lambda copied: (-len(copied.sentences), [*copied.townships]))


@dataclass
class Gathered:
    """What was read: of which year and edition, the files that were there twice, and whose are drafts."""

    year: int = 0
    edition: Edition = Edition.PUBLIC
    repeated: list[tuple[str, str]] = field(default_factory=list)
    """A file and the one before it that holds the same bytes: it counts once."""
    drafts: list[str] = field(default_factory=list)
    reports: Reports = field(default_factory=Reports)
    refused: list[RefusedFile] = field(default_factory=list)


def gather(files: Iterable[Path], lines: BinaryIO) -> Gathered:
    """Write what was checked, a line a township, to `lines`; nothing counts if any is refused. DuckDB
    gets this and not the files: they could change, and `乡[1].json` is a pattern to it."""
    gathered = Gathered()
    seen = _Seen()
    for file in files:
        path = file.as_posix()
        document, data, refused = read(file, path)
        gathered.refused += refused
        if document is None:
            continue
        digest = hashlib.sha256(data).digest()
        whose = (document.publisher.strip(), document.year)
        earlier = seen.publishers.setdefault(whose, (path, digest))
        if earlier != (path, digest) and earlier[1] == digest:
            gathered.repeated.append((path, earlier[0]))
            continue
        gathered.refused += seen.clashes(document, path, earlier[0])
        gathered.year, gathered.edition = document.year, document.edition
        gathered.drafts += [whose[0]] if document.draft else []
        if not gathered.refused:
            gathered.reports.add(document)
            not_added: Any = {"figures": {"__all__": {"words", "records"}}, "sentences": True}
            lines.write(document.model_dump_json(exclude=not_added).encode() + b"\n")
    gathered.refused += seen.mixtures()
    return gathered


class _Seen:
    """What was in the files so far, where all must agree."""

    def __init__(self) -> None:
        self.publishers: dict[tuple[str, int], tuple[str, bytes]] = {}
        self._kinds: dict[str, tuple[str, str, str]] = {}
        self._groups: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def clashes(self, document: Figures, path: str, earlier: str) -> Iterator[RefusedFile]:
        """Where a document contradicts one before it."""
        edition = "公开版" if document.edition is Edition.PUBLIC else "内部版"
        self._groups["年份"][f"{document.year} 年"].append(path)
        self._groups["版本"][edition].append(path)
        if earlier != path:
            message = f"{shown(document.publisher)} {document.year} 年的已经有一份，内容不同：{earlier}。只留对的一份。"
            yield RefusedFile(path, 0, 0, message)
        for figure in document.figures:
            kind = (figure.measure, figure.unit, path)
            first = self._kinds.setdefault(figure.fingerprint, kind)
            if first[:2] != kind[:2]:
                message = f"指标{shown(figure.name)}的口径指纹和 {first[2]} 里的一样，统计或者单位却不同，文件被改过。"
                yield RefusedFile(path, 0, 0, message)

    def mixtures(self) -> Iterator[RefusedFile]:
        """Years or editions that are mixed: the files of each are named."""
        for what, groups in self._groups.items():
            if len(groups) > 1:
                listed = "；".join(f"{n}的 {some(paths)}" for n, paths in sorted(groups.items()))
                yield RefusedFile("", 0, 0, f"{what}不能混在一起：{listed}。分开汇总。")


def some(names: Sequence[str]) -> str:
    """The first of some names, and how many there are."""
    return f"{len(names)} 个：{'、'.join(names[:NAMED])}{'等' if len(names) > NAMED else ''}"


@dataclass
class Found:
    """The files, in order of path; what led to none; and data files of a folder that were passed by."""

    files: list[Path] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    passed_by: list[Path] = field(default_factory=list)


def find(given: Iterable[str]) -> Found:
    """The files that are meant. In a folder those are the ones whose name says figures."""
    found = Found()
    files: dict[Path, Path] = {}
    for name in given:
        paths = [Path(name)] if Path(name).exists() else []
        if not paths and glob.has_magic(name):
            # Path.glob takes no whole path.
            paths = sorted(map(Path, glob.glob(name, recursive=True)))  # noqa: PTH207
        held = [file for path in paths for file in _in(path, found)]
        if not held:
            found.nothing.append(name)
        files |= {file.absolute(): file for file in held}
    found.files = sorted(files.values())
    return found


def _in(path: Path, found: Found) -> Iterator[Path]:
    """The file itself, or what is in the folder: 河坪乡-figures.json and figures (1).json, too."""
    if not path.is_dir():
        yield path
        return
    for name, what in () if path.is_symlink() else Folder(path).walk(""):
        file = path / name
        is_json = file.suffix.lower() == ".json" and not file.name.endswith(".schema.json")
        if what is EntryType.FOLDER or not is_json:
            continue
        if "figures" in file.name.lower():
            yield file
        # What a site, or a roll-up, holds beside figures.json, is no loss.
        elif file.stem not in {"datapackage", "search_index", "series", "rollup"}:
            found.passed_by.append(file)
