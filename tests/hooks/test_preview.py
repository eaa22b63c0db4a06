"""The preview as a clerk uses it: a real server of a copied project, edited while it runs."""

from __future__ import annotations

import errno
import shutil
import signal
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from fazhi_mkdocs.office import Door
from fazhi_mkdocs.preview import Handler, Server
from tests.support.building import ROOT, Project, with_few_records
from tests.support.previews import DEADLINE, Preview

sys.path.append(str(ROOT / "scripts"))
import preview as command

pytest_plugins = ["tests.support.browsing"]

ACTIVITY = "records/2024/activities/宪法宣传.md"
PAGE = "/records/2024/activities/宪法宣传.html"


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return with_few_records(tmp_path / "project")


@pytest.fixture
def started(small: Project, tmp_path: Path) -> Iterator[list[Preview]]:
    """The previews of a test, which ends them whatever happens."""
    previews: list[Preview] = []
    yield previews
    for preview in previews:
        preview.end()


def write(project: Project, path: str, text: str) -> None:
    (project.root / path).write_text(text, encoding="utf-8", newline="\n")


def replace(project: Project, path: str, text: str) -> None:
    """Write as many editors do: a new file, put in the place of the old one."""
    write(project, f"{path}.新", text)
    (project.root / f"{path}.新").replace(project.root / path)


def test_follows_the_edits_and_keeps_the_last_good_page(
    small: Project, tmp_path: Path, started: list[Preview]
) -> None:
    text = (small.root / ACTIVITY).read_text(encoding="utf-8")
    settings = (small.root / "mkdocs.yml").read_text(encoding="utf-8")
    write(small, ACTIVITY, text.replace("地点", "地址"))
    preview = Preview(small, tmp_path / "temporary", "--edition", "public")
    started.append(preview)
    assert "还没有网页" in preview.get("/")[1]
    assert any(f"{ACTIVITY}:5:1: 错误 FZ202" in line for line in preview.printed)
    assert any("填表" in line and "--edition internal" in line for line in preview.printed)

    write(small, ACTIVITY, text)
    preview.until("已更新")
    assert "在东村广场设点宣讲" in preview.get(PAGE)[1]
    assert "内部资料" not in preview.get(PAGE)[1]

    before = preview.version()
    write(small, ACTIVITY, text.replace("设点宣讲", "现场答疑"))
    preview.until("已更新")
    assert "在东村广场现场答疑" in preview.get(PAGE)[1]
    good = preview.version()
    assert good > before

    write(small, ACTIVITY, text.replace("12.4", "没有的节点"))
    preview.until("错误 FZ303")
    preview.until("有错，网页还是 ")
    assert "在东村广场现场答疑" in preview.get(PAGE)[1]
    assert preview.version() == good

    replace(small, ACTIVITY, text.replace("设点宣讲", "以案说法"))
    preview.until("已更新")
    assert "在东村广场以案说法" in preview.get(PAGE)[1]

    # As git does when it changes to another branch: files come and go, and settings with them.
    for number in range(60):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        record = text.replace("2024-12-04", day).replace("普法节点: 12.4\n", "")
        title = f"第{number}次宣传"
        write(
            small, f"records/2024/activities/{day}-{title}.md", record.replace("国家宪法日", title)
        )
    (small.root / ACTIVITY).unlink()
    (small.root / "mkdocs.yml").unlink()
    replace(small, "mkdocs.yml", settings.replace("左岚乡法治政府建设年度报告 ", "示例乡年报 "))
    preview.until("已更新")
    assert preview.get(PAGE)[0] == 404
    assert "第59次宣传" in preview.get("/records/2024/activities/2024-12-04-第59次宣传.html")[1]
    assert "示例乡年报" in preview.get("/index.html")[1]

    # A folder gives its place to a link, and comes back.
    folder, elsewhere = (small.root / ACTIVITY).parent, tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    preview.until("错误 FZ114")
    folder.unlink()
    elsewhere.rename(folder)
    preview.until("已更新")

    assert preview.stop(signal.SIGINT) == 0
    said = "".join(preview.printed) + preview.rest()
    assert "Traceback" not in said
    assert "Warning" not in said
    assert not list((tmp_path / "temporary").glob(".writing-*"))
    assert not (small.root / "site").exists()


