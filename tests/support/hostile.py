"""A project whose every text is an attack, as far as the checker lets it pass.

Each line of its files that holds an attack is known by the field and the attack. What the checker
refuses there is taken away, or a harmless text put in its place, until nothing is refused: what
then remains went through every check, and must do no harm wherever it is printed.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from PIL import Image

from fazhi import project
from fazhi.output import leaks
from fazhi.problems.problem import Problem, Severity
from fazhi.records import lock as locks
from fazhi.records.cache import Cache
from fazhi.records.memory import Memory
from fazhi.report import freezing
from fazhi.sources.tree import Folder
from tests.conftest import CASES, TODAY

KNOWN: list[str] = [
    text
    for texts in yaml.safe_load((CASES / "attacks.yml").read_text(encoding="utf-8")).values()
    for text in texts
]
STOPPED = [text for text in KNOWN if any(leaks.find({"x.md": f"# x\n\n{text}\n"}))]
"""What a check lets pass and the public edition does not: it names a file of this machine."""
ATTACKS = [text for text in KNOWN if text not in STOPPED]
Key = tuple[str, str]
"""A field, and the attack in it."""


@dataclass(frozen=True)
class Line:
    """A line of a file (or several); with a key, it may be refused, and `instead` takes its place."""

    text: str
    key: Key | None = None
    instead: str | None = None


@dataclass
class Hostile:
    """The project's folder, and which attack was refused in which field, by which rule."""

    root: Path
    refused: dict[Key, str] = field(default_factory=dict)
    tried: set[Key] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    """What goes into every list of words: what one of them takes, and some of what it does not."""

    def write(self) -> project.Project:
        """Write the files, checking and taking away until nothing is refused: what is then read."""
        self.root.mkdir()
        # A dozen checks, each after the change of a few files.
        memory = Memory(Cache(self.root.with_name(f"{self.root.name}.cache"), "records"))
        for stage in (_settings, _settings, _activities, _others_and_texts):
            for _ in range(20):
                files = {path: list(self._kept(lines)) for path, lines in stage(self).items()}
                for path, lines in files.items():
                    file = self.root / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes("".join(f"{line.text}\n" for line in lines).encode())
                read = project.load(Folder(self.root), TODAY, memory=memory)
                errors = [
                    problem
                    for problem in read.problems
                    if problem.severity is Severity.ERROR
                    and problem.path in files
                    # That nothing was published yet to be corrected: see `corrected`.
                    and problem.rule != "FZ729"
                ]
                if not errors:
                    break
                for problem in errors:
                    self._refuse(problem, files[problem.path])
            assert not errors, errors[:3]
            self.names = [*self.passed("主题"), *ATTACKS[::10]]
        return read

    def _kept(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            if line.key:
                self.tried.add(line.key)
            if line.key not in self.refused:
                yield line
            elif line.instead is not None:
                yield Line(line.instead)

    def _refuse(self, problem: Problem, lines: Sequence[Line]) -> None:
        """Take away what stands on the line of a problem, else the last attack before it."""
        assert "Traceback" not in problem.message and problem.rule, problem
        number, last = 1, None
        for line in lines:
            last = line.key or last
            number += line.text.count("\n") + 1
            if number > problem.line:
                break
        assert last is not None, f"{problem} is about no attack"
        # FZ117 is about the text of a file, and tells of the first only: nothing else of it is read.
        is_of_file = problem.rule == "FZ117"
        same = [line.key for line in lines if line.key and line.key[1] == last[1]]
        self.refused |= dict.fromkeys(same if is_of_file else [last], problem.rule)

    def passed(self, place: str) -> list[str]:
        """The attacks that may stand in a field."""
        passed = self.tried - self.refused.keys()
        return [attack for attack in ATTACKS if (place, attack) in passed]


@cache
def quoted(text: str) -> str:
    """A text as YAML in quotation marks: what cannot be seen by its number."""
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in written) + '"'


def batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (texts[start : start + size] for start in range(0, len(texts), size))


def in_one(texts: Iterable[str]) -> str:
    """Several in one text, each as a field keeps it: what a tab begins, without."""
    return " 。 ".join(text.strip() for text in texts)


def _line(form: str, place: str, attack: str, instead: str | None = None) -> Line:
    """`form` with the attack at %s, quoted."""
    other = None if instead is None else form % quoted(instead)
    return Line(form % quoted(attack), (place, attack), other)


