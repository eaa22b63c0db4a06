"""Rules about typed text in any file: its words, dates, sums and rates."""

from collections.abc import Iterable, Iterator
from itertools import islice

from fazhi.problems.problem import MOST_REPORTED, Problem
from fazhi.rules.text import rates, sums, tables, typed, words
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage, Role
from fazhi.schema.township import Settings


def check(passages: Iterable[Passage], settings: Settings) -> Iterator[Problem]:
    """Every rule about the text of files; what a narrative adds up, `report.claims` looks at."""
    lexicon = Lexicon(settings)
    for passage in passages:
        together = (
            ()
            if passage.role is Role.NARRATIVE
            else (*rates.RULES, *sums.RULES, tables.true_totals)
        )
        for rule in (*words.RULES, *together, *typed.RULES):
            yield from islice(rule(passage, lexicon), MOST_REPORTED)
