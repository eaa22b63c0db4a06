"""The functions of `re`, whose expressions are compiled once, and not again in each run.

A set of Chinese characters takes `re` a tenth of a millisecond to compile: a quarter of a check was
that. As Python does with its modules, what was compiled is kept beside them, and no more trusted
than they are (decision 0027).
"""

import atexit
import marshal
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from re import ASCII, DOTALL, IGNORECASE, MULTILINE, NOFLAG, VERBOSE, Match, RegexFlag, escape
from typing import Any

__all__ = ["ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "NOFLAG", "VERBOSE"]
__all__ += ["Match", "RegexFlag", "escape"]
Compiled = re.Pattern[str]
_MOST = 2000  # expressions: those of a township's own words come on top
_parser, _compiler, _sre = map(import_module, ("re._parser", "re._compiler", "_sre"))
_IS_QUICK = (
    5  # a bit each of what `re` notes of an expression: it begins with these, or one of these
)


class _Kept(dict[tuple[str, int], tuple[Any, ...]]):
    """What expressions were compiled to, by their text and flags; what is new is kept at the end."""

    def __init__(self) -> None:
        folder = Path(__file__).parent / "__pycache__"
        self.file = folder / f"expressions.{sys.implementation.cache_tag}-{_sre.MAGIC}-2"
        self.is_new = False
        with suppress(Exception):  # whatever a broken file raises
            super().__init__(marshal.loads(self.file.read_bytes()))

    def __missing__(self, key: tuple[str, int]) -> tuple[Any, ...]:
        text, flags = key
        tree = _parser.parse(text, flags)
        names = tree.state.groupdict
        named = {place: name for name, place in names.items()}
        groups = tuple(map(named.get, range(tree.state.groups)))
        known: list[int] = []
        _compiler._compile_info(known, tree, flags | tree.state.flags)
        if not known[2] & _IS_QUICK and (begins := _beginning(tree)):
            ways = [_parser.SubPattern(tree.state, [one]) for one in begins]
            ahead = _parser.SubPattern(tree.state, [(_parser.BRANCH, (None, ways))])
            tree.insert(0, (_parser.ASSERT, (1, ahead)))
        code = array("I", _compiler._code(tree, flags)).tobytes()
        self[key] = flags | tree.state.flags, code, len(groups) - 1, names, groups
        if not self.is_new and not sys.dont_write_bytecode:
            self.is_new = True
            atexit.register(self.keep)
        return self[key]

    def keep(self) -> None:
        """Leave them to the next run: all of them, or none where nothing can be written."""
        half = self.file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            half.write_bytes(marshal.dumps(dict([*self.items()][-_MOST:])))
            half.replace(self.file)
        with suppress(OSError):  # where it could not take its place
            half.unlink(missing_ok=True)


def _beginning(tree: Any) -> list[Any]:
    """The sets of all characters that a match begins with; none where it may be without any. Where
    none stands `re` would try each branch all the same: a hundred words at each place."""
    with suppress(LookupError):
        found, is_needed = _first(tree)
        sets = [one for one in found if one[0] is _parser.IN]
        members = [one for one in found if one not in sets]
        sets = [one for place, one in enumerate(sets) if one not in sets[:place]]
        return [(_parser.IN, members)] * bool(members) + sets if is_needed else []
    return []


def _first(tree: Any) -> tuple[list[Any], bool]:
    """The characters, and sets of all but some; and whether one has to stand there. Raises LookupError:
    there are other flags, or something else."""
    found: list[Any] = []
    for kind, held in tree:
        least, branches = 1, []
        match kind.name:
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case "LITERAL":
                return [*found, (kind, held)], True
            case "IN":
                is_of_others = held[0][0].name == "NEGATE"
                return [*found, *([(kind, held)] if is_of_others else held)], True
            case "BRANCH":
                branches = held[1]
            case "SUBPATTERN" if not held[1]:
                branches = [held[3]]
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, branches = held[0], [held[2]]
            case _:
                raise LookupError
        begun = [_first(branch) for branch in branches]
        found += [one for begins, _ in begun for one in begins]
        if least and all(is_needed for _, is_needed in begun):
            return found, True
    return found, False


_kept = lru_cache(maxsize=1)(_Kept)


@lru_cache(maxsize=_MOST)
def compile(expression: str, flags: RegexFlag = NOFLAG) -> Compiled:
    """What `re.compile` makes of it; from an earlier run, where that has left it."""
    try:
        found, code, *groups = _kept()[expression, int(flags)]
        made: Compiled = _sre.compile(expression, found, array("I", code).tolist(), *groups)
    except (RuntimeError, ValueError, TypeError):  # something else lies there
        return re.compile(expression, flags)
    return made


def search(expression: str, text: str) -> Match[str] | None:
    return compile(expression).search(text)


def match(expression: str, text: str) -> Match[str] | None:
    return compile(expression).match(text)


def fullmatch(expression: str, text: str) -> Match[str] | None:
    return compile(expression).fullmatch(text)


def finditer(expression: str, text: str, flags: RegexFlag = NOFLAG) -> Iterator[Match[str]]:
    return compile(expression, flags).finditer(text)


def findall(expression: str, text: str) -> list[Any]:
    return compile(expression).findall(text)


def split(expression: str, text: str) -> list[str]:
    return compile(expression).split(text)


def sub(expression: str, by: str | Callable[[Match[str]], str], text: str) -> str:
    return compile(expression).sub(by, text)
