"""The rules about words, dates, years, typed numbers and matters entered twice: what each finds,
and, in longer lists, what it must leave alone.
"""

from collections import Counter
from collections.abc import Sequence

import pytest

from fazhi import project_files
from fazhi.problems.problem import MOST_REPORTED, Problem, Severity
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, MakeProject, checked
from tests.support.building import ROOT

VOCABULARY = (BASE / "records/vocabulary.yml").read_text(encoding="utf-8")
NARRATIVE = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
WORDS = """\
易错词:
  - {名称: 法制政府, 改为: 法治政府}
  - {名称: 法制宣传, 改为: 法治宣传, 除外: [全国法制宣传日]}
  - {名称: 溯源治理, 改为: 诉源治理}
  - {名称: 宪法日, 改为: 国家宪法日}
  - {名称: 一般程序, 改为: 普通程序, 自: 2021, 说明: 行政处罚法}
规划:
  - {名称: 七五普法, 自: 2016, 至: 2020}
  - {名称: 八五普法, 自: 2021, 至: 2025}
  - {名称: 法治政府建设实施纲要（2021—2025年）, 自: 2021, 至: 2025}
率:
  - {名称: 参考率, 分子: [参考, 实考], 分母: [应考]}
  - {名称: 合格率, 分子: [合格], 分母: [参考, 实考]}
  - {名称: 调解成功率, 分子: [调解成功, 成功调解], 分母: [受理]}
"""
RECORD = "records/2024/activities/记录.md"
REPORT = "docs/report/2024.md"


def found(
    make_project: MakeProject, rule: str, files: dict[str, str], year: int = 2024
) -> list[Problem]:
    """What a rule says of a project with these files."""
    root = make_project({"records/vocabulary.yml": VOCABULARY + WORDS, **files})
    problems = checked(root).problems
    assert not [problem for problem in problems if problem.rule[:3] in {"FZ1", "FZ2", "FZ6"}]
    return [problem for problem in problems if problem.rule == rule]


def record(body: str, title: str = "西村走访", extra: str = "", year: int = 2024) -> dict[str, str]:
    head = f"标题: {title}\n日期: {year}-05-20\n类别: 宣传活动\n地点: 西村\n{extra}"
    return {RECORD.replace("2024", str(year)): f"---\n{head}---\n{body}\n"}


def each(bodies: Sequence[str]) -> dict[str, str]:
    """A record for each text, in their order."""
    return {
        f"records/2024/activities/{number:02}.md": next(
            iter(record(body, f"第{number}次").values())
        )
        for number, body in enumerate(bodies)
    }


def report(results: str = "", plan: str = "继续开展普法宣传。") -> dict[str, str]:
    """The base's narrative, with more in it among the results, and another plan."""
    text = NARRATIVE.replace("\n## 第一责任人", f"\n{results}\n\n## 第一责任人")
    return {REPORT: text.replace("继续开展普法宣传。", plan)}


def at(problem: Problem, files: dict[str, str]) -> str:
    """The text from where a problem is said to be, to the end of its line."""
    return files[problem.path].split("\n")[problem.line - 1][problem.column - 1 :]


# FZ801: words


WRONG_WORDS = [
    ("推进法制政府建设。", "法制政府", "法治政府"),
    ("调处溯源治理法院回流案件。", "溯源治理", "诉源治理"),
    ("推进溯**源**治理。", "溯**源**治理", "诉源治理"),
    ("开展法制宣传。", "法制宣传", "法治宣传"),
    ("全国法制宣传日和法制宣传月。", "法制宣传月", "法治宣传"),
    ("利用“12.4”宪法日开展宣传。", "宪法日", "国家宪法日"),
    ("适用一般程序的案件。", "一般程序", "普通程序"),
]


def test_a_wrong_word_in_a_record_is_a_warning(make_project):
    files = each([body for body, *_ in WRONG_WORDS])
    problems = found(make_project, "FZ801", files)
    for problem, path, (_, place, right) in zip(problems, files, WRONG_WORDS, strict=True):
        assert problem.path == path
        assert at(problem, files).startswith(place)
        assert f"“{right}”" in problem.message
        assert f"改成“{right}”" in problem.hint
        assert problem.severity is Severity.WARNING


