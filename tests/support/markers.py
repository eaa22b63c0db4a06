"""A project with a marker in every place that must stay inside, and what is made of it."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from PIL import ExifTags, Image

from fazhi.output import documents, review
from fazhi.output.package import package
from fazhi.output.view import View
from fazhi.report.editions import Edition, Gate
from fazhi.schema.every_kind import PUBLICITY, Evidence, Publicity
from fazhi.schema.fields import FieldSpec, Model, specs
from fazhi.schema.kinds import KINDS, AgendaItem
from tests.conftest import checked, lay
from tests.support import building
from tests.support.building import Project, read_record, unpacked, write_record
from tests.support.carriers import picture, segment, xmp

NESTED: dict[str, type[Model]] = {"佐证材料": Evidence, "议题": AgendaItem}
BASE: dict[str, dict[str, object]] = {
    "活动": {"日期": "2024-06-05", "类别": "走访服务"},
    "会议": {"日期": "2024-06-05", "类别": "专题会议", "板块": "行政执法"},
    "案件": {"受理日期": "2024-06-05", "类别": "行政处罚", "结果": "办结"},
    "现状": {"截止日期": "2024-06-30", "类别": "执法队伍", "数量": 7},
    "汇总": {"期间": "2024-06", "类别": "平台办件"},
}
"""What a record must have, none of it a secret; so chosen that no published figure moves."""


@dataclass
class Markers:
    """Values that stand nowhere else, and the words that the vocabulary must have for them."""

    words: dict[str, list[str]] = field(default_factory=dict)
    made: int = 0

    def text(self) -> str:
        self.made += 1
        return f"canary{self.made:04d}end"

    def word(self, of: str) -> str:
        marker = self.text()
        self.words.setdefault(of, []).append(marker)
        return marker

    def number(self) -> int:
        self.made += 1
        return 90_817_000 - self.made  # falling: 实到 is never above 应到

    def day(self) -> str:
        self.made += 1
        return str(date(2031, 1, 1) + timedelta(days=self.made))


@dataclass
class Planted:
    """A record in which every field holds a marker, and which of them the public may see."""

    path: str
    fields: dict[str, object]
    body: str
    secret: dict[str, object] = field(default_factory=dict)
    public: dict[str, object] = field(default_factory=dict)

    @property
    def page(self) -> str:
        return self.path.removesuffix(".md") + ".html"


def forms(marker: object) -> list[str]:
    """The ways in which a page may write a value."""
    text = str(marker)
    if text[:4].isdigit() and text.count("-") == 2:
        year, month, day = (int(part) for part in text.split("-"))
        return [text, f"{year}年{month}月{day}日"]
    return [text]


def plan(markers: Markers, name: str, publish: str | None = None, **base: object) -> Planted:
    """A record of a kind with a marker wherever one can stand."""
    kind = KINDS[name]
    held: dict[str, object] = {**BASE[name], **base}
    publicity = PUBLICITY[publish] if publish else kind.model.publicity
    if publish:
        held["公开"] = publish
    elif base.get("类别") == "重点人群":
        publicity = Publicity.COUNTED
    stem = markers.text()
    planted = Planted(f"records/2024/{kind.folder}/{stem}.md", held, markers.text())
    for key, value, public in values(kind.fields, markers, publicity is not Publicity.FULL):
        if key.partition("/")[0] not in held:
            in_full = publicity is Publicity.FULL and public
            in_summary = publicity is Publicity.SUMMARY and key in ("主题", "议题/主题")
            (planted.public if in_full or in_summary else planted.secret)[key] = value
    for key, value in (planted.secret | planted.public).items():
        outer, _, inner = key.partition("/")
        if outer in ("计数", "标记"):
            held.setdefault(outer, {})[inner] = value  # type: ignore[index]
        elif inner:
            held.setdefault(outer, [{}])[0][inner] = value  # type: ignore[index]
        else:
            several = get_origin(kind.fields[key].annotation) is tuple
            held[key] = [value] if several else value
    (planted.public if publicity is Publicity.FULL else planted.secret)["正文"] = planted.body
    if publicity is not Publicity.FULL:
        planted.secret["文件名"] = stem
    return planted


def plant(project: Project, planted: Planted) -> None:
    """Write it, and the evidence that it names."""
    attached = str(planted.secret["佐证材料/文件"])
    lay(project.records / "2024/files", {attached: f"{attached} {planted.body}"})
    write_record(project.root / planted.path, planted.fields, f"{planted.body}\n\n- {planted.body}")


def values(
    fields: dict[str, FieldSpec] | Any, markers: Markers, all_secret: bool, outer: str = ""
) -> Iterator[tuple[str, object, bool]]:
    """A marker for each field: its key (议题/结论 for an inner one), the value, if it is public."""
    for spec in fields.values():
        if not outer and spec.key in NESTED:
            yield from values(specs(NESTED[spec.key]), markers, all_secret, spec.key)
            continue
        key = f"{outer}/{spec.key}" if outer else spec.key
        if spec.key == "计数":
            yield f"计数/{markers.word('计数/否')}", markers.number(), False
            yield f"计数/{markers.word('计数/是')}", markers.number(), True
        elif spec.key == "标记":
            yield f"标记/{markers.word('标记/名称')}", markers.word("标记/取值"), False
        elif spec.key in ("公开", "类别", "板块", "结果", "分类"):
            continue  # chosen with the record; none holds text of its own
        elif spec.is_day or spec.is_number:
            # Public ones would move public sums; inside a record that is not shown, few do.
            if not spec.public or (all_secret and spec.key == "参加人次"):
                yield key, markers.day() if spec.is_day else markers.number(), spec.public
        elif options := literals(spec.annotation):
            yield key, options[-1], spec.public
        elif spec.words:
            yield key, markers.word(spec.words), spec.public
        else:
            yield key, markers.text(), spec.public


def literals(annotation: Any) -> tuple[str, ...]:
    """The values of a fixed list (合法性审查), of which the last, 不适用, stands nowhere else."""
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is Literal:
            return get_args(part)
    return ()


@dataclass
class Office:
    """A project full of markers, its two editions, and the package of the public one."""

    planted: dict[str, Planted]
    counters: dict[str, list[str]]
    project: Project
    others: dict[str, str]

    def __post_init__(self) -> None:
        self.public = self.project.site
        self.internal = self.project.root / "site-internal"
        self.package = self.project.root / "package.zip"

    @cached_property
    def texts(self) -> dict[str, str]:
        """All that each file of the package says, by its path there."""
        return dict(unpacked("", self.package.read_bytes()))


PLANS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "activity": (("活动",), {}),
    "counted activity": (("活动", "仅统计"), {}),
    "activity in summary": (("活动", "摘要"), {}),
    "meeting": (("会议",), {}),
    "counted meeting": (("会议", "仅统计"), {}),
    "case": (("案件",), {}),
    "standing": (("现状",), {}),
    "standing in summary": (("现状", "摘要"), {"截止日期": "2024-04-30"}),
    "counted standing": (("现状", "仅统计"), {"截止日期": "2024-05-31"}),
    "total": (("汇总",), {}),
    "counted total": (("汇总", "仅统计"), {"期间": "2024-05"}),
    "people": (("现状",), {"类别": "重点人群", "分类": {"社区矫正": 7}}),
}
"""A kind, what is said under 公开, and other fields."""


def marked_office(shared_folder: Path) -> Office:
    """A project with a marker in every place that must stay inside."""
    # The markers are the same for every worker; the first to come writes them.
    markers = Markers()
    planted = {name: plan(markers, *what, **base) for name, (what, base) in PLANS.items()}
    places = (*_STRAY, "people")
    others = {f"{place}: {kind}": markers.text() for place in places for kind in ("name", "text")}
    others |= {f"note in {path}": markers.text() for path in _NOTED}
    others |= {f"photo: {what}": markers.text() for what in _CARRIED}
    others["report: post"] = markers.text()
    others |= {f"task: {key}": markers.text() for key in _TOLD}
    project = Project(shared_folder / "office")
    with building.sole_maker(shared_folder / "office.lock"):
        if not (project.root / "package.zip").exists():
            building.copied(project.root, "docs/guide", "docs/rules")  # of them, what strays there
            for record in planted.values():
                plant(project, record)
            _declare(project, markers)
            _task(project, markers, others)
            _stray(project, others)
            _photograph(project, planted["activity"], others)
            _annotate(project, planted["activity"], others)
            project.built()
            project.built("--edition", "internal")
            _pack(project)
    counters = {key: names for key, names in markers.words.items() if key.startswith("计数")}
    return Office(planted, counters, project, others)


def _declare(project: Project, markers: Markers) -> None:
    """Put the words that were planted into the vocabulary; villages into township.yml."""
    file = project.records / "vocabulary.yml"
    vocabulary = yaml.safe_load(file.read_text(encoding="utf-8"))
    vocabulary["类别"]["汇总"] = [{"名称": "平台办件", "板块": "矛盾化解"}]
    marks = [{"名称": n, "取值": [*markers.words["标记/取值"]]} for n in markers.words["标记/名称"]]
    for categories in vocabulary["类别"].values():
        for category in categories:
            category["标记"] = [*category.get("标记", ()), *deepcopy(marks)]
    for key, names in markers.words.items():
        of, _, public = key.partition("/")
        for name in names if of not in ("标记", "任务") else ():
            entry: object = name
            if of == "计数":
                entry = {"名称": name, "单位": "张", "公开": public}
            elif of == "普法节点":
                entry = {"名称": name, "说明": "节点", "开始": "06-01", "结束": "06-30"}
            if of != "村":
                vocabulary[of].append(entry)
    file.write_text(yaml.safe_dump(vocabulary, allow_unicode=True), encoding="utf-8")
    file = project.records / "township.yml"
    township = yaml.safe_load(file.read_text(encoding="utf-8"))
    township["村"] += markers.words["村"]
    file.write_text(yaml.safe_dump(township, allow_unicode=True), encoding="utf-8")


_TOLD = ("任务", "来源", "文号", "责任")
"""What a task says in words."""


def _task(project: Project, markers: Markers, others: dict[str, str]) -> None:
    """Make what the records name the 编号 of tasks of the year."""
    told = {key: others[f"task: {key}"] for key in _TOLD}
    tasks = [{"编号": number, **told} for number in markers.words["任务"]]
    text = yaml.safe_dump(tasks, allow_unicode=True)
    (project.records / "2024/tasks.yml").write_text(text, encoding="utf-8")
    for file in project.records.glob("2024/activities/*.md"):  # which name the sample's own
        fields, body = read_record(file)
        if set(fields.pop("任务", ())) - set(markers.words["任务"]):
            write_record(file, fields, body)


_STRAY = ("docs/guide/decisions/9999-a", "docs/rules/FZ999", "records/2024/files/")
"""What the public site does not carry; of a folder, a file with a name of its own."""


def _stray(project: Project, others: dict[str, str]) -> None:
    for place in _STRAY:
        name, text = others[f"{place}: name"], others[f"{place}: text"]
        own = f"{place}{name}.md" if place.endswith("/") else f"{place}.md"
        lay(project.root, {own: f"# {text}\n\n{text}\n"})
    people = next((project.records / "2024/standings").glob("*重点*.md"))
    fields, _ = read_record(people)
    people.unlink()
    fields["标题"] = others["people: name"]
    write_record(people.with_name(f"{others['people: name']}.md"), fields, others["people: text"])


_CARRIED = ("name", "description", "artist", "xmp", "comment")
"""Where a photo that is shown carries a marker."""
SHOWN = "现场照片"


def _photograph(project: Project, planted: Planted, others: dict[str, str]) -> None:
    """Give a record a photo that is to be shown, with all that a photo carries unseen."""
    held = Image.Exif()
    held[ExifTags.Base.ImageDescription] = others["photo: description"]
    held.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0" + others[
        "photo: artist"
    ].encode("utf-16-le")
    content = picture(exif=held, comment=others["photo: comment"].encode())
    note = b"http://ns.adobe.com/xap/1.0/\0" + xmp(others["photo: xmp"])
    name = f"{others['photo: name']}.jpg"
    (project.records / "2024/files" / name).write_bytes(segment(0xE1, note, content))
    fields, body = read_record(project.root / planted.path)
    fields["佐证材料"].append({"名称": SHOWN, "文件": name, "公开": "是"})
    write_record(project.root / planted.path, fields, body)


_RECORD = "the record"
_REPORT = "docs/report/2024.md"
_NOTED = [_RECORD, _REPORT, "mkdocs.yml"]
_NOTED += [f"records/{n}.yml" for n in ("township", "vocabulary", "figures", "2024/tasks")]
"""Files in which a note to oneself stands behind a #."""


