"""MkDocs' own preview server, made to keep the last good site and to answer this machine only.

It also carries the form's requests to the office, where there is one.
"""

import os
import posixpath
import re
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http.client import HTTPMessage
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler
from wsgiref.util import FileWrapper

from mkdocs.livereload import LiveReloadServer

from fazhi.output.official import hashed
from fazhi_mkdocs.office import PAGE, Door, decoded, path_of
from fazhi_mkdocs.watching import Watcher

HOST = "127.0.0.1"
HEARD_OUT = 2  # seconds


class _Head(HTTPMessage):
    """The lines of a request's head alone: they are read alike, whatever kind of body is announced."""

    def get_content_type(self) -> str:
        return self.get_default_type()


class Handler(WSGIRequestHandler):
    """What http.server itself answers is what it cannot read."""

    MessageClass = _Head
    error_content_type = "text/plain; charset=utf-8"
    timeout = 60  # seconds in which nothing is heard
    raw_requestline: bytes

    def parse_request(self) -> bool:
        """Whether a request could be read, each line of it: what stands below one that is no header
        is read no more."""
        self.requestline = self.raw_requestline.decode("latin-1").rstrip("\r\n")
        self.request_version, self.command = "HTTP/1.0", ""
        if not _REQUEST.fullmatch(self.requestline):
            self.send_error(400)
            return False
        if not super().parse_request():
            return False
        head = self.headers
        for name in {one for one in head if "_" in one}:
            del head[name]  # the environment would have it for one with hyphens
        is_read = not (head.defects or head.get_payload() or head.get_unixfrom())
        is_clear = (
            is_read
            and not any(_CONTROL.search(value) for value in head.values())
            and all(len(head.get_all(name, [])) < 2 for name in _ONCE)
        )
        if not is_clear:
            self.send_error(400)
        return is_clear

    def setup(self) -> None:
        """Have who does not take an answer be as one who went away, which is no fault of ours."""
        super().setup()
        write = self.wfile.write

        def written(data: Any) -> int:
            try:
                return write(data)
            except TimeoutError:
                raise ConnectionAbortedError from None

        self.wfile.write = written  # type: ignore[method-assign]

    def finish(self) -> None:
        """Hear out who still sends: with that unread, the system would take the answer back."""
        super().finish()
        end = time.monotonic() + HEARD_OUT
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(HEARD_OUT)
            while self.connection.recv(65536) and time.monotonic() < end:
                pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        why = _UNREAD.get(code, "不是浏览器发来的。")
        self.error_message_format = f"预览看不懂这个请求（%(code)d）：{why}\n"
        super().send_error(code, message, explain)

    def end_headers(self) -> None:
        for name, value in _SENT:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads who asked for what."""


class Server(LiveReloadServer):
    """Serves a site, which is built again with every change of the project's files."""

    # On Windows it would let two previews listen at one port.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self,
        port: int,
        project: Path,
        site: Path,
        make: "Callable[[Server], bool]",
        office: Door | None = None,
    ) -> None:
        """Takes `port` of this machine (0 is any); raises OSError when it is in use.

        `make` puts a new site at `site`, or returns False and leaves the last good one there. The
        `office` takes what is filled in on the form's page.
        """
        super().__init__(self._remake, HOST, port, str(site))
        self.RequestHandlerClass = Handler
        self._make = make
        self.office = office
        self._bound = False
        self.build_delay = 0.0  # the watcher has waited until nothing moves
        self.observer = Watcher(project)  # type: ignore[assignment] # declared as one of MkDocs' own
        self.watch(str(project))
        self.error_handler = self._page_of_error
        self.on_ready: Callable[[], None] = lambda: None
        try:
            self.server_bind()
        except OSError:
            self.server_close()
            raise

    # A site is made in two steps, and MkDocs has no public word for showing the first of them: while
    # the version that is wanted is not the one that can be seen, it lets every request wait.

    def show(self) -> None:
        """The pages that were edited are made: they can be seen while the others are made."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def hold(self) -> None:
        """The whole site is about to be exchanged: let requests wait until that is done."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch + 1

    def _remake(self) -> None:
        if not self._make(self):
            # Nothing newer is on its way to the browser: MkDocs would have it load the old page
            # once more, and has no public word for leaving it.
            self._wanted_epoch = self._visible_epoch

    def _page_of_error(self, code: int) -> bytes:
        name = f"{code}.html"
        with suppress(OSError):
            if self._is_inside(f"/{name}"):
                return (Path(self.root) / name).read_bytes()
        return _NO_PAGE.encode()

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """The page with MkDocs' script, which the page's own policy must be told of."""
        made: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        script = made.rpartition(b"<script>")[2].partition(b"</script>")[0]
        return made.replace(_SCRIPTS, b"%b %b" % (_SCRIPTS, hashed(script.decode()).encode()), 1)

    # Of socketserver and wsgiref

    def server_bind(self) -> None:
        if not self._bound:  # `serve` binds too, which would be late to find the port taken
            super().server_bind()
            self._bound = True

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        self.on_ready()  # the files are being watched by now, too
        super().serve_forever(poll_interval)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no fault; those of a request are reported in `serve_request`."""

    def serve_request(
        self, environ: Mapping[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *_SENT], *error)

        answer = self._answer(environ, start)
        if environ["REQUEST_METHOD"] != "HEAD":
            return answer
        if isinstance(answer, FileWrapper):
            answer.close()
        return iter([b""])  # a list wsgiref would measure, and say that the page has no bytes

    def _answer(self, environ: Mapping[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        is_own = _is_own(environ)
        if self.office and self.office.is_asked(environ):
            return self.office.answer(environ, start, is_own=is_own)
        if is_own and self._is_inside(environ.get("PATH_INFO", "")):
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                start("405 Method Not Allowed", [("Allow", "GET, HEAD"), _PLAIN])
                return ["预览里的网页只能看。\n".encode()]
            if self.office and (sent_on := self.office.let_in(environ, start)) is not None:
                return sent_on
            served: Iterable[bytes] = super().serve_request(environ, start)
            return served
        start("403 Forbidden", [_PLAIN])
        return [(_NO_ADDRESS if is_own else _REFUSED).encode()]

    def _serve_request(
        self, environ: Mapping[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes] | None:
        try:
            if self.office is None or path_of(environ) != f"/{PAGE}":
                served: Iterable[bytes] | None = super()._serve_request(environ, start_response)
                return served
            # Without the script that loads a page anew: what is being typed would be gone.
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
                page = (Path(self.root) / PAGE).read_bytes()
        except (OSError, ValueError):  # as a version of more digits than Python reads
            return None
        content = self.office.with_token(page, environ)
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [content]

    def _is_inside(self, address: str) -> bool:
        """Whether the file that MkDocs opens for a path is one of the site, wherever links lead.

        MkDocs takes out the dots between slashes; Windows knows other ways to leave a folder.
        """
        path = decoded(address)
        if _ELSEWHERE.search(path):
            return False
        path += "index.html" if path.endswith("/") else ""
        place = os.path.realpath(f"{self.root}/{posixpath.normpath(f'/{path}').lstrip('/')}")
        return Path(place).is_relative_to(os.path.realpath(self.root))


_SCRIPTS = b"script-src 'self'"
_ELSEWHERE = re.compile(
    r"[\\:\0\ufffd]|^//|(?:^|/)(?:con|prn|aux|nul|con(?:in|out)\$|(?:com|lpt)[\d¹²³])(?:[ ./]|$)",
    re.IGNORECASE,
)
"""What makes a path lead to a drive, a host, a device or a stream on some system, or in a browser; or
bytes that are no text, which MkDocs passes over."""
_CONTROL = re.compile(r"[^\t\x20-\x7e\x80-\xff]")
"""What no value of a header has; a line end is there where the value goes on below."""
_REQUEST = re.compile(r"\S+ \S+ HTTP/1\.[01]")
_ONCE = (
    *("Host", "Origin", "Referer", "Sec-Fetch-Site", "Content-Type", "Content-Length"),
    *("Transfer-Encoding", "X-Fazhi-Token"),
)
"""The headers that decide: of two, one could be of another site."""
_UNREAD = {
    414: "网址太长。",
    431: "浏览器带来的太多，多半是存了太多 127.0.0.1 的 cookie：清掉它们；换成 localhost 开头的网址也行，只是看不见原来网址里的草稿。",
}
_REFUSED = (
    "预览只给这台机器上的人看：把 http://127.0.0.1 开头的网址写进地址栏打开，不从别的网页点过来。\n"
)
_NO_ADDRESS = "预览里没有这样的网址：里面有认不出来的字符，或者不在网页的文件夹里。\n"
_NO_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><p>预览里没有这一页，或者打不开它。'
    "原来打得开的，随便改一条记录，保存，就重新生成。\n"
)
_PLAIN = ("Content-Type", "text/plain; charset=utf-8")
_SENT = [  # with every answer: browsers give no other site what is in it, and keep nothing of it
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
]


def _is_own(environ: Mapping[str, Any]) -> bool:
    """Whether a person asks, or a page of the preview: not a page of another site.

    That could include a script of the preview, and so read it; or it could have been given, by its
    own name, this machine's address. Older browsers do not say what a request is for, but from where.
    """
    host = environ.get("HTTP_HOST", "").lower()
    origin = f"http://{host}"
    return (
        host.removesuffix(f":{environ['SERVER_PORT']}") in ("localhost", HOST)
        and (environ.get("HTTP_SEC_FETCH_SITE") or "none").lower() in ("none", "same-origin")
        and environ.get("HTTP_ORIGIN", origin).lower() == origin
        and f"{environ.get('HTTP_REFERER') or origin}/".lower().startswith(f"{origin}/")
    )
