"""What can be wrong with a file as it is read: a function a rule; who found a fault knows its place."""

import re

from fazhi.personal import Finding
from fazhi.problems.problem import ERROR, WARNING, Fault
from fazhi.problems.quoting import shown
from fazhi.problems.reasons import reason
from fazhi.problems.rulebook import Stated, rule
from fazhi.sources.left_behind import looks_copied

_SHAPES: dict[type, str] = {list: "一个列表", str: "一段文字", int: "一个数", dict: "一组名称"}
_KEPT, _LEAVING = "留在单位里的佐证材料", "随网页出去的文件（`docs/assets/`）"

too_large = Stated("""FZ101: 文件不超过 1 MB。

记录和叙述稿都是文字，用不着这么大；多半是把照片或者别的材料当成了记录。
改法：照片等材料放到 `records/<年>/files/`，记录的“佐证材料”里只写文件名。
""")


@rule(ERROR)
def not_utf8(encoding: str) -> Fault:
    """FZ102: 文件是 UTF-8 编码。

    GBK 等编码的文件，换一台电脑打开就可能是乱码。
    改法：在编辑器里选“另存为”，编码选 UTF-8。记事本的编码选项在“保存”按钮旁边。
    """
    if not encoding:
        hint = "用写它的程序打开：是文字的，另存为 UTF-8；打不开的，另要一份"
        return not_utf8.fault("里面不是文字，或者文件坏了", hint)
    return not_utf8.fault("文件不是 UTF-8 编码", f"文件像是 {encoding} 编码，请另存为 UTF-8")


byte_order_mark = Stated("""FZ103: 文件开头没有 BOM 标记。

BOM 是有的编辑器加在文件开头的三个字节，看不见，却会被当成第一项名称的一部分。
改法：另存时编码选“UTF-8”或“UTF-8（无 BOM）”，不选“带有 BOM 的 UTF-8”。
""")

empty = Stated("""FZ104: 记录和叙述稿不是空文件。

空的记录不说明任何事情；多半是建了文件，没有写完或者没有保存。
改法：写上标题、日期等项；不要的，删去文件。
""")

not_opened = Stated("""FZ105: 记录和叙述稿的开头是单独一行 `---`。

两行 `---` 之间写各项，下面写正文；没有开头的一行，分不清哪些是项，哪些是正文。
改法：第一行写 `---`，下面写各项，再写一行 `---`，然后写正文。
""")

not_closed = Stated("""FZ106: 各项写完之后，单独有一行 `---`。

没有这一行，分不清各项写到哪里为止，正文从哪里开始。
改法：在最后一项的下面单独写一行 `---`。
""")

not_yaml = Stated("""FZ107: 各项合乎“名称: 内容”的写法，引号、括号成对，左边对齐。

各项按 YAML 的写法来读。内容里有半角冒号、`#`、引号、方括号，又没有放进引号的，常常读不通。
改法：同一层的名称左边对齐；内容里有这些符号的，整个放进半角的双引号。
""")

duplicate_key = Stated("""FZ108: 同一项只写一次。

写了两次，哪一次算数说不准；多半是照着旧记录改的时候多留了一行。
改法：留下对的一行，删去另一行。
""")


@rule(ERROR)
def yaml_mark(what: str) -> Fault:
    """FZ109: 不用 YAML 的锚点、别名和类型标签。

    行首或者内容开头的 `&`、`*`、`!` 在 YAML 里另有意思，会让内容变成别的样子。
    改法：删去这些符号；文字里要用的，整个内容放进引号。
    """
    return yaml_mark.fault(
        f"这里不许用 YAML 的{what}", "照原样写出内容；文字里要用这些符号时加上引号"
    )


@rule(ERROR)
def wrong_shape(wanted: type, found: type) -> Fault:
    """FZ110: 记录、叙述稿、`township.yml` 和 `vocabulary.yml` 是“名称: 内容”，`figures.yml` 是列表。

    写成别的样子，就找不到各项。
    改法：“名称: 内容”一行一项，冒号用半角，后面空一格；列表一项一行，开头写“- ”。
    """
    form = "“名称: 内容”一行一项" if wanted is dict else "每项以“- ”开头的列表"
    hint = "名称后面用半角冒号加一个空格" if wanted is dict else "一项一个“- ”"
    return wrong_shape.fault(f"这里应当写成{form}，现在是{_SHAPES.get(found, '别的东西')}", hint)


