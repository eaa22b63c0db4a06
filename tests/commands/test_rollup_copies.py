"""Reports of townships that share sentences are found where their figures are added up."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from fazhi.commands import rollup
from fazhi.output.data import figures_json
from fazhi.output.view import View
from fazhi.report.editions import Edition, Gate
from tests import conftest
from tests.conftest import BASE, MakeProject, checked

ONE = json.loads((conftest.CASES / "rollup/townships/甲乡/figures.json").read_text("utf-8"))
SAME = [f"依托乡村，力量掌握社情民意{sign}" for sign in "甲乙丙丁戊己庚辛"]


def own(name: str, count: int) -> list[str]:
    return [f"{name}的办法作了修订，由各村讨论{n}" for n in range(count)]


def rolled_up(folder: Path, reports: Mapping[str, Any]) -> rollup.Rollup:
    files = []
    for name, held in reports.items():
        said = {"sentences": held} if isinstance(held, Sequence) else held
        files.append(folder / f"{name}-figures.json")
        files[-1].write_text(json.dumps({**ONE, "publisher": name, **said}), encoding="utf-8")
    made, gathered = rollup.roll_up(files)
    assert made, gathered.refused
    return made


def test_two_reports_that_share_sentences_are_named(tmp_path: Path) -> None:
    reports = {
        "丙镇": own("丙", 30),
        "乙乡": [*SAME[:5], *own("乙", 15)],
        "甲乡": [*own("甲", 35), *SAME[:5]],
        "丁乡": [],
    }
    made = rolled_up(tmp_path, reports)
    (pair,) = made.copied
    assert pair.townships == {"乙乡": 20, "甲乡": 40}
    assert pair.sentences == sorted(SAME[:5])
    shown = rollup.table(made)
    assert "乙乡（20句）、甲乡（40句）：5句，如“依托乡村" in shown
    assert "丙镇（" not in shown
    backwards = rolled_up(tmp_path, dict([*reports.items()][::-1]))
    assert rollup.files(backwards) == rollup.files(made)


@pytest.mark.parametrize(("same", "of"), [(2, 5), (5, 60), (0, 0)])
def test_what_every_report_says_is_no_copy(same: int, of: int, tmp_path: Path) -> None:
    reports = {name: [*SAME[:same], *own(name, of - same)] for name in ("甲乡", "乙乡")}
    made = rolled_up(tmp_path, reports)
    assert made.copied == []
    assert "一样的句子" not in rollup.table(made)


def test_an_answered_pair_is_only_counted(tmp_path: Path) -> None:
    reports = {"甲乡": SAME, "乙乡": {"sentences": SAME, "reused": True}}
    made = rolled_up(tmp_path, reports)
    assert [pair.reused for pair in made.copied] == [True]
    shown = rollup.table(made)
    assert "另有 1 对" in shown
    assert "8句" not in shown


def test_what_many_say_was_given_to_all(tmp_path: Path) -> None:
    reports = {f"第{n}乡": [*SAME, *own(str(n), 2)] for n in range(11)}
    made = rolled_up(tmp_path, reports)
    assert (made.copied, made.common) == ([], sorted(SAME))
    assert "十个以上的乡镇都有的 8 句" in rollup.table(made)
    few = rolled_up(tmp_path, {name: reports[name] for name in list(reports)[:7]})
    assert (len(few.copied), few.common) == (21, [])
    assert "还有 1 对" in rollup.table(few)


REPORT = "docs/report/2024.md"


@pytest.mark.parametrize("edition", Edition)
def test_the_sentences_are_published_and_the_reason_is_not(
    edition: Edition, make_project: MakeProject
) -> None:
    text = (BASE / REPORT).read_text(encoding="utf-8").replace("东", "西")
    answered = text.replace("\n---\n", "\n沿用: 上级统一的表述\n---\n", 1)
    (year,) = checked(make_project({REPORT: answered})).years
    view = View(year, Gate(edition, year.settings))
    written = json.loads(figures_json.written(figures_json.document(view)))
    assert written["sentences"] == [
        "全年开展宣传活动，发放宣传资料，受理矛盾纠纷",
        "党政主要负责人带头学法用法",
        "宣传形式单一，主要原因是力量不足",
    ]
    assert written["reused"] is True
    assert "上级统一" not in str(written)
