#!/usr/bin/env python3
"""Make the package of a year without publishing it: `python3 scripts/package_site.py 2024`."""

from lib import environment
from lib.building import attempted
from lib.command_line import usage
from lib.packing import checked, packed, parse

import sys


def main() -> int:
    given = parse(usage(__file__))
    environment.ensure()

    def command() -> None:
        from fazhi.sources.files import put

        view = checked(given.year)
        with packed(view, given.out) as made:
            path, lock = made.path, view.source.lock
            if not view.watermark and (lock is None or lock.package != made.sum):
                # It does not take the place of what was published, nor its name.
                path = path.with_stem(f"{path.stem}（未公布）")
            put({path: made.beside}, given.out)
        print(f"做好了：{path}")

    return attempted(command)


if __name__ == "__main__":
    sys.exit(main())
