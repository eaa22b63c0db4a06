"""Rules against quantities that are typed by hand where a figure should count them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.rules.text.lexicon import NAMED, Lexicon
from fazhi.rules.text.passage import HIDDEN, Passage, Role, blank, blank_spans
from fazhi.rules.text.quantities import END, NUMERAL, PEOPLE, is_measure, measure
from fazhi.rules.text.reading import Reading
from fazhi.schema.numerals import NUMERALS, chinese_value

RULES = Checks[[Passage, Lexicon]]()


@finds(ERROR, RULES)
def typed_numbers(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ706: 带着量词的数字由指标算出，不用手写。

    手写的数没有记录可查，明年照抄也没有人发现。不论写成“200来起”“二百多人”“2/3的”“九成九”“翻一番”还是“成功率99”，都算；表里的一格只有一个数，没有写单位的，也算，第一列的序号和表头除外。日期、文号、条款、书名号和引号里的名称、指标的名称和说法、“安排”一块、词表的“固定说法”除外。
    改法：写成 `{{ 指标名 }}`；确实要照写的，写 `{{ 原文("3个", 理由="…") }}`。首页上的，删去，或者写进叙述稿。
    """
    yield from _typed(passage, lexicon, is_certain=True)


@finds(WARNING, RULES)
def chinese_numbers(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ707: 用汉字写的数、没有量词的数，核对有没有记录。

    “三场”“一半以上”“发放2000”“居第2位”也是数，有指标的，用指标来印。十以内的只看指标用的单位；词表的“固定说法”除外。
    改法：写成 `{{ 指标名 | 汉字 }}`；确实要照写的，写 `{{ 原文("…", 理由="…") }}`，固定的说法加进词表。
    """
    yield from _typed(passage, lexicon, is_certain=False)


def _typed(passage: Passage, lexicon: Lexicon, *, is_certain: bool) -> Found:
    """The numbers that are typed: beyond doubt, or perhaps."""
    text = passage.reading
    for start, end, is_sure in quantities(text, passage.verbatim, lexicon):
        place = text.at(start)
        if is_sure == is_certain and passage.is_done(place):
            typed = passage.text[place : text.at(end - 1) + 1]
            read = typed.isprintable() and re.sub(r"[*_~`]", "", typed)
            message, hint = by_hand(read or text.text[start:end])
            yield passage, place, message, _ON_A_PAGE if passage.role is Role.PAGE else hint


def by_hand(typed: str) -> tuple[str, str]:
    """What is wrong with a number that is typed, and what to do."""
    hint = '写成 {{ 指标名 }}，不公布的删去；确实要照写的，写 {{ 原文("…", 理由="…") }}'
    return f"手写了数字{shown(typed)}", hint


_ON_A_PAGE = "删去，或者写进叙述稿，用指标来印；不是数的说法，写进词表的“固定说法”"


def _countable(text: Reading, verbatim: Iterable[tuple[int, int]], lexicon: Lexicon) -> str:
    """What is read, with all hidden that is no count: 原文, names, days, numbers of articles."""
    places = ([bisect_left(text.places, place) for place in span] for span in verbatim)
    spans = [(start, end) for start, end in places]
    left = blank_spans(text.text, spans).replace("队伍", "队员")  # 伍 is no five
    left = re.sub("[一两二三四五六七八九](?=个百分点)", "1", left)  # whose 一个 is no set phrase
    left = blank(left, _EXEMPT)
    is_quantity = _counted(lexicon.own_units).fullmatch

    def named(quote: re.Match[str]) -> str:
        """What is in quotes is a name, but for a number that stands for itself."""
        is_number = quote["number"] or is_quantity(quote["text"].translate(_SHAPE))
        is_number = is_number and quote["ends"] is not None
        return quote[0] if is_number else NAMED * len(quote[0])

    left = _LETTERS.sub(lambda found: "0" * len(found[0]), _QUOTED.sub(named, left))
    return lexicon.named(blank(left, lexicon.phrase))


_LETTERS = Pattern(r"(?<=\d)[OoОо]+|[lI](?=\d)")
_QUOTED = Pattern(
    rf"(?:(?<=[率为达])“(?P<number>\d[\d.]*)”|“(?P<text>[^”\n]{{0,300}})”)(?P<ends>{END})?"
)
_ANY = rf"(?:\d{{1,9}}|{NUMERAL}{{1,9}})"  # bounded: of a long row, each start reads on to its end
_EXEMPT = Pattern(
    rf"每[两三]?个?(?:季度?|月|年|周|半年)[^，。；\d\n]{{0,8}}一[次场期]|第(?:\d{{1,9}}(?![\d位名])|{NUMERAL}+){HAN}?|《[^》\n]{{0,200}}》(?:(?:提出|规定|明确|确定|部署)了?[^，。；\n]{{0,20}})?(?:[共全文]*{_ANY}(?:个部分|编|章|节|条)(?:[、，]?共?{_ANY}条)?)?|〔\d{{4}}〕\d+号"
    r"|\d{4}[-—–~～至到]\d{4}年(?:度)?|\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?"
    r"|\d{1,2}月(?:\d{1,2}日)?|[一两三四]个季度|\d{4}-\d{2}-\d{2}|https?://[\w./?=&%-]+"
    r"|(?<!\d)(?:1[12]\d|12[0-9]{3}|96\d{3})(?=热线|平台|电话|工单|[、，。；]|$)"
    r"|千家万户|千门万户|千村万户|千[方言]百计|千头万绪|万无一失|万众一心|百家争鸣|千人千面|千千万万"
    r"|千军万马|千秋万代|百里挑一|信心百倍|百倍(?:努力|耐心)|三分之二以上的户|事半功倍|三番[两五]次|[十四]里八乡|百[日年姓]|千[年古]|万[年一]"
    f"|[两二三]名以上(?=执法|行政|调解)|[多只]跑一次|每{HAN}{{1,3}}(?:召开|开展|组织|举办|进行)?一次|[一二三四五六七八九十]{{1,3}}次全会"
    rf"|{_ANY}元以[上下][^，。；]{{0,20}}罚款|不得?少于[两二]人|{NUMERAL}{{1,9}}编|{_ANY}章"
    rf"|(?<=[编章])[、，]?(?:共计?)?{_ANY}条|(?<=民法典)共?\d+编"
    r"|(?<!\d)\d人以上的|(?<!\d)\d个(?:法定)?(?:程序|环节|步骤|方面|阶段)"
    rf"|(?<=[（(：:、／/])[百千万亿]+{HAN}{{1,2}}(?=[）)、／/])"  # of a head's unit
    r"|(?<=法定)\d+个工作日|(?<!\d)\d{1,3}个工作日(?=以?内)"
    r"|(?<!\d)\d{1,2}[:：]\d{2}(?!\d)|\d{1,9}(?:公里|米)(?:范围|以)?内"
    r"|每(?:个?月|半个?月|周|季度?|年|日|天|学期)[^，,。；、\n]{0,8}\d{1,2}次"
    r"|(?:每|至少|不少于|不得)[^，,。；\n]{0,24}的(?:要求|规定)|(?:未|没有?)达到百分之百"
    r"|百分之?百的?(?=努力|热情|投入|信心|责任|诚意|精力)"
)
_N = "\ue001"  # for each numeral: a set of them in each place would take long to compile
_SHAPE = dict.fromkeys(map(ord, set(NUMERALS) - {"俩", "仨"}), _N)
_COUNT = "(?:人次|场次|[场次件起名人支个份张])"
_SHARE = (
    rf"{_N}分之[{_N}\d点.]+|[{_N}\d]{{1,12}}分之[{_N}\d]{{1,12}}|(?<![\d/])\d{{1,9}}/[1-9]\d{{0,8}}(?![\d/])|{_N}分{_N}"
    rf"|[近超逾过约]?[{_N}\d]成[{_N}\d半](?!年|立|功)|{_N}{{1,12}}[%‰]|\d成(?![年立为员])"
    rf"|[近超逾过约有]?(?<![不完建形达]){_N}成(?![不立为员本效长功果就熟绩都交分年品人色像语家])"
    f"|达{_N}成(?=[，。、；以多左的]|$)|每{_N}{{1,12}}{HAN}{{1,12}}?[只仅就]?有?{_N}{{1,12}}"
    f"|率[为是达到在]*(?:{_N}{{1,12}}点)?{_N}{{2,12}}{END}|{_N}{{1,12}}{HAN}{{1,6}}(?:里头?|中间?)有?{_N}{{1,12}}|{_N}打{END}"
    rf"|(?P<times>(?<![近超过逾约])(?:翻了?{_N}?[番倍]|(?:减少|增加|增长)了?{_N}[半倍]|(?<=的){_N}{{1,2}}倍(?:多|有?余|以上)?)(?={END}))|翻了?[{_N}\d]?[番倍]|(?:\d[\d.]{{0,9}}|{_N}{{1,12}}|[几数])倍|成倍(?=[增提上])"
    rf"|(?:增[加长多]|减少?|下降|降低|提高)了?{_N}半|[近超逾过约]?[{_N}双个]位数|成{_N}上{_N}"
    rf"|{_N}字头|{_N}只手|{_N}之{_N}{_N}|{_N}有{_N}{_N}|[{_N}对][{_N}半]?开(?={END})|(?:之比|比值|比例(?=[为是达约]))[^，,。；\d{_N}]{{0,4}}[\d.{_N}]{{1,6}}[比:：∶][\d.{_N}]{{1,6}}"
    rf"|(?:(?:[人户村月日周场次]|(?<!案)件)均(?![在于已未按由经获])|平均)[^，,。；{HIDDEN}不]{{0,8}}?{_N}{{1,9}}{_COUNT}|(?:净[增减]|比[^，,。；]{{2,24}}?[多少]出?|[比较同]上年(?:相比)?[仅只]?(?:增加|减少|[多少]办?)了?){_N}{{1,9}}{_COUNT}|{_N}点[几数]"
    rf"|{_N}打(?:有?余|多)|(?<!年[过逾近])半{_N}(?:有?余|多|{END})|(?<![夫妻父母子女兄弟姐妹爷孙婆媳人家口])[俩仨]"
    r"|(?:率|达到?|突破|超过?|逾|近|累计|合计|共计?|总计)[为是在约近达到有：:“（(]*"
    rf"(?P<bare>\d[\d,.]{{0,30}}(?=[)）”]*{END}))"
    # a cell of a table, but of its first column and its head
    r"|(?<=[^\n]\|)(?!(?:19|20)\d\d\|)\d[\d,.]{0,30}(?=\|)(?![^\n]*\n\|[:-])"
)
HALF = (
    rf"[一{_N}]半(?:以上|(?=的|群众|村|干部|党员|农户|左右)|{END})"
    "|半数(?!(?:以上)?(?:同意|通过|出席|委员|代表|的[委代成户]))(?:以上)?"
)
"""What is half of something for certain: 一半 may be a part of any size."""
_MORE = f"(?:好几)?[余多来几]?{_N}{{0,9}}[余多来几]?"


@lru_cache(maxsize=4)
def _counted(own: frozenset[str]) -> re.Compiled:
    """What counts beyond doubt, or may: shares, digits and numerals with a measure word."""
    return re.compile(
        rf"(?P<share>{_SHARE})|(?P<big>[过上近超破逾约]{_N}{{1,12}}){END}"
        rf"|(?:(?<![\dA-Za-z.])\d[\d,.]{{0,30}}(?:[~～—-]\d+)?[kKwW+]?{_MORE}"
        rf"|(?P<about>[数几上近约逾超过好成半]*)(?P<numeral>{_N}{{1,20}})"
        rf"(?P<more>(?:好几|[余多几来])?))(?P<unit>{measure(own)}|{PEOPLE})"
        rf"|(?P<half>[近超过逾]?(?:{HALF}))"
        rf"|(?P<loose>第\d{{1,9}}[位名]|(?<={HAN})(?<!附件|网格|编号)\d{{2,}}(?=[)）]*{END})|(?<={HAN}[：:])\d{{1,9}}(?={END})"
        r"|创?(?:历年|历史|近年)(?:来的?)?(?:新|最)[高低多少])"
    )


def unit_at_start(text: str, own: frozenset[str]) -> str:
    """The measure word that a text begins with; none where it begins another word."""
    found = _counted(own).match(f"1{text[:8]}")
    unit = found["unit"] if found and found.start("unit") == 1 else ""
    return unit if unit and is_measure(unit, text[len(unit) :]) else ""


@lru_cache(maxsize=2)  # both rules ask
def quantities(
    reading: Reading, verbatim: tuple[tuple[int, int], ...], lexicon: Lexicon
) -> tuple[tuple[int, int, bool], ...]:
    """From where to where something is counted, and whether it is beyond doubt."""
    return tuple(_found(_countable(reading, verbatim, lexicon), lexicon.own_units))


def _found(text: str, own: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    for match in _counted(own).finditer(text.translate(_SHAPE)):
        start, end = match.span("bare") if match["bare"] else match.span()
        if re.search(rf"{HIDDEN}[(（“]*$", text[max(start - 4, 0) : start]):
            continue  # what stands beside a computed number is another rule's
        if match["unit"] and not is_measure(match["unit"], text[end : end + 4]):
            continue
        if match["big"]:
            if re.search("[百千万亿]", text[start:end]):
                yield start, end, True
        elif match["numeral"]:
            numeral = text[slice(*match.span("numeral"))]
            is_much = _is_much(match["about"], numeral, match["more"])
            # One of something is mostly no count, but at the end of a clause.
            is_one = numeral == "一" and not re.compile(END).match(text, end)
            if match["unit"] in _OF_RATES:
                yield start, end, True
            elif is_much or (match["unit"] in own and not is_one):
                yield start, end, is_much and not re.fullmatch("[百千万]", text[start : end - 1])
        elif match["times"] or (match["half"] and text[start - 1] != "的"):
            sentence = [re.split(_ENDS, text[:start])[-1], re.split(_ENDS, text[end:])[0]]
            if HIDDEN not in "".join(sentence):  # else `report.shares` computes it
                yield start, end, bool(match["times"])
        else:
            yield start, end, not (match["loose"] or match["half"])


_ENDS = r"[。；;\n]"
_OF_RATES = {"个百分点", "%", "‰", "折"}


def _is_much(about: str, numeral: str, more: str) -> bool:
    if len(numeral) == 2 and not re.search("[零〇十百千万亿拾佰仟萬億廿卅]", numeral):
        return False  # 三五次
    value = chinese_value(numeral)
    return value is None or value > 10 or (value == 10 and bool(about or more))
