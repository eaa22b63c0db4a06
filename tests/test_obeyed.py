"""Messages are obeyed: who does what a hint says has a file that passes, not another fault.

Files as people really bring them, over the small good project: what is typed, what is said of it, and
what one has typed who did as told.
"""

import re
from collections.abc import Iterator, Mapping

import pytest

from fazhi.output.pages.static import carried
from fazhi.report.editions import Edition
from fazhi.sources.tree import Folder
from fazhi_mkdocs.watching import look
from tests.conftest import BASE, MakeProject, lay, printed
from tests.support.building import ROOT
from tests.support.cases import MORE

RECORD = "records/2024/activities/宪法宣传.md"
CASE = "records/2024/cases/东村山林纠纷.md"
MEETING = "records/2024/meetings/党委会议.md"
STANDING = "records/2024/standings/重点人群.md"
EXAM = "records/2024/activities/考试.md"
REPORT = "docs/report/2024.md"
FIGURES = "records/figures.yml"
VOCABULARY = "records/vocabulary.yml"
TOWNSHIP = "records/township.yml"
HOME = "docs/index.md"
GOOD: Mapping[str, str] = {
    path: next(top / path for top in (BASE, MORE) if (top / path).exists()).read_text("utf-8")
    for path in (RECORD, CASE, MEETING, STANDING, EXAM, REPORT, FIGURES, VOCABULARY, TOWNSHIP)
} | {HOME: "公开本乡的法治政府建设情况。\n"}


def obeyed(make_project: MakeProject, path: str, wrong: str, said: str, right: str) -> None:
    """The file is told of as it should be, and nothing is said of what was made of it."""
    found = printed(make_project({path: wrong}))
    assert said in found, found
    assert printed(make_project({path: right})) == ""


@pytest.mark.parametrize("path", [TOWNSHIP, VOCABULARY, FIGURES])
def test_a_warning_in_the_settings_leaves_the_rest_to_be_checked(path, make_project):
    wrong = GOOD[RECORD].replace("类别: 宣传活动", "类别: 宣传")
    root = make_project({path: GOOD[path].replace("\n", "\r\n"), RECORD: wrong})
    assert [line.split()[2] for line in printed(root).splitlines()] == ["FZ301", "FZ118"]


# What git leaves of a merge that was not finished


def halves(ours: str, theirs: str, base: str = "") -> str:
    middle = f"||||||| 1a2b3c\n{base}\n" if base else ""
    return f"<<<<<<< HEAD\n{ours}\n{middle}=======\n{theirs}\n>>>>>>> 修改"


CONFLICTS = [
    (RECORD, "在东村广场设点宣讲，解答群众提问。", "在村委会设点。", ""),
    (RECORD, "发放资料份数: 205", "发放资料份数: 250", ""),
    (RECORD, "发放资料份数: 205", "发放资料份数: 250", "发放资料份数: 200"),
    (CASE, "结果: 调解成功", "结果: 在办", ""),
    (REPORT, "党政主要负责人带头学法用法。", "党政主要负责人带头述法。", ""),
    (REPORT, "署名: 某县示例乡人民政府", "署名: 某县示例镇人民政府", ""),
    (HOME, "公开本乡的法治政府建设情况。", "公开情况。", ""),
    (TOWNSHIP, "简称: 示例乡", "简称: 示例", ""),
    (VOCABULARY, "主题: [禁毒, 宪法, 国家安全]", "主题: [宪法]", ""),
    (FIGURES, GOOD[FIGURES].split("\n")[1], "- {名称: 发放}", ""),
]


@pytest.mark.parametrize(("path", "ours", "theirs", "base"), CONFLICTS)
def test_a_conflict_is_told_at_each_of_its_marks(path, ours, theirs, base, make_project):
    good = GOOD[path]
    assert good.count(ours) == 1
    wrong = good.replace(ours, halves(ours, theirs, base))
    obeyed(make_project, path, wrong, "FZ121", good)
    found = printed(make_project({path: wrong})).splitlines()
    marks = [n for n, line in enumerate(wrong.split("\n"), 1) if line[:7] in MARKS]
    assert [(int(line.split(":")[1]), " FZ121 " in line) for line in found] == [
        (mark, True) for mark in marks
    ]


