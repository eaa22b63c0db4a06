"""What a text says of numbers that the public does not see: true or not, they are not told."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from fazhi import regex as re
from fazhi.figures.value import OTHER, Values
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import shown
from fazhi.records.narrative import EXPRESSION, Narrative
from fazhi.report import faults
from fazhi.report.editions import Edition, Gate
from fazhi.report.headed import headed
from fazhi.report.parts import stem
from fazhi.rules.site import HOME
from fazhi.schema.numerals import NUMERALS
from fazhi.schema.township import Settings
from fazhi.schema.units import OF_CASES
from fazhi.sources.text import problem_at

_OfYears = Mapping[int, Values]


def check(narrative: Narrative, settings: Settings, of_years: _OfYears) -> Iterator[Problem]:
    """FZ704 of a sentence that says of a figure how many or how they change, where the public does not
    see it in each of the years, or of a part that it does not see; of a correction that says how many."""
    words = [*dict.fromkeys(_untold(settings, narrative.year, of_years))]
    for at, fault in _told_in(narrative.body, words):
        yield narrative.problem(at, fault)
    few = [word for word in words if word.is_few]
    for place, correction in enumerate(narrative.meta.corrections):
        own = {name.partition(".")[0] for name in correction.figures}
        for key, text in (("说明", correction.what), ("原因", correction.why)):
            says = _AMOUNT.search(_NO_AMOUNT.sub("", text))
            for one in few:
                is_said = says or (one.is_part and one.text in text)
                if (is_said and one.figure in own) or one.counted(text):
                    yield narrative.problem(["更正", place, key], _fault(one.figure))
                    break


def check_home(home: str, settings: Settings, of_years: _OfYears) -> Iterator[Problem]:
    """The same of the home page, which stands beside the newest of these years."""
    words = [*dict.fromkeys(_untold(settings, max(of_years, default=0), of_years))]
    for at, fault in _told_in(home, words):
        yield problem_at(HOME, home, at, fault)


class _Word(NamedTuple):
    """A word for what the public does not see, with its figure and the unit: as a part it is told of
    beside its figure's name, `is_claimed` by what is said of it, `is_few` by a number beside it that is
    not said of what the public sees of the figure: the `printed`."""

    text: str
    figure: str
    unit: str
    is_part: bool = False
    is_claimed: bool = False
    is_few: bool = False
    printed: tuple[str, ...] = ()

    def told(self, sentence: str) -> bool:
        """Whether a sentence tells of it how many there are."""
        if self.is_part and self.text in sentence and self.figure in sentence:
            return True
        clauses = _clauses(sentence) if self.is_claimed else ()
        said = (one.replace(self.text, _IT) for one in clauses if self.text in one)
        return any(_SAYS.search(_NO_NUMBER.sub("", one)) for one in said) or self.counted(sentence)

    def counted(self, text: str) -> bool:
        """Whether beside it a number of persons, households, cases or its unit is typed, or a bare one."""
        if not self.is_few:
            return False
        short = stem(self.text)
        called = (short, short[::2]) if len(short) == len("社区矫正") else (short,)
        it = "|".join(re.escape(one) for one in called if one != OTHER) or self.text
        if (which := short.removeprefix("重点")) not in ("", short):  # 信访老户 of 重点信访
            it += f"|{re.escape(which)}(?:(?:老|重点)?户|人员|对象)"
        own = "[场次期趟回遭]" if self.unit in "场次期" else re.escape(self.unit)
        cases, times = "例", ""
        if self.unit in OF_CASES:
            cases, times = "".join(sorted(OF_CASES)), rf"|{_IT}(?:案件)?{_NUMBER}次(?!性)"
        number = rf"{_COUNT}(?:[人名位户对{cases}]|{own}|{_PIECE}|{_IT}(?:人员|对象))(?!一){times}|{_OTHERWISE}"
        printed = "|".join(map(re.escape, self.printed)) or "(?!)"
        printed = rf"({printed})(?:最多，)?[共计有为是达（(：:]*{_NUMBER}{_UNIT}?"
        clauses = (re.sub(it, _IT, re.sub(printed, r"\1", one)) for one in _clauses(text))
        said = [_NOT_IT.sub("", one) for one in clauses]
        whole = "，".join(said) if any(_IT in one for one in said) else ""
        if re.search(_THAT, whole):
            return True
        visits, goods = _EACH.sub("", whole), _PER_HEAD.sub("", whole)
        if visits != whole and (
            re.search(f"(?<!增加){_TIMES}", visits) or re.search(_PRINTED, text)
        ):
            return True
        units = _GOODS + "".join(re.findall(_MEASURE, "".join(_PER_HEAD.findall(whole))))
        if goods != whole and any(one in units for one in re.findall(_MEASURE, goods)):
            return True
        return any(_IT in one and re.search(number, one) for one in said)


def _untold(settings: Settings, year: int, of_years: _OfYears) -> Iterator[_Word]:
    """The figures of a year that the public does not see in all of these, and the parts that it does not.

    The words of 结果 or 来源 are those of other records, too: such a part is told of beside its figure.
    """
    public = Gate(Edition.PUBLIC, settings)
    for name, (_, definition) in settings.definitions_in(year).items():
        own, called = (name, definition.label), (name, *definition.called)
        known = [held[name] for held in of_years.values() if name in held]
        if any(value.number is not None and public.value(value).withheld for value in known):
            yield from (_Word(word, *own, is_claimed=True, is_few=True) for word in called)
        by, kind = definition.by, definition.kind or ""
        now = (public.value(value) for value in known if value.year == year)
        seen = [(*called, *map(stem, one.parts or {})) for one in now if not one.withheld]
        printed = tuple(word for words in seen for word in words)
        for value in known:
            told, is_now = public.value(value).parts or {}, value.year == year
            is_private = value.parts_of is not None and not value.parts_of.public
            for part in (value.parts or {}).keys() - told.keys() - {OTHER}:
                category = settings.vocabulary.category(kind, part, year) if by == "类别" else None
                is_few = value.sensitive and (category.sensitive if category else not by)
                yield _Word(part, *own, is_now, is_now and (is_few or is_private), is_few, printed)
                if is_few:
                    yield from (_Word(word, *own, is_few=True, printed=printed) for word in called)


def _told_in(text: str, words: list[_Word]) -> Iterator[tuple[int, Fault]]:
    """Where a sentence of a text tells of one of some words, and what is wrong with it."""
    for at, typed, leads in headed(text) if words else ():
        for sentence in _SENTENCE.finditer(typed):
            own = sentence[0]
            goes_on = re.match(_GOES_ON, _clauses(own)[0])
            said = [own, *(lead + own for lead in leads if goes_on or not lead.endswith("，"))]
            if word := next((word for one in said for word in words if word.told(one)), None):
                yield at + sentence.start() + max(own.find(word.text), 0), _fault(word.figure)


def _fault(name: str) -> Fault:
    message = f"{shown(name)}有不公布的数，这一句说出了它有多少、怎样变化"
    return faults.untrue(message, "只说做了什么，不说多少、增减、全部、没有；别的数另写一句")


@lru_cache(maxsize=1)  # each word is looked for in the same
def _clauses(text: str) -> list[str]:
    """The clauses of a text, each with those behind it that have no subject of their own."""
    text = _ONE_AND_ALL.sub(r"\1", re.sub("[*_> \u3000\n]", "", EXPRESSION.sub(_typed, text)))
    # 同比减少，救助有序
    text = re.sub(rf"^((?:{_CHANGES})[^，]*)，", r"\1、", re.sub(_ITEM, "", text))
    return re.split(rf"。|[，；](?!{_GOES_ON})", text)


def _typed(expression: re.Match[str]) -> str:
    """What is typed in an expression: the text and the reason of 原文."""
    return "|".join(re.findall(r"[\"']([^\"']*)[\"']", expression["inner"]))


_IT = "\0"  # stands where the word was
_END = rf"(?![\w“”.:：%‰+～~—{_IT}-])"
_NUMBER = rf"[\d{NUMERALS}][\d{NUMERALS},.]*[余多来]?"
_ITEM = rf"^[|#（(-]*[\d{NUMERALS}]{{1,3}}[|、.）)]"  # the number of an item or a row
_ONE_AND_ALL = re.compile("一个都不能少|队伍|(每一?[个名位户人][^，]*?)[均都]")
_COUNT = (  # no 第三人, no 千家万户, 每一名 or 不漏一人, no 一人一策
    rf"(?<![家每何同某漏落逐统{NUMERALS}\d])(?!(?<=第)[{NUMERALS}]+(?:[人位]|名(?:的|{_END}))){_NUMBER}"
)
_PIECE = f"家{_IT}|个(?:(?=人|对象|案|{_IT}|[在是由已])|{_END})"
_OTHERWISE = (  # bare numbers, that are no year, hour or 全县第一; and that there is but one
    rf"(?<![\d.A-Za-z第表图])(?<!附件)(?<!\d[:：])(?!(?:19|20)\d\d(?!\d))\d{{1,4}}{_END}"
    rf"|(?<![第统专之其逐划合万对不归如单同个周期{NUMERALS}])(?![五六七八]一)[{NUMERALS}]{{1,3}}{_END}"
    rf"|[俩仨]|成双|唯一|仅有|首[例起宗]|(?:[首初]次|第一次|头一[回次])(?:发[生现案]|出现|查[处获])|(?:[属系是为]于?|{_IT}(?:案件)?)(?:个案|孤例)(?!管|会|服|辅)|两口|一[男女]|男女各|双双|[独只仅]此|(?:有无|是否有?){_IT}[^|：]*[|：][有无是否]"
)
_THAT = (  # 该社区矫正对象, 这名对象; no 该村社区矫正对象, 这项社区矫正工作
    rf"(?:[这那]|(?<!应)该)一?[名位个户起件例]?[^，{_IT}些批类项村乡镇县所局校院站]{{0,3}}{_IT}(?!工作|中心|机构|小组|委员会|制度|业务)"
    "|[这那该]一?[名位个户](?:人员|对象)|该(?:对象|户|人|案)|[这那该][起宗例]|(?<![因如为在由])此[名位户起宗例]"
)
_TIMES = f"{_NUMBER}(?:[人场]?次|[份本套张])"
_PRINTED = r"\{\{[^}\"']*[次访]"
_PER_HEAD = re.compile(
    r"(?:每一?[人户名位家案件起]|[人户]均|逐[一人户名]|各\w?一|一[人户案件]一|人手一)([^，共]*)"
)
_MEASURE = rf"{_NUMBER}([^\W年月日{NUMERALS}])"
_GOODS = "份本套张卷册盒袋部只元"  # 每户一袋米, 一人一档, beside 共三袋, 归档两盒: so many households, too
_EACH = re.compile(  # 每人每月一次, 按月走访, beside 共走访12次: so many persons
    rf"(?:(?:每|[逐按](?=[人名户月季周年]))[^，]{{1,8}}?|[人户]均[^，]{{0,4}}?){_TIMES}(?:、[^，、]*不少于{_TIMES})*|[逐按月](?:月|季度?).*?(?=(?:共|全年|累计|[总合]计)[^，]{{0,4}}?{_TIMES})"
)
_NOT_IT = re.compile(  # 同救助站一起, 居全县前三, 反馈问题三个
    rf"(?:[同与和跟][^，]{{1,10}}?|[部众门所站员])(?<![处获现生办结理解查了])一起(?!{_IT}案)"
    rf"|(?<![{_IT}数量人员象])[居列入][^，]{{0,6}}前[{NUMERALS}]|(?:问题|议题|单位|部门){_NUMBER}个"
)
_UNIT = f"[人名位户个{''.join(sorted(OF_CASES))}]"
_CHANGES = "[比较]|同比|连续|逐年|持续|[减降增升]|大幅|明显|显著|有所"
_GOES_ON = (  # 上年三件, 小学、初中各一人, 其中一名住院; 三名干部到场 has a subject
    rf"(?:{_CHANGES}|{_NUMBER}{_UNIT}(?:[已均都由被未在正是也全各皆]|先后|陆续|相继|顺利|按[期时]|自愿|主动|一[起同])|{_NUMBER}[人户](?!小组|专班|团队|一)|[^，]{{0,6}}?{_NUMBER}{_UNIT}?{_END}"
    rf"|(?:现有?|除)[{NUMERALS}\d]|现[有在]|[由从][^，]*[增减升降变]|目前|当前|[今去上本]年|[年期][初末底]|[上下]半年"
    "|涉及|其中|其余|包[括含]|含|共|合计|总[计数]|累计|依次|分别|每|[仅只余剩是占最也又略呈已均都]|全部|[总整]体"
    "|其?(?:系|属|身份|类别)|[为即][^，]{2,9}(?:对象|人员|户|患者)(?![^，])|新[增发收]|不[足到]|超过|达到|此后|没有|数量|[人件户次]数|在[册管矫]|发案|案件|人员|对象|患者)"
)
_SAYS = re.compile(
    r"[减降增升少比]|(?<!很|许|更)多(?!次违|部门|方|渠道|元|层|种形式|举措|措并举)|最|连续|新[高低]|(?:全部|[均都])(?!已?落实)|(?:没有|未)发生(?!\0(?![案事情])\w\w)"
    rf"|没有(?!发生)|未(?:新?发现|新增|出现)(?:新的)?\0(?:人员|对象)?(?!\w)|尚未|未[办能]|无一|寥寥|几[件人起名次]|个别|零星|只剩|一[大小]?半|占|不足|超过|翻[一两番倍]|为主|持平"
    rf"|[{NUMERALS}]成|[\d几数{NUMERALS}]倍|分之|零头|[数件]量?相[同等当]|屈指可数"
)
_SENTENCE = re.compile(rf"(?:[^。；]|；(?=\{{\{{|{_GOES_ON}))+")
"""What is said of a number: how it changes, whether it is all of them or nobody."""
_OTHERS = "(?:村(?:民|干部)?|[乡县]?干部|网格员|群众|(?:工作|执法)人员|文书|单位|部门)[^，]{0,4}?"
_NO_NUMBER = re.compile(  # words of degree that are said of no number of people or cases
    rf"增[强进]|最(?:大(?:限度|程度|努力|的?(?:困难|短板|难点))|[新终近好]|低(?:生活|工资))|连续[\d{NUMERALS}]+年(?:[荣被]?[获评]|保持)|占用|比较|降低[^，、]{{0,6}}风险"
    rf"|减少{_IT}?(?:对象|人员)?[^，{_IT}未]{{0,3}}(?:犯罪|对抗|误解|歧视)|占(?:\d+分(?!之)|[^，{_IT}]{{0,8}}(?:总分|分值))"
    rf"|不(?:少于|超过)[\d{NUMERALS}]+(?:年|[日天次]|个?小时|个月)|不少(?:短板|问题|困难|精力)"
    rf"|(?:教育|培训|方式)(?:多|主要)?以[^，{_IT}人]*为主|(?:环节|制度|工作|措施|程序)[^，{_IT}人象]{{0,3}}[均都]"
    rf"|(?:没有|未)(?:发生|出现)[^，{_IT}]{{0,3}}(?:违[纪法]|事故|投诉|上访|差错|脱管|漏管)"
    rf"|(?:经费|档案|案卷|制度|问题|信息)[^，{_IT}]{{0,4}}全部(?:到位|录入|上墙|建档|合格|归档|整改)"
    rf"|(?:全部|所有|大?多数|个别|少数){_OTHERS}(?:对|按|理解|支持|熟悉|参加|重视){_IT}(?:人员|对象)?(?:工作|法|业务|档案要求|回归)"
    rf"|(?:个别|少数){_OTHERS}对{_IT}(?:人员|对象)?(?:走访|帮扶|管控)"
    rf"|(?:认识|重视|力量|能力|力度|经验|精力|专业性|人手|深度|矫治|难度|得分|歧视|场次|业务培训人次|法律法规|(?:执法|工作|从事{_IT}的)人员)"
    "(?:还|有所|比上年)*(?:不足|偏少|较多|增加|减少|最[大高])"
)
_NO_AMOUNT = re.compile(
    rf"\d{{4}}年(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日)?|〔\d+〕\d+号|第[\d{NUMERALS}]+[条款]|第?[一二三四]季度|12345|[同统每]一"
)
_AMOUNT = re.compile(
    rf"[\d几半倍{NUMERALS.replace('一', '')}]|唯一|一(?:{_UNIT}|[条次遍份半成倍]|{_END})"
)
"""A number, a share or a multiple, once what `_NO_AMOUNT` finds is taken away."""
