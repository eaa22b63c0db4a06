"""The office of the preview, as a browser reaches it: who is let in, what is refused, what is written."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.conftest import BASE
from tests.support.building import contents, with_few_records
from tests.support.previews import DEADLINE, Preview

pytest_plugins = ["tests.support.sites"]

NEW = "---\n标题: 禁毒宣传进校园\n日期: 2024-11-20\n类别: 宣传活动\n地点: 东村小学\n---\n讲解毒品危害。\n"
OLD = "records/2024/activities/宪法宣传.md"
FORM = "<!doctype html><head><title>填表</title></head><body>填表</body>"


@pytest.fixture
def form(preview: Preview) -> str:
    """The address of the form's page, which stands in the site that is served."""
    (site,) = (preview.project.root.parent / "temporary").glob(".writing-*/site")
    (site / "填表.html").write_text(FORM, encoding="utf-8")
    return quote("/填表.html")


def ask(
    preview: Preview, method: str, path: str, body: object = None, **headers: str | bytes
) -> tuple[http.client.HTTPResponse, bytes]:
    """An answer with its bytes; a header of None is left out."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=DEADLINE)
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, quote(path, safe="/?=&%"), data, sent)
    answer = connection.getresponse()
    return answer, answer.read()


def token(preview: Preview) -> str:
    return urlsplit(preview.address).query.removeprefix("token=")


def said(preview: Preview, name: str, body: object) -> dict[str, Any]:
    """What the office says to the form's page."""
    answer, data = ask(preview, "POST", f"/填表/{name}", body, **as_the_form(preview))
    assert answer.status == 200, data.decode()
    told: dict[str, Any] = json.loads(data)
    return told


def as_the_form(preview: Preview) -> dict[str, str]:
    return {
        "Content_Type": "application/json",
        "X_Fazhi_Token": token(preview),
        "Origin": f"http://127.0.0.1:{preview.port}",
        "Sec_Fetch_Site": "same-origin",
    }


OTHER_COOKIES = [
    *("novalue", 'json={"a":1}', "cn=年报", "cn=兀", "sp=a b", 'q="a', 'q="a;b"', "k[a]=1"),
    *("at@x=1", "=v", "", ";", "==", "a=b=c", "fazhi-1=x", "a,b=1", "$Version=1", "path=/x"),
]
"""What other programs of this machine may have a browser keep."""


def test_the_printed_address_lets_in_and_no_other(preview: Preview, form: str) -> None:
    assert "fazhi-office" not in preview.get("/填表.html")[1]
    let_in, _ = ask(preview, "GET", f"{form}?token={token(preview)}")
    cookie = let_in.headers["Set-Cookie"]
    assert (let_in.status, let_in.headers["Location"]) == (303, form)
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")
    home, _ = ask(preview, "GET", urlsplit(preview.address)._replace(scheme="", netloc="").geturl())
    assert (home.status, home.headers["Location"]) == (303, "/")
    kept = cookie.partition(";")[0]
    _, page = ask(preview, "GET", form, Cookie=f"other=1; {kept}")
    assert f'<meta name="fazhi-office" content="{token(preview)}"></head>' in page.decode()
    assert "livereload" not in page.decode()  # it would take away what is being typed
    for others in OTHER_COOKIES:
        for cookies in (f"{others}; {kept}", f"{kept}; {others}", f"a=b;{kept};{others}"):
            _, page = ask(preview, "GET", form, Cookie=cookies.encode())
            assert "fazhi-office" in page.decode(), cookies
    for wrong in (
        "fazhi-1=1",
        f"{kept}x",
        f"x{kept}",
        kept.partition("=")[0] + "=",
        "\xff;;=",
        kept[:-1],
    ):
        _, page = ask(preview, "GET", form, Cookie=wrong)
        assert "fazhi-office" not in page.decode()
    for wrong, status in (("", 200), ("x", 403), (f"{token(preview)}x", 403), ("%ff%fe", 403)):
        answer, page = ask(preview, "GET", f"{form}?token={wrong}")
        assert (answer.status, answer.headers["Set-Cookie"]) == (status, None)
        assert "fazhi-office" not in page.decode()
    elsewhere, _ = ask(preview, "GET", f"//example.com/%2e%2e//x?token={token(preview)}")
    assert not elsewhere.headers["Location"].startswith("//")


