"""Writes a comparison as one sentence, and as Markdown for a change request.

Whatever comes from the project is text, never as markup: hosts turn @name, #12, :word: and
the like into links and calls even where Markdown would not, but leave code alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fazhi.commands.compare import model
from fazhi.commands.texts import TEMPLATES, filled

LIMIT = 30  # how many lines of a kind are shown, so that a comment of a code host holds them all
KEYS = 8


def markdown(found: model.Comparison) -> str:
    """All that a reviewer looks at, the most important first; what is long is cut, and says so."""
    return (
        filled("comparison.md", found=found, limit=LIMIT, keys=KEYS, cells=_cells).rstrip() + "\n"
    )


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


def plain(text: str) -> str:
    """Text as it is when nothing in it can mean anything to a host, else as code."""
    return text if _PLAIN.fullmatch(text) and not _NUMBER_OF_SOMETHING.search(text) else code(text)


_PLAIN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff0-9 ，。、：；（）“”《》〈〉〔〕·—….%/-]+")
_NUMBER_OF_SOMETHING = re.compile(r"\d{7}|%(?!以上|[，。、；） ]|$)|--")
"""A commit's id; a milestone; a line that could be a rule."""


def code(text: str) -> str:
    """Text in which nothing means anything. A table would end its cell at a bar even in code."""
    return f"`{text.replace('`', '｀').replace('|', '｜') or ' '}`"


TEMPLATES.filters |= {"plain": plain, "code": code}
