"""Names and birth dates of people: what stands before one, and what only looks like one."""

from collections.abc import Sequence

from fazhi import regex as re
from fazhi.personal.signs import GIVEN_TO_OTHERS, HAN, OTHER_SURNAMES, SURE, SURNAMES, WORDS

_SURNAMES = SURNAMES + OTHER_SURNAMES
_NOT_A_PERSON = (  # what a whole run of characters ends with that is a place or an office
    rf"(?!(?:(?![到在]){HAN}){{3,20}}+(?:(?<=[村镇乡县局所委组府])|(?<={HAN}{{4}})(?<=[社司站院厂店场部队会中心])))"
)
A_NAME = (  # without case, as `HAN`
    rf"(?-i:{HAN}{{2,6}}[·•.]{HAN}{{2,8}}|(?!{HAN}{{1,2}}[村镇乡县局组]){_NOT_A_PERSON}"
    rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[ ._-]?(?!某){HAN} ?{HAN}?)"
)
ANY_NAME = (  # of whatever surname, where nothing but a name can stand
    rf"(?-i:(?!{HAN}?{HAN}?某|[不未已略无见同另待空缺匿保合小总共其暂是电性地]|本人|姓名|备注|序号|职[务位业称责]|单位|年龄|民族|联系|身份|手机|事由|{HAN}{{0,6}}(?:书记|主任|[所乡镇局科村]长|委员|人员|干部|同志)){_NOT_A_PERSON}{HAN}{{2,8}}(?!{HAN}))"
)
_OF_STAFF = (  # whose names are public, or said of offices
    "联系|承办|主持|负责|责任|发言|审核|审批|审查|审定|记录|经办|签发|调解|主讲|报告|监督|发布|撰稿|拟稿|起草|编辑|校对"
    "|主办|协办|办理|牵头|包案|填表|制表|填报|统计|复核|召集|带班|带头|带队|代表|公证|仲裁|执法|检查|办案|参会|参加|出席"
    "|列席|汇报|主管|分管|保管|采购|招标|投标|中标|发包|收件|受理|接待|接访|值班|录入|采集|管理|宣讲|候选|当选|明白"
)
_WHO = (  # by what somebody is called in a case or on a list
    rf"(?:(?<!{_OF_STAFF})人|被{HAN}{{2,3}}人|户主|(?<![记作编学读笔])者|[甲乙丙男女对双买卖租款]方|[原被]告|签[名字]|(?<![账帐门开散几每入各])户"
    r"|(?:矫正|帮教|调解|帮扶|服务|救助|走访|慰问|管控|优抚|低保|特困)对象|(?:来访|上访|信访|特困|低保|困难|死亡|失踪|受伤|矫正|帮教|服刑|释放|缓刑|吸毒|戒毒|涉毒|障碍|涉邪|刑释|重点)人员"
    r"|驾驶员|司机|[车业事]主|房东|租客|家[长属]|[孕产]妇|学生|儿童|[村居]民(?:代表)?|群众|丈夫|妻子|配偶|[父母]亲|儿子|女儿|[其之][子女妻夫父母孙弟兄姐妹]|[男女孩]子|前[妻夫]|[孤幼]儿|[男女][童孩]|孙[子女])"
    r"(?:[之(]?[甲乙丙丁一二三四五A-D1-9]\)?)?"
)
_IN_CASES = (
    r"(?:(?:当 ?事|申请|信访|上访|举报|投诉|[受被]害|嫌疑|处罚|代理|第三|执行|调查|行为|监护) ?人|[死伤]者|户主|[原被]告人?|[甲乙丙男女]方"
    r"|(?:矫正|帮教|调解|服刑|释放|吸毒|戒毒|障碍|涉邪)(?:对象|人员))(?:\(?[甲乙丙丁一二三四五A-D1-9]\)?)?"
)
_UNNAMED = "大[爷妈娘叔伯嫂哥姐婶]|阿姨|师傅|老[板师]|先生|女士|奶奶|爷爷|婆婆|同学|书记|主任|支书|医生|律师|[乡镇村所局庭组]长"
_PLACE = "(?<![权钱村组坝湾沟坪乡镇县市区社坡梁嘴垭沱滩塘堡寨桥铺店口洞窝坎坑埂坳岗院庙])(?<!树林|木林|山林|土林)"
_NAME = rf"(?:{SURE}(?![某姓氏家]|{_UNNAMED}){HAN}{{1,2}}{_PLACE}|{GIVEN_TO_OTHERS}{_PLACE})"
_LONG = rf"(?:{_NOT_A_PERSON}{SURE}(?![某姓氏家]|{_UNNAMED}){HAN}{{2}}{_PLACE}|{GIVEN_TO_OTHERS}{_PLACE})"
_DOES = (  # of somebody who is named
    "[家户反表要来就诉称系犯报举投申提被在到于因以向将与和的说患吸感残离怀盗偷打殴酒醉肇辍溺死伤]|名下|不服"
)
_END = rf"(?:(?!\d|{HAN})|(?=[诉与和因等]))"
_DAY = (
    r"(?:(?:(?:19|20)\d\d ?[年./ -]|\d\d年) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月./ -] ?"
    r"(?:\d{1,2}|[初一二三四五六七八九十]{1,3})(?!\d)(?: ?日)?"
    r"|[〇零○0一二三四五六七八九十]{2,4}年[一二三四五六七八九十]{1,2}月[初一二三四五六七八九十]{1,3}日?)"
)
_MONTH = (
    r"(?:(?:19|20)\d\d ?[年./-] ?\d{1,2}(?: ?月)?|\d\d年\d{1,2}月"
    r"|[〇零○0一二三四五六七八九十]{2,4}年[一二三四五六七八九十]{1,2}月)"
)
_ENDS = (
    r"人?(?:[^\w\n]|\n(?![产活猪态育长意动均])|$)"  # not where a line ends in the middle of a word
)


