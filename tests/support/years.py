"""The sample with earlier years before it: the records of 2023 once more, some of them left out."""

import re
from collections.abc import Callable

from tests.support.building import ROOT

LEFT_OUT: dict[int, Callable[[int, str], bool]] = {
    2022: lambda place, path: place % 3 == 0 if "/cases/" in path else place % 9 == 1,
    2021: lambda place, path: place % 8 == 0 if "/cases/" in path else place % 4 == 1,
}
"""Which of the records of a folder a year has not: by their place in it, and their path."""


def earlier_years() -> dict[str, bytes]:
    """The files of 2021 and 2022, made of those of 2023."""
    files = {}
    for year, is_left_out in LEFT_OUT.items():
        for folder in sorted((ROOT / "records/2023").iterdir()):
            for place, file in enumerate(sorted(folder.glob("*.md"))):
                path = file.relative_to(ROOT).as_posix()
                if not is_left_out(place, path):
                    text = file.read_text(encoding="utf-8").replace("2023", str(year))
                    files[path.replace("2023", str(year))] = text.encode()
    return files


def recorded_alike() -> dict[str, bytes]:
    """The figures of the sample as if all years had been recorded alike (可比自), to compare more of them."""
    path = "records/figures.yml"
    typed = (ROOT / path).read_text(encoding="utf-8")
    return {path: re.sub(r"(\n  |, )可比自: \d+", "", typed).encode()}
