"""The report as Word file and PDF, which lie beside its page: a file of each is kept from build to build."""

import os
from pathlib import Path

from fazhi.output.view import View
from fazhi.records.cache import Cache
from fazhi.records.program import digest
from fazhi.sources.files import content_key

# Where systems keep fonts: with other ones a PDF of the same text is another.
_FONTS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    *("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts"),
    *("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
)


def downloads(
    view: View, cache: Cache | None = None, is_preview: bool = False
) -> dict[str, str | bytes]:
    """Both by their paths in the public site, of a report that has been reviewed, and not in a preview;
    a PDF for which there is no font is left out. Raises NotRendered."""
    narrative, rendered = view.source.narrative, view.rendered
    is_offered = not (view.gate.is_internal or view.is_draft or is_preview)
    if not is_offered or narrative is None or rendered is None:
        return {}
    texts = [narrative.source.text, rendered.markdown, *view.notices, *_fonts()]
    texts += [repr(view.figure_table.texts), repr(rendered.words)]
    made_from = content_key(digest(), view.settings.digest, *texts)
    found: dict[str, str | bytes] = {}
    for ending in ("docx", "pdf"):
        key = content_key(ending, made_from)
        made = cache.get(key) if cache else None
        if made is None:
            made = _made(view, ending)
            if cache:
                cache.put(key, made)
        if made:
            found[f"report/{view.year}.{ending}"] = made
    return found


def _made(view: View, ending: str) -> bytes:
    from fazhi.output import documents  # noqa: PLC0415 - a quarter of the time of a kept build

    make = next(make for name, make in documents.forms(view).items() if name.endswith(ending))
    try:
        return make()
    except documents.Unprintable:
        return b""


def _fonts() -> list[str]:
    """The folders of the machine's fonts, and when one was last put in or taken away."""
    tops = (Path(name).expanduser() for name in _FONTS)
    folders = sorted(folder for top in tops for folder, *_ in os.walk(top))
    return [f"{folder} {Path(folder).stat().st_mtime_ns}" for folder in folders]
