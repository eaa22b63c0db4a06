"""The paragraphs, items and cells of a text, with what speaks for them: a heading, a lead-in, a column's head."""

from collections.abc import Iterator

from fazhi import regex as re

_OF_ITS_OWN = r"[ \t>]*(?:\n|#|\||[-+*][ \t]|\d+[.)][ \t])"  # a line that goes on with no paragraph
_BLOCK = re.compile(
    rf"(?P<before>[ \t>]*)(?:(?P<level>#+)[^\n]*|(?P<row>\|[^\n]*)"
    rf"|(?P<item>(?:[-+*]|\d+[.)])[ \t]+)?(?P<words>[^\n](?:[^\n]|\n(?!{_OF_ITS_OWN}))*))"
)
_LEADING = (
    7  # how deep a paragraph stands that leads in: below headings, and a line in bold, which is one
)
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1\s*")
_LEAD_IN = re.compile(r"[：:][*_\s]*$")
_ROWS_OR_ITEMS = re.compile(r"\s*(?:\||[-+*][ \t]|\d+[.)][ \t])")
_NUMBERED = re.compile(r"^\|\s*\d+\s*(?=\|)")
_CELL = re.compile(r"\|((?:\{\{[^{}]*\}\}|[^|])*)")


def headed(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Where each begins, what is typed, and what may stand before it: behind a comma, only where it has
    no subject of its own."""
    leads: list[tuple[int, str]] = []  # with how deep each stands
    heads: list[str] = []
    end = 0
    for block in _BLOCK.finditer(text):
        indent = len(block["before"]) + bool(block["item"])
        depth = len(block["level"] or "") or _LEADING + 1 + indent
        said = [lead for above, lead in leads if above < depth]
        if not block["row"] or text[end : block.start()] != "\n":
            heads = []
        end = block.end()
        if row := block["row"]:
            found = _CELL.finditer(text, end - len(row), end)
            cells = [(cell.start(1), cell[1].strip(" :-")) for cell in found]
            heads = heads if any(heads) else [cell for _, cell in cells]
            row = _NUMBERED.sub("", row)
            yield end - len(row), row, [f"{lead.rstrip('，')}|" for lead in said]
            for (at, cell), head in zip(cells[1:], heads[1:], strict=False):
                yield at, cell, [f"|{cells[0][1]}|{heads[0]}|{head}|"]
            continue
        words = block["words"] or block[0].lstrip(" \t>#")
        yield end - len(words), words, said
        if not block["level"] and not indent:
            depth = _LEADING - bool(_BOLD.fullmatch(words))
        leads = [one for one in leads if one[0] < depth]
        if depth != _LEADING or _LEAD_IN.search(words) or _ROWS_OR_ITEMS.match(text, end):
            last = re.split("[。；]", words.rstrip("。；\n"))[-1].strip("*_ \t\n")
            leads.append((depth, last if last[-1:] in "：:" else f"{last}，"))
