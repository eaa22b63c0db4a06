"""Measure this project on generated records, beside what a user would pick instead.

`.venv/bin/python -m tests.bench`, in the environment that scripts/test.py makes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench import results
from tests.bench.measures import MEASURES, PLAIN_PREVIEW_UP_TO, Bench, found, why_not
from tests.bench.processes import CommandFailed
from tests.bench.records import SHARES
from tests.bench.results import Block
from tests.support.building import ROOT

sys.path.append(str(ROOT / "scripts"))

from lib.command_line import CommandLine
from lib.process import INTERRUPTED, say, stop_once

USAGE = """\
用法：.venv/bin/python -m tests.bench [选项]

在生成的记录上量检查、生成、预览和搜索要多少时间和内存，同一次里也量别的做法，好算出比值。
每次生成的记录都一样；各项都在新的进程里量，量几次，报中位数。

  --records 条数…      多少条记录，可以写几个，各不少于 50（默认 1000）
  --workload 数据…     township（乡镇：大多是案件）、pages（每条记录一个网页）；不写的两种都量
  --runs 次数          每项量几次（默认 3）
  --only 项目…         只量这些（见下）；不写的全量
  --json 文件          全部数值另写到这个文件
  --hugo 程序          Hugo 在哪里；不写的，在 PATH 里找
  --pagefind 程序      Pagefind 在哪里；不写的，在 PATH 里找
  -h, --help           显示这段说明

项目：
{measures}

没有装 Hugo、Pagefind、Chromium 的，那几项不量。记录多的，全部量完要几十分钟。

退出码：0 量完了；1 有命令失败；2 命令写错。
"""
FEWEST = 50
"""Records: with fewer, a township has no activity that a figure counts."""
PAGEFIND = ("pagefind_extended", "pagefind")
"""The extended one first: only it parts Chinese words."""


def main() -> int:
    options = parse()
    stop_once()
    blocks: list[Block] = []
    try:
        with tempfile.TemporaryDirectory(prefix="fazhi-measuring-") as folder:
            tempfile.tempdir = folder  # whatever is left behind is cleared with it
            for block in measured(Path(folder).resolve(), options):
                blocks.append(block)
                results.grown(blocks)
                if options.json:
                    # After each block: an evening's figures are not lost to the last of them.
                    document = results.document(blocks, options.runs, versions(options))
                    results.write(options.json, document)
    except KeyboardInterrupt:
        say("\n已中断。")
        return INTERRUPTED
    print(results.table(results.rows(blocks)), end="")
    for name, why in {name: why for b in blocks for name, why in b.skipped.items()}.items():
        say(f"没有量 {name}：{why}。")
    return int(any(block.failed for block in blocks))


def parse() -> argparse.Namespace:
    listed = "\n".join(f"  {name:<18} {measure.meaning}" for name, measure in MEASURES.items())
    parser = CommandLine(USAGE.format(measures=listed))
    parser.add_argument("--records", type=int, nargs="+", default=[1000])
    parser.add_argument("--workload", nargs="+", choices=SHARES, default=list(SHARES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--hugo")
    parser.add_argument("--pagefind")
    options = parser.parse_args()
    for name in options.only:
        if name not in MEASURES:
            parser.refuse(f"没有“{name}”这一项。")
    if options.runs < 1 or min(options.records) < FEWEST:
        parser.refuse(f"至少量 1 次，记录至少 {FEWEST} 条。")
    if options.json and (options.json.is_dir() or not options.json.absolute().parent.is_dir()):
        parser.refuse(f"写不到 {options.json}：没有这个文件夹，或者它就是文件夹。")
    for name, names in (("hugo", ("hugo",)), ("pagefind", PAGEFIND)):
        given = getattr(options, name)
        setattr(options, name, found(given, names))
        if given and not getattr(options, name):
            parser.refuse(f"没有找到 {given} 这个程序。")
    return options


def measured(folder: Path, options: argparse.Namespace) -> Iterator[Block]:
    """A block for each number of records of each workload, and one for what is measured once."""
    wanted = options.only or list(MEASURES)
    for records in options.records:
        for workload in options.workload:
            names = [name for name in MEASURES if name in wanted and not MEASURES[name].once]
            if not options.only and records > PLAIN_PREVIEW_UP_TO:
                names.remove("plain-preview")
            if names:
                yield block_of(folder, Block(records, workload), names, options)
    names = [name for name in MEASURES if name in wanted and MEASURES[name].once]
    if names:
        yield block_of(folder, Block(None, None), names, options)


def block_of(folder: Path, block: Block, names: list[str], options: argparse.Namespace) -> Block:
    """Take the measures in turn, then all again: what slows the machine slows them all."""
    told = f"{block.records} 条 {block.workload}" if block.records else "示例年份"
    with tempfile.TemporaryDirectory(dir=folder) as own:
        bench = Bench(
            Path(own), block.records or 0, block.workload or "", options.hugo, options.pagefind
        )
        block.skipped = {name: why_not(bench, name) for name in names if why_not(bench, name)}
        for run in range(options.runs):
            for name in names:
                if name in {*block.skipped, *block.failed} or (run and MEASURES[name].once_a_block):
                    continue
                say(f"{told}，第 {run + 1} 次：{MEASURES[name].meaning}…")
                try:
                    block.add(MEASURES[name].take(bench))
                except CommandFailed as error:
                    block.failed[name] = str(error)
                    say(str(error))
    block.derive()
    return block


def versions(options: argparse.Namespace) -> Mapping[str, str]:
    """Of the programs that were found, as they tell it."""
    found = {}
    for name, argument in (("hugo", "version"), ("pagefind", "--version")):
        command = getattr(options, name)
        if command:
            done = subprocess.run([command, argument], capture_output=True, check=False)
            lines = done.stdout.decode("utf-8", "replace").splitlines()
            found[name] = lines[-1] if lines else ""
    return found


if __name__ == "__main__":
    sys.exit(main())
