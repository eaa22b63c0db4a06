"""A comparison in one sentence, which a reviewer can act on."""

from __future__ import annotations

from collections import Counter

from fazhi.commands.compare.model import Comparison, SettingsChange


def summary(found: Comparison) -> str:
    """新增 2 条、改动 1 条记录；公布的数有 3 个变动；报告里 1 处说法不再属实。"""
    if not found.head.computed:
        return "比不了：现在的版本，设置或者指标有错误，数算不出来。"
    if not found.base.computed:
        return "比不了：原来的版本，设置或者指标有错误，数算不出来。"
    told = [_records(found), _figures(found), *_words(found)]
    if found.settings != SettingsChange():
        told.append("设置有改动")
    if found.head.errors:
        told.append(f"现在有 {found.head.errors} 个错误")
    return "；".join(told) + "。"


def _records(found: Comparison) -> str:
    counts: Counter[str] = Counter(change.change for change in found.records)
    ways = ("新增", "删去", "改动", "改名", "读不出")
    told = "、".join(f"{way} {counts[way]} 条" for way in ways if counts[way])
    return f"{told}记录" if told else "记录没有变"


def _figures(found: Comparison) -> str:
    moves = sum(move.published for move in found.figures)
    return f"公布的数有 {moves} 个变动" if moves else "公布的数没有变"


def _words(found: Comparison) -> list[str]:
    """What the report says: first of all what is no longer true."""
    every = [wording for narrative in found.narratives for wording in narrative.wordings]
    counts = Counter(wording.change for wording in every)
    untrue = sum(wording.change == "新写" and wording.fault is not None for wording in every)
    told = {
        "报告里 {} 处说法不再属实": counts["不再属实"],
        "报告里新写的 {} 处印不出来": untrue,
        "报告里 {} 处说法重新属实": counts["重新属实"],
        "报告里 {} 处换了数字": counts["变动"] + counts["新写"] + counts["删去"] - untrue,
    }
    return [words.format(count) for words, count in told.items() if count]
