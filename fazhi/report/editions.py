"""What may leave the office: the allow-list that every page, table and file goes through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from fazhi.figures.sums import merged
from fazhi.figures.value import Extent, Value, Values
from fazhi.records.record import Record
from fazhi.schema.every_kind import Evidence, Publicity
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.township import Settings


class Edition(StrEnum):
    """For whom a site is built."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Gate:
    """An edition of one township: it lets through what this edition may show, and nothing else."""

    edition: Edition
    settings: Settings
    _known: dict[Record, Publicity] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_internal(self) -> bool:
        return self.edition is Edition.INTERNAL

    def publicity(self, record: Record) -> Publicity:
        """How far a record is shown: the internal edition shows all."""
        if self.is_internal:
            return Publicity.FULL
        if record not in self._known:  # every page asks again
            self._known[record] = record.publicity(self.settings)
        return self._known[record]

    def has_page(self, record: Record) -> bool:
        return self.publicity(record) is Publicity.FULL

    def fields(self, record: Record) -> list[tuple[FieldSpec, Any]]:
        """The fields of a record with a page that may be shown, and that hold something.

        A nested value (佐证材料, 议题) comes as a list of such lists; 计数 as a mapping.
        """
        return self._shown(record.fields, record) if self.has_page(record) else []

    def _shown(self, model: BaseModel, record: Record) -> list[tuple[FieldSpec, Any]]:
        found: list[tuple[FieldSpec, Any]] = []
        for spec in specs(type(model)).values():
            value = getattr(model, spec.attribute)
            if spec.key == "计数":
                value = self.counters(record)
            elif not self.may_show(spec):
                continue
            elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
                value = [self._shown(item, record) for item in value]
            if value not in (None, (), {}):
                found.append((spec, value))
        return found

    def may_show(self, spec: FieldSpec) -> bool:
        return self.is_internal or spec.public

    def photos(self, record: Record) -> list[Evidence]:
        """The evidence of a record with a page whose file is shown there, inside too."""
        shown = [evidence for evidence in record.fields.evidence if evidence.is_public]
        # Inside, too, no more of them than the public sees.
        return shown if shown and record.publicity(self.settings) is Publicity.FULL else []

    def counters(self, record: Record) -> dict[str, int | Decimal]:
        """The 计数 items that this edition may show, of a record with a page."""
        held = record.fields.counters or {}
        if self.is_internal:
            return dict(held)
        counters = {name: self.settings.vocabulary.counter(name, record.year) for name in held}
        return {name: n for name, n in held.items() if (c := counters[name]) and c.public}

    def listed(self, records: Iterable[Record]) -> list[Record]:
        """The records that tables, charts and totals may take in: in public no sensitive one."""
        return [r for r in records if self.is_internal or not r.is_sensitive(self.settings)]

    def value(self, value: Value) -> Value:
        """A figure as this edition may print it.

        In public, a sensitive figure goes as far as the audit of all figures lets it, its small
        parts merged; a breakdown by a private field keeps only its total.
        """
        if self.is_internal:
            return value
        extent = value.extent if value.sensitive else Extent.ALL
        is_whole = extent is Extent.ALL and value.parts_of and value.parts_of.public
        if value.parts is not None and not is_whole:
            value = replace(value, parts=None)
        if extent is not Extent.ALL:
            value = replace(value, among=self._beside(value))
        if extent is Extent.NOTHING:
            held: dict[str, Any] = dict.fromkeys(("number", "numerator", "denominator", "parts"))
            hidden = {r.fields.category for r in value.records if r.is_sensitive(self.settings)}
            is_mixed = len({r.fields.category for r in value.records}) > len(hidden)
            which = f"里面有敏感的“{'、'.join(sorted(hidden))}”（不数它的，在条件里写别的类别），"
            among = which * bool(hidden and is_mixed) + value.among
            value = replace(value, **held, records=(), withheld=True, among=among)
        if value.sensitive and value.parts is not None:
            value = replace(value, parts=merged(value.parts, self.settings.township.small_cell))
        if not value.beside:
            return value
        return replace(value, beside=tuple(self.value(other) for other in value.beside))

    def _beside(self, value: Value) -> str:
        """The figures that say something of one, by which it may be known, too."""
        own = [*filter(None, (value.definition.whole, value.definition.equal))]
        for said in self.settings.definitions:
            of = (*said.sides, *filter(None, (said.whole, said.equal)))
            own += [said.name] * (value.of in {name.partition(".")[0] for name in of})
        return f"同“{'”“'.join(dict.fromkeys(own))}”一起算，" if own else ""

    def earlier(self, years: Mapping[int, Values], now: Values) -> dict[int, Values]:
        """What is known here of earlier years, of some figures of a later one: an unpublished year's
        number stands beside no published one."""
        return {
            year: {
                name: self.value(held[name])
                for name, value in now.items()
                if name in held and held[name].definition.printed >= value.definition.printed
            }
            for year, held in years.items()
        }

    def values(self, values: Values) -> Values:
        return {name: self.value(value) for name, value in values.items()}
