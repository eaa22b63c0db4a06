"""Fixtures: a project to change, and the sample year, built once for all tests of all workers.

A test module that needs them says `pytest_plugins = ["tests.sites"]`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.building import Project, copied, sole_maker


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy for one test, to be changed."""
    return copied(tmp_path / "project")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run, the same for every worker (each has its own where none can lock)."""
    own = tmp_path_factory.getbasetemp()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return own.parent if is_worker and sys.platform != "win32" else own


@pytest.fixture(scope="session")
def sample(shared_folder: Path) -> Project:
    """A copy for all tests, not to be changed."""
    with sole_maker(shared_folder / "sample.lock"):
        if (shared_folder / "sample").exists():
            return Project(shared_folder / "sample")
        return copied(shared_folder / "sample")


@pytest.fixture(scope="session")
def public(sample: Project) -> Path:
    """The public edition of the sample year."""
    with sole_maker(sample.root / "site.lock"):
        return sample.site if sample.site.exists() else sample.built()


@pytest.fixture(scope="session")
def internal(sample: Project) -> Path:
    """The internal edition of the sample year."""
    with sole_maker(sample.root / "site-internal.lock"):
        site = sample.root / "site-internal"
        return site if site.exists() else sample.built("--edition", "internal")