OURS = "Host: 127.0.0.1:{port}"
SCRIPT = "/search/search_index.js"
FOREIGN = [
    f"{OURS}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: script",
    f"{OURS}\r\nsec-fetch-site: Same-Site",
    f"{OURS}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
    f"{OURS}\r\nOrigin: https://example.com",
    f"{OURS}\r\nOrigin: http://127.0.0.1:1",
    f"{OURS}\r\nOrigin: http://127.0.0.1:{{port}}/x",
    f"{OURS}\r\nOrigin: http://127.0.0.1:{{port}}/",
    f"{OURS}\r\nOrigin:",
    f"{OURS}\r\nOrigin: https://127.0.0.1:{{port}}",
    f"{OURS}\r\nOrigin: null",
    f"{OURS}\r\nReferer: https://example.com/",
    f"{OURS}\r\nReferer: file:///C:/x.html",
    f"{OURS}\r\nReferer: http://127.0.0.1:{{port}}.example.com/",
    f"{OURS}\r\nReferer: http://127.0.0.1:{{port}}@example.com/",
    "Host: example.com:{port}\r\nOrigin: http://example.com:{port}",
    "Host: 127.0.0.1.:{port}",
    "Host: localhost:1\r\nOrigin: http://localhost:1",
    *("Host: 127.0.0.1:99999999", "Host: 127.0.0.1:", "Host: 127.0.0.1:0{port}"),
    *("Host: 127.0.0.1:{port}:{port}", "Host: 127.0.0.1:{port}/", "Host:"),
    *("Host: example.com", "Host: 127.0.0.1.example.com:{port}", "Host: [", "Host: 192.0.2.1"),
    "Accept: */*",
]
"""The heads of requests for which a page of another site can be the reason."""
OWN = [
    OURS,
    f"{OURS}\r\nSec-Fetch-Site: none",
    f"{OURS}\r\nSec-Fetch-Site:\r\nReferer:",
    f"{OURS}\r\nSec-Fetch-Site: same-origin\r\nReferer: http://127.0.0.1:{{port}}/index.html",
    *("Host: localhost", "Host: LocalHost:{port}\r\nOrigin: http://localhost:{port}"),
    f"{OURS}\r\nOrigin: http://127.0.0.1:{{port}}\r\nReferer: http://127.0.0.1:{{port}}",
    f"{OURS}\r\nSec_Fetch_Site: cross-site\r\nX-Other: 1\r\nX-Other: 2",
]
SENT = [
    *("Cross-Origin-Resource-Policy: same-origin", "X-Content-Type-Options: nosniff"),
    "Content-Security-Policy: frame-ancestors 'none'",
]
OUTSIDE = [
    *("/C:/secret.txt", "/c%3a/secret.txt", "/x/../C:/secret.txt", "/%ffC:/secret.txt"),
    *("/..%5c..%5csecret.txt", "/%5C%5Chost%5Cshare", "/\\\\host\\share", "/assets%5csite.css"),
    *("/out/secret.txt", "/secret.txt", "/out", "/index.html::$DATA", "/NUL", "/assets/com1.txt"),
    *("/%2e%2e/secret.txt", "http://127.0.0.1/index.html", "/" + "x" * 5000, "/\x00", "/%00"),
    *("/CONIN$", "/assets/conout$.txt", f"/livereload/{'9' * 5000}/0"),
    *("/index%ff.html", "/%c3/", "/\xff"),
    *("/%2Fexample.com/..", "/%2f%2Fexample.com%2F..", "/%2Fexample.com/%2e%2e"),
    *(
        "/linked/",
        "/linked/index.html",
        "/linked//",
        "/linked/./",
        "/assets/../linked/",
        "/404.html",
    ),
    *("/没有", "/没有/", "/../../records/township.yml"),
]
"""Addresses that name no file of the site, though some system opens one by them, or that Python or
a browser takes for something else: a number without end, the name of another host."""


NO_REQUESTS = [
    *(f"GET /{'x' * 70_000} HTTP/1.1", f"GET / HTTP/1.1\r\nX: {'x' * 70_000}", "GET / HTTP/2.0"),
    f"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {'x' * 70_000}",
    *("GET / HTTP/1.1" + "\r\nX: 1" * 200, "GET", "x y z", "POST /", "", "FOO", "\0", "\0 / HTTP"),
    *("PRI * HTTP/2.0", "GET /", f"GET {SCRIPT}\r\n{OURS}"),
    *(
        f"GET {SCRIPT} {version}\r\n{OURS}"
        for version in ("HTTP/0.9", "HTTP/1.10", "HTTP/01.1", "HTTP/1.2", "HTTP/1.1 x", "http/1.1")
    ),
    *(
        f"GET {SCRIPT} HTTP/1.1\r\n{OURS}\r\n{twice}"
        for twice in (
            *("Host: example.com", "Sec-Fetch-Site: none\r\nsec-fetch-site: cross-site"),
            "Referer: http://127.0.0.1:{port}/\r\nReferer: https://example.com/",
            "Origin: http://127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}",
            "Content-Length: 1\r\nContent-Length: 2",
        )
    ),
    *(
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n{line}\r\nSec-Fetch-Site: cross-site"
        for line in ("no header", "X : 1", ": 1", "文: 1", "X: 1\r\n\tY", "X: 1\0", "X: 1\r")
    ),
    *(f"GET / HTTP/1.1\r\n{line}\r\nHost: localhost" for line in (" X: 1", "From x")),
]
WHY = {"400": "不是浏览器发来的。\n", "414": "网址太长。\n", "431": "看不见原来网址里的草稿。\n"}


