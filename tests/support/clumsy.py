"""Valid records of every kind, made from the schema and left as a clerk may leave them."""

from datetime import date
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from fazhi.schema.fields import Amount, Count, Day, FieldSpec, Model, specs
from fazhi.schema.kinds import FOLDERS, Kind
from fazhi.sources import front_matter

WORDS = st.text(
    "普法宣传村委会：，、。“”（）10１０aB:#-[]{}&*!|>%@`~\\\"' \u3000/", min_size=1, max_size=12
)
COUNTS = st.integers(0, 100_000_000)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
BODIES = st.text("普法宣传：１0 　\n-#>", max_size=40).map(str.strip)


def counts_typed(number: int) -> st.SearchStrategy[Any]:
    full = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    grouped = f"{number:,}"
    return st.sampled_from(
        [number, str(number), full, grouped, grouped.replace(",", "，"), f" {full}"]
    )


def days_typed(day: date) -> st.SearchStrategy[str]:
    year, month, number = day.year, day.month, day.day
    full = f"{year}－{month:02}－{number:02}".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    forms = ["{}年{}月{}日", "{}/{}/{}", "{}.{}.{}", "{}-{}-{}", "{} 年 {} 月 {} 日"]
    typed = [form.format(year, month, number) for form in forms]
    return st.sampled_from([day.isoformat(), full, *typed])


Typed = tuple[Any, Any]
"""What is meant, and how it was typed."""


def values(annotation: Any) -> st.SearchStrategy[Typed]:
    """A value that a field may hold."""
    forms = (annotation, *get_args(annotation))
    if get_origin(annotation) is not dict and {Count, Amount}.intersection(forms):
        return COUNTS.flatmap(lambda n: counts_typed(n).map(lambda typed: (n, typed)))
    if Day in forms:
        return DAYS.flatmap(lambda d: days_typed(d).map(lambda typed: (d.isoformat(), typed)))
    for form in forms:
        if get_origin(form) is tuple:
            return st.lists(values(get_args(form)[0]), min_size=1, max_size=3).map(two_lists)
        if get_origin(form) is dict:
            names = st.text("甲乙丙丁", min_size=1, max_size=3)
            held = st.dictionaries(names, values(get_args(form)[1]), min_size=1, max_size=3)
            return held.map(two_mappings)
        if isinstance(form, type) and issubclass(form, Model):
            return mappings(specs(form))
    return WORDS.map(lambda text: (text, text))


def mappings(fields: dict[str, FieldSpec]) -> st.SearchStrategy[Typed]:
    each = {key: values(spec.annotation) for key, spec in fields.items()}
    first = next(iter(each))
    chosen = st.fixed_dictionaries(
        {first: each[first]}, optional={key: held for key, held in each.items() if key != first}
    )
    return chosen.map(two_mappings)


def two_lists(items: list[Typed]) -> Typed:
    return [meant for meant, _ in items], [typed for _, typed in items]


def two_mappings(items: dict[str, Typed]) -> Typed:
    meant = {key: pair[0] for key, pair in items.items()}
    return meant, {key: pair[1] for key, pair in items.items()}


@st.composite
def clumsy_records(draw: st.DrawFn) -> tuple[Kind, dict[str, Any], str, bytes]:
    """A record's kind, what it says, its body, and the file as a clerk may have left it."""
    kind = draw(st.sampled_from(list(FOLDERS.values())))
    meant, typed = draw(mappings(dict(kind.fields)))
    body = draw(BODIES)
    order = draw(st.permutations(list(typed)))
    lines = front_matter.record(typed, order).splitlines()[1:-1]
    fences = [draw(st.sampled_from(["---", "--- ", "---\t"])) for _ in range(2)]
    kinds = st.sampled_from(["", "", "：", "comment", "space", "behind"])
    clumsy = [line for one in lines for line in clumsily(one, draw(kinds))]
    text = "\n".join([fences[0], *clumsy, fences[1], body])
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    encodings = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]
    return kind, meant, body, text.encode(draw(st.sampled_from(encodings)))


def clumsily(line: str, how: str) -> list[str]:
    match how:
        case "：" if not line.startswith(" "):
            return [line.replace(": ", "： ", 1) if ": " in line else line.replace(":", "：", 1)]
        case "comment":
            return ["# 日期：照通知 ", line]
        case "behind":
            return [f"{line}  # 已核：2024年4月5日"]
        case "space":
            return [f"{line} \t "]
    return [line]
