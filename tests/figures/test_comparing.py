"""Two years are compared only where they count the same; a number has one number of decimals."""

import json
import re
from pathlib import Path

import pytest

from fazhi.commands.compare import compare, markdown
from fazhi.output.data import figures_json, tables
from fazhi.output.documents import document_of
from fazhi.output.pages import home, report, sections
from fazhi.output.view import View
from fazhi.report.editions import Edition, Gate
from tests.conftest import BASE, MakeProject, checked, lay

FIGURES, WORDS = (
    (BASE / f"records/{name}.yml").read_text(encoding="utf-8") for name in ("figures", "vocabulary")
)
NARRATIVE = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
EVENT = "---\n标题: 宣传{n}\n日期: {year}-06-0{n}\n类别: 宣传活动\n地点: 东村\n---\n宣传。\n"
EVENTS = {
    f"records/{year}/activities/{year}-06-0{n}.md": EVENT.format(year=year, n=n)
    for year, most in ((2023, 2), (2024, 3))
    for n in range(1, most + 1)
}
FIGURE = (
    "{名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}}"
)
CHANGED = {"docs/report/2024.md": NARRATIVE.replace("{{ 宣传活动 }}", "{{ 宣传活动 | 同比 }}")}


def view_of(root: Path, edition: Edition = Edition.INTERNAL) -> View:
    project = checked(root)
    assert not project.problems
    assert project.settings
    return View(project.years[-1], Gate(edition, project.settings))


def page(view: View) -> str:
    return str(report.pages(view)[f"report/{view.year}.md"])


def is_compared(make_project: MakeProject, files: dict[str, str]) -> bool:
    """Whether the table compares 宣传活动; the narrative, the home page and the evidence must agree."""
    root = make_project(EVENTS | files)
    view = view_of(root)
    change = {row[0]: row for row in view.figure_table.texts}["宣传活动"][-1]
    assert change in ("增加2场", "增加2场次", "口径不同")
    lay(root, CHANGED)
    problems = checked(root).problems
    if change != "口径不同":
        assert not problems
        return True
    assert [problem.rule for problem in problems] == ["FZ704"]
    assert "上年的口径不同" in problems[0].message
    last = NARRATIVE.replace("{{ 宣传活动 }}", "{{ 宣传活动 }}，上年{{ 宣传活动.上年 }}")
    lay(root, {"docs/report/2024.md": last})
    assert "（口径不同）" in page(view_of(root))
    assert "比上年口径不同" not in home.home([view_of(root)], "")
    return False


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        ("场", "场次", True),
        ("法治宣传", "矛盾化解", True),
        ("条件: {类别: 宣传活动}", "条件: {类别: [宣传活动]}, 说明: 新写的", True),
        ("类别: 宣传活动", "类别: [宣传活动, 考试]", False),
        ("条件: {类别: 宣传活动}", "条件: {类别: 宣传活动}, 按日期: 结束日期", False),
        (", 条件: {类别: 宣传活动}", "", False),
        ("单位: 场", "单位: 场, 可比自: 2024", False),
        ("单位: 场", "单位: 场, 可比自: 2023", True),
        ("单位: 场", "单位: 场, 可比自: 2025", True),
    ],
)
def test_a_figure_that_is_defined_anew_is_not_compared(make_project, before, after, alike):
    old, new = FIGURE[:-1] + ", 至: 2023}", FIGURE.replace(before, after, 1)[:-1] + ", 自: 2024}"
    figures = FIGURES.replace(f"- {FIGURE}\n", f"- {old}\n- {new}\n")
    assert is_compared(make_project, {"records/figures.yml": figures}) is alike


@pytest.mark.parametrize(
    ("words", "alike"),
    [
        ("{名称: 送法下乡}", True),
        ("{名称: 送法下乡, 自: 2024}", False),
        ("{名称: 送法下乡, 至: 2023}", False),
        ("{名称: 送法下乡, 自: 2024}\n    - {名称: 下乡, 至: 2023}", True),
    ],
)
def test_nor_is_one_that_names_a_word_which_one_of_the_years_has_not(make_project, words, alike):
    named = "[宣传活动, 送法下乡, 下乡]" if "名称: 下乡" in words else "[宣传活动, 送法下乡]"
    figures = FIGURES.replace("条件: {类别: 宣传活动}", f"条件: {{类别: {named}}}")
    vocabulary = WORDS.replace("    - {名称: 考试}", f"    - {words}\n    - {{名称: 考试}}")
    vocabulary = vocabulary.replace("{名称: 送法下乡", "{名称: 送法下乡, 板块: 法治宣传")
    files = {"records/figures.yml": figures, "records/vocabulary.yml": vocabulary}
    assert is_compared(make_project, files) is alike


