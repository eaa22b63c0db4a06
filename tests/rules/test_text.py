"""The rules about words, dates, years, typed numbers and matters entered twice: what each finds,
and, in longer lists, what it must leave alone.
"""

import re
from collections import Counter

import pytest

from fazhi import project_files
from fazhi.problems.problem import MOST_REPORTED, Problem, Severity
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, MakeProject, checked
from tests.support.building import ROOT

VOCABULARY = (BASE / "records/vocabulary.yml").read_text(encoding="utf-8")
NARRATIVE = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
TOWNSHIP = (BASE / "records/township.yml").read_text(encoding="utf-8")
FIGURES = """\
# 名称写在 {{ }} 里
- 名称: 宣传活动
  板块: 法治宣传
  单位: 场
  统计: 件数
  记录: 活动
  图: 柱
  图题: {2024: "宣传活动{{ 宣传活动 }}"}
"""
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
EXAM = "板块: 法治宣传\n应考: 62\n参考: 60\n合格: 58\n"


def found(make_project: MakeProject, rule: str, files: dict[str, str]) -> list[Problem]:
    """What a rule says of a project with these files."""
    root = make_project({"records/vocabulary.yml": VOCABULARY + WORDS, **files})
    problems = checked(root).problems
    assert not [problem for problem in problems if problem.rule[:3] in {"FZ1", "FZ2", "FZ6"}]
    return [problem for problem in problems if problem.rule == rule]


def record(body: str, title: str = "西村走访", year: str = "2024", more: str = "") -> str:
    category = "考试" if more else "宣传活动"
    head = f"标题: {title}\n日期: {year}-05-20\n类别: {category}\n地点: 西村\n{more}"
    return f"---\n{head}---\n{body}\n"


def laid(place: str, texts: list[str]) -> dict[str, str]:
    """The files in which texts stand at a place, in the order in which a check reports them."""
    match place:
        case "成效":
            results = "\n\n".join(texts)
            return {REPORT: NARRATIVE.replace("\n## 第一责任人", f"\n{results}\n\n## 第一责任人")}
        case "安排":
            return {REPORT: NARRATIVE.replace("继续开展普法宣传。", "\n\n".join(texts))}
        case "报告标题":
            return {REPORT: re.sub("(?<=标题: ).*", texts[0], NARRATIVE, count=1)}
        case "首页":
            return {"docs/index.md": f"{texts[0]}\n"}
        case "节点说明":
            words = VOCABULARY.replace("国家宪法日, 开始", f"{texts[0]}, 开始")
            return {"records/vocabulary.yml": words + WORDS}
        case "指标说明":
            return {"records/figures.yml": FIGURES + f"  说明: {texts[0]}\n"}
        case "任务":
            return {"records/2024/tasks.yml": f"- {{编号: 24-1, 任务: {texts[0]}}}\n"}
        case "联系":
            return {
                "records/township.yml": TOWNSHIP
                + f"联系: {{科室: 党政办, 电话: 023-00000000, 地址: {texts[0]}}}\n"
            }
        case "记录标题":
            return {RECORD: record("走访。", *texts)}
    year, more = ("2024", EXAM if place == "考试" else "") if not place.isdigit() else (place, "")
    return {
        f"records/{year}/activities/{number:02}.md": record(text, f"第{number}次", year, more)
        for number, text in enumerate(texts)
    }


def rows(table: str) -> list[tuple[str, list[str]]]:
    """What stands before the colon of each line, and the texts behind it, whose lines end in ⏎."""
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return [(head, texts.replace("⏎", "\n").split(" | ")) for head, _, texts in lines]


