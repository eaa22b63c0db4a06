"""Measure the roll-up of so many townships: `.venv/bin/python -m tests.bench.rollup`.

Each township's file is the sample year's with other numbers. Beside the command as it is run, DuckDB
is measured on the files themselves, and on one file with a township a line: what opening them costs.
Not part of the test suite. Needs the environment that scripts/test.py makes, and for 40,000
townships about 1.5 GB of disk.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.bench.processes import Taken, timed
from tests.support.building import ROOT

YEAR = 2024
COLUMNS = ("秒（中位数）", "秒（最小–最大）", "处理器秒（中位数）", "内存峰值 MB", "写出 MB")

DIRECT = """
import duckdb, sys
from fazhi.sources.tree import Folder
read = "read_json('{}', maximum_object_size = 100000000, columns = {{publisher: 'VARCHAR', figures: 'STRUCT(fingerprint VARCHAR, value DECIMAL(20, 2))[]'}})"
sums = "SELECT f.fingerprint, sum(f.value) FROM (SELECT unnest(figures) AS f FROM {}) GROUP BY ALL"
print(len(duckdb.sql(sums.format(read.format(sys.argv[1]))).fetchall()))
"""
"""DuckDB by itself, adding up the values of all files that a pattern matches."""


def main() -> int:
    parser = argparse.ArgumentParser(description="量汇总几个乡镇的时间和内存")
    parser.add_argument("--townships", type=int, nargs="+", default=[25, 1000])
    parser.add_argument("--runs", type=int, default=3, help="每项量几次，取中位数")
    options = parser.parse_args()
    print("\t".join(("乡镇", "项目", *COLUMNS)))
    for number in options.townships:
        with tempfile.TemporaryDirectory(prefix="fazhi-bench-") as folder:
            size = generate(Path(folder), number)
            print(f"{number}\t文件\t{size / 1e6:.1f} MB")
            for name, command in commands(Path(folder)).items():
                runs = [
                    timed([sys.executable, *command], Path(folder)) for _ in range(options.runs)
                ]
                written = sum(file.stat().st_size for file in Path(folder).glob("out/*"))
                cells = (str(number), name, *numbers(runs), f"{written / 1e6:.2f}")
                print("\t".join(cells), flush=True)
    return 0


def commands(folder: Path) -> dict[str, list[str]]:
    rollup = [str(ROOT / "scripts/rollup.py"), str(folder / "townships")]
    return {
        "汇总": [*rollup, "--out", str(folder / "out")],
        "DuckDB 直接读各个文件": ["-c", DIRECT, str(folder / "townships/*/*.json")],
        "DuckDB 读一行一个乡镇的文件": ["-c", DIRECT, str(folder / "lines.ndjson")],
    }


def numbers(runs: Sequence[Taken]) -> list[str]:
    seconds = [run.seconds for run in runs]
    spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
    processor = statistics.median(run.processor for run in runs)
    memory = max(run.megabytes for run in runs)
    return [f"{statistics.median(seconds):.2f}", spread, f"{processor:.2f}", f"{memory:.0f}"]


# Townships


def generate(folder: Path, number: int) -> int:
    """A figures.json for each of so many townships, the same every time; their bytes together.

    One in fifty lacks a figure, has another definition of one, or has one withheld: so the lists of
    who is left out have their size, too.
    """
    chance = random.Random(YEAR)
    base = sample()
    size = 0
    with (folder / "lines.ndjson").open("w", encoding="utf-8") as lines:
        for serial in range(number):
            document = township(base, serial, chance)
            file = folder / f"townships/{serial:05}/figures.json"
            file.parent.mkdir(parents=True)
            text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
            size += file.write_bytes(text.encode())
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
    return size


def sample() -> str:
    """The sample year as it is published."""
    from fazhi import project  # noqa: PLC0415
    from fazhi.output.data import figures_json  # noqa: PLC0415
    from fazhi.output.view import View  # noqa: PLC0415
    from fazhi.report.editions import Edition, Gate  # noqa: PLC0415
    from fazhi.sources.tree import Folder  # noqa: PLC0415

    years = project.load(Folder(ROOT), date.today()).years
    (year,) = [one for one in years if one.year == YEAR]
    view = View(year, Gate(Edition.PUBLIC, year.settings))
    return figures_json.written(figures_json.document(view)).decode()


def township(base: str, serial: int, chance: random.Random) -> dict[str, object]:
    document = json.loads(base)
    document["publisher"] = f"示例县第{serial}乡人民政府"
    for figure in document["figures"]:
        renumber(figure, chance)
    odd = chance.choice(document["figures"])
    match chance.randrange(150):
        case 0:
            document["figures"].remove(odd)
        case 1:
            odd["fingerprint"] = odd["fingerprint"][::-1]
        case 2:
            odd |= {"value": None, "records": None, "withheld": ["value"]}
            for key in ("numerator", "denominator", "parts", "merged"):
                odd.pop(key, None)
    return document  # type: ignore[no-any-return]


def renumber(figure: dict[str, object], chance: random.Random) -> None:
    if "numerator" in figure:
        below = chance.randrange(1, 500)
        above = chance.randrange(below + 1)
        rate = round(above * 100 / below, 2)
        figure |= {"numerator": above, "denominator": below, "value": rate}
    elif isinstance(parts := figure.get("parts"), dict):
        parts = {name: chance.randrange(5, 50) for name in parts}
        figure |= {"parts": parts, "value": sum(parts.values())}
        figure.pop("merged", None)
    else:
        figure["value"] = chance.randrange(3000)


if __name__ == "__main__":
    sys.exit(main())
