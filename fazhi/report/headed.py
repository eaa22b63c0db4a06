"""The paragraphs, items and cells of a text, with what speaks for them: a heading, a lead-in, a column's head."""

from collections.abc import Iterator

from fazhi import regex as re

_OF_ITS_OWN = r"[ \t>]*(?:\n|#|\||[-+*][ \t]|\d+[.)][ \t])"  # a line that goes on with no paragraph
_BLOCK = re.compile(
    rf"(?P<before>[ \t>]*)(?:(?P<level>#+)[^\n]*|(?P<row>\|[^\n]*)"
    rf"|(?P<item>(?:[-+*]|\d+[.)])[ \t]+)?(?P<words>[^\n](?:[^\n]|\n(?!{_OF_ITS_OWN}))*))"
)
_LEAD_IN = re.compile(r"[：:][*_\s]*$|\*\*\s*$")
_TABLE = re.compile(r"\s*\|")
_NUMBERED = re.compile(r"^\|\s*\d+\s*(?=\|)")
_CELL = re.compile(r"\|((?:\{\{.*?\}\}|[^|])*)")


def headed(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Where each begins, what is typed, and what may stand before it: behind a comma, only where it has
    no subject of its own."""
    leads: list[tuple[int, str]] = []  # with how deep each stands
    heads: list[str] = []
    end = 0
    for block in _BLOCK.finditer(text):
        depth = len(block["level"] or "") or 8 + len(block["before"]) + bool(block["item"])
        said = [lead for above, lead in leads if above < depth]
        if not block["row"] or text[end : block.start()] != "\n":
            heads = []
        end = block.end()
        if row := block["row"]:
            cells = [
                (one.start(1), one[1].strip()) for one in _CELL.finditer(text, end - len(row), end)
            ]
            heads = heads or [cell for _, cell in cells]
            row = _NUMBERED.sub("", row)
            yield end - len(row), row, [f"{lead.rstrip('，')}|" for lead in said]
            for (at, cell), head in zip(cells[1:], heads[1:], strict=False):
                yield at, cell, [f"|{cells[0][1]}|{heads[0]}|{head}|"]
            continue
        words = block["words"] or block[0].lstrip(" \t>#")
        yield end - len(words), words, said
        if block["level"] or _LEAD_IN.search(words) or _TABLE.match(text, end):
            depth = depth if block["level"] or block["item"] else 7
            last = re.split("[。；]", words)[-1].strip("*_ \t\n")
            lead = last if last[-1:] in "：:" else f"{last}，"
            leads = [*(one for one in leads if one[0] < depth), (depth, lead)]