def test_settings_of_the_site_are_told(make_project):
    good = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    good = re.sub("extra_(css|javascript): .*", "", good)  # there are no files here
    for bad, said in (
        (halves(good, good), "mkdocs.yml:1:1: 错误 FZ121"),
        (good.replace("material\n", "[material\n"), "mkdocs.yml:15:9: 错误 FZ107 括号没有成对"),
        (good.replace("  - sane_lists\n", ""), "FZ201 markdown_extensions里没有“sane_lists”。写上"),
    ):
        obeyed(make_project, "mkdocs.yml", bad, said, good)


MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


NO_MARKS = ["=======", "<<<<<<<字", ">>>>>>字", "看见<<<<<<< HEAD", "> 引用", ">" * 60]


@pytest.mark.parametrize("line", NO_MARKS)
def test_what_is_no_mark_of_a_conflict_passes(line, make_project):
    assert "FZ121" not in printed(make_project({RECORD: f"{GOOD[RECORD]}{line}\n"}))


# What YAML takes for another thing than what was meant


TABLE = """
## 活动 标题: 国家宪法日集中宣传
标题: 走访 #1 组 ¦ :2:8: 警告 FZ207 “#”后面的不算内容 ¦ 标题: "走访 #1 组"
标题: 走访 #1 组 ¦ 是备注的，“#”后面空一格 ¦ 标题: 走访 # 1 组
标题: 走访 #1 组⏎  群众 ¦ :2:8: 错误 FZ107 “#”后面的不算内容。“#”是内容的，把这一项整个放进引号 ¦ 标题: "走访 #1 组群众"
标题: "4·15"集中宣传 ¦ :2:5: 错误 FZ107 内容以引号开头，后面还有字。整个放进另一种引号 ¦ 标题: '"4·15"集中宣传'
标题: "4·15"集中宣传 ¦ 或者用中文引号，如 标题: “4·15”集中宣传 ¦ 标题: “4·15”集中宣传
标题: '4·15'集中宣传 ¦ :2:5: 错误 FZ107 内容以引号开头 ¦ 标题: "'4·15'集中宣传"
标题: "甲"、"乙"两次宣传 ¦ :2:5: 错误 FZ107 内容以引号开头 ¦ 标题: “甲”、“乙”两次宣传
标题: [示例]集中宣传 ¦ :2:5: 错误 FZ107 内容以方括号开头，后面还有字。整个放进引号 ¦ 标题: "[示例]集中宣传"
标题: [示例]集中宣传 ¦ 或者用中文的括号，如 标题: 【示例】集中宣传 ¦ 标题: 【示例】集中宣传
标题: {示例}集中宣传 ¦ :2:5: 错误 FZ107 内容以花括号开头 ¦ 标题: "{示例}集中宣传"
标题: |宣传 ¦ :2:5: 错误 FZ107 内容不能以这个符号开头。把内容整个放进引号 ¦ 标题: "|宣传"
标题: >宣传 ¦ :2:5: 错误 FZ107 内容不能以这个符号开头 ¦ 标题: ">宣传"
标题: - 宣传 ¦ “-”是内容的，整个放进引号 ¦ 标题: "- 宣传"
标题: , 宣传 ¦ :2:5: 错误 FZ107 内容不能以这个符号开头 ¦ 标题: ", 宣传"
标题: ? 宣传 ¦ :2:5: 错误 FZ107 内容不能以这个符号开头 ¦ 标题: "? 宣传"
标题: 宣传: 第一场 ¦ 把内容放进引号 ¦ 标题: "宣传: 第一场"

## 活动 日期: 2024-12-04
日期: 2024年12月3日至5日 ¦ FZ203 “日期”写了几天，现在是“2024年12月3日至5日”。跨几天的，分成“起始日期” 2024-12-03 和“结束日期” 2024-12-05 两项 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 2024.12.3-12.5 ¦ “起始日期” 2024-12-03 和“结束日期” 2024-12-05 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 2024-12-03～05 ¦ “起始日期” 2024-12-03 和“结束日期” 2024-12-05 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 20241203—20241205 ¦ “起始日期” 2024-12-03 和“结束日期” 2024-12-05 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 2024年12月3日（周二）上午到5日 ¦ “起始日期” 2024-12-03 和“结束日期” 2024-12-05 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 2024年12月3日、12月5日 ¦ 不相连的，一天记一条 ¦ 日期: 2024-12-03
日期: 12月3日至5日 ¦ 分成“起始日期”和“结束日期”两项 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 12.3-12.5 ¦ 分成“起始日期”和“结束日期”两项 ¦ 起始日期: 2024-12-03⏎结束日期: 2024-12-05
日期: 2024年12月4日9时至11时 ¦ “日期”的写法不对，现在是“2024年12月4日9时至11时”。写成 2024-12-04 ¦ 日期: 2024-12-04
日期: 2024-12-04 09:00-11:00 ¦ 写成 2024-12-04 ¦ 日期: 2024-12-04

## 案件 受理日期: 2024-03-12
受理日期: 2024-03-12至03-13 ¦ 只写一天，2024-03-12 或者 2024-03-13 ¦ 受理日期: 2024-03-12

## 案件 来源: [群众申请]
来源: [群众申请 #2] ¦ :9:11: 错误 FZ107 “#”后面的不算内容 ¦ 来源: [群众申请]
来源: [#群众申请] ¦ :9:6: 错误 FZ107 “#”后面的不算内容 ¦ 来源: [群众申请]
来源: ["群众申请"的] ¦ :9:6: 错误 FZ107 内容以引号开头 ¦ 来源: [群众申请]
来源:⏎  - 群众申请 #2 ¦ :10:10: 警告 FZ207 ¦ 来源:⏎  - 群众申请 # 2

## 叙述稿 标题: 某县示例乡人民政府2024年法治政府建设情况报告
标题: "示例乡"2024年报告 ¦ :2:5: 错误 FZ107 内容以引号开头 ¦ 标题: “示例乡”2024年报告
标题: 示例乡2024年报告 #初稿 ¦ :2:16: 警告 FZ207 ¦ 标题: 示例乡2024年报告 # 初稿

## 叙述稿 党政主要负责人带头学法用法。
述法{{ 原文(“3次”, 理由=“上级通报”) }}。 ¦ :15:6: 错误 FZ703 花括号里的引号用半角的 " " ¦ 述法{{ 原文("3次", 理由="上级通报") }}。
述法{{ 原文(‘3次’， 理由＝‘上级通报’) }}。 ¦ FZ703 花括号里的引号用半角的 " "。竖线、括号、逗号用半角的 | ( ) ,，等号用半角的 = ¦ 述法{{ 原文("3次", 理由="上级通报") }}。
述法{{ 原文(＂3次＂, 理由=「上级通报」) }}。 ¦ FZ703 花括号里的引号用半角的 " " ¦ 述法{{ 原文("3次", 理由="上级通报") }}。
述法{{ 原文("三次", 理由="上级通报”) }}。 ¦ :15:3: 错误 FZ703 花括号里的引号用半角的 " " ¦ 述法{{ 原文("三次", 理由="上级通报") }}。
宣传{{ “宣传活动” }}。 ¦ FZ703 指标名不加引号。写成 {{ 指标名 }} ¦ 宣传{{ 宣传活动 }}。
宣传{{ "宣传活动" }}。 ¦ FZ703 指标名不加引号。写成 {{ 指标名 }} ¦ 宣传{{ 宣传活动 }}。
资料{{ 发放资料 | 余（2） }}。 ¦ 竖线、括号、逗号用半角的 | ( ) , ¦ 资料{{ 发放资料 | 余(2) }}。
资料{{ 发放资料 | 余("2") }}。 ¦ “余”括号里只能写数。写成 余 ¦ 资料{{ 发放资料 | 余 }}。
资料{{ 发放资料 | 余(9) }}。 ¦ 写成 余 ¦ 资料{{ 发放资料 | 余 }}。
资料{{ 发放资料 | 汉字(2) }}。 ¦ FZ704 “汉字”后面不写括号。写成 汉字 ¦ 资料{{ 发放资料 | 汉字 }}。

## 活动 日期: 2024-12-04
日期: 2024–12–04 ¦ 写成 2024-12-04 ¦ 日期: 2024-12-04
日期: 2024—12—04 ¦ 写成 2024-12-04 ¦ 日期: 2024-12-04
日期: 2024‑12‑04 ¦ 写成 2024-12-04 ¦ 日期: 2024-12-04
日期: 2024␣年12月4日 ¦ 写成 2024-12-04 ¦ 日期: 2024-12-04
日期:␣2024-12-04 ¦ :3:4: 错误 FZ112 冒号后面是特殊的空格。删去，重打一个空格 ¦ 日期: 2024-12-04
日期∶ 2024-12-04 ¦ :3:3: 错误 FZ112 “日期”后面是全角冒号 ¦ 日期: 2024-12-04

## 案件 来源: [群众申请]
来源:⏎  – 群众申请 ¦ 写成 [群众申请] ¦ 来源: [群众申请]
来源: “群众申请” ¦ 写成 [群众申请] ¦ 来源: [群众申请]
来源:⏎  1. 群众申请 ¦ 写成 [群众申请] ¦ 来源: [群众申请]

## 词表   - {名称: 法治宣传, 路径: publicity, 说明: 普法活动和考试}
  – {名称: 法治宣传, 路径: publicity, 说明: 普法活动和考试} ¦ :2:1: 错误 FZ112 行首的横线不是半角的 ¦   - {名称: 法治宣传, 路径: publicity, 说明: 普法活动和考试}

## 活动 发放资料份数: 205
发放资料份数: 205␣ ¦ 写成 205，用半角数字 ¦ 发放资料份数: 205
发放资料份数: “205” ¦ 写成 205，用半角数字，不加引号 ¦ 发放资料份数: 205
发放资料份数: 50.5 ¦ 现在是“50.5”。只能是整数；核对，带小数的、百分比写在正文里 ¦ 发放资料份数: 205
发放资料份数: 92% ¦ 带小数的、百分比写在正文里 ¦ 发放资料份数: 205
发放资料份数: 约200 ¦ 写准确的数，不写“约”“余” ¦ 发放资料份数: 205
发放资料份数: 200余份 ¦ 写准确的数，不写“约”“余” ¦ 发放资料份数: 205
发放资料份数: 1.5万份 ¦ 写成 15000 ¦ 发放资料份数: 15001
发放资料份数: 3千 ¦ 写成 3000，不写单位 ¦ 发放资料份数: 3001
发放资料份数: 205份 ¦ 只写数字，不写单位 ¦ 发放资料份数: 205
发放资料份数: 205⏎参加人次: 无 ¦ “参加人次”现在是“无”，等于没有写。没有的，整行删去；是零的，写 0 ¦ 发放资料份数: 205
发放资料份数: 205⏎参加人次: — ¦ 没有的，整行删去；是零的，写 0 ¦ 发放资料份数: 205⏎参加人次: 0
发放资料份数: 205⏎佐证材料: 无 ¦ “佐证材料”现在是“无”，等于没有写。没有的，整行删去 ¦ 发放资料份数: 205
发放资料份数: 205⏎公开: 无 ¦ FZ205 “公开”不能是“无”。没有的，整行删去 ¦ 发放资料份数: 205
发放资料份数: 205⏎佐证材料: 照片 ¦ 应当是列表，如 [{名称: …}]，现在是“照片”。写成 [{名称: 照片}] ¦ 发放资料份数: 205⏎佐证材料: [{名称: 照片}]
发放资料份数: 205⏎佐证材料: 照片, 签到表 ¦ 写成 [{名称: 照片}, {名称: 签到表}] ¦ 发放资料份数: 205⏎佐证材料: [{名称: 照片}, {名称: 签到表}]
发放资料份数: 205⏎计数: 悬挂横幅3条 ¦ 写成 {名称: 内容} ¦ 发放资料份数: 205⏎计数: {悬挂横幅: 3}
发放资料份数: 205⏎计数: {悬挂横幅} ¦ “悬挂横幅”是空的，应当是数。填上 ¦ 发放资料份数: 205⏎计数: {悬挂横幅: 3}
发放资料份数: 205⏎数量: 3 ¦ 没有这一项的，写成 计数: {名称: 数量} ¦ 发放资料份数: 205⏎计数: {悬挂横幅: 3}
发放资料份数: 205⏎发布日期: 2024-12-04 ¦ 像是“日期”，那一项已经写了，或者写法不同；重复的整行删去 ¦ 发放资料份数: 205
发放资料份数: 205⏎截止日期: 2024-12-31 ¦ 重复的整行删去 ¦ 发放资料份数: 205
发放资料份数: 205⏎参加人数: 30 ¦ 是不是“参加人次”？ ¦ 发放资料份数: 205⏎参加人次: 30
发放资料份数: 205⏎正文: 设点 ¦ 写在第二行 --- 的下面 ¦ 发放资料份数: 205
发放资料份数: 205⏎编号: 12 ¦ 编号就是文件名，整行删去 ¦ 发放资料份数: 205
发放资料份数: 205⏎备注: 甲 ¦ 都不是的，写在正文里 ¦ 发放资料份数: 205
发放资料份数: 205⏎起始日期: 2024-12-03⏎结束日期: 2024-12-04 ¦ 一天的只留“日期”；跨几天的删去“日期” ¦ 发放资料份数: 205

## 活动 主题: [宪法]
主题: 宪法、禁毒 ¦ 写成 [宪法, 禁毒] ¦ 主题: [宪法, 禁毒]
主题: [宪法,,禁毒] ¦ :6:9: 错误 FZ107 多了一个逗号。删去多的逗号 ¦ 主题: [宪法,禁毒]
主题: [宪法/禁毒] ¦ 几个词分开写，用半角逗号：宪法, 禁毒 ¦ 主题: [宪法, 禁毒]
主题: [宪法和禁毒] ¦ 几个词分开写，用半角逗号：宪法, 禁毒 ¦ 主题: [宪法, 禁毒]
主题: 无 ¦ 没有的，整行删去 ¦ ∅
主题: [无] ¦ 没有的，整行删去 ¦ ∅

## 活动 普法节点: 12.4
普法节点: 无 ¦ “普法节点”里没有“无”这个词。没有的，整行删去 ¦ ∅
普法节点: [12.4] ¦ 只写一个词，不用括号 ¦ 普法节点: 12.4

## 案件 纠纷类型: 山林土地
纠纷类型: 邻里纠纷、山林土地 ¦ 只能写一个，如 邻里纠纷 ¦ 纠纷类型: 邻里纠纷

## 案件 村: 东村
村: 无 ¦ 没有的，整行删去 ¦ ∅

## 会议   - {标题: 研究纠纷化解, 主题: 宪法, 结论: 同意}
  - 研究纠纷化解 ¦ 写成 {标题: 研究纠纷化解, 主题: …} ¦ ⏎  - {标题: 研究纠纷化解, 主题: 宪法}
  - {标题: 研究, 主题: 宪法、禁毒} ¦ 只能写一个，如 宪法 ¦   - {标题: 研究, 主题: 宪法}
  - {标题: 研究, 主题: 宪法, 合法性审查: 无} ¦ 没有的，整行删去 ¦   - {标题: 研究, 主题: 宪法}

## 叙述稿 署名: 某县示例乡人民政府
署名: 某县示例乡人民政府⏎文号: 暂无 ¦ 文号“暂无”的写法不对。没有的，写 无，或者整行删去 ¦ 署名: 某县示例乡人民政府⏎文号: 无
署名: 某县示例乡人民政府⏎文号: 3号 ¦ 照公文写成 机关代字〔2025〕3号 这样；没有的，整行删去 ¦ 署名: 某县示例乡人民政府⏎文号: 示府文〔2025〕3号
署名: 某县示例乡人民政府⏎索引号: 暂无 ¦ 没有的，写 无，或者整行删去 ¦ 署名: 某县示例乡人民政府⏎索引号: 无
署名: 某县示例乡人民政府⏎发布日期: 2025-02-20 ¦ 写在“流程”里“状态: 已发布”的那一步；还没有发布的，整行删去 ¦ 署名: 某县示例乡人民政府
发布机构: 某县示例乡人民政府 ¦ 补上“署名: …” ¦ 署名: 某县示例乡人民政府

## 叙述稿 成文日期: 2025-02-12
发布日期: 2025-02-12 ¦ 是不是“成文日期”？ ¦ 成文日期: 2025-02-12

## 词表 主题: [禁毒, 宪法, 国家安全]
主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 宣传活动, 改为: 普法活动}] ¦ FZ601 “宣传活动”是易错词，“类别”里却有“宣传活动” ¦ 主题: [禁毒, 宪法, 国家安全]
主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 宣传活动, 改为: 普法活动}] ¦ “宣传活动”是对的，写进这个易错词的“除外” ¦ 主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 宣传活动, 改为: 普法活动, 除外: [宣传活动]}]
主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 宣传, 改为: 普法}] ¦ FZ601 “宣传”是易错词 ¦ 主题: [禁毒, 宪法, 国家安全]
主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 不成, 改为: 没有成功}] ¦ “类别”里却有“调解不成” ¦ 主题: [禁毒, 宪法, 国家安全]
主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 甲乙, 改为: 丙丁}, {名称: 丙丁, 改为: 甲}] ¦ “改为”里却有“丙丁” ¦ 主题: [禁毒, 宪法, 国家安全]⏎易错词: [{名称: 甲乙, 改为: 丙}, {名称: 丙丁, 改为: 甲}]

## 词表     - {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 敏感: 是, 分项: [甲类, 乙类]}
    - {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 敏感: 是, 分项: [甲类, 乙类（新）]} ¦ vocabulary.yml:14:51: 错误 FZ601 分项“乙类（新）”不是一个短词 ¦     - {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 敏感: 是, 分项: [甲类, 乙类新]}

## 乡镇 小数阈值: 5
小数阈值: 2 ¦ “小数阈值”应当不小于 3，现在是“2”。改成不小于 3 的数 ¦ 小数阈值: 3
小数阈值: 0 ¦ “小数阈值”应当不小于 3，现在是“0”。改成不小于 3 的数 ¦ 小数阈值: 3

## 乡镇 每页记录数: 100
每页记录数: 5 ¦ “每页记录数”应当不小于 10，现在是“5”。改成不小于 10 的数 ¦ 每页记录数: 10
每页记录数: 100条 ¦ “每页记录数”应当是整数 ¦ 每页记录数: 100
每页记录数: 100⏎上报期限: 3月1日 ¦ 写成 03-01 ¦ 每页记录数: 100⏎上报期限: 03-01
每页记录数: 100⏎索引号格式: 无 ¦ 没有的，整行删去 ¦ 每页记录数: 100
每页记录数: 100⏎全称: 甲 ¦ 重复的整行删去 ¦ 每页记录数: 100

## 词表     - {名称: 考试}
    - {名称: 考试, 至: 至今} ¦ “至”应当是整数，现在是“至今”。只写数字，如 2024；没有的，整行删去 ¦     - {名称: 考试}
    - {名称: 考试, 自: 2024年} ¦ 只写数字，如 2024 ¦     - {名称: 考试, 自: 2024}
    - 考试 ¦ 写成 {名称: 考试} ¦     - {名称: 考试}

## 词表 主题: [禁毒, 宪法, 国家安全]
主题: 禁毒、宪法、国家安全 ¦ 应当是列表，如 [甲, 乙]，现在是“禁毒、宪法、国家安全”。写成 [禁毒, 宪法, 国家安全] ¦ 主题: [禁毒, 宪法, 国家安全]

## 乡镇 简称: 示例乡
简称: 示例乡 #简称 ¦ :2:9: 警告 FZ207 ¦ 简称: 示例乡 # 简称

## 词表 主题: [禁毒, 宪法, 国家安全]
主题: [禁毒, 宪法, 国家安全, 扫黄 #打非] ¦ FZ107 “#”后面的不算内容 ¦ 主题: [禁毒, 宪法, 国家安全, "扫黄 #打非"]
"""
"""Files with a line of each, and rows of: what it is changed to, a part of what is said, and what it is
changed to by who obeys; ⏎ ends a line, ␣ is a no-break blank, ∅ is nothing."""

