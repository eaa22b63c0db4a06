#!/usr/bin/env python3
"""Whether a package or a site is what was published: `scripts/verify.py [PACKAGE]`."""

from lib import environment
from lib.command_line import CommandLine, report, usage
from lib.process import say

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.records.lock import Lock


def main() -> int:
    parser = CommandLine(usage(__file__), "--root")
    parser.add_argument("given", nargs="?", type=Path)
    parser.add_argument("--year")
    options = parser.parse_args()
    root: Path = options.root
    given: Path = options.given or root / "site"
    if not os.path.lexists(given):
        parser.refuse(f"没有 {given}。")
    environment.ensure()
    link = link_to(given)
    if link:
        parser.refuse(f"{link} 是链接：写明它连到的地方。")
    if not (given.is_file() or given.is_dir()):
        parser.refuse(f"{given} 不是文件夹，也不是压缩包。")
    return verify(given, lock_of(root, options.year, parser))


def link_to(given: Path) -> "Path | None":
    """The link that was given, or one within a package that leads to it: another thing may be behind
    it tomorrow."""
    from fazhi.output.package.package import SUMS

    ways = (way for way in (given, *given.parents) if way.is_symlink())
    return next((way for way in ways if way == given or (way.parent / SUMS).is_file()), None)


def lock_of(root: Path, year: "str | None", parser: CommandLine) -> "Lock":
    """The lock of a year, or the newest one; reports what is wrong with it, or that there is none."""
    from fazhi.records import lock as locks
    from fazhi.records.ledger import LOCK_FILE
    from fazhi.sources.tree import Folder

    folders = root.glob("records/[12][0-9][0-9][0-9]")
    years = sorted(one.name for one in folders if os.path.lexists(one / LOCK_FILE))
    if not years or (year and year not in years):
        published = f"公布过的有：{'、'.join(years)}。" if years else "还没有公布过。"
        parser.refuse(f"没有{f' {year} 年的' if year else ''}存档。{published}")
    lock, problems = locks.load(Folder(root), int(year or years[-1]))
    if lock and not lock.files:
        problems = [locks.broken(lock.year, "里面没有一个文件")]
    report(problems)
    if lock is None or problems:
        sys.exit(2)
    return lock


def verify(given: Path, lock: "Lock") -> int:
    """Compare and print each difference; the exit code."""
    from fazhi.output.package.given import MAX_BYTES, NotAPackage, digest
    from fazhi.output.package.package import compared
    from fazhi.problems.quoting import printable

    corrected = f"，{lock.corrections[-1].day} 更正" if lock.corrections else ""
    sample = "示例数据，" if lock.holds_samples else ""
    say(f"同 {lock.year} 年报告的存档核对（{sample}{lock.published} 公布{corrected}）：{given}")
    if given.is_file() and given.stat().st_size <= MAX_BYTES:
        whole = digest(given)
        if whole == lock.package:
            print(f"就是公布的那个压缩包，{len(lock.files)} 个文件全部相符。")
            return 0
        if whole in lock.earlier:
            print("是以前公布的压缩包，后来又公布过新的一份。")
            return 1
    try:
        found = compared(given, lock.files)
    except NotAPackage as error:
        print(f"不符：{given}，{printable(str(error))}")
        return 1
    for word, paths in (("改动", found.changed), ("缺少", found.missing), ("多出", found.added)):
        for path in paths:
            print(f"{word}：{printable(path)}")
    if found:
        parts = f"改动 {len(found.changed)}，缺少 {len(found.missing)}，多出 {len(found.added)}"
        print(f"不是公布时的样子：相符 {found.held}，{parts}。")
        return 1
    if given.is_file():
        within = f"里面 {found.held} 个文件都相符，压缩包不是原来的字节"
        if not found.is_all:
            within = f"列出来的 {found.held} 个文件相符，但是还夹着别的内容，解开来的不一定是这些"
        print(f"改动：{given.name}（{within}）")
        return 1
    print(f"全部相符：{found.held} 个文件。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
