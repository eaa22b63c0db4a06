"""Records that were handed in as files, in whatever state: what is filed, what is left, what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fazhi.commands.collecting.filing import Filing, Plan
from fazhi.problems import formats
from fazhi.problems.problem import has_errors
from fazhi.records import ledger
from fazhi.schema.kinds import FOLDERS, KINDS
from fazhi.sources.tree import Folder
from tests.conftest import BASE, MakeProject, lay, printed, settings_of
from tests.support.building import ROOT, contents
from tests.support.running import ran_script
from tests.support.workbooks import TODAY

A = "---\n标题: 禁毒宣传\n日期: 2024-11-20\n类别: 宣传活动\n地点: 东村小学\n---\n讲解毒品危害。\n"
B = "---\n标题: 水渠纠纷\n受理日期: 2024-11-21\n类别: 矛盾纠纷\n结果: 调解成功\n办结日期: 2024-11-25\n---\n"
A_MARK, B_MARK = (
    "<!-- 记录：活动 2024-11-20-禁毒宣传.md -->\n",
    "<!-- 记录：案件 2024-11-21-01.md -->\n",
)
A_PATH, B_PATH = (
    "records/2024/activities/2024-11-20-禁毒宣传.md",
    "records/2024/cases/2024-11-21-01.md",
)
Files = Mapping[str, str | bytes]


def planned(root: Path, files: Files, kind: str = "") -> Plan:
    """What would become of files that lie in a folder beside the project."""
    folder = root.parent / "收件"
    folder.mkdir(exist_ok=True)
    lay(folder, files)
    made = Filing(Folder(root), settings_of(root), TODAY, KINDS.get(kind))
    return made.plan([folder])


def filed(plan: Plan) -> dict[str, str]:
    return {each.record.path: each.data.decode() for each in plan.accepted()}


def told(plan: Plan) -> list[str]:
    """Every problem, from the name of the file on."""
    return [formats.line(problem).partition("收件/")[2] for problem in plan.problems]


def zipped(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


# What is filed


ARRIVED: dict[str, tuple[Files, dict[str, str]]] = {
    "one": ({"甲.md": A}, {A_PATH: A}),
    "several in one": ({"收件-20241122-0900.md": f"{A_MARK}{A}\n{B_MARK}{B}"}, {A_PATH: A, B_PATH: B}),
    "marks by hand": (
        {"x.md": f"\n<!--记录:活动-->\n\n{A}\n\n\n<!-- 记录： 案件 -->\n{B}\n\n"},
        {A_PATH: A, B_PATH: B},
    ),
    "a folder in the folder": ({"东村/甲.md": A, "西村/乙.md": B}, {A_PATH: A, B_PATH: B}),
    "from Windows": ({"甲.txt": b"\xef\xbb\xbf" + A.replace("\n", "\r\n").encode()}, {A_PATH: A}),
    "GBK": ({"甲.txt": f"{A_MARK}{A}\n{B_MARK}{B}".encode("gb18030")}, {A_PATH: A, B_PATH: B}),
    "UTF-16": ({"甲.txt": A.encode("utf-16")}, {A_PATH: A}),
    "zip": ({"记录.ZIP": zipped({"夹/甲.md": A, "乙.txt": B, "__MACOSX/夹/._甲.md": "x"})}, {A_PATH: A, B_PATH: B}),
    "full width": ({"甲.md": A.replace("日期: 2024-11-20", "日期：2024-11-20")}, {A_PATH: A}),
    "another year": (
        {"甲.md": A.replace("2024-", "2023-")},
        {A_PATH.replace("2024", "2023"): A.replace("2024-", "2023-")},
    ),
    "lines across": ({"甲.md": f"{A}\n---\n\n完。\n"}, {A_PATH: f"{A}\n---\n\n完。\n"}),
    "a comment": ({"甲.md": A.replace("地点", "# 待定\n地点")}, {A_PATH: A.replace("地点", "# 待定\n地点")}),
    "of programs": ({"甲.md": A, ".DS_Store": b"\0", "~$甲.docx": b"", "Thumbs.db": b""}, {A_PATH: A}),
    "not its name": ({"新建 文本文档 (3).md": A}, {A_PATH: A}),
}  # fmt: skip


@pytest.mark.parametrize("case", ARRIVED)
def test_what_is_handed_in_is_filed(case: str, make_project: MakeProject) -> None:
    root = make_project({})
    files, wanted = ARRIVED[case]
    plan = planned(root, files)
    assert (filed(plan), plan.problems) == (wanted, [])
    plan.write(root)
    assert "错误" not in printed(root)
    again = planned(root, files)
    assert (filed(again), again.problems, len(again.left)) == ({}, [], len(wanted))


def test_names_of_an_archive_are_read_as_windows_writes_them(make_project: MakeProject) -> None:
    name = "记录/表.docx".encode("gb18030")
    data = zipped({"x" * len(name): ""}).replace(b"x" * len(name), name)
    assert told(planned(make_project({}), {"x.zip": data}))[0].startswith("x.zip/记录/表.docx:1:1:")


def test_every_record_of_the_sample_comes_through(tmp_path: Path) -> None:
    root = tmp_path / "project"
    lay(
        root,
        {
            f"records/{name}": (ROOT / "records" / name).read_bytes()
            for name in (*ledger.SETTINGS_FILES, "2024/tasks.yml")
        },
    )
    texts = {
        file: file.read_text(encoding="utf-8")
        for file in sorted((ROOT / "records/2024").glob("*/*.md"))[::3]
    }
    marked = [
        f"<!-- 记录：{FOLDERS[file.parent.name].name} {file.name} -->\n{text}"
        for file, text in texts.items()
    ]
    plan = planned(root, {"收件-20241231-0900.md": "\n".join(marked)})
    assert not has_errors(plan.problems)
    assert sorted(filed(plan).values()) == sorted(f"{text.rstrip()}\n" for text in texts.values())
    bare = planned(root, {f"{number}.md": text for number, text in enumerate(texts.values())})
    assert {problem.rule for problem in bare.problems if has_errors([problem])} == set()
    assert filed(bare).keys() == filed(plan).keys()


@pytest.mark.parametrize("text", [A, B, "---\n标题: 专班会议\n日期: 2024-05-01\n类别: 党委会议\n议题: [{标题: 甲, 主题: 宪法}]\n---\n"])  # fmt: skip
def test_the_kind_is_told_by_what_is_in_a_record(text: str, make_project: MakeProject) -> None:
    ((path, held),) = filed(planned(make_project({}), {"x.md": text})).items()
    assert held == text
    assert FOLDERS[path.split("/")[2]].name in ("活动", "案件", "会议")


# What is there already


def test_a_file_that_was_sent_twice_is_one_record(make_project: MakeProject) -> None:
    root = make_project({})
    plan = planned(root, {"甲.md": A, "甲 (1).md": A, "全部.zip": zipped({"甲.md": A})})
    assert (filed(plan), len(plan.left), plan.problems) == ({A_PATH: A}, 2, [])
    assert plan.left[0].startswith("重复：同 ")
    plan.write(root)
    assert planned(root, {}).left[0].startswith(f"已经有了：{A_PATH}（")


def test_what_is_told_otherwise_of_the_same_event_is_not_written(make_project: MakeProject) -> None:
    root = make_project({A_PATH: A.replace("毒品危害", "毒品的危害")})
    plan = planned(root, {"甲.md": A, "乙.md": B})
    (line,) = told(plan)
    assert line.startswith(f"甲.md:1:1: 警告 FZ924 已经有 {A_PATH}，内容不一样，没有写。要改的")
    assert filed(plan) == {B_PATH: B}
    assert "内容不一样的 1" in plan.summary()


DOUBLES: list[tuple[Files, Files, list[str]]] = [
    ({}, {"甲.md": A, "乙.md": A.replace("危害", "害处")}, ["甲.md:1:1: 错误 FZ924 已经有同名的"]),
    ({A_PATH: A}, {"甲.md": A.replace("宣传活动", "考试\n板块: 法治宣传")}, [f"甲.md:1:1: 错误 FZ924 已经有同名的 {A_PATH}"]),
    ({A_PATH: A}, {"2024-11-20-禁毒宣传.md": A.replace("禁毒宣传", "禁毒")}, ["2024-11-20-禁毒宣传.md:1:1: 错误 FZ924"]),
    ({"records/2024/activities/x.md": A}, {"甲.md": A.replace("禁毒宣传", "禁毒宣传活动")}, ["甲.md:2:5: 警告 FZ412"]),
]  # fmt: skip


@pytest.mark.parametrize(("there", "files", "lines"), DOUBLES)
def test_doubles_are_refused(
    there: Files, files: Files, lines: list[str], make_project: MakeProject
) -> None:
    found = told(planned(make_project(there), files))
    assert len(found) == len(lines)
    for line, wanted in zip(found, lines, strict=True):
        assert line.startswith(wanted)


def test_a_number_that_two_offices_gave_is_no_double(make_project: MakeProject) -> None:
    root = make_project({B_PATH: B.replace("水渠", "山林")})
    other = B.replace("水渠", "宅基地")
    plan = planned(
        root,
        {
            "东村.md": B_MARK + B,
            "西村.md": B_MARK + other,
            "2024-11-21-01.md": B.replace("水渠", "婚姻"),
        },
    )
    assert plan.problems == []
    assert sorted(filed(plan)) == [f"records/2024/cases/2024-11-21-0{n}.md" for n in (2, 3, 4)]


def test_records_of_one_hand_in_whose_names_are_alike_are_both_filed(
    make_project: MakeProject,
) -> None:
    root, path = make_project({}), "records/2024/activities/2024-11-20-x"
    one, other = A.replace("禁毒宣传", '" # x"'), A.replace("禁毒宣传", '"x:"')
    mark = "<!-- 记录：活动 2024-11-20-x{}.md -->\n"
    text = f"{mark.format('')}{one}\n{mark.format('-2')}{other}"
    plan = planned(root, {"甲.md": text})
    assert (filed(plan), plan.problems) == ({f"{path}.md": one, f"{path}-2.md": other}, [])
    plan.write(root)
    again = planned(root, {"乙.md": text.replace("x:", "x!")})
    assert (filed(again), len(again.left), len(again.refused)) == ({}, 3, 1)


# What is refused


WRONG: dict[str, tuple[Files, list[str]]] = {
    "empty": ({"甲.md": ""}, ["甲.md:1:1: 错误 FZ104"]),
    "Word": ({"甲.docx": b"PK"}, ["甲.docx:1:1: 警告 FZ922 这不是记录文件，没有收。里面是记录的"]),
    "ledger": ({"甲.xlsx": b"PK"}, ["甲.xlsx:1:1: 警告 FZ922 这是台账"]),
    "photo": ({"甲.jpg": b"x"}, ["甲.jpg:1:1: 警告 FZ922 这不是记录文件，没有收。照片等材料放到"]),
    "prose": ({"甲.txt": "今天开了会。\n"}, ["甲.txt:1:1: 错误 FZ105"]),
    "not closed": ({"甲.md": "---\n标题: 甲\n"}, ["甲.md:1:1: 错误 FZ106"]),
    "no text": ({"甲.md": b"\xff\0\xfd\x81"}, ["甲.md:1:1: 错误 FZ102 里面不是文字，或者文件坏了"]),
    "an archive in an archive": ({"x.zip": zipped({"y.zip": b""})}, ["x.zip/y.zip:1:1: 警告 FZ922"]),
    "no archive": ({"x.zip": b"PK\x03\x04"}, ["x.zip:1:1: 错误 FZ922 压缩包不完整"]),
    "where it is": ({"甲.md": f"{A_MARK}{A}\n{B_MARK}{B.replace('成功', '好了')}"}, ["甲.md:15:5: 错误 FZ304"]),
    "unknown key": ({"甲.md": A.replace("地点", "地址")}, ["甲.md:5:1: 错误 FZ202 没有“地址”这一项。是不是“地点”"]),
    "keys in disorder": ({"甲.md": B.replace("结果: 调解成功\n", "", 1).replace("标题", "结果：好\n标题")}, ["甲.md:2:"]),
    "no kind": ({"甲.md": "---\n标题: 甲\n---\n"}, ["甲.md:1:1: 错误 FZ923 看不出是哪种记录。在 --- 上面写一行"]),
    "no such kind": ({"甲.md": A_MARK.replace("活动", "宣传") + A}, ["甲.md:2:1: 错误 FZ923 没有“宣传”这种记录"]),
    "run together": ({"甲.md": A + B}, ["甲.md:8:1: 错误 FZ923 像是又一条记录从这里开始"]),
    "a mark too few": ({"甲.md": f"{A_MARK}{A}\n{B}"}, ["甲.md:10:1: 错误 FZ923"]),
    "words before": ({"甲.md": f"请查收\n{A_MARK}{A}"}, ["甲.md:1:1: 错误 FZ105"]),
    "no year": ({"甲.md": A.replace("2024-", "0224-")}, ["甲.md:3:5: 错误 FZ204"]),
    "a phone": ({"甲.md": A + "电话 13912345678"}, ["甲.md:8:4: 错误 FZ501 这里有手机号 139*****678"]),
    "all at once": (
        {"甲.md": A.replace("宣传活动", "宣传"), "乙.md": B.replace("成功", "好了")},
        ["乙.md:5:5: 错误 FZ304", "甲.md:4:5: 错误 FZ301"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_where_it_is(case: str, make_project: MakeProject) -> None:
    files, lines = WRONG[case]
    plan = planned(make_project({}), files)
    found = told(plan)
    assert len(found) == len(lines), found
    for line, wanted in zip(found, lines, strict=True):
        assert line.startswith(wanted)


def test_an_archive_with_a_password_or_without_end_is_not_unpacked(
    make_project: MakeProject,
) -> None:
    locked = bytearray(zipped({"甲.md": A}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + place] |= 1
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲.md", b"0" * 70_000_000)
    found = told(planned(make_project({}), {"a.zip": bytes(locked), "b.zip": out.getvalue()}))
    assert [line.split("。")[0] for line in found] == [
        "a.zip:1:1: 错误 FZ922 压缩包设了密码",
        "b.zip:1:1: 错误 FZ922 压缩包太大",
    ]


def test_no_link_is_followed(make_project: MakeProject) -> None:
    root = make_project({"外.md": A})
    (root.parent / "收件").mkdir()
    (root.parent / "收件/甲.md").symlink_to(root / "外.md")
    plan = planned(root, {})
    assert (filed(plan), told(plan)) == ({}, ["甲.md:1:1: 警告 FZ922 这是一个链接。放文件本身"])


PIECES = st.sampled_from(
    [
        A,
        B,
        A_MARK,
        B_MARK,
        "---\n",
        "\n",
        "标题: 乙\n",
        "<!-- 记录：",
        " -->\n",
        "正文",
        "\r",
        "\0",
        "\ufeff",
    ]
)


@hypothesis_settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(PIECES, max_size=8), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text_is_filed_or_told(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], encoding: str
) -> None:
    folder = tmp_path_factory.mktemp("collected")
    (folder / "甲.md").write_bytes("".join(pieces).encode(encoding))
    plan = Filing(Folder(BASE), settings_of(BASE), TODAY, None).plan([folder])
    assert plan.problems or plan.read == len(plan.filed) + len(plan.left)
    for each in plan.accepted():
        assert each.data.decode() in "".join(pieces).replace("\r", "\n") + "\n"


def test_a_disk_is_no_folder_of_collected_files(tmp_path: Path) -> None:
    """It is refused before anything in it is read."""
    for number in range(20_001):
        (tmp_path / f"{number}.md").touch()
    (problem,) = Filing(Folder(BASE), settings_of(BASE), TODAY, None).plan([tmp_path]).problems
    assert (problem.path, problem.message[:13]) == (tmp_path.as_posix(), "里面的文件超过 20000")


def test_it_says_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("标题: 甲\n", encoding="utf-8")
    said: list[str] = []
    Filing(Folder(BASE), settings_of(BASE), TODAY, None).plan([tmp_path], said.append)
    assert said == ["正在读收来的文件…", "核对 0/1"]


# The command


def collect(*arguments: str | Path) -> tuple[int, str, str]:
    done = ran_script("import_ledger.py", *arguments, "--today", str(TODAY))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_the_command_files_all_or_nothing(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project({})
    lay(tmp_path, {"收件/甲.md": A, "收件/乙.md": B.replace("成功", "好了")})
    before = contents(tmp_path)
    code, out, said = collect(tmp_path / "收件", "--root", root)
    assert code == 1
    assert "收件/乙.md:5:5: 错误 FZ304" in out
    assert "读到 2 条：可以新增 1，" in said
    assert "什么也没有写" in said
    assert "--skip-bad" in said
    assert contents(tmp_path) == before
    assert f"新增 {A_PATH}（" not in out
    code, out, said = collect(tmp_path / "收件", "--root", root, "--dry-run")
    assert (code, f"新增 {A_PATH}（" in out, "有错误，什么也没有写" in said) == (1, True, True)
    code, out, said = collect(tmp_path / "收件", "--root", root, "--skip-bad", "--dry-run")
    assert (code, f"新增 {A_PATH}（" in out, contents(tmp_path) == before) == (1, True, True)
    code, out, said = collect(tmp_path / "收件", "--root", root, "--skip-bad")
    assert (code, "读到 2 条：新增 1，" in said, "退回 1。" in said) == (1, True, True)
    assert (root / A_PATH).read_text(encoding="utf-8") == A
    lay(tmp_path, {"收件/乙.md": B})
    code, out, said = collect(tmp_path / "收件/甲.md", tmp_path / "收件/乙.md", "--root", root)
    assert code == 0
    assert f"已经有了：{A_PATH}" in out
    assert f"新增 {B_PATH}" in out
    assert "可以移走" in said
    assert (tmp_path / "收件/甲.md").is_file()


def test_a_file_that_cannot_be_read_is_among_the_refused(make_project: MakeProject) -> None:
    files: Files = {"甲.md": A, "乙.md": b"\xff\x00\x81", "丙.zip": b"PK", "丁.docx": b"PK"}
    plan = planned(make_project({}), files)
    assert "读到 1 条：新增 1，" in plan.summary()
    assert plan.summary().endswith("退回 2（其中 2 个文件读不了）。")


def test_where_there_is_no_record_that_is_told(make_project: MakeProject, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    code, _, said = collect(tmp_path / "空", "--root", make_project({}))
    assert (code, "没有读到记录" in said) == (1, True)