def test_no_other_site_and_no_file_beside_the_site_is_answered(
    small: Project, tmp_path: Path, started: list[Preview]
) -> None:
    preview = Preview(small, tmp_path / "temporary", "--edition", "internal")
    started.append(preview)
    assert "内部资料" in preview.get("/")[1]
    # Linux has all of 127.0.0.0/8: another address of the machine that nothing may listen on.
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", preview.port))
    wrong = []
    for head in OWN:
        said = preview.said(f"GET {SCRIPT} HTTP/1.1\r\n{head}\r\n\r\n")
        if not said.startswith("HTTP/1.0 200") or not all(sent in said for sent in SENT):
            wrong.append(f"{head}: {said[:400]}")
    for head in FOREIGN:
        for address in (SCRIPT, "/", "/livereload/0/0", "/没有"):
            said = preview.said(f"GET {address} HTTP/1.1\r\n{head}\r\n\r\n")
            if not said.startswith("HTTP/1.0 403") or "宪法" in said:
                wrong.append(f"{address} {head}: {said[:20]}")

    # Names that are a drive, a way or a host elsewhere are those of files here.
    (site,) = (tmp_path / "temporary").glob(".writing-*/site")
    outside = tmp_path / "outside"
    for folder in (outside, site / "C:", site / "assets"):
        folder.mkdir(exist_ok=True)
    for place in (
        *(outside / "secret.txt", site / "C:/secret.txt", site / r"..\..\secret.txt"),
        *(site / r"\\host\share", site / r"assets\site.css", site / "index.html::$DATA"),
        *(site / "NUL", site / "assets/com1.txt", site / "CONIN$", site / "assets/conout$.txt"),
    ):
        place.write_text("secret", encoding="utf-8")
    (site / "out").symlink_to(outside)
    (site / "secret.txt").symlink_to(outside / "secret.txt")
    (site / "linked").mkdir()
    (site / "404.html").unlink()
    for name in ("linked/index.html", "404.html"):
        (site / name).symlink_to(outside / "secret.txt")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "BREW"):
        said = preview.said(f"{method} {SCRIPT} HTTP/1.1\r\n{OURS}\r\n\r\n")
        if not said.startswith("HTTP/1.0 405") or "宪法" in said or "只能看" not in said:
            wrong.append(f"{method}: {said[:20]}")
    for address in OUTSIDE:
        said = preview.said(f"GET {address} HTTP/1.1\r\n{OURS}\r\n\r\n")
        if not said.startswith("HTTP/1.0 4") or "secret" in said:
            wrong.append(f"{address[:40]}: {said[:20]}")
    assert "没有这样的网址" in preview.said(f"GET /a:b HTTP/1.1\r\n{OURS}\r\n\r\n")
    (site / "404.html").unlink()
    assert "没有这一页" in preview.get("/没有")[1]
    (site / "404.html").mkdir()
    assert "没有这一页" in preview.get("/没有")[1]
    assert wrong == []
    assert preview.stop(signal.SIGTERM) == 0
    assert not list((tmp_path / "temporary").glob(".writing-*"))
    assert not (small.root / "site").exists()
    assert not (small.root / "site-internal").exists()
    printed = "".join(preview.printed) + preview.rest()
    assert "Traceback" not in printed
    assert "Failed" not in printed


def test_whatever_became_of_the_site_it_is_made_again(
    small: Project, tmp_path: Path, started: list[Preview]
) -> None:
    preview = Preview(small, tmp_path / "temporary", "--edition", "internal")
    started.append(preview)
    (site,) = (tmp_path / "temporary").glob(".writing-*/site")
    text = (small.root / ACTIVITY).read_text(encoding="utf-8")
    for kind in "nothing", "file", "link":
        shutil.rmtree(site)
        if kind == "file":
            site.touch()
        elif kind == "link":
            site.symlink_to(tmp_path)
        else:
            site.parent.rmdir()
        assert "没有这一页" in preview.get("/填表.html")[1]
        for word in "位", "场":  # nor is what was there in the way of the next one
            write(small, ACTIVITY, text.replace("设点", f"{kind}{word}"))
            preview.until("已更新")
            assert f"{kind}{word}宣讲" in preview.get(PAGE)[1]
    assert stat.S_IMODE(site.parent.stat().st_mode) == 0o700
    assert preview.stop(signal.SIGINT, alone=True) == 0
    with pytest.raises(ConnectionRefusedError):
        preview.get("/")


