"""The bytes of a file as text, where there is one way only to read them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from fazhi.commands.fixing.edits import Fix


def decoded(data: bytes, is_ours: Callable[[str], bool]) -> tuple[str, list[Fix]] | None:
    """The text with LF line ends and without BOM; None where it is not clear what the bytes say.

    Bytes that are not UTF-8 are read otherwise only when they give a text that `is_ours`, and the
    text gives these bytes again.
    """
    try:
        written, other = data.decode("utf-8"), ""
    except UnicodeDecodeError:
        read = _otherwise(data)
        if read is None:
            return None
        written, other = read
    text = written.lstrip(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    if other and not is_ours(text):
        return None
    fixes = []
    if other:
        fixes.append(Fix(1, "FZ102", f"{other} 编码改成 UTF-8"))
    elif written.startswith(_BOM):
        fixes.append(Fix(1, "FZ103", "去掉文件开头的 BOM 标记"))
    if "\r" in written:
        line = written.count("\n", 0, written.index("\r")) + 1
        fixes.append(Fix(line, "FZ118", "行末的 Windows 换行（CRLF）改成 LF"))
    return text, fixes


def _otherwise(data: bytes) -> tuple[str, str] | None:
    """The text of bytes that are not UTF-8, and the name of their encoding."""
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _exactly(data, codec, "UTF-16")
    return None if _UTF8_INSIDE.search(data) else _exactly(data, "gb18030", "GBK")


def _exactly(data: bytes, codec: str, name: str) -> tuple[str, str] | None:
    """The text, if just these bytes are what it would be written as."""
    try:
        text = data.decode(codec)
        return (text, name) if text.encode(codec) == data else None
    except UnicodeError:
        return None


_BOM = "\ufeff"
_UTF8_INSIDE = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){3}")
"""Three Chinese characters of UTF-8 in a row: put together from two files, one of each encoding.

In GBK such bytes are next to never met, and what they give are words that nobody wrote.
"""
