"""Whatever a text, a day or a name is: every command ends in a sentence or in success.

A check that finds nothing is a promise: what it let pass is built, exported and published.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fazhi import project_files
from fazhi.commands.new_record.draft import Draft
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
from tests.support import machine, repositories
from tests.support.building import ROOT
from tests.support.machine import ran
from tests.support.running import ran_code, ran_script

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
    lay(root, {"docs/index.md": "# 首页\n"})
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


CLOSED = ["status.py 2024 >&-", "check_records.py 2>&-", "new_record.py 活动 <&-"]


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a shell does")
@pytest.mark.parametrize("command", CLOSED, ids=lambda command: command.partition(".")[0])
def test_nobody_needs_to_listen(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    script, *arguments, closed = command.split()
    shell = f'"$0" "$@" {closed}'
    python: list[str | Path] = [sys.executable, "-X", "utf8", ROOT / "scripts" / script, *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = ran(["sh", "-c", shell, *python, "--root", tmp_path], ROOT, environment)
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2)


REFUSED = """
import os, runpy, sys
refused = sys.argv[1]

def refuse(event, arguments):
    if event == "os.scandir" and os.path.abspath(arguments[0]) == refused:
        raise PermissionError(13, "Permission denied", refused)

sys.addaudithook(refuse)
sys.path.insert(0, "scripts")
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script where nobody may look into a folder."""


@pytest.mark.parametrize(
    "command", ["check_records.py", "stage.py {}/out", "export_ledger.py 2024", "import_ledger.py {}/project/records"],
    ids=lambda command: command.partition(".")[0],
)  # fmt: skip
def test_a_folder_that_nobody_may_look_into_is_told(tmp_path: Path, command: str) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    script, *arguments = command.format(tmp_path).split()
    refused = str(root / "records/2024/activities")
    done = ran_code(REFUSED, refused, f"scripts/{script}", *arguments, "--root", root)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert f"读写文件失败：{refused}（没有权限，或者正被别的程序占用）。" in said
    assert "Traceback" not in said


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    lay(tmp_path, {"docs/guide": "一个文件"})
    done = ran_script("generate.py", "--root", tmp_path)
    assert f"读写文件失败：{tmp_path / 'docs/guide'}" in done.stderr
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_what_has_no_end_is_not_imported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "台账.csv")
    done = ran_script("import_ledger.py", tmp_path / "台账.csv", "--root", BASE)
    assert (done.returncode, "没有这个文件" in done.stderr) == (2, True)


def test_a_staged_link_in_the_place_of_docs_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs").rename(tmp_path / "别处")
    (tmp_path / "docs").symlink_to("别处")
    found, _ = project_files.check_files(Folder(tmp_path), ["docs"], TODAY)
    assert "docs:1:1: 错误 FZ114" in lines(found)


@pytest.mark.parametrize("command", ["form.py", "compare.py HEAD", "export_ledger.py 2024"])
def test_no_setting_is_written_over(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    (setting := tmp_path / "mkdocs.yml").write_text("site_name: 年报\n", encoding="utf-8")
    done = ran_script(*command.split(), "--out", setting, "--root", tmp_path)
    assert (done.returncode, setting.read_text(encoding="utf-8")) == (2, "site_name: 年报\n")
    assert "的末尾要是" in done.stderr


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", ".gitignore", "tests/x.md"])
def test_no_text_of_the_project_is_written_over(tmp_path: Path, name: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    lay(tmp_path, {name: "原来的"})
    done = ran_script("compare.py", "HEAD", "--out", tmp_path / name, "--root", tmp_path)
    assert (done.returncode, (tmp_path / name).read_text(encoding="utf-8")) == (2, "原来的")
    assert "不能放进" in done.stderr


@pytest.mark.parametrize("place", ["records", "docs/assets", "tests", "wheels", ".cache", "\udcff"])
def test_no_sum_is_written_among_what_is_kept(tmp_path: Path, place: str) -> None:
    """Nor among that of another project than this one."""
    lay(tmp_path, {"mkdocs.yml": "", "records/township.yml": "", "figures.json": ""})
    before = sorted(tmp_path.rglob("*"))
    done = ran_script("rollup.py", tmp_path, "--out", tmp_path / place)
    assert done.returncode == 2
    assert "不能放进" in done.stderr or "认不出来的字" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", ["rollup.py {0} --out {0}", "export_report.py 2024 --root {0} --out {0}/"])  # fmt: skip
def test_nothing_is_written_beside_the_folders_of_a_project(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    lay(tmp_path, {"mkdocs.yml": "", "figures.json": ""})
    before = sorted(tmp_path.rglob("*"))
    done = ran_script(*command.format(tmp_path).split())
    assert (done.returncode, sorted(tmp_path.rglob("*"))) == (2, before)
    assert "那里是项目的文件夹" in done.stderr


@pytest.mark.parametrize("folder", ["fazhi/x", "records/x", "site/x", ".git/x"])
def test_no_site_is_built_among_what_is_kept(folder: str) -> None:
    done = ran_script("build.py", "--out", ROOT / folder)
    assert (done.returncode, (ROOT / folder).exists()) == (2, False)
    assert "不能放进" in done.stderr


@pytest.mark.parametrize("command", ["stage.py {}", "export_report.py 2024 --out {}"])
def test_a_folder_that_is_gone_is_no_place_to_run_in(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, root := tmp_path / "project")
    (gone := tmp_path / "gone").mkdir()
    script, *arguments = command.format(tmp_path / "there").split()
    python: list[str | Path] = [
        sys.executable,
        ROOT / "scripts" / script,
        *arguments,
        "--root",
        root,
    ]
    done = ran([machine.tool("sh"), "-c", 'rmdir "$PWD" && exec "$@"', "sh", *python], gone)
    assert (done.returncode, (tmp_path / "there").exists()) == (2, False)
    assert "文件夹已经没有了" in done.stderr and "Traceback" not in done.stderr


SMALL = """
import resource, runpy, sys
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
sys.path.insert(0, "scripts")
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script where no file may have more bytes than these, as on a disk that is full, or nearly."""


@pytest.mark.parametrize(
    ("command", "most"),
    [
        *(("stage.py", 0), ("export_ledger.py 2024 --out", 0), ("stage.py", 1000)),
        *(("export_report.py 2024 --out", 1000), ("compare.py HEAD --out", 1000)),
        *(("form.py --out", 1000), ("rollup.py tests/cases/rollup/townships/甲乡 --out", 0)),
    ],
)
def test_nothing_stays_where_the_disk_was_full(
    tmp_path: Path, office_in_git: Path, command: str, most: int
) -> None:
    (there := tmp_path / "there").mkdir()
    out = there / ("a.xlsx" if "ledger" in command else "out")
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    script, *arguments = command.split()
    small: list[str | Path] = [sys.executable, "-c", SMALL, str(most), f"scripts/{script}"]
    small += [*arguments, out, *(("--root", office_in_git) if script != "rollup.py" else ())]
    done = ran(small, ROOT, environment)
    said = done.stdout + done.stderr
    assert done.returncode in (1, 2), said
    assert "写不进" in said or f"读写文件失败：{out}" in said
    assert "Traceback" not in said
    assert list(there.iterdir()) == []


LACKING = """
import builtins, runpy, sys
kind = sys.argv[1]
imported = builtins.__import__

