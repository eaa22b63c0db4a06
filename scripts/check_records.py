#!/usr/bin/env python3
"""Check records, settings and narratives: `python3 scripts/check_records.py [PATH…]`."""

from lib import ROOT, environment
from lib.command_line import CommandLine
from lib.process import collect_no_garbage, say

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from fazhi.problems.problem import Problem
    from fazhi.sources.tree import Tree

USAGE = """\
用法：python3 scripts/check_records.py [文件或文件夹…] [选项]

检查记录、设置和叙述稿。每个问题说明在哪个文件、第几行、第几列，错在哪里，怎么改。

  文件或文件夹…     只看这些文件的问题（不写就看全部）；只写记录文件的，只读这些记录，
                    报告里的数不重新算
  --fix             先把能放心改的改好（全角冒号和数字、日期写法、编码等），再检查
  --base 版本       同这个版本比：没有动过的文件里原来就有的错误，只作警告
  --staged          只检查已经 git add、将要提交的内容
  --format 格式     text（默认）、github（流水线的标注）、json
  --root 项目目录   检查别处的项目
  --today 日期      把这一天当作今天，如 2024-12-31
  -h, --help        显示这段说明

退出码：0 没有错误；1 有错误；2 命令写错。
"""


def main() -> int:
    parser = CommandLine(USAGE)
    options = parse(parser)
    environment.ensure()
    collect_no_garbage()
    options.today = parser.day(options.today)
    options.root = options.root.resolve()
    options.paths = {relative(path, options.root, parser) for path in options.paths}

    from lib.revisions import GitError

    is_whole = not (options.paths or options.fix or options.staged or options.base is not None)
    try:
        outcome = remembered(options) if is_whole else made(options)
    except GitError as error:
        say(str(error))
        return 2
    return outcome.tell()


def parse(parser: CommandLine) -> argparse.Namespace:
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--base")
    parser.add_argument("--staged", action="store_true")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text")
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--today")
    options = parser.parse_args()
    if options.staged and (options.paths or options.fix or options.base is not None):
        parser.refuse("--staged 只看将要提交的内容，不能同文件名、--fix、--base 一起用。")
    return options


@dataclass
class Outcome:
    """What a check says, each line with whether it is a result or said beside it; its exit code."""

    lines: list[tuple[bool, str]] = field(default_factory=list)
    code: int = 0

    def result(self, line: str) -> None:
        self.lines.append((True, line))

    def beside(self, line: str) -> None:
        self.lines.append((False, line))

    def tell(self) -> int:
        """Say it; the exit code."""
        for is_result, line in self.lines:
            (print if is_result else say)(line)
        return self.code


def remembered(options: argparse.Namespace) -> Outcome:
    """A check of everything, or what came of it the last time, where nothing has changed since.

    Loading what checks takes longer than looking at every byte: so looking comes first.
    """
    from fazhi.records import program, snapshot
    from fazhi.records.cache import FOLDER, Cache
    from fazhi.sources.files import content_key
    from fazhi.sources.tree import Folder

    found = snapshot.take(Folder(options.root))
    if found is None:
        return made(options)
    style = (sys.stdout.isatty(), bool(os.environ.get("NO_COLOR")))
    asked = json.dumps([str(options.today), options.format, *style])
    name = content_key(program.digest(), Path(__file__).read_bytes(), found.key, asked)
    cache = Cache(options.root / FOLDER, "check")
    kept = cache.get(name)
    if kept:
        return Outcome(**json.loads(kept))
    outcome = made(options, Folder(options.root, found.records))
    if found.is_current():  # else it is not known what was checked
        cache.put(name, json.dumps(vars(outcome)).encode())
        cache.save()
    return outcome


def made(options: argparse.Namespace, tree: "Optional[Tree]" = None) -> Outcome:
    """What the check says that was asked for, of what is on disk or staged."""
    from fazhi.sources.tree import Folder

    outcome = Outcome()
    if options.staged:
        check_staged(options, outcome)
    else:
        check(options, outcome, tree or Folder(options.root))
    return outcome


def check(options: argparse.Namespace, outcome: Outcome, tree: "Tree") -> None:
    """Check the files as they are on disk, fixed first when that is asked."""
    from fazhi import project, project_files
    from fazhi.records import cache, ledger
    from fazhi.records.memory import Memory

    root, wanted = options.root, options.paths
    mended, unwritten = mend(root, wanted) if options.fix else ([], 0)
    if wanted and all(map(ledger.is_record, wanted)):
        problems, files = project_files.check_files(tree, wanted, options.today)
    else:
        memory = Memory(cache.Cache(root / cache.FOLDER, "records"))
        checked = project.load(tree, options.today, memory=memory)
        problems = [p for p in checked.problems if is_within(p.path, wanted)]
        files = checked.files
        if checked.settings is None:
            outcome.beside("设置文件有错：改好以后，再查记录和叙述稿的内容。")
    if options.base is not None:
        problems = known_before(problems, options)
    show(problems, files, mended, tree, options.format, outcome)
    outcome.code = outcome.code or min(unwritten, 1)


