#!/usr/bin/env python3
"""Check records, settings and narratives: `python3 scripts/check_records.py [PATH…]`."""

import sys
from datetime import date
from pathlib import Path

import environment
from commandline import CommandLine
from environment import ROOT, say

USAGE = """\
用法：python3 scripts/check_records.py [文件或文件夹…] [--root 项目目录] [--today 日期]

检查全部记录、设置和叙述稿，每个问题一行：
  文件:行:列: 级别 规则号 说明

  文件或文件夹…     只看这些文件的问题（不写就看全部）
  --root 项目目录   检查别处的项目
  --today 日期      把这一天当作今天，如 2024-12-31
  -h, --help        显示这段说明

退出码：0 没有错误；1 有错误；2 命令写错。
"""


def main() -> int:
    parser = CommandLine(USAGE)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--today")
    options = parser.parse_args()
    environment.ensure(environment.RUNTIME)

    from fazhi import project
    from fazhi.problems import Severity

    try:
        today = date.fromisoformat(options.today) if options.today else date.today()
    except ValueError:
        parser.refuse(f"“{options.today}”不是日期，写成 2024-12-31 这样。")
    root = options.root.resolve()
    wanted = [relative(path, root, parser) for path in options.paths]
    checked = project.load(root, today)
    problems = [p for p in checked.problems if not wanted or is_within(p.path, wanted)]
    for problem in problems:
        print(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if checked.settings is None:
        say("设置文件有错：改好以后，再查记录和叙述稿的内容。")
    say(f"共 {checked.files} 条记录：{errors} 个错误，{len(problems) - errors} 个警告。")
    return 1 if errors else 0


def relative(path: Path, root: Path, parser: CommandLine) -> str:
    """A path as problems name it: from the project, with slashes."""
    full = path if path.is_absolute() else Path.cwd() / path
    if not full.exists() and not full.is_symlink():
        parser.refuse(f"没有这个文件：{path}")
    try:
        # The parent only: a link is checked as the link it is.
        return (full.parent.resolve() / full.name).relative_to(root).as_posix()
    except ValueError:
        parser.refuse(f"不在项目里：{path}")


def is_within(path: str, wanted: list[str]) -> bool:
    return any(w in {".", path} or path.startswith(f"{w}/") for w in wanted)


if __name__ == "__main__":
    sys.exit(main())
