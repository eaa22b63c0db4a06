#!/usr/bin/env python3
"""What a year still lacks: `python3 scripts/status.py [YEAR]`."""

from lib import environment
from lib.command_line import CommandLine, report, usage
from lib.process import collect_no_garbage, say

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.project import Project


def main() -> int:
    parser = CommandLine(usage(__file__), "--root", "--review")
    parser.add_argument("year", nargs="?", type=int)
    parser.add_argument("--date")
    options = parser.parse_args()
    environment.ensure()
    collect_no_garbage()
    today = parser.day(options.date)

    from fazhi import project
    from fazhi.records import cache
    from fazhi.records.memory import Memory
    from fazhi.report import readiness
    from fazhi.report.readiness import tables
    from fazhi.sources.tree import Folder

    root = options.root
    memory = Memory(cache.Cache(root / cache.FOLDER, "records"))
    checked = project.load(Folder(root), today, memory=memory)
    if not checked.years:
        report(checked.problems)
        say("设置有错，或者还没有记录：改好以后再看准备情况。")
        return 1
    wanted = options.year or usual(checked, today)
    basis = next((year.basis for year in checked.years if year.year == wanted), None)
    if basis is None:
        known = "、".join(str(year.year) for year in checked.years)
        parser.refuse(f"没有 {wanted} 年的记录，有记录的是 {known} 年。")
    if options.review:
        return show_sheet(checked, wanted)
    if today != date.today():  # what is later than that day is no fault of a record or a report
        problems = [one for one in basis.problems if one.rule not in ("FZ409", "FZ742")]
        basis = replace(basis, problems=problems)
    found = readiness.of(basis)
    print("\n".join(tables.text(found)))
    return 1 if found.pressing else 0


def show_sheet(checked: "Project", wanted: int) -> int:
    """What the office above looks at, as the package of a draft has it."""
    from fazhi.output import review
    from fazhi.output.view import NotRendered, View
    from fazhi.report.editions import Edition, Gate

    if checked.unmarked_samples:
        report(checked.unmarked_samples)
        say("有错误，没有审核单。")
        return 1
    (year,) = (year for year in checked.years if year.year == wanted)
    if year.narrative is None:
        say(f"没有 {wanted} 年的叙述稿（docs/report/{wanted}.md），没有审核单。")
        return 1
    if year.was_sample:
        say(f"公布的是示例：下面的发布日期是叙述稿写的，{wanted} 年真的报告还没有公布。")
    try:
        print("\n".join(review.text(View(year, Gate(Edition.PUBLIC, year.settings)))))
    except NotRendered as error:
        report(error.problems)
        say("叙述稿有错误：改好以后，再看审核单。")
        return 1
    return 0


def usual(checked: "Project", today: date) -> int:
    """The year that is looked at when none is named: last year's as long as its report is to come,
    then this year's; where it has nothing yet, the newest."""
    years = {year.year: year for year in checked.years}
    last = years.get(today.year - 1)
    text = last.narrative if last and not last.was_sample else None
    out = text.meta.published if text else None
    if last and (out or date.max) > today and (last.narrative or today < date(today.year, 4, 1)):
        return last.year
    return today.year if today.year in years else max(years)


if __name__ == "__main__":
    sys.exit(main())
