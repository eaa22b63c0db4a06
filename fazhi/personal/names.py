"""Names and birth dates of people: what stands before one, and what only looks like one."""

from collections.abc import Iterator, Sequence

from fazhi import regex as re
from fazhi.personal.people import PEOPLE
from fazhi.personal.signs import (
    GIVEN,
    GIVEN_TO_OTHERS,
    HAN,
    OTHER_SURNAMES,
    PEOPLE_END,
    SURE,
    SURNAMES,
    WORDS,
)

_LIKE_WORDS = (
    "应向代常曾宁安全成明平时税计隆勾母占粟洪桂仇季卜符冷封谷房管包单申卞边米花车池权强和经门咸青南"
)
"""Surnames that are words by themselves."""
_SURNAMES = SURNAMES + OTHER_SURNAMES + _LIKE_WORDS
_NOT_A_PERSON = (  # what a whole run of characters ends with that is a place or an office
    rf"(?!(?:(?![到在]){HAN}){{3,20}}+(?:(?<=[村镇乡县局所委组府])|(?<={HAN}{{4}})(?<=[社司站院厂店场部队会中心乐馆坊])))"
)
A_NAME = (  # without case, as `HAN`
    rf"(?-i:{HAN}{{2,6}}[·•.]{HAN}{{2,8}}|(?!{HAN}{{1,2}}[村镇乡县局组]|{HAN}家[沟湾坝坪梁岩坡山河院岭垭]){_NOT_A_PERSON}"
    rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[ ._-]?(?!某){HAN} ?{HAN}?)"
)
ANY_NAME = (  # of whatever surname, where nothing but a name can stand
    rf"(?-i:(?!{HAN}?{HAN}?某|[不未已略无见请同另待空缺匿保合小总共其暂是电性地]|[本个]人|姓名|备注|序号|职[务位业称责]|单位|年龄|民族|联系|身份|手机|事[由项]|分工|{HAN}{{0,6}}(?:书记|主任|[所乡镇局科村]长|委员|人员|干部|同志)){_NOT_A_PERSON}{HAN}{{2,8}}(?!{HAN}))"
)
_WHO = rf"{PEOPLE}(?:[之(]?[甲乙丙丁一二三四五A-D1-9]\)?)?"
_IN_CASES = (
    r"(?:(?:当事|申请|信访|上访|举报|投诉|[受被]害|嫌疑|处罚|代理|第三|执行|被调查|行为|监护)人|[死伤]者|户主|[原被]告人?|[甲乙丙男女]方"
    r"|(?:(?:矫正|帮教|服刑|释放|吸毒|戒毒|障碍|涉邪)(?:对象|人员)|调解对象))(?:\(?[甲乙丙丁一二三四五A-D1-9]\)?)?"
)
UNNAMED = rf"三李|大[爷妈娘叔伯嫂哥姐婶]|阿姨|师傅|老[板师汉太]|先生|女士|奶奶|爷爷|婆婆|同学|书记|主任|支书|医生|律师|委员|代表|干部|警官|法官|会计|经理|教授|{HAN}长"
_KIN = "父母夫妻子女孙儿媳婿嫂婶姑姨叔伯舅爷奶公婆娘哥弟姐妹侄甥友爹妈"
_PLACE = "(?<![权钱村组坝湾沟坪乡镇县市区社坡梁嘴垭沱滩塘堡寨桥铺店口洞窝坎坑埂坳岗院庙寺路街巷])(?<!树林|木林|山林|土林)"
NAME = rf"(?:{SURE}(?![某姓氏家]|{UNNAMED}){HAN}{{1,2}}{_PLACE}|{GIVEN_TO_OTHERS}{_PLACE})"
_LONG = rf"(?:{_NOT_A_PERSON}{SURE}(?![某姓氏家]|{UNNAMED}){HAN}(?![被已遭未将均都也又再就]){HAN}{_PLACE}(?![号机话])|{GIVEN_TO_OTHERS}{_PLACE})"
_LISTED = rf"{NAME}(?<![河溪江湖峡树])(?!{HAN})"
_BESIDE = r"[ ;/|.,、]{1,2}(?:\d{1,2}[ .,、)]{1,2})?"
_ROW = rf"[\d ,.|*-]{{0,5}}({NAME})(?!{HAN})"
_END = rf"(?:(?!\d|{HAN})|(?=[诉与和因等]))"
_DAY = (
    r"(?:(?:(?:19|20)\d\d ?[年./ -]|\d\d年) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月./ -] ?"
    r"(?:\d{1,2}|[初一二三四五六七八九十]{1,3})(?![\d月])(?: ?日)?"
    r"|[〇零○0一二三四五六七八九十]{2,4}年[一二三四五六七八九十]{1,2}月[初一二三四五六七八九十]{1,3}日?)"
)
_MONTH = (
    r"(?:(?:19|20)\d\d ?[年./-] ?\d{1,2}(?: ?月)?|\d\d年\d{1,2}月"
    r"|[〇零○0一二三四五六七八九十]{2,4}年[一二三四五六七八九十]{1,2}月)"
)
_ENDS = r"人?(?:[^\w\n ]|[\n ](?![产活猪态育长意动均])|$)"  # not where a line ends in the middle of a word


