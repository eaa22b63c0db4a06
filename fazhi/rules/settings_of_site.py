"""Rules about mkdocs.yml, as far as no generator is needed to see what is wrong with it."""

from collections.abc import Iterator, Mapping
from itertools import islice

import yaml

from fazhi.problems.problem import MOST_REPORTED, Fault, Problem
from fazhi.problems.quoting import shown
from fazhi.schema.faults import missing, not_of_the_list, unknown_field, wrong_form
from fazhi.sources import faults, strict_yaml
from fazhi.sources.text import apart, of_fields, searched_text
from fazhi.sources.tree import Tree
from fazhi.sources.yaml_errors import Placed, syntax_error

SITE = "mkdocs.yml"  # where the site's name and description are written
_TAKEN = {  # another plugin may write into docs/; what is in another folder is not searched
    "docs_dir": ["docs"],
    "theme.name": ["material"],
    "theme.custom_dir": ["overrides"],
    "theme.language": ["zh"],
    "plugins": ["search", "offline"],
}
_EXTENSIONS = "markdown_extensions."
_NEEDED = {
    "": ["site_name", "theme", "hooks", "plugins", "markdown_extensions"],
    "theme": ["name", "custom_dir", "language"],
    "hooks": ["hooks/site.py"],
    "plugins": ["search", "offline"],
    "markdown_extensions": [
        *("attr_list", "sane_lists", "fazhi_mkdocs.markdown_tables:NamedTables"),
    ],
}
_FILES = "删去这一项，要印的话直接写出来"
_NOT_USED = {
    "INHERIT": "删去这一项，要的各项直接写在这里",
    "nav": "删去这一项，菜单由程序按年份和板块来排；别处的网址写进首页",
    "site_url": "删去这一项，地址写在 township.yml 的“网站”里",
    "exclude_docs": "删去这一项，一条记录公开多少写在它的“公开”里",
    "draft_docs": "删去这一项，一条记录公开多少写在它的“公开”里",
    f"{_EXTENSIONS}pymdownx.snippets": _FILES,  # they would put any file into a page
    f"{_EXTENSIONS}pymdownx.b64": _FILES,
}
_KINDS = {"str": "一段文字", "seq": "列表，一项一行，开头写“- ”", "map": "一组“名称: 内容”"}
_KIND = {  # what a setting is, and what its items are; of the others MkDocs says it
    **dict.fromkeys(("site_name", f"{_EXTENSIONS}toc.title"), ("str", "")),
    f"{_EXTENSIONS}toc.separator": ("str", ""),
    **dict.fromkeys(("theme", "extra"), ("map", "")),
    **dict.fromkeys(("hooks", "watch", "extra_css", "extra.polyfills"), ("seq", "str")),
    **dict.fromkeys(("theme.features", "theme.static_templates"), ("seq", "str")),
    "extra_javascript": ("seq", ""),
    "theme.palette": ("seq", "map"),
}
_SERVED = ("docs", "overrides")
_Setting = tuple[yaml.Node, yaml.Node]  # its name and what it holds
_Settings = Mapping[str, _Setting]


def problems(tree: Tree) -> Iterator[Problem]:
    """What is wrong with mkdocs.yml, where it is there."""
    if tree.is_file(SITE):
        text, found = searched_text(tree, SITE)
        yield from found
        values, wrong = _values(text)
        wrong += islice(strict_yaml.refused(text, tags=False), MOST_REPORTED)
        for line, column, fault in wrong or ([] if found and not text else _misused(text, tree)):
            yield Problem(SITE, line + 1, column + 1, *fault)
        yield from apart(SITE, values, text)
        yield from of_fields(SITE, text, text)


def _misused(text: str, tree: Tree) -> Iterator[Placed]:
    """What is wrong with settings that can be read, told without running what tags would run."""
    settings = next(yaml.compose_all(text, Loader=yaml.CSafeLoader), None)
    if isinstance(settings, yaml.MappingNode):
        yield from islice(strict_yaml.duplicates(settings), MOST_REPORTED)
        held = dict(_settings(settings))
        yield from _chosen(held)
        yield from _lacking(held, settings)
        yield from _of_another_kind(held)
        yield from _without_file(held, tree)
    else:
        yield 0, 0, faults.wrong_shape(dict, type(getattr(settings, "value", None)))


