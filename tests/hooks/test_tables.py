"""A table typed as Markdown has a caption that a screen reader tells."""

import sys

import pytest
from markdown import Markdown

from fazhi_mkdocs.markdown_tables import NamedTables
from tests.support.machine import ran

TABLE = "| 领域 | 件数 |\n|---|---|\n| 食品 | 4 |\n"


@pytest.mark.parametrize(
    ("above", "captions"),
    [
        ("", ["执法"]),
        ("各领域见下表。\n\n", ["执法"]),
        ("表1 分领域情况\n\n", ["表1 分领域情况"]),
        (f"{TABLE}\n表2 另一年\n\n", ["执法", "表2 另一年"]),
        (f"{TABLE}\n再看一年。\n\n", ["执法", "执法（2）"]),
    ],
)
def test_its_caption_is_the_line_above_it_or_the_heading(above, captions):
    html = Markdown(extensions=["tables", NamedTables()]).convert(f"## 执法\n\n{above}{TABLE}")
    found = [part.partition("</caption>")[0] for part in html.split('<caption class="fz-unseen">')]
    assert found[1:] == captions


def test_a_generator_without_mkdocs_can_name_it():
    """Which is what is left when Material is left."""
    tried = "import sys; sys.modules['mkdocs'] = None; import fazhi_mkdocs.markdown_tables"
    assert ran([sys.executable, "-c", tried]).stderr == ""
