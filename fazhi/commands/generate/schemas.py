"""JSON Schemas: of each kind of record, with the township's words, and of what commands print.

They state what the schema states; the rules are left to the checker, but for what an editor can
offer: the 结果 of a 类别, or a field that one of them asks for.
"""

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from fazhi.commands import check_text, compare
from fazhi.commands.generate import fields
from fazhi.output.data.json_files import DRAFT, Schema, schema_of, written
from fazhi.problems import formats
from fazhi.schema import tasks
from fazhi.schema.every_kind import Dated
from fazhi.schema.fields import MAX_AMOUNT, FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind, Standing
from fazhi.schema.spelling import MAX_COUNT
from fazhi.schema.tasks import Task
from fazhi.schema.township import Settings
from fazhi.schema.words import Category, Counter, PublicityDay, Section, Word

FOLDER = "docs/guide/schemas"
OUTPUTS: Mapping[str, tuple[str, type[BaseModel]]] = {  # by name: title, model
    "problems": ("check_records.py --format json 的输出", formats.Report),
    "comparison": ("compare.py --format json 的输出", compare.Comparison),
    "checked_text": ("check_text.py --format json 的输出", check_text.Checked),
}
_COUNT = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}
_AMOUNT = {"type": "number", "minimum": 0, "maximum": MAX_AMOUNT}


def documents(settings: Settings) -> dict[str, str]:
    """The schemas by their paths from the project folder."""
    schemas = {kind.folder: record(kind, settings) for kind in KINDS.values()}
    schemas["tasks"] = _tasks(settings)
    schemas |= {name: schema_of(title, model) for name, (title, model) in OUTPUTS.items()}
    return {f"{FOLDER}/{name}.schema.json": written(made) for name, made in schemas.items()}


def record(kind: Kind, settings: Settings) -> Schema:
    """The schema of the front matter of a kind."""
    more = [*_conditions(kind), *_by_category(kind, settings)]
    return {
        "$schema": DRAFT,
        "title": f"{kind.name}记录",
        "description": f"records/<年>/{kind.folder}/ 里的记录，两行 --- 之间的各项",
        **_mapping(kind, settings, [kind.fields[key] for key in kind.order]),
        **({"allOf": more} if more else {}),
    }


def _tasks(settings: Settings) -> Schema:
    """The schema of a year's tasks, whose fields draw on no words: any kind will do."""
    return {
        "$schema": DRAFT,
        "title": "一年的任务",
        "description": f"records/<年>/{tasks.FILE}",
        "type": "array",
        "items": _mapping(KINDS["活动"], settings, specs(Task).values()),
    }


def _mapping(kind: Kind, settings: Settings, declared: Collection[FieldSpec]) -> Schema:
    return {
        "type": "object",
        "properties": {spec.key: _field(kind, settings, spec) for spec in declared},
        "required": [spec.key for spec in declared if spec.required],
        "additionalProperties": False,
    }


def _field(kind: Kind, settings: Settings, spec: FieldSpec) -> Schema:
    meaning, how = fields.meaning(spec), fields.manner(kind, spec)
    schema = {
        "description": f"{meaning}。写法：{how.replace('`', '')}。",
        "markdownDescription": f"**{spec.key}**　{meaning}。\n\n写法：{how}。",
        **_value(kind, settings, spec),
    }
    example = fields.EXAMPLES[kind.name].get(spec.key)
    if spec.key in kind.fields and example is not None:
        schema["examples"] = [example]
    return schema


def _value(kind: Kind, settings: Settings, spec: FieldSpec) -> Schema:
    if spec.is_mapping:
        if spec.words == "分项":  # the 类别 names them
            return {"type": "object", "additionalProperties": _COUNT}
        named = words(kind, settings, spec)
        properties = {name: {"description": text, **_AMOUNT} for name, text in named.items()}
        if spec.words == "标记":
            declared = settings.fields(kind)
            properties = {}
            for name in named:
                one = _enum(words(kind, settings, declared[name]))
                properties[name] = {"anyOf": [one, {"type": "array", "items": one}]}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    if spec.model:
        item = _mapping(kind, settings, specs(spec.model).values())
        return {"type": "array", "items": item, "minItems": 1 if spec.required else 0}
    single = _single(kind, settings, spec)
    return {"type": "array", "items": single} if spec.is_list else single


