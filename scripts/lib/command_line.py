"""A command line in Chinese: its own help text, and exit code 2 for what is wrong with it."""

from lib import ROOT
from lib.process import FULL, say

import argparse
import contextlib
import difflib
import errno
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Optional

from fazhi.problems.reasons import reason
from fazhi.sources import aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fazhi.problems.problem import Problem
    from fazhi.project import Project
    from fazhi.schema.township import Settings


_SHARED: "dict[str, dict[str, Any]]" = {  # of several commands; any other is a flag
    "--edition": {"choices": ("public", "internal"), "default": "public"},
    "--out": {"type": Path},
    "--root": {"type": Path},
    "--today": {},
}
_ADVICE = {
    **dict.fromkeys(FULL, "腾出地方再试"),
    errno.EROFS: "这个文件夹不能写入：换一个能写的地方",
    errno.EEXIST: "再运行同一条命令，照现在的来",
    errno.ENODEV: "换一个文件",
    errno.ENOENT: "那里做不了文件夹：换一个地方",
    errno.ENOTDIR: "上面有一个同名的文件：换一个地方",
    errno.EISDIR: "那里有一个同名的文件夹：移走再试",
    errno.ENOTEMPTY: "那里有一个同名的文件夹：移走再试",
}


_PROGRAM = "那里放的是程序"
_KEPT = {  # in the folder of a project, beside all that is hidden
    **dict.fromkeys(("records", "docs"), "那里放的是原稿和记录"),
    **dict.fromkeys(("fazhi", "hooks", "scripts", "overrides", "tests", "wheels"), _PROGRAM),
    **dict.fromkeys(("site", "site-internal"), "那里是生成的网页，下一次生成就没有了"),
    **dict.fromkeys(("readme.md", "changelog.md", "contributing.md"), "那里放的是说明"),
}


class CommandLine(argparse.ArgumentParser):
    """argparse with a help text of ours; `options` are those that several commands have, and flags."""

    def __init__(self, help_text: str, *options: str) -> None:
        super().__init__(prog=Path(sys.argv[0]).name, allow_abbrev=False)
        self.help_text = help_text
        self.register("type", Path, _named)
        for name in options:
            self.add_argument(name, **_SHARED.get(name, {"action": "store_true"}))

    def parse_args(self, *given: Any) -> argparse.Namespace:  # type: ignore[override]
        if any(text.startswith("--") and text.endswith("=--") for text in sys.argv[1:]):
            self.error("")  # argparse would take the value for the end of the options, and go on
        try:
            options: argparse.Namespace = super().parse_args(*given)
        except SystemExit:  # wrongly written, or asked how to be
            clear_left_behind(_written_in(ROOT))
            raise
        try:
            Path.cwd()
        except OSError:
            self.refuse("现在所在的文件夹已经没有了：换到项目的文件夹里，再运行。")
        values = (one if isinstance(one, list) else [one] for one in vars(options).values())
        places = [place for held in values for place in held if isinstance(place, Path)]
        for place in places:
            try:
                place.exists()
                place.resolve()
            except OSError as error:  # it is too long, or behind a folder that nobody may open
                self.refuse(f"{place} 用不了（{reason(error)}）。")
            except RuntimeError:  # OSError from Python 3.13 on
                self.refuse(f"{place} 用不了（链接绕回了自己）。")
        options.root = (getattr(options, "root", None) or ROOT).resolve()
        # A file is written beside its place, or above that where the folder is missing.
        above = [next(filter(Path.exists, p.absolute().parents), p) for p in places]
        clear_left_behind([*_written_in(options.root), *places, *above])
        return options

    def error(self, message: str) -> NoReturn:
        known = self._option_string_actions
        for text in sys.argv[1:]:
            option = text.split("=")[0]
            if text.startswith("--") and len(text) > 2 and option not in known:
                near = difflib.get_close_matches(option, known, n=1)
                self.refuse(f"没有 {option} 这个选项。{f'是不是 {near[0]}？' if near else ''}")
        if any(not text or text.endswith("=") for text in sys.argv[1:]):
            self.refuse("有一处是空的：写明文件、文件夹或者别的，不写的就整个删去。")
        self.refuse(f"看不懂这条命令：{self.prog} {' '.join(sys.argv[1:])}")

    def refuse(self, message: str) -> NoReturn:
        """Say why the command cannot be obeyed, and how it is written; exit code 2."""
        say(f"{message}\n\n{self.help_text}")
        sys.exit(2)

    def check_folder(self, out: Path, root: Path, is_site: bool = False) -> None:
        """Refuse what is no folder, a link, a project, or among the records, texts, programs or other
        sites of one."""
        self._refuse_other(out)
        if out.resolve() in projects_around(out.resolve()):
            self.refuse(f"不能放进 {out}：那里是项目的文件夹，换一个它里面的，如 dist。")
        self._refuse_kept(out, root, is_site)

    def check_file(self, out: Path, root: Path, *endings: str) -> None:
        """Refuse what ends otherwise: so no text and no setting is written over; what is a link or read
        only; and where no folder may be."""
        if out.suffix.lower() not in endings:
            self.refuse(f"{out} 的末尾要是 {'、'.join(filter(None, endings))}。")
        if out.is_symlink() or (out.exists() and not out.stat().st_mode & 0o222):
            self.refuse(f"{out} 是链接，或者是只读的：不覆盖，换一个名称。")
        self._refuse_other(out.absolute().parent)
        self._refuse_kept(out, root)

    def _refuse_other(self, out: Path) -> None:
        if out.is_symlink() or (out.exists() and not out.is_dir()):
            self.refuse(f"{out} 不是文件夹。")

    def _refuse_kept(self, out: Path, root: Path, is_site: bool = False) -> None:
        if not is_readable(str(out)):
            self.refuse(f"{out} 里有认不出来的字，换一个名称。")
        real = out.resolve()
        for project in {root.resolve(), *projects_around(real)}.intersection(real.parents):
            first = real.relative_to(project).parts[0].lower()
            why = _PROGRAM if first.startswith(".") else _KEPT.get(first)
            if why and not (is_site and real.parent == project and "site" in first):
                self.refuse(f"不能放进 {out}：{why}。")

    def day(self, typed: Optional[str]) -> date:
        """The day that --today names, or today; refuses what is no day, or of no year of records."""
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(typed) if typed else date.today()
            if 1980 <= day.year < 2100:
                return day
        self.refuse(f"“{typed}”不是日期，写成 2024-12-31 这样。")

    def format_help(self) -> str:
        return self.help_text