def test_a_ratio_is_compared_as_its_sides_are(make_project):
    exam = "---\n标题: 考试\n日期: {}-05-06\n类别: 考试\n地点: 东村\n板块: 法治宣传\n应考: 9\n参考: 9\n合格: {}\n---\n考。\n"
    files = {
        f"records/{y}/activities/{y}-05-06.md": exam.format(y, n) for y, n in ((2023, 8), (2024, 9))
    }
    root = make_project(files)
    assert view_of(root).figure_table.texts[4][-1] == "提高11.11个百分点"
    old = "- {名称: 考试合格, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 合格"
    changed = FIGURES.replace(old, old + ", 至: 2023}\n" + old + ", 条件: {类别: 考试}, 自: 2024")
    since = FIGURES.replace(old, old + ", 可比自: 2024")
    for figures in (changed, since):
        lay(root, {"records/figures.yml": figures})
        assert view_of(root).figure_table.texts[4][-1] == "口径不同"


ANNEXED = NARRATIVE.replace("成文日期", "附件: 全部指标\n成文日期")


def annexes(root: Path) -> list[list[list[str]]]:
    return [[[*t.head], *t.texts] for t in document_of(view_of(root)).annexes]


def test_the_annex_is_made_where_it_is_asked_for(make_project):
    assert annexes(make_project(EVENTS)) == []
    (table,) = annexes(make_project({"docs/report/2024.md": ANNEXED}))
    assert table[0] == ["指标", "板块", "2024年", "2023年", "变化", "正文印作"]
    assert table[1] == ["宣传活动", "法治宣传", "4场", "2场", "增加2场", ""]
    assert table[2][::5] == ["发放资料", "200余份"]


def test_where_most_have_no_number_of_the_last_year_their_cells_are_empty(make_project):
    case = (BASE / "records/2024/cases/东村山林纠纷.md").read_text(encoding="utf-8")
    files = {"records/2023/cases/2023-03-12-01.md": case.replace("2024-", "2023-")}
    table = view_of(make_project(files)).figure_table
    assert {tuple(row[3:]) for row in table.texts} == {("1起", "持平"), ("", "")}
    assert "空着" in table.caption


def test_what_is_told_together_is_no_number_that_the_text_does_not_print(make_project):
    exam = "---\n标题: 考试\n日期: 2024-05-06\n类别: 考试\n地点: 东村\n板块: 法治宣传\n应考: 9\n参考: 9\n合格: 9\n---\n考。\n"
    rate = "- {名称: 考试参考率, 板块: 法治宣传, 统计: 比率, 分子: 考试合格, 分母: 考试应考}\n"
    said = "全年开展"
    files = {
        "records/2024/activities/2024-05-06.md": exam,
        "records/figures.yml": FIGURES + rate,
        "docs/report/2024.md": NARRATIVE.replace(
            said, "考试参考率、考试合格率均为{{ 考试合格率 }}。全年开展", 1
        ),
    }
    view = view_of(make_project(files))
    assert view.wordings(view.values["考试参考率"]) == ["100%"]
    assert view.wordings(view.values["考试应考"]) == []


def test_a_unit_of_ten_thousands_hides_no_number(make_project):
    figures = FIGURES.replace("单位: 份, 统计: 求和", "单位: 万份, 小数: 2, 统计: 求和")
    text = re.sub(r"全年开展.*", "发放资料{{ 发放资料 }}。", NARRATIVE)
    view = view_of(make_project({"records/figures.yml": figures, "docs/report/2024.md": text}))
    assert view.wordings(view.values["发放资料"]) == ["0.02万份"]
    assert "0.0205万份" in page(view)


def test_a_year_without_records_has_no_column(make_project):
    root = make_project({"docs/report/2024.md": ANNEXED})
    (table,) = annexes(root)
    assert table[0] == ["指标", "板块", "2024年", "正文印作"]
    assert view_of(root).figure_table.caption == "2024年全部指标"
    assert "2023年" not in page(view_of(root))


def test_there_is_no_empty_table(make_project):
    bare = re.sub(r"全年开展.*", "宣传普法。", ANNEXED)
    figures = FIGURES.replace("}\n", ", 印发: 否}\n").replace("}}, 印", "}, 印")
    root = make_project({"docs/report/2024.md": bare, "records/figures.yml": figures})
    assert annexes(root) == []
    assert not re.search("<table|#指标", page(view_of(root, Edition.PUBLIC)))


def test_what_is_typed_by_hand_is_evidence_with_its_reason(make_project):
    typed = '{{{{ 原文("{}", 理由="{} <b> & _甲_") }}}}'
    text = "下达任务{}，{}，{}，{}。受理".format(
        *(
            typed.format(*held)
            for held in (("3个", "甲"), ("4个", "乙"), ("3个", "甲"), ("3个", "乙"))
        )
    )
    root = make_project({"docs/report/2024.md": NARRATIVE.replace("受理", text, 1)})
    for edition in Edition:
        made = page(view_of(root, edition))
        assert re.findall(r'href="#手写-(\d)"[^>]*>(\d个)</a>', made) == [
            ("1", "3个"),
            ("2", "4个"),
            ("1", "3个"),
            ("3", "3个"),
        ]
        rows = re.findall(r'<tr id="手写-(\d)">\s*<th[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>', made)
        why = " &lt;b&gt; &amp; _甲_"
        assert rows == [
            ("1", "3个", f"甲{why}"),
            ("2", "4个", f"乙{why}"),
            ("3", "3个", f"乙{why}"),
        ]
    assert "手写的数" not in page(view_of(make_project({"docs/report/2024.md": NARRATIVE})))


