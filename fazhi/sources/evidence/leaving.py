"""Which files of docs/assets leave: pictures and styles, the kinds that are read whole.

A PDF, an Office file and an archive are none: each has places that no program reads for certain. Nor
is a table or a text: a name in it looks like any word.
"""

from pathlib import PurePosixPath

from fazhi.sources.evidence.pieces import Unreadable

PICTURES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
DRAWING = ".svg"
STYLE = ".css"
SCRIPTS = {
    f"docs/assets/{name}.js"
    for name in ("evidence", "iframe-worker", "keys", "scheme", "scope", "simplified")
}
"""Those of the program. What another would write when it runs, no program says for certain."""


def is_picture(path: str, *, seems: bool) -> bool:
    """Whether a file is a picture, by its name and by its beginning. Raises Unreadable."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".js" and path not in SCRIPTS:
        raise Unreadable("脚本运行起来写出什么，没有程序说得准；只收程序自带的")
    is_template = suffix in {".html", ".xml"} and path.startswith("overrides/")
    is_text = is_template or suffix in {STYLE, DRAWING, ".js"}
    if not (is_text or suffix in PICTURES) or (suffix in PICTURES) != seems:
        raise Unreadable(
            "只收图片（.jpg .png .webp .svg）和样式（.css），内容也要是；"
            "表格、文字写进叙述稿，或者登成记录"
        )
    return seems
