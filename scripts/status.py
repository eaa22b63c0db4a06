#!/usr/bin/env python3
"""What a year still lacks: `python3 scripts/status.py [YEAR]`."""

from lib import environment
from lib.command_line import CommandLine, usage
from lib.process import collect_no_garbage, say

import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.project import Project


def main() -> int:
    parser = CommandLine(usage(__file__), "--root")
    parser.add_argument("year", nargs="?", type=int)
    parser.add_argument("--date")
    options = parser.parse_args()
    environment.ensure()
    collect_no_garbage()
    today = parser.day(options.date)

    from fazhi import project
    from fazhi.problems import formats
    from fazhi.records import cache
    from fazhi.records.memory import Memory
    from fazhi.report import readiness
    from fazhi.report.readiness import tables
    from fazhi.sources.tree import Folder

    root = options.root
    memory = Memory(cache.Cache(root / cache.FOLDER, "records"))
    checked = project.load(Folder(root), today, memory=memory)
    if not checked.years:
        for problem in checked.problems:
            say(formats.line(problem))
        say("设置有错，或者还没有记录：改好以后再看准备情况。")
        return 1
    wanted = options.year or usual(checked, today)
    basis = next((year.basis for year in checked.years if year.year == wanted), None)
    if basis is None:
        known = "、".join(str(year.year) for year in checked.years)
        parser.refuse(f"没有 {wanted} 年的记录，有记录的是 {known} 年。")
    found = readiness.of(basis)
    print("\n".join(tables.text(found)))
    return 1 if found.pressing else 0


def usual(checked: "Project", today: date) -> int:
    """The year that is looked at when none is named: last year's as long as its report is to come,
    then this year's; where it has nothing yet, the newest."""
    years = {year.year: year for year in checked.years}
    last = years.get(today.year - 1)
    is_out = last and last.narrative and last.narrative.meta.published
    if last and not is_out and (last.narrative or today < date(today.year, 4, 1)):
        return last.year
    return today.year if today.year in years else max(years)


if __name__ == "__main__":
    sys.exit(main())
