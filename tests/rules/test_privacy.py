"""Personal data in every place where somebody may leave it: told once, masked, and nothing is made.

What gets past the checks is stopped where it would leave.
"""

import itertools
import re
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from stdnum.iso7064 import mod_11_2

from fazhi import project, project_files
from fazhi.problems import formats
from fazhi.problems.problem import Problem, has_errors
from fazhi.sources.text import readable_lines
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, checked, lay
from tests.support.building import swap, with_few_records
from tests.support.carriers import CARRIERS
from tests.support.running import ran_script

REPORT = "docs/report/2024.md"
TEXTS = {
    "records/2024/activities/走访.md": """\
---
标题: 入户走访§
日期: 2024-05-20
类别: 宣传活动
承办: §
地点: 东村¶
依据: §
佐证材料:
  - {名称: 照片§, 档号: §, 文件: §.jpg}
计数: {§: 3}
主题: [§]
# §
---
走访时登记¶。

| 项 | 内容 |
|---|---|
| 表里 | § |

- [链接](https://example.org/§)

<!-- § -->
""",
    "records/2024/meetings/会议.md": """\
---
标题: 会议§
日期: 2024-05-21
类别: 党委会议
主持: §
议题:
  - {标题: §, 主题: 宪法, 结论: ¶}
---
会上§。
""",
    "records/2024/cases/纠纷.md": """\
---
标题: 纠纷§
受理日期: 2024-05-22
类别: 矛盾纠纷
结果: 在办
纠纷类型: §
村: §
来源: [§]
---
双方¶。
""",
    "records/2024/standings/队伍.md": """\
---
标题: 队伍§
截止日期: 2024-12-31
类别: 执法队伍
分类: {§: 1}
---
""",
    "records/2024/activities/§.md": "---\n标题: 某事\n日期: 2024-06-01\n类别: 考试\n地点: 东村\n---\n",
    "records/2024/files/登记§.txt": "登记表",
    "docs/index.md": "一段话§\n\n[§](mailto:§)\n",
    "docs/assets/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'><title>§</title><desc>§</desc><text>§</text></svg>",
    "docs/assets/照片§.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "docs/assets/own.css": "/* § */",
    "overrides/404.html": "<p>§</p>{# § #}<!-- &#32;§ -->",
    "overrides/partials/尾§.html": "<!-- § -->",
    "mkdocs.yml": "site_name: 示例乡§\nsite_description: §\ncopyright: §\n# §\n",
}
"""Files with § where a telephone number stands, and ¶ where that of an identity card does."""
ADDED = {
    "records/township.yml": "网站: {名称: §, 域名: www.example.gov.cn, 标识码: '5002290001'}\n# §\n",
    "records/vocabulary.yml": "固定说法: [§]\n# §\n",
    "records/figures.yml": "- {名称: §, 板块: 法治宣传, 单位: §, 统计: 件数, 记录: 活动}\n# §\n",
    REPORT: "\n全年§。计划办讲座{{ 原文(\"3场\", 理由=\"§\") }}。\n\n## §{块=其他}\n\n¶\n",
}  # fmt: skip
"""What is added to files of the base project."""
HEAD = """\
文号: §
流程:
  - {状态: 草稿, 日期: 2025-02-12, 岗位: §}
更正:
  - {日期: 2025-03-06, 说明: §, 原因: §, 批准: §}
# §
"""


class Seeds:
    """Numbers that are nobody's, each with a mask of its own, by the file that each stands in."""

    def __init__(self) -> None:
        self.sown: dict[str, tuple[str, str]] = {}
        """By number: the file, and how the number may be shown."""
        self._serials = itertools.count(100)

    def number(self, path: str, kind: str = "§") -> str:
        serial = str(next(self._serials))
        if kind == "§":
            number = f"13800000{serial}"
        else:
            number = f"11010519491231{serial}"
            number += mod_11_2.calc_check_digit(number)
        self.sown[number] = path, number[:3] + "*" * (len(number) - 6) + number[-3:]
        return number

    def filled(self, path: str, text: str) -> str:
        return re.sub("[§¶]", lambda mark: self.number(path, mark[0]), text)


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeds]:
    """A small project with a number in every field, text, note, name and carrier of its own."""
    root = tmp_path_factory.mktemp("sown") / "project"
    shutil.copytree(BASE, root)
    seeds = Seeds()
    for path, text in TEXTS.items():
        named = re.sub("§", "号码", path)  # stands for the path while its name is not yet known
        name = seeds.filled(named, path)
        seeds.sown = {n: (name if p == named else p, mask) for n, (p, mask) in seeds.sown.items()}
        lay(root, {name: seeds.filled(name, text)})
    for path, text in ADDED.items():
        file = root / path
        whole = file.read_text(encoding="utf-8")
        if path.startswith("docs/"):
            whole = whole.replace("\n---\n", f"\n{seeds.filled(path, HEAD)}---\n", 1)
        elif path == "records/vocabulary.yml":
            whole = whole.replace("固定说法: [一起, 一对一]\n", "")
        file.write_text(whole + seeds.filled(path, text), encoding="utf-8", newline="\n")
    for place, (suffix, _, made) in CARRIERS.items():
        path = f"records/2024/files/{place}.{suffix}"
        (root / path).write_bytes(made(seeds.number(path)))
    return root, seeds


