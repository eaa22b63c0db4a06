"""Which figure a number of a finished text is of: it must be named, and nothing else said of it.

A clause that this year's narrative prints is of the figure that it prints. Any other must have the
figure's name, and beside that only words that leave nothing of it out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from fazhi.commands.check_text import words
from fazhi.commands.check_text.meant import Ahead, Meant, Unclear, in_parts, part_of_shown
from fazhi.commands.check_text.printed import clause_of, direction, keys, printed, rest_of
from fazhi.figures.value import OTHER, Value
from fazhi.project import Year
from fazhi.report.editions import Edition, Gate
from fazhi.report.parts import stem
from fazhi.report.periods import of_definition, said_of
from fazhi.rules.narrative.beside import DIRECTION
from fazhi.rules.narrative.clauses import LISTED, SEVERALLY, Number
from fazhi.rules.narrative.names import likeness
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import HIDDEN


class Meaning:
    """What the numbers of texts are, in a year of the records."""

    def __init__(self, year: Year, lexicon: Lexicon) -> None:
        self.year, self.last_year = year.year, year.year - 1
        self.values, self.last = year.values, year.last
        self.public = Gate(Edition.PUBLIC, year.settings).values(year.values)
        self.called = words.called(year.values)
        self.printed = printed(year, lexicon)
        timed = "|".join(map(re.escape, filter(words.OTHER_TIME.search, self.called.whole)))
        self.timed_names = re.compile(timed or "(?!)")
        self.timed = re.compile(f"(?:{timed or '(?!)'})$")
        township = year.settings.township
        all_of_it = re.escape(township.all_of_it)
        own = "|".join((*map(re.escape, (township.name, township.short_name)), all_of_it))
        self.plain = re.compile(words.PLAIN.format(own=own, year=self.year, last=self.last_year))
        parts = (*township.villages, *township.neighbours, "为例")
        self.places = re.compile("|".join(map(re.escape, parts)))
        short = township.name.partition(township.short_name)[0] + township.short_name
        self.own = re.compile("|".join((*map(re.escape, (township.name, short)), all_of_it)))

    def of(self, spot: Number, ahead: Ahead) -> list[Meant]:
        """What a number is of: one figure, or each of several of which it is said. Raises Unclear."""
        if spot.heads:
            return [self._headed(spot)]
        if words.ASIDE.match(spot.after):
            raise Unclear("后面括号里说的是另一个数，或者不是全部的")
        change = direction(spot)
        said_there = self._as_printed(spot, change)
        if said_there and not self._is_of_each(spot):
            return [said_there]
        listed = LISTED.search(spot.said)
        if listed and (way := re.search(f"(?:{_WAYS})(?![到至为])", listed["rest"])):
            if self._is_last(spot) or not re.search("上年|去年|同比|年", listed["rest"]):
                raise Unclear("没有说同哪一年比")
            named = (self._value(value.name, False) for value in self._listed(spot))
            return [replace(one, change=way[0]) for one in named] or [self._changed(spot, ahead)]
        if change is not None:
            return [replace(self._changed(spot, ahead), change=change)]
        said = clause_of(spot)
        if re.fullmatch(rf"(?:上一?年度?|去年|{self.last_year}年)(?:同期)?", said):
            if not ahead or not ahead[-1] or ahead[-1].is_last:
                raise Unclear("没有说是哪个指标上年的数")
            return [self._value(ahead[-1].value.name, True)]
        return self._so_much(said, spot, ahead)

    def _so_much(self, said: str, spot: Number, ahead: Ahead) -> list[Meant]:
        """What a number is of that is no change, nor last year's of the number before."""
        if named := self.timed.search(said):
            value = self._beside(said, spot, ahead)
            spot = spot._replace(before=self.timed_names.sub("", spot.before))
            if value.name in self.called.whole[named[0]] and self._is_of_all(spot):
                return [self._value(value.name, self._is_last(spot))]
        if part := self._part(said, ahead) or self._moved(said, spot, ahead):
            return [part]
        is_last = self._is_last(spot)
        found = [*self._listed(spot)] or [self._beside(said, spot, ahead)]
        if not self._is_of_all(spot):
            raise Unclear(f"像是“{found[0].name}”，但旁边说的也许不是全部的，或者不是全年的")
        for definition in (value.definition for value in found):
            if definition.limit != "12-31" or of_definition(definition, self.year):
                raise Unclear(f"“{definition.name}”数的不是全年")
        return [self._value(value.name, is_last) for value in found]

    def _as_printed(self, spot: Number, change: str | None) -> Meant | None:
        """What the narrative prints in the same sentence, or in the same clause of the same year."""
        for place, key in enumerate(keys(spot)):
            if key in self.printed:
                name, is_last, is_change = self.printed[key]
                if is_change != (change is not None):
                    raise Unclear("同本年的叙述稿说的不是一回事")
                if not place or (is_last == self._is_last(spot) and self._is_of_all(spot)):
                    return replace(self._value(name, is_last), change=change, is_printed=True)
        return None

    def _is_of_each(self, spot: Number) -> bool:
        """Whether figures are named of which each is so much: what is printed there is one of them."""
        listed = LISTED.search(spot.said)
        try:
            return bool(listed) and len([*self._listed(spot)]) > 1
        except Unclear:
            return False

    def _value(self, name: str, is_last: bool) -> Meant:
        name, _, part = name.partition(".")
        value = (self.last if is_last else self.values).get(name)
        if value and part:
            value = part_of_shown(value, part, self.public[name])
        if not value or value.number is None:
            raise Unclear(f"“{name}”{self.last_year if is_last else self.year}年没有数")
        is_merged = bool(part) and part not in (self.public[name].parts or {})
        return Meant(value, is_last, is_merged=is_merged)

    def _is_last(self, spot: Number) -> bool:
        """Whether last year is spoken of. Raises Unclear where it is another time."""
        of_another = rf"[（(][^（()）]*[)）]|[由从][^，,。；]*{HIDDEN}[^，,。；]*[到至为]{HIDDEN}"
        said = re.sub(of_another, "", spot.sentence)
        years = [m[0] for m in re.finditer(r"\d{4}年", said)]
        known = f"{self.year}年", f"{self.last_year}年"
        others = [one for one in years if one not in known]
        others += re.findall("[^，,]年(?=[、和与及至]\\d{4}年)", said)  # both years at once
        others += words.OTHER_TIME.findall(words.WHOLE_YEAR.sub("", said))
        if others or said_of(spot, self.year)[1]:
            raise Unclear(f"说的是{others[0]}的" if others else "说的不是全年的")
        last = rf"(?<![比较与和同跟超于自])(?:上一?年度?|去年|{known[1]})(?!的?[^，,。；]{{0,4}}基础上)"
        times = [(m.start(), True) for m in re.finditer(last, said)]
        times += [(m.start(), False) for m in re.finditer(f"今年|本年|全年|{known[0]}", said)]
        return bool(times) and max(times)[1]

    def _is_of_all(self, spot: Number) -> bool:
        """Whether what is said before its clause leaves it open that all of the township is meant."""
        ahead = spot.sentence.removesuffix(spot.said.rpartition(HIDDEN)[2])
        is_elsewhere = words.ELSEWHERE.search(self.own.sub("", ahead))
        return not (is_elsewhere or self.places.search(spot.before))

    def _beside(self, said: str, spot: Number, ahead: Ahead) -> Value:
        """The figure that is named before a number, or after it, and nothing else said."""
        rest = rest_of(spot)
        value = self._named(said, spot, ahead) if not rest or words.PURPOSE.match(rest) else None
        if not value and rest and self.plain.fullmatch(said):
            value = self._whole(rest.removeprefix("的").rstrip("和与及"))
        if not value:
            alike = ((likeness(name, said + rest)[0], name) for name in self.values)
            share, name = max(alike, default=(0, ""))
            like = f"像是“{name}”，但还说了别的" if share >= _LIKELY else ""
            raise Unclear(like or "没有写明是哪个指标，或者还说了别的")
        return value

    def _whole(self, said: str) -> Value | None:
        found = self.called.whole.get(said, ())
        return self.values[min(found)] if len(found) == 1 else None

    def _named(self, said: str, spot: Number, ahead: Ahead) -> Value | None:
        """The figure whose name, or the end of it, words end with; before it only plain ones."""
        at = next((at for at in range(len(said)) if said[at:] in self.called.whole), None)
        if at is not None:
            return self._whole(said[at:]) if self.plain.fullmatch(said[:at]) else None
        at = next((at for at in range(len(said)) if said[at:] in self.called.ends), None)
        if at is None or not self.plain.fullmatch(said[:at]):
            return None
        ends = self.called.ends[said[at:]]
        found = {name for name, head in ends if self._goes_on(self.values[name], head, spot, ahead)}
        return self.values[min(found)] if len(found) == 1 else None

    def _goes_on(self, value: Value, head: str, spot: Number, ahead: Ahead) -> bool:
        """Whether the beginning of a figure's name was said just before, or what it is made of."""
        if ahead:
            name = ahead[-1].value.name if ahead[-1] else ""
            return name.startswith(head) or name in value.definition.sides
        for clause in re.split("[，,：:、和与及]", spot.sentence):
            at = clause.find(head)
            is_it = clause.endswith(head) or clause[at:] in self.called.whole
            if at >= 0 and is_it and self.plain.fullmatch(clause[:at]):
                return True
        return False

    def _listed(self, spot: Number) -> Iterator[Value]:
        """甲、乙分别为, 甲和乙均为: that of its place, or all; nothing where no such thing is said."""
        listed = LISTED.search(spot.said)
        parts = re.split("[、和与及]", listed["names"]) if listed else []
        if not listed or (listed["how"][-1] in "共计" and len(parts) == 1):
            return
        place = listed["rest"].count(HIDDEN)
        meant = parts[place : place + 1] if listed["how"] in SEVERALLY else parts
        if not meant or listed["how"][-1] in "共计" or (place and meant == parts):
            raise Unclear("几个指标合在一起说的")
        for part in meant:
            value = self._named(re.sub("(?:全年|数量?|总数)$", "", part), spot, ())
            if value is None:
                raise Unclear("几个指标一起说的，有的不知道是哪个")
            yield value

    def _part(self, said: str, ahead: Ahead) -> Meant | None:
        """A part of the breakdown that was named last in the sentence."""
        wholes = (one for one in reversed(ahead) if one and one.value.parts and not one.is_last)
        whole = next(wholes, None)
        part = re.sub("^其中[:：]?", "", said)
        shown = self.public[whole.value.name].parts or {} if whole else {}
        if not whole or part not in {*(whole.value.parts or {}), *shown}:
            return None
        return self._value(f"{whole.value.name}.{part}", False)

    def _moved(self, said: str, spot: Number, ahead: Ahead) -> Meant | None:
        """由上年的{甲}增加到{乙}, 比上年的{甲}增长: the number it goes from, and that it goes to."""
        before = ahead[-1] if ahead else None
        if before and before.is_last and re.fullmatch(f"(?:{_WAYS})[到至为]", spot.ahead):
            now = self._value(before.value.name, False)
            if (now.value.base < before.value.base) != bool(re.match("[减下降回]", spot.ahead)):
                raise Unclear("说的升降同记录相反")
            return now
        start = re.search(
            rf"(?:[由从](?:上年|去年|{self.last_year}年)?|[比较](?:上年|去年|{self.last_year}年))的?$",
            said,
        )
        goes_on = re.match(rf"{HIDDEN}?(?:{_WAYS})(?:[到至为]?{HIDDEN})", spot.after)
        if not start or not goes_on:
            return None
        value = self._named(said[: start.start()], spot, ahead)
        if not start.start() and before and not before.is_last and before.change is None:
            value = before.value  # 甲{乙}，比上年的{丙}增长
        return self._value(value.name, True) if value else None

    def _changed(self, spot: Number, ahead: Ahead) -> Meant:
        """What has changed: what is named, or the number just before."""
        self._is_last(spot)
        said = DIRECTION.sub("", spot.ahead)
        before = ahead[-1] if ahead else None
        if before and not said.strip("，,、（("):
            two = [one for one in ahead[-2:] if one and one.value.name == before.value.name]
            if before.change or {one.is_last for one in two} == {True, False}:
                return min(two, key=lambda one: one.is_last)  # 减少1件，下降33.3%
        if before and before.is_last and not said:
            return self._value(before.value.name, False)  # 比上年的1880份增长25.5%
        on = re.search(
            rf"[，,]?(?:(?:比|较|与|同)(?:上一?年|去年|{self.last_year}年)(?:同期)?(?:相比)?|同比)[，,]?$",
            said,
        )
        subject = re.split("[，,、（(]", said[: on.start()])[-1] if on else ""
        if subject and (value := self._named(subject, spot, ahead)):
            return self._value(value.name, False)
        if not on or subject or not ahead or not ahead[-1] or ahead[-1].is_last:
            raise Unclear("没有写明是哪个指标同上年比的变化")
        return ahead[-1]

    def _headed(self, spot: Number) -> Meant:
        """The figure in whose row or column a cell is, and of which year, or the change."""
        heads = [re.sub(r"[（(][^（()）]*[)）]|\s", "", head) for head in spot.heads]
        named = {value.name for head in heads if (value := self._whole(head))}
        sections = {value.definition.section for value in self.values.values()}
        change, is_last = None, False
        # 一季度 above the column, 受理矛盾纠纷 before the row
        joined = {v.name for one in heads for other in heads if (v := self._whole(one + other))}
        if len(joined) == 1:
            whole = self.values[min(joined)].name
            heads, named = [whole if head in whole else head for head in heads], joined
        wholes = in_parts(spot, self.values)
        if len(wholes) == 1 and {*heads} & words.TOTAL and not named:
            heads, named = [head for head in heads if head not in words.TOTAL], {wholes[0].name}
        told = wholes if any(stem(head) == OTHER for head in heads) else [*self.values.values()]
        rows = {  # 食品 under 领域
            f"{value.name}.{part}": head
            for value in told
            for part in {*(value.parts or ()), *(self.public[value.name].parts or ())}
            for head in heads
            if stem(part) == stem(head)
        }
        named = named or {*rows}
        title = self.own.sub("", spot.title) if len(spot.title) <= words.TITLE else ""
        if words.ELSEWHERE.search(title) or self.places.search(title):
            raise Unclear("表名说的也许不是全部的")
        if self._is_last(spot._replace(before=title, heads=())):
            raise Unclear("表名说的是上年的")
        known = {*sections, *rows.values()}
        for head in heads:
            if self._whole(head) or head in known or words.HEADS["也可以"].fullmatch(head):
                continue
            if words.HEADS["变化"].fullmatch(head):
                change = direction(spot) or spot.near[-1:]
            elif words.HEADS["上年"].fullmatch(head.replace(str(self.last_year), "上")):
                is_last = True
            elif not words.HEADS["本年"].fullmatch(head.replace(str(self.year), "本")):
                raise Unclear(f"不知道“{head}”说的是什么")
        if len(named) != 1:
            raise Unclear("这一行没有写明是哪个指标")
        if change is None and spot.near.endswith(words.SIGNS):
            raise Unclear("前面有正负号")
        return replace(self._value(min(named), is_last), change=change)


_LIKELY = 0.6
_WAYS = "增长|增加|上升|提高|提升|减少|下降|降低|回落"
