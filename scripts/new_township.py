#!/usr/bin/env python3
"""Make a project for another township: `python3 scripts/new_township.py FOLDER`."""

from lib import ROOT, environment
from lib.building import BuildFailed, settings_file
from lib.command_line import CommandLine, is_readable, projects_around, usage
from lib.conversation import ask_facts
from lib.installed import VENV
from lib.packages import WHEELS
from lib.process import INTERRUPTED, say, stop_once
from lib.project_files import project_files

import contextlib
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Optional

from fazhi.problems.reasons import reason


def main() -> int:
    environment.ensure()

    from fazhi.commands.new_township import QUESTIONS, facts, fault, made

    parser = CommandLine(usage(__file__), "--today")
    parser.add_argument("folder", type=Path)
    for question in QUESTIONS:
        parser.add_argument(f"--{question.key}", dest=question.key)
    options = parser.parse_args()
    today = parser.day(options.today)
    try:
        site = settings_file().decode("utf-8").replace("\r\n", "\n")
    except BuildFailed as error:
        parser.refuse(str(error))
    target = empty_folder(parser, options.folder)
    typed = {question.key: getattr(options, question.key) for question in QUESTIONS}
    given = {key: text for key, text in typed.items() if text is not None}
    if not all(map(is_readable, given.values())):
        parser.refuse("选项里有认不出来的字，终端要用 UTF-8 编码。")
    stop_once()
    try:
        answers = answered(given, lambda said: fault(said, site, today))
        if answers is None:
            return 1
        say("正在拷贝程序和运行环境…")
        make(target, made(facts(answers), site))
    except (KeyboardInterrupt, EOFError) as stop:
        say("\n没有做。")
        return INTERRUPTED if isinstance(stop, KeyboardInterrupt) else 1
    except OSError as error:
        why = reason(error, "有的文件拷不过去")  # of several files there is none
        place = error.filename2 or error.filename or target
        say(f"写不进去：{place}（{why}）。换一个能写、放得下的地方。没有做成。")
        return 1
    print(f"做好了：{target}")
    print("接着打开那个文件夹里的 README.md，在那里运行 python3 scripts/new_record.py")
    return 0


def empty_folder(parser: CommandLine, folder: Path) -> Path:
    """Where the new project will be; refuses a place that is taken, or in this project."""
    target: Path = folder.resolve()
    around = projects_around(target)
    if around:
        place = "已经是一个项目" if target in around else "在一个项目里面"
        parser.refuse(f"{target} {place}，换一个外面的文件夹。")
    if not is_readable(str(target)):
        parser.refuse(f"{target} 里有认不出来的字，换一个名称。")
    if target == Path.cwd():
        parser.refuse("不能做在终端正在的文件夹里：到上一级，写明它的名称。")
    if target.exists() and not target.is_dir():
        parser.refuse(f"{target} 是一个文件，换一个名称。")
    try:
        if target.exists() and any(target.iterdir()):
            parser.refuse(f"{target} 不是空的，换一个空的或者还没有的文件夹。")
    except OSError as error:
        parser.refuse(f"{target} 用不了（{reason(error)}）。")
    return target


# The answers


def answered(
    given: "dict[str, str]", fault: Callable[[Mapping[str, str]], str]
) -> "Optional[dict[str, str]]":
    """The answers that were given, and those to what is asked for; None where one will not do."""
    from fazhi.commands.new_township import QUESTIONS

    for key, text in given.items():
        wrong = fault({key: text})
        if wrong:
            say(f"--{key} {text}：{wrong}\n没有做。")
            return None
    missing = [one for one in QUESTIONS if one.required and one.key not in given]
    if missing and sys.stdin.isatty():
        return ask_facts(QUESTIONS, given, fault)
    for question in missing:
        say(f"缺少“{question.key}”：加上 --{question.key}（{question.text}）")
    if missing:
        say("没有做。")
    return None if missing else {"县": "", **given}


# The folder


def make(target: Path, own: Mapping[str, str]) -> None:
    """Make the whole folder beside its place, and move it there last; say what of this one was left
    here that no program put there."""
    from fazhi.commands.new_township import LEFT_HERE, is_taken_along
    from fazhi.sources.aside import own_folder

    target.parent.mkdir(parents=True, exist_ok=True)
    with own_folder(target.parent) as folder:
        unfinished = folder / target.name
        for path in project_files():
            if is_taken_along(path.as_posix()):
                (unfinished / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, unfinished / path)
            elif not path.as_posix().startswith(LEFT_HERE):
                say(f"没有带过去，不是程序的文件：{path.as_posix()}")
        for name, text in own.items():
            file = unfinished / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        # Its own environment, so that it needs neither a network nor this folder.
        for inside in filter(Path.is_dir, (VENV, WHEELS)):
            shutil.copytree(inside, unfinished / inside.name, symlinks=True)
        with contextlib.suppress(FileNotFoundError):
            target.rmdir()  # Windows moves nothing over a folder, be it empty
        unfinished.rename(target)


if __name__ == "__main__":
    sys.exit(main())
