"""What counts as personal data in a text, and what only looks like it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.personal import find
from fazhi.problems import formats
from tests.conftest import checked

FOUND = """
身份证号: 11010519491231002X | 11010519491231002x | 440524188001010014
身份证号: 身份证11010519491231002X。 | 110105 19491231 002X | 110105-19491231-002X
身份证号: １１０１０５１９４９１２３１００２Ｘ | 110105********002X | 110***********002X
身份证号: 110105xxxxxxxx002X | 110105××××××××0021 | 1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X
手机号: 13812345678 | 电话13812345678联系 | 138 1234 5678 | 138-1234-5678 | 8613812345678
手机号: +8613812345678 | +86 138 1234 5678 | +86-138-1234-5678 | １３８１２３４５６７８
手机号: １３８　１２３４　５６７８ | 138****5678 | 138＊＊＊＊5678 | 138xxxx5678 | 138XXXX5678
手机号: 138 ×××× 5678 | 1 3 8 1 2 3 4 5 6 7 8 | １　３　８　１　２　３　４　５　６　７　８
手机号: 13812 345678 | 1381 2345678 | 1381 234 5678 | 138 123 45678 | 138 12 34 56 78
手机号: 19912345678
银行卡号: 6222021234567890128 | 6222 0212 3456 7890 128 | 4111111111111111 | 5500-0000-0000-0004
银行卡号: 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
车牌号: 渝A12345 | 渝A·12345 | 渝A 12345 | 渝AD12345 | 渝A12345D | 渝F8K123 | 渝A1234学
车牌号: 渝Ａ１２３４５
护照号: E12345678 | EA1234567 | 护照G12345678。
电子邮箱: zhang.san@example.com | 邮箱zhangsan@mail.example.com.cn， | zhangsan＠example.com
微信或 QQ 号: 微信zhangsan_1990 | 微信号：zhangsan1990 | QQ 123456789 | QQ号码：123456789
微信或 QQ 号: qq123456 | ＱＱ１２３４５６
门牌号: 建设路15号 | 东村3组18号 | 人民街附7号 | 幸福小区12-3号 | 3栋 | 2单元 | 1203室
门牌号: 建设路１５号
"""
NOT_FOUND = """
没有号码: 在赶集日设点宣传，发放资料220份。
不是身份证号: 110105194912310021 | 440524188001010015 | 110105194913310020 | 1101051949123100
代码: 11500229MB1234567X | 91310000MA1FL0000X | 12500229450123456K | 5002290001
代码: 11500229MB1234567X/2025-00003
文号、案号: 左岚府文〔2025〕3号 | 国办发〔2017〕47号 | 法释〔2016〕19号 | （2024）渝0229民初123号
文号、案号: 渝府令第349号
公开的电话: 12345 | 110 | 拨打12345热线或者110报警 | 023-59222222 | 59222222 | 400-810-1234
编号、日期: 编号2024123456 | 编号20241234567 | 2024-04-15 | 20240415 | 档号2024-调解-001
编号、日期: 12812345678 | 138123456789 | 1381234567
一行数: 1 2 3 4 5 6 7 8 9 10 11 12 | 1 3 8 1 2 3 4 5 6 7 8 9 | 各月 5 1 3 8 1 2 3 4 5 6 7 8
一行数: 第1380 1381 138页 | 2024 1381 234 5678 | 1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 1
不是卡号: 6222021234567890123 | 4111111111111112
不是车牌、护照: 渝A1234 | 渝A123456789 | E1234567 | GB12345678 | A12345
地点、词语: 2组 | 在东村2组开展宣传 | 第3号公告 | 路灯15号线 | 3号楼前的广场 | “4·15”宣传日
地点、词语: 每月15号 | 通过微信群和QQ群宣传 | 推送微信公众号文章3篇 | @
"""


def rows(table: str) -> list[tuple[str, str]]:
    """What stands before the colon of a line, and one of the texts behind it, for each text."""
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return [(head, text) for head, _, texts in lines for text in texts.split(" | ")]


@pytest.mark.parametrize(("kind", "text"), rows(FOUND))
def test_finds(kind, text):
    assert [finding.kind for finding in find(text)] == [kind]


@pytest.mark.parametrize("text", ["", *(text for _, text in rows(NOT_FOUND))])
def test_lets_pass(text):
    assert list(find(text)) == []


def test_finds_each_at_its_place():
    text = "电话13812345678，身份证11010519491231002X，车渝A12345"
    assert [(f.start, f.kind) for f in find(text)] == [
        (2, "手机号"),
        (17, "身份证号"),
        (37, "车牌号"),
    ]


def test_keeps_places_when_characters_are_full_width():
    assert [f.start for f in find("联系电话（手机）：１３８１２３４５６７８")] == [9]


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
