"""The titles that an office types for its pictures (图题): each a sentence, held to its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from fazhi import regex as re
from fazhi.figures.value import Values
from fazhi.problems.problem import ERROR, Fault, Problem
from fazhi.problems.quoting import shown as quoted
from fazhi.records.narrative import EXPRESSION, Narrative, ReportMeta, expressions
from fazhi.report import claims, faults, rendering, untold
from fazhi.report.editions import Edition, Gate
from fazhi.rules import narrative as narrative_rules
from fazhi.rules.narrative.clauses import numbers
from fazhi.rules.narrative.form import only_expressions
from fazhi.schema.definition import Definition
from fazhi.schema.township import Settings
from fazhi.sources.source import ITSELF, Source

_LONGEST = 50  # characters beside the numbers: two lines above a picture
_META = ReportMeta.model_validate({"标题": "图题", "署名": "图题", "成文日期": date(2000, 1, 1)})
_REWRITE = "改句子，或者删去这一年的图题，由程序来写"


def printed(
    settings: Settings, name: str, kind: str, year: int, values: Values, last: Values
) -> str:
    """The title typed for a figure's first picture in a year, if it is of this kind; "" where none is."""
    place, definition = settings.definitions_in(year)[name]
    if year not in definition.captions or kind != definition.pictures[0]:
        return ""
    narrative = _typed(settings, year, place, definition)
    return rendering.render(narrative, values, last).markdown


def _typed(settings: Settings, year: int, place: int, definition: Definition) -> Narrative:
    """A title as a narrative of one sentence, at its place in figures.yml."""
    source, text = settings.figures_source, definition.captions[year]
    line, column = source.at([place, "图题", year])
    typed = source.text.splitlines()[line - 1][column - 1 :]
    column += typed[:1] in ('"', "'")
    before = "\n" * (line - 1) + " " * (column - 1)
    return Narrative(year, _META, Source(source.path, before + text, {}, text))


def check(settings: Settings, year: int, of_years: Mapping[int, Values]) -> Iterator[Problem]:
    """What is wrong with the titles typed for a year; without values only what is typed is looked at."""
    public, defined = Gate(Edition.PUBLIC, settings), settings.definitions_in(year)
    values, last = (of_years.get(one, {}) for one in (year, year - 1))
    typed = {
        name: _typed(settings, year, place, definition)
        for name, (place, definition) in defined.items()
        if year in definition.captions and not (values and values[name].number is None)
    }  # without a number there is no picture either
    forms = {name: [*_form(one, defined[name][1])] for name, one in typed.items()}
    for name, form in forms.items():
        yield from (typed[name].problem(at, fault) for at, fault in form)
    if not (sound := [(name, one) for name, one in typed.items() if not forms[name]]):
        return
    # All are one narrative, a paragraph each, so that what is asked of a text is asked once.
    body = "\n\n".join(one.body for _, one in sound)
    whole = Narrative(year, _META, Source(settings.figures_source.path, body, {}, body))
    found = [*only_expressions(whole, settings), *narrative_rules.of_sentences(whole, settings)]
    found += claims.check(whole, settings, public.earlier(of_years, values))
    found += untold.check(whole, settings, of_years)
    for gate in [Gate(edition, settings) for edition in Edition] if values else ():
        found += rendering.render(whole, gate.values(values), gate.values(last)).problems
    # A year of 0 is drawn, whatever is said of it.
    found = [one for one in found if one.rule != faults.perhaps_unrecorded.id]
    told = {(body.count("\n", 0, n.place(n.at)), n.name.split(".")[0]) for n in numbers(whole)}
    for place, (name, one) in enumerate(sound):
        own = {_certain(problem) for problem in found if problem.line == 2 * place + 1}
        for problem in own:
            line, column = one.source.at(problem.column - 1)
            yield replace(problem, line=line, column=column)
        if not own and (2 * place, name) not in told:
            hint = f"写上 {{{{ {name} }}}}，或者删去图题"
            yield one.problem(0, faults.unfit_caption(f"图题没有印{quoted(name)}的数", hint))


def _certain(problem: Problem) -> Problem:
    """The same, and what is not decided as an error: a title is not read twice."""
    if problem.severity is ERROR:
        return replace(problem, hint=problem.hint.partition("；确实要照写的")[0])
    hint = problem.hint if problem.rule == faults.no_day.id else _REWRITE
    fault = faults.unfit_caption(f"图题要算得出来：{problem.message}", hint)
    return Problem(problem.path, problem.line, problem.column, *fault)


def _form(narrative: Narrative, definition: Definition) -> Iterator[tuple[int, Fault]]:
    """What is no title of its figure's picture."""
    if not definition.pictures:
        hint = "写上“图: 柱”，或者删去“图题”"
        yield 0, faults.unfit_caption(f"{quoted(definition.name)}没有图，也就没有图题", hint)
        return
    words = EXPRESSION.sub(lambda found: "\0" * len(found[0]), narrative.body)
    if mark := re.search(r"[*_`\\<>\[\]|#&]", words):
        yield mark.start(), faults.unfit_caption(f"图题里不写{quoted(mark[0])}", "只写文字和花括号")
    for match in expressions(narrative):
        if "原文" in match["inner"]:
            message = "图题里的数都要算出来，不写“原文”"
            yield match.start(), faults.unfit_caption(message, "写成 {{ 指标名 }}，或者改句子")
    if len(words.replace("\0", "")) > _LONGEST:
        yield 0, faults.unfit_caption(f"图题太长，超过 {_LONGEST} 字", "只留一句话")


def out_of_time(settings: Settings) -> Iterator[Problem]:
    """Titles for a year in which their figure does not hold; of one without a report none is printed."""
    for place, definition in enumerate(settings.definitions):
        for year in definition.captions:
            if not definition.holds_in(year):
                message = f"图题写的是{year}年，那一年不用这个指标"
                fault = faults.unfit_caption(message, "改年份，或者删去")
                yield settings.figures_source.problem([place, "图题", year, ITSELF], fault)
