"""Rules about 佐证材料: the files beside the records, and those that are shown in public."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from fazhi.problems.problem import ERROR, Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Checks, Found, finds, rule
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.schema.every_kind import Publicity
from fazhi.schema.township import Settings
from fazhi.sources.tree import Tree

RULES = Checks[[Record, Settings]]()


@finds(ERROR, RULES)
def evidence_names_a_file(record: Record, _: Settings) -> Found:
    """FZ502: 佐证材料的“文件”只写文件名，不带路径。

    材料都放在 `records/<年>/files/`；写成别处的路径，换一台电脑就找不到。
    改法：把文件复制到 `records/<年>/files/`，这里只写文件名。
    """
    for index, evidence in enumerate(record.fields.evidence):
        if evidence.file and not _is_plain_name(evidence.file):
            hint = f"文件放到 records/{record.year}/files/，这里只写文件名"
            yield record, ["佐证材料", index, "文件"], f"“文件”{shown(evidence.file)}带了路径", hint


def _is_plain_name(name: str) -> bool:
    return PurePosixPath(name).name == name and "\\" not in name and ".." not in name


@finds(ERROR)
def evidence_exists(ledger: Ledger) -> Found:
    """FZ503: 佐证材料写了文件的，`records/<年>/files/` 里有这个文件。

    文件没有放进去，或者名称对不上，以后要查的时候就找不到。
    改法：把文件放进去，或者照文件夹里的名称改；没有电子文件的，删去“文件”一项，写档号。
    """
    for record in ledger.records:
        held = ledger.attachments.get(record.year, set())
        for index, evidence in enumerate(record.fields.evidence):
            if evidence.file and _is_plain_name(evidence.file) and evidence.file not in held:
                message = f"records/{record.year}/files/ 里没有{shown(evidence.file)}"
                hint = did_you_mean(evidence.file, held) or "把文件放进去，或者删去这一项"
                yield record, ["佐证材料", index, "文件"], message, hint


def public_photos(ledger: Ledger, settings: Settings, tree: Tree) -> Iterator[Problem]:
    """Every rule for every record's public evidence. One that is not to be shown is not opened."""
    for record in ledger.records:
        if any(evidence.is_public for evidence in record.fields.evidence):
            found = list(only_of_public_records(record, settings)) or list(only_photos(record))
            yield from found or sound_photos(record, ledger, tree)


@finds(ERROR)
def only_photos(record: Record) -> Found:
    """FZ504: 佐证材料写“公开: 是”的，“文件”是一张照片：.jpg、.jpeg、.png 或者 .webp。

    公开的照片由程序重新做一张，不带拍摄地点、作者和批注。Word、Excel、PDF 里有作者、批注和修订，做不干净，一律不公开。
    改法：照片写上文件名；别的材料删去“公开: 是”，要公开的内容写进正文。
    来源：《中华人民共和国政府信息公开条例》第十五条。
    """
    from fazhi.sources.evidence import photos  # noqa: PLC0415 - its library is not loaded where nothing is public

    for index, evidence in enumerate(record.fields.evidence):
        if evidence.is_public and not (evidence.file and photos.is_photo(evidence.file)):
            what = f"{shown(evidence.file)}不是照片" if evidence.file else "没有写“文件”"
            hint = "只公开 .jpg、.jpeg、.png、.webp 的照片；别的材料删去“公开”"
            yield record, ["佐证材料", index, "公开"], f"写了“公开: 是”，{what}", hint


@finds(ERROR)
def only_of_public_records(record: Record, settings: Settings) -> Found:
    """FZ505: 佐证材料写“公开: 是”的，这条记录公开到“全文”。

    摘要、仅统计的记录没有自己的网页，照片没有地方放；会议、案件和敏感的记录，照片也不能公开。
    改法：删去“公开: 是”；活动、现状的记录要公开的，把记录的“公开”改成“全文”，或者删去。
    """
    if record.publicity(settings) is Publicity.FULL:
        return
    for index, evidence in enumerate(record.fields.evidence):
        if evidence.is_public:
            message = "写了“公开: 是”，这条记录却没有公开的网页"
            yield record, ["佐证材料", index, "公开"], message, "删去这份材料的“公开: 是”"


def sound_photos(record: Record, ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Public photos that cannot be published, as far as shows without a look at their pixels."""
    from fazhi.sources.evidence import photos  # noqa: PLC0415

    held = ledger.attachments.get(record.year, set())
    for index, evidence in enumerate(record.fields.evidence):
        if not evidence.is_public or not evidence.file or evidence.file not in held:
            continue  # FZ502, FZ503 and FZ114 report what is no file here
        for reason in photos.faults(tree, record.file_path(evidence.file)):
            yield record.problem(["佐证材料", index, "文件"], unsound(evidence.file, reason))


@rule(ERROR)
def unsound(name: str, reason: str) -> Fault:
    """FZ506: 公开的照片是完整的 JPEG、PNG 或者 WebP，不动，不超过 20 MB、6000 万像素。

    打不开的照片放不到网页上；像素特别多的，可能是有意做来使电脑卡死的。
    改法：用看图的软件打开，另存为 .jpg，再换上。
    """
    return unsound.fault(f"{shown(name)}不能公开：{reason}", "打开另存为 .jpg，再换上")
