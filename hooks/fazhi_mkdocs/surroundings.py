"""What stands around every page of a site: the theme, its settings and its menu; and a name for it all."""

from __future__ import annotations

import json
import os
from functools import partial
from importlib.metadata import version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from fazhi import program
from fazhi.cache import key

_LIBRARIES = ("mkdocs", "mkdocs-material", "pymdown-extensions")
_ELSEWHERE = ("site_dir", "config_file_path")
"""Settings that say where a site lies, not what is in it."""


def digest(config: MkDocsConfig) -> bytes:
    """A name for all that stands around a page: another theme, setting or menu has another."""
    files = [Path(config.config_file_path), *_files(Path(__file__).parent)]
    if config.theme.custom_dir:
        files += _files(Path(config.theme.custom_dir))
    return key(
        program.digest(),
        *(version(name) for name in _LIBRARIES),
        *(part for file in files for part in (file.name, file.read_bytes())),
        _told([_settings(config), config.nav, config.site_url, config.extra]),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    )


def _settings(config: MkDocsConfig) -> list[dict[str, object]]:
    """What mkdocs.yml, those that it inherits from and the environment say."""
    return [
        {name: value for name, value in each.items() if name not in _ELSEWHERE}
        for each in config.user_configs
    ]


def _files(folder: Path) -> list[Path]:
    """Every file of a folder, but for what Python keeps beside its own."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _told(settings: object) -> str:
    return json.dumps(settings, sort_keys=True, default=_named)


def _named(value: object) -> object:
    """A function by its name: where it lies in memory is another place each time."""
    if isinstance(value, partial):
        return [_named(value.func), value.args, value.keywords]
    return getattr(value, "__qualname__", None) or str(value)
