"""What the checker lets pass of the attack set, as pages, a site and documents."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from fazhi import project
from fazhi.output import documents as exports
from fazhi.output import review
from fazhi.output import site as pages
from fazhi.output.package import package
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
    checked = made.write()
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
    reader = Markdown(extensions=["attr_list", "sane_lists", "tables", "toc"])
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


def together(top: Path) -> Iterator[Path]:
    """Pages without a frame, those of a folder in one: what they ask for lies as near."""
    for folder in sorted({file.parent for file in top.rglob("*.html")}):
        bodies = [
            file.read_text(encoding="utf-8").partition("<article>")[2].removesuffix("</article>")
            for file in sorted(folder.glob("*.html"))
        ]
        file = folder / "together.htm"
        file.write_text(BARE.format("</article><article>".join(bodies)), encoding="utf-8")
        yield file


def without_a_frame(outcome: Outcome) -> Iterator[str]:
    """The bodies for a portal, and the pages 如何校验 and 审核单 without their policy against scripts."""
    for files in outcome.documents.values():
        yield BARE.format(next(d for n, d in files.items() if n.startswith("body")).decode())
    (year,) = outcome.project.years
    sheet = review.page(View(year, Gate(Edition.PUBLIC, year.settings)))
    for alone in (how_to_verify(outcome), sheet):
        yield re.sub("<meta http-equiv.*?>", "", alone)


def how_to_verify(outcome: Outcome) -> str:
    """The page of a package, which names the publisher."""
    (year,) = outcome.project.years
    township = year.settings.township
    with tempfile.TemporaryDirectory() as folder:
        documents = outcome.documents[Edition.PUBLIC]
        package.complete(Path(folder), documents, township.name, township.sample_notice("本站"))
        listed = (Path(folder) / package.SUMS).read_text(encoding="utf-8").splitlines()
        others = {line.split("  ", 1)[1] for line in listed} - {"SM3SUMS.txt"}
        assert others == {"如何校验.html", *(f"documents/{name}" for name in documents)}
        return (Path(folder) / package.HOW_TO_VERIFY).read_text(encoding="utf-8")
