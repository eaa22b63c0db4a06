"""Rules about marks that are printed as they are typed, or not at all."""

from collections.abc import Iterator
from itertools import chain

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.problems.problem import Problem
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import BY_ROLE, FILED, HIDDEN, REMOVED, Passage, Role, blank_spans
from fazhi.schema.township import Settings
from fazhi.sources.source import Key

RULES = Checks[[Passage, Lexicon]]()

INSIDE = r"^(?:[ \t>]|[-*+][ \t]|\d{1,9}\.[ \t])"
"""What a line begins with that is in a list or in a quotation, or that is set in."""
UNDERLINED = r"(?<=[^\s>]\n)[ \t>]*(?:=+|-+)[ \t]*$"
"""Beneath a heading: where the line above says something."""
_ANYWHERE = rf"""
(?P<tag><[A-Za-z/!?{HIDDEN}{REMOVED}])|(?P<footnote>\[\^)
|(?P<struck>~~(?=[^\s~])[^\n~]{{1,300}}~~)|(?P<marked>(?<!=)==(?=[^\s=])[^\n=]{{1,300}}==(?!=))
"""
_BRACES = r"\{[ ]?(?:[{%\#:.]|[\w-]+=)"
"""Of a figure, of a template, or of what Markdown writes behind a word: {.red}."""
_STARRED = r"(?=[^\s*])(?:[^*\n`\\]|\n(?!\s*\n)){1,300}"
_TO_STAR = r"\*(?![\s*])(?:[^*\n]|\n(?!\s*\n)){0,300}\*"
_CODE = r"|(?<!`)`[^`\n]+`(?!`)"
_STARS = Pattern(  # by themselves: what is bold may hold any of the others
    rf"""(?<![\w)）*\\])\*{_STARRED}\*(?!\*)
|(?<![*\\])(?:\*\*{_STARRED}\*\*|\*{{3}}{_STARRED}\*{{3}})(?!\*)
|(?P<times>(?<=[\w)）]){_TO_STAR}|(?<=\*){_TO_STAR}(?!\*)){_CODE}
""",
    flags=re.VERBOSE,
)
_TYPED = rf"""{_ANYWHERE}
|(?P<ruled>(?<![\w\\/])(?P<rule>_{{1,3}})(?!_)[^\n]{{1,300}}?(?<!_)(?P=rule)(?!\w))
|(?P<escaped>(?<!\\)(?:\\\\)*\\[(){{}}])|(?P<contents>\[TOC\](?!\())
|(?P<twice>^[ \t>]*\d{{1,9}}\.[ \t]+\d{{1,9}}\.[ \t])|(?P<task>{INSIDE}+\[[ xX]\])|(?P<box>{INSIDE}*(?:!!!|\?\?\?|:::)\+?[ \t]*\w)
"""
_NOT_IN_NARRATIVES = (
    rf"|(?P<braces>{_BRACES})|(?P<heading>{INSIDE}*\#|{UNDERLINED})"
    rf"|(?P<fence>{INSIDE}*(?:```|~~~)[^`\n]*$){_CODE}"
)
_IN_NARRATIVES = r"|(?P<code>`+[^`\n]*`*|^[ \t>]*~~~)"
_IN_NARRATIVE = Pattern(_TYPED + _IN_NARRATIVES, flags=re.MULTILINE | re.VERBOSE)
_ELSEWHERE = Pattern(_TYPED + _NOT_IN_NARRATIVES, flags=re.MULTILINE | re.VERBOSE)
_TAG = Pattern(r"<(?P<closes>/?)(?P<name>[\w:-]+)")
_BOLD = Pattern(
    r"\*\*(?=[^\s*])(?:(?!\*\*|\n\s*\n)[\s\S]){1,300}(?<=\S)\*\*|(?<![\\*])(?P<bold>\*\*)(?!\*)"
)
_TABLES = Pattern(  # without a name: those that are right, to their ends, and headings
    r"""
^\#[^\n]*|^(?P<wide>[｜＞][^\n]+(?:\n[｜＞][^\n]+)*)|^(?P<tabs>(?:[^\n\t|]*\S[ ]*\t[^\n|]*\n){2,})
|^(?P<rowless>(?=[^\n]*\|)[^\n]*\n(?=[^\n]*\|)[ \t>]*[|:-][|: -]*)(?=\n[ \t>]*(?:\n|\Z)|\Z)
|^(?=[^\n]*\|)[^\n]*\n[ \t]*[|:-][|: -]*$(?:\n[^|\n]*\|[^\n]*)*(?:\n(?P<below>[^\n]+)(?:\n[^\n]+)*)?|^(?P<bare>\|[^\n]*\|(?:\n[^\n]+)*)
|^[^|\n]*[^|\s][ \t]*\n(?P<joined>\|[^\n]*\|[^\n]*(?:\n[^\n]+)*)
""",
    flags=re.MULTILINE | re.VERBOSE,
)
_BULLETS = "•·●○◎◆◇■□▪▶►➤➢→※★☆√✓☑①-⒛㈠-㈩"
_NUMERALS = "[一二三四五六七八九十]{1,3}"
_LINE = Pattern(
    rf"""
^(?P<quote>(?:[ ]{{0,3}}>[ ]?)+)?(?P<indent>[ \t]*)(?:
(?:(?P<number>\d{{1,9}})\.|(?P<bullet>[-*+])(?![ *_-]*$))(?=[ \t]+\S)
|(?P<like>[{_BULLETS}>]|[-–－][ \t]*(?=[^\W\d])|\*(?=[^\W\d][^*\n]*$)|—(?!—)|\u3000+
|(?:[A-Za-z][、)）．.]|\d{{1,3}}(?:[、)）．]|\.(?!\s)))(?![A-Za-z\d])|{_NUMERALS}、(?!{_NUMERALS}、)
|[(（](?:\d{{1,3}}|{_NUMERALS})[)）])
|(?P<row>\|)|(?P<blank>$)|(?P<apart>\#|[ *_-]{{3,}}$)
)?[^\n]*
""",
    flags=re.MULTILINE | re.VERBOSE,
)
"""A line by what it begins with: an item of a list, what only looks like one, or what ends a list."""
_IN_FIELDS = Pattern(
    rf"{_ANYWHERE}|{_BRACES}|`|&(?:[a-z]{{2,8}}|\#\d{{1,6}});"
    r"|\*\*(?=[^\s*])[^*\n]{1,300}\*\*|\]\(https?:",
    flags=re.VERBOSE,
)
# Without which there is none of them
_SIGNS = Pattern(
    rf"[<\[~={{#!?:*|\\_\t｜＞]|^[ \t>]*[-`]|^[ \t+\d>]|[^\n]\n[{_BULLETS}–—－\u3000A-Za-z(（一二三四五六七八九十]",
    flags=re.MULTILINE,
)
_SAID = {
    "field": ("这里的记号照原样印出", "删去记号，只写文字；数和链接写在正文里"),
    "tag": ("这里不写 HTML 标签", "删去；小于号写成“小于”"),
    "footnote": ("这里没有脚注", "写在句子里，或者放进括号"),
    "struck": ("删除线印不出来", "删去的字和波浪号一起删掉"),
    "marked": ("底色印不出来", "删去等号；要突出的写成 **文字**"),
    "bold": (
        "这里的星号没有成对，或者里面有空格",
        "加粗写成 **文字**，星号挨着文字；真是星号的，写成 \\*\\*",
    ),
    "times": ("这里的星号印不出来", "乘号写成 ×；真是星号的，写成 \\*；要突出的写成 **文字**"),
    "ruled": ("这里的下划线印不出来", "要突出的写成 **文字**；真是下划线的，写成 \\_"),
    "escaped": ("这里的反斜线印不出来", "删去；公式写成文字"),
    "bare": ("这里的竖线不成表，照原样印出", "表头下面加一行，如 |---|---|，有几栏写几个"),
    "joined": ("列表、表格前面没有空行，同上一段连成一片", "在它前面空一行"),
    "wide": ("全角的竖线、大于号不成表格、引用，照原样印出", "用半角的 | 和 >，横线也是"),
    "rowless": ("这张表只有表头，印出一行空格子", "在横线下面写上各行，或者删去表头和横线"),
    "below": ("表格下面没有空行，这一行印成表格的一行", "在它前面空一行"),
    "tabs": (
        "从表格里粘贴来的几行，印出来没有栏，连成一片",
        "写成 | 分栏的表格，表头下面加一行 |---|---|；或者一行空一行地写",
    ),
    "goes_on": (
        "这一行上面没有空行，印在上面的列表、引用里",
        "在它前面空一行；是那一项的，行首空四格；是引用的，行首写 >",
    ),
    "run_on": ("这一行印出来接在上一行后面", "在它前面空一行；或者都写成列表，如 - 文字、1. 文字"),
    "skipped": ("列表印出来挨着编，不是这个号", "挨着编号；另起一个列表的，中间写一句话"),
    "twice": ("一行里有两个列表的号", "点后面不空格"),
    "set_in": ("行首空了四格，印成代码的样子", "删去行首的空格"),
    "task": ("方框印不出来", "删去方括号，写成普通的列表"),
    "box": ("提示框印不出来", "删去开头的符号，写成普通的段落"),
    "contents": ("这里没有目录", "删去；网页和公文的目录由系统来做"),
    "braces": ("这里的花括号照原样印出，不印数", "删去；数写在叙述稿里"),
    "heading": ("这里的标题印不出来", "删去 # 和下面的横线；要突出的写成 **文字**"),
    "code": ("叙述稿里不写代码格式", "删去反引号、波浪号"),
    "fence": ("这里没有代码块", "删去反引号、波浪号，文字照样写"),
    "item": ("列表只写一层", "行首不空格，同上一层一样写；或者改成小标题"),
    "flat": ("列表的下一层要空四格，不然同上一层一样", "行首空四格；不是下一层的，行首不空格"),
}


