"""The blocks of a guide page, laid over a project as its reader would lay them."""

import re
from pathlib import Path
from typing import Any

import yaml

from fazhi.sources import strict_yaml
from tests.support.building import ROOT

GUIDE = ROOT / "docs" / "guide"


def laid(root: Path, page: str, only: str = "records/") -> tuple[str, list[str]]:
    """Lay a page's files over a project: what is behind `path`：, settings added to those there are.

    Of the files those whose path begins with `only`.

    Returns what the page says to write into a narrative, and what is printed of it.
    """
    text = (GUIDE / page).read_text(encoding="utf-8")
    for path, shown in re.findall(
        r"^`(records/[^`\n]+)`[^\n]*：\n\n```\w+\n(.*?)^```$", text, re.M | re.S
    ):
        if not path.startswith(only):
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".yml"):
            shape = list if file.stem == "figures" else dict
            there, more = (
                strict_yaml.load(held, shape) for held in (file.read_text("utf-8"), shown)
            )
            whole = yaml.safe_dump(added(there, more), allow_unicode=True)
            file.write_text(whole, encoding="utf-8", newline="\n")
        else:
            file.write_text(shown, encoding="utf-8", newline="\n")
    typed = re.findall(r"叙述稿里写：\n\n```\w+\n(.*?)^```$", text, re.M | re.S)
    printed = re.findall(r"印出来是：\n\n```\w+\n(.*?)^```$", text, re.M | re.S)
    return "\n".join(typed), printed


def added(there: Any, more: Any) -> Any:
    """Settings with more of them: a list grows, and what has the name of another takes its place."""
    if isinstance(there, dict) and isinstance(more, dict):
        return there | {key: added(there.get(key), held) for key, held in more.items()}
    if isinstance(there, list) and isinstance(more, list):
        names = {name_of(one) for one in more}
        return [one for one in there if name_of(one) not in names] + more
    return more


def name_of(word: Any) -> Any:
    return word.get("名称") if isinstance(word, dict) else word
