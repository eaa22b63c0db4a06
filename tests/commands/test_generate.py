"""Generated documents: they are what the code says now, and they say what the checker says."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fazhi import project
from fazhi.commands import compare
from fazhi.commands.generate import documents, editor, fields, schemas
from fazhi.commands.generate.examples import EXAMPLES
from fazhi.output.pages.static import carried
from fazhi.problems import formats
from fazhi.report.editions import Edition
from fazhi.schema import township
from fazhi.schema.fields import specs
from fazhi.schema.kinds import FOLDERS, KINDS
from fazhi.schema.validation import parse
from fazhi.sources import front_matter, strict_yaml
from fazhi.sources.source import Source, read_record
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY
from tests.support.building import ROOT, page
from tests.support.running import ran

pytest_plugins = ["tests.support.sites"]

RECORDS = sorted(ROOT.glob("records/*/*/*.md"))


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return documents.build(Folder(ROOT))


# Fresh


def test_every_generated_file_is_what_the_code_says(built):
    stale = [path for path, text in built.items() if on_disk(ROOT / path) != text]
    assert not stale, "运行 python3 scripts/generate.py"
    held = {
        file.relative_to(ROOT).as_posix()
        for folder in documents.FOLDERS
        for file in (ROOT / folder).iterdir()
    }
    assert held <= set(built), "运行 python3 scripts/generate.py"


def on_disk(file: Path) -> str:
    return file.read_bytes().decode("utf-8") if file.is_file() else ""


def test_the_command_writes_what_is_stale_and_takes_away_what_is_no_more(tmp_path):
    shutil.copytree(BASE / "records", tmp_path / "records")
    first = ran("generate.py", "--root", tmp_path)
    assert first.returncode == 0, first.stderr
    assert ran("generate.py", "--root", tmp_path, "--check").returncode == 0
    stale = tmp_path / "docs/guide/fields/cases.md"
    stale.write_text("旧的", encoding="utf-8")
    left = tmp_path / "docs/guide/schemas/旧.schema.json"
    left.write_text("{}", encoding="utf-8")
    checked = ran("generate.py", "--root", tmp_path, "--check")
    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "过时：docs/guide/fields/cases.md",
        "多余：docs/guide/schemas/旧.schema.json",
    ]
    assert ran("generate.py", "--root", tmp_path).returncode == 0
    assert stale.read_text(encoding="utf-8").startswith("# 案件的各项")
    assert not left.exists()
    (tmp_path / "records" / "township.yml").write_text("简称: 乡", encoding="utf-8")
    broken = ran("generate.py", "--root", tmp_path)
    assert broken.returncode == 1
    assert "缺少“名称”" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_the_field_pages_do_not_depend_on_a_township(built):
    elsewhere = documents.build(Folder(BASE))
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
    file = tmp_path / "records" / "2025" / kind.folder / "例.md"
    file.parent.mkdir(parents=True)
    file.write_text(example, encoding="utf-8", newline="\n")
    assert not project.load(Folder(tmp_path), TODAY.replace(year=2026)).problems


@pytest.mark.parametrize(
    ("kind", "key", "shown"),
    [
        ("活动", "地点", "显示"),
        ("活动", "佐证材料", "只显示名称和份数"),
        ("活动", "公开", "不显示"),
        ("会议", "标题", "不显示"),
        ("会议", "日期", "只显示月份"),
        ("会议", "议题", "只显示主题"),
        ("会议", "佐证材料", "不显示"),
        ("案件", "标题", "不显示"),
        ("案件", "结果", "只在各月合计里"),
        ("案件", "村", "不显示"),
        ("现状", "数量", "显示"),
    ],
)
def test_says_what_the_public_edition_shows(kind, key, shown):
    assert fields.publicly(KINDS[kind], KINDS[kind].fields[key]) == shown


# JSON Schemas


def validator(folder: str, root: Path = ROOT) -> jsonschema.Draft202012Validator:
    configured, problems = township.load(Folder(root))
    assert configured, problems
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


ACTIVITY = "标题: 甲\n日期: 2025-04-15\n类别: 宣传活动\n地点: 乙\n"
MEETING = "标题: 甲\n日期: 2025-04-15\n类别: 党委会议\n板块: 矛盾化解\n"
CASE = "标题: 甲\n受理日期: 2025-04-15\n类别: 矛盾纠纷\n结果: 在办\n"
STANDING = "标题: 甲\n截止日期: 2025-04-15\n类别: 执法队伍\n"


def form_problems(folder: str, text: str) -> tuple[Any, list[str]]:
    """The data of a front matter, and the rules of its form that it breaks."""
    data = strict_yaml.load(text, dict)
    _, problems = parse(FOLDERS[folder].model, Source("例.md", text, data, "", text), data)
    return data, [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        ("activities", ACTIVITY),
        ("activities", ACTIVITY.replace("甲", "2025")),
        (
            "activities",
            ACTIVITY.replace("日期: 2025-04-15", "起始日期: 2025-04-15\n结束日期: 2025-04-16"),
        ),
        (
            "activities",
            ACTIVITY + "参加人次: 0\n主题: [宪法]\n普法节点: 12.4\n计数: {悬挂横幅: 2}\n",
        ),
        ("activities", ACTIVITY + "佐证材料: [{名称: 照片, 份数: 2, 档号: 3, 文件: 照片.jpg}]\n"),
        ("activities", ACTIVITY + "公开: 摘要\n依据: 某府发〔2025〕3号\n"),
        ("meetings", MEETING + "议题: [{标题: 甲, 主题: 宪法, 合法性审查: 通过}]\n应到: 9\n"),
        ("cases", CASE),
        ("cases", CASE.replace("在办", "调解成功") + "办结日期: 2025-04-16\n来源: [12345]\n"),
        ("standings", STANDING + "数量: 1\n"),
        ("standings", STANDING + "分类: {甲: 1}\n"),
    ],
)
def test_both_take_what_is_well_formed(folder, text):
    data, rules = form_problems(folder, text)
    assert not rules
    assert not list(validator(folder).iter_errors(data))


@pytest.mark.parametrize(
    ("folder", "text", "rule"),
    [
        ("activities", ACTIVITY.replace("标题: 甲\n", ""), "FZ201"),
        ("activities", ACTIVITY.replace("地点: 乙\n", ""), "FZ201"),
        ("activities", ACTIVITY.replace("标题: 甲", "标题:"), "FZ203"),
        ("activities", ACTIVITY.replace("标题: 甲", 'Title: "甲"'), "FZ202"),
        ("activities", ACTIVITY.replace("标题: 甲", '标题: "  "'), "FZ203"),
        ("activities", ACTIVITY.replace("标题: 甲", "标题: [甲]"), "FZ203"),
        ("activities", ACTIVITY.replace("标题: 甲", "标题: " + "长" * 2001), "FZ203"),
        ("activities", ACTIVITY + "参加人数: 3\n", "FZ202"),
        ("activities", ACTIVITY + "参加人次: 160人\n", "FZ203"),
        ("activities", ACTIVITY + '参加人次: "160"\n', "FZ203"),
        ("activities", ACTIVITY + "参加人次: -1\n", "FZ203"),
        ("activities", ACTIVITY + "参加人次: 1.5\n", "FZ203"),
        ("activities", ACTIVITY + "参加人次: 100000001\n", "FZ203"),
        ("activities", ACTIVITY + "主题: 宪法\n", "FZ203"),
        ("activities", ACTIVITY + "主题: {宪法: 1}\n", "FZ203"),
        ("activities", ACTIVITY + "计数: [悬挂横幅]\n", "FZ203"),
        ("activities", ACTIVITY + "计数: {悬挂横幅: 六}\n", "FZ203"),
        ("activities", ACTIVITY + "公开: 全部\n", "FZ205"),
        ("activities", ACTIVITY + "佐证材料: 照片\n", "FZ203"),
        ("activities", ACTIVITY + "佐证材料: [照片]\n", "FZ203"),
        ("activities", ACTIVITY + "佐证材料: [{份数: 2}]\n", "FZ201"),
        ("activities", ACTIVITY + "佐证材料: [{名称: 照片, 数量: 2}]\n", "FZ202"),
        ("activities", ACTIVITY.replace("日期: 2025-04-15\n", ""), "FZ206"),
        ("activities", ACTIVITY + "起始日期: 2025-04-15\n结束日期: 2025-04-16\n", "FZ206"),
        ("activities", ACTIVITY + "结束日期: 2025-04-16\n", "FZ206"),
        ("activities", ACTIVITY.replace("日期: 2025", "起始日期: 2025"), "FZ206"),
        ("activities", ACTIVITY.replace("2025-04-15", "2025年4月15日"), "FZ203"),
        ("activities", ACTIVITY.replace("2025-04-15", "2025-4-15"), "FZ203"),
        ("activities", ACTIVITY.replace("2025-04-15", "20250415"), "FZ203"),
        ("activities", ACTIVITY.replace("2025-04-15", "2025-02-30"), "FZ204"),
        ("meetings", MEETING, "FZ201"),
        ("meetings", MEETING + "议题: []\n", "FZ201"),
        ("meetings", MEETING + "议题: [{标题: 甲}]\n", "FZ201"),
        ("meetings", MEETING + "议题: [{标题: 甲, 主题: 宪法, 合法性审查: 不过}]\n", "FZ205"),
        ("cases", CASE.replace("结果: 在办\n", ""), "FZ201"),
        ("cases", CASE + "地点: 乙\n", "FZ202"),
        ("cases", CASE + "涉及人数: 两人\n", "FZ203"),
        ("standings", STANDING + "分类: {甲: 一}\n", "FZ203"),
        ("standings", STANDING + "分类: 3\n", "FZ203"),
    ],
)
def test_both_refuse_what_is_malformed(folder, text, rule):
    data, rules = form_problems(folder, text)
    assert rule in rules
    assert list(validator(folder).iter_errors(data))


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        ("activities", ACTIVITY.replace("宣传活动", "宣传")),
        ("activities", ACTIVITY.replace("宣传活动", "考试")),
        ("activities", ACTIVITY + "主题: [宪发]\n"),
        ("activities", ACTIVITY + "计数: {横幅: 2}\n"),
        ("meetings", MEETING + "议题: [{标题: 甲, 主题: 宪发}]\n"),
        ("meetings", MEETING + "议题: [{标题: 甲, 主题: 宪法}]\n公开: 全文\n"),
        ("cases", CASE.replace("在办", "办结") + "办结日期: 2025-04-16\n"),
        ("cases", CASE.replace("在办", "调解成功")),
        ("cases", CASE + "办结日期: 2025-04-16\n"),
        ("cases", CASE + "村: 别的村\n"),
        ("standings", STANDING),
    ],
)
def test_the_schema_knows_the_words_too(folder, text):
    data, rules = form_problems(folder, text)
    assert not rules
    assert list(validator(folder).iter_errors(data))


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


def test_a_report_validates_against_its_schema(built):
    found = project.load(Folder(ROOT / "tests" / "golden" / "_base"), TODAY).problems
    report = formats.report(found, 2).model_dump(mode="json")
    schema = json.loads(built[f"{schemas.FOLDER}/problems.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**report, "errors": "无"}, schema)


def test_a_comparison_validates_against_its_schema(built):
    base = project.load(Folder(BASE), TODAY)
    compared = compare.compare(base, base, "原来", "现在").model_dump(mode="json")
    schema = json.loads(built[f"{schemas.FOLDER}/comparison.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(compared, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**compared, "home": "没有"}, schema)


# The editor


def vscode(name: str) -> Any:
    return json.loads(editor_files()[f"{editor.FOLDER}/{name}"])


def editor_files() -> dict[str, str]:
    configured, _ = township.load(Folder(ROOT))
    assert configured
    return editor.files(configured)


def test_each_folder_has_its_schema_in_the_editor(built):
    schemas_of = vscode("settings.json")["yaml.schemas"]
    assert set(schemas_of.values()) == {f"records/*/{folder}/*.md" for folder in FOLDERS}
    assert {path.removeprefix("./") for path in schemas_of} <= set(built)


def test_the_editor_reads_what_the_checker_prints(tmp_path):
    shutil.copytree(BASE, tmp_path / "project")
    file = tmp_path / "project" / "records/2024/activities/宪法宣传.md"
    text = file.read_text(encoding="utf-8").replace("205", "205份").replace("12.4", "3.15")
    file.write_text(text + "\n", encoding="utf-8")
    open_case = tmp_path / "project" / "records/2025/cases/2025-01-05-01.md"
    open_case.parent.mkdir(parents=True)
    open_case.write_text(f"---\n{CASE.replace('2025-04-15', '2025-01-05')}---\n", encoding="utf-8")
    check, *_ = vscode("tasks.json")["tasks"]
    script = check["args"][0].removeprefix("scripts/")
    arguments = ("--root", tmp_path / "project", "--today", str(TODAY))
    done = ran(script, *arguments, **check["options"]["env"])
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
    configured, _ = township.load(Folder(BASE))
    assert configured
    snippets = json.loads(editor.files(configured)[f"{editor.FOLDER}/records.code-snippets"])
    assert kind.name in snippets[kind.name]["prefix"]
    text = "\n".join(snippets[kind.name]["body"])
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2025-04-15")
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text).replace("$0", "")
    file = tmp_path / "records" / "2025" / kind.folder / "例.md"
    file.parent.mkdir(parents=True)
    file.write_text(re.sub(r"\$\d+", "甲", text), encoding="utf-8")
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
