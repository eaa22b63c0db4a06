"""What a report, or the title of a picture, says of numbers that the public does not see."""

import pytest

from fazhi.problems.problem import Severity
from tests.conftest import checked, lay
from tests.support.offices import COUNTED, FIXED, NARRATIVE, PLAIN, SENSITIVE, YEARS, Office, case

FEW = [case("12345", of=YEARS[0]), *[case("群众申请", of=YEARS[1])] * 2]
MANY = [case("群众申请", category=PLAIN, of=year) for year in YEARS for _ in range(9)]
MANY += [case("12345", category=PLAIN, of=YEARS[1])]
BY_SOURCE = COUNTED | {"名称": "来源", "统计": "分类", "按": "来源", "条件": {"类别": PLAIN}}
FIGURES = [
    COUNTED | {"条件": {"类别": SENSITIVE}},
    COUNTED | {"名称": "纠纷", "条件": {"类别": PLAIN}, "图": "柱"},
    BY_SOURCE,
    FIXED[0],
    COUNTED | {"名称": "全部案件", "统计": "分类", "按": "类别", "条件": {}},
]
PEOPLE = {
    year: {"甲类": 20, "乙类": 2, "丙类": 4, "丁类": few, "重点信访": 2}
    for year, few in zip(YEARS, (1, 12), strict=True)
}
TOLD = [
    "救助全部在办。",
    "救助减少了。",
    "没有救助。",
    "受理救助寥寥无几。",
    "上年救助多，今年只剩零星。",
    "群众申请比12345多。",
    "救助比上年增加。",
    "救助不少于纠纷{{ 纠纷 }}。",
    "救助不少。",
    "救助少于纠纷{{ 纠纷 }}。",
    "来源{{ 来源 }}，其中群众申请最多。",
    "来源{{ 来源 }}，以群众申请为主。",
    '受理救助{{ 原文("2件", 理由="台账登记") }}。',
    "救助{{ 原文('两件', 理由='台账登记') }}，纠纷{{ 纠纷 }}。",
    "纠纷{{ 纠纷 }}，是救助的五倍。",
    "纠纷{{ 纠纷 }}，相当于救助的5倍。",
    "救助与来源数量相同。",
    *(
        f"救助{said}。"
        for said in (
            "两宗",
            "两桩",
            "两例",
            "成双",
            "一对",
            "在三件以下",
            "3月、5月各一件",
            "、来源各两件",
            "有二",
            "计二",
            "案件，共2件",
        )
    ),
    *(f"救助{said}，纠纷{{{{ 纠纷 }}}}。" for said in ("两起", "：2", " 2", "案件数为2", "2")),
    "全年第2起救助于12月受理，此后再无。",
    "两宗救助已办结。",
    "救助{{ 救助 }}，为一户救助家庭解难。",
    "本年救助工作中，{{ 原文('2户', 理由='救助台账') }}由乡领导包案。",
    "办好一件救助案件。",
    "处置一起救助案件，同救助站一起走访。",
    "处置救助三次。",
    "| 救助 | 三例 |",
    *(
        "救助人数为1。",
        "救助期初2、期末1。",
        "救助=1。",
        "年末救助在册3，年内退出2。",
        "救助在三个村各一。",
    ),
    *(
        "查处一起救助案件。",
        "查处一起未成年人救助案件。",
        "救助每村各一起。",
        "| 救助 | 查处一起 |",
    ),
    *("全乡唯一的救助由乡里办。", "对仅有的救助每月走访。", "接收救助首例。", "救 助一件。"),
    *(
        "救助由乡里负责，现有一件。",
        "办理救助，涉及三户。",
        "办理救助，上年只有三件。",
        "救助，三件。",
    ),
    *(
        "救助{{ 救助 }}，其中一件疑难。",
        "救助{{ 救助 }}，八件已办结。",
        "救助有序，新增六件。",
        "救助由乡里办，春节、清明各一件。",
    ),
    *(
        "救助与上年持平。",
        "救助有序，人数明显减少。",
        "比上年明显减少，救助有序。",
        "全年未发生救助案件。",
    ),
    *("全部案件中，救助多。", "全部案件的矛盾纠纷有序。"),
]
OF_PARTS = [
    *(
        "对一名乙类人员开展帮教",
        "乙类人员一位",
        "乙类四人",
        "乙类：四人",
        "乙类（四人）",
        "乙类计二",
    ),
    *("重点人群中，乙类四人", "乙类、丙类各有四人和两人", "乙类甲、乙两人按期解矫", "走访乙类四户"),
    *("乙类三例", "走访三户乙类家庭", "| 乙类 | 三例 |", '乙类{{ 原文("1人", 理由="台账") }}'),
    *(
        '{{原文("4名", 理由="乙类人数")}}对象',
        "走访4个乙类",
        "乙类共4人次",
        "乙类**4** 人",
        "乙类十来人",
    ),
    *(
        "乙类一个人",
        "乙类一个在村里一个在乡里",
        "乙类兄弟俩有人管",
        "乙类配手环一个",
        "乙类在册一、丙类在册2",
    ),
    *(
        "人群{{ 人群 }}，其中乙5、丙1",
        "人群{{ 人群 }}依次为20、4、2",
        "人群（甲二十、乙四）分类管",
        "人群丁类{{ 人群.丁类 }}，上年1名",
    ),
    *(
        "为乙类人员尿检20次，每人每季度一次",
        "走访乙类12次、丁类60次，每人每月一次",
        "对乙类每人每月走访一次，共走访12次",
        "乙类每月走访一次，全年12次",
        "走访乙类24次，人均12次",
        "对乙类按月走访，全年走访12次",
        "走访乙类{{ 走访 }}，每人每月一次",
        "为乙类发放告知书，每人2份，共10份",
        "对一乙类人员走访",
        "对此名乙类人员走访",
        "司法所在册一名，为乙类人员",
        "对这名乙类对象，司法所逐月走访",
        "司法所对该乙类人员每月走访",
        "帮扶乙类家庭，对该户逐月走访",
        "信访老户一户",
        '司法所在册{{ 原文("1名", 理由="台账") }}，系乙类人员',
    ),
    *(
        "乙类对象全部到位",
        "乙类人员有所增添",
        "乙类对象减少未发生脱管",
        "乙类工作有序，对象减少",
        "多数群众是乙类人员",
        "多数村对乙类人员走访",
        "多数乙类支持普法工作",
        "乙类工作对象最多",
        "乙类居全县前三",
        "降低乙类数量，防控风险",
        "未出现新的乙类人员",
        "乙类占5分之一",
        "乙类均已解除",
    ),
]
TOLD += [f"{said}。" for said in OF_PARTS]
TOLD += [
    "| 项目 | 乙类 |\n|:--|--:|\n| 人数 | 一 |",
    "| 项目 | 救助 |\n|:--|--:|\n| 比上年 | 减少 |",
    "| 村 | 有无乙类对象 |\n|:--|:--|\n| 一村 | 有 |",
    "| 项目 | 乙类 | 甲类 |\n|:--|--:|--:|\n| 一村 | {{ 原文('2名', 理由='台账') }} | 无 |",
    "| 乙类（名） | 今年 |\n|:--|--:|\n| 一村 | 二 |",
    "表1 乙类情况\n\n| 村 | 人数 |\n|:--|--:|\n| 一村 | 两名 |",
    "### 乙类稳控\n\n在册{{ 原文('1名', 理由='台账') }}，由乡里包案。",
    "### 乙类对象\n\n有人管。现有两名。\n\n- 已安置",
    "### 乙类对象\n\n- 一村一名",
    "乙类情况如下：\n\n- 一村一名\n- 都有人管",
    "- 乙类：\n    - 一村现有在册人员一名",
    "**乙类对象**\n\n两名，已安置。",
    "乙类对象\n两名。",
    "| | |\n|:--|:--|\n| 项目 | 乙类 |\n| 人数 | 一 |",
    "- 乙类对象\n    - 两名",
    "乙类对象情况如下。\n\n- 一村两名",
    "乙类对象情况：\n\n在册两名。",
    "**乙类对象**\n\n有人管。\n\n现有两名。",
    "慰问乙类对象，每户一袋米、一壶油，共三袋米、三壶油。",
    "慰问乙类对象每人{{ 原文('500元', 理由='账') }}，发放{{ 原文('1500元', 理由='账') }}。",
    "乙类对象每户一床棉被，送去三床棉被。",
    *(f"乙类对象{said}。" for said in ("一人一案，立卷两册", "人手一部手机，共两部")),
    "为乙类对象建立档案{{ 原文('2份', 理由='账') }}，一人一档。",
    "给乙类对象各发一份告知书，发出两份。",
    "走访三家乙类人员。",
    "为乙类对象每人申请一项补助，申请三项。",
    *("带乙类对象应聘，三人全部录用。", "带乙类对象应聘，三人顺利上岗。", "带乙类应聘，三人入职。"),
    "乙类对象；{{ 原文('2名', 理由='台账') }}。",
    *("乙类对象；共两名。", "慰问乙类对象，每家一桶油，共三桶油。"),
    *(
        "救助头一回发生。",
        "救助第一次出现。",
        "救助系孤例。",
        "救助案件个案。",
        "救助案件一案一卷，归档两卷。",
        "救助初次发生。",
        "乙类对象两口子。",
    ),
    *("救助案件近三年首次发生。", "救助案件属个案，已移送。", "救助案件该起已于六月办结。"),
    *("乙类对象一男一女。", "乙类对象男女各半。", "乙类对象双双按期报到。"),
    "> 乙类对象\n> 两名。",
]
UNTOLD = [
    "多部门联动、多方参与救助，乙类工作连续两年获评优秀，乙类工作获全县第一名，保障救助对象的最低生活保障。",
    "救助三个环节均有记录，首次组织乙类参观，乙类每月汇报不少于一次、公益活动不少于两次。",
    "救助对象每月走访不少于一次，重大节假日增加一次，乙类每人每月500元，乙类一人一档、落实三项制度。",
    "多举措落实救助；各项任务全部完成，干部走访乙类，三人一组，开展救助个案会商。",
    "### 乙类管理\n\n工作有序。群众两名到场，三名干部走访。\n\n### 普法\n\n- 三名干部\n- 现有两名",
    "| 序号 | 乙类工作 | 干部 |\n|:--|:--|--:|\n| 1 | 走访 | 两名 |\n\n| 村 | 干部 |\n|:--|--:|\n| 一村 | 两名 |",
    "乙类工作如下：\n\n- 有人管\n\n普法有序。\n\n共两名。",
    "对救助对象的教育多以集中授课为主，对救助对象多次违规的依法处理。",
    "### 乙类工作\n\n一是建强队伍。乙类工作要有队伍。",
    "普法如下：\n\n- 三名干部\n\n走访乙类。\n\n三名干部到场。",
    "救助全部落实监护责任。",
    "走访乙类，三名干部到场，2024年5月同3个部门一起办2场乙类讲座、3次乙类培训，按计划开展乙类培训2次。",
    "对乙类落实一对一、一人一策，不漏一人，逐一对乙类走访千家万户，始终放在第一位，每一名乙类有人管，同救助站一起救助群众，发救助一次性补助。",
    "救助工作有序。",
    "增强救助对象法治意识，最大限度帮助乙类回归社会，救助经费全部到位，从事救助的力量不足，救助档案保存不少于三十年。",
    "预防和减少乙类对象重新犯罪，救助占用不少精力，降低乙类复吸风险。",
    "救助工作有序，参加普法的人次明显增加。",
    "个别干部对救助工作认识不足，少数村对乙类工作重视不够，多数群众理解救助工作，大多数村民支持乙类人员回归社会。",
    "司法所全部工作人员参加救助业务培训，所有文书均按救助档案要求归档，救助方面的问题全部整改。",
    "救助工作没有发生违纪违法问题，乙类人员情绪稳定，没有发生集体上访，落实救助制度，没有出现差错，未发现乙类人员脱管。",
    "从事救助的人员偏少，救助执法人员不足，群众对乙类人员的歧视有所减少，救助宣传教育场次比上年增加。",
    "救助工作得分最高，乙类人员管控难度最大，救助工作最大的困难是力量不足，占法治建设总分的10%。",
    "救助工作居全县前三，检查救助工作，反馈问题三个，成员单位八个，该村乙类工作有序，这项救助工作有人管，走访乙类每月一次，统一乙类人员管理，按月走访乙类，三名干部到场，为乙类人员送法。",
    "矛盾纠纷化解能力增强，不断完善群众申请制度。",
    "全年没有发生救助对象脱管，未发生乙类对象漏管。",
    "一、对乙类统一管理、办理两件实事，乙类一个都不能少，让每一名乙类都有人管，排名第一。",
    "“12.4”宣传，组织乙类参加“六一”、八五普法，贯彻第三条、三级管理，24小时响应，有两家单位、六所学校。",
    "人群分为六类，由三名网格员管理，2024年、2025年都这样。",
    "人群{{ 人群 }}，其中甲类{{ 原文('20人', 理由='台账') }}、丁类12人。",
    "同派出所一起办理救助，干部一起办理救助。",
    "纠纷{{ 纠纷 }}，比上年增加。",
    "来源{{ 来源 }}。",
    "纠纷多于往年。",
    "救助一律从快，一件一策，2024年5月组织救助业务培训2次。",
    "开展两场救助政策宣讲，三名干部到场，开展救助第一时间响应。",
    '印发救助办法，发放纠纷宣传资料{{ 原文("300份", 理由="台账") }}。',
]


