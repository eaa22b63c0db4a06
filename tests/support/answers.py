"""What is answered where a new record is asked for, and when."""

from datetime import date

TODAY = date(2025, 3, 1)
ACTIVITY = {"标题": "禁毒宣传进校园", "日期": "2025-02-20", "类别": "宣传活动", "地点": "东村小学"}
CASE = {"标题": "界址纠纷", "受理日期": "2025-02-10", "类别": "矛盾纠纷", "结果": "在办"}
