"""Whether a package, a folder or a site is what was published, whatever was done to it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fazhi.output.package.given import NotAPackage, digest, is_link, opened
from fazhi.output.package.package import SUMS, compared
from tests.conftest import lay
from tests.support.building import Project
from tests.support.publishing import (
    INDEX,
    LOCK,
    VERIFY,
    as_it_was_written,
    run,
    sums,
    written,
    zip_of,
)
from tests.support.running import ran_script

pytest_plugins = ["tests.support.sites"]


@pytest.mark.parametrize("name", ["2x24", "2²²²"])
def test_a_folder_that_is_no_year_was_not_published(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {f"records/{name}/published.lock.json": "{}"})
    done = ran_script("verify.py", tmp_path, "--root", tmp_path)
    told = "没有存档。还没有公布过，或者存档在别处的项目里（--root）"
    assert (done.returncode, done.stderr.startswith(told)) == (2, True)


def test_a_flipped_byte_names_its_file(published: Project, tmp_path: Path) -> None:
    """Of every second file of the package, of the others, and some in every part of the zip."""
    data = zip_of(published).read_bytes()
    whole = hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(zip_of(published)) as archive:
        members = {
            info.header_offset + 30 + len(info.filename.encode()) + info.compress_size // 2: info
            for info in archive.infolist()
        }
    file = tmp_path / "改过.zip"

    def flip(*places: int) -> None:
        flipped = bytearray(data)
        for place in places:
            flipped[place] ^= 1
        file.write_bytes(flipped)
        assert digest(file) != whole

    for some in ([*members][::2], [*members][1::2]):
        flip(*some)
        changed = {members[place].filename.partition("/")[2] for place in some}
        assert {*compared(file, sums(published)).changed} == changed
    for place in (*range(0, len(data), len(data) // 60), len(data) - 1):
        flip(place)
    path = "site/report/2024.html"
    flip(*(place for place, info in members.items() if info.filename.endswith(f"/{path}")))
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
        shutil.rmtree(emptied := site / "report")
        emptied.mkdir()
        assert compared(folder, sums(published)).added == found.added
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
    strange = {"连", "断", "自己", "site/圈", "site/管道", "site/空/里/", "盘", "site/data"}
    of_report = {f"site/内/{file.name}" for file in (unpacked / "site/report").iterdir()}
    assert {*found.added} == within | strange | of_report | {"假\n全部相符：1 个文件。"}
    code, said = run(published, VERIFY, str(folder))
    assert (code, "多出：site/内/2024.html\n" in said) == (1, True)
    assert "多出：假\\n全部相符：1 个文件。\n" in said
    (tmp_path / "外").mkdir()
    (tmp_path / "外/包").symlink_to(unpacked)  # the one folder in it is a link
    with pytest.raises(NotAPackage, match="没有一个文件在公布的位置"):
        compared(tmp_path / "外", sums(published))


def test_what_windows_has_beside_files_is_none(
    unpacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(unpacked, folder := tmp_path / "包")

    def seen(place: os.PathLike[str]) -> SimpleNamespace:
        tag = 0xA0000003 if Path(place).name == "site" else 0
        return SimpleNamespace(st_mode=Path(place).stat().st_mode, st_reparse_tag=tag)

    def scanned(place: Path) -> Any:
        if place.name in closed:
            raise PermissionError(13, "")
        return os.scandir(place)

    closed = ["System Volume Information"]
    (folder / closed[0]).mkdir()
    as_on_windows = SimpleNamespace(**{**vars(os), "lstat": seen, "scandir": scanned})
    monkeypatch.setattr("fazhi.output.package.given.os", as_on_windows)
    with opened(folder) as found:
        assert ("site" in found.strange, found.closed) == (True, ["System Volume Information/"])
        assert "site/index.html" not in found.files
    assert is_link(folder / "site")
    closed.append("documents")
    with pytest.raises(NotAPackage, match="documents/ 打不开"):
        compared(folder, {"documents/body.html": "0", "如何校验.html": "0"})


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
    """An entry whose name is in GBK, which nothing says, with backslashes."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.replace("/", "\\").encode("gbk"), self.flag_bits


KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)


