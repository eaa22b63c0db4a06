"""Publishing as a clerk does it: the package, what proves it, and what is left when it fails."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from fazhi.output import review
from fazhi.output.package import package
from fazhi.output.package.given import NotAPackage, digest
from fazhi.output.package.package import compared
from fazhi.records import lock as locks
from fazhi.sources.tree import Folder
from tests.conftest import lay
from tests.support.building import Project, contents, copy_of, differing, swap, with_few_records
from tests.support.links import broken
from tests.support.machine import ran
from tests.support.running import held, killed, ran_script

STEPS = """流程:
  - {状态: 草稿, 日期: 2025-02-12, 岗位: 平安法治办}
  - {状态: 已审核, 日期: 2025-02-18, 岗位: 乡长, 意见: 主动公开}
"""
PUBLISHED = "  - {状态: 已发布, 日期: 2025-02-20, 岗位: 党政办, 意见: 主动公开}\n"
CORRECTION = """更正:
  - {日期: 2025-03-06, 指标: [发放资料], 说明: 补计, 原因: 漏记, 批准: 乡长}
"""
REPORT = "docs/report/2024.md"
ACTIVITY = "records/2024/activities/宪法宣传.md"
LOCK = "records/2024/published.lock.json"
PUBLISH = ("scripts/publish_report.py", "2024", "--sample")
VERIFY = "scripts/verify.py"
UTF8 = {"PYTHONUTF8": "1"}


def small(root: Path, steps: str = STEPS + PUBLISHED) -> Project:
    """A copy of the project with few records, its report at some step."""
    project = with_few_records(root)
    swap(project.root / "records/figures.yml", "发放资料份数}", "发放资料份数, 图: 柱}")
    swap(project.root / REPORT, "成文日期: 2025-02-12\n", f"成文日期: 2025-02-12\n{steps}")
    return project


def run(project: Project, *arguments: str) -> tuple[int, str]:
    done = project.run(*arguments)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def zip_of(project: Project) -> Path:
    (found,) = (project.root / "dist").glob("*.zip")
    return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project whose report was published; nothing changes it but a copy."""
    project = small(tmp_path_factory.mktemp("package") / "项目 甲")
    code, said = run(project, *PUBLISH)
    assert code == 0, said
    return project


