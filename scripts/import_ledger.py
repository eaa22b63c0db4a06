#!/usr/bin/env python3
"""Make records of the rows of a spreadsheet: `python3 scripts/import_ledger.py FILE.xlsx`."""

from lib import ROOT, environment
from lib.command_line import CommandLine, settings_of, unwritten
from lib.process import INTERRUPTED, say, stop_once, temporary_folder

import sys
from pathlib import Path

USAGE = """\
用法：python3 scripts/import_ledger.py 台账.xlsx [选项]

把台账（.xlsx 或 .csv）导入成记录，一行一条。已有的记录，台账里有改动的就改动，
没有改动的不动。有一行不对，就什么也不写；每个问题说明在第几行、第几列，怎么改。

  --kind 种类       台账是哪种记录：活动、会议、案件、现状（不写就从表的名称和表头看）
  --dry-run         只看会写什么，不真的写
  --skip-bad        先导入没有错的行；有错的行写进“台账-退回.xlsx”，写明原因
  --root 项目目录   导入到别处的项目
  --today 日期      把这一天当作今天，如 2024-12-31
  -h, --help        显示这段说明

退出码：0 全部导入；1 有错误；2 命令写错。
"""


def main() -> int:
    try:
        return run()
    except KeyboardInterrupt:
        say("\n已中断。再运行同一条命令就行，写过的不会重复。")
        return INTERRUPTED


def run() -> int:
    parser = CommandLine(USAGE)
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--skip-bad", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--today")
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
    root = options.root.resolve()
    configured = settings_of(root)

    from fazhi.commands.spreadsheets import books, importing, writing
    from fazhi.sources.tree import Folder

    made = importing.plan(Folder(root), options.file, configured, today, kind)
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
        writing.write(root, accepted)
        say(summary)
        if made.refused:
            beside = file.with_name(f"{file.stem}-退回.xlsx")
            with temporary_folder() as folder, books.tables_in(folder):
                data = writing.refused(made)
            say(f"退回的行和原因写在 {books.write_beside(data, beside)}。")
    except OSError as error:
        say(unwritten(error, file))
        return 1
    return 1 if made.refused else 0


if __name__ == "__main__":
    sys.exit(main())
