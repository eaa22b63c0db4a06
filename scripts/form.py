#!/usr/bin/env python3
"""Write the form alone, to be handed around: `python3 scripts/form.py [--out FILE]`."""

from lib import environment
from lib.command_line import CommandLine, settings_of, usage, writing

import sys
from pathlib import Path


def main() -> int:
    environment.ensure()

    from fazhi.output.form import page
    from fazhi.sources.files import put

    parser = CommandLine(usage(__file__), "--out", "--root")
    options = parser.parse_args()
    out: Path = options.out or Path(page.NAME)
    file = out / page.NAME if out.is_dir() else out
    parser.check_file(file, options.root, ".html")
    text = page.page(settings_of(options.root))
    with writing(file):
        put({file: text.encode()}, file.parent)
    print(f"写好了：{file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