RIGHT_WORDS = [
    "推进法治政府建设。",
    "重大执法决定法制审核制度。",
    "法制审核人员和法制机构。",
    "贯彻《关于加强法制宣传教育的决议》。",
    "国家宪法日暨全国法制宣传日。",
    "诉源治理和多元解纷。",
    "追溯源头治理污染。",
]


def test_a_right_word_is_left_alone(make_project):
    files = {**each(RIGHT_WORDS), **report("".join(RIGHT_WORDS))}
    assert not found(make_project, "FZ801", files)


@pytest.mark.parametrize(
    "files",
    [
        report("推进法制政府建设。"),
        report(plan="推进法制政府建设。"),
        report('推进{{ 原文("法制政府", 理由="…") }}。'),
        {"docs/index.md": "这里公布法制政府建设的年度报告。\n"},
        {REPORT: NARRATIVE.replace("2024年法治政府", "2024年法制政府")},
    ],
)
def test_a_wrong_word_in_what_is_published_is_an_error(files, make_project):
    (problem,) = found(make_project, "FZ801", files)
    assert problem.severity is Severity.ERROR
    assert at(problem, files).startswith("法制政府")


def test_a_wrong_word_in_a_title_of_a_record(make_project):
    (problem,) = found(make_project, "FZ801", record("走访。", title="西村法制宣传"))
    assert (problem.line, problem.column) == (2, 7)


@pytest.mark.parametrize(("year", "times"), [(2020, 0), (2021, 1), (2024, 1)])
def test_a_word_is_wrong_from_a_year_on(year, times, make_project):
    files = record("适用一般程序。", year=year)
    assert len(found(make_project, "FZ801", files)) == times


# FZ802: the dot in dates


MIXED_DATES = [
    ("围绕“4.15”“6·26”“12.4”开展宣传。", ["6·26"]),
    ("围绕“3·15”“4.15”“6·26”开展宣传。", ["4.15"]),
    ("12.4国家宪法日、12·4宣传周、12.4宣讲。", ["12·4"]),
    ("利用12.4国家宪法日开展12·4宣传周活动，12.4宣讲。", ["12·4"]),
    ("“4.15”“6·26”“12・4”“3.15”宣传。", ["6·26", "12・4"]),
    ("“12.4”宣传，“6．26”宣传，“4.15”宣传。", ["6．26"]),
    ("“4.15”和“6.26”，“3-15”。", ["3-15"]),
    ("“4·15”和“6.26”。", ["4·15"]),  # as many of each: the vocabulary has a full stop
]


def test_dates_written_in_two_ways(make_project):
    files = each([body for body, _ in MIXED_DATES])
    problems = found(make_project, "FZ802", files)
    for path, (_, places) in zip(files, MIXED_DATES, strict=True):
        said = [at(problem, files) for problem in problems if problem.path == path]
        assert [text[: len(place)] for text, place in zip(said, places, strict=True)] == places
    assert all(problem.severity is Severity.WARNING for problem in problems)


UNIFORM_DATES = [
    "围绕“4.15”“6.26”“12.4”开展宣传。",
    "12·4国家宪法日，“6·26”国际禁毒日。",
    "“12·4”宣传，全长12.4公里，增长12.4%，达12.4万元。",
    "“6·26”宣传，版本 12.4.1，2024.12.4 拍摄，12.4.jpg。",
    "“6·26”宣传，2024-12-04，成绩为12.4，网址 10.12.4.1。",
    "“6·26”宣传，得分“99.5”，“13.40”。",
    "第12.4节，“6·26”。",
    "“6·26”，第3-15页，12-4人。",
]


def test_what_is_no_date_is_left_alone(make_project):
    assert not found(make_project, "FZ802", each(UNIFORM_DATES))


