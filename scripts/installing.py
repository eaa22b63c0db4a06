"""Make the environment that `environment.py` did not find: beside `.venv`, and in its place once whole.

So whatever goes wrong before, the one that there was goes on working. The standard library only.
"""

from environment import (
    INCLUDES,
    INTERRUPTED,
    PYTHON,
    ROOT,
    VENV,
    base_of,
    clean_environment,
    digest,
    installed,
    is_ready,
    refuse_python,
    say,
    works,
    write_stamp,
)

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import time
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

# Names as long as `.venv`: what pip makes holds its path, and is pointed to the last one afterwards.
NEW, OLD = VENV.with_name(".vnew"), VENV.with_name(".vold")
LOCK = VENV.with_name(".venv.lock")
LOG = VENV.with_name(".venv.log")
"""All that pip said the last time."""
REFUSED = VENV / "fazhi-not-updated"
"""What an update was tried to and failed: for a while nobody waits for it again."""
TRIED_AGAIN_AFTER = 3600.0  # seconds
WHEELS = ROOT / "wheels"
"""The locked packages as files (scripts/bundle.py). Where it is, nothing is asked of a network."""

PATIENCE = 10.0
"""Seconds from pip's first word until a source of packages must have answered it."""
HEARD = ("Downloading ", "Using cached ")
LONGEST_INSIDE = 170
"""Characters of the longest path in an environment, from its folder on."""


class SetupError(Exception):
    """The environment cannot be made; the text says, in Chinese, why and what to do."""


def bring(requirements: Path) -> None:
    """Make `.venv` hold what is locked now, or leave it as it was.

    Returns where it can be used, be it in an earlier state. Else exits, and tells what to do.
    """
    try:
        with sole_installer():
            put_back()
            if not is_ready(requirements):  # another run may just have done it
                install(requirements)
        return
    except SetupError as error:
        why = str(error)
    except OSError as error:
        why = (
            f"读写文件失败：{error.filename}（{error.strerror}）。\n"
            "请检查项目文件夹是否可以写入、磁盘是否已满，再运行同一条命令。"
        )
    except KeyboardInterrupt:
        say("\n已中断，运行环境还没有准备好。再运行一次同一条命令即可。")
        sys.exit(INTERRUPTED)
    if not is_earlier(requirements):
        say(f"运行环境没有准备好。{why}")
        sys.exit(1)
    say(f"运行环境没有更新，先用原来的。{why}")


def is_earlier(requirements: Path) -> bool:
    """Whether `.venv` works and was made for the same purpose, from an earlier lock file.

    A pipeline has to judge by what is locked now.
    """
    is_judged = os.environ.get("CI") == "true"
    return works(VENV) and requirements.name in installed(VENV) and not is_judged


def install(requirements: Path) -> None:
    """Make a new environment and put it in the place of `.venv`. Raises SetupError, OSError."""
    if not is_ready(requirements, NEW):  # it may be whole already, and could not take its place
        if is_earlier(requirements):
            wanted = digest(requirements) + str(WHEELS.exists() and WHEELS.stat().st_mtime_ns)
            refuse_again(wanted)
            say("依赖清单有变，正在更新运行环境…")
        else:
            wanted = ""
            refuse_python()
            say("正在准备运行环境（只在第一次，约一两分钟）…")
        try:
            make(requirements)
        except BaseException as error:
            with contextlib.suppress(OSError):
                remove(NEW)
                if wanted and isinstance(error, SetupError):
                    REFUSED.write_text(wanted, encoding="utf-8")
            raise
    take_place()
    say("运行环境已准备好。")


def refuse_again(wanted: str) -> None:
    """Raise SetupError where the same update was tried in the last hour, and failed."""
    with contextlib.suppress(OSError):
        since = time.time() - REFUSED.stat().st_mtime
        if 0 <= since < TRIED_AGAIN_AFTER and REFUSED.read_text(encoding="utf-8") == wanted:
            raise SetupError(
                f"依赖清单有变，刚才更新没有成功，过一小时再试；要马上试，先删去 {REFUSED}。"
            )


