"""What else a text says to its readers: without its marks, its escapes undone, its tables by column."""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.personal.names import begins_a_name, in_titles
from fazhi.personal.people import PEOPLE
from fazhi.personal.signs import HAN, OTHER_SURNAMES, SURNAMES

ABOUT_A_PERSON = Pattern(  # names of fields and columns that would hold personal data
    r"姓名|电话|手机|座机|联系方式|联系人|身份证|证件号|银行卡|卡号|[账帐]号|住址|家庭地址|门牌|微信|[Qq]{2}|邮箱|出生|生日|"
    r"性别|民族|年龄|车牌|护照|驾驶证|户口[本簿]号|学籍号|病历号|社保号|户主|患者|死者|"
    r"(?:当事|申请|信访|上访|举报|处罚|监护|受援|来访)人(?!人?[数次])"
)
ANOTHER = r"(?i)<(?=(?:h[1-6]|dt|caption|summary)[ >])|(?<![:：])<(?=/p>)"
"""Where an element begins that says no value of what stands before it, or a paragraph ends."""
DEPTH = 5  # escapes within escapes
_MARKS = r"[*`~\\]|\[\^[\w-]{1,20}\]|(?<![^\W_])_|_(?![^\W_])|<!--.{0,500}?-->|</?[A-Za-z][^<>\n]{0,200}>"
_A_STAR = rf"(?m)\\\*|(?<=\d)\*{{3,}}(?=\d)|(?:(?<=[^\w*]{HAN})|(?<=^{HAN}))\*(?={HAN}(?!{HAN})[^*|\n]*(?:\||$))"
"""It is escaped, or in a number; or hides one of a name's characters, and no other is there for Markdown to begin with it."""
_NEXT_CELL = r"(?i)</t[dh]>\s{0,9}<t[dh](?=[\s>])[^<>\n]{0,200}>"
_SIGNS_OF_MARKS = frozenset("*_`~\\<[&")
_LINK = r"\[([^\[\]\n]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])"
_COMMENT = re.compile(r"<!--((?:(?!<!--).)*?)-->", re.DOTALL)
_PART_OF_A_NUMBER = "位|[前中后][三四3-4]"
_FAMILY, _GIVEN = (
    "(?i)姓氏?|(?:last|family)[_ ]?name|surname|xing",
    "(?i)名字?|(?:first|given)[_ ]?name|ming",
)
_CALLED = rf"(?:{PEOPLE}|成员)(?:姓?名|名[字单])?"
_NAMED = Pattern(rf"(?i)name|xm|xing_?ming|名字|{HAN}{{0,6}}{_CALLED}")
"""Heads of columns under which people's names stand, where they are names."""
_ENDS_IN_PEOPLE = Pattern(rf"{_CALLED}(?!{HAN})")
_SOMEBODY = "居民"
_OF_PEOPLE = f"{_SOMEBODY}|姓名|户主|[患死]者|(?<!联系)人$"
_OF_A_PERSON = "^[住农]?户主?$|(?:当事|申请|信访|上访|举报|投诉|诉求|来电|来访|反映|求助|受[害助])人$|^[村居市]民$|^(?:来[访电])?群众$|[患死]者$"
_NAMELESS = f"(?:^|[村组社人户:])[{SURNAMES}](?:某{{1,2}}|先生|女士)$"
_A_COMPANY = "(?:公司|单位|[厂店社局所院会校部办队]|中心|政府)$"
_AN_OFFICE = "(?:长|书记|支书|主任|主席|委员|干部|专干|员(?<![党团学会社演球雇店]员)|民警|辅警|律师|文书|[法察]官|顾问|教师|会计|出纳|明白人|志愿者|负责人|人才|人大代表)(?:[)）]|$)"
_OF_AN_OFFICE = "执法(?:证|领域|类别)|执业证|律所|包联|^副?组长$"
"""What stands over a column beside the names of those who are of an office."""
_REACHED = "(?<!咨询|监督|服务|办公|举报|值班|办理|受理)(?:电话|座机|固话|联系方式|地址)"
_BEGINS = SURNAMES + OTHER_SURNAMES
_COLUMN = (
    "(?:序号?|编号|姓名|户主(?:姓名)?|性别|年龄|民族|金额|标准|村[组社]?|[组社]别?|住址|地址|电话|手机号?码?|联系[电方][话式]|人数|人口|备注|事由"
    "|类[别型]|(?:与户主)?关系|身份证号?码?|单位|职务|面积|签[名字章]|原因|时间|日期)"
)
_HEADS = Pattern(rf"(?m)^(?=.*(?:姓名|户主)){_COLUMN}(?:[ \u3000]+{_COLUMN})+$")
"""Of a table whose cells only blanks part."""
ADDRESSED = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_ROW = r"(?i)<(?:w:|table:table-)?(?:tr|row)(?=[\s>])"
_CELL = r"(?i)<(?:w:|table:table-)?(?:t[cdh]|cell|c)(?=[\s>])[^<>]*>"
_TAG = re.compile(r"<[^<>]*>")


def readings(prose: str) -> Iterator[str]:
    """Markdown as it is read on a page, as a browser reads its addresses, and its tables."""
    yield (plain := unmarked(prose))
    if "\n" in plain:
        yield on_one_line(plain.replace("\t", "|"))
    if named := [
        f"姓名：{said[a:b]}" for said in map(opened, _links(prose)) for a, b in in_titles(said)
    ]:
        yield "\n".join(named)
    if "<!--" in prose:
        yield unmarked("\n".join(_COMMENT.findall(prose)))
    if "%" in prose or "&" in prose or "<br" in prose:
        yield re.sub("<br */?>", "\n", opened(prose))
    if cells := "\n".join(columns(unescaped(prose))):
        yield cells


