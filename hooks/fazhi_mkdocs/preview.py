"""MkDocs' own preview server, made to keep the last good site and to answer this machine only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from fazhi_mkdocs.watching import Watcher

HOST = "127.0.0.1"


class Server(LiveReloadServer):
    """Serves a site, which is built again with every change of the project's files."""

    # On Windows it would let two previews listen at one port.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self, port: int, project: Path, site: Path, make: Callable[[Server], bool]
    ) -> None:
        """Takes `port` of this machine (0 is any); raises OSError when it is in use.

        `make` puts a new site at `site`, or returns False and leaves the last good one there.
        """
        super().__init__(self._remake, HOST, port, str(site))
        self._make = make
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

    def _page_of_error(self, code: int) -> bytes | None:
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

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
        # A foreign site may give its own name this machine's address, and so read the pages.
        if "\0" in environ.get("PATH_INFO", ""):  # no file has it in its name
            start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
            return [b""]
        if _host(environ.get("HTTP_HOST", "")) not in ("localhost", HOST):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return ["预览只在本机打开：http://127.0.0.1 或者 http://localhost。\n".encode()]
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None