def refuse(name, *rest):
    if name == "fazhi" and "project" in rest[2]:
        if kind == "library":
            raise ImportError("failed to map segment", name="lib._so", path="/lib/_so.abi3.so")
        raise getattr(builtins, kind)
    return imported(name, *rest)

builtins.__import__ = refuse
sys.path.insert(0, "scripts")
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script for which the machine has too little memory."""


@pytest.mark.parametrize("kind", ["MemoryError", "SystemError", "library"])
@pytest.mark.parametrize("command", ["status.py 2024", "check_records.py", "package_site.py 2024"])
def test_a_machine_with_too_little_memory_is_told(command: str, kind: str) -> None:
    script, *arguments = command.split()
    done = ran_code(LACKING, kind, f"scripts/{script}", *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "内存不够" in done.stderr and ("lib._so" in done.stderr) == (kind == "library")


@pytest.mark.parametrize("most", [4000, 30_000])
def test_a_disk_that_was_full_breaks_no_later_command(tmp_path: Path, most: int) -> None:
    """What Python compiles is kept whole, or not at all."""
    kept = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    kept |= {"PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    command: list[str | Path] = ["scripts/check_text.py", BASE / "docs/report/2024.md"]
    command += ["--year", "2024", "--root", BASE]
    assert ran([sys.executable, *command], ROOT, kept).returncode == 0
    shutil.rmtree(tmp_path / "compiled" / ROOT.relative_to(ROOT.anchor) / "fazhi")
    ran([sys.executable, "-c", SMALL, str(most), *command], ROOT, kept)
    done = ran([sys.executable, *command], ROOT, kept)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.fixture
def office_in_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of which git knows an earlier state, with many records that are new."""
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    repositories.own_environment(monkeypatch)
    repositories.git(root, "init", "-q")
    repositories.commit(root)
    text = (root / "records/2024/activities/宪法宣传.md").read_text(encoding="utf-8")
    for number in range(100):
        changed = text.replace("日集中宣传", f"日集中宣传第{number}次")
        lay(root, {f"records/2024/activities/{number}.md": changed})
    return root