WRONG = r"""
FZ709 错误 成效: §> ##### 小结 → 顶格写 | §- # 小结 | §1. ## 小结 | § ## 小结
FZ711 警告 记录: 走访§<b>东村。 → 小于号写成“小于” | 走访西村§[^1]。 → 写在句子里 | §## 经过 → 删去 # | §> - # 经过 | 印发§{{ 宣传活动 }}。 → 写在叙述稿里
FZ711 错误 首页: 走访§~~东村~~。
FZ711 错误 成效: **走访§<i>东村**。
FZ711 错误 首页: §- [ ] 走访东村。
FZ711 错误 首页: §# 本站说明
FZ711 错误 首页: 注释§<!-- 待改 -->。
FZ711 错误 成效: 走访§~~东村~~。 | §- [x] 走访 | §!!! note | 走访§==东村==。 | 走访§[^1]。 | 走访§`东村`。 | §** 走访§**东村。 → 星号挨着文字 | 走访§**东村。
FZ711 错误 成效: §~~~ | 长3§*4*5米。 → 乘号写成 ×
FZ711 错误 成效: 走访：⏎§- 东村⏎- 西村 → 在它前面空一行 | 走访：⏎§1. 东村 | §|村|组|⏎|东村|一组| → 表头下面加一行
FZ711 错误 首页: 走访：⏎§|村|组|⏎|-|-|⏎|东村|一组|⏎⏎§    走访⏎⏎§~~西村~~
FZ711 警告 记录: §2024. 3. 1走访 | 走访：⏎§* 东村 | 走访⏎⏎§    东村 → 删去行首的空格 | 走访3§*4*5米。
FZ711 错误 成效: 长§*宽*高为三米。 → 写成 × | 张**§*、李*某 | 长§*宽*高*深 | （长）§*宽⏎高*深 | 甲§\(乙 | - 甲⏎§  - 乙 → 行首不空格 | 1. 甲⏎§- 乙 → 在它前面空一行
FZ711 错误 成效: 签字：§__ 日期：__ → 写成 \_ | A、甲⏎§B、乙 | — 甲⏎§— 乙 | ㈠甲⏎§㈡乙 | 1、甲⏎§2、乙⏎3、丙 → 空一行 | • 甲⏎§• 乙 | ·甲⏎§·乙 | 1) 甲⏎§2) 乙 | （一）甲⏎§（二）乙 | 1.甲⏎§2.乙 | -甲⏎§-乙 | － 甲⏎§－ 乙 | *甲⏎§*乙 | a. 甲⏎§b. 乙 | 　　甲。⏎§　　乙。 | §2024. 12. 4走访 | - 甲⏎⏎§    |村|组|⏎§    |-|-|⏎§    |东村|一组|
FZ711 错误 成效: 1. 甲⏎§3. 乙 → 挨着编号 | 走访⏎⏎3. 甲⏎4. 乙⏎⏎1. 丙⏎§2. 丁
FZ711 警告 记录: 甲§*乙*丙*丁 | - 甲⏎⏎§        乙 → 删去行首 | - 甲⏎§        - 乙 | - 甲⏎⏎    乙⏎§- 丙 | 1. 甲⏎1. 乙⏎§2. 丙 | - 上层⏎§  - 下层 → 空四格 | 1. 甲⏎§- 乙 | - 甲⏎    - 乙⏎§    1. 丙 | §```js⏎走访 → 删去反引号 | §~~~⏎走访⏎§~~~ | ①甲⏎§②乙
FZ711 警告 记录: §｜村｜组｜⏎｜—｜—｜⏎｜东村｜一组｜ → 用半角的 | §＞ 走访
FZ711 错误 首页: - 甲⏎- 乙⏎§丙⏎丁⏎- 戊⏎§己⏎⏎> 甲⏎§乙⏎⏎§|村|组|⏎|-|-|
FZ711 错误 成效: - 甲⏎- 乙⏎§丙 → 在它前面空一行 | > 甲⏎§乙 | 1. 甲⏎§乙⏎2. 丙 | - 甲⏎⏎    乙⏎§丙 | - 甲⏎§> 乙 | §|村|组|⏎|-|-| → 写上各行
FZ711 警告 记录: - 甲⏎§乙 | > 甲⏎§    乙 | > - 甲⏎§- 乙 | > - 甲⏎§> 乙 | > 甲⏎§乙 | - 甲⏎    - 乙⏎§丙 | §村|组⏎-|-⏎⏎共一组。 | §> |村|组|⏎> |-|-|⏎ | §>     甲
FZ711 警告 记录: |村|组|⏎|-|-|⏎|东村|一组|⏎§共一组。 → 在它前面空一行 | 走访：⏎⏎§村	组⏎东村	一组⏎ → 分栏的表格
FZ711 警告 记录: **走访**§</div>东村§</span> | 走访§<b>东村</b>§</p> | §  ## 经过 → 删去 # | - 走访⏎§    > 东村
FZ711 警告 记录标题: 西村§**宣传**
FZ711 警告 记录标题: 西村§<b>宣传
FZ711 警告 记录标题: 西村§&nbsp;§`§~~宣传~~
FZ711 警告 节点说明: §国家**宪法日**
FZ711 警告 指标说明: §乡村两级<br>都算
FZ711 警告 任务: §"开展{{ 宣传活动 }}"
FZ711 警告 联系: §一楼&nbsp;大厅
FZ711 警告 报告标题: 某县示例乡人民政府2024年法治政府建设§{{ 宣传活动 }}情况报告
FZ711 警告 记录: **走访§{{ 宣传活动 }}** | - *甲§[^1]乙* | **甲**§{.red}、[甲](https://a.cn)§{target=_blank} | > **甲§{# 乙 #}** | |**§{% 甲 %}**|乙|⏎|-|-|⏎|**§[TOC]**|***§{: .b}***| | §- !!! note
FZ711 错误 成效: - **甲§[^1]乙** | 1. §[TOC] | > **§[TOC]** | **§~~甲~~**
FZ712 警告 记录: §[甲](https://a.cn "乙") | §[](https://a.cn)甲 | 见§[照片](a.png)。 | §![照片](https://a.cn/a.png) | §[附件]: 见后
FZ712 错误 首页: 见§[报告](report/2024.html)。
FZ808 错误 记录: |村|组|⏎§|-|⏎|东村|一组| → 写一样多的格
FZ801 警告 记录: 推进§法制政府建设。 → 改成“法治政府” | 开展§法制宣传。 → 改成“法治宣传”
FZ801 警告 记录: 调处§溯源治理法院回流案件。 → 改成“诉源治理” | 推进§溯**源**治理。 → 改成“诉源治理”
FZ801 警告 记录: 全国法制宣传日和§法制宣传月。 | 利用“12.4”§宪法日开展宣传。 → 改成“国家宪法日”
FZ801 警告 记录: 适用§一般程序的案件。 → 改成“普通程序”
FZ801 警告 2021: 适用§一般程序。
FZ801 警告 记录标题: 西村§法制宣传
FZ801 错误 成效: 推进§法制政府建设。 | 推进{{ 原文("§法制政府", 理由="…") }}。
FZ801 错误 安排: 推进§法制政府建设。
FZ801 错误 首页: 这里公布§法制政府建设的年度报告。
FZ801 错误 报告标题: 某县示例乡人民政府2024年§法制政府建设情况报告
FZ802 警告 记录: 围绕“4.15”“§6·26”“12.4”开展宣传。 | 围绕“3·15”“§4.15”“6·26”开展宣传。
FZ802 警告 记录: 12.4国家宪法日、§12·4宣传周、12.4宣讲。 | “12.4”宣传，“§6．26”宣传，“4.15”宣传。
FZ802 警告 记录: 利用12.4国家宪法日开展§12·4宣传周活动，12.4宣讲。 | “4.15”和“6.26”，“§3-15”。
FZ802 警告 记录: “4.15”“§6·26”“§12・4”“3.15”宣传。 | “§4·15”和“6.26”。
FZ803 警告 成效: §2023年，示例乡召开会议研究法治建设。 → 改成2024年 | 根据§2023年普法计划开展宣传。
FZ803 警告 成效: 完成《普法计划》，§2023年各项任务落实到位。 | §２０２３年，各村开展宣传。 → 改成2024年
FZ803 警告 成效: **§2022年**全年开展宣传。 → 改成2024年 | 截至年底，§2023年的任务完成。
FZ803 警告 安排: §2024年，继续开展普法宣传。 → 改成2025年 | §2024年将建强队伍。
FZ803 警告 安排: §2023年工作打算：抓好宣传。 → 改成2025年 | §2024年底前完成。
FZ803 错误 报告标题: §示例乡2023年法治政府建设情况报告
FZ803 错误 报告标题: §示例乡二〇二三年法治政府建设情况报告
FZ803 警告 报告标题: §示例乡法治政府建设情况报告
FZ804 警告 成效: 推进“§七五”普法。 | 推进§七五普法工作。
FZ804 警告 安排: 深入推进“§七五”普法。
FZ804 警告 2026: 开展“§八五”普法宣讲。 | 学习《§法治政府建设实施纲要(2021-2025年)》。
FZ804 警告 2020: 学习§法治政府建设实施纲要（2021至2025年）。
FZ805 错误 记录: 受理矛盾纠纷36起，调解成功35起，调解成功率§99%。 → 改成 97%；
FZ805 错误 记录: 受理矛盾纠纷36起，成功调解35起，调解成功率达到§98%以上。 → 改成 97%；
FZ805 错误 记录: 受理36起，调解成功36起，调解成功率为§99.9%。 → 改成 100%；
FZ805 错误 记录: 应考62人，参考60人，参考率§100%。 → 改成 97%；
FZ805 错误 记录: 应考1000人，实考996人，参考率达§100%。 → 改成 99.6%；
FZ805 错误 记录: 应考10000人，参考9996人，参考率§100%。 → 改成 99.96%；
FZ805 错误 记录: 应考62人，参考60人，参考率§96.7%。 → 改成 96.8%；
FZ805 错误 记录: 应考６２人，参考６０人，参考率§９８％。 | 应考**62**人，参考**60**人，参考率**§98%**。
FZ805 错误 记录: 62人应考，60人参考，参考率§98%。 → 改成 97%； | 应考1,000人，参考900人，参考率超过§90%。
FZ805 错误 记录: 应考62人，参考60人，合格60人，参考率和合格率均达§100%。 → 改成 97%；
FZ805 错误 记录: 参考率§98%，其中应考62人、参考60人。 | 参考60人，合格58人，合格率不低于§97%。
FZ805 错误 考试: 参考率§100%，合格率96.7%。 | 参考率§100%，合格率§100%。
FZ805 错误 成效: 应考{{ 原文("62人", 理由="…") }}，参考{{ 原文("60人", 理由="…") }}，参考率{{ 原文("§100%", 理由="…") }}。
FZ806 警告 记录: 宣传3场、讲座2场，合计§6场。 | 宣传3场，讲座2场，咨询1场，共计§7场。
FZ806 警告 记录: 宣传3场、讲座2场和咨询1场，总计§5场。 | 民法典120份、宪法80份，共计发放资料§205份。
FZ806 警告 记录: 讲座和咨询分别为1场、2场，共计§4场。 | 受理**§5**件，其中调解4件、信访2件。
FZ806 警告 记录: 受理§5件（其中信访6件）。 | 受理矛盾纠纷§5件；其中婚姻家庭6件。 | 办结§5件，均为信访4件。
FZ806 警告 记录: 办结§5件，分别为信访2件、纠纷2件。 | 在册§1,051名（甲类1,017名，乙类13名，丙类22名）。
FZ806 警告 记录: 在册§51名（甲类17名、乙类1名、丙类13名、丁类5名、戊类14名、己类2名）。
FZ806 错误 安排: 计划举办讲座2场、宣传3场，合计§6场。
FZ806 错误 安排: 计划举办讲座三场、宣传两场，合计§4场。
FZ706 错误 成效: 排查§300**起**。 | 排查**§300**起。 | 排查~~§30~~**0**起。 | 排查_§3_场。 | 排查§3\0起。
FZ706 错误 首页: 排查§300起。 → 写进叙述稿，用指标来印；不是数的说法，写进词表的“固定说法”
FZ706 错误 成效: 排查[§300](https://www.example.gov.cn/)起。
FZ706 错误 成效: §九成以上的群众满意。 | §近八成群众知晓。 | §超九成的村开展了宣传。 | §三分之二的村开展了宣传。
FZ707 警告 成效: §一半以上的村开展了宣传。 | §半数以上群众知晓。 | §近一半的村开展了宣传。 | 宣传**§三**场。
FZ714 错误 成效: §增加{{ 发放资料 }}。 | §第{{ 发放资料 }}。 | 发放{{ 发放资料 }}§{{ 宣传活动 }}。 | §每村发放{{ 发放资料 }}。
FZ714 错误 成效: §据不完全统计，发放{{ 发放资料 }}。
FZ714 错误 成效: 比上年§下降{{ 发放资料|同比 }}。 | 比上年§增长了{{ 发放资料|同比 }}。
FZ714 错误 成效: 比上年§提高**{{ 发放资料|同比(2) }}**。 | §超过**{{ 发放资料 }}**。
FZ714 错误 成效: 发放**{{ 发放资料 }}**§以上。 | §不到{{ 发放资料 }}。 | §逾{{ 发放资料 }}。
"""
"""A rule, how bad its fault is, a place and what is written there: the fault begins at §. Behind →, the hint."""