def _annotate(project: Project, planted: Planted, others: dict[str, str]) -> None:
    """Put notes where YAML lets one write them; in the report, a post too."""
    for path in _NOTED:
        note = f"# {others[f'note in {path}']}\n"
        file = project.root / (planted.path if path == _RECORD else path)
        text = file.read_text(encoding="utf-8")
        head, boundary, rest = text.partition("---\n")
        is_yaml = bool(head)
        file.write_text(text + note if is_yaml else boundary + note + rest, encoding="utf-8")
    file = project.root / _REPORT
    text = file.read_text(encoding="utf-8")
    assert "岗位: 乡长" in text
    text = text.replace("岗位: 乡长", f"岗位: {others['report: post']}")
    file.write_text(text, encoding="utf-8")


def view_of(project: Project) -> View:
    """The public view of the year that is full of markers."""
    (year,) = (year for year in checked(project.root).years if year.year == 2024)
    return View(year, Gate(Edition.PUBLIC, year.settings))


def _pack(project: Project) -> None:
    """The public site, the documents and the manifest as the package that is published, and 审核单."""
    folder = project.root / "package"
    shutil.copytree(project.site, folder / package.SITE)
    (folder / review.NAME).write_text(review.page(view_of(project)), encoding="utf-8")
    package.complete(folder, documents.files(view_of(project)), "示例乡", "示例数据")
    package.pack(folder, project.root / "package.zip", "report-2024", date(2025, 2, 20))
