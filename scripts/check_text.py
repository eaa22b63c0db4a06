#!/usr/bin/env python3
"""Hold a finished text against the records: `python3 scripts/check_text.py 报告.docx --year 2024`."""

from lib import environment
from lib.command_line import CommandLine, stop_at_errors, usage
from lib.process import say

import sys
from pathlib import Path


def main() -> int:
    parser = CommandLine(usage(__file__), "--root", "--today")
    parser.add_argument("file", type=Path)
    parser.add_argument("--year", type=int)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    file: Path = options.file
    if not file.is_file():
        parser.refuse(f"{'这是文件夹' if file.is_dir() else '没有这个文件'}：{file}")
    environment.ensure()
    today = parser.day(options.today)
    if options.year is None:
        say(f"没有写同哪一年的记录比：在命令后面加上年份，如 --year {today.year - 1}。")
        return 2

    from fazhi import project
    from fazhi.commands import check_text
    from fazhi.problems.problem import Severity
    from fazhi.problems.reasons import reason
    from fazhi.sources.tree import Folder

    checked = project.load(Folder(options.root), today, has_evidence=False)
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    stop_at_errors([problem for problem in errors if problem.path.startswith("records/")])
    year = next((year for year in checked.years if year.year == options.year), None)
    if year is None:
        parser.refuse(f"没有 {options.year} 年的记录。")
    try:
        with file.open("rb") as opened:
            data = opened.read(check_text.MAX_BYTES + 1)
        found = check_text.check(check_text.lines_of(file.suffix.lower(), data), year)
    except OSError as error:
        say(f"{file} 读不出来（{reason(error)}）。关闭打开着它的程序，再试一次。")
        return 2
    except check_text.Unreadable as error:
        say(f"{file} 没有查：{error}。")
        return 2
    if options.format == "json":
        print(found.model_dump_json(indent=2))
    else:
        print(found.summary)
        for one in found.by_verdict:
            print(one.lines)
    say(found.summary)
    return 1 if found.is_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
