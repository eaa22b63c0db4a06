"""Styles as they leave: how a page or a drawing looks, and nothing that somebody noted in them."""

import unicodedata

from fazhi import regex as re

_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^()\n]*\))|/\*.*?(?:\*/|\Z)""",
    re.DOTALL,
)
_WORDS = re.compile(
    r"\\(?:([0-9A-Fa-f]{1,6})\s?|.)|%[89A-Fa-f][0-9A-Fa-f]|[^\x00-\x7f]+|(?<![\d.])\d{11,}"
)
_KNOWN = re.compile(
    "[一-鿿]{0,8}(?:[体宋黑楷圆隶]|雅黑|苹方|等线|隶书)[简繁]?[一-鿿]?"
    "|类别|板块|在哪里|类型|示例数据|指标"
)
"""The names of fonts, and what the program's own style chooses and shows."""


def anew(style: str) -> str:
    """A style without comments, and without words."""
    return without_words(_COMMENT.sub(lambda found: found[1] or "", style))


def without_words(style: str) -> str:
    """What says how something looks, which is in Latin letters and signs, but for the names of fonts."""
    return _WORDS.sub(_without, style)


def _without(word: re.Match[str]) -> str:
    said = chr(min(int(word[1], 16), 0x10FFFF)) if word[1] else word[0]
    is_sign = not re.search(r"[^\W_]", unicodedata.normalize("NFKC", said))
    return word[0] if is_sign or _KNOWN.fullmatch(said) else ""
