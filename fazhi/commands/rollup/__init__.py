"""Adds up the figures of many townships; what cannot be added is named.

It reads what they publish (`figures.json`), never their records. Figures are added when their
definitions have the same fingerprint, even under other names.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fazhi.commands.rollup import adding
from fazhi.commands.rollup.adding import NotAdded
from fazhi.commands.rollup.gathering import Gathered, find, gather, some
from fazhi.commands.rollup.model import Combined, Rollup
from fazhi.commands.rollup.showing import files, table

__all__ = ["Combined", "NotAdded", "Rollup", "files", "find", "roll_up", "some", "table"]


def roll_up(files: Sequence[Path]) -> tuple[Rollup | None, Gathered]:
    """The files' figures, or None if `Gathered.refused` says why. Raises NotAdded, OSError."""
    with tempfile.TemporaryDirectory(prefix="fazhi-", suffix=f".of-{os.getpid()}") as folder:
        lines = Path(folder) / "lines.ndjson"
        with lines.open("wb") as out:
            gathered = gather(files, out)
        if gathered.refused:
            return None, gathered
        townships, figures = adding.combined(lines)
    return Rollup(
        year=gathered.year,
        edition=gathered.edition,
        townships=townships,
        figures=figures,
        copied=gathered.reports.copied(),
        common=gathered.reports.common,
    ), gathered
