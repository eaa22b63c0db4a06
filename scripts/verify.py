#!/usr/bin/env python3
"""Whether a package or a site is what was published: `scripts/verify.py [PACKAGE]`."""

from lib import environment
from lib.command_line import CommandLine, report, usage
from lib.process import say

import contextlib
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fazhi.output.package.package import Differences
    from fazhi.records.lock import Lock

LISTED = 100  # how many files are listed by name of each kind


def main() -> int:
    parser = CommandLine(usage(__file__), "--root")
    parser.add_argument("given", nargs="*", type=Path)
    parser.add_argument("--year")
    options = parser.parse_args()
    if options.year == "":
        parser.error("")
    root: Path = options.root
    given: Path = (*options.given, root / "site")[0]
    if options.given[1:]:
        parser.refuse(f"一次核对一个，写了 {len(options.given)} 个。")
    if not os.path.lexists(given):
        is_quoted = str(given).startswith("file:") or {*str(given)} & {*"\"'“”‘’"}
        hint = "路径前面的 file:、里面多出来的引号删去。" if is_quoted else ""
        hint += f"是年份的，写成 --year {given}。" * bool(
            re.fullmatch("[12][0-9]{3}年?", str(given))
        )
        parser.refuse(f"没有 {given}。{hint}")
    environment.ensure()
    from fazhi.output.package.given import is_link

    if any(is_link(way) for way in (given, *given.parents)):
        parser.refuse(
            f"{given} 是链接，或者在链接里，明天可以连到别处。写明它在哪里：{given.resolve()}"
        )
    if not (given.is_file() or given.is_dir()):
        parser.refuse(f"{given} 不是文件夹，也不是压缩包。")
    year = unicodedata.normalize("NFKC", options.year or "").removesuffix("年")
    lock, others = locks_of(root, year, parser)
    return verify(given, lock, others)


def locks_of(root: Path, year: str, parser: CommandLine) -> "tuple[Lock, list[Lock]]":
    """The lock of a year, or the newest one; reports what is wrong with it, or that there is none.
    With it, those of the others that can be read."""
    from fazhi.records import lock as locks
    from fazhi.records.ledger import LOCK_FILE
    from fazhi.sources.tree import Folder

    folders = root.glob("records/[12][0-9][0-9][0-9]")
    years = sorted(one.name for one in folders if os.path.lexists(one / LOCK_FILE))
    if not years or (year and year not in years):
        published = f"公布过的有：{'、'.join(years)}。" if years else _NO_LOCK
        parser.refuse(f"没有{f' {year} 年的' if year else ''}存档。{published}")
    if not year and years[:-1]:
        say(f"公布过的还有 {'、'.join(years[:-1])}，同它核对的加 --year。")
    year = year or years[-1]
    others = [locks.load(Folder(root), int(one))[0] for one in years if one != year]
    lock, problems = locks.load(Folder(root), int(year))
    if lock and not lock.files:
        problems = [locks.broken(lock.year, "里面没有一个文件")]
    report(problems)
    if lock is None or problems:
        sys.exit(2)
    return lock, [one for one in others if one]


_NO_LOCK = "还没有公布过，或者存档在别处的项目里（--root）；别的单位照包里的 如何校验.html 核对。"


def verify(given: Path, lock: "Lock", others: "Sequence[Lock]") -> int:
    """Compare and print each difference; the exit code."""
    from fazhi.output.package.given import NotAPackage
    from fazhi.output.package.package import compared
    from fazhi.problems.quoting import printable

    name = printable(str(given))
    corrected = f"，{lock.corrections[-1].day} 更正" if lock.corrections else ""
    say(f"同 {lock.year} 年报告的存档核对（{lock.published} 公布{corrected}）：{name}")
    if lock.holds_samples:
        print("存档里的是示例数据，不是真的报告。")
    try:
        known = as_one_file(given, lock)
        if known:
            print(known[0])
            return known[1]
        found = compared(given, lock.files)
    except NotAPackage as error:
        print(f"不符：{name}，{printable(str(error))}。")
        if not is_scattered(given, lock):
            report_others(given, lock, others)
        return 1
    is_other = found.held * 2 < len(lock.files) and (found.changed or found.added)
    if is_other and is_scattered(given, lock):
        return 1
    if found.top:
        print(f"核对的是里面的 {printable(found.top)}")
    if found:
        report_differences(found, lock)
        report_others(given, lock, others, found.added, found.held)
        return 1
    if given.is_file():
        within = f"里面 {found.held} 个文件都相符，压缩包不是原来的字节"
        if not found.is_all:
            within = f"列出来的 {found.held} 个文件相符，但是还夹着别的内容，解开来的不一定是这些"
        print(f"改动：{name}（{within}）")
        return 1
    print(f"全部相符：{found.held} 个文件。")
    return 0


