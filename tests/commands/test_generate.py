"""Generated documents: they are what the code says now, and they say what the checker says."""

import json
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fazhi import project
from fazhi.commands import compare, generate
from fazhi.commands.generate import editor, fields, schemas
from fazhi.commands.generate.fields import EXAMPLES
from fazhi.output.pages.static import carried
from fazhi.problems import formats
from fazhi.report.editions import Edition
from fazhi.schema.fields import specs
from fazhi.schema.kinds import FOLDERS, KINDS
from fazhi.schema.validation import parse
from fazhi.sources import front_matter, strict_yaml
from fazhi.sources.source import Source, read_record
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, lay, settings_of
from tests.support import guide
from tests.support.building import ROOT, page
from tests.support.running import ran_script

pytest_plugins = ["tests.support.sites"]

RECORDS = sorted(ROOT.glob("records/*/*/*.md"))


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return generate.build(settings_of(ROOT), Folder(ROOT))


# Fresh


def test_every_generated_file_is_what_the_code_says(built):
    stale = [path for path, text in built.items() if on_disk(ROOT / path) != text]
    assert not stale, "运行 python3 scripts/generate.py"
    held = {
        file.relative_to(ROOT).as_posix()
        for folder in generate.FOLDERS
        for file in (ROOT / folder).iterdir()
    }
    assert held <= set(built), "运行 python3 scripts/generate.py"


def on_disk(file: Path) -> str:
    return file.read_bytes().decode("utf-8") if file.is_file() else ""


def test_the_command_writes_what_is_stale_and_takes_away_what_is_no_more(tmp_path):
    shutil.copytree(BASE / "records", tmp_path / "records")
    first = ran_script("generate.py", "--root", tmp_path)
    assert first.returncode == 0, first.stderr
    assert ran_script("generate.py", "--root", tmp_path, "--check").returncode == 0
    stale = tmp_path / "docs/guide/fields/cases.md"
    stale.write_text("旧的", encoding="utf-8")
    left = tmp_path / "docs/guide/schemas/旧.schema.json"
    left.write_text("{}", encoding="utf-8")
    checked = ran_script("generate.py", "--root", tmp_path, "--check")
    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "过时：docs/guide/fields/cases.md",
        "多余：docs/guide/schemas/旧.schema.json",
    ]
    assert ran_script("generate.py", "--root", tmp_path).returncode == 0
    assert stale.read_text(encoding="utf-8").startswith("# 案件的各项")
    assert not left.exists()
    (tmp_path / "records" / "township.yml").write_text("简称: 乡", encoding="utf-8")
    broken = ran_script("generate.py", "--root", tmp_path)
    assert broken.returncode == 1
    assert "缺少“名称”" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_the_field_pages_do_not_depend_on_a_township(built):
    elsewhere = generate.build(settings_of(BASE), Folder(BASE))
    pages = [path for path in built if path.startswith(fields.FOLDER)]
    assert len(pages) == len(KINDS) + 1
    assert all(built[path] == elsewhere[path] for path in pages)
    assert (
        built[f"{schemas.FOLDER}/activities.schema.json"]
        != (elsewhere[f"{schemas.FOLDER}/activities.schema.json"])
    )


# Field pages


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.folder)
def test_every_key_has_its_row(kind, built):
    text = built[f"{fields.FOLDER}/{kind.folder}.md"]
    below = [part for spec in kind.fields.values() if spec.model for part in specs(spec.model)]
    for key in [*kind.fields, *below]:
        assert re.search(rf"^\| {key} \| (?:是|\S*)", text, re.MULTILINE), key
    assert all(line.count("|") == 6 for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.folder)
