"""Fixtures: the form alone, opened in a tab of its own for each test.

A test module that needs them says `pytest_plugins = ["tests.support.desks"]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fazhi.schema.township import Settings
from tests.conftest import TODAY, settings_of
from tests.support.building import ROOT
from tests.support.filling import AGREEING, TYPING, written
from tests.support.watching import Tabs

pytest_plugins = ["tests.support.browsing"]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return settings_of(ROOT)


@pytest.fixture(scope="module")
def file(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("form"), settings)


@pytest.fixture
def desk(file: Path, tabs: Tabs) -> Iterator[Page]:
    size = {"width": 1280, "height": 720}
    now = f"{TODAY}T09:05:00"
    with tabs.lent(script=AGREEING + TYPING, now=now, viewport=size) as tab:
        tab.goto(file.as_uri())
        yield tab
