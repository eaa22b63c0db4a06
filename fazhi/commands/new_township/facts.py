"""What must be known of a township before it can have a project, and whether an answer will do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fazhi.schema.spelling import one_line, proper_count

FIRST_YEAR, LAST_YEAR = 1980, 2098  # of records, so that a report may be dated a year later


@dataclass(frozen=True)
class Question:
    """What is asked: `example` is an answer as it should be."""

    key: str
    text: str
    example: str
    required: bool = True


QUESTIONS = (
    Question("名称", "发布机构的标准全称，印在署名和页脚", "示例县河坪乡人民政府"),
    Question("简称", "正文和网站标题里的叫法", "河坪乡"),
    Question(
        "县", "所在的县（区、市），叙述稿里写作主送机关；不主送的不填", "示例县", required=False
    ),
    Question("年", "从哪一年记起", "2025"),
)
SUPERIOR = "人民政府"


@dataclass(frozen=True)
class Facts:
    """The answers; `superior` is whom the report is sent to, empty where to nobody."""

    name: str
    short_name: str
    superior: str
    year: int


def facts(answers: Mapping[str, str]) -> Facts:
    """The answers as typed; those that are still open are as in the examples."""
    said = {question.key: question.example for question in QUESTIONS}
    said |= {key: one_line(text) for key, text in answers.items()}
    county = said["县"].removesuffix(SUPERIOR)
    year = int(proper_count(said["年"].removesuffix("年")) or 0)
    return Facts(said["名称"], said["简称"], f"{county}{SUPERIOR}" if county else "", year)


def refusal(answers: Mapping[str, str]) -> str:
    """Why an answer will not do, as far as it is seen without the project; else empty."""
    known = facts(answers)
    if known.superior and not re.fullmatch(rf"\w+[县区市旗州盟省]{SUPERIOR}", known.superior):
        return "“县”写到“县”“区”“市”“旗”为止，如示例县；不主送的不填。"
    if not FIRST_YEAR <= known.year <= LAST_YEAR:
        return f"“年”写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位数字，如 2025。"
    return ""
