"""Rules about typed text in any file: its words, dates, sums and rates."""

from collections.abc import Iterable, Iterator
from itertools import islice

from fazhi.problems.problem import MOST_REPORTED, Problem
from fazhi.rules.text import marks, rates, sums, tables, typed, words
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage, Role
from fazhi.schema.township import Settings

_CHECKING = {
    Role.RECORD: (words, rates, sums, tables, marks),
    Role.NARRATIVE: (words, typed, tables, marks),  # `report.claims` looks at what one adds up
    Role.PAGE: (words, rates, sums, typed, tables, marks),
}


def check(passages: Iterable[Passage], settings: Settings) -> Iterator[Problem]:
    """Every rule about the text of files."""
    lexicon = Lexicon(settings)
    for passage in passages:
        for module in _CHECKING[passage.role]:
            yield from module.RULES(passage, lexicon)
        if passage.role is Role.PAGE:
            yield from islice(tables.true_totals(passage, lexicon), MOST_REPORTED)