def _each(form: str, place: str, attacks: Iterable[str] = ATTACKS) -> list[Line]:
    return [_line(form, place, attack) for attack in dict.fromkeys(attacks)]


# What the township declares


FIGURES = """\
- {名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}}
- {名称: 各类活动, 板块: 法治宣传, 单位: 场, 统计: 分类, 记录: 活动, 按: 类别}
- {名称: 各类纠纷, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 按: 结果}
- {名称: 宣传占比, 板块: 法治宣传, 统计: 比率, 分子: 宣传活动, 分母: 全部活动}
- {名称: 全部活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动}
- {名称: 队伍, 板块: 法治宣传, 单位: 支, 统计: 分类, 记录: 现状, 条件: {类别: 队伍}}"""


def _settings(made: Hostile) -> dict[str, list[Line]]:
    names = made.passed("主题")[:20]
    figures = [Line(FIGURES)]
    for number, some in enumerate(batched(made.passed("单位.村"), 8)):
        form = (
            f"- {{名称: 数目{number}, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 说明: %s}}"
        )
        figures.append(_line(form, "指标.说明", in_one(some)))
    form = "- {名称: %s, 板块: 矛盾化解, 单位: 场, 统计: 件数, 记录: 活动}"
    figures += _each(form, "指标.名称")
    for number, attack in enumerate(made.names[::2]):
        form = f"- {{名称: 计数{number}, 板块: 矛盾化解, 单位: %s, 统计: 件数, 记录: 会议}}"
        figures.append(_line(form, "指标.单位", attack))
    return {
        "records/township.yml": [
            _line("名称: %s", "单位.名称", "某乡" + " ".join(names), "某县示例乡人民政府"),
            _line("简称: %s", "单位.简称", "某乡" + " ".join(names), "示例乡"),
            Line("示例数据: 是\n小数阈值: 5\n每页记录数: 200\n村:"),
            *_each("  - %s", "单位.村"),
            Line("  - 东村"),
        ],
        "records/figures.yml": figures,
        "records/vocabulary.yml": list(_vocabulary(made)),
    }


def _vocabulary(made: Hostile) -> Iterator[Line]:
    yield Line("板块:\n  - {名称: 法治宣传, 路径: publicity, 说明: 普法}")
    yield Line("  - {名称: 矛盾化解, 路径: mediation, 说明: 调解}")
    for number, attack in enumerate(ATTACKS[::8]):
        form = f"  - {{名称: %s, 路径: name-{number}, 说明: 普法}}"
        yield _line(form, "板块.名称", attack)
        yield _line("  - {名称: 某某, 路径: %s, 说明: 普法}", "板块.路径", attack)
    for number, some in enumerate(batched(made.passed("单位.村"), 24)):
        yield Line(
            f"  - {{名称: 栏目{number}, 路径: about-{number}, 说明: {quoted(in_one(some))}}}"
        )
    yield Line("类别:\n  活动:\n    - {名称: 宣传活动, 板块: 法治宣传}")
    yield from _each("    - {名称: %s, 板块: 法治宣传}", "活动.类别", made.names)
    yield Line("  会议:\n    - {名称: 党委会议, 板块: 矛盾化解}")
    yield Line("  案件:\n    - 名称: 矛盾纠纷\n      板块: 矛盾化解\n      结果:\n        - 在办")
    yield from _each("        - %s", "案件.结果", made.names)
    yield Line(
        "  现状:\n    - 名称: 队伍\n      板块: 法治宣传\n      单位: 支\n      分项:\n        - 甲类"
    )
    yield from _each("        - %s", "现状.分项", made.names)
    for name in ("主题", "纠纷类型", "来源", "处罚种类"):
        yield Line(f"{name}:\n  - 某某")
        some = ATTACKS if name == "主题" else made.names
        yield from _each("  - {名称: %s}", name, some)
    yield Line("普法节点:\n  - {名称: '12.4', 说明: 国家宪法日, 开始: 11-28, 结束: 12-10}")
    yield from _each("  - {名称: %s, 说明: 某日, 开始: 01-01, 结束: 12-31}", "普法节点", made.names)
    yield Line("计数:\n  - {名称: 悬挂横幅, 单位: 条, 公开: 是}")
    # Columns of a ledger are told apart by their names in half width.
    alike = {unicodedata.normalize("NFKC", name): name for name in reversed(made.names)}
    yield from _each("  - {名称: %s, 单位: 个, 公开: 是}", "计数.名称", alike.values())


