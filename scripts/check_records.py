#!/usr/bin/env python3
"""Check records, settings and narratives: `python3 scripts/check_records.py [PATH…]`."""

from lib import environment
from lib.command_line import CommandLine, unwritten, usage
from lib.process import collect_no_garbage, say

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from fazhi.problems.problem import Problem
    from fazhi.sources.tree import Tree

# What was put right: in which file, on which line, and how; None where that was not asked.
Fixed = Optional[Sequence[tuple[str, int, str]]]


def main() -> int:
    parser = CommandLine(usage(__file__), "--fix", "--staged", "--root", "--today")
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--base")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text")
    options = parser.parse_args()
    is_whole = not (options.paths or options.fix or options.base is not None)
    if options.staged and not is_whole:
        parser.refuse("--staged 只看将要提交的内容，不能同文件名、--fix、--base 一起用。")
    environment.ensure()
    collect_no_garbage()
    options.today = parser.day(options.today)
    options.paths = {relative(path, options.root, parser) for path in options.paths}

    if is_whole and not options.staged:
        outcome = remembered(options)
    else:
        from lib.revisions import GitError

        try:
            outcome = checked(options)
        except GitError as error:
            say(str(error))
            return 2
    for is_result, line in outcome.lines:
        (print if is_result else say)(line)
    return outcome.code


@dataclass
class Outcome:
    """What a check prints, each line with whether it is a result; its exit code."""

    lines: list[tuple[bool, str]]
    code: int


def remembered(options: argparse.Namespace) -> Outcome:
    """A check of everything, or its last outcome where no byte has changed: reading is faster."""
    from fazhi.records import snapshot
    from fazhi.records.cache import FOLDER, Cache, program
    from fazhi.sources.files import content_key
    from fazhi.sources.tree import Folder

    found = snapshot.take(Folder(options.root))
    if found is None:
        return checked(options)
    style = (sys.stdout.isatty(), bool(os.environ.get("NO_COLOR")))
    asked = json.dumps([str(options.today), options.format, *style])
    name = content_key(program(), Path(__file__).read_bytes(), found.key, asked)
    cache = Cache(options.root / FOLDER, "check")
    kept = cache.get(name)
    if kept:
        return Outcome(**json.loads(kept))
    outcome = checked(options, Folder(options.root, found.records))
    if found.is_current():  # else it is not known what was checked
        cache.put(name, json.dumps(vars(outcome)).encode())
        cache.save()
    return outcome


UNREAD = "设置文件有错：改好以后，再查记录和叙述稿的内容。"
UNCHECKED = "设置、记录有错：叙述稿里的数没有核对，改好以后再查。"
AS_TYPED = "叙述稿只查了写法，里面的数没有核对：运行 python3 scripts/check_records.py 全部查一遍。"


def checked(options: argparse.Namespace, tree: "Optional[Tree]" = None) -> Outcome:
    """Check what was asked for: the files on disk, fixed first if that was asked, or the index."""
    from fazhi import project, project_files
    from fazhi.problems.problem import has_errors
    from fazhi.records import cache, ledger, narrative
    from fazhi.records.memory import Memory
    from fazhi.sources.tree import Folder

    root, wanted = options.root, options.paths
    if options.staged:
        from lib.revisions import Repository

        with Repository(root).staged() as (index, paths):
            problems, files = project_files.check_files(index, paths, options.today)
            outcome = shown(problems, files, None, index, options.format)
            if any(map(narrative.year_of, paths)):
                outcome.lines.insert(0, (False, AS_TYPED))
            return outcome
    tree, said = tree or Folder(root), ""
    fixed, refused = fix(root, wanted) if options.fix else (None, 0)
    if wanted and all(map(ledger.is_record, wanted)):
        problems, files = project_files.check_files(tree, wanted, options.today)
    else:
        memory = Memory(cache.Cache(root / cache.FOLDER, "records"))
        checked = project.load(tree, options.today, memory=memory)
        texts = map(narrative.path_of, narrative.years(tree)) if wanted else ()
        is_of_text = any(is_within(path, wanted) for path in texts)
        problems = [
            problem
            for problem in checked.problems
            if is_within(problem.path, wanted)
            or any(is_within(path, {problem.path}) for path in wanted)
            # A report is not held to records that are wrong: then what is wrong is told.
            or (is_of_text and is_within(problem.path, {"records"}) and has_errors([problem]))
        ]
        wrong = (problem for problem in problems if is_within(problem.path, {"records"}))
        said = UNCHECKED if is_of_text and has_errors(wrong) else ""
        files, said = checked.files, UNREAD if checked.settings is None else said
    if options.base is not None:
        problems = known_before(problems, options)
    outcome = shown(problems, files, fixed, tree, options.format)
    if said:
        outcome.lines.insert(0, (False, said))
    outcome.code = outcome.code or min(refused, 1)
    return outcome


