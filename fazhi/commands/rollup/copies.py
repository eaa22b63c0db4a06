"""Finds reports of different townships that share sentences."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from fazhi.commands.rollup.model import Copied
from fazhi.output.data.figures_json import Figures
from fazhi.rules.copies import is_notable

COMMON = 10  # townships: what more than these say was given to all; their pairs would be too many


class Reports:
    """The sentences of the reports that were read, each with the townships that have it."""

    def __init__(self) -> None:
        self._read: list[tuple[str, int, bool]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)

    def add(self, document: Figures) -> None:
        said = dict.fromkeys(document.sentences)
        for sentence in said:
            self._holders[sentence].append(len(self._read))
        self._read.append((document.publisher, len(said), document.reused))

    @property
    def common(self) -> list[str]:
        """What so many townships say that it is no copy of one from another."""
        return sorted(said for said, held in self._holders.items() if len(held) > COMMON)

    def copied(self) -> list[Copied]:
        """Pairs of reports that share more than what every report says, the most alike first."""
        shared: dict[tuple[int, int], list[str]] = defaultdict(list)
        for sentence, held in self._holders.items():
            if len(held) <= COMMON:
                for pair in combinations(held, 2):
                    shared[pair].append(sentence)
        found = []
        for pair, sentences in shared.items():
            both = sorted(self._read[place] for place in pair)
            of = {name: count for name, count, _ in both}
            if is_notable(len(sentences), min(of.values())):
                reused = any(has_reason for *_, has_reason in both)
                found.append(Copied(townships=of, sentences=sorted(sentences), reused=reused))
        return sorted(found, key=lambda copied: (-len(copied.sentences), [*copied.townships]))
