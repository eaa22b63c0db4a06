"""Writes a comparison as one sentence, and as Markdown for a change request.

Whatever comes from the project is text, never as markup: hosts turn @name, #12, :word: and
the like into links and calls even where Markdown would not, but leave code alone.
"""

import re

from fazhi.commands.compare import model
from fazhi.commands.texts import TEMPLATES, filled

LIMIT = 30  # how many lines of a kind are shown, so that a comment of a code host holds them all
KEYS = 8


def markdown(found: model.Comparison) -> str:
    """All that a reviewer looks at, the most important first; what is long is cut, and says so."""
    text = filled("comparison.md", found=found, limit=LIMIT, keys=KEYS, cells=_cells)
    return text.rstrip() + "\n"


def summary(found: model.Comparison) -> str:
    """新增 2 条、改动 1 条记录；公布的数有 3 个变动；报告里 1 处说法不再属实。"""
    return filled("comparison_summary.txt", found=found, unchanged=model.SettingsChange())


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