@finds(BY_ROLE, RULES)
def only_what_is_printed(passage: Passage, _: Lexicon) -> Found:
    """FZ711: 正文是简单的 Markdown：不写 HTML 标签、脚注一类印不出来的写法；叙述稿里不写代码格式，列表只写一层。

    段落、列表、加粗、表格、引用、网址链接都印得出来，别的写法照原样印成一串符号，或者不知不觉没有了；从网页上复制来的文字里常带着。
    标题只有叙述稿里有；`{{ … }}` 也只在叙述稿的正文里印成数。开头各项、设置文件和任务里只写文字，里面的记号只是提醒。
    列表、引用、表格同上一段、下一段之间空一行，换一种记号的列表也一样，不然连成一片；列表的一项接着写到下一行，行首空四格；从表格里粘贴来的几行没有栏；列表的号挨着编；`1、`、`•` 一类不成列表，
    一行空一行地写。行首空四格，是代码；在列表里，是那一项的下一段、下一层；空一格到三格的不是。
    改法：删去标签、反引号和行首的四个空格；小于号写成“小于”，乘号写成 ×；注写在句子里。
    """
    is_told = passage.role is Role.NARRATIVE
    marks = _IN_NARRATIVE if is_told else _ELSEWHERE
    text = blank_spans(passage.text, passage.verbatim)
    start = len(text[: passage.body].rstrip(" \t"))  # before the blanks that it begins with
    if is_told or _SIGNS.search(text, start):  # seldom in a record
        opened: list[str] = []
        for match in chain(*(p.finditer(text, start) for p in (marks, _STARS, _BOLD, _TABLES))):
            if not (kind := match.lastgroup):
                continue  # what is in bold is right
            if kind == "tag" and (tag := _TAG.match(text, match.start())):
                if not tag["closes"]:
                    opened.append(tag["name"])
                elif tag["name"] in opened:
                    opened.remove(tag["name"])  # the end of an element is no second fault
                    continue
            yield passage, match.start(kind), *_SAID[kind], passage.where
        for at, kind in _misread(text, passage.body, is_told=is_told):
            yield passage, at, *_SAID[kind], passage.where
    for match in _IN_FIELDS.finditer(text, 0, passage.body):  # last: of many, some are not told
        yield passage, match.start(), *_SAID["field"], FILED


