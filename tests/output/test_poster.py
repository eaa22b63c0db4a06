"""一图读懂 on one long picture and on paper: what they say, how large they are, the same anywhere."""

from __future__ import annotations

import io
import re
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from fazhi import project
from fazhi.output import documents, typesetting
from fazhi.output.documents import Document, document_of, layout
from fazhi.output.pictures import infographic, poster
from fazhi.output.pictures.model import Chart, Infographic
from fazhi.output.view import View
from fazhi.problems.problem import has_errors
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder, Tree
from tests.conftest import BASE, TODAY, MakeProject
from tests.support import forms
from tests.support.building import ROOT, Project, swap, unpacked
from tests.support.machine import fontless
from tests.support.running import ran_script
from tests.support.trees import Overlay

pytest_plugins = ["tests.support.sites"]

MOST = 2_000_000
FIGURES = (BASE / "records/figures.yml").read_text(encoding="utf-8")
DRAWN = FIGURES.replace("字段: 发放资料份数}", "字段: 发放资料份数, 首页: 是, 图: 柱}")


def view_of(tree: Tree, edition: Edition = Edition.PUBLIC) -> View:
    checked = project.load(tree, TODAY.replace(year=2026))
    assert not has_errors(checked.problems), checked.problems
    year = next(year for year in checked.years if year.year == 2024)
    return View(year, Gate(edition, year.settings))


@cache
def sample_of(root: Path) -> tuple[Infographic, Document, bytes, bytes]:
    """What is shown of the sample year, its report, the picture and the poster."""
    view = view_of(Folder(root))
    shown, report = infographic.of(view), document_of(view)
    return shown, report, picture(shown, report), poster_of(shown, report)


@pytest.fixture
def year(sample: Project) -> tuple[Infographic, Document, bytes, bytes]:
    return sample_of(sample.root)


def picture(shown: Infographic, report: Document) -> bytes:
    return poster.forms(shown, report)[".png"]()


def poster_of(shown: Infographic, report: Document) -> bytes:
    return poster.forms(shown, report)[".pdf"]()


def pictures_of(view: View) -> dict[str, bytes]:
    """The picture and the poster among the documents of a year, by the ending of their names."""
    return {ending: make() for ending, make in makers_of(view).items()}


def makers_of(view: View) -> dict[str, Callable[[], bytes]]:
    """What makes them, which takes most of the time."""
    forms = documents.forms(view)
    return {name.rpartition(".")[2]: make for name, make in forms.items() if "图解" in name}


