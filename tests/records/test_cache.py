"""What a cache gives back is what was kept under that key, or nothing."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.records.cache import FOLDER, Cache
from fazhi.sources.files import content_key

ONE, OTHER = content_key("一"), content_key("二")


def kept(root: Path, values: dict[bytes, bytes]) -> None:
    cache = Cache(root / FOLDER, "pages")
    for name, value in values.items():
        cache.get(name)
        cache.put(name, value)
    cache.save()
    cache.close()


def found(root: Path, name: bytes) -> bytes | None:
    cache = Cache(root / FOLDER, "pages")
    value = cache.get(name)
    cache.close()
    return value


@given(st.lists(st.text()), st.lists(st.text()))
def test_other_parts_have_another_key(one, other):
    assert (content_key(*one) == content_key(*other)) == (one == other)


def test_what_is_kept_is_found_by_the_next_run(tmp_path):
    kept(tmp_path, {ONE: b"made"})
    assert found(tmp_path, ONE) == b"made"
    assert found(tmp_path, OTHER) is None


def test_what_was_not_saved_is_not_kept(tmp_path):
    cache = Cache(tmp_path / FOLDER, "pages")
    cache.put(ONE, b"made")
    assert cache.get(ONE) == b"made"
    assert found(tmp_path, ONE) is None


def other_tables(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE made (name, worth)")


def updated(change: str) -> Callable[[Path], object]:
    def harm(file: Path) -> None:
        with sqlite3.connect(file) as database:
            database.execute(f"UPDATE made SET {change}")

    return harm


HARMS: dict[str, Callable[[Path], object]] = {
    "overwritten": lambda file: file.write_bytes(b"something else" * 1000),
    "cut": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "empty": lambda file: file.write_bytes(b""),
    "other tables": other_tables,
    "not even bytes": updated("value = 'text'"),
    "another value": updated("value = x'00'"),
    "exchanged": updated(f"key = x'{OTHER.hex()}'"),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_what_is_broken_is_not_trusted_and_made_good(tmp_path, harm):
    kept(tmp_path, {ONE: b"made"})
    harm(tmp_path / FOLDER / "pages.sqlite")
    assert found(tmp_path, ONE) is None
    assert found(tmp_path, OTHER) is None
    kept(tmp_path, {ONE: b"made anew"})
    assert found(tmp_path, ONE) == b"made anew"


def test_every_flipped_byte_gives_what_was_kept_or_nothing(tmp_path):
    kept(tmp_path, {ONE: b"made"})
    file = tmp_path / FOLDER / "pages.sqlite"
    whole = file.read_bytes()
    for place in range(0, len(whole), 97):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert found(tmp_path, ONE) in (b"made", None)


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    kept(tmp_path, {ONE: b"made"})
    assert found(tmp_path, ONE) is None


def test_two_at_once_keep_what_each_made(tmp_path):
    one, other = Cache(tmp_path / FOLDER, "pages"), Cache(tmp_path / FOLDER, "pages")
    one.put(ONE, b"one")
    other.put(OTHER, b"other")
    one.save()
    other.save()
    assert one.get(OTHER) == b"other"
    assert other.get(ONE) == b"one"


def test_what_nobody_asks_for_is_forgotten(tmp_path):
    kept(tmp_path, {content_key(str(n)): b"made" for n in range(1000)})
    kept(tmp_path, {ONE: b"made"})
    assert found(tmp_path, ONE) == b"made"
    assert found(tmp_path, content_key("7")) is None
