"""The sample for nginx, as nginx itself serves the public edition with it."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping

import pytest

from tests.support.building import ROOT, swap
from tests.support.machine import ran

SAMPLE = ROOT / "docs/guide/servers/nginx.conf"
AROUND = """
user root root; daemon off; worker_processes 1; pid {0}/pid; error_log {0}/errors;
events {{ worker_connections 16; }}
http {{ access_log off; client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f;
uwsgi_temp_path {0}/u; scgi_temp_path {0}/s; include {0}/site.conf; }}
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where nginx serves a small site, a link out of it and a hidden file beside."""
    nginx, folder = shutil.which("nginx"), tmp_path_factory.mktemp("nginx")
    if nginx is None:
        pytest.skip("没有 nginx；CI 也不装，它的安装包要启动服务")
    (site := folder / "site").mkdir()
    for name in (
        *("index.html", "404.html", "data/index.html", "data/figures.csv", ".git/config"),
        *(".well-known/security.txt", ".well-known/.git/config", "data/.well-known/x"),
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"{name} 年", encoding="utf-8")
    (folder / "outside.txt").write_text("外面", encoding="utf-8")
    (site / "link.txt").symlink_to(folder / "outside.txt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    sample = folder / "site.conf"
    shutil.copyfile(SAMPLE, sample)
    swap(sample, "listen 80", f"listen 127.0.0.1:{number}")
    swap(sample, "listen [::]:80;", "")
    swap(sample, "listen [::]:80 default_server;", "")
    swap(sample, "/srv/fazhi/site;", f"{site};")
    (folder / "nginx.conf").write_text(AROUND.format(folder), encoding="utf-8")
    command = [nginx, "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]
    tested = ran([*command, "-t"])
    assert tested.returncode == 0, tested.stderr
    with subprocess.Popen(command) as server:
        while server.poll() is None and not _answers(number):
            pass
        yield number
        server.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _asked(
    port: int, path: str, method: str = "GET", headers: Mapping[str, str] = {}
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={"Host": "example.invalid", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("path", ["/", "/nothing", "/data/figures.csv"])
def test_no_other_site_may_take_or_frame_what_it_serves(port: int, path: str) -> None:
    told = _asked(port, path).headers
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert told["X-Content-Type-Options"] == "nosniff"


def _fetch(site: str, mode: str, destination: str | None) -> dict[str, str]:
    """What a browser of today says a request is for; older ones do not say the destination."""
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    return said if destination is None else {**said, "Sec-Fetch-Dest": destination}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        (_fetch("none", "navigate", "document"), 200),
        (_fetch("same-origin", "no-cors", "script"), 200),
        (_fetch("cross-site", "navigate", "document"), 200),
        (_fetch("same-site", "navigate", "document"), 200),
        (_fetch("cross-site", "navigate", None), 200),
        ({"Referer": "https://example.com/"}, 200),
        ({"Origin": "https://example.invalid"}, 200),
        ({"Origin": "http://example.invalid:8080", "Host": "example.invalid:8080"}, 200),
        (_fetch("cross-site", "no-cors", "script"), 403),
        (_fetch("Cross-Site", "cors", "empty"), 403),
        (_fetch("same-site", "no-cors", "image"), 403),
        (_fetch("cross-site", "navigate", "iframe"), 403),
        (_fetch("cross-site", "nested-navigate", None), 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://example.com"}, 403),
        ({"Origin": "https://example.com", "Host": "example.com"}, 421),
        ({"Origin": "https://example.invalid.example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "example.com"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "www.example.invalid"}, 421),
    ],
)
def test_other_sites_may_link_to_it_and_not_include_it(
    port: int, headers: Mapping[str, str], status: int
) -> None:
    assert _asked(port, "/data/figures.csv", headers=headers).status == status


def test_a_folder_is_served_where_its_links_hold(port: int) -> None:
    answer = _asked(port, "/data")
    assert (answer.status, answer.headers["Location"]) == (301, "/data/")
    assert _asked(port, "/data/").status == 200


def test_a_table_says_that_it_is_utf_8(port: int) -> None:
    assert _asked(port, "/data/figures.csv").headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/link.txt", 404),
        ("/.git/config", 404),
        ("/%2egit/config", 404),
        ("/..%5coutside.txt", 404),
        ("/..%2foutside.txt", 400),
        ("/404.html", 404),
        ("/.well-known/security.txt", 200),
        ("/.well-known/.git/config", 404),
        ("/data/.well-known/x", 404),
    ],
)
def test_nothing_outside_or_hidden_but_well_known_is_served(
    port: int, path: str, status: int
) -> None:
    assert _asked(port, path).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_reads(port: int, method: str) -> None:
    assert _asked(port, "/", method).status == 405
