"""The office of the preview: who may hand in what the form's page holds, and how, as HTTP says it."""

import json
import re
import secrets
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from fazhi.commands.entry.office import Office, Refused
from fazhi.problems.reasons import reason

Environ = Mapping[str, Any]
PAGE = "填表.html"
MOST = 1_500_000
"""Bytes of a request: a record of bearable size, and what JSON adds to it."""


class Door:
    """The door of the office of a project: it opens to those who have the token of this start."""

    def __init__(self, root: Path) -> None:
        self.token = secrets.token_urlsafe(24)
        self._office = Office(root, date.today)
        self._one_by_one = threading.Lock()

    # The page

    def let_in(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes] | None:
        """Where an address brings a token: it is kept as a cookie, and gone from the address."""
        query = parse_qs(environ.get("QUERY_STRING", ""), errors="replace")
        if "token" not in query:
            return None
        if not self._is_token(query["token"][0]):
            start("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return ["这个网址是上一次预览的：打开终端里现在显示的那个。\n".encode()]
        cookie = f"{_name(environ)}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        place = "/" + quote(path_of(environ).lstrip("/"))
        start("303 See Other", [("Location", place), ("Set-Cookie", cookie)])
        return []

    def with_token(self, page: bytes, environ: Environ) -> bytes:
        """The form's page, with the token for one who came by the address that has it."""
        cookies = (one.strip().partition("=") for one in environ.get("HTTP_COOKIE", "").split(";"))
        own = _name(environ)
        if not any(name == own and self._is_token(value) for name, _, value in cookies):
            return page
        meta = f'<meta name="fazhi-office" content="{self.token}">'.encode()
        return page.replace(b"</head>", meta + b"</head>", 1)

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    # What the page asks

    def is_asked(self, environ: Environ) -> bool:
        return path_of(environ).startswith("/填表/")

    def answer(
        self, environ: Environ, start: Callable[..., Any], *, is_own: bool
    ) -> Iterable[bytes]:
        """What the office says to a request, in JSON."""
        try:
            status, answer = 200, self._obeyed(environ, is_own=is_own)
        except Refused as refused:
            status, answer = refused.status, {"message": str(refused)}
        except FileExistsError:
            status, answer = 409, {"message": "刚才有人写了同名的一条：再保存一次。没有保存。"}
        except OSError as error:
            status, answer = 500, {"message": f"写不进去（{reason(error)}）。没有保存。"}
        except Exception:
            traceback.print_exc()
            answer = {"message": "这是程序自身的错误，没有保存：把终端里的内容发给维护者。"}
            status = 500
        content = [("Content-Type", "application/json; charset=utf-8")]
        start(f"{status} {HTTPStatus(status).phrase}", content)
        return [json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")]

    def _obeyed(self, environ: Environ, *, is_own: bool) -> dict[str, Any]:
        site = (environ.get("HTTP_SEC_FETCH_SITE") or "same-origin").lower()
        if not is_own or site != "same-origin":
            raise Refused(403, "只有预览自己的网页能检查和保存。")
        is_post = environ.get("REQUEST_METHOD") == "POST"
        body = _body(environ) if is_post else b""
        if not self._is_token(environ.get("HTTP_X_FAZHI_TOKEN", "")):
            raise Refused(403, "预览重新启动过：打开终端里现在显示的网址，再填。")
        match path_of(environ).removeprefix("/填表/"), is_post:
            case "check", True:
                return self._office.check(body)
            case "save", True:
                with self._one_by_one:
                    return self._office.save(body)
            case "record", False:
                asked = parse_qs(environ.get("QUERY_STRING", ""), errors="replace")
                return self._office.record(asked.get("path", [""])[0])
        raise Refused(404, "没有这个网址，或者要用别的方法。")


def path_of(environ: Environ) -> str:
    """The path of a request, decoded as MkDocs does it."""
    return decoded(environ.get("PATH_INFO", ""))


def decoded(path: str) -> str:
    return path.encode("latin-1").decode("utf-8", "replace")


def _name(environ: Environ) -> str:
    """Of the cookie: the previews of a machine share its cookies, whatever their ports are."""
    return f"fazhi-{environ.get('SERVER_PORT', '')}"


def _body(environ: Environ) -> bytes:
    """What a request brings: JSON of a bearable size, said beforehand."""
    length = environ.get("CONTENT_LENGTH") or ""
    if "HTTP_TRANSFER_ENCODING" in environ or not re.fullmatch(r"[0-9]{1,12}", length):
        raise Refused(400, "请求要写明有多长（Content-Length）。")
    size, body = int(length), b""
    if size > MOST:
        raise Refused(413, "文字太长，超过 1 MB。")
    with suppress(TimeoutError):
        body = environ["wsgi.input"].read(size)
    if len(body) != size:
        raise Refused(400, "请求没有传完。")
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(400, "请求要是 JSON（Content-Type: application/json）。")
    return body