def _single(kind: Kind, settings: Settings, spec: FieldSpec) -> Schema:
    if spec.is_day:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if spec.is_count:
        return _COUNT
    if spec.is_amount:
        return _AMOUNT
    if spec.fixed:
        return {"enum": list(kind.choices(spec))}
    if spec.words:
        return _enum(words(kind, settings, spec))
    # 2025 as a title is read as a number, and taken for the text.
    return {"type": ["string", "integer"], "maxLength": 2000, "pattern": r"\S"}


def words(kind: Kind, settings: Settings, spec: FieldSpec) -> dict[str, str]:
    """The words of a field in all years, described; those that are no longer used last."""
    found: dict[str, list[str]] = {}
    for word in sorted(settings.entries(kind, spec) or (), key=lambda word: word.until is not None):
        found.setdefault(word.name, []).append("，".join(_about(word)))
    return {name: "；".join(filter(None, texts)) for name, texts in found.items()}


def _enum(words: Mapping[str, str]) -> Schema:
    # A number without quotes is read as one, and taken for the word.
    numbers = [int(word) for word in words if word.isdecimal() and str(int(word)) == word]
    schema: Schema = {"enum": [*words, *numbers]}
    if any(words.values()):
        schema["enumDescriptions"] = [*words.values(), *("" for _ in numbers)]
    return schema


def _about(word: Word) -> Iterator[str]:
    match word:
        case Category(section=str(section)):
            yield f"板块：{section}"
        case Category(unit=None, outcomes=()):
            yield "要写明板块"
        case PublicityDay():
            yield f"{word.meaning}，{word.opens} 至 {word.closes}"
        case Section():
            yield word.meaning
        case Counter():
            yield f"单位：{word.unit}" + ("" if word.public else "，公开版不显示")
    if word.since:
        yield f"{word.since}年起用"
    if word.until:
        yield f"用到{word.until}年"


def _conditions(kind: Kind) -> Iterator[Schema]:
    model = kind.model
    if issubclass(model, Dated):
        yield {
            "oneOf": [{"required": ["日期"]}, {"required": ["起始日期"]}],
            "dependentRequired": {"起始日期": ["结束日期"], "结束日期": ["起始日期"]},
        }
    if issubclass(model, Case):
        is_open = {"properties": {"结果": {"const": Case.OPEN}}, "required": ["结果"]}
        is_closed = {"required": ["办结日期"]}
        yield {"if": is_open, "then": {"not": is_closed}, "else": is_closed}
    if issubclass(model, Standing):
        yield {"anyOf": [{"required": ["数量"]}, {"required": ["分类"]}]}


def _by_category(kind: Kind, settings: Settings) -> Iterator[Schema]:
    """What a 类别 asks for: its own 结果, and a 板块 where it names none."""
    by_name: dict[str, list[Category]] = {}
    for category in settings.vocabulary.categories.get(kind.name, ()):
        by_name.setdefault(category.name, []).append(category)
    for name, versions in by_name.items():
        then: Schema = {}
        outcomes = dict.fromkeys(outcome for version in versions for outcome in version.outcomes)
        parts = dict.fromkeys(part for version in versions for part in version.parts)
        if outcomes:
            then["properties"] = {"结果": {"enum": list(outcomes)}}
        elif parts:
            then["properties"] = {"分类": {"properties": dict.fromkeys(parts, _COUNT)}}
        if all(version.section is None for version in versions):
            then["required"] = ["板块"]
        if then:
            chosen = {"properties": {"类别": {"const": name}}, "required": ["类别"]}
            yield {"if": chosen, "then": then}
