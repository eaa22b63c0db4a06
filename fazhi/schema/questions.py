"""What is asked about a record: the keys it must have, and those it may have.

The dialogue (commands/new_record) and the form (output/form) both ask from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fazhi.schema.every_kind import Dated
from fazhi.schema.fields import FieldSpec
from fazhi.schema.kinds import Case, Kind, Standing
from fazhi.schema.words import Category

TIME = ("日期", "起始日期", "结束日期")
"""One question asks for the day, or for both ends."""


@dataclass(frozen=True)
class Need:
    """A key that is needed once `other` says anything but `unless`; without that, where `other` is not."""

    key: str
    other: str
    unless: str = ""

    def holds(self, data: Mapping[str, Any]) -> bool:
        if self.unless:
            return bool(data.get(self.other, self.unless) != self.unless)
        return not data.get(self.other)


NEEDS: Mapping[str, Need] = {
    Case.kind: Need("办结日期", "结果", unless=Case.OPEN),  # FZ406
    Standing.kind: Need("数量", "分类"),  # FZ405
}


def needed(kind: Kind, data: Mapping[str, Any], category: Category | None) -> list[str]:
    """The keys that a record with this data must have, in the order of the record."""
    keys = {key for key, spec in kind.fields.items() if spec.required}
    keys.add(kind.model.leading)
    if issubclass(kind.model, Dated) and data.keys() & set(TIME[1:]):
        keys = keys - {TIME[0]} | set(TIME[1:])
    if category and category.section is None:
        keys.add("板块")  # FZ302
    if (need := NEEDS.get(kind.name)) and need.holds(data):
        keys.add(need.key)
    return [key for key in kind.order if key in keys]


def asked(spec: FieldSpec) -> str:
    """What a field means, and what to watch for."""
    # One question asks for the day or for both ends: its note is about the keys in a file.
    return "；".join(filter(None, (spec.meaning, "" if spec.key == TIME[0] else spec.note)))
