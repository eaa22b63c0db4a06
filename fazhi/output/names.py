"""Names of offices, which no line breaks; one too long for a line, where a name inside it begins or ends."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from fazhi.output import portal
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.schema.township import Settings

Names = tuple[str, ...]


def of(narrative: Narrative, settings: Settings) -> Names:
    """The names that stand in a report's title, head and signature; 法治政府建设 is read as one, too."""
    meta, township = narrative.meta, settings.township
    own = (township.name, township.short_name, portal.SUBJECT)
    return (*meta.issuers, *meta.publishers, *own)


def parted(text: str, names: Sequence[str]) -> list[str]:
    """The text around names and the names, in turn; of two names that begin in one place the longer."""
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.split(f"({listed or '(?!)'})", text)


def within(name: str, names: Sequence[str]) -> list[str]:
    """The parts of a name, at whose ends it may break: 示例县、河坪乡、人民政府."""
    return [part for part in parted(name, [n for n in names if n != name]) if part]


def begun(title: str, issuers: Names) -> tuple[Names, str]:
    """The issuers, where a title begins with them all, and what follows; else none, and the title."""
    joined = "[ \u3000]*".join(map(re.escape, issuers))
    found = re.match(rf"{joined}[ \u3000]*(?=.)", title)
    return (issuers, title[found.end() :]) if found else ((), title)


def title(meta: ReportMeta, names: Sequence[str]) -> Markup:
    """A report's title as HTML: of several issuers, each on a line of its own."""
    issuers, _ = begun(meta.title, meta.issuers)
    shown = unbroken(meta.title, names)
    for issuer in issuers if len(issuers) > 1 else ():
        name = unbroken(issuer, names)
        shown = shown.replace(name, Markup('<span class="fz-line">{}</span>').format(name), 1)
    return shown


def unbroken(text: str, names: Sequence[str]) -> Markup:
    """Text as HTML. A browser breaks a name only where it is wider than the line, between its parts."""
    pieces = [
        Markup('<span class="fz-name">{}</span>').format(Markup("<wbr>").join(within(piece, names)))
        if place % 2
        else piece
        for place, piece in enumerate(parted(text, names))
    ]
    return Markup().join(pieces)
