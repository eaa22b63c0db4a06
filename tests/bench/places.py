"""Folders in which the same records are built: the project's own way, the plain hook's, Hugo's."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.bench import records
from tests.bench.processes import timed
from tests.support.building import copied

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Edit:
    """A record was changed: the address of its page, and what the page says from now on."""

    page: str
    says: str


class Place:
    """A folder with records in it that can be built. `records` is where they are."""

    SITE = "site"

    def __init__(self, root: Path, count: int, workload: str) -> None:
        self.root = root
        self.records = root / "records"
        self.lay_out()
        files = records.write(self.records, count, workload)
        # In the middle of the most frequent kind, with as many neighbours as any.
        self.one = files[len(files) // 2]
        self._edited = 0
        # What the public edition gives a page, and a figure sums.
        self._to_edit = [file for file in files if _LEAFLETS.search(_read(file))]

    def lay_out(self) -> None:
        """Put into the folder what is there beside the records."""
        raise NotImplementedError

    @property
    def site(self) -> Path:
        return self.root / self.SITE

    def edit(self) -> Edit:
        """Change the text of a record, every other time a number too, each time of another one."""
        turn = self._edited
        self._edited += 1
        # A step that shares no factor with most counts: not always those of one day.
        file = self._to_edit[turn * 37 % len(self._to_edit)]
        text = _read(file)
        if turn % 2:
            text = _LEAFLETS.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", text, count=1)
        mark = f"补记之{turn + 1}，当天另有群众来问，已一并答复"
        file.write_text(f"{text}\n{mark}。\n", encoding="utf-8", newline="\n")
        page = file.relative_to(self.root).with_suffix(".html").as_posix()
        return Edit(f"/{quote(page)}", mark)

    def sizes(self) -> dict[str, float]:
        """Of what was built: bytes, files, bytes of the search index and of the largest page."""
        files = {file: file.stat().st_size for file in self.site.rglob("*") if file.is_file()}
        return {
            "bytes": sum(files.values()),
            "files": len(files),
            "index": self.index_size(),
            "page": max(size for file, size in files.items() if file.suffix == ".html"),
        }

    def index_size(self) -> int:
        """Bytes of the search index that a reader opening the folder gets: .js, not .json."""
        return (self.site / "search/search_index.js").stat().st_size

    def clear(self, *names: str) -> None:
        for name in names:
            shutil.rmtree(self.root / name, ignore_errors=True)


_LEAFLETS = re.compile(r"(?m)^(发放资料份数: )(\d+)$")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


class Township(Place):
    """A copy of this project with generated records, built by what a clerk types."""

    CACHES = ".cache"

    def lay_out(self) -> None:
        copied(self.root)
        for year in self.records.iterdir():
            if year.is_dir():
                shutil.rmtree(year)
        for file in (self.root / "docs/report").iterdir():
            file.unlink()
        narrative = (HERE / "report.md").read_text(encoding="utf-8")
        target = self.root / f"docs/report/{records.YEAR}.md"
        target.write_text(narrative, encoding="utf-8", newline="\n")

    def script(self, name: str, *arguments: str) -> list[str]:
        """One of the scripts, started as a clerk starts it: it finds the project's Python itself."""
        machines = getattr(sys, "_base_executable", sys.executable)
        return [machines, f"scripts/{name}", *arguments]


class Sample(Township):
    """A copy of this project as it is, with the sample year."""

    def __init__(self, root: Path) -> None:
        self.root = root
        copied(root)


class Plain(Place):
    """The plain hook's site."""

    def lay_out(self) -> None:
        shutil.copytree(HERE / "plain", self.root, ignore=shutil.ignore_patterns("__pycache__"))
        # What this project does not install, and whoever builds Chinese pages this way does.
        wanted = ("--require-hashes", "--requirement", "requirements.txt", "--target", BESIDE)
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        timed([*pip, *wanted], self.root)

    def mkdocs(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", RUN_MKDOCS, *arguments]


BESIDE = "installed"
RUN_MKDOCS = f"""\
import runpy, sys
sys.path.insert(0, {BESIDE!r})
runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
"""


class Hugo(Place):
    """Hugo's site, with Pagefind's search."""

    SITE = "public"

    def lay_out(self) -> None:
        shutil.copytree(HERE / "hugo", self.root)

    def index_size(self) -> int:
        """Bytes of all the pieces of Pagefind's index, of which a reader gets a few."""
        return sum(file.stat().st_size for file in (self.site / "pagefind").rglob("*.pf_*"))