# What happened


def _activities(made: Hostile) -> dict[str, list[Line]]:
    files = {}
    for number, attack in enumerate(ATTACKS):
        files[f"records/2024/activities/{number}.md"] = list(_activity(made, number, attack))
    return files


def _others(made: Hostile) -> dict[str, list[Line]]:
    """Records of the other kinds: what a place took, they take too, several in each field."""
    files = {}
    for number, some in enumerate(batched(made.passed("活动.地点"), 12)):
        text = quoted(in_one(some))
        common = f"承办: {text}\n依据: {text}\n佐证材料:\n  - 名称: {text}\n    档号: {text}"
        start = f"---\n标题: {text}\n{common}"
        files[f"records/2024/meetings/{number}.md"] = [
            Line(f"{start}\n日期: 2024-05-{number + 1:02}\n类别: 党委会议\n主持: {text}\n议题:"),
            *(
                Line(f"  - 标题: {quoted(one)}\n    主题: 某某\n    结论: {quoted(one)}")
                for one in some
            ),
            Line("---\n" + "\n\n".join(made.passed("活动.正文")[number::20])),
        ]
        files[f"records/2024/cases/{number}.md"] = list(_case(made, number, start))
        files[f"records/2024/standings/{number}.md"] = [
            Line(f"{start}\n截止日期: 2024-06-{number + 1:02}\n类别: 队伍\n分类:\n  甲类: 9"),
            *_each("  %s: 7", "现状.分类", made.passed("现状.分项")[number::20]),
            Line("---"),
        ]
    return files


def _others_and_texts(made: Hostile) -> dict[str, list[Line]]:
    return _others(made) | _texts(made)


def _activity(made: Hostile, number: int, attack: str) -> Iterator[Line]:
    day = f"2024-{number % 12 + 1:02}-{number // 12 + 1:02}"
    yield Line("---")
    yield _line("标题: %s", "活动.标题", attack, f"活动{number}")
    yield Line(f"日期: {day}")
    yield Line(f"类别: {quoted(attack if attack in made.passed('活动.类别') else '宣传活动')}")
    yield _line("地点: %s", "活动.地点", attack, "某村")
    yield _line("承办: %s", "活动.承办", attack)
    yield _line("依据: %s", "活动.依据", attack)
    if attack in made.passed("主题"):
        yield Line(f"主题: [{quoted(attack)}]")
    if attack in made.passed("普法节点"):
        yield Line(f"普法节点: {quoted(attack)}")
    if attack in made.passed("计数.名称"):
        yield Line(f"计数: {{{quoted(attack.strip())}: 3}}")
    yield Line("佐证材料:\n  - 名称: 照片")
    yield _line("  - 名称: %s", "活动.佐证材料.名称", attack)
    yield Line("  - 名称: 照片")
    yield _line("    档号: %s", "活动.佐证材料.档号", attack)
    yield _line("    文件: %s", "活动.佐证材料.文件", attack)
    yield Line("---\n说明。\n")
    yield Line(f"{attack}\n", ("活动.正文", attack))
    yield Line(f"句中{attack}还有。", ("活动.正文", attack))


def _unquoted(number: int, attack: str) -> Iterator[Line]:
    """A record with an attack that is YAML itself; refused, it is a plain record."""
    head = f"---\n标题: 某事{number}\n日期: 2024-03-03\n类别: 宣传活动\n地点: 某村"
    yield Line(f"{head}\n承办: {attack}\n---", ("活动.不加引号", attack), f"{head}\n---")


def gathered(made: Hostile) -> None:
    """Put what passed one by one together, a few attacks a record: a site of bearable size."""
    folder = made.root / "records/2024/activities"
    for file in folder.iterdir():
        file.unlink()
    photo = made.root / "records/2024/files/照片.jpg"
    photo.parent.mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), "red").save(photo)
    kinds, topics = made.passed("活动.类别"), made.passed("主题")
    typed = set(made.passed("活动.正文"))
    for number, some in enumerate(batched(made.passed("活动.地点"), 6)):
        text = quoted(in_one(some))
        lines = [f"标题: {text}", f"日期: 2024-{number % 12 + 1:02}-{number // 12 + 1:02}"]
        lines += [f"类别: {quoted(kinds[number % len(kinds)])}", f"地点: {text}", f"承办: {text}"]
        lines += [f"依据: {text}", f"主题: [{', '.join(map(quoted, topics[number::25]))}]"]
        lines += [
            "佐证材料:",
            *(f"  - 名称: {quoted(one)}\n    档号: {quoted(one)}" for one in some),
        ]
        lines += [f"  - 名称: {text}\n    文件: 照片.jpg\n    公开: 是"]
        prose = "\n\n".join(f"{one}\n\n句中{one}还有。" for one in some if one in typed)
        record = "\n".join(["---", *lines, "---", prose, ""])
        (folder / f"{number}.md").write_text(record, encoding="utf-8")