def test_the_node_of_a_record_is_as_the_vocabulary_writes_it(make_project):
    text = (BASE / "records/2024/activities/宪法宣传.md").read_text(encoding="utf-8")
    files = {"records/2024/activities/宪法宣传.md": text.replace("国家宪法日", "12·4国家宪法日")}
    assert not found(make_project, "FZ802", files)


# FZ803: years


LEFT_OVER = [
    "2023年，示例乡召开会议研究法治建设。",
    "完成《普法计划》，2023年各项任务落实到位。",
    "根据2023年普法计划开展宣传。",
    "２０２３年，各村开展宣传。",
    "**2022年**全年开展宣传。",
    "截至年底，2023年的任务完成。",
]


@pytest.mark.parametrize("sentence", LEFT_OVER)
def test_last_years_year_is_left_in_the_text(sentence, make_project):
    files = report(sentence)
    (problem,) = found(make_project, "FZ803", files)
    assert at(problem, files)[:3] in {"202", "２０２"}
    assert problem.severity is Severity.WARNING
    assert "改成2024年" in problem.hint


OTHER_YEARS = [
    "2024年，示例乡召开会议。",
    "比2023年有所增加，较2022年有所下降，与2023年相比持平。",
    "同2023年相比，和2023年同期相比，2023年以来，自2021年起，从2022年开始。",
    "2021—2025年是规划期，2021年至2025年，2021-2025年，2022、2023年两年。",
    "贯彻《2023年度普法计划》和“2023年行动”，左府发〔2023〕3号。",
    "2021年修订的行政处罚法，自2021年7月15日起施行。",
    "2022年成立的领导小组，2023年12月印发的意见。",
    "截至2023年底，上年（2023年）的情况。",
    "1978年以后，2015年首次开展。",
    '依据{{ 原文("2023年", 理由="县里的文件") }}的要求。',
    "集体学法{{ 宣传活动 }}，2023年以来持续开展。",
    "《法治政府建设实施纲要（2021—2025年）》。",
    "2025年继续推进。",
]


def test_a_year_that_is_meant_is_left_alone(make_project):
    assert not found(make_project, "FZ803", report("\n\n".join(OTHER_YEARS)))


@pytest.mark.parametrize(
    "plan",
    [
        "2024年，继续开展普法宣传。",
        "2024年将建强队伍。",
        "2023年工作打算：抓好宣传。",
        "2024年底前完成。",
    ],
)
def test_a_plan_for_the_year_that_is_over(plan, make_project):
    files = report(plan=plan)
    (problem,) = found(make_project, "FZ803", files)
    assert at(problem, files).startswith(plan)
    assert "改成2025年" in problem.hint


@pytest.mark.parametrize(
    "plan",
    [
        "2025年，继续开展普法宣传。",
        "在2024年工作的基础上，2025年加强宣传。",
        "对照2024年工作安排，查漏补缺。",
        "针对2024年的不足，加强宣传。",
        "巩固2024年成果。",
        "落实2024年度考核发现问题的整改。",
    ],
)
def test_a_plan_for_the_next_year(plan, make_project):
    assert not found(make_project, "FZ803", report(plan=plan))


@pytest.mark.parametrize(
    ("title", "times"),
    [
        ("示例乡2024年法治政府建设情况报告", 0),
        ("示例乡2024年度法治政府建设情况报告", 0),
        ("示例乡二〇二四年法治政府建设情况报告", 0),
        ("示例乡２０２４年法治政府建设情况报告", 0),
        ("示例乡2023年法治政府建设情况报告", 1),
        ("示例乡法治政府建设情况报告", 1),
    ],
)
def test_the_title_names_the_year(title, times, make_project):
    own = "某县示例乡人民政府2024年法治政府建设情况报告"
    problems = found(make_project, "FZ803", {REPORT: NARRATIVE.replace(own, title)})
    assert len(problems) == times
    assert all(p.severity is Severity.ERROR and p.line == 2 for p in problems)


