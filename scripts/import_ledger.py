#!/usr/bin/env python3
"""Make records of a spreadsheet's rows, or of collected files: `python3 scripts/import_ledger.py FILE`."""

from lib import environment
from lib.command_line import CommandLine, settings_of, usage, writing
from lib.process import INTERRUPTED, say, stop_once, tell

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from fazhi.commands.collecting.filing import Plan as Collected
    from fazhi.commands.spreadsheets.importing import Plan as Rows


def main() -> int:
    try:
        return run()
    except KeyboardInterrupt:
        say("\n已中断。再运行同一条命令就行，写过的不会重复。")
        return INTERRUPTED


def run() -> int:
    parser = CommandLine(usage(__file__), "--dry-run", "--skip-bad", "--root", "--today")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--kind")
    options = parser.parse_args()
    environment.ensure()
    stop_once()
    today = parser.day(options.today)
    for file in options.files:
        if not (file.is_file() or file.is_dir()):
            parser.refuse(f"没有这个文件：{file}")

    from fazhi.commands.collecting import filing, reading
    from fazhi.commands.spreadsheets import importing
    from fazhi.schema.kinds import KINDS
    from fazhi.sources.tree import Folder

    kind = KINDS.get(options.kind)
    if options.kind and kind is None:
        parser.refuse(f"没有“{options.kind}”这种记录，有{'、'.join(KINDS)}。")
    tree, configured = Folder(options.root), settings_of(options.root)
    if len(options.files) == 1 and not reading.is_collected(options.files[0]):
        rows = importing.plan(tree, options.files[0], configured, today, kind, tell)
        return carry_out(rows, options, lambda: give_back(rows, options.files[0]))
    plan = filing.Filing(tree, configured, today, kind).plan(options.files, tell)
    left = "收来的文件没有动：写了的和已经有的，可以移走；留着，下次也不会再写一遍。"
    return carry_out(plan, options, lambda: say(left))


def carry_out(
    plan: "Union[Collected, Rows]", options: argparse.Namespace, end: Callable[[], None]
) -> int:
    """Say what is wrong and what becomes of it, and write what may be written; the exit code."""
    from fazhi.problems.problem import has_errors

    tell("")
    for line in plan.told():
        print(line)
    has_faults = has_errors(plan.problems)
    fails = has_faults or plan.is_unread
    is_held = plan.is_unread or (has_faults and not options.skip_bad)
    if options.dry_run or not is_held:
        for line in plan.lines():
            print(line)
    if options.dry_run or is_held:
        possible = plan.summary().replace("：新增", "：可以新增", 1)
        why = "只看" if not is_held else "有错误" if has_faults else "没有读到记录"
        say(f"{possible}\n{why}，什么也没有写。")
        if is_held and plan.accepted():
            say("先收没有错的：在命令后面加上 --skip-bad。")
        return 1 if fails else 0
    with writing(options.files[0], "\n什么也没有写。"):
        plan.write(options.root, tell)
    with writing(options.files[0]):
        tell("")
        say(plan.summary())
        end()
    return 1 if fails else 0


def give_back(plan: "Rows", file: Path) -> None:
    """Write the rows that are refused beside their file, with why. Raises OSError."""
    from fazhi.commands.spreadsheets import books, importing
    from fazhi.sources.aside import temporary_folder

    if plan.refused:
        with temporary_folder() as folder, books.tables_in(folder):
            data = importing.refused(plan)
        beside = books.write_beside(data, file.with_name(f"{file.stem}-退回.xlsx"))
        say(f"退回的行和原因写在 {beside}。")


if __name__ == "__main__":
    sys.exit(main())