@pytest.mark.parametrize("records", [BASE / "records", ROOT / "records"], ids=["base", "sample"])
def test_the_example_is_valid_here_and_elsewhere(kind, records, tmp_path):
    shutil.copytree(records, tmp_path / "records", ignore=shutil.ignore_patterns("20*"))
    text = fields.pages()[f"{fields.FOLDER}/{kind.folder}.md"]
    (example,) = re.findall(r"^```markdown\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    guide.laid(tmp_path, "totals.md", "records/vocabulary.yml")
    lay(tmp_path, {f"records/2025/{kind.folder}/例.md": example})
    assert not project.load(Folder(tmp_path), TODAY.replace(year=2026)).problems


SHOWN = """
活动: 地点=显示 佐证材料=只显示名称和份数 公开=不显示
会议: 标题=不显示 日期=只显示月份 议题=只显示主题 佐证材料=不显示
案件: 标题=不显示 结果=只在各月合计里 村=不显示
现状: 数量=显示
"""


@pytest.mark.parametrize("line", SHOWN.strip().splitlines())
def test_says_what_the_public_edition_shows(line):
    name, _, cells = line.partition(": ")
    for key, _, shown in (cell.partition("=") for cell in cells.split()):
        assert fields.publicly(KINDS[name], KINDS[name].fields[key]) == shown


# JSON Schemas


@cache
def validator(folder: str, root: Path = ROOT) -> jsonschema.Draft202012Validator:
    configured = settings_of(root)
    schema = schemas.record(FOLDERS[folder], configured)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def test_every_sample_record_validates():
    by_folder = {folder: validator(folder) for folder in FOLDERS}
    assert len(RECORDS) > 400
    for file in RECORDS:
        source, problems = read_record(Folder(file.parent), file.name)
        assert source, problems
        faults = [error.message for error in by_folder[file.parent.name].iter_errors(source.data)]
        assert not faults, file.name


FORMS = {
    "活动": "标题: 甲; 日期: 2025-04-15; 类别: 宣传活动; 地点: 乙",
    "会议": "标题: 甲; 日期: 2025-04-15; 类别: 党委会议; 板块: 矛盾化解",
    "案件": "标题: 甲; 受理日期: 2025-04-15; 类别: 矛盾纠纷; 结果: 在办",
    "现状": "标题: 甲; 截止日期: 2025-04-15; 类别: 执法队伍",
}
CHANGED = """
好 活动 =  | 标题: 2025 | -日期; 起始日期: 2025-04-15; 结束日期: 2025-04-16
好 活动 = 参加人次: 0; 主题: [宪法]; 普法节点: 12.4; 计数: {悬挂横幅: 2}
好 活动 = 佐证材料: [{名称: 照片, 份数: 2, 档号: 3, 文件: 照片.jpg}] | 公开: 摘要; 依据: 某府发〔2025〕3号
好 会议 = 议题: [{标题: 甲, 主题: 宪法, 合法性审查: 通过}]; 应到: 9
好 案件 =  | 结果: 调解成功; 办结日期: 2025-04-16; 来源: [12345]
好 现状 = 数量: 1 | 分类: {甲: 1}
FZ201 活动 = -标题 | -地点 | 佐证材料: [{份数: 2}]
FZ202 活动 = -标题; Title: "甲" | 参加人数: 3 | 佐证材料: [{名称: 照片, 数量: 2}]
FZ203 活动 = 标题:  | 标题: "  " | 标题: [甲] | 标题: 长… | 参加人次: 160人 | 参加人次: "160" | 参加人次: -1
FZ203 活动 = 参加人次: 1.5 | 参加人次: 100000001 | 主题: 宪法 | 主题: {宪法: 1} | 计数: [悬挂横幅]
FZ203 活动 = 计数: {悬挂横幅: 六} | 佐证材料: 照片 | 佐证材料: [照片]
FZ203 活动 = 日期: 2025年4月15日 | 日期: 2025-4-15 | 日期: 20250415
FZ204 活动 = 日期: 2025-02-30
FZ205 活动 = 公开: 全部
FZ206 活动 = -日期 | 起始日期: 2025-04-15; 结束日期: 2025-04-16
FZ206 活动 = 结束日期: 2025-04-16 | -日期; 起始日期: 2025-04-15
FZ201 会议 =  | 议题: [] | 议题: [{标题: 甲}]
FZ205 会议 = 议题: [{标题: 甲, 主题: 宪法, 合法性审查: 不过}]
FZ201 案件 = -结果
FZ202 案件 = 地点: 乙
FZ203 案件 = 涉及人数: 两人
FZ203 现状 = 分类: {甲: 一} | 分类: 3
词 活动 = 类别: 宣传 | 类别: 考试 | 主题: [宪发] | 计数: {横幅: 2}
词 会议 = 议题: [{标题: 甲, 主题: 宪发}] | 议题: [{标题: 甲, 主题: 宪法}]; 公开: 全文
词 案件 = 结果: 办结; 办结日期: 2025-04-16 | 结果: 调解成功 | 办结日期: 2025-04-16 | 村: 别的村
词 现状 =
"""
"""What is added, changed or (-) left out: both take it (好), both refuse it, or only the schema (词)."""
CELLS = [
    (*head.split(), cell)
    for head, _, cells in (line.partition(" =") for line in CHANGED.strip().splitlines())
    for cell in cells.split(" | ")
]


@pytest.mark.parametrize(("verdict", "kind", "change"), CELLS)
def test_a_schema_takes_what_the_checker_takes(verdict, kind, change):
    held: dict[str, str] = {}
    for part in f"{FORMS[kind]}; {change.strip()}".split("; "):
        key, _, value = part.partition(":")
        held |= {key: value.replace("长…", "长" * 2001)} if key else {}
    kept = (key for key in held if key[0] != "-" and f"-{key}" not in held)
    text = "".join(f"{key}:{held[key]}\n" for key in kept)
    data = strict_yaml.load(text, dict)
    _, problems = parse(KINDS[kind].model, Source("例.md", text, data, "", text), data)
    rules = {problem.rule for problem in problems}
    assert verdict in rules if verdict.startswith("FZ") else not rules
    assert bool([*validator(KINDS[kind].folder).iter_errors(data)]) is (verdict != "好")


def test_words_of_other_years_are_listed_last_with_their_years(tmp_path):
    shutil.copytree(BASE / "records", tmp_path / "records")
    file = tmp_path / "records" / "vocabulary.yml"
    text = file.read_text(encoding="utf-8")
    words = "[{名称: 禁毒, 至: 2024}, 宪法, {名称: 国家安全, 自: 2025}]"
    file.write_text(text.replace("[禁毒, 宪法, 国家安全]", words), encoding="utf-8")
    schema: Any = validator("activities", tmp_path).schema
    topics = schema["properties"]["主题"]["items"]
    assert topics["enum"] == ["宪法", "国家安全", "禁毒"]
    assert topics["enumDescriptions"] == ["", "2025年起用", "用到2024年"]


def reported() -> Any:
    found = project.load(Folder(BASE / "docs"), TODAY).problems  # no project
    assert found
    return formats.report(found, 2)


def compared() -> Any:
    base = project.load(Folder(BASE), TODAY)
    return compare.compare(base, base, "原来", "现在")


@pytest.mark.parametrize(
    ("make", "name", "wrong"),
    [(reported, "problems", {"errors": "无"}), (compared, "comparison", {"home": "没有"})],
)
def test_what_is_told_validates_against_its_schema(make, name, wrong, built):
    told = make().model_dump(mode="json")
    schema = json.loads(built[f"{schemas.FOLDER}/{name}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(told, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | wrong, schema)


# The editor


def vscode(name: str) -> Any:
    return json.loads(editor_files()[f"{editor.FOLDER}/{name}"])


def editor_files() -> dict[str, str]:
    configured = settings_of(ROOT)
    return editor.files(configured)


def test_each_folder_has_its_schema_in_the_editor(built):
    schemas_of = vscode("settings.json")["yaml.schemas"]
    records = {f"records/*/{folder}/*.md" for folder in FOLDERS}
    assert set(schemas_of.values()) == {*records, "records/*/tasks.yml"}
    assert {path.removeprefix("./") for path in schemas_of} <= set(built)


def test_the_editor_reads_what_the_checker_prints(tmp_path):
    shutil.copytree(BASE, tmp_path / "project")
    file = tmp_path / "project" / "records/2024/activities/宪法宣传.md"
    text = file.read_text(encoding="utf-8").replace("205", "205份").replace("12.4", "3.15")
    file.write_text(text + "\n", encoding="utf-8")
    lines = FORMS["案件"].replace("; ", "\n").replace("2025-04-15", "2025-01-05")
    lay(tmp_path / "project", {"records/2025/cases/2025-01-05-01.md": f"---\n{lines}\n---\n"})
    check, *_ = vscode("tasks.json")["tasks"]
    script = check["args"][0].removeprefix("scripts/")
    arguments = ("--root", tmp_path / "project", "--today", str(TODAY))
    done = ran_script(script, *arguments, **check["options"]["env"])
    read = {
        (
            matcher["severity"],
            match[pattern["file"]],
            match[pattern["line"]],
            match[pattern["code"]],
        )
        for matcher in check["problemMatcher"]
        for pattern in [matcher["pattern"]]
        for line in done.stdout.splitlines()
        if (match := re.match(pattern["regexp"], line))
    }
    assert read == {
        ("error", "records/2024/activities/宪法宣传.md", "8", "FZ203"),
        ("warning", "records/2025/cases/2025-01-05-01.md", "3", "FZ408"),
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.folder)
def test_a_template_filled_in_is_valid(kind, tmp_path):
    shutil.copytree(BASE / "records", tmp_path / "records", ignore=shutil.ignore_patterns("20*"))
    guide.laid(tmp_path, "totals.md", "records/vocabulary.yml")
    configured = settings_of(tmp_path)
    snippets = json.loads(editor.files(configured)[f"{editor.FOLDER}/records.code-snippets"])
    assert kind.name in snippets[kind.name]["prefix"]
    text = "\n".join(snippets[kind.name]["body"])
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2025-04-15")
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH", "2025-04").replace(":名称}", ":流转件}")
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text).replace("$0", "")
    lay(tmp_path, {f"records/2025/{kind.folder}/例.md": re.sub(r"\$\d+", "甲", text)})
    found = project.load(Folder(tmp_path), date(2025, 4, 20)).problems
    # 考试 has no 板块 of its own; the template takes the first category, which has.
    assert not found


