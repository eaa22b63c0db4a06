"""The package: what was published and the sum of every file, as one zip; and compared with it later."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fazhi.output.package.given import MAX_BYTES, digest, opened
from fazhi.output.templates import beside
from fazhi.records.lock import DOCUMENTS
from fazhi.sources.archives import zipped

SITE = "site"  # the public one, beside the documents
SUMS = "SHA256SUMS.txt"  # the manifest: a line a file, as `sha256sum` writes and checks it
SM3_SUMS = "SM3SUMS.txt"  # the same by the national algorithm, where this machine's OpenSSL has it
HOW_TO_VERIFY = "如何校验.html"


def complete(
    folder: Path, documents: Mapping[str, bytes], publisher: str, notice: str, tail: str = ""
) -> None:
    """Add to a folder that holds the site: the documents, the page 如何校验 and the manifests; `tail`
    stands behind its title, as behind those of the site."""
    (folder / DOCUMENTS).mkdir()
    for name, content in documents.items():
        (folder / DOCUMENTS / name).write_bytes(content)
    page = (
        beside(__file__)
        .get_template("verify.html")
        .render(publisher=publisher, notice=notice, tail=tail)
    )
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


def contents(folder: Path) -> list[tuple[str, Path]]:
    """Every file of a folder by its path with slashes, in order; a link is none."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sorted((file.relative_to(folder).as_posix(), file) for file in files)


def pack(folder: Path, target: Path, top: str, day: date) -> None:
    """Write a folder as a zip, everything under the folder name `top` and dated `day`."""
    parts = {f"{top}/{path}": file.read_bytes() for path, file in contents(folder)}
    target.write_bytes(zipped(parts, day, 0o644))


@dataclass(frozen=True)
class Differences:
    """The files that are not what was published, by path, in order; `held` is how many are.

    What lies beside the folder of the package has its path in what was given. `is_all` is whether
    every reader of a zip finds these files, and nothing else.
    """

    held: int
    changed: list[str]
    missing: list[str]
    added: list[str]
    is_all: bool

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def compared(given: Path, published: Mapping[str, str]) -> Differences:
    """A zip, an unpacked package or a site by itself, against the published sums; also where it lies
    in a folder with other things. What is not among the published is not read.

    Raises NotAPackage.
    """
    in_site = (path for path in published if path.startswith(f"{SITE}/"))
    site = {path.removeprefix(f"{SITE}/"): published[path] for path in in_site}
    with opened(given) as found:
        (most, top), (of_site, site_top) = (_top(found.files, held) for held in (published, site))
        # Of an unpacked package that has nothing but its site, the rest is missing.
        if of_site > most or (of_site == most > 0 and given.is_file()):
            top, published = site_top, site
        in_top = {p.removeprefix(top): file for p, file in found.files.items() if p.startswith(top)}
        both = in_top.keys() & published.keys()
        changed, left = [], MAX_BYTES
        for path in sorted(both, key=lambda path: in_top[path].size):
            left -= in_top[path].size
            if left < 0 or in_top[path].digest() != published[path]:
                changed.append(path)
    beside_it = (path for path in found.files if not path.startswith(top))
    strange = (path.removeprefix(top) for path in found.strange)
    return Differences(
        held=len(both) - len(changed),
        changed=sorted(changed),
        missing=sorted(published.keys() - both),
        added=sorted({*(in_top.keys() - both), *beside_it, *strange}),
        is_all=found.is_all,
    )


def _top(paths: Iterable[str], published: Mapping[str, str]) -> tuple[int, str]:
    """The folder below which most of the published paths are (with a slash, or empty), and how many."""
    tops = Counter(
        path[:at]
        for path in paths
        for at in (0, *(at for at, char in enumerate(path, 1) if char == "/"))
        if path[at:] in published
    )
    return max(((n, top) for top, n in tops.items()), key=_ahead, default=(0, ""))


def _ahead(found: tuple[int, str]) -> tuple[int, int, str]:
    """Of two that have as many, the one with the shorter path."""
    return found[0], -len(found[1]), found[1]
