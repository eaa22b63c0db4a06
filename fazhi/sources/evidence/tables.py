"""What stands in a table of a text, or in JSON, behind the name of its column."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import suppress

from fazhi import regex as re
from fazhi.personal.readings import name_in_two, under_heads


def cells(text: str) -> Iterator[str]:
    """What stands in a table or in JSON behind the name of its column."""
    for separator in filter(text.__contains__, ",;\t"):
        with suppress(csv.Error):
            yield from under_heads(csv.reader(io.StringIO(text), delimiter=separator))
    yield from under_heads(re.split(r"\s{2,}", line) for line in text.split("\n"))
    with suppress(ValueError, RecursionError):
        yield from _named("", json.loads(text))
        return
    for line in text.split("\n"):
        with suppress(ValueError, RecursionError):
            yield from _named("", json.loads(line))


def _named(name: str, held: object) -> Iterator[str]:
    if isinstance(held, dict):
        keys = " ".join(held)
        yield from name_in_two(held)
        plain = [value for value in held.values() if isinstance(value, str | int)]
        yield f"{name}：{' '.join(map(str, plain))}"
        for key, value in held.items():
            is_a_name = key == "name" and re.search(_PERSON, keys)
            yield from _named("居民" if is_a_name else called(key), value)
        match [value for value in held.values() if isinstance(value, list)]:
            case [heads, rows]:  # a table whose heads are apart
                yield from _named("", [heads, *rows])
    elif isinstance(held, list):
        rows = [row for row in held if isinstance(row, list)]
        yield from under_heads([str(cell) for cell in row] for row in rows)
        for value in held:
            yield from _named(name, value)
    else:
        yield f"{name}：{held}"


def called(name: str) -> str:
    """What is in an element or a field, where its name is that of a person's name or birthday."""
    known = "居民" if re.fullmatch(_NAME, name) else "生日" if "birth" in name else name
    return known if len(known) > 1 else ""  # v is a value, and no account


_PERSON = r"(?i)sex|gender|\bage\b|birth|id_?card|mobile|phone"
"""Among the names of what belongs together: it is of a person, and so is a name beside it."""
_NAME = r"(?i)xing_?ming|xm|(?:real|full|user|person)_?name"
