"""What can be wrong with a spreadsheet: each rule with its page."""

from collections.abc import Sequence

from fazhi.problems.problem import ERROR, Fault
from fazhi.problems.rulebook import Stated, Warned, rule


@rule(ERROR)
def unreadable(message: str, hint: str = "用 Excel 或者 WPS 打开，另存为 .xlsx 再导入") -> Fault:
    """FZ901: 台账是打得开的 .xlsx，或者 UTF-8、GB18030 编码的 .csv。

    旧格式（.xls、.et）、带密码的、下载不完整的文件，程序读不出来，也不去猜。
    改法：用 Excel 或者 WPS 打开，去掉密码，另存为“Excel 工作簿（.xlsx）”再导入。
    """
    return unreadable.fault(message, hint)


active = Stated("""FZ902: 台账里只有内容，没有宏、外部实体和指到别处的路径。

宏是会运行的程序，外部实体会让打开的人读到别的文件；登记工作用不着它们。
改法：另存为“Excel 工作簿（.xlsx）”，不选“启用宏的工作簿”；不是本单位做的文件，不要打开。
""")

too_large = Stated("""FZ903: 台账不超过 2 万行、200 列，展开以后不超过 60 MB。

一年的台账用不着这么大。多半是贴进了照片，或者整列设了格式；有意做的“压缩炸弹”也是这个样子。
改法：删去照片和没有用的表；行数确实多的，按年或者按种类分成几个文件。
""")

linked = Warned("""FZ904: 台账不引用别的文件。

引用别的文件的格子里是公式，换一台电脑就算不出来。程序不打开被引用的文件。
改法：在 Excel 的“数据”里选“编辑链接”“断开链接”；WPS 在“数据”“编辑链接”里。
""")

computed = Stated("""FZ905: 格子里是填好的内容，不是公式，也不是 #REF! 一类的错误值。

公式的结果会变，登记的事实不能变；出错的公式更说不清原来是多少。
改法：选中这些格，复制，在原处“选择性粘贴”“数值”；出错的，照原始材料填。
""")


def alias(key: str, header: str) -> str:
    """How a header of a place's own is made known."""
    return f"叫法不同的，在 records/vocabulary.yml 的“表头”里写一行 {key}: [{header}]"


no_header = Stated("""FZ906: 表头在前 20 行里，认得出至少两列，看得出是哪种记录。

表头是各列的名称，同记录的各项一样。认不出来，就不知道哪一列是什么。
改法：照 `python3 scripts/export_ledger.py --template` 做出来的空白台账写表头；本单位习惯的叫法，在 `records/vocabulary.yml` 的“表头”里写一行，左边是记录的项，右边是台账里的叫法，如 `标题: [事由]`；看不出是哪种记录的，把表的名称改成“活动”“会议”“案件”“现状”或者“汇总”。
""")


@rule(ERROR)
def missing_column(key: str, meaning: str, strange: str = "", *, alone: bool) -> Fault:
    """FZ907: 必填的项都有一列。

    少一列，每一行就都缺这一项。只改动已有的记录、并且有“编号”这一列的，可以没有。
    改法：加上这一列；有这一列而叫法不同的，改表头，或者把叫法加进 `records/vocabulary.yml` 的“表头”。汇总表一类不是台账的，把这张表隐藏或者删去。
    """
    hint = f"加上“{key}”（{meaning}）一列"
    if strange:
        hint += f"；{alias(key, strange)}"
    if not alone:
        hint += "；不是台账的表，隐藏或者删去"
    return missing_column.fault(f"没有“{key}”这一列", hint)


repeated_column = Stated("""FZ908: 同一项只有一列。

两列都是同一项，用哪一列的内容说不准。
改法：留下对的一列，另一列删去，或者改成别的名称。
""")

unknown_column = Warned("""FZ909: 表头里的名称都是记录的项，或者是词表里另外规定的数量。

认不出来的列不导入，别的列照常导入。
改法：本来就不登记的，不用管；写错了的，改表头；叫法不同的，加进 `records/vocabulary.yml` 的“表头”。
""")

personal_column = Warned("""FZ910: 台账里没有姓名、电话、身份证号一类的列。

记录里不登记个人信息。这样的列从来不导入，格子里的内容也不读。
改法：从交给别人的台账里删去这一列；单位自己留底的，另存一份。
来源：《中华人民共和国个人信息保护法》第六条、第二十八条。
""")


