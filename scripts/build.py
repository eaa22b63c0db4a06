#!/usr/bin/env python3
"""Check the records and build the site: `python3 scripts/build.py`.

Works on a fresh machine with nothing but Python: see environment.py. The site is built in a folder
beside its place and moved there at the end, so that whatever goes wrong before, the last good site
stands as it was.
"""

import environment
from environment import INTERRUPTED, ROOT, say

import contextlib
import glob
import logging
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Optional

from commandline import CommandLine

USAGE = """\
用法：python3 scripts/build.py [--edition public|internal] [--out 文件夹]

检查全部记录，没有错误才生成网页。

  --edition public     公开版（默认），生成到 site/
  --edition internal   内部版，生成到 site-internal/，不得对外发布
  --out 文件夹         生成到别处
  -h, --help           显示这段说明

退出码：0 成功；1 记录有错或生成失败，原有网页不动；2 命令写错。
"""
FOLDERS = {"public": "site", "internal": "site-internal"}
# What every MkDocs site has: a folder that holds other things is not ours to replace.
MARKS_OF_A_SITE = ("index.html", "404.html", "assets")
# Left behind by a run that was killed; younger than this it may be at work.
ABANDONED_AFTER = 3600.0  # seconds
RENAMING_ATTEMPTS = 20


class BuildFailed(Exception):
    """No site was made; the text, in Chinese and possibly empty, adds to what was printed."""


def parse() -> tuple[str, Path]:
    """The edition and the folder to build it into."""
    parser = CommandLine(USAGE)
    parser.add_argument("--edition", choices=sorted(FOLDERS), default="public")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    out = (options.out or ROOT / FOLDERS[options.edition]).absolute()
    unsafe = why_unsafe(out)
    if unsafe:
        parser.refuse(f"不能生成到 {out}：{unsafe}")
    return options.edition, out


def why_unsafe(out: Path) -> str:
    """The folder at `out` will be replaced: it must be empty, missing, or an earlier site."""
    real = out.resolve()
    if real == ROOT or real in ROOT.parents:
        return "项目就在里面。"
    if ROOT / "docs" in (real, *real.parents) or ROOT / "records" in (real, *real.parents):
        return "那里放的是原稿和记录。"
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        return "它不是普通文件夹。"
    is_empty = not out.exists() or not any(out.iterdir())
    if not is_empty and not all((out / name).exists() for name in MARKS_OF_A_SITE):
        return "里面有别的文件，会被覆盖。请换一个空文件夹。"
    return ""


def build(
    edition: str,
    out: Path,
    early: Optional[Callable[[], None]] = None,
    swapping: Optional[Callable[[], None]] = None,
) -> dict[str, int]:
    """Put the site at `out`, or raise and leave `out` as it was. What was counted, by name.

    With `early`, the pages that were edited are put into `out` at once, and it is called then;
    `swapping` is called before the whole site takes its place.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    tidy_up(out)
    building = beside(out, "building")
    try:
        counted = run_mkdocs(edition, building, replaces=out, early=early)
        if swapping:
            swapping()
        swap(building, out)
        return counted
    finally:
        shutil.rmtree(building, ignore_errors=True)


def run_mkdocs(
    edition: str,
    site: Path,
    until: Optional[int] = None,
    replaces: Optional[Path] = None,
    early: Optional[Callable[[], None]] = None,
) -> dict[str, int]:
    """Build an edition into a folder, of the years up to `until` or of all; what was counted.

    Of a site that it will replace, the pages that stay as they are are taken over.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException
    from mkdocs.plugins import BasePlugin

    class Progress(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
        # Records are checked in on_config; on_pre_build is the first event after it.
        def on_pre_build(self, **_: object) -> None:
            say("正在生成网页…")

    os.environ["FAZHI_EDITION"] = edition  # both are read by hooks/fazhi_mkdocs
    os.environ["FAZHI_UNTIL"] = str(until or "")
    say("正在检查记录…")
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(site))
        if replaces:
            config.extra["replaces"] = replaces  # both are read by hooks/fazhi_mkdocs
            config.extra["early"] = early
        config.plugins["fazhi/progress"] = Progress()
        mkdocs_build(config)
        counted: dict[str, int] = config.extra["counted"]  # set by hooks/site.py
        names = (name for _, _, files in os.walk(site) for name in files)
        return {**counted, "网页": sum(name.endswith(".html") for name in names)}
    except Abort as error:
        raise BuildFailed(str(error)) from None
    except MkDocsException as error:
        raise BuildFailed(f"mkdocs.yml 或主题有问题：{error.format_message()}") from None


