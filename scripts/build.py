#!/usr/bin/env python3
"""Check the records and build the site: `python3 scripts/build.py`.

Works on a fresh machine with nothing but Python.
"""

from lib import ROOT, environment
from lib.building import attempted, build
from lib.command_line import CommandLine, usage
from lib.process import collect_no_garbage, unread

import sys
import time
from functools import partial
from pathlib import Path

FOLDERS = {"public": "site", "internal": "site-internal"}
# What every MkDocs site has: a folder that holds other things is not ours to replace.
MARKS_OF_A_SITE = ("index.html", "404.html", "assets")
MARK_OF_INTERNAL = "填表.html"


def why_unsafe(out: Path, edition: str) -> str:
    """The folder at `out` will be replaced: it must be empty, missing, or an earlier site; for the
    internal edition no public one, which others may look into."""
    if out.resolve() in (ROOT, *ROOT.parents):
        return "项目就在里面。"
    is_empty = not out.exists() or not any(out.iterdir())
    if not is_empty and not all((out / name).exists() for name in MARKS_OF_A_SITE):
        return "里面有别的文件，会被覆盖。请换一个空文件夹。"
    if edition == "internal" and not is_empty and not (out / MARK_OF_INTERNAL).exists():
        return "里面是公开版，内部版会放到公开的地方。请换一个空文件夹。"
    return ""


def main() -> int:
    started = time.monotonic()
    parser = CommandLine(usage(__file__), "--edition", "--out")
    options = parser.parse_args()
    edition: str = options.edition
    out: Path = (options.out or ROOT / FOLDERS[edition]).absolute()
    parser.check_folder(out, ROOT, is_site=True)
    unsafe = why_unsafe(out, edition)
    if unsafe:
        parser.refuse(f"不能生成到 {out}：{unsafe}")
    environment.ensure()
    collect_no_garbage()

    def command() -> None:
        counted = build(edition, out)
        print("内部版已生成，不得对外发布。" if edition == "internal" else "公开版已生成。")
        numbers = "，".join(f"{name} {count}" for name, count in counted.items())
        print(f"{numbers}，用时 {time.monotonic() - started:.1f} 秒。\n打开：{out / 'index.html'}")

    return attempted(command, "没有生成网页，原有的没有动。", partial(unread, place=out))


if __name__ == "__main__":
    sys.exit(main())
