"""Publishing as a clerk does it: the package, what proves it, and what is left when it fails."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from fazhi.output import review
from fazhi.output.package import package
from fazhi.records import lock as locks
from fazhi.sources.tree import Folder
from tests.conftest import lay
from tests.support.building import Project, contents, copy_of, differing, swap
from tests.support.links import broken
from tests.support.machine import ran
from tests.support.publishing import (
    ACTIVITY,
    CORRECTION,
    LOCK,
    PUBLISH,
    PUBLISHED,
    REPORT,
    STEPS,
    UTF8,
    VERIFY,
    run,
    small,
    zip_of,
)
from tests.support.running import held, killed

pytest_plugins = ["tests.support.sites"]

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
    assert "\n是以前公布的压缩包，" in run(project, VERIFY, str(before))[1]
    with zipfile.ZipFile(before) as archive:
        archive.extractall(tmp_path / "旧")
    assert "核对原来的压缩包。" in run(project, VERIFY, str(tmp_path / "旧"))[1]
    notice = "“发放资料”由205份更正为206份。补计。原因：漏记。批准：乡长。"
    with zipfile.ZipFile(after) as archive:
        for path in ("site/report/2024.html", "documents/body（示例）.html"):
            page = archive.read(f"report-2024（示例）/{path}").decode()
            assert (notice in page, "未公布" in page) == (True, False)
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
    swap(project.root / "records/figures.yml", ", 图: 柱", "")
    code, told = run(project, *PUBLISH[:2])
    assert (code, "示例数据: 是，不能当真的公布" in told) == (1, True)
    assert not (project.root / LOCK).exists()
    assert not (project.root / "dist").exists()
    code, told = run(project, *PUBLISH)
    assert (code, "公布的是示例，不是真的报告。" in told) == (0, True)
    sample = zip_of(project).rename(tmp_path / "报告.zip")
    swap(project.root / "records/township.yml", "示例数据: 是", "示例数据: 否")
    case = "records/2024/cases/东村山林纠纷.md"
    for path, word in ((ACTIVITY, "设点"), (case, "现场"), (ACTIVITY, "份数: 205")):
        code, told = run(project, *PUBLISH[:2])  # a record is as it was, or all figures are
        assert (code, "2024年的记录或者数还是作为示例公布过的" in told) == (1, True), told
        swap(project.root / path, word, f"{word}6")
    code, told = run(project, *PUBLISH)
    assert (code, "示例数据: 否，不能当示例公布" in told) == (1, True)
    assert not [*(project.root / "dist").iterdir()]
    code, told = run(project, *PUBLISH[:2])
    assert (code, "以前公布的包是示例数据" in told) == (0, True), told
    with zipfile.ZipFile(zip_of(project)) as archive:
        assert not [name for name in archive.namelist() if "示例）" in name]
        assert "noindex" not in archive.read("report-2024/site/index.html").decode()
    code, told = run(project, VERIFY, str(sample))
    assert (code, "是示例数据的，不是真的报告" in told) == (1, True)


def test_a_package_holds_no_report_of_an_earlier_year_that_was_not_published(
    published: Project, tmp_path: Path
) -> None:
    project = copy_of(published, tmp_path / "n")
    swap(project.root / "records/township.yml", "示例数据: 是", "示例数据: 否")
    for path in (ACTIVITY, REPORT):
        text = (project.root / path).read_text(encoding="utf-8").replace("2025", "2026")
        text = text.replace("2024", "2025").replace("，受理矛盾纠纷{{ 矛盾纠纷 }}", "")
        lay(project.root, {path.replace("2024", "2025"): text})

    def refused() -> str:
        code, told = run(project, PUBLISH[0], "2025")
        assert code == 1, told
        return told

    assert "错误 FZ743 2024年的记录或者数还是作为示例公布过的" in refused()
    (project.root / REPORT).rename(tmp_path / "2024.md")
    assert "2024年的记录或者数还是作为示例公布过的" in refused()
    (tmp_path / "2024.md").rename(project.root / REPORT)
    (project.root / LOCK).unlink()
    assert "警告 FZ725 写了已发布，还没有公布的存档" in refused()
    for step in (PUBLISHED, STEPS):
        swap(project.root / REPORT, step, "")
        assert "2025年的包里也有2024年的报告，它是草稿，或者没有公布的存档" in refused()
    assert len([*(project.root / "dist").iterdir()]) == 1


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
        ([VERIFY, "--year", ""], 2, "有一处是空的"),
        ([VERIFY, "/dev/null"], 2, "不是文件夹，也不是压缩包"),
        ([VERIFY, "mkdocs.yml"], 1, "也不是完整的、没有密码的 zip 压缩包。7z、rar、tar 一类的"),
        ([VERIFY, "records/2024/published.lock.json"], 1, "改过、另存过一次的也不是。"),
        ([VERIFY, "records", "dist"], 2, "一次核对一个，写了 2 个。"),
        ([VERIFY, "'dist'"], 2, "里面多出来的引号删去。"),
        ([VERIFY, "file:///dist"], 2, "没有 file:/dist。路径前面的 file:"),
        ([VERIFY, "records", "--year", "２０２４年"], 1, "里面没有一个文件在公布的位置"),
        ([VERIFY, "records"], 1, "里面没有一个文件在公布的位置。写明公布的压缩包"),
        ([VERIFY, "dist"], 1, "里面是没有解开的 某县示例乡人民政府2024年"),
    ],
)
def test_what_cannot_be_obeyed_is_told(
    published: Project, arguments: list[str], code: int, said: str
) -> None:
    ended, told = run(published, *arguments)
    assert ended == code
    assert said in told


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
