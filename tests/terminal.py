"""A command at a terminal, as a person has it: what it says until it asks, what is typed there."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

WITHIN = 60  # seconds, for what takes one on an idle machine
PRESSES = 12


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let what is started meanwhile hear Ctrl-C.

    A process inherits that it is ignored, as it is behind `nohup`, or `&` in a script; that it is
    handled, it does not inherit.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Terminal:
    """A Python command whose input and output are a terminal."""

    def __init__(self, command: Sequence[str], cwd: Path) -> None:
        import pty  # noqa: PLC0415 - where there is none, nothing else here needs one

        self._master, slave = pty.openpty()
        with interruptible():
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=cwd,
                env={**os.environ, "PYTHONUTF8": "1", "TERM": "dumb"},
                stdin=slave,
                stdout=slave,
                stderr=slave,
            )
        os.close(slave)

    def asked(self, within: float = WITHIN) -> str:
        """All that is said until the next prompt, or the end, or nothing for so many seconds."""
        said = b""
        while not said.endswith(b"> ") and select.select([self._master], [], [], within)[0]:
            try:
                piece = os.read(self._master, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
        return said.decode("utf-8", "replace").replace("\r\n", "\n")

    def types(self, *texts: str) -> str:
        """Type lines, one at each prompt; all that is said from the first on."""
        said = ""
        for text in texts:
            os.write(self._master, f"{text}\n".encode())
            said += self.asked()
        return said

    def interrupted(self) -> str:
        """Ctrl-C, and all that is said then.

        Between a prompt and the waiting for a line, Python does not hear it until the next one:
        so it is pressed again, as a person would.
        """
        for _ in range(PRESSES):
            self.process.send_signal(signal.SIGINT)
            if said := self.asked(within=WITHIN / PRESSES):
                return said
        return ""

    def ends(self) -> int:
        try:
            return self.process.wait(WITHIN)
        finally:
            self.process.kill()  # what has not ended by then
            os.close(self._master)
