"""What a clause says of a share: of which figure it is, and of which whole."""

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import Names, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.definition import Definition


def share_of(number: Number) -> str:
    """乙 of 占乙的{{ 甲率 }}, 完成乙的{{ 甲率 }}."""
    of = _SHARE.search(number.said)
    return of["of"] if of else ""


def another_whole(of: str, whole: str, names: Names) -> str | None:
    """占乙的{{ 甲率 }}: another figure than the one that the ratio divides by."""
    if (held := names.by_name.get(whole)) and held.first_year:
        of = re.sub(r"^(?:\d{4}年以来)?(?:累计)?", "", of)
    stem = re.sub("(?:人|件|起|总)?[数量]$|人员$|^(?:全部|所有|总体|其中|全年)的?", "", of)
    is_it = stem in whole or names.is_called(whole, stem)
    if not stem or is_it or names.nearly(stem) == whole:
        return None
    if stem and not shared(whole, stem):
        return f"占{stem}的……"
    more = {name: shared(name, stem) for name in names.by_name if "." not in name}
    if (most := max(more.values(), default=0)) > max(shared(whole, stem), 1):
        # 占抽查主体的{{ 抽查任务占比 }}
        return f"占{min(name for name in more if more[name] == most)}的……"
    named = frozenset(name for name in names.by_name if stem and name.endswith(stem))
    others = named or names.alone(stem)
    return f"占{min(others)}的……" if others else None


def another_of(said: str, figure: Definition, names: Names) -> str | None:
    """甲占总数的{{ 乙占比 }}: another figure than the one that the ratio divides."""
    parts, _ = names.ending(said.partition("占")[0])
    return min(parts) if parts and not parts & {figure.numerator, figure.name} else None


def count_as_share(number: Number, figure: Definition, names: Names) -> str:
    """甲占{{ 甲 }}: the share that is meant; a share is no number of them."""
    if figure.label == "%" or not SHARES.search(number.said) or number.after.startswith("的"):
        return ""  # 占受理的{{ 受理 }}的比率
    return names.share(number.name) or "占……"


_SHARE = Pattern(rf"(?:占|完成)(?P<of>[^，,。；{HIDDEN}]{{2,20}}?)的(?:{HIDDEN}[、和与及])*$")
SHARES = Pattern(
    rf"(?<!侵)占(?:比|[^，,。；{HIDDEN}]{{0,20}}的)?[为是达到]*(?:{HIDDEN}[、和与及])*$"
)
"""占, or 分别占 of several, before a share."""
