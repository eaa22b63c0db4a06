"""body.html in the editors that portals have: what a county's clerk pastes is what is published."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fazhi.records.lock import DOCUMENTS
from tests.support.building import Project

pytest_plugins = ["tests.support.browsing"]

NAME = "2024年全部指标"


@pytest.fixture
def body(corrected: Project) -> str:
    return (corrected.root / "package" / DOCUMENTS / "body.html").read_text(encoding="utf-8")


def wang_editor(tab: Page, npm: Path, body: str) -> str:
    tab.set_content("<div id=editor></div>")
    tab.add_script_tag(path=npm / "node_modules/@wangeditor/editor/dist/index.js")
    asked = "html => wangEditor.createEditor({ selector: '#editor', html }).getHtml()"
    return str(tab.evaluate(asked, body))


def u_editor(tab: Page, npm: Path, body: str) -> str:
    folder = npm / "node_modules/ueditor/example/public/ueditor"
    names = ("ueditor.config.js", "ueditor.all.js", "lang/zh-cn/zh-cn.js")
    scripts = "".join(f'<script src="{name}"></script>' for name in names)
    home = f'<script>UEDITOR_HOME_URL = "{escape(folder.as_uri())}/"</script>'
    page = folder / "editor.html"
    page.write_text(f"<!doctype html><div id=editor></div>{home}{scripts}", encoding="utf-8")
    tab.goto(page.as_uri())
    asked = """html => new Promise(done => {
        const editor = UE.getEditor("editor", { serverUrl: "" });
        editor.ready(() => { editor.setContent(html); done(editor.getContent()); });
    })"""
    return str(tab.evaluate(asked, body))


@pytest.mark.parametrize("editor", [wang_editor, u_editor])
def test_an_editor_keeps_what_is_said(editor, tab: Page, npm: Path, body: str) -> None:
    kept = editor(tab, npm, body)
    said, kept_said = (re.sub(r"<[^>]*>|\s|&nbsp;", "", html) for html in (body, kept))
    assert kept_said == said
    before, _, table = kept.partition("<table")
    assert re.sub("<[^>]*>", "", before).endswith(NAME)
    assert len(re.findall("<t[hd][ >]", table)) == len(re.findall("<t[hd][ >]", body))


def test_u_editor_keeps_the_lines_of_a_table(tab: Page, npm: Path, body: str) -> None:
    cells = re.findall("<t[hd] [^>]*>", u_editor(tab, npm, body))
    assert cells
    assert [cell for cell in cells if "border:1px solid" not in cell] == []
