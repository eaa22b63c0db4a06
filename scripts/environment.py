"""Find the project's `.venv` and run things in it; have it made where there is none.

Every script imports this first, on whatever Python the machine has. So it knows the standard
library only, and it must parse on an old Python (3.6): where `.venv` is ready it does not matter
which Python started the script, elsewhere an unfit one is refused in a sentence.
"""

import atexit
import gc
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"
STAMP = "fazhi-ready.json"
"""Both lie in an environment; the stamp is written last, when it is whole."""

RUNTIME = ROOT / "requirements.txt"
ROLLUP = ROOT / "requirements-rollup.txt"
DEV = ROOT / "requirements-dev.txt"
# An environment that holds more can build too: nothing is installed again to go back.
INCLUDES = {RUNTIME: [RUNTIME], ROLLUP: [ROLLUP, RUNTIME], DEV: [DEV, ROLLUP, RUNTIME]}

OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 15)
"""The range that every locked package was tried for: `scripts/bundle.py --table`."""
INTERRUPTED = 130


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


def clean_environment() -> "dict[str, str]":
    """The machine's variables but for those that would bring Python other modules or settings."""
    environment = dict(os.environ, PYTHONUTF8="1", NO_MKDOCS_2_WARNING="1")
    # Many an image says the last to stay small: each command would compile the whole project anew.
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    return environment


def run(command: "list[str]", cwd: "Path | None" = None) -> int:
    """Run `command` to its own end, also when Ctrl-C or a stop reaches us first; its exit code."""
    import signal
    import subprocess

    child = subprocess.Popen(command, env=clean_environment(), cwd=str(cwd) if cwd else None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            code = child.wait()
            break
        except KeyboardInterrupt:
            continue  # the child had it too, and is tidying up
    return code if code >= 0 else 128 - code


def run_again(python: Path) -> None:
    """Run this very script with another Python; the end of this one."""
    sys.exit(run([str(python), str(Path(sys.argv[0]).resolve())] + sys.argv[1:]))


def leave_old_python() -> None:
    """What follows an old Python cannot run: `.venv`'s can, and looks again whether it is ready."""
    if sys.version_info < OLDEST_PYTHON:
        if (VENV / STAMP).exists() and (VENV / PYTHON).exists():
            run_again(VENV / PYTHON)
        refuse_python()


def refuse_python() -> None:
    """Exit code 2 and what to install, where this Python is none that the project was tried with."""
    if not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        found = "{}.{}".format(*sys.version_info[:2])
        oldest, newest = ("{}.{}".format(*version) for version in (OLDEST_PYTHON, NEWEST_PYTHON))
        say(f"需要 Python {oldest} 到 {newest}，这台机器上运行的是 {found}。")
        say("请安装其中一个（从哪里取，见 docs/guide/offline.md），再用它运行同一条命令。")
        sys.exit(2)


# On import: from here on, here and in the scripts that import this, only the syntax must be old.
speak_utf8()
leave_old_python()
sys.excepthook = tell_interruption
atexit.register(end_output)


def ensure(requirements: Path) -> None:
    """Return only inside the ready `.venv`; from anywhere else, run this very script there."""
    python = prepare(requirements)
    # Without UTF-8 mode, Windows would read the records in the code page of the machine.
    if not (in_venv() and sys.flags.utf8_mode and "PYTHONPATH" not in os.environ):
        run_again(python)


def prepare(requirements: Path) -> Path:
    """Make `.venv` hold `requirements` (RUNTIME, ROLLUP or DEV); return its Python.

    Exits where that cannot be and no earlier state of it can go on; what to do is told.
    """
    if not is_ready(requirements):
        stamp = read_stamp(VENV)
        if works(VENV) and stamp.get("python") != list(sys.version_info[:2]):
            # It keeps to its Python; from outside, since Windows moves no folder that runs a program.
            run_again(Path(str(base_of(VENV)[0])))
        import installing

        installing.bring(requirements)
    return VENV / PYTHON


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


def base_python() -> str:
    return getattr(sys, "_base_executable", None) or sys.executable


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_ready(requirements: Path, venv: Path = VENV) -> bool:
    """Whether an environment works and holds what is locked now."""
    return works(venv) and installed(venv).get(requirements.name) == digest(requirements)


def installed(venv: Path) -> dict[str, str]:
    """The digests of the lock files that an environment was made from, by name."""
    found = read_stamp(venv).get("requirements")
    return found if isinstance(found, dict) else {}


def works(venv: Path) -> bool:
    """Whether an environment was finished and its Python runs it, here and now.

    It is run only where the file of the Python below has changed, as an update of Python and a copy
    to another machine do: what is installed may fit the new one or not.
    """
    stamp = read_stamp(venv)
    if not stamp or not (venv / PYTHON).exists():
        return False
    base = base_of(venv)
    if stamp.get("base") == base:
        return True
    import contextlib
    import subprocess

    same = f"list(sys.version_info[:2]) == {stamp.get('python')!r}"
    trial = f"import sys, yaml._yaml, pydantic_core, lxml.etree; sys.exit(not {same})"
    try:
        tried = subprocess.run(
            [str(venv / PYTHON), "-I", "-c", trial], capture_output=True, check=False
        )
    except OSError:  # it does not even start
        return False
    if tried.returncode == 0:
        with contextlib.suppress(OSError):  # next time it is tried again
            write_stamp(venv, {**stamp, "base": base})
    return tried.returncode == 0


def base_of(venv: Path) -> "list[object]":
    """The file of the Python that an environment stands on, its size, and when it was written."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        said = [line.partition("=")[2].strip() for line in lines if line.startswith("executable")]
    except (OSError, ValueError):
        said = []
    for file in [*said, os.path.realpath(str(venv / PYTHON))]:
        if os.path.exists(file):
            about = os.stat(file)
            return [file, about.st_size, about.st_mtime_ns]
    return []


def read_stamp(venv: Path) -> dict[str, object]:
    """What an environment was made from; empty when it is missing or was left half-made."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(venv: Path, stamp: Mapping[str, object]) -> None:
    """Whole or not at all: the stamp is what a later run believes."""
    unfinished = (venv / STAMP).with_suffix(f".part-{os.getpid()}")
    unfinished.write_text(json.dumps(stamp, indent=2), encoding="utf-8")
    os.replace(str(unfinished), str(venv / STAMP))
