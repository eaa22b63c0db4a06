"""Checks an .xlsx file, which is a zip archive from anywhere, before anything else opens it."""

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

from fazhi.commands.spreadsheets import faults
from fazhi.commands.spreadsheets.cells import Unfit
from fazhi.problems.problem import Fault
from fazhi.sources import archives

MAX_FILE = 30_000_000
MAX_STYLES = 5_000_000
MAX_ROWS = 100_000  # that a part writes down, empty ones too: what is read of them is bounded later
_SAVE_AS = "用 Excel 或者 WPS 打开，去掉密码，另存为“Excel 工作簿（.xlsx）”再导入"


def opened(data: bytes) -> ZipFile:
    """A workbook that is safe to read. Raises Unfit."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unfit(faults.unreadable("这是旧格式（.xls、.et），或者设了密码", _SAVE_AS))
    if data[:200].lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        raise Unfit(faults.unreadable("这是网页格式的表，不是 .xlsx", _SAVE_AS))
    if not data.startswith(b"PK"):
        raise Unfit(faults.unreadable("这不是 .xlsx 文件"))
    try:
        archive = ZipFile(io.BytesIO(data))
        for fault in _faults(archive):
            raise Unfit(fault)
        return archive
    except archives.BROKEN:
        raise Unfit(faults.unreadable("文件不完整，打不开")) from None


def transitional(data: bytes, archive: ZipFile) -> bytes:
    """A workbook as openpyxl reads one: “Strict Open XML” has other names for the same parts."""
    strict = b"http://purl.oclc.org/ooxml/"
    if strict not in archive.read("xl/workbook.xml"):
        return data
    name = re.compile(strict + rb"(spreadsheetml|officeDocument)/(main|relationships)")
    new_name = rb"http://schemas.openxmlformats.org/\1/2006/\2"
    parts = (part for part in archive.namelist() if part.endswith((".xml", ".rels")))
    return archives.zipped({part: name.sub(new_name, archive.read(part)) for part in parts})


def _faults(archive: ZipFile) -> Iterator[Fault]:
    """What is wrong with the archive; parts are read only if their sizes are bearable."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if archives.is_unbearable(archive):
        size = archives.unpacked(archive)
        message = f"展开以后有 {size / 1e6:.0f} MB，{len(parts)} 个部分，太大"
        yield faults.too_large(message, "删去照片和没有用的表，或者分成几个文件")
    elif archives.is_locked(archive):
        yield faults.unreadable("文件设了密码", _SAVE_AS)
    elif any(archives.leads_out(name) for name in names):
        yield faults.active("文件里有指到别处的路径", "不是本单位做的文件，不要导入")
    elif any("vba" in name.lower() or "macrosheet" in name.lower() for name in names):
        yield faults.active("文件里有宏", "另存为“Excel 工作簿（.xlsx）”，不选“启用宏的工作簿”")
    elif "xl/workbook.xml" not in names:
        what = "这是二进制工作簿（.xlsb）" if "xl/workbook.bin" in names else "这不是 .xlsx 文件"
        yield faults.unreadable(what, _SAVE_AS)
    else:
        for part in (part for part in parts if not part.filename.startswith("xl/media/")):
            text = archive.read(part).replace(b"\0", b"")
            if archives.declares_entities(text):
                hint = "不是本单位做的文件，不要导入；是的，另存一份再导入"
                yield faults.active("文件里有外部实体", hint)
            if (rows := text.count(b"<row")) > MAX_ROWS:
                hint = "删去末尾没有内容的行，或者把有用的行复制到新的表里"
                yield faults.too_large(f"一张表里写着 {rows} 行，太多", hint)
            if part.filename.endswith("styles.xml") and len(text) > MAX_STYLES:
                yield faults.too_large("表里的格式太多", "新建一个工作簿，只粘贴数值，再导入")