def _case(made: Hostile, number: int, start: str) -> Iterator[Line]:
    yield Line(f"{start}\n受理日期: 2024-04-{number + 1:02}\n类别: 矛盾纠纷")
    outcomes = made.passed("案件.结果")
    yield Line(f"结果: {quoted(outcomes[number % len(outcomes)])}\n办结日期: 2024-05-30")
    for name in ("纠纷类型", "处罚种类"):
        yield Line(f"{name}: {quoted(made.passed(name)[number])}")
    villages = made.passed("单位.村")
    yield Line(f"村: {quoted(villages[number * 7 % len(villages)])}")
    yield Line(f"来源: [{', '.join(map(quoted, made.passed('来源')[number::20]))}]\n---")


def corrected(made: Hostile) -> None:
    """Make the report one that was published and had another figure then: its correction is shown."""
    (year,) = project.load(Folder(made.root), TODAY).years
    assert year.narrative
    now = dict(year.figures)
    now["全部活动"] = now["全部活动"].model_copy(
        update={"number": "1", "shown": "1场", "public": "1场"}
    )
    held = year.records, year.values, year.past, year.settings, None
    lock = freezing.freeze(year.narrative, now, *held, {}, "")
    lock = lock.model_copy(update={"corrections": []})
    file = made.root / locks.path_of(year.year)
    file.write_text(locks.written(lock), encoding="utf-8")


# What is written about it


CORRECTED = "2025-03-01"


def _texts(made: Hostile) -> dict[str, list[Line]]:
    usable, typed = made.passed("活动.地点"), made.passed("活动.正文")
    fields = ("主送", "文号", "索引号", "主题分类", "体裁分类", "有效性", "发布机构")
    parts = list(batched(usable, len(usable) // 9 + 1))
    township = yaml.safe_load((made.root / "records/township.yml").read_text(encoding="utf-8"))
    name, title = township["简称"], "2024年" + in_one(parts[8])
    issuer = quoted(township["名称"]).replace("%", "%%")
    report = [
        Line("---"),
        _line("标题: %s", "报告.标题", f"{name}{title}", f"{name}2024年报告"),
        Line("成文日期: 2025-02-12"),
        _line(f"署名: [{issuer}, %s]", "报告.署名", in_one(parts[7]), "乙"),
        *(
            _line(f"{name}: %s", f"报告.{name}", in_one(part))
            for name, part in zip(fields, parts[:7], strict=True)
        ),
        Line(
            "流程:\n  - 状态: 已审核\n    日期: 2025-02-13\n    意见: 主动公开\n"
            f"    岗位: {quoted(in_one(parts[0]))}\n"
            "  - {状态: 已发布, 日期: 2025-02-14, 意见: 主动公开, 岗位: 主任}"
        ),
        Line(f"更正:\n  - 日期: {CORRECTED}\n    指标: [全部活动]"),
        *(
            _line(f"    {name}: %s", f"更正.{name}", in_one(part))
            for name, part in zip(("说明", "原因", "批准"), parts[1:4], strict=True)
        ),
        Line("---\n"),
    ]
    for block in ("成效", "第一责任人", "安排", "不足"):
        report.append(Line(f"## {block} {{块={block}}}\n\n因为主要原因是这样：\n"))
        for attack in typed[:: 1 if block == "成效" else 50]:
            report.append(Line(f"{attack}\n", (f"报告.{block}", attack)))
            report.append(Line(f"句中{attack}还有。\n", (f"报告.{block}", attack)))
        if block == "成效":
            for attack in typed:
                report.append(Line(f"### 小标题{attack}\n\n有内容。\n", ("报告.小标题", attack)))
    home = [Line(f"{attack}\n", ("首页", attack)) for attack in typed]
    return {"docs/report/2024.md": report, "docs/index.md": [Line("首页。\n"), *home]}
