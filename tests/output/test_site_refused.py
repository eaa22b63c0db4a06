"""Settings, templates, pages and folders of which no site is made, told in Chinese."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.support.building import (
    ROOT,
    Project,
    contents,
)

pytest_plugins = ["tests.support.sites"]

MKDOCS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
NO_SETTINGS = [
    *(MKDOCS.replace("  features:\n", f"  features: {value}\n  else:\n") for value in ("1", "[1]")),
    *(
        MKDOCS.replace("  palette:\n", f"  palette: {value}\n  else:\n")
        for value in ("1", "[{a: 1}]")
    ),
    MKDOCS.replace("[assets/site.css]", "[1]"),
    MKDOCS.replace("  font: false", "  font: false\n  static_templates: [1]"),
    *(
        MKDOCS.replace("permalink: false", f"{name}")
        for name in ("title: [1]", "separator: 1", "toc_depth: x")
    ),
    *(f'{MKDOCS}\n{name}: "*"\n' for name in ("exclude_docs", "draft_docs")),
    MKDOCS.replace("[assets/iframe-worker.js]", "1"),
    MKDOCS.replace("{lang: zh}", "{lang: zh, fields: {title: 1}}"),
    MKDOCS.replace("!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}", "1"),
    *("", "1", "null", "- a", "site_name: 年报", "INHERIT: mkdocs.yml", "a: [", "a: &a [*a]", "\0"),
    """site_name: "\\ud800"\nhooks: [hooks/site.py]""",
    *("site_name: []", "site_name: 年报\ntheme: x", "site_name: 年报\nsite_url: 'http://['"),
]


def test_what_is_no_settings_of_mkdocs_is_told(small: Project) -> None:
    before = contents(small.records)
    for text in NO_SETTINGS:
        (small.root / "mkdocs.yml").write_text(text, encoding="utf-8")
        done = small.build()
        assert (done.returncode, small.site.exists()) == (1, False), text
        assert "mkdocs.yml" in done.stderr and "Traceback" not in done.stderr, text
        assert '  File "' not in done.stderr and "Expected type" not in done.stderr, text
        assert "parsing the configuration file" not in done.stderr, text
        assert "原有的没有动" in done.stderr, text
    assert contents(small.records) == before


PUT_TOGETHER = '{% set a = "138" %}{% set b = "00000123" %}<p>{{ a }}{{ b }}</p>'
ADDED = {
    "put together": ("overrides/partials/footer.html", PUT_TOGETHER),
    "a comment between": ("overrides/partials/footer.html", "138{# a #}0000{# b #}0123"),
    "of no page": ("overrides/404.html", PUT_TOGETHER),
    "under a head": (
        "overrides/partials/footer.html",
        "<table><tr><th>户主</th></tr><tr><td>王小三</td></tr></table>",
    ),
    "of the settings": (
        "overrides/partials/footer.html",
        "{{ config.extra.aa }}{{ config.extra.bb }}",
    ),
}


def test_what_templates_add_to_a_page_does_not_leave(small: Project) -> None:
    settings = MKDOCS.replace("\nextra:\n", "\nextra:\n  aa: 138\n  bb: '00000123'\n")
    (small.root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for name, (path, text) in ADDED.items():
        file = small.root / path
        before = file.read_text(encoding="utf-8")
        # What did not pass is not taken as known the next time, on a page nor in a file of the theme.
        for _ in range(2 if name in ("put together", "of no page") else 1):
            file.write_text(before + text, encoding="utf-8")
            done = small.build()
            assert (done.returncode, small.site.exists()) == (1, False), name
            assert "FZ501" in done.stderr, name
        file.write_text(before, encoding="utf-8")


def test_settings_of_mkdocs_that_name_what_is_not_there_are_told_in_chinese(small: Project) -> None:
    for old, new, told in (
        ("name: material", "name: nosuch", "mkdocs.yml:15:9: 错误 FZ205 theme.name不能是“nosuch”"),
        (
            "hooks/site.py",
            "hooks/site.py, hooks/no.py",
            "mkdocs.yml:12:24: hooks：没有“hooks/no.py”",
        ),
        (
            "hooks/site.py",
            "hooks/no.py",
            "mkdocs.yml:12:1: 错误 FZ201 hooks里没有“hooks/site.py”。",
        ),
        ("docs_dir:", "INHERIT: other.yml\ndocs_dir:", "mkdocs.yml:6:1: 错误 FZ202 “INHERIT”不用"),
        ("docs_dir:", "nav: [a.md]\ndocs_dir:", "mkdocs.yml:6:1: 错误 FZ202 “nav”不用。删去这一项"),
        ("docs_dir:", "site_url: https://a.cn\ndocs_dir:", "mkdocs.yml:6:1: 错误 FZ202 “site_url”"),
        ("docs_dir:", "nosuch: 1\ndocs_dir:", "mkdocs.yml:6:1: nosuch：没有这一项"),
        (
            "css: [assets/site",
            "css: [assets/no",
            "mkdocs.yml:39:13: 错误 FZ114 extra_css：没有文件“",
        ),
        (
            "css: [assets/site.css]",
            "css: assets/site.css",
            "mkdocs.yml:39:1: 错误 FZ203 extra_css写",
        ),
        (
            "assets/keys.js",
            "no.js",
            "mkdocs.yml:40:20: 错误 FZ114 extra_javascript：没有文件“no.js”",
        ),
        ("logo: assets", "logo: no", "mkdocs.yml:20:9: theme.logo：没有文件“no/logo.svg”"),
        ("language: zh", "language: xx", "mkdocs.yml:17:13: 错误 FZ205 theme.language不能是“xx”"),
        ("  language: zh\n", "", "mkdocs.yml:14:1: 错误 FZ201 theme里没有“language”"),
        ("-night,", "-nosuch,", "mkdocs.yml:27:3: theme.palette：没有文件“.icons/material/"),
        (
            MKDOCS,
            "- a",
            "mkdocs.yml:1:1: 错误 FZ110 这里应当写成“名称: 内容”一行一项，现在是一个列表",
        ),
        (MKDOCS, "", "mkdocs.yml:1:1: 错误 FZ110 这里应当写成"),
        ("urls: false", "urls: maybe", "mkdocs.yml:9:1: use_directory_urls：写 true 或者 false"),
        (
            "- attr_list",
            "- nosuch\n  - attr_list",
            "mkdocs.yml:53:5: markdown_extensions：没有“nosuch",
        ),
        (
            "  - sane_lists\n",
            "",
            "mkdocs.yml:52:1: 错误 FZ201 markdown_extensions里没有“sane_lists”",
        ),
        (
            "- attr_list",
            "- attr_list\n  - pymdownx.snippets",
            "yml:54:5: 错误 FZ202 “pymdownx.snip",
        ),
        (
            "- attr_list",
            "- attr_list\n  - pymdownx.snippets:SnippetExtension: {auto_append: [records/township.yml]}",
            "mkdocs.yml:54:5: 错误 FZ202 “pymdownx.snippets”不用",
        ),
        (
            "{use_align_attribute: true}",
            "{nosuch: 1}",
            "mkdocs.yml:55:14: markdown_extensions：没有“tab",
        ),
        (
            "absolute_links: warn",
            "absolute_links: bad",
            "mkdocs.yml:65:5: validation：不能写“bad”，只能是“warn”“info”“ignore”“relative_to_docs”里的一个",
        ),
        ("{lang: zh}", "{lang: zh, nosuch: 1}", "mkdocs.yml:49:24: plugins：没有这一项"),
        ("{lang: zh}", "3", "mkdocs.yml:49:5: plugins：写得不对，从 git 或者备份里取回。"),
        (
            "watch: [records]",
            "watch: records",
            "mkdocs.yml:11:1: 错误 FZ203 watch写得不对。要写成列表",
        ),
        (
            "extra:\n",
            "extra:\nnosuch:\n",
            "mkdocs.yml:42:1: 错误 FZ203 extra写得不对。要写成一组“名",
        ),
        ("slugs.slugify", "nosuch.slugify", "mkdocs.yml:59:16: MkDocs 读不出这一处"),
        ("  - offline\n", "", "mkdocs.yml:48:1: 错误 FZ201 plugins里没有“offline”。"),
        ("font: false", "font: {text: Roboto}", "FZ507 文件里有没有个人信息，程序查不了：要从别的"),
    ):
        (small.root / "mkdocs.yml").write_text(MKDOCS.replace(old, new, 1), encoding="utf-8")
        done = small.build()
        assert (done.returncode, told in done.stderr) == (1, True), done.stderr
        assert str(small.root) not in done.stderr and "做不成网页" not in done.stderr, done.stderr


def test_what_is_no_plain_file_is_no_settings_of_mkdocs(small: Project) -> None:
    settings = small.root / "mkdocs.yml"
    settings.unlink()
    kinds: list[tuple[Callable[[], object], str]] = [
        (lambda: None, "没有这个文件"),
        (settings.mkdir, "不是普通文件"),
        (lambda: os.mkfifo(settings), "不是普通文件"),
        (lambda: settings.symlink_to(settings), "这是一个链接"),
    ]
    for make, told in kinds:
        make()
        made, copied_to = small.build(), small.run("scripts/new_township.py", str(small.root / "x"))
        for done, code in ((made, 1), (copied_to, 2)):
            assert (done.returncode, f"mkdocs.yml 用不了：{told}" in done.stderr) == (code, True), (
                told
            )
            assert "Errno" not in done.stderr
        settings.rmdir() if settings.is_dir() else settings.unlink(missing_ok=True)


GUIDE = "docs/guide/status.md"
PAGES_TOLD = [
    (
        "# 甲\n\n看[甲](#nothere)、[乙](nothere.md)、![丙](no.png)、[丁](takeover.html)、[戊](/a)、[己](takeover.md#x)\n",
        [
            f"{GUIDE}:3:2: 链接“#nothere”：这一页里没有这个位置\n",
            f"{GUIDE}:3:16: 链接“nothere.md”：没有这个文件\n",
            f"{GUIDE}:3:33: 链接“no.png”：没有这个文件\n",
            f"{GUIDE}:3:45: 链接“takeover.html”：没有这个文件，是不是“takeover.md”？\n",
            f"{GUIDE}:3:64: 链接“/a”：指不到这个网站的文件\n",
            f"{GUIDE}:3:72: 链接“takeover.md#x”：docs/guide/takeover.md 里没有这个位置\n",
        ],
    ),
    (
        "# 甲\n\n看[甲](http://[::1)\n",
        [f"{GUIDE}:3:6: 做不成网页：有一个链接，网址读不出来（Invalid IPv6 URL）\n上面这一页里"],
    ),
    ("---\ntemplate: no.html\n---\n\n# 甲\n", [f"{GUIDE}: 做不成网页：", "上面这一页里"]),
    ("---\nsearch: 1\n---\n\n# 甲\n", [f"{GUIDE}: 做不成网页：", "上面这一页里"]),
]


@pytest.mark.parametrize(("text", "told"), PAGES_TOLD)
def test_a_page_of_the_guide_that_cannot_be_made_is_named(
    small: Project, text: str, told: list[str]
) -> None:
    (small.root / GUIDE).write_text(text, encoding="utf-8")
    done = small.build("--edition", "internal")
    assert done.returncode == 1
    assert [one for one in told if one not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr and "MkDocs：" not in done.stderr, done.stderr


@pytest.mark.parametrize("folder", ["records", "docs", "overrides"])
def test_a_folder_that_is_missing_is_told(small: Project, folder: str) -> None:
    (small.root / folder).rename(small.root / "别处")
    done = small.build()
    assert (done.returncode, f"没有文件夹 {folder}：" in done.stderr) == (1, True), done.stderr


WARNED = """
import logging, sys
sys.path.insert(0, "scripts")
from lib.mkdocs_said import show_warnings
show_warnings()
log = logging.getLogger("mkdocs.commands.build")
log.error("Error building page 'a.md': [Errno 28] No space left on device")
log.error("Error building page 'a.md': [WinError 112] There is not enough space")
log.warning("a page has no title")
"""


def test_what_the_system_refused_is_not_told_by_mkdocs_in_english() -> None:
    done = Project(ROOT).run("-c", WARNED)
    assert (done.returncode, done.stderr) == (0, "MkDocs：a page has no title\n"), done.stderr