def test_each_is_told_once_and_masked(sown):
    root, seeds = sown
    assert len(seeds.sown) > 100
    found = project.load(Folder(root), TODAY).problems
    hold(found, seeds, set(seeds.sown))
    nothing_is_shown(found, root, seeds)


def test_each_is_told_once_before_a_commit(sown):
    root, seeds = sown
    paths = {path for path, _ in seeds.sown.values()}
    found, _ = project_files.check_files(Folder(root), paths, TODAY)
    hold(found, seeds, set(seeds.sown))


def hold(problems: list[Problem], seeds: Seeds, expected: set[str]) -> None:
    """Every number is told of by one problem, of the file in which it stands."""
    told = Counter(
        (problem.path, mask)
        for problem in problems
        if problem.rule == "FZ501"
        for mask in re.findall(r"\d{3}\*{5,}[\dX]{3}", problem.message)
    )
    assert told == Counter(seeds.sown[number] for number in expected)


def nothing_is_shown(problems: list[Problem], root: Path, seeds: Seeds) -> None:
    said = "\n".join(
        [*formats.text(problems, partial(readable_lines, Folder(root))), *formats.github(problems)]
    )
    said += formats.report(problems, 1, []).model_dump_json()
    assert [number for number in seeds.sown if number in said] == []


def test_nothing_is_made_of_it(sown, tmp_path):
    root, seeds = sown
    done = ran_script("stage.py", tmp_path / "out", "--root", root)
    assert done.returncode == 1, done.stdout + done.stderr
    assert [number for number in seeds.sown if number in done.stdout + done.stderr] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "place",
    [
        "东村138<b>0000</b>0123",
        "东村138&nbsp;0000&nbsp;0123",
        "东村138%300000123",
    ],
)
def test_what_marks_keep_apart_is_told_where_a_field_is_read(place, make_project):
    path = "records/2024/activities/宪法宣传.md"
    text = (make_project({}) / path).read_text(encoding="utf-8")
    root = make_project({path: re.sub("地点: .*", lambda _: f"地点: {place}", text)})
    assert [p.rule for p in checked(root).problems if has_errors([p])] == ["FZ501"]


@pytest.mark.parametrize(
    "path",
    [
        *("docs/assets/c30-王小三.svg", "docs/assets/李建国/a.svg", "overrides/partials/张伟.html"),
        *("docs/assets/高志强 2.svg", "records/2024/files/欧阳小三(1).txt"),
        *("records/2024/files/.王小三.txt", "docs/assets/李建国合影.svg"),
        *("docs/assets/东村李建国.svg", "docs/assets/李建国领取救助金.svg"),
        "docs/assets/冉光碧签到.svg",
    ],
)
def test_a_name_of_a_person_is_none_of_a_file(path, make_project):
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    innocent = re.sub("[一-鿿]+", "石桥-黄河图-陈列室", path)
    assert checked(make_project({innocent: drawing})).problems == []
    assert [p.rule for p in checked(make_project({path: drawing})).problems] == ["FZ501"]


