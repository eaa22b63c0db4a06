#!/usr/bin/env python3
"""The site on this machine, built again with every edit: `python3 scripts/preview.py`."""

from lib import ROOT, environment
from lib.building import BuildFailed, build
from lib.command_line import CommandLine, usage
from lib.mkdocs_said import show_warnings
from lib.process import report_own_fault, say, stop_once, unread

import errno
import gc
import logging
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi.problems.reasons import reason
from fazhi.sources.aside import temporary_folder

if TYPE_CHECKING:
    from fazhi_mkdocs.preview import Server

FIRST_PORT, PORTS_TRIED = 8000, 20
REFUSALS = {errno.EADDRINUSE: "被别的程序占用了", errno.EACCES: "系统不许你用"}
TURN = 0.0005  # seconds until one thread lets another go on: pages are asked for meanwhile


def main() -> int:
    parser = CommandLine(usage(__file__), "--edition")
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    if options.port is not None and not 0 <= options.port <= 65535:
        parser.refuse(f"没有 {options.port} 这个端口。")
    environment.ensure()
    stop_once()
    sys.setswitchinterval(TURN)
    default = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    ports = default if options.port is None else [options.port]
    with temporary_folder() as folder:
        try:
            return preview(options.edition, ports, folder)
        except KeyboardInterrupt:
            say("\n预览结束。")
            return 0


def preview(edition: str, ports: Iterable[int], folder: Path) -> int:
    """Serve until interrupted. `folder` is a temporary one; the site is made in it."""
    show_warnings()
    # It warns of each request for a page that does not exist.
    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
    site = Site(edition, folder / "site")
    server = listening(ports, site)
    if server is None:
        return 1
    try:
        site.make(server)
        server.show()
        server.on_ready = lambda: announce(server)
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()
    return 0


def listening(ports: Iterable[int], site: "Site") -> "Server | None":
    """A server at the first of the ports that can be had; without one, says why."""
    from fazhi_mkdocs.office import Door
    from fazhi_mkdocs.preview import Server

    office = Door(ROOT) if site.edition == "internal" else None  # the form is a page of this one
    tried, why = [], ""
    for port in ports:
        try:
            return Server(port, ROOT, site.folder, site.make, office)
        except OSError as error:
            tried.append(port)
            why = REFUSALS.get(error.errno or 0) or f"用不了（{reason(error)}）"
    which = f"{tried[0]} " if len(tried) == 1 else f"{tried[0]} 到 {tried[-1]} 都"
    say(f"端口 {which}{why}。请用 --port 另指一个，如 --port 0。")
    return None


def announce(server: "Server") -> None:
    address = f"http://127.0.0.1:{server.server_port}/"
    if server.office:
        say("这是内部版，不要让别人看到屏幕。从下面的网址打开，才能在“填表”里检查和保存。")
        address += f"?token={server.office.token}"
    else:
        say("这是公开版，没有“填表”和准备情况：要用它们，在命令后面加上 --edition internal。")
    print(f"预览：{address} （只有这台机器能打开，按 Ctrl-C 结束）", flush=True)


class Site:
    """The last good site of a preview; until there is one, a page that says so."""

    def __init__(self, edition: str, folder: Path) -> None:
        self.edition = edition
        self.folder = folder
        self.good_at = ""
        folder.mkdir()
        for name in ("index.html", "404.html"):
            shutil.copyfile(ROOT / "scripts/lib/waiting.html", folder / name)

    def make(self, server: "Server") -> bool:
        """Put a new site in its place, if one can be made; reports how it went."""
        started = time.monotonic()
        gc.disable()
        try:
            # What cleans up may have removed it; nobody else may look into a new one either.
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            build(self.edition, self.folder, server.show, server.hold)
        except BuildFailed as error:
            if str(error):
                say(str(error))
        except OSError as error:
            say(unread(error, self.folder))
        except Exception:
            report_own_fault()
        else:
            print(f"已更新（{time.monotonic() - started:.1f} 秒）。", flush=True)
            gc.collect()  # now, while nobody waits for it
            self.good_at = time.strftime("%H:%M")
            return True
        finally:
            gc.enable()
        seen = f"网页还是 {self.good_at} 的样子" if self.good_at else "还没有网页可看"
        say(f"有错，{seen}。改好保存，会自动更新。")
        return False


if __name__ == "__main__":
    sys.exit(main())