SIGNS = str.maketrans("⏎␣", "\n\xa0")
NAMES = {
    "活动": RECORD,
    "案件": CASE,
    "会议": MEETING,
    "现状": STANDING,
    "考试": EXAM,
    "叙述稿": REPORT,
    "指标": FIGURES,
    "词表": VOCABULARY,
    "乡镇": TOWNSHIP,
    "首页": HOME,
}


def rows() -> Iterator[tuple[str, str, str, str]]:
    for block in TABLE.strip().split("\n\n"):
        head, *changes = block.split("\n")
        name, _, line = head.removeprefix("## ").partition(" ")
        good = GOOD[NAMES[name]]
        assert good.count(f"{line}\n") == 1, line
        for change in changes:
            wrong, said, right = change.translate(SIGNS).split(" ¦ ")
            both = (wrong, right.removeprefix("\n").replace("∅", ""))
            files = [good.replace(f"{line}\n", f"{text}\n" if text else "") for text in both]
            yield NAMES[name], files[0], said, files[1]


@pytest.mark.parametrize(("path", "wrong", "said", "right"), [*rows()])
def test_what_is_said_is_obeyed(path, wrong, said, right, make_project):
    obeyed(make_project, path, wrong, said, right)


# What programs leave beside the files of people


@pytest.mark.parametrize(
    "name",
    [
        *(
            ".宪法宣传.md.swp",
            "宪法宣传.md~",
            "~$宪法宣传.docx",
            ".~lock.台账.xlsx#",
            "._宪法宣传.md",
        ),
        *(".#宪法宣传.md", "宪法宣传.md.swp", "~WRL0001.tmp", ".idea/x.xml", ".DS_Store"),
        *("Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini"),
    ],
)
def test_what_programs_leave_behind_is_passed_over(name, make_project):
    folders = [f"records{below}" for below in ("", "/2024", "/2024/activities", "/2024/files")]
    folders += ["docs", "docs/report", "docs/assets", "overrides"]
    root = make_project({HOME: GOOD[HOME]})
    before = look(root)
    lay(root, {f"{folder}/{name}": b"\0\xff" for folder in folders})
    assert printed(root) == ""
    assert look(root) == before  # nothing is made anew, so nothing can fail meanwhile
    assert [*carried(Folder(root), Edition.PUBLIC)] == []


