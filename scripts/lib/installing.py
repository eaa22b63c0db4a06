"""Makes a new `.venv` beside the old, which works until it is whole. The standard library only."""

from lib import ROOT, installed, packages
from lib.installed import PYTHON, VENV, digest, is_ready, works
from lib.packages import WHEELS, SetupError
from lib.process import INTERRUPTED, say, unread

import contextlib
import os
import shutil
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from fazhi.problems.reasons import reason
from fazhi.sources.aside import try_lock

# Names as long as `.venv`: what pip makes holds its path, and is pointed to the last one afterwards.
NEW, OLD = VENV.with_name(".vnew"), VENV.with_name(".vold")
LOCK = VENV.with_name(".venv.lock")
REFUSED = VENV / "fazhi-not-updated"  # an update that failed: for a while nobody waits for it
TRIED_AGAIN_AFTER = 3600.0  # seconds
ATTEMPTS = 10
LONGEST_INSIDE = 170  # characters of the longest path in an environment, from its folder on


def bring(requirements: Path) -> bool:
    """Make `.venv` hold what is locked; False if an earlier state has to go on, else exits."""
    try:
        with sole_installer():
            put_back()
            if not is_ready(requirements):  # another run may just have done it
                install(requirements)
        return True
    except SetupError as error:
        why = str(error)
    except OSError as error:
        why = (
            f"{unread(error, VENV)}\n请检查项目文件夹是否可以写入、磁盘是否已满，再运行同一条命令。"
        )
    except KeyboardInterrupt:
        say("\n已中断，运行环境还没有准备好。再运行一次同一条命令即可。")
        sys.exit(INTERRUPTED)
    if not is_earlier(requirements):
        say(f"运行环境没有准备好。{why}")
        sys.exit(1)
    say(f"运行环境没有更新，先用原来的。{why}")
    return False


def is_earlier(requirements: Path) -> bool:
    """Whether `.venv` works from an earlier lock file; never so in a pipeline."""
    is_judged = os.environ.get("CI") == "true"
    return works(VENV) and requirements.name in installed.locked(VENV) and not is_judged


def install(requirements: Path) -> None:
    """Make a new environment and put it in the place of `.venv`. Raises SetupError, OSError."""
    if not is_ready(requirements, NEW):  # it may be whole already, and could not take its place
        if is_earlier(requirements):
            wanted = digest(requirements) + str(WHEELS.exists() and WHEELS.stat().st_mtime_ns)
            refuse_again(wanted)
            say("依赖清单有变，正在更新运行环境…")
        else:
            wanted = ""
            installed.refuse_python()
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
    pip = packages.wheel_of_pip(requirements)
    venv.EnvBuilder(symlinks=has_links).create(str(NEW))
    packages.install(NEW, pip, requirements)
    # The project itself: by paths from there, so that a copied folder finds its own.
    inside = Path(sysconfig.get_path("purelib", "venv", {"base": str(NEW)}))
    paths = (os.path.relpath(str(folder), str(inside)) for folder in (ROOT, ROOT / "hooks"))
    (inside / "fazhi.pth").write_text("".join(f"{path}\n" for path in paths), encoding="ascii")
    name_its_place()
    stamp = {
        "python": sys.version_info[:2],
        "base": [],  # so that it is tried now
        "requirements": {path.name: digest(path) for path in installed.INCLUDES[requirements]},
    }
    installed.write_stamp(NEW, stamp)
    if not works(NEW):
        raise SetupError("装好的运行环境运行不起来。请把这句话和 Python 的版本告诉维护者。")


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
            f"换不上新的运行环境：.venv 正被别的程序占用（{reason(error)}）。\n"
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
        for _ in range(ATTEMPTS):  # a pip whose parent was killed may still be writing into it
            shutil.rmtree(str(folder), ignore_errors=True)
            if not folder.exists():
                return
            time.sleep(1)
        shutil.rmtree(str(folder))


@contextlib.contextmanager
def sole_installer() -> Iterator[None]:
    """Hold the installer's lock. The system drops it with the process, however that ends."""
    with open(str(LOCK), "a+b") as file:
        if try_lock(file.fileno()) is False:
            say("另一个窗口正在准备运行环境，等它完成…")
            while try_lock(file.fileno()) is False:
                time.sleep(0.5)
        yield
