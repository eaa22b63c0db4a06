"""Commands run to be measured: how long, how much memory; none outlives the benchmark."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LOOKING_EVERY = 0.05  # seconds between two looks at the memory of a command
SHARING_EVERY = 0.2  # the same where processes share memory, which takes the system longer to tell
BIG = 30.0  # megabytes; a smaller process is an interpreter that only waits for another
DEADLINE = 1800.0  # seconds until a server that says nothing is given up
LINES_TOLD = 15
LOOKS_AFTER_KILLING = 500  # of a hundredth of a second


class CommandFailed(Exception):
    """A command that is measured failed; the text says which, and the last lines it printed."""


@dataclass(frozen=True)
class Taken:
    """What a command took: wall seconds, seconds of processors by it and all it started, and
    megabytes of memory at its peak; what it printed. 0 is what the system does not tell."""

    seconds: float
    processor: float
    megabytes: float
    printed: str = ""


def timed(command: Sequence[str], cwd: Path) -> Taken:
    """Run a command to its end; it must succeed."""
    with tempfile.TemporaryFile() as output, _started(command, cwd, output) as process:
        started, used = time.perf_counter(), _processor_of_children()
        with _memory_of(process.pid) as memory:
            code = process.wait()
        seconds = time.perf_counter() - started
        processor = _processor_of_children() - used
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
        if code:
            raise _failed(command, text.splitlines())
    return Taken(seconds, processor, memory.peak, text)


@contextlib.contextmanager
def serving(command: Sequence[str], cwd: Path, ready: str) -> Iterator[int]:
    """A server that runs meanwhile, from when a line matches `ready`; the port it names."""
    with _started(command, cwd, subprocess.PIPE) as process:
        assert process.stdout
        lines: queue.Queue[bytes] = queue.Queue()
        # Read to the end: a full pipe would stop the server.
        threading.Thread(target=_drain, args=(process.stdout, lines), daemon=True).start()
        printed: list[str] = []
        while not (found := re.search(ready, printed[-1] if printed else "")):
            try:
                line = lines.get(timeout=DEADLINE)
            except queue.Empty:
                line = b""
            if not line:
                raise _failed(command, printed)
            printed.append(line.decode("utf-8", "replace").rstrip())
        yield int(found[1])


def _drain(stream: IO[bytes], lines: queue.Queue[bytes]) -> None:
    with contextlib.suppress(ValueError):  # closed, once nobody listens any more
        for line in stream:
            lines.put(line)
    lines.put(b"")


@contextlib.contextmanager
def _started(
    command: Sequence[str], cwd: Path, output: IO[bytes] | int
) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a group of processes of its own, which ends with this context."""
    ours = {"FAZHI_EDITION", "FAZHI_UNTIL", "SOURCE_DATE_EPOCH"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    # What may be stopped without a word leaves its files behind.
    own = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), own.name)
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**inherited, **places, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # Whatever it wrote lies in the benchmark's folder, which is cleared: it need not tidy up.
        if process.poll() is None:
            _kill(process)
        if process.stdout:
            process.stdout.close()
        own.cleanup()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started; none of them writes any more when this returns."""
    if os.name != "posix":
        process.kill()
        process.wait()
        return
    with contextlib.suppress(ProcessLookupError):
        for _ in range(LOOKS_AFTER_KILLING):  # until nobody is left in the group
            os.killpg(process.pid, signal.SIGKILL)
            process.poll()
            time.sleep(0.01)


def _failed(command: Sequence[str], printed: Sequence[str]) -> CommandFailed:
    return CommandFailed("\n".join([f"命令失败：{' '.join(command)}", *printed[-LINES_TOLD:]]))


def _processor_of_children() -> float:
    """Seconds of processors that all ended children, and theirs, have used."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - Windows has none

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# Memory


class Memory:
    """The peak of a process and all it started, looked at again and again while they run.

    Where one process does the work, its own high-water mark is exact. Where several do, what they
    share is counted once (PSS).
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self._pid = pid

    def look(self) -> float:
        """Take the memory of this moment into account; seconds until the next look."""
        high = {pid: _megabytes(pid, "status", "VmHWM") for pid in _tree(self._pid)}
        big = [pid for pid, megabytes in high.items() if megabytes >= BIG]
        now = sum(high.values())
        if len(big) > 1:
            now -= sum(high[pid] for pid in big)
            now += sum(_megabytes(pid, "smaps_rollup", "Pss") for pid in big)
        self.peak = max(self.peak, now, *high.values())
        return SHARING_EVERY if len(big) > 1 else LOOKING_EVERY


@contextlib.contextmanager
def _memory_of(pid: int) -> Iterator[Memory]:
    memory, ended = Memory(pid), threading.Event()

    def watch() -> None:
        pause = 0.0
        while not ended.wait(pause):
            pause = memory.look()

    watcher = threading.Thread(target=watch, daemon=True)
    if Path("/proc/self/status").exists():
        watcher.start()
    try:
        yield memory
    finally:
        ended.set()
        if watcher.ident:
            watcher.join()


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _megabytes(pid: int, file: str, name: str) -> float:
    """An entry of a process' memory; 0 when it has just ended."""
    with contextlib.suppress(OSError):
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/{file}").read_text(), re.M)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0
