#!/usr/bin/env python3
"""Write the pages as plain files that any other generator can build: `scripts/stage.py OUT`."""

from lib import environment
from lib.command_line import CommandLine, project_of, stop_at_errors, usage, writing
from lib.process import say, stop_once

import sys
from pathlib import Path


def main() -> int:
    parser = CommandLine(usage(__file__), "--edition", "--root")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    parser.check_folder(options.out, options.root)
    out: Path = options.out.resolve()
    if out.exists() and any(out.iterdir()):
        parser.refuse(f"{options.out} 不是空文件夹。")
    environment.ensure()
    stop_once()

    import json

    from fazhi.output import leaks, official, site
    from fazhi.output.menu import menu
    from fazhi.output.pages.static import static_files
    from fazhi.output.view import NotRendered
    from fazhi.report.editions import Edition
    from fazhi.sources.files import put

    root = options.root
    checked = project_of(root)
    if not checked.years:
        say("records 里还没有年份文件夹，什么也没有写。")
        return 1
    edition = Edition(options.edition)
    try:
        made = site.site(checked.years, checked.home, edition)
        static = static_files(checked.tree, edition)
    except NotRendered as error:
        stop_at_errors(error.problems)
        return 1
    if edition is Edition.PUBLIC:
        stop_at_errors(list(leaks.find({**static, **made}, {root, Path.home()})))
    assert checked.settings
    around = official.of_site(checked.settings.township, edition)
    items = menu(site.views(checked.years, edition), static)
    made["menu.json"] = json.dumps(items, ensure_ascii=False, indent=1)
    held = {**static, **made}
    files = {uri: one.encode() if isinstance(one, str) else one for uri, one in held.items()}
    for uri in (uri for uri in files if uri.endswith(".md")):
        files[uri] = official.staged(files[uri], around)
    with writing(out, "\n什么也没有写。"):
        put({out / uri: content for uri, content in files.items()}, out, over=False)
    print(f"写好了 {len(made)} 个文件：{out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
