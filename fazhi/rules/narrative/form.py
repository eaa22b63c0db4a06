"""Rules about the form of a narrative: braces, links, headings, and the required blocks."""

from itertools import pairwise

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.problems.problem import ERROR
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.headings import HEADING, PASTED, blocks, headings, typed_orders
from fazhi.records.narrative import DRAFT, EXPRESSION, STATEMENT, Narrative
from fazhi.rules.text.marks import INSIDE, UNDERLINED
from fazhi.rules.text.passage import blank, blank_spans
from fazhi.schema.township import Settings
from fazhi.schema.words import ORDINALS

RULES = Checks[[Narrative, Settings]]()

_BRACES = Pattern(
    rf"{STATEMENT.pattern}|\{{[%#]|%\}}|#\}}|[{{｛]+[^{{}}｛｝\n]*[}}｝]+|[{{}}｛｝]+"
)
FORM = "写成 {{ 指标名 }} 或者 {{ 指标名 | 余 }}"
CURLY = frozenset("“”„‟‘’＂＇「」『』″′")
HALF_QUOTES = '引号用半角的 " "'


@finds(ERROR, RULES)
def only_expressions(narrative: Narrative, _: Settings) -> Found:
    """FZ703: 花括号里只写指标名和措辞，没有别的模板写法。

    花括号是给数字留的位置。里面不做加减、不取别的内容，别处也不用单个的、全角的花括号，免得印出来的不是要写的。
    改法：写成 `{{ 指标名 }}` 或者 `{{ 指标名 | 余 }}`，花括号、竖线、括号、引号都用半角。
    """
    # Braces that are no expression; what is between those that are, `report` reads.
    rest = blank(narrative.body, EXPRESSION)
    rest = blank_spans(rest, ((h.title_end, h.end) for h in headings(narrative) if h.block))
    for match in _BRACES.finditer(rest):
        message, hint = "{{ 没有写完，或者里面有不许用的写法", FORM
        if match[0].startswith("{块=") and match[0].endswith("}"):
            message, hint = "块的记号只写在标题后面", "移到标题那一行的末尾，或者删去"
        elif _MISTYPED_BLOCK.search(match[0]):
            message, hint = "块的写法不对", "花括号和等号都用半角，写成 {块=成效}"
        elif set(match[0]) & {"%", "#"}:
            message = f"这里不能写 {match[0][:2]}"
        elif set(match[0]) & {"｛", "｝"}:
            message = "花括号是全角的"
        elif set(match[0]) & CURLY and match[0].count('"') % 2:
            message = f"花括号里的{HALF_QUOTES}"
        elif not match[0].startswith("{{"):
            message = "这里有单个的花括号"
        yield narrative, match.start(), message, hint


_MISTYPED_BLOCK = Pattern(r"[{｛]\s*块\s*[=＝:：]")


@finds(ERROR, RULES)
def nothing_left_to_write(narrative: Narrative, _: Settings) -> Found:
    """FZ740: 审核过的叙述稿里没有“（待写……）”。

    新做的项目里，叙述稿没有文字的地方写着“（待写：……）”，印出去的报告里不能有。草稿里的不报。
    改法：换成文字，连同括号；没有内容的小节，整节删去。
    """
    if narrative.meta.state != DRAFT:
        for match in re.finditer("[（(]待写[^）)\n]*", narrative.body):
            yield narrative, match.start(), "这里还没有写", "换成文字，连同括号"


