#!/usr/bin/env python3
"""Make records of the rows of a spreadsheet: `python3 scripts/import_ledger.py FILE.xlsx`."""

from lib import environment
from lib.command_line import CommandLine, settings_of, unwritten, usage
from lib.process import INTERRUPTED, say, stop_once, tell, temporary_folder

import sys
from pathlib import Path


def main() -> int:
    try:
        return run()
    except KeyboardInterrupt:
        say("\n已中断。再运行同一条命令就行，写过的不会重复。")
        return INTERRUPTED


def run() -> int:
    parser = CommandLine(usage(__file__), "--dry-run", "--skip-bad", "--root", "--today")
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind")
    options = parser.parse_args()
    environment.ensure()
    stop_once()
    today = parser.day(options.today)
    if not options.file.is_file():
        parser.refuse(f"没有这个文件：{options.file}")

    from fazhi.schema.kinds import KINDS

    kind = KINDS.get(options.kind)
    if options.kind and kind is None:
        parser.refuse(f"没有“{options.kind}”这种记录，有{'、'.join(KINDS)}。")
    root = options.root
    configured = settings_of(root)

    from fazhi.commands.spreadsheets import books, importing
    from fazhi.sources.tree import Folder

    made = importing.plan(Folder(root), options.file, configured, today, kind, tell)
    tell("")
    for problem in made.problems:
        print(importing.line(problem))
    accepted = [] if made.header_fails else made.accepted()
    summary = importing.summary(made, accepted)
    if (made.refused and not options.skip_bad) or made.header_fails:
        say(f"{summary}\n有错误，什么也没有写。")
        if accepted:
            say("先导入没有错的行：在命令后面加上 --skip-bad。")
        return 1
    for entry in accepted:
        for line in entry.lines():
            print(line)
    if options.dry_run:
        say(f"{summary}\n只看，什么也没有写。")
        return 1 if made.refused else 0
    file: Path = options.file
    try:
        importing.write(root, accepted, tell)
        tell("")
        say(summary)
        if made.refused:
            beside = file.with_name(f"{file.stem}-退回.xlsx")
            with temporary_folder() as folder, books.tables_in(folder):
                data = importing.refused(made)
            say(f"退回的行和原因写在 {books.write_beside(data, beside)}。")
    except OSError as error:
        say(unwritten(error, file))
        return 1
    return 1 if made.refused else 0


if __name__ == "__main__":
    sys.exit(main())
