"""The package: what was published and the sum of every file, as one zip; and compared with it later."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from fazhi.output.templates import beside
from fazhi.problems.reasons import reason
from fazhi.records.lock import DOCUMENTS
from fazhi.sources.archives import zipped

SITE = "site"  # the public one, beside the documents
SUMS = "SHA256SUMS.txt"  # the manifest: a line a file, as `sha256sum` writes and checks it
SM3_SUMS = "SM3SUMS.txt"  # the same by the national algorithm, where this machine's OpenSSL has it
HOW_TO_VERIFY = "如何校验.html"
MAX_BYTES = 4_000_000_000  # of all that a package holds, unpacked: with more it is none of ours


def complete(folder: Path, documents: Mapping[str, bytes], publisher: str, notice: str) -> None:
    """Add to a folder that holds the site: the documents, the page 如何校验 and the manifests."""
    (folder / DOCUMENTS).mkdir()
    for name, content in documents.items():
        (folder / DOCUMENTS / name).write_bytes(content)
    page = beside(__file__).get_template("verify.html").render(publisher=publisher, notice=notice)
    (folder / HOW_TO_VERIFY).write_bytes(page.encode())
    for name, algorithm in ((SM3_SUMS, "sm3"), (SUMS, "sha256"))[not _has_sm3() :]:
        sums = {path: digest(file, algorithm) for path, file in contents(folder)}
        manifest = "".join(f"{digest}  {path}\n" for path, digest in sums.items())
        (folder / name).write_bytes(manifest.encode())


def _has_sm3() -> bool:
    try:  # a policy of OpenSSL may list it, and refuse it
        return hashlib.new("sm3", usedforsecurity=False).digest_size == 32
    except ValueError:
        return False


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder, by its path with slashes, in order of path."""
    return {path: digest(file) for path, file in contents(folder)}


def digest(file: Path, algorithm: str = "sha256") -> str:
    """The sum of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, algorithm).hexdigest()


def contents(folder: Path) -> list[tuple[str, Path]]:
    """Every file of a folder by its path with slashes, in order; a link is none."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sorted((file.relative_to(folder).as_posix(), file) for file in files)


def _strange(folder: Path) -> Iterator[Path]:
    """Every link of a folder with what a linked folder holds, what is neither file nor folder, and
    folders with nothing in them.

    None of it was published: what is behind a link may be another thing tomorrow.
    """
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield path
            # A link within is not followed: it may go round.
            behind = (Path(at, one) for at, *held in os.walk(path) for one in chain(*held))
            yield from islice(behind, MAX_LINKED)
        elif path.is_dir() and not any(path.iterdir()):
            yield path


MAX_LINKED = 1000  # how much of a linked folder is listed: behind a link may be a whole disk


def pack(folder: Path, target: Path, top: str, day: date) -> None:
    """Write a folder as a zip, everything under the folder name `top` and dated `day`."""
    parts = {f"{top}/{path}": file.read_bytes() for path, file in contents(folder)}
    target.write_bytes(zipped(parts, day, 0o644))


class NotAPackage(Exception):
    """What was given cannot be read as a package or a site; the text is why, in Chinese."""


@dataclass(frozen=True)
class Differences:
    """The files that are not what was published, by path, in order; `held` is how many are."""

    held: int
    changed: list[str]
    missing: list[str]
    added: list[str]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def compared(given: Path, published: Mapping[str, str]) -> Differences:
    """A zip, an unpacked package or a site by itself, against the published sums.

    Raises NotAPackage.
    """
    strange: list[str] = []
    if given.is_file():
        found = _of_zip(given)
    else:
        given, found, strange = _of_folder(given)
        if not (given / SUMS).exists() and not (given / SITE).is_dir():
            in_site = (path for path in published if path.startswith(f"{SITE}/"))
            published = {path.removeprefix(f"{SITE}/"): published[path] for path in in_site}
    both = found.keys() & published.keys()
    changed = sorted(path for path in both if found[path] != published[path])
    return Differences(
        held=len(both) - len(changed),
        changed=changed,
        missing=sorted(published.keys() - found.keys()),
        added=sorted({*(found.keys() - published.keys()), *strange}),
    )


def _of_folder(folder: Path) -> tuple[Path, dict[str, str], list[str]]:
    """A folder, the sums of its files, and what else is in it; of one in which a zip was unpacked,
    the folder in it."""
    try:
        held = list(folder.iterdir())
        is_outer = len(held) == 1 and held[0].is_dir() and held[0].name != SITE
        if is_outer and not held[0].is_symlink():
            folder = held[0]
        strange = (path.relative_to(folder).as_posix() for path in _strange(folder))
        return folder, digests(folder), [*strange]
    except OSError as error:
        raise NotAPackage(f"{error.filename} 读不出来（{reason(error)}）") from None


def _of_zip(file: Path) -> dict[str, str]:
    """The sums of what a zip holds, below its one folder. Nothing is unpacked to disk."""
    found: dict[str, str] = {}
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                left -= info.file_size
                if left < 0:
                    raise NotAPackage("里面的东西太大，不是发布的包")
                path = info.filename.partition("/")[2] or info.filename
                # Of two of one name a reader may see either, and a link leads to another thing.
                is_link = stat.S_ISLNK(info.external_attr >> 16)
                found[path] = "" if path in found or is_link else _of_member(archive, info)
    except (zipfile.BadZipFile, EOFError, ValueError):
        raise NotAPackage("压缩包是坏的，或者不是压缩包") from None
    except OSError as error:
        raise NotAPackage(f"读不出来（{reason(error)}）") from None
    return found


def _of_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """The sum of one file of a zip; empty where it cannot be read to its end."""
    try:
        with archive.open(info) as packed:  # reads no more than `file_size`
            # It has a readinto, of which the stubs do not know.
            return hashlib.file_digest(packed, "sha256").hexdigest()  # type: ignore[arg-type]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return ""
