"""What can be wrong with collected files: a function a rule, its docstring the rule's page."""

from fazhi.problems.problem import ERROR, WARNING, Fault
from fazhi.problems.rulebook import rule
from fazhi.schema.kinds import KINDS

_OTHER, _BROKEN = "别的文件", "打不开的压缩包、太大的文件"
_SAME, _LIKE = "日期、类别、标题都一样的", "只是文件名一样的"


@rule({_OTHER: WARNING, _BROKEN: ERROR})
def unread(message: str, hint: str, *, is_broken: bool = False) -> Fault:
    """FZ922: 收来的是记录文件（`.md`、`.txt`），或者装着记录文件的压缩包（`.zip`）。

    填表的网页存下来的就是 `.md`。Word、照片一类的，里面是什么程序不去猜，留在原处，别的照收。
    改法：用“填表”重新填一遍（没有这张表的，运行 `python3 scripts/form.py`）；照片等材料放到 `records/<年>/files/`；台账另外导入。压缩包打不开的，让交的人不设密码，重新压缩。
    """
    return unread.fault(message, hint, _BROKEN if is_broken else _OTHER)


MARK = "<!-- 记录：活动 2024-03-05-标题.md -->"


@rule(ERROR)
def unknown_kind(message: str) -> Fault:
    """FZ923: 收来的每条记录，看得出从哪里开始，是哪种记录。

    种类看记录上面的一行注明，没有的看有哪些项、是什么类别。几条连在一起又没有注明的，后面的会被当成前一条的正文，少收几件事。
    改法：在每条记录开头的 `---` 上面，单独写一行 `<!-- 记录：活动 2024-03-05-标题.md -->`，“活动”换成它的种类。
    """
    return unknown_kind.fault(message, f"在 --- 上面写一行 {MARK}，种类有{'、'.join(KINDS)}")


@rule({_SAME: WARNING, _LIKE: ERROR})
def recorded(path: str, *, is_same: bool) -> Fault:
    """FZ924: 收来的记录，项目里还没有。

    同一件事已经有了，收来的又同它不一样：可能是交的人改过，也可能是收的人改过。程序不覆盖已有的，也不另写一条。
    改法：要照收来的改，就改已有的那个文件；不改的，把收来的移走。文件名一样、却不是一件事的，在标题里写清楚第几次、在哪里。
    """
    if is_same:
        message = f"已经有 {path}，内容不一样，没有写"
        return recorded.fault(message, "要改的，改那个文件；不改的，把收来的移走", _SAME)
    hint = "是一件事的，改那个文件；不是的，标题写清楚"
    return recorded.fault(f"已经有同名的 {path}", hint, _LIKE)
