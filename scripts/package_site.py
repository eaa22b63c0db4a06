#!/usr/bin/env python3
"""Make the package of a year without publishing it: `python3 scripts/package_site.py 2024`."""

from lib import environment
from lib.packing import checked, packed, parse, run

import sys

USAGE = """\
用法：python3 scripts/package_site.py 年份 [--out 文件夹]

把这一年的公开版网页、报告的公文、数据和校验清单装成一个压缩包，放进 dist/。
文件名后面写着“（示例）”“（草稿）”或者“（未公布）”。公布用 publish_report.py，它同时存档。

  年份             如 2024；网页里只有这一年和以前各年的内容
  --out 文件夹     放到别处
  -h, --help       显示这段说明

退出码：0 成功；1 记录有错或者没有做成，原来的压缩包和网页不动；2 命令写错。
"""


def main() -> int:
    given = parse(USAGE)
    environment.ensure()

    def command() -> None:
        from fazhi.sources.files import replaced

        view = checked(given.year)
        with packed(view, given.out) as made:
            path, lock = made.path, view.source.lock
            if not view.watermark and (lock is None or lock.package != made.sum):
                # It does not take the place of what was published, nor its name.
                path = path.with_stem(f"{path.stem}（未公布）")
            with replaced({path: made.beside}, given.out):
                pass
        print(f"做好了：{path}")

    return run(command)


if __name__ == "__main__":
    sys.exit(main())
