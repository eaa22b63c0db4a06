"""What the form in the preview asks for: a record checked, saved, or given to be changed."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from fazhi.commands.new_record.draft import Draft
from fazhi.problems import formats
from fazhi.problems.problem import Problem, Severity, has_errors
from fazhi.records import ledger
from fazhi.records.names import STEM
from fazhi.schema import township
from fazhi.schema.kinds import FOLDERS, KINDS, Kind
from fazhi.schema.questions import TIME
from fazhi.schema.township import Settings
from fazhi.sources import files, front_matter
from fazhi.sources import source as sources
from fazhi.sources.source import Source
from fazhi.sources.strict_yaml import comments
from fazhi.sources.tree import MAX_BYTES, Folder

Answer = dict[str, Any]
PROSE = "正文"


class Refused(Exception):
    """Why a request is not obeyed, with the status of HTTP that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Judged:
    """A record that was handed in: where it lies or would, what it is, and what is wrong with it.

    `known` is what of that was wrong before the record was changed, in a field that is as it was;
    `data` is None where it cannot be read, and so not be written.
    """

    path: str
    data: bytes | None
    problems: list[Problem]
    keys: Mapping[Problem, str | None]
    known: Sequence[Problem]

    @property
    def brings_errors(self) -> bool:
        return has_errors(problem for problem in self.problems if problem not in self.known)

    def answer(self) -> Answer:
        return {"path": self.path, "problems": [*map(self._told, self.problems)]}

    def _told(self, problem: Problem) -> Answer:
        where = "" if problem.path == self.path else f"{problem.path}："
        return {
            "rule": problem.rule,
            "severity": "error" if problem.severity is Severity.ERROR else "warning",
            "message": where + formats.words(problem),
            "key": self.keys.get(problem),
            "line": problem.line,
            "column": problem.column,
            "known": problem in self.known,
        }


class Office:
    """A project in which records are written by a form, one after the other."""

    def __init__(self, root: Path, today: Callable[[], date]) -> None:
        self._root = root
        self._tree = Folder(root)
        self._today = today

    def check(self, body: bytes) -> Answer:
        """What the checker would report of a record. Raises Refused."""
        return self._judged(self._asked(body)).answer()

    def save(self, body: bytes) -> Answer:
        """The same; and the record is written, unless it brings an error. Raises Refused, OSError."""
        asked = self._asked(body)
        judged = self._judged(asked)
        old = {asked.path: self._read(asked.path)} if asked.path else {}
        data = None if judged.brings_errors else judged.data
        try:
            if any(_hash(held) not in asked.hashes and held != data for held in old.values()):
                raise FileExistsError
            if data is not None:
                files.write(self._root, {judged.path: data}, old)
        except FileExistsError:
            if not old:
                raise
            why = "这条记录刚才被别人改过：抄下自己改的，按“清空”，再打开它改。没有保存。"
            raise Refused(409, why) from None
        return {**judged.answer(), "saved": data is not None}

    def _asked(self, body: bytes) -> "_Asked":
        """A request. Of a new record that came before and was written, whose answer was lost: to
        change it."""
        asked = _Asked.of(body)
        if asked.path is None and asked.hashes:
            records = filter(ledger.is_record, dict(self._tree.walk("records")))
            for path in (path for path in records if _kind_of(path) is asked.kind):
                data, _ = self._tree.text(path)
                if data and _hash(data) in asked.hashes:
                    return replace(asked, path=path)
        return asked

    def record(self, path: str) -> Answer:
        """A record as it is written, to be changed. Raises Refused."""
        data = self._read(path)
        try:
            return {"text": data.decode("utf-8"), "hash": _hash(data)}
        except UnicodeDecodeError:
            again = "先运行 python3 scripts/check_records.py --fix"
            raise Refused(400, f"这个文件不是 UTF-8 编码，改不了：{again}。") from None

    def _read(self, path: str) -> bytes:
        _kind_of(path)
        data, problems = self._tree.text(path)
        if data is None and self._tree.type_of(path) is None:
            other = "别人交来的，用 import_ledger.py 收进来，再改"
            again = "刚才被删去、改了名的，要留的抄下来，按“清空”，另记一条"
            raise Refused(404, f"项目里没有这条记录：{other}；{again}。")
        if data is None:
            raise Refused(404, f"打不开这条记录：{formats.words(problems[0])}。")
        return data

    def _judged(self, asked: "_Asked") -> Judged:
        draft = Draft(self._tree, self._configured(), asked.kind, self._today())
        source, problems = sources.as_record(asked.text.encode(), asked.path or "")
        if source is None:
            near = dict(_placed(problem, asked.text, asked.kind) for problem in problems)
            return Judged(asked.path or "", None, [*near], near, [])
        held = {key: value for key, value in source.data.items() if key in asked.kind.fields}
        path = asked.path or draft.path(held)
        data = asked.text.encode()
        found = _found(draft, data, source, path)
        if not asked.path:
            return Judged(path, _as_written(source, asked.kind), sorted(found), found, [])
        old = self._read(path)
        before, _ = sources.as_record(old, path)
        told = (
            [_said(*one, before) for one in _found(draft, old, before, path).items()]
            if before
            else []
        )
        known = [problem for problem, key in found.items() if _said(problem, key, source) in told]
        return Judged(path, data, sorted(found), found, known)

    def _configured(self) -> Settings:
        settings, problems = township.load(self._tree)
        if settings is None:
            raise Refused(409, f"设置文件有错，先改好它：{formats.line(sorted(problems)[0])}。")
        return settings


