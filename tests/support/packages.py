"""Packages made here, so that a set-up can be tested without a network."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path


def lock(root: Path, version: str, file: str = "requirements.txt") -> None:
    """Lock packages at a version, and lay them into `wheels`."""
    shutil.rmtree(root / "wheels", ignore_errors=True)
    (root / "wheels").mkdir()
    lines = ["--only-binary :all:"]
    for module in ("yaml/_yaml", "pydantic_core/__init__", "lxml/etree"):
        name = module.partition("/")[0]
        wheel = root / f"wheels/{name}-{version}-py3-none-any.whl"
        about = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"{module}.py", f"VERSION = {version!r}\n")
            if not module.endswith("__init__"):
                archive.writestr(f"{name}/__init__.py", "")
            archive.writestr(
                f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            )
            archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr(f"{about}/RECORD", "")
        lines.append(f"{name}=={version} --hash=sha256:{digest(wheel)}")
    (root / file).write_text("\n".join(lines), encoding="utf-8")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
