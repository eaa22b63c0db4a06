#!/usr/bin/env python3
"""The published figures of many townships, added up: `python3 scripts/rollup.py FILE…`."""

from lib import ROOT, environment
from lib.command_line import CommandLine
from lib.installed import ROLLUP
from lib.process import say

import sys
from pathlib import Path

USAGE = """\
用法：python3 scripts/rollup.py 文件或文件夹… [--out 文件夹]

把几个乡镇同一年的 figures.json 加在一起，显示成一张表：每个指标合起来是多少、
加了几个乡镇；不能加的写明原因和乡镇，不当作 0，也不估计。

  文件或文件夹     各乡镇网站 data 文件夹里那一年的 figures.json；写文件夹的，看里面
                   全部名称里有 figures 的 .json 文件；也可以写 收集/*.json 这样的样式
  --out 文件夹     另写成 rollup.json、rollup.csv、rollup-parts.csv，放进这个文件夹
  -h, --help       显示这段说明

第一次运行要多装一个 DuckDB（约 20 MB）。

退出码：0 汇总了；1 有文件不能用，什么也没有写；2 命令写错。
"""


def main() -> int:
    parser = CommandLine(USAGE)
    parser.add_argument("given", nargs="+")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.out:
        parser.check_folder(options.out, ROOT)
    environment.ensure(ROLLUP)

    from fazhi.commands import rollup
    from fazhi.sources.files import replaced

    try:
        found = rollup.find(options.given)
        if found.nothing:
            parser.refuse(f"没有 figures.json：{'、'.join(found.nothing)}。")
        if found.passed_by:
            # A township whose file has another name would be missing silently.
            names = "、".join(file.as_posix() for file in found.passed_by[:5])
            more = "等" if len(found.passed_by) > 5 else ""
            count = len(found.passed_by)
            say(f"名称里没有 figures，没有看的 .json 文件 {count} 个：{names}{more}。")
        made, gathered = rollup.roll_up(found.files)
        for path, earlier in gathered.repeated:
            say(f"{path} 和 {earlier} 一样，只算一次。")
        for path in gathered.drafts:
            say(f"{path} 是草稿，报告还没有公布，数还会变。")
        if made is None:
            for refused in gathered.refused:
                say(str(refused))
            say(f"{len(gathered.refused)} 处不能用，什么也没有写。")
            return 1
        if options.out:
            out: Path = options.out
            with replaced({out / name: data for name, data in rollup.files(made).items()}, out):
                pass
    except rollup.NotAdded as error:
        say(f"没有加成，什么也没有写。DuckDB 说：{error}")
        return 1
    except OSError as error:
        say(f"读写文件失败：{error.filename}（{error.strerror}）。")
        return 1
    for line in rollup.table(made):
        print(line)
    if options.out:
        say(f"写好了：{options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