def said(pdf: bytes) -> list[str]:
    """The text of each page, without any space."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        pages = forms.said("pdftotext", "-raw", Path(file.name), "-").split("\f")[:-1]
    return ["".join(page.split()) for page in pages]


def charts(shown: Infographic) -> Iterator[Chart]:
    return (chart for panel in shown.panels for chart in panel.charts)


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        found.append(png[at + 4 : at + 8])
        at += size + 12
    return found


def of_many(shown: Infographic, times: int) -> Infographic:
    panels = (replace(panel, charts=panel.charts * times) for panel in shown.panels)
    return replace(shown, panels=tuple(panels))


# What they say


def test_the_poster_says_all_that_is_shown(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, _, _, pdf = year
    text = "".join(said(pdf))
    texts = [shown.title, *shown.issuers, shown.written, shown.contact, *shown.sources]
    texts += [*shown.marks, *(block.name for block in shown.blocks)]
    texts += [text for block in shown.blocks for point in block.points for text in point]
    texts += [each for key in shown.keys for each in (key.name, key.words, key.last)]
    texts += [key.change for key in shown.keys]
    texts += [key.note for key in shown.keys]
    texts += [each.name for each in shown.changes]
    texts += [key.note for each in shown.changes for key in each.figures]
    texts += [key.name for each in shown.changes for key in each.figures]
    texts += [panel.section for panel in shown.panels]
    texts += [each for chart in charts(shown) for each in (chart.finding, chart.words, chart.note)]
    texts.append(shown.scope)
    assert len(texts) > 40
    assert [each for each in texts if "".join(each.split()) not in text] == []
    drawn = {
        word for chart in charts(shown) for word in re.findall(r">([^<]+)</text>", chart.drawing)
    }
    assert [word for word in drawn if "".join(word.split()) not in text] == []


def test_a_card_without_last_years_number_says_nothing_of_it(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, report, *_ = year
    first, *rest = shown.keys
    keys = (replace(first, last="", change="", direction=None), *rest)
    text = "".join(said(poster_of(replace(shown, keys=keys, panels=shown.panels[:1]), report)))
    assert text.count("上年") > 1 and "上年暂无" not in text


def test_the_poster_is_read_without_seeing_it(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, report, _, pdf = year
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.root_object
    assert str(root["/Lang"]) == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(r'pdfuaid:part(?:="|>)1', root["/Metadata"].get_object().get_data().decode())
    assert reader.metadata and reader.metadata.title == f"{shown.title}（示例）"
    assert reader.metadata.author is None and reader.metadata.creation_date
    assert reader.metadata.creation_date.date() == report.written
    held: list[Any] = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    held += [reader.get_object(number) for number in reader.xref_objStm]
    alts = [str(each["/Alt"]) for each in held if isinstance(each, dict) and "/Alt" in each]
    assert sorted(alts) == sorted(chart.text for chart in charts(shown) if chart.drawing)
    titles = ["这一年", *(panel.section for panel in shown.panels)]
    titles += [*(block.name for block in shown.blocks), "来源和联系"]
    assert [
        str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)
    ] == titles


def test_a_moved_record_moves_the_numbers(make_project: MakeProject) -> None:
    root = make_project({"records/figures.yml": DRAWN})
    view = view_of(Folder(root))
    before = pictures_of(view)
    value = view.values["发放资料"]
    file = next(
        file
        for file in root.glob("records/2024/*/*.md")
        if "发放资料份数" in file.read_text("utf-8")
    )
    text = file.read_text(encoding="utf-8")
    (count,) = re.findall(r"发放资料份数: (\d+)", text)
    file.write_text(text.replace(f"份数: {count}", f"份数: {int(count) + 7}"), encoding="utf-8")
    after = pictures_of(view_of(Folder(root)))
    assert value.number is not None
    for number, now in ((value.number, before), (value.number + 7, after)):
        text = "".join(said(now["pdf"]))
        assert text.count(f"{number}份") >= 2  # the key figure, and its bar
    assert before["png"] != after["png"]


def test_marks_and_corrections_are_printed_on_them(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, report, *_ = year
    notice = "更正说明（2025年3月6日）：“发放资料”由1份更正为2份。"
    unmarked = replace(shown, panels=shown.panels[:1])
    shown = replace(unmarked, marks=("草稿", "内部资料"), notices=(notice,))
    assert picture(shown, report) != picture(unmarked, report)
    pages = said(poster_of(shown, report))
    for page in pages:
        assert "草稿内部资料" in page
    assert notice in pages[0]
    assert "示例数据" not in "".join(pages)


def test_a_draft_says_so_at_its_head(sample: Project) -> None:
    path = "docs/report/2024.md"
    text = (sample.root / path).read_text(encoding="utf-8")
    draft = re.sub("  - {状态: 已.*\n", "", text)
    shown = infographic.of(view_of(Overlay(Folder(sample.root), {path: draft.encode()})))
    assert shown.mark == "示例数据 草稿"
    assert [mark for mark in shown.marks if mark.startswith("草稿：") and mark.endswith("。")]


def test_where_the_report_is_read_is_printed(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, report, _, pdf = year
    assert "报告全文：城口县人民政府网（www.cqck.gov.cn）" in said(pdf)[-1]
    address = "报告全文：https://www.example.gov.cn/fz/report/2024.html"
    elsewhere = replace(shown, sources=(address,), panels=shown.panels[:1])
    assert address in said(poster_of(elsewhere, report))[-1]


def test_what_is_merged_in_public_is_in_neither(sample: Project) -> None:
    figures = (sample.records / "figures.yml").read_text(encoding="utf-8")
    drawn = figures.replace("重点人群}}", "重点人群}, 图: 分项}")
    tree = Overlay(Folder(sample.root), {"records/figures.yml": drawn.encode()})
    outside = view_of(tree)
    inside = View(outside.source, Gate(Edition.INTERNAL, outside.settings))
    name = "在册重点管理人员"
    parts, shown = (view.values[name].parts or {} for view in (inside, outside))
    merged = parts.keys() - shown.keys()
    assert merged
    internal = "".join(said(makers_of(inside)["pdf"]()))
    assert [part for part in merged if part not in internal] == []
    texts = [text for _, text in unpacked("", makers_of(outside)["pdf"]())]
    texts.append(str(infographic.of(outside)))  # of which both are drawn
    assert [part for part in merged if any(part in text for text in texts)] == []


# How large they are


def test_the_picture_is_of_a_phones_width_and_holds_nothing_unseen(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    png = year[2]
    assert len(png) <= MOST
    assert {b"IHDR", b"IDAT", b"IEND"} <= {*chunks(png)} <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    with Image.open(io.BytesIO(png)) as opened:
        assert opened.width == 1080
        assert opened.info == {}


@pytest.mark.parametrize("count", [1, 2, 5, 7, 9])
def test_no_card_leaves_a_hole_beside_it(
    year: tuple[Infographic, Document, bytes, bytes], count: int
) -> None:
    """At the left of the picture as many cards begin as at the right: the last of an odd number is wide."""
    shown, report, *_ = year
    few = replace(shown, keys=shown.keys[:count], changes=(), panels=shown.panels[:1])
    with Image.open(io.BytesIO(picture(few, report))) as opened:
        seen = opened.convert("RGB")
    sides = [
        [seen.getpixel((x, y)) == (0x8A, 0x1A, 0x1A) for y in range(500, seen.height - 400)]
        for x in (60, 1020)
    ]
    assert sides[0] == sides[1]
    edges = [now and not before for before, now in pairwise(sides[0])]
    assert sum(edges) == (count + 1) // 2 + 1  # and the line above the sources


def test_a_title_is_broken_between_its_clauses(
    year: tuple[Infographic, Document, bytes, bytes], tmp_path: Path
) -> None:
    """However much of a line the first takes."""
    shown, report, *_ = year
    panel = shown.panels[0]
    of_them = tuple(
        replace(panel.charts[0], finding=f"{'某' * count}3件，上年2件；甲方胜诉2件，败诉1件")
        for count in range(1, 16)
    )
    titles = replace(shown, panels=(replace(panel, charts=of_them),), blocks=())
    pdf = poster_of(titles, report)
    (tmp_path / "titles.pdf").write_bytes(pdf)
    told = forms.said("pdftotext", "-bbox", tmp_path / "titles.pdf", "-")
    lines = re.findall(r">([^<]*(?:某|上年2件；|甲方|败诉1件)[^<]*)</word>", told)
    clauses = re.compile("(某+3件，|上年2件；|甲方胜诉2件，|败诉1件)+")
    assert len(lines) > len(of_them)
    assert [line for line in lines if not clauses.fullmatch(line)] == []


def test_a_picture_of_very_many_figures_is_not_too_large(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, report, png, _ = year
    long = picture(of_many(shown, 4), report)
    assert len(long) <= MOST
    assert set(chunks(long)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    with Image.open(io.BytesIO(long)) as opened, Image.open(io.BytesIO(png)) as first:
        assert opened.width == 1080
        assert opened.height > 2 * first.height
        assert opened.convert("RGB").getpixel((5, 1500)) == (255, 255, 255)


def test_a_poster_has_as_many_sheets_as_it_takes_and_breaks_no_picture(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    shown, report, _, _ = year
    one = replace(shown, changes=(), panels=shown.panels[:1])
    counts = []
    for each in (one, of_many(shown, 4)):
        pdf = poster_of(each, report)
        told = said(pdf)
        counts.append(len(told))
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages}
        assert sizes == {tuple(map(round, layout.PAGE))}
        text = "".join(told)
        findings = [re.sub(r"\s", "", chart.finding) for chart in charts(each)]
        assert all(text.count(finding) >= findings.count(finding) for finding in findings)
    assert counts[0] == 1
    assert counts[1] > 2


def test_a_picture_of_very_many_rows_stays_on_one_sheet(
    year: tuple[Infographic, Document, bytes, bytes], tmp_path: Path
) -> None:
    shown, report, _, _ = year
    rows = (f'<text y="{28 * row}" font-size="13">第{row}行</text>' for row in range(1, 80))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 2260">{}</svg>'
    panel = shown.panels[0]
    tall = replace(panel, charts=(replace(panel.charts[0], drawing=svg.format("".join(rows))),))
    (tmp_path / "tall.pdf").write_bytes(poster_of(replace(shown, panels=(panel, tall)), report))
    _, *pages = forms.said("pdftotext", "-bbox", tmp_path / "tall.pdf", "-").split("<page ")
    (page,) = (page for page in pages if re.search(r"第\d+行", page))
    lowest = [float(at) for at in re.findall(r'yMax="([\d.]+)">第\d+行', page)]
    assert len(lowest) == 79
    assert max(lowest) < layout.PAGE[1]


# The same anywhere


def test_fonts_of_the_machine_are_not_asked(
    year: tuple[Infographic, Document, bytes, bytes],
) -> None:
    fonts = typesetting.fonts_for(["法治2024"], year[1].source)
    assert {*fonts.families()} == {"Noto Sans SC", "Noto Serif SC"}


def test_a_machine_without_any_font_draws_the_same(
    make_project: MakeProject, tmp_path: Path
) -> None:
    """With those of the program alone, where this machine has others."""
    root = make_project({"records/figures.yml": DRAWN})
    command = (sys.executable, ROOT / "scripts/export_report.py", "2024", "--root", root)
    done = fontless(command, tmp_path)
    assert done.returncode == 0, done.stderr
    found = {file.suffix[1:]: file.read_bytes() for file in (root / "dist").glob("*图解*.*")}
    assert found == pictures_of(view_of(Folder(root)))


def test_what_no_font_has_is_reported_once_for_both(make_project: MakeProject) -> None:
    root = make_project({"records/figures.yml": DRAWN})
    swap(root / "records/township.yml", "简称: ", "简称: \u0381")
    done = ran_script("export_report.py", "--root", root, "2024", cwd=root)
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "图解" in line]
    assert len(told) == 1
    assert re.fullmatch(
        r"没有做 .*图解（草稿）（示例）\.png、.*图解（草稿）（示例）\.pdf，别的照常写。", told[0]
    )
    assert "没有字体能印“\u0381”（U+0381）" in done.stderr
    assert sorted(file.suffix for file in (root / "dist").iterdir()).count(".png") == 0


# In which years


def test_a_year_without_pictures_has_no_files_of_them(make_project: MakeProject) -> None:
    root = make_project({})
    done = ran_script("export_report.py", "--root", root, "2024", cwd=root)
    assert done.returncode == 0
    assert "没有做图解" in done.stderr
    assert not [file for file in (root / "dist").iterdir() if "图解" in file.name]
    (root / "records/figures.yml").write_text(DRAWN, encoding="utf-8")
    done = ran_script("export_report.py", "--root", root, "2024", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    names = [file.name for file in (root / "dist").iterdir() if "图解" in file.name]
    assert sorted(names) == [
        f"某县示例乡人民政府2024年法治政府建设情况报告图解（草稿）（示例）.{e}"
        for e in ("pdf", "png")
    ]


def test_their_names_say_what_they_are_marked_with(sample: Project) -> None:
    names = documents.forms(view_of(Folder(sample.root), Edition.INTERNAL))
    found = [name for name in names if "图解" in name]
    assert found == [
        f"城口县左岚乡人民政府2024年法治政府建设情况报告图解（内部资料）（示例）.{ending}"
        for ending in ("png", "pdf")
    ]