def test_an_open_page_loads_itself_anew(
    small: Project, tmp_path: Path, started: list[Preview], browser: Browser
) -> None:
    preview = Preview(small, tmp_path / "temporary")
    started.append(preview)
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{preview.port}{PAGE}")
    text = (small.root / ACTIVITY).read_text(encoding="utf-8")
    write(small, ACTIVITY, text.replace("设点宣讲", "现场答疑"))
    expect(page.get_by_text("在东村广场现场答疑")).to_be_visible(timeout=1000 * DEADLINE)
    page.close()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = Project(ROOT).run("scripts/preview.py", "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "被别的程序占用了" in done.stderr
    assert "正在检查" not in done.stderr


@pytest.mark.parametrize(
    ("number", "ports", "said"),
    [
        (errno.EACCES, [80], "端口 80 系统不许你用。"),
        (errno.EADDRINUSE, [80], "端口 80 被别的程序占用了。"),
        (errno.EADDRINUSE, range(8000, 8020), "端口 8000 到 8019 都被别的程序占用了。"),
        (errno.EMFILE, [0], "端口 0 用不了（同时打开的文件太多）。"),
    ],
)
def test_why_a_port_cannot_be_had_is_told(
    number: int,
    ports: list[int],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr("fazhi_mkdocs.preview.Server", refuse)
    assert command.listening(ports, command.Site("public", tmp_path / "site")) is None
    assert capsys.readouterr().err.startswith(said)


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with an office that waits half a second for the rest of what is said to it."""
    server = Server(0, tmp_path, tmp_path, lambda _: True, Door(ROOT))
    assert 0 < Handler.timeout <= 60
    monkeypatch.setattr(Handler, "timeout", 0.5)
    server.server_activate()
    server.serve_thread.start()
    yield server
    server.shutdown()


@pytest.mark.parametrize("said", ["", "GET /", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_what_is_not_said_to_its_end_is_not_waited_for(impatient: Server, said: str) -> None:
    with socket.create_connection(("127.0.0.1", impatient.server_port), DEADLINE) as connection:
        connection.sendall(said.encode())
        assert connection.recv(1) == b""


def answered(server: Server, request: str) -> str:
    with socket.create_connection(("127.0.0.1", server.server_port), DEADLINE) as connection:
        connection.sendall(request.replace("{port}", str(server.server_port)).encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_what_is_no_request_is_answered_in_chinese(impatient: Server) -> None:
    answers = [answered(impatient, f"{request}\r\n\r\n") for request in NO_REQUESTS]
    assert [a for a in answers if not a.endswith(WHY[a.split()[1]])] == []
    assert {a.split()[1] for a in answers} == {*WHY}
    assert [a for a in answers if not all(sent in a for sent in SENT)] == []


def test_a_form_that_breaks_off_is_told(impatient: Server) -> None:
    head = f"POST {quote('/填表/save')} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\n[]"
    assert "请求没有传完" in answered(impatient, head)


@pytest.mark.parametrize("path", ["/", "/x.js", "/没有", "/填表/save", "/C:/x"])
def test_of_an_answer_the_head_can_be_asked_for(impatient: Server, path: str) -> None:
    for name in ("index.html", "x.js"):
        (Path(impatient.root) / name).write_text(name, encoding="utf-8")
    got, head = (
        answered(impatient, f"{method} {quote(path)} HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for method in ("GET", "HEAD")
    )
    told, _, page = got.partition("\r\n\r\n")
    assert page
    assert head.endswith("\r\n\r\n")
    lines = {line for line in head.splitlines() if not line.startswith("Date: ")}
    assert lines <= {*told.splitlines(), ""}


@pytest.mark.parametrize(
    "arguments",
    [["--port", "65536"], ["--port", "-1"], ["--port", "八"], ["--edition", "x"], ["--host", "0"]],
    ids=" ".join,
)
def test_what_cannot_be_obeyed_is_wrong_usage(arguments: list[str]) -> None:
    done = Project(ROOT).run("scripts/preview.py", *arguments)
    assert done.returncode == 2
    assert "用法：" in done.stderr
    assert "Traceback" not in done.stderr
