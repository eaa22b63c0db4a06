"""What becomes of collected records: new ones get their names and places, doubles are left."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from fazhi.commands.collecting import faults, reading
from fazhi.commands.collecting.reading import Piece
from fazhi.commands.entry.desk import among
from fazhi.commands.fixing import fix
from fazhi.commands.fixing.values import Fix
from fazhi.commands.spreadsheets.checking import Tell, counted, untold
from fazhi.personal import masked
from fazhi.problems import formats
from fazhi.problems.problem import Problem, Severity
from fazhi.problems.quoting import shown
from fazhi.records import ledger, names
from fazhi.records.record import Record
from fazhi.schema.kinds import KINDS, Case, Kind
from fazhi.schema.questions import TIME
from fazhi.schema.township import Settings
from fazhi.sources import files, front_matter
from fazhi.sources import source as sources
from fazhi.sources.source import Source
from fazhi.sources.tree import Tree


@dataclass(frozen=True)
class Filed:
    """A collected record that is new: what it came as, and how it will lie in the project."""

    piece: Piece
    record: Record
    data: bytes
    fixes: Sequence[Fix]

    def lines(self) -> Iterator[str]:
        yield f"新增 {self.record.path}（{_where(self.piece)}）"
        yield from (f"    第{self.piece.line + fix.line - 1}行：{fix.what}" for fix in self.fixes)


@dataclass
class Plan:
    """What filing would do. `left` says of each record that is not written where it is already."""

    read: int = 0
    unread: int = 0  # files of which it is not known what is in them
    filed: list[Filed] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    others: int = 0  # not written either: something else is told of the same event
    problems: list[Problem] = field(default_factory=list)
    refused: set[Piece] = field(default_factory=set)

    @property
    def is_unread(self) -> bool:
        """Whether there is nothing that could be taken, whatever is skipped."""
        return not self.read

    def accepted(self) -> list[Filed]:
        return [each for each in self.filed if each.piece not in self.refused]

    def told(self) -> Iterator[str]:
        """Every problem."""
        return map(formats.line, self.problems)

    def lines(self) -> Iterator[str]:
        """What is there already, and what is done with each record that is accepted."""
        return chain(self.left, *(each.lines() for each in self.accepted()))

    def summary(self) -> str:
        unread = f"（其中 {self.unread} 个文件读不了）" if self.unread else ""
        return (
            f"读到 {self.read} 条：新增 {len(self.accepted())}，已经有的和重复的 {len(self.left)}，"
            f"已经有而内容不一样的 {self.others}，退回 {len(self.refused) + self.unread}{unread}。"
        )

    def write(self, root: Path, _: Tell = untold) -> None:
        """Write what is accepted, all or none. Raises OSError, also for one that exists."""
        files.write(root, {each.record.path: each.data for each in self.accepted()})


class Filing:
    """Collected records against a project, one after the other. Nothing is written."""

    def __init__(self, tree: Tree, settings: Settings, today: date, kind: Kind | None) -> None:
        self._tree = tree
        self._settings = settings
        self._today = today
        self._kind = kind
        self._nodes = [day.name for day in settings.vocabulary.publicity_days]
        self._book = ledger.load(tree)
        self._by_event = {record.identity: record for record in self._book.records}
        self._from: dict[Record, str] = {}  # the new ones, and where each came from
        # The names in a folder by their casefold; in place of one that is given here, nothing.
        self._taken: dict[str, dict[str, str]] = {}
        self._plan = Plan()

    def plan(self, given: Sequence[Path], tell: Tell = untold) -> Plan:
        tell("正在读收来的文件…")
        pieces, self._plan.problems = reading.read(given)
        self._plan.read = len(pieces)
        errors = (p for p in self._plan.problems if p.severity is Severity.ERROR)
        self._plan.unread = len({problem.path for problem in errors})
        for piece in counted(pieces, "核对", tell):
            for problem in self._take(piece):
                self._refuse(piece, problem)
        by_path = {each.record.path: each.piece for each in self._plan.filed}
        records = [each.record for each in self._plan.filed]
        for problem in among(self._book, self._book.records, records, self._settings, self._today):
            if problem.path in by_path:
                piece = by_path[problem.path]
                for told in _in_file(piece, [problem]):
                    self._refuse(piece, told)
        self._plan.problems = sorted({*self._plan.problems})
        return self._plan

    def _refuse(self, piece: Piece, problem: Problem) -> None:
        self._plan.problems.append(problem)
        if problem.severity is Severity.ERROR:
            self._plan.refused.add(piece)

    def _take(self, piece: Piece) -> Iterator[Problem]:
        """Give a piece its place among the new records, or say why it has none."""
        if another := reading.run_together(piece):
            yield another
            return
        kind = KINDS.get(piece.kind) if piece.kind else self._kind or _kind(piece, self._settings)
        form = f"records/{self._today.year}/{(kind or KINDS['活动']).folder}/x.md"
        fixed = fix(piece.text.encode("utf-8", "replace"), form, self._nodes, in_order=False)
        source, found = sources.as_record(fixed.data, piece.path)
        if kind is None and (source or piece.kind):
            message = f"没有{shown(piece.kind)}这种记录" if piece.kind else "看不出是哪种记录"
            yield piece.problem(faults.unknown_kind(message))
        elif kind is None or source is None:
            yield from _in_file(piece, found)
        else:
            path, double = self._place(piece, kind, source)
            record, found = ledger.as_record(fixed.data, path, int(path[8:12]), kind)
            yield from _in_file(piece, found)
            if record:
                yield from self._file(Filed(piece, record, fixed.data, fixed.fixes), double)

    def _place(self, piece: Piece, kind: Kind, source: Source) -> tuple[str, str]:
        """The path of a new record, and that of another which has its name, or the one it came by."""
        lead = source.data.get(kind.model.leading) or source.data.get(TIME[1])
        day = (kind.leading_day(lead) or self._today).isoformat()
        folder = f"records/{day[:4]}/{kind.folder}"
        if folder not in self._taken:
            found = (PurePosixPath(name).stem for name, _ in self._tree.entries(folder))
            self._taken[folder] = {name.casefold(): name for name in found}
        taken, title = self._taken[folder], str(source.data.get("标题", ""))
        if kind.model is Case:  # a number is no name: two offices may both have given it
            return f"{folder}/{names.stem(kind, day, title, taken)}.md", ""
        stem = names.stem(kind, day, title, ())
        own = PurePosixPath(piece.name or piece.path).stem
        double = taken.get(stem.casefold()) or taken.get(own.casefold())
        named = f"{folder}/{names.stem(kind, day, title, taken)}.md"
        return named, f"{folder}/{double}.md" if double else ""

    def _file(self, new: Filed, double: str) -> Iterator[Problem]:
        path, piece = new.record.path, new.piece
        held = self._by_event.get(new.record.identity)
        now, body = new.record.fields, new.record.source.body
        if held and (held.fields, held.source.body) == (now, body):
            double = f"重复：同 {self._from.get(held)} 一样" if held in self._from else ""
            double = double or f"已经有了：{held.path}"
            self._plan.left.append(f"{double}（{_where(piece)}），没有写")
        elif held and held not in self._from:
            yield piece.problem(faults.recorded(held.path, is_same=True))
            self._plan.others += 1
        elif held or double:
            other = self._from[held] if held else double
            yield piece.problem(faults.recorded(other, is_same=False))
        else:
            folder, _, name = path.rpartition("/")
            self._taken[folder][PurePosixPath(name).stem.casefold()] = ""
            self._by_event[new.record.identity] = new.record
            self._from[new.record] = _where(piece)
            self._plan.filed.append(new)


def _in_file(piece: Piece, found: Iterable[Problem]) -> Iterator[Problem]:
    for problem in found:
        yield replace(problem, path=piece.path, line=piece.line + problem.line - 1)


def _where(piece: Piece) -> str:
    return masked(f"{piece.path} 第{piece.line}行")


def _kind(piece: Piece, settings: Settings) -> Kind | None:
    """Which kind a record without a mark is of, by its 类别 and keys; None where both leave it open."""
    _, yaml_text, _ = front_matter.split(piece.text) or ("", "", "")
    lines = re.findall(
        r"^([^\s#:：-][^\s:：]*)[ \u3000]*[:：][ \u3000]*(.*)", yaml_text, re.MULTILINE
    )
    held = {key: text.strip(" \"'“”") for key, text in lines}
    every = [*KINDS.values()]
    fit = [kind for kind in every if held.keys() <= kind.fields.keys()]
    categories = settings.vocabulary.categories
    named = [k for k in every if held.get("类别") in {c.name for c in categories.get(k.name, ())}]
    both = [kind for kind in fit if kind in named]
    return next((found[0] for found in (both, fit, named) if len(found) == 1), None)
