"""What the file of a new record is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from fazhi.schema.kinds import Case, Kind

LONGEST_TITLE = 60  # characters of a title: with the date and a number, short of the limit of STEM


def stem(kind: Kind, day: str, title: str, taken: Collection[str]) -> str:
    """A name that none of the `taken` has: 日期-标题, or 日期-序号 for a case."""
    held = {name.casefold() for name in taken}
    if kind.model is Case:
        names = (f"{day}-{number:02}" for number in count(1))
    else:
        # Without the marks that a file name may not have.
        text = unicodedata.normalize("NFC", title)
        text = re.sub(r"[\s“”‘’\"'《》〈〉（）()【】〔〕\[\]]", "", text)
        text = re.sub(r"[^\w·.]+", "-", text).strip("-._·")[:LONGEST_TITLE].rstrip("-._·")
        first = f"{day}-{text or kind.name}"
        names = (first if number == 1 else f"{first}-{number}" for number in count(1))
    return next(name for name in names if name.casefold() not in held)


STEM = re.compile(
    r"(?!(?:readme|index)$|(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))\w[\w·.\-]{0,79}", re.IGNORECASE
)
