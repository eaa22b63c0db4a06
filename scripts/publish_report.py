#!/usr/bin/env python3
"""Freeze what is published of a year, and make its package: `scripts/publish_report.py 2024`."""

from lib import ROOT, environment
from lib.building import BuildFailed, attempted
from lib.command_line import usage
from lib.packing import checked, packed, parse
from lib.process import say

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.output.view import View

LISTED = 20  # how many files are listed by name


def publish(view: "View", out: Path, allows_samples: bool) -> None:
    """Make the package and the lock of what is in it; report what to do with both."""
    from fazhi.output.package.package import SUMS
    from fazhi.records import lock as locks
    from fazhi.records.narrative import PUBLISHED
    from fazhi.report import freezing
    from fazhi.sources.files import replaced

    narrative, is_sample = view.narrative, view.settings.township.is_sample
    if is_sample and not allows_samples:
        message = "记录是自己的，把它改成 否，再运行一次；只作演示的，加 --sample。"
        raise BuildFailed(f"records/township.yml 写着 示例数据: 是，不能当真的公布。{message}")
    if allows_samples and not is_sample:
        message = "要公布真的，去掉 --sample；是编的记录，改成 是。"
        raise BuildFailed(f"records/township.yml 写着 示例数据: 否，不能当示例公布。{message}")
    if narrative.meta.state != PUBLISHED:
        message = "审核同意主动公开的，在叙述稿开头的“流程”里写上已发布的一步，再运行这条命令。"
        raise BuildFailed(f"{view.year}年的报告现在是{narrative.meta.state}。{message}")
    lock = ROOT / locks.path_of(view.year)
    source = view.source
    held = source.records, source.values, source.past, source.settings, source.lock
    with packed(view, out) as made:
        frozen = freezing.freeze(narrative, source.figures, *held, made.sums, made.sum)
        text = locks.written(frozen).encode()
        with replaced({made.path: made.beside}, out), replaced({lock: text}, ROOT):
            pass
    if source.was_sample:
        say("以前公布的包是示例数据，不是真的报告：发出去的收回来。")
    if source.lock:
        report_changes(source.lock.files, made.sums)
    if is_sample:
        print("公布的是示例，不是真的报告。")
    print(f"公布的包：{made.path}")
    print(f"存档：{lock}（同记录一起提交）")
    print(f"清单的校验值，公布时一并告知：{made.sums[SUMS]}")


def report_changes(before: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Report which files are not those that were published the last time."""
    changed = sorted({path for path, _ in before.items() ^ now.items()})
    if changed:
        say(f"同上次公布的比，有 {len(changed)} 个文件不一样：")
        for path in changed[:LISTED]:
            say(f"  {path}")
        say("  ……" if len(changed) > LISTED else "不是有意改的，从 git 里取回原来的，再公布一次。")


def main() -> int:
    given = parse(usage(__file__), "--sample")
    environment.ensure()
    return attempted(lambda: publish(checked(given.year, publishes=True), given.out, given.sample))


if __name__ == "__main__":
    sys.exit(main())
