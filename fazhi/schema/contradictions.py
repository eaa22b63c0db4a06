"""What in a vocabulary contradicts itself (FZ601): words given twice, unknown kinds and sections."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from fazhi.problems.problem import ERROR
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Found, finds
from fazhi.schema.kinds import KINDS
from fazhi.schema.vocabulary import LISTS, Vocabulary
from fazhi.schema.words import Word, looks, overlap
from fazhi.sources.source import ITSELF, Key, Source

W = TypeVar("W", bound=Word)


@finds(ERROR)
def unfit_word(vocabulary: Vocabulary, source: Source) -> Found:
    """FZ601: 词表里的词同一年只写一次，提到的记录种类、板块等都是有的，要用的词不是易错词。

    记录取哪个词、算进哪个板块，都从词表里查；一个词写两次，或者指到没有的板块，就查不准。词表里要用的词又是易错词，照哪一处写都有错。分项要印在表里，只用 20 字以内、不带标点的短词。读的人分不开的（出动ＬＥＤ车、出动LED车）也是一个词。
    改法：重复的只留一个；前后几年说法不同的，用“自”“至”分开年份；含有易错的字而是对的词，写进那个易错词的“除外”。
    """
    sections = [section.name for section in vocabulary.sections]
    reported: set[str] = set()
    by_name = list(_repeated(vocabulary.sections, source, ["板块"], lambda s: s.name))
    yield from by_name or _repeated(vocabulary.sections, source, ["板块"], lambda s: s.path)
    for name in LISTS:
        if name not in {"板块", "量词", "固定说法"}:  # the last two do no harm when written twice
            # What is misspelt has each of its spellings.
            of = str if name == "易错词" else looks
            yield from _repeated(vocabulary.words(name), source, [name], lambda w: w.name, of)
    for kind, categories in vocabulary.categories.items():
        if kind not in KINDS:
            message = f"没有{shown(kind)}这种记录"
            yield source, ["类别", kind, ITSELF], message, did_you_mean(kind, KINDS)
        yield from _repeated(categories, source, ["类别", kind], lambda c: c.name)
        for index, category in enumerate(categories):
            if category.section and category.section not in {*sections, *reported}:
                # Once: it is the section that is missing or misspelt.
                reported.add(category.section)
                hint = did_you_mean(category.section, sections)
                message = f"没有{shown(category.section)}这个板块"
                yield source, ["类别", kind, index, "板块"], message, hint
            yield from _mark_problems(vocabulary, source, kind, index)
            for key, names in (("结果", category.outcomes), ("分项", category.parts)):
                yield from _alike(names, source, ["类别", kind, index, key])
            for place, part in enumerate(category.parts):
                if not is_short_word(part):
                    message, hint = (
                        f"分项{shown(part)}不是一个短词",
                        "只用汉字、字母和数字，20 字以内",
                    )
                    yield source, ["类别", kind, index, "分项", place], message, hint
    fields = {key for kind in KINDS.values() for key, spec in kind.fields.items() if spec.is_number}
    for index, counter in enumerate(vocabulary.counters):
        if looks(counter.name) in fields:  # which of the two is meant, nobody could say
            message = f"{shown(counter.name)}是记录里本来就有的一项"
            yield source, ["计数", index], message, "换一个名称"
    yield from _misnomer_problems(vocabulary, source)
    yield from _header_problems(vocabulary, source)


def _mark_problems(vocabulary: Vocabulary, source: Source, kind: str, index: int) -> Found:
    """Marks that have the name of a field, or words that a 条件 takes for 有 and 无."""
    taken = {*KINDS[kind].fields, *(c.name for c in vocabulary.counters)} if kind in KINDS else ()
    taken = {*map(looks, taken)}
    marks = vocabulary.categories[kind][index].marks
    for place, mark in enumerate(marks):
        keys: list[Key] = ["类别", kind, index, "标记", place]
        yield from _alike(mark.words, source, [*keys, "取值"])
        if looks(mark.name) in {*taken, *(looks(other.name) for other in marks[:place])}:
            yield source, keys, f"{shown(mark.name)}已经是另一项的名称", "换一个名称"
        if {"有", "无"}.intersection(mark.words):
            message = f"{shown(mark.name)}的词不能是“有”“无”：条件里它们是填了、没填的意思"
            yield source, keys, message, "改成 是、否"


def is_short_word(name: str) -> bool:
    """Whether a part of a breakdown has a name that a table can print: no sentence, no marks."""
    return len(name) <= 20 and name.isalnum()


def _misnomer_problems(vocabulary: Vocabulary, source: Source) -> Found:
    """Words that are called wrong and given to be used: who obeys either is told of the other."""
    lists = [(name, vocabulary.words(name)) for name in LISTS if name != "易错词"]
    declared = [(name, word.name, word) for name, words in lists for word in words]
    for category in (c for held in vocabulary.categories.values() for c in held):
        words = (category.name, *category.outcomes, *category.parts)
        declared += [("类别", word, category) for word in words]
    declared += [("改为", wrong.right, wrong) for wrong in vocabulary.misnomers]
    # As the text rules read: what only holds a wrong word is right.
    held_in = {w for m in vocabulary.misnomers for w in (*m.within, m.right) if m.name in w}
    right = re.compile("|".join(map(re.escape, held_in)) or "(?!)")
    for index, wrong in enumerate(vocabulary.misnomers):
        for name, word, held in declared:
            if wrong.name in word and wrong.name in right.sub("", word) and overlap(wrong, held):
                message = f"{shown(wrong.name)}是易错词，“{name}”里却有{shown(word)}"
                hint = f"两处改对一处；{shown(word)}是对的，写进这个易错词的“除外”"
                yield source, ["易错词", index], message, hint
                break


def _header_problems(vocabulary: Vocabulary, source: Source) -> Found:
    """Headers of no column, and those that would be two columns of one kind of record."""
    beside = {"编号", "正文", *(counter.name for counter in vocabulary.counters)}
    own = {kind.name: {*kind.fields, *beside} for kind in KINDS.values()}
    taken = {name: set(columns) for name, columns in own.items()}
    for column, headers in (vocabulary.headers or {}).items():
        kinds = [name for name, columns in own.items() if column in columns]
        if not kinds:
            known = {name for columns in own.values() for name in columns}
            message, hint = f"没有{shown(column)}这一列", did_you_mean(column, sorted(known))
            yield source, ["表头", column, ITSELF], message, hint
        for index, header in enumerate(headers):
            if any(header in taken[name] for name in kinds):
                message = f"{shown(header)}已经是另一列的名称"
                yield source, ["表头", column, index], message, "只留一个"
            for name in kinds:
                taken[name].add(header)


def _repeated(
    words: tuple[W, ...],
    source: Source,
    keys: list[Key],
    of: Callable[[W], str],
    as_read: Callable[[str], str] = looks,
) -> Found:
    seen: dict[str, list[W]] = {}
    for index, word in enumerate(words):
        earlier = seen.setdefault(as_read(of(word)), [])
        if twin := next((of(other) for other in earlier if overlap(word, other)), ""):
            yield source, [*keys, index], _twice(of(word), twin), "只留一个"
        earlier.append(word)


def _alike(names: Sequence[str], source: Source, keys: list[Key]) -> Found:
    """Names in a list that look like one before."""
    seen: dict[str, str] = {}
    for place, name in enumerate(names):
        if (twin := seen.setdefault(looks(name), name)) != name:
            yield source, [*keys, place], _twice(name, twin), "只留一个"


def _twice(name: str, twin: str) -> str:
    told = "" if name == twin else "，看起来一样，字不是同一个"
    return f"{shown(name)}写了两次{told}"
