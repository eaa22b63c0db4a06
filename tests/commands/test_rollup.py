"""The roll-up: how it is shown, and which files it refuses."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.commands import rollup
from fazhi.commands.rollup.reading import MAX_BYTES, MAX_NUMBER, offset
from tests import conftest
from tests.conftest import lay
from tests.support.running import ran_script

GOLDEN = conftest.CASES / "rollup"
YEAR = 2024

Fields = dict[str, Any]


def laid(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    lay(folder, files)
    return [folder / name for name in files]


def rolled_up(files: list[Path]) -> rollup.Rollup:
    made, gathered = rollup.roll_up(files)
    assert made, gathered.refused
    return made


# Three townships, as they are shown


def test_three_townships_as_they_are_shown(request):
    found = rollup.find([str(GOLDEN / "townships")])
    lines = rollup.table(rolled_up(found.files))
    expected = GOLDEN / "expected.txt"
    if request.config.getoption("--write-golden"):
        expected.write_text(lines, encoding="utf-8", newline="\n")
    assert lines == expected.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def three() -> rollup.Rollup:
    return rolled_up(rollup.find([str(GOLDEN / "townships")]).files)


def test_the_order_of_the_files_changes_nothing(three):
    files = rollup.find([str(GOLDEN / "townships")]).files
    assert rollup.files(rolled_up(files[::-1])) == rollup.files(three)


def test_the_json_keeps_to_its_schema(three):
    made = rollup.files(three)
    schema = json.loads(made["rollup.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(made["rollup.json"])
    assert document["$schema"] == "rollup.schema.json"
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(document)) == []
    described = [*schema["properties"].values()]
    described += [p for d in schema["$defs"].values() for p in d.get("properties", {}).values()]
    assert all(is_chinese(p.get("description", "")) for p in described)


def is_chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


# Bad files


def document(**changes: Any) -> Fields:
    good: Fields = json.loads((GOLDEN / "townships/甲乡/figures.json").read_text(encoding="utf-8"))
    return good | changes


def spoilt(name: str, /, **changes: Any) -> bytes:
    held = document()
    (one,) = [figure for figure in held["figures"] if figure["name"] == name]
    one |= changes
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


GOOD = json.dumps(document(), ensure_ascii=False, indent=2).encode()
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ": 是空文件"),
    "no JSON": (b"\nhello", ":2:1: 不是完整的 JSON：从这里起读不下去"),
    "half": (GOOD[:600], "不是完整的 JSON"),
    "GBK": (
        GOOD.decode().encode("gbk", "replace"),
        ":3:18: 不是 UTF-8 编码，多半是另存成了 GBK 或者",
    ),
    "UTF-16": (GOOD.decode().encode("utf-16"), ":1:1: 不是 UTF-8 编码"),
    "BOM": (b"\xef\xbb\xbf" + GOOD, ":1:1: 文件开头多了 BOM"),
    "HTML": (b"\n<!doctype html><title>404</title>", ":1:1: 是网页，不是数据"),
    "large": (b" " * (MAX_BYTES + 1), ": 有 20 MB，太大"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "不是完整的 JSON"),
    "list": (b"[1]", ":1:1: 整个文件不对"),
    "other": (b'{"name": "x"}', ":1:1: “$schema”没有写"),
    "text": (spoilt("活动", value="12"), ":13:16: 第 1 个指标的“value”不对，现在是“12”"),
    "half a number": (spoilt("活动", value=1.5), "指标“活动”：应当是 0 到"),
    "negative": (spoilt("活动", value=-1), "指标“活动”：应当是 0 到"),
    "past a double": (spoilt("活动", value=MAX_NUMBER + 1), "指标“活动”：应当是 0 到"),
    "past any double": (spoilt("活动", value=10**400), "指标“活动”：应当是 0 到"),
    "negative part": (spoilt("人群", parts={"甲类": -3}), "指标“人群”：应当是 0 到"),
    "rate above one": (spoilt("合格率", numerator=99), "分子不能大于分母"),
    "rate of nothing": (spoilt("合格率", numerator=0, denominator=0), "分母应当大于 0"),
    "one side": (spoilt("合格率", numerator=None), "只写了一个"),
    "no rate": (spoilt("合格率", value=None), "数应当在 0 到 100 之间"),
    "withheld and told": (spoilt("活动", withheld=["value"]), "写着不公布（withheld），又有数"),
    "key too many": (spoilt("活动", extra=1), "“extra”不是 figures.json 里有的项"),
    "twice": (spoilt("活动", name="资料"), "指标“资料”写了两次"),
    "alike and not": (
        spoilt("活动", fingerprint=document()["figures"][1]["fingerprint"]),
        "和前面一个指标口径一样（fingerprint 相同），数却不同",
    ),
    "no number": (spoilt("合格率", value=float("nan")), "数应当在 0 到 100 之间"),
    "infinite": (spoilt("活动", value=float("inf")), "指标“活动”：应当是 0 到"),
    "endless": (GOOD.replace(b'"value": 3', b'"value": 1' + b"0" * 5000), ":13:"),
    "half a character": (GOOD.replace("“".encode(), b"\\ud800"), "不是完整的 JSON"),
    "deep inside": (
        GOOD.replace(b'"value": 3', b'"value": ' + b"[" * 9999 + b"]" * 9999),
        "不是完整的 JSON",
    ),
    "sample": (json.dumps(document(sample=True)).encode(), "是示例数据，不是真的数"),
    "nobody": (json.dumps(document(publisher=" ")).encode(), "发布机构是空的"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=list(BAD))
def test_a_bad_file_is_told(tmp_path, content, said):
    (file,) = laid(tmp_path, {"figures.json": content})
    made, gathered = rollup.roll_up([file])
    assert made is None
    assert said in str(gathered.refused[0]).removeprefix(file.as_posix())


def test_every_bad_file_is_told_at_once(tmp_path):
    bad = [content for content, _ in BAD.values() if len(content) < MAX_BYTES]
    files = laid(tmp_path, {f"{number:02}.json": content for number, content in enumerate(bad)})
    made, gathered = rollup.roll_up([tmp_path / "无.json", *files])
    assert made is None
    assert {refused.path for refused in gathered.refused} >= {file.as_posix() for file in files}
    assert "没有这个文件" in str(gathered.refused[0])


def others(**changes: Any) -> bytes:
    return json.dumps(document(**changes), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (others(publisher="丁乡", year=2023), "年份不能混在一起：2023 年的 1 个："),
        (others(publisher="丁乡", edition="internal"), "版本不能混在一起：公开版的 1 个："),
        (others(), "2024 年的已经有一份，内容不同："),
        (
            spoilt("活动", unit="次").replace("某县甲乡人民政府".encode(), "丁乡".encode()),
            "的口径指纹和 ",
        ),
    ],
)
def test_files_that_do_not_go_together_are_told(tmp_path, content, said):
    other = laid(tmp_path, {"figures.json": content})
    made, gathered = rollup.roll_up([GOLDEN / "townships/甲乡/figures.json", *other])
    assert made is None
    (refused,) = gathered.refused
    assert said in str(refused)


def test_the_same_bytes_count_once(tmp_path, three):
    files = rollup.find([str(GOLDEN / "townships")]).files
    copy = tmp_path / "figures (1).json"
    copy.write_bytes(files[0].read_bytes())
    made, gathered = rollup.roll_up([*files, copy])
    assert made == three
    assert gathered.repeated == [(copy.as_posix(), files[0].as_posix())]


@given(
    st.recursive(
        st.integers() | st.text() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.sampled_from([None, 1, "\t"]),
)
@settings(max_examples=50, deadline=None)
def test_a_value_is_found_where_it_stands(held, indent):
    text = json.dumps({"a": 1, "b": [held, held]}, ensure_ascii=False, indent=indent)

    def walk(value: Any, keys: list[Any]) -> Iterator[tuple[list[Any], Any]]:
        yield keys, value
        listed = dict(enumerate(value)) if isinstance(value, list) else value
        for key, inner in listed.items() if isinstance(listed, dict) else ():
            yield from walk(inner, [*keys, key])

    for keys, value in walk(json.loads(text), []):
        found, _ = json.JSONDecoder().raw_decode(text, offset(text, keys))
        assert found == value
    assert offset(text, ["b", 7, "c"]) == offset(text, ["b"])


# What is hard for those who read JSON


def published(**changes: Any) -> Callable[[str], bytes]:
    """A document of one figure with changes, by its publisher."""

    def by(publisher: str) -> bytes:
        (one, *_) = document()["figures"]
        return others(publisher=publisher, figures=[one | changes])

    return by


def two(tmp_path: Path, document_of: Mapping[str, Callable[[str], bytes]]) -> rollup.Combined:
    files = laid(tmp_path, {f"{name}.json": of(name) for name, of in document_of.items()})
    (figure,) = rolled_up(files).figures
    return figure


def test_large_numbers_stay_exact(tmp_path):
    most = published(value=MAX_NUMBER)
    figure = two(tmp_path, {"甲": most, "乙": most, "丙": published(value=1)})
    assert figure.value == 2 * MAX_NUMBER + 1


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        (13.6161, 0.0001, 13.6162),
        (1, 2.5, 3.5),
        (1.5, 1.5, 3),
        (1.000001, 2.000002, 3.000003),
        (0.0000001, 1, None),
        (1e400, 1, None),
    ],
)
def test_money_in_wan_is_added_to_the_fen(tmp_path, ours, theirs, together):
    one, other = (published(value=value, unit="万元") for value in (ours, theirs))
    if together is None:
        files = laid(tmp_path, {"甲.json": one("甲乡"), "乙.json": other("乙乡")})
        made, gathered = rollup.roll_up(files)
        assert made is None
        assert "应当是 0 到" in str(gathered.refused[0])
        return
    assert two(tmp_path, {"甲乡": one, "乙乡": other}).value == together


@pytest.mark.parametrize(
    ("measure", "unit", "value", "is_added"),
    [
        ("求和", "亩", 12.5, True),
        ("最新值", "公里", 3.125, True),
        ("最新值", "名次", 5, False),
        ("最新值", "%", 98.6, False),
        ("最新值", "分", 95.25, False),
        ("最新值", "个工作日", 5.2, False),
        ("比值", "场", 2.8234, False),
    ],
)
def test_what_was_measured_is_added_and_what_was_judged_is_not(
    tmp_path, measure, unit, value, is_added
):
    one = published(measure=measure, unit=unit, value=value)
    figure = two(tmp_path, {"甲": one, "乙": one})
    assert figure.value == (2 * value if is_added else None)
    assert [out.reason for out in figure.left_out] == ([] if is_added else ["不能相加"])


def test_names_of_any_letters_and_files_of_any_name(tmp_path):
    names = ["a'b\"c", "乡[1]", "*", "={1+1}", "𠮷乡"]
    parts = {"甲\n乙": 1, "": 2, "🏠": 3, 'x"\\': 4}
    document_of = published(measure="分类", value=10, parts=parts)
    files = {f"x[{number}]'.json": document_of(name) for number, name in enumerate(names)}
    made = rolled_up(laid(tmp_path, files))
    assert made.townships == sorted(names)
    assert made.figures[0].parts == {name: 5 * n for name, n in parts.items()}


def test_no_cell_is_a_formula(tmp_path):
    formula = published(name="=1+1", section="@x", measure="分类", value=1, parts={"+1": 1})
    made = rollup.files(rolled_up(laid(tmp_path, {"figures.json": formula("甲")})))
    assert "\r\n'@x,'=1+1,分类,1," in made["rollup.csv"].decode("utf-8-sig")
    assert "\r\n'=1+1,'+1,1," in made["rollup-parts.csv"].decode("utf-8-sig")


def test_a_rate_without_its_sides_is_not_combined(tmp_path):
    rate = {"measure": "比率", "unit": "%", "value": 50.5}
    figure = two(
        tmp_path, {"甲": published(**rate), "乙": published(**rate, numerator=1, denominator=3)}
    )
    assert (figure.value, figure.counted) == (33.33, 1)
    assert [(one.reason, one.townships) for one in figure.left_out] == [("没有分子分母", ["甲"])]


def test_one_definition_under_two_names_counts_once(tmp_path):
    (one, *_) = document()["figures"]
    content = others(publisher="丁乡", figures=[one, one | {"name": "又名"}])
    (figure,) = rolled_up(laid(tmp_path, {"figures.json": content})).figures
    assert (figure.value, figure.counted, figure.other_names) == (one["value"], 1, ["又名"])


def test_a_township_that_publishes_nothing_is_a_township(tmp_path):
    nothing = laid(tmp_path, {"figures.json": others(publisher="丁乡", figures=[])})
    made = rolled_up([GOLDEN / "townships/甲乡/figures.json", *nothing])
    assert all(one.left_out[-1].reason == "没有这个指标" for one in made.figures)
    assert not any(one.complete for one in made.figures)


# The command


def test_the_command_writes_what_it_shows(tmp_path, three):
    # As Windows hands it over: the shell has not expanded it.
    done = ran_script(
        "rollup.py", str(GOLDEN / "townships/*/figures.json"), "--out", tmp_path / "out"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == (GOLDEN / "expected.txt").read_text(encoding="utf-8")
    out = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert out == rollup.files(three)


def test_the_command_refuses(tmp_path):
    (tmp_path / "甲figures.json").write_bytes(GOOD[:600])
    (tmp_path / "乙.json").write_bytes(GOOD)
    (tmp_path / "series.json").write_bytes(GOOD)  # of a site: it has the same figures once more
    done = ran_script("rollup.py", tmp_path, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert "没有看的 .json 文件 1 个" in done.stderr
    assert "什么也没有写" in done.stderr
    assert not (tmp_path / "out").exists()
    (draft,) = laid(tmp_path / "草稿", {"figures.json": others(draft=True)})
    done = ran_script("rollup.py", draft)
    assert (done.returncode, "草稿，报告还没有公布，数还会变：某县甲乡" in done.stdout) == (
        0,
        True,
    )


def test_what_has_drafts_in_it_or_is_internal_says_so_in_the_name_of_every_file(tmp_path):
    for told, tail in (
        ({"draft": True}, "（草稿）"),
        ({"edition": "internal"}, "（内部资料）"),
        ({"edition": "internal", "draft": True}, "（草稿）（内部资料）"),
        ({}, ""),
    ):
        (file,) = laid(tmp_path / (tail or "公布"), {"figures.json": others(**told)})
        made, _ = rollup.roll_up([file])
        assert made
        assert {*rollup.files(made)} - {"rollup.schema.json"} == {
            f"rollup{tail}.json", f"rollup{tail}.csv", f"rollup-parts{tail}.csv"
        }  # fmt: skip
        assert bool(made.drafts) == ("draft" in told)
        table = rollup.files(made)[f"rollup{tail}.csv"].decode("utf-8-sig").splitlines()
        marks = tail[1:-1].replace("）（", "；")
        assert (table[0].endswith(",性质"), table[1].endswith(f",{marks}")) == (bool(tail),) * 2
    done = ran_script("rollup.py", tmp_path / "无", tmp_path / "*.txt")
    assert done.returncode == 2
    assert "没有 figures.json" in done.stderr
