"""Which files of docs/ leave with an edition: what is named, and no way around it."""

from pathlib import Path

import pytest

from fazhi.output.pages.static import carried
from fazhi.report.editions import Edition
from fazhi.sources.tree import Folder

CARRIED = {
    Edition.PUBLIC: {"assets/site.css", "assets/图/标.svg"},
    Edition.INTERNAL: {"assets/site.css", "assets/图/标.svg", "guide/说明.md", "rules/FZ101.md"},
}


@pytest.mark.parametrize("edition", list(Edition))
def test_only_what_is_named_is_carried(edition: Edition, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    for uri in (
        "assets/site.css",
        "assets/图/标.svg",
        "assets/内部.md",
        "assets/内部.html",
        "guide/说明.md",
        "rules/FZ101.md",
        "report/2024.md",
        "内部.txt",
        "别处/内部.txt",
    ):
        file = docs / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("内部", encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "案件.txt").write_text("内部", encoding="utf-8")
    (docs / "assets" / "记录").symlink_to(tmp_path / "records", target_is_directory=True)
    (docs / "assets" / "案件.txt").symlink_to(tmp_path / "records" / "案件.txt")
    assert set(carried(Folder(docs.parent), edition)) == CARRIED[edition]
