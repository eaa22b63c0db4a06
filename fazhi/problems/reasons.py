"""Why the system refused a file, in Chinese: it says so in its own language, or in English.

Any Python from 3.6 on can run it: a command may have to say so before it has an environment.
"""

import errno

_OCCUPIED = "正被别的程序占用"
_CUT_OFF = "网络盘断开了"
_REASONS = {
    errno.EACCES: "没有权限，或者" + _OCCUPIED,
    errno.EPERM: "没有权限",
    errno.EROFS: "只能读，不能写",
    errno.EBUSY: _OCCUPIED,
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.ENOTDIR: "中间有一段不是文件夹",
    errno.EISDIR: "那里是文件夹，不是文件",
    errno.EEXIST: "已经有同名的",
    errno.ENOTEMPTY: "文件夹里还有东西",
    errno.ENAMETOOLONG: "名称太长",
    errno.EINVAL: "名称或者位置不能用",
    errno.EILSEQ: "名称里有这个系统不认的字",
    errno.ELOOP: "链接绕回了自己",
    errno.ENODEV: "不是普通文件",
    errno.ENXIO: "不是普通文件",
    errno.EXDEV: "在另一个磁盘上",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘的配额",
    errno.EFBIG: "超过了文件许可的大小",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.ESTALE: _CUT_OFF,
    errno.ETIMEDOUT: _CUT_OFF,
    errno.EHOSTDOWN: _CUT_OFF,
    errno.ENOTCONN: _CUT_OFF,
}


def reason(error: OSError, unsaid: str = "原因不明") -> str:
    """Why, as far as it is known: what is said in Chinese already, the meaning of the number, or the
    number; `unsaid` without one."""
    said = str(error.strerror or error)
    if any("\u4e00" <= char <= "\u9fff" for char in said):
        return said
    if error.errno is None:
        return unsaid
    return _REASONS.get(error.errno, f"系统错误 {error.errno}")
