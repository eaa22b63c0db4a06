"""One build: a checked project, put before MkDocs."""

import itertools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache, partial
from pathlib import Path
from time import time_ns
from urllib.parse import urljoin

import jinja2
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from fazhi import project
from fazhi.output import downloads, leaks, official
from fazhi.output import site as pages
from fazhi.output.menu import menu
from fazhi.output.pages.records import RecordPage
from fazhi.output.pages.static import carried, static_files
from fazhi.output.view import NotRendered, View
from fazhi.problems import formats
from fazhi.problems.problem import Problem, Severity, has_errors
from fazhi.project import Project
from fazhi.records.cache import FOLDER as CACHE
from fazhi.records.cache import Cache
from fazhi.records.memory import Memory
from fazhi.report.editions import Edition
from fazhi.schema.township import Settings
from fazhi.sources.files import content_key
from fazhi.sources.text import readable_lines
from fazhi.sources.tree import Folder, Tree
from fazhi_mkdocs import framed_pages, search_index, theme
from fazhi_mkdocs.framed_pages import LastSite, LeafPages
from fazhi_mkdocs.kept_pages import OverviewPages
from fazhi_mkdocs.page_frames import Frame, folder_of, is_frame
from fazhi_mkdocs.previous_site import PreviousSite

# The environment variables: the edition, public (when unset) or internal; and the last year of the
# site, all when unset or empty. What was published of a year is that year's site: records of later
# years must not change it.
EDITION, UNTIL = "FAZHI_EDITION", "FAZHI_UNTIL"
# In MkDocs' `extra`, scripts/build.py puts here which site it will replace, and what to call once
# the edited pages can be seen in it.
REPLACES, EARLY = "replaces", "early"
# Pages that scripts/generate.py makes: an edit there would be lost.
_GENERATED = ("rules/", "guide/fields/")
Contents = Mapping[str, str | bytes]


