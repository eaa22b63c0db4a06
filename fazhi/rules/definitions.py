"""Rules about the figure definitions: complete, and naming only what exists."""

from collections.abc import Iterator

from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Stated
from fazhi.rules import conditions, definition_pictures, definition_units
from fazhi.rules.conditions import OF_A_VILLAGE, Found, out_of_form, unfit_field
from fazhi.schema.definition import ALWAYS, MEASURE_SPECS, NOT_SAID, OF_LAST, Definition, named
from fazhi.schema.every_kind import Publicity
from fazhi.schema.kinds import KINDS, Kind
from fazhi.schema.township import Settings
from fazhi.schema.units import matter
from fazhi.schema.words import looks, overlap
from fazhi.sources.source import Key


def check(settings: Settings) -> Iterator[Problem]:
    """Every definition that names what does not exist, or is not whole, at its line."""
    for place, definition in enumerate(settings.definitions):
        found = [*_Check(settings, place, definition).faults()]
        found = found or [*definition_units.faults(settings, definition)]
        for keys, fault in found or definition_pictures.faults(settings, definition):
            yield settings.figures_source.problem([place, *keys], fault)


# Names that mean something else in the narrative, or are anchors of a section's page.
_TAKEN = {"原文", "none", "true", "false", "指标", "依据", "逐月情况"} | {f"{k}记录" for k in KINDS}

_NAMES = {"承办", "地点"}  # texts that are names: different ones can be counted


