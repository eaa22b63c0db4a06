"""A new record while it is being made: what is still to be asked, and whether an answer is right.

Nothing is printed or asked here: questions and problems are data. The checker itself judges an
answer: it reads the file that would be written if all that is still open had a good answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from fazhi.commands.entry.desk import Desk
from fazhi.commands.new_record import answers as typed
from fazhi.problems.problem import Problem, has_errors
from fazhi.records import names
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import Case, Kind
from fazhi.schema.questions import TIME, asked, needed
from fazhi.schema.township import Settings
from fazhi.schema.words import Category
from fazhi.sources import front_matter
from fazhi.sources.tree import Tree

Data = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked about one field: `parts` are asked for every item of a list of mappings."""

    key: str
    text: str
    words: tuple[str, ...]
    required: bool
    parts: "tuple[Question, ...]" = ()


@dataclass(frozen=True)
class Finished:
    """A record that can be written, and what the checker reports of it."""

    path: str
    text: str
    problems: list[Problem]


class Draft:
    """The answers so far, as data of a record of `kind`."""

    def __init__(self, tree: Tree, settings: Settings, kind: Kind, today: date) -> None:
        self._tree = tree
        self._settings = settings
        self._today = today
        self.desk = Desk(tree, settings, today)
        self._earlier: list[Data] = []
        self.kind = kind
        self.answers: Data = {}
        self.prose = ""

    # What to ask

    def missing(self) -> list[str]:
        """The keys that must still be answered, in the order of the record."""
        return self._missing(self.answers)

    def optional(self) -> list[str]:
        """The keys that may be answered as well."""
        left_out = {*TIME, *self.missing(), *self.answers}
        category = self._category(self.answers)
        if category and category.section:
            left_out.add("板块")
        left_out |= {k for k in ("标记", "任务") if not self._words(self.kind.fields[k])}
        return [key for key in self.kind.order if key not in left_out]

    def question(self, key: str) -> Question:
        """How a field is asked for, with the words that are in use in the record's year."""
        spec = self.kind.fields[key]
        parts = self._words(self.kind.fields["分类"]) if key == "数量" else ()
        note = "只写数字，或者分项写：" + "、".join(f"{name}=…" for name in parts) if parts else ""
        return self._asked(spec, key in self.missing(), note)

    def _asked(self, spec: FieldSpec, required: bool, note: str = "") -> Question:
        below = specs(spec.model).values() if spec.model else ()
        parts = tuple(self._asked(part, part.required) for part in below)
        text = "；".join(filter(None, (asked(spec), note or _manner(spec, self._today))))
        return Question(spec.key, text, self._words(spec), required, parts)

    def _words(self, spec: FieldSpec, data: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        data = self.answers if data is None else data
        category = str(data.get("类别", ""))
        return self._settings.words(self.kind, spec, self._year(data), (category,)) or ()

    # What was answered

    def take(self, key: str, *texts: str) -> list[Problem]:
        """Take an answer, unless there is an error in it; every problem that comes with it."""
        replaced = TIME if key == TIME[0] else (key,)
        kept = {held: value for held, value in self.answers.items() if held not in replaced}
        return self._take({**kept, **self._read(key, texts)})

    def take_item(self, key: str, item: Data) -> list[Problem]:
        """Take one more item of a list of mappings."""
        return self._take({**self.answers, key: [*self.answers.get(key, ()), item]})

    def try_part(self, key: str, item: Data, part: str, text: str) -> tuple[Data, list[Problem]]:
        """An item with one more part, and what is wrong with this part of it."""
        model = self.kind.fields[key].model
        assert model
        more = {**item, part: self._value(specs(model)[part], text)}
        above = self.answers.get(key, [])
        before, after = (
            self._check({**self.answers, key: [*above, self._whole(model, held)]}, self.prose)
            for held in (item, more)
        )
        return more, _new(after, before)

    def take_prose(self, text: str) -> list[Problem]:
        """Take the prose, unless there is an error in it."""
        before = self._check(self.answers, self.prose)
        found = _new(self._check(self.answers, text), before)
        if not has_errors(found):
            self.prose = text
        return found

    def back(self) -> str | None:
        """Take the last answer back; the key that it was of, if there was one."""
        if not self._earlier:
            return None
        later, self.answers = self.answers, self._earlier.pop()
        return next(key for key in later if later[key] != self.answers.get(key))

    def finished(self) -> Finished:
        """The record as it would be written now, and all that the checker reports of it."""
        text = front_matter.record(self.answers, self.kind.order, self.prose)
        path = self.path(self.answers)  # first: what comes meanwhile lies there, or is read now
        self.desk = Desk(self._tree, self._settings, self._today)
        return Finished(path, text, self._check(self.answers, self.prose))

    def _take(self, answers: Data) -> list[Problem]:
        before = self._check(self.answers, self.prose)
        found = _new(self._check(answers, self.prose), before)
        if not has_errors(found) and answers != self.answers:
            self._earlier.append(self.answers)
            self.answers = answers
        return found

    def _read(self, key: str, texts: Sequence[str]) -> Data:
        """What was typed for a key, as data: of other keys too, where one question asks for both."""
        spec = self.kind.fields[key]
        if key == "日期" and len(ends := typed.days(texts[0])) == 2:
            return dict(zip(TIME[1:], (typed.day(end, self._today) for end in ends), strict=True))
        if key == "数量" and isinstance(pairs := typed.counts(texts[0]), dict):
            return {"分类": pairs}
        found = [self._value(spec, text) for text in texts]
        if spec.is_list:
            return {key: [item for items in found for item in items]}
        if spec.is_mapping and all(isinstance(pairs, dict) for pairs in found):
            return {key: {name: n for pairs in found for name, n in pairs.items()}}
        return {key: found[0]}

    def _value(self, spec: FieldSpec, text: str) -> Any:
        return typed.value(spec, text, self._words(spec), self._today)

    # What the rules make of it

    def _missing(self, data: Mapping[str, Any]) -> list[str]:
        return [key for key in needed(self.kind, data, self._category(data)) if key not in data]

    def _check(self, data: Data, prose: str) -> list[Problem]:
        """What the checker would report of the file, with all that is missing filled in."""
        whole, is_known = self.completed(data)
        text = front_matter.record(whole, self.kind.order, prose)
        return self.desk.problems(text.encode(), self.path(whole), alone=not is_known)

    def completed(self, data: Mapping[str, Any]) -> tuple[Data, bool]:
        """All that a record must have, and whether what there is of it tells which event it is."""
        data = dict(data)
        # Only what has a name, a day and a 类别 of its own can be the same as another record.
        is_known = not {"标题", self.kind.model.leading, "类别"} & set(self._missing(data))
        while missing := self._missing(data):
            data[missing[0]] = self._filler(self.kind.fields[missing[0]], data)
        return data, is_known

    def _filler(self, spec: FieldSpec, data: Mapping[str, Any]) -> Any:
        """An answer that nobody could object to."""
        if spec.is_day:
            return self._day(data)
        if spec.is_number:
            return 0
        if spec.is_period:
            return self._day(data)[:7]
        if spec.is_mapping:
            return dict.fromkeys(self._words(spec, data)[:1] or ("待填",), 0)
        if spec.model:
            return [self._whole(spec.model, {})]
        return next((word for word in self._words(spec, data) if word != Case.OPEN), "待填")

    def _whole(self, model: Any, item: Data) -> Data:
        missing = {k: s for k, s in specs(model).items() if s.required and k not in item}
        return {**item, **{key: self._filler(spec, {}) for key, spec in missing.items()}}

    def _category(self, data: Mapping[str, Any]) -> Category | None:
        name = str(data.get("类别", ""))
        return self._settings.vocabulary.category(self.kind.name, name, self._year(data))

    # Where it will be

    def _day(self, data: Mapping[str, Any]) -> str:
        """The leading date; today, as long as it is not known."""
        return (self.kind.leading_day(self._leading(data)) or self._today).isoformat()

    def _leading(self, data: Mapping[str, Any]) -> Any:
        return data.get(self.kind.model.leading) or data.get(TIME[1]) or ""

    def _year(self, data: Mapping[str, Any]) -> int:
        return int(self._day(data)[:4])

    def path(self, data: Mapping[str, Any]) -> str:
        """Where a new record of these data comes to lie."""
        day, leading = self._day(data), self._leading(data)
        folder = f"records/{day[:4]}/{self.kind.folder}"
        if leading and not self.kind.leading_day(leading):
            day = "日期还没有读懂"
        taken = {PurePosixPath(name).stem.casefold() for name, _ in self._tree.entries(folder)}
        return f"{folder}/{names.stem(self.kind, day, str(data.get('标题', '')), taken)}.md"


def _new(problems: Sequence[Problem], known: Sequence[Problem]) -> list[Problem]:
    before = {(problem.rule, problem.message) for problem in known}
    return sorted({p for p in problems if (p.rule, p.message) not in before})


def _manner(spec: FieldSpec, today: date) -> str:
    if spec.is_day:
        ranges = "；跨几天的写“… 至 …”" if spec.key == "日期" else ""
        return f"写成 {today}，或者今天、昨天{ranges}"
    if spec.is_number:
        return "只写数字"
    if spec.is_mapping:
        return f"写成“名称={'词' if spec.words == '标记' else '数量'}”，几项之间用顿号"
    return "几个之间用顿号" if spec.is_list and not spec.model else ""
