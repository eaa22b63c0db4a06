"""Clauses that name a figure, and a part of the year or a 普法节点 of which another one is printed."""

from collections.abc import Iterable

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import MONTH, Names
from fazhi.schema.definition import Definition
from fazhi.schema.words import PublicityDay


def is_of_time(number: Number, found: Iterable[str], names: Names) -> bool:
    """一至四季度分别开展检查{{ }}, 12月检查{{ }}，较11月减少{{ }}, 世界水日期间，开展宣传{{ }}.

    Whether the number is that of the part of the year, or of the day, `report` looks.
    """
    figure = names.by_name[number.name]
    more = names.by_name.get(figure.numerator or "", figure)
    if more.subtracted and re.search(f"[较比与和同跟][^，,]*(?:{MONTH.pattern})", number.said):
        return not {*more.sides}.isdisjoint(names.ahead(number))
    named = [names.by_name[one] for one in found]
    if figure.limits and MONTH.search(number.sentence):
        return any(one.at_any_time == figure.at_any_time for one in named)
    of = _but_node(figure)
    return _names_node(figure, number.sentence, names) and any(_but_node(o) == of for o in named)


def other_limit(number: Number, figure: Definition, _: Names) -> str:
    """5个工作日内公示率 before {{ 甲 }}, which is called 20个工作日内公示率: the days that a clause tells."""
    own = {one[0] for name in (figure.name, *figure.called) for one in _LIMIT.finditer(name)}
    told = next(_LIMIT.finditer(number.said), None) if own else None
    return f"{told[0]}……" if told and told[0] not in own else ""


_LIMIT = Pattern(r"\d+(?:个工作日|个月|[日天]|小时)[之以]?内")


def _but_node(figure: Definition) -> tuple[object, ...]:
    """What a figure counts, on whichever 普法节点."""
    *rest, held = figure.at_any_time
    conditions = held.items() if isinstance(held, dict) else ()
    return (*rest, {key: one for key, one in conditions if key != "普法节点"})


def _names_node(figure: Definition, said: str, names: Names) -> bool:
    """Whether a sentence tells the 普法节点 that a figure counts alone, by its name or in full."""
    node = (figure.conditions or {}).get("普法节点")
    days = names.settings.vocabulary.words("普法节点")
    called = [d.meaning for d in days if isinstance(d, PublicityDay) and d.name == node]
    words = (word for one in called for word in re.split("[“”、]+", one))
    return any(word and word in said for word in (*words, node if isinstance(node, str) else ""))
