"""The rule book: how a rule is declared, and every rule that has been declared, by its id.

A rule has a page, which begins with its id: what must hold, why, how to fix it, and the regulation
that it comes from. The page is the docstring of a function, with `@finds` or `@rule` above it, or
it stands alone, as `Stated`. No rule makes a `Problem`: it says where, what is wrong and what to do.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from textwrap import dedent
from typing import Any, Generic, ParamSpec, Protocol, TypeVar

from fazhi.problems.problem import ERROR, MOST_REPORTED, WARNING, Fault, Problem, Severity

P = ParamSpec("P")
R = TypeVar("R")
How = Severity | Mapping[str, Severity]
"""How bad a breach is: always alike, or by where it is found, in words for the rule's page."""


class Placed(Protocol):
    """A record, a narrative or a file: it knows the line and column of a place in it."""

    def problem(self, at: Any, fault: Fault, /) -> Problem: ...


Found = Iterator[tuple[Placed, Any, str, str] | tuple[Placed, Any, str, str, str]]
"""What is wrong: in what, at which place of it, the message, the hint; where, if that tells how bad."""


class Rule(Generic[P, R]):
    """A declared rule. To call it is to call its function.

    `severities` holds how bad a breach is by where it is found, in words for the rule's page; a rule
    that is equally strict everywhere has one, under "". `title` says in one sentence what must hold.
    """

    def __init__(self, page: str | None, how: How, function: Callable[P, R]) -> None:
        found = _PAGE.fullmatch(page or "")
        if found is None:
            raise ValueError(f"{function.__name__}: a rule's page begins with its id and title")
        self.id, self.title, self._rest = found["id"], found["title"], found["rest"] or ""
        self.function = function
        self.severities = {"": how} if isinstance(how, Severity) else how
        if declared.setdefault(self.id, self) is not self:
            raise ValueError(f"{self.id} is declared twice, last by {function.__name__}")

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def fault(self, message: str, hint: str, where: str = "") -> Fault:
        """What is wrong and how to fix it, as bad as the rule declares it to be there."""
        return Fault(self.id, message, hint, self.severities[where])

    @property
    def page(self) -> str:
        """Where its page is, from the project folder."""
        return f"docs/rules/{self.id}.md"

    @property
    def text(self) -> str:
        """The page below the title, in Markdown; how to fix a breach, and the source, are paragraphs."""
        apart = re.sub(r"\n(?=改法：|来源：)", "\n\n", dedent(self._rest).strip())
        return re.sub(r"(?<!\n)\n(?![\n|-])", "", apart)


_PAGE = re.compile(r"(?P<id>FZ\d{3}): (?P<title>[^\n]+。)(?:\n(?P<rest>.*))?", re.DOTALL)

declared: dict[str, Rule[..., Any]] = {}
"""The rules of the modules that are loaded, by id; those of all reported problems among them."""


class Stated(Rule[[str, str], Fault]):
    """A rule of which who finds a breach says what is wrong, and how to fix it."""

    def __init__(self, page: str, how: Severity = ERROR) -> None:
        super().__init__(page, how, self.fault)


Warned = partial(Stated, how=WARNING)


class Finder(Rule[P, Iterator[Problem]]):
    """A rule whose function yields what is `Found`: to call the rule gives problems."""

    def __init__(self, how: How, found: Callable[P, Found]) -> None:
        super().__init__(found.__doc__, how, self.problems)
        self.found = found

    def problems(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
        """All that is wrong."""
        for placed, at, *said in self.found(*args, **kwargs):
            yield placed.problem(at, self.fault(*said))


class Checks(list[Finder[P]], Generic[P]):
    """The rules that look at the same. To call them gives so many problems of each as are reported."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
        for finder in self:  # one generator for all of them: of each record each is asked
            for placed, at, *said in islice(finder.found(*args, **kwargs), MOST_REPORTED):
                yield placed.problem(at, finder.fault(*said))


def finds(how: How, checks: Checks[Any] | None = None) -> Callable[[Callable[P, Found]], Finder[P]]:
    """Declare the function below as a rule that yields what is `Found`: to call it gives problems.

    It is added to the checks of what it looks at; a rule in no list is called by name.
    """

    def declare(function: Callable[P, Found]) -> Finder[P]:
        made = Finder(how, function)
        if checks is not None:
            checks.append(made)
        return made

    return declare


def rule(how: How) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Declare the function below as a rule that what reads, counts or imports calls for its `fault`."""
    return lambda function: Rule(function.__doc__, how, function)
