"""What the theme gets from us: its templates as they were compiled, and the hash of all it puts around."""

import json
import os
import re
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from fazhi.output.templates import Compiled
from fazhi.records.cache import program as digest_of_program
from fazhi.sources.files import content_key

# Settings that say where a site is, not what is in it, or that are hashed in another way
_ELSEWHERE = ("site_dir", "config_file_path", "docs_dir", "plugins", "hooks", "theme", "watch")


class _Templates(jinja2.FileSystemLoader):
    """The templates of a theme. Hidden folders are not listed: MkDocs looks through the list for files
    to copy, of which it wants none that is hidden, and there are fourteen thousand icons."""

    def list_templates(self) -> list[str]:
        found = set[str]()
        for folder in self.searchpath:
            for path, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {Path(path, name).relative_to(folder).as_posix() for name in names}
        return sorted(found)


def prepare(theme: Theme) -> None:
    """Make the environments of a theme quick: nothing is listed for nothing, or compiled twice."""
    make = theme.get_env

    def quick() -> jinja2.Environment:
        env = make()
        env.loader, env.bytecode_cache = _Templates(theme.dirs), Compiled()
        return env

    theme.get_env = quick  # type: ignore[method-assign]


def program() -> bytes:
    """The content hash of the program: fazhi, what knows MkDocs, and all that is installed."""
    return digest_of_program(Path(__file__).parent)


def digest(config: MkDocsConfig) -> bytes:
    """The content hash of all that surrounds a page: theme, settings, plugins and menu."""
    root = Path(config.config_file_path).parent
    files = [root / name for name in config.hooks]
    if config.theme.custom_dir:
        theme = Path(config.theme.custom_dir).rglob("*")
        files += sorted(file for file in theme if file.is_file())
    settings = {name: value for name, value in config.items() if name not in _ELSEWHERE}
    settings["extra"] = {name: value for name, value in config.extra.items() if name != "counted"}
    settings["theme"] = dict(config.theme)
    plugins = config.plugins.items()
    settings["plugins"] = {name: dict(getattr(plugin, "config", {})) for name, plugin in plugins}
    return content_key(
        program(),
        *(part for file in files for part in (file.name, file.read_bytes())),
        json.dumps(settings, sort_keys=True, default=_named),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    )


def _named(value: object) -> str:
    """What a value that is not plain says of itself, but for its address: that is another each time."""
    return re.sub(" at 0x[0-9A-Fa-f]+", "", repr(value))
