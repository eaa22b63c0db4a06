"""The sample for nginx, as nginx itself serves the public edition with it."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
from collections.abc import Iterator

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
    for name in ("index.html", "404.html", "data/index.html", "data/figures.csv", ".git/config"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(f"{name} 年", encoding="utf-8")
    (folder / "outside.txt").write_text("外面", encoding="utf-8")
    (site / "link.txt").symlink_to(folder / "outside.txt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    sample = folder / "site.conf"
    shutil.copyfile(SAMPLE, sample)
    swap(sample, "listen 80;", f"listen 127.0.0.1:{number};")
    swap(sample, "listen [::]:80;", "")
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


def _asked(port: int, path: str, method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path)
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
    ],
)
def test_nothing_outside_or_hidden_is_served(port: int, path: str, status: int) -> None:
    assert _asked(port, path).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_reads(port: int, method: str) -> None:
    assert _asked(port, "/", method).status == 405