def test_a_record_is_checked_saved_and_changed(preview: Preview) -> None:
    root = preview.project.root
    new = {"kind": "活动", "text": NEW, "path": None}
    assert said(preview, "check", new)["problems"] == []
    silent = {**as_the_form(preview), "Sec_Fetch_Site": "", "Referer": ""}
    assert ask(preview, "POST", "/填表/check", new, **silent)[0].status == 200
    saved = said(preview, "save", new)
    path = "records/2024/activities/2024-11-20-禁毒宣传进校园.md"
    assert saved == {"path": path, "problems": [], "saved": True}
    assert (root / path).read_text(encoding="utf-8") == NEW
    preview.until("已更新")
    assert "讲解毒品危害" in preview.get(f"/{path.removesuffix('.md')}.html")[1]
    sent = {**new, "hashes": [sha256(NEW.encode()).hexdigest()]}
    assert said(preview, "save", sent)["path"] == path  # whose answer was lost: it is there already
    assert not said(preview, "save", {**new, "text": NEW.replace("毒品", "禁毒")})["saved"]

    answer, data = ask(preview, "GET", f"/填表/record?path={path}", **as_the_form(preview))
    given = json.loads(data)
    assert (answer.status, given["text"]) == (200, NEW)
    changed = {
        **new,
        "text": NEW.replace("毒品", "毒品的"),
        "path": path,
        "hashes": [given["hash"]],
    }
    assert [said(preview, "save", changed)["saved"] for _ in "12"] == [True, True]
    stale = {**changed, "text": NEW}
    answer, data = ask(preview, "POST", "/填表/save", stale, **as_the_form(preview))
    assert (answer.status, json.loads(data)["message"][:12]) == (409, "这条记录刚才被别人改过：")
    assert (root / path).read_text(encoding="utf-8") == changed["text"]


VALID = json.dumps({"kind": "活动", "text": NEW.replace("进校园", "进村")}).encode()
OURS: Mapping[str, str | None] = {}
REFUSED: list[tuple[int, str, str, Mapping[str, str | None], bytes]] = [
    (403, "POST", "save", {"X_Fazhi_Token": "x"}, VALID),
    (403, "POST", "save", {"X_Fazhi_Token": None}, VALID),
    (403, "POST", "save", {"X_Fazhi_Token": "\xe9"}, VALID),
    (403, "POST", "save", {"Origin": "https://example.com"}, VALID),
    (403, "POST", "save", {"Origin": "null"}, VALID),
    (403, "POST", "save", {"Origin": "https://example.com", "Content_Type": "text/plain"}, VALID),
    (403, "POST", "save", {"Sec_Fetch_Site": "cross-site"}, b" " * 6_000_000),
    (403, "POST", "save", {"Referer": "https://example.com/"}, VALID),
    (403, "POST", "save", {"Host": "example.com"}, VALID),
    (403, "POST", "save", {"Sec_Fetch_Site": "cross-site"}, VALID),
    (403, "POST", "save", {"Sec_Fetch_Site": "same-site"}, VALID),
    (403, "POST", "save", {"Sec_Fetch_Site": "none"}, VALID),
    (404, "GET", "save", OURS, b""),
    (404, "PUT", "save", OURS, b""),
    (404, "POST", "record", OURS, VALID),
    (404, "POST", "../填表/save", OURS, VALID),
    (404, "POST", "没有", OURS, VALID),
    (404, "GET", "record?path=records/township.yml", OURS, b""),
    (404, "GET", "record?path=records/2024/activities/../../township.yml", OURS, b""),
    (404, "GET", "record?path=%00", OURS, b""),
    (404, "GET", "record?path=%ff", OURS, b""),
    (404, "GET", "record", OURS, b""),
    (400, "POST", "save", {"Content_Type": "text/plain"}, VALID),
    (400, "POST", "save", {"Content_Type": None}, VALID),
    (400, "POST", "save", {"Content_Type": "multipart/form-data; boundary=x"}, VALID),
    (400, "POST", "save", {"Content_Type": "message/rfc822"}, VALID),
    (400, "POST", "save", {"Transfer_Encoding": "chunked"}, VALID),
    (400, "POST", "save", {"Content_Length": "-1"}, b""),
    (400, "POST", "save", {"Content_Length": "x"}, b""),
    (400, "POST", "save", {"Content_Length": "9" * 5000}, b""),
    (413, "POST", "save", OURS, b" " * 6_000_000),
    (400, "POST", "save", OURS, b""),
    (400, "POST", "save", OURS, b"{"),
    (400, "POST", "save", OURS, b"[" * 100_000),
    (400, "POST", "save", OURS, b'{"kind": "\xff"}'),
    (400, "POST", "save", OURS, b"[]"),
    (400, "POST", "save", OURS, b'{"kind": "x", "text": ""}'),
    (400, "POST", "save", OURS, '{"kind": "活动", "text": 3}'.encode()),
    (400, "POST", "save", OURS, '{"kind": "活动", "text": "\\ud800"}'.encode()),
    (404, "POST", "save", OURS, '{"kind": "活动", "text": "", "path": "../x.md"}'.encode()),
    (409, "POST", "save", OURS, json.dumps({"kind": "活动", "text": NEW, "path": OLD}).encode()),
]


