"""A snapshot of what a check reads has another key after any change."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi.records import snapshot
from fazhi.sources.tree import UNOPENED, Folder
from tests.conftest import lay

ACTIVITY = "records/2024/activities/宪法宣传.md"
CASE = "records/2024/cases/东村山林纠纷.md"


def key_of(root: Path) -> bytes:
    found = snapshot.take(Folder(root))
    assert found
    return found.key


def exchanged(root: Path) -> None:
    one, other = (root / ACTIVITY).read_bytes(), (root / CASE).read_bytes()
    (root / ACTIVITY).write_bytes(other)
    (root / CASE).write_bytes(one)


def moved_over(root: Path) -> None:
    """The last byte of one file becomes the first of the next."""
    files = sorted((root / "records").glob("*.yml"))
    first, second = files[0].read_bytes(), files[1].read_bytes()
    files[0].write_bytes(first[:-1])
    files[1].write_bytes(first[-1:] + second)


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda root: (root / ACTIVITY).write_bytes((root / ACTIVITY).read_bytes() + b"\n"),
    "renamed": lambda root: (root / ACTIVITY).rename((root / ACTIVITY).with_name("宪法.md")),
    "exchanged": exchanged,
    "moved over": moved_over,
    "an empty folder": lambda root: (root / "records/2025").mkdir(),
    "an empty file": lambda root: lay(root, {"records/2024/files/甲.pdf": ""}),
    "the site": lambda root: lay(root, {"mkdocs.yml": "site_name: 某\n"}),
    "a template": lambda root: (root / "overrides").mkdir(),
    "gone": lambda root: (root / "docs/report/2024.md").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_has_another_name(change, make_project):
    root = make_project({})
    before = snapshot.take(Folder(root))
    assert before
    assert before.is_current()
    change(root)
    assert key_of(root) != before.key
    assert not before.is_current()


def test_times_and_what_lies_elsewhere_do_not_matter(make_project):
    root = make_project({})
    before = key_of(root)
    os.utime(root / ACTIVITY, (1, 1))
    (root / ".cache").mkdir()
    (root / "site").mkdir()
    assert key_of(root) == before


def test_a_large_file_counts_and_one_that_no_check_opens_counts_by_its_size(make_project):
    root = make_project({"records/2024/files/大.bin": b"1" * 3_000_000})
    large = root / "records/2024/files/大.bin"
    before = key_of(root)
    large.write_bytes(b"1" * 2_999_999 + b"2")
    assert key_of(root) != before
    os.truncate(large, UNOPENED + 1)
    before = key_of(root)
    os.truncate(large, UNOPENED + 2)
    assert key_of(root) != before


def a_link(root: Path) -> None:
    (root / "records/2024/activities/链接.md").symlink_to(root / ACTIVITY)


def a_linked_folder(root: Path) -> None:
    (root / "docs/report").rename(root / "report")
    (root / "docs/report").symlink_to(root / "report", target_is_directory=True)


def a_pipe(root: Path) -> None:
    os.mkfifo(root / "docs/管道")


@pytest.mark.parametrize("make", [a_link, a_linked_folder, a_pipe])
def test_what_may_hide_a_change_has_no_name(make, make_project):
    root = make_project({})
    before = snapshot.take(Folder(root))
    assert before
    make(root)
    assert snapshot.take(Folder(root)) is None
    assert not before.is_current()
