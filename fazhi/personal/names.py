"""Names and birth dates of people: what stands before one, and what only looks like one."""

from collections.abc import Iterator, Sequence

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.personal.people import (
    BELONGS,
    CALLED_BY_SURNAME,
    DOES,
    DONE_BEHIND,
    DONE_TO,
    HEADS,
    IN_CASES,
    IS,
    KIN,
    OF_STAFF,
    OFFENDS,
    PAPERS,
    PEOPLE,
    SUFFERS,
)
from fazhi.personal.signs import (
    GIVEN,
    GIVEN_TO_OTHERS,
    HAN,
    OTHER_SURNAMES,
    PEOPLE_END,
    SURE,
    SURNAMES,
)
from fazhi.personal.words import WORDS

_LIKE_WORDS = (
    "安全成明平时税计隆勾母占粟洪桂仇季卜符冷封谷房管包单申卞边米车池权和咸华云奚郎昌凤酆廉邬元穆湛禹狄贝臧伏谈茅席麻路危刁虞裘缪宗贲郁杭诸吉钮嵇滑荣荀羊於惠曲芮羿储汲邴糜松井巫乌巴弓牧"
    "隗宓蓬郗班仰秋仲伊宫栾暴钭厉戎祖束司韶郜蓟宿怀邰鄂索籍蔺屠蒙胥苍闻莘贡劳逄姬扶堵宰郦雍却璩濮寿扈燕冀郏浦宦别慕茹习鱼容慎戈庾暨居衡步都弘匡寇禄阙殳沃利蔚越夔师巩厍晁融訾阚简毋沙乜鞠须丰巢蒯查荆竺逯盖益桓漕芦丛沿位隋植辜丘苑畅苟邸揭迟宇鄢稽练冼官衣佟栗台僧谌银扬邝淳况补赫向代常曾宁于"
)
_RATHER_WORDS = (
    "花强经门青南水乐皮支干解宣家富山印从阴能双党通农充连终满国广东那空养相后红公来木商原保应"
)
"""Surnames that are words by themselves, and those that begin more words than `WORDS` tells."""
_SURNAMES = SURNAMES + OTHER_SURNAMES + _LIKE_WORDS + _RATHER_WORDS
_NOT_A_PERSON = (  # what a whole run of characters ends with that is a place or an office
    rf"(?!(?:(?![到在至系]|家[中里]){HAN}){{3,20}}+(?:(?<=[村镇乡县局所委组府])|(?<={HAN}{{4}})(?<=[社司站院厂店场部队会中心乐馆坊])))"
)
A_NAME = (  # without case, as `HAN`
    rf"(?-i:{HAN}{{2,6}}[·•.]{HAN}{{2,8}}+(?! ?\)\))|(?!{HAN}{{1,2}}[村镇乡县局组]|党[委支政工]|{HAN}家[沟湾坝坪梁岩坡山河院岭垭]){_NOT_A_PERSON}"
    rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[ ._-]?(?!{HAN}?某|{CALLED_BY_SURNAME}){HAN} ?(?!律师){HAN}?)"
)
ANY_NAME = (  # of whatever surname, where nothing but a name can stand
    rf"(?-i:(?!{HAN}?{HAN}?某|[不未已略无见请同另待空缺匿保合小总共其暂是电性地]|[本个]人|姓名|备注|序号|职[务位业称责]|单位|年龄|民族|联系|身份|手机|事[由项]|分工|{HAN}{{1,7}}[的着填写]|{HAN}{{0,6}}(?:人员|同志|{CALLED_BY_SURNAME})){_NOT_A_PERSON}{HAN}{{2,8}}(?!{HAN}))"
)
_NUMBERED = r"[甲乙丙丁一二三四五A-D1-9]"
_WHO = rf"{PEOPLE}(?:代表|名单)?(?:[之(]?{_NUMBERED}\)?)?"
_PARTY = rf"{IN_CASES}(?:代表|名单)?(?:\(?{_NUMBERED}\)?)?"
_PLACE = "(?<![权钱村组坝湾沟坪乡镇县市区社坡梁嘴垭沱滩塘堡寨桥铺店口洞窝坎坑埂坳岗院庙寺路街巷上下边])(?<!树林|木林|山林|土林)"
_SURNAME = rf"{SURE}(?![某姓氏家]|[两二三四五六几多][家户姓方]|小结|通报|清单|安排|学习|明灯|三彩|新春|{CALLED_BY_SURNAME})"
NAME = rf"(?:{_SURNAME}{HAN}{{1,2}}{_PLACE}|{GIVEN_TO_OTHERS}{_PLACE})"
_LONG = (  # of three characters, where it is only told by what stands around it
    rf"(?:{_NOT_A_PERSON}{_SURNAME}{HAN}(?![被已遭未将均都也又再就]){HAN}{_PLACE}(?![号机话])|{GIVEN_TO_OTHERS}{_PLACE})"
)
_NO_WATER = "(?<![河溪江湖峡树])"
_LISTED = rf"{NAME}{_NO_WATER}(?!{HAN})"
_BESIDE = r"(?:[ ;/|.,、]{1,2}(?:\d{1,2}[ .,、)]{1,2})?|\d)"
_ROW = rf"[\d ,.()|*一二三四五六-]{{0,6}}({NAME})(?!{HAN})"
_OF_A_VILLAGE = rf"[ ,:(|]{{1,2}}\w{{1,7}}[村组社](?!{HAN})"
_ALONE = rf"(?<!{HAN})"
_END = rf"(?:(?!\d|{HAN})|(?=[诉与和因等]))"
_THEN = r"[ |:\n-]{0,3}"
_DAY = (
    r"(?:(?:(?:19|20)\d\d ?[年./ -]|\d\d年) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月./ -] ?"
    r"(?:\d{1,2}|[初一二三四五六七八九十廿]{1,3})(?![\d月])(?: ?[日号])?"
    r"|[〇零○0一二三四五六七八九十]{2,4}年[一二三四五六七八九十]{1,2}月[初一二三四五六七八九十廿]{1,3}[日号]?)"
)
_MONTH = (
    r"(?:(?:19|20)\d\d ?[年./-] ?\d{1,2}(?: ?月)?|\d\d年\d{1,2}月"
    r"|[〇零○0一二三四五六七八九十]{2,4}年[一二三四五六七八九十]{1,2}月)"
)
_ENDS = r"人?(?:[^\w\n ]|[\n ](?![产活猪态育长意动均])|$)"  # not where a line ends in the middle of a word
_YEAR = r"(?:19\d\d|20[01]\d|\d\d|(?<=[男女,(])20\d\d|[一二][九〇零○0][〇零○0一二三四五六七八九]{2}|[〇零○五六七八九][〇零○一二三四五六七八九])年"
_STOPS = r"(?= ?[,。;)|\"”']|\n(?!的)|$)"