def test_what_is_no_request_of_the_form_is_refused_in_a_sentence(preview: Preview) -> None:
    before = contents(preview.project.records)
    wrong = []
    for code, method, name, changed, body in REFUSED:
        headers = {k: v for k, v in {**as_the_form(preview), **changed}.items() if v is not None}
        answer, data = ask(preview, method, f"/填表/{name}", body or None, **headers)
        told = json.loads(data).get("message", "")
        if answer.status != code or not re.search(r"[\u4e00-\u9fff].*。", told):
            wrong.append((answer.status, code, method, name, changed, body[:40], told))
    assert wrong == []
    head = f"POST {quote('/填表/save')} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}\r\nContent-Type: application/json"
    head += "\r\nContent-Length: 2"
    own = f"{head}\r\nX-Fazhi-Token: {token(preview)}"
    assert "写明有多长" in preview.said(f"{own}\r\nTransfer-Encoding: chunked\r\n\r\n[]")
    assert "重新启动过" in preview.said(f"{head}\r\nX_Fazhi_Token: {token(preview)}\r\n\r\n[]")
    for twice in ("Content-Length: 3", "Content-Type: text/plain", "X-Fazhi-Token: x"):
        assert "400 Bad Request" in preview.said(f"{own}\r\n{twice}\r\n\r\n[]")
    # What another site sends is not waited for.
    assert "只有预览自己的网页" in preview.said(f"{own}\r\nOrigin: https://example.com\r\n\r\n")
    answer, data = ask(
        preview,
        "POST",
        "/填表/check",
        {"kind": "活动", "text": "<script>\0"},
        **as_the_form(preview),
    )
    assert (answer.status, answer.headers["Content-Type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    assert json.loads(data)["problems"][0]["rule"] == "FZ117"
    assert contents(preview.project.records) == before
    assert "Traceback" not in "".join([*preview.printed, *preview._lines.queue])


def test_the_public_edition_has_no_office(tmp_path: Path) -> None:
    running = Preview(with_few_records(tmp_path / "project"), tmp_path / "temporary")
    try:
        assert "token" not in running.address
        answer, data = ask(running, "POST", "/填表/check", {"kind": "活动", "text": NEW})
        assert answer.status == 404 or b"problems" not in data
        assert contents(running.project.records) == contents(BASE / "records")
    finally:
        running.end()
