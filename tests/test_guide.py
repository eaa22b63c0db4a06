"""The guide held against the code: its examples are valid, and its lists are whole."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi import project
from fazhi.figures import wording
from fazhi.rules import definitions
from fazhi.schema import fields, kinds, township, vocabulary
from tests.conftest import TODAY
from tests.support.building import ROOT

GUIDE = ROOT / "docs" / "guide"


def blocks(page: str, language: str) -> list[str]:
    text = (GUIDE / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_fields_of_every_kind_are_a_link_away() -> None:
    text = (GUIDE / "records.md").read_text(encoding="utf-8")
    for folder in ("index", *kinds.FOLDERS):
        assert f"](fields/{folder}.md)" in text


NEW_RECORDS = [
    command
    for block in blocks("records.md", "sh")
    for command in block.splitlines()
    if "new_record.py " in command
]


@pytest.mark.parametrize("number", range(len(NEW_RECORDS)))
def test_a_new_record_of_the_guide_is_written(number: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records", ignore=shutil.ignore_patterns("20*"))
    _, *command = shlex.split(NEW_RECORDS[number])
    done = subprocess.run(
        [sys.executable, *command, "--root", tmp_path, "--today", "2025-12-31"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not project.load(tmp_path, TODAY.replace(year=2026)).problems


def test_every_wording_is_explained() -> None:
    text = (GUIDE / "narrative.md").read_text(encoding="utf-8")
    for name in wording.FILTERS:
        assert re.search(rf"^### (?:.*、)?{name}(?:、.*)?$", text, re.MULTILINE), name


def test_every_key_of_a_definition_is_explained() -> None:
    text = (GUIDE / "figures.md").read_text(encoding="utf-8")
    for key in fields.specs(township.Definition):
        assert re.search(rf"`{key}`|\| {key} \||\b{key}: ", text), key


RECORDS = [block for block in blocks("records.md", "markdown") if block.startswith("---\n")]


def test_there_are_examples_of_every_kind() -> None:
    assert len(RECORDS) >= len(kinds.KINDS)


@pytest.mark.parametrize("number", range(len(RECORDS)))
def test_a_record_of_the_guide_is_valid(number: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records", ignore=shutil.ignore_patterns("20*"))
    for folder in kinds.FOLDERS:
        target = tmp_path / "records" / "2025" / folder
        target.mkdir(parents=True)
        (target / "例.md").write_text(RECORDS[number], encoding="utf-8", newline="\n")
        problems = project.load(tmp_path, TODAY.replace(year=2026)).problems
        (target / "例.md").unlink()
        if not problems:
            return
    pytest.fail("\n".join(map(str, problems)))


FIGURES = blocks("figures.md", "yaml")


@pytest.mark.parametrize("number", range(len(FIGURES)))
def test_the_figures_of_the_guide_are_valid(number: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records", ignore=shutil.ignore_patterns("20*"))
    file = tmp_path / "records" / "figures.yml"
    file.write_text(FIGURES[number], encoding="utf-8", newline="\n")
    loaded, problems = township.load(tmp_path)
    assert not problems
    assert loaded
    assert not list(definitions.check(loaded))


def test_the_smallest_settings_of_the_guide_are_whole(tmp_path: Path) -> None:
    text = (GUIDE / "takeover.md").read_text(encoding="utf-8")
    named = r"^`(records/[^`\n]+\.yml)`：\n\n```yaml\n(.*?)^```$"
    files = dict(re.findall(named, text, re.MULTILINE | re.DOTALL))
    assert set(files) == {f"records/{n}.yml" for n in ("township", "vocabulary", "figures")}
    (where,) = re.findall(r"`(records/\d{4}/[^`\n]+\.md)`", text)
    (files[where],) = blocks("takeover.md", "markdown")
    for path, content in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")
    checked = project.load(tmp_path, TODAY.replace(year=2026))
    assert not checked.problems
    assert (checked.files, len(checked.years)) == (1, 1)


def test_every_key_of_the_settings_is_explained() -> None:
    text = (GUIDE / "takeover.md").read_text(encoding="utf-8")
    for key in fields.specs(township.Township) | fields.specs(vocabulary.Vocabulary):
        assert re.search(rf"^\| {key} \|", text, re.MULTILINE), key
    entries: dict[str, type[fields.Model]] = {
        "板块": vocabulary.Section,
        "类别": vocabulary.Category,
        "普法节点": vocabulary.Node,
        "计数": vocabulary.Counter,
        "易错词": vocabulary.Misnomer,
        "规划": vocabulary.Programme,
        "率": vocabulary.Rate,
    }
    for name, model in entries.items():
        for key in fields.specs(model):
            row = rf"^\| (?:{name}|各张) \| (?:[^|]*、)?{key}(?:、[^|]*)? \|"
            assert re.search(row, text, re.MULTILINE), f"{name}：{key}"
