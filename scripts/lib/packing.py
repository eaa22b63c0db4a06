"""Make the package of a year: the public site, the report as documents and a manifest, as one zip. It
is made beside its place and moved there last: whatever goes wrong before, the old one stays."""

from lib import ROOT
from lib.building import BuildFailed, run_mkdocs
from lib.command_line import CommandLine, report
from lib.process import say

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.output.view import View


@dataclass(frozen=True)
class Package:
    """A finished package: where it goes, its own sum, and the sums of all that it holds."""

    path: Path
    sum: str
    sums: dict[str, str]
    beside: Path  # where it is until it is put into its place


def parse(usage: str, *flags: str) -> argparse.Namespace:
    """The year and the folder that a command line names, and which of its flags it has."""
    parser = CommandLine(usage, *flags)
    parser.add_argument("year")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    if not (options.year.isascii() and options.year.isdigit() and len(options.year) == 4):
        parser.refuse(f"“{options.year}”不是年份，写成 2024 这样。")
    parser.check_folder(options.out, ROOT)
    options.year, options.out = int(options.year), options.out.absolute()
    return options


def checked(year: int, publishes: bool = False) -> "View":
    """The public view of a year; warnings are reported, but that it is to be published where it is.

    What is published holds no report of an earlier year that was not. Raises BuildFailed.
    """
    from fazhi import project
    from fazhi.output.view import View
    from fazhi.problems import formats
    from fazhi.problems.problem import has_errors
    from fazhi.records.lock import path_of
    from fazhi.report.editions import Edition, Gate
    from fazhi.sources.text import readable_lines
    from fazhi.sources.tree import Folder

    found = project.load(Folder(ROOT), date.today())
    own = (f"docs/report/{year}.md", path_of(year)) if publishes else ()
    reported = [one for one in found.problems if not (one.rule == "FZ725" and one.path in own)]
    for line in formats.text(
        reported, partial(readable_lines, found.tree), formats.style_for(sys.stderr, os.environ)
    ):
        say(line)
    if has_errors(found.problems):
        raise BuildFailed("记录有错。")
    source = next((one for one in found.years if one.year == year), None)
    if source is None or source.narrative is None:
        raise BuildFailed(f"没有 {year} 年的叙述稿（docs/report/{year}.md）。")
    for one in found.years if publishes else ():
        if one.year < year and one.is_unproved:
            raise BuildFailed(
                f"{year}年的包里也有{one.year}年的报告，它是草稿，或者没有公布的存档，或者更正还没有公布。"
                f"先运行 python3 scripts/publish_report.py {one.year}；"
                f"不公布的，把 docs/report/{one.year}.md 移到别处。"
            )
    return View(source, Gate(Edition.PUBLIC, source.settings), is_packed=True)


@contextlib.contextmanager
def packed(view: "View", out: Path) -> Iterator[Package]:
    """A year's package, to be put into `out`; it is gone again when it is not. Raises BuildFailed."""
    from fazhi.output import documents as exports
    from fazhi.output import review
    from fazhi.output.package import package
    from fazhi.output.package.given import digest
    from fazhi.sources.aside import own_folder

    try:
        documents = exports.files(view)
    except exports.Unprintable as error:
        raise BuildFailed(str(error)) from None
    meta, township = view.narrative.meta, view.settings.township
    corrected = "".join(f"（{correction.day}更正）" for correction, _ in view.corrections[-1:])
    name = f"{exports.file_name(meta.title)}{view.tail}{corrected}.zip"
    with own_folder(out) as folder:
        run_mkdocs("public", folder / "package" / package.SITE, until=view.year)
        say("正在装包…")
        if meta.published is None:
            sheet = folder / "package" / review.NAME
            sheet.write_text(review.page(view), encoding="utf-8", newline="\n")
        notice = township.sample_notice("本站")
        notice += "草稿：还没有公布，不能作依据。" if view.watermark else ""
        package.complete(folder / "package", documents, township.name, notice, view.tail)
        _search(folder / "package")
        made = folder / name
        day = meta.published or meta.written
        package.pack(folder / "package", made, f"report-{view.year}{view.tail}", day)
        sums = package.digests(folder / "package")
        if package.SM3_SUMS not in sums:
            say(f"这台电脑不会算 SM3，包里没有 {package.SM3_SUMS}；别的都有。")
        yield Package(out / name, digest(made), sums, made)


def _search(folder: Path) -> None:
    from fazhi.output import leaks
    from fazhi.output.package import package

    held = package.contents(folder)
    # By its path in the site, where the search knows the theme's own files.
    files = {path.removeprefix(f"{package.SITE}/"): file.read_bytes() for path, file in held}
    found = list(leaks.find(files, {ROOT, Path.home()}))
    report(found)
    if found:
        raise BuildFailed("要公布的文件里有不能公布的内容。")
