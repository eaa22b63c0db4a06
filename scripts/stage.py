#!/usr/bin/env python3
"""Write the pages as plain files that any other generator can build: `scripts/stage.py OUT`."""

from lib import ROOT, environment
from lib.command_line import CommandLine, project_of, stop_at_errors, unwritten
from lib.process import say, stop_once

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Union

USAGE = """\
用法：python3 scripts/stage.py 文件夹 [--edition public|internal] [--root 项目目录]

检查之后，把全部网页的 Markdown 和数据写进一个空文件夹，旁边放上静态文件，
别的网站生成器可以接着用。每一页开头的 official 一项是公开门户要的 meta、
发布机构、页面上的声明（示例、内部资料、草稿）和内容安全策略；menu.json 是菜单。

退出码：0 成功；1 记录有错，什么也没有写；2 命令写错。
"""


def main() -> int:
    parser = CommandLine(USAGE)
    parser.add_argument("out", type=Path)
    parser.add_argument("--edition", choices=["public", "internal"], default="public")
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args()
    parser.check_folder(options.out, options.root)
    out: Path = options.out.resolve()
    if out.exists() and any(out.iterdir()):
        parser.refuse(f"{options.out} 不是空文件夹。")
    environment.ensure()
    stop_once()

    import json

    from fazhi.output import leaks, official, site
    from fazhi.output.menu import menu
    from fazhi.output.pages.static import static_files
    from fazhi.output.view import NotRendered
    from fazhi.report.editions import Edition

    root = options.root.resolve()
    checked = project_of(root)
    if not checked.years:
        say("records 里还没有年份文件夹，什么也没有写。")
        return 1
    edition = Edition(options.edition)
    try:
        made = site.site(checked.years, checked.home, edition)
    except NotRendered as error:
        stop_at_errors(error.problems)
        return 1
    static = static_files(checked.tree, edition)
    if edition is Edition.PUBLIC:
        stop_at_errors(list(leaks.find({**static, **made}, {root, Path.home()})))
    assert checked.settings
    around = official.of_site(checked.settings.township, edition)
    items = menu(site.views(checked.years, edition), static)
    made["menu.json"] = json.dumps(items, ensure_ascii=False, indent=1)
    files = {
        uri: one.encode() if isinstance(one, str) else one
        for uri, one in {**static, **made}.items()
    }
    pages = {
        uri: official.staged(data, around) for uri, data in files.items() if uri.endswith(".md")
    }
    try:
        write({**files, **pages}, out)
    except OSError as error:
        say(f"{unwritten(error, out)}\n什么也没有写。")
        return 1
    print(f"写好了 {len(made)} 个文件：{out}")
    return 0


def write(files: Mapping[str, Union[str, bytes]], out: Path) -> None:
    """Put files into an empty folder, or one that is made; none stays there when one cannot be."""
    was_there = out.exists()
    try:
        for uri, content in files.items():
            file = out / uri
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        if was_there:
            out.mkdir(exist_ok=True)
        raise


if __name__ == "__main__":
    sys.exit(main())
