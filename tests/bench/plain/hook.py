"""One generated page a record, out of the navigation, and a list a month that links to them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import frontmatter
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

RECORDS = Path(__file__).parent / "records"
DAYS = ("日期", "受理日期", "截止日期")


def on_files(files: Files, /, *, config: MkDocsConfig) -> Files:
    months: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path in sorted(RECORDS.rglob("*.md")):
        record = frontmatter.load(str(path))  # takes the C loader where there is one
        name = path.relative_to(RECORDS).as_posix()
        page = File.generated(
            config, f"records/{name}", content=_page(record), inclusion=InclusionLevel.NOT_IN_NAV
        )
        files.append(page)
        day = next(str(record[key]) for key in DAYS if key in record)
        months[day[:7]].append((day, str(record["标题"]), name))
    for month, entries in months.items():
        files.append(File.generated(config, f"{month}.md", content=_list(month, sorted(entries))))
    return files


def _page(record: frontmatter.Post) -> str:
    rows = [f"| {key} | {_cell(value)} |" for key, value in record.metadata.items()]
    table = "\n".join(["| 项 | 内容 |", "|---|---|", *rows])
    return f"# {record['标题']}\n\n{table}\n\n{record.content}\n"


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key} {_cell(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "；".join(_cell(item) for item in value)
    return str(value).replace("|", "\\|")


def _list(month: str, entries: list[tuple[str, str, str]]) -> str:
    lines = [f"- {day} [{title}](records/{quote(name)})" for day, title, name in entries]
    return f"# {month}\n\n" + "\n".join(lines) + "\n"