RIGHT = """
FZ711 FZ712 记录: > 走访东村。 | - 走访[东村](https://a.cn/b?c=1)。 | 5<6，甲--乙，a=b。 | 甲#1组、*甲*、**乙**和 **丙** *丁*，“**戊**”，***己***，\\*\\*。 | 【甲】[乙]
FZ711 FZ712 记录: - 走访⏎    东村⏎- 西村⏎  东组⏎⏎    甲组⏎⏎- 乙组 | > - 甲⏎>     乙⏎⏎丙 | - 甲⏎⏎乙⏎丙 | |村|组|⏎|-|-|⏎|东村|一组| | 村|组⏎-|-⏎东村|一组 | 走访⏎* * *⏎-5⏎    东村 | 3\\*4\\*5
FZ711 记录: - 甲⏎    - 乙⏎    - 丙⏎- 丁 | 1. 甲⏎2. 乙⏎⏎3. 丙 | 1. 甲⏎1. 乙 |  - 甲⏎ - 乙 | 1、甲  ⏎2、乙 | 1、甲⏎⏎2、乙 | `甲`、`a*b*c`、*乙* *丙*、a_b_c、甲_乙_丙、\\_丁\\_ | 甲⏎——乙 | 到⏎一、二、三村 | 第⏎3、4条和⏎A、B类，⏎2.5万元
FZ711 记录:     走访⏎⏎东村
FZ711 成效: 2. 甲⏎3. 乙⏎⏎丙⏎⏎4. 丁 | 甲 | 2024. 3月起走访 | - 甲⏎⏎1. 乙⏎2. 丙⏎⏎- 丁 | 1. 甲⏎⏎    乙⏎⏎2. 丙 | 　　甲。⏎⏎　　乙。
FZ711 记录: 村|组⏎-|-⏎东村|一组⏎⏎共一组。 | 时间	地点 | 甲	乙⏎⏎丙	丁
FZ711 FZ712 首页: 走访**东村**，见[网站](https://a.cn)。
FZ711 指标说明: 乡村两级R&D，甲*乙*丙
FZ711 成效: ### 走访⏎- 东村⏎⏎> 西村 | 1. 东村 | 2. 西村 | 甲 | 2、西村 | - 甲⏎    乙⏎- 丙⏎⏎丁 | > - 甲⏎> - 乙 | 1. 甲⏎⏎走访⏎⏎- 乙
FZ808 报告标题: 示例乡|2024年法治政府建设情况报告
FZ808 记录: |村|组|⏎-|-⏎|东村|一组|
FZ801 记录: 推进法治政府建设。 | 重大执法决定法制审核制度。 | 法制审核人员和法制机构。 | 诉源治理和多元解纷。
FZ801 记录: 贯彻《关于加强法制宣传教育的决议》。 | 国家宪法日暨全国法制宣传日。 | 追溯源头治理污染。
FZ801 成效: 推进法治政府建设。 | 重大执法决定法制审核制度。 | 法制审核人员和法制机构。 | 诉源治理和多元解纷。
FZ801 成效: 贯彻《关于加强法制宣传教育的决议》。 | 国家宪法日暨全国法制宣传日。 | 追溯源头治理污染。
FZ801 2020: 适用一般程序。
FZ802 记录: 围绕“4.15”“6.26”“12.4”开展宣传。 | 12·4国家宪法日，“6·26”国际禁毒日。 | 第12.4节，“6·26”。
FZ802 记录: “12·4”宣传，全长12.4公里，增长12.4%，达12.4万元。 | “6·26”，第3-15页，12-4人。
FZ802 记录: “6·26”宣传，版本 12.4.1，2024.12.4 拍摄，12.4.jpg。 | “6·26”宣传，得分“99.5”，“13.40”。
FZ802 记录: “6·26”宣传，2024-12-04，成绩为12.4，网址 10.12.4.1。
FZ803 成效: 2024年，示例乡召开会议。 | 比2023年有所增加，较2022年有所下降，与2023年相比持平。
FZ803 成效: 同2023年相比，和2023年同期相比，2023年以来，自2021年起，从2022年开始。 | 2025年继续推进。
FZ803 成效: 2021—2025年是规划期，2021年至2025年，2021-2025年，2022、2023年两年。
FZ803 成效: 贯彻《2023年度普法计划》和“2023年行动”，左府发〔2023〕3号。
FZ803 成效: 2021年修订的行政处罚法，自2021年7月15日起施行。 | 截至2023年底，上年（2023年）的情况。
FZ803 成效: 2022年成立的领导小组，2023年12月印发的意见。 | 1978年以后，2015年首次开展。
FZ803 成效: 依据{{ 原文("2023年", 理由="县里的文件") }}的要求。 | 集体学法{{ 宣传活动 }}，2023年以来持续开展。
FZ803 成效: 《法治政府建设实施纲要（2021—2025年）》。
FZ803 安排: 2025年，继续开展普法宣传。 | 在2024年工作的基础上，2025年加强宣传。 | 巩固2024年成果。
FZ803 安排: 对照2024年工作安排，查漏补缺。 | 针对2024年的不足，加强宣传。
FZ803 安排: 落实2024年度考核发现问题的整改。
FZ803 报告标题: 示例乡2024年法治政府建设情况报告
FZ803 报告标题: 示例乡2024年度法治政府建设情况报告
FZ803 报告标题: 示例乡二〇二四年法治政府建设情况报告
FZ803 报告标题: 示例乡２０２４年法治政府建设情况报告 | 示例乡2024—2025年法治政府建设情况报告
FZ804 成效: 推进“八五”普法，落实《法治政府建设实施纲要（2021－2025年）》。
FZ804 成效: 在“七五”普法总结验收的基础上开展宣传。 | “七五”普法期间打下了基础，“七五”普法以来持续开展宣传。
FZ804 安排: 2025年是“八五”普法收官之年。
FZ804 2026: 迎接“八五”普法终期评估验收。
FZ804 2020: 谋划“八五”普法工作。
FZ804 2030: 学习法治政府建设实施纲要。
FZ804 首页: “七五”普法的成果在这里公布。
FZ805 记录: 受理矛盾纠纷36起，调解成功35起，调解成功率97%。 | 应考62人，参考62人，参考率100%。
FZ805 记录: 受理矛盾纠纷36起，调解成功35起，调解成功率97.2%。 | 上年参考率100%，今年应考62人，参考60人。
FZ805 记录: 受理矛盾纠纷36起，调解成功35起，调解成功率97.22%。 | 应考62人，参考60人，要求参考率100%。
FZ805 记录: 受理矛盾纠纷36起，调解成功35起，调解成功率在95%以上，超过97%。 | 应考62人，参考60余人，参考率99%。
FZ805 记录: 应考200人，参考199人，参考率99.5%，应考200人，参考率100%左右。 | 参考率和合格率均达到95%以上。
FZ805 记录: 乡干部应考27人、参考27人，村干部应考35人、参考33人，参考率96.8%。 | 应考62人。参考率100%。参考60人。
FZ805 记录: 受理200余起，调解成功35起，调解成功率99%。 | 不合格2人，参考60人，合格率96.7%。
FZ805 记录: 应考62人，参考60人，合格率提高3个百分点，参考率比上年提高3%。
FZ805 记录: 应考62人，参考60人，参考率和合格率分别为96.8%、90%。
FZ805 记录: 受理信访2件、矛盾纠纷36起，调解成功36起，调解成功率100%。
FZ805 考试: 参考率96.8%，合格率96.7%。 | 参考率和合格率均在95%以上。 | 乡干部参考率100%，村干部参考率94%。
FZ805 考试: 乡干部应考27人、参考27人，参考率100%。 | 上年参考率100%。
FZ805 成效: 应考{{ 考试应考 }}，参考60人，参考率100%。
FZ806 安排: 计划举办讲座三场、宣传两场，合计5场。
FZ806 记录: 宣传3场、讲座2场，合计5场。 | 宣传3场、讲座2场、咨询1场，资料6份，合计6场。 | 占50%、30%，合计99%。
FZ806 记录: 宣传3场次、讲座2场、咨询1场，合计6场。 | 一是宣传3场；二是讲座2场、咨询1场，合计6场。
FZ806 记录: 一是宣传3场。二是讲座2场、咨询1场，合计6场。 | 宣传10余场、讲座2场，合计15场。
FZ806 记录: 宣传3场，深入村组和学校讲解，讲座2场、咨询1场，合计6场。 | 比上年增加3件、减少2件，合计10件。
FZ806 记录: 1月3件、2月5件，累计共计20件。 | 受理5件，其中调解4件、信访1件。 | 受理5件，其中发放资料300份、信访6件。
FZ806 记录: 受理10件，其中调解成功9件，法院移交8件。 | 受理200余件，其中调解成功300件。 | 第1场、第2场，合计2场。
FZ806 记录: 办结5件，分别为信访2件、纠纷3件。 | 办结6件，分别为信访2件、纠纷3件，咨询1件。 | 投入1.5件、2.5件，合计4件。
FZ806 记录: 办结5件，分别为信访2件、纠纷3件，另转办1件。 | 召开会议12场（党委会3场、专题会2场等）。
FZ806 记录: 召开会议12场（党委会3场、专题会2场）。 | 在册51名（其中甲类17名、乙类1名、丙类3名）。
FZ806 记录: 在册51名（甲类17名、乙类1名、丙类3名等）。 | 2024年3月5日宣传2场、4月6日宣传3场，合计5场。
FZ706 FZ707 成效: 形成一张网，建成三级网络，不是一成不变。 | 分为三成员单位；组成三个层面。 | “三分之二”原则，《九成以上》。
FZ706 FZ707 成效: 党政一把手亲自抓，一起推进。 | 第**三**次会议，第**3**期，**2024**年，**12**月4日。
FZ706 FZ707 成效: 1. 项目建设有序。 | 2. 个人信用有保障。 | > 3. 件件有回音。
FZ706 FZ707 成效: 大多数群众知晓，多数村开展。 | 排查[有关情况](https://www.example.gov.cn/2024/3.html)。
FZ714 成效: 共发放{{ 发放资料 }}，以上情况均已公开。
FZ714 成效: 附近发放{{ 发放资料 }}。 | 全年**发放**{{ 发放资料 }}。
"""
"""Rules, a place, and what is written there of which they say nothing."""


