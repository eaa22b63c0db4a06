"""Records of the sample township, as many as are asked for and always the same ones."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.bench import phrases as p

YEAR = 2024
SHARES = {"township": (8, 4, 87, 1), "pages": (100, 0, 0, 0)}
"""Of a hundred records: activities, meetings, cases, standings."""
FOLDERS = ("activities", "meetings", "cases", "standings")
VILLAGES = tuple(f"示例{number}村" for number in "一二三四五六")
LONGEST_BODY = 250
SHORTEST_BODY = 80
TITLES = re.compile(r"^  图题:.*\n(?:    .*\n)*", re.MULTILINE)
MOST_DRAWN = 200
"""After so many there is hardly a new body left to draw, as of thousands of standings."""


@dataclass(frozen=True)
class Generated:
    """A record: where it lies below `records/`, and its text."""

    path: str
    text: str

    @property
    def body(self) -> str:
        return self.text.split("---\n", 2)[2]


def write(target: Path, records: int, workload: str) -> list[Path]:
    """Write so many records below `target`, a project's `records/`; their files, sorted.

    What the titles of the sample's pictures find is not so of these: its figures lose them.
    """
    if (figures := target / "figures.yml").is_file():
        untitled = TITLES.sub("", figures.read_text(encoding="utf-8"))
        figures.write_text(untitled, encoding="utf-8", newline="\n")
    files = []
    for record in generate(records, workload):
        file = target / record.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(record.text, encoding="utf-8", newline="\n")
        files.append(file)
    return sorted(files)


def generate(records: int, workload: str) -> Iterator[Generated]:
    """So many records of a workload, the same ones every time; no body is nearly that of another."""
    makers = (activity, meeting, case, standing)
    for folder, make, count in zip(FOLDERS, makers, counts(records, workload), strict=True):
        writer = Writer(random.Random(f"{workload} {folder}"))
        for serial in range(count):
            # The days are spread evenly, as a year's work is; a generator that drew them would
            # put on one day more than any office does.
            day = date(YEAR, 1, 1) + timedelta(serial * 366 // count)
            name, head, body = make(writer, serial, day)
            yield Generated(f"{YEAR}/{folder}/{name}.md", f"---\n{head}---\n{body}\n")


def counts(records: int, workload: str) -> list[int]:
    """How many of each kind; what is left over by rounding goes to the most frequent."""
    shares = SHARES[workload]
    result = [records * share // 100 for share in shares]
    result[shares.index(max(shares))] += records - sum(result)
    return result


class Writer:
    """Draws words by chance, and remembers what it has said."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._said: set[int] = set()
        self._titled: Counter[str] = Counter()
        self._used: Counter[tuple[str, ...]] = Counter()
        self._of_day: dict[str, Counter[date]] = defaultdict(Counter)

    def pick(self, words: Sequence[str]) -> str:
        return self.chance.choice(words)

    def place(self, *series: str) -> str:
        """A part of a village, each in its turn: titles of a series are never alike in one month."""
        turn = self._used[series]
        self._used[series] += 1
        return f"{p.HAMLETS[turn % len(p.HAMLETS)]}院子"

    def title(self, words: str, unit: str) -> str:
        """A title that no record had before: from the second time on it says which one it is."""
        self._titled[words] += 1
        times = self._titled[words]
        return words if times == 1 else f"{words}（第{times}{unit}）"

    def serial_of(self, day: date, series: str = "") -> int:
        """From 1: which of this day's, in a series."""
        self._of_day[series][day] += 1
        return self._of_day[series][day]

    def body(self, day: date, groups: Sequence[Sequence[str]], **fixed: str) -> str:
        """A sentence of each group, often one more of the last but one; none of them twice."""
        drawings = 0
        while True:
            drawings += 1
            drawn = [self.pick(group) for group in groups]
            if self.chance.random() < 0.4:
                drawn.insert(-1, self.pick(groups[-2]))
            if len({*drawn}) < len(drawn):
                continue
            text = "".join(self._filled(sentence, day, fixed) for sentence in drawn)
            if self.chance.random() < 1 / 8:
                text += self._filled(self.pick(p.ADDITIONS), day, fixed)
            if SHORTEST_BODY <= len(text) <= LONGEST_BODY and (
                self._is_new(text) or drawings > MOST_DRAWN
            ):
                return text

    def _is_new(self, text: str) -> bool:
        """Whether no body before had the same words in all clauses but two."""
        clauses = [0, *map(hash, {*re.findall(r"[一-龥]{5,}", text)})]
        whole = sum(clauses)
        near = {whole - one - other for one in clauses for other in clauses}
        is_new = self._said.isdisjoint(near)
        self._said |= near if is_new else set()
        return is_new

    def _filled(self, sentence: str, day: date, fixed: dict[str, str]) -> str:
        points = p.THEMES[fixed.get("theme") or self.pick(list(p.THEMES))]
        point, other = self.chance.sample(points, 2)
        later = day + timedelta(self.chance.randrange(5, 40))
        words = {
            "month": str(day.month),
            "day": str(day.day),
            "time": self.pick(p.TIMES),
            "office": self.pick(p.OFFICES),
            "partner": self.pick(p.PARTNERS),
            "hamlet": self.pick(p.HAMLETS),
            "way": self.pick(p.WAYS),
            "point": point,
            "other": other,
            "few": str(self.chance.randrange(2, 10)),
            "many": str(self.chance.randrange(11, 90)),
            "later": f"{later.month}月{later.day}",
            **fixed,
        }
        return sentence.format(**words)