# FZ804: programmes


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (report("推进“七五”普法。"), "七五”普法"),
        (report("推进七五普法工作。"), "七五普法"),
        (report(plan="深入推进“七五”普法。"), "七五”普法"),
        (record("开展“八五”普法宣讲。", year=2026), "八五”普法"),
        (record("学习《法治政府建设实施纲要(2021-2025年)》。", year=2026), "法治政府建设实施纲要("),
        (record("学习法治政府建设实施纲要（2021至2025年）。", year=2020), "法治政府建设实施纲要（"),
    ],
)
def test_a_programme_of_other_years(files, place, make_project):
    (problem,) = found(make_project, "FZ804", files)
    assert at(problem, files).startswith(place)
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "files",
    [
        report("推进“八五”普法，落实《法治政府建设实施纲要（2021－2025年）》。"),
        report(plan="2025年是“八五”普法收官之年。"),
        report("在“七五”普法总结验收的基础上开展宣传。"),
        report("“七五”普法期间打下了基础，“七五”普法以来持续开展宣传。"),
        record("迎接“八五”普法终期评估验收。", year=2026),
        record("谋划“八五”普法工作。", year=2020),
        record("学习法治政府建设实施纲要。", year=2030),
        {"docs/index.md": "“七五”普法的成果在这里公布。\n"},
    ],
)
def test_a_programme_of_its_years(files, make_project):
    assert not found(make_project, "FZ804", files)


# FZ805: typed rates


UNTRUE_RATES = [
    ("受理矛盾纠纷36起，调解成功35起，调解成功率99%。", "99%", "97%"),
    ("受理矛盾纠纷36起，成功调解35起，调解成功率达到98%以上。", "98%", "97%"),
    ("受理36起，调解成功36起，调解成功率为99.9%。", "99.9%", "100.0%"),
    ("应考62人，参考60人，参考率100%。", "100%", "97%"),
    ("应考1000人，实考996人，参考率达100%。", "100%", "99.6%"),
    ("应考10000人，参考9996人，参考率100%。", "100%", "99.96%"),
    ("应考62人，参考60人，参考率96.7%。", "96.7%", "96.8%"),
    ("应考６２人，参考６０人，参考率９８％。", "９８％", "97%"),
    ("应考**62**人，参考**60**人，参考率**98%**。", "98%", "97%"),
    ("62人应考，60人参考，参考率98%。", "98%", "97%"),
    ("应考62人，参考60人，合格60人，参考率和合格率均达100%。", "100%", "97%"),
    ("应考1,000人，参考900人，参考率超过90%。", "90%", "90%"),
    ("参考率98%，其中应考62人、参考60人。", "98%", "97%"),
    ("参考60人，合格58人，合格率不低于97%。", "97%", "97%"),
]


def test_a_rate_that_its_own_counts_deny(make_project):
    files = each([body for body, *_ in UNTRUE_RATES])
    problems = found(make_project, "FZ805", files)
    for problem, path, (_, place, right) in zip(problems, files, UNTRUE_RATES, strict=True):
        assert problem.path == path
        assert at(problem, files).startswith(place)
        assert f"改成 {right}；" in problem.hint
        assert problem.severity is Severity.ERROR


TRUE_RATES = [
    "受理矛盾纠纷36起，调解成功35起，调解成功率97%。",
    "受理矛盾纠纷36起，调解成功35起，调解成功率97.2%。",
    "受理矛盾纠纷36起，调解成功35起，调解成功率97.22%。",
    "受理矛盾纠纷36起，调解成功35起，调解成功率在95%以上，超过97%。",
    "应考62人，参考62人，参考率100%。",
    "应考200人，参考199人，参考率99.5%，应考200人，参考率100%左右。",
    "上年参考率100%，今年应考62人，参考60人。",
    "应考62人，参考60人，要求参考率100%。",
    "应考62人，参考60余人，参考率99%。",
    "受理200余起，调解成功35起，调解成功率99%。",
    "乡干部应考27人、参考27人，村干部应考35人、参考33人，参考率96.8%。",
    "参考率和合格率均达到95%以上。",
    "不合格2人，参考60人，合格率96.7%。",
    "应考62人，参考60人，合格率提高3个百分点，参考率比上年提高3%。",
    "应考62人，参考60人，参考率和合格率分别为96.8%、90%。",
    "应考62人。参考率100%。参考60人。",
    "受理信访2件、矛盾纠纷36起，调解成功36起，调解成功率100%。",
]


