"""Figures declared beside those of the small project, and what is found wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest

from fazhi.problems.problem import Problem
from tests.conftest import BASE, MakeProject, checked

WORDS = (BASE / "records/vocabulary.yml").read_text(encoding="utf-8")
FIGURES = (BASE / "records/figures.yml").read_text(encoding="utf-8")
Declare = Callable[[str, Iterable[str]], Sequence[Problem]]
"""Takes a vocabulary, and what stands in the braces of each further figure but its name and 板块."""


@pytest.fixture
def declared(make_project: MakeProject) -> Declare:
    """Checks the small project with a vocabulary in place of its own, and further figures."""

    def declare(words: str, figures: Iterable[str]) -> Sequence[Problem]:
        lines = (f"- {{名称: 数{n}, 板块: 法治宣传, {one}}}\n" for n, one in enumerate(figures))
        files = {"records/vocabulary.yml": words, "records/figures.yml": FIGURES + "".join(lines)}
        return checked(make_project(files)).problems

    return declare