@pytest.mark.parametrize(
    ("path", "field", "named", "innocent"),
    [
        ("records/township.yml", "科室", "平安法治办李小红", "平安法治办"),
        ("records/township.yml", "时间", "找李建国", "周一至周五"),
        ("records/2024/activities/宪法宣传.md", "承办", "王三", "林业站"),
        ("records/2024/activities/宪法宣传.md", "承办", "曾勇", "管委会"),
        ("records/2024/activities/宪法宣传.md", "地点", "李建国院坝", "马家梁"),
        ("records/2024/activities/宪法宣传.md", "标题", "到李建国家宣传宪法", "学习张桂梅先进事迹"),
        ("records/2024/activities/宪法宣传.md", "名称", "签到册（王三）", "签到册（周五）"),
        ("records/2024/activities/宪法宣传.md", "名称", "慰问王三", "慰问信"),
        ("records/2024/activities/宪法宣传.md", "名称", "向以琼签到册", "高标准农田照片"),
        ("records/2024/activities/宪法宣传.md", "标题", "|-\n  王三", "|-\n  普法、宣传"),
        ("mkdocs.yml", "copyright", "李建国制作", "林长制办公室制作"),
        ("mkdocs.yml", "site_name", "示例乡年报（李建国）", "示例乡年报（周年）"),
    ],
)
def test_a_name_of_a_person_is_none_of_a_field(path, field, named, innocent, make_project):
    file = make_project({}) / path
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    for said, told in ((named, ["FZ501"]), (innocent, [])):
        line = f"{field}: {said}"
        held, there = re.subn(rf"{field}: [^,\n}}]*", line, text)
        root = make_project(
            {path: held if there else re.sub(r"\A(---\n)?", rf"\g<0>{line}\n", text)}
        )
        found = [p for p in checked(root).problems if p.rule == "FZ501"]
        assert [p.rule for p in found] == told
        assert not re.search(
            "李建国|李小红|王三|曾勇",
            str([*formats.text(found, partial(readable_lines, Folder(root)))]),
        )


RECORD = "records/2024/activities/宪法宣传.md"


LOCAL = [
    *(
        "D:\\法治资料\\照片",
        "E:/资料",
        "C:\\\\Users\\\\li",
        "z:\\照片",
        "file:///C:/a.docx",
        "/home/li/a",
    ),
    *("\\\\192.168.1.5\\share", "/mnt/share", "/Users/li", "~/Documents"),
]


@pytest.mark.parametrize(
    ("path", "before", "end"),
    [
        (RECORD, "\n见", ""),
        (RECORD, "依据: 存于", ""),
        (REPORT, "\n**见", "**"),
        ("docs/index.md", "公布\n\n- 见", ""),
        ("records/township.yml", "联系: {科室: 党政办, 电话: 023-00000000, 地址: 存于", "}"),
    ],
)
def test_a_path_of_a_machine_is_told_where_it_stands(path, before, end, make_project):
    file = make_project({}) / path
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    start = text.index("地点:") if before.startswith("依据") else len(text)
    at = (text[:start] + before).split("\n")
    for local in LOCAL:
        root = make_project({path: f"{text[:start]}{before}{local}{end}\n{text[start:]}"})
        found = [p for p in checked(root).problems if "本机的路径" in p.message]
        places = [(p.path, p.line, p.column) for p in found]
        assert places == [(path, len(at), len(at[-1]) + 1)], local


@pytest.mark.parametrize("path", [RECORD, REPORT, "docs/index.md", "records/township.yml"])
def test_what_stands_for_nothing_that_is_printed_is_told(path, make_project):
    file = make_project({}) / path
    text = file.read_text(encoding="utf-8") if file.exists() else "公布\n"
    for entity in ("&#xFFFF;", "&#8203;", "&shy;", "&#1;"):
        root = make_project({path: f"{text}# 甲{entity}乙&nbsp;&amp;\n"})
        found = [(p.path, p.line, p.column) for p in checked(root).problems if p.rule == "FZ117"]
        assert found == [(path, text.count("\n") + 1, 4)]


@pytest.mark.parametrize("name", [".hidden", ".名单", ".", ""])
def test_a_hidden_record_is_told_of_and_what_an_editor_left_is_not(name, make_project):
    folder = "records/2024/activities/"
    text = (make_project({}) / RECORD).read_text(encoding="utf-8")
    left = ("._宪法.md", ".#宪法.md", ".宪法.md.swp", ".~lock.宪法.md#")
    assert not checked(make_project({f"{folder}{one}": text for one in left})).problems
    found = checked(make_project({f"{folder}{name}.md": text})).problems
    assert [p.path for p in found if p.rule == "FZ115"] == [f"{folder}{name}.md"]


