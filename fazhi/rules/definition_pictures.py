"""The pictures of a figure (图): such as fit its 统计, and as may be shown."""

from collections.abc import Iterator

from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Stated
from fazhi.rules.conditions import Found
from fazhi.schema.definition import Definition, named
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, AgendaItem
from fazhi.schema.township import Settings
from fazhi.schema.units import RANK
from fazhi.schema.words import overlap

_YEARS = "改成“柱”或者“线”，比各年"


def faults(settings: Settings, definition: Definition) -> Found:
    """What is wrong with the pictures of a definition that is sound but for them."""
    if definition.pictures and not definition.printed:
        message = "“印发: 否”的指标不公布，也就没有图"
        yield ["图"], unfit_picture(message, "删去“图”；要画的，删去“印发: 否”")
        return
    for kind in definition.pictures:
        if fault := next(_unfit(settings, definition, kind), None):
            yield ["图"], unfit_picture(*fault)


def _unfit(settings: Settings, definition: Definition, kind: str) -> Iterator[tuple[str, str]]:
    """Why a figure has no picture of a kind, and what to do."""
    measure, spec = definition.measure, definition.spec
    if definition.unit == RANK:
        yield "名次小的好，画成柱、线看不出来", "删去“图”"
    elif kind == "分项" and not spec.has_parts:
        yield f"“{measure}”的指标没有分项，画不出“分项”", _YEARS
    elif kind == "分项" and (private := private_parts(settings, definition)):
        yield f"{shown(private)}不公开，各项的数也不公开", _YEARS
    elif kind == "比率" and measure != "比率":
        yield f"“{measure}”的指标没有分子、分母，画不出“比率”", _YEARS
    elif kind == "逐月":
        yield from _unfit_months(settings, definition)


def private_parts(settings: Settings, definition: Definition) -> str:
    """By which private field the parts are; nothing where they are public."""
    kind, by = KINDS.get(definition.kind or ""), definition.by or ""
    fields = {**specs(AgendaItem), **(settings.fields(kind) if kind else {})}
    return by if by in fields and not (definition.opened or fields[by].public) else ""


def _unfit_months(settings: Settings, definition: Definition) -> Iterator[tuple[str, str]]:
    name = definition.kind or ""
    if definition.measure not in ("件数", "求和", "议题数") or definition.by or name == "现状":
        what = "现状" if name == "现状" else f"“{definition.measure}”"
        yield f"{what}不能分到各月，“逐月”只画活动、会议、案件、汇总的件数、求和、议题数", _YEARS
        return
    categories = named((definition.conditions or {}).get("类别"))
    known = settings.vocabulary.categories.get(name, ())
    for key in _private_fields(settings, definition):
        yield f"{shown(key)}不公开，各月的数也不能公开", _YEARS
    for one in known:
        if one.sensitive and (categories is None or one.name in categories):
            message = f"数的里面有敏感的{shown(one.name)}，一个月的太少，会认出人来，不能逐月公布"
            yield message, f"{_YEARS}；或者条件里只写不敏感的类别"


def _private_fields(settings: Settings, definition: Definition) -> Iterator[str]:
    """The private fields that would be known of a month's few records: 公开 is for a year's sum only."""
    fields = settings.fields(KINDS[definition.kind or ""])
    conditions = dict(definition.conditions or {})
    used: list[FieldSpec] = [specs(AgendaItem)[key] for key in conditions.pop("议题", ())]
    names = (*conditions, definition.by_date, definition.field_name)
    used += [fields[name] for name in names if name and name in fields]
    yield from (spec.key for spec in used if not spec.public)
    if (name := definition.field_name) and name not in fields:
        counters = (c for c in settings.vocabulary.counters if c.name == name)
        if not all(c.public for c in counters if overlap(c, definition)):
            yield name


unfit_picture = Stated("""FZ619: 指标的图，配得上它的统计，而且画出来的都可以公开。

图解里，“分项”画各项，要有分项的指标；“比率”画几分之几，要有分子、分母；“逐月”画各月，只有一件一件数的、加起来的分得出月。一个月的数少：不公开的项、敏感的类别，分到各月，就等于说出了是哪一件，写了 `公开: 是` 也只公开全年的合计。
改法：“柱”“线”比各年，什么指标都能画；照提示改，或者删去“图”。
""")