def is_named(match: re.Match[str]) -> bool:
    """Whether what is taken for a name is the beginning of no word, or stands where only a name can: what
    is said of one person may begin like a word, 黄金生, what is said of many is rather one, 群众：黄牛."""
    return all(
        _is_named(match.string, *match.span(1 + n)) for n, held in enumerate(match.groups()) if held
    )


def _is_named(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 8) : start]
    is_like_a_word = text[start] in _LIKE_WORDS + _RATHER_WORDS
    if re.search(_OF_A_NAME, before):
        head = rf"{HAN}{{0,6}}(?:{HEADS}|{CALLED_BY_SURNAME}|人员)(?![^\n ,|])"
        goes_on = is_like_a_word and re.match(HAN, text[end:])
        return not (goes_on or re.match(head, text[start:]))
    if _is_praised(text, start, end) or re.search(_AMONG_STAFF, text[max(0, start - 60) : start]):
        return False
    if is_like_a_word:
        is_given = re.match(rf".[{GIVEN}]{{2}}({HAN}?)", text[start:])
        if is_given and not (is_given[1] and text[start : start + 2] in WORDS):
            return True
        if text[start] in _RATHER_WORDS or not re.match(_ALL_OF_A_NAME, text[start:]):
            return False
    if text[start : min(end, start + 2)] not in WORDS:
        return True
    is_said = before[-1:] in {*":=|("} and not re.search(_OF_MANY, before)
    return is_said and text[start] in SURNAMES


