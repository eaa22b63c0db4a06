"""Rules that the words of a record are those of the vocabulary."""

import re
from collections.abc import Iterable

from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.schema.contradictions import is_short_word
from fazhi.schema.every_kind import PUBLICITY, Publicity
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import AgendaItem, Meeting, Standing
from fazhi.schema.spelling import says_nothing
from fazhi.schema.township import Settings
from fazhi.schema.words import overlap
from fazhi.sources.source import ITSELF, Key

RULES = Checks[[Record, Settings]]()


@finds(ERROR, RULES)
def known_category(record: Record, settings: Settings) -> Found:
    """FZ301: 类别取自词表里这种记录的类别。

    记录算进哪个板块、哪个指标，都由类别来定。
    改法：照提示改成词表里的类别；确实是新的一类，先写进 `records/vocabulary.yml`。
    """
    spec = record.kind.fields["类别"]
    yield from _unknown(record, settings, spec, ["类别"], record.fields.category)


@finds(ERROR, RULES)
def known_section(record: Record, settings: Settings) -> Found:
    """FZ302: 类别不能定板块的，记录写明板块；类别已经定了的，不另写一个。

    一条记录只在一个板块里数一次。词表里写了“板块”的类别，记录不用再写。
    改法：提示缺少的，补上“板块: …”；提示不能写的，删去这一行。
    """
    own, spec = record.fields.section, record.kind.fields["板块"]
    if (category := record.category(settings)) is None:
        return
    if own is None and category.section is None:
        hint = "补上“板块: …”，" + did_you_mean("", settings.words(record.kind, spec) or ())
        message = f"{shown(category.name)}不能定板块，要写明"
        yield record, ["类别"], message, hint
    elif own and category.section and own != category.section:
        message = f"{shown(category.name)}属于{shown(category.section)}，不能写成{shown(own)}"
        yield record, ["板块"], message, "删去这一行"
    elif own:
        yield from _unknown(record, settings, spec, ["板块"], own)


@finds(ERROR, RULES)
def known_words(record: Record, settings: Settings) -> Found:
    """FZ303: 主题、普法节点、来源、纠纷类型、处罚种类和计数的名称取自词表。

    同一个意思用同一个词，才能数在一起、搜得到。
    改法：照提示改成词表里的词；确实是新词，先写进 `records/vocabulary.yml`。几个词之间用半角逗号。
    """
    for spec in record.kind.listed:
        if held := getattr(record.fields, spec.attribute):
            for keys, word in _placed(spec.key, held):
                yield from _unknown(record, settings, spec, keys, word)
    if isinstance(record.fields, Meeting):
        spec = specs(AgendaItem)["主题"]
        for index, item in enumerate(record.fields.agenda):
            keys = ["议题", index, "主题"]
            yield from _unknown(record, settings, spec, keys, item.topic)


def _placed(key: str, held: str | Iterable[str]) -> list[tuple[list[Key], str]]:
    """Each word that a field holds, with the keys that lead there."""
    if isinstance(held, str):
        return [([key], held)]
    if isinstance(held, dict):
        return [([key, name], name) for name in held]
    return [([key, index], word) for index, word in enumerate(held)]


@finds(ERROR, RULES)
def known_outcome(record: Record, settings: Settings) -> Found:
    """FZ304: 结果取自这个类别可能的结果。

    调解成功率一类的指标，按结果来数；写法不一样的就数漏了。
    改法：照提示改成词表里这个类别的一种结果。
    """
    outcome = getattr(record.fields, "outcome", None)
    if outcome and _has_known_category(record, settings):
        outcomes = _words(record, settings, "结果")
        if outcome not in outcomes:
            message = f"{shown(record.fields.category)}的结果不能是{shown(outcome)}"
            hint = did_you_mean(outcome, outcomes) or "先在词表里写上这个类别的“结果”"
            yield record, ["结果"], message, hint


@finds(ERROR, RULES)
def known_village(record: Record, settings: Settings) -> Found:
    """FZ305: 村取自 `records/township.yml`。

    同一个村写法不一，就数不到一起。
    改法：照提示改村名；漏了的村，补进 `records/township.yml` 的“村”。
    """
    held = record.held("村") if "村" in record.kind.fields else None
    villages = _words(record, settings, "村") if held else ()
    for keys, village in _placed("村", held or ()):
        if village not in villages:
            hint = did_you_mean(village, villages) or "先在 township.yml 里写上“村”"
            hint = "没有的，整行删去" if says_nothing(village) else hint
            yield record, keys, f"没有{shown(village)}这个村", hint


@finds(ERROR, RULES)
def known_task(record: Record, settings: Settings) -> Found:
    """FZ309: 记录里的任务，编号取自同一年的 `tasks.yml`。

    一项任务做了没有，看有没有记录写了它的编号；编号写错了，就像没有做一样。
    改法：照提示改编号；漏了的任务，先写进 `records/<年>/tasks.yml`。
    """
    numbers = _words(record, settings, "任务") if record.fields.tasks else ()
    for place, number in enumerate(record.fields.tasks):
        if number not in numbers:
            file = f"records/{record.year}/tasks.yml"
            hint = did_you_mean(number, numbers) or f"先在 {file} 里写上这项任务"
            hint = "没有的，整行删去" if says_nothing(number) else hint
            yield record, ["任务", place], f"{record.year}年没有编号是{shown(number)}的任务", hint


