"""The checker's output: a mark under the fault, annotations that parse back, JSON by its schema."""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from wcwidth import wcwidth

from fazhi.problems import formats
from fazhi.problems.problem import Problem, Severity
from fazhi.problems.quoting import printable
from fazhi.schema.faults import wrong_form
from fazhi.schema.spelling import one_line
from fazhi.sources.faults import not_utf8, windows_line_ends
from fazhi.sources.text import readable_lines
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.running import ran_script

RECORD = "records/2024/activities/宪法宣传.md"
TEXT = """\
---
标题: 宪法宣传
日期: 2024-12-04
类别: {类别}
地点: 场镇
发放资料份数: 23
---
"""


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return ran_script(
        "check_records.py", "--today", str(TODAY), *arguments, cwd=ROOT, **environment
    )


def shown(problems: list[Problem], root: Path) -> list[str]:
    return list(formats.text(problems, partial(readable_lines, Folder(root))))


def marked(line: str, mark: str) -> str:
    """What stands on a terminal above the marks."""
    at, found = 0, ""
    for char in line:
        width = wcwidth(char)
        if "^" in mark[at : at + width]:
            found += char
        at += width
    return found


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        ("参加人数: 160", 1, "参"),
        ("参加人次：160", 5, "："),
        ("标题: ｗｉｄｅ 一二三 x", 5, "ｗ"),
        ("abc", 3, "c"),
        ("一" * 200 + "溯" + "二" * 200, 201, "溯"),
        ("a" * 200 + "溯", 201, "溯"),
        ("\t字", 2, "字"),
        ("零宽\u200b后面", 4, "后"),
        ("甲e\u0301乙", 4, "乙"),
        ("👍好", 2, "好"),
    ],
)
def test_the_mark_is_under_the_fault(tmp_path, line, column, fault):
    (tmp_path / "a.md").write_text(f"第一行\n{line}\n", encoding="utf-8", newline="\n")
    problem = Problem("a.md", 2, column, *wrong_form("不对", "改"))
    _, above, mark, *_ = shown([problem], tmp_path)
    assert marked(above, mark) == fault
    assert above.startswith("     2 | ")
    assert sum(max(wcwidth(char), 0) for char in above) <= 9 + formats.WIDTH


@pytest.mark.parametrize("text", ["一行\n", "一行\n" * 40_000])
def test_a_line_past_the_end_or_of_a_huge_file_has_no_excerpt(tmp_path, text):
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    problem = Problem("a.md", 9, 1, "FZ000", "不对", "改", Severity.ERROR)
    assert shown([problem], tmp_path) == ["a.md:9:1: 错误 FZ000 不对。改"]


def test_help_of_a_rule_comes_once(tmp_path):
    problems = [Problem("a.md", n, 1, *wrong_form("不对", "改")) for n in (1, 2, 3)]
    assert "\n".join(shown(problems, tmp_path)).count("docs/rules/FZ203.md") == 1


def test_the_line_is_shown_without_personal_data(make_project):
    root = make_project({RECORD: TEXT.format(类别="宣传活动") + "联系 13800138000\n"})
    done = run("--root", root)
    assert "FZ501" in done.stdout
    assert "13800138000" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "138*0000*0000",
        "138&#48;0000000",
        "138\n00000000",
        "138\u200b00000000",
        r'"1\u00338\x300000000"',
    ],
)
def test_personal_data_that_marks_keep_apart_is_not_shown(line, tmp_path):
    (tmp_path / "a.md").write_text(f"联系{line}。\n", encoding="utf-8")
    problems = [Problem("a.md", number, 1, *wrong_form("有手机号", "删去")) for number in (1, 2)]
    assert not [line for line in shown(problems, tmp_path) if " | " in line and "0000" in line]


def test_a_utf16_file_has_no_excerpt(tmp_path):
    (tmp_path / "a.md").write_bytes("联系13800000000\n".encode("utf-16"))
    problem = Problem("a.md", 1, 1, *not_utf8("GBK"))
    assert not [line for line in shown([problem], tmp_path) if " | " in line]


def test_output_of_a_gbk_file_shows_its_line(make_project):
    root = make_project({RECORD: TEXT.format(类别="宣传活动").encode("gbk")})
    done = run("--root", root)
    assert "标题: 宪法宣传" in done.stdout
    assert "Traceback" not in done.stderr


def test_only_a_terminal_is_coloured(make_project):
    root = make_project({RECORD: TEXT.format(类别="没有的")})
    assert "\x1b" not in run("--root", root).stdout
    done = in_terminal("--root", str(root))
    assert "\x1b[1;31m错误 FZ301\x1b[0m" in done
    assert "\x1b" not in in_terminal("--root", str(root), NO_COLOR="1")


