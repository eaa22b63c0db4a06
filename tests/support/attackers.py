"""Who reads all that is published, and solves for what is not: own reckoning, not the program's."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import z3  # type: ignore[import-untyped]

from fazhi.figures.value import OTHER
from tests.support.offices import (
    OUTCOMES,
    PARTS,
    SENSITIVE,
    YEARS,
    Fields,
    Office,
    Row,
    counts,
    outcome,
)


@dataclass
class Published:
    """All sums that the attacker can read, as rows over what he does not know."""

    rows: list[tuple[Row, int]] = field(default_factory=list)
    sizes: dict[object, int] = field(default_factory=dict)


def attack(office: Office, documents: Mapping[int, dict[str, Any]]) -> Published:
    """The equations that the published figures of all years are; own reckoning, not the program's."""
    named = {figure["名称"]: figure for figure in office.figures}
    rows = [
        row
        for year, document in documents.items()
        for entry in document["figures"]
        if entry["value"] is not None
        for row in equations(office, named, year, entry)
    ]
    return Published(rows, dict(unknowns(office)))


def unknowns(office: Office) -> Iterator[tuple[object, int]]:
    """What the attacker does not know, and how much it is: cases, visits, people at them, parts."""
    yield from ((("case", n), 1) for n, c in enumerate(office.cases) if c["类别"] == SENSITIVE)
    for number, visit in enumerate(office.visits):
        yield ("visit", number), 1
        if visit.get("参加人次"):
            yield ("amount", number), visit["参加人次"]
    for year, parts in office.people.items():
        yield from (((year, part), number) for part, number in parts.items() if number)
        yield ("registered", year), office.registered[year]
    if office.beside_the_platform()[0] == "属于":
        yield from ((more(office, year), office.more) for year in YEARS)


def more(office: Office, year: int) -> object:
    """What the platform has more: of a total that is corrected nobody knows that it is the same."""
    return "more", year, office.reported(year)


def equations(
    office: Office, named: Mapping[str, Fields], year: int, entry: Mapping[str, Any]
) -> Iterator[tuple[Row, int]]:
    """What an entry of figures.json tells: its number, its sides, its parts, the records behind."""
    figure = named[entry["name"]]
    if figure["统计"] == "比率":
        for side, told in (("分子", "numerator"), ("分母", "denominator")):
            row, known = measured(office, figure[side], year)
            yield row, entry[told] - known
        sides = [figure[side].partition(".") for side in ("分子", "分母")]
        if all(named[whole].get("记录") == "案件" for whole, _, _ in sides):
            of_parts = [(named[whole], part) for whole, _, part in sides]
            yield behind(office, of_parts, year, entry["records"])
        return
    row, known = measured(office, figure["名称"], year)
    yield row, entry["value"] - known
    if figure["统计"] == "合计":
        return
    parts = entry.get("parts", {})
    for name, number in parts.items():
        yield equation(office, figure, year, number, (name, set(parts)))
    if figure["记录"] == "活动" and figure["统计"] == "求和":
        dated = visits_of(office, year)
        yield {("visit", n): 1 for n in dated if "参加人次" in dated[n]}, entry["records"]


def visits_of(office: Office, year: int) -> dict[int, Fields]:
    return {n: v for n, v in enumerate(office.visits) if v["日期"].startswith(str(year))}


def equation(
    office: Office, figure: Fields, year: int, value: int, part: tuple[str, set[str]] | None = None
) -> tuple[Row, int]:
    """A published number: the unknowns that it adds up, and their sum, the known taken away."""
    match figure["记录"], figure["统计"]:
        case "案件", _:
            held = [(n, c) for n, c in enumerate(office.cases) if counts(c, figure, year)]
            held = [
                (n, c)
                for n, c in held
                if part is None or word(outcome(c, year), part[1]) == part[0]
            ]
            row: Row = {("case", n): 1 for n, c in held if c["类别"] == SENSITIVE}
            return row, value - (len(held) - len(row))
        case "汇总", _:
            how, same = office.beside_the_platform()
            row, left = equation(office, same, year, value) if same else ({}, 0)
            return row | ({more(office, year): 1} if how == "属于" else {}), left
        case "活动", "件数":
            return {("visit", n): 1 for n in visits_of(office, year)}, value
        case "活动", _:
            dated = visits_of(office, year)
            return {("amount", n): 1 for n in dated if dated[n].get("参加人次")}, value
    if figure["条件"]["类别"] == "登记人员":
        return {("registered", year): 1}, value
    parts = [name for name, number in office.people[year].items() if number]
    return {
        (year, name): 1 for name in parts if part is None or word(name, part[1]) == part[0]
    }, value


