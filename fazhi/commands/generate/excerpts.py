"""Shows how the files of a failing and a passing case differ, in Markdown."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from fazhi.personal import masked
from fazhi.problems.quoting import INVISIBLE

WHOLE = 16  # up to how many lines a file is shown whole
AROUND = 2  # how many lines are shown on each side of a difference in a longer one


def excerpts(
    shown: Mapping[str, bytes], others: Mapping[str, bytes], *, absent: str, unseen: str = ""
) -> Iterator[str]:
    """What is in `shown` and not the same in `others`: each file with its path above it.

    `absent` is printed for a file that is only in the others, `unseen` where the difference cannot
    be seen. A file that has another name or place there, and nothing else, is named only.
    """
    moved = {content for content in shown.values() if content in others.values()}
    differing = sorted(path for path in {*shown, *others} if shown.get(path) != others.get(path))
    blocks: list[list[str]] = []
    for path in differing:
        content = shown.get(path)
        if content is None:
            if others[path] not in moved:
                blocks.append([f"`{path}`：{absent}"])
        elif content in moved:
            blocks.append([f"文件在 `{path}`。"])
        else:
            lines = _content(path, content, others.get(path, b""), unseen)
            blocks.append([f"`{path}`：\n", *lines])
    for place, block in enumerate(blocks):
        yield from ("", *block) if place else block


def _content(path: str, content: bytes, other: bytes, unseen: str) -> Iterator[str]:
    if not content:
        yield "文件里什么也没有。"
        return
    text, beside = _text(content), _text(other)
    if text is None or (unseen and text == beside):
        yield unseen or "这是照片一类的文件，不是文字。"
        return
    language = "yaml" if path.endswith(".yml") else "markdown" if path.endswith(".md") else "text"
    fence = "````" if "```" in text else "```"
    yield from (f"{fence}{language}", *_lines(text, beside or ""), fence)


def _text(content: bytes) -> str | None:
    """What is seen of a file, with personal data masked; None where it is no UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return INVISIBLE.sub("", masked(text)).replace("\r\n", "\n")


def _lines(text: str, beside: str) -> Iterator[str]:
    """All lines of a short text; of a long one those around what is different from the other."""
    lines = text.splitlines()
    if len(lines) <= WHOLE:
        yield from lines
        return
    kept: set[int] = set()
    matcher = difflib.SequenceMatcher(None, lines, beside.splitlines(), autojunk=False)
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag != "equal":
            kept.update(range(first - AROUND, max(last, first + 1) + AROUND))
    shown = [number for number in range(len(lines)) if number in kept]
    for before, number in zip([-1, *shown], [*shown, len(lines)], strict=True):
        if number != before + 1:
            yield "……"
        if number < len(lines):
            yield lines[number]