@pytest.mark.parametrize(("head", "cells"), rows(WRONG))
def test_what_is_wrong_is_reported_where_it_begins(head, cells, make_project):
    rule, severity, place = head.split()
    marked, _, hints = zip(*(cell.partition(" → ") for cell in cells), strict=True)
    files = laid(place, [text.replace("§", "") for text in marked])
    problems = found(make_project, rule, files)
    begins = [(p.path, files[p.path].split("\n")[p.line - 1][p.column - 1 :]) for p in problems]
    wanted = [
        (path, line[at.end() :].replace("§", ""))
        for path, text in laid(place, [*marked]).items()
        for line in text.split("\n")
        for at in re.finditer("§", line)
    ]
    assert begins == wanted
    assert {problem.severity for problem in problems} == {severity}
    if len(problems) == len(hints):
        assert all(hint in p.hint for hint, p in zip(hints, problems, strict=True))


@pytest.mark.parametrize(("head", "texts"), rows(RIGHT))
def test_what_is_right_is_left_alone(head, texts, make_project):
    *rules, place = head.split()
    for rule in rules:
        assert not found(make_project, rule, laid(place, texts))


def test_the_node_of_a_record_is_as_the_vocabulary_writes_it(make_project):
    text = (BASE / "records/2024/activities/宪法宣传.md").read_text(encoding="utf-8")
    files = {"records/2024/activities/宪法宣传.md": text.replace("国家宪法日", "12·4国家宪法日")}
    assert not found(make_project, "FZ802", files)


