"""Whatever a text, a day or a name is: every command ends in a sentence or in success.

A check that finds nothing is a promise: what it let pass is built, exported and published.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fazhi import project_files
from fazhi.commands.new_record.draft import Draft
from fazhi.commands.spreadsheets import exporting
from fazhi.output import documents, leaks
from fazhi.output import site as pages
from fazhi.output.documents import Unprintable
from fazhi.output.documents.blocks import Paragraph
from fazhi.output.view import View
from fazhi.problems.problem import has_errors
from fazhi.report.editions import Edition, Gate
from fazhi.schema.kinds import KINDS
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, checked, lay, lines, settings_of
from tests.support.running import ran_script

WORDS = """小结|加强学习。|**重点**|*斜体*|~~删~~|[链接](https://www.example.gov.cn)|[](https://a.cn)|[锚](#)
[页](../index.html#x)|[b](2024.html)|[b](http://[::1)|[a][b]|![图](x.png)|<b>粗</b>|`码`|<!-- x -->|脚注[^1]
&nbsp;|&#8;|&#x1F600;|&#xD800;|&copy|&lt;b&gt;|\\*转义\\*|——|“引”|a | b|第一行  \n第二行|{: #x .y }|　　缩进
𠮷|1. |- |{{ 宣传活动 }}|$x$|==高亮==|*[HTML]: x|[^1]: 注|\u00a0""".replace("\n|", "|")
TOKENS = [word for line in WORDS.splitlines() for word in line.split("|")]
TOKENS += ["长" * 3000, "A" * 300, "", "https://a.cn/" + "x" * 500]
texts = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3).map("".join)


def tables(cells: list[str], columns: int, rows: int) -> str:
    """A table of so many columns and rows."""
    given = itertools.cycle(cells)

    def row() -> str:
        return "|" + "|".join(next(given) for _ in range(columns)) + "|"

    return "\n".join([row(), "|" + "-|" * columns, *(row() for _ in range(rows))])


def indented(block: str, by: str, first: str) -> str:
    return first + block.replace("\n", f"\n{by}")


blocks = st.recursive(
    st.one_of(
        texts,
        st.builds("{} {}".format, st.sampled_from(["#" * n for n in range(1, 8)]), texts),
        st.builds("{}\n{}".format, texts, st.sampled_from(["===", "---", ":   定义", "```", "> "])),
        st.sampled_from(
            ["***", "> ", "- ", "|-|", "| |\n|-|", "```\n码", "    码", "!!! note\n    x"]
        ),
        st.builds(
            tables, st.lists(texts, min_size=1, max_size=3), st.integers(1, 4), st.integers(0, 90)
        ),
    ),
    lambda inner: st.one_of(
        st.builds(indented, inner, st.just("> "), st.just("> ")),
        st.builds(
            indented, inner, st.just("    "), st.sampled_from(["- ", "1. ", "0. ", "- [ ] "])
        ),
        st.builds("{}\n{}".format, inner, inner),
    ),
    max_leaves=3,
)
bodies = st.lists(blocks, min_size=1, max_size=3).map("\n\n".join)
some = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
PLACES = {
    "docs/report/2024.md": "\n## 下一年度安排",
    "records/2024/activities/宪法宣传.md": "\n---\n",
    "docs/index.md": "",
}


def laid(root: Path, path: str, body: str) -> None:
    """A project with a text in one of its files."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(BASE, root)
    lay(root, {"docs/index.md": "首页\n"})
    text, place = (root / path).read_text(encoding="utf-8"), PLACES[path]
    at = text.index(place) + (len(place) if place == "\n---\n" else 0) if place else len(text)
    lay(root, {path: f"{text[:at]}\n\n{body}\n{text[at:]}"})


@cache
def clean(edition: Edition) -> pages.Pages:
    """What leaves of the small project as it is, in which nothing is found."""
    found = checked(BASE)
    made = pages.site(found.years, found.home, edition)
    assert list(leaks.find(made)) == []
    return made


def left(root: Path, *, has_documents: bool = True) -> str:
    """All that leaves of what a check let pass, in both editions; what the check says of the others.

    The documents of a report are the same whatever another text says.
    """
    found = checked(root)
    if has_errors(found.problems):
        return lines(found.problems)
    for edition in Edition:
        made, known = pages.site(found.years, found.home, edition), clean(edition)
        changed = {path: held for path, held in made.items() if held != known.get(path)}
        lines(leaks.find(changed))  # most of the time would go into the others
        if not has_documents:
            continue
        view = View(found.years[-1], Gate(edition, found.years[-1].settings))
        for make in documents.forms(view, "https://www.example.gov.cn").values():
            try:
                make()
            except Unprintable as error:
                assert "没有字体能印" in str(error), error
    return ""


@pytest.mark.slow
@example("> ##### 小结").via("no heading of the report: the PDF skipped three levels")
@example("- ##### 小结\n\n> > # 甲\n> > 乙\n> > ===")
@example("> ##  ")
@example("详见[数]({{ 宣传活动 }})").via("a number in an address, which nobody reads")
@example(
    "> " + tables(["[链接](https://www.example.gov.cn)", "长" * 60], 2, 90).replace("\n", "\n> ")
)
@some
@given(body=bodies)
def test_what_passes_of_a_narrative_leaves_in_every_form(tmp_path: Path, body: str) -> None:
    laid(tmp_path / "project", "docs/report/2024.md", body)
    left(tmp_path / "project")


@pytest.mark.slow
@pytest.mark.parametrize("path", [*PLACES][1:])
@some
@given(body=bodies)
def test_what_passes_of_another_text_leaves_in_every_form(
    tmp_path: Path, path: str, body: str
) -> None:
    laid(tmp_path / "project", path, body)
    left(tmp_path / "project", has_documents=False)


FIELDS = {
    "records/2024/activities/宪法宣传.md": ["国家宪法日集中宣传", "东村广场", "[宪法]", "205"],
    "records/2024/cases/东村山林纠纷.md": ["东村山林界线纠纷", "调解成功", "2024-03-20"],
    "records/vocabulary.yml": ["普法活动和考试", "国家宪法日", "支"],
    "records/figures.yml": ["场", "合格率"],
    "records/township.yml": ["示例乡\n", "[邻乡]"],
    "docs/report/2024.md": [
        "某县示例乡人民政府\n",
        "2025-02-12",
        "某县示例乡人民政府2024年法治政府建设情况报告",
    ],
}
ODD = """null|true|=1+1|-1|1e400|.inf|9999-12-31|[]|{}|[[甲]]|{甲: 乙}|&a 甲|*a|!!binary aGk=|"\\ud800"|"\\0"|2024-12-04 08:00
１００|'甲|甲 #乙|- 甲|甲: 乙|../../甲|con|\u202e甲|_x005F_|<<: {甲: 1}|? 甲|---"""
odd = [value for line in ODD.splitlines() for value in line.split("|")]


@pytest.mark.slow
@some
@given(
    field=st.sampled_from([(path, old) for path, fields in FIELDS.items() for old in fields]),
    value=st.sampled_from(odd) | texts.map(json.dumps),
)
def test_what_passes_of_a_field_leaves_in_every_form(
    tmp_path: Path, field: tuple[str, str], value: str
) -> None:
    path, old = field
    root = tmp_path / "project"
    laid(root, "docs/index.md", "")
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    lay(root, {path: text.replace(old, f"{value}\n" if old.endswith("\n") else value, 1)})
    left(root, has_documents=path.startswith("docs/"))
    found = checked(root)
    records = [record for year in found.years for record in year.records]
    if found.settings and records:
        exporting.workbook(records, list(KINDS.values()), found.settings, 2024)


EXTREME = ["9999-12-31", "0001-01-05", "0001-01-01", "9999-12-25", "1979-12-31", "2100-01-01"]


@pytest.mark.parametrize("day", EXTREME)
def test_a_day_that_is_none_of_a_records_year_is_told(tmp_path: Path, day: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    activity = f"records/2024/activities/{day}-甲.md"
    case = (BASE / "records/2024/cases/东村山林纠纷.md").read_text(encoding="utf-8")
    cases = {  # alike but for where they came from, so that their days are compared
        f"records/2024/cases/{day}-{channel}.md": case.replace("2024-03-12", day).replace(
            "来源: [群众申请]", f"来源: [{channel}]"
        )
        for channel in ("群众申请", "12345")
    }
    text = (BASE / "records/2024/activities/宪法宣传.md").read_text(encoding="utf-8")
    lay(tmp_path, {activity: text.replace("2024-12-04", day), **cases})
    said = lines(checked(tmp_path).problems)
    year, month, number = map(int, day.split("-"))
    wrong = f"写的是 {year}年{month}月{number}日，年份不对。核对日期"
    assert said.count(wrong) == 3
    alone, _ = project_files.check_files(Folder(tmp_path), [activity, *cases], TODAY)
    assert lines(alone).count(wrong) == 3
    for kind in KINDS.values():
        draft = Draft(Folder(tmp_path), settings_of(tmp_path), kind, TODAY)
        key = kind.model.leading
        assert "FZ" in lines(draft.take(key, day))


def test_a_file_in_a_folder_that_is_no_year_is_not_passed_over(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    path = "records/2x24/activities/宪法宣传.md"
    lay(tmp_path, {path: (BASE / path.replace("x", "0")).read_bytes()})
    found, _ = project_files.check_files(Folder(tmp_path), [path], TODAY)
    assert "records/2x24:1:1: 错误 FZ116 这里只放年份文件夹" in lines(found)
    done = ran_script("check_records.py", tmp_path / path, "--root", tmp_path)
    assert done.returncode == 1
    assert "records/2x24:1:1: 错误 FZ116 这里只放年份文件夹" in done.stdout


NAMES = [b"\xd5\xd5\xc6\xac.txt", b"\xff/a.txt", b"a\nb.txt", b"a\\b.txt", b"C:.txt", b"nul.txt"]


def test_a_name_that_is_no_text_everywhere_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    paths = [f"docs/assets/{os.fsdecode(name)}" for name in NAMES]
    lay(tmp_path, dict.fromkeys(paths, "图片说明\n"))
    for command in ("check_records.py", "stage.py", "export_report.py"):
        arguments = ["2024"] if command == "export_report.py" else []
        arguments += [str(tmp_path / "out")] if command == "stage.py" else []
        done = ran_script(command, *arguments, "--root", tmp_path)
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert said.count("错误 FZ115 文件名") == len(NAMES)
        assert said.count("名称是别的编码的，改成“照片.txt”") == 1
        assert "Traceback" not in said
    for path in paths:
        found, _ = project_files.check_files(Folder(tmp_path), [path], TODAY)
        assert "错误 FZ115 文件名" in lines(found), path


@pytest.mark.parametrize("is_only", [True, False])
def test_a_record_that_has_no_name_is_not_exported(tmp_path: Path, is_only: bool) -> None:
    root, out = tmp_path / "project", tmp_path / "a.xlsx"
    shutil.copytree(BASE, root)
    held = root / "records/2024/activities"
    shutil.copy(held / "宪法宣传.md", held / os.fsdecode(b"\xd5\xd5.md"))
    if is_only:
        (held / "宪法宣传.md").unlink()
    arguments = ("2024", "--kind", "活动", "--out", out, "--root", root)
    done = ran_script("export_ledger.py", *arguments)
    said = done.stdout + done.stderr
    assert (done.returncode, said.count("FZ115"), out.exists()) == (1, 1, not is_only), said
    assert "Traceback" not in said


def test_a_staged_link_in_the_place_of_docs_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs").rename(tmp_path / "别处")
    (tmp_path / "docs").symlink_to("别处")
    found, _ = project_files.check_files(Folder(tmp_path), ["docs"], TODAY)
    assert "docs:1:1: 错误 FZ114" in lines(found)


def test_a_heading_inside_is_set_in_bold_and_counts_for_nothing(tmp_path: Path) -> None:
    laid(tmp_path, "docs/report/2024.md", "> ##### 小结\n>\n> 甲")
    year = checked(tmp_path).years[-1]
    made = documents.document_of(View(year, Gate(Edition.PUBLIC, year.settings)))
    (quoted,) = [block for block in made.blocks if getattr(block, "text", "") == "小结"]
    assert isinstance(quoted, Paragraph)
    assert quoted.quoted
    assert quoted.runs[0].strong