def show_warnings() -> None:
    """MkDocs's own warnings, which stop the build: to standard error, as a command line would."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("MkDocs：%(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)


# Putting the new site in the place of the old


def beside(out: Path, what: str) -> Path:
    """A folder of this run's own, on the same disk as `out`: moving it there is one step."""
    return out.with_name(f".{out.name}.{what}-{os.getpid()}")


def swap(building: Path, out: Path) -> None:
    """Move `building` to `out`. Another run may be doing the same: the later one stays."""
    for attempt in range(1, RENAMING_ATTEMPTS + 1):
        try:
            exchange(building, out, retired=beside(out, "building-old"))
            return
        except OSError as error:
            if attempt == RENAMING_ATTEMPTS:
                raise BuildFailed(
                    f"换不上新网页（{error.strerror}）：{out} 正被别的程序占用。\n"
                    "请关闭打开着它的窗口再试；原来的网页没有动。"
                ) from None
            time.sleep(0.1)


def exchange(building: Path, out: Path, retired: Path) -> None:
    try:
        with contextlib.suppress(FileNotFoundError):  # no site yet
            out.rename(retired)
        building.rename(out)
    except BaseException:
        if retired.exists() and not out.exists():
            retired.rename(out)
        raise
    finally:
        if out.exists():
            shutil.rmtree(retired, ignore_errors=True)


def tidy_up(out: Path) -> None:
    """Clear what killed runs left beside `out`; one killed in mid-swap had put the site aside."""
    ours = f".{glob.escape(out.name)}.building-"
    for retired in out.parent.glob(ours + "old-*"):
        if not out.exists():
            with contextlib.suppress(OSError):  # another run was faster
                retired.rename(out)
    clear_abandoned(out.parent.glob(ours + "*"))


def clear_abandoned(leftovers: Iterable[Path]) -> None:
    """Clear what killed runs left, but for the youngest, which may be at work."""
    for leftover in leftovers:
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(leftover, ignore_errors=True)


def report(edition: str, out: Path, counted: dict[str, int], seconds: float) -> None:
    print("内部版已生成，不得对外发布。" if edition == "internal" else "公开版已生成。")
    print(
        "，".join(f"{name} {count}" for name, count in counted.items())
        + f"，用时 {seconds:.1f} 秒。"
    )
    print(f"打开：{out / 'index.html'}")


def main() -> int:
    started = time.monotonic()
    edition, out = parse()
    environment.ensure(environment.RUNTIME)
    environment.collect_no_garbage()
    # A stop from outside (a closed window, a CI limit) tidies up as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    show_warnings()
    try:
        counted = build(edition, out)
    except BuildFailed as error:
        say(f"{error}\n没有生成网页。" if str(error) else "没有生成网页。")
        return 1
    except KeyboardInterrupt:
        say("\n已中断，没有生成网页；原有的网页没有动。")
        return INTERRUPTED
    except OSError as error:
        say(f"读写文件失败：{error.filename}（{error.strerror}）。原有的网页没有动。")
        return 1
    except Exception:
        traceback.print_exc()
        say("这是程序自身的错误，不是记录的问题；原有的网页没有动。请把上面的内容发给维护者。")
        return 1
    report(edition, out, counted, time.monotonic() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
