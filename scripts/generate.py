#!/usr/bin/env python3
"""Write the generated documents: `python3 scripts/generate.py [--check]`."""

from lib import environment
from lib.command_line import CommandLine, settings_of, usage
from lib.process import say

import sys
from pathlib import Path


def main() -> int:
    parser = CommandLine(usage(__file__), "--check", "--root")
    options = parser.parse_args()
    environment.ensure()

    from fazhi.commands.generate import FOLDERS, build
    from fazhi.sources.files import put
    from fazhi.sources.tree import Folder

    root: Path = options.root
    tree = Folder(root)
    documents = build(settings_of(root), tree)
    held = {path: tree.read(path) for path in documents if tree.is_file(path)}
    changed = [path for path, text in documents.items() if held.get(path) != text.encode()]
    made = {folder for folder in FOLDERS if any(path.startswith(folder) for path in documents)}
    files = (file for folder in made for file in (root / folder).glob("*") if file.is_file())
    outdated = sorted({file.relative_to(root).as_posix() for file in files} - documents.keys())
    if options.check:
        lines = [*(f"过时：{path}" for path in changed), *(f"多余：{path}" for path in outdated)]
        for line in lines:
            print(line)
        if lines:
            say("运行 python3 scripts/generate.py 重新写出。")
        return 1 if lines else 0
    new: dict[Path, bytes | None] = {root / path: documents[path].encode() for path in changed}
    put(new | dict.fromkeys(root / path for path in outdated), root)
    print(f"共 {len(documents)} 个文件：写了 {len(changed)} 个，删了 {len(outdated)} 个。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
