"""The content hash of what surrounds every page of a site: the theme, its settings and its menu."""

from __future__ import annotations

import json
import os
from collections import UserDict
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from fazhi.records.program import digest as digest_of_program
from fazhi.sources.files import content_key

_ELSEWHERE = ("site_dir", "config_file_path", "docs_dir", "plugins", "hooks", "theme", "watch")
"""Settings that say where a site lies, not what is in it, or that are hashed in another way."""


def program() -> bytes:
    """The content hash of the program: fazhi, what knows MkDocs, and all that is installed."""
    return digest_of_program(Path(__file__).parent)


def digest(config: MkDocsConfig) -> bytes:
    """The content hash of what surrounds a page; another theme, setting or menu has another."""
    root = Path(config.config_file_path).parent
    files = [root / name for name in config.hooks]
    if config.theme.custom_dir:
        theme = Path(config.theme.custom_dir).rglob("*")
        files += sorted(file for file in theme if file.is_file())
    return content_key(
        program(),
        *(part for file in files for part in (file.name, file.read_bytes())),
        json.dumps(_settings(config), sort_keys=True, default=_named),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    )


def _settings(config: MkDocsConfig) -> dict[str, object]:
    """What mkdocs.yml and the hook have settled, of the theme and of every plugin, too."""
    own = {name: value for name, value in config.items() if name not in _ELSEWHERE}
    own["extra"] = {name: value for name, value in config.extra.items() if name != "counted"}
    plugins = {name: dict(getattr(plugin, "config", {})) for name, plugin in config.plugins.items()}
    return own | {"theme": dict(config.theme), "plugins": plugins}


def _named(value: object) -> object:
    """What is no plain value by its name: where it lies in memory is another place each time."""
    if isinstance(value, partial):
        return [_named(value.func), value.args, value.keywords]
    if isinstance(value, UserDict):
        return dict(value)
    if type(value).__repr__ is object.__repr__ and type(value).__str__ is object.__str__:
        return type(value).__qualname__
    return getattr(value, "__qualname__", str(value))
