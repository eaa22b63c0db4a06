"""What in a vocabulary contradicts itself (FZ601): words given twice, unknown kinds and sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from fazhi.problems.problem import ERROR, Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import rule
from fazhi.schema.kinds import KINDS
from fazhi.schema.vocabulary import LISTS, Vocabulary, Word, overlap
from fazhi.sources.source import Key, Source


@rule(ERROR)
def unfit_word(message: str, hint: str) -> Fault:
    """FZ601: 词表里的词同一年只写一次，提到的记录种类、板块等都是有的。

    记录取哪个词、算进哪个板块，都从词表里查；一个词写两次，或者指到没有的板块，就查不准。
    改法：重复的只留一个；前后几年说法不同的，用“自”“至”分开年份。
    """
    return unfit_word.fault(message, hint)


def found(vocabulary: Vocabulary, source: Source) -> Iterator[Problem]:
    """What is wrong with the words, kinds, sections and headers of a vocabulary."""
    sections = [section.name for section in vocabulary.sections]
    reported: set[str] = set()
    by_name = list(_repeated(vocabulary.sections, source, ["板块"], lambda s: s.name))
    yield from by_name or _repeated(vocabulary.sections, source, ["板块"], lambda s: s.path)
    for name in LISTS:
        if name not in {"板块", "量词", "固定说法"}:  # the last two do no harm when written twice
            yield from _repeated(vocabulary.words(name), source, [name], lambda w: w.name)
    for kind, categories in vocabulary.categories.items():
        if kind not in KINDS:
            fault = unfit_word(f"没有{shown(kind)}这种记录", did_you_mean(kind, KINDS))
            yield source.problem(["类别", kind], fault, of_key=True)
        yield from _repeated(categories, source, ["类别", kind], lambda c: c.name)
        for index, category in enumerate(categories):
            if category.section and category.section not in {*sections, *reported}:
                # Once: it is the section that is missing or misspelt.
                reported.add(category.section)
                keys: list[Key] = ["类别", kind, index, "板块"]
                hint = did_you_mean(category.section, sections)
                message = f"没有{shown(category.section)}这个板块"
                yield source.problem(keys, unfit_word(message, hint))
    yield from _header_problems(vocabulary, source)


def _header_problems(vocabulary: Vocabulary, source: Source) -> Iterator[Problem]:
    """Headers of no column, and those that would be two columns of one kind of record."""
    beside = {"编号", "正文", *(counter.name for counter in vocabulary.counters)}
    own = {kind.name: {*kind.fields, *beside} for kind in KINDS.values()}
    taken = {name: set(columns) for name, columns in own.items()}
    for column, headers in (vocabulary.headers or {}).items():
        kinds = [name for name, columns in own.items() if column in columns]
        if not kinds:
            known = {name for columns in own.values() for name in columns}
            fault = unfit_word(f"没有{shown(column)}这一列", did_you_mean(column, sorted(known)))
            yield source.problem(["表头", column], fault, of_key=True)
        for index, header in enumerate(headers):
            if any(header in taken[name] for name in kinds):
                fault = unfit_word(f"{shown(header)}已经是另一列的名称", "只留一个")
                yield source.problem(["表头", column, index], fault)
            for name in kinds:
                taken[name].add(header)


W = TypeVar("W", bound=Word)


def _repeated(
    words: tuple[W, ...], source: Source, keys: list[str | int], of: Callable[[W], str]
) -> Iterator[Problem]:
    seen: dict[str, list[W]] = {}
    for index, word in enumerate(words):
        earlier = seen.setdefault(of(word), [])
        if any(overlap(word, other) for other in earlier):
            fault = unfit_word(f"{shown(of(word))}写了两次", "只留一个")
            yield source.problem([*keys, index], fault)
        earlier.append(word)
