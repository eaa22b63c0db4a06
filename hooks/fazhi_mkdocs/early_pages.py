"""The pages of records that were just edited: a preview shows them before the rest is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fazhi.output.pages import records
from fazhi.output.pages.records import RecordPage
from fazhi.output.view import View
from fazhi.records.record import Record
from fazhi_mkdocs.page_frames import Frames, folder_of

MOST = 20
"""Nobody edits more records than this at once: beyond, the whole site is waited for."""


@dataclass
class LastSite:
    """What this process made last: the records, the frames, the content hash of what is around."""

    around: bytes = b""
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
        """A site was made of these."""
        self.records, self.frames, self.around = frozenset(records), frames, around