def test_a_character_of_no_number_stops_nothing(make_project):
    path = "records/2024/activities/宪法宣传.md"
    text = (make_project({}) / path).read_text(encoding="utf-8")
    root = make_project({path: f"{text}\n记&#{'9' * 5000};\n"})
    assert checked(root).problems == []


SPLIT = [
    "138**0000**0123",
    "138[0000](https://example.org)0123",
    "1380000&#48;123",
    "1380000`0123`",
    "1380000\n0123",
    "138**0000**0123\n2024年",
    "[查](https://example.org/?t=138%30000%30123)",
    "[查](https://example.org/?t=138%25300000123)",
    "[查](https://example.org '138&#48;0000123')",
    '<a title="1380000&#48;123">查</a>',
    "<!-- 138<b>0000</b>0123 -->",
    "[138](a.md(b))00000123",
    "138[^1]0000[^注]0123",
    "[李建国](https://example.org)",
    "[查](https://example.org/李建国)",
    "[查](https://example.org '李建国')",
]


@pytest.mark.parametrize("path", ["records/2024/activities/宪法宣传.md", "docs/index.md", REPORT])
def test_what_marks_keep_apart_is_told_where_prose_is_read(path, make_project):
    file = make_project({}) / path
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    for split in SPLIT:
        root = make_project({path: f"{text}\n联系{split}。另有13900000999。\n"})
        told = [problem for problem in checked(root).problems if problem.rule == "FZ501"]
        assert {problem.path for problem in told} == {path}
        masks = [re.search(r"138\*{5,}123|李\*国", formats.line(problem)) for problem in told]
        assert [*map(bool, masks)].count(True) == 1, split
        assert len(told) == 2


