"""What keeps a year's report from being published."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fazhi.pattern import Pattern
from fazhi.problems.problem import Problem, Severity
from fazhi.problems.rulebook import declared
from fazhi.records.headings import HEADING, blocks
from fazhi.records.narrative import DRAFT, PUBLISHED
from fazhi.report.basis import Basis
from fazhi.schema.words import ANNUAL_REPORT

SHOWN = 3  # how many places of a rule are named


@dataclass(frozen=True)
class Broken:
    """A rule of which something is reported: what it says, how often, and the first places."""

    rule: str
    severity: Severity
    count: int
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        rule = declared.get(self.rule)
        return rule.title.rstrip("。") if rule else self.problems[0].message


def broken(problems: Iterable[Problem], year: int) -> list[Broken]:
    """What is reported, errors first: every error, and the warnings but for those of other years."""
    by_rule: dict[tuple[Severity, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        of = _OF_A_YEAR.match(problem.path)
        if problem.severity is Severity.ERROR or not of or int(of[1] or of[2]) == year:
            by_rule[problem.severity, problem.rule].append(problem)
    in_order = sorted(by_rule.items(), key=lambda one: (one[0][0] is not Severity.ERROR, one[0][1]))
    return [
        Broken(rule, severity, len(found), tuple(found[:SHOWN]))
        for (severity, rule), found in in_order
    ]


_OF_A_YEAR = Pattern(r"records/(\d{4})/|docs/report/(\d{4})\.md$")


def of_report(basis: Basis) -> Iterator[tuple[str, str]]:
    """What the report itself lacks: what it is, and what is to be done."""
    year, narrative = basis.year, basis.narrative
    if basis.was_sample:
        yield (
            "公布的是示例，真的还没有公布",
            f"写好以后，运行 python3 scripts/publish_report.py {year}",
        )
    if basis.settings.township.is_sample:
        yield "记录是示例数据", "换成真实的记录以后，township.yml 的“示例数据”改为 否"
    if narrative is None:
        blocks_of = "、".join(name for name, must in ANNUAL_REPORT.wanted.items() if must)
        yield f"还没有 docs/report/{year}.md", f"写叙述稿，要有 {blocks_of}"
        return
    meta, found = narrative.meta, blocks(narrative)
    for block, required in narrative.text_type.wanted.items():
        texts = [HEADING.sub("", narrative.body[start:end]) for start, end in found.get(block, ())]
        written = "".join(_TO_WRITE.sub("", text).strip() for text in texts)
        if not written and (required or texts):
            yield (
                f"“{block}”这一块还是空的",
                "写上内容" if texts else f"写在标题后面加了 {{块={block}}} 的一节",
            )
        elif any(map(_TO_WRITE.search, texts)):
            yield f"“{block}”这一块里还有待写的", "换成文字，连同括号"
    for key, held in (("文号", meta.number), ("索引号", meta.index)):
        if held is None:
            yield f"开头还没有“{key}”", "写上；没有的写 无"
    steps = [step for step in meta.steps if step.day <= basis.day]
    states = {step.state for step in steps}
    if states <= {DRAFT}:
        yield "还是草稿，没有审核", "审核了的，在“流程”里加一步“已审核”，写日期、岗位和意见"
    elif PUBLISHED not in states:
        opinion = steps[-1].opinion
        if opinion not in (None, "主动公开"):
            yield f"公开审查的意见是{opinion}", "主动公开的才能发布"
        yield "审核了，还没有发布", "发布了的，在“流程”里加一步“已发布”"


_TO_WRITE = Pattern("[（(]待写[^）)\n]*[）)]?")