def is_scattered(given: Path, lock: "Lock") -> bool:
    """Whether all of it was published, in other places; reports that."""
    from fazhi.output.package.given import NotAPackage
    from fazhi.output.package.package import scattered

    count = 0
    with contextlib.suppress(NotAPackage):
        count = scattered(given, lock.files)
    if count:
        print(
            f"里面的 {count} 个文件都是公布的，不在公布的位置，齐不齐没有核对："
            "写明整个 site、整个包，再核对一次。"
        )
    return count > 0


def report_differences(found: "Differences", lock: "Lock") -> None:
    """Report each file that is not as it was published, and why that may be."""
    from fazhi.output.package.package import SUMS
    from fazhi.problems.quoting import printable

    for word, paths in (("改动", found.changed), ("缺少", found.missing), ("多出", found.added)):
        for path in paths[:LISTED]:
            print(f"{word}：{printable(path)}")
        if paths[LISTED:]:
            print(f"{word}：……还有 {len(paths) - LISTED} 个")
    parts = f"改动 {len(found.changed)}，缺少 {len(found.missing)}，多出 {len(found.added)}"
    print(f"不是公布时的样子：相符 {found.held}，{parts}。")
    is_part = found.held + len(found.changed) + len(found.missing) < len(lock.files)
    if is_part and found.top and any(path.endswith(SUMS) for path in found.added):
        print("文件夹改了名或者移了位置，只核对了这一部分：改回来，再核对整个包。")
    if found.renamed:
        print(
            f"缺少的里面，有 {found.renamed} 个的内容在多出的里：文件名改了，或者解压时乱了。"
            "改回来，或者换一个程序重新解压。"
        )
    if any(map(_OF_A_SYSTEM.search, found.added)):
        print("多出的里面，.DS_Store、__MACOSX、~$ 一类的是系统、办公软件放的，删去就是。")


_OF_A_SYSTEM = re.compile(
    r"(?i)(?:^|/)(?:\.DS_Store|\._[^/]*|__MACOSX|~\$[^/]*|Thumbs\.db|desktop\.ini"
    r"|System Volume Information|\$RECYCLE\.BIN)(?:/|\Z)"
)


def report_others(
    given: Path, lock: "Lock", others: "Sequence[Lock]", added: "Sequence[str]" = (), held: int = 0
) -> None:
    """Report what else may have been given: what was never published, of a package that was before,
    or of a year in whose lock more of it is."""
    from fazhi.output.package.given import NotAPackage
    from fazhi.output.package.package import compared

    names, published = "\n".join([str(given), *added]), "\n".join(lock.files)
    for mark, what in _NEVER_PUBLISHED.items():
        if mark in names and mark not in published:
            print(f"名称里写着{mark}：{what}。")
    rather = []
    for other in others:
        with contextlib.suppress(NotAPackage):
            if as_one_file(given, other) or compared(given, other.files).held > held:
                rather.append(other.year)
                print(f"更像是 {other.year} 年的：加上 --year {other.year}，再核对一次。")
    if lock.earlier and not rather:
        print("以前公布的，解开、重新压缩、单独一个文件认不出来：核对原来的压缩包。")


_NEVER_PUBLISHED = {
    "（示例）": "是示例数据的，不是真的报告",
    "（草稿）": "是草稿，没有公布过",
    "（未公布）": "没有公布过",
}


def as_one_file(given: Path, lock: "Lock") -> "tuple[str, int] | None":
    """What a file is by its own sum, in words, and the exit code; None for what was not published.
    Raises NotAPackage."""
    from fazhi.output.package.given import MAX_BYTES, digest, opened

    if not (given.is_file() and 0 < given.stat().st_size <= MAX_BYTES):  # many are empty
        return None
    whole = digest(given)
    if whole == lock.package:
        with opened(given) as found:
            return f"就是公布的那个压缩包，{len(found.files)} 个文件全部相符。", 0
    if whole in lock.earlier:
        return "是以前公布的压缩包，后来又公布过新的一份。", 1
    paths = [path for path, published in lock.files.items() if published == whole]
    return (f"就是公布的 {'、'.join(paths)}。", 0) if paths else None


if __name__ == "__main__":
    sys.exit(main())