@pytest.fixture(scope="module")
def unpacked(published: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(zip_of(published)) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


# What is in it


def test_a_package_holds_the_site_the_documents_and_the_sums(unpacked: Path) -> None:
    held = contents(unpacked)
    documents = [name for name in held if name.startswith("documents/")]
    endings = [
        "body（示例）.html",
        "metadata（示例）.json",
        "metadata（示例）.txt",
        "报告（示例）.docx",
        "报告（示例）.pdf",
        "报告图解（示例）.pdf",
        "报告图解（示例）.png",
    ]
    assert [any(name.endswith(end) for name in documents) for end in endings] == [True] * 7
    assert unpacked.name == "report-2024（示例）"
    assert len(documents) == 7
    assert {"site/index.html", "site/report/2024.html", "site/data/2024/figures.json"} <= {*held}
    listed = held.pop("SHA256SUMS.txt").decode().splitlines()
    assert listed == [f"{hashlib.sha256(data).hexdigest()}  {p}" for p, data in held.items()]
    assert "published.lock" not in " ".join(held)
    assert review.NAME not in held


def test_its_links_lead_somewhere_also_to_the_documents(unpacked: Path) -> None:
    assert broken(unpacked / "site") == []
    (document,) = (unpacked / "documents").glob("*.docx")
    assert (unpacked / "site/report/2024（示例）.docx").read_bytes() == document.read_bytes()
    # Of other fonts than the official one
    assert (unpacked / "site/report/2024（示例）.pdf").read_bytes().startswith(b"%PDF")


def test_its_own_page_tells_how_to_check_it(unpacked: Path) -> None:
    listed: list[str] = []
    done = ran(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS.txt"], unpacked)
    assert (done.returncode, done.stdout) == (0, "")
    text = (unpacked / package.HOW_TO_VERIFY).read_text(encoding="utf-8")
    assert "sha256sum --check --quiet SHA256SUMS.txt" in text
    for line in (unpacked / package.SM3_SUMS).read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        assert digest == hashlib.new("sm3", (unpacked / path).read_bytes()).hexdigest()
        listed.append(path)
    assert {*listed} == {*contents(unpacked)} - {package.SM3_SUMS, package.SUMS}
    assert "示例数据" in text


RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}


def test_windows_takes_every_name(published: Project) -> None:
    with zipfile.ZipFile(zip_of(published)) as archive:
        names = archive.namelist()
        is_utf8 = [bool(info.flag_bits & 0x800) for info in archive.infolist()]
    assert is_utf8 == [not name.isascii() for name in names]
    assert len({name.casefold() for name in names}) == len(names)
    parts = {part for name in names for part in name.split("/")}
    assert not [part for part in parts if re.search(r'[\\:*?"<>|\x00-\x1f]|[. ]$', part)]
    assert not [part for part in parts if part.split(".")[0].casefold() in RESERVED]
    # 260 is what Windows takes of a whole path: half is left for where a person unpacks it.
    assert max(map(len, names)) <= 130


def test_the_same_report_gives_the_same_package(published: Project, tmp_path: Path) -> None:
    """In another folder, time zone and language, from files with other times."""
    other = copy_of(published, tmp_path / "b")
    first = zip_of(other).read_bytes()
    lock = (other.root / LOCK).read_bytes()
    shutil.rmtree(other.root / "dist")
    for file in other.root.rglob("*"):
        if file.is_file() and not file.is_symlink():
            os.utime(file, (1, 1))
    environment = {**UTF8, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": str(tmp_path)}
    done = other.run(*PUBLISH, environment=environment)
    assert done.returncode == 0, done.stderr
    assert zip_of(other).read_bytes() == first
    assert (other.root / LOCK).read_bytes() == lock


# From publishing to a correction


def test_published_changed_corrected_published_and_verified(
    published: Project, tmp_path: Path
) -> None:
    project = copy_of(published, tmp_path / "c")
    assert run(project, VERIFY, str(zip_of(project)))[0] == 0
    old = zip_of(project).read_bytes()
    swap(project.root / ACTIVITY, "发放资料份数: 205", "发放资料份数: 206")
    code, said = run(project, "scripts/check_records.py")
    assert code == 1
    assert "错误 FZ727 公布的“发放资料”变了：公布时是 205份，现在是 206份" in said
    code, said = run(project, *PUBLISH)
    assert code == 1
    assert "没有做成，原来的都没有动。" in said
    assert zip_of(project).read_bytes() == old

    swap(project.root / REPORT, PUBLISHED, PUBLISHED + CORRECTION)
    code, said = run(project, "scripts/check_records.py")
    assert (code, "FZ725" in said) == (0, True)
    code, said = run(project, *PUBLISH)
    assert code == 0, said
    assert "FZ725" not in said  # that it has to be published again
    assert "同上次公布的比，有 " in said and "  site/report/2024.html\n" in said
    assert run(project, "scripts/check_records.py") == (0, "共 2 条记录：0 个错误，0 个警告。\n")

    before, after = sorted((project.root / "dist").iterdir(), key=lambda file: len(file.name))
    assert after.stem == f"{before.stem}（2025-03-06更正）"
    assert before.read_bytes() == old
    code, said = run(project, VERIFY, str(after))
    assert (code, "个文件全部相符" in said) == (0, True)
    assert run(project, VERIFY, str(before))[1].startswith("是以前公布的压缩包")
    notice = "“发放资料”由205份更正为206份。补计。原因：漏记。批准：乡长。"
    with zipfile.ZipFile(after) as archive:
        for path in ("site/report/2024.html", "documents/body（示例）.html"):
            assert notice in archive.read(f"report-2024（示例）/{path}").decode()
        assert "原公布 205份" in archive.read("report-2024（示例）/site/report/2024.html").decode()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (STEPS, "现在是已审核"),
        ("", "现在是草稿"),
        (STEPS + PUBLISHED.replace("2025", "2099"), "2099-02-20 还没有到"),
    ],
    ids=["reviewed", "draft", "to come"],
)
def test_only_what_is_released_is_published(steps: str, said: str, tmp_path: Path) -> None:
    project = small(tmp_path / "d", steps)
    code, told = run(project, *PUBLISH)
    assert code == 1
    assert said in told
    assert not (project.root / LOCK).exists()
    assert not (project.root / "dist").exists()


