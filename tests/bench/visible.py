"""How long an edit takes until a preview shows it."""

from __future__ import annotations

import http.client
import time

from tests.bench.places import Edit, Place
from tests.bench.processes import DEADLINE, CommandFailed

EDITS = 5
PAUSE, PAUSES = 1.0, 3
"""Seconds between two edits, and how many times as long as an edit has taken beside."""
ASKING_EVERY = 0.005  # seconds between two requests for a page


def edits_seen(place: Place, port: int) -> list[float]:
    """Of several edits: seconds from saving each until its page shows it.

    As a person edits, not before the last edit is done with: between two there is a pause.
    """
    taken: list[float] = []
    for _ in range(EDITS):
        time.sleep(PAUSE + PAUSES * max(taken, default=1.0))
        taken.append(_seen(place.edit(), port, time.perf_counter()))
    return taken


def _seen(edit: Edit, port: int, since: float) -> float:
    while edit.says.encode() not in _asked(edit.page, port):
        if time.perf_counter() - since > DEADLINE:
            raise CommandFailed(f"预览里一直看不到改动：{edit.page}")
        time.sleep(ASKING_EVERY)
    return time.perf_counter() - since


def _asked(page: str, port: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    try:
        connection.request("GET", page)
        return connection.getresponse().read()
    except (ConnectionError, http.client.HTTPException):
        return b""  # in the middle of changing over
    finally:
        connection.close()
