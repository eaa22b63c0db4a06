#!/usr/bin/env python3
"""What a machine without a network needs, as files: `python3 scripts/bundle.py`."""

from lib import ROOT, environment, packages
from lib.command_line import CommandLine, is_readable, usage
from lib.installed import DEV, NEWEST_PYTHON, OLDEST_PYTHON, ROLLUP, RUNTIME
from lib.packages import WHEELS, SetupError
from lib.process import say, unread
from lib.project_files import project_files

import errno
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

_MANYLINUX = ("_2_28", "_2_17", "2014", "_2_12", "2010", "_2_5", "1")
PLATFORMS = {  # the kinds of machine, and the tags of packages that each takes, the newest first
    "windows": ("win_amd64",),
    "linux": tuple(f"manylinux{version}_x86_64" for version in _MANYLINUX),
    "linux-arm": tuple(f"manylinux{version}_aarch64" for version in _MANYLINUX),
    "macos": ("macosx_11_0_arm64",),
    "macos-intel": ("macosx_11_0_x86_64",),
}
IN_A_ZIP = ("windows", "linux", "linux-arm")
VERSIONS = [f"3.{minor}" for minor in range(OLDEST_PYTHON[1], NEWEST_PYTHON[1] + 1)]


class Missing(Exception):
    """A package is not to be had; the text says, in Chinese, which and for what."""


def this_machine() -> str:
    """The kind that this machine is; empty for one that there are no packages for."""
    is_arm = platform.machine().lower() in ("arm64", "aarch64")
    kinds = {
        "Windows": "" if is_arm else "windows",
        "Linux": "linux-arm" if is_arm else "linux",
        "Darwin": "macos" if is_arm else "macos-intel",
    }
    return kinds.get(platform.system(), "")


@cache
def surroundings() -> dict[str, str]:
    """The variables that pip runs with, as when it sets up. Raises SetupError."""
    return {**packages.without_settings(), **packages.sources_of([sys.executable, "-m", "pip"])}


def pip(command: Sequence[str], lock: Path, kind: str, version: str) -> None:
    """Run pip for another machine and another Python. Raises Missing."""
    tags = [word for tag in PLATFORMS[kind] for word in ("--platform", tag)]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", *command, "--disable-pip-version-check", "--no-input"),
            *("--progress-bar", "off", "--require-hashes", "--only-binary=:all:"),
            *("--implementation", "cp", "--python-version", version, *tags, "-r", lock.name),
        ],
        cwd=str(ROOT),
        env=surroundings(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        printed = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = next((line for line in printed if line.startswith("ERROR")), "")
        raise Missing(f"{lock.name}，{kind}，Python {version}：没有取全。{why}")


def download(kinds: Sequence[str], lock: Path) -> None:
    """Fill `wheels`: all of it is new, or it is as it was. Raises Missing."""
    unfinished = ROOT / ".wheels.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    command = ["download", "--no-deps", "--dest", unfinished.name]
    if WHEELS.is_dir():  # what there is is not fetched
        command += ["--find-links", WHEELS.name]
    try:
        for kind in kinds:
            for version in VERSIONS:
                say(f"正在下载：{kind}，Python {version}…")
                pip(command, lock, kind, version)
        if WHEELS.exists():
            shutil.rmtree(WHEELS)
        unfinished.rename(WHEELS)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def table() -> int:
    """Print which lock files can be installed where; the exit code."""
    command = ["install", "--dry-run", "--ignore-installed", "--target", ".wheels.part"]
    places = [(lock, kind) for lock in (RUNTIME, ROLLUP, DEV) for kind in PLATFORMS]

    def tried(place: "tuple[Path, str, str]") -> str:
        try:
            pip(command, *place)
        except Missing as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        asked = [(*place, version) for place in places for version in VERSIONS]
        found = dict(zip(asked, pool.map(tried, asked)))
    print("| | " + " | ".join(f"Python {version}" for version in VERSIONS) + " |")
    print("|---" * (len(VERSIONS) + 1) + "|")
    for lock, kind in places:
        marks = ("没有" if found[lock, kind, version] else "有" for version in VERSIONS)
        print(f"| {lock.name}，{kind} | " + " | ".join(marks) + " |")
    missing = [why for why in found.values() if why]
    for why in missing:
        say(why)
    return 1 if missing else 0


def carried() -> list[Path]:
    """The project's files, each of which a zip can name. Raises OSError."""
    found = list(project_files())
    for path in found:
        if not is_readable(str(path)):
            raise OSError(errno.EILSEQ, "文件名不是 UTF-8 编码", str(path))
    return found


def pack(file: Path, paths: Sequence[Path]) -> None:
    """These files and `wheels` as one zip, in a folder with the project's name. Raises OSError."""
    from fazhi.sources.aside import own_folder
    from fazhi.sources.files import put

    with own_folder(file.parent) as folder:
        unfinished = folder / "zip"
        with zipfile.ZipFile(
            unfinished, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as archive:
            for path in paths:
                archive.write(ROOT / path, f"{ROOT.name}/{path.as_posix()}")
            for wheel in sorted(WHEELS.iterdir()):  # they are zips themselves
                archive.write(wheel, f"{ROOT.name}/{WHEELS.name}/{wheel.name}", zipfile.ZIP_STORED)
        put({file: unfinished}, file.parent)


def main() -> int:
    parser = CommandLine(usage(__file__), "--tests", "--table")
    parser.add_argument("--platform", action="append", choices=list(PLATFORMS))
    parser.add_argument("--zip", type=Path)
    options = parser.parse_args()
    kinds = options.platform or (IN_A_ZIP if options.zip else [this_machine()])
    if not all(kinds):
        parser.refuse("没有适合这台电脑的包；给别的电脑准备，写 --platform。")
    if options.zip:
        if options.zip.is_dir():
            parser.refuse(f"{options.zip} 是文件夹，写压缩包的名称。")
        parser.check_file(options.zip, ROOT, ".zip")
    environment.ensure()
    try:
        if options.table:
            return table()
        if options.zip:
            from fazhi.sources.aside import own_folder

            with own_folder(options.zip.parent):
                paths = carried()  # where nothing can be written or named, nothing is fetched
        download(list(dict.fromkeys(kinds)), DEV if options.tests else ROLLUP)
        if options.zip:
            pack(options.zip, paths)
    except (Missing, SetupError) as error:
        say(f"{error}\n没有做成，原来的 wheels 不动。")
        return 1
    except OSError as error:
        say(unread(error, options.zip or WHEELS))
        return 1
    size = sum(wheel.stat().st_size for wheel in WHEELS.iterdir()) / 1e6
    print(f"做好了：{WHEELS}（{size:.0f} MB）")
    if options.zip:
        print(f"压缩包：{options.zip}（{options.zip.stat().st_size / 1e6:.0f} MB）")
    return 0


if __name__ == "__main__":
    sys.exit(main())
