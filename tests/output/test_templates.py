"""The program's templates are compiled once, and again when anything about them has changed."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from fazhi.output.templates import Compiled, beside


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    for folder in ("templates", "__pycache__"):
        (tmp_path / folder).mkdir()
    (tmp_path / "templates/one.html").write_text("<b>{{ word }}</b>", encoding="utf-8")
    return tmp_path / "module.py"


def rendered(module: Path) -> str:
    return beside(str(module)).get_template("one.html").render(word="<")


def kept(module: Path) -> Path:
    (file,) = (module.parent / "__pycache__").iterdir()
    return file


def test_what_is_compiled_is_kept_until_the_template_changes(module: Path) -> None:
    assert rendered(module) == "<b>&lt;</b>"
    first = kept(module).read_bytes()
    written = kept(module).stat()
    assert rendered(module) == "<b>&lt;</b>"
    assert kept(module).stat() == written
    (module.parent / "templates/one.html").write_text("<i>{{ word }}</i>", encoding="utf-8")
    assert rendered(module) == "<i>&lt;</i>"
    assert kept(module).read_bytes() != first


def test_what_was_compiled_in_another_place_is_known(module: Path) -> None:
    rendered(module)
    written = kept(module).stat()
    moved = (module.parent / "templates").rename(module.parent / "moved")
    loader, compiled = jinja2.FileSystemLoader(moved), Compiled(str(module))
    env = jinja2.Environment(loader=loader, autoescape=True, bytecode_cache=compiled)
    assert env.get_template("one.html").render(word="<") == "<b>&lt;</b>"
    assert kept(module).stat() == written


@pytest.mark.parametrize("cut", [0, 9, 40, -1])
def test_what_is_broken_is_compiled_again(module: Path, cut: int) -> None:
    rendered(module)
    whole = kept(module).read_bytes()
    kept(module).write_bytes(whole[:cut])
    assert rendered(module) == "<b>&lt;</b>"
    assert kept(module).read_bytes() == whole


def test_where_nothing_can_be_kept_all_goes_on(module: Path) -> None:
    (module.parent / "__pycache__").rmdir()
    assert rendered(module) == "<b>&lt;</b>"
