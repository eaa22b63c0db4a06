#!/usr/bin/env python3
"""What a change does to the figures and the report: `python3 scripts/compare.py BASE [HEAD]`."""

from lib import ROOT, environment
from lib.command_line import CommandLine, unwritten
from lib.process import say

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.commands.compare import Comparison
    from fazhi.project import Project

USAGE = """\
用法：python3 scripts/compare.py 原来的版本 [现在的版本] [选项]

比较两个版本：哪些记录增减、改动，哪些公布的数变了、从多少变到多少，
报告里哪些说法跟着变、哪些不再属实。不动工作目录里的文件。

  原来的版本        分支名、标签或者提交号，如 main；从两边分开的地方比起，
                    所以分开以后别人的改动不算进来
  现在的版本        不写的，比磁盘上现在的文件，没有提交的改动也算
  --format 格式     markdown（默认）、json
  --out 文件        写进这个文件，不显示在屏幕上
  --root 项目目录   比较别处的项目
  --today 日期      把这一天当作今天，如 2024-12-31
  -h, --help        显示这段说明

结果里有内部版才有的数，只在办公室里用。

退出码：0 比较了，现在的版本没有错误；1 现在的版本有错误；2 命令写错，或者 git 里没有这个版本。
"""


def main() -> int:
    parser = CommandLine(USAGE)
    parser.add_argument("base")
    parser.add_argument("head", nargs="?")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--today")
    options = parser.parse_args()
    if options.out:
        parser.check_folder(options.out.parent, options.root)
    environment.ensure()
    options.today = parser.day(options.today)
    options.root = options.root.resolve()

    from lib.revisions import GitError

    from fazhi.commands.compare import markdown
    from fazhi.sources.files import replaced

    try:
        found = compare(options)
    except GitError as error:
        say(str(error))
        return 2
    is_json = options.format == "json"
    text = found.model_dump_json(indent=2) + "\n" if is_json else markdown(found)
    if options.out is None:
        print(text, end="")
        return 1 if found.head.errors else 0
    try:
        with replaced({options.out: text.encode()}, options.out.parent):
            pass
    except OSError as error:
        say(unwritten(error, options.out))
        return 2
    say(found.summary)
    return 1 if found.head.errors else 0


def compare(options: argparse.Namespace) -> "Comparison":
    """The project at the two revisions, each read once."""
    from lib import revisions

    from fazhi import project
    from fazhi.commands import compare as comparison
    from fazhi.sources.tree import Folder

    root = options.root

    def loaded(revision: str, commit: str) -> "tuple[Project, str]":
        """A state, named as it was asked for, with the commit that was taken for it."""
        name = revision if commit.startswith(revision) else f"{revision}（{commit[:10]}）"
        with revisions.at(root, commit) as tree:
            return project.load(tree, options.today, has_evidence=False), name

    left = revisions.fork(root, options.base, options.head or "HEAD")
    old, old_name = loaded(options.base, left)
    if options.head is None:
        new, new_name = project.load(Folder(root), options.today), "磁盘上的文件"
    else:
        new, new_name = loaded(options.head, revisions.commit(root, options.head))
    return comparison.compare(old, new, old_name, new_name)


if __name__ == "__main__":
    sys.exit(main())
