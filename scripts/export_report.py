#!/usr/bin/env python3
"""Write a year's report as Word file, PDF, HTML body and metadata: `scripts/export_report.py 2024`."""

import environment
from environment import ROOT, say

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from commandline import CommandLine, project_of

USAGE = """\
用法：python3 scripts/export_report.py 年份 [选项]

检查之后，把一年的报告写成公文和门户网站要的几个文件：

  标题.docx        Word 公文，按 GB/T 9704-2012 排版
  标题.pdf         同样版式的 PDF
  body.html        正文，粘贴到门户网站的编辑器里
  metadata.json    门户网站要填的各项；metadata.txt 是一行一项，便于复制

  --edition public     公开版（默认），写到 dist/
  --edition internal   内部版，写到 dist-internal/，标着“内部资料”，不得对外发布
  --out 文件夹         写到别处
  --links              数字带链接，点开是网站上的依据（township.yml 的网站要有地址）
  --root 项目目录      导出别处的项目
  -h, --help           显示这段说明

同名的文件换成新的，别的文件不动。

退出码：0 成功；1 有错，什么也没有写；2 命令写错。
"""
FOLDERS = {"public": "dist", "internal": "dist-internal"}


def main() -> int:
    parser = CommandLine(USAGE)
    parser.add_argument("year", type=int)
    parser.add_argument("--edition", choices=sorted(FOLDERS), default="public")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--links", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args()
    environment.ensure(environment.RUNTIME)

    from fazhi import exports
    from fazhi.editions import Edition, Gate
    from fazhi.pages.view import View

    root = options.root.resolve()
    out: Path = options.out or root / FOLDERS[options.edition]
    parser.check_folder(out, root)
    checked = project_of(root)
    year = next((y for y in checked.years if y.year == options.year and y.narrative), None)
    if year is None:
        parser.refuse(f"没有 {options.year} 年的叙述稿：docs/report/{options.year}.md。")
    website = year.settings.township.website
    address = (website.address if website else None) or ""
    if options.links and not address:
        say("records/township.yml 的“网站”里没有写地址，数字没有可以链接的地方。")
        return 1
    view = View(year, Gate(Edition(options.edition), year.settings))
    try:
        made = exports.files(view, address if options.links else "")
        written = write(made, out)
    except exports.Unprintable as error:
        say(f"{error}\n什么也没有写。")
        return 1
    except OSError as error:
        say(f"写不进去：{error.filename}（{error.strerror}）。打开着的文件先关上。")
        return 1
    for file in written:
        print(file)
    if options.edition == "internal":
        say("这些是内部资料，不得对外发布。")
    return 0


def write(made: Mapping[str, bytes], out: Path) -> list[Path]:
    """Put all files into a folder: each beside its place, and there only once all are written."""
    out.mkdir(parents=True, exist_ok=True)
    beside = {name: out / f".{number}.building-{os.getpid()}" for number, name in enumerate(made)}
    try:
        for name, data in made.items():
            beside[name].write_bytes(data)
        for name, file in beside.items():
            file.replace(out / name)
    finally:
        for file in beside.values():
            with contextlib.suppress(OSError):
                file.unlink()
    return [out / name for name in made]


if __name__ == "__main__":
    sys.exit(main())
