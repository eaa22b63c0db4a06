"""Adds up checked documents, a line each, with DuckDB."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.commands.rollup.model import Combined, LeftOut, Reason
from fazhi.schema.numerals import percent

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AS_READ = ["name", "section", "measure", "definition", "fingerprint", "rivals", "unit", "counted"]
_OF_PARTS = {"分项并过小数", "分项不公布", "没有分项"}


class NotAdded(Exception):
    """DuckDB gave up, for want of memory or room on the disk; the text is its own."""


def combined(lines: Path) -> tuple[list[str], list[Combined]]:
    """The townships of a file of lines, and every definition with its sum. Raises NotAdded."""
    import duckdb  # noqa: PLC0415 - only a roll-up needs it, and it is large

    try:
        with duckdb.connect() as connection:
            _confine(connection, lines)
            sql = resources.files("fazhi.commands.rollup").joinpath("rollup.sql")
            connection.execute(sql.read_text(encoding="utf-8"))
            rows = connection.execute("SELECT township FROM township ORDER BY township").fetchall()
            return [name for (name,) in rows], _read(connection, len(rows))
    except duckdb.Error as error:
        raise NotAdded(str(error)) from None


def _confine(connection: DuckDBPyConnection, lines: Path) -> None:
    """Let DuckDB read this one file, write beside it, and fetch nothing."""
    for name, value in (
        ("temp_directory", str(lines.parent / "spilled")),
        ("allowed_paths", [lines.as_posix()]),
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
        ("enable_external_access", False),
        ("preserve_insertion_order", False),  # every answer is sorted, and this takes less memory
    ):
        connection.execute(f"SET {name} = ?", [value])
    connection.execute("SET VARIABLE lines = ?", [lines.as_posix()])
    connection.execute("SET lock_configuration = true")


def _read(connection: DuckDBPyConnection, townships: int) -> list[Combined]:
    """The definitions, in the order in which most print them."""

    def rows(sql: str) -> list[dict[str, Any]]:
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    names: dict[str, list[str]] = defaultdict(list)
    for row in rows("SELECT fingerprint, name FROM called WHERE rank > 1 ORDER BY rank"):
        names[row["fingerprint"]].append(row["name"])
    parts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows("SELECT * FROM part ORDER BY value DESC, name"):
        parts[row["fingerprint"]][row["name"]] = int(row["value"])
    left_out: dict[str, list[LeftOut]] = defaultdict(list)
    for row in rows("SELECT * FROM left_out ORDER BY len(townships) DESC, reason"):
        whom = row["townships"]
        one = LeftOut(reason=row["reason"], count=len(whom), townships=whom)
        left_out[row["fingerprint"]].append(one)
    few = {row["fingerprint"]: row["townships"] for row in rows("SELECT * FROM publisher")}
    found = []
    for row in rows(_ORDERED):
        key = row["fingerprint"]
        is_breakdown = row["measure"] == "分类" and row["counted"] and row["has_whole_parts"]
        others = dict.fromkeys(name for name in names[key] if name != row["name"])
        combined = Combined(
            **{name: row[name] for name in _AS_READ},
            **_numbers(row),
            other_names=list(others),
            parts=parts[key] if is_breakdown else None,
            complete=row["counted"] == townships,
            published_by=few.get(key),
            left_out=[one for one in left_out[key] if one.reason not in _OF_PARTS],
            parts_left_out=[one for one in left_out[key] if one.reason in _OF_PARTS],
        )
        if key in few:
            reason: Reason = "口径不同或没有" if row["rivals"] else "没有这个指标"
            missing = townships - row["published"]
            combined.left_out.append(LeftOut(reason=reason, count=missing, townships=None))
        found.append(combined)
    return found


_ORDERED = """
SELECT combined.*, name, section, definition, rivals
FROM combined
JOIN called USING (fingerprint)
JOIN rival USING (fingerprint)
WHERE rank = 1
ORDER BY min(place) OVER (PARTITION BY section), section, place, name, fingerprint
"""


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    """The value; of a rate, which is in percent, its numerator and denominator too."""
    above, below = (None if row[n] is None else int(row[n]) for n in ("numerator", "denominator"))
    if row["measure"] != "比率":
        value = row["value"]
        if value is not None:
            value = int(value) if value == int(value) else float(value)
        return {"value": value, "numerator": None, "denominator": None}
    rate = None if above is None or below is None else float(percent(Fraction(above * 100, below)))
    return {"value": rate, "numerator": above, "denominator": below}
