#!/usr/bin/env python3
"""What a change does to the figures and the report: `python3 scripts/compare.py BASE [HEAD]`."""

from lib import environment
from lib.command_line import CommandLine, usage, writing
from lib.process import say

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.commands.compare import Comparison
    from fazhi.project import Project


def main() -> int:
    parser = CommandLine(usage(__file__), "--out", "--root", "--today")
    parser.add_argument("base")
    parser.add_argument("head", nargs="?")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown")
    options = parser.parse_args()
    if options.out:
        parser.check_file(options.out, options.root, ".md", ".json", "")
    environment.ensure()
    options.today = parser.day(options.today)

    from lib.revisions import GitError

    from fazhi.commands.compare import markdown
    from fazhi.sources.files import put

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
    with writing(options.out, code=2):
        put({options.out: text.encode()}, options.out.parent)
    say(found.summary)
    return 1 if found.head.errors else 0


def compare(options: argparse.Namespace) -> "Comparison":
    """The project at the two revisions, each read once."""
    from lib.revisions import Repository

    from fazhi import project
    from fazhi.commands import compare as comparison
    from fazhi.sources.tree import Folder

    repository = Repository(options.root)

    def loaded(revision: str, commit: str) -> "tuple[Project, str]":
        """A state, named as it was asked for, with the commit that was taken for it."""
        name = revision if commit.startswith(revision) else f"{revision}（{commit[:10]}）"
        with repository.at(commit) as tree:
            return project.load(tree, options.today, has_evidence=False), name

    old, old_name = loaded(options.base, repository.fork(options.base, options.head or "HEAD"))
    if options.head is None:
        new, new_name = project.load(Folder(options.root), options.today), "磁盘上的文件"
    else:
        new, new_name = loaded(options.head, repository.commit(options.head))
    return comparison.compare(old, new, old_name, new_name)


if __name__ == "__main__":
    sys.exit(main())
