"""What is called otherwise now than in a lock: records, standing facts and their parts, fields."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from fazhi.figures.measure import STANDING
from fazhi.records.lock import Cell

_LIKE = 0.6  # of names: as difflib takes them to be close


def columns_of(*universes: Iterable[Cell]) -> set[str]:
    return {column for held in universes for cell in held for column in cell.columns}


def records(
    gone: Iterable[str],
    new: Iterable[str],
    then: Mapping[str, Mapping[str, str]],
    now: Mapping[str, Mapping[str, str]],
) -> dict[str, str]:
    """Where records lie that were renamed and changed: of the new files of a folder one that counts as it
    did, or else whose name is most like the old one."""
    found: dict[str, str] = {}
    left: dict[str, list[str]] = defaultdict(list)
    for path in sorted(new):
        left[path.rpartition("/")[0]].append(path)
    for is_alike in (True, False):
        for path in sorted({*gone} - found.keys()):
            names = left[path.rpartition("/")[0]]
            how = then.get(path)
            alike = [n for n in names if how and now.get(n) == how] if is_alike else names
            for like in get_close_matches(path, alike, 1, 0 if is_alike else _LIKE):
                found[path] = like
                names.remove(like)
    return found


def universes(
    name: str, then: set[str], held: Mapping[str, list[Cell]], now: Mapping[str, set[str]]
) -> list[str]:
    """The universes of now that one of a lock may be: itself, or another one that is new. A field that is
    called otherwise has most of the same amounts. A standing fact may have another 类别 or another day:
    it may be each one of its year, or of its 类别 while there is one of its day, of which most parts are
    called alike, or are as great."""
    is_gone, is_fact = name not in now, name.startswith((STANDING, "records/"))
    new = [universe for universe in sorted(now) if universe not in held]
    within = of_same = f"{name.rpartition(' ')[0]} "  # the field of a kind, the day of a fact
    if is_fact and is_gone:
        within = " ".join([STANDING, re.findall(r"\d{4}", name)[0], ""])
        known = (u for u in sorted(held.keys() & now) if u.startswith(of_same))
        new += (u for u in known if now[u] - columns_of(held[u]))  # it came in the place of another
    ways = (_names, _sizes) if is_fact else (set[str],) * is_gone
    found = {name: None}
    for way in ways:
        alike = {u: len(way(then) & way(now[u])) for u in new if u.startswith(within)}
        if most := max(alike.values(), default=0):
            found |= {u: None for u, parts in alike.items() if parts == most}
    return [*found]


def parts(then: Iterable[str], now: Iterable[str]) -> dict[str, str]:
    """The columns of parts that are called otherwise now, and as great: by those of then."""
    before, after = _names(then), _names(now)
    new = {n: c for c in sorted(now) for part, _, n in [c.rpartition(" ")] if part not in before}
    gone = (c for c in then if c.rpartition(" ")[0] not in after)
    return {c: new[n] for c in gone if (n := c.rpartition(" ")[2]) in new}


def _names(columns: Iterable[str]) -> set[str]:
    return {column.rpartition(" ")[0] for column in columns}


def _sizes(columns: Iterable[str]) -> set[str]:
    return {column.rpartition(" ")[2] for column in columns}
