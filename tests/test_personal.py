"""What counts as personal data in a text, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.personal import find
from fazhi.problems import formats
from tests.conftest import MakeProject, checked

IDENTITY, MOBILE, CARD = "身份证号", "手机号", "银行卡号"
PLATE, PASSPORT, EMAIL = "车牌号", "护照号", "电子邮箱"
ACCOUNT, DOOR = "微信或 QQ 号", "门牌号"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (IDENTITY, "11010519491231002X"),
        (IDENTITY, "11010519491231002x"),
        (IDENTITY, "440524188001010014"),
        (IDENTITY, "身份证11010519491231002X。"),
        (IDENTITY, "110105 19491231 002X"),
        (IDENTITY, "110105-19491231-002X"),
        (IDENTITY, "１１０１０５１９４９１２３１００２Ｘ"),
        (IDENTITY, "110105********002X"),
        (IDENTITY, "110***********002X"),
        (IDENTITY, "110105xxxxxxxx002X"),
        (IDENTITY, "110105××××××××0021"),
        (IDENTITY, "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X"),
        (MOBILE, "13812345678"),
        (MOBILE, "电话13812345678联系"),
        (MOBILE, "138 1234 5678"),
        (MOBILE, "138-1234-5678"),
        (MOBILE, "8613812345678"),
        (MOBILE, "+8613812345678"),
        (MOBILE, "+86 138 1234 5678"),
        (MOBILE, "+86-138-1234-5678"),
        (MOBILE, "１３８１２３４５６７８"),
        (MOBILE, "１３８　１２３４　５６７８"),
        (MOBILE, "138****5678"),
        (MOBILE, "138＊＊＊＊5678"),
        (MOBILE, "138xxxx5678"),
        (MOBILE, "138XXXX5678"),
        (MOBILE, "138 ×××× 5678"),
        (MOBILE, "1 3 8 1 2 3 4 5 6 7 8"),
        (MOBILE, "１　３　８　１　２　３　４　５　６　７　８"),
        (MOBILE, "13812 345678"),
        (MOBILE, "1381 2345678"),
        (MOBILE, "1381 234 5678"),
        (MOBILE, "138 123 45678"),
        (MOBILE, "138 12 34 56 78"),
        (MOBILE, "19912345678"),
        (CARD, "6222021234567890128"),
        (CARD, "6222 0212 3456 7890 128"),
        (CARD, "4111111111111111"),
        (CARD, "5500-0000-0000-0004"),
        (CARD, "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"),
        (PLATE, "渝A12345"),
        (PLATE, "渝A·12345"),
        (PLATE, "渝A 12345"),
        (PLATE, "渝AD12345"),
        (PLATE, "渝A12345D"),
        (PLATE, "渝F8K123"),
        (PLATE, "渝A1234学"),
        (PLATE, "渝Ａ１２３４５"),
        (PASSPORT, "E12345678"),
        (PASSPORT, "EA1234567"),
        (PASSPORT, "护照G12345678。"),
        (EMAIL, "zhang.san@example.com"),
        (EMAIL, "邮箱zhangsan@mail.example.com.cn，"),
        (EMAIL, "zhangsan＠example.com"),
        (ACCOUNT, "微信zhangsan_1990"),
        (ACCOUNT, "微信号：zhangsan1990"),
        (ACCOUNT, "QQ 123456789"),
        (ACCOUNT, "QQ号码：123456789"),
        (ACCOUNT, "qq123456"),
        (ACCOUNT, "ＱＱ１２３４５６"),
        (DOOR, "建设路15号"),
        (DOOR, "东村3组18号"),
        (DOOR, "人民街附7号"),
        (DOOR, "幸福小区12-3号"),
        (DOOR, "3栋"),
        (DOOR, "2单元"),
        (DOOR, "1203室"),
        (DOOR, "建设路１５号"),
    ],
)
def test_finds(kind: str, text: str) -> None:
    assert [finding.kind for finding in find(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "在赶集日设点宣传，发放资料220份。",
        # numbers that are no identity number
        "110105194912310021",
        "440524188001010015",
        "110105194913310020",
        "1101051949123100",
        # 统一社会信用代码, 标识码, 索引号
        "11500229MB1234567X",
        "91310000MA1FL0000X",
        "12500229450123456K",
        "5002290001",
        "11500229MB1234567X/2025-00003",
        # 文号 and 案号
        "左岚府文〔2025〕3号",
        "国办发〔2017〕47号",
        "法释〔2016〕19号",
        "（2024）渝0229民初123号",
        "渝府令第349号",
        # telephones of offices, short numbers
        "12345",
        "110",
        "拨打12345热线或者110报警",
        "023-59222222",
        "59222222",
        "400-810-1234",
        # serials and dates
        "编号2024123456",
        "编号20241234567",
        "2024-04-15",
        "20240415",
        "档号2024-调解-001",
        "12812345678",
        "138123456789",
        "1381234567",
        # rows of numbers
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "1 3 8 1 2 3 4 5 6 7 8 9",
        "各月 5 1 3 8 1 2 3 4 5 6 7 8",
        "第1380 1381 138页",
        "2024 1381 234 5678",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 1",
        # no card: the check digit fails
        "6222021234567890123",
        "4111111111111112",
        # plates and passports that are none
        "渝A1234",
        "渝A123456789",
        "E1234567",
        "GB12345678",
        "A12345",
        # places and words
        "2组",
        "在东村2组开展宣传",
        "第3号公告",
        "路灯15号线",
        "3号楼前的广场",
        "“4·15”宣传日",
        "每月15号",
        "通过微信群和QQ群宣传",
        "推送微信公众号文章3篇",
        "@",
    ],
)
def test_lets_pass(text: str) -> None:
    assert list(find(text)) == []


def test_finds_each_at_its_place() -> None:
    text = "电话13812345678，身份证11010519491231002X，车渝A12345"
    assert [(f.start, f.kind) for f in find(text)] == [
        (2, MOBILE),
        (17, IDENTITY),
        (37, PLATE),
    ]


def test_keeps_places_when_characters_are_full_width() -> None:
    assert [f.start for f in find("联系电话（手机）：１３８１２３４５６７８")] == [9]


def test_an_address_is_one_finding() -> None:
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
def test_masks_what_it_found(text: str, masked: str) -> None:
    assert [finding.masked for finding in find(text)] == [masked]


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "13812345678", "6222021234567890128", "渝AD12345", "E12345678"]
)
def test_never_shows_the_whole(text: str) -> None:
    (finding,) = find(text)
    assert finding.masked.count("*") >= len(text) - 6


def test_no_message_repeats_what_a_file_is_called(make_project: MakeProject) -> None:
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
def test_a_day_before_it_hides_nothing_in_a_name(make_project: MakeProject, name: str) -> None:
    root = make_project({f"records/2024/activities/2024-10-20-{name}.md": ""})
    assert "FZ501" in {problem.rule for problem in checked(root).problems}


FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
NUMBERS = ["11010519491231002X", "138 1234 5678", "13812345678", "622202", "12345678", "2024-04-15"]
LETTERS = [
    "渝A12345",
    "E12345678",
    "EA1234567",
    "a@b.cn",
    "微信",
    "QQ",
    "qq：",
    "×",
    "002x",
    "110105***",
]
OTHERS = ["路15号", "3单元", "402室", "8", "，", "编号", " ", "-", ".", "村"]
PIECES = st.sampled_from([*NUMBERS, *LETTERS, *OTHERS])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(PIECES, st.lists(st.booleans(), min_size=18, max_size=18)), max_size=4))
def test_it_is_found_in_either_width(pieces: list[tuple[str, list[bool]]]) -> None:
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