def in_terminal(*arguments: str, **environment: str) -> str:
    """What the command prints when its output is a terminal."""
    pty = pytest.importorskip("pty", reason="这个系统没有伪终端")
    main, side = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "scripts/check_records.py", "--today", str(TODAY), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        stdout=side,
        stderr=subprocess.DEVNULL,
    )
    os.close(side)
    pieces = []
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(main)
    child.wait(60)
    return b"".join(pieces).decode("utf-8")


# GitHub


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the host's runner reads it."""
    match = re.fullmatch(r"::(\w+) ([^:]*(?::(?!:)[^:]*)*)::(.*)", line)
    assert match, line
    pairs = (pair.split("=", 1) for pair in match[2].split(","))
    properties = {key: unescaped(value, "%3A", "%2C") for key, value in pairs}
    return match[1], properties, unescaped(match[3])


def unescaped(value: str, *more: str) -> str:
    for code in ("%0D", "%0A", *more):
        value = value.replace(code, bytes.fromhex(code[1:]).decode())
    return value.replace("%25", "%")


NASTY = ["50%", "a%0Ab", "a::error file=x::b", "甲\n乙", "甲,乙:丙=丁", "%25%0D", "::warning ::"]


@pytest.mark.parametrize("value", NASTY)
def test_an_annotation_parses_back(value):
    problem = Problem(f"records/{value}.md", 3, 7, *wrong_form(f"没有“{value}”", "改"))
    (line,) = formats.github([problem])
    assert "\n" not in line
    level, properties, message = parsed(line)
    assert (level, message) == ("error", printable(f"没有“{value}”。改"))
    assert properties["file"] == printable(f"records/{value}.md")
    assert (properties["line"], properties["col"]) == ("3", "7")
    assert properties["title"].startswith("FZ203 ")


def nasty_records() -> dict[str, str]:
    """A record with each of the nasty values where the vocabulary has a word, by its path."""
    texts = [TEXT.format(类别=json.dumps(value, ensure_ascii=False)) for value in NASTY]
    return {RECORD.replace("宪法", f"{place}"): text for place, text in enumerate(texts)}


def test_annotations_of_real_records_parse_back(make_project):
    records = nasty_records()
    lines = run("--root", make_project(records), "--format", "github").stdout.splitlines()
    for line, path, value in zip(lines, records, NASTY, strict=True):
        level, properties, message = parsed(line)
        assert (level, properties["file"]) == ("error", path)
        assert f"“{printable(one_line(value))}”" in message


def test_a_warning_is_a_warning(make_project):
    root = make_project({RECORD: TEXT.format(类别="宣传活动").replace("\n", "\r\n")})
    done = run("--root", root, "--format", "github")
    assert (done.returncode, parsed(done.stdout.strip())[0]) == (0, "warning")


# JSON


def validated(text: str) -> dict[str, Any]:
    schema = json.loads((ROOT / "docs/guide/schemas/problems.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    report: dict[str, Any] = json.loads(text)
    jsonschema.validate(report, schema)
    return report


def test_json_validates(make_project):
    records = nasty_records()
    done = run("--root", make_project(records), "--format", "json")
    report = validated(done.stdout)
    files = 2 + len(NASTY)
    assert (report["errors"], report["warnings"], report["files"]) == (len(NASTY), 0, files)
    for problem, path, value in zip(report["problems"], records, NASTY, strict=True):
        assert (problem["path"], problem["page"]) == (path, "docs/rules/FZ301.md")
        assert f"“{one_line(value)}”" in problem["message"]


def test_json_of_nothing_wrong_and_of_what_was_mended(make_project):
    good = TEXT.format(类别="宣传活动")
    root = make_project({RECORD: good.replace("地点: ", "地点：")})
    report = validated(run("--root", root, "--format", "json", "--fix").stdout)
    assert (report["errors"], report["problems"]) == (0, [])
    (mended,) = (one for one in report["fixed"] if one["path"] == RECORD)
    assert mended["line"] == 5
    assert (root / RECORD).read_text(encoding="utf-8") == good
    assert validated(run("--root", root, "--format", "json").stdout)["fixed"] == []


def test_json_is_all_that_standard_output_holds(make_project):
    name = os.fsdecode("宣传.md".encode("gbk"))
    root = make_project({})
    (root / RECORD).rename(root / RECORD.replace("宪法宣传.md", name))
    report = validated(run("--root", root, "--format", "json").stdout)
    assert report["errors"] == 1


def test_severities_of_json():
    problems = [
        Problem("a", 1, 1, *wrong_form("不对", "改")),
        Problem("a", 1, 1, *windows_line_ends()),
    ]
    report = formats.report(problems, 1)
    assert [problem.severity for problem in report.problems] == ["error", "warning"]
    assert (report.errors, report.warnings) == (1, 1)