tab = Stated("""FZ111: 各项里不用制表符（Tab），用空格。

制表符在各人的屏幕上宽窄不一，看上去对齐的，读起来并不对齐。从表格里贴来的文字常带着它。
改法：删去制表符，改成空格；从表格里贴来的，每行写成“名称: 内容”。
""")


@rule(ERROR)
def full_width(message: str, hint: str = "改成半角冒号加一个空格“: ”") -> Fault:
    """FZ112: 名称后面的冒号、冒号后面的空格、各项的括号都是半角。

    全角的看上去差不多，却不是分开名称和内容的那个符号。内容里面的全角标点不受影响。
    改法：切换到英文输入法，重打这一个符号，写成“名称: 内容”。
    """
    return full_width.fault(message, hint)


@rule(WARNING)
def commented_out(message: str, hint: str) -> Fault:
    """FZ207: 内容不以 # 开头，内容里的 # 前面没有空格。

    空格后面的 # 是备注的开头：写成 `参加人次: #20`，就等于没有写；写成 `标题: 走访 #1 组`，标题就只有“走访”。
    改法：# 是内容的，整个放进引号；多打的，去掉；没有内容的，整行删去；真是备注的，写成“# ”，空一格再写。
    """
    return commented_out.fault(message, hint)


folder_too_deep = Stated("""FZ120: `docs/` 和 `overrides/` 里的文件夹，一层套一层不超过 10 层。

网页用不着套得这么深；太深的文件夹程序走不到底，Windows 上路径太长也打不开。
改法：文件往上移几层；核对是不是把文件夹拷进了它自己。
""")

too_deep = Stated("""FZ113: 列表、括号和缩进不一层套一层地套得太深。

记录用不着一层套一层；套得太深的，多半是贴错了内容，读起来也会很慢。
改法：写平一些；核对是不是贴进了别的文件的内容。
""")


@rule(ERROR)
def no_plain_file(message: str, hint: str = "放文件本身，不要放链接或快捷方式") -> Fault:
    """FZ114: 该有的文件都有，都是读得出来的普通文件，不是链接或快捷方式。

    链接指到别处，换一台电脑就断了，还可能把不该公开的文件带进来。
    改法：把文件本身复制过来；缺少的照说明补上。
    """
    return no_plain_file.fault(message, hint)


def unreadable(error: OSError) -> Fault:
    """A file that the disk does not give."""
    if isinstance(error, FileNotFoundError):
        return no_plain_file("没有这个文件", "照说明补上")
    hint = "看看它是不是正被别的程序打开，或者没有打开它的权限"
    return no_plain_file(f"文件读不出来：{reason(error)}", hint)


@rule(ERROR)
def unusable_name(name: str) -> Fault:
    """FZ115: 记录的文件名只用汉字、字母、数字、“-”、“_”、“.”和“·”，80 字以内。

    文件名要作网页的地址；空格、表情符号和太长的名字在有的系统上打不开。
    `docs/assets/` 里的，名称不是文字（别的编码解压出来的）、有 `:`、`?` 一类符号的，也不能用。
    `index` 和 `readme` 另有用处；`con`、`nul`、`com1` 一类，Windows 不让用。
    改法：改文件名，如 `2024-12-04-国家宪法日宣传.md`。
    """
    hint = "文件名只用汉字、字母、数字、“-”和“_”，不用空格和表情符号，80 字以内"
    if re.fullmatch(r"\w[\w·.\-]{0,79}\.md", name):
        hint = "这个名称系统另有用处，换一个，如 2024-12-04-国家宪法日宣传.md"
    elif looks_copied(name):
        hint = f"多余的副本，删去；不是的，{hint}"
    elif re.search("[\ud800-\udfff]", name):
        meant = name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
        meant = "照原来的重新命名" if "\ufffd" in meant else f"改成{shown(meant)}"
        hint = f"名称是别的编码的，{meant}"
    return unusable_name.fault(f"文件名{shown(name)}不能用", hint)