def test_a_rate_that_its_counts_do_not_deny(make_project):
    assert not found(make_project, "FZ805", each(TRUE_RATES))


EXAM = "板块: 法治宣传\n应考: 62\n参考: 60\n合格: 58\n"


@pytest.mark.parametrize(
    ("body", "times"),
    [
        ("参考率96.8%，合格率96.7%。", 0),
        ("参考率和合格率均在95%以上。", 0),
        ("参考率100%，合格率96.7%。", 1),
        ("参考率100%，合格率100%。", 2),
        ("乡干部参考率100%，村干部参考率94%。", 0),  # neither is that of the record
        ("乡干部应考27人、参考27人，参考率100%。", 0),
        ("上年参考率100%。", 0),
    ],
)
def test_the_counts_of_an_examination_serve(body, times, make_project):
    files = record(body, title="法治理论知识考试", extra=EXAM)
    files = {path: text.replace("类别: 宣传活动", "类别: 考试") for path, text in files.items()}
    assert len(found(make_project, "FZ805", files)) == times


def test_a_typed_rate_in_a_narrative(make_project):
    typed = '应考{{ 原文("62人", 理由="…") }}，参考{{ 原文("60人", 理由="…") }}，参考率'
    counted = "应考{{ 考试应考 }}，参考60人，参考率100%。"
    files = report(typed + '{{ 原文("100%", 理由="…") }}。\n\n' + counted)
    (problem,) = found(make_project, "FZ805", files)
    assert at(problem, files).startswith('100%", 理由="…") }}。')


# FZ806: typed sums


UNTRUE_SUMS = [
    ("宣传3场、讲座2场，合计6场。", "6场"),
    ("宣传3场，讲座2场，咨询1场，共计7场。", "7场"),
    ("宣传3场、讲座2场和咨询1场，总计5场。", "5场"),
    ("民法典120份、宪法80份，共计发放资料205份。", "205份"),
    ("讲座和咨询分别为1场、2场，共计4场。", "4场"),
    ("受理**5**件，其中调解4件、信访2件。", "5**件"),
    ("受理5件（其中信访6件）。", "5件"),
    ("受理矛盾纠纷5件；其中婚姻家庭6件。", "5件"),
    ("办结5件，分别为信访2件、纠纷2件。", "5件"),
    ("办结5件，均为信访4件。", "5件"),
    ("在册51名（甲类17名、乙类1名、丙类13名、丁类5名、戊类14名、己类2名）。", "51名"),
    ("在册1,051名（甲类1,017名，乙类13名，丙类22名）。", "1,051名"),
]


def test_parts_that_do_not_add_up(make_project):
    files = each([body for body, _ in UNTRUE_SUMS])
    problems = found(make_project, "FZ806", files)
    for problem, path, (_, place) in zip(problems, files, UNTRUE_SUMS, strict=True):
        assert problem.path == path
        assert at(problem, files).startswith(place)
        assert problem.severity is Severity.WARNING


TRUE_SUMS = [
    "宣传3场、讲座2场，合计5场。",
    "宣传3场、讲座2场、咨询1场，资料6份，合计6场。",
    "宣传3场次、讲座2场、咨询1场，合计6场。",
    "一是宣传3场；二是讲座2场、咨询1场，合计6场。",
    "一是宣传3场。二是讲座2场、咨询1场，合计6场。",
    "宣传3场，深入村组和学校讲解，讲座2场、咨询1场，合计6场。",
    "宣传10余场、讲座2场，合计15场。",
    "比上年增加3件、减少2件，合计10件。",
    "1月3件、2月5件，累计共计20件。",
    "受理5件，其中调解4件、信访1件。",
    "受理5件，其中发放资料300份、信访6件。",
    "受理10件，其中调解成功9件，法院移交8件。",
    "受理200余件，其中调解成功300件。",
    "办结5件，分别为信访2件、纠纷3件。",
    "办结6件，分别为信访2件、纠纷3件，咨询1件。",
    "办结5件，分别为信访2件、纠纷3件，另转办1件。",
    "召开会议12场（党委会3场、专题会2场等）。",
    "召开会议12场（党委会3场、专题会2场）。",
    "在册51名（其中甲类17名、乙类1名、丙类3名）。",
    "在册51名（甲类17名、乙类1名、丙类3名等）。",
    "投入1.5件、2.5件，合计4件。",
    "2024年3月5日宣传2场、4月6日宣传3场，合计5场。",
    "占50%、30%，合计99%。",
    "第1场、第2场，合计2场。",
]


