"""Writes a comparison as one sentence, and as Markdown for a change request.

Whatever comes from the project is text, never as markup: hosts turn @name, #12, :word: and
the like into links and calls even where Markdown would not, but leave code alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fazhi.commands.compare import model

LIMIT = 30  # how many lines of a kind are shown, so that a comment of a code host holds them all
KEYS = 8


def markdown(found: model.Comparison) -> str:
    """All that a reviewer looks at, the most important first; what is long is cut, and says so."""
    lines = [f"## {found.summary}", "", f"{plain(found.base.name)} → {plain(found.head.name)}", ""]
    lines += _caveats(found)
    lines += _figures(found.figures, found.restated)
    for narrative in found.narratives:
        lines += _narrative(narrative)
    lines += _section("记录", [_record(change) for change in found.records])
    home = ["首页的文字（`docs/index.md`）改了"] if found.home else []
    lines += _section("设置", [*_settings(found.settings), *home])
    others = (move for move in found.figures if not move.published)
    moves = [f"{move.year}年 {plain(move.name)}：{' → '.join(_cells(move))}" for move in others]
    lines += _section("不印发的数", moves)
    lines += _section("新出现的错误和警告", [_problem(f) for f in found.new_problems])
    lines += _section("不再有的错误和警告", [_problem(f) for f in found.gone_problems])
    return "\n".join(lines).rstrip() + "\n"


def summary(found: model.Comparison) -> str:
    """新增 2 条、改动 1 条记录；公布的数有 3 个变动；报告里 1 处说法不再属实。"""
    for side, called in ((found.head, "现在"), (found.base, "原来")):
        if not side.computed:
            return f"比不了：{called}的版本，设置或者指标有错误，数算不出来。"
    counts: Counter[str] = Counter(change.change for change in found.records)
    ways = ("新增", "删去", "改动", "改名", "读不出")
    changed = "、".join(f"{way} {counts[way]} 条" for way in ways if counts[way])
    moves = sum(move.published for move in found.figures)
    parts = [
        f"{changed}记录" if changed else "记录没有变",
        f"公布的数有 {moves} 个变动" if moves else "公布的数没有变",
        *_of_report([wording for change in found.narratives for wording in change.wordings]),
    ]
    if found.settings != model.SettingsChange():
        parts.append("设置有改动")
    if found.head.errors:
        parts.append(f"现在有 {found.head.errors} 个错误")
    return "；".join(parts) + "。"


def _of_report(wordings: Sequence[model.Wording]) -> list[str]:
    """What changed in the words of the reports: first of all what is no longer true."""
    counts: Counter[str] = Counter(wording.change for wording in wordings)
    untrue = sum(wording.change == "新写" and wording.fault is not None for wording in wordings)
    parts = {
        "报告里 {} 处说法不再属实": counts["不再属实"],
        "报告里新写的 {} 处印不出来": untrue,
        "报告里 {} 处说法重新属实": counts["重新属实"],
        "报告里 {} 处换了数字": counts["变动"] + counts["新写"] + counts["删去"] - untrue,
    }
    return [text.format(count) for text, count in parts.items() if count]


def _caveats(found: model.Comparison) -> Iterator[str]:
    for side, called in ((found.base, "原来"), (found.head, "现在")):
        if side.unread and side.computed:
            yield f"> {called}有 {side.unread} 条记录读不出，没有算进去，下面的数只作参考。\n"
    if any(move.old_inside or move.new_inside for move in found.figures):
        yield "> 内部资料：下面有公开版不印的数。\n"


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from (f"### {title}", "", *(f"- {line}" for line in lines[:LIMIT]))
        if len(lines) > LIMIT:
            yield f"- 另有 {len(lines) - LIMIT} 项，见 `--format json`。"
        yield ""


def _figures(moves: Sequence[model.FigureMove], restated: int) -> Iterator[str]:
    published = [move for move in moves if move.published]
    if published:
        yield "### 公布的数\n\n| 年度 | 指标 | 板块 | 原来 | 现在 |\n|---|---|---|---|---|"
        for move in published[: 3 * LIMIT]:
            cells = (f"{move.year}年", plain(move.name), plain(move.section), *_cells(move))
            yield f"| {' | '.join(cells)} |"
        yield ""
        if len(published) > 3 * LIMIT:
            yield from (f"另有 {len(published) - 3 * LIMIT} 个，见 `--format json`。", "")
    if restated:
        yield from (f"另有 {restated} 个公布的数没有变，背后的记录变了。", "")


def _cells(move: model.FigureMove) -> tuple[str, str]:
    """Before and after: in public, and what only the office sees where that is something else."""
    old, new = _amount(move.old, move.new), _amount(move.new, move.old)
    if move.old_inside or move.new_inside:
        exact_old, exact_new = move.old_inside or move.old, move.new_inside or move.new
        inside = _amount(exact_old, exact_new), _amount(exact_new, exact_old)
        old, new = (
            f"{public}（内部：{exact}）" if public != exact else public
            for public, exact in zip((old, new), inside, strict=True)
        )
    return old, f"{new}（口径改了）" if move.redefined else new


def _amount(shown: model.Shown | None, other: model.Shown | None) -> str:
    """A figure with its fraction, and of its parts those that are not the other side's."""
    if shown is None:
        return "没有这个数"
    amount = plain(shown.words) + (f"（{shown.fraction}）" if shown.fraction else "")
    elsewhere = (other and other.parts) or {}
    parts = [(k, n) for k, n in (shown.parts or {}).items() if elsewhere.get(k) != n]
    listed = "、".join(f"{plain(name)} {count}" for name, count in parts[:KEYS])
    return f"{amount}，其中{listed}{'等' if len(parts) > KEYS else ''}" if parts else amount