def _misread(text: str, start: int, *, is_told: bool) -> Iterator[tuple[int, str]]:
    """Where a line is printed as something else than it begins with, and as what (`_SAID`).

    As Python-Markdown has it, with its sane lists: four blanks are a level, and a list goes on up to
    one of another kind or a paragraph that is not set in. Where it `is_told`, only paragraphs are.
    """
    levels: list[tuple[bool, int]] = []  # of the list at hand: is it numbered, the last number
    base, ends, is_quoted, runs_on, is_list, breaks = 0, True, False, False, False, False
    for line in _LINE.finditer(text, start):
        indent = len(line["indent"].expandtabs(4))
        is_item = bool(line["number"] or line["bullet"])
        goes_on = not ends and bool(
            (is_quoted and not line["quote"])
            or (levels and not (indent or is_item or line["row"] is not None))
        )
        was_quoted, is_quoted = is_quoted, bool(line["quote"]) or (is_quoted and not ends)
        ends |= is_quoted != was_quoted
        if line["apart"] or is_quoted != was_quoted:
            levels = []
        if line["apart"] or line["blank"] is not None:
            ends, runs_on = True, False
            continue
        is_list = is_item if ends else is_list  # the paragraph: in another, no line is an item
        is_deep = indent >= 4 * len(levels) + 4
        kind, number = bool(line["number"]), int(line["number"] or 0)
        level = min(indent // 4, len(levels))
        was, last = levels[level] if level < len(levels) else (kind, number - 1)
        if indent >= 4 and ((is_told and (is_item or line["row"])) or (ends and is_deep)):
            yield line.start(), "item" if is_item else "set_in"
        elif goes_on or (
            not ends
            and (
                (line["like"] and not breaks)
                or (is_item and (not is_list or is_deep or was != kind))
            )
        ):
            if not runs_on:
                yield line.start(), "joined" if is_item else "run_on" if line["like"] else "goes_on"
            runs_on = True
        elif is_item:
            base, runs_on = base if levels else indent, False
            last = last if was == kind else number - 1  # of another kind: another list
            levels[level:] = [(kind, last + 1 if number == 1 else number)]
            if base < indent < 4:
                yield line.start(), "item" if is_told else "flat"
            elif kind and number not in (1, last + 1):
                yield line.start(), "skipped"
        elif ends:
            levels = levels if indent >= 4 else []
        ends, breaks = False, line[0].endswith("  ")


def in_settings(settings: Settings) -> Iterator[Problem]:
    """FZ711 of what the settings and tasks say: it is printed as it is typed, like a field."""
    fault = only_what_is_printed.fault(*_SAID["field"], FILED)
    files = settings.township_source, settings.vocabulary_source, settings.figures_source
    for source in (*files, *(held.source for held in settings.tasks.values())):
        for keys, text in _texts(source.data):
            if _IN_FIELDS.search(text):
                yield source.problem(keys, fault)


def _texts(data: object, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Every text of data, and where it is; a 图题 is a sentence of its own."""
    if isinstance(data, str):
        yield keys, data
    pairs = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    )
    for key, value in pairs:
        if key != "图题":
            yield from _texts(value, (*keys, key))


@finds(BY_ROLE, RULES)
def safe_links(passage: Passage, _: Lexicon) -> Found:
    """FZ712: 链接只到 http、https 的网址，不引用图片。

    别的链接在网站上打不开，或者不安全，在发出去的公文里也不知道到哪里；图片要另作说明文字，正文里不用。
    改法：写成 `[文字](https://…)`，本站的网页也写完整的网址；图片删去。
    """
    text = passage.text
    for match in _LINK.finditer(text, passage.body):
        start = max(text.rfind("[", passage.body, match.start()), passage.body)
        is_image = text[start - 1 : start] == "!"
        is_empty = not text[start + 1 : match.start()].strip(" *_\n")
        is_elsewhere = is_image or is_empty or not _WEB_ADDRESS.match(text, match.start())
        if is_elsewhere and not text.startswith("[^", start):
            hint = "写成 [文字](https://…)，网址写完整"
            yield passage, start - is_image, "这样的链接或图片不能用", hint, passage.where


# From the end of a link's text: the text may hold brackets and line ends of its own.
_LINK = Pattern(r"\](?:\(|\[|:)")
_WEB_ADDRESS = Pattern(
    rf"\]\([ \n]*https?://\w[\w.-]*(?::\d{{1,5}})?(?:[/?#][^\s)<>{{}}{HIDDEN}{REMOVED}]*)?[ \n]*\)"
)
"""A host, behind which nothing is read on as a part of it; then a path. A title is printed nowhere."""