def test_parts_that_may_add_up(make_project):
    assert not found(make_project, "FZ806", each(TRUE_SUMS))


def test_a_plan_that_does_not_add_up(make_project):
    files = report(plan="计划举办讲座2场、宣传3场，合计6场。")
    (problem,) = found(make_project, "FZ806", files)
    assert at(problem, files).startswith("6场")
    assert problem.severity is Severity.ERROR


# FZ706, FZ707 and FZ714: numbers typed in a narrative


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("排查**300**起。", "300**起"),
        ("排查~~30~~**0**起。", "30~~**0**起"),
        ("排查[300](https://www.example.gov.cn/)起。", "300](https"),
        ("排查300**起**。", "300**起"),
        ("排查_3_场。", "3_场"),
        (r"排查3\0起。", r"3\0起"),
    ],
)
def test_marks_do_not_hide_a_typed_number(sentence, place, make_project):
    files = report(sentence)
    (problem,) = found(make_project, "FZ706", files)
    assert at(problem, files).startswith(place)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("九成以上的群众满意。", "九成以上"),
        ("近八成群众知晓。", "近八成"),
        ("超九成的村开展了宣传。", "超九成"),
        ("三分之二的村开展了宣传。", "三分之二"),
        ("一半以上的村开展了宣传。", "一半以上"),
        ("半数以上群众知晓。", "半数以上"),
        ("近一半的村开展了宣传。", "近一半"),
        ("宣传**三**场。", "三**场"),
    ],
)
def test_a_share_in_words_is_a_warning(sentence, place, make_project):
    files = report(sentence)
    (problem,) = found(make_project, "FZ707", files)
    assert at(problem, files).startswith(place)
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "sentence",
    [
        "形成一张网，建成三级网络，不是一成不变。",
        "分为三成员单位；组成三个层面。",
        "党政一把手亲自抓，一起推进。",
        "第**三**次会议，第**3**期，**2024**年，**12**月4日。",
        "“三分之二”原则，《九成以上》。",
        "大多数群众知晓，多数村开展。",
        "排查[有关情况](https://www.example.gov.cn/2024/3.html)。",
    ],
)
def test_what_is_no_typed_number(sentence, make_project):
    files = report(sentence)
    assert not found(make_project, "FZ706", files)
    assert not found(make_project, "FZ707", files)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("比上年下降{{ 发放资料 | 同比 }}。", "下降{{"),
        ("比上年增长了{{ 发放资料 | 同比 }}。", "增长了{{"),
        ("比上年提高**{{ 发放资料 | 同比(2) }}**。", "提高**{{"),
        ("超过**{{ 发放资料 }}**。", "超过**{{"),
        ("发放**{{ 发放资料 }}**以上。", "以上。"),
        ("不到{{ 发放资料 }}。", "不到{{"),
        ("逾{{ 发放资料 }}。", "逾{{"),
    ],
)
def test_words_beside_a_number(sentence, place, make_project):
    files = report(sentence)
    (problem,) = found(make_project, "FZ714", files)
    assert at(problem, files).startswith(place)


@pytest.mark.parametrize(
    "sentence",
    [
        "增加{{ 发放资料 }}，提高到{{ 宣传活动 }}。",
        "共发放{{ 发放资料 }}，以上情况均已公开。",
        "附近发放{{ 发放资料 }}。",
        "全年**发放**{{ 发放资料 }}。",
    ],
)
def test_words_that_change_nothing(sentence, make_project):
    assert not found(make_project, "FZ714", report(sentence))


