"""Adds up the figures of many townships; what cannot be added is named.

It reads what they publish (`figures.json`), never their records. Figures are added when their
definitions have the same fingerprint, even under other names.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.commands.rollup.gathering import Gathered, find, gather, some
from fazhi.commands.rollup.model import Combined, Rollup
from fazhi.commands.rollup.showing import files, table
from fazhi.schema.numerals import percent
from fazhi.schema.units import MEANS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Combined", "NotAdded", "Rollup", "files", "find", "roll_up", "some", "table"]


class NotAdded(Exception):
    """DuckDB gave up, for want of memory or room on the disk; the text is its own."""


def roll_up(files: Sequence[Path]) -> tuple[Rollup | None, Gathered]:
    """The files' figures, or None if `Gathered.refused` says why. Raises NotAdded, OSError."""
    with tempfile.TemporaryDirectory(prefix="fazhi-", suffix=f".of-{os.getpid()}") as folder:
        lines = Path(folder) / "lines.ndjson"
        with lines.open("wb") as out:
            gathered = gather(files, out)
        if gathered.refused:
            return None, gathered
        townships, figures = _combined(lines)
    return Rollup(
        year=gathered.year,
        edition=gathered.edition,
        townships=townships,
        drafts=sorted(gathered.drafts),
        figures=figures,
        copied=gathered.reports.copied(),
        common=gathered.reports.common,
    ), gathered


def _combined(lines: Path) -> tuple[list[str], list[Combined]]:
    """The townships of a file of lines, and every definition with its sum. Raises NotAdded."""
    import duckdb  # noqa: PLC0415 - only a roll-up needs it, and it is large

    try:
        with duckdb.connect() as connection:
            _confine(connection, lines)
            sql = resources.files(__package__).joinpath("rollup.sql")
            connection.execute(sql.read_text(encoding="utf-8"))
            rows = connection.execute("SELECT township FROM township ORDER BY township").fetchall()
            return [name for (name,) in rows], [*_read(connection)]
    except duckdb.Error as error:
        raise NotAdded(str(error)) from None


def _confine(connection: "DuckDBPyConnection", lines: Path) -> None:
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
    connection.execute("SET VARIABLE means = ?", [[*MEANS]])
    connection.execute("SET lock_configuration = true")


def _read(connection: "DuckDBPyConnection") -> Iterator[Combined]:
    """The definitions, in the order in which most print them."""
    answer = connection.execute("SELECT * FROM answer")
    names = [column[0] for column in answer.description]
    for row in answer.fetchall():
        found = dict(zip(names, row, strict=True))
        if found["parts"] is not None:
            found["parts"] = {part["name"]: int(part["value"]) for part in found["parts"]}
        yield Combined(**{**found, **_numbers(found)})


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
