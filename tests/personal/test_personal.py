"""What counts as personal data in a text, and what only looks like it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.personal import apart, find
from fazhi.problems import formats
from tests.conftest import checked
from tests.support.building import ROOT


def rows(table: str) -> list[tuple[str, str]]:
    """What stands before the colon of a line, and one of the texts behind it, for each text of a list
    that lies beside this file."""
    listed = Path(__file__).with_name(f"{table}.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in listed.strip().splitlines())
    return [
        (
            head,
            re.sub(r"\\[nt]|\\u....", lambda sign: sign[0].encode().decode("unicode_escape"), text),
        )
        for head, _, texts in lines
        for text in texts.split(" | ")
    ]


def test_finds():
    found = [(kind, text, [finding.kind for finding in find(text)]) for kind, text in rows("found")]
    assert [one for one in found if one[2] != [one[0]]] == []


def test_a_name_is_found_whatever_the_surname():
    other = str.maketrans("王李刘张陈罗", "许孙何胡马冉")
    names = [text.translate(other) for kind, text in rows("found") if kind == "姓名"]
    assert len(names) > 400
    assert [text for text in names if "姓名" not in {finding.kind for finding in find(text)}] == []


def test_lets_pass():
    passing = ["", *(text for _, text in rows("not_found"))]
    assert [(text, found) for text in passing if (found := [*find(text)])] == []
    tables = [text for text in passing if text.startswith("|") and "-|" in text]
    assert [(text, found) for text in tables if (found := [*apart(text, text)])] == []


def test_a_column_of_names_is_of_officials_where_their_offices_stand_beside_them():
    rows = [("姓名", "乡长"), ("姓 名", "法律顾问"), ("姓名", "农民"), ("户主", "乡长")]
    tables = [f"|{whose}|职务|分管工作|\n|-|-|-|\n|王强|{office}|全面|" for whose, office in rows]
    tables += ["|组长|王强（书记）|\n|-|-|\n|成员|李强|", "|姓名|李强|王强|\n|-|-|-|\n|年龄|5|9|"]
    found = [[finding.value for finding in apart(table, table)] for table in tables]
    assert found == [[], [], ["王强"], ["王强"], [], ["王强"]]


def test_a_table_tells_whose_a_landline_is():
    heads = [
        "来电号码|诉求",
        "来电|诉求",
        "固定电话|住户",
        "电话|户",
        "联系电话|投诉人",
        "固话|低保户",
        "电话|单位",
        "电话|村",
    ]
    tables = [f"|{head}|\n|-|-|\n|023-59223417|1|" for head in heads]
    tables += [
        f"|电话|当事人|\n|-|-|\n|59223417|{who}|" for who in ("匿名", "左岚公司", "三村2组李某")
    ]
    found = [[finding.kind for finding in apart(table, table)] for table in tables]
    assert found == [["住宅电话"]] * 6 + [[], [], ["住宅电话"], [], ["住宅电话"]]


def test_what_cells_or_lines_tell_is_where_it_begins():
    texts = ["# 一\n\n|户主|金额|\n|-|-|\n|王小三|5|\n", "# 一\n\n两人\n车渝A12\n345到场\n"]
    starts = [[text[f.start :].split("\n")[0] for f in apart(text, text)] for text in texts]
    assert starts == [["|王小三|5|"], ["车渝A12"]]


def test_no_table_excuses_what_is_masked_in_it():
    tables = [f"| 序号 | 电话 |\n|-|-|\n| 1 | {n} |" for n in ("138****5678", "1381234****")]
    assert [[found.kind for found in find(table)] for table in tables] == [["手机号"]] * 2
    card = "| 卡号 |\n|-|\n| 2901****0123 |"
    assert [found.kind for found in apart(card, card)] == ["银行卡号"]
    escaped = r"138\*\*\*\*5678来电"
    assert [found.kind for found in apart(escaped, escaped)] == ["手机号"]


def test_finds_each_at_its_place():
    text = "电话13812345678，身份证11010519491231002X，车渝A12345"
    assert [(f.start, f.kind) for f in find(text)] == [
        (2, "手机号"),
        (17, "身份证号"),
        (37, "车牌号"),
    ]


PLAIN = "在赶集日设点宣传，发放资料若干。\n" * 12


def test_what_stands_far_from_it_changes_nothing():
    """Only the lines around a sign are searched."""
    texts = [text for _, text in rows("found")]
    alone = [[(f.start, f.end, f.kind, f.value) for f in find(text)] for text in texts]
    amid = [[*find(f"{PLAIN}{text}\n{PLAIN}")] for text in texts]
    before = len(PLAIN)
    moved = [[(f.start - before, f.end - before, f.kind, f.value) for f in found] for found in amid]
    differing = zip(texts, alone, moved, strict=True)
    assert [one for one in differing if one[1] != one[2]] == []
    assert [f.kind for f in find(f"电话13812345678\n{PLAIN * 9}车渝A12345\n{PLAIN}")] == [
        "手机号",
        "车牌号",
    ]


def test_keeps_places_when_characters_are_full_width():
    assert [f.start for f in find("联系电话（手机）：１３８１２３４５６７８")] == [9]
    assert [f.start for f in find("⑩13812345678")] == [1]


def test_two_that_were_run_together_are_two_findings():
    assert [f.start for f in find("1381234567813912345678")] == [0, 11]
    assert [f.start for f in find("500229198706131239" * 2)] == [0, 18]
    assert [f.start for f in find("王丽华殴打李建国")] == [0, 5]


@pytest.mark.parametrize(
    "numbers",
    [
        ("13812345678", "13912345678"),
        ("138-1234-5678", "139-1234-5678"),
        ("138 1234 5678", "139 1234 5678"),
        ("138****5678", "139****5678"),
        ("6222021234567890128", "6217976910001234560"),
    ],
)
def test_signs_that_number_some_are_no_digits_of_theirs(numbers):
    for signs in ("①②", "⑴⑵", "❶❷", "㈠㈡"):
        listed = "".join(f"{sign}{number}" for sign, number in zip(signs, numbers, strict=True))
        assert [f.start for f in find(listed)] == [1, len(numbers[0]) + 2]


def test_an_address_is_one_finding():
    assert len(list(find("走访建设路15号3栋2单元1203室"))) == 1


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("11010519491231002X", "110************02X"),
        ("13812345678", "138*****678"),
        ("+86 138 1234 5678", "+86***********678"),
        ("渝A12345", "渝*****5"),
        ("zhang@example.com", "zha***********com"),
        ("3栋", "**"),
    ],
)
def test_masks_what_it_found(text, masked):
    assert [finding.masked for finding in find(text)] == [masked]


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "13812345678", "6222021234567890128", "渝AD12345", "E12345678"]
)
def test_never_shows_the_whole(text):
    (finding,) = find(text)
    assert finding.masked.count("*") >= len(text) - 6


def test_no_message_repeats_what_a_file_is_called(make_project):
    event = "---\n标题: {}\n日期: 2024-10-20\n类别: 宣传活动\n地点: 西村\n---\n"
    titles = ["反诈骗集中宣传", "反诈骗集中宣传", "反诈骗的集中宣传"]
    names = [f"records/2024/activities/2024-10-20-1381234567{n}.md" for n in range(3)]
    root = make_project({n: event.format(title) for n, title in zip(names, titles, strict=True)})
    problems = checked(root).problems
    assert {"FZ411", "FZ412"} <= {problem.rule for problem in problems}
    assert not [problem for problem in problems if "1381234567" in formats.line(problem)]


@pytest.mark.parametrize(
    "name", ["13812345678", "1-13812345678", "@qq.com", "3栋", "01室-138-1234-5678"]
)
def test_a_day_before_it_hides_nothing_in_a_name(make_project, name):
    root = make_project({f"records/2024/activities/2024-10-20-{name}.md": ""})
    assert "FZ501" in {problem.rule for problem in checked(root).problems}


FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
NUMBERS = "11010519491231002X¦138 1234 5678¦13812345678¦622202¦12345678¦2024-04-15"
LETTERS = "渝A12345¦E12345678¦EA1234567¦a@b.cn¦微信¦QQ¦qq：¦×¦002x¦110105***"
OTHERS = "路15号¦3单元¦402室¦8¦，¦编号¦ ¦-¦.¦村"
PIECES = st.sampled_from("¦".join([NUMBERS, LETTERS, OTHERS]).split("¦"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(PIECES, st.lists(st.booleans(), min_size=18, max_size=18)), max_size=4))
def test_it_is_found_in_either_width(pieces):
    """Also where the widths are mixed: no character that begins something is overlooked."""
    half = "".join(piece for piece, _ in pieces)
    mixed = "".join(
        char.translate(FULL_WIDTH) if full else char
        for piece, widths in pieces
        for char, full in zip(piece, widths, strict=False)
    )
    assert [(f.start, f.kind, f.value) for f in find(mixed)] == [
        (f.start, f.kind, f.value) for f in find(half)
    ]


OF_ASSETS = """
from fazhi.sources import evidence
found = [*(p for path, _ in tree.walk("docs/assets")
 for p in evidence.problems(tree, path, leaves=True))]
"""
OF_RECORDS = """
import datetime
from fazhi import project
found = project.load(tree, datetime.date(2026, 1, 1)).problems
"""


@pytest.mark.parametrize("check", [OF_ASSETS, OF_RECORDS])
def test_what_has_nothing_of_the_kind_is_searched_for_no_kind(check):
    """Its signs are no one's: each check would load and compile the search for all of them."""
    searched = (
        "import sys; from pathlib import Path; from fazhi.sources.tree import Folder;"
        f"tree = Folder(Path.cwd()){check}"
        "sys.exit(f'{found}' if found or 'fazhi.personal.kinds' in sys.modules else 0)"
    )
    assert subprocess.run([sys.executable, "-c", searched], cwd=ROOT, check=False).returncode == 0