# FZ412: an event entered twice


def events(*events: tuple[str, str, str]) -> dict[str, str]:
    """Events of one day and 类别: title, place, topics."""
    return {
        f"records/2024/activities/{number}.md": (
            f"---\n标题: {title}\n日期: 2024-05-20\n类别: 宣传活动\n地点: {place}\n{topics}---\n内容。\n"
        )
        for number, (title, place, topics) in enumerate(events)
    }


SAME_EVENT = [
    (("国家宪法日集中宣传", "东村"), ("“12·4”国家宪法日宣传活动", "东村")),
    (("宪法宣传", "东村广场"), ("国家宪法日集中宣传", "东村广场")),
    (("宪法宣传", "东村广场"), ("宪法专题宣传", "示例乡东村广场")),
    (("4·15全民国家安全教育日集中宣传", "乡场镇"), ("全民国家安全教育日宣传", "乡政府门口")),
    (("法治赶场", "乡场镇"), ("法治赶场活动", "乡场镇")),
    (("未成年人保护宣传", "乡场镇"), ("未成年人保护主题宣传", "乡中心广场")),
]


@pytest.mark.parametrize(("one", "other"), SAME_EVENT)
def test_an_event_entered_twice(one, other, make_project):
    (problem,) = found(make_project, "FZ412", events((*one, ""), (*other, "")))
    assert (problem.path, problem.severity) == ("records/2024/activities/1.md", Severity.WARNING)
    assert "records/2024/activities/0.md" in problem.message


OTHER_EVENT = [
    (("第一次法治讲座", "乡政府"), ("第二次法治讲座", "乡政府")),
    (("法治讲座（一）", "乡政府"), ("法治讲座（二）", "乡政府")),
    (("法治讲座第1期", "乡政府"), ("法治讲座第2期", "乡政府")),
    (("上午场普法宣传", "乡政府"), ("下午场普法宣传", "乡政府")),
    (("东村禁毒宣传", "东村"), ("西村禁毒宣传", "西村")),
    (("禁毒宣传进村", "东村"), ("禁毒宣传", "西村")),
    (("一组普法宣传", "东村"), ("二组普法宣传", "东村")),
    (("乡干部理论知识考试", "乡政府"), ("村干部理论知识考试", "乡政府")),
    (("中心小学普法宣传", "乡场镇"), ("中心幼儿园普法宣传", "乡场镇")),
    (("禁毒宣传", "乡场镇"), ("反邪教宣传", "乡场镇")),
    (("消防安全宣传", "乡场镇"), ("食品安全宣传", "乡场镇")),
    (("宪法宣传", "乡场镇"), ("国家宪法日集中宣传", "乡政府门口")),
]


@pytest.mark.parametrize(("one", "other"), OTHER_EVENT)
def test_events_that_are_two(one, other, make_project):
    assert not found(make_project, "FZ412", events((*one, ""), (*other, "")))


def test_events_of_other_topics_are_two(make_project):
    one, other = (
        ("普法宣传", "乡场镇", "主题: [禁毒]\n"),
        ("普法集中宣传", "乡场镇", "主题: [宪法]\n"),
    )
    assert not found(make_project, "FZ412", events(one, other))
    alike = events(one, (*other[:2], "主题: [宪法, 禁毒]\n"))
    assert len(found(make_project, "FZ412", alike)) == 1


def test_an_exact_duplicate_is_one_error(make_project):
    files = events(("普法宣传", "乡场镇", ""), ("普法宣传", "乡场镇", ""))
    assert len(found(make_project, "FZ411", files)) == 1
    assert not found(make_project, "FZ412", files)


def test_each_repetition_is_told_once_and_within_one_file(make_project):
    titles = ("法治赶场", "法治赶场活动", "法治赶场宣传")
    files = events(*((title, "乡场镇", "") for title in titles))
    assert len(found(make_project, "FZ412", files)) == 2
    root = make_project({})
    last, _ = project_files.check_files(Folder(root), ["records/2024/activities/2.md"], TODAY)
    assert [problem.rule for problem in last] == ["FZ412"]


