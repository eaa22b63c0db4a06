"""Someone's Markdown as HTML: what is plain goes a short way, and comes to the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.output.pages.prose import Prose

LAST = "\n\n*末*"
"""A paragraph that is no plain text: with it behind, the whole text goes the long way."""

plain = ["甲乙", "村里。", "A3", "（丙）", "，", " ", "\n", "\n\n"]
marks = [
    *"*=-+#>.:;|&<`~_[]!\\\"'()/%?\t\u3000\xa0",
    "1. ",
    "- ",
    "  ",
    "**",
    "===",
    "https://a.cn",
]
texts = st.lists(st.one_of(*[st.sampled_from(plain)] * 4, st.sampled_from(marks))).map("".join)


def lines(html: str) -> list[str]:
    """HTML but for empty lines: where an empty heading was, one is left, or none."""
    return [line for line in html.split("\n") if line]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(texts)
def test_plain_prose_comes_to_what_the_readers_make_of_it(text: str) -> None:
    prose = Prose()
    long = str(prose.html(text.rstrip() + LAST))
    assert long.endswith("<p><em>末</em></p>"), long
    whole = f"{prose.html(text.rstrip())}\n<p><em>末</em></p>"
    assert lines(whole) == lines(long)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("\n", ""),
        ("讲解法律。", "<p>讲解法律。</p>"),
        ("讲解法律。\n又讲一遍。\n\n\n再讲。\n", "<p>讲解法律。\n又讲一遍。</p>\n<p>再讲。</p>"),
        (
            "3. 甲\n\n- 乙",
            '<ol start="3">\n<li>甲</li>\n</ol>\n<ul>\n<li>乙</li>\n</ul>',
        ),
    ],
)
def test_prose_is_its_paragraphs_and_lists(text: str, html: str) -> None:
    assert Prose().html(text) == html
