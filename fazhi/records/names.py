"""What the file of a new record is called."""

import re
import unicodedata
from collections.abc import Container

from fazhi.schema.kinds import Case, Kind
from fazhi.sources.files import RESERVED

LONGEST_TITLE = 60  # characters of a title: with the date and a number, short of the limit of STEM
STEM = re.compile(rf"(?!(?i:readme|index)$|{RESERVED})\w[\w·.\-]{{0,79}}")


def stem(
    kind: Kind, day: str, title: str, taken: Container[str], tried: dict[str, int] | None = None
) -> str:
    """A name that none of the `taken`, which are casefolded, has: 日期-标题, or 日期-序号 for a case. `tried`
    keeps up to which number all are taken, where many are named."""
    if kind.model is Case:
        first = f"{day}-"
    else:
        # Without the marks that a file name may not have.
        text = unicodedata.normalize("NFC", title)
        text = re.sub(r"[\s“”‘’\"'《》〈〉（）()【】〔〕\[\]]", "", text)
        text = re.sub(r"[^\w·.]+", "-", text).strip("-._·")[:LONGEST_TITLE].rstrip("-._·")
        first = f"{day}-{text or kind.name}"
    tried = {} if tried is None else tried
    while True:
        number = tried[first] = tried.get(first, 0) + 1
        end = f"{number:02}" if kind.model is Case else f"-{number}" if number > 1 else ""
        if f"{first}{end}".casefold() not in taken:
            return f"{first}{end}"