# FZ413: a case entered once a channel


def cases(*changes: dict[str, str]) -> dict[str, str]:
    """Cases that are one but for what each of them changes."""
    common = {
        "标题": "东村承包地边界纠纷",
        "受理日期": "2024-05-06",
        "办结日期": "2024-05-30",
        "类别": "矛盾纠纷",
        "结果": "调解成功",
        "纠纷类型": "邻里纠纷",
        "村": "东村",
        "来源": "[群众申请]",
    }
    files = {}
    for number, change in enumerate(changes):
        held = {key: value for key, value in {**common, **change}.items() if value}
        head = "".join(f"{key}: {value}\n" for key, value in held.items())
        files[f"records/2024/cases/{number}.md"] = f"---\n{head}---\n内容。\n"
    return files


HOTLINE = {"来源": '["12345"]'}


@pytest.mark.parametrize(
    "change",
    [
        {"受理日期": "2024-05-09"},
        {"受理日期": "2024-05-13", "标题": "承包地边界争议"},
        {"受理日期": "2024-04-30", "标题": "东村两户承包地边界问题"},
        {"标题": "东村承包地纠纷", "涉及人数": "2"},
        {"标题": "东村承包地界线纠纷", "纠纷类型": ""},
    ],
)
def test_a_case_entered_once_a_channel(change, make_project):
    (problem,) = found(make_project, "FZ413", cases({}, {**HOTLINE, **change}))
    assert (problem.path, problem.severity) == ("records/2024/cases/1.md", Severity.WARNING)
    assert "records/2024/cases/0.md" in problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"标题": "东村承包地纠纷"}),  # by the same channel
        ({}, {"标题": "东村承包地纠纷", "来源": '[群众申请, "12345"]'}),
        ({}, {"标题": "东村承包地纠纷", "来源": ""}),
        ({}, {**HOTLINE, "受理日期": "2024-05-14"}),
        ({}, {**HOTLINE, "村": "西村", "标题": "西村承包地边界纠纷"}),
        ({}, {**HOTLINE, "标题": "东村承包地边界争议", "纠纷类型": "山林土地"}),
        ({"涉及人数": "2"}, {**HOTLINE, "标题": "东村承包地边界争议", "涉及人数": "3"}),
        ({}, {**HOTLINE, "标题": "东村噪声扰邻纠纷"}),
        ({"标题": "东村一组院坝纠纷"}, {**HOTLINE, "标题": "东村二组院坝纠纷"}),
        ({}, HOTLINE),  # title and day too are the same: FZ411
    ],
)
def test_cases_that_are_two(one, other, make_project):
    assert not found(make_project, "FZ413", cases(one, other))


# The sample


def test_the_sample_has_no_fault_of_these_rules():
    rules = {f"FZ{number}" for number in (412, 413, *range(801, 807))}
    assert not [p for p in checked(ROOT).problems if p.rule in rules]


# However long a text is, a rule is done with it at once: no start is searched to the end again

ENDLESS = {
    "方括号": "[" * 100_000,
    "链接": "](" * 50_000,
    "书名号": "《" * 100_000,
    "引号": "“" * 100_000,
    "空格": "甲" + " " * 100_000 + "乙",
    "标题里的空格": "## 甲" + " " * 100_000 + "乙",
    "标题里的块": "## " + "{块=" * 30_000,
    "模板": "{%" * 50_000,
    "数字": "1" * 100_000,
    "合计": "、合计1个" * 10_000,
    "分别": "和分别为1个" * 10_000,
    "年份": "2023年" * 15_000,
    "规划": "“七五”普法" * 10_000,
    "标题": "## \n" * 30_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_text_is_read_to_its_end(name, make_project):
    text = ENDLESS[name]
    files = {**record(text), REPORT: f"{NARRATIVE}\n{text}\n"}
    root = make_project({"records/vocabulary.yml": VOCABULARY + WORDS, **files})
    told = Counter((problem.path, problem.rule) for problem in checked(root).problems)
    assert max(told.values(), default=0) <= 2 * MOST_REPORTED