class _Check:
    """The rules for one definition. What only follows from a fault is not reported."""

    def __init__(self, settings: Settings, place: int, definition: Definition) -> None:
        self.settings = settings
        self.place = place
        self.definition = definition
        typed = settings.figures_source.data[place]
        self.given = [key for key, value in typed.items() if value is not None]

    def faults(self) -> Found:
        definition = self.definition
        yield from self._name()
        sections = [section.name for section in self.settings.vocabulary.sections]
        if not definition.section and definition.printed:
            hint = "补上“板块: …”；只供别的指标用的，写“印发: 否”"
            yield ["名称"], out_of_form("指标没有写印在哪个板块", hint)
        elif definition.section and definition.section not in sections:
            hint = did_you_mean(definition.section, sections) or "先把板块写进 vocabulary.yml"
            yield ["板块"], unknown_section(f"没有{shown(definition.section)}这个板块", hint)
        spec = MEASURE_SPECS[definition.measure]
        for key in sorted({*spec.needs}.difference(self.given)):
            message = f"“{definition.measure}”的指标缺少“{key}”"
            yield ["统计"], out_of_form(message, f"补上“{key}: …”")
        for key in sorted({*self.given}.difference(spec.known, ALWAYS)):
            yield self._useless(key, f"“{definition.measure}”的指标")
        if "加" in self.given and not definition.added:
            yield ["加"], out_of_form("“加”是空的", "写上要加的指标，如 [甲, 乙]")
        yield from self._figures()
        yield from self._over_years()
        if definition.kind:
            yield from self._kind(definition.kind)

    def _useless(self, key: str, of: str) -> tuple[list[Key], Fault]:
        """A key that has no meaning there; 公开: 否 may have been meant to hold the figure back."""
        hint = "删去；不印出去的，写 印发: 否" if key == "公开" else "删去"
        return [key], out_of_form(f"{of}用不着“{key}”", hint)

    def _name(self) -> Found:
        name = self.definition.name
        if not name.isidentifier() or "_" in name or name.lower() in _TAKEN:
            hint = "只用汉字、字母和数字，不以数字开头，不带标点和空格；换一个名字"
            hint += "，原来的写进“说法”" if name[:1].isdigit() else ""
            yield ["名称"], unusable_name(f"指标名{shown(name)}不能用", hint)
        for earlier in self.settings.definitions[: self.place]:
            if looks(earlier.name) == looks(name) and overlap(earlier, self.definition):
                message = f"{shown(name)}同一年里定义了两次"
                message += "，看起来一样，字不是同一个" if earlier.name != name else ""
                yield ["名称"], unusable_name(message, "改名，或者用“自”“至”分开年份")

    def _figures(self) -> Found:
        """The other figures that it is made of, or that are listed beside it."""
        one, below = self.definition, self.definition.denominator or ""
        is_number = one.measure == "比值" and below.isdigit() and int(below) > 0
        named: list[tuple[list[Key], str | None]] = [
            (["分子"], one.numerator),
            (["分母"], None if is_number else below),
        ]
        for key, names in (("附列", one.beside), ("加", one.added), ("减", one.subtracted)):
            named += [([key, index], name) for index, name in enumerate(names)]
        yield from self._whole("属于", one.whole)
        yield from self._whole("等于", one.equal)
        for at, name in named:
            if name and at[0] != "附列":
                name = name.removesuffix(OF_LAST)  # noqa: PLW2901
            if name and name.endswith(OF_LAST):
                message = f"“{name}{OF_LAST}”：只有上年的数可以这样用，没有前年的"
                hint = "几年加起来的，用“合计”，写“累计自”，如 累计自: 2021"
                yield at, unfit_figure(message, hint)
                continue
            whole, dot, part = (name or "").partition(".")
            others = [other for other in self.settings.definitions if other.name == whole]
            if name and not others:
                hint = did_you_mean(whole, dict.fromkeys(d.name for d in self.settings.definitions))
                yield at, unfit_figure(f"没有{shown(whole)}这个指标", hint)
            elif dot and (at[0] == "附列" or not all(o.spec.has_parts for o in others)):
                message = f"{shown(whole)}没有分项" if at[0] != "附列" else "附列只写指标，不写分项"
                yield at, unfit_figure(message, "有分项的是“分类”的指标；不然删去点和后面的字")
            elif dot:
                yield from self._part(at, part, others)
            elif at[0] != "附列" and not all(other.spec.is_number for other in others):
                kind = next(other.measure for other in others if not other.spec.is_number)
                message = f"{shown(name)}是{kind}，不能再相除、相加"
                yield at, unfit_figure(message, f"用不是{kind}的指标")
            elif at[0] != "附列" and one.name in self._made_of(whole):
                message = f"{shown(name)}又是由{shown(one.name)}算出来的，绕了一圈"
                yield at, unfit_figure(message, "从一头算起，去掉绕回来的")

    def _whole(self, key: str, name: str | None) -> Found:
        """The figure that it is said to be a part of, or as much as; of a part, no part of it in its turn."""
        others = {other.name: other for other in self.settings.definitions}
        chain, above = [self.definition.name], name
        while above in others and above not in chain:
            chain.append(above)
            above = others[above].whole
        if name and name not in others:
            yield [key], unfit_figure(f"没有{shown(name)}这个指标", did_you_mean(name, others))
        elif name == self.definition.name or (above and key == "属于"):
            yield [key], unfit_figure(f"{shown(above)}又{key}它自己，绕了一圈", "去掉绕回来的")
        elif name and matter(others[name].label) != matter(self.definition.label):
            message = f"{shown(name)}的单位是“{others[name].label}”，同这个指标的不一样"
            yield [key], unfit_figure(message, "改成单位相同的指标")

    def _over_years(self) -> Found:
        """What is added up over years is no stock, and nothing that is counted but once."""
        names = {name for added in self.definition.added for name in self._made_of(added)}
        for one in self.settings.definitions if self.definition.first_year else ():
            if one.name in names and (one.kind == "现状" or one.measure == "不重复"):
                message = f"{shown(one.name)}是{one.measure}，几年的不能相加"
                yield ["累计自"], unfit_figure(message, "删去“累计自”，或者加别的指标")

    def _made_of(self, name: str) -> set[str]:
        """All figures that a figure is made of, itself among them."""
        found, still = set[str](), [name]
        while still:
            whole = still.pop().partition(".")[0]
            if whole not in found:
                found.add(whole)
                still += [n for d in self.settings.definitions if d.name == whole for n in d.sides]
        return found

    def _part(self, at: list[Key], part: str, others: list[Definition]) -> Found:
        """A part that one of the words of a breakdown is, and that may leave the office."""
        for other in others:
            if private := definition_pictures.private_parts(self.settings, other):
                hint = f"能公开的，在{shown(other.name)}里写 公开: 是"
                hint = "用总数" if private == "村" else hint
                yield at, unfit_field(f"{shown(private)}不公开，各项的数也不公开", hint)
                return
            known = self._parts_of(other)
            if known is not None and part not in known:
                message = f"{shown(other.name)}没有{shown(part)}这个分项"
                yield at, unfit_figure(message, did_you_mean(part, known))
                return

    def _parts_of(self, definition: Definition) -> tuple[str, ...] | None:
        """The parts that a breakdown may have; None where they can be any words."""
        if definition.items:
            return definition.items
        kind = KINDS.get(definition.kind or "")
        if kind is None or definition.measure == "议题数":
            return None
        categories = named((definition.conditions or {}).get("类别"))
        spec = self.settings.fields(kind).get(definition.by or "分类")
        words = self.settings.words(kind, spec, None, categories) if spec else None
        return (*words, *NOT_SAID) if words else None

    def _kind(self, name: str) -> Found:
        definition, spec = self.definition, self.definition.spec
        fault = None
        if name not in KINDS:
            fault = unfit_kind(f"没有{shown(name)}这种记录", did_you_mean(name, KINDS))
        elif name == "现状" and definition.measure == "求和":
            fault = unfit_kind("“现状”是某一天的存量，不能相加", "用“最新值”，取截止日期最晚的一条")
        elif name not in spec.kinds:
            one = "汇总里是合计，一条不是一件" if name == "汇总" else f"不数{shown(name)}"
            message = f"“{definition.measure}”只数{'、'.join(spec.kinds)}，{one}"
            hint = "用“求和”，加计数里的一项" if name == "汇总" else f"改成“{spec.kinds[-1]}”"
            if definition.measure == "分类":
                hint += "；分类也可以加“按”或者“各项”"
            fault = unfit_kind(message, hint)
        if fault:
            yield ["记录"], fault
            return
        whole = MEASURE_SPECS[definition.measure]
        written = [key for key in whole.instead if key in self.given]
        which = f"{'有' if written else '没有'}“{'”“'.join(written or whole.instead)}”"
        useless = set(whole.known).difference(spec.needs, spec.may, whole.instead)
        for key in filter(useless.__contains__, self.given):
            yield self._useless(key, f"{which}的“{definition.measure}”")
        if definition.by and definition.items:
            yield ["各项"], out_of_form("“按”和“各项”只写一个", "删去一个")
        kind = KINDS[name]
        fields = self.settings.fields(kind).values()
        counters = [counter.name for counter in self.settings.vocabulary.counters]
        groups = [s.key for s in fields if (s.words or s.key in _NAMES) and not s.is_mapping]
        if definition.measure == "不重复":
            yield from self._one_of("字段", definition.field_name, groups, "可以数的词")
        else:
            amounts = [spec.key for spec in fields if spec.is_number] + counters
            unfit = [*self._one_of("字段", definition.field_name, amounts, "可以相加的数量")]
            yield from unfit or self._private(["字段"], definition.field_name, kind)
            yield from self._private(["统计"], definition.spec.made_of, kind)
        for index, item in enumerate(definition.items):
            unfit = [*self._one_of(["各项", index], item, counters, "可以相加的数量")]
            yield from unfit or self._private(["各项", index], item, kind)
        days = [spec.key for spec in fields if spec.is_day]
        yield from self._one_of("按日期", definition.by_date, days, "日期")
        if definition.measure == "议题数":
            groups = ["主题", "合法性审查"]
        by = [key for key in groups if key not in _NAMES]
        yield from self._one_of("按", definition.by, by, "可以分组的字段")
        if definition.by == "村" and definition.opened:
            yield ["公开"], unfit_field(OF_A_VILLAGE, "删去“公开: 是”")
        yield from self._not_held_back(kind)
        yield from conditions.faults(definition, kind, self.settings)

    def _not_held_back(self, kind: Kind) -> Found:
        """公开: 否 of what is made of nothing private: it is printed all the same."""
        definition = self.definition
        if definition.opened or "公开" not in self.given or "公开" not in definition.spec.may:
            return
        made_of = (definition.field_name, definition.spec.made_of, *definition.items)
        private = definition_pictures.private_parts(self.settings, definition)
        if not private and not any(self._stays_inside(one, kind) for one in made_of):
            message = "“公开: 否”扣不下这个指标：它由公开的项算出来，照样印"
            yield ["公开"], unfit_field(message, "不印出去的，写 印发: 否；要印的，删去这一项")

    def _private(self, at: list[Key], name: str | None, kind: Kind) -> Found:
        """What a number is made of may leave the office: else nothing of it could be printed."""
        if not self.definition.opened and (why := self._stays_inside(name, kind)):
            hint = "能公开的，在这个指标里写 公开: 是；不能的，删去这个指标"
            yield at, unfit_field(f"{why}，由它算出来的数也不能公开", hint)

    def _stays_inside(self, name: str | None, kind: Kind) -> str:
        """Why what a number is made of stays in the office; nothing where it may leave."""
        definition, field = self.definition, kind.fields.get(name or "")
        # By another date than its own, a record of an earlier year is counted, too.
        counters = (c for c in self.settings.vocabulary.counters if c.name == name)
        added = (c for c in counters if definition.by_date or overlap(c, definition))
        if not all(one.public for one in ([field] if field else added)):
            return f"“{name}”不公开"
        of_one = conditions.meeting_one(definition, kind, self.settings)
        if name and of_one and kind.model.publicity_limit < Publicity.FULL:
            return f"{of_one}是一条{kind.name}的数，{kind.name}一条一条的不公开"
        return ""

    def _one_of(
        self, at: str | list[Key], name: str | None, allowed: list[str], what: str
    ) -> Found:
        if name is not None and name not in allowed:
            message = f"{self.definition.kind}里没有{shown(name)}这个{what}"
            fault = unfit_field(message, did_you_mean(name, allowed))
            yield [at] if isinstance(at, str) else at, fault