def _chosen(held: _Settings) -> Iterator[Placed]:
    """FZ205 of each setting that cannot be chosen, FZ202 of each that is not used."""
    for name, allowed in _TAKEN.items():
        for chosen in _names(held[name][1]) if name in held else ():
            if chosen.value not in allowed:
                fault = not_of_the_list(name, chosen.value, allowed, may_be_left_out=False)
                yield _at(chosen, fault)
    for name, (key, _) in held.items():
        used, _, of_class = name.partition(":")
        if used in _NOT_USED and "." not in of_class:
            told = f"{shown(used.removeprefix(_EXTENSIONS))}不用"
            yield _at(key, unknown_field.fault(told, _NOT_USED[used]))


def _lacking(held: _Settings, settings: yaml.Node) -> Iterator[Placed]:
    """FZ201 of the settings without which there is no site, or another than ours."""
    for above, needed in _NEEDED.items():
        prefix = f"{above}." if above else ""
        lacking = [shown(name, 60) for name in needed if f"{prefix}{name}" not in held]
        if lacking and (not above or above in held):
            said = f"{above or SITE}里没有{'、'.join(lacking)}"
            place = held[above][0] if above else settings
            yield _at(place, missing(said, "写上，或者从 git、备份里取回"))


def _of_another_kind(held: _Settings) -> Iterator[Placed]:
    """FZ203 of each setting that MkDocs or its theme could not use."""
    for name, (kind, of_items) in _KIND.items():
        if name in held:
            key, node = held[name]
            items = node.value if of_items and isinstance(node, yaml.SequenceNode) else ()
            wanted = [(kind, node), *((of_items, item) for item in items)]
            if any(each.tag != f"tag:yaml.org,2002:{kind}" for kind, each in wanted):
                yield _at(key, wrong_form(f"{name}写得不对", f"要写成{_KINDS[kind]}"))


def _without_file(held: _Settings, tree: Tree) -> Iterator[Placed]:
    """FZ114 of each style and script that a page would ask for, and that is not there."""
    for name in ("extra_css", "extra_javascript"):
        node = held[name][1] if name in held else None
        for file in node.value if isinstance(node, yaml.SequenceNode) else ():
            path = file.value.partition("?")[0] if isinstance(file, yaml.ScalarNode) else "://"
            if "://" not in path and not any(tree.is_file(f"{top}/{path}") for top in _SERVED):
                fault = faults.no_plain_file(
                    f"{name}：没有文件{shown(path)}", "写有的文件，或者删去"
                )
                yield _at(file, fault)


def _at(node: yaml.Node, fault: Fault) -> Placed:
    return node.start_mark.line, node.start_mark.column, fault


def _settings(node: yaml.Node, above: str = "") -> Iterator[tuple[str, _Setting]]:
    """The settings in a mapping, or in a list, by their names behind those of what they are in."""
    for held in node.value if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) else ():
        if isinstance(held, tuple):
            name = f"{above}{held[0].value}"
            yield name, held
            yield from _settings(held[1], f"{name}.")
        elif isinstance(held, yaml.ScalarNode):
            yield f"{above}{held.value}", (held, held)
        else:
            yield from _settings(held, above)


def _names(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """A name, or those of a list or a mapping."""
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for held in node.value:
        yield from _names(held[0] if isinstance(held, tuple) else held)


def _values(text: str) -> tuple[str, list[Placed]]:
    """What the values of YAML say, escapes undone, as far as it can be parsed; why it cannot further."""
    said: list[str] = []
    wrong: list[Placed] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                said.append(event.value)
    except yaml.MarkedYAMLError as error:
        wrong += syntax_error(text, error).faults
    return "\n".join(said), wrong
