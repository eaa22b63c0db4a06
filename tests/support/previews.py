"""The preview as a clerk starts it: a real server of a copied project, and what it prints."""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.building import Project
from tests.support.running import interruptible

DEADLINE = 60.0  # seconds, for what takes two on an idle machine


class Preview:
    """`scripts/preview.py` in a terminal of its own, and what it prints there."""

    def __init__(self, project: Project, temporary: Path, *arguments: str) -> None:
        self.project = project
        temporary.mkdir()
        places = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
        with interruptible():
            self.process = subprocess.Popen(
                [sys.executable, "scripts/preview.py", "--port", "0", *arguments],
                cwd=project.root,
                env={**os.environ, **places, "NO_MKDOCS_2_WARNING": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                start_new_session=True,
            )
        self.printed: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = self.until("预览：").split()[0].removeprefix("预览：")
        self.port = int(self.address.split(":")[2].partition("/")[0])

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stdout:
            for line in stdout:
                self._lines.put(line)

    def rest(self) -> str:
        """What it said since, once it has ended."""
        self._reader.join(DEADLINE)
        return "".join(self._lines.queue)

    def until(self, text: str) -> str:
        """The next line with this text."""
        end = time.monotonic() + DEADLINE
        while True:
            try:
                line = self._lines.get(timeout=max(end - time.monotonic(), 0))
            except queue.Empty:
                pytest.fail(f"没有等到“{text}”：\n{''.join(self.printed)}")
            self.printed.append(line)
            if text in line:
                return line

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        """The status and text of an answer; while a site is being made, it is waited for."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request("GET", quote(path), headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def said(self, request: str) -> str:
        """All that is answered to the bytes of a request, head and all."""
        with socket.create_connection(("127.0.0.1", self.port), DEADLINE) as connection:
            connection.sendall(request.format(port=self.port).encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")

    def version(self) -> int:
        """Which version of the site an open page takes for the newest: with a later one, it loads
        itself anew."""
        (version,) = re.findall(r"livereload\((\d+), ", self.get("/")[1])
        return int(version)

    def stop(self, how: signal.Signals, *, alone: bool = False) -> int:
        """As the terminal does, to all that was started in it, or to the visible process alone; the
        exit code."""
        (os.kill if alone else os.killpg)(self.process.pid, how)
        return self.process.wait(DEADLINE)

    def end(self) -> None:
        """See that nothing of it runs any more, whatever has happened."""
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)
