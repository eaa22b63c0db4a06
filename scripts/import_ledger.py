#!/usr/bin/env python3
"""Make records of a spreadsheet's rows, or of collected files: `python3 scripts/import_ledger.py FILE`."""

from lib import environment
from lib.command_line import CommandLine, settings_of, usage, writing
from lib.process import INTERRUPTED, say, stop_once, tell, temporary_folder

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from fazhi.schema.kinds import Kind


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

    from fazhi.commands.collecting import reading
    from fazhi.schema.kinds import KINDS

    kind = KINDS.get(options.kind)
    if options.kind and kind is None:
        parser.refuse(f"没有“{options.kind}”这种记录，有{'、'.join(KINDS)}。")
    if len(options.files) > 1 or reading.is_collected(options.files[0]):
        return collect(options, today, kind)
    return import_rows(options, today, kind)


def collect(options: argparse.Namespace, today: date, kind: "Optional[Kind]") -> int:
    """File the records that were handed in as files of their own."""
    from fazhi.commands.collecting import filing
    from fazhi.problems import formats
    from fazhi.problems.problem import has_errors
    from fazhi.sources.tree import Folder

    made = filing.Filing(Folder(options.root), settings_of(options.root), today, kind)
    plan = made.plan(options.files, tell)
    tell("")
    for problem in plan.problems:
        print(formats.line(problem))
    fails = has_errors(plan.problems)
    if not plan.read:
        say("没有读到记录，什么也没有写。")
        return 1
    is_held = fails and not options.skip_bad
    if options.dry_run or not is_held:
        for line in [*plan.left, *(line for filed in plan.accepted() for line in filed.lines())]:
            print(line)
    if options.dry_run or is_held:
        return unwritten_yet(plan.summary(), is_held, bool(plan.accepted()), fails)
    with writing():
        filing.write(options.root, plan.accepted())
    say(
        f"{plan.summary()}\n收来的文件没有动：写了的和已经有的，可以移走；留着，下次也不会再写一遍。"
    )
    return 1 if fails else 0


def import_rows(options: argparse.Namespace, today: date, kind: "Optional[Kind]") -> int:
    """Make records of the rows of a spreadsheet."""
    root, (file,) = options.root, options.files
    configured = settings_of(root)

    from fazhi.commands.spreadsheets import books, importing
    from fazhi.sources.tree import Folder

    made = importing.plan(Folder(root), file, configured, today, kind, tell)
    tell("")
    for problem in made.problems:
        print(importing.line(problem))
    accepted = [] if made.header_fails else made.accepted()
    summary = importing.summary(made, accepted)
    is_held = made.header_fails or (bool(made.refused) and not options.skip_bad)
    if options.dry_run or not is_held:
        for entry in accepted:
            for line in entry.lines():
                print(line)
    if options.dry_run or is_held:
        return unwritten_yet(summary, is_held, bool(accepted), is_held or bool(made.refused))
    with writing(file):
        importing.write(root, accepted, tell)
        tell("")
        say(summary)
        if made.refused:
            beside = file.with_name(f"{file.stem}-退回.xlsx")
            with temporary_folder() as folder, books.tables_in(folder):
                data = importing.refused(made)
            say(f"退回的行和原因写在 {books.write_beside(data, beside)}。")
    return 1 if made.refused else 0


def unwritten_yet(summary: str, is_held: bool, has_good: bool, fails: bool) -> int:
    """Say that nothing is written, and why; what could be is no more than that."""
    possible = summary.replace("：新增", "：可以新增", 1)
    say(f"{possible}\n{'有错误' if is_held else '只看'}，什么也没有写。")
    if is_held and has_good:
        say("先收没有错的：在命令后面加上 --skip-bad。")
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main())
