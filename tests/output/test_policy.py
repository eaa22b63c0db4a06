"""What pages may load and run: they keep their own policy, and it stops what got into them."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fazhi.output.form import page as form
from fazhi.output.official import content_policy
from tests.support.building import Element, page, pages
from tests.support.watching import search, watched

pytest_plugins = ["tests.support.browsing"]

VIOLATIONS = """
    window.violations = [];
    addEventListener("securitypolicyviolation", e => violations.push(e.effectiveDirective), true);
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def origins(public: Path) -> Iterator[dict[str, str]]:
    """Where the public site begins, by scheme."""
    handler = functools.partial(Quiet, directory=str(public))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"file": public.as_uri(), "http": f"http://127.0.0.1:{server.server_port}"}
        server.shutdown()


# In the pages as they are written


def themed(site: Path) -> dict[str, Element]:
    """All pages but the form, which carries its own script: see below."""
    return {name: root for name, root in pages(site).items() if name != form.NAME}


def test_the_form_has_the_policy_of_its_script_and_its_style(kinds: dict[str, Path]) -> None:
    root = page(kinds["form"])
    told, script = (
        "".join(map(str, e.children)) for e in root.every("script") if "src" not in e.attributes
    )
    (style,) = ("".join(map(str, e.children)) for e in root.every("style"))
    charset, allowed, *_ = (e.attributes for e in root.every("meta"))
    assert "charset" in charset
    assert allowed["content"] == form.policy(style, script)
    assert "unsafe" not in allowed["content"]
    assert allowed["content"].startswith("default-src 'none'; script-src 'sha256-")
    assert json.loads(told)["kinds"]
    assert not [
        e for e in root.every() for key in e.attributes if key == "style" or key[:2] == "on"
    ]


def test_every_page_has_a_policy_before_all_it_is_about(site: Path) -> None:
    wrong = []
    for name, root in themed(site).items():
        (head,) = root.every("head")
        metas = [e for e in head.children if isinstance(e, Element)]
        first, second = (e.attributes for e in metas[:2])
        styles = ["".join(map(str, e.children)) for e in root.every("style")]
        policy = content_policy("".join(styles), scripts=name != "404.html")
        told = {"http-equiv": "Content-Security-Policy", "content": policy}
        if "charset" not in first or second != told or len(styles) > 1:
            wrong.append(name)
    assert wrong == []


def test_no_page_holds_what_its_policy_forbids(site: Path) -> None:
    wrong = []
    for name, root in themed(site).items():
        for element in root.every():
            given = element.attributes
            is_data = given.get("type") == "application/json"
            if (
                (element.tag == "script" and not is_data and "src" not in given)
                or element.tag in ("base", "object", "embed", "iframe")
                or any(key == "style" or key.startswith("on") for key in given)
                or given.get("href", "").lower().startswith("javascript:")
            ):
                wrong.append(f"{name}: {element.tag} {given}")
    assert wrong == []


@pytest.mark.parametrize("kind", ["verify", "review"])
def test_what_lies_beside_the_site_has_the_policy_of_a_page_without_scripts(
    kind: str, kinds: dict[str, Path]
) -> None:
    root = page(kinds[kind])
    (style,) = ("".join(map(str, e.children)) for e in root.every("style"))
    _, policy, *_ = (e.attributes.get("content") for e in root.every("meta"))
    assert policy == content_policy(style, scripts=False)


def test_a_policy_allows_nothing_written_into_a_page() -> None:
    for policy in (content_policy(), content_policy("a{}"), content_policy(scripts=False)):
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "base-uri 'none'" in policy and "form-action 'none'" in policy
    assert "script-src 'self';" in content_policy("a{}")
    assert "script-src" not in content_policy("a{}", scripts=False)