def test_the_files_of_the_editor_are_kept_in_the_repository():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    kept = {line.removeprefix("!") for line in ignored if line.startswith("!/.vscode/")}
    assert kept == {f"/{path}" for path in editor_files()}


# The site


def test_schemas_and_field_pages_are_internal(built):
    ours = {path.removeprefix("docs/") for path in built if path.startswith("docs/")}
    assert ours <= set(carried(Folder(ROOT), Edition.INTERNAL))
    assert not ours & set(carried(Folder(ROOT), Edition.PUBLIC))


def test_field_pages_are_in_the_menu_of_the_internal_site(internal, sample):
    home = page(internal / "index.html")
    links = {link.attributes.get("href", "") for link in home.every("a")}
    for name in ("index", *FOLDERS):
        assert f"guide/fields/{name}.html" in links
    linked = page(internal / "guide" / "fields" / "index.html")
    targets = {link.attributes.get("href", "") for link in linked.every("a")}
    assert {f"../schemas/{folder}.schema.json" for folder in FOLDERS} <= targets
    for folder in FOLDERS:
        assert (internal / "guide" / "schemas" / f"{folder}.schema.json").is_file()


def test_examples_are_written_in_the_order_of_the_record():
    for name, example in EXAMPLES.items():
        assert set(example) <= set(KINDS[name].fields)
        text = front_matter.record(example, KINDS[name].order)
        assert front_matter.ordered(text.split("---\n")[1], KINDS[name].order) in text