@rule(ERROR)
def blank(keys: Sequence[str], meaning: str) -> Fault:
    """FZ911: 必填的格都填了。

    缺了必填的项，这一行就成不了一条记录。单位、填表人一类的行，写在表头上面，或者不写。
    改法：填上；这一行不要的、不是记录的，整行删去。
    """
    if len(keys) == 1:
        return blank.fault(f"“{keys[0]}”没有填", f"填上{meaning}；不要的，整行删去")
    named = "".join(f"“{key}”" for key in keys)
    return blank.fault(f"{named}没有填", "填上；不是记录的，整行删去")


@rule(ERROR)
def items(key: str, message: str, hint: str) -> Fault:
    """FZ912: 一格里写几项的，写法看得懂。

    “分类”一行一项，写“名称: 数量”。“议题”一行一个，或者用分号隔开；主题另设一列，写一个，或者同议题一样多；没有这一列的，写“标题: …, 主题: …”。“佐证材料”一行一份，写名称，或者“名称: …, 份数: 6”。带花括号、方括号的，照记录文件里的写法。
    改法：照提示改；格子里换行按 Alt+Enter。
    """
    return items.fault(f"“{key}”{message}", hint)


repeated_row = Stated("""FZ913: 一条记录在台账里只有一行。

编号相同，或者日期、类别、标题都相同，就是同一条记录；写了两行，用哪一行说不准。
改法：重复的，删去一行；不是一件事的，把标题写清楚。
""")

bad_number = Stated("""FZ914: “编号”是一条记录的文件名，或者空着。

编号就是记录的文件名（不带 `.md`），导出的台账里已经填好，靠它知道一行是哪一条记录。新的记录空着，程序照“日期-标题”取名；案件照“日期-序号”。
改法：不要改导出的编号；自己填的，只用汉字、字母、数字、“-”和“_”，80 字以内；说不准的就空着。
""")

date_in_text = Stated("""FZ915: 写文字的格子里是文字，没有被 Excel 改成日期。

在 Excel 里打 12-4，会自动变成日期，原来打的是什么就看不出来了。
改法：把这一列设为“文本”格式，再重新打一遍。
""")

bad_year = Stated("""FZ916: 领头的日期在 1000 年到 2999 年之间。

记录按年份放进文件夹，年份打错了就没有地方放。
改法：核对年份。
""")

too_long = Stated("""FZ917: 导出的每一格不超过 32767 字。

这是 Excel 一格的限度，多出来的会丢。写不进去的记录不导出，文件不受影响。
改法：把这一项写短一些；正文太长的，移到附件里，佐证材料写明文件名。
""")

left_out = Warned("""FZ918: 工作簿里的表都是台账。

认不出表头的表、隐藏的表不导入，别的表照常导入。
改法：是台账的，照 FZ906 改表头，取消隐藏；不是的，不用管，或者删去。
""")

corrected = Warned("""FZ920: 改正了日期、类别的一行，还是原来那条记录。

没有编号的一行，靠日期、类别、标题认出是哪条记录；改了其中一样，就成了新的一条，原来那条还在，一件事数了两次。台账的起止日期里有这样一条记录，别的都一样，台账里却没有它，就提醒。
改法：是改正的，先在原来的文件里改好，再导入；或者在导出的、有编号的台账里改。是另一件事的，不用管。
""")

broken_record = Stated("""FZ919: 台账要改动的记录，文件本身没有错。

文件读不出来，就不知道改动了什么，也不知道同一天的一行是不是它。程序不覆盖读不出来的文件，也不另写一条。
改法：先运行 `python3 scripts/check_records.py`，照提示改好这个文件，再导入。
""")

merged = Stated("""FZ921: 数量一行一格，几列不合并成一格。

几行合并成一格的数，不知道是几行一共的，还是每行都是；几列合并成一格的内容，不知道是哪一列的。文字和日期几行合并的，每行都照填。
改法：取消合并，逐行、逐格填。
""")

sample = Stated("""FZ925: 真实的项目里，台账不是示例的。

文件名、表名写着“（示例）”的，“性质”一列写着示例数据的，是从示例里导出来的，导入以后谁也看不出是编的。
改法：换成自己的台账；里面确实是真的记录的，改文件名、表名，删去“性质”一列，再导入。
""")
