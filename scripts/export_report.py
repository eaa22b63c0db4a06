#!/usr/bin/env python3
"""Write a year's report as Word file, PDF, HTML body and metadata: `scripts/export_report.py 2024`."""

from lib import environment
from lib.building import attempted
from lib.command_line import CommandLine, project_of, usage
from lib.process import say

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

FOLDERS = {"public": "dist", "internal": "dist-internal"}


def main() -> int:
    parser = CommandLine(usage(__file__), "--edition", "--out", "--links", "--root")
    parser.add_argument("year", type=int)
    options = parser.parse_args()
    environment.ensure()
    return attempted(partial(run, options, parser), "什么也没有写，原来的文件都没有动。")


def run(options: argparse.Namespace, parser: CommandLine) -> int:
    """Write what was asked for; the exit code. Raises OSError."""
    from fazhi.output import documents
    from fazhi.output.view import View
    from fazhi.report.editions import Edition, Gate

    root = options.root
    out: Path = options.out or root / FOLDERS[options.edition]
    parser.check_folder(out, root)
    checked = project_of(root)
    year = next((y for y in checked.years if y.year == options.year and y.narrative), None)
    if year is None:
        parser.refuse(f"没有 {options.year} 年的叙述稿：docs/report/{options.year}.md。")
    website = year.settings.township.website
    address = (website.address if website else None) or ""
    if options.links and not address:
        say("records/township.yml 的“网站”里没有写地址，数字没有可以链接的地方。")
        return 1
    view = View(year, Gate(Edition(options.edition), year.settings))
    forms = documents.forms(view, address if options.links else "")
    if not any(name.endswith(".png") for name in forms):
        say("没有做图解：records/figures.yml 里没有写了“图”、这一年又有数的指标。")
    code = export(forms, out)
    if options.edition == "internal":
        say("这些是内部资料，不得对外发布。")
    return code


def export(forms: Mapping[str, Callable[[], bytes]], out: Path) -> int:
    """Put all forms that can be made into a folder, or none; no old form stays in it."""
    from fazhi.output.documents import Unprintable
    from fazhi.sources.files import put

    files: dict[Path, bytes | None] = {}
    faults: dict[str, list[str]] = {}  # the PDF and the pictures often fail for one reason
    for name, make in forms.items():
        try:
            files[out / name] = make()
        except Unprintable as error:
            files[out / name] = None
            faults.setdefault(str(error), []).append(name)
    for fault, names in faults.items():
        say(f"{fault}\n没有做 {'、'.join(names)}，别的照常写。")
    unmade = [file for file, content in files.items() if content is None]
    former = [file for file in unmade if file.exists()]
    put(files, out)
    for file in former:
        say(f"以前导出的 {file.name} 不是这一稿，已经删去。")
    for file in files:
        if file not in unmade:
            print(file)
    return 1 if unmade else 0


if __name__ == "__main__":
    sys.exit(main())
