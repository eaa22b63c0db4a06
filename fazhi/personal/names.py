"""Names and birth dates of people: what stands before one, and what only looks like one."""

from collections.abc import Sequence

from fazhi.personal.signs import HAN

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚庞樊殷施翟倪"
    "严牛陶俞章鲁葛韦毕聂焦向柳邢骆岳齐梅庄涂祁耿詹关费纪靳童欧甄裴祝左涂冉牟蒲蹇谯晏覃幸代付肖闫阳高石文方常庹"
)
_NOT_A_PERSON = (  # what a whole run of characters ends with that is a place or an office
    rf"(?!{HAN}{{3,20}}+(?:(?<=[村镇乡县局所委组府])|(?<={HAN}{{4}})(?<=[社司站院厂店场部队会中心])))"
)
A_NAME = (  # without case, as `HAN`
    rf"(?-i:{HAN}{{2,6}}[·•.]{HAN}{{2,8}}|(?!金额|任[职务]|文化|高中|方式|万元|时间|常住){_NOT_A_PERSON}"
    rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}]) ?(?!某){HAN} ?{HAN}?)"
)
ANY_NAME = (  # of whatever surname, where nothing but a name can stand
    rf"(?-i:(?!{HAN}?{HAN}?某|[不未已略无见同另待空缺匿保合小总共其暂是电性地]|本人|姓名|{HAN}{{0,6}}(?:书记|主任|[所乡镇局科村]长|委员|人员|干部|同志)){_NOT_A_PERSON}{HAN}{{2,8}}(?!{HAN}))"
)
_DAY = r"(?:19|20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2}(?!\d)(?: ?日)?"

PATTERNS: list[tuple[str, Sequence[str], str]] = [
    (
        "姓名",
        ("姓", *(end + mark for end in "人主者告方象员" for mark in ":=|(")),
        r"(?:姓 {0,3}名[:=|, ]|(?:(?:当事|申请|信访|上访|举报|投诉|受害|被害|嫌疑|处罚|代理|第三|执行|调查"
        rf"|行为|被告|患)人|户主|[患死伤]者|原告|被告|[甲乙丙]方|(?:矫正|帮教|服刑|刑满释放|吸毒|戒毒|障碍|涉邪)(?:对象|人员))"
        rf"[:=|(]){{1,2}}[ |:\n]{{0,2}}({A_NAME})(?!\d)",
    ),
    ("姓名", ("名:", "名=", "名字:", "名字="), rf"(?:姓 {{0,3}}名|名字)[:=] ?({ANY_NAME})"),
    (
        "姓名",
        ("姓", *(f"名字{char}" for char in "为是叫 :-\n")),
        rf"(?:姓 {{0,3}}名|名字)(?:[为是叫] ?|[ :-]*\n[ :\n-]{{0,6}})((?:{A_NAME})(?!{HAN}))",
    ),
    (
        "姓名",
        tuple(mark + sex for mark in (",", "(", ", ", "( ") for sex in "男女"),
        rf"({A_NAME})[,(] ?[男女][,)] ?(?:{HAN}{{1,3}}族|\d{{1,3}}岁|(?:19|20)\d\d|身份证|住|生|出生|农民|文盲|小学|初中|高中)",
    ),
    (
        "出生日期",
        ("出生", "生日", "生于"),
        rf"(?:出生(?:日期|年月日?|时间)?|生日|(?<![学产考师发民医卫派诞野])生于)[:为是于 ]{{0,3}}({_DAY})",
    ),
    ("出生日期", "生", rf"({_DAY}) ?(?:出生(?![人缺率医登证监一婴数])|生(?=\W|$))"),
]
"""As in `kinds`: the kind, its signs, and how it is written."""
