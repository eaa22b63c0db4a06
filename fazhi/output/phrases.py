"""Where a line of Chinese may end: behind a clause, else between phrases, never inside a word.

No dictionary is asked: a phrase ends behind or before one of the few words that join others, where
the characters around it make no other word of it (和解, 了解).
"""

import re

END = "\u200b"
"""Stands where a phrase ends inside a clause."""
_ENDS = re.compile(
    r"(?:(?<=[^目]的)(?!确)|(?<=[^为除]了)(?![解结])|(?<=[^平同]等)(?![级待])|(?<=\d年起)|(?<=》)"
    r"|(?<=[^\W\d])(?=\d{4}年)|(?<=[^\W\d]{4})(?=\d)|(?<=\d{4}年)(?![\d度末底初内间中来以起])"
    r"|(?<![调总缓饱])(?=[和与](?![解谐平睦会]))|(?<=\w)(?=或者|以及)|(?<!一)(?=把(?![握关手]))"
    r"|(?<![理自])(?=由(?![于来])))(?<=[\w”》）])(?=[\w“《（])(?![的了])"
)


def parted(text: str) -> str:
    """A text with the ends of its phrases marked."""
    return _ENDS.sub(END, text)
