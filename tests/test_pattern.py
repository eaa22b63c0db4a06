"""A pattern is looked for only where its words are: nothing is found without them."""

import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import product
from typing import Any

import fazhi
from fazhi.pattern import Pattern
from fazhi.report.sentence import Claims

parser, of = map(import_module, ("re._parser", "re._constants"))  # what `re` compiles from
Parts = Iterable[tuple[Any, Any]]
MOST = 400  # words that are spelled out for parts of a pattern in a row


def spelled(kind: Any, held: Any) -> set[str] | None:
    """All words that a part of a pattern stands for; None where they are many."""
    if kind is of.LITERAL:
        return {chr(held)}
    if kind in (of.ASSERT_NOT, of.AT):
        return {""}
    if kind is of.SUBPATTERN:
        return spelled_in_a_row(held[3])
    if kind is of.BRANCH:
        every = [spelled_in_a_row(branch) for branch in held[1]]
        return None if None in every else {word for words in every for word in words or ()}
    if kind is of.IN and all(one in (of.LITERAL, of.RANGE) for one, _ in held):
        spans = [(sign, sign) if one is of.LITERAL else sign for one, sign in held]
        is_few = sum(last - first for first, last in spans) < MOST
        return {chr(n) for first, last in spans for n in range(first, last + 1)} if is_few else None
    if kind in (of.MAX_REPEAT, of.MIN_REPEAT) and (once := spelled_in_a_row(held[2])):
        is_few = len(once) ** held[1] < MOST if held[1] < MOST else False
        times = range(held[0], held[1] + 1) if is_few else ()
        return {"".join(some) for n in times for some in product(once, repeat=n)} or None
    return None


def spelled_in_a_row(parts: Parts) -> set[str] | None:
    words = {""}
    for part in parts:
        further = spelled(*part)
        if further is None or len(words) * len(further) > MOST:
            return None
        words = {"".join(pair) for pair in product(words, further)}
    return words


def needs(parts: Parts, words: Sequence[str], row: Sequence[str] = ("",)) -> bool:
    """Whether a text in which parts of a pattern are found has one of the words for certain.

    `row` has all that can stand just before them, as far as that is known.
    """
    for kind, held in parts:
        if inside(kind, held, words, row):
            return True
        if kind is of.ASSERT:  # what stands behind is read again
            row = [*(spelled_in_a_row(held[1]) or row)] if held[0] < 0 else row
            continue
        further = spelled(kind, held)
        if further is None or len(row) * len(further) > MOST:
            row = [*further] if further else [""]
        else:
            row = ["".join(pair) for pair in product(row, further)]
        if all(any(word in one for word in words) for one in row):
            return True
    return False


def inside(kind: Any, held: Any, words: Sequence[str], row: Sequence[str]) -> bool:
    if kind is of.BRANCH:
        return all(needs(branch, words, row) for branch in held[1])
    if kind is of.GROUPREF_EXISTS:
        return all(needs(branch or (), words, row) for branch in held[1:])
    if kind in (of.MAX_REPEAT, of.MIN_REPEAT, of.POSSESSIVE_REPEAT):
        return held[0] > 0 and needs(held[2], words)
    if kind is of.ASSERT:
        return needs(held[1], words, row if held[0] > 0 else ("",))
    return kind is of.SUBPATTERN and needs(held[3], words, row)


def patterns() -> Iterator[Pattern]:
    for found in pkgutil.walk_packages(fazhi.__path__, "fazhi."):
        for held in vars(import_module(found.name)).values():
            declared = (pattern for _, pattern, _ in held) if isinstance(held, Claims) else ()
            yield from (one for one in (held, *declared) if isinstance(one, Pattern))


def test_nothing_is_found_without_the_words_that_a_pattern_names():
    every = {one for one in patterns() if one.needed}
    assert len(every) > 100
    missed = [
        (words, one.pattern)
        for one in every
        for words in one.needed
        if not needs(parser.parse(one.pattern, one.flags), words)
    ]
    assert missed == []
