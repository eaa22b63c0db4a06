#!/usr/bin/env python3
"""Write a year's records as a spreadsheet: `python3 scripts/export_ledger.py 2024`."""

from lib import environment
from lib.command_line import CommandLine, report, settings_of, stop_at_errors, usage, writing
from lib.process import say, stop_once

import sys
from datetime import date
from pathlib import Path

TEMPLATE = "空白台账.xlsx"


def main() -> int:
    parser = CommandLine(usage(__file__), "--template", "--out", "--root")
    parser.add_argument("year", nargs="?", type=int)
    parser.add_argument("--kind")
    options = parser.parse_args()
    if options.year is None and not options.template:
        parser.refuse("写上年份，如 2024；要空白的台账，写 --template。")
    environment.ensure()
    stop_once()

    from fazhi import project
    from fazhi.commands.spreadsheets import books, exporting
    from fazhi.problems import formats
    from fazhi.problems.problem import has_errors
    from fazhi.records import ledger
    from fazhi.schema.kinds import KINDS
    from fazhi.sources.aside import temporary_folder
    from fazhi.sources.tree import Folder

    if options.kind and options.kind not in KINDS:
        parser.refuse(f"没有“{options.kind}”这种记录，有{'、'.join(KINDS)}。")
    year, root = options.year or date.today().year, options.root
    configured = settings_of(root)
    name = f"{year}年台账（内部）{configured.township.sample_mark}.xlsx"
    out = options.out or Path(TEMPLATE if options.template else name)
    parser.check_file(out, root, ".xlsx")
    kinds = [KINDS[options.kind]] if options.kind else list(KINDS.values())
    # Of a template nothing is read.
    within = tuple(f"records/{options.year}/{k.folder}/" for k in kinds if not options.template)
    book = ledger.load(Folder(root), lambda path: path.startswith(within))
    problems = [p for p in book.problems if p.path.startswith(within)]
    faulty = {problem.path for problem in problems if has_errors([problem])}
    records = [record for record in book.records if record.path not in faulty]
    if not options.template:
        loaded = project.load(Folder(root), date.today(), has_evidence=False)
        stop_at_errors(loaded.unmarked_samples)
        kinds = [kind for kind in kinds if any(record.kind == kind for record in records)]
        if not records and not problems:
            parser.refuse(f"{options.year} 年没有{options.kind or ''}记录。")
        if not records:
            report(problems)
            say("没有一条能导出的记录，什么也没有写。")
            return 1
    with writing(out):
        with temporary_folder() as folder, books.tables_in(folder):
            data, left_out = exporting.workbook(records, kinds, configured, year)
        written = books.write_beside(data, out)
    problems += left_out
    for problem in problems:
        print(formats.line(problem))
    what = "空白台账" if options.template else f"{len(records) - len(left_out)} 条记录"
    print(f"{what}：{written}")
    if not options.template:
        say("台账里有不公开的内容，是内部资料，不要外传。")
    if has_errors(problems):
        say("有错的记录没有导出。")
    return 1 if has_errors(problems) else 0


if __name__ == "__main__":
    sys.exit(main())