def errors(tmp_path, sentence: str, title: str = "", narrative: str = NARRATIVE) -> list[str]:
    """What is wrong with a report of one sentence, or with the title of a picture."""
    titled = {"图题": {YEARS[1]: title}} if title else {}
    figures = [FIGURES[0], FIGURES[1] | titled, *FIGURES[2:]]
    office = Office(5, figures, [*FEW, *MANY], [], PEOPLE, dict.fromkeys(YEARS, 26))
    office.write(root := tmp_path / "office")
    lay(root, {f"docs/report/{YEARS[1]}.md": narrative.replace("正文。", sentence)})
    paths = ("docs/report/", "records/figures.yml")
    found = [p for p in checked(root).problems if p.path.startswith(paths)]
    return [f"{p.rule} {p.message}" for p in found if p.severity is Severity.ERROR]


@pytest.mark.parametrize("sentence", TOLD)
def test_it_is_not_told_though_it_is_true(sentence, tmp_path):
    assert any("FZ704" in told and "不公布" in told for told in errors(tmp_path, sentence))


@pytest.mark.parametrize("sentence", UNTOLD)
def test_what_tells_nothing_of_it_is_let_through(sentence, tmp_path):
    assert not [told for told in errors(tmp_path, sentence) if "不公布" in told]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("救助{{ 救助 }}。", "救助”在公开版不能印：人数、记录太少，"),
        ("人群丁类比上年{{ 人群.丁类 | 同比 }}。", "上年没有数或不公布，不能同比"),
        ("人群丁类上年{{ 人群.丁类.上年 }}。", "上年没有数或不公布"),
    ],
)
def test_what_cannot_be_printed_may_be_a_number_that_is_not_public(sentence, told, tmp_path):
    assert any(told in one for one in errors(tmp_path, sentence))