def measured(office: Office, name: str, year: int) -> tuple[Row, int]:
    """What a figure adds up in the end, a part of one or that of the year before: of the unknowns, and
    how many others everybody knows of."""
    if name.endswith(".上年"):
        return measured(office, name.removesuffix(".上年"), year - 1)
    whole, _, part = name.partition(".")
    figure = next(figure for figure in office.figures if figure["名称"] == whole)
    if figure["统计"] == "合计":
        return left_of(office, figure["加"], figure.get("减", ()), year)
    if year not in YEARS:
        raise KeyError(year)
    row, known = equation(office, figure, year, 0, (part, {part}) if part else None)
    return row, -known


def left_of(
    office: Office, added: Iterable[str], taken: Iterable[str], year: int
) -> tuple[Row, int]:
    """What some figures leave of others."""
    row, known = Counter[object](), 0
    for sign, names in ((1, added), (-1, taken)):
        for term, more in (measured(office, name, year) for name in names):
            row.update({column: sign * times for column, times in term.items()})
            known += sign * more
    return {column: times for column, times in row.items() if times}, known


def bounds(office: Office) -> Iterator[tuple[Row, int]]:
    """What is not below 0, as the definitions of any year say of every year in which it is true: with
    how many others everybody knows of."""
    sizes, found = dict(unknowns(office)), list[tuple[Row, int]]()
    for figure, year in product(office.figures, (*YEARS, YEARS[-1] + 1)):
        said = [([figure["属于"]], [figure["名称"]])] if "属于" in figure else []
        said += [([figure["分母"]], [figure["分子"]])] if "分子" in figure else []
        said += [(figure["加"], figure["减"])] if "减" in figure else []
        for added, taken in said:
            with suppress(KeyError):  # of the year before the first nothing is known
                found.append(left_of(office, added, taken, year))
    for row, known in found:
        if sum(times * sizes[column] for column, times in row.items()) + known >= 0:
            yield row, known


def behind(
    office: Office, sides: list[tuple[Fields, str]], year: int, told: int
) -> tuple[Row, int]:
    """How many records stand behind a ratio, as a sum over the sensitive ones."""
    cases = enumerate(office.cases)
    held = [
        (n, c)
        for n, c in cases
        if any(counts(c, side, year) and part in ("", outcome(c, year)) for side, part in sides)
    ]
    row: Row = {("case", n): 1 for n, c in held if c["类别"] == SENSITIVE}
    return row, told - (len(held) - len(row))


def word(name: str, kept: set[str]) -> str:
    return name if name in kept else OTHER


def cells(published: Published) -> list[list[object]]:
    """Unknowns that every published sum takes alike; what none takes is left out."""
    found: dict[tuple[tuple[int, int], ...], list[object]] = {}
    for column in published.sizes:
        taken = tuple(
            (i, row[column]) for i, (row, _) in enumerate(published.rows) if column in row
        )
        if taken:
            found.setdefault(taken, []).append(column)
    return list(found.values())


def rank(rows: list[list[Fraction]]) -> int:
    rows, done = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is not None:
            rows[done], rows[pivot] = rows[pivot], rows[done]
            for r in range(done + 1, len(rows)):
                times = rows[r][column] / rows[done][column]
                rows[r] = [a - times * b for a, b in zip(rows[r], rows[done], strict=True)]
            done += 1
    return done


def small_groups(sizes: list[int], limit: int) -> Iterator[tuple[int, ...]]:
    """Every choice of cells that together are below the limit, and somebody."""
    light = [place for place, size in enumerate(sizes) if 0 < size < limit]
    for many in range(1, limit):
        for group in combinations(light, many):
            if sum(sizes[place] for place in group) < limit:
                yield group