# In a browser


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_pages_keep_it_whatever_is_done_with_them(
    scheme: str, origins: dict[str, str], kinds: dict[str, Path], public: Path, browser: Browser
) -> None:
    small = {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce"}
    with watched(browser, origins[scheme], VIOLATIONS, **small) as (tab, _):
        # The others' are made by the same templates; test_access.py takes what the policy stops there
        # for a fault: it opens, prints and changes the colours of each kind, and a browser warns.
        for kind in ("home", "section", "report", "404"):
            file = kinds[kind]
            tab.goto(f"{origins[scheme]}/{file.relative_to(public).as_posix()}")
            if kind != "404":
                tab.get_by_title("换成深色").click()
                tab.get_by_role("button", name="打开栏目导航").click()
                tab.keyboard.press("Escape")
            if kind in ("home", "section"):  # where the search's files lie as near, and one deeper
                tab.get_by_role("button", name="站内搜索").click()
                search(tab, "调解")
            tab.emulate_media(media="print")
            assert tab.evaluate("violations") == [], kind
            tab.emulate_media(media="screen")
            tab.evaluate("localStorage.clear()")


def test_the_scheme_changed_by_hand_is_there_again_on_the_next_page(
    public: Path, tab: Page
) -> None:
    tab.goto((public / "index.html").as_uri())
    tab.get_by_title("换成深色").click()
    tab.goto((public / "2024/publicity.html").as_uri())
    expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    tab.get_by_title("换成浅色").click()
    expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", "default")


AT_ONCE = {
    "<script>hit = 1</script>": "script-src-elem",
    "<script src='data:text/javascript,hit=1'></script>": "script-src-elem",
    "<script src='https://evil.test/a.js'></script>": "script-src-elem",
    "<img src='x:' onerror='hit = 1'>": "script-src-attr",
    "<svg onload='hit = 1'></svg>": "script-src-attr",
    "<img src='https://evil.test/a.png'>": "img-src",
    "<link rel='stylesheet' href='https://evil.test/a.css'>": "style-src-elem",
    "<style>h1 { background: url(https://evil.test/b) }</style>": "style-src-elem",
    "<b style='position: fixed; inset: 0'>看</b>": "style-src-attr",
    "<iframe src='https://evil.test/'></iframe>": "frame-src",
    "<iframe srcdoc='<script>top.hit = 1</script>'></iframe>": "",
    "<object data='https://evil.test/a.pdf'></object>": "object-src",
    "<video src='https://evil.test/a.mp4'></video>": "media-src",
}
"""What acts as soon as a page is read, and which directive stops it; the page in a frame has its own."""
WHEN_CLICKED = {
    "<a id='go' href='javascript:hit = 1'>看</a>": "script-src-elem",
    "<form action='https://evil.test/'><button id='go'>送</button></form>": "form-action",
    "<base href='https://evil.test/'><a id='go'>看</a>": "base-uri",
}
GATHERED = """wanted => new Promise(done => {
    const look = () => wanted.every(directive => violations.includes(directive)) && done();
    addEventListener("securitypolicyviolation", () => setTimeout(look), true);
    look();
})"""
"""Ends when each of the wanted directives has stopped something."""


@pytest.mark.parametrize("attacks", [AT_ONCE, *({a: d} for a, d in WHEN_CLICKED.items())])
def test_what_got_into_a_page_is_stopped(
    attacks: dict[str, str], public: Path, tmp_path: Path, browser: Browser
) -> None:
    (tmp_path / "assets").symlink_to(public / "assets")
    text = (public / "index.html").read_text(encoding="utf-8")
    injured = tmp_path / "index.html"
    injected = "".join(attacks)
    injured.write_text(text.replace("</article>", f"{injected}</article>"), encoding="utf-8")
    with watched(browser, script=VIOLATIONS) as (tab, watch):
        tab.goto(injured.as_uri())
        if "id='go'" in injected:
            tab.evaluate("document.getElementById('go').click()")
        tab.evaluate(GATHERED, sorted(filter(None, attacks.values())))
        assert tab.evaluate("window.hit") is None
        assert tab.url == injured.as_uri()
        watch.errors.clear()  # that something was stopped
