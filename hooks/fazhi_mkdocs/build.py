"""One build: a project that was found right, put before MkDocs."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from time import time_ns
from urllib.parse import urljoin

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from fazhi import project
from fazhi.output import portal
from fazhi.output import site as pages
from fazhi.output.pages.records import RecordPage
from fazhi.output.pages.static import carried, static_files
from fazhi.problems.problem import has_errors
from fazhi.project import Project
from fazhi.records.cache import FOLDER as CACHE
from fazhi.records.cache import Cache
from fazhi.records.memory import Memory
from fazhi.report.editions import Edition
from fazhi.sources.files import content_key
from fazhi.sources.tree import Folder
from fazhi_mkdocs import framed_pages, menu, page_frames, release_check, search_index, theme_digest
from fazhi_mkdocs.early_pages import LastSite
from fazhi_mkdocs.framed_pages import Known, LeafPages
from fazhi_mkdocs.kept_pages import OverviewPages
from fazhi_mkdocs.markdown_tables import NamedTables
from fazhi_mkdocs.page_frames import Frame, folder_of
from fazhi_mkdocs.policy import content_policy
from fazhi_mkdocs.previous_site import PreviousSite

EDITION = "FAZHI_EDITION"
"""The environment variable that names the edition: public (when unset) or internal."""
UNTIL = "FAZHI_UNTIL"
"""The environment variable that names the last year of the site; all years when unset or empty.

