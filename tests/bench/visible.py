"""How long an edit takes until a preview shows it."""

from __future__ import annotations

import http.client
import time

from tests.bench.places import Edit, Place
from tests.bench.processes import DEADLINE, CommandFailed

EDITS = 5
ASKING_EVERY = 0.005  # seconds between two requests for a page


def edits_seen(place: Place, port: int) -> list[float]:
    """Of several edits, one after another: seconds from saving it until its page shows it."""
    return [_seen(place.edit(), port, time.perf_counter()) for _ in range(EDITS)]


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
