"""The questions for a new record, put to a person at a terminal, one after the other."""

from lib.command_line import is_readable
from lib.process import say

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fazhi.commands.new_record.draft import Draft, Question
    from fazhi.commands.new_township import Question as Fact
    from fazhi.problems.problem import Problem
    from fazhi.schema.kinds import Kind

PROSE = "正文"
BACK = "返回"


def ask_all(draft: "Draft", *, prose: bool) -> None:
    """Ask for what is missing, then for what may be added, and for the prose."""
    say(f"下面一项一项地问。写错了的，输入“{BACK}”重答上一项；按 Ctrl-C 不写了。")
    ask_missing(draft)
    ask_optional(draft)
    if prose:
        ask_prose(draft)


def ask_missing(draft: "Draft") -> None:
    while draft.missing():
        question = draft.question(draft.missing()[0])
        if not ask(draft, question) and not draft.back():
            say("这已经是第一项。")


def ask_optional(draft: "Draft") -> None:
    from fazhi.problems.quoting import did_you_mean

    while True:
        names = draft.optional()
        say(f"\n还可以填：{'、'.join(names)}")
        name = typed("填哪一项（直接回车就不填了）")
        if not name:
            return
        if name == BACK:
            name = draft.back() or ""
        elif name not in names and name not in draft.answers:
            say(f"没有“{name}”这一项。{did_you_mean(name, names)}")
            continue
        if name and not draft.missing():
            ask(draft, draft.question(name))
        ask_missing(draft)


def ask(draft: "Draft", question: "Question") -> bool:
    """Ask until there is an answer that holds, or none is wanted; False to go back."""
    if question.parts:
        return ask_items(draft, question)
    may_be_left = "直接回车就不改" if question.key in draft.answers else "可以不填"
    show(question, question.key, "" if question.required else may_be_left)
    for text in iter(partial(typed, question.key), BACK):
        if not text and not question.required:
            return True
        if not text:
            say("这一项必填。")
        elif report(draft.take(question.key, text)):
            return True
    return False


def ask_items(draft: "Draft", question: "Question") -> bool:
    """Ask for the items of a list, part by part, until no further one is wanted."""
    say(f"\n{question.key}：{question.text}")
    number = len(draft.answers.get(question.key, ())) + 1
    item = ask_item(draft, question, number)
    while item:
        if report(draft.take_item(question.key, item)):
            number += 1
        item = ask_item(draft, question, number)
    return number > 1 or not question.required


def ask_item(draft: "Draft", question: "Question", number: int) -> dict[str, Any]:
    """One item of a list; empty when none is wanted, or to go back."""
    item: dict[str, Any] = {}
    for part in question.parts:
        name = f"{question.key} {number} 的{part.key}"
        may_end = not item and (number > 1 or not question.required)
        show(part, name, "没有了就直接回车" if may_end else "" if part.required else "可以不填")
        while True:
            text = typed(name)
            if text == BACK or (not text and may_end):
                return {}
            if not text and not part.required:
                break
            if not text:
                say("这一项必填。")
                continue
            more, problems = draft.try_part(question.key, item, part.key, text)
            if report(problems):
                item = more
                break
    return item


def ask_prose(draft: "Draft") -> None:
    say(f"\n{PROSE}：写几句经过，不写人名、电话；可以不写")
    for text in iter(partial(typed, PROSE), ""):
        if report(draft.take_prose(text)):
            return


def choose_kind() -> "Kind":
    from fazhi.commands.new_record.answers import word
    from fazhi.problems.quoting import did_you_mean
    from fazhi.schema.kinds import KINDS

    names = tuple(KINDS)
    say("记哪一种？")
    show_words([f"{kind.name}：{kind.model.meaning}" for kind in KINDS.values()])
    while True:
        name = typed("种类")
        if not name:
            say("输入上面的词，或者它前面的号。")
            continue
        kind = kind_named(word(name, names))
        if kind:
            return kind
        say(f"没有“{name}”这种记录。{did_you_mean(name, names)}")


def kind_named(name: str) -> "Kind | None":
    from fazhi.schema.kinds import FOLDERS, KINDS

    return KINDS.get(name) or FOLDERS.get(name)


def ask_facts(
    facts: "Sequence[Fact]", given: Mapping[str, str], fault: Callable[[Mapping[str, str]], str]
) -> dict[str, str]:
    """What was given, and the answers to the other questions; `fault` says what is wrong with them."""
    said, open_facts, place = dict(given), [fact for fact in facts if fact.key not in given], 0
    say(f"下面一项一项地问。写错了的，输入“{BACK}”重答上一项；按 Ctrl-C 不做了。")
    while place < len(open_facts):
        fact = open_facts[place]
        otherwise = "" if fact.required else "（可以不填）"
        say(f"\n{fact.key}{otherwise}：{fact.text}，如 {fact.example}")
        text = typed(fact.key)
        if text == BACK:
            place = max(place - 1, 0)
        elif not text and fact.required:
            say("这一项必填。")
        else:
            wrong = fault({**said, fact.key: text})
            if wrong:
                say(f"  {wrong}")
            else:
                said[fact.key] = text
                place += 1
    return said


# The terminal


def show(question: "Question", name: str, otherwise: str) -> None:
    """A question, what may be done instead of answering it, and its menu."""
    say(f"\n{name}{otherwise and f'（{otherwise}）'}：{question.text}")
    show_words(question.words)


def show_words(words: Sequence[str]) -> None:
    """A menu: one word a line while they are few."""
    numbered = [f"{number:>4} {word}" for number, word in enumerate(words, start=1)]
    across = 1 if len(words) <= 8 else 4
    for at in range(0, len(words), across):
        say("".join(numbered[at : at + across]))


def typed(name: str) -> str:
    """A line from the keyboard. Raises EOFError at its end."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - so that Chinese can be deleted character by character
    while True:
        text = input(f"{name}> ").strip()
        if is_readable(text):
            return text
        say("有认不出来的字，终端要用 UTF-8 编码。")


def report(problems: "Iterable[Problem]") -> bool:
    """Show what is wrong with an answer; whether it could be taken all the same."""
    from fazhi.problems.problem import has_errors
    from fazhi.problems.quoting import printable

    problems = list(problems)
    for problem in problems:
        hint = f"。{problem.hint}" if problem.hint else ""
        say(printable(f"  {problem.severity} {problem.rule} {problem.message}{hint}"))
    return not has_errors(problems)
