"""Tests end well where the machine lacks something, or was told to ignore Ctrl-C."""

from __future__ import annotations

import signal
import sys

import pytest

from tests.support.building import ROOT
from tests.support.machine import tool
from tests.support.running import Terminal


def test_what_is_missing_is_named_and_the_test_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="没有找到 甲 或 乙"):
        tool("甲", "乙")


def test_under_ci_what_is_missing_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="没有找到 甲 或 乙"):
        tool("甲", "乙")


WAITING = "import time; print('甲> ', end='', flush=True); time.sleep(60)"


@pytest.mark.skipif(sys.platform == "win32", reason="这个系统没有伪终端")
def test_ctrl_c_is_heard_where_the_tests_ignore_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        terminal = Terminal(["-c", WAITING], ROOT)
        assert terminal.asked() == "甲> "
        said = terminal.interrupted()
    finally:
        signal.signal(signal.SIGINT, before)
    assert "KeyboardInterrupt" in said
    assert terminal.ends() == -signal.SIGINT