def test_a_sample_is_published_only_as_one(tmp_path: Path) -> None:
    project = small(tmp_path / "s")
    code, told = run(project, *PUBLISH[:2])
    assert (code, "示例数据: 是，不能当真的公布" in told) == (1, True)
    assert not (project.root / LOCK).exists()
    assert not (project.root / "dist").exists()
    assert run(project, *PUBLISH)[0] == 0
    shutil.rmtree(project.root / "dist")
    swap(project.root / "records/township.yml", "示例数据: 是", "示例数据: 否")
    code, told = run(project, *PUBLISH)
    assert (code, "示例数据: 否，不能当示例公布" in told) == (1, True)
    assert not (project.root / "dist").exists()
    code, told = run(project, *PUBLISH[:2])
    assert (code, "以前公布的包是示例数据" in told) == (0, True), told
    with zipfile.ZipFile(zip_of(project)) as archive:
        assert not [name for name in archive.namelist() if "示例）" in name]
        assert "noindex" not in archive.read("report-2024/site/index.html").decode()


def test_a_package_of_a_draft_says_so_in_its_name_and_on_its_pages(tmp_path: Path) -> None:
    project = small(tmp_path / "d", "".join(STEPS.splitlines(keepends=True)[:2]))
    code, said = run(project, "scripts/package_site.py", "2024")
    assert code == 0, said
    assert zip_of(project).name.endswith("（草稿）（示例）.zip")
    with zipfile.ZipFile(zip_of(project)) as archive:
        sheet = archive.read(f"report-2024（草稿）（示例）/{review.NAME}").decode()
        assert (
            f"  {review.NAME}\n"
            in archive.read("report-2024（草稿）（示例）/SHA256SUMS.txt").decode()
        )
        how = archive.read("report-2024（草稿）（示例）/如何校验.html").decode()
        assert all("（草稿）（示例）</title>" in one for one in (sheet, how))
        assert "草稿：还没有审核" in sheet and "乡长" not in sheet
        home = archive.read("report-2024（草稿）（示例）/site/index.html").decode()
        assert 'data-fz-watermark="草稿"' in home
        assert "（草稿）（示例） - " in home and '<meta name="robots" content="noindex">' in home
    assert not (project.root / LOCK).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["scripts/publish_report.py"], 2, "看不懂这条命令"),
        (["scripts/publish_report.py", "２０２４"], 2, "不是年份"),
        (["scripts/package_site.py", "2024年"], 2, "不是年份"),
        (["scripts/package_site.py", "2020"], 1, "没有 2020 年的叙述稿"),
        (["scripts/package_site.py", "2024", "--out", "mkdocs.yml"], 2, "不是文件夹"),
        (["scripts/package_site.py", "2024", "--out", "records/2024"], 2, "原稿和记录"),
        ([VERIFY, "没有.zip"], 2, "没有 没有.zip"),
        ([VERIFY, "dist", "--year", "2020"], 2, "没有 2020 年的存档。公布过的有：2024。"),
        ([VERIFY, ""], 2, "有一处是空的"),
        ([VERIFY, "--root="], 2, "有一处是空的"),
        ([VERIFY, "/dev/null"], 2, "不是文件夹，也不是压缩包"),
        ([VERIFY, "mkdocs.yml"], 1, "压缩包是坏的，或者不是压缩包"),
        ([VERIFY, "records"], 1, "不是公布时的样子：相符 0"),
    ],
)
def test_what_cannot_be_obeyed_is_told(
    published: Project, arguments: list[str], code: int, said: str
) -> None:
    ended, told = run(published, *arguments)
    assert ended == code
    assert said in told