def mend(root: Path, wanted: Set[str]) -> tuple[list[tuple[str, int, str]], int]:
    """Mend what is safe in the files that were asked for: what was done, and how many refused."""
    from fazhi.commands import fixing

    mended: list[tuple[str, int, str]] = []
    unwritten = 0
    for path in texts(root):
        if is_within(path, wanted):
            try:
                fixed = fixing.apply(root, [path])
            except OSError as error:
                unwritten += 1
                say(f"{path} 写不进去（{error.strerror}），没有改。关闭打开着它的程序，再试一次。")
                continue
            mended += [(path, fix.line, fix.what) for _, fixes in fixed for fix in fixes]
    return mended, unwritten


def check_staged(options: argparse.Namespace, outcome: Outcome) -> None:
    """Check what is about to be committed, as it is in the index, not on disk."""
    from lib import revisions

    from fazhi import project_files

    with revisions.staged(options.root) as (tree, paths):
        problems, files = project_files.check_files(tree, paths, options.today)
        show(problems, files, [], tree, options.format, outcome)


def known_before(problems: "Iterable[Problem]", options: argparse.Namespace) -> "list[Problem]":
    """Errors that were there before the change, in files it does not touch, as warnings.

    So a change does not fail for what another one did, nor for a day that has passed. Personal
    data stays an error whoever brought it.
    """
    from lib import revisions

    from dataclasses import replace

    from fazhi import project
    from fazhi.problems.problem import Severity

    touched = revisions.changed(options.root, options.base)
    with revisions.at(options.root, revisions.fork(options.root, options.base)) as old:
        before = set(project.load(old, options.today, has_evidence=False).problems)

    def seen(problem: "Problem") -> "Problem":
        if problem.path in touched or problem not in before or problem.rule == "FZ501":
            return problem
        return replace(problem, severity=Severity.WARNING, hint=f"{problem.hint}（原来就有）")

    return [seen(problem) for problem in problems]


# What the problems are shown as


def show(
    problems: "Sequence[Problem]",
    files: int,
    mended: Sequence[tuple[str, int, str]],
    tree: "Tree",
    form: str,
    outcome: Outcome,
) -> None:
    """Say the problems in a form."""
    from fazhi.problems import formats
    from fazhi.problems.problem import has_errors
    from fazhi.sources.text import readable_lines

    if form == "json":
        outcome.result(formats.report(problems, files, mended).model_dump_json(indent=2))
    elif form == "github":
        for line in formats.github(problems):
            outcome.result(line)
    else:
        for path, at, what in mended:
            outcome.result(f"{path}:{at}: 已改 {what}")
        for line in formats.text(
            problems, partial(readable_lines, tree), formats.style_for(sys.stdout, os.environ)
        ):
            outcome.result(line)
    for line in summary(problems, files, mended, tree):
        outcome.beside(line)
    outcome.code = 1 if has_errors(problems) else 0


def summary(
    problems: "Sequence[Problem]", files: int, mended: Sequence[tuple[str, int, str]], tree: "Tree"
) -> list[str]:
    """What was found, and what to do next."""
    from fazhi.problems.problem import Severity

    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    found = f"共 {files} 条记录：{errors} 个错误，{len(problems) - errors} 个警告。"
    if mended:
        changed = len({path for path, _, _ in mended})
        return [f"改好了 {changed} 个文件里的 {len(mended)} 处。", found]
    count = mendable(problems, tree) if problems else 0
    return (
        [found, f"有 {count} 个文件可以自动改一部分：在命令后面加上 --fix。"] if count else [found]
    )


def mendable(problems: "Iterable[Problem]", tree: "Tree") -> int:
    """How many files with problems `--fix` would change."""
    from fazhi.commands import fixing

    return sum(1 for _ in fixing.proposed(tree, {problem.path for problem in problems}))


# Which files


def texts(root: Path) -> list[str]:
    """Every file that --fix may mend, in order of path."""
    patterns = ("records/*.yml", "records/*/*/*.md", "docs/report/*.md", "docs/index.md")
    found = {file.relative_to(root).as_posix() for p in patterns for file in root.glob(p)}
    return sorted(found)


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


def is_within(path: str, wanted: Set[str]) -> bool:
    """Whether a path is one that was asked for, or in a folder that was; all are, if none was."""
    return not wanted or not wanted.isdisjoint((path, *map(str, PurePosixPath(path).parents)))


if __name__ == "__main__":
    sys.exit(main())