def make(requirements: Path) -> None:
    """Make a whole environment at NEW, the project included."""
    check_machine()
    remove(NEW)
    NEW.mkdir()
    check_length()
    has_links = make_links()
    pip = wheel_of_pip(requirements)
    venv.EnvBuilder(symlinks=has_links).create(str(NEW))
    pip_install(pip, requirements)
    # The project itself: by paths from there, so that a copied folder finds its own.
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(NEW)}))
    paths = (os.path.relpath(str(folder), str(packages)) for folder in (ROOT, ROOT / "hooks"))
    (packages / "fazhi.pth").write_text("".join(f"{path}\n" for path in paths), encoding="ascii")
    name_its_place()
    stamp = {
        "python": sys.version_info[:2],
        "base": base_of(NEW),
        "requirements": {path.name: digest(path) for path in INCLUDES[requirements]},
    }
    write_stamp(NEW, stamp)


def check_machine() -> None:
    """Raise SetupError where Python itself is of a kind for which there are no packages."""
    kind = sysconfig.get_platform()
    if kind in ("win32", "win-arm64"):
        bits = "32 位的" if kind == "win32" else "ARM 版的"
        raise SetupError(
            f"这个 Python 是{bits}，没有适合它的安装包。\n"
            "请安装 64 位的 Windows 版（x86-64；ARM 电脑上也装这一种），再用它运行同一条命令。"
        )
    if sys.implementation.name != "cpython":
        raise SetupError(
            f"这个 Python 是 {sys.implementation.name}，没有适合它的安装包。请用普通的 Python（CPython）。"
        )