def activity(writer: Writer, serial: int, day: date) -> tuple[str, str, str]:
    theme = writer.pick(list(p.THEMES))
    # The first is one of those that a figure counts, however few there are.
    category = writer.pick([*p.WORK, *["宣传活动"] * 3]) if serial else "宣传活动"
    village = VILLAGES[serial % len(VILLAGES)]
    hamlet = writer.place(village)
    place = f"{village}{hamlet}"
    title = writer.title(f"{place}{theme}{writer.pick(p.WORK[category])}", "次")
    head = (
        f"标题: {title}\n日期: {day}\n类别: {category}\n承办: {writer.pick(p.OFFICES)}\n"
        f"地点: {place}\n主题: [{theme}]\n参加人次: {writer.chance.randrange(12, 240)}\n"
    )
    if category == "排查行动":
        head += f"发现隐患数: {writer.chance.randrange(12)}\n"
    elif category != "联合执法":
        head += f"发放资料份数: {writer.chance.randrange(10, 320)}\n"
    if category == "宣传活动":
        head += f"张贴海报张数: {writer.chance.randrange(1, 8)}\n"
    head += f"佐证材料:\n  - {{名称: 现场照片, 份数: {writer.chance.randrange(2, 9)}}}\n"
    if serial % 5 == 0:
        head += f"计数: {{播放广播: {writer.chance.randrange(1, 9)}}}\n"
    body = writer.body(day, [p.OPENINGS, p.DETAILS, p.ENDINGS], theme=theme, place=place)
    return f"{day}-{title}".replace("（", "-").rstrip("）"), head, body


def meeting(writer: Writer, serial: int, day: date) -> tuple[str, str, str]:
    category = ("领导小组会议", "听取汇报", "集体学习", "党委会议", "专题会议")[serial % 5]
    number = writer.serial_of(date(YEAR, 1, 1), category)
    topic = writer.pick(list(p.AGENDA))
    matter = writer.pick(p.AGENDA[topic])
    title = f"第{number}次{category}：{matter}"
    section = "板块: 行政执法\n" if category in ("党委会议", "专题会议") else ""
    invited = writer.chance.randrange(9, 24)
    head = (
        f"标题: {title}\n日期: {day}\n类别: {category}\n{section}承办: 党政办\n"
        f"主持: {writer.pick(('党委书记', '乡长'))}\n应到: {invited}\n"
        f"实到: {invited - writer.chance.randrange(3)}\n"
        f"议题:\n  - {{标题: 研究{matter}, 主题: {topic}, 结论: 原则同意}}\n"
    )
    body = writer.body(day, [p.MEETING_BODIES, p.MEETING_BODIES], matter=matter)
    return f"{day}-第{number}次{category}", head, body


OUTCOMES = ("调解成功",) * 23 + ("调解不成", "在办")


def case(writer: Writer, serial: int, day: date) -> tuple[str, str, str]:
    dispute = writer.pick(list(p.DISPUTES))
    causes = p.DISPUTES[dispute]
    village = VILLAGES[serial % len(VILLAGES)]
    hamlet = writer.place(village, dispute)
    matter = writer.pick(list(causes))
    channel = writer.pick(("群众申请", "排查发现", "网格上报", "法院回流", "联合调度"))
    outcome = writer.pick(OUTCOMES)
    closed = min(day + timedelta(writer.chance.randrange(1, 28)), date(YEAR, 12, 31))
    settled = "" if outcome == "在办" else f"办结日期: {closed}\n"
    title = writer.title(f"{village}{hamlet}{matter}纠纷", "起")
    head = (
        f"标题: {title}\n受理日期: {day}\n类别: 矛盾纠纷\n承办: {writer.pick(p.OFFICES)}\n"
        f"{settled}结果: {outcome}\n纠纷类型: {dispute}\n村: {village}\n来源: [{channel}]\n"
        f"涉及人数: {writer.chance.randrange(2, 9)}\n"
    )
    ends = {"在办": p.CASE_OPEN, "调解不成": p.CASE_FAILED}.get(outcome, p.CASE_SETTLED)
    body = writer.body(
        day,
        [p.CASE_OPENINGS, p.CASE_HANDLING, ends],
        matter=matter,
        cause=causes[matter],
        hamlet=hamlet,
        channel=channel,
    )
    return f"{day}-{writer.serial_of(day):02d}", head, body


STANDINGS = ("执法持证人员", "执法队伍", "法律顾问", "毗邻乡镇协议", "边界管理队伍", "重点人群")
PARTS = ("精神障碍患者", "社区矫正", "刑满释放", "吸毒人员", "重点未成年学生", "重点信访人员")


def standing(writer: Writer, serial: int, day: date) -> tuple[str, str, str]:
    category = STANDINGS[serial % len(STANDINGS)]
    if category == "重点人群":
        parts = [f"{name}: {writer.chance.randrange(6, 40)}" for name in PARTS]
        number = f"分类: {{{', '.join(parts)}}}\n"
    else:
        number = f"数量: {writer.chance.randrange(1, 20)}\n"
    title = writer.title(f"{category}核对", "次")
    head = (
        f"标题: {title}\n截止日期: {day}\n类别: {category}\n"
        f"承办: {writer.pick(p.OFFICES)}\n{number}"
    )
    body = writer.body(day, [p.STANDING_BODIES, p.STANDING_BODIES])
    return f"{day}-{category}-{serial + 1}", head, body
