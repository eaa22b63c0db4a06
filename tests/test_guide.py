"""The guide held against the code: its examples are valid, and its lists are whole."""

import ast
import re
import shlex
import shutil
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest
import yaml

import fazhi
from fazhi import project
from fazhi.commands import new_township
from fazhi.commands.new_township import facts
from fazhi.figures import filters
from fazhi.output.documents.blocks import Heading
from fazhi.output.documents.document import document_of
from fazhi.output.menu import menu
from fazhi.output.pages.home import home
from fazhi.output.pages.report import pages
from fazhi.output.view import View
from fazhi.problems import formats
from fazhi.records import ledger
from fazhi.report.editions import Edition, Gate
from fazhi.report.rendering import render
from fazhi.rules import definitions
from fazhi.schema import definition, fields, kinds, township, vocabulary, words
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, lay, settings_of
from tests.support import guide
from tests.support.building import ROOT, copied, page, swap
from tests.support.running import ran_script
from tests.support.trees import Overlay

REPORT = "docs/report/2024.md"
GUIDE = ROOT / "docs" / "guide"


def blocks(page: str, language: str) -> list[str]:
    text = (GUIDE / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's settings, with the words that the guide adds, without its records and what its
    pictures say of them."""
    root = tmp_path_factory.mktemp("settings")
    shutil.copytree(ROOT / "records", root / "records", ignore=shutil.ignore_patterns("20*"))
    figures = root / "records/figures.yml"
    said = re.compile(r"^  图题:\n(?:    .*\n)+", re.MULTILINE)
    figures.write_text(said.sub("", figures.read_text(encoding="utf-8")), encoding="utf-8")
    guide.laid(root, "totals.md", "records/vocabulary.yml")
    guide.laid(root, "beyond.md", "records/vocabulary.yml")
    return root


@pytest.fixture
def settings(declared: Path, tmp_path: Path) -> Path:
    """A copy of them, to be changed."""
    return shutil.copytree(declared, tmp_path, dirs_exist_ok=True)


def test_the_fields_of_every_kind_are_a_link_away():
    text = (GUIDE / "records.md").read_text(encoding="utf-8")
    for folder in ("index", *kinds.FOLDERS):
        assert f"](fields/{folder}.md)" in text


COMMANDS = "".join(blocks("records.md", "sh"))
NEW_RECORDS = re.findall(r"^.*new_record\.py .*$", COMMANDS, re.MULTILINE)


@pytest.mark.parametrize("number", range(len(NEW_RECORDS)))
def test_a_new_record_of_the_guide_is_written(number, settings):
    _, script, *arguments = shlex.split(NEW_RECORDS[number])
    script = script.removeprefix("scripts/")
    done = ran_script(script, *arguments, "--root", settings, "--today", "2025-12-31")
    assert done.returncode == 0, done.stderr
    assert not project.load(Folder(settings), TODAY.replace(year=2026)).problems


def test_every_wording_is_explained():
    text = (GUIDE / "narrative.md").read_text(encoding="utf-8")
    for name in filters.WORDINGS:
        assert re.search(rf"^### (?:.*、)?{name}(?:、.*)?$", text, re.MULTILINE), name


def test_every_measure_is_explained():
    text = (GUIDE / "figures.md").read_text(encoding="utf-8")
    told = text.partition("## 各种统计\n")[2].partition("\n## ")[0]
    assert re.findall("^### (.*)$", told, re.MULTILINE) == [*definition.MEASURE_SPECS]
    assert "" not in [part.partition("```yaml\n")[2] for part in told.split("\n### ")[1:]]


def test_every_key_of_a_definition_is_explained():
    text = (GUIDE / "figures.md").read_text(encoding="utf-8")
    for key in fields.specs(definition.Definition):
        assert re.search(rf"`{key}`|\| {key} \||\b{key}: ", text), key


RECORDS = [block for block in blocks("records.md", "markdown") if block.startswith("---\n")]


def test_there_are_examples_of_every_kind():
    assert len(RECORDS) >= len(kinds.KINDS)


@pytest.mark.parametrize("number", range(len(RECORDS)))
def test_a_record_of_the_guide_is_valid(number, settings):
    for folder in kinds.FOLDERS:
        target = settings / "records" / "2025" / folder
        target.mkdir(parents=True)
        (target / "例.md").write_text(RECORDS[number], encoding="utf-8", newline="\n")
        problems = project.load(Folder(settings), TODAY.replace(year=2026)).problems
        (target / "例.md").unlink()
        if not problems:
            return
    pytest.fail("\n".join(map(formats.line, problems)))


def narrative_with(keys: str, text: str) -> list[str]:
    """What is wrong with the sample's narrative once these are in it."""
    typed = (ROOT / REPORT).read_text(encoding="utf-8")
    typed = re.sub(r"^附件:.*\n", "", typed, flags=re.MULTILINE)
    typed = typed.replace("有效性: 有效\n", f"有效性: 有效\n{keys}", 1)
    typed = typed.replace("\n### 完善决策机制", f"\n{text}\n### 完善决策机制", 1)
    held = project.load(Overlay(Folder(ROOT), {REPORT: typed.encode()}), TODAY.replace(year=2026))
    return [formats.line(problem) for problem in held.problems if problem.path == REPORT]


@pytest.mark.parametrize("text", blocks("narrative.md", "markdown")[1:])
def test_a_table_of_the_guide_is_valid(text):
    assert narrative_with("", text) == []
    assert narrative_with("", text.replace("（起）", "（万元）"))


@pytest.mark.parametrize("keys", blocks("documents.md", "yaml"))
def test_the_annex_of_the_guide_is_valid(keys):
    assert narrative_with(keys, "") == []


def test_the_ledger_of_the_guide_is_imported(settings):
    given = settings / "会议.csv"
    (text,) = blocks("spreadsheets.md", "csv")
    given.write_text(text, encoding="utf-8")
    done = ran_script("import_ledger.py", given, "--root", settings, "--today", "2025-03-01")
    assert done.returncode == 0, done.stdout
    assert not project.load(Folder(settings), TODAY).problems
    meetings = [record.fields for record in ledger.load(Folder(settings)).records]
    topics = [
        [(item.topic, item.conclusion) for item in meeting.agenda]
        for meeting in meetings
        if isinstance(meeting, kinds.Meeting)
    ]
    assert topics == [
        [("禁毒", "同意")],
        [("宪法", "同意"), ("民法典", "原则同意")],
        [("合同审查", None), ("合同审查", None), ("合同审查", "同意")],
    ]
    again = ran_script("import_ledger.py", given, "--root", settings, "--today", "2025-03-01")
    assert "没有变化 3" in again.stderr


def test_the_collected_file_of_the_guide_is_filed(settings, tmp_path):
    (text,) = (text for text in blocks("collecting.md", "text") if "<!--" in text)
    given = tmp_path / "收件.md"
    given.write_text(text, encoding="utf-8")
    done = ran_script("import_ledger.py", given, "--root", settings, "--today", "2025-03-01")
    assert (done.returncode, "新增 2" in done.stderr) == (0, True), done.stdout
    assert not project.load(Folder(settings), TODAY).problems


FIGURES = blocks("figures.md", "yaml")


@pytest.mark.parametrize("number", range(len(FIGURES)))
def test_the_figures_of_the_guide_are_valid(number, settings):
    file = settings / "records" / "figures.yml"
    file.write_text(FIGURES[number], encoding="utf-8", newline="\n")
    loaded, problems = township.load(Folder(settings))
    assert not problems
    assert loaded
    assert not list(definitions.check(loaded))


@cache
def smallest() -> dict[str, str]:
    """The smallest project of the guide: the settings, the record and the narrative it gives."""
    text = (GUIDE / "takeover.md").read_text(encoding="utf-8")
    named = r"^`(records/[^`\n]+\.yml)`：\n\n```yaml\n(.*?)^```$"
    files = dict(re.findall(named, text, re.MULTILINE | re.DOTALL))
    (where,) = re.findall(r"`(records/\d{4}/[^`\n]+\.md)`", text)
    (files[where],) = blocks("takeover.md", "markdown")
    files["docs/report/2025.md"] = blocks("narrative.md", "markdown")[0]
    return files


def test_the_smallest_samples_of_the_guide_fit_together(tmp_path):
    lay(tmp_path, smallest())
    checked = project.load(Folder(tmp_path), date(2026, 1, 5))
    assert not checked.problems
    assert (checked.files, len(checked.years)) == (1, 1)


def test_the_smallest_samples_of_the_guide_are_built(tmp_path):
    made = copied(tmp_path / "项目")
    for part in ("records", "docs/report", "docs/guide", "docs/rules"):
        shutil.rmtree(made.root / part)
    lay(made.root, smallest())
    swap(made.root / "mkdocs.yml", "左岚乡", "河坪乡")
    report = page(made.built() / "report/2025.html").text
    assert "全年开展专题宣传活动1场，发放宣传资料100余份。" in report


def test_the_vocabulary_of_the_guide_has_every_kind_and_fits_the_smallest_figures(tmp_path):
    (larger,) = (text for text in blocks("takeover.md", "yaml") if "纠纷类型:" in text)
    lay(tmp_path, {**smallest(), "records/vocabulary.yml": larger})
    settings = settings_of(tmp_path)
    assert settings.vocabulary.categories.keys() == kinds.KINDS.keys()
    found = project.load(Folder(tmp_path), date(2026, 1, 5)).problems
    assert {problem.rule for problem in found} <= {"FZ618"}  # sections that nothing is counted in


def test_the_smallest_settings_of_the_guide_are_those_of_a_new_township():
    made = new_township.made(facts({}), (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    for path in ("records/township.yml", "records/vocabulary.yml", "records/figures.yml"):
        assert yaml.safe_load(made[path]) == yaml.safe_load(smallest()[path])


def test_every_key_of_the_settings_is_explained():
    text = (GUIDE / "takeover.md").read_text(encoding="utf-8")
    for key in fields.specs(township.Township) | fields.specs(vocabulary.Vocabulary):
        assert re.search(rf"^\| {key} \|", text, re.MULTILINE), key
    own = {"板块": "Section", "类别": "Category", "普法节点": "PublicityDay", "计数": "Counter"}
    own |= {"标记": "Mark", "易错词": "Misnomer", "规划": "Programme", "率": "Rate"}
    own |= {"文种": "TextType"}
    for name, model in own.items():
        for key in fields.specs(getattr(words, model)):
            row = rf"^\| (?:{name}|各张) \| (?:[^|]*、)?{key}(?:、[^|]*)? \|"
            assert re.search(row, text, re.MULTILINE), f"{name}：{key}"


@pytest.mark.parametrize("page", ["totals.md", "beyond.md"])
def test_a_page_is_true_of_what_it_has_written_down(page, settings):
    typed, printed = guide.laid(settings, page)
    report = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
    where = r"全年开展宣传活动.*"
    report = report.replace("某县示例乡人民政府", "城口县左岚乡人民政府")
    text = re.sub(where, lambda _: typed.strip(), report)
    lay(settings, {"docs/report/2024.md": text})
    found = project.load(Folder(settings), TODAY.replace(year=2026))
    assert not found.problems, "\n".join(map(formats.line, found.problems))
    (year,) = (year for year in found.years if year.year == 2024)
    assert year.narrative
    rendered = render(year.narrative, year.values, year.last)
    assert printed
    for said in printed:
        assert said.strip() in rendered.markdown


def fenced(page: str, heading: str) -> list[str]:
    """The examples below a heading of the guide, up to the next one, for the sample township."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    text = text.replace("示例县", "城口县").replace("河坪乡", "左岚乡")
    below = text.partition(f"# {heading}\n")[2]
    found = re.findall(r"^```\w*\n(.*?)^```$|^(##)", below, re.MULTILINE | re.DOTALL)
    return [example for example, _ in takewhile(lambda one: not one[1], found)]


SAMPLE = (ROOT / REPORT).read_text(encoding="utf-8")


def with_lines(narrative: str, lines: str) -> str:
    """A narrative, in whose front matter these lines stand for those of the same name."""
    _, head, body = narrative.split("---\n", 2)
    keys = "|".join(re.findall(r"^(\w+):", lines, re.MULTILINE))
    rest = re.sub(rf"(?m)^(?:{keys}):.*\n", "", head)
    return f"---\n{rest}{lines}---\n{body}"


def sample_with(tmp_path: Path, files: dict[str, str]) -> View:
    """The sample's year with files of an example over it, which must be right."""
    shutil.copytree(ROOT / "records", tmp_path / "records")
    lay(tmp_path, files)
    checked = project.load(Folder(tmp_path), TODAY.replace(year=2026))
    assert not checked.problems, "\n".join(map(formats.line, checked.problems))
    year = next(year for year in checked.years if year.year == 2024)
    return View(year, Gate(Edition.PUBLIC, year.settings))


def rows_of(view: View) -> dict[str, str]:
    """The page's catalogue, as it reads."""
    page = str(pages(view)["report/2024.md"])
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    return {name: re.sub("<.*?>", "", value.replace("<br>", "、")) for name, value in rows}


def test_issuers_together_stand_one_below_the_other(tmp_path):
    (lines,) = fenced("narrative.md", "联合发文")
    view = sample_with(tmp_path, {"docs/report/2024.md": with_lines(SAMPLE, lines)})
    party, office = "中共城口县左岚乡委员会", "城口县左岚乡人民政府"
    document = document_of(view)
    assert document.title_lines[:2] == document.signed[:2] == (party, office)
    assert document.title_lines[2:] == ("关于2024年法治政府建设情况的报告",)
    assert document.signed[2:] == ("2025年2月12日",)
    named = ("Author", "ContentSource", "发布机构")
    assert [document.fields[n] for n in named] == [f"{party}、{office}", *["城口县司法局"] * 2]
    page = str(pages(view)["report/2024.md"])
    lines_of_heading = re.findall('<span class="fz-line">(.*?)</span></span>', page)
    signed = re.findall('<p><span class="fz-name">(.*?)</span></p>', page)
    for name, heading, signature in zip((party, office), lines_of_heading, signed, strict=True):
        assert {re.sub("<.*?>", "", text) for text in (heading, signature)} == {name}


def test_a_catalogue_is_that_of_the_place(tmp_path):
    text = (GUIDE / "takeover.md").read_text(encoding="utf-8")
    (rows,) = re.findall(r"^\| 目录 \|.*\| `(\[.*\])` \|$", text, re.MULTILINE)
    township = (ROOT / "records/township.yml").read_text(encoding="utf-8") + f"目录: {rows}\n"
    (lines,) = fenced("narrative.md", "信息公开目录 {#目录}")
    narrative = with_lines(SAMPLE, lines.replace(", 审核程序: 公开审查", ""))
    files = {"records/township.yml": township, "docs/report/2024.md": narrative}
    view = sample_with(tmp_path, files)
    shown = rows_of(view)
    assert [*shown] == rows[1:-1].split(", ")
    assert [shown[n] for n in ("索引号", "发文字号", "公开方式", "审核程序")] == [
        *("无", "无", "主动公开", "")
    ]
    document = document_of(view)
    assert document.number == ""
    assert {name: document.fields[name] for name in shown} == shown


def test_another_kind_of_text_has_its_own_blocks_and_numbers(tmp_path):
    types, head, body = fenced("narrative.md", "别的文种 {#文种}")
    vocabulary = (ROOT / "records/vocabulary.yml").read_text(encoding="utf-8") + types
    narrative = f"---\n{head}---\n{body}"
    files = {"records/vocabulary.yml": vocabulary, "docs/report/2024.md": narrative}
    view = sample_with(tmp_path, files)
    headings = [b for b in document_of(view).blocks if isinstance(b, Heading)]
    assert [h.text for h in headings] == ["1.法治宣传", "（1）资料", "2.怎样统计"]
    assert "2024年统计数据" in str(menu([view], []))
    assert "年度报告" not in str(menu([view], [])) + home([view], "")


# The maintainer's page

PARTS = ("fazhi", "hooks", "scripts", "tests", "docs", "records", "overrides", ".ci")
A_PATH = r"[\w./-]+(/|\.(py|sql|md|yml|toml|txt|in|html|css|js|typ|xml))"
A_NAME = r"_?[A-Za-z]\w*(\.[A-Za-z]\w*)?"


def is_superseded(page: Path) -> bool:
    return "- 状态：由" in page.read_text(encoding="utf-8")


RECORDS_OF_DECISIONS = sorted((GUIDE / "decisions").glob("*.md"))
VALID = [page for page in RECORDS_OF_DECISIONS if not is_superseded(page)]


@cache
def what_there_is() -> tuple[list[str], set[str]]:
    """The paths of the project, and every name that stands in its Python."""
    files = [*ROOT.iterdir(), *(path for part in PARTS for path in (ROOT / part).rglob("*"))]
    paths = ["/" + path.relative_to(ROOT).as_posix() for path in files]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    paths += [line.rstrip("/") for line in ignored]  # what is made
    known = {path.stem for path in files}
    for file in (path for path in files if path.suffix == ".py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            known |= {str(getattr(node, part, "")) for part in ("id", "attr", "name", "arg")}
    return paths, known


@pytest.mark.parametrize("page", [GUIDE / "maintainer.md", *VALID], ids=lambda page: page.stem)
def test_what_a_page_for_maintainers_names_is_there(page):
    """A decision may name what it is against: of it, only the modules are looked for."""
    paths, known = what_there_is()
    missing = []
    text = page.read_text(encoding="utf-8").replace("FZnnn", "FZ201")
    for line in re.sub(r"(?ms)^```.*?^```", "", text).splitlines():
        row = re.match(r"\| `([\w/]+/)` \|", line)  # whose files lie in that folder
        tokens = re.findall(r"`([^`]+)`", line)
        if page in VALID:
            tokens = [token for token in tokens if token.endswith((".py", ".sql"))]
        for token in tokens:
            if re.fullmatch(A_PATH, token):
                end = f"/{token.rstrip('/')}"
                inside = f"/{row[1]}" if row and "/" not in token else "/"
                is_there = any(inside in path and path.endswith(end) for path in paths)
            else:
                is_name = re.fullmatch(A_NAME, token, re.ASCII)
                is_there = not is_name or known.issuperset(token.split("."))
            missing += [] if is_there else [token]
    assert not missing, missing


def test_the_version_is_that_of_the_newest_changes():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d+\.\d+\.\d+)（", text, re.M)[0] == fazhi.__version__