# Whether it is what was published


@pytest.mark.parametrize("name", ["2x24", "2²²²"])
def test_a_folder_that_is_no_year_was_not_published(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {f"records/{name}/published.lock.json": "{}"})
    done = ran_script("verify.py", tmp_path, "--root", tmp_path)
    assert (done.returncode, done.stderr.partition("\n")[0]) == (2, "没有存档。还没有公布过。")


def sums(published: Project) -> dict[str, str]:
    lock, problems = locks.load(Folder(published.root), 2024)
    assert lock
    assert problems == []
    return lock.files


def test_a_flipped_byte_names_its_file(published: Project, tmp_path: Path) -> None:
    """A byte of every file of the package in turn, and some in every part of the zip."""
    data = zip_of(published).read_bytes()
    whole = hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(zip_of(published)) as archive:
        members = {
            info.header_offset + 30 + len(info.filename.encode()) + info.compress_size // 2: info
            for info in archive.infolist()
        }
    places = [*members, *range(0, len(data), len(data) // 60), len(data) - 1]
    file = tmp_path / "改过.zip"
    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1
        file.write_bytes(flipped)
        assert digest(file) != whole
        if place in members:
            path = members[place].filename.partition("/")[2]
            assert compared(file, sums(published)).changed == [path]
            if path == "site/report/2024.html":
                code, said = run(published, VERIFY, str(file))
                assert code == 1
                assert f"改动：{path}\n" in said
                assert "改动 1，缺少 0，多出 0。" in said


def test_a_folder_or_a_site_is_compared_file_by_file(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    assert not compared(unpacked.parent, sums(published))  # as the zip was unpacked
    for given in (unpacked, unpacked / "site"):
        assert not compared(given, sums(published))
        folder = tmp_path / given.name
        shutil.copytree(given, folder)
        site = folder if given.name == "site" else folder / "site"
        index = site / "index.html"
        index.write_bytes(index.read_bytes() + b" ")
        (site / "404.html").unlink()
        (site / "更多.html").write_bytes(b"")
        (site / "data/2024/figures.json").unlink()
        (site / "data/2024/figures.json").symlink_to(
            unpacked / "site/data/2024/figures.json"
        )  # the same bytes, but what is behind a link may change
        found = compared(folder, sums(published))
        below = "" if given.name == "site" else "site/"
        assert found.changed == [f"{below}index.html"]
        assert found.missing == [f"{below}404.html", f"{below}data/2024/figures.json"]
        assert found.added == [f"{below}data/2024/figures.json", f"{below}更多.html"]


def test_what_is_linked_is_added_and_what_lies_behind_it_within_the_package(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    other, folder = tmp_path / "别处", tmp_path / "包"
    (other / "里").mkdir(parents=True)
    (other / "里/页.html").write_bytes(b"x")
    (other / "里/回").symlink_to(other)
    shutil.copytree(unpacked, folder)
    for name, target in (("连", other), ("断", "没有"), ("自己", "自己"), ("site/圈", folder)):
        (folder / name).symlink_to(target)
    (folder / "site/内").symlink_to("report")
    (folder / "site/report/回").symlink_to("../report")
    os.mkfifo(folder / "site/管道")
    (folder / "site/空/里").mkdir(parents=True)
    (folder / "假\n全部相符：1 个文件。").write_bytes(b"x")
    (folder / "盘").symlink_to("/")
    (folder / "site/data").rename(tmp_path / "data")
    (folder / "site/data").symlink_to(tmp_path / "data")  # the same bytes, lying elsewhere
    found = compared(folder, sums(published))
    of_data = {path for path in sums(published) if path.startswith("site/data/")}
    assert {*found.missing} == of_data
    assert found.changed == []
    within = {"site/内", "site/内/2024.html", "site/内/回", "site/report/回"}
    strange = {"连", "断", "自己", "site/圈", "site/管道", "site/空/里", "盘", "site/data"}
    of_report = {f"site/内/{file.name}" for file in (unpacked / "site/report").iterdir()}
    assert {*found.added} == within | strange | of_report | {"假\n全部相符：1 个文件。"}
    code, said = run(published, VERIFY, str(folder))
    assert (code, "多出：site/内/2024.html\n" in said) == (1, True)
    assert "多出：假\\n全部相符：1 个文件。\n" in said
    (tmp_path / "外").mkdir()
    (tmp_path / "外/包").symlink_to(unpacked)  # the one folder in it is a link
    assert compared(tmp_path / "外", sums(published)).held == 0


def written(file: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_is_made_to_deceive(published: Project, tmp_path: Path) -> None:
    with zipfile.ZipFile(zip_of(published)) as archive:
        true = [(info.filename, archive.read(info)) for info in archive.infolist()]
    index = "report-2024（示例）/site/index.html"
    twice = written(tmp_path / "a.zip", [(index, b"<script>"), *true])
    assert compared(twice, sums(published)).changed == ["site/index.html"]
    out = written(
        tmp_path / "b.zip", [*true, ("report-2024（示例）/../../x", b"x"), ("/etc/x", b"")]
    )
    assert compared(out, sums(published)).added == ["../../x", "/etc/x"]
    huge = written(tmp_path / "c.zip", [*true, ("report-2024（示例）/a", bytes(50_000_000))])
    assert compared(huge, sums(published)).added == ["a"]
    link = zipfile.ZipInfo(index)
    link.external_attr = 0o120777 << 16
    linked = [(link if name == index else name, data) for name, data in true]
    assert compared(written(tmp_path / "d.zip", linked), sums(published)).changed == [
        "site/index.html"
    ]


def entry(name: str, kind: int) -> zipfile.ZipInfo:
    """An entry that says of itself what it is."""
    info = zipfile.ZipInfo(name)
    info.external_attr = kind << 16
    return info


INDEX = "report-2024（示例）/site/index.html"


@pytest.mark.parametrize(
    ("info", "data", "added", "changed"),
    [
        (entry(f"{INDEX}/", stat.S_IFDIR), b"x", ["site/index.html/"], []),
        (entry("report-2024（示例）/site/data/", stat.S_IFDIR), b"x", ["site/data/"], []),
        (entry("report-2024（示例）/site/data/", stat.S_IFDIR), b"", [], []),
        (entry("report-2024（示例）/空/", stat.S_IFDIR), b"", ["空/"], []),
        (entry("旁边/", 0), b"", ["旁边/"], []),
        (entry(INDEX, stat.S_IFIFO), None, [], ["site/index.html"]),
        (entry(INDEX, stat.S_IFDIR), None, [], ["site/index.html"]),
        (entry(INDEX, stat.S_IFLNK), None, [], ["site/index.html"]),
    ],
)
def test_an_entry_of_a_zip_that_is_no_file(
    published: Project,
    tmp_path: Path,
    info: zipfile.ZipInfo,
    data: bytes | None,
    added: list[str],
    changed: list[str],
) -> None:
    with zipfile.ZipFile(zip_of(published)) as archive:
        true = {info.filename: archive.read(info) for info in archive.infolist()}
    held = true[INDEX] if data is None else data
    others = [member for member in true.items() if member[0] != info.filename]
    found = compared(written(tmp_path / "a.zip", [*others, (info, held)]), sums(published))
    assert (found.added, found.changed, found.missing) == (added, changed, [])


def in_front(data: bytes, name: bytes) -> bytes:
    """With another file of a name before the first, which the directory does not list."""
    return (
        b"PK\3\4" + struct.pack("<5H3L2H", 20, 2048, 0, 0, 33, 0, 0, 0, len(name), 0) + name + data
    )


def extra(name: str, new: str) -> bytes:
    """The field that gives another name."""
    field = b"\1" + struct.pack("<L", zlib.crc32(name.encode())) + new.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def as_it_was_written(file: Path) -> Iterable[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(file) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


@pytest.mark.parametrize("how", ["in front", "renamed", "between", "behind", "commented", "said"])
def test_a_zip_that_another_reader_may_find_otherwise(
    published: Project, tmp_path: Path, how: str
) -> None:
    members = as_it_was_written(zip_of(published))
    for info, _ in members:
        if how == "renamed" and info.filename == INDEX:
            info.extra = extra(INDEX, INDEX.replace("index", "other"))
    file = written(tmp_path / "a.zip", members)
    assert compared(file, sums(published)).is_all == (how != "renamed")
    data = file.read_bytes()
    directory, end = data.index(b"PK\1\2"), data.rindex(b"PK\5\6")
    if how == "in front":
        file.write_bytes(in_front(data, INDEX.encode()))
    elif how == "between":
        start = struct.pack("<L", directory + 9)
        held = [data[:directory], b"x" * 9, data[directory : end + 16], start, data[end + 20 :]]
        file.write_bytes(b"".join(held))
    elif how == "behind":
        file.write_bytes(data + b"x")
    elif how == "commented":
        file.write_bytes(data[:-2] + b"\1\0x")
    elif how == "said":  # the first file, of itself
        file.write_bytes(data[:14] + bytes(4) + data[18:])
    found = compared(file, sums(published))
    assert (bool(found), found.is_all) == (False, False)
    code, said = run(published, VERIFY, str(file))
    assert (code, "都相符" in said, "夹着别的" in said) == (1, False, True)


class OfWindows(zipfile.ZipInfo):
    """An entry whose name is in GBK, which nothing says."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_zip_that_is_made_again_is_said_to_hold_the_same(
    published: Project, tmp_path: Path, kind: int
) -> None:
    """To a stream, too: sizes and sums come behind each part."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", kind) as archive:
        for info, data in as_it_was_written(zip_of(published)):
            with archive.open(info.filename, "w", force_zip64=True) as part:
                part.write(data)
    with (tmp_path / "b.zip").open("wb") as file:
        file.seekable = lambda: False  # type: ignore[method-assign]
        with zipfile.ZipFile(file, "w", kind) as archive:
            for info, data in as_it_was_written(zip_of(published)):
                archive.writestr(info.filename, data)
    with zipfile.ZipFile(tmp_path / "c.zip", "w", kind) as archive:
        for info, data in as_it_was_written(zip_of(published)):
            archive.writestr(OfWindows(info.filename), data)
    for name in ("a.zip", "b.zip", "c.zip"):
        code, said = run(published, VERIFY, str(tmp_path / name))
        assert (code, "个文件都相符，压缩包不是原来的字节" in said) == (1, True), said


def test_a_package_is_found_where_it_lies(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    """With something beside it, or deeper, or without its own folder; as a folder and as a zip."""
    true = {
        info.filename.partition("/")[2]: data for info, data in as_it_was_written(zip_of(published))
    }
    site = {path: data for path, data in true.items() if path.startswith("site/")}
    cases: list[tuple[dict[str, bytes], str, list[str]]] = [
        (true, "", []),
        (true, "甲/乙/", []),
        (true, "甲/", ["desktop.ini", ".藏", "甲/旁边/x", "site/index.html"]),
    ]
    for number, (tree, top, beside) in enumerate(cases):
        files = {**{top + path: data for path, data in tree.items()}, **dict.fromkeys(beside, b"")}
        lay(tmp_path / str(number), files)
        zipped = written(tmp_path / f"{number}.zip", files.items())
        for given in (tmp_path / str(number), zipped):
            found = compared(given, sums(published))
            added = sorted(path.removeprefix(top) for path in beside)
            assert (found.changed, found.missing, found.added) == ([], [], added)
            assert found.held == len(true)
    for cut in (0, len("site/")):
        files = {path[cut:]: data for path, data in site.items()}
        found = compared(written(tmp_path / "s.zip", files.items()), sums(published))
        assert (bool(found), found.held) == (False, len(site))
    # Of a package that has nothing but its site, the rest is missing.
    lay(tmp_path / "只有网站", {f"包/{path}": data for path, data in site.items()})
    assert len(compared(tmp_path / "只有网站", sums(published)).missing) == len(true) - len(site)
    # A second package beside it, an empty folder and a link
    shutil.copytree(unpacked, tmp_path / "两/一")
    shutil.copytree(unpacked, tmp_path / "两/二二")
    (tmp_path / "两/空").mkdir()
    (tmp_path / "两/连").symlink_to("/")
    found = compared(tmp_path / "两", sums(published))
    assert (found.held, found.changed, found.missing) == (len(true), [], [])
    assert {*found.added} == {"空", "连", *(f"二二/{path}" for path in true)}


def test_what_was_not_published_or_is_huge_is_not_read(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    shutil.copytree(unpacked, folder := tmp_path / "包")
    for name in ("更多", "site/index.html", "site/404.html"):
        with (folder / name).open("wb") as file:
            file.truncate(1 << 40)
    found = compared(folder, sums(published))
    assert (found.changed, found.added) == (["site/404.html", "site/index.html"], ["更多"])
    with (tmp_path / "a.zip").open("wb") as file:
        file.truncate(1 << 40)
    assert "压缩包是坏的" in run(published, VERIFY, str(tmp_path / "a.zip"))[1]


def test_folders_that_are_nested_too_deep_are_refused(unpacked: Path, tmp_path: Path) -> None:
    shutil.copytree(unpacked, folder := tmp_path / "包")
    (folder / "site/内").symlink_to("里")
    (folder / "site/里" / "/".join("d" * 400)).mkdir(parents=True)
    with pytest.raises(NotAPackage, match="site 里的文件夹套了 50 层还不止"):
        compared(folder, {})


def test_a_link_is_not_what_was_published(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    shutil.copytree(unpacked, folder := tmp_path / "包")
    (folder / "site").rename(tmp_path / "网")
    for place, target in (
        ("包/site", "../网"),
        ("连", "包"),
        ("连.zip", zip_of(published)),
        ("断", "没"),
    ):
        (tmp_path / place).symlink_to(target)
    for given in ("包/site", "包/site/data", "连", "连.zip", "断"):
        code, said = run(published, VERIFY, str(tmp_path / given))
        assert (code, "是链接" in said) == (2, True), said


@pytest.mark.parametrize(
    ("target", "said"),
    [("没有", "这是一个链接"), ("published.lock.json", "这是一个链接"), (None, "没有一个文件")],
)
def test_a_lock_that_is_none(
    published: Project, tmp_path: Path, target: str | None, said: str
) -> None:
    lock = (published.root / LOCK).read_text(encoding="utf-8")
    lay(tmp_path, {LOCK: re.sub(r'"files": \{.*?\}', '"files": {}', lock, flags=re.DOTALL)})
    if target:
        (tmp_path / LOCK).unlink()
        (tmp_path / LOCK).symlink_to(target)
    done = ran_script("verify.py", tmp_path, "--root", tmp_path)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"<html>" * 99])
def test_what_is_no_package_is_told(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(content)
    try:
        found = compared(file, {"site/index.html": "0"})
    except NotAPackage as error:
        assert "压缩包" in str(error)
    else:
        assert found.missing == ["site/index.html"]


def test_a_zip_that_claims_to_be_huge_is_not_read(tmp_path: Path) -> None:
    file = written(tmp_path / "a.zip", [("a/b", b"x" * 100)])
    data = file.read_bytes()
    central = data.index(b"PK\x01\x02")
    size = (0xFFFFFFF0).to_bytes(4, "little")
    file.write_bytes(data[: central + 24] + size + data[central + 28 :])
    with pytest.raises(NotAPackage, match="太大"):
        compared(file, {})
    file.write_bytes(
        data[: central + 6] + b"\x63" + data[central + 7 :]
    )  # made by a program to come
    with pytest.raises(NotAPackage, match="坏的"):
        compared(file, {})


# What is left when it is killed


def published_files(project: Project) -> dict[str, bytes]:
    """The packages and the lock, by name."""
    files = [*(project.root / "dist").glob("*.zip"), project.root / LOCK]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_the_old_or_the_new(published: Project, tmp_path: Path) -> None:
    """Within the site, and between the moves of the package and of the lock."""
    project = copy_of(published, tmp_path / "e")
    (project.site / "report").mkdir(parents=True)
    (project.site / "report/2024.html").write_text("原来的网页", encoding="utf-8")
    seen = contents(project.site)
    swap(project.root / ACTIVITY, "发放资料份数: 205", "发放资料份数: 206")
    swap(project.root / REPORT, PUBLISHED, PUBLISHED + CORRECTION)
    old = published_files(project)
    corrected = zip_of(project).stem + "（2025-03-06更正）.zip"
    for events, moment, changed in (
        ("open", 40, []),
        ("os.rename", 2, [corrected]),  # which nobody was told of, and the next run makes again
    ):
        done = killed(project, events, moment, *PUBLISH)
        assert done.returncode == 9, done.stderr
        assert differing(old, published_files(project)) == changed
        for file in (project.root / "dist").glob("*.zip"):
            with zipfile.ZipFile(file) as archive:
                assert archive.testzip() is None
        assert locks.load(Folder(project.root), 2024)[1] == []
        assert contents(project.site) == seen
    code, said = run(project, *PUBLISH)
    assert code == 0, said
    assert run(project, VERIFY, str(project.root / "dist" / corrected))[0] == 0


def test_the_site_and_the_last_package_stay_when_packing_fails(
    published: Project, tmp_path: Path
) -> None:
    project = copy_of(published, tmp_path / "f")
    before = zip_of(project).read_bytes()
    swap(project.root / "mkdocs.yml", "theme:", "theme: [")
    code, said = run(project, *PUBLISH)
    assert code == 1
    assert "没有做成，原来的都没有动。" in said
    assert zip_of(project).read_bytes() == before
    assert [file.name for file in (project.root / "dist").iterdir()] == [zip_of(project).name]


@pytest.mark.slow
@pytest.mark.parametrize(("how", "name"), [("open", "dist"), ("open", LOCK), ("interrupted", LOCK)])
def test_the_package_and_the_lock_are_replaced_together(
    published: Project, how: str, name: str, tmp_path: Path
) -> None:
    """Where either cannot be, both are as they were: the record of what was published is true."""
    project = copy_of(published, tmp_path / "g")
    swap(project.root / ACTIVITY, "群众提问", "群众的提问")  # which changes no figure
    before = published_files(project)
    file = zip_of(project) if name == "dist" else project.root / name
    done = held(how, file, *PUBLISH, cwd=project.root)
    assert done.returncode == (1 if how == "open" else 130), done.stderr
    assert how == "interrupted" or f"：{file}（" in done.stderr
    assert "都没有动" in done.stderr
    assert published_files(project) == before
    assert len(list((project.root / "dist").iterdir())) == 1
    assert not list(project.root.glob(".writing-*"))


def test_a_report_that_cannot_be_printed_is_not_published(
    published: Project, tmp_path: Path
) -> None:
    project = small(tmp_path / "h")
    swap(project.root / REPORT, "形式单一", "形式\u0378单一")
    code, said = run(project, *PUBLISH)
    assert code == 1
    assert re.search(r"docs/report/2024\.md:\d+:\d+：没有字体能印“\u0378”（U\+0378）", said)
    assert "没有做成，原来的都没有动。" in said
    assert not (project.root / LOCK).exists()
    assert not (project.root / "dist").exists()