@dataclass(frozen=True)
class _Asked:
    """A request: a whole record, new or (with a path) in place of one with one of these hashes, which
    are of what the sender has read or sent."""

    kind: Kind
    text: str
    path: str | None
    hashes: Sequence[object]

    @classmethod
    def of(cls, body: bytes) -> "_Asked":
        try:
            asked = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            raise Refused(400, "请求不是 UTF-8 编码的 JSON。") from None
        text, path = (asked.get(key) if isinstance(asked, dict) else 0 for key in ("text", "path"))
        if not isinstance(text, str) or not (path is None or isinstance(path, str)):
            raise Refused(400, "请求里要有 kind（种类）、text（整条记录的文字）和 path。")
        kind = KINDS.get(asked["kind"]) if isinstance(asked.get("kind"), str) else None
        if kind is None:
            raise Refused(400, f"kind 要是一种记录：{'、'.join(KINDS)}。")
        if path is not None and _kind_of(path) is not kind:
            raise Refused(400, f"这条记录在别的文件夹里，不是{kind.name}。")
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            raise Refused(400, "文字里有半个字符，存不下来：删去认不出来的字。") from None
        if size > MAX_BYTES:
            raise Refused(413, "文字太长，超过 1 MB。")
        hashes = asked.get("hashes")
        return cls(kind, text, path, hashes if isinstance(hashes, list) else [])


def _kind_of(path: str) -> Kind:
    *_, folder, name = path.split("/") if ledger.is_record(path) else ("", "")
    if not STEM.fullmatch(name.removesuffix(".md")):
        again = "改回“日期-标题.md”（去掉下载时多出来的“ (1)”“.txt”），再打开它改"
        raise Refused(404, f"这不是一条记录的文件名：{again}。")
    return FOLDERS[folder]


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _as_written(source: Source, kind: Kind) -> bytes:
    """A new record as new_record.py writes it; as it came where that would lose something."""
    written = front_matter.record(source.data, kind.order, source.body).encode()
    again, _ = sources.as_record(written, source.path)
    is_same = again is not None and (again.data, again.body) == (source.data, source.body)
    return written if is_same and not any(comments(source.yaml_text)) else source.text.encode()


def _found(draft: Draft, data: bytes, source: Source, path: str) -> dict[Problem, str | None]:
    """All that is wrong with a record that can be read, each with the key that it is about."""
    found = {
        problem: _key_at(problem, source.text, draft.kind) if problem.path == path else None
        for problem in draft.desk.problems(data, path)
    }
    if any(problem.rule.startswith("FZ2") for problem in found):  # it is no record yet
        asked = draft.kind.fields.keys() - {*found.values()}
        sound = {key: value for key, value in source.data.items() if key in asked}
        found |= dict(_of_the_rest(draft, sound, source, path, {*found}))
    return found


def _said(problem: Problem, key: str | None, source: Source) -> tuple[object, ...]:
    """What a problem says, and of what: a message may show of that a part, and the rest masked."""
    held = source.body if key == PROSE else source.data.get(key)
    return problem.rule, problem.message, key, held, [*comments(source.yaml_text)]


def _of_the_rest(
    draft: Draft, sound: Mapping[str, Any], source: Source, path: str, told: Iterable[Problem]
) -> Iterator[tuple[Problem, str | None]]:
    """What is wrong with keys that others keep from being looked at, with a good answer in those."""
    whole, is_known = draft.completed(sound)
    undated = {key: value for key, value in whole.items() if key not in TIME}
    said = {problem.message for problem in told}
    is_dated = undated == whole or source.data.keys() & {*TIME}
    for data in (whole,) if is_dated else (whole, undated):
        text = front_matter.record(data, draft.kind.order, source.body)
        for problem in draft.desk.problems(text.encode(), path, alone=not is_known):
            key = _key_at(problem, text, draft.kind)
            is_asked = key in sound or (data is undated and key in TIME)
            if problem.path != path:
                yield problem, None
            elif is_asked and problem.message not in said:
                ways = front_matter.ways_to(text, problem.line, problem.column)
                line, column = source.at(ways[-1] if ways and key in sound else ())
                yield replace(problem, line=line, column=column), key


def _key_at(problem: Problem, text: str, kind: Kind) -> str | None:
    """Which key of a record a problem is about; None where it is about the file."""
    ways = front_matter.ways_to(text, problem.line, problem.column)
    if ways is None:
        return PROSE
    key = ways[-1][0] if ways else None
    missing = re.match("缺少“(.+?)”", problem.message)
    if missing and problem.rule == "FZ201" and missing[1] in kind.fields and len(ways) < 2:
        return missing[1]  # reported where the first of the keys is
    if problem.rule == "FZ206" and key not in TIME:
        return kind.model.leading
    return key


def _placed(problem: Problem, text: str, kind: Kind) -> tuple[Problem, str | None]:
    """A problem of a text that cannot be read, saying where it is; the key below whose name that is."""
    *above, line = re.sub("\r\n?", "\n", text).split("\n")[: problem.line]
    before = "\n".join([*above, line[: problem.column - 1]])
    if closed := sources.boundaries(before)[1]:
        row = before[closed.end() :].lstrip().count("\n") + 1
        return replace(problem, message=f"正文第 {row} 行：{problem.message}"), PROSE
    names = (re.split("[ :：]", one)[0] for one in (line, *reversed(above)))
    where = f"第 {problem.line} 行第 {problem.column} 列：{problem.message}"
    return replace(problem, message=where), next((n for n in names if n in kind.fields), None)
