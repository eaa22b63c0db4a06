"""The rule book: how a rule is declared, and every rule that has been declared, by its id.

A rule is one function with `@rule` above it, which says how bad it is to break it. Its docstring is
the rule's page: what must hold, why, how to fix it, and the regulation that it comes from.
"""

import re
from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import Any, Generic, ParamSpec, TypeVar, overload

from fazhi.problems.problem import Fault, Severity

P = ParamSpec("P")
R = TypeVar("R")


class Rule(Generic[P, R]):
    """A declared rule. To call it is to call its function.

    `severities` holds how bad a breach is by where it is found, in words for the rule's page; a rule
    that is equally strict everywhere has one, under "". `title` says in one sentence what must hold.
    """

    def __init__(self, function: Callable[P, R], severities: Mapping[str, Severity]) -> None:
        page = _PAGE.fullmatch(function.__doc__ or "")
        if page is None:
            raise ValueError(
                f"{function.__name__}: a rule's docstring begins with its id and title"
            )
        self.id, self.title, self._rest = page["id"], page["title"], page["rest"] or ""
        self.function = function
        self.severities = severities

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


@overload
def rule(severity: Severity | Mapping[str, Severity]) -> Callable[[Callable[P, R]], Rule[P, R]]: ...
@overload
def rule(
    severity: Severity | Mapping[str, Severity], checks: list[Callable[P, R]]
) -> Callable[[Callable[P, R]], Rule[P, R]]: ...
def rule(
    severity: Severity | Mapping[str, Severity], checks: list[Callable[P, R]] | None = None
) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Declare the function below as a rule, and add it to the checks of what it looks at.

    A rule without such a list is called by what reads, counts or imports, which alone can find the
    fault. Raises ValueError where another rule has the id.
    """
    severities = {"": severity} if isinstance(severity, Severity) else severity

    def declare(function: Callable[P, R]) -> Rule[P, R]:
        made = Rule(function, severities)
        if made.id in declared:
            raise ValueError(f"{made.id} is declared twice, last by {function.__qualname__}")
        declared[made.id] = made
        if checks is not None:
            checks.append(function)
        return made

    return declare
