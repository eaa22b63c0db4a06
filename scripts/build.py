#!/usr/bin/env python3
"""Check the records and build the site: `python3 scripts/build.py`.

Works on a fresh machine with nothing but Python.
"""

from lib import ROOT, environment
from lib.building import BuildFailed, build, show_warnings
from lib.command_line import CommandLine, usage
from lib.process import (
    INTERRUPTED,
    STOPPED,
    collect_no_garbage,
    report_own_fault,
    say,
    stop_once,
    unread,
)

import sys
import time
from pathlib import Path

FOLDERS = {"public": "site", "internal": "site-internal"}
# What every MkDocs site has: a folder that holds other things is not ours to replace.
MARKS_OF_A_SITE = ("index.html", "404.html", "assets")


def why_unsafe(out: Path) -> str:
    """The folder at `out` will be replaced: it must be empty, missing, or an earlier site."""
    if out.resolve() in (ROOT, *ROOT.parents):
        return "项目就在里面。"
    is_empty = not out.exists() or not any(out.iterdir())
    if not is_empty and not all((out / name).exists() for name in MARKS_OF_A_SITE):
        return "里面有别的文件，会被覆盖。请换一个空文件夹。"
    return ""


def main() -> int:
    started = time.monotonic()
    parser = CommandLine(usage(__file__), "--edition", "--out")
    options = parser.parse_args()
    edition: str = options.edition
    out: Path = (options.out or ROOT / FOLDERS[edition]).absolute()
    parser.check_folder(out, ROOT, is_site=True)
    unsafe = why_unsafe(out)
    if unsafe:
        parser.refuse(f"不能生成到 {out}：{unsafe}")
    environment.ensure()
    collect_no_garbage()
    stop_once()
    show_warnings()
    try:
        counted = build(edition, out)
    except BuildFailed as error:
        say(f"{error}\n没有生成网页。" if str(error) else "没有生成网页。")
        return 1
    except KeyboardInterrupt:
        say(STOPPED)
        return INTERRUPTED
    except OSError as error:
        say(f"{unread(error, out)}原有的网页没有动。")
        return 1
    except Exception:
        report_own_fault("；原有的网页没有动")
        return 1
    print("内部版已生成，不得对外发布。" if edition == "internal" else "公开版已生成。")
    numbers = "，".join(f"{name} {count}" for name, count in counted.items())
    print(f"{numbers}，用时 {time.monotonic() - started:.1f} 秒。\n打开：{out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
