"""The package: what was published and the sum of every file, as one zip; and compared with it later."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from zipfile import is_zipfile

from fazhi.output.package.given import MAX_BYTES, NotAPackage, digest, opened
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
    template = beside(__file__).get_template("verify.html")
    page = template.render(publisher=publisher, notice=notice, tail=tail)
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

    `top` is the folder of the package (with a slash, or empty); what lies beside it has its path in
    what was given. `renamed` is how many are missing and lie there under another name. `is_all` is whether every reader of a zip finds these files, and nothing else.
    """

    top: str
    held: int
    changed: list[str]
    missing: list[str]
    added: list[str]
    renamed: int
    is_all: bool

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def compared(given: Path, published: Mapping[str, str]) -> Differences:
    """A zip, an unpacked package, or of it the site or the documents by themselves, against the
    published sums; also where it lies in a folder with other things, which are not read. Raises
    NotAPackage."""
    parts = [published]
    for part in (f"{SITE}/", f"{DOCUMENTS}/"):
        held = (path for path in published if path.startswith(part))
        parts.append({path.removeprefix(part): published[path] for path in held})
    endings = {PurePath(path).suffix for path in published}
    if given.is_file() and given.suffix.lower() in endings and not is_zipfile(given):
        raise NotAPackage(_CHANGED)
    with opened(given) as found:
        ranked = [(*_tops(found.files, part), part) for part in parts]
        # Of an unpacked package that has nothing but its site, the rest is missing.
        in_order = reversed(ranked) if given.is_file() else ranked
        _, tops, published = max(in_order, key=lambda one: one[0])
        if not tops and given.is_file() and given.suffix.lower() != ".zip":
            raise NotAPackage(_CHANGED)
        top = _the_one(tops, [*found.files, *found.strange])
        for folder in found.closed:
            if _is_above(folder, published, top):
                raise NotAPackage(f"{folder} 打不开，没有权限，里面的没有核对")
        in_top = {p.removeprefix(top): file for p, file in found.files.items() if p.startswith(top)}
        both = in_top.keys() & published.keys()
        changed, left = [], MAX_BYTES
        for path in sorted(both, key=lambda path: in_top[path].size):
            left -= in_top[path].size
            if left < 0 or in_top[path].digest() != published[path]:
                changed.append(path)
        missing = published.keys() - both
        endings = {PurePath(path).suffix for path in missing}
        lost, renamed = {published[path] for path in missing}, 0
        others = {path: file for path, file in found.files.items() if file.size}
        for path in sorted(others, key=lambda path: others[path].size):
            is_other = not path.startswith(top) or path.removeprefix(top) not in both
            if is_other and PurePath(path).suffix in endings:
                left -= others[path].size
                renamed += left >= 0 and others[path].digest() in lost
    beside_it = (path for path in found.files if not path.startswith(top))
    # Of one that was emptied, it is the files that are missing.
    empty = (path for path in found.empty if not _is_above(path, published, top))
    strange = (path.removeprefix(top) for path in (*found.strange, *empty))
    return Differences(
        top=top,
        held=len(both) - len(changed),
        changed=sorted(changed),
        missing=sorted(missing),
        added=sorted({*(in_top.keys() - both), *beside_it, *strange}),
        renamed=renamed,
        is_all=found.is_all,
    )


def scattered(given: Path, published: Mapping[str, str]) -> int:
    """How many files a zip or a folder has, where each of them was published, wherever it lies; else 0.
    Raises NotAPackage."""
    sums = {*published.values()}
    with opened(given) as found:
        is_read = sum(file.size for file in found.files.values()) <= MAX_BYTES
        is_read &= found.is_all and not (found.strange or found.closed)
        is_it = is_read and all(file.digest() in sums for file in found.files.values())
        return len(found.files) if is_it else 0


_CHANGED = "不是公布的文件：改过、另存过一次的也不是"


def _is_above(folder: str, published: Iterable[str], top: str) -> bool:
    return any(f"{top}{path}".startswith(folder) for path in published)


def _tops(paths: Iterable[str], published: Mapping[str, str]) -> tuple[int, list[str]]:
    """How many of the published paths are below one folder at most; and the folders (with a slash, or
    empty) below which so many are, but for those within another of them."""
    found = Counter(
        path[:at]
        for path in paths
        for at in (0, *(at for at, char in enumerate(path, 1) if char == "/"))
        if path[at:] in published
    )
    most = max(found.values(), default=0)
    tops: list[str] = []
    for top in sorted(top for top, count in found.items() if count == most):
        if not (tops and top.startswith(tops[-1])):
            tops.append(top)
    return most, tops


def _the_one(tops: Sequence[str], held: Iterable[str]) -> str:
    """The folder of the package. Raises NotAPackage, with what to give instead."""
    if len(tops) == 1:
        return tops[0]
    packed = sorted(path for path in held if path.lower().endswith(_PACKED))
    if tops:
        why = f"里面有 {len(tops)} 份：{_some(tops)}。一次核对一份，写明是哪一份（压缩包先解开）"
    elif packed:
        why = f"里面是没有解开的 {_some(packed)}。写明它，套在压缩包里的先取出来"
    else:
        why = (
            "里面没有一个文件在公布的位置。写明公布的压缩包、解开的文件夹、网站的 site 或者一个文件"
        )
    raise NotAPackage(why)


_PACKED = (".zip", ".7z", ".rar", ".tar", ".tgz", ".gz", ".001")


def _some(paths: Sequence[str]) -> str:
    return "、".join(paths[:5]) + "……" * (len(paths) > 5)