def test_a_comparison_says_what_was_defined_anew(make_project):
    root = make_project(EVENTS)
    old = checked(root)
    figures = FIGURES.replace("类别: 宣传活动", "日期: {至: 06-02}")
    lay(root, {"records/figures.yml": figures})
    found = compare(old, checked(root), "旧", "新")
    assert [(move.name, move.redefined) for move in found.figures] == [("宣传活动", True)]
    assert "2场（口径改了）" in markdown(found)


# One number of decimals


@pytest.fixture
def exam(make_project: MakeProject) -> Path:
    """A year in which 6001 of 6200 passed, and last year 1 of 3."""
    text = "---\n标题: 考试\n日期: {0}-05-06\n类别: 考试\n板块: 法治宣传\n地点: 东村\n应考: {2}\n合格: {1}\n---\n考。\n"
    years = {2023: (1, 3), 2024: (6001, 6200)}
    files = {f"records/{y}/activities/{y}-05-06.md": text.format(y, *n) for y, n in years.items()}
    return make_project(files)


def printed(root: Path, sentence: str = "", keys: str = "") -> str:
    """The report, the section's page, the home page and last year's column as one text."""
    figures = FIGURES.replace("分母: 考试应考}", f"分母: 考试应考{keys}, 首页: 是}}")
    text = NARRATIVE.replace("受理矛盾纠纷", f"{sentence}受理矛盾纠纷")
    lay(root, {"records/figures.yml": figures, "docs/report/2024.md": text})
    view = view_of(root)
    pages = [page(view), home.home([view], ""), *map(str, sections.pages(view).values())]
    return "\n".join([*pages, *(cell for row in view.figure_table.texts for cell in row)])


@pytest.mark.parametrize(
    ("sentence", "keys", "here", "nowhere"),
    [
        ("", "", "96.79% 33.33%", "96.8% 97%"),
        ("合格率{{ 考试合格率 }}，", ", 小数: 1", "96.8% 33.3%", "96.79% 33.33%"),
        ("合格率{{ 考试合格率 | 小数(0) }}，", "", "97% 33%", "96.79% 96.8% 33.33%"),
        ("合格率{{ 考试合格率 | 小数(0) }}，", ", 小数: 1", "97% 33%", "96.79% 96.8%"),
        (
            "合格率{{ 考试合格率 | 小数(3) }}，上年{{ 考试合格率.上年 }}，",
            "",
            "96.790% 33.333%",
            "96.79%",
        ),
        ("考试合格率比上年{{ 考试合格率 | 同比(2) }}，", "", "提高63.46个百分点", "63.5"),
    ],
)
def test_one_report_prints_one_number_of_decimals(exam, sentence, keys, here, nowhere):
    text = printed(exam, sentence, keys)
    assert [words for words in here.split() if words not in text] == []
    assert [words for words in nowhere.split() if words in text] == []


@pytest.mark.parametrize("wording", ["小数", "同比"])
def test_two_numbers_of_decimals_are_refused(exam, wording):
    text = "".join(f"合格率{{{{ 考试合格率 | {wording}({n}) }}}}，" for n in (1, 2, 1))
    lay(exam, {"docs/report/2024.md": NARRATIVE.replace("受理", text + "受理")})
    (problem,) = checked(exam).problems
    assert problem.rule == "FZ704"
    assert "前面是 1 位小数，这里是 2 位" in problem.message


def test_only_a_ratio_has_decimals(exam):
    lay(exam, {"records/figures.yml": FIGURES.replace("字段: 应考}", "字段: 应考, 小数: 0}")})
    assert [problem.rule for problem in checked(exam).problems] == ["FZ602"]


@pytest.mark.parametrize(("above", "printed"), [(0, 0), (1, 0.00001), (9_999_999, 99.99999)])
def test_no_rate_is_rounded_to_all_or_nothing(exam, above, printed):
    path = exam / "records/2024/activities/2024-05-06.md"
    text = path.read_text(encoding="utf-8").replace("6001", str(above)).replace("6200", "10000000")
    path.write_text(text, encoding="utf-8")
    view = view_of(exam, Edition.PUBLIC)
    figures = figures_json.document(view)
    held = json.loads(figures_json.written(figures))["figures"]
    assert [one["value"] for one in held if one["name"] == "考试合格率"] == [printed]
    rows = {row[0]: row for row in tables.of_figures(figures).rows}
    assert rows["考试合格率"][3] == printed
    words = f"{printed:.5f}%" if printed else "0%"
    assert {row[0]: row[2] for row in view.figure_table.texts}["考试合格率"] == words
    assert words in page(view)
