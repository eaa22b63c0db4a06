"""The 统计 of what there is at a date: the latest standing fact, and its parts."""

from dataclasses import replace
from fractions import Fraction

from fazhi.figures import faults
from fazhi.figures.measure import Columns, Counting, Definitions, Measure, Places, Row
from fazhi.figures.selection import taken
from fazhi.figures.value import Value
from fazhi.personal import masked
from fazhi.schema import units
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS, Standing


class Latest(Measure):
    """最新值: the standing fact of the latest 截止日期; two that are as late are an error."""

    counts_records = False

    def value(self, definition: Definition, counting: Counting) -> Value:
        dated = counting.records(definition)
        if not dated:
            return Value(definition, counting.year, None)
        day = max(record.fields.day for record in dated)
        *others, record = (record for record in dated if record.fields.day == day)
        if others:
            also = f"{day} 却有两条（另见 {'、'.join(masked(other.path) for other in others)}）"
            message = f"“{definition.name}”取截止日期最晚的一条，{also}"
            fault = faults.two_latest(message, "只留一条")
            counting.problems.append(record.problem(["截止日期"], fault))
        standing = record.fields
        assert isinstance(standing, Standing)
        number = None
        if standing.total is not None:
            category = counting.settings.vocabulary.category("现状", standing.category, record.year)
            unit = (category and category.unit) or definition.unit or ""
            number = Fraction(standing.total) * (
                units.factor(definition.unit or "", [unit]) or Fraction(1)
            )
        sensitive = record.is_sensitive(counting.settings)
        return Value(definition, counting.year, number, (record,), sensitive=sensitive, as_of=day)

    def how(self, definition: Definition) -> str:
        return f"{taken(definition)}数量{'及分项' * definition.spec.has_parts}"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        return super().identity(definition, others) | {"截至": definition.limit}

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        return [columns.standing(value)]


class Parts(Latest):
    """分类 without 按: the parts of the latest standing fact."""

    def value(self, definition: Definition, counting: Counting) -> Value:
        value = super().value(definition, counting)
        parts = getattr(value.records[0].fields, "parts", None) if value.records else None
        return replace(value, parts=parts, parts_of=KINDS["现状"].fields["分类"] if parts else None)

    def columns_of_parts(self, value: Value, columns: Columns) -> Places:
        universe, whole = columns.standing(value)
        return universe, {column: (column.rpartition(" ")[0],) for column in whole}