# FZ412: an event entered twice


def events(*told: str) -> dict[str, str]:
    """Events of one day and 类别: title, place, topics."""
    files = {}
    for number, (title, place, *topics) in enumerate(map(str.split, told)):
        text = record("内容。", title).replace("西村\n", f"{place}\n主题: [{''.join(topics)}]\n")
        files[f"records/2024/activities/{number}.md"] = text
    return files


SAME_EVENT = """
国家宪法日集中宣传 东村 = “12·4”国家宪法日宣传活动 东村
宪法宣传 东村广场 = 国家宪法日集中宣传 东村广场 | 宪法宣传 东村广场 = 宪法专题宣传 示例乡东村广场
4·15全民国家安全教育日集中宣传 乡场镇 = 全民国家安全教育日宣传 乡政府门口
法治赶场 乡场镇 = 法治赶场活动 乡场镇 | 未成年人保护宣传 乡场镇 = 未成年人保护主题宣传 乡中心广场
普法宣传 乡场镇 禁毒 = 普法集中宣传 乡场镇 宪法,禁毒
"""
OTHER_EVENT = """
第一次法治讲座 乡政府 = 第二次法治讲座 乡政府 | 法治讲座（一） 乡政府 = 法治讲座（二） 乡政府
法治讲座第1期 乡政府 = 法治讲座第2期 乡政府 | 上午场普法宣传 乡政府 = 下午场普法宣传 乡政府
东村禁毒宣传 东村 = 西村禁毒宣传 西村 | 禁毒宣传进村 东村 = 禁毒宣传 西村
一组普法宣传 东村 = 二组普法宣传 东村 | 乡干部理论知识考试 乡政府 = 村干部理论知识考试 乡政府
中心小学普法宣传 乡场镇 = 中心幼儿园普法宣传 乡场镇 | 禁毒宣传 乡场镇 = 反邪教宣传 乡场镇
消防安全宣传 乡场镇 = 食品安全宣传 乡场镇 | 宪法宣传 乡场镇 = 国家宪法日集中宣传 乡政府门口
普法宣传 乡场镇 禁毒 = 普法集中宣传 乡场镇 宪法 | 抽查食品企业001 乡场镇 = 抽查食品企业002 乡场镇
"""


