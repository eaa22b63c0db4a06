"""A record as the rest of the program sees it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fazhi.problems.problem import Fault, Problem
from fazhi.schema.every_kind import PUBLICITY, Fields, Publicity
from fazhi.schema.kinds import Case, Kind
from fazhi.schema.township import Settings
from fazhi.schema.words import Category
from fazhi.sources.source import Place, Source


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One record: what it says, and the file that says it."""

    path: str
    year: int  # of its folder
    kind: Kind
    fields: Fields
    source: Source = field(repr=False)

    @property
    def stem(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def identity(self) -> tuple[object, ...]:
        """What no two records have in common (FZ411)."""
        return self.kind.name, self.fields.day, self.fields.category, self.fields.title

    def held(self, key: str) -> Any:
        """What it says in a field of its kind."""
        return getattr(self.fields, self.kind.fields[key].attribute)

    def file_path(self, name: str) -> str:
        """Where a file that it names as evidence is."""
        return f"records/{self.year}/files/{name}"

    def problem(self, place: Place, fault: Fault) -> Problem:
        """A fault of this record."""
        return self.source.problem(place, fault)

    def category(self, settings: Settings) -> Category | None:
        """What the vocabulary says of its 类别 in its year."""
        return settings.vocabulary.category(self.kind.name, self.fields.category, self.year)

    def as_of(self, day: date) -> "Record":
        """The record as it stood at the end of a day; itself where it has not changed since."""
        fields = self.fields.as_of(day) if isinstance(self.fields, Case) else self.fields
        return self if fields is self.fields else replace(self, fields=fields)

    def section(self, settings: Settings) -> str:
        """板块: its own, or what its 类别 settles."""
        category = self.category(settings)
        return self.fields.section or (category and category.section) or ""

    def is_sensitive(self, settings: Settings) -> bool:
        """Whether its 类别 is one of people who must not be recognised."""
        if self.kind.name not in settings.vocabulary.sensitive_kinds:
            return False
        return bool((category := self.category(settings)) and category.sensitive)

    def publicity(self, settings: Settings) -> Publicity:
        """How far it may go: its own 公开 or its kind's default, never past the kind's limit."""
        if self.is_sensitive(settings):
            return Publicity.COUNTED
        own = PUBLICITY.get(self.fields.publish or "", self.fields.publicity)
        return min(own, self.fields.publicity_limit)
