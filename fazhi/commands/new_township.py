"""A project for another township: what must be known of it first, what it holds of its own, and what
of this one it takes along."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fazhi import project
from fazhi.commands.generate import editor, schemas
from fazhi.commands.texts import filled
from fazhi.pattern import Pattern
from fazhi.problems.problem import has_errors
from fazhi.rules.site import OF_GUIDES
from fazhi.schema import township
from fazhi.schema.kinds import FOLDERS
from fazhi.schema.spelling import one_line, proper_count
from fazhi.sources import front_matter
from fazhi.sources.tree import GitObject, GitTree

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


# The files

LEFT_HERE = (  # what no other township's project takes along, by how its path begins
    *("records/", "docs/report/", "docs/index.md", "README.md", "mkdocs.yml", "docs/guide/images/"),
    # What tests the program needs the sample: who changes the program does it here.
    *(
        "tests/",
        ".ci/",
        ".github/workflows/tests.yml",
        ".pre-commit-config.yaml",
        "CONTRIBUTING.md",
    ),
)


_OF_THE_PROGRAM = Pattern(  # its files by their folders: what else lies in them is somebody's own
    rf"{OF_GUIDES.pattern}|docs/assets/(?:logo\.svg|[^/]+\.(?:css|js))"
    r"|(?:fazhi|hooks|overrides|scripts)/.+\.(?:py|html|md|txt|xml|rels|yml|js|css|sql|typ)"
    r"|\.(?:gitee|github|vscode)/.+\.(?:md|yml|json|code-snippets)|\.githooks/pre-commit|\.?[A-Za-z-]+(?:\.(?:md|toml|in|txt))?"
)


def is_taken_along(path: str) -> bool:
    """Whether a file of this project belongs into any other township's."""
    return not path.startswith(LEFT_HERE) and _OF_THE_PROGRAM.fullmatch(path) is not None


def made(known: Facts, site: str) -> dict[str, str]:
    """The files of a new project by their paths, generated ones too; `site` is this one's mkdocs.yml."""
    texts = {
        **{f"records/{name}.yml": f"{name}.yml" for name in ("township", "vocabulary", "figures")},
        f"docs/report/{known.year}.md": "report.md",
        "docs/index.md": "index.md",
        "README.md": "readme.md",
    }
    files = {
        path: filled(f"new_township/{name}", facts=known, line=_line)
        for path, name in texts.items()
    }
    # git keeps no empty folder.
    files |= {f"records/{known.year}/{folder}/.gitkeep": "" for folder in FOLDERS}
    title = f"{known.short_name}法治政府建设年度报告"
    titles = {"site_name": title, "site_description": f"{title}及其依据的工作记录"}
    lines = rf"(?m)^({'|'.join(titles)}): .*$"
    files["mkdocs.yml"] = re.sub(lines, lambda line: _line(line[1], titles[line[1]]), site)
    settings, _ = township.load(_tree(files))
    return files | ({**schemas.documents(settings), **editor.files(settings)} if settings else {})


def fault(answers: Mapping[str, str], site: str, today: date) -> str:
    """Why the answers so far will not do, in a sentence; empty where a good project comes of them."""
    known = facts(answers)
    if known.superior and not re.fullmatch(rf"\w+[县区市旗州盟省]{SUPERIOR}", known.superior):
        return "“县”写到“县”“区”“市”“旗”为止，如示例县；不主送的不填。"
    if not FIRST_YEAR <= known.year <= LAST_YEAR:
        return f"“年”写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位数字，如 2025。"
    found = project.load(_tree(made(known, site)), today).problems
    wrong = (p for p in found if has_errors([p]) and p.rule != "FZ114")  # the styles are not here
    return next((f"{p.message}。{p.hint}。" for p in wrong), "")


def _line(key: str, value: str) -> str:
    return "\n".join(front_matter.entry(key, value))


def _tree(files: Mapping[str, str]) -> GitTree:
    listed = (GitObject(path, "100644", path) for path in files)
    return GitTree(listed, lambda path: files[path].encode())