@pytest.mark.parametrize(
    ("of", "said", "told"),
    [
        ("人群", "人群{{ 人群 }}", "“人群”在公开版不能印：同“增加”一起算，人数"),
        (
            "人群.甲类",
            "人群{{ 人群 | 分项 }}",
            "“人群”的分项在公开版不能印：同“增加”一起算，有的太小",
        ),
    ],
)
def test_the_figures_that_tell_of_it_are_named(of, said, told, tmp_path):
    more = {
        "名称": "增加",
        "板块": "矛盾化解",
        "单位": "名",
        "统计": "合计",
        "加": [of],
        "减": [f"{of}.上年"],
    }
    people = {year: {"甲类": 20 + year - YEARS[0], "乙类": 30} for year in YEARS}
    Office(5, [FIXED[0], more], [], [], people, dict.fromkeys(YEARS, 9)).write(
        root := tmp_path / "office"
    )
    lay(root, {f"docs/report/{YEARS[1]}.md": NARRATIVE.replace("正文。", f"{said}。")})
    assert any(told in p.message for p in checked(root).problems)


def test_the_sensitive_records_among_others_are_named(tmp_path):
    """With the way out: another figure, that counts the others."""
    of_all = COUNTED | {"条件": {}}
    Office(5, [of_all], [*FEW, *MANY], [], {}, {}).write(root := tmp_path / "office")
    said = NARRATIVE.replace("正文。", f"受理{{{{ {of_all['名称']} }}}}。")
    lay(root, {f"docs/report/{YEARS[1]}.md": said})
    (told,) = (p.message for p in checked(root).problems if p.rule == "FZ704")
    assert f"里面有敏感的“{SENSITIVE}”（不数它的，在条件里写别的类别）" in told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("纠纷{{ 纠纷 }}，救助比上年增加", 1),
        ("纠纷{{ 纠纷 }}，救助两宗", 1),
        ("纠纷{{ 纠纷 }}，救助：2", 1),
        ("纠纷{{ 纠纷 }}，另有乙类三例", 1),
        ("纠纷{{ 纠纷 }}", 0),
    ],
)
def test_nor_in_the_title_of_a_picture(title, told, tmp_path):
    found = [one for one in errors(tmp_path, "正文。", title) if "不公布" in one]
    assert len(found) == told


