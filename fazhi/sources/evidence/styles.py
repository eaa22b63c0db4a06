"""Styles as they leave: how a page or a drawing looks, and nothing that somebody noted in them."""

from fazhi import regex as re

_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^()\n]*\))|/\*.*?(?:\*/|\Z)""",
    re.DOTALL,
)
_DECLARATION = re.compile(r"""([{;]\s*([\w-]+)\s*:)((?:"[^"\n]*"|'[^'\n]*'|[^;{}"'])*)(?=[;}])""")
_SHOWN = re.compile("(?i)content|quotes|src")
_WORDS = re.compile(r"\\(?:[0-9A-Fa-f]{1,6}\s?|.)|%[89A-Fa-f][0-9A-Fa-f]|[^\x00-\x7f]+")
_FONT = re.compile("[一-鿿]{0,8}(?:[体宋黑楷圆隶]|雅黑|苹方|等线|隶书)[简繁]?[一-鿿]?")


def anew(style: str) -> str:
    """A style without comments, and without words but where they are shown or choose what is styled."""
    return _DECLARATION.sub(_declared, _COMMENT.sub(lambda found: found[1] or "", style))


def without_words(value: str) -> str:
    """A value that says how something looks, which is in Latin letters, but for the names of fonts."""
    return _WORDS.sub(lambda word: word[0] if _FONT.fullmatch(word[0]) else "", value)


def _declared(found: re.Match[str]) -> str:
    return found[0] if _SHOWN.fullmatch(found[2]) else f"{found[1]}{without_words(found[3])}"
