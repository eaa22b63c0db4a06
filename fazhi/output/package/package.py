"""The package: a folder of what was published, with the sum of every file, as one zip.

The same folder gives the same zip, byte for byte: names in order, one date, no attributes of the
machine's.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jinja2

SITE, DOCUMENTS = "site", "documents"
"""The folders of a package: the public site, and the report as documents."""
SUMS = "SHA256SUMS.txt"
"""The manifest: a line a file, as `sha256sum` writes and checks it."""
HOW_TO_VERIFY = "如何校验.html"


def complete(folder: Path, documents: Mapping[str, bytes], publisher: str, notice: str) -> None:
    """Add to a folder that holds the site: the documents, the page 如何校验 and the manifest."""
    (folder / DOCUMENTS).mkdir()
    for name, content in documents.items():
        (folder / DOCUMENTS / name).write_bytes(content)
    page = _TEMPLATES.get_template("verify.html").render(publisher=publisher, notice=notice)
    (folder / HOW_TO_VERIFY).write_bytes(page.encode())
    (folder / SUMS).write_bytes(manifest(digests(folder)))


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder, by its path with slashes, in order of path."""
    return {path: digest(file) for path, file in contents(folder)}


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def contents(folder: Path) -> list[tuple[str, Path]]:
    """Every file of a folder by its path with slashes, in order; a link is none."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sorted((file.relative_to(folder).as_posix(), file) for file in files)


def manifest(sums: Mapping[str, str]) -> bytes:
    """The manifest of files by their sums."""
    return "".join(f"{digest}  {path}\n" for path, digest in sums.items()).encode()


def pack(folder: Path, target: Path, top: str, day: date) -> None:
    """Write a folder as a zip, everything under the folder name `top` and dated `day`."""
    with zipfile.ZipFile(target, "w") as archive:
        for path, file in contents(folder):
            info = zipfile.ZipInfo(f"{top}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every machine: names are UTF-8
            info.external_attr = 0o644 << 16
            with file.open("rb") as source, archive.open(info, "w") as packed:
                shutil.copyfileobj(source, packed)


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)
