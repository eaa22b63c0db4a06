"""A report, no gate: what Zensical makes of the staged pages, beside the site that MkDocs made.

python3 -m tests.bench.zensical PROGRAM     where PROGRAM is a zensical that is installed
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yaml

from tests.support.building import ROOT, Element, page

OVERRIDES = Path(__file__).parent / "overrides"


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        for edition in ("public", "internal"):
            _report(edition, Path(made) / edition)


def _report(edition: str, work: Path) -> None:
    docs, wanted = work / "docs", work / "wanted"
    _run(sys.executable, "scripts/stage.py", docs, "--edition", edition)
    _run(sys.executable, "scripts/build.py", "--edition", edition, "--out", wanted)
    settings = {
        "site_name": "法治政府建设年度报告",
        "nav": json.loads((docs / "menu.json").read_text(encoding="utf-8")),
        "use_directory_urls": False,
        "theme": {"custom_dir": str(OVERRIDES), "language": "zh", "font": False},
        "markdown_extensions": [
            *("attr_list", "sane_lists", "tables", "fazhi_mkdocs.markdown_tables:NamedTables")
        ],
    }
    (work / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    _run(sys.argv[1], "build", "-f", work / "mkdocs.yml")
    texts: list[str] = []
    metas: list[str] = []
    notices: list[str] = []
    staged = sorted(docs.rglob("*.md"))
    for file in staged:
        uri = file.relative_to(docs).with_suffix(".html")
        official = yaml.safe_load(file.read_text(encoding="utf-8").split("\n", 2)[1])["official"]
        if not (work / "site" / uri).is_file():
            texts.append(f"{uri} 没有生成")
            continue
        found = page(work / "site" / uri)
        if _text(found) != _text(page(wanted / uri), official["notices"]):
            texts.append(str(uri))
        told = {e.attributes.get("name"): e.attributes.get("content") for e in found.every("meta")}
        policies = [e.attributes.get("content") for e in found.every("meta")]
        if not official["meta"].items() <= told.items() or official["policy"] not in policies:
            metas.append(str(uri))
        if not all(notice in found.text for notice in official["notices"]):
            notices.append(str(uri))
    print(f"{edition}：{len(staged)} 页")
    for what, wrong in (("正文不同", texts), ("meta 或者策略不全", metas), ("声明不全", notices)):
        print(f"  {what} {len(wrong)} 页{'：' if wrong else ''}{'、'.join(wrong[:5])}")


def _text(root: Element, notices: Sequence[str] = ()) -> str:
    """What is read in the article, without blanks and the marks that our theme puts in it."""
    text = "".join(next(root.every("article")).text.split())
    for mark in ("内部资料", *map("".join, map(str.split, notices))):
        text = text.removeprefix(mark)
    return text


def _run(*command: object) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    words = list(map(str, command))
    subprocess.run(words, check=True, cwd=ROOT, env=environment, capture_output=True)


if __name__ == "__main__":
    main()