What was published of a year is that year's site: records of later years must not change it.
"""
REPLACES, EARLY = "replaces", "early"
"""Under these names in MkDocs' `extra` scripts/build.py says which site it will replace, and what to
call once the edited pages can be seen in it."""


@dataclass
class Build:
    """An edition of a checked project, and the pages it has."""

    project: Project
    root: Path
    edition: Edition
    cache: Cache
    leaves: LeafPages
    overviews: OverviewPages
    previous: PreviousSite
    last: LastSite
    pages: pages.Pages = field(default_factory=dict)
    around: bytes = b""
    """The content hash of all that surrounds every page."""

    @classmethod
    def checked(cls, config: MkDocsConfig) -> Build:
        """Read and check everything. Prints each problem; with an error, stops MkDocs."""
        name = os.environ.get(EDITION, Edition.PUBLIC)
        if name not in list(Edition):
            raise ConfigurationError(f"{EDITION} 只能是 public 或者 internal，不能是 {name}")
        edition = Edition(name)
        root = Path(config.config_file_path).parent
        is_preview = config.extra.get(EARLY) is not None
        remembered = _remembered(root, edition) if is_preview else _Remembered(_memory(root))
        checked = project.load(Folder(root), date.today(), memory=remembered.records)
        until = os.environ.get(UNTIL)
        if not until or has_errors(checked.problems):  # packing has reported the warnings
            release_check.report(checked.problems, checked.tree)
        if until:
            years = [year for year in checked.years if year.year <= int(until)]
            checked = replace(checked, years=years)
        if not checked.years:
            raise Abort("records 里还没有年份文件夹。")
        cache = Cache(root / CACHE, f"pages-{edition}")
        previous = PreviousSite(config.extra.pop(REPLACES, None), Path(config.site_dir), cache)
        leaves = LeafPages(cache, remembered.leaves)
        return cls(
            checked, root, edition, cache, leaves, OverviewPages(cache), previous, remembered.site
        )

    def make(self, config: MkDocsConfig) -> None:
        """Make all that does not wait for MkDocs, and search what is about to leave.

        Nothing is written, but that a preview is shown what was edited while the rest is made.
        """
        tree, settings = self.project.tree, self.project.settings
        assert settings  # else there were no years
        machine = {self.root, Path.home()}
        folders = sorted(map(str, machine))
        common = content_key(theme_digest.program(), self.edition, *folders, settings.digest)
        search_all = self.edition is Edition.PUBLIC
        views = pages.views(self.project.years, self.edition)
        early = config.extra.pop(EARLY, None)
        self.around = content_key(common, theme_digest.digest(config))
        try:
            if early and self._show(self.last.edited(views, self.around), machine):
                early()
            anew = self.leaves.gather(views, common)
            if search_all:
                release_check.search({}, anew, tree, machine, self.cache)
            self.overviews.gather(self.leaves.frames(), self.around)
            self.leaves.framed |= self.overviews.frames()
            self.pages = pages.overviews(views, self.project.home)
        except pages.NotRendered as error:
            release_check.report(error.problems, tree)
            raise
        if search_all:
            static = static_files(tree, self.edition)
            release_check.search({**static, **self.pages}, {}, tree, machine, self.cache)
        self.overviews.gather(self.pages, self.around)
        self.leaves.keep()

    def _show(self, edited: Sequence[RecordPage], machine: Set[Path]) -> bool:
        """Put pages into the site that will be replaced. Whether any of them can be seen."""
        if self.edition is Edition.PUBLIC:
            said = {page.path: page.document.said for page in edited}
            release_check.search({}, said, self.project.tree, machine, self.cache)
        made = [(framed_pages.uri(p), framed_pages.html(p, self.last.frames)) for p in edited]
        return bool(made) and all(self.previous.exchange(uri, html) for uri, html in made)

    def configure(self, config: MkDocsConfig) -> None:
        """What follows from the records and the edition."""
        settings = self.project.settings
        assert settings is not None  # a project without settings has errors
        township = settings.township
        config.nav = menu.menu(self.project.years, Path(config.docs_dir), self.edition)
        config.markdown_extensions.append(NamedTables())  # type: ignore[arg-type] # or a name
        config.extra["edition"] = str(self.edition)
        config.extra["publisher"] = township.name
        if township.short_name not in config.site_name:
            hint = f"mkdocs.yml 的 site_name 里没有“{township.short_name}”，是不是忘了改？"
            print(f"提醒：{hint}", file=sys.stderr)
        config.extra["counted"] = self.counted()
        if notice := township.sample_notice("本站"):
            config.extra["notice"] = notice
        config.extra["meta"] = portal.site(township.website)
        config.site_url = self._address(config)
        site = Path(config.site_dir)
        if (
            self.edition is Edition.INTERNAL
            and site == Path(config.config_file_path).parent / "site"
        ):
            config.site_dir = str(site.with_name("site-internal"))
        os.environ["SOURCE_DATE_EPOCH"] = str(self._epoch())

    def _address(self, config: MkDocsConfig) -> str | None:
        """Where the public site is, as township.yml has it; the internal one is nowhere."""
        if config.site_url:
            hint = "mkdocs.yml 的 site_url 不用，地址写在 township.yml 的“网站”里。"
            print(f"提醒：{hint}", file=sys.stderr)
        website = self.project.settings.township.website if self.project.settings else None
        return website.address if website and self.edition is Edition.PUBLIC else None

    def counted(self) -> dict[str, int]:
        """What a person who built wants to know."""
        newest = max(self.project.years, key=lambda year: year.year)
        return {
            "记录": self.project.files,
            "指标": sum(v.definition.printed for v in newest.values.values()),
            "警告": len(self.project.problems),
        }

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """The edition's own static files, and every page of the mapping."""
        listed = menu.paths(config.nav)
        carried_uris = set(carried(self.project.tree, self.edition))
        # overrides/ holds templates, which are no files of the site.
        ours = {config.docs_dir, config.theme.custom_dir}
        kept = Files([f for f in files if f.src_dir not in ours or f.src_uri in carried_uris])
        for uri, content in self.pages.items():
            inclusion = InclusionLevel.INCLUDED if uri in listed else InclusionLevel.NOT_IN_NAV
            kept.append(File.generated(config, uri, content=content, inclusion=inclusion))
        for uri, content in self.leaves.frames().items():
            inclusion = InclusionLevel.NOT_IN_NAV
            kept.append(File.generated(config, uri, content=content, inclusion=inclusion))
        return kept

    def source(self, page: Page) -> str | None:
        """What MkDocs is to read of a page, where that is not all of it."""
        return self.overviews.source(page)

    def prepare(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Give the templates what they use, and drop the files whose pages are already made."""
        env.globals["content_policy"] = content_policy  # of a page whose style they know
        env.globals["addresses"] = self._addresses(config)  # for the sitemap
        self.overviews.leave_out(files)

    def _addresses(self, config: MkDocsConfig) -> list[str]:
        """Where every page will be found, once the site has an address."""
        if not config.site_url:
            return []
        paths = [uri for uri in self.pages if uri.endswith(".md")] + self.leaves.paths
        return [urljoin(config.site_url, search_index.address(path)) for path in paths]

    def finished(self, html: str, page: Page) -> str:
        """A page as it is written; a frame is kept for the pages that go into it, and not written."""
        if page.file.name == page_frames.NAME:
            self.leaves.framed[folder_of(page.file.src_uri)] = Frame(html)
        self.overviews.finished(page, html)
        return "" if page.file.name == page_frames.NAME else html

    def complete(self, config: MkDocsConfig) -> None:
        """Add what MkDocs has not made: the leaves, the kept pages, their search entries."""
        site = Path(config.site_dir)
        noted = search_index.noted(site)
        self.overviews.write(site, noted)
        in_order = [noted.pop(search_index.address(uri), []) for uri in self.pages]
        written = self.leaves.write(site, self.previous)
        entries = itertools.chain(*noted.values(), *in_order, written)
        search_index.write(site, entries)
        self.previous.note()
        records = (record for year in self.project.years for record in year.records)
        self.last.is_now(records, self.leaves.framed, self.around)
        self.cache.save()
        self.cache.close()

    def set_edit_address(self, page: Page) -> None:
        """Where the page's source can be edited; only the internal edition says so."""
        settings = self.project.settings
        page.edit_url = None
        if (
            self.edition is not Edition.INTERNAL
            or not settings
            or not settings.township.edit_address
        ):
            return
        source = page.meta.get("source")
        if page.file.generated_by is None and not page.file.src_uri.startswith(_WRITTEN_ANEW):
            source = f"docs/{page.file.src_uri}"
        if source:
            page.edit_url = settings.township.edit_address + source

    def _epoch(self) -> int:
        """Midnight of the newest report's date, so that builds of any day are alike."""
        written = [y.narrative.meta.written for y in self.project.years if y.narrative]
        day = max(written, default=date(max(y.year for y in self.project.years), 12, 31))
        return int(datetime.combine(day, time(), UTC).timestamp())


@dataclass
class _Remembered:
    """What is remembered of a project for the next build of this process, where there is one."""

    records: Memory
    leaves: Known | None = None
    site: LastSite = field(default_factory=LastSite)


@cache
def _remembered(root: Path, _: Edition) -> _Remembered:
    return _Remembered(_memory(root, time_ns), {})


def _memory(root: Path, clock: Callable[[], int] | None = None) -> Memory:
    return Memory(Cache(root / CACHE, "records"), clock)


_WRITTEN_ANEW = ("rules/", "guide/fields/")
"""Pages that scripts/generate.py makes: an edit there would be lost."""
