"""Commands that begin with the program in memory: each is a fork of one Python that has read it.

Most of the time of a small command goes into reading modules, which are the same for all. It is a
process of its own all the same, with its arguments, folder, variables, output and end. What is
about how a command starts is run as a person runs it: by `machine.ran`. What is compiled once a
process is there, too: see `warm`.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
READ = [
    *("fazhi.commands.compare", "fazhi.commands.fixing", "fazhi.commands.new_record.draft"),
    *("fazhi.commands.spreadsheets.exporting", "fazhi.commands.spreadsheets.importing"),
    *("fazhi.output.documents.docx", "fazhi.output.documents.pdf", "fazhi.output.menu"),
    *("fazhi.output.official", "fazhi.output.package.package", "fazhi.output.site"),
    *("fazhi.project_files", "mkdocs.commands.build", "mkdocs.config.defaults"),
    *("mkdocs.contrib.search", "material.plugins.offline.plugin", "material.plugins.search.plugin"),
    *("markdown.extensions.attr_list", "markdown.extensions.tables", "markdown.extensions.toc"),
    "markdown.extensions.sane_lists",
    *("markdown.extensions.codehilite", "markdown.extensions.fenced_code", "pymdownx.slugs"),
    *("fazhi.output.leaks", "fazhi.output.pages.static", "fazhi.personal.kinds", "colorama"),
    *("fazhi.records.snapshot", "pydantic.type_adapter", "encodings.utf_8_sig", __name__),
    *(
        "fazhi.sources.evidence.pdfs",
        "holidays.countries",
        "email.parser",
        "glob",
        "tests.support.warm",
    ),
]
"""The modules that are read before: none of those that a copy of the project has for itself."""
PATHS = [path for path in sys.path if path]


def can_fork(root: Path) -> bool:
    """Whether this machine can, and the program of a project is the one that is read."""
    is_ours = (root / "fazhi").resolve() == ROOT / "fazhi"
    return is_ours and "forkserver" in multiprocessing.get_all_start_methods()


def ran(
    command: Sequence[str | Path], root: Path, cwd: Path, variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """How a script of a project ended (or a text, after -c), run by its own Python."""
    arguments = [str(argument) for argument in command]
    _start()
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder, name) for name in ("stdout", "stderr")]
        process = multiprocessing.get_context("forkserver").Process(
            target=_run, args=(arguments, root, cwd, {**variables}, printed)
        )
        process.start()
        process.join()
        code = process.exitcode or 0
        texts = [file.read_text(encoding="utf-8") for file in printed]
    return subprocess.CompletedProcess(arguments, code, *texts)


@cache
def _start() -> None:
    """Start the Python to fork from: in UTF-8 mode, as the scripts start themselves."""
    forkserver.set_forkserver_preload(READ)
    with patch.dict(os.environ, PYTHONUTF8="1", NO_MKDOCS_2_WARNING="1"):
        forkserver.ensure_running()


def _run(
    arguments: list[str], root: Path, cwd: Path, variables: dict[str, str], printed: list[Path]
) -> None:
    """In the fork: be a Python that has just started, and end as one does."""
    for number, file in enumerate(printed, 1):
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(made, number)
        os.close(made)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    tempfile.tempdir = None
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in variables
    sys.prefix, sys.executable = (
        place.replace(str(ROOT), str(root), 1) for place in (sys.prefix, sys.executable)
    )
    sys.path[:] = [path.replace(str(ROOT), str(root), 1) for path in PATHS]
    kind, *rest = arguments
    try:
        if kind == "-c":
            sys.argv = ["-c", *rest[1:]]
            exec(rest[0], {"__name__": "__main__"})
        else:
            sys.argv = arguments
            script = Path(kind).resolve()
            sys.path.insert(0, str(script.parent))
            runpy.run_path(str(script), run_name="__main__")
    except Exception:
        sys.excepthook(*sys.exc_info())
        sys.exit(1)
    finally:
        atexit._run_exitfuncs()
