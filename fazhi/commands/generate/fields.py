"""Writes the field pages of the guide: every key of every kind, as the schema declares it."""

from collections.abc import Mapping
from importlib import resources
from typing import Any

from fazhi.commands.texts import filled
from fazhi.schema.every_kind import PUBLICITY, Publicity
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Kind
from fazhi.sources import front_matter, strict_yaml

FOLDER = "docs/guide/fields"

EXAMPLES: Mapping[str, Mapping[str, Any]] = strict_yaml.load(  # a record of each kind
    resources.files(__package__).joinpath("examples.yml").read_text(encoding="utf-8"), dict
)
_LISTS = {  # where words come from that are not a list of their own in vocabulary.yml
    "类别": "词表“类别”里这种记录的词",
    "结果": "词表里这个类别的“结果”",
    "分项": "词表里这个类别的“分项”，没有规定的写短词",
    "村": "`township.yml` 的“村”",
    "标记": "词表里这个类别的“标记”",
    "任务": "这一年 `tasks.yml` 的“编号”",
}


def pages() -> dict[str, str]:
    """The pages by path: one of each kind, and their index."""
    kinds = KINDS.values()
    degrees = {degree: name for name, degree in PUBLICITY.items()}
    index = filled("fields_index.md", kinds=kinds, degrees=degrees)
    return {f"{FOLDER}/index.md": index, **{f"{FOLDER}/{k.folder}.md": _page(k) for k in kinds}}


def _page(kind: Kind) -> str:
    return filled(
        "fields.md",
        kind=kind,
        in_order=[kind.fields[key] for key in kind.order],
        example=front_matter.record(EXAMPLES[kind.name], kind.order),
        manner=manner,
        meaning=meaning,
        publicly=publicly,
        parts=specs,
    )


def meaning(spec: FieldSpec) -> str:
    """What a field means, and what to mind."""
    return "；".join(filter(None, (spec.meaning, spec.note)))


def manner(kind: Kind, spec: FieldSpec) -> str:
    """How a value is written."""
    if spec.is_day:
        return "日期，如 `2025-04-15`"
    if spec.is_count:
        return "整数，不写单位"
    if spec.is_amount:
        return "数，可以有小数，不写单位"
    if spec.model:
        return "一项一行，每一项见下表"
    if spec.fixed:
        return "、".join(f"`{word}`" for word in kind.choices(spec))
    if spec.words is None:
        return "文字"
    where = _LISTS.get(spec.words, f"词表“{spec.words}”")
    if spec.is_mapping:
        held = "词" if spec.words == "标记" else "数量"
        return f"`{{名称: {held}}}`，名称取自{where}"
    return f"取自{where}，写成 `[甲, 乙]`" if spec.is_list else f"取自{where}，只写一个"


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