def pairs(table: str) -> list[list[str]]:
    return [pair.split(" = ") for line in table.strip().splitlines() for pair in line.split(" | ")]


@pytest.mark.parametrize(("one", "other"), pairs(SAME_EVENT))
def test_an_event_entered_twice(one, other, make_project):
    (problem,) = found(make_project, "FZ412", events(one, other))
    assert (problem.path, problem.severity) == ("records/2024/activities/1.md", Severity.WARNING)
    assert "records/2024/activities/0.md" in problem.message


@pytest.mark.parametrize(("one", "other"), pairs(OTHER_EVENT))
def test_events_that_are_two(one, other, make_project):
    assert not found(make_project, "FZ412", events(one, other))


def test_an_exact_duplicate_is_one_error(make_project):
    files = events("普法宣传 乡场镇", "普法宣传 乡场镇")
    assert len(found(make_project, "FZ411", files)) == 1
    assert not found(make_project, "FZ412", files)


def test_each_repetition_is_told_once_and_within_one_file(make_project):
    files = events("法治赶场 乡场镇", "法治赶场活动 乡场镇", "法治赶场宣传 乡场镇")
    assert len(found(make_project, "FZ412", files)) == 2
    root = make_project({})
    last, _ = project_files.check_files(Folder(root), ["records/2024/activities/2.md"], TODAY)
    assert [problem.rule for problem in last] == ["FZ412"]


# FZ413: a case entered once a channel


COMMON = {"标题": "东村承包地边界纠纷", "受理日期": "2024-05-06", "办结日期": "2024-05-30"}
COMMON |= {"类别": "矛盾纠纷", "结果": "调解成功", "纠纷类型": "邻里纠纷", "村": "东村"}
COMMON |= {"来源": "[群众申请]"}


def cases(*changes: dict[str, str]) -> dict[str, str]:
    """Cases that are one but for what each of them changes."""
    files = {}
    for number, change in enumerate(changes):
        held = ((key, value) for key, value in {**COMMON, **change}.items() if value)
        head = "".join(f"{key}: {value}\n" for key, value in held)
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
    files = {RECORD: record(text), REPORT: f"{NARRATIVE}\n{text}\n"}
    root = make_project({"records/vocabulary.yml": VOCABULARY + WORDS, **files})
    told = Counter((problem.path, problem.rule) for problem in checked(root).problems)
    assert max(told.values(), default=0) <= 2 * MOST_REPORTED