@finds(ERROR, RULES)
def known_marks(record: Record, settings: Settings) -> Found:
    """FZ308: 标记是词表里这个类别的标记，写的是它的词。

    比率、分类按标记来数：公示了没有，是简易还是普通程序。写法不一样的就数漏了。
    改法：照提示改；确实是新的标记、新的词，先写进 `records/vocabulary.yml` 里这个类别的“标记”。
    """
    if not record.fields.marks:
        return
    category = record.category(settings)
    marks = {mark.name: mark for mark in category.marks} if category else {}
    for name, words in record.fields.marks.items() if category else ():
        if name not in marks:
            message = f"{shown(record.fields.category)}没有{shown(name)}这个标记"
            hint = did_you_mean(name, marks) or "先在词表里写上这个类别的“标记”"
            yield record, ["标记", name, ITSELF], message, hint
        elif len(words) > 1 and not marks[name].several:
            message = f"“{name}”只能写一个词"
            yield record, ["标记", name], message, "只留一个"
        else:
            allowed = marks[name].allowed
            for word in (word for word in words if word not in allowed):
                message = f"“{name}”不能是{shown(word)}"
                yield record, ["标记", name], message, did_you_mean(word, allowed)


@finds(ERROR, RULES)
def known_parts(record: Record, settings: Settings) -> Found:
    """FZ306: 分类的分项取自词表；没有规定分项的类别，分项名称只是短词。

    分项名称要印在表里；写成长句，容易把不该公开的内容带出去。
    改法：照提示改成词表里的分项，或者改成 20 字以内、不带标点的短词。
    """
    if not (isinstance(record.fields, Standing) and _has_known_category(record, settings)):
        return
    allowed = _words(record, settings, "分类")
    for name in record.fields.parts or {}:
        if allowed and name not in allowed:
            yield record, ["分类", name], f"没有{shown(name)}这个分项", did_you_mean(name, allowed)
        elif not allowed and not is_short_word(name):
            hint = "只用汉字、字母和数字；要用括号等符号的，先写进词表这个类别的“分项”"
            yield record, ["分类", name], f"分项{shown(name)}不是一个短词", hint


@finds(ERROR, RULES)
def publicity_within_limit(record: Record, settings: Settings) -> Found:
    """FZ307: 会议最多公开摘要，单个案件和敏感现状只作统计，公开不能写得更宽。

    会议的议题和结论是过程性信息；单个案件、人数很少的分项，能让人认出是谁。
    改法：删去“公开”这一行，或者照提示写得窄一些。
    来源：《中华人民共和国政府信息公开条例》第十六条；《中华人民共和国个人信息保护法》第二十五条、第二十八条；法释〔2016〕19号第四条。
    """
    asked = PUBLICITY.get(record.fields.publish or "")
    is_sensitive = record.is_sensitive(settings)
    limit = Publicity.COUNTED if is_sensitive else record.fields.publicity_limit
    if asked is not None and asked > limit:
        widest = next(name for name, publicity in PUBLICITY.items() if publicity is limit)
        written = shown(record.fields.publish)
        message = f"这种{record.kind.name}最多公开到“{widest}”，不能是{written}"
        yield record, ["公开"], message, f"删去这一行，或者写“{widest}”"


@finds(WARNING)
def used_section(ledger: Ledger, settings: Settings) -> Found:
    """FZ618: 词表里的板块，有印发的指标，或者有记录。

    别的乡镇或者往年留下的板块，什么也没有，网站的菜单、首页和报告的关键词里都不出现；还要用的，多半是指标或者记录写到了别的板块。
    改法：不用的，从词表里删去，类别里写着它的一起改；以前用过的，写上“至”；要用的，给它定义指标或者登记记录。
    """
    for place, section in enumerate(settings.vocabulary.sections):
        figures = (d for d in settings.definitions if d.printed and d.section == section.name)
        records = (r for r in ledger.records if section.holds_in(r.year))
        if any(overlap(definition, section) for definition in figures):
            continue
        if not any(record.section(settings) == section.name for record in records):
            message = f"板块{shown(section.name)}没有指标，也没有记录，网站上不出现"
            hint = "不用的删去，类别里写着它的一起改；要用的，定义指标或者登记记录"
            yield settings.vocabulary_source, ["板块", place], message, hint


def _words(record: Record, settings: Settings, key: str) -> tuple[str, ...]:
    """The words that a field of a record may hold: those of its year, and of its 类别."""
    of = (record.fields.category,)
    return settings.words(record.kind, record.kind.fields[key], record.year, of) or ()


def _has_known_category(record: Record, settings: Settings) -> bool:
    return record.fields.category in _words(record, settings, "类别")


def _unknown(
    record: Record, settings: Settings, spec: FieldSpec, keys: list[Key], word: str
) -> Found:
    """The word must be listed in the vocabulary and in use in the record's year."""
    in_use = settings.words(record.kind, spec, record.year) or ()
    if word in in_use:
        return
    field = next(key for key in reversed(keys) if isinstance(key, str))
    if field == word and len(keys) > 1:
        field = str(keys[0])
    message = f"“{field}”里没有{shown(word)}这个词"
    if word in (settings.words(record.kind, spec) or ()):
        message = f"“{field}”里的{shown(word)}在{record.year}年不用"
    hint = did_you_mean(word, in_use) or "先把这个词写进 vocabulary.yml"
    parts = [part for part in re.split(r"[\s、，；,;/|+和及与]+", word) if part]
    if says_nothing(word) and not spec.required:
        hint = "没有的，整行删去"
    elif len(parts) > 1 and all(part in in_use for part in parts):
        hint = f"只能写一个，如 {parts[0]}"
        if spec.is_list:
            hint = f"几个词分开写，用半角逗号：{', '.join(parts)}"
    yield record, keys, message, hint