@pytest.mark.parametrize(
    ("what", "why", "told"),
    [
        ("补计一次宣传；另有乙类1人的资料未计入", "漏记", 1),
        ("补计", "漏记对1名乙类对象的送法", 1),
        ("救助少记两件", "漏记", 1),
        ("乙类的培训补计一次", "比原来多", 0),
        ("查处一起救助案件漏记", "漏记", 1),
    ],
)
def test_nor_in_a_correction(what, why, told, tmp_path):
    assert corrected(tmp_path, what, why) == told


def corrected(tmp_path, what: str, why: str, figures: str = "") -> int:
    """How many faults a correction of some figures has for what it tells."""
    said = f"更正:\n  - {{日期: 2025-03-06, 指标: [{figures}], 说明: {what}, 原因: {why}, 批准: 乡长}}\n"
    narrative = NARRATIVE.replace("---\n\n", f"{said}---\n\n")
    return len([one for one in errors(tmp_path, "正文。", narrative=narrative) if "不公布" in one])


@pytest.mark.parametrize(
    ("what", "why", "told"),
    [
        ("重复登记的6件删去，实有3件", "重复", 1),
        ("重复登记的删去", "多登记了六条", 1),
        ("重复登记的删去", "有三分之二、一半是重复的", 1),
        ("删去一半", "登记了两遍", 2),
        ("余三", "每件登记了一次", 2),
        ("重复登记的删去", "3月4日核对，同一人登记在几处", 1),
        ("重复登记的删去", "2025年3月4日核对，按第三条，第一季度统一登记", 0),
    ],
)
def test_nor_any_number_in_the_correction_of_a_figure_that_is_not_public(what, why, told, tmp_path):
    assert corrected(tmp_path, what, why, "救助") == told
    assert not corrected(tmp_path / "other", what, why, "纠纷")


def test_nor_which_part_was_corrected(tmp_path):
    assert corrected(tmp_path, "补登乙类人员", "漏记", "人群") == 1
    assert not corrected(tmp_path / "other", "补登甲类人员", "漏记乙类的活动", "纠纷")


@pytest.mark.parametrize(
    ("said", "told"),
    [("查处一起救助案件。", 1), ("乙类人员五人。", 1), ("纠纷五件。救助有序。", 0)],
)
def test_nor_on_the_home_page(said, told, tmp_path):
    Office(5, FIGURES, [*FEW, *MANY], [], PEOPLE, dict.fromkeys(YEARS, 26)).write(
        tmp_path / "office"
    )
    lay(tmp_path / "office", {"docs/index.md": said})
    problems = checked(tmp_path / "office").problems
    found = [one for one in problems if one.path == "docs/index.md" and one.rule == "FZ704"]
    assert len(found) == told