def check_length() -> None:
    """Raise SetupError where the system takes no path as long as those of an environment."""
    try:
        deep = NEW.joinpath(*["x" * (LONGEST_INSIDE // 5 - 1)] * 5)
        deep.mkdir(parents=True)
    except OSError:
        raise SetupError(
            f"项目文件夹的路径太长（{len(str(ROOT))} 个字），运行环境里的文件放不下。\n"
            "请把整个文件夹移到短一些的地方，如 D:\\fazhi，再运行同一条命令。"
        ) from None
    finally:
        remove(NEW / ("x" * (LONGEST_INSIDE // 5 - 1)))


def make_links() -> bool:
    """Whether the disk knows symbolic links; one without (FAT) is spared the one that venv needs."""
    if os.name == "nt":
        return False
    link = NEW / "lib64"
    try:
        os.symlink("lib", str(link))
    except OSError:
        link.mkdir()
        return False
    if sys.platform == "darwin":
        link.unlink()
    return True


def wheel_of_pip(requirements: Path) -> Path:
    """Pip as it comes with Python, or as it lies among the packages. Raises SetupError."""
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
            known = hashlib.sha256(wheel.read_bytes()).hexdigest() in requirements.read_text(
                "utf-8"
            )
            if folder != WHEELS or known:
                return wheel
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    raise SetupError(
        "这台机器的 Python 缺少 venv 部件。\n"
        f"Debian、Ubuntu、统信、麒麟上请运行：sudo apt install {package}\n"
        "不能上网的，把 wheels 文件夹拷进来（docs/guide/offline.md）。然后再运行同一条命令。"
    )


def pip_install(pip: Path, requirements: Path) -> None:
    """Install the locked packages, each held to its hash. Raises SetupError."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    total = sum("==" in line and not line.startswith((" ", "#")) for line in lines)
    command = [str(NEW / PYTHON), str(pip / "pip"), "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "--no-warn-script-location", "--no-deps"]
    command += ["--require-hashes", "-r", requirements.name]
    settings = dict.fromkeys(["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_CONSTRAINT"], "")
    settings |= dict.fromkeys(["PIP_USER", "PIP_DRY_RUN", "PIP_REQUIRE_VIRTUALENV"], "0")
    if WHEELS.is_dir():
        command += ["--no-index", "--find-links", WHEELS.name]
        settings["PIP_FIND_LINKS"] = ""
    process = subprocess.Popen(
        command,
        cwd=str(ROOT),  # no name of a folder is among the arguments, whatever it holds
        env={**clean_environment(), **settings, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    limit = threading.Timer(PATIENCE, process.kill)
    limit.daemon = True
    assert process.stdout is not None
    try:
        said = follow(process.stdout, total, limit)
        failed = process.wait() != 0
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        limit.cancel()
    if failed:
        LOG.write_text("".join(said), encoding="utf-8")
        raise SetupError(f"{why(said, requirements)}\npip 的原话在 {LOG}。")


def follow(output: Iterable[bytes], total: int, limit: threading.Timer) -> list[str]:
    """Show how far pip is, and lift its limit once a source has answered; all that it said."""
    live = sys.stderr.isatty()
    said: list[str] = []
    collected = 0
    retries = False
    for line in output:
        text = line.decode("utf-8", "replace")
        if not said:
            limit.start()  # only now: a slow disk may take long to start pip
        said.append(text)
        if "Retrying (" in text and not retries:
            retries = True
            say("\r  连不上软件源，正在重试…" if live else "  连不上软件源，正在重试…")
        # What lies on this machine (Processing) says nothing of a network that does not answer.
        if is_heard(text) or (text.startswith("Processing ") and not retries):
            limit.cancel()
        if text.startswith("Collecting "):
            collected += 1
            if live:
                print(f"\r  下载 {collected}/{total} ", end="", file=sys.stderr, flush=True)
        elif text.startswith("Installing collected packages"):
            say("\r  正在装入…      " if live else "  正在装入…")
    return said


def is_heard(line: str) -> bool:
    """Whether pip tells that it has a file from a source of packages."""
    return line.lstrip().startswith(HEARD)


def why(said: list[str], requirements: Path) -> str:
    """What pip complained of, as what to do."""
    text = "".join(said)
    heard = any(map(is_heard, said))
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


def name_its_place() -> None:
    """Launchers and `activate` say where they were made: let them say where they will be."""
    there, here = (os.fsencode(str(folder) + os.sep) for folder in (NEW, VENV))
    there_quoted, here_quoted = os.fsencode(str(NEW)), os.fsencode(str(VENV))
    for file in (NEW / PYTHON).parent.iterdir():
        if file.is_file() and not file.is_symlink() and file.stat().st_size < 1_000_000:
            data = file.read_bytes()
            named = data.replace(there, here).replace(there_quoted, here_quoted)
            if named != data:
                file.write_bytes(named)


# Taking the place of the old one


def take_place() -> None:
    """Move NEW to where `.venv` is; raises SetupError where that is in use, and leaves both."""
    remove(OLD)
    try:
        if os.path.lexists(str(VENV)):
            os.replace(str(VENV), str(OLD))
        os.replace(str(NEW), str(VENV))
    except OSError as error:
        put_back()
        raise SetupError(
            f"换不上新的运行环境：.venv 正被别的程序占用（{error.strerror}）。\n"
            "请关闭编辑器和激活了它的终端，再运行同一条命令；新的已经备好，不用再下载。"
        ) from None
    with contextlib.suppress(OSError):
        remove(OLD)


def put_back() -> None:
    """Where a run was ended between the two moves, the old one goes back to its place."""
    if os.path.lexists(str(OLD)) and not os.path.lexists(str(VENV)):
        os.replace(str(OLD), str(VENV))


def remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(str(folder))


@contextlib.contextmanager
def sole_installer() -> Iterator[None]:
    """Hold the installer's lock. The system drops it with the process, however that ends."""
    with open(str(LOCK), "a+b") as file:
        if not try_lock(file.fileno()):
            say("另一个窗口正在准备运行环境，等它完成…")
            while not try_lock(file.fileno()):
                time.sleep(0.5)
        yield


def try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        pass  # a file system without locks: go on alone
    return True