def _narrative(change: model.NarrativeChange) -> Iterator[str]:
    lines = []
    if change.change != "没有动":
        lines.append(f"{change.change} {code(change.path)}{'：文字改了' if change.prose else ''}")
    lines += map(_key, change.keys)
    # What is no longer true comes first: it is what stops the change.
    urgent = sorted(change.wordings, key=lambda wording: wording.fault is None)
    yield from _section(f"{change.year}年的报告", [*lines, *map(_wording, urgent)])


def _wording(wording: model.Wording) -> str:
    where = f"第 {wording.line} 行 {code(wording.expression)}"
    old = "" if wording.old is None else plain(wording.old)
    new = "" if wording.new is None else plain(wording.new)
    match wording.change:
        case "变动":
            return f"{where}：{old} → {new}"
        case "重新属实":
            return f"{where}：重新属实，印 {new}"
        case "删去":
            return f"{where}：删去了" + (f"，原来印 {old}" if old else "")
        case "不再属实":
            return f"**不再属实**：{where}，原来印 {old}。{plain(wording.fault or '')}"
    if wording.fault:
        return f"**印不出来**：新写的{where}。{plain(wording.fault)}"
    return f"新写的{where}：{new}"


def _record(change: model.RecordChange) -> str:
    text = f"{change.change} {code(change.path)} {plain(change.title)}"
    if change.before:
        text += f"，原来是 {code(change.before)}"
    details = [_key(key) for key in change.keys[:KEYS]]
    if len(change.keys) > KEYS:
        details.append(f"另有 {len(change.keys) - KEYS} 项")
    if change.prose:
        details.append("正文改了")
    if change.change == "改动" and not details:
        details.append("只改了写法，内容不变")
    return text + "".join(f"\n  - {detail}" for detail in details)


def _key(change: model.KeyChange) -> str:
    if change.old is None:
        return f"{plain(change.key)}：加上 {plain(change.new or '')}"
    if change.new is None:
        return f"{plain(change.key)}：删去 {plain(change.old)}"
    if change.old == change.new:
        return f"{plain(change.key)}：改了，前面部分一样：{plain(change.new)}"
    return f"{plain(change.key)}：{plain(change.old)} → {plain(change.new)}"


def _settings(change: model.SettingsChange) -> Iterator[str]:
    files = {
        "township.yml 改了": change.township,
        "vocabulary.yml 改了": change.vocabulary,
        "figures.yml 新增指标": change.added,
        "figures.yml 删去指标": change.removed,
        "figures.yml 改了定义": change.changed,
    }
    for what, names in files.items():
        if names:
            listed = "、".join(map(plain, names[:LIMIT]))
            yield f"{what}：{listed}{'等' if len(names) > LIMIT else ''}"


def _problem(problem: model.ComparedProblem) -> str:
    level = {"error": "错误", "warning": "警告"}[problem.severity]
    where = code(f"{problem.path}:{problem.line}:{problem.column}")
    return f"{level} {problem.rule} {where}：{plain(problem.message)}。{plain(problem.hint)}"


def plain(text: str) -> str:
    """Text as it is when nothing in it can mean anything to a host, else as code."""
    return text if _PLAIN.fullmatch(text) and not _NUMBER_OF_SOMETHING.search(text) else code(text)


_PLAIN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff0-9 ，。、：；（）“”《》〈〉〔〕·—….%/-]+")
_NUMBER_OF_SOMETHING = re.compile(r"\d{7}|%(?!以上|[，。、；） ]|$)|--")
"""A commit's id; a milestone; a line that could be a rule."""


def code(text: str) -> str:
    """Text in which nothing means anything. A table would end its cell at a bar even in code."""
    return f"`{text.replace('`', '｀').replace('|', '｜') or ' '}`"