def _named(typed: str) -> Path:
    """A file or folder; argparse refuses an empty name, which Path takes for the current folder."""
    if not typed:
        raise ValueError
    return Path(typed)


def _written_in(root: Path) -> "list[Path]":
    """The folders of a project beside or in which commands write."""
    return [root / name for name in ("", "records", "dist", "dist-internal")]


def clear_left_behind(places: "Iterable[Path]") -> None:
    """Remove what killed commands left; what stays is told."""
    for sentence in aside.clear(places):
        say(sentence)


def projects_around(place: Path) -> "list[Path]":
    """The folders that a place is or lies in, and that are projects, as far as one may look into them."""
    found = []
    for around in (place, *place.parents):
        with contextlib.suppress(PermissionError):
            if (around / "records").is_dir() and (around / "mkdocs.yml").is_file():
                found.append(around)
    return found


def is_readable(text: str) -> bool:
    """Whether a terminal of another encoding has not left pieces that are no characters."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def usage(command: str) -> str:
    """How a command is written, by its file: the text of its name in `usage`, beside it."""
    file = Path(command)
    return (file.parent / "usage" / f"{file.stem}.txt").read_text(encoding="utf-8")


def unwritten(error: OSError, place: Optional[Path] = None) -> str:
    """Which file could not be written (or where, if none is named), why, and what to do."""
    advice = _ADVICE.get(error.errno or 0, "没有写的权限，或者在 WPS、Word 里打开着")
    written = error.filename2 or error.filename or place or "磁盘"
    return f"写不进去：{written}（{reason(error)}）。{advice}。"


@contextlib.contextmanager
def writing(place: Optional[Path] = None, then: str = "", code: int = 1) -> "Iterator[None]":
    """What cannot be written is reported, and ends the command with an exit code."""
    try:
        yield
    except OSError as error:
        say(unwritten(error, place) + then)
        sys.exit(code)


def project_of(root: Path) -> "Project":
    """A project as it is today; every problem is printed, and with an error the exit code is 1."""
    from fazhi import project
    from fazhi.sources.tree import Folder

    checked = project.load(Folder(root), date.today())
    stop_at_errors(checked.problems)
    return checked


def report(problems: "Iterable[Problem]") -> None:
    """Print every problem, in a line; standard output stays free for results."""
    from fazhi.problems import formats

    for problem in problems:
        say(formats.line(problem))


def stop_at_errors(problems: "list[Problem]") -> None:
    """Print every problem; with an error among them, the exit code is 1."""
    from fazhi.problems.problem import has_errors

    report(problems)
    if has_errors(problems):
        say("有错误，什么也没有写。")
        sys.exit(1)


def settings_of(root: Path) -> "Settings":
    """A project's settings; where they are faulty, every fault is printed and the exit code is 1."""
    from fazhi.schema import township
    from fazhi.sources.tree import Folder

    configured, problems = township.load(Folder(root))
    if configured is None:
        report(problems)
        say("设置文件有错：改好以后，再运行同一条命令。")
        sys.exit(1)
    return configured
