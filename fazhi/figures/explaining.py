"""How a figure is counted, in words that a citizen can follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Definition


def explain(definition: Definition) -> str:
    """How a figure is counted: from which records, by which date, on what conditions."""
    if definition.measure == "比率":
        text = f"{definition.numerator} ÷ {definition.denominator}"
    else:
        by = definition.by_date or KINDS[definition.kind or ""].model.leading
        which = _conditions_in_words(definition.conditions or {})
        text = f"“{by}”在本年的“{definition.kind}”记录" + (f"，{which}" if which else "")
        text += (
            "；"
            + {
                "件数": "一条记录计一" + (definition.unit or ""),
                "求和": f"各条的“{definition.field_name}”相加",
                "最新值": f"取截止日期最晚（不晚于 {definition.as_of or '12-31'}）的一条",
                "分类": f"按“{definition.by}”分项"
                if definition.by
                else "取截止日期最晚的一条，分项列出",
            }[definition.measure]
        )
    return text + (f"。{definition.note}" if definition.note else "")


def _conditions_in_words(conditions: Mapping[str, Any]) -> str:
    parts = []
    for key, wanted in conditions.items():
        if key == "议题":
            parts.append(f"有一项议题{_conditions_in_words(wanted)}")
        elif wanted in ("有", "无"):
            parts.append(f"{'已填' if wanted == '有' else '未填'}“{key}”")
        elif isinstance(wanted, dict):
            parts.append(f"“{key}”自 {wanted.get('自', '年初')} 至 {wanted.get('至', '年末')}")
        else:
            words = wanted if isinstance(wanted, list) else [wanted]
            parts.append(f"“{key}”为" + "或".join(f"“{word}”" for word in words))
    return "、".join(parts)
