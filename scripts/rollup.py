#!/usr/bin/env python3
"""The published figures of many townships, added up: `python3 scripts/rollup.py FILE…`."""

from lib import ROOT, environment
from lib.command_line import CommandLine, usage
from lib.installed import ROLLUP
from lib.process import say, unread

import sys
from pathlib import Path


def main() -> int:
    parser = CommandLine(usage(__file__), "--out")
    parser.add_argument("given", nargs="+")
    options = parser.parse_args()
    if options.out:
        parser.check_folder(options.out, ROOT)
    environment.ensure(ROLLUP)

    from fazhi.commands import rollup
    from fazhi.sources.files import put

    try:
        found = rollup.find(options.given)
        if found.nothing:
            parser.refuse(f"没有 figures.json：{'、'.join(found.nothing)}。")
        if found.passed_by:
            # A township whose file has another name would be missing silently.
            names = rollup.some([file.as_posix() for file in found.passed_by])
            say(f"名称里没有 figures，没有看的 .json 文件 {names}。")
        made, gathered = rollup.roll_up(found.files)
        for path, earlier in gathered.repeated:
            say(f"{path} 和 {earlier} 一样，只算一次。")
        if made is None:
            for refused in gathered.refused:
                say(str(refused))
            say(f"{len(gathered.refused)} 处不能用，什么也没有写。")
            return 1
        if options.out:
            out: Path = options.out
            put({out / name: data for name, data in rollup.files(made).items()}, out)
    except rollup.NotAdded as error:
        say(f"没有加成，什么也没有写。DuckDB 说：{error}")
        return 1
    except OSError as error:
        say(unread(error, options.out or "临时文件夹"))
        return 1
    print(rollup.table(made), end="")
    if options.out:
        say(f"写好了：{options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
