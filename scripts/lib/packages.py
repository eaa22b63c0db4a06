"""Installs the locked packages into a new environment, from `wheels` or from a source of packages:
with the pip that comes with Python, and the standard library only."""

from lib import ROOT
from lib.installed import PYTHON, VENV, digest
from lib.process import clean_environment, say

import ast
import os
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterable
from pathlib import Path

WHEELS = ROOT / "wheels"  # the locked packages (scripts/bundle.py): with it, no network is asked

LOG = VENV.with_name(".venv.log")  # all that pip printed the last time

PATIENCE = 10.0  # seconds from pip's first line until a source of packages must have answered it
HEARD = ("Downloading ", "Using cached ")
SOURCES = {  # the settings of pip that are respected
    *("index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "keyring-provider"),
    *("proxy", "cert", "client-cert", "timeout", "default-timeout", "retries", "cache-dir"),
}


class SetupError(Exception):
    """The environment cannot be made; the text says, in Chinese, why and what to do."""


def wheel_of_pip(requirements: Path) -> Path:
    """Pip as it comes with Python, or as it is among the packages. Raises SetupError."""
    try:
        import ensurepip
    except ImportError:  # Debian and those made from it keep it in a package of its own
        folders = [WHEELS]
    else:
        kept = sysconfig.get_config_var("WHEEL_PKG_DIR")
        folders = [Path(kept)] if kept else []
        folders += [Path(ensurepip.__file__).parent / "_bundled", WHEELS]
    for folder in folders:
        for wheel in sorted(folder.glob("pip-*.whl")):
            if folder != WHEELS or digest(wheel) in requirements.read_text(encoding="utf-8"):
                return wheel
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    raise SetupError(
        "这台机器的 Python 缺少 venv 部件。\n"
        f"Debian、Ubuntu、统信、麒麟上请运行：sudo apt install {package}\n"
        "不能上网的，把 wheels 文件夹拷进来（docs/guide/offline.md）。然后再运行同一条命令。"
    )


def install(venv: Path, pip: Path, requirements: Path) -> None:
    """Put the locked packages into an environment, each checked by its hash. Raises SetupError."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    total = sum("==" in line and not line.startswith((" ", "#")) for line in lines)
    run_pip = [str(venv / PYTHON), str(pip / "pip")]
    command = [*run_pip, "install", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--progress-bar", "off", "--no-warn-script-location"]
    command += ["--require-hashes", "-r", requirements.name]
    if WHEELS.is_dir():
        command += ["--no-index", "--find-links", WHEELS.name]
    settings = {} if WHEELS.is_dir() else sources_of(run_pip)
    process = subprocess.Popen(
        command,
        cwd=str(ROOT),  # no name of a folder is among the arguments, whatever it holds
        env={**without_settings(), **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    limit = threading.Timer(PATIENCE, process.kill)
    limit.daemon = True
    assert process.stdout is not None
    try:
        printed = follow(process.stdout, total, limit)
        failed = process.wait() != 0
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        limit.cancel()
    if failed:
        LOG.write_text("".join(printed), encoding="utf-8")
        raise SetupError(f"{why(printed, requirements)}\npip 的原话在 {LOG}。")


def without_settings() -> dict[str, str]:
    """The machine's variables without pip's: none may lead packages elsewhere, or leave some out."""
    environment = clean_environment()
    kept = {name: text for name, text in environment.items() if not name.startswith("PIP_")}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}


def sources_of(run_pip: list[str]) -> dict[str, str]:
    """What the machine's settings say of sources, as variables. Raises SetupError."""
    done = subprocess.run(
        [*run_pip, "config", "list", "--disable-pip-version-check"],
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        LOG.write_bytes(done.stdout + done.stderr)
        raise SetupError(f"pip 自己的设置（pip.conf、pip.ini）读不出来，改好再试。原话在 {LOG}。")
    found = {}
    for section in ("global", "install", ":env:"):  # the later one counts
        for line in done.stdout.decode("utf-8", "replace").splitlines():
            name, _, text = line.partition("=")
            where, _, key = name.rpartition(".")
            if where == section and key in SOURCES:
                found["PIP_" + key.upper().replace("-", "_")] = ast.literal_eval(text)
    return found


def follow(output: Iterable[bytes], total: int, limit: threading.Timer) -> list[str]:
    """Show how far pip is, and lift its limit once a source has answered; all that it printed."""
    live = sys.stderr.isatty()
    printed: list[str] = []
    collected, retries = 0, False
    for line in output:
        text = line.decode("utf-8", "replace")
        if not printed:
            limit.start()  # only now: a slow disk may take long to start pip
        printed.append(text)
        if "Retrying (" in text and not retries:
            retries = True
            say("\r  连不上软件源，正在重试…" if live else "  连不上软件源，正在重试…")
        # What is on this machine (Processing) says nothing of a network that does not answer.
        if is_heard(text) or (text.startswith("Processing ") and not retries):
            limit.cancel()
        if text.startswith("Collecting "):
            collected += 1
            if live:
                print(f"\r  下载 {collected}/{total} ", end="", file=sys.stderr, flush=True)
        elif text.startswith("Installing collected packages"):
            say("\r  正在装入…      " if live else "  正在装入…")
    return printed


def is_heard(line: str) -> bool:
    """Whether pip says that it has a file from a source of packages."""
    return line.lstrip().startswith(HEARD)


def why(printed: list[str], requirements: Path) -> str:
    """What pip complained of, as what to do."""
    text = "".join(printed)
    heard = any(map(is_heard, printed))
    machine = f"{sysconfig.get_platform()}、Python {sys.version_info[0]}.{sys.version_info[1]}"
    if "DO NOT MATCH THE HASHES" in text:
        return (
            f"下载的文件同 {requirements.name} 里的校验值（hash）不符，没有装。\n"
            "请换一个镜像；用 wheels 文件夹的，重新拷一份。"
        )
    if "due to an OSError: [Errno" in text:
        return "安装包写不进去：多半是磁盘满了，或者文件夹不让写。"
    if WHEELS.is_dir():
        return (
            f"wheels 文件夹里没有适合这台电脑（{machine}）的全套安装包。\n"
            "请在能上网的电脑上重新运行 python3 scripts/bundle.py，把 wheels 文件夹换成新的；\n"
            "这台电脑能上网的，也可以删去 wheels 文件夹，再运行同一条命令。"
        )
    if heard and "No matching distribution" in text and "Retrying (" not in text:
        return (
            f"没有适合这台电脑（{machine}）的安装包。\n"
            "请换一个 Python（3.11 到 3.15 的 64 位普通版），或者换一台电脑；"
            "用镜像的，镜像里可能缺这个包。"
        )
    return (
        "连不上软件源，依赖没有装上。\n"
        "一、能上网的：检查网络，再运行同一条命令。\n"
        "二、单位内网有镜像的：按本单位的说明给 pip 设好镜像，再运行。\n"
        "三、不能上网的：在能上网的电脑上运行 python3 scripts/bundle.py，"
        "把得到的 wheels 文件夹拷进本项目，再运行（docs/guide/offline.md）。"
    )
