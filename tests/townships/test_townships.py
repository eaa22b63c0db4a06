"""Four small offices that need what the sample does not: each is built, exported and compared.

`<office>/` is what an office has that is its own: records, settings, narrative, the first lines of
mkdocs.yml. `figures.json` is what its figures must be; `--write-golden` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi import project
from fazhi.problems import formats
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import Project, figures, of_another_office, once

pytest_plugins = ["tests.support.sites"]

OFFICES = sorted(file.parent for file in Path(__file__).parent.glob("*/mkdocs.yml"))


@pytest.fixture(scope="session", params=OFFICES, ids=lambda office: office.name)
def office(request: pytest.FixtureRequest, shared_folder: Path) -> tuple[Path, Project]:
    """An office as it is stored, and the project of it, built and exported."""
    stored: Path = request.param
    return stored, Project(once(shared_folder / stored.name, lambda root: _made(root, stored)))


def _made(root: Path, stored: Path) -> None:
    made = of_another_office(root, stored)
    made.built()
    done = made.run("scripts/export_report.py", "2024")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_found(office: tuple[Path, Project]) -> None:
    found = project.load(Folder(office[0]), TODAY).problems
    assert not found, "\n".join(map(formats.line, found))


def test_its_figures_are_these(
    office: tuple[Path, Project], request: pytest.FixtureRequest
) -> None:
    stored, made = office
    held = {
        name: {key: one[key] for key in ("value", "unit", "parts", "words") if key in one}
        for name, one in figures(made.site, 2024).items()
    }
    golden = stored / "figures.json"
    if request.config.getoption("--write-golden"):
        golden.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert held == json.loads(golden.read_text(encoding="utf-8"))


def test_its_documents_are_there(office: tuple[Path, Project]) -> None:
    names = {file.suffix for file in (office[1].root / "dist").rglob("*")}
    assert {".docx", ".pdf", ".html"} <= names
