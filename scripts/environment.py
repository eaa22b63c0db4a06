"""Make the project's `.venv` ready, once, and run things in it.

`build.py` and `test.py` start on whatever Python the machine has. This module is the way from
there to the pinned environment, so it knows the standard library only, and it must parse on an old
Python (3.6) in order to refuse it in a sentence.
"""

import atexit
import collections
import contextlib
import gc
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "fazhi-ready.json"
LOCK = ROOT / ".venv.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

RUNTIME = ROOT / "requirements.txt"
ROLLUP = ROOT / "requirements-rollup.txt"
DEV = ROOT / "requirements-dev.txt"
# An environment that holds more can build too: nothing is installed again to go back.
INCLUDES = {RUNTIME: [RUNTIME], ROLLUP: [ROLLUP, RUNTIME], DEV: [DEV, ROLLUP, RUNTIME]}

OLDEST_PYTHON = (3, 11)
INTERRUPTED = 130
LINES_OF_PIP = 20


def say(message: str) -> None:
    """Tell the person at the keyboard; standard output stays free for results."""
    print(message, file=sys.stderr, flush=True)


def speak_utf8() -> None:
    """Chinese must reach a pipe or a log of any code page."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
        else:  # Python 3.6
            setattr(sys, name, open(stream.fileno(), "w", encoding="utf-8", closefd=False))


def refuse_old_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = "{}.{}".format(*sys.version_info[:2])
        say(f"需要 Python 3.11 或更新的版本，这台机器上运行的是 {found}。")
        say("请安装新版 Python，再用它运行同一条命令。")
        sys.exit(2)


def tell_interruption(kind, value, trace):  # type: ignore[no-untyped-def]
    """Ctrl-C where nothing was being written: a word instead of a traceback. Nothing is told of
    output that nobody takes any more, as in `… | head`."""
    if issubclass(kind, KeyboardInterrupt):
        say("\n已中断。")
    elif not issubclass(kind, BrokenPipeError):
        sys.__excepthook__(kind, value, trace)


def end_output() -> None:
    """Write out what waits for it; where nobody takes it, Python is not to complain at its end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# On import: from here on, here and in the scripts that import this, only the syntax must be old.
speak_utf8()
refuse_old_python()
sys.excepthook = tell_interruption
atexit.register(end_output)


class SetupError(Exception):
    """The environment cannot be made; the text says, in Chinese, what to do."""


def ensure(requirements: Path) -> None:
    """Return only inside the ready `.venv`; from anywhere else, run this very script there."""
    python = prepare(requirements)
    # Without UTF-8 mode, Windows would read the records in the code page of the machine.
    if not (in_venv() and sys.flags.utf8_mode):
        script = str(Path(sys.argv[0]).resolve())
        sys.exit(run([str(python), script] + sys.argv[1:]))


def prepare(requirements: Path) -> Path:
    """Make `.venv` hold `requirements` (RUNTIME, ROLLUP or DEV) and the project; return its Python."""
    try:
        if not is_ready(requirements):
            with sole_installer():
                if not is_ready(requirements):  # another run may just have done it
                    install(requirements)
    except SetupError as error:
        say(f"运行环境没有准备好。{error}")
        sys.exit(1)
    except OSError as error:
        say(f"运行环境没有准备好。读写文件失败：{error.filename}（{error.strerror}）。")
        say("请检查项目文件夹是否可以写入、磁盘是否已满，再运行同一条命令。")
        sys.exit(1)
    except KeyboardInterrupt:
        say("\n已中断，运行环境还没有准备好。再运行一次同一条命令即可。")
        sys.exit(INTERRUPTED)
    return PYTHON


def run(command: list[str], cwd: Path | None = None) -> int:
    """Run `command` to its own end, also when Ctrl-C or a stop reaches us first; its exit code."""
    import signal
    import subprocess

    environment = dict(os.environ, PYTHONUTF8="1", NO_MKDOCS_2_WARNING="1")
    # Many an image says so to stay small: each command would compile the whole project anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    child = subprocess.Popen(command, env=environment, cwd=str(cwd) if cwd else None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            code = child.wait()
            break
        except KeyboardInterrupt:
            continue  # the child had it too, and is tidying up
    return code if code >= 0 else 128 - code


def collect_no_garbage() -> None:
    """For a command that makes what it needs and ends: nothing is looked through for garbage.

    Nearly all that it makes stays until its end; at the end, too, looking through it takes long.
    """
    gc.disable()
    atexit.register(gc.freeze)


def stop_once() -> None:
    """A window that is closed ends it as Ctrl-C does, and nothing interrupts the clearing away."""
    import signal

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def stop(*_: object) -> None:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in signals:
        signal.signal(number, stop)


# What is installed, and whether it is what is asked for


def in_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def python_version() -> str:
    return "{} {}.{}.{}".format(sys.implementation.name, *sys.version_info[:3])


