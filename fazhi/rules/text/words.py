"""Rules about the words of a text: wrong ones, days, and programmes that are over."""

from collections import Counter

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.problems.problem import WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.rules.text.lexicon import Lexicon, holds_any, programmes
from fazhi.rules.text.passage import BY_ROLE, Passage, Role

RULES = Checks[[Passage, Lexicon]]()


@finds(BY_ROLE, RULES)
def right_words(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ801: 用词规范，不写词表“易错词”里的词。

    如把“法治政府”写成“法制政府”，把“诉源治理”写成“溯源治理”。书名号里的文件名称照原来的写，不算。
    改法：照提示改。词是对的，只是含有易错的字（如单位的名称），在词表那个词的“除外”里加上。
    """
    if not holds_any(lexicon.misnomer_letters, passage.text):
        return
    text = passage.plain
    for match in lexicon.misnomer.finditer(text.text):
        for entry in lexicon.vocabulary.misnomers if match["wrong"] else ():
            if entry.name == match["wrong"] and entry.holds_in(passage.year):
                message = f"“{entry.name}”的规范说法是“{entry.right}”"
                hint = f"改成“{entry.right}”" + (f"（{entry.meaning}）" if entry.meaning else "")
                yield passage, text.at(match.start()), message, hint, passage.where


_DATE = Pattern(
    r"(?<![0-9０-９A-Za-z.．/\-·])(?P<month>\d{1,2})(?P<dot>[.．·・•‧∙⋅\-－])(?P<day>\d{1,2})"
    r"(?![\d/\-·]|[.．]?[0-9A-Za-z])"
)
_DOTS = re.compile(r"\d([.．·・•‧∙⋅\-－])(?=\d)")  # most texts have one kind
_NO_DATE_BEFORE = r"[为达约近超增降升长宽高值均计共至到第版]$"
_NO_DATE_AFTER = r"\s?[%％‰万亿千百元米亩吨克升度倍分小公平个]"
_QUOTES = {"“": "”", "‘": "’", "「": "」", '"': '"', "'": "'"}


@finds(WARNING, RULES)
def one_way_of_dates(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ802: 同一篇里，“4.15”“12.4”一类日子的点写法一样。

    只看词表“普法节点”里的日子和引号里的月日；记录的“普法节点”一项照词表写，不算。一篇里 4.15、3·15 混着写，多半是从几处抄来的。
    改法：照全篇写得多的那一种改；一样多的，照词表的写法改。
    """
    if len({*_DOTS.findall(passage.text)}) < 2:
        return
    found = [match for match in _DATE.finditer(passage.text) if _is_date(match, lexicon)]
    counts = Counter(match["dot"] for match in found)
    if len(counts) < 2:
        return
    own = set(lexicon.nodes.values())
    usual = max(counts, key=lambda dot: (counts[dot], dot in own))
    model = next(match[0] for match in found if match["dot"] == usual)
    for match in found:
        if match["dot"] != usual:
            message = f"{shown(match[0])}的点，和别处{shown(model)}的写法不一样"
            hint = f"改成“{match['month']}{usual}{match['day']}”，或者全篇换一种写法"
            yield passage, match.start(), message, hint


def _is_date(match: re.Match[str], lexicon: Lexicon) -> bool:
    text, day = match.string, (int(match["month"]), int(match["day"]))
    if text.startswith("普法节点", text.rfind("\n", max(match.start() - 40, 0), match.start()) + 1):
        return False
    before = text[match.start() - 1 : match.start()]
    if before in _QUOTES and text.startswith(_QUOTES[before], match.end()):
        return 1 <= day[0] <= 12 and 1 <= day[1] <= 31
    is_after = re.compile(_NO_DATE_AFTER).match(text, match.end())
    is_number = is_after or re.search(_NO_DATE_BEFORE, before)
    return day in lexicon.nodes and match["dot"] not in "-－" and not is_number


_OF_ANOTHER_TIME = (
    r"总结|验收|收官|收尾|终期|评估|圆满|期间|以来|实施以后|谋划|筹备|筹划|迎接|编制|启动|开局|衔接"
    r"|上一轮|下一轮|历次|曾"
)
_LONGEST_SENTENCE = 300
_REST_OF_SENTENCE = Pattern(rf"[^。；;！？\n]{{0,{_LONGEST_SENTENCE}}}")


@finds(WARNING, RULES)
def programmes_of_the_year(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ804: 提到的规划，是这一年正在实施的规划。

    如“八五”普法是2021至2025年的，2026年的记录和报告里再写推进“八五”普法，多半是照往年的稿子抄来的。“安排”一块说的是下一年。规划和起止的年份在词表的“规划”里。
    改法：改成这一年的规划；确实在说往年的，写明“总结”“验收”“期间”“以来”等。
    """
    if passage.role is Role.PAGE or not holds_any(lexicon.programme_letters, passage.text):
        return
    every = zip(lexicon.vocabulary.programmes, lexicon.programme_letters, strict=True)
    named = [entry for entry, letters in every if holds_any([letters], passage.text)]
    for match in programmes(tuple(entry.name for entry in named)).finditer(passage.text):
        entry = named[(match.lastindex or 1) - 1]
        year = passage.year_at(match.start())
        farthest = max(match.start() - _LONGEST_SENTENCE, 0)
        before = re.split(r"[。；;！？\n]", passage.text[farthest : match.start()])[-1]
        rest = _REST_OF_SENTENCE.match(passage.text, match.end())
        sentence = before + match[0] + (rest[0] if rest else "")
        if entry.holds_in(year) or re.search(_OF_ANOTHER_TIME, sentence):
            continue
        since = f"从{entry.since}年起" if entry.since else ""
        until = f"到{entry.until}年为止" if entry.until else ""
        message = f"“{entry.name}”{since}{until}，这里说的是{year}年"
        hint = "改成这一年的规划；说的是往年的，写明“总结”“期间”等"
        yield passage, match.start(), message, hint