def is_named(match: re.Match[str]) -> bool:
    """Whether what is taken for a name is the beginning of no word, or stands where only a name can: what
    is said of one person may begin like a word, 黄金生, what is said of many is rather one, 群众：黄牛."""
    return all(
        _is_named(match.string, *match.span(1 + n)) for n, held in enumerate(match.groups()) if held
    )


def _is_named(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 8) : start]
    if re.search(_OF_A_NAME, before):
        return True
    if _is_praised(text, start, end):
        return False
    if text[start] in _LIKE_WORDS:
        is_given = rf"{GIVEN_TO_OTHERS}|.[{GIVEN}]{HAN}(?!{HAN})"
        return re.match(is_given, text[start : end + 1]) is not None
    if text[start : min(end, start + 2)] not in WORDS:
        return True
    is_said = before[-1:] in {*':=|("“'} and not re.search(_OF_MANY, before)
    return is_said and text[start] in SURNAMES


def is_a_name(text: str) -> bool:
    """Whether a text is a name and no more, of a surname that hardly a word begins with."""
    is_named = re.fullmatch(rf"{NAME}(?<![河溪江湖峡树所局委府站院办会队室科])", text)
    return is_named is not None and text[:2] not in WORDS


def in_titles(text: str) -> Iterator[tuple[int, int]]:
    """From where to where somebody is named in a name of a file, or a link: by itself, or anywhere in
    characters that hardly anything but a name is made of."""
    return _places(
        rf"(?<!{HAN})((?:{SURE}{HAN}{{1,2}}|{GIVEN_TO_OTHERS})(?!{HAN}))|{_SURELY}", text
    )


def in_fields(text: str) -> Iterator[tuple[int, int]]:
    """The same of fields as they are written: by itself, or behind an office, in one that is of offices."""
    of_offices = rf"(?:承办|主持|主送|科室|岗位|批准|时间): *[\"']?{HAN}{{0,12}}?({NAME})(?!{HAN})"
    return _places(rf"{of_offices}|{_SURELY}", text)


