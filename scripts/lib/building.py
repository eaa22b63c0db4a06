"""Build a site with MkDocs beside its place; the old one stays until it moves there."""

from lib import ROOT
from lib.command_line import is_readable, report, unwritten
from lib.mkdocs_said import UNFIT, faulty_pages, of_setting, show_warnings
from lib.process import (
    INTERRUPTED,
    STOPPED,
    fault_of_machine,
    report_own_fault,
    say,
    stop_once,
)

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from fazhi.problems.reasons import reason
from fazhi.sources.aside import own_folder, waiting

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

RENAMING_ATTEMPTS = 20
_ABOVE = "mkdocs.yml 里有上面这些毛病。"
_OF_THE_PAGE = "上面这一页里有做不成网页的写法。"


class BuildFailed(Exception):
    """No site was made; the text, in Chinese and possibly empty, adds to what was printed."""


def build(
    edition: str,
    out: Path,
    early: Optional[Callable[[], None]] = None,
    swapping: Optional[Callable[[], None]] = None,
) -> dict[str, int]:
    """Put the site at `out`, or raise and leave `out` as it was. What was counted, by name.

    With `early`, the pages that were edited are put into `out` at once, and it is called then;
    `swapping` is called before the whole site takes its place.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with own_folder(out.parent) as folder:
        building = folder / "site"
        counted = run_mkdocs(edition, building, replaces=out, early=early)
        if swapping:
            swapping()
        swap(building, out, waiting(folder, out))
        return counted


def run_mkdocs(
    edition: str,
    site: Path,
    until: Optional[int] = None,
    replaces: Optional[Path] = None,
    early: Optional[Callable[[], None]] = None,
) -> dict[str, int]:
    """Build an edition, up to the year `until`; what stays is taken from `replaces`."""
    from jinja2 import TemplateError
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config.base import ValidationError
    from mkdocs.exceptions import Abort, MkDocsException
    from mkdocs.plugins import BasePlugin

    class Progress(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
        # Records are checked in on_config; on_pre_build is the first event after it.
        def on_pre_build(self, **_: object) -> None:
            say("正在生成网页…")

    os.environ["FAZHI_EDITION"] = edition  # both are read by hooks/fazhi_mkdocs
    os.environ["FAZHI_UNTIL"] = str(until or "")
    say("正在检查记录…")
    config = configured(site)
    try:
        if replaces:
            config.extra["replaces"] = replaces  # both are read by hooks/fazhi_mkdocs
            config.extra["early"] = early
        config.plugins["fazhi/progress"] = Progress()
        with faulty_pages() as faulty:
            mkdocs_build(config)
        counted: dict[str, int] = config.extra["counted"]  # set by hooks/site.py
        names = (name for _, _, files in os.walk(site) for name in files)
        return {**counted, "网页": sum(name.endswith(".html") for name in names)}
    except Abort as error:
        counted_only = str(error).startswith("Aborted with")  # what it counts, it has said before
        raise BuildFailed("" if counted_only else str(error)) from None
    except ValidationError as error:  # by a plugin, of what is below its options
        said = f"{UNFIT}MkDocs 的原话：{error}"
        raise BuildFailed(of_setting("plugins", said, str(error))) from None
    except TemplateError as error:
        if faulty:
            raise BuildFailed(_OF_THE_PAGE) from None
        said = f"模板的原话：{error}"
        raise BuildFailed(f"网页的模板用不了 mkdocs.yml 或者 overrides 里的一项，{said}") from None
    except MkDocsException as error:
        raise BuildFailed(f"网页的主题有问题：{error.format_message()}") from None
    except Exception as error:
        if not faulty or isinstance(error, OSError) or fault_of_machine(error):
            raise
        raise BuildFailed(_OF_THE_PAGE) from None


def configured(site: Path) -> "MkDocsConfig":
    """The settings of MkDocs. Raises BuildFailed, whatever mkdocs.yml is."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    from fazhi.problems.problem import has_errors
    from fazhi.rules import settings_of_site
    from fazhi.sources.tree import Folder

    data = settings_file()
    missing = [name for name in ("records", "docs", "overrides") if not (ROOT / name).is_dir()]
    if missing:
        raise BuildFailed(f"没有文件夹 {'、'.join(missing)}：从 git 或者备份里取回。")
    problems = list(settings_of_site.problems(Folder(ROOT)))
    if has_errors(problems):
        report(problems)
        raise BuildFailed(_ABOVE)
    _read(data)
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(site))
    except Abort:
        raise BuildFailed(_ABOVE) from None
    except Exception as error:  # MkDocs expects some settings at least
        raise BuildFailed(f"mkdocs.yml 有问题，MkDocs 的原话：{error}") from None
    slugify = config.mdx_configs.get("toc", {}).get("slugify")
    if slugify is not None and not callable(slugify):
        raise BuildFailed(of_setting("markdown_extensions.toc.slugify", UNFIT))
    for name, file in _named(config):
        folders = map(Path, (config.docs_dir, *config.theme.dirs))
        if not any((folder / file).is_file() for folder in folders):
            raise BuildFailed(of_setting(name, f"没有文件“{file}”。", f"'{file}'"))
    if not is_readable(f"{config.site_name}{config.site_description}"):
        raise BuildFailed("mkdocs.yml 的 site_name 或者 site_description 里有认不出来的字。")
    return config