IN_COLUMNS = [
    "| 村 | **姓 名** |\n|---|---|\n| 东村 | 王三 |",
    "| 来访人姓名（签名） | 村 |\n|---|---|\n| 吉克阿呷 | 东村 |",
    "当事人 | 事由\n---|---\n王三 | 邻里",
    "| 微信号 | QQ |\n|---|---|\n| zhang_san88 | 无 |",
    "| 身份证号码 | 村 |\n|---|---|\n| 110105491231002 | 东村 |",
    "| 车牌 | 村 |\n|---|---|\n| A12345 | 东村 |",
    "| 银行卡 | 村 |\n|---|---|\n| 6222021234567890123 | 东村 |",
    "| 出生日期 | 村 |\n|---|---|\n| 1987-06-13 | 东村 |",
    "| 联系电话 | 村 |\n|---|---|\n| 138,0000,0123 | 东村 |",
    "<table>\n<tr>\n<th>姓名</th>\n<th>村</th></tr>\n<tr><td>王三</td>\n<td>东村</td></tr></table>",
    "| 姓名 | 王三 |\n|---|---|\n| 性别 | 男 |",
    "| 项目 | 内容 |\n|---|---|\n| 当事人 | 王三 |",
    "| 电话 | | |\n|---|---|---|\n| 138 | 0000 | 0123 |",
    "| 村 | 电话前三位 | 中间四位 | 后四位 |\n|---|---|---|---|\n| 东村 | 138 | 0000 | 0123 |",
    "| 手机 |\n|---|\n| 138 |\n| 0000 |\n| 0123 |",
    "| 序 | 学籍号 |\n|---|---|\n| 1 | G500229200901011234 |",
    "| 一卡通账号 | 村 |\n|---|---|\n| 88012345678901 | 东村 |",
    "| 监护人 | 村 |\n|---|---|\n| 王三 | 东村 |",
    "| 吸毒人员 | 风险 |\n|---|---|\n| 王三 | 高 |",
    "| 困难户 | 金额 |\n|---|---|\n| 王三 | 500 |",
    "| 学生 | 年级 |\n|---|---|\n| 王三 | 五 |",
    "| 村 | 被告 |\n|---|---|\n| 东村 | 王三 |",
    "| 人员名单 |\n|---|\n| 王三 |\n| 李某 |",
    "| 户主 | 电话 |\n|---|---|\n| 王某 | 59222222 |",
    "| 座机 | 姓名 |\n|---|---|\n| 023-59222222 | 王某 |",
    "- 姓名\n    - 王三",
    "姓名<br>王三",
    "> 姓名\n> 王三",
    "| 登记表 | | |\n|---|---|---|\n| 序 | 姓名 | 村 |\n| 1 | 王三 | 东村 |",
    "| 农户 | 亩 |\n|---|---|\n| 王三 | 4 |",
    "| 村民 | 亩 |\n|---|---|\n| 王三 | 4 |",
    "| 当事人一 | 事由 |\n|---|---|\n| 王三 | 邻里 |",
    "序号\t姓名\t金额\n1\t王三\t500",
    "姓名 金额\n王三 500",
    "序号　户主　人口\n1　王三　5",
    "| 序 | 姓　名 |\n|---|---|\n| 1 | 王三 |",
    "| 序 | 姓&nbsp;名 |\n|---|---|\n| 1 | 王三 |",
    "| 序 | 编号 |\n|---|---|\n| 1 | 13800000123 |",
    "| 村 | 残疾证号 |\n|---|---|\n| 东村 | 5002290017 |",
    "| 村 | 军官证 |\n|---|---|\n| 东村 | 南字第0123456号 |",
    "| 村 | 宅　电 |\n|---|---|\n| 东村 | 59222222 |",
    "| 村 | 楼栋房号 |\n|---|---|\n| 东村 | 3-2-501 |",
    "| 村 | 支付宝（本人） |\n|---|---|\n| 东村 | wangxs88 |",
]
OF_NOBODY = [
    "| 项 | 说明 |\n|---|---|\n| 姓名 | 不登记 |\n| 地点 | 东村广场 |",
    "| 当事人 | 处罚 |\n|---|---|\n| 某公司 | 罚款 |\n| 石坡砖厂 | 警告 |\n| 王某 | 警告 |",
    "| 渠道 | 电话 | 微信 |\n|---|---|---|\n| 人次 | 1381 | 2345 |",
    "| 单位 | 联系电话 |\n|---|---|\n| 司法所 | 023-59222222 |",
    "| 项目 | 内容 |\n|---|---|\n| 姓名 | 不登记 |\n| 电话 | 023-59222222 |",
    "| 月 | 电话 | 走访 |\n|---|---|---|\n| 1 | 138 | 5 |\n| 2 | 12 | 7 |\n| 3 | 56 | 9 |",
    "| 申请人 | 户主 | 患者 |\n|---|---|---|\n| 12 | 13 | 14 |",
    "| 姓名 | 职务 |\n|---|---|\n| 党委书记 | 全面 |\n| 合计 | 无 |",
    "| 培训表 | |\n|---|---|\n| 对象 | 人次 |\n| 村民 | 138 |\n| 农户 | 12 |",
    "| 村民 | 农户 | 居民户 |\n|---|---|---|\n| 138 | 1234 | 5678 |",
    "<table><tr><td>138</td><td>1234</td><td>5678</td></tr></table>",
    "姓名 | 职务 | 备注\n---|---|---\n（略） | 镇长 | 第一责任人",
    "姓名 职务\n党委书记 全面",
    "姓名 保密\n地点 东村",
    "| 单位 | 联系人 | 电话 |\n|---|---|---|\n| 司法所 | 王某 | 59222222 |",
    "| 学生 | 群众 |\n|---|---|\n| 120 | 三百人 |",
    "村 户主 人口\n东村 138 1234",
    "| 序 | 姓名 |\n|---|---|\n| 1 | 张*民 |\n| 2 | 李*英 |",
    "- 姓名：张*民\n- 当事人：李*英",
    "| 序 | 执法证号 |\n|---|---|\n| 1 | 15002290123 |\n| 2 | 15002290124 |",
    "| 村 | 工单号 | 金额（元） |\n|---|---|---|\n| 东村 | 13800000123 | 13800000125 |",
]


@pytest.mark.parametrize("parted", ["138&nbsp;0000&nbsp;0123", "138<br>0000<br>0123"])
@pytest.mark.parametrize("path", ["records/2024/activities/宪法宣传.md", "docs/index.md"])
def test_what_is_seen_only_on_the_page_is_told_at_its_line(path, parted, make_project):
    file = make_project({}) / path
    text = file.read_text(encoding="utf-8") if file.exists() else "公布\n"
    found = checked(make_project({path: f"{text}\n\n东村{parted}\n"})).problems
    lines = [problem.line for problem in found if problem.rule == "FZ501"]
    assert lines == [text.count("\n") + 3]


