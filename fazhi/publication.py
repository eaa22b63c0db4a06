"""What was published, kept: `records/<year>/published.lock.json`, and what has moved since.

The file is written when a report is published and never by hand. It holds every figure with its
value and its words, a hash of each record behind it, of the narrative and of each file that went
out. It stays in the office: it tells of withheld figures too.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from fazhi.editions import Edition, Gate
from fazhi.faults import Fault
from fazhi.figures import Value, Values
from fazhi.ledger import LOCK_FILE, Record
from fazhi.narrative import PUBLISHED, Correction, Narrative
from fazhi.problems import Problem, Severity, shown
from fazhi.settings import Settings
from fazhi.wording import plain


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Frozen):
    """A figure as it was published.

    `number` is the exact fraction, None for 暂无; `wordings` all that the narrative printed of it,
    last year's number and the change too; `shown` is how the internal edition's table writes it,
    `public` how the public one does; `records` is how many stand behind it.
    """

    number: str | None
    parts: dict[str, int] | None
    wordings: list[str]
    last: str
    shown: str
    public: str
    records: int

    def differs(self, other: Figure) -> bool:
        """Whether something that was printed of it is not the same any more."""
        return (self.number, self.parts, self.wordings, self.last, self.shown) != (
            (other.number, other.parts, other.wordings, other.last, other.shown)
        )


class Change(_Frozen):
    """A figure before and after a correction, as each edition writes it."""

    shown: tuple[str, str]
    public: tuple[str, str]


class Corrected(_Frozen):
    """A correction that has been published, by its day, with what it changed."""

    day: date
    figures: dict[str, Change]


class Lock(_Frozen):
    """What was published of a year. Hashes are SHA-256 in hexadecimal, of texts with LF ends."""

    version: Literal[1] = 1
    year: int
    published: date
    narrative: str
    figures: dict[str, Figure]
    records: dict[str, str]
    corrections: list[Corrected] = []
    files: dict[str, str]
    """Of each file that went out, by its path in the package."""
    package: str
    """Of the package itself."""


def path_of(year: int) -> str:
    """Where a year's lock lies, from the project folder."""
    return f"records/{year}/{LOCK_FILE}"


def load(root: Path, year: int) -> tuple[Lock | None, list[Problem]]:
    """The lock of a year; None without a problem where nothing was published."""
    path = path_of(year)
    if not (root / path).exists() and not (root / path).is_symlink():
        return None, []
    try:
        status = (root / path).lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            return None, [Problem(path, 1, 1, *not_a_lock("不是普通文件，或者太大"))]
        lock = Lock.model_validate_json((root / path).read_bytes())
    except OSError as error:
        return None, [Problem(path, 1, 1, *not_a_lock(f"{error.strerror}"))]
    except ValidationError:
        return None, [Problem(path, 1, 1, *not_a_lock("里面的内容不是程序写的样子"))]
    if lock.year != year:
        return None, [Problem(path, 1, 1, *not_a_lock(f"里面是 {lock.year} 年的"))]
    return lock, []


_MAX_BYTES = 20_000_000  # a hundred thousand records


def written(lock: Lock) -> str:
    """The lock as its file holds it: a line a value, so that a change shows line by line."""
    held = lock.model_dump(mode="json")
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


# What is frozen


def figures(
    wordings: Mapping[str, list[str]], values: Values, last: Values, settings: Settings
) -> dict[str, Figure]:
    """Every figure that is published or printed, as it stands now; `wordings` is what is printed."""
    gate = Gate(Edition.PUBLIC, settings)
    return {
        name: _figure(value, wordings.get(name, []), last.get(name), gate)
        for name, value in values.items()
        if value.definition.printed or name in wordings
    }


def _figure(value: Value, wordings: list[str], last: Value | None, gate: Gate) -> Figure:
    return Figure(
        number=None if value.number is None else str(value.number),
        parts=None if value.parts is None else dict(value.parts),
        wordings=wordings,
        last=plain(last) if last else "",
        shown=plain(value),
        public=plain(gate.value(value)),
        records=len(value.records),
    )


def fingerprint(narrative: Narrative) -> str:
    """A hash of the report as typed, but for how it came to be published and was corrected."""
    # By what was typed alone: a field that is declared later changes no report of before.
    meta = narrative.meta.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"steps", "corrections"}
    )
    return digest(json.dumps([meta, narrative.body], ensure_ascii=False, sort_keys=True).encode())