misplaced = Stated("""FZ116: 文件放在该放的文件夹里：记录在 `records/<年>/<种类>/`，叙述稿在 `docs/report/`。

程序按文件夹知道一条记录是哪一年的、哪一种的；放错了就漏数或者数错。`docs/` 里别的文件不会做成网页。
改法：照提示移到对的文件夹；不是记录的，移到别处。
""")


@rule(ERROR)
def invisible(sign: str) -> Fault:
    """FZ117: 文件里没有看不见的字符。

    控制字符、改变文字方向的符号、没有宽度的空格，看不见，却会让文字搜不到、对不上，
    甚至看上去是另一个意思。常从网页或者聊天软件里带进来。用 `&#8203;` 一类的编号写的也一样。
    改法：删去这个字符；找不到的，把这一行删掉重打。
    """
    return invisible.fault(f"有看不见的字符 {sign}", "删去这个字符")


@rule(WARNING)
def windows_line_ends() -> Fault:
    """FZ118: 行末是 LF 换行。

    Windows 的换行（CRLF）也能读；只是几个人轮着改，会让没有动过的行都显示成改过。
    改法：在编辑器右下角把 CRLF 换成 LF 再保存；不改也能用。
    """
    return windows_line_ends.fault("行末是 Windows 换行（CRLF）", "编辑器里选 LF；不改也能用")


unfinished_merge = Stated("""FZ121: 文件里没有 git 合并时留下的冲突标记。

两个人改了同一处，git 把两种写法都留在文件里，用 `<<<<<<<`、`=======`、`>>>>>>>` 隔开，等人来选。
改法：看清两种写法，留下对的一种，删去另一种和几行标记。
""")

too_much_text = Stated("""FZ119: 正文、开头各项各不超过 5 万字，正文里的方括号、标题、横线各不超过 300 个。

记录、叙述稿和首页上的话都用不着这么长；方括号、标题、横线成百上千的，多半是贴进了别的程序的内容，
做成网页要很久。
改法：删去不是正文的内容；真有这么长的，放在附件里。
""")


@rule(ERROR)
def personal_data(where: str, finding: Finding, hint: str = "删去") -> Fault:
    """FZ501: 记录、叙述稿、首页文字、设置文件和文件名里不写个人信息。

    身份证号、手机号、住宅电话、银行卡号、车牌号、电子邮箱、微信或 QQ 号、门牌号、住址、出生日期，
    护照、军官证一类的证件和户口本、学籍、病历、社保的编号，都不登记；“姓名：”“当事人：”后面也不写人名，文件名、链接和各项里也不单写人名；电脑和局域网里的路径也不写，里面常有人名，别人也打不开。
    提示里只显示打了星号的样子。句子里的人名机器认不出，要靠写的人看。
    改法：删去，写岗位、单位或者村名就够了；已经提交过的，旧版本里还留着，告诉管理员。
    来源：《中华人民共和国个人信息保护法》第二十五条、第二十八条。
    """
    return personal_data.fault(f"{where}有{finding.kind} {finding.masked}", hint)


@rule({_KEPT: WARNING, _LEAVING: ERROR})
def unsearchable(reason: str, *, leaves: bool = False, hint: str = "") -> Fault:
    """FZ507: 佐证材料的电子文件打得开，能查里面有没有个人信息。

    加了密码的、不完整的、太大的，旧格式（`.doc`、`.xls`）的，压缩成别的格式（`.rar`、`.7z`）的文件，程序查不完里面有没有身份证号、手机号。随网页出去的，只能是图片（JPEG、PNG、WebP、SVG）和样式；网页不从别的网站取东西。
    改法：去掉密码，重新复制一份，另存为上面的格式，或者分成几个小的；佐证材料确实只能这样的，由人打开看一遍。
    """
    otherwise = "不要放在网页里" if leaves else "由人打开看一遍"
    return unsearchable.fault(
        f"文件里有没有个人信息，程序查不了：{reason}",
        hint or f"换一份打得开的；不能换的，{otherwise}",
        _LEAVING if leaves else _KEPT,
    )