def test_a_file_of_which_not_all_is_listed_says_so(make_project):
    numbers = "\n".join(f"138{n:08}" for n in range(120))
    root = make_project({"docs/index.md": f"公布\n\n{numbers}\n"})
    said = [*formats.text(checked(root).problems, partial(readable_lines, Folder(root)))]
    assert sum("最多列 100 处" in line for line in said) == 1


@pytest.mark.parametrize("path", ["records/2024/activities/宪法宣传.md", "docs/index.md"])
def test_what_heads_a_column_is_read_with_its_cells(path, make_project):
    file = make_project({}) / path
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    for tables, told in ((IN_COLUMNS, ["FZ501"]), (OF_NOBODY, [])):
        for table in tables:
            found = checked(make_project({path: f"{text}\n\n{table}\n"})).problems
            assert [problem.rule for problem in found if problem.rule == "FZ501"] == told, table


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("records/township.yml", "名称: [\n"),
        ("records/figures.yml", "- {名称: 甲, 板块: 没有的, 单位: 场, 统计: 件数, 记录: 活动}\n"),
    ],
)
def test_a_fault_of_the_settings_does_not_keep_the_report_from_being_searched(
    path, text, make_project
):
    report = (BASE / REPORT).read_text(encoding="utf-8") + "\n联系13800000123。\n"
    found = checked(make_project({path: text, REPORT: report})).problems
    assert {path, REPORT} <= {problem.path for problem in found}
    assert [problem.path for problem in found if problem.rule == "FZ501"] == [REPORT]


def test_what_gets_past_the_checks_is_stopped_where_it_would_leave(tmp_path):
    """A count and its unit, neither of which is a number of anybody's, side by side on a page."""
    project = with_few_records(tmp_path / "project")
    unit = "板块: 法治宣传, 单位: "
    for name in ("figures.yml", "vocabulary.yml"):
        swap(project.records / name, f"执法队伍, {unit}支", f"执法队伍, {unit}'3800000123'")
    fact = "---\n标题: 队伍\n截止日期: 2024-12-31\n类别: 执法队伍\n数量: 1\n---\n"
    lay(project.records, {"2024/standings/队伍.md": fact})
    assert not has_errors(checked(project.root).problems)
    for command in (("scripts/build.py",), ("scripts/stage.py", "out")):
        done = project.run(*command)
        assert done.returncode == 1, done.stdout + done.stderr
        told = [line for line in done.stderr.splitlines() if ": 错误 FZ501 " in line]
        assert any(line.startswith("2024/publicity.md:") for line in told)
        assert all("138*****123" in line for line in told)
        assert "13800000123" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert not project.site.exists()
    assert not (project.root / "out").exists()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b'copyright: "\\u8054138\\_0000\\_0123"\n', "FZ501"),
        (b'copyright: "\\uFF11\\uFF13800000123"\n', "FZ501"),
        ("copyright: 13800000123\n# 甲\u200b乙\n".encode(), "FZ117"),
        ("copyright: 13800000123\n".encode("utf-16"), "FZ102"),
        (b"site_name: a\nsite_name: b\n", "FZ108"),
        (b"extra: {a: [{b: 1, b: 2}]}\n", "FZ108"),
        (b"plugins: [search, blog]\n", "FZ205"),  # which writes into docs/
        (b"plugins:\n  - search: {lang: zh}\n  - blog: {}\n", "FZ205"),
        (b"plugins: {search: {}, blog: {}}\n", "FZ205"),
        (b"theme: {name: material, custom_dir: docs}\n", "FZ205"),
        (b"docs_dir: .\n", "FZ205"),
        (b"theme: {language: en}\n", "FZ205"),
        (b"nav: []\n", "FZ202"),
        (b"markdown_extensions: [pymdownx.b64]\n", "FZ202"),
        (b"extra_css: assets/site.css\n", "FZ203"),
        (b"extra_css: [assets/no.css]\n", "FZ114"),
        (b"- site_name\n", "FZ110"),
        (b"nav: &a [*a]\n", "FZ109"),
        (b"nav: " + b"[" * 300 + b"]" * 300, "FZ113"),
    ],
)
def test_the_settings_of_a_site_are_read_as_mkdocs_reads_them(text, rule, make_project):
    root = make_project({})
    (root / "mkdocs.yml").write_bytes(text)
    found = [p.rule for p in checked(root).problems if p.path == "mkdocs.yml"]
    assert [of for of in found if of != "FZ201"] == [rule]  # which it lacks is another matter