def recovered_by_algebra(published: Published, limit: int) -> list[tuple[int, ...]]:
    """The small groups that are a linear combination of published sums."""
    known = cells(published)
    sizes = [sum(published.sizes[column] for column in cell) for cell in known]
    matrix = [[Fraction(row.get(cell[0], 0)) for cell in known] for row, _ in published.rows]
    own = rank(matrix)
    return [
        group
        for group in small_groups(sizes, limit)
        if rank([*matrix, [Fraction(int(p in group)) for p in range(len(known))]]) == own
    ]


def recovered_by_trial(published: Published, limit: int) -> list[tuple[int, ...]]:
    """The small groups that have the same size in every way in which all sums come out right."""
    known = cells(published)
    sizes = [sum(published.sizes[column] for column in cell) for cell in known]
    rows = [([row.get(cell[0], 0) for cell in known], total) for row, total in published.rows]
    left = set(small_groups(sizes, limit))

    def tried(chosen: list[int], rest: list[int]) -> None:
        place = len(chosen)
        if not left:
            return
        if place == len(known):
            if not any(rest):
                left.intersection_update(
                    [g for g in left if sum(chosen[p] for p in g) == sum(sizes[p] for p in g)]
                )
            return
        most = min(r // row[place] for (row, _), r in zip(rows, rest, strict=True) if row[place])
        for number in range(most + 1):
            after = [r - row[place] * number for (row, _), r in zip(rows, rest, strict=True)]
            if all(
                r == 0 or any(row[place + 1 :]) for (row, _), r in zip(rows, after, strict=True)
            ):
                tried([*chosen, number], after)

    tried([], [total for _, total in rows])
    return sorted(left)


def small_entries(office: Office, *, printed: bool) -> Iterator[Row]:
    """What no table may give away: each figure, and each part of one, that is small."""
    sizes = dict(unknowns(office))
    for row, known in bounds(office):  # what is left of a figure beside a part of it
        size = sum(times * sizes[column] for column, times in row.items())
        if row and (0 < size < office.limit or 0 < size + known < office.limit):
            yield row
    for figure, year in product(office.figures, YEARS):
        if "记录" not in figure or (printed and figure.get("印发") == "否"):
            continue
        words = {*PARTS, *OUTCOMES} if figure["统计"] == "分类" else set()
        for part in (None, *((word, words) for word in sorted(words))):
            row, _ = equation(office, figure, year, 0, part)
            if 0 < sum(times * sizes[column] for column, times in row.items()) < office.limit:
                yield row


def small_cells(office: Office, published: Published) -> Iterator[Row]:
    """The same for each group that published sums take alike."""
    for cell in cells(published):
        if sum(published.sizes[column] for column in cell) < office.limit:
            yield dict.fromkeys(cell, 1)


def held_too_close(
    rows: list[tuple[Row, int]],
    aims: Iterable[Row],
    limit: int,
    said: Collection[tuple[Row, int]] = (),
) -> list[Row]:
    """The groups of which no two sizes as far apart as the limit make all published sums come out
    right, and what is said not to be below 0: linear programming, over two offices that publish the
    same."""
    held = [(row, total) for row, total in rows if row]
    columns = sorted({column for row, _ in (*held, *said) for column in row}, key=str)
    solver = z3.Solver()
    offices = []
    for name in "xy":
        cell = {column: z3.Real(f"{name}{n}") for n, column in enumerate(columns)}
        solver.add([one >= 0 for one in cell.values()])
        for row, total in held:
            solver.add(z3.Sum([times * cell[column] for column, times in row.items()]) == total)
        for row, known in said:
            solver.add(z3.Sum([times * cell[column] for column, times in row.items()]) >= -known)
        offices.append(cell)
    assert solver.check() == z3.sat
    found = []
    for aim in aims:
        if not all(column in offices[0] for column in aim):
            continue  # nothing at all is known of a part of it
        one, other = (z3.Sum([n * cell[column] for column, n in aim.items()]) for cell in offices)
        if solver.check(one - other >= limit) != z3.sat:
            found.append(aim)
    return found
