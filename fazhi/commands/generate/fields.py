"""Writes the field pages of the guide: every key of every kind, as the schema declares it."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any

from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, PUBLICITY, Kind, Publicity
from fazhi.sources import front_matter, strict_yaml

FOLDER = "docs/guide/fields"

EXAMPLES: Mapping[str, Mapping[str, Any]] = strict_yaml.load(
    resources.files(__package__).joinpath("examples.yml").read_text(encoding="utf-8"), dict
)
"""A record of each kind."""

GENERATED = (
    "本页由 `scripts/generate.py` 从 `fazhi/schema/kinds.py` 生成，要改就改那里，再运行 "
    "`python3 scripts/generate.py`。\n"
)


def pages() -> dict[str, str]:
    found = {f"{FOLDER}/{kind.folder}.md": "\n".join(_page(kind)) for kind in KINDS.values()}
    return {f"{FOLDER}/index.md": "\n".join(_index()), **found}


def _index() -> Iterator[str]:
    yield "# 各种记录的项\n"
    yield "每种记录可以写哪些项、怎么写、公开版显示什么。怎样建一条记录，见 [写记录](../records.md)。\n"
    yield "| 记录 | 文件夹 | 领头的日期 | 不写“公开”的 | 最多公开到 | 编辑器用的格式说明 |"
    yield "|---|---|---|---|---|---|"
    for kind in KINDS.values():
        schema = f"{kind.folder}.schema.json"
        yield (
            f"| [{kind.name}]({kind.folder}.md) | `{kind.folder}/` | {kind.model.leading} "
            f"| {_degree(kind.model.publicity)} | {_degree(kind.model.publicity_limit)} "
            f"| [{schema}](../schemas/{schema}) |"
        )
    yield "\n各页表里“公开版”一栏：全文公开的记录有单独的网页，“显示”说的是这个网页；只公开摘要的，"
    yield "列表里只有月份、类别和主题（现状为数量）；仅统计的，只计入数字。\n"
    yield GENERATED


def _page(kind: Kind) -> Iterator[str]:
    yield f"# {kind.name}的各项\n"
    yield (
        f"一条一个文件，放在 `records/<年>/{kind.folder}/`，年份是{kind.model.leading}的那一年。"
        f"说明和例子见 [写记录](../records.md#{kind.name})。\n"
    )
    yield from _table(kind, (kind.fields[key] for key in kind.order))
    for spec in kind.fields.values():
        if spec.model:
            yield f"## {spec.key}的每一项\n"
            yield from _table(kind, specs(spec.model).values(), above=spec)
    yield "## 例子\n\n```markdown"
    yield front_matter.record(EXAMPLES[kind.name], kind.order).rstrip("\n")
    yield "```\n"
    yield GENERATED


def _table(
    kind: Kind, fields: Iterable[FieldSpec], above: FieldSpec | None = None
) -> Iterator[str]:
    yield "| 项 | 必填 | 写法 | 意思 | 公开版 |"
    yield "|---|---|---|---|---|"
    for spec in fields:
        is_needed = "是" if spec.required else "" if above else _SOMETIMES.get(spec.key, "")
        shown = publicly(kind, above or spec)
        if above:
            shown = "显示" if spec.public and shown != "不显示" else "不显示"
        text = meaning(spec).replace("<", "&lt;")
        yield f"| {spec.key} | {is_needed} | {manner(kind, spec)} | {text} | {shown} |"
    yield ""


_SOMETIMES = {
    "日期": "二选一",
    "起始日期": "二选一",
    "结束日期": "二选一",
    "板块": "看类别",
    "办结日期": "看结果",
    "数量": "至少一项",
    "分类": "至少一项",
}
"""What the rules ask for besides: FZ206, FZ302, FZ405, FZ406."""


def meaning(spec: FieldSpec) -> str:
    """What a field means, and what to mind."""
    return "；".join(filter(None, (spec.meaning, spec.note)))


def manner(kind: Kind, spec: FieldSpec) -> str:
    """How a value is written."""
    if spec.is_day:
        return "日期，如 `2025-04-15`"
    if spec.is_count:
        return "整数，不写单位"
    if spec.model:
        return "一项一行，每一项见下表"
    if spec.fixed:
        return "、".join(f"`{word}`" for word in kind.choices(spec))
    if spec.words is None:
        return "文字"
    where = _LISTS.get(spec.words, f"词表“{spec.words}”")
    if spec.is_mapping:
        return f"`{{名称: 数量}}`，名称取自{where}"
    return f"取自{where}，写成 `[甲, 乙]`" if spec.is_list else f"取自{where}，只写一个"


_LISTS = {
    "类别": "词表“类别”里这种记录的词",
    "结果": "词表里这个类别的“结果”",
    "分项": "词表里这个类别的“分项”，没有规定的写短词",
    "村": "`township.yml` 的“村”",
}
"""Where words come from that are not a list of their own in vocabulary.yml."""


def publicly(kind: Kind, spec: FieldSpec) -> str:
    """What the public edition shows of a field."""
    is_date = spec.key in {kind.model.leading, "起始日期", "结束日期"}
    match kind.model.publicity_limit:
        case Publicity.COUNTED:
            is_counted = is_date or spec.key in {"类别", "板块", "结果"}
            return "只在各月合计里" if is_counted else "不显示"
        case Publicity.SUMMARY if is_date:
            return "只显示月份"
        case Publicity.SUMMARY if not spec.model or spec.public:
            return "显示" if spec.key in {"类别", "板块"} else "不显示"
    if spec.key == "计数":
        return "词表里写了 `公开: 是` 的显示"
    if spec.model:
        return f"只显示{'和'.join(p.key for p in specs(spec.model).values() if p.public)}"
    return "显示" if spec.public else "不显示"


def _degree(publicity: Publicity) -> str:
    return next(name for name, degree in PUBLICITY.items() if degree is publicity)