def base_python() -> str:
    return getattr(sys, "_base_executable", None) or sys.executable


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp() -> dict[str, object]:
    """What `.venv` was made from; empty when it is missing or was left half-made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(requirements: Path) -> None:
    stamp = {
        "root": str(ROOT),
        "python": python_version(),
        "base": base_python(),
        "project": digest(ROOT / "pyproject.toml"),
        "requirements": {path.name: digest(path) for path in INCLUDES[requirements]},
    }
    # Whole or not at all: the stamp is what a later run believes.
    unfinished = STAMP.with_suffix(".part")
    unfinished.write_text(json.dumps(stamp, indent=2), encoding="utf-8")
    os.replace(str(unfinished), str(STAMP))


def is_usable(stamp: dict[str, object]) -> bool:
    """Whether `.venv` was finished, here, with this Python, which is still on the machine."""
    return (
        stamp.get("root") == str(ROOT)
        and stamp.get("python") == python_version()
        and Path(str(stamp.get("base"))).exists()
        and PYTHON.exists()
    )


def is_ready(requirements: Path) -> bool:
    stamp = read_stamp()
    installed = stamp.get("requirements")
    return (
        is_usable(stamp)
        and stamp.get("project") == digest(ROOT / "pyproject.toml")
        and isinstance(installed, dict)
        and installed.get(requirements.name) == digest(requirements)
    )


# Installing


@contextlib.contextmanager
def sole_installer() -> Iterator[None]:
    """Hold the installer's lock. The system drops it with the process, however that ends."""
    with open(str(LOCK), "a+b") as file:
        if not try_lock(file.fileno()):
            say("另一个窗口正在准备运行环境，等它完成…")
            import time

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


def install(requirements: Path) -> None:
    if is_usable(read_stamp()):
        say("依赖清单有变，正在更新运行环境…")
        STAMP.unlink()  # from here until the end, `.venv` is half-made
    else:
        if VENV.exists():
            say("原有的 .venv 不完整，或不是用这个 Python 建的，重新准备。")
        say("正在准备运行环境（只在第一次，约一两分钟）…")
        make_venv()
    pip_install(requirements)
    write_stamp(requirements)
    say("运行环境已准备好。")


def make_venv() -> None:
    import subprocess

    try:
        import ensurepip  # noqa: F401 (Debian and Ubuntu keep it in a package of its own)
        import venv  # noqa: F401
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise SetupError(
            f"这台机器的 Python 缺少 venv 部件。\n"
            f"Debian、Ubuntu 上请运行：sudo apt install {package}\n"
            "然后再运行同一条命令。"
        ) from None
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            shutil.rmtree(str(VENV))
    except OSError as error:
        raise SetupError(
            f"删不掉旧的 .venv（{error.strerror}）。\n"
            "请关闭正在使用它的程序（编辑器、已激活它的终端），再运行同一条命令。"
        ) from None
    if subprocess.call([base_python(), "-m", "venv", str(VENV)], stdin=subprocess.DEVNULL):
        raise SetupError("建立 .venv 失败，原因见上。请检查磁盘空间和文件夹的写入权限。")


def pip_install(requirements: Path) -> None:
    """Install the locked packages, each held to its hash, then the project itself in place."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    total = sum("==" in line and not line.startswith((" ", "#")) for line in lines)
    locked = ["--require-hashes", "-r", str(requirements)]
    if not pip(locked, total):
        raise SetupError(
            f"安装依赖失败，原因见上。\n"
            "一、多半是网络不通：请检查网络，再运行同一条命令。\n"
            "二、单位内网须走镜像的：先按本单位的说明给 pip 设好镜像，再试。\n"
            f"三、提示校验值（hash）不符的：镜像上的文件与 {requirements.name} 不同，请换镜像。"
        )
    # Without isolation: the build backend is among the locked packages.
    if not pip(["--no-deps", "--no-build-isolation", "-e", str(ROOT)], 0):
        raise SetupError("安装本项目失败，原因见上。请把上面的内容发给维护者。")


def pip(arguments: list[str], total: int) -> bool:
    """Run `pip install`, counting up to `total` packages; what it complained of, if it failed."""
    import subprocess

    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--no-warn-script-location"]
    process = subprocess.Popen(
        command + arguments,
        # PIP_USER, set on some machines, is an error inside a venv.
        env=dict(os.environ, PYTHONUTF8="1", PIP_USER="0"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    try:
        last_lines = follow(process.stdout, total)
        failed = process.wait() != 0
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if failed:
        say("".join(last_lines))
    return not failed


def follow(output: Iterable[bytes], total: int) -> Iterable[str]:
    """Show how far pip is; its last lines, which tell why it failed if it did."""
    live = sys.stderr.isatty()
    last_lines = collections.deque(maxlen=LINES_OF_PIP)  # type: collections.deque[str]
    collected = 0
    warned = False
    for line in output:
        text = line.decode("utf-8", "replace")
        last_lines.append(text)
        if text.startswith("Collecting "):
            collected += 1
            if live and total:
                print(
                    f"\r  下载 {min(collected, total)}/{total} ",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
        elif text.startswith("Installing collected packages") and total:
            say("\r  正在装入…      " if live else "  正在装入…")
        elif "Retrying (" in text and not warned:
            say("  连不上软件源，正在重试…")
            warned = True
    return last_lines