def test_the_lock_of_an_editor_may_be_a_link(make_project):
    root = make_project({})
    (root / "records/.#figures.yml").symlink_to("somebody@somewhere")
    (root / "docs/.#index.md").symlink_to("somebody@somewhere")
    assert printed(root) == ""


COPIES = [
    ("records/figures.yml.bak", "像是 figures.yml 的副本。多余的副本，删去"),
    ("records/figures - 副本.yml", "像是 figures.yml 的副本。多余的副本，删去"),
    ("records/Vocabulary (1).yml", "像是 vocabulary.yml 的副本。多余的副本，删去"),
    ("records/township.yml.orig", "像是 township.yml 的副本。多余的副本，删去"),
    (
        "records/2024/activities/宪法宣传.md.bak",
        "多余的副本，删去；里面有要留的，先写进 宪法宣传.md",
    ),
    (
        "records/2024/activities/宪法宣传.md.txt",
        "多余的副本，删去；里面有要留的，先写进 宪法宣传.md",
    ),
    (
        "records/2024/activities/宪法宣传 (1).md",
        "FZ115 文件名“宪法宣传 (1).md”不能用。多余的副本，删去",
    ),
    ("docs/report/2024 - 副本.md", "多余的副本，删去；要留的，移到别处"),
    ("docs/report/2024.md.bak", "多余的副本，删去；要留的，移到别处"),
]


@pytest.mark.parametrize(("path", "said"), COPIES)
def test_a_copy_is_told_as_one(path, said, make_project):
    root = make_project({path: b"x"})
    assert said in printed(root)
    (root / path).unlink()
    assert printed(root) == ""


RENAMED = [
    (FIGURES, "records/figures.yaml", "像是 figures.yml，名称不对。文件名改成 figures.yml"),
    (VOCABULARY, "records/vocabulary.yml.txt", "文件名改成 vocabulary.yml"),
    (RECORD, f"{RECORD}.txt", "文件名末尾的 .txt 去掉，改成 .md"),
    (RECORD, RECORD.replace(".md", ".MD"), "文件名末尾的 .MD 去掉，改成 .md"),
]


@pytest.mark.parametrize(("path", "other", "said"), RENAMED)
def test_the_only_one_of_a_kind_is_no_copy(path, other, said, make_project):
    root = make_project({})
    (root / path).rename(root / other)
    assert said in printed(root)
    (root / other).rename(root / path)
    assert printed(root) == ""
