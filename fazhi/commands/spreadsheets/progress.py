"""How far an import is, told while it goes on."""

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

T = TypeVar("T")
Tell = Callable[[str], None]
EVERY = 100


def counted(items: Collection[T], what: str, tell: Tell) -> Iterator[T]:
    """The items one by one; every hundredth is told."""
    for number, item in enumerate(items):
        if number % EVERY == 0:
            tell(f"{what} {number}/{len(items)}")
        yield item


def untold(_: str) -> None:
    """Where nobody looks on."""
