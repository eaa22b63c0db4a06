"""What is measured, and how: each measure gives figures of one run, in fresh processes."""

from __future__ import annotations

import itertools
import re
import shutil
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.bench import browser
from tests.bench.places import Hugo, Plain, Sample, Township
from tests.bench.processes import Taken, serving, timed
from tests.bench.visible import edits_seen

Figures = dict[str, list[float]]
"""Values by the name of a figure: seconds, megabytes, bytes or a number of files."""
QUERIES = 5
PLAIN_PREVIEW_UP_TO = 1000  # records: beyond, the plain hook takes minutes for its edits


@dataclass
class Bench:
    """The folders of one number of records of one workload, each made when it is first needed."""

    folder: Path
    records: int
    workload: str
    hugo_command: str | None
    pagefind_command: str | None

    @cached_property
    def township(self) -> Township:
        return Township(self.folder / "township", self.records, self.workload)

    @cached_property
    def plain(self) -> Plain:
        return Plain(self.folder / "plain", self.records, self.workload)

    @cached_property
    def hugo(self) -> Hugo:
        return Hugo(self.folder / "hugo", self.records, self.workload)

    @cached_property
    def sample(self) -> Sample:
        return Sample(self.folder / "sample")


# The project's own


def check(bench: Bench) -> Figures:
    bench.township.clear(Township.CACHES)
    return _figures("check", _check(bench))


def check_again(bench: Bench) -> Figures:
    if not (bench.township.root / Township.CACHES).exists():
        _check(bench)
    return {"check-again": [_check(bench).seconds]}


def _check(bench: Bench) -> Taken:
    return timed(bench.township.script("check_records.py"), bench.township.root)


def check_one(bench: Bench) -> Figures:
    one = bench.township.one.relative_to(bench.township.root).as_posix()
    command = bench.township.script("check_records.py", one)
    return {"check-one": [timed(command, bench.township.root).seconds]}


def imports(bench: Bench) -> Figures:
    """Taken in by a script that finds the project's Python as all others do."""
    root = bench.township.root
    script = root / "scripts/only_imports.py"
    if not script.exists():
        modules = _imported(bench.township)
        script.write_text(ONLY_IMPORTS.format(modules=modules), encoding="utf-8", newline="\n")
    return {"imports": [timed(bench.township.script(script.name), root).seconds]}


ONLY_IMPORTS = """\
import contextlib
import importlib
from lib import environment

environment.ensure()
for name in {modules!r}:
    with contextlib.suppress(ImportError):  # made while another was taken in
        importlib.import_module(name)
"""


def _imported(township: Township) -> list[str]:
    """The modules that checking one file has taken in when it ends, in their order."""
    one = township.one.relative_to(township.root).as_posix()
    ending = township.root / "scripts/which_imports.py"
    ending.write_text(WHICH_IMPORTS, encoding="utf-8", newline="\n")
    told = township.root / "imported.txt"
    timed(township.script(ending.name, one, str(told)), township.root)
    return told.read_text(encoding="utf-8").split()


WHICH_IMPORTS = """\
import sys
from pathlib import Path
from lib import environment

environment.ensure()
told = sys.argv.pop()
import check_records

code = check_records.main()
names = [name for name in sys.modules if not name.startswith("__")]
Path(told).write_text("\\n".join(names), encoding="utf-8")
sys.exit(code)
"""


def build(bench: Bench) -> Figures:
    bench.township.clear(Township.CACHES, Township.SITE)
    taken = _build(bench.township)
    sizes = {f"build.{name}": [size] for name, size in bench.township.sizes().items()}
    return {**_figures("build", taken), **sizes}


def build_edit(bench: Bench) -> Figures:
    _be_built(bench.township)
    bench.township.edit()
    return _figures("build-edit", _build(bench.township))


def build_again(bench: Bench) -> Figures:
    _be_built(bench.township)
    return {"build-again": [_build(bench.township).seconds]}


def sample(bench: Bench) -> Figures:
    """The sample year from scratch; of no number of records."""
    bench.sample.clear(Township.CACHES, Township.SITE)
    return _figures("sample", _build(bench.sample))


def _build(township: Township) -> Taken:
    return timed(township.script("build.py"), township.root)


def _be_built(township: Township) -> None:
    if not township.site.exists():
        _build(township)


