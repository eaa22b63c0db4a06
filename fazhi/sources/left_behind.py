"""Names of files that programs leave beside those of people: nobody wrote them, nothing reads them."""

import re
from collections.abc import Iterable

_OF_THE_SYSTEM = {"thumbs.db", "ehthumbs.db", "desktop.ini"}
_HIDDEN_PAPER = (
    r"(?i)(?:\.[^._~#].*|\.*)\.(?:txt|md|csv|docx?|xlsx?|pptx?|wps|et|pdf|jpe?g|png|zip|rar|7z)$"
)
_COPIED = r"(?i)副本|备份|复件|\bcopy\b|[(（]\d+[)）]|\.(?:bak|orig|old|save)$"


def is_left_behind(name: str) -> bool:
    """Whether a file or folder is hidden, an editor's or an office program's, or the system's: what
    somebody hid, a text, a table, a picture, is none."""
    return (
        (name.startswith((".", "~$")) and not re.match(_HIDDEN_PAPER, name))
        or name.endswith(("~", ".swp", ".tmp"))
        or name.lower() in _OF_THE_SYSTEM
    )


def looks_copied(name: str) -> bool:
    """Whether a name is what copying or saving a file over has made of another."""
    return re.search(_COPIED, name) is not None


def original(name: str, known: Iterable[str]) -> str | None:
    """Which of the known files another has the name of, with something before, behind or inside it."""
    return next((one for one in known if one.partition(".")[0] in name.lower()), None)