def _links(prose: str) -> Iterator[str]:
    """What links say and where they lead."""
    return (link[0] for link in re.finditer(_LINK, prose)) if "](" in prose else iter(())


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
    text = re.sub(_LINK, r"\1", re.sub(ANOTHER, "。<", unescaped(text)))
    return re.sub(
        _MARKS,
        "",
        re.sub(_A_STAR, lambda star: "×" * star[0].count("*"), re.sub(_NEXT_CELL, "|", text)),
    )


def on_one_line(text: str) -> str:
    """The text without its line ends and the spaces around them."""
    return "".join(map(str.strip, text.split("\n"))) if "\n" in text else text


def columns(text: str) -> Iterator[str]:
    """The cells of tables of Markdown and HTML behind what heads their columns: 姓名：王三."""
    is_drawn = any(sign in text for sign in ("|", "\t", "<t", "<w:t", "<row"))
    if not is_drawn and not _HEADS.search(text):
        return
    table: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        plain = line.strip().removeprefix("|").removesuffix("|")
        if "|" in line or "\t" in line:
            table.append(re.split(r"\||\t", plain))
        elif _HEADS.fullmatch(plain) or (table and len(plain.split()) > 1):
            table.append(plain.split())
        elif table:
            yield from (_either_way if is_drawn else under_heads)(table)
            table = []
    for markup in text.split("<table") if "<" in text else ():
        rows = (row.partition("</tr")[0] for row in re.split(_ROW, markup)[1:])
        yield from _either_way(
            [[_TAG.sub("", c) for c in re.split(_CELL, row)[1:]] for row in rows]
        )


def _either_way(table: list[list[str]]) -> Iterator[str]:
    """A table whose heads are its first row, or its first column where no office heads another; heads of
    its first row are no names."""
    yield from under_heads(table)
    first, *rest = table or [[]]
    if any(re.search(f"{_OF_AN_OFFICE}|职务|岗位", re.sub(r"\s", "", cell)) for cell in first):
        return
    if len(first) > 2 and rest and _person(first[0]):
        first = [cell if not n or begins_a_name(cell) else "" for n, cell in enumerate(first)]
    yield from under_heads(zip_longest(first, *rest, fillvalue=""))


def under_heads(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The cells of a table whose heads are its first row of more than a title; those of one column, or
    under one head, also together where they may be the parts of one number."""
    heads: list[str] = []
    titles: list[str] = []
    width = 0
    parts: dict[str, str] = {}
    for cells in rows:
        plain = [re.sub(r"[\"'\s]+", " ", unmarked(cell)).strip(" :-") for cell in cells]
        if not cells:
            heads, width = [], 0  # another table
        filled, is_headed = sum(map(bool, plain)), width > 1 and any(heads)
        people = 0 if is_headed else sum(map(bool, map(_person, plain)))
        if (not heads and filled > 1) or (people and width < 2) or (people > 1 and not any(heads)):
            titles, named, width = plain, "", filled
            heads = [named := _person(cell) if cell else named for cell in plain]
            continue
        if places := [
            c
            for t, c in zip(titles, plain, strict=False)
            if c.isdigit() and re.search(_PART_OF_A_NUMBER, t)
        ]:
            yield f"{next(filter(None, heads), '')}：{''.join(places)}"
        yield from name_in_two(dict(zip(titles, plain, strict=False)))
        is_public = any(
            re.search(_OF_AN_OFFICE, title)
            or (re.search("职务|岗位|身份$|成员", title) and re.search(_AN_OFFICE, cell))
            for title, cell in zip((t.replace(" ", "") for t in titles), plain, strict=False)
        )
        whose = "本人" * any(
            (cell[:1] in _BEGINS and re.search(_OF_PEOPLE, head))
            or re.search(_OF_A_PERSON, title)
            or (head == _SOMEBODY and title[-1] not in "方员")
            or re.search(_NAMELESS, cell)
            for title, head, cell in zip(titles, heads, plain, strict=False)
            if cell and not re.search(_A_COMPANY, cell)
        )
        for head, title, cell in zip(heads, titles, plain, strict=False):
            if re.search("单位|部门|机构", title):
                whose = ""  # what stands behind it is the office's
            called = head or title.replace(" ", "") * (not re.search(r"\d", title))
            is_name = head != _SOMEBODY or not cell[:1].isdigit() or re.search(_OF_A_PERSON, title)
            of_one = re.search(_OF_A_PERSON, title)
            if called and cell and is_name and not (is_public and head and not of_one):
                yield f"{whose if re.search(_REACHED, called) else ''}{called}：{cell}"
            if head:
                parts[head] = parts.get(head, "") + cell
    yield from (
        f"{head}：{whole}"
        for head, whole in parts.items()
        if head != _SOMEBODY and whole.isdigit() and len(whole) < 20
    )


def name_in_two(held: Mapping[str, object]) -> Iterator[str]:
    """A person's name that stands in two fields, or under two heads."""
    for family in filter(re.compile(_FAMILY).fullmatch, held):
        for given in filter(re.compile(_GIVEN).fullmatch, held):
            yield f"姓名：{held[family]}{held[given]}"


def names_a_person(text: str) -> bool:
    """Whether a table may head one of its columns with what is of a person."""
    bare = re.sub(r"[*_ ]", "", text)
    return bool(ABOUT_A_PERSON.search(bare) or _ENDS_IN_PEOPLE.search(bare))


def _person(head: str) -> str:
    """What a column is said to hold, where it is of a person."""
    plain = re.sub(r"[(（].*|\s", "", head)
    if ABOUT_A_PERSON.search(plain):
        return plain
    return _SOMEBODY if _NAMED.fullmatch(plain) else ""
