"""No command writes over or among what is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import BASE, lay
from tests.support.building import ROOT, contents
from tests.support.running import ran_script


@pytest.mark.parametrize("command", ["form.py", "compare.py HEAD", "export_ledger.py 2024"])
def test_no_setting_is_written_over(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    (setting := tmp_path / "mkdocs.yml").write_text("site_name: 年报\n", encoding="utf-8")
    done = ran_script(*command.split(), "--out", setting, "--root", tmp_path)
    assert (done.returncode, setting.read_text(encoding="utf-8")) == (2, "site_name: 年报\n")
    assert "的末尾要是" in done.stderr


@pytest.mark.parametrize("name", ["x/", "x", "链接.html", "只读.html"])
def test_no_form_is_written_over_what_is_kept_so(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"只读.html": "原来的", "甲.html": "原来的"})
    (tmp_path / "只读.html").chmod(0o444)
    (tmp_path / "链接.html").symlink_to(tmp_path / "甲.html")
    before = contents(tmp_path)
    done = ran_script("form.py", "--out", f"{tmp_path}/{name}")
    assert (done.returncode, contents(tmp_path)) == (2, before)
    assert (tmp_path / "链接.html").is_symlink()
    assert "不覆盖，换一个名称" in done.stderr or "的末尾要是 .html" in done.stderr


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


def test_no_internal_site_is_built_over_a_public_one(tmp_path: Path) -> None:
    lay(tmp_path, dict.fromkeys(("index.html", "404.html", "assets/site.css"), ""))
    done = ran_script("build.py", "--edition", "internal", "--out", tmp_path)
    assert (done.returncode, "里面是公开版" in done.stderr) == (2, True), done.stderr
    assert (tmp_path / "404.html").read_bytes() == b""


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