def preview(bench: Bench) -> Figures:
    command = bench.township.script("preview.py", "--port", "0")
    with serving(command, bench.township.root, r"预览：http://127\.0\.0\.1:(\d+)/") as port:
        return {"preview": edits_seen(bench.township, port)}


def search(bench: Bench) -> Figures:
    _be_built(bench.township)
    files = (bench.township.records / "2024/activities").iterdir()
    text = [file.read_text(encoding="utf-8") for file in itertools.islice(sorted(files), QUERIES)]
    titles = re.findall(r"(?m)^标题: (.+)$", "\n".join(text))
    taken = browser.search(bench.township.site / "index.html", titles)
    return {f"search.{name}": values for name, values in taken.items()}


# What a user would pick instead


def plain(bench: Bench) -> Figures:
    taken = timed(bench.plain.mkdocs("build", "--quiet"), bench.plain.root)
    sizes = {f"plain.{name}": [size] for name, size in bench.plain.sizes().items()}
    return {**_figures("plain", taken), **sizes}


def plain_preview(bench: Bench) -> Figures:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    # Without --livereload, MkDocs 1.6.1 does not see edits where click is newer than it.
    command = bench.plain.mkdocs("serve", "--livereload", "--dev-addr", address)
    with serving(command, bench.plain.root, r"Serving on http://127\.0\.0\.1:(\d+)/") as port:
        return {"plain-preview": edits_seen(bench.plain, port)}


def hugo(bench: Bench) -> Figures:
    bench.hugo.clear(Hugo.SITE)
    assert bench.hugo_command
    pages = timed([bench.hugo_command, "--quiet"], bench.hugo.root)
    figures = {"hugo.pages": [pages.seconds]}
    assert bench.pagefind_command
    index = timed([bench.pagefind_command, "--site", Hugo.SITE, "--quiet"], bench.hugo.root)
    figures["hugo.search"] = [index.seconds]
    both = Taken(
        pages.seconds + index.seconds,
        pages.processor + index.processor,
        max(pages.megabytes, index.megabytes),
    )
    sizes = {f"hugo.{name}": [size] for name, size in bench.hugo.sizes().items()}
    return {**_figures("hugo", both), **figures, **sizes}


def _figures(name: str, taken: Taken) -> Figures:
    told = {"processor": taken.processor, "memory": taken.megabytes}
    parts = {f"{name}.{part}": [value] for part, value in told.items() if value}
    return {name: [taken.seconds], **parts}


# All of them


@dataclass(frozen=True)
class Measure:
    """`once`: not again for every run, number of records or workload."""

    meaning: str
    take: Callable[[Bench], Figures]
    once_a_block: bool = False
    once: bool = False


# In the order of a run: what comes first leaves behind what the next one starts from.
MEASURES: dict[str, Measure] = {
    "check": Measure("检查全部记录，没有缓存", check),
    "check-again": Measure("再检查一遍，什么也没有改", check_again),
    "check-one": Measure("检查一个文件", check_one),
    "imports": Measure("只装入检查一个文件要的程序", imports),
    "build": Measure("从头生成：没有网页，没有缓存；另量网页、索引和内存", build),
    "build-edit": Measure("改一条记录以后生成", build_edit),
    "build-again": Measure("再生成一遍，什么也没有改", build_again),
    "search": Measure("在浏览器里打开文件夹里的网页，搜索", search),
    "plain": Measure("普通做法（tests/bench/plain）生成同样的记录", plain),
    "hugo": Measure("Hugo 加 Pagefind 生成同样的记录", hugo),
    "preview": Measure("预览：改一条记录，到网页上看得见", preview, once_a_block=True),
    "plain-preview": Measure(
        f"普通做法的预览；不指名的，只量 {PLAIN_PREVIEW_UP_TO} 条以内的",
        plain_preview,
        once_a_block=True,
    ),
    "sample": Measure("示例年份从头生成", sample, once=True),
}


def found(command: str | None, names: Sequence[str]) -> str | None:
    """A program: where one was named, there; otherwise on the way."""
    return shutil.which(command) if command else next(filter(None, map(shutil.which, names)), None)


def why_not(bench: Bench, name: str) -> str:
    """Why something cannot be measured here; empty where it can."""
    if name == "search":
        return browser.why_not()
    if name == "hugo":
        wanted = {"hugo": bench.hugo_command, "pagefind": bench.pagefind_command}
        missing = [program for program, command in wanted.items() if not command]
        return f"没有找到 {'、'.join(missing)}" if missing else ""
    return ""