def _places(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.compile(pattern).finditer(text):
        start, end = match.span(match.lastindex or 0)
        if is_a_name(text[start:end]) and not _is_praised(text, start, end):
            yield start, end


_SURELY = rf"({SURE}[{GIVEN}民宝]{{2}})(?!理论|思想|讲话|同志)"


_OF_A_NAME = r"名(?:字|叫)?(?:\"? ?[:=] ?\"?|(?<=[字叫]))$"


def _is_praised(text: str, start: int, end: int) -> bool:
    """Whether it is the name of somebody whom everybody knows, and learns from."""
    before, after = text[max(0, start - 30) : start], text[end : end + 40]
    return bool(re.search(_PRAISED_BEFORE, before) or re.match(_PRAISED, after))


_PRAISED_BEFORE = rf"(?:学习|缅怀|弘扬|致敬|纪念)(?:{HAN}{{2,4}},)*$"
_PRAISED = (
    rf"(?:[,和]{HAN}{{2,3}})*等?(?:同志)?的?(?:学习(?!班)|先进|事迹|精神(?!病|障|疾|残|分|失|异))"
)
_OF_MANY = r"(?:群众|[村居市农网]民|同事|老乡|妇女|[顾游]客|子女|父母|学生|儿童|家[长属]|[户方子儿友])[^\w\n]{1,3}$"
PATTERNS: list[tuple[str, Sequence[str], str]] = [
    (
        "姓名",
        PEOPLE_END + "字名事乡头嫂婶甥爹伙患姆兵戚表口放",
        rf"{_IN_CASES} ?[:=|(\"“]{{1,2}}[ |:\n]{{0,2}}(?:\d\)? ?)?({A_NAME})(?!\d)"
        rf"|{_WHO}[:=|(/]{{1,2}}[ |:\n]{{0,2}}({A_NAME}){_END}"
        rf"|(?:[{_KIN}户主犯民客徒]|(?<!地)方):({NAME}){_END}"
        rf"|{_IN_CASES}(?:[ -]{{1,2}}({A_NAME}){_END}|(?:(?:分别)?[为是]|系|名?叫)?(?:({NAME}){_END}|({_LONG})))"
        rf"|(?:{_WHO}|家庭)[为是叫“ ]?({_LONG})(?!\d)",
    ),
    (
        "姓名",
        (*"姓本真", "名字", "用名", "name", "NAME", "Name", "xm", "XM", "Xm", "xingming", "FN"),
        rf"(?:(?:name|xm|xingming)\"? ?[:=] ?\"?|\bFN(?:;[^:\n]*)?:)({NAME})|姓名[:=|, (\"-]{{1,2}}[ |:\n]{{0,2}}({A_NAME})(?!\d)|(?:姓名|名字)\"?[:=][ \"]?({ANY_NAME})"
        rf"|(?:姓名|名字)(?:[为是叫] ?|[ :-]*\n[ :\n>-]{{0,6}})({A_NAME})(?!{HAN})"
        rf"|姓名(?:\d{{1,2}})?(?:[^\w\n,、，]{{1,4}}|_|\" ?, ?\")({A_NAME})(?!{HAN}|\d)"
        rf"|姓名((?![代方高向于任]){A_NAME}(?=性别)|(?![代方高向于任]){A_NAME}(?!{HAN}|\d))|(?:本|真|曾用)名[为是叫:]{{0,2}}({NAME}){_END}"
        r"|姓名(?:拼音)?[: ]{1,2}((?-i:(?!Name|Full|First|Last)[A-Z][A-Za-z]{1,8}[ -]?[A-Z][a-z]{1,7}(?: [A-Z][a-z]{1,7})?)(?!\w))",
    ),
    (
        "姓名",
        "诉男女纠妇妻",
        rf"(?<!{HAN})((?-i:[{_SURNAMES}](?!某){HAN}{HAN}?))(?<![村镇乡县局组投起上应申败胜控撤])诉(?![求讼状请说苦源前]){HAN}{{2}}"
        rf"|({A_NAME})[,(/| ] ?[男女][,)/| ] ?(?:{HAN}{{1,3}}族|\d{{1,3}}岁|(?:19|20)\d\d|身份证|住|生|出生|农民|文盲|小学|初中|高中)"
        rf"|(?<!{HAN})({A_NAME})\([男女][,)]|(?<!{HAN})({NAME})[:,;] ?[男女](?!\w)"
        rf"|(?<!{HAN})({NAME})(?: ?[,/|-] ?| )[男女](?: ?[,/|-] ?| )\d\d(?!\d|[ ,/|-]*[男女]|[%名人个位次场户件])"
        rf"|(?:(?<!{HAN})|(?<=关于|调解|化解|处理|受理|接访))((?-i:{NAME}[与和同跟及,]{NAME}|{_LONG}{_LONG}))(?=(?:(?!村|组|乡|镇|边界){HAN}){{0,10}}纠纷|夫[妇妻])",
    ),
    (
        "姓名",
        SURNAMES + OTHER_SURNAMES,
        rf"(?:(?<!{HAN})|(?<=[民人户员者童生妇庭]))({NAME})(?=[,( ]{{0,2}}(?:[男女],?|[今现]年|年[仅满])?\d{{1,3}}周?岁(?![以至及-])"
        rf"|[,系因身曾]?(?:患(?!者)|确诊|罹患|感染|吸毒|复吸|戒毒(?!所)|艾滋|肺结核|乙肝|精神(?:病|障碍)|智障|癫痫|尿毒|抑郁|[一二三四]级残|(?:肢体|智力|视力|听力|言语|精神)?残[疾障]|{HAN}{{0,4}}[癌症瘤]|怀孕|流产|离婚|再婚|去世|病故|逝世|病逝|自杀|服刑|刑满|涉毒|溺水|辍学|住院(?![部病费报]))(?!人|者)"
        rf"|涉嫌|[酒醉]驾|酒后|无证|驾驶|盗窃|殴打|打伤|辱骂|报警|拒[不绝]|被(?:处|判|拘|抓|打|骗|刑|行政)|因(?:盗|吸|赌|酒|涉|病)|(?:到|赴|在)(?:北京|[县市京乡镇])\w{{0,3}}(?:访|闹)|进京|,(?:小学|初中|高中|文盲|农民|务农|无业)|夫[妇妻]|之[子女妻夫父母孙](?!{HAN})|等\d{{1,3}}[人名]|的?(?:身份证|(?:询问|谈话|调查)?笔录|调解协议|保证书|承诺书|检讨书|母子|父子|家(?:中|院坝|(?!{HAN}))))"
        rf"|\d岁的?({NAME})(?!{HAN})|(?<!{HAN})({NAME})(?=\((?:{HAN}{{0,3}}{_WHO}|{HAN}{{0,2}}(?:残疾|精神|智障|聋哑|[五低]保|已故){HAN}{{0,4}}|[父母夫妻子女])\))"
        rf"|(?:约谈|传唤|训诫|劝返|抓获|查获|责令|看望|慰问|走访|处罚|约访|护送|救助|帮扶|帮助|殴打|打伤|辱骂|举报|投诉|控告|送达|替|协助|通知|补助|[付偿]给)({_LONG})(?:{_END}|(?=[家户等并后的一夫申办解到追工\d]))|帮({_LONG})(?=[讨追要维联申办解])"
        rf"|(?:[对将向给把为]|给予)({_LONG})(?=进行|[作做]出|实施|处以|予以|采取|给予|移送|传唤|抓获|强制|刑事|送达|办理|申请|提供|解决|协调|行政|警告|罚|批评|训诫|拘|宣读|告知|的?询问|核实|赔|道歉|支付|发放|落实|拨付|送[去上])"
        rf"|由({_LONG})(?=(?:一次性|分期|当场|自行)?(?:支付|赔|承担|返还|退还))|接到?({_LONG})(?=[来电报反举求投])|(?:名叫|被{HAN}{{1,3}}的是)({_LONG})|@({NAME}){_END}"
        rf"|(?:(?<!{HAN})|(?<=因)|(?<=关于)|(?<=[\d一二三四五六七八九十][组社]))({_LONG})(?=[于因与系被称欠借]|反映|先生|女士|同学|等\d|(?<![农住])户?危房|一?家[失里中被的房院门旁附\d一二三四五六七八九]|获得?救|\(?已?签[字收名]"
        rf"|赔偿|支付|同意|自愿|擅自|私自|未经|违规|当场|垂钓|本人|及其?家[人属]|一行\d|道歉|认错|承诺|陈述|供述|砍伐|焚烧|侵占|驾车|赌博|嫖娼|吸食|贩毒|寻衅|故意伤|猥亵|强奸|保外|缓刑|脱管|失联|越级|信访|诉求|申请|不服|提起诉|要求|违建|占道|自缢|服毒|跳[楼河]|坠亡|离异|未婚|低保|工伤"
        rf"|家庭[困矛纠]|(?:邻里|土地|债务|婚姻)?纠纷|\([^()\n]{{2,12}}[组社]\)|的?(?:老[婆公]|媳妇|他[爸妈]|妻子|丈夫|儿子|女儿|父[亲母]|母亲)|占用|损[坏毁]|毁坏|倾倒|搭建|,?(?:家暴|醉酒|死亡|溺亡|猝死|丧偶|名下)|一案|等人(?![工为口])|兄弟(?!单位)|的(?:诉求|信访)|(?<![河溪江湖峡树]){HAN}{{2,4}}(?<![方答档预提议草图备教文])案(?:件?(?!{HAN}|\d))|(?<![河溪江湖峡树])[和及,]{_LONG}(?<![河溪江湖峡树]))"
        rf"|(?:(?<=\n)|(?<![\s\S])){_ROW}[^\n]*\n{_ROW}[^\n]*\n{_ROW}|(?<!{HAN})({_LISTED}){_BESIDE}({_LISTED}){_BESIDE}({_LISTED})"
        rf"|(?<!{HAN})({NAME}) ?[|,/ ] ?(?:[男女] ?[|,/ ] ?)?(?:19[3-9]\d|20[01]\d)(?!\d|年(?!生)\w)",
    ),
    (
        "出生日期",
        ("生", "DOB", "dob", "Dob", "irth", "IRTH", "orn"),
        rf"(?:出生(?:日期|年月日?|时间)?|生[日辰]|生年月日|(?<!{HAN})生(?=:)|\bDOB|\bborn|\bbirth(?:day|date| date)?|(?<![学产考师发民医卫派诞野])生于)[:=→_为是于( -]{{0,3}}(?:农历|民国)?({_DAY}|\d\d(?:[./-]\d{{1,2}}){{2}}(?!\d)|(?:19|20)\d{{6}}(?!\d)|\d{{1,2}}[月./-]\d{{1,2}}[日,./ -]{{1,3}}(?:19|20)\d\d(?!\d))"
        r"|出生(?:(?:日期|时间|年月日?)?[ :=→_为是(]{0,3})((?:19|20)\d\d(?: ?[年./-] ?)?(?:0?[1-9]|1[0-2])(?!\d|[./-]\d)(?:月|(?!月)))"
        r"(?!\d|[以之]?[前后上下间内]| ?[至到—~-])"
        rf"|(?<![日\d][至到])(?<!日-)(?<!日--)(?<![至到-](?:19|20))({_DAY}) ?(?:\([农阴公]历\))?(?:出生(?![人缺率医登证监一婴数])|生(?={_ENDS}))"
        rf"|(?<![自从在于至到\d.-])(?:({_MONTH}) ?(?:出生(?= ?[,。;)|\"”']|\n(?!的)|$)|生(?={_ENDS}))|((?:19\d\d|20[01]\d|\d\d|(?<=[男女,(])20\d\d|[一二][九〇零○0][〇零○0一二三四五六七八九]{{2}}|[〇零○五六七八九][〇零○一二三四五六七八九])年)生(?={_ENDS})|((?:19\d\d|20[01]\d)年)出生(?= ?[,。;)|\"”']|\n(?!的)|$))"
        rf"|(?<![学产考师发民医卫派诞野萌衍新])生于({_MONTH}|(?:19|20)\d\d年?)(?!\d|[年以之~至-])",
    ),
]
"""As in `kinds`: the kind, its signs, and how it is written."""