@finds(ERROR, RULES)
def heading_levels(narrative: Narrative, _: Settings) -> Found:
    """FZ709: 标题从“##”起，不自己写序号；`{块=…}` 写得对。

    标题的序号由程序来编，增删标题不会编乱，也不会两个标题都是“一、”。程序按块知道哪一部分写的是什么。
    改法：一级标题写 `##`，二级写 `###`，依次到 `#####`；手写的序号，检查命令加上 `--fix` 就删去；块的名称照提示改。
    """
    deepest, known = len(narrative.text_type.ordinals), narrative.text_type.wanted
    for place, heading in enumerate(headings(narrative)):
        if not 1 <= heading.level <= deepest:
            hint = "一级标题写 ##，二级写 ###，三级 ####，四级 #####；总标题由系统写"
            if 0 < heading.level <= len(ORDINALS):
                hint = f"“{narrative.text_type.name}”的序号只有 {deepest} 级，在词表的“文种”里添"
            yield narrative, heading.start, "标题的级别不对", hint
        elif place == 0 and heading.level > 1:
            yield narrative, heading.start, "第一个标题不是一级标题", "一级标题写 ##"
        if not heading.title:
            yield narrative, heading.start, "标题是空的", "写上标题"
        if heading.block and heading.block not in known:
            message, hint = f"没有{shown(heading.block)}这个块", did_you_mean(heading.block, known)
            yield narrative, heading.block_start, message, hint
    for heading, order in typed_orders(headings(narrative)):
        hint = f"删去手写的{shown(order.strip())}"
        yield narrative, heading.title_start, "标题的序号由系统来编", hint
    for match in _UNNUMBERED.finditer(narrative.body):
        hint = "标题写成“## 标题”，顶格写；分隔线前面空一行"
        yield narrative, match.start(), "这样写标题，系统编不了序号", hint


_UNNUMBERED = Pattern(rf"{UNDERLINED}|{INSIDE}+#", flags=re.MULTILINE)


@finds(ERROR, RULES)
def has_its_blocks(narrative: Narrative, _: Settings) -> Found:
    """FZ708: 年度报告写明成效、不足、第一责任人、安排四块，别的文种写明词表里的块，都不是空的。

    缺一块，报告就不合要求。
    改法：在写那一块的标题后面加上块的名称，如 `## 下一年度工作安排 {块=安排}`，下面写内容。写的不是年度报告的，开头写明“文种”。
    来源：《法治政府建设与责任落实督察工作规定》第二十四条。
    """
    found, text_type = blocks(narrative), narrative.text_type
    # A block that is there under a name that heading_levels refuses, or in braces that
    # only_expressions refuses, is not missing as well.
    titles = "\n".join(heading.title for heading in headings(narrative))
    is_misnamed = {*found} - {*text_type.wanted} or _MISTYPED_BLOCK.search(titles)
    for block, required in text_type.wanted.items():
        if required and block not in found and not is_misnamed:
            hint = f"在写这一块的标题后面加上 {{块={block}}}"
            if line := re.search(PASTED, narrative.body):  # from a word processor
                hint += f"；{shown(line[0])}像是标题，前面写上“## ”"
                hint += "" if titles else "；检查命令加上 --fix，都替您改成标题"
            message = f"{text_type.called}缺少“{block}”这一块"
            yield narrative, 0, message, hint
        for start, end in found.get(block, ()):
            if not HEADING.sub("", narrative.body[start:end]).strip():
                above = _heading_above(narrative, start)
                yield narrative, above, f"“{block}”这一块是空的", "写上内容"


def _heading_above(narrative: Narrative, start: int) -> int:
    """Where the heading begins behind which a block's text starts."""
    return next(heading.start for heading in headings(narrative) if heading.end == start)


@finds(ERROR, RULES)
def causes(narrative: Narrative, _: Settings) -> Found:
    """FZ710: 年度报告里，每个不足都写明原因。

    “不足”一块里，每个小标题下都要有“原因”二字；没有小标题的，整块里要有。
    改法：补上“主要原因是……”。
    来源：《法治政府建设与责任落实督察工作规定》第二十四条“存在的不足和原因”。
    """
    found = blocks(narrative).get("不足", ()) if narrative.text_type.is_annual else ()
    for start, end in found:
        if not narrative.body[start:end].strip():
            continue
        inner = [h for h in headings(narrative) if start <= h.start < end]
        lowest = min((h.level for h in inner), default=0)
        starts = [h.start for h in inner if h.level == lowest]
        for first, last in pairwise([*(starts or [start]), end]):
            if "原因" not in narrative.body[first:last]:
                place = first if starts else _heading_above(narrative, start)
                yield narrative, place, "只写了不足，没有写原因", "补上“主要原因是……”"
