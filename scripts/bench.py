#!/usr/bin/env python3
"""Measure check and build on generated records: `python3 scripts/bench.py [--records N]…`."""

import argparse
import itertools
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import environment
from environment import ROOT, say

YEAR = 2024
SHARES = {"township": (8, 4, 87, 1), "pages": (100, 0, 0, 0)}
"""Of a hundred records: activities, meetings, cases, standings."""


def main() -> int:
    parser = argparse.ArgumentParser(description="在生成的记录上量检查和生成网页的时间和内存")
    parser.add_argument("--records", type=int, nargs="+", default=[1000], help="多少条记录")
    parser.add_argument("--workload", choices=sorted(SHARES), default="township")
    parser.add_argument("--runs", type=int, default=3, help="每项量几次，取中位数")
    parser.add_argument("--json", type=Path, help="结果另写到这个文件")
    options = parser.parse_args()
    environment.ensure(environment.RUNTIME)
    results = [measure(n, options.workload, options.runs) for n in options.records]
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print("记录\t项目\t秒（中位数）\t秒（最小–最大）\t内存峰值 MB")
    for result in results:
        for name, values in result["measures"].items():
            seconds = values["seconds"]
            spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
            median = sorted(seconds)[len(seconds) // 2]
            row = [result["records"], name, f"{median:.2f}", spread, values["megabytes"]]
            print("\t".join(map(str, row)))
        print(
            f"{result['records']}\t网页\t{result['pages']} 个，最大 {result['largest_page']} 字节"
        )
    return 0


def measure(records: int, workload: str, runs: int) -> dict[str, Any]:
    """Seconds and peak memory of check and build, each in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generate(root, records, workload)
        one = stage_one(root)
        check = [str(ROOT / "scripts/check_records.py"), "--root", folder]
        commands = {
            "检查全部": check,
            "检查一个文件": [*check, str(one)],
            "提交前检查一个文件": [*check, "--staged"],
            "只装入程序": ["-c", "from fazhi import fixing, formats, project"],
            "生成网页": [
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "--quiet",
                "-f",
                f"{folder}/mkdocs.yml",
            ],
        }
        measures = {}
        for name, command in commands.items():
            say(f"{records} 条：{name}…")
            taken = [timed([sys.executable, *command]) for _ in range(runs)]
            seconds, memory = zip(*taken, strict=True)
            measures[name] = {"seconds": list(seconds), "megabytes": max(memory)}
        sizes = [page.stat().st_size for page in (root / "site").rglob("*.html")]
    return {
        "records": records,
        "workload": workload,
        "python": platform.python_version(),
        "measures": measures,
        "pages": len(sizes),
        "largest_page": max(sizes),
    }


def stage_one(root: Path) -> Path:
    """Put the project under git, and one changed record in the index; that record."""
    git = ["git", "-C", str(root), "-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    for arguments in (["init", "-q"], ["add", "records"], ["commit", "-q", "-m", "bench"]):
        subprocess.run([*git, *arguments], check=True)
    one = min((root / "records").rglob("*.md"))
    with one.open("a", encoding="utf-8", newline="\n") as file:
        file.write("补记一句。\n")
    subprocess.run([*git, "add", "records"], check=True)
    return one


def timed(command: list[str]) -> tuple[float, int]:
    """Wall seconds and peak megabytes (0 where the system does not tell) of a command."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss // 1024
    else:
        process.wait()
        memory = 0
    if process.returncode:
        sys.exit(f"命令失败：{' '.join(command)}")
    return time.perf_counter() - started, memory


def generate(root: Path, records: int, workload: str) -> None:
    """A project of so many records of the sample township, the same ones every time."""
    for name in ("mkdocs.yml", "overrides", "hooks", "docs/assets", "docs/index.md"):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, target)
    for file in (ROOT / "records").glob("*.yml"):
        (root / "records").mkdir(exist_ok=True)
        shutil.copyfile(file, root / "records" / file.name)
    chance = random.Random(YEAR)
    shares = [count * records // 100 for count in SHARES[workload]]
    shares[0] += records - sum(shares)
    makers = (
        ("activities", activity),
        ("meetings", meeting),
        ("cases", case),
        ("standings", standing),
    )
    for (folder, make), count in zip(makers, shares, strict=True):
        target = root / "records" / str(YEAR) / folder
        target.mkdir(parents=True)
        for serial in range(count):
            day = date(YEAR, 1, 1) + timedelta(chance.randrange(330))
            text = make(serial, day, chance)
            (target / f"{day}-{serial:05d}.md").write_text(text, encoding="utf-8", newline="\n")


PLACES = [
    f"示例{n}村{p}" for n, p in itertools.product("一二三四五六", ("文化广场", "村委会", "院坝"))
]
PROSE = (
    "工作人员设点讲解法律知识，回答群众提问，发放宣传资料，并把群众关心的事项记下来交有关岗位办理。"
)


def activity(serial: int, day: date, chance: random.Random) -> str:
    topics = ", ".join(chance.sample(["禁毒", "反邪教", "防诈骗", "国家安全", "宪法"], 2))
    return (
        f"---\n标题: 第{serial}次法治宣传活动\n类别: 宣传活动\n日期: {day}\n"
        f"地点: {chance.choice(PLACES)}\n主题: [{topics}]\n参加人次: {chance.randrange(20, 200)}\n"
        f"发放资料份数: {chance.randrange(20, 300)}\n---\n{PROSE * 3}\n"
    )


def meeting(serial: int, day: date, chance: random.Random) -> str:
    return (
        f"---\n标题: 第{serial}次专题会议\n类别: 专题会议\n板块: 行政执法\n日期: {day}\n"
        f"应到: 12\n实到: {chance.randrange(8, 13)}\n"
        f"议题:\n  - {{标题: 研究执法改革, 主题: 综合执法改革, 结论: 同意}}\n---\n{PROSE}\n"
    )


def case(serial: int, day: date, chance: random.Random) -> str:
    closed = day + timedelta(chance.randrange(1, 30))
    outcome = "调解不成" if serial % 25 == 0 else "调解成功"
    return (
        f"---\n标题: 第{serial}起邻里纠纷\n类别: 矛盾纠纷\n受理日期: {day}\n办结日期: {closed}\n"
        f"结果: {outcome}\n纠纷类型: 邻里纠纷\n村: 示例{chance.choice('一二三四五六')}村\n"
        f"来源: [群众申请]\n涉及人数: 2\n---\n{PROSE}\n"
    )


def standing(serial: int, day: date, chance: random.Random) -> str:
    return (
        f"---\n标题: 第{serial}次边界队伍统计\n类别: 边界管理队伍\n截止日期: {day}\n数量: 3\n---\n"
    )


if __name__ == "__main__":
    sys.exit(main())
