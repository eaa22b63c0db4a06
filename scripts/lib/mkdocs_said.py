"""What MkDocs says of pages and settings while it builds, in Chinese and with the place."""

from lib import ROOT

import contextlib
import logging
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_A_LINK = re.compile(
    r"(?s)Doc file '(?P<page>.*?)' contains an? [a-z ]*link '(?P<link>.*?)', (?P<rest>.*)"
)
_OF_A_PAGE = re.compile(r"(?s)Error (?P<how>read|build)ing page '(?P<page>.*?)':(?P<rest>.*)")
_OF_A_SETTING = re.compile(r"(?s)Config value '(?P<name>[^']*)': (?P<rest>.*)")
_MEANT = {  # what tells a kind of fault from the others, and what it means
    r"no such anchor on this page": "这一页里没有这个位置",
    r"the doc '(.*)' does not contain an anchor": "docs/{} 里没有这个位置",
    r"is not found among documentation files": "没有这个文件",
    r"it was left as is": "指不到这个网站的文件",
    r"(Invalid IPv6 URL|netloc .* contains invalid .*)": "有一个链接，网址读不出来（{}）",
    r"codec can't decode": "不是 UTF-8 编码",
    r"The path '(.*)' isn't an existing": "没有“{}”",
    r"Unrecognised configuration name": "没有这一项",
    r"Required configuration not provided": "没有写",
    r"Expected \D{0,16}\b(?:str|string)\b": "要写一段文字；有符号的，整个放进引号",
    r"Expected \D{0,16}\blist\b": "要写成列表，一项一行，开头写“- ”",
    r"Expected \D{0,24}\bdict\b": "要写成一组“名称: 内容”",
    r"Expected \D{0,16}\bbool\b": "写 true 或者 false",
    r"Failed to load extension '(.*?)'": "没有“{}”这个扩展，或者它下面的内容写得不对",
    r"The URL isn't valid": "网址从 http:// 或者 https:// 写起",
    r"Expected one of \W+(.*\w)\W+, got '(.*)'": "不能写“{1}”，只能是“{0}”里的一个",
}
_QUOTED = re.compile(r"['\"](?:material/)?([^'\"\n]+)['\"]")
_NEXT_ITEM = re.compile(r"\n[^\s#-]")
UNFIT = "写得不对，从 git 或者备份里取回。"
_GUESS = re.compile(r"Did you mean '(.*)'\?")


def show_warnings() -> None:
    """MkDocs's own warnings, which stop the build: to standard error, as a command line would."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_InChinese())
    # What the system or our own search refused is raised as well, and told in Chinese.
    unsaid = r"\[(Errno|WinError) |^Encoding error reading file|': 有 \d+ 个错误。$"
    handler.addFilter(lambda said: not re.search(unsaid, said.getMessage()))
    logging.getLogger("mkdocs").addHandler(handler)


class _Faults(logging.Handler):
    """Notes the pages that people typed, and that could not be read or built."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.pages = []  # type: list[str]

    def emit(self, record: logging.LogRecord) -> None:
        found = _OF_A_PAGE.fullmatch(record.getMessage())
        # All but those of the guide are made by a template of ours before they are built.
        if found and (found["how"] == "read" or found["page"].startswith(("guide/", "rules/"))):
            self.pages.append(found["page"])


@contextlib.contextmanager
def faulty_pages() -> "Iterator[list[str]]":
    """While it lasts, the pages that MkDocs cannot make for what somebody typed there."""
    noting = _Faults()
    logging.getLogger("mkdocs").addHandler(noting)
    try:
        yield noting.pages
    finally:
        logging.getLogger("mkdocs").removeHandler(noting)


class _InChinese(logging.Formatter):
    """MkDocs puts the lines of its program into what it says of an extension that it cannot load."""

    def format(self, record: logging.LogRecord) -> str:
        said = super().format(record).replace(f"{ROOT}{os.sep}", "")
        said = re.sub(r"(?m)^(?:Traceback .*| +File \".*|    .*)\n", "", said)
        link, page = _OF_A_LINK.fullmatch(said), _OF_A_PAGE.fullmatch(said)
        setting = _OF_A_SETTING.fullmatch(said)
        if link:
            where = _place(link["page"], link["link"])
            return f"{where}: 链接“{link['link']}”：{_meant(link['rest'])}"
        if page:
            return f"{_place(page['page'])}: 做不成网页：{_meant(page['rest'])}"
        if setting:
            return of_setting(setting["name"], _meant(setting["rest"], UNFIT), setting["rest"])
        return f"MkDocs：{said}"


def of_setting(name: str, told: str, quoting: str = "") -> str:
    """What is told of a setting of mkdocs.yml, with the place of the last word below it that MkDocs
    is `quoting`, or else its own."""
    from fazhi.sources.strict_yaml import places
    from fazhi.sources.text import line_and_column

    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    starts = {}  # type: dict[str, int]
    for path, (key, _) in places(text).items():
        starts.setdefault(".".join(part for part in path if not part.isdigit()), key.index)
    if name not in starts:
        return f"mkdocs.yml: {name}：{told}"
    at = starts[name]
    item = text[: next((key.start() for key in _NEXT_ITEM.finditer(text, at)), None)]
    for word in _QUOTED.findall(quoting.partition("[")[0]):  # before a list of what may be
        found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(item, at)
        at = found.start() if found else at
    line, column = line_and_column(text, at)
    return f"mkdocs.yml:{line}:{column}: {name}：{told}"


def _place(page: str, link: str = "") -> str:
    """Where a page is typed, and the line and column of a link in it, as far as they can be known:
    without a link, those of the first address that cannot be read."""
    file = ROOT / "docs" / page
    if not file.is_file():
        return f"网页 {page}"
    text = file.read_text(encoding="utf-8", errors="replace")
    if link:
        at = text.rfind("[", 0, max(text.find(f"]({link}"), 0))
    else:
        addresses = re.finditer(r"[^\s()<>]*//[^\s()<>]*", text)
        at = next((one.start() for one in addresses if not _is_readable(one.group())), -1)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"docs/{page}:{line}:{column}" if at >= 0 else f"docs/{page}"


def _is_readable(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _meant(said: str, otherwise: str = "") -> str:
    for sign, meaning in _MEANT.items():
        found = re.search(sign, said)
        if found:
            guess = _GUESS.search(said)
            return meaning.format(*(one.replace("', '", "”“") for one in found.groups())) + (
                f"，是不是“{guess[1]}”？" if guess else ""
            )
    return f"{otherwise}MkDocs 的原话：{said.strip()}"
