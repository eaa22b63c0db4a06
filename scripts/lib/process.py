"""This process and those it starts: their output, their environment, their end. The standard library
only, and syntax that Python 3.6 can parse and run."""

import atexit
import errno
import gc
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi.problems.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TextIO

INTERRUPTED = 130  # the exit code after Ctrl-C
STOPPED = "\n已中断：要么都换成了新的，要么都没有动。再运行同一条命令就行。"


def say(message: str) -> None:
    """Tell the person at the keyboard; standard output stays free for results."""
    print(message, file=sys.stderr, flush=True)


def tell(message: str) -> None:
    """How far a command is, on one line that is written over; to someone who looks on, only."""
    if sys.stderr.isatty():
        print(f"\r{message:<20}\r", end="", file=sys.stderr, flush=True)


def report_own_fault(state: str = "") -> None:
    """Report the exception at hand as a fault of the machine, or else of the program; `state` is what
    became of the files."""
    fault = fault_of_machine(sys.exc_info()[1])
    if fault:
        say(f"{fault}{state}。关掉别的程序再试。")
        return
    traceback.print_exc()
    say(f"这是程序自身的错误，不是记录的问题{state}。请把上面的内容发给维护者。")


def fault_of_machine(error: "BaseException | None") -> str:
    """That there was no memory, or a library could not be loaded; empty where it is something else."""
    if isinstance(error, (MemoryError, SystemError)):  # Python itself may find no memory
        return "多半是内存不够"
    if isinstance(error, ImportError) and error.path and not error.path.endswith(".py"):
        return f"程序库 {error.name} 打不开：多半是内存不够，或者被杀毒软件拦住了"
    return ""


def speak_utf8() -> None:
    """Chinese must reach a pipe or a log of any code page; where nobody listens, it goes nowhere."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed, or a program without a window on Windows
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
        else:  # Python 3.6
            setattr(sys, name, open(stream.fileno(), "w", encoding="utf-8", closefd=False))


class _Heard:
    """A stream to whoever looks on. What it takes no more is lost, and stops no work: a command that
    cannot show a result has made it all the same."""

    def __init__(self, stream: "TextIO") -> None:
        self._stream = stream
        self.lost = ""  # why, unless the reader has left (`… | head`)

    def __getattr__(self, name: str) -> "Any":
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._unless_lost(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        self._unless_lost(self._stream.flush)

    def _unless_lost(self, act: "Callable[[], object]") -> None:
        try:
            act()
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.lost = reason(error)
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


def end_quietly() -> None:
    """End with a sentence after Ctrl-C, and with one when what was shown is not whole."""

    def report(kind, value, trace):  # type: ignore[no-untyped-def]
        if issubclass(kind, KeyboardInterrupt):
            say("\n已中断。")
        elif issubclass(kind, OSError) and value.errno in FULL:
            say(reason(value) + "：腾出地方再试。")
        elif issubclass(kind, OSError) and value.errno:
            say(unread(value) + "看看有没有打开它的权限，磁盘是不是还连着。")
        elif fault_of_machine(value):
            say(fault_of_machine(value) + "。关掉别的程序再试。")
        else:
            sys.__excepthook__(kind, value, trace)

    streams = [_Heard(sys.stdout), _Heard(sys.stderr)]
    sys.stdout, sys.stderr = streams

    def end() -> None:
        for stream in streams:
            if not stream.closed:
                stream.flush()
        lost = [stream.lost for stream in streams if stream.lost]
        if lost:
            say("结果没有显示全（{}）；写文件、改文件不受影响。".format(lost[0]))
            os._exit(1)

    sys.excepthook = report
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    atexit.register(end)


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def unread(error: OSError, place: object = "磁盘") -> str:
    """Which file could not be read or written (or where, if none is named), and why."""
    named = error.filename2 or error.filename or place
    return "读写文件失败：{}（{}）。".format(named, reason(error))


def collect_no_garbage() -> None:
    """Turn garbage collection off, for a command that makes what it needs and ends."""
    gc.disable()
    atexit.register(gc.freeze)


def stop_once() -> None:
    """A window that is closed ends the command as Ctrl-C does, and nothing interrupts the clean-up."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def stop(*_: object) -> None:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in signals:
        signal.signal(number, stop)


def clean_environment() -> "dict[str, str]":
    """The machine's variables but for those that would bring Python other modules or settings."""
    environment = dict(os.environ, PYTHONUTF8="1", NO_MKDOCS_2_WARNING="1")
    # Many an image sets PYTHONDONTWRITEBYTECODE to stay small: all would be compiled in each command.
    unwanted = ("PYTHONPATH", "PYTHONHOME", "PYTHONOPTIMIZE", "PYTHONDONTWRITEBYTECODE")
    for name in (*unwanted, "RUST_BACKTRACE"):
        environment.pop(name, None)
    if _is_no_zone(environment.get("TZ", "").lstrip(":")):
        del environment["TZ"]
    return environment


def _is_no_zone(name: str) -> bool:
    """Whether what should be a time zone is another file, which the system overlooks and a library reads."""
    try:
        with open(name, "rb") as file:
            return file.read(4) != b"TZif"
    except OSError:
        return os.path.isdir(name)


_STARTER = "FAZHI_STARTER"
"""The variable that names the process that ran this one."""


def end_with_starter() -> None:
    """End once the process that ran this one has: killed, it could not pass that on."""
    starter = os.environ.pop(_STARTER, "")

    def follow() -> None:
        if sys.platform != "win32":
            while str(os.getppid()) == starter:
                time.sleep(0.5)
        else:
            import ctypes

            kernel = ctypes.windll.kernel32
            if kernel.WaitForSingleObject(kernel.OpenProcess(0x100000, False, int(starter)), -1):
                return  # there is none of this number
        os.kill(os.getpid(), signal.SIGTERM)

    # On Windows the Python of a `.venv` is another process between the two.
    if starter == str(os.getppid()) or (sys.platform == "win32" and starter.isdigit()):
        import threading

        threading.Thread(target=follow, daemon=True).start()


_BROKEN_OFF = (-signal.SIGABRT, -9, -11, 0xC0000409)  # killed, or by a library that found no memory


def run(command: "list[str]", cwd: "Path | None" = None) -> int:
    """Run `command` to its own end, also when Ctrl-C or a stop reaches us first; its exit code."""
    import subprocess

    environment = dict(clean_environment(), **{_STARTER: str(os.getpid())})
    child = subprocess.Popen(command, env=environment, cwd=str(cwd) if cwd else None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    signal.signal(signal.SIGINT, signal.default_int_handler)  # behind & in a script it is ignored
    patience = None  # type: int | None
    code = None  # type: int | None
    while code is None:
        try:
            code = child.wait(patience)
        except KeyboardInterrupt:
            patience = 1  # second: of a terminal, the child had it too, and is cleaning up
        except subprocess.TimeoutExpired:
            patience = None
            if sys.platform != "win32":  # where it comes from a terminal only
                child.send_signal(signal.SIGINT)
    if code in _BROKEN_OFF:
        say(
            "系统把程序停掉了，多半是内存不够。每个文件都是完整的，可能有的换了新的、有的还没有："
            "关掉别的程序，再运行同一条命令。"
        )
    return code if code >= 0 else 128 - code