@dataclass
class Build:
    """An edition of a checked project, and the pages it has."""

    project: Project
    settings: Settings
    views: list[View]
    root: Path
    edition: Edition
    cache: Cache
    leaves: LeafPages
    overviews: OverviewPages
    previous: PreviousSite
    last: LastSite
    pages: "pages.Pages" = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)  # static files that every edition has
    around: bytes = b""  # the content hash of all that surrounds every page
    # What stands behind the titles of a page in the search index, by its address
    marks: dict[str, str] = field(default_factory=dict)
    # Lines of finished pages that were searched
    around_pages: set[str] = field(default_factory=set)

    @property
    def machine(self) -> list[str]:
        """The folders of this machine that nothing may name."""
        return sorted({str(self.root), str(Path.home())})

    @classmethod
    def checked(cls, config: MkDocsConfig) -> "Build":
        """Read and check everything. Prints each problem; with an error, stops MkDocs."""
        name = os.environ.get(EDITION, Edition.PUBLIC)
        if name not in list(Edition):
            raise ConfigurationError(f"{EDITION} 只能是 public 或者 internal，不能是 {name}")
        edition = Edition(name)
        root = Path(config.config_file_path).parent
        is_preview = config.extra.get(EARLY) is not None
        memory, last = _remembered(root, edition) if is_preview else _fresh(root)
        checked = project.load(Folder(root), date.today(), memory=memory)
        until = os.environ.get(UNTIL)
        if not until or has_errors(checked.problems):  # packing has reported the warnings
            _report(checked.problems, checked.tree)
        if until:
            years = [year for year in checked.years if year.year <= int(until)]
            checked = checked._replace(years=years)
        if not checked.years:
            raise Abort("records 里还没有年份文件夹。")
        assert checked.settings  # else there were no years
        cache = Cache(root / CACHE, f"pages-{edition}")
        return cls(
            checked,
            checked.settings,
            pages.views(checked.years, edition, is_packed=bool(until)),
            root,
            edition,
            cache,
            LeafPages(cache),
            OverviewPages(cache),
            PreviousSite(config.extra.pop(REPLACES, None), Path(config.site_dir), cache),
            last,
        )

    def make(self, config: MkDocsConfig) -> None:
        """Make all that does not wait for MkDocs, and search what is about to leave. Nothing is
        written, but a preview shows what was edited while the rest is made."""
        tree = self.project.tree
        common = content_key(theme.program(), self.edition, *self.machine, self.settings.digest)
        search_all = self.edition is Edition.PUBLIC
        views = self.views
        early = config.extra.pop(EARLY, None)
        self.around = content_key(common, theme.digest(config))
        try:
            if early and self._show(self.last.edited(views, self.around)):
                early()
            anew = self.leaves.gather(views, common)
            if search_all:
                self._search({}, anew)
            self.overviews.gather(self.leaves.frames(), self.around)
            self.leaves.framed |= self.overviews.frames()
            # A preview shows what is typed, and does not wait for files that nobody loads down there.
            offered = partial(downloads.downloads, cache=self.cache, is_preview=bool(early))
            self.pages = pages.overviews(views, self.project.home, offered)
            self.assets = static_files(tree, Edition.PUBLIC, self.cache)
        except NotRendered as error:
            _report(error.problems, tree)
            raise
        if search_all:
            # A PDF beside its report is set from what the Word file is written of, which is searched.
            made = {path: page for path, page in self.pages.items() if not path.endswith(".pdf")}
            self._search({**self.assets, **made}, {})
        self.overviews.gather(self.pages, self.around)
        self.leaves.keep()

    def _show(self, edited: Sequence[RecordPage]) -> bool:
        """Put pages into the site that will be replaced. Whether any of them can be seen."""
        if self.edition is Edition.PUBLIC:
            self._search({}, {page.path: page.document.all_text for page in edited})
        made = [(framed_pages.uri(p), framed_pages.html(p, self.last.frames)) for p in edited]
        return bool(made) and all(self.previous.exchange(uri, html) for uri, html in made)

    def _search(self, files: Contents, anew: Contents) -> None:
        """Search what leaves, but for `files` that passed an earlier search. Raises Abort."""
        around = content_key("fit to leave", theme.program(), *self.machine)
        keys = {path: content_key(around, path, content) for path, content in files.items()}
        passed = {path for path, key in keys.items() if self.cache.get(key) is not None}
        found = leaks.find({**files, **anew}, map(Path, self.machine), passed)
        _report(list(found), self.project.tree)
        for path in files.keys() - passed:
            self.cache.put(keys[path], b"")

    def configure(self, config: MkDocsConfig) -> None:
        """Set what follows from the records and the edition."""
        township = self.settings.township
        config.nav = menu(self.views, carried(self.project.tree, self.edition))
        theme.prepare(config.theme)
        if township.short_name not in config.site_name:
            hint = f"mkdocs.yml 的 site_name 里没有“{township.short_name}”，是不是忘了改？"
            print(f"提醒：{hint}", file=sys.stderr)
        config.site_name = escape(config.site_name)  # the theme prints it as it is
        newest = max(self.project.years, key=lambda year: year.year)
        config.extra |= {
            **official.of_site(township, self.edition),
            "counted": {  # what whoever builds wants to know
                "记录": self.project.files,
                "指标": sum(v.definition.printed for v in newest.values.values()),
                "警告": len(self.project.problems),
            },
        }
        is_public = self.edition is Edition.PUBLIC
        config.site_url = township.website.address if township.website and is_public else None
        site = Path(config.site_dir)
        if not is_public and site == self.root / "site":
            config.site_dir = str(site.with_name("site-internal"))
        # Midnight of the newest report's date, so that builds of any day are alike.
        written = [y.narrative.meta.written for y in self.project.years if y.narrative]
        day = max(written, default=date(newest.year, 12, 31))
        epoch = datetime.combine(day, time(), UTC).timestamp()
        os.environ["SOURCE_DATE_EPOCH"] = str(int(epoch))

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """The edition's own static files, and every page that MkDocs is to make."""
        # overrides/ holds templates, which are no files of the site. What was searched is what is written.
        ours = {config.docs_dir, config.theme.custom_dir}
        theirs = {*carried(self.project.tree, self.edition)} - self.assets.keys()
        kept = Files([f for f in files if f.src_dir not in ours or f.src_uri in theirs])
        inclusion = InclusionLevel.NOT_IN_NAV  # no warning where the menu does not list it
        for uri, content in {**self.assets, **self.pages, **self.leaves.frames()}.items():
            kept.append(File.generated(config, uri, content=content, inclusion=inclusion))
        return kept

    def prepare(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Give the templates what they use, and drop the files whose pages are already made."""
        env.globals["content_policy"] = official.content_policy  # of a page with its own style
        uris = [uri for uri in self.pages if uri.endswith(".md")]
        uris += [entry.page.path for entry in self.leaves.entries]
        site = config.site_url
        addresses = [urljoin(site, search_index.address(uri)) for uri in uris] if site else []
        env.globals["addresses"] = addresses  # for the sitemap
        self.overviews.leave_out(files)

    def finished(self, html: str, page: Page) -> str:
        """A page as it is written; a frame is kept for the pages that go into it, and not written."""
        self.search_around(page.file.dest_uri, html, page.content or "")
        self.overviews.finished(page, html)
        self.marks[page.url] = search_index.mark(page.meta)
        if not is_frame(page.file.src_uri):
            return html
        self.leaves.framed[folder_of(page.file.src_uri)] = Frame(html)
        return ""

    def search_around(self, path: str, html: str, content: str = "") -> str:
        """The finished page, once what templates and mkdocs.yml add to its content was searched;
        what many have in common is looked at once. Raises Abort."""
        if self.edition is Edition.PUBLIC:
            own = set(content.split("\n"))
            lines = dict.fromkeys(html.split("\n"))
            new = [line for line in lines if line not in own and line not in self.around_pages]
            self.around_pages.update(lines)
            self._search({}, {path: "\n".join(new)})
        return html

    def complete(self, config: MkDocsConfig) -> None:
        """Add what MkDocs has not made: the leaves, the kept pages, their search entries."""
        site = Path(config.site_dir)
        noted = search_index.noted(site, self.marks)
        self.overviews.write(site, noted)
        in_order = [noted.pop(search_index.address(uri), []) for uri in self.pages]
        written = self.leaves.write(site, self.previous)
        search_index.write(site, itertools.chain(*noted.values(), *in_order, written))
        self.previous.note()
        records = (record for year in self.project.years for record in year.records)
        self.last.is_now(records, self.leaves.framed, self.around)
        self.cache.save()
        self.cache.close()

    def set_edit_address(self, page: Page) -> None:
        """Set where the page's source can be edited, in the internal edition only."""
        page.edit_url = None
        address = self.settings.township.edit_address
        if self.edition is not Edition.INTERNAL or not address:
            return
        source = page.meta.get("source")
        if page.file.generated_by is None and not page.file.src_uri.startswith(_GENERATED):
            source = f"docs/{page.file.src_uri}"
        if source:
            page.edit_url = address + source


def _report(problems: list[Problem], tree: Tree) -> None:
    """Print each problem; with an error, stop MkDocs."""
    style = formats.style_for(sys.stderr, os.environ)
    for line in formats.text(problems, partial(readable_lines, tree), style):
        print(line, file=sys.stderr)
    if has_errors(problems):
        count = sum(problem.severity is Severity.ERROR for problem in problems)
        raise Abort(f"有 {count} 个错误。")


def _fresh(root: Path, clock: Callable[[], int] | None = None) -> tuple[Memory, LastSite]:
    """What is remembered of a project when it is built for the first time."""
    return Memory(Cache(root / CACHE, "records"), clock), LastSite()


@cache
def _remembered(root: Path, _: Edition) -> tuple[Memory, LastSite]:
    """What a preview remembers of a project for its next build."""
    return _fresh(root, time_ns)
