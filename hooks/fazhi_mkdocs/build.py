"""One build: a project that was found right, put before MkDocs."""

from __future__ import annotations

import itertools
import os
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from fazhi import formats, leaks, pages, portal, program, project
from fazhi.cache import Cache, key
from fazhi.editions import Edition
from fazhi.pages import Navigation
from fazhi.pages.static import carried
from fazhi.problems import Problem, Severity, has_errors
from fazhi.project import Project
from fazhi_mkdocs import frames, search, surroundings
from fazhi_mkdocs.former import Former
from fazhi_mkdocs.frames import Frame
from fazhi_mkdocs.leaf_pages import LeafPages
from fazhi_mkdocs.overview_pages import OverviewPages
from fazhi_mkdocs.tables import NamedTables

EDITION = "FAZHI_EDITION"
"""The environment variable that names the edition: public (when unset) or internal."""
UNTIL = "FAZHI_UNTIL"
"""The environment variable that names the last year of the site; all years when unset or empty.

What was published of a year is that year's site: records of later years must not change it.
"""
REPLACES = "replaces"
"""The name in MkDocs' `extra` under which scripts/build.py says which site it will replace."""


@dataclass(frozen=True)
class Build:
    """An edition of a checked project, and the pages it has."""

    project: Project
    edition: Edition
    pages: pages.Pages
    overviews: OverviewPages
    leaves: LeafPages
    former: Former
    cache: Cache

    @classmethod
    def checked(cls, config: MkDocsConfig) -> Build:
        """Read and check everything. Prints each problem; with an error, stops MkDocs."""
        name = os.environ.get(EDITION, Edition.PUBLIC)
        if name not in list(Edition):
            raise ConfigurationError(f"{EDITION} 只能是 public 或者 internal，不能是 {name}")
        root = Path(config.config_file_path).parent
        checked = project.load(root, date.today())
        until = os.environ.get(UNTIL)
        if not until or has_errors(checked.problems):  # who packs has told the warnings
            _tell(checked.problems, root)
        if until:
            years = [year for year in checked.years if year.year <= int(until)]
            checked = replace(checked, years=years)
        if not checked.years:
            raise Abort("records 里还没有年份文件夹。")
        edition = Edition(name)
        cache = Cache(root, f"pages-{edition}")
        leaf_pages = LeafPages(cache)
        common = key(
            program.digest(), edition, *(file.read_bytes() for file in settings_files(root))
        )
        seen = pages.views(checked.years, edition)
        try:
            made = pages.overviews(seen, checked.home)
            anew = leaf_pages.gather(seen, common)
        except pages.NotRendered as error:
            _tell(error.problems, root)
            raise
        if edition is Edition.PUBLIC:
            docs = Path(config.docs_dir)
            static = {uri: (docs / uri).read_bytes() for uri in carried(docs, edition)}
            _search({**static, **made}, anew, root, cache)
        leaf_pages.keep()
        replaces = config.extra.pop(REPLACES, None)
        former = Former(replaces and Path(replaces), Path(config.site_dir), cache)
        return cls(checked, edition, made, OverviewPages(cache), leaf_pages, former, cache)

    def configure(self, config: MkDocsConfig) -> None:
        """What follows from the records and the edition."""
        settings = self.project.settings
        assert settings is not None  # a project without settings has errors
        township = settings.township
        config.nav = self._navigation(Path(config.docs_dir))
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
        self.overviews.gather(self.pages, surroundings.digest(config))
        listed = _paths(config.nav)
        carried_uris = set(carried(Path(config.docs_dir), self.edition))
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

    def leave_out(self, files: Files) -> None:
        """Take away the pages that need not be put into the theme."""
        self.overviews.leave_out(files)

    def addresses(self, config: MkDocsConfig) -> list[str]:
        """Where every page will be found, once the site has an address."""
        if not config.site_url:
            return []
        paths = [uri for uri in self.pages if uri.endswith(".md")] + self.leaves.paths
        return [urljoin(config.site_url, search.address(path)) for path in paths]

    def content(self, html: str, page: Page) -> str:
        """What stands on a page: in a frame it is a mark."""
        return frames.CONTENT if page.file.name == frames.NAME else html

    def finished(self, html: str, page: Page) -> str:
        """A page as it is written; a frame is none, and is kept for the pages that go into it."""
        if page.file.name == frames.NAME:
            self.leaves.framed[page.file.src_uri.rpartition("/")[0]] = Frame(html)
            return ""
        self.overviews.finished(page, html)
        return html

    def complete(self, config: MkDocsConfig) -> None:
        """What MkDocs has not made: the pages it was spared, and the search's knowledge of them."""
        site = Path(config.site_dir)
        noted = search.noted(site)
        self.overviews.write(site, noted)
        in_order = [noted.pop(search.address(uri), []) for uri in self.pages]
        written = self.leaves.write(site, self.former)
        entries = itertools.chain(*noted.values(), *in_order, written)
        search.write(site, entries)
        self.former.note()
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

    def _navigation(self, docs: Path) -> Navigation:
        menu = pages.navigation(self.project.years)
        if self.edition is Edition.INTERNAL:
            # The rules' own pages are found from their list: a menu of a hundred helps nobody.
            for pattern, title in (("guide/**/*.md", "说明"), ("rules/index.md", "检查规则")):
                uris = (file.relative_to(docs).as_posix() for file in docs.glob(pattern))
                if found := sorted(uris, key=_reading_order):
                    menu.append({title: found})
        return menu

    def _epoch(self) -> int:
        """Midnight of the newest report's date, so that builds of any day are alike."""
        written = [y.narrative.meta.written for y in self.project.years if y.narrative]
        day = max(written, default=date(max(y.year for y in self.project.years), 12, 31))
        return int(datetime.combine(day, time(), UTC).timestamp())