def record_digests(records: Iterable[Record]) -> dict[str, str]:
    """The hash of each record's text, by its path."""
    return {record.path: digest(record.source.text.encode()) for record in records}


def freeze(
    narrative: Narrative,
    now: dict[str, Figure],
    records: dict[str, str],
    before: Lock | None,
    files: dict[str, str],
    package: str,
) -> Lock:
    """The lock of a report that is published now, over what was published before.

    The report's state is 已发布, and `check` found nothing against it.
    """
    published = narrative.meta.published
    assert published
    return Lock(
        year=narrative.year,
        published=published,
        narrative=fingerprint(narrative),
        figures=now,
        records=records,
        corrections=corrections(narrative, before, now),
        files=files,
        package=package,
    )


def corrections(
    narrative: Narrative, lock: Lock | None, now: Mapping[str, Figure]
) -> list[Corrected]:
    """Every correction with what it changed: those published already, and those since."""
    if lock is None:
        return []
    new = [
        Corrected(
            day=correction.day,
            figures={
                name: _change(lock.figures.get(name), now.get(name)) for name in correction.figures
            },
        )
        for correction in pending(narrative, lock)
    ]
    return [*lock.corrections, *new]


def _change(before: Figure | None, after: Figure | None) -> Change:
    return Change(
        shown=(before.shown if before else "—", after.shown if after else "—"),
        public=(before.public if before else "—", after.public if after else "—"),
    )


# What has moved


def check(
    narrative: Narrative, lock: Lock | None, now: Mapping[str, Figure], settings: Settings
) -> Iterator[Problem]:
    """Every rule about a report that has been published."""
    if lock is None:
        # A sample shows what a published report looks like, and nobody published it.
        if narrative.meta.state == PUBLISHED and not settings.township.is_sample:
            yield from not_frozen(narrative, lock)
        return
    corrected = {name for correction in pending(narrative, lock) for name in correction.figures}
    yield from taken_back(narrative, lock)
    yield from moved(narrative, lock, now, corrected)
    yield from rewritten(narrative, lock)
    yield from [*nothing_to_correct(narrative, lock, now)] or not_frozen(narrative, lock)


def pending(narrative: Narrative, lock: Lock) -> list[Correction]:
    """The corrections that have not been published yet."""
    done = {(one.day, frozenset(one.figures)) for one in lock.corrections}
    return [c for c in narrative.meta.corrections if (c.day, frozenset(c.figures)) not in done]


def _at_publishing(narrative: Narrative) -> list[str | int]:
    """The keys of the step by which the report was published: it comes last."""
    return ["流程", len(narrative.meta.steps) - 1]


def not_a_lock(message: str) -> Fault:
    """FZ724: `published.lock.json` 是发布时程序写的，不用手改。

    它记着公布的每个数，后来改动记录使公布的数变了，靠它来发现。
    改法：从 git 里取回这个文件；取不回来的，删去它，重新发布。
    """
    return Fault("FZ724", f"公布的存档读不懂：{message}", "从 git 里取回这个文件")


def not_frozen(narrative: Narrative, lock: Lock | None) -> Iterator[Problem]:
    """FZ725: 流程里写了已发布的，有公布的存档；更正以后，重新发布。

    没有存档，以后改动记录使公布的数变了，程序发现不了，也证明不了发出去的是哪一份。
    改法：运行 `python3 scripts/publish_report.py 2024`（写这一年的年份）。
    """
    command = f"运行 python3 scripts/publish_report.py {narrative.year}"
    at = narrative.source.problem
    if lock is None:
        message = "写了已发布，还没有公布的存档"
        yield at("FZ725", _at_publishing(narrative), message, command, Severity.WARNING)
        return
    for place, correction in enumerate(narrative.meta.corrections):
        if correction in pending(narrative, lock):
            message = "更正还没有重新发布"
            yield at("FZ725", ["更正", place], message, command, Severity.WARNING)


def taken_back(narrative: Narrative, lock: Lock) -> Iterator[Problem]:
    """FZ726: 有公布的存档的，流程里写着已发布，日期同存档一样。

    公布过的报告收不回来；流程里删去发布的一步，报告又会标成草稿。
    改法：补上“已发布”的一步；确实没有公布的，删去存档。
    """
    published = narrative.meta.published
    if published != lock.published:
        written = f"流程里写的是 {published}" if published else "流程里没有已发布"
        message = f"存档里是 {lock.published} 公布的，{written}"
        hint = f"照存档改；确实没有公布的，删去 {path_of(lock.year)}"
        yield narrative.source.problem("FZ726", ["流程"], message, hint)


