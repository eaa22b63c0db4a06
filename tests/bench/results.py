"""What came out: figures with their values, held against the plain hook and the targets."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from wcwidth import wcswidth

from tests.bench.figures import BESIDE, GROWTH, LABELS, TARGETS, WORKLOADS, Target


@dataclass
class Block:
    """Of a number of records (None: of the sample year) of a workload: every value of a figure."""

    records: int | None
    workload: str | None
    values: dict[str, list[float]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    """Why a measure is not taken here."""
    failed: dict[str, str] = field(default_factory=dict)
    """What went wrong in a measure, which was not taken any more."""

    def add(self, figures: Mapping[str, list[float]]) -> None:
        for name, values in figures.items():
            self.values.setdefault(name, []).extend(values)

    def derive(self) -> None:
        """Fill in what follows from two figures of the same run."""
        if {"check-one", "imports"} <= self.values.keys():
            pairs = zip(self.values["check-one"], self.values["imports"], strict=False)
            self.values["check-one.more"] = [one - other for one, other in pairs]


@dataclass(frozen=True)
class Row:
    """A figure, as it is told."""

    block: Block
    figure: str
    values: list[float]
    ratio: float | None = None
    target: Target | None = None

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def is_met(self) -> bool | None:
        """None where there is no target, or what it is a ratio to was not measured."""
        held = self.ratio if self.target and self.target.is_ratio else self.median
        return None if self.target is None or held is None else held <= self.target.limit


def grown(blocks: Iterable[Block]) -> None:
    """Put the growth of times into the block of the many records."""
    few, many = ({b.workload: b for b in blocks if b.records == n} for n in GROWTH)
    for workload in few.keys() & many.keys():
        for name in ("check", "build"):
            one, other = (by[workload].values.get(name) for by in (few, many))
            if one and other:
                many[workload].values[f"{name}.growth"] = [median(other) / median(one)]


def rows(blocks: Iterable[Block]) -> Iterator[Row]:
    for block in blocks:
        for name in LABELS:
            if values := block.values.get(name):
                beside = block.values.get(BESIDE.get(name, ""))
                ratio = median(values) / median(beside) if beside else None
                yield Row(block, name, values, ratio, _target(block, name))


def _target(block: Block, figure: str) -> Target | None:
    held = (
        target
        for target in TARGETS
        if target.figure == figure
        and target.records == block.records
        and target.workload in (None, block.workload)
    )
    return next(held, None)


# As a table


HEADINGS = ("记录", "数据", "项目", "中位数", "最小–最大", "对普通做法", "目标", "结果")
MET = {True: "达到", False: "没有达到", None: ""}


def table(found: Iterable[Row]) -> str:
    """The rows in columns, for a terminal."""
    lines = [HEADINGS, *map(_cells, found)]
    widths = [max(wcswidth(cell) for cell in column) for column in zip(*lines, strict=True)]
    padded = (
        [cell + " " * (width - wcswidth(cell)) for cell, width in zip(line, widths, strict=True)]
        for line in lines
    )
    return "".join("  ".join(line).rstrip() + "\n" for line in padded)


def _cells(row: Row) -> tuple[str, ...]:
    label, unit = LABELS[row.figure]
    low, high = min(row.values), max(row.values)
    return (
        str(row.block.records or "示例"),
        WORKLOADS.get(row.block.workload or "", ""),
        label,
        f"{_number(row.median)} {unit}",
        f"{_number(low)}–{_number(high)}" if high > low else "",
        f"{row.ratio:.3f}" if row.ratio is not None else "",
        _limit(row.target, unit),
        MET[row.is_met],
    )


def _limit(target: Target | None, unit: str) -> str:
    if target is None:
        return ""
    return f"≤ {_number(target.limit)} {'（对普通做法）' if target.is_ratio else unit}".rstrip()


def _number(value: float) -> str:
    if value >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3f}".rstrip("0").rstrip(".") if value < 10 else f"{value:.1f}"


# As data


def document(blocks: Iterable[Block], runs: int, others: Mapping[str, str]) -> dict[str, Any]:
    """Every single value, and where they were taken."""
    blocks = list(blocks)
    return {
        "machine": {
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
            "processors": os.cpu_count(),
            "system": platform.platform(),
            "processor": _processor(),
            "python": platform.python_version(),
            **{name: version(name) for name in ("mkdocs", "mkdocs-material", "Markdown")},
            **others,
        },
        "runs": runs,
        "skipped": [
            {"records": b.records, "workload": b.workload, "measure": name, "why": why}
            for b in blocks
            for name, why in {**b.skipped, **b.failed}.items()
        ],
        "figures": [_entry(row) for row in rows(blocks)],
    }


def _entry(row: Row) -> dict[str, Any]:
    target = row.target
    return {
        "records": row.block.records,
        "workload": row.block.workload,
        "figure": row.figure,
        "label": LABELS[row.figure][0].strip("　"),
        "unit": LABELS[row.figure][1],
        "values": row.values,
        "median": row.median,
        "min": min(row.values),
        "max": max(row.values),
        "ratio_to_plain": row.ratio,
        "target": target and {"at_most": target.limit, "is_ratio": target.is_ratio},
        "met": row.is_met,
    }


def _processor() -> str:
    """Its name where the system tells it."""
    info = Path("/proc/cpuinfo")
    for line in info.read_text(encoding="utf-8").splitlines() if info.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def write(file: Path, found: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
