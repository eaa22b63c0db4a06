"""Where in a JSON text a value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from fazhi.sources.source import Key

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def offset(text: str, keys: Sequence[Key]) -> int:
    """Where the value begins that `keys` lead to; where they end early, what encloses it.

    The text must be whole JSON.
    """
    at = _skip(text, 0)
    for key in keys:
        found = _item(text, at, key)
        if found is None:
            break
        at = found
    return at


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _item(text: str, at: int, key: Key) -> int | None:
    """Where an item begins of the object or list at an offset; None when there is none such."""
    opening, number, found = text[at], 0, None
    if opening not in "{[":
        return None
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        name: Key = number
        if opening == "{":
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)  # past the colon
        if name == key:
            found = at  # of a key that is there twice, the last one counts
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        number += 1
    return found