def settings_file() -> bytes:
    """What mkdocs.yml holds. Raises BuildFailed where it is no plain file: a pipe is waited for."""
    from fazhi.sources.tree import Folder

    data, problems = Folder(ROOT).text("mkdocs.yml")
    if data is None:
        raise BuildFailed(f"mkdocs.yml 用不了：{problems[0].message}。从 git 或者备份里取回。")
    return data


def _named(config: "MkDocsConfig") -> Iterator[tuple[str, str]]:
    """The settings that name a file of the site or of its theme, which MkDocs does not look for."""
    theme = config.theme
    for name in ("logo", "favicon"):
        if theme.get(name):
            yield f"theme.{name}", str(theme.get(name))
    for scheme in theme["palette"]:
        toggle = scheme.get("toggle")
        if isinstance(toggle, dict) and "icon" in toggle:
            yield "theme.palette", f".icons/{toggle['icon']}.svg"


def _read(data: bytes) -> None:
    """Read settings as MkDocs does. Raises BuildFailed where a mark in them leads nowhere."""
    import yaml
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.yaml import get_yaml_loader

    try:
        yaml.load(data, Loader=get_yaml_loader(config=MkDocsConfig()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise BuildFailed(f"mkdocs.yml{place}: MkDocs 读不出这一处：{UNFIT}") from None
    except Exception:  # MkDocs reads them as well, and says so
        return


def attempted(
    command: Callable[[], Optional[int]],
    undone: str = "没有做成，原来的都没有动。",
    said: Callable[[OSError], str] = unwritten,
) -> int:
    """Run a command; where it is stopped, say why, and what became of the files. The exit code."""
    stop_once()
    show_warnings()
    try:
        return command() or 0
    except BuildFailed as error:
        say(f"{error}\n{undone}".strip())
    except KeyboardInterrupt:
        say(STOPPED)
        return INTERRUPTED
    except OSError as error:
        say(f"{said(error)}\n{undone}")
    except Exception:
        report_own_fault("；原来的都没有动")
    return 1


# Putting the new site in the place of the old


def swap(building: Path, out: Path, retired: Path) -> None:
    """Move `building` to `out`. Another run may be doing the same: the later one stays."""
    for attempt in range(1, RENAMING_ATTEMPTS + 1):
        try:
            exchange(building, out, retired)
            return
        except OSError as error:
            if attempt == RENAMING_ATTEMPTS:
                raise BuildFailed(
                    f"换不上新网页（{reason(error)}）：{out} 正被别的程序占用。\n"
                    "请关闭打开着它的窗口再试；原来的网页没有动。"
                ) from None
            time.sleep(0.1)


def exchange(building: Path, out: Path, retired: Path) -> None:
    try:
        with contextlib.suppress(FileNotFoundError):  # no site yet
            out.rename(retired)
        building.rename(out)
    except BaseException:
        if retired.exists() and not out.exists():
            retired.rename(out)
        raise
    finally:
        if out.exists():
            if retired.is_file() or retired.is_symlink():  # no site: somebody has put it there
                retired.unlink()
            shutil.rmtree(retired, ignore_errors=True)
