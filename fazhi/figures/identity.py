"""Whether two figures count the same, whatever they are called."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Definition


def fingerprint(definition: Definition, others: Mapping[str, Definition]) -> str:
    """A hash of what is counted: alike for two townships whose figures mean the same.

    It is made of the measure, the records, their conditions, the field, the grouping, the date and
    the unit; of a ratio, of its two figures, found in `others`. Name, section, years and the notes
    in words are left out, as they change nothing of the number.
    """
    text = json.dumps(
        _meaning(definition, others), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _meaning(definition: Definition, others: Mapping[str, Definition]) -> dict[str, Any]:
    if definition.measure == "比率":
        sides = {"分子": definition.numerator or "", "分母": definition.denominator or ""}
        meant = {side: _meaning(others[n], others) for side, n in sides.items() if n in others}
        return {"统计": "比率", **meant}
    kind = KINDS[definition.kind or ""]
    held = {
        "统计": definition.measure,
        "记录": kind.name,
        "单位": definition.unit,
        "条件": _in_order(definition.conditions or {}),
        "字段": definition.field_name,
        "按": definition.by,
        "按日期": definition.by_date or kind.model.leading,
    }
    if definition.measure in ("最新值", "分类") and not definition.by:
        held["截至"] = definition.as_of or "12-31"
    return {key: value for key, value in held.items() if value}


def _in_order(wanted: Any) -> Any:
    """Conditions written one way: of several words any will do, in whatever order they stand."""
    if isinstance(wanted, dict):
        return {key: _in_order(value) for key, value in wanted.items()}
    if isinstance(wanted, list):
        words = sorted({str(word) for word in wanted})
        return words if len(words) > 1 else words[0] if words else []
    return str(wanted)
