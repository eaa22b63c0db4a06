"""What the head of a report offers, and what the home page leads to: only what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import frontmatter
import pytest

from fazhi.output import documents, downloads, official
from fazhi.output import site as pages_of
from fazhi.output.documents.docx import as_docx
from fazhi.output.documents.pdf import as_pdf
from fazhi.output.view import View
from fazhi.records.cache import Cache
from fazhi.report.editions import Edition
from tests.conftest import BASE, MakeProject, checked
from tests.support.building import Element, Project, page, parsed

pytest_plugins = ["tests.support.sites"]

REPORT = "docs/report/2024.md"
TYPED = (BASE / REPORT).read_text(encoding="utf-8")
REVIEWED = TYPED.replace(
    "成文日期: 2025-02-12\n",
    """成文日期: 2025-02-12
流程:
  - {状态: 草稿, 日期: 2025-02-12, 岗位: 平安法治办}
  - {状态: 已审核, 日期: 2025-02-18, 岗位: 乡长, 意见: 主动公开}
""",
)
TOWNSHIP = (BASE / "records/township.yml").read_text(encoding="utf-8")
SITE = "网站: {名称: 某县网, 域名: www.example.gov.cn, 标识码: '5002290001', 地址: 'https://www.example.gov.cn/fz/'}\n"


def views(root: Path, edition: Edition = Edition.PUBLIC) -> list[View]:
    return pages_of.views(checked(root).years, edition)


def made(root: Path, edition: Edition = Edition.PUBLIC) -> Mapping[str, str | bytes]:
    return pages_of.overviews(views(root, edition), "")


def offered(text: str | bytes | Element) -> dict[str, str]:
    """Where each link at the head of a report leads, by its words."""
    root = text if isinstance(text, Element) else parsed(str(text))
    (head,) = root.every("div", kind="fz-offers")
    return {link.text: link.attributes["href"] for link in head.every("a")}


def citation(text: str | bytes) -> str:
    return "".join(p.text for p in parsed(str(text)).every("p", kind="fz-citation"))


def test_the_sample_offers_its_files_and_they_are_what_is_exported(
    sample: Project, public: Path
) -> None:
    links = offered(page(public / "report/2024.html"))
    assert list(links) == ["一图读懂", "Word", "PDF", "数据", "历年指标"]
    done = sample.run("scripts/export_report.py", "2024", "--out", "exported")
    assert done.returncode == 0, done.stderr
    (word,) = (sample.root / "exported").glob("*.docx")
    assert (public / "report/2024（示例）.docx").read_bytes() == word.read_bytes()
    assert (public / "report/2024（示例）.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("typed", [TYPED, REVIEWED], ids=["draft", "reviewed"])
def test_files_are_offered_of_a_public_report_that_was_reviewed(
    make_project: MakeProject, typed: str, edition: Edition
) -> None:
    pages = made(make_project({REPORT: typed}), edition)
    is_offered = typed is REVIEWED and edition is Edition.PUBLIC
    for ending in ("docx", "pdf"):
        assert (f"report/2024（示例）.{ending}" in pages) is is_offered
    files = [a for a in offered(pages["report/2024.md"]).values() if a.startswith("2024")]
    assert files == ["2024（示例）.docx", "2024（示例）.pdf"] * is_offered
    # A draft says that it is not to be cited.
    assert bool(citation(pages["report/2024.md"])) is (typed is REVIEWED)
    assert "不得引用" in official.DRAFTED


def test_a_report_is_cited_by_its_address_where_it_has_one(make_project: MakeProject) -> None:
    title = "某县示例乡人民政府：《某县示例乡人民政府2024年法治政府建设情况报告》（示例）"
    numbered = REVIEWED.replace("署名:", "文号: 示府文〔2025〕3号\n署名:")
    root = make_project({REPORT: numbered})
    assert citation(made(root)["report/2024.md"]) == (
        f"引用：{title}（示府文〔2025〕3号），2025年2月12日。"
    )
    root = make_project({REPORT: REVIEWED, "records/township.yml": TOWNSHIP + SITE})
    address = "https://www.example.gov.cn/fz/report/2024.html"
    assert citation(made(root)["report/2024.md"]) == f"引用：{title}，2025年2月12日，{address}"
    assert address not in citation(made(root, Edition.INTERNAL)["report/2024.md"])


def test_the_other_reports_are_a_click_away(make_project: MakeProject) -> None:
    alone = made(make_project({REPORT: REVIEWED}))
    assert "fz-others" not in alone["report/2024.md"]
    former = TYPED.replace("2024", "2023").replace("2025-02-12", "2024-02-12")
    former = re.sub("全年开展.+", "举措有成效。", former)
    pages = made(make_project({REPORT: REVIEWED, "docs/report/2023.md": former}))
    assert offered(pages["report/2024.md"])["2023年度报告（草稿）"] == "2023.html"
    assert offered(pages["report/2023.md"])["2024年度报告"] == "2024.html"
    assert "2023年（草稿）</strong>" in pages["index.md"]


def test_a_pdf_that_no_font_can_print_is_not_offered(make_project: MakeProject) -> None:
    pages = made(make_project({REPORT: REVIEWED.replace("继续开展", "继续\u0378开展")}))
    assert "report/2024（示例）.docx" in pages
    assert "report/2024（示例）.pdf" not in pages
    assert "2024（示例）.pdf" not in offered(pages["report/2024.md"]).values()


def test_files_that_are_kept_are_those_of_what_they_show(
    make_project: MakeProject, tmp_path: Path
) -> None:
    activity = "records/2024/activities/宪法宣传.md"
    counted = (BASE / activity).read_text(encoding="utf-8")
    cache = Cache(tmp_path / "kept", "pages")
    for leaflets in ("205", "205", "206"):
        changed = counted.replace("发放资料份数: 205", f"发放资料份数: {leaflets}")
        annexed = REVIEWED.replace("署名:", "附件: 全部指标\n署名:")
        (view,) = views(make_project({REPORT: annexed, activity: changed}))[:1]
        found = downloads.downloads(view, cache)
        made = documents.document_of(view)
        own = (as_docx(made), as_pdf(made, of_machine=False))
        assert tuple(found.values()) == own
        assert len(found) == 2
    cache.close()


# The home page


def test_home_leads_to_the_newest_report_and_then_to_each_year(site: Path) -> None:
    home = page(site / "index.html")
    (newest,) = home.every("ul", kind="fz-newest")
    first = next(newest.every("a"))
    assert first.attributes["href"] == "report/2024.html"
    assert "2024年法治政府建设情况报告" in first.text
    (list_of_years,) = home.every("ul", kind="fz-years")
    lines = [one for one in list_of_years.children if isinstance(one, Element)]
    assert [line.text[:5] for line in lines] == ["2024年", "2023年"]
    for line, year in zip(lines, (2024, 2023), strict=True):
        links = [a.attributes["href"] for a in line.every("a")]
        assert f"data/{year}/index.html" in links and f"{year}/mediation.html" in links
        assert (f"report/{year}.html" in links) is (year == 2024)
        assert ("没有报告" in line.text) is (year == 2023)
    (text,) = home.every("article")
    links = [a.attributes["href"] for a in text.every("a")]
    assert "data/index.html" in links
    sections = [one for one in links if one.endswith("mediation.html")]
    assert sections == ["2024/mediation.html", "2023/mediation.html"]


@pytest.mark.parametrize(("typed", "mark"), [(TYPED, "（草稿）"), (REVIEWED, "")])
def test_home_says_of_the_newest_year_what_it_is(
    make_project: MakeProject, typed: str, mark: str
) -> None:
    text = str(made(make_project({REPORT: typed}))["index.md"])
    assert f"报告{mark}</strong></a></li>" in text


def test_home_leads_with_no_report_where_there_is_none(make_project: MakeProject) -> None:
    root = make_project({})
    (root / REPORT).unlink()
    text = str(made(root)["index.md"])
    assert "fz-newest" not in text
    assert "没有报告" in text
    assert {"未定稿"} == {
        frontmatter.loads(str(page)).get("watermark")
        for path, page in made(root).items()
        if path.endswith(".md") and "form" not in path
    }
