"""Rules about typed text in any file: its words, dates, sums and rates."""

from collections.abc import Iterable, Iterator
from itertools import islice

from fazhi.problems.problem import MOST_REPORTED, Problem
from fazhi.rules.text import marks, rates, sums, tables, typed, words
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage, Role
from fazhi.schema.township import Settings

_RULES = {
    Role.RECORD: (*words.RULES, *rates.RULES, *sums.RULES, *tables.RULES, *marks.RULES),
    # `report.claims` looks at what a narrative adds up
    Role.NARRATIVE: (*words.RULES, *typed.RULES, *tables.RULES, *marks.RULES),
    Role.PAGE: (
        *words.RULES, *rates.RULES, *sums.RULES, tables.true_totals, *typed.RULES, *tables.RULES,
        *marks.RULES,
    ),
}  # fmt: skip


def check(passages: Iterable[Passage], settings: Settings) -> Iterator[Problem]:
    """Every rule about the text of files."""
    lexicon = Lexicon(settings)
    for passage in passages:
        for rule in _RULES[passage.role]:
            yield from islice(rule(passage, lexicon), MOST_REPORTED)
