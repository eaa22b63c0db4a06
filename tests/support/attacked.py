"""What the checker lets pass of the attack set, as pages, a site and documents."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from fazhi import project
from fazhi.output import documents as exports
from fazhi.output import site as pages
from fazhi.output.view import View
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import with_few_records
from tests.support.hostile import Hostile, corrected, gathered

EDITIONS = list(Edition)


@dataclass(frozen=True)
class Outcome:
    """What passed, checked, and its pages by edition; and a smaller project of it, its public site,
    its internal pages as HTML alone, and its documents by edition. All but the first is of it."""

    made: Hostile
    project: project.Project
    pages: dict[Edition, pages.Pages]
    site: Path
    inside: Path
    documents: dict[Edition, dict[str, bytes]]


def outcome_in(root: Path) -> Outcome:
    made = Hostile(root / "each")
    made.write()
    checked = project.load(Folder(made.root), TODAY)
    mapping = {e: pages.site(checked.years, checked.home, e) for e in EDITIONS}
    built = with_few_records(root / "together")
    shutil.rmtree(built.records)
    shutil.copytree(made.root, built.root, dirs_exist_ok=True)
    smaller = Hostile(built.root, made.refused, made.tried)
    gathered(smaller)
    corrected(smaller)
    site = built.built()
    together = project.load(Folder(built.root), TODAY)
    (year,) = together.years
    views = {e: View(year, Gate(e, year.settings)) for e in EDITIONS}
    return Outcome(
        made,
        checked,
        mapping,
        site,
        written(pages.site(together.years, together.home, Edition.INTERNAL), root / "inside"),
        {e: exports.files(view, "https://www.example.gov.cn") for e, view in views.items()},
    )


def written(made: pages.Pages, folder: Path) -> Path:
    """Pages as the site's Markdown makes them, without the theme and its policy against scripts."""
    reader = Markdown(extensions=["attr_list", "tables", "toc"])
    for name, content in made.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif name.endswith(".md"):
            body = reader.reset().convert(content.split("\n---\n", 1)[1])
            file.with_suffix(".html").write_text(BARE.format(body), encoding="utf-8")
    return folder


BARE = '<!doctype html><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><article>{}</article>'