def is_a_name(text: str) -> bool:
    """Whether a text is a name and no more, of a surname that hardly a word begins with."""
    return _A_WHOLE_NAME.fullmatch(text) is not None and text[:2] not in WORDS


def begins_a_name(cell: str) -> bool:
    """Whether the cell of a table may be somebody's name, where the heads of its columns may stand, too."""
    return re.match(_A_CELL, cell) is not None and cell[:2] not in WORDS


def in_titles(text: str) -> Iterator[tuple[int, int]]:
    """From where to where somebody is named in a title, a name of a file, or a link: by itself, or
    anywhere in characters that hardly anything but a name is made of."""
    return _places(_IN_TITLES, text)


def in_fields(text: str) -> Iterator[tuple[int, int]]:
    """The same of fields as they are written: in a title, by itself, or behind an office, in one that is
    of offices."""
    spans = (match.span(1) for match in _ALONE_IN_FIELDS.finditer(text))
    named = {span for span in spans if _is_named(text, *span)}.union(_places(_OF_OFFICES, text))
    for said in _TITLES.finditer(text):
        start = said.start(1)
        named.update((start + first, start + last) for first, last in in_titles(said[1]))
    yield from sorted(named)


def _places(pattern: Pattern, text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        start, end = match.span(match.lastindex or 0)
        is_of_office = re.search(_OF_OFFICE, text[max(0, start - 4) : start])
        if is_a_name(text[start:end]) and not (is_of_office or _is_praised(text, start, end)):
            yield start, end


_OF_OFFICE = (
    r"(?:书记|主任|主席|委员|民警|律师|[法察]官|调解员|网格员|[省市县区乡镇局所组队校院部科处]长)$"
)
_SURELY = rf"({SURE}[{GIVEN}民宝]{{2}})(?!理论|思想|讲话|同志)"
_OF_ANOTHER = rf"[{OTHER_SURNAMES}]{HAN}[{GIVEN}碧琼]{_PLACE}"  # in a title only
_A_WHOLE_NAME = Pattern(rf"(?:{NAME}|{_OF_ANOTHER})(?<![河溪江湖峡树所局委府站院办队室科])")
_IN_TITLES = Pattern(
    rf"(?=[{SURNAMES}{OTHER_SURNAMES}欧司上诸])(?:(?<!{HAN})|(?<=走访|慰问|看望|约谈|帮扶))((?:{SURE}{HAN}{{1,2}}|{_OF_ANOTHER})(?:(?!{HAN})|(?=签|照片|合影|申请|承诺|低保)))|{_SURELY}"
)
_TITLES = Pattern(
    rf"(?:标题|名称)[\"']?:[ |>+\n-]*((?:(?!, ?{HAN}+: )[^\n])*)"
)  # up to the next of one line
_ALONE_IN_FIELDS = Pattern(
    rf"(?m)^(?:承办|主持): *[\"']?([{_SURNAMES}]{HAN}{{1,2}})(?<![办所站委会局科室院部队组村社镇乡县庭厅团处心])[\"']?$"
)
_OF_OFFICES = Pattern(
    rf"(?=[承主科岗批时{SURNAMES}欧司上诸])(?:(?:承办|主持|主送|科室|岗位|批准|时间): *[\"']?{HAN}{{0,12}}?[ ,、]?({NAME})(?!{HAN})|{_SURELY})"
)
_A_CELL = rf"[{SURNAMES}{OTHER_SURNAMES}]{HAN}{{1,2}}(?!{HAN})"
_ALL_OF_A_NAME = rf".(?![不无未没有在到其此这每各本前后上下年月日号的了是被把与及或]){HAN}{{1,2}}(?!(?!同志){HAN})"
_OF_A_NAME = r"名(?:字|叫)?(?:\"? ?[:=] ?\"?|(?<=[字叫]))$"


def _is_praised(text: str, start: int, end: int) -> bool:
    """Whether it is the name of somebody whom everybody knows, and learns from."""
    before, after = text[max(0, start - 30) : start], text[end : end + 40]
    return bool(re.search(_PRAISED_BEFORE, before) or re.match(_PRAISED, after))


_PRAISED_BEFORE = (
    rf"(?:学习|缅怀|弘扬|致敬|纪念|英雄|烈士|英烈|先烈|先进典型|历史人物|主演):?(?:{HAN}{{2,4}},)*$"
)
_AMONG_STAFF = (  # one of some after what those are called who are of an office: 承办人：王三、
    rf"(?:(?<![被受人众访工主急内庭])(?:{OF_STAFF}(?:人员?|者)|记录|带队|值班|发言|工作队|先进个人|成员|组长|讲师|[格解络讯息审导林]员|民警|律师|法官|领导|委员|志愿者|[出列]席|参[会加]|合议庭)[:=|(]{{1,2}} ?|(?:领导|班子)(?:成员)?)"
    rf"(?:{HAN}{{2,4}}(?:\([^()\n]*\))?[,、 ]{{1,2}})*$"
)
_PRAISED = rf"(?:[,、和]{HAN}{{2,3}})*等?(?:同志)?的?(?:[乡镇村县班]?子?(?:领导|成员)|带队|[出列]席|分别(?:发言|讲话)|(?:[,(]{HAN}{{2,12}})?律师|学习(?!班)|先进|事迹|故居|\({HAN}{{0,10}}(?:书记|主任|委员|干部|民警|律师|[乡镇村局所科]长)\)|精神(?!病|障|疾|残|分|失|异))"
_OF_MANY = r"(?:标题|名称|^!?|群众|[村居市农网]民|同事|老乡|妇女|[顾游]客|子女|父母|学生|儿童|家[长属]|[户方子儿友]|(?:附件?|图)\d*|材料|照片|名称|标题|主题|活动|项目|资料)[^\w\n]{1,3}$|!.$"
_AGE = r"[,( ]{0,2}(?:[男女],?|[今现]年|年[仅满])?\d{1,3}周?岁(?![以至及-])"
_FOREIGN = r"(?-i:(?!Name|Full|First|Last)[A-Z][A-Za-z]{1,8}[ -]?[A-Z][a-z]{1,9}(?: [A-Z][a-z]{1,9})?)(?!\w)"
_A_CASE = rf"{_NO_WATER}{HAN}{{2,4}}(?<![方答档预提议草图备教文])案(?:件?(?!{HAN}|\d))"
_BEHIND_A_LABEL = (
    rf"{_PARTY} ?[:=|(\"“]{{1,2}}{_THEN}(?:\d[.,)]? ?)?({A_NAME})(?!\d)",  # 当事人：王三
    rf"{_WHO}[:=|(/]{{1,2}}{_THEN}({A_NAME}){_END}",  # 村民：王三
    rf"(?:(?:[{KIN}户主犯民客徒]|(?<!地)方|等奖):|[其之][{KIN}])({NAME}){_END}",
    rf"{_PARTY}(?:[ -]{{1,2}}({A_NAME}){_END}|[,;]({_LONG}){_END}|(?:(?:分别)?[为是]|系|名?叫)?(?:({NAME}){_END}|({_LONG})))",
    rf"(?:{_WHO}|家庭)[为是叫“ ]?({_LONG})(?!\d)",  # 村民王小三
    rf"{_PARTY}(?:,{HAN}{{2,6}})+\n({A_NAME}),",  # rows of a sheet
)
_BEHIND_ANOTHER = (  # 当事人：李某、王三
    rf"(?:{_PARTY}|双方|姓名)(?:签[名字])?(?:[:=|(]{{1,2}}{_THEN}|为)?(?:(?:{HAN}某{{1,2}}|{NAME})(?:[、与和及 ]|, ?){{1,2}})+({A_NAME}){_END}"
)
_BEHIND_NAME = (
    rf"姓名(?:[,;|]{HAN}{{2,6}})*[,;]?\n\d{{1,3}}[,;|]({A_NAME})[,;|]",  # rows of a sheet
    rf"(?:(?:name|xm|xingming)\"? ?[:=] ?\"?|\bFN(?:;[^:\n]*)?:)({NAME})",
    rf"(?:姓名|名字)\"?[:=][ \"]?({ANY_NAME})",
    rf"姓名[:=|, (\"-]{{1,2}}{_THEN}({A_NAME})(?!\d)",
    rf"(?:姓名|名字)(?:[为是叫] ?|[ :-]*\n[ :\n>-]{{0,6}})({A_NAME})(?!{HAN})",
    rf"姓名(?:\d{{1,2}})?(?:[^\w\n,、，]{{1,4}}|_|\" ?, ?\")({A_NAME})(?!{HAN}|\d)",
    rf"姓名(?![方高任{_LIKE_WORDS}{_RATHER_WORDS}])(?:({A_NAME})(?=性别|家庭|身份|年龄|民族|电话|联系|住址|出生|籍贯)|({A_NAME})(?!{HAN}|\d))",
    rf"(?:本|真|曾用)名[为是叫:]{{0,2}}({NAME}){_END}",
    rf"姓名(?:拼音)?[: ]{{1,2}}({_FOREIGN})",
)
_OF_TWO_OR_A_SEX = (
    # 王三诉李四
    rf"{_ALONE}((?-i:[{_SURNAMES}](?!某){HAN}{HAN}?))(?<![村镇乡县局组投起上应申败胜控撤])诉(?![求讼状请说苦源前]){HAN}{{2}}",
    # 王三，男，汉族
    rf"({A_NAME})[,(/| ] ?[男女][,)/| ] ?(?:{HAN}{{1,3}}族|\d{{1,3}}岁|(?:19|20)\d\d|身份证|住|生|出生|农民|文盲|小学|初中|高中)",
    rf"{_ALONE}({A_NAME})\([男女][,)]",
    rf"{_ALONE}({NAME})[:,;] ?[男女](?!\w)",
    rf"{_ALONE}({NAME})(?: ?[,/|-] ?| )[男女](?: ?[,/|-] ?| )\d\d(?!\d|[ ,/|-]*[男女]|[%名人个位次场户件])",
    # 王三与李四邻里纠纷
    rf"(?:{_ALONE}|(?<=关于|调解|化解|处理|受理|接访))((?-i:{NAME}[与和同跟及,]{NAME}|{_LONG}{_LONG}))"
    rf"(?=(?:(?!村|组|乡|镇|边界){HAN}){{0,10}}(?:纠纷|争吵|打架|抓扯)|夫[妇妻])",
    # 王三同志反映
    rf"(?:{_ALONE}|(?<=关于|答复|回复)|(?<=[对由向与]))({A_NAME})同志(?=(?:提出|信访|来[信访]|反映|投诉|举报|申请|诉求|要求|不服)|的?(?:问题|事项)?的?[答回]复)",
)
_BY_WHAT_IS_SAID = (
    # 王三患病
    rf"(?:{_ALONE}|(?<=[民人户员者童生妇庭]))({NAME})"
    rf"(?={_AGE}|[,系因身曾]?{SUFFERS}(?!人|者)|{OFFENDS}|{IS})",
    rf"(?:{_ALONE}|(?<=[民户童生妇庭组社村于与和同为解])|(?<=[党队学]员))({NAME})(?<![河溪江湖峡树站所])(?=的?{PAPERS})",  # 王三签到册
    rf"\d岁的?({NAME})(?!{HAN})",
    # 王三（村民）
    rf"{_ALONE}({NAME})(?=\((?:{HAN}{{0,3}}{_WHO}|{HAN}{{0,2}}(?:残疾|精神|智障|聋哑|[五低]保|已故){HAN}{{0,4}}|[父母夫妻子女])\))",
    # 约谈王小三
    rf"{DONE_TO}了?(?:老?党员)?(?:({_LONG})(?:{_END}|(?=[家户等并后的一夫申办解到追工不\d]|同志|老人))|({NAME})(?={PAPERS}|记录))",
    rf"(?:今收到|[名我]叫|名字\W{{0,3}}答:|被{HAN}{{1,3}}的是)({_LONG})",
    rf"叫({_LONG})(?=的[村群老男女学人])",
    rf"[与和同跟]({_LONG})(?=交谈|谈[心话]|握手|签订|达成)",
    rf"(?:[到在去进]({_LONG})(?<!农)(?:家(?![乡具畜政族园长])|院坝)|[至入到]({_LONG})的?账户|(?:涉及|包括)({_LONG})等\d)",
    # 图1 王小三领取, 左一王小三, 王小三（右）
    rf"(?:(?<![供制绘])图\d{{0,2}}[:为 ]{{0,2}}|[左右中排](?:[一二三四五六起][:为是 ]?|[为是]))({_LONG})(?:{_END}|(?=[领签接与和在向到正]))",
    rf"(?:{_ALONE}|(?<=[与和同为由对向给]))({NAME})\([左右中前后]{{1,2}}[一二三四五六]?\)",
    rf"(?:某|姓名:{HAN}{{1,3}})\(({NAME})\)",
    rf"帮({_LONG})(?=[代讨追要维联申办解])",
    rf"(?:[对将向给把为]|给予)({_LONG})(?={DONE_BEHIND})",
    rf"由({_LONG})(?=(?:一次性|分期|当场|自行)?(?:支付|赔|承担|返还|退还))",
    rf"接到?({_LONG})(?=[来电报反举求投])",
    rf"@({NAME}){_END}",
    # 王小三砍伐
    rf"(?:{_ALONE}|(?<=因)|(?<=关于|调解|化解)|(?<=[\d一二三四五六七八九十][组社]))({_LONG}){_NO_WATER}"
    rf"(?=[于因与被称欠借]|,?系|{DOES}|{BELONGS}|{_A_CASE}|[和及,]{_LONG}{_NO_WATER}|[将把](?:{_LONG}|{HAN}某{{1,2}})[打砍撞]|向(?:{_LONG}|{HAN}某{{1,2}})借)",
    # rows that begin with a name: three, or two with a village; three names side by side
    rf"(?:(?<=\n)|(?<![\s\S])){_ROW}{_OF_A_VILLAGE}[^\n]*\n{_ROW}{_OF_A_VILLAGE}",
    rf"(?:(?<=\n)|(?<![\s\S])){_ROW}[^\n]*\n{_ROW}[^\n]*\n{_ROW}",
    rf"{_ALONE}({_LISTED}){_BESIDE}({_LISTED}){_BESIDE}({_LISTED})",
    # 王三450元、李四520元
    rf"{_ALONE}({NAME})\d[\d.]*元[,、;。 和及]{{1,2}}({NAME})\d[\d.]*元",
    # 王三 1985
    rf"{_ALONE}({NAME}) ?[|,/ ] ?(?:[男女] ?[|,/ ] ?)?(?:19[3-9]\d|20[01]\d)(?!\d|年(?!生)\w)",
)
_BORN = (
    # 出生日期：1985年3月1日
    rf"(?:出生(?:日期|年月日?|时间)?|生[日辰]|生年(?:月日)?|{_ALONE}生(?=:)|\bDOB|\bborn|\bbirth(?:day|date| date)?|(?<![学产考师发民医卫派诞野])生于)"
    rf"[:=→_为是于( -]{{0,3}}(?:农历|民国)?({_DAY}|\d{{1,2}}(?:[./-]\d{{1,2}}){{2}}(?!\d)|(?:19|20)\d\d(?:\d{{4}}|(?:,\d{{1,2}}){{2}})(?!\d)|\d{{1,2}}-[A-Z]{{3}}-\d\d|[A-Z]{{3}} \d{{1,2}},? ?(?:19|20)\d\d|\d{{1,2}}[月./-]\d{{1,2}}[日,./ -]{{1,3}}(?:19|20)\d\d(?!\d))",
    # 出生年月：1985.03
    r"出生(?:(?:日期|时间|年月日?)?[ :=→_为是(]{0,3})((?:19|20)\d\d(?: ?[年./-] ?)?(?:0?[1-9]|1[0-2])(?!\d|[./-]\d)(?:月|(?!月))|(?<=年月[ :])\d\d[./]\d{1,2}(?![\w./])|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月|(?<=日期:)[12]\d{4}(?![\w,.-]))"
    r"(?!\d|[以之]?[前后上下间内]| ?[至到—~-])",
    # 1985年3月1日出生
    rf"(?<![日\d][至到])(?<!日-)(?<!日--)(?<![至到-](?:19|20))({_DAY}) ?(?:\([农阴公]历[^()\n]{{0,10}}\))?(?:生于|(?:[于在]{HAN}{{1,8}})?出生(?![人缺率医登证监一婴数])|生(?={_ENDS}))",
    # 某，男，1985-03-01
    rf"(?<=[男女],)(?=19[3-9])({_MONTH})(?=,)|(?<!\d)((?:19|20)\d{{6}}) ?出生(?![人缺率医])",
    rf"(?<=[男女][,/| ])(?=19|20[01])({_DAY}|\d{{8}}|\d{{4}}年\d{{1,2}}月)(?!\w)|某\((?=19|200)({_DAY})\)",
    # 李某某，1979年9月21日，汉族
    rf"(?:[生童孩]{HAN}某{{1,2}}[,( ](?=201)|某[,( ]{{1,2}}(?:[男女][,/ ])?(?:{HAN}{{1,3}}族?,)?(?=19|200))({_DAY}|{_MONTH}|(?:19|20)\d{{6}})(?= ?[,;)|。\n]|$)",
    # 85年生
    rf"(?<![自从在于至到\d.-])(?:({_MONTH}) ?(?:出生{_STOPS}|生(?={_ENDS}))|({_YEAR})生(?={_ENDS})|((?:19\d\d|20[01]\d)年)出生{_STOPS})",
    rf"(?<![学产考师发民医卫派诞野萌衍新])生于({_MONTH}|(?:19|20)\d\d年?)(?!\d|[年以之~至-])",
)
PATTERNS: list[tuple[str, Sequence[str], str]] = [
    (
        "姓名",
        PEOPLE_END + "甲乙丙收奖单字名事乡头嫂婶甥爹伙患姆兵戚表口放",
        rf"(?={HAN})(?:{'|'.join(_BEHIND_A_LABEL)})",  # no other sign is tried with each of them
    ),
    ("姓名", PEOPLE_END + "双名", _BEHIND_ANOTHER),
    (
        "姓名",
        (*"姓本真", "名字", "用名", "name", "NAME", "Name", "xm", "XM", "Xm", "xingming", "FN"),
        "|".join(_BEHIND_NAME),
    ),
    ("姓名", "诉男女纠妇妻吵架扯志", "|".join(_OF_TWO_OR_A_SEX)),
    ("姓名", SURNAMES + OTHER_SURNAMES, "|".join(_BY_WHAT_IS_SAID)),
    ("出生日期", (*"生某男女", "DOB", "dob", "Dob", "irth", "IRTH", "orn"), "|".join(_BORN)),
]
"""As in `kinds`: the kind, its signs, and how it is written."""