def fix(root: Path, wanted: Set[str]) -> tuple[list[tuple[str, int, str]], int]:
    """Fix what is safe in the files that were asked for: what was done, and how many refused."""
    from fazhi.commands import fixing
    from fazhi.sources.tree import Folder

    fixed: list[tuple[str, int, str]] = []
    refused = 0
    paths = (path for top in ("docs", "records") for path, _ in Folder(root).walk(top))
    for path in (path for path in paths if is_within(path, wanted)):
        try:
            done = fixing.apply(root, [path])
        except OSError as error:
            refused += 1
            say(f"{unwritten(error, root / path)}没有改。")
            continue
        fixed += [(path, one.line, one.what) for _, fixes in done for one in fixes]
    return fixed, refused


def known_before(problems: "Iterable[Problem]", options: argparse.Namespace) -> "list[Problem]":
    """Errors that were there before, in files that were not touched, become warnings; but personal
    data stays an error whoever brought it."""
    from lib.revisions import Repository

    from dataclasses import replace

    from fazhi import project
    from fazhi.problems.problem import Severity

    repository = Repository(options.root)
    touched = repository.changed(options.base)
    with repository.at(repository.fork(options.base)) as old:
        before = set(project.load(old, options.today, has_evidence=False).problems)

    def seen(problem: "Problem") -> "Problem":
        if problem.path in touched or problem not in before or problem.rule == "FZ501":
            return problem
        return replace(problem, severity=Severity.WARNING, hint=f"{problem.hint}（原来就有）")

    return [seen(problem) for problem in problems]


# What the problems are shown as


def shown(
    problems: "Sequence[Problem]", files: int, fixed: Fixed, tree: "Tree", form: str
) -> Outcome:
    """The problems in a form, and what to do next."""
    from fazhi.problems import formats
    from fazhi.problems.problem import has_errors
    from fazhi.sources.text import readable_lines

    lines: Iterable[str]
    if form == "json":
        lines = [formats.report(problems, files, fixed or []).model_dump_json(indent=2)]
    elif form == "github":
        lines = formats.github(problems)
    else:
        style = formats.style_for(sys.stdout, os.environ)
        excerpts = formats.text(problems, partial(readable_lines, tree), style)
        lines = [*(f"{path}:{line}: 已改 {what}" for path, line, what in fixed or []), *excerpts]
    told = [(True, line) for line in lines]
    told += [(False, line) for line in summary(problems, files, fixed, tree)]
    return Outcome(told, 1 if has_errors(problems) else 0)


def summary(problems: "Sequence[Problem]", files: int, fixed: Fixed, tree: "Tree") -> Iterator[str]:
    """What was found, and what to do next."""
    from fazhi.problems.problem import Severity

    if fixed:
        yield f"改好了 {len({path for path, _, _ in fixed})} 个文件里的 {len(fixed)} 处。"
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    yield f"共 {files} 条记录：{errors} 个错误，{len(problems) - errors} 个警告。"
    if problems and fixed is None:
        from fazhi.commands import fixing

        fixable = sum(1 for _ in fixing.proposed(tree, {problem.path for problem in problems}))
        if fixable:
            yield f"有 {fixable} 个文件可以自动改一部分：在命令后面加上 --fix。"


# Which files


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
