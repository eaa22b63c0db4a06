"""The package: a folder of what was published, with the sum of every file, as one zip."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jinja2

from fazhi.sources.archives import zipped

SITE, DOCUMENTS = "site", "documents"  # the public site, and the report as documents
SUMS = "SHA256SUMS.txt"  # the manifest: a line a file, as `sha256sum` writes and checks it
HOW_TO_VERIFY = "如何校验.html"
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)


def complete(folder: Path, documents: Mapping[str, bytes], publisher: str, notice: str) -> None:
    """Add to a folder that holds the site: the documents, the page 如何校验 and the manifest."""
    (folder / DOCUMENTS).mkdir()
    for name, content in documents.items():
        (folder / DOCUMENTS / name).write_bytes(content)
    page = _TEMPLATES.get_template("verify.html").render(publisher=publisher, notice=notice)
    (folder / HOW_TO_VERIFY).write_bytes(page.encode())
    manifest = "".join(f"{digest}  {path}\n" for path, digest in digests(folder).items())
    (folder / SUMS).write_bytes(manifest.encode())


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


def pack(folder: Path, target: Path, top: str, day: date) -> None:
    """Write a folder as a zip, everything under the folder name `top` and dated `day`."""
    parts = {f"{top}/{path}": file.read_bytes() for path, file in contents(folder)}
    target.write_bytes(zipped(parts, day, 0o644))
