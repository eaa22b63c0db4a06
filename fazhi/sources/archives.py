"""Zip archives: whether one from outside is safe to unpack, and how ours are written."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from importlib import import_module
from zipfile import ZipFile

MAX_UNPACKED = 60_000_000
MAX_PARTS = 2_000


def _error(module: str, name: str) -> type[Exception]:
    """What a way to pack raises of its own; BadZipFile where this Python does not have it."""
    with suppress(ImportError):
        error: type[Exception] = getattr(import_module(module), name)
        return error
    return zipfile.BadZipFile


_OF_WAYS = _error("lzma", "LZMAError"), _error("compression.zstd", "ZstdError")
UNPACKABLE = (zipfile.BadZipFile, zlib.error, EOFError, *_OF_WAYS)
BROKEN = (*UNPACKABLE, OSError, ValueError, NotImplementedError)
"""What `zipfile` raises of an archive that is not as it should be. RuntimeError: a password."""
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")


def unpacked(archive: ZipFile) -> int:
    """How many bytes the parts have together: `zipfile` unpacks no more than the directory says."""
    return sum(part.file_size for part in archive.infolist())


def is_unbearable(archive: ZipFile) -> bool:
    """Whether it holds too much, or too many parts."""
    return len(archive.infolist()) > MAX_PARTS or unpacked(archive) > MAX_UNPACKED


def is_locked(archive: ZipFile) -> bool:
    """Whether a password is needed."""
    return any(part.flag_bits & 1 for part in archive.infolist())


def leads_out(name: str) -> bool:
    """Whether a part's name leads out of the archive."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def declares_entities(text: bytes) -> bool:
    """Whether XML declares a document type, openly or in an encoding that would hide it."""
    encoding = _ENCODING.search(text[:200])
    if encoding and encoding[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii"):
        return True
    return b"<!DOCTYPE" in text or b"<!ENTITY" in text


def zipped(parts: Mapping[str, bytes], day: date = date(1980, 1, 1), mode: int = 0o600) -> bytes:
    """Files as an archive that is the same whenever and wherever it is made: in order, of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts):
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3  # the same on every machine: names are UTF-8
            part.external_attr = mode << 16
            archive.writestr(part, parts[name])
    return out.getvalue()