def without_a_report(lock: Lock) -> Problem:
    """A lock whose narrative is gone: the same rule."""
    message = f"{lock.year}年的报告公布过，叙述稿却没有了"
    hint = f"从 git 里取回 docs/report/{lock.year}.md"
    return Problem(path_of(lock.year), 1, 1, "FZ726", message, hint)


def moved(
    narrative: Narrative, lock: Lock, now: Mapping[str, Figure], corrected: Iterable[str]
) -> Iterator[Problem]:
    """FZ727: 公布以后，公布的数不变；变了的，写明更正。

    报告公布以后再改记录、指标或者上年的记录，公布的数同记录就对不上了。
    改法：把记录改回来；确实要更正的，在叙述稿开头写“更正”，说明更正了什么、为什么、哪一天、谁批准，再发布一次。
    """
    for name in sorted(({*lock.figures} | {*now}) - {*corrected}):
        before, after = lock.figures.get(name), now.get(name)
        if before and after and not before.differs(after):
            continue
        hint = f"改回来；要更正的，在“更正”里写明，指标写 {name}"
        message = f"公布的{shown(name)}变了：{_difference(before, after)}"
        yield narrative.source.problem("FZ727", _at_publishing(narrative), message, hint)


def _difference(before: Figure | None, after: Figure | None) -> str:
    if before is None or after is None:
        return f"公布时是 {before.shown}，现在没有这个指标" if before else "公布时没有这个指标"
    if before.shown != after.shown or before.number != after.number:
        return f"公布时是 {before.shown}，现在是 {after.shown}"
    if before.parts != after.parts:
        return "分项的数变了"
    if before.last != after.last:
        return f"上年的数公布时是 {before.last}，现在是 {after.last}"
    lost = [words for words in before.wordings if words not in after.wordings]
    new = [words for words in after.wordings if words not in before.wordings]
    return f"公布时印作{_quoted(lost)}，现在印作{_quoted(new)}"


def _quoted(words: Sequence[str]) -> str:
    return "、".join(f"“{one}”" for one in words) or "别的样子"


def rewritten(narrative: Narrative, lock: Lock) -> Iterator[Problem]:
    """FZ728: 公布以后，叙述稿不变；变了的，写明更正。

    公布的文字也是公布的内容，改了一句，网上的就同发出去的公文不一样。
    改法：把文字改回来；确实要更正的，写“更正”，再发布一次。
    """
    if fingerprint(narrative) != lock.narrative and not pending(narrative, lock):
        message = "叙述稿在公布以后改过"
        hint = "改回来；要更正的，在“更正”里写明，再发布一次"
        yield narrative.source.problem("FZ728", _at_publishing(narrative), message, hint)


def nothing_to_correct(
    narrative: Narrative, lock: Lock, now: Mapping[str, Figure]
) -> Iterator[Problem]:
    """FZ729: 更正里写的指标，是公布过的，数确实变了；更正一经公布，不再删改。

    更正前后的数由程序从存档和记录里取，没有变的，就没有什么可更正。
    改法：先改记录，使数变过来；写错指标的，改指标名。公布过的更正，从 git 里取回来。
    """
    for place, correction in enumerate(narrative.meta.corrections):
        if correction not in pending(narrative, lock):
            continue
        for index, name in enumerate(correction.figures):
            before, after = lock.figures.get(name), now.get(name)
            if before is None and after is None:
                message = f"没有公布过{shown(name)}这个指标"
            elif before and after and not before.differs(after):
                message = f"{shown(name)}同公布的一样，没有变"
            else:
                continue
            hint = "先把记录改对，或者改指标名"
            yield narrative.source.problem("FZ729", ["更正", place, "指标", index], message, hint)
    still = {(c.day, frozenset(c.figures)) for c in narrative.meta.corrections}
    for corrected in lock.corrections:
        if (corrected.day, frozenset(corrected.figures)) not in still:
            message = f"公布过的 {corrected.day} 的更正不见了"
            keys = ["更正"] if narrative.meta.corrections else ["流程"]
            yield narrative.source.problem("FZ729", keys, message, "从 git 里取回来")