def settings_files(root: Path) -> list[Path]:
    """The township's own settings, which every page is made from."""
    return sorted((root / "records").glob("*.yml"))


def _search(pages: pages.Pages, anew: pages.Pages, root: Path, cache: Cache) -> None:
    """Search once more what is about to leave, but for `pages` that were found fit to leave before.

    All that is `anew` is searched. Raises Abort with something to be told.
    """
    machine = {root, Path.home()}
    around = key("fit to leave", program.digest(), *sorted(map(str, machine)))
    names = {path: key(around, path, content) for path, content in pages.items()}
    unknown = {path: pages[path] for path, name in names.items() if cache.get(name) is None}
    _tell(list(leaks.find({**unknown, **anew}, machine)), root)
    for path in unknown:
        cache.put(names[path], b"")


def _tell(problems: list[Problem], root: Path) -> None:
    """Print each problem; with an error, stop MkDocs."""
    style = formats.style_for(sys.stderr, os.environ)
    for line in formats.text(problems, root, style):
        print(line, file=sys.stderr)
    if has_errors(problems):
        count = sum(problem.severity is Severity.ERROR for problem in problems)
        raise Abort(f"有 {count} 个错误。")


_WRITTEN_ANEW = ("rules/", "guide/fields/")
"""Pages that scripts/generate.py makes: an edit there would be lost."""


_GUIDE = (
    "index",
    "session",
    "records",
    "spreadsheets",
    "checking",
    "preview",
    "figures",
    "narrative",
    "reviewing",
    "server",
    "publishing",
    "documents",
    "takeover",
    "maintainer",
)


def _reading_order(uri: str) -> tuple[bool, int, int, str]:
    """The guide as one reads it; what is not known comes after, in order of name.

    The decisions come last: they are many, and no clerk looks for them.
    """
    stem = uri.split("/", 1)[1].removesuffix(".md")
    place = _GUIDE.index(stem) if stem in _GUIDE else len(_GUIDE)
    is_decision = "/decisions/" in uri
    name = uri.removesuffix("index.md")  # a folder's index comes first
    return is_decision, uri.count("/"), place, name


def _paths(menu: object) -> set[str]:
    """Every page that a navigation names."""
    if isinstance(menu, str):
        return {menu}
    inner = menu.values() if isinstance(menu, dict) else menu if isinstance(menu, list) else ()
    return {path for item in inner for path in _paths(item)}
