"""A project for another township: it stands alone, and holds nothing of the sample."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from fazhi import project
from fazhi.commands import new_township
from fazhi.commands.new_township import QUESTIONS, facts
from fazhi.sources.tree import Folder
from tests.conftest import lay, settings_of
from tests.support.building import ROOT, Project, contents, copied, page
from tests.support.running import Terminal, held, ran_script

SITE = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
TODAY = date(2026, 1, 5)
SAID = {"名称": "示例市桃源街道办事处", "简称": "桃源街道", "县": "示例市", "年": "2025"}
OPTIONS = [word for key, text in SAID.items() for word in (f"--{key}", text)]
SCRIPT = "scripts/new_township.py"

STRAY = (
    "docs/assets/场口.jpg",
    "docs/guide/list.md",
    "docs/guide/名单.txt",
    "docs/rules/名单.md",
    "scripts/台账.xlsx",
    "名单.md",
)
"""What somebody has put beside the program's own files."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of this project, its program included, to make others from."""
    made = copied(tmp_path_factory.mktemp("原来的") / "项目")
    (made.root / "fazhi").unlink()
    for name in ("fazhi", ".github", ".githooks", ".vscode"):
        shutil.copytree(ROOT / name, made.root / name)  # with what Python has compiled of it
    for name in (".gitignore", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"):
        shutil.copyfile(ROOT / name, made.root / name)
    ours = {".git/HEAD": "ref", "tests/test_x.py": "", ".cache/x": "", "site/index.html": ""}
    lay(made.root, ours | dict.fromkeys(STRAY, "户主：王小三"))
    return made


@pytest.fixture(scope="module")
def township(origin: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A new project, in a folder with an awkward name."""
    target = tmp_path_factory.mktemp("新的") / "桃源 [法治]"
    done = origin.run(SCRIPT, str(target), *OPTIONS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"做好了：{target}"
    left = [line for line in done.stderr.splitlines() if line.startswith("没有带过去")]
    assert sorted(left) == [f"没有带过去，不是程序的文件：{path}" for path in STRAY]
    return Project(target)


@pytest.fixture
def alone(origin: Project, township: Project) -> Iterator[Project]:
    """The new project while the one it was made from is somewhere else."""
    moved = origin.root.rename(origin.root.with_name("移走的"))
    yield township
    moved.rename(origin.root)


def own_files(root: Path) -> dict[str, str]:
    """What a project holds but its environment."""
    held_there = (file for file in root.rglob("*") if file.is_file())
    paths = {file.relative_to(root).as_posix(): file for file in held_there}
    return {
        path: file.read_text(encoding="utf-8", errors="replace")
        for path, file in paths.items()
        if not path.startswith(".venv/") and "__pycache__" not in path
    }


def test_nothing_of_the_sample_is_in_it(township):
    sample = settings_of(ROOT)
    site = sample.township.website
    assert site
    words = [sample.township.name, sample.township.short_name, "左岚", "城口", "cqck", "zuolan"]
    words += [site.name, site.domain, site.code]
    found = own_files(township.root)
    for path, text in found.items():
        assert not [word for word in words if word in path + text], path
    made = new_township.made(facts(SAID), SITE)
    assert made.keys() <= found.keys()
    named = {section.name for section in sample.vocabulary.sections} - {"法治宣传"}
    named |= {c.name for kind in sample.vocabulary.categories.values() for c in kind}
    named -= {"宣传活动"}
    for path in made:
        if not path.startswith("docs/guide/"):  # where the program has examples of its own
            assert not [word for word in named if word in found[path]], path


def test_it_holds_the_program_and_the_guide_but_no_tests_and_no_history(township):
    found = own_files(township.root)
    assert {
        "fazhi/__init__.py",
        "scripts/build.py",
        "docs/guide/index.md",
        "docs/rules/FZ101.md",
    } < {*found}
    assert {"overrides/main.html", "hooks/site.py", ".gitignore", ".githooks/pre-commit"} < {*found}
    gone = (".git/", "tests/", ".cache/", "site/", "records/2024/", "docs/report/2024.md", "CONTRI")
    assert not [path for path in found if path.startswith(gone)]
    assert [path for path in found if path.startswith("docs/report/")] == ["docs/report/2025.md"]
    links = re.findall(r"\]\(([^)#]+)", found["README.md"])
    assert links
    assert all((township.root / link).exists() for link in links)


def test_it_checks_and_builds_by_itself(alone):
    done = alone.run("scripts/check_records.py", "--today", str(TODAY))
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 个错误，0 个警告" in done.stderr
    fresh = alone.run("scripts/generate.py", "--check")
    assert (fresh.returncode, fresh.stdout) == (0, "")
    record = (
        "活动",
        "--标题",
        "宪法日宣传",
        "--日期",
        "2025-12-04",
        "--类别",
        "宣传活动",
        "--地点",
        "场口",
    )
    assert alone.run("scripts/new_record.py", *record, "--today", str(TODAY)).returncode == 0
    report = page(alone.built() / "report/2025.html").text
    assert "示例市桃源街道办事处2025年法治政府建设情况报告" in report
    assert "示例市人民政府" in report
    assert "示例数据" not in report
    tests = alone.run("scripts/test.py")
    assert tests.returncode == 2
    assert "check_records.py" in tests.stderr


def test_whoever_has_a_year_behind_gets_a_skeleton_that_passes(tmp_path):
    for year in ("1980", "2024", "2098"):
        root = tmp_path / year
        lay(root, new_township.made(facts({**SAID, "年": year, "县": ""}), SITE))
        found = project.load(Folder(root), TODAY).problems
        assert {problem.rule for problem in found} <= {
            "FZ723",
            "FZ114",
        }  # unpublished; without styles


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("名称", "示例<县", "不能有符号 <"),
        ("名称", "{{ x }}", "不能有符号 {"),
        ("名称", "河坪乡 13912345678", "139*****678"),
        ("简称", "“乡”", ""),
        ("简称", "示例\n乡", ""),
        ("简称", "乡: 甲 #1", ""),
        ("县", "示例", "写到“县”“区”“市”"),
        ("县", "示例县人民政府", ""),
        ("县", "<b>县", "写到“县”“区”“市”"),
        ("年", "25", "1980 到 2098"),
        ("年", "今年", "1980 到 2098"),
        ("年", "2099", "1980 到 2098"),
        ("年", "２０２５年", ""),
    ],
)
def test_an_answer_is_refused_in_a_sentence_or_taken(key, text, told):
    wrong = new_township.fault({**SAID, key: text}, SITE, TODAY)
    assert (told in wrong) if told else wrong == ""
    assert "13912345678" not in wrong


def test_any_answer_that_is_taken_stays_as_it_is():
    made = new_township.made(facts({**SAID, "简称": "乡: 甲 #1"}), SITE)
    assert yaml.safe_load(made["records/township.yml"])["简称"] == "乡: 甲 #1"
    assert 'site_name: "乡: 甲 #1法治政府建设年度报告"\n' in made["mkdocs.yml"]


# The command


@pytest.mark.parametrize(
    ("folder", "arguments", "code", "told"),
    [
        ("满的", OPTIONS, 2, "不是空的"),
        ("满的/x.txt", OPTIONS, 2, "是一个文件"),
        ("满的/x.txt/里面", OPTIONS, 1, "写不进去"),
        (str(ROOT), OPTIONS, 2, "已经是一个项目"),
        (str(ROOT / "docs/新的"), OPTIONS, 2, "在一个项目里面"),
        ("records/新的", OPTIONS, 2, "在一个项目里面"),  # of another township
        (b"\xff".decode("utf-8", "surrogateescape"), OPTIONS, 2, "认不出来的字"),
        (".", OPTIONS, 2, "到上一级"),
        ("新的", OPTIONS[2:], 1, "缺少“名称”：加上 --名称"),
        ("新的", [*OPTIONS, "--年", "0"], 1, "--年 0：“年”写 1980"),
        ("新的", [*OPTIONS, "--县名", "甲"], 2, "是不是 --县"),
    ],
)
def test_what_it_cannot_do_leaves_nothing(folder, arguments, code, told, tmp_path):
    lay(tmp_path, {"满的/x.txt": "别人的"})
    if folder.startswith("records"):
        lay(tmp_path, {"mkdocs.yml": "", "records/township.yml": ""})
    before = sorted(tmp_path.rglob("*"))
    done = ran_script("new_township.py", folder, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "满的/x.txt").read_text(encoding="utf-8") == "别人的"


@pytest.mark.parametrize(("how", "code"), [("killed", 9), ("interrupted", 130), ("open", 1)])
def test_stopped_halfway_there_is_nothing(how, code, origin, tmp_path):
    target = tmp_path / "新的"
    target.mkdir()
    done = held(how, target, SCRIPT, str(target), *OPTIONS, cwd=origin.root)
    assert done.returncode == code, done.stderr
    assert not target.exists() or not list(target.iterdir())
    if how == "killed":
        assert list(tmp_path.glob(".writing-*"))
        assert origin.run(SCRIPT, str(target), *OPTIONS).returncode == 0
        assert (target / "mkdocs.yml").exists()
    assert set(tmp_path.iterdir()) <= {target}


TALK = """
 → 这一项必填 | 示例<县 → 不能有符号 | 示例县河坪乡政府 → 简称 | 返回 → 名称：
示例县河坪乡人民政府 → 简称 | 河坪乡 → 县（可以不填） | 示例 → 写到“县” | 示例县 → 年 | 明年 → 1980 到
"""


def test_a_conversation(origin, tmp_path):
    target = tmp_path / "新的"
    terminal = Terminal([SCRIPT, str(target)], origin.root)
    assert "名称：发布机构的标准全称" in terminal.asked()
    for step in TALK.strip("\n").replace("\n", " | ").split(" | "):
        typed, _, seen = step.partition("→")
        assert seen.strip() in terminal.types(typed.strip()), step
    assert f"做好了：{target}" in terminal.types("2025年")
    assert terminal.ends() == 0
    report = (target / "docs/report/2025.md").read_text(encoding="utf-8")
    assert "署名: 示例县河坪乡人民政府\n" in report
    assert "主送: 示例县人民政府\n" in report


@pytest.mark.parametrize(("stop", "code"), [("interrupt", 130), ("end", 1)])
def test_stopping_makes_nothing(stop, code, tmp_path):
    terminal = Terminal([SCRIPT, str(tmp_path / "新的"), "--年", "2025"], ROOT)
    assert "名称" in terminal.asked()
    end = terminal.interrupted() if stop == "interrupt" else terminal.types("甲\n\x04")
    while "没有做" not in end:
        more = terminal.asked()
        assert more
        end += more
    assert terminal.ends() == code
    assert "Traceback" not in end
    assert contents(tmp_path) == {}


def test_the_command_of_the_guide_answers_every_question():
    guide = (ROOT / "docs/guide/takeover.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^python3 scripts/new_township\.py (.*--.*)$", guide, re.MULTILINE)
    _, *said = shlex.split(command)
    examples = {question.key: question.example for question in QUESTIONS}
    assert said == [word for key, text in examples.items() for word in (f"--{key}", text)]
    assert all(f"| {key} |" in guide and f"`{text}`" in guide for key, text in examples.items())
    assert new_township.fault(examples, SITE, TODAY) == ""
