"""The leaves of the site, records and lists of them: so many that MkDocs would take minutes over them.

Each is put into the frame of its folder; one that has not changed is taken from the site that is being
replaced. In the cache, a page's key is the content hash of all it is made from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from fazhi.output import site as pages
from fazhi.output.pages import records
from fazhi.output.pages.records import RecordPage
from fazhi.output.site import Leaf
from fazhi.output.view import View
from fazhi.records.cache import Cache
from fazhi.records.record import Record
from fazhi.sources.files import content_key
from fazhi_mkdocs import page_frames, search_index
from fazhi_mkdocs.page_frames import Frames, folder_of
from fazhi_mkdocs.previous_site import PreviousSite

MOST = 20  # nobody edits more records than this at once: beyond, the whole site is waited for


@dataclass(slots=True)
class Entry:
    """A page, the content hash of what it is made from, and its search entry."""

    page: Leaf
    key: bytes
    searched: bytes
    is_new: bool = False


@dataclass
class LeafPages:
    """Every leaf of a build."""

    cache: Cache
    entries: list[Entry] = field(default_factory=list)
    framed: Frames = field(default_factory=dict)  # once the theme has made them

    def gather(self, views: Sequence[View], common: bytes) -> dict[str, str | bytes]:
        """Find the pages that have to be made; those and their photos, as they would be published.
        `common` is the content hash of what all pages share. Raises NotRendered."""
        made: dict[str, str | bytes] = {}
        for view in views:
            of_year = content_key(common, str(view.published), view.standing)
            for page in pages.leaves(view):
                entry = self._entry(page, of_year)
                if entry.is_new:
                    made[page.path] = page.document.all_text
                    made |= page.photos
                self.entries.append(entry)
        return made

    def _entry(self, page: Leaf, of_year: bytes) -> Entry:
        """What is known of a page; of a new one, its search entry is made."""
        name = content_key(of_year, *page.made_from)
        if (searched := self.cache.get(name)) is not None:
            return Entry(page, name, searched)
        searched = search_index.entry(page.document, page.path, _content(page))
        return Entry(page, name, searched, is_new=True)

    def keep(self) -> None:
        """Remember what was made and passed the search: the next build need not look at it again."""
        for entry in self.entries:
            if entry.is_new:
                self.cache.put(entry.key, entry.searched)

    def frames(self) -> dict[str, str]:
        """A page with marks for each folder, for the theme to frame."""
        firsts: dict[str, Leaf] = {}
        for entry in self.entries:
            firsts.setdefault(folder_of(entry.page.path), entry.page)
        return {
            f"{folder}/{page_frames.NAME}.md": page_frames.marked(page.document)
            for folder, page in firsts.items()
        }

    def write(self, site: Path, previous: PreviousSite) -> list[bytes]:
        """Write every page and its photos into the site; their search entries."""
        sums = {folder: content_key(frame.html) for folder, frame in self.framed.items()}
        for folder in self.framed:
            (site / folder).mkdir(parents=True, exist_ok=True)
        for entry in self.entries:
            page, name = entry.page, content_key(entry.key, sums[folder_of(entry.page.path)]).hex()
            if not previous.take([uri(page), *page.photo_paths], name):
                previous.put({uri(page): html(page, self.framed), **page.photos}, name)
        return [entry.searched for entry in self.entries if entry.searched]


def uri(page: Leaf) -> str:
    """Where a page is in the site."""
    return page.path.removesuffix(".md") + ".html"


def html(page: Leaf, frames: Frames) -> bytes:
    """The whole page, in the frame of its folder."""
    folder, _, name = page.path.removesuffix(".md").rpartition("/")
    return frames[folder].filled(page.document, quote(name), _content(page)).encode()


def _content(page: Leaf) -> str:
    """The page's HTML, as it would come out of Markdown: it is one heading and one block."""
    heading, end, block = page.document.body.partition("</h1>")
    return f"{heading}{end}\n\n{block.strip()}"


@dataclass
class LastSite:
    """What this process made last: a preview shows the pages edited since before it makes the rest."""

    around: bytes = b""  # the content hash of all that surrounds the pages
    records: frozenset[Record] = frozenset()
    frames: Frames = field(default_factory=dict)

    def edited(self, views: Sequence[View], around: bytes) -> list[RecordPage]:
        """The pages of the records that have changed since; none where their frames may have, too."""
        if around != self.around:
            return []
        changed = {r for view in views for r in view.source.records if r not in self.records}
        if len(changed) > MOST:
            return []
        pages = [page for view in views for page in records.of_year(view, changed)]
        return [page for page in pages if folder_of(page.path) in self.frames]

    def is_now(self, records: Iterable[Record], frames: Frames, around: bytes) -> None:
        """Note what a site was made of."""
        self.records, self.frames, self.around = frozenset(records), frames, around
