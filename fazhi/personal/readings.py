"""What else a text says to its readers: without its marks, its escapes undone, its tables by column."""

import html
import re
from collections.abc import Iterable, Iterator

ABOUT_A_PERSON = re.compile(  # names of fields and columns that would hold personal data
    r"姓名|电话|手机|联系方式|联系人|身份证|证件号|银行卡|卡号|住址|家庭地址|门牌|微信|QQ|邮箱|出生|"
    r"性别|民族|年龄|车牌|护照|(?:当事|申请|信访|上访|举报|处罚)人(?!人?[数次])",
    re.IGNORECASE,
)
DEPTH = 5  # escapes within escapes
_MARKS = r"[*_`~\\]|<!--.*?-->|</?[A-Za-z][^<>\n]{0,200}>"
_SIGNS_OF_MARKS = frozenset("*_`~\\<[&")
_LINK = r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"
ADDRESSED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ROW = re.compile(r"<(?:w:|table:table-)?(?:tr|row)(?=[\s>])", re.IGNORECASE)
_CELL = re.compile(r"<(?:w:|table:table-)?(?:t[cdh]|cell)(?=[\s>])[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def readings(prose: str) -> Iterator[str]:
    """Markdown as it is read on a page, as a browser reads its addresses, and its tables."""
    yield (plain := unmarked(prose))
    if "\n" in plain:
        yield on_one_line(plain)
    if "%" in prose or "&" in prose or "<br" in prose:
        yield re.sub("<br */?>", "\n", opened(prose))
    yield "\n".join(columns(prose))


def unescaped(text: str) -> str:
    """A text with the characters that HTML's entities stand for: none has a number of 20 digits."""
    return html.unescape(re.sub(r"&#(?=\d{20})", "&amp;#", text)) if "&" in text else text


def opened(text: str) -> str:
    """A text with what entities and the escapes of addresses stand for, one within another too."""
    for _ in range(DEPTH):
        if (plain := ADDRESSED.sub(from_address, unescaped(text))) == text:
            break
        text = plain
    return text


def from_address(escape: re.Match[str]) -> str:
    """What the escapes of an address stand for."""
    return bytes.fromhex(escape[0].replace("%", "")).decode("utf-8", "replace")


def unmarked(text: str) -> str:
    """Markdown without what readers do not see inside a number: escapes, marks, addresses."""
    if _SIGNS_OF_MARKS.isdisjoint(text):
        return text
    return re.sub(_MARKS, "", re.sub(_LINK, r"\1", unescaped(text)))


def on_one_line(text: str) -> str:
    """The text without its line ends and the spaces around them."""
    return "".join(map(str.strip, text.split("\n"))) if "\n" in text else text


def columns(text: str) -> Iterator[str]:
    """The cells of tables of Markdown and HTML behind what heads their columns: 姓名：王三."""
    if not ABOUT_A_PERSON.search(re.sub(r"[*_\s]", "", text)):
        return
    table: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "|" in line:
            table.append(line.strip("| \t").split("|"))
        elif table:
            yield from under_heads(table)
            table = []
    for markup in text.split("<table") if "<t" in text else ():
        rows = (row.partition("</tr")[0] for row in _ROW.split(markup)[1:])
        yield from under_heads([[_TAG.sub("", c) for c in _CELL.split(row)[1:]] for row in rows])


def under_heads(rows: Iterable[list[str]]) -> Iterator[str]:
    """The cells of a table whose heads are its first row of more than a title."""
    heads: list[str] = []
    for cells in rows:
        plain = [re.sub(r"[\"'\s]+", " ", unmarked(cell)).strip(" :") for cell in cells]
        if heads:
            pairs = zip(heads, plain, strict=False)
            yield from (f"{head}：{cell}" for head, cell in pairs if head)
        elif len(cells) == 1 or sum(map(bool, plain)) > 1:
            heads = [_person(cell) for cell in plain]


def _person(head: str) -> str:
    """What of a person a column is said to hold."""
    plain = re.sub(r"[(（].*|\s", "", head)
    named = ABOUT_A_PERSON.search(plain)
    return plain[named.start() :] if named else ""
