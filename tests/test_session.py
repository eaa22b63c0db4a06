"""The guide's session, replayed: what it says is typed is typed, what it shows is what comes."""

import re
import shlex
from pathlib import Path

import pytest

from tests.support.building import ROOT, Project, copied
from tests.support.repositories import git, own_environment
from tests.support.running import Terminal

PAGE = (ROOT / "docs/guide/session.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RECORD = "records/2024/activities/2024-12-05-国家宪法日集中宣传.md"


def shown(command: str, nth: int = 0) -> str:
    """What the page shows of the nth time that a command is typed, its last line end kept."""
    blocks = [block for block in BLOCKS if block.startswith(f"$ {command}\n")]
    return blocks[nth].split("\n", 1)[1]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample year as the page finds it, under git."""
    made = copied(tmp_path_factory.mktemp("session") / "项目")
    with pytest.MonkeyPatch.context() as patch:
        own_environment(patch)
        git(made.root, "init", "-q", "-b", "main")
        git(made.root, "add", "records", "docs/report", "docs/index.md")
        git(made.root, "commit", "-q", "-m", "以前")
    return made


def told(project: Project, command: str) -> str:
    """What a command prints, standard output before standard error, as the page orders them."""
    done = project.run(*shlex.split(command)[1:])
    return done.stdout + done.stderr


def test_the_session_of_the_guide(project):
    """One test: each step needs the one before it."""
    expected = shown("python3 scripts/new_record.py")
    answers = re.findall(r"^(?:[^\n>]*)> (.*)$", expected, re.MULTILINE)
    terminal = Terminal(["scripts/new_record.py"], project.root)
    said = terminal.asked() + terminal.types(*answers)
    assert terminal.ends() == 0
    # The terminal echoes what is typed; the example of a date is today's.
    assert without_today(said).split("\n") == without_today(expected).split("\n")

    record = project.root / RECORD
    added = BLOCKS[1]
    text = record.read_text(encoding="utf-8")
    write(record, text.replace("地点: 乡场镇\n", f"地点: 乡场镇\n{added}"))
    check = "python3 scripts/check_records.py"
    assert told(project, check) == shown(check)
    assert told(project, f"{check} --fix") == shown(f"{check} --fix")
    write(record, record.read_text(encoding="utf-8").replace("民法点", "民法典"))
    assert told(project, check) == shown(check, 1)

    compare = "python3 scripts/compare.py main"
    assert without_commit(told(project, compare)) == without_commit(shown(compare))


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def without_today(text: str) -> str:
    return re.sub(r"写成 \d{4}-\d{2}-\d{2}", "写成 今天的日期", text)


def without_commit(text: str) -> str:
    return re.sub(r"（[0-9a-f]{10}）", "", text)
