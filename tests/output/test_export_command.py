"""The command that exports a report: what it writes and where, all of its files or none."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi.output import documents
from tests.conftest import BASE, MakeProject
from tests.output.test_exports import REPORT, files_of, view_of
from tests.support import forms
from tests.support.building import ROOT, Project, contents, swap
from tests.support.machine import fontless, ran
from tests.support.running import held, ran_script

pytest_plugins = ["tests.support.sites"]

COMMAND = (ROOT / "scripts/export_report.py",)


def export(
    root: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    if not environment:
        return ran_script(COMMAND[0].name, "--root", root, *arguments, cwd=cwd or root)
    command: list[str | Path] = [sys.executable, *COMMAND, "--root", root, *arguments]
    return ran(command, cwd or root, {**os.environ, **environment})


@pytest.fixture(scope="module")
def once_exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("exported") / "project"
    shutil.copytree(BASE, root)
    assert export(root, "2024").returncode == 0
    swap(root / REPORT, "形式单一", "形式较为单一")
    return root


@pytest.fixture
def exported(once_exported: Path, tmp_path: Path) -> Path:
    """A project whose report was exported, and then changed."""
    return shutil.copytree(once_exported, tmp_path / "project")


def test_the_same_report_gives_the_same_bytes_anywhere(sample: Project, tmp_path: Path) -> None:
    """Made here, and by the command in another folder, language and time zone."""
    done = export(
        sample.root,
        *("2024", "--out", "there"),
        cwd=tmp_path,
        LANG="C",
        TZ="America/New_York",
        PYTHONHASHSEED="7",
        SOURCE_DATE_EPOCH="1",
    )
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "城口县左岚乡人民政府2024年法治政府建设情况报告（示例）.docx",
        "城口县左岚乡人民政府2024年法治政府建设情况报告（示例）.pdf",
        "城口县左岚乡人民政府2024年法治政府建设情况报告图解（示例）.png",
        "城口县左岚乡人民政府2024年法治政府建设情况报告图解（示例）.pdf",
        *("body（示例）.html", "metadata（示例）.json", "metadata（示例）.txt"),
    ]
    made = dict(files_of(sample.root))
    assert {file.name: file.read_bytes() for file in (tmp_path / "there").iterdir()} == made


def test_with_errors_nothing_is_written(make_project: MakeProject) -> None:
    root = make_project({})
    swap(root / REPORT, "{{ 宣传活动 }}", "{{ 宣传 }}")
    done = export(root, "2024")
    assert done.returncode == 1
    assert "FZ701" in done.stderr and "什么也没有写" in done.stderr
    assert not (root / "dist").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a permission there")
def test_no_link_is_followed_out_of_the_project(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project({})
    (tmp_path / "elsewhere").mkdir()
    (root / "dist").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    done = export(root, "2024")
    assert done.returncode == 2
    assert "dist 不是文件夹" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


# What no font has


def test_each_character_that_no_font_has_is_reported_with_its_place(exported: Path) -> None:
    """In the narrative, its title, and what comes from elsewhere; all else is written."""
    root = exported
    (pdf,) = (root / "dist").glob("*.pdf")
    swap(root / REPORT, "形式较为单一", "形\u0379式\u0378单\u0378一&#x37F;&#x380;")
    swap(root / "records/township.yml", "简称: ", "简称: \u0381")
    text = (root / REPORT).read_text(encoding="utf-8")
    done = export(root, "2024")
    assert done.returncode == 1
    number, line = next((n, li) for n, li in enumerate(text.splitlines(), 1) if "\u0378" in li)
    typed = [
        f"docs/report/2024.md:{number}:{at + 1}：没有字体能印“{sign}”（U+{ord(sign):04X}）"
        for sign in "\u0379\u0378"
        for at in (match.start() for match in re.finditer(sign, line))
    ]
    no_pictures, *told, hint, unmade, removed = done.stderr.splitlines()
    assert "没有做图解" in no_pictures
    assert len(typed) == 3
    assert [one for one in told if one.startswith("docs/")] == typed
    elsewhere = [one for one in told if not one.startswith("docs/")]
    assert all(re.fullmatch("“.*”中：没有字体能印“.”（U\\+03..）", one) for one in elsewhere)
    assert [one[-5:-1] for one in elsewhere] == ["0381", "0380"]  # U+037F is a letter
    assert "换一种写法" in hint
    assert (pdf.name in unmade, pdf.name in removed) == (True, True)
    endings = [file.suffix for file in sorted((root / "dist").iterdir())]
    assert endings == [".html", ".json", ".txt", ".docx"]
    assert "\u0378" in (root / "dist" / NAMES[0]).read_text(encoding="utf-8")
    assert [Path(line).suffix for line in done.stdout.splitlines()] == [".docx", *endings[:3]]


def test_a_machine_without_any_font_prints_with_those_of_the_program(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project({})
    command = (sys.executable, *COMMAND, "2024", "--root", root)
    done = fontless(command, tmp_path)
    assert done.returncode == 0, done.stderr
    (pdf,) = (root / "dist").glob("*.pdf")
    _, _, *fonts = forms.said("pdffonts", pdf).splitlines()
    assert {font.partition("+")[2].split("-")[0] for font in fonts} == {"NotoSerifSC", "NotoSansSC"}
    swap(root / REPORT, "形式单一", "形式1️⃣单👍一2024")
    done = fontless(command, tmp_path)
    assert done.returncode == 1
    assert re.findall("能印“(.*?)”", done.stderr) == ["1️⃣", "👍"]


# All files, or none


TAIL = "（草稿）（示例）"
NAMES = [f"body{TAIL}.html", f"metadata{TAIL}.json", f"metadata{TAIL}.txt"]
FIELDS = f"dist/{NAMES[-1]}"


def export_held(how: str, file: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return held(how, file, *COMMAND, "2024", "--root", root, cwd=root)


@pytest.mark.parametrize(
    ("how", "ending", "code"),
    [("open", ".docx", 1), ("open", ".txt", 1), ("interrupted", ".txt", 130)],
)
def test_where_one_file_cannot_be_replaced_all_stay(
    exported: Path, how: str, ending: str, code: int
) -> None:
    root, before = exported, contents(exported / "dist")
    (name,) = (name for name in before if name.endswith(ending))
    done = export_held(how, root / "dist" / name, root)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert how == "interrupted" or f"写不进去：{root / 'dist' / name}（" in done.stderr
    assert re.search("什么也没有写|要么都没有动", done.stderr)
    assert contents(root / "dist") == before
    shutil.rmtree(root / "dist")
    assert export_held(how, root / "dist" / name, root).returncode == code
    assert not (root / "dist").exists()


def test_where_a_file_that_goes_cannot_go_all_stay(exported: Path) -> None:
    root, before = exported, contents(exported / "dist")
    swap(root / REPORT, "单一", "单\u0378一")
    (name,) = (name for name in before if name.endswith(".pdf"))
    done = export_held("open", root / "dist" / name, root)
    assert done.returncode == 1
    assert f"写不进去：{root / 'dist' / name}（" in done.stderr
    assert contents(root / "dist") == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit, and links need a permission")
def test_what_lies_in_a_files_place(exported: Path, tmp_path: Path) -> None:
    """A folder, a pipe, a disk that takes no more, and a link."""
    root, before = exported, contents(exported / "dist")
    (root / FIELDS).unlink()
    (root / FIELDS / "里面").mkdir(parents=True)
    done = export(root, "2024")
    assert done.returncode == 1
    assert f"写不进去：{root / FIELDS}（" in done.stderr
    assert contents(root / "dist") == {k: v for k, v in before.items() if k != NAMES[-1]}
    (root / FIELDS / "里面").rmdir()
    (root / FIELDS).rmdir()

    os.mkfifo(root / FIELDS)
    done = export(root, "2024")
    said = f"写不进去：{root / FIELDS}（不是普通文件）。换一个文件。"
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert (root / FIELDS).is_fifo()
    (root / FIELDS).unlink()

    limit = ["sh", "-c", 'ulimit -f 40; exec "$@"', "limit", sys.executable]
    done = ran([*limit, *COMMAND, "2024", "--root", root])
    assert done.returncode == 1
    assert re.search(r"写不进去：.*\.pdf（", done.stderr)
    assert contents(root / "dist") == {k: v for k, v in before.items() if k != NAMES[-1]}

    (tmp_path / "别处").write_text("留着", encoding="utf-8")
    link = root / "dist" / NAMES[0]
    link.unlink()
    link.symlink_to(tmp_path / "别处")
    file = root / "dist" / NAMES[1]
    file.chmod(0o640)
    assert export_held("open", file, root).returncode == 1
    assert link.readlink() == tmp_path / "别处"
    assert export(root, "2024").returncode == 0
    assert not link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert (tmp_path / "别处").read_text(encoding="utf-8") == "留着"


def test_a_run_that_is_killed_leaves_whole_files(exported: Path) -> None:
    root, before = exported, contents(exported / "dist")
    done = export_held("killed", root / "dist" / NAMES[0], root)
    assert done.returncode == 9
    # It stays until another command begins, which may be one of another test at any time.
    assert len(list((root / "dist").glob(".writing-*/"))) < 2
    new = documents.files(view_of(root))
    for name, data in before.items():
        found = (root / "dist" / name).read_bytes()
        assert found == (data if name in NAMES else new[name])
    assert export(root, "2024").returncode == 0
    assert contents(root / "dist") == new


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["2023"], 2, "没有 2023 年的叙述稿"),
        (["二零二四"], 2, "看不懂这条命令"),
        (["2024", "--edition", "secret"], 2, "看不懂这条命令"),
        (["2024", "--out", "records/township.yml"], 2, "不是文件夹"),
        (["2024", "--links"], 1, "没有写地址"),
    ],
)
def test_what_cannot_be_obeyed_is_said(
    make_project: MakeProject, arguments: list[str], code: int, message: str
) -> None:
    root = make_project({})
    done = export(root, *arguments)
    assert done.returncode == code
    assert message in done.stderr and "Traceback" not in done.stderr
    assert not (root / "dist").exists()


def test_the_internal_edition_has_a_folder_and_names_of_its_own(make_project: MakeProject) -> None:
    root = make_project({"dist-internal/别的.txt": "留着"})
    done = export(root, "2024", "--edition", "internal")
    assert done.returncode == 0, done.stderr
    assert "不得对外发布" in done.stderr
    names = {file.name for file in (root / "dist-internal").iterdir()}
    assert "某县示例乡人民政府2024年法治政府建设情况报告（草稿）（内部资料）（示例）.docx" in names
    assert "别的.txt" in names
    assert len(names) == 6