def is_named(match: re.Match[str]) -> bool:
    """Whether what is taken for a name is the beginning of no word, or stands where only a name can: what
    is said of one person may begin like a word, 黄金生, what is said of many is rather one, 群众：黄牛."""
    start, end = match.span(match.lastindex or 0)
    before = match.string[max(0, start - 8) : start]
    if re.search(_OF_A_NAME, before):
        return True
    if match.string[start] in "应向代常曾宁":
        return re.match(GIVEN_TO_OTHERS, match.string[start:end]) is not None
    if match.string[start : min(end, start + 2)] not in WORDS:
        return True
    is_said = before[-1:] in {*':=|("“'} and not re.search(_OF_MANY, before)
    return is_said and match.string[start] in SURNAMES


def is_a_name(text: str) -> bool:
    """Whether a text is a name and no more, of a surname that hardly a word begins with."""
    return re.fullmatch(_NAME, text) is not None and text[:2] not in WORDS


_OF_A_NAME = r"名(?:字|叫)?(?:\"? ?[:=] ?\"?|(?<=[字叫]))$"
_OF_MANY = r"(?:群众|[村居]民|学生|儿童|家[长属]|户)[^\w\n]{1,3}$"
PATTERNS: list[tuple[str, Sequence[str], str]] = [
    (
        "姓名",
        "人主者告方象员户字名机东客长属生童民众夫妻父母子女偶亲儿孩孙弟兄姐妹庭妇",
        rf"{_IN_CASES} ?[:=|(\"“]{{1,2}}[ |:\n]{{0,2}}({A_NAME})(?!\d)"
        rf"|{_WHO}[:=|(/]{{1,2}}[ |:\n]{{0,2}}({A_NAME}){_END}"
        rf"|{_IN_CASES}(?:[ -]{{1,2}}({A_NAME}){_END}|(?:(?:分别)?[为是]|系|名?叫)?(?:({_NAME}){_END}|({_LONG})))"
        rf"|(?:{_WHO}|家庭)[为是“]?({_LONG})(?:{_END}|(?={_DOES}))",
    ),
    (
        "姓名",
        (*"姓本真", "名字", "用名", "name", "NAME", "Name", "xm", "XM", "Xm", "xingming", "FN"),
        rf"(?:(?:name|xm|xingming)\"? ?[:=] ?\"?|\bFN(?:;[^:\n]*)?:)({_NAME})|姓 {{0,3}}名[:=|, (\"-]{{1,2}}[ |:\n]{{0,2}}({A_NAME})(?!\d)|(?:姓 {{0,3}}名(?:[及和与、/,]{HAN}{{2,4}})?|名字)\"?[:=][ \"]?({ANY_NAME})"
        rf"|(?:姓 {{0,3}}名|名字)(?:[为是叫] ?|[ :-]*\n[ :\n>-]{{0,6}})({A_NAME})(?!{HAN})"
        rf"|姓名(?:\([^()\n]{{1,6}}\)|\d{{1,2}})?(?:[^\w\n,、，]{{1,4}}|_|\" ?, ?\")({A_NAME})(?!{HAN}|\d)"
        rf"|姓名((?![代方高向于任]){A_NAME})(?!{HAN}|\d)|(?:本|真|曾用)名[为是叫:]{{0,2}}({_NAME}){_END}"
        r"|姓名(?:拼音)?[: ]{1,2}((?-i:(?!Name|Full|First|Last)[A-Z][A-Za-z]{1,8}[ -]?[A-Z][a-z]{1,7}(?: [A-Z][a-z]{1,7})?)(?!\w))",
    ),
    (
        "姓名",
        "诉男女纠妇妻",
        rf"(?<!{HAN})((?-i:[{_SURNAMES}](?!某){HAN}{HAN}?))(?<![村镇乡县局组投起上应申败胜控撤])诉(?![求讼状请说苦源前]){HAN}{{2}}"
        rf"|({A_NAME})[,(/| ] ?[男女][,)/| ] ?(?:{HAN}{{1,3}}族|\d{{1,3}}岁|(?:19|20)\d\d|身份证|住|生|出生|农民|文盲|小学|初中|高中)"
        rf"|(?<!{HAN})({A_NAME})\([男女][,)]|(?<!{HAN})({_NAME})[:,;] ?[男女](?!\w)"
        rf"|(?<!{HAN})((?-i:{SURE}{HAN}{{1,2}}))[,/-][男女][,/-]\d\d(?!\d|[ ,/-]*[男女]|[%名人个位次场户件])"
        rf"|(?:(?<!{HAN})|(?<=关于|调解|化解|处理|受理|接访))((?-i:{_NAME}[与和,]{_NAME}))(?=(?:(?!村|组|乡|镇|边界){HAN}){{0,10}}纠纷|夫[妇妻])",
    ),
    (
        "姓名",
        SURNAMES + OTHER_SURNAMES,
        rf"(?:(?<!{HAN})|(?<=[民人户员者童生妇庭]))({_NAME})(?=[,( ]{{0,2}}(?:[男女],?|[今现]年|年[仅满])?\d{{1,3}}周?岁(?![以至及-])"
        rf"|[,系因身曾]?(?:患(?!者)|确诊|罹患|感染|吸毒|复吸|戒毒(?!所)|[一二三四]级残|(?:肢体|智力|视力|听力|言语|精神)?残[疾障]|{HAN}{{0,4}}[癌症瘤]|怀孕|流产|离婚|再婚|去世|病故|自杀|服刑|刑满|涉毒|溺水|辍学)(?!人|者)"
        rf"|涉嫌|[酒醉]驾|酒后|无证|驾驶|盗窃|殴打|打伤|辱骂|报警|拒[不绝]|被(?:处|判|拘|抓|打|骗|刑|行政)|因(?:盗|吸|赌|酒|涉|病)|到[县市京乡镇]\w{{0,3}}(?:访|闹)|夫[妇妻]|等\d{{1,3}}[人名])"
        rf"|\d岁的({_NAME})(?!{HAN})"
        rf"|(?:约谈|传唤|训诫|劝返|抓获|查获|责令|看望|慰问|走访|处罚|约访|护送|救助|帮扶|帮助|殴打|打伤|辱骂|举报|投诉|控告|替)({_LONG})(?:{_END}|(?=[家户等并后的一夫申办解\d]))"
        rf"|(?:[对将向给把为]|给予)({_LONG})(?=进行|[作做]出|实施|处以|予以|采取|给予|移送|传唤|抓获|强制|刑事|送达|办理|申请|提供|解决|协调|行政|警告|罚|批评|训诫|拘)"
        rf"|(?<!{HAN})({_LONG})(?=[于因与系被称欠借]|家[失里中被的]|,?(?:家暴|醉酒|死亡|溺亡|猝死|丧偶|名下)|[和及,]{_LONG})"
        rf"|(?<!{HAN})({_NAME}) ?[|,/ ] ?(?:[男女] ?[|,/ ] ?)?(?:19[3-9]\d|20[01]\d)(?!\d|年(?!生)\w)",
    ),
    (
        "出生日期",
        ("生", "DOB", "dob", "Dob", "irth", "IRTH"),
        rf"(?:出 ?生 ?(?:日 ?期|年 ?月 ?日?|时间)?|生[日辰]|\bDOB|\bbirth(?:day|date| date)?|(?<![学产考师发民医卫派诞野])生于)[:=→_为是于( -]{{0,3}}(?:农历|民国)?({_DAY}|\d\d(?:[./-]\d{{1,2}}){{2}}(?!\d)|(?:19|20)\d{{6}}(?!\d)|\d{{1,2}}[月./-]\d{{1,2}}[日,./ -]{{1,3}}(?:19|20)\d\d(?!\d))"
        r"|出生 ?(?:(?:日期|时间|年月日?)?[ :=→_为是(]{0,3})((?:19|20)\d\d(?: ?[年./-] ?)?(?:0?[1-9]|1[0-2])(?!\d|[./-]\d)(?:月|(?!月)))"
        r"(?!\d|[以之]?[前后上下间内]| ?[至到—~-])"
        rf"|({_DAY}) ?(?:出生(?![人缺率医登证监一婴数])|生(?={_ENDS}))"
        rf"|(?<![自从在于至到\d.-])(?:({_MONTH}) ?(?:出生(?=[,。;)]|\n(?!的)|$)|生(?={_ENDS}))|((?:19\d\d|20[01]\d|\d\d|(?<=[男女,(])20\d\d|[一二][九〇零○0][〇零○0一二三四五六七八九]{{2}}|[〇零○五六七八九][〇零○一二三四五六七八九])年)生(?={_ENDS})|((?:19\d\d|20[01]\d)年)出生(?=[,。;)]|\n(?!的)|$))"
        rf"|(?<![学产考师发民医卫派诞野萌衍新])生于({_MONTH}|(?:19|20)\d\d年?)(?!\d|[年以之~至-])",
    ),
]
"""As in `kinds`: the kind, its signs, and how it is written."""