def test_a_zip_that_is_made_again_is_said_to_hold_the_same(
    published: Project, tmp_path: Path
) -> None:
    """Its parts packed in one way or another; to a stream, too: sizes and sums come behind each part."""
    held = [(info.filename, data) for info, data in as_it_was_written(zip_of(published))]

    def parts(of: type[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        for number, (name, data) in enumerate(held):
            part = of(name)
            part.compress_type = KINDS[number % 3]
            yield part, data

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for info, data in parts(zipfile.ZipInfo):
            with archive.open(info, "w", force_zip64=True) as part:
                part.write(data)
    with (tmp_path / "b.zip").open("wb") as file:
        file.seekable = lambda: False  # type: ignore[method-assign]
        with zipfile.ZipFile(file, "w") as archive:
            for info, data in parts(zipfile.ZipInfo):
                archive.writestr(info, data)
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for info, data in parts(OfWindows):
            archive.writestr(info, data)
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
    # One within it, an empty folder and a link
    shutil.copytree(unpacked, tmp_path / "两/一")
    shutil.copytree(unpacked, tmp_path / "两/一/二二")
    (tmp_path / "两/空").mkdir()
    (tmp_path / "两/连").symlink_to("/")
    found = compared(tmp_path / "两", sums(published))
    assert (found.top, found.held, found.changed, found.missing) == ("一/", len(true), [], [])
    assert {*found.added} == {"空/", "连", *(f"二二/{path}" for path in true)}
    assert "核对的是里面的 一/\n" in run(published, VERIFY, str(tmp_path / "两"))[1]
    # One beside it
    (tmp_path / "两/一/二二/site").rename(tmp_path / "两/一/二二/网站")
    code, said = run(published, VERIFY, str(tmp_path / "两/一/二二"))
    assert (code, "改回来，再核对整个包。" in said) == (1, True)
    (tmp_path / "两/一/二二/网站").rename(tmp_path / "两/一/二二/site")
    (tmp_path / "两/一/二二").rename(tmp_path / "两/二二")
    with pytest.raises(NotAPackage, match="里面有 2 份：一/、二二/。一次核对一份"):
        compared(tmp_path / "两", sums(published))


def test_one_published_file_is_known(published: Project, unpacked: Path, tmp_path: Path) -> None:
    (document,) = (unpacked / "documents").glob("*.docx")
    code, said = run(published, VERIFY, str(document))
    assert (code, f"就是公布的 documents/{document.name}、site/report/" in said) == (0, True)
    parts = [(info.filename, data) for info, data in as_it_was_written(document)]
    saved = written(tmp_path / "报告.docx", parts)
    code, said = run(published, VERIFY, str(saved))
    assert (code, "不是公布的文件：改过、另存过一次的也不是" in said) == (1, True)
    assert not compared(document.parent, sums(published))
    lay(tmp_path, {"报告.pdf": b""})  # as some files of the site are
    code, said = run(published, VERIFY, str(tmp_path / "报告.pdf"))
    assert (code, "不符：" in said) == (1, True)


def test_some_published_files_are_known_wherever_they_lie(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    (document,) = (unpacked / "documents").glob("*.docx")
    page = unpacked / "如何校验.html"
    lay(tmp_path, {f"散/{one.name}": one.read_bytes() for one in (document, page, unpacked / SUMS)})
    lay(tmp_path, {"改/公文.docx": document.read_bytes(), "改/页.html": page.read_bytes() + b" "})
    zipped = written(tmp_path / "一.zip", [("公文.docx", document.read_bytes())])
    data = unpacked / "site/data"
    count = sum(file.is_file() for file in data.rglob("*"))
    for given, told in ((data, count), (tmp_path / "散", 3), (zipped, 1), (tmp_path / "改", 0)):
        code, said = run(published, VERIFY, str(given))
        assert (code, f"里面的 {told} 个文件都是公布的，" in said) == (1, told > 0), said
        assert ("缺少：" in said) is False, said


@pytest.mark.parametrize("mark", ["（草稿）", "（未公布）"])
def test_what_was_never_published_is_told_by_its_name(
    published: Project, tmp_path: Path, mark: str
) -> None:
    lay(tmp_path, {f"报告{mark}.docx": b"x", "多/site/index.html": b"x"})
    code, said = run(published, VERIFY, str(tmp_path / f"报告{mark}.docx"))
    assert (code, f"名称里写着{mark}：" in said) == (1, True), said
    lay(tmp_path, {f"多/{number}.txt": b"x" for number in range(102)})
    assert "多出：……还有 2 个\n" in run(published, VERIFY, str(tmp_path / "多"))[1]
    assert "写成 --year 2024。" in run(published, VERIFY, "2024")[1]


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_cannot_be_unpacked(published: Project, tmp_path: Path, way: int) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for info, data in as_it_was_written(zip_of(published)):
            archive.writestr(info, data, way if info.filename == INDEX else None)
    data = file.read_bytes()
    at = data.index(INDEX.encode()) + len(INDEX.encode())
    file.write_bytes(data[:at] + bytes(12) + data[at + 12 :])
    code, said = run(published, VERIFY, str(file))
    assert (code, "改动：site/index.html\n" in said or "坏了的" in said) == (1, True)


def test_a_name_says_nothing_of_the_result(published: Project, tmp_path: Path) -> None:
    file = tmp_path / "a\n全部相符：87 个文件。.zip"
    file.write_bytes(zip_of(published).read_bytes() + b"x")
    code, said = run(published, VERIFY, str(file))
    assert (code, "\n全部相符" in said) == (1, False)


def test_other_years_are_named(published: Project, unpacked: Path, tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        lock = (published.root / LOCK).read_text(encoding="utf-8")
        text = lock.replace('"year": 2024', f'"year": {year}')
        lay(tmp_path, {f"records/{year}/published.lock.json": text})
    done = ran_script("verify.py", unpacked, "--root", tmp_path)
    assert done.stderr.startswith("公布过的还有 2023，同它核对的加 --year。\n同 2024 年")
    for near, far in (("2023", "2024"), ("2024", "2023")):
        of_another = re.sub('": "[0-9a-f]{64}"', f'": "{"0" * 64}"', lock)
        for year, held in ((near, lock), (far, of_another)):
            text = held.replace('"year": 2024', f'"year": {year}')
            text = text.replace('"earlier": []', f'"earlier": ["{"1" * 64}"]')
            lay(tmp_path, {f"records/{year}/published.lock.json": text})
        for given in (unpacked, unpacked / "site", unpacked / "如何校验.html", zip_of(published)):
            done = ran_script("verify.py", given, "--root", tmp_path, "--year", far)
            told = f"更像是 {near} 年的：加上 --year {near}，再核对一次。\n"
            assert (done.returncode, done.stdout.endswith(told)) == (1, True), done.stdout


def test_why_files_are_missing_or_added_is_told(
    published: Project, unpacked: Path, tmp_path: Path
) -> None:
    """Their names are others, in part or as a wrong encoding leaves them; a system added some."""
    shutil.copytree(unpacked, folder := tmp_path / "包")
    (folder / "documents").rename(folder / "公文")
    garbled = "如何校验.html".encode().decode("gbk", "replace")
    (folder / "如何校验.html").rename(folder / garbled)
    lay(folder, {"site/.DS_Store": b"x", "__MACOSX/._a": b"x"})
    code, said = run(published, VERIFY, str(folder))
    assert "缺少的里面，有 8 个的内容在多出的里：文件名改了，或者解压时乱了。" in said
    assert (code, "一类的是系统、办公软件放的，删去就是。" in said) == (1, True)
    (folder / "site/SHA256SUMS.txt").write_bytes(b"x")
    said = run(published, VERIFY, str(folder / "site"))[1]
    assert "多出：SHA256SUMS.txt\n" in said and "改了名" not in said


def test_why_an_archive_is_not_read_and_what_to_do(published: Project, tmp_path: Path) -> None:
    """One in another, one with a password, and volumes."""
    package, half = zip_of(published), zip_of(published).stat().st_size // 2
    written(tmp_path / "内.zip", [("甲.ZIP", package.read_bytes())])
    with pytest.raises(NotAPackage, match="里面是没有解开的 甲"):
        compared(tmp_path / "内.zip", sums(published))
    lay(tmp_path, {"夹/乙.7z": b"", "夹/自己的.txt": b""})
    with pytest.raises(NotAPackage, match="里面是没有解开的 乙"):
        compared(tmp_path / "夹", sums(published))
    data = package.read_bytes()
    first = data.index(b"PK\1\2")
    for name, content in (
        ("密.zip", data[: first + 8] + bytes([data[first + 8] | 1]) + data[first + 9 :]),
        ("卷.zip", data[: first + 34] + b"\1" + data[first + 35 :]),
        ("卷.zip.001", data[:half]),
        ("卷.zip.002", data[half:]),
        ("别.rar", b"Rar!\x1a\7\1\0"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotAPackage, match="有密码的，解开再核对文件夹；分卷的"):
            compared(tmp_path / name, sums(published))


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
    assert "也不是完整的" in run(published, VERIFY, str(tmp_path / "a.zip"))[1]


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
    for given in ("包/site", "包/site/data", "连", "连/documents", "连.zip", "断"):
        code, said = run(published, VERIFY, str(tmp_path / given))
        told = f"写明它在哪里：{(tmp_path / given).resolve()}\n"
        assert (code, told in said) == (2, True), said


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
    with pytest.raises(NotAPackage, match="压缩包"):
        compared(file, {"site/index.html": "0"})


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
    with pytest.raises(NotAPackage, match="也不是完整的"):
        compared(file, {})