unfit_kind = Stated("""FZ611: 指标数的是有的一种记录，而且这种记录可以这样数。

现状是某一天的存量，不能按日期相加；最新值只对现状才有意思；汇总一条是许多件，只能求和，分类列出各项，或者数有几个不同的承办。
改法：“记录”写活动、会议、案件、现状、汇总之一；现状用“最新值”，汇总用“求和”。
""")

unfit_figure = Stated("""FZ614: 分子、分母、加、减、附列、属于和等于都是定义了的指标，或者分类的指标的一个分项，或者它们上年的数；不绕回自己，也不是比率。

比率要由两个数相除，合计由几个数相加减；率不能再加、再除。
改法：照提示改指标名，或者先定义要用的指标；分项写成“指标名.分项”，上年的写成“指标名.上年”。
""")

unknown_section = Stated("""FZ615: 指标的板块，词表里有。

指标印在板块的网页上，板块写错了就没有地方印。
改法：照提示改成词表里的板块。
""")

unusable_name = Stated("""FZ616: 指标名只用汉字、字母和数字，不以数字开头，同一年里不重复。

叙述稿用指标名取数，名称里有标点、空格就取不到；两个指标同名，取哪一个说不准。
改法：换一个名字；前后几年口径不同的，用“自”“至”分开年份。
""")