@pytest.mark.parametrize("folder", ["docs/assets", "records/2024/files", "site", "scripts", ".git"])
@pytest.mark.parametrize(
    "command",
    [
        *(
            "stage.py {}/甲",
            "export_ledger.py 2024 --out {}/甲.xlsx",
            "compare.py HEAD --out {}/甲",
        ),
        "form.py --out {}/甲.html",
    ],
    ids=lambda command: command.partition(".")[0],
)
def test_nothing_is_written_among_what_is_published(
    tmp_path: Path, command: str, folder: str
) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    script, *arguments = command.format(tmp_path / folder).split()
    done = ran_script(script, *arguments, "--root", tmp_path)
    assert done.returncode == 2, done.stderr
    assert "不能放进" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", ["stage.py", "export_ledger.py 2024 --out", "verify.py", "check_records.py"])  # fmt: skip
def test_a_path_that_is_too_long_is_told(command: str) -> None:
    script, *arguments = command.split()
    done = ran_script(script, *arguments, "甲" * 3000)
    assert done.returncode == 2, done.stderr
    assert "用不了（名称太长）" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *("build.py --edition=--", "build.py --out=--", "status.py --date=--"),
        *("check_records.py --format=--", "rollup.py . --out=--", "stage.py out --root=--"),
    ],
)
def test_two_dashes_are_no_value(tmp_path: Path, command: str) -> None:
    script, *arguments = command.split()
    done = ran_script(script, *arguments, cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "看不懂这条命令" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    ["stage.py", "export_report.py 2024 --out", "verify.py --root", "compare.py HEAD --out"],
)
def test_a_link_that_leads_to_itself_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "圈").symlink_to("圈")
    script, *arguments = command.split()
    done = ran_script(script, *arguments, tmp_path / "圈/甲")
    assert (done.returncode, "圈/甲 用不了（" in done.stderr) == (2, True), done.stderr


def test_a_heading_inside_is_set_in_bold_and_counts_for_nothing(tmp_path: Path) -> None:
    laid(tmp_path, "docs/report/2024.md", "> ##### 小结\n>\n> 甲")
    year = checked(tmp_path).years[-1]
    made = documents.document_of(View(year, Gate(Edition.PUBLIC, year.settings)))
    (quoted,) = [block for block in made.blocks if getattr(block, "text", "") == "小结"]
    assert isinstance(quoted, Paragraph)
    assert quoted.quoted
    assert quoted.runs[0].strong
