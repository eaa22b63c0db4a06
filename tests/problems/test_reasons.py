"""Why the system refused is said in Chinese, whatever it was, and in one place."""

from __future__ import annotations

import errno
import os

import pytest

from fazhi.problems.reasons import reason
from tests.support.building import ROOT

PROGRAM = [file for part in ("fazhi", "hooks", "scripts") for file in (ROOT / part).rglob("*.py")]


@pytest.mark.parametrize("number", errno.errorcode)
def test_no_english_is_left(number: int) -> None:
    said = reason(OSError(number, os.strerror(number), "文件"))
    assert os.strerror(number) not in said
    assert any("\u4e00" <= char <= "\u9fff" for char in said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "拒绝访问。"), "拒绝访问。"),  # Windows says it in Chinese
        (OSError(4711, "Unheard of"), "系统错误 4711"),
        (OSError("cannot identify image file"), "读不出来"),
        (OSError(), "读不出来"),
    ],
)
def test_what_is_said_in_chinese_stays_and_a_number_is_told(error: OSError, said: str) -> None:
    assert reason(error, "读不出来") == said


def test_nobody_else_hands_on_what_the_system_says() -> None:
    telling = [file for file in PROGRAM if ".strerror" in file.read_text(encoding="utf-8")]
    assert [file.name for file in telling if "os.strerror(" not in file.read_text()] == [
        "reasons.py"
    ]
