#!/usr/bin/env python3
"""Write a new record, asking only what it must hold: `python3 scripts/new_record.py [KIND]`."""

from lib import ROOT, environment
from lib.command_line import CommandLine, is_readable, settings_of, usage
from lib.conversation import PROSE, ask_all, choose_kind, kind_named, report
from lib.process import INTERRUPTED, say

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from fazhi.commands.new_record.draft import Draft


def main() -> int:
    environment.ensure()

    from fazhi.commands.new_record.draft import Draft
    from fazhi.sources.tree import Folder

    options, given = parse(CommandLine(usage(__file__), "--root", "--today"))
    root: Path = options.root
    configured = settings_of(root)
    try:
        kind = options.kind or choose_kind()
        if not configured.vocabulary.categories.get(kind.name):
            say(f"词表里还没有{kind.name}的类别，先在 records/vocabulary.yml 的“类别”里写上。")
            say("写法见 docs/guide/takeover.md#词表的样子。没有写。")
            return 1
        draft = Draft(Folder(root), configured, kind, options.today)
        return 1 if not fill(draft, given) else save(draft, root)
    except KeyboardInterrupt:
        say("\n没有写。")
        return INTERRUPTED
    except EOFError:
        say("\n没有写。")
        return 1


# The command


def parse(parser: CommandLine) -> tuple[argparse.Namespace, dict[str, list[str]]]:
    """The kind and where to write, and every answer that was given as an option."""
    from fazhi.problems.quoting import did_you_mean
    from fazhi.schema.kinds import KINDS, Kind

    every = dict.fromkeys(key for kind in KINDS.values() for key in kind.fields)
    parser.add_argument("kind", nargs="?")
    for key in (*every, PROSE):
        parser.add_argument(f"--{key}", dest=key, action="append")
    options = parser.parse_args()
    given = {key: getattr(options, key) for key in (*every, PROSE) if getattr(options, key)}
    if not all(is_readable(text) for texts in given.values() for text in texts):
        parser.refuse("选项里有认不出来的字，终端要用 UTF-8 编码。")
    options.today = parser.day(options.today)
    if options.kind is not None:
        name, options.kind = options.kind, kind_named(options.kind)
        if options.kind is None:
            parser.refuse(f"没有“{name}”这种记录。{did_you_mean(name, KINDS)}")
    elif not sys.stdin.isatty():
        parser.refuse("要写明是哪种记录。" + did_you_mean("", KINDS))
    kind: Optional[Kind] = options.kind
    if kind is None:
        if given:
            parser.refuse("写了选项，就要写明是哪种记录。")
        return options, given
    for key in given.keys() - {PROSE}:
        if key not in kind.fields:
            parser.refuse(f"{kind.name}没有“{key}”这一项。{did_you_mean(key, kind.fields)}")
        spec = kind.fields[key]
        if len(given[key]) > 1 and not (spec.is_list or spec.is_mapping):
            parser.refuse(f"--{key} 写了 {len(given[key])} 次，只能写一次。")
    return options, given


# The answers


def fill(draft: "Draft", given: Mapping[str, Sequence[str]]) -> bool:
    """Take the answers that were given, and ask for what is missing; whether it is complete now."""
    keys = sorted(given.keys() - {PROSE}, key=draft.kind.order.index)
    problems = [problem for key in keys for problem in draft.take(key, *given[key])]
    problems += draft.take_prose(given[PROSE][0]) if PROSE in given else []
    missing = draft.missing()
    if not report(problems):
        say("没有写。")
        return False
    if missing and not sys.stdin.isatty():
        for key in missing:
            say(f"缺少“{key}”：加上 --{key}（{draft.question(key).text}）")
        say("没有写。")
        return False
    if missing:
        ask_all(draft, prose=PROSE not in given)
    return True


# The file


def save(draft: "Draft", root: Path) -> int:
    """Write the record where nothing is yet, and print what comes next."""
    from fazhi.problems.reasons import reason
    from fazhi.sources import files

    while True:
        done = draft.finished()
        if not report(done.problems):
            say("没有写。")
            return 1
        try:
            files.write(root, {done.path: done.text.encode()})
            break
        except FileExistsError:
            continue  # another one was written just now
        except OSError as error:
            say(f"写不了 {done.path}：{reason(error)}。没有写。")
            return 1
    say(f"\n{done.text}")
    where = done.path if root == Path.cwd() else str(root / done.path)
    elsewhere = "" if root == ROOT else f' --root "{root}"'
    print(f"写好了：{where}")
    print(f'接着检查：python3 scripts/check_records.py "{where}"{elsewhere}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
