"""The files that a new township's project has of its own, and which of this one's it takes along."""

import re
from collections.abc import Mapping
from datetime import date

from fazhi import project
from fazhi.commands.generate import editor, schemas
from fazhi.commands.new_township.facts import Facts, facts, refusal
from fazhi.commands.texts import filled
from fazhi.problems.problem import has_errors
from fazhi.schema import township
from fazhi.schema.kinds import FOLDERS
from fazhi.sources import front_matter
from fazhi.sources.tree import GitObject, GitTree

LEFT_HERE = (  # what no other township's project takes along, by how its path begins
    *("records/", "docs/report/", "docs/index.md", "README.md", "mkdocs.yml", "docs/guide/images/"),
    # What tests the program needs the sample: who changes the program does it here.
    *(
        "tests/",
        ".ci/",
        ".github/workflows/tests.yml",
        ".pre-commit-config.yaml",
        "CONTRIBUTING.md",
    ),
)


def is_taken_along(path: str) -> bool:
    """Whether a file of this project belongs into any other township's."""
    return not path.startswith(LEFT_HERE)


def made(known: Facts, site: str) -> dict[str, str]:
    """The files of a new project by their paths; `site` is this one's mkdocs.yml.

    Those that are generated from the settings are among them.
    """
    texts = {
        **{f"records/{name}.yml": f"{name}.yml" for name in ("township", "vocabulary", "figures")},
        f"docs/report/{known.year}.md": "report.md",
        "docs/index.md": "index.md",
        "README.md": "readme.md",
    }
    files = {
        path: filled(f"new_township/{name}", facts=known, line=_line)
        for path, name in texts.items()
    }
    # git keeps no empty folder.
    files |= {f"records/{known.year}/{folder}/.gitkeep": "" for folder in FOLDERS}
    title = f"{known.short_name}法治政府建设年度报告"
    titles = {"site_name": title, "site_description": f"{title}及其依据的工作记录"}
    lines = rf"(?m)^({'|'.join(titles)}): .*$"
    files["mkdocs.yml"] = re.sub(lines, lambda line: _line(line[1], titles[line[1]]), site)
    settings, _ = township.load(_tree(files))
    return files | ({**schemas.documents(settings), **editor.files(settings)} if settings else {})


def fault(answers: Mapping[str, str], site: str, today: date) -> str:
    """Why the answers so far will not do, in a sentence; empty where a good project comes of them."""
    if wrong := refusal(answers):
        return wrong
    checked = project.load(_tree(made(facts(answers), site)), today)
    errors = (f"{p.message}。{p.hint}。" for p in checked.problems if has_errors([p]))
    return next(errors, "")


def _line(key: str, value: str) -> str:
    """A line of YAML."""
    return "\n".join(front_matter.entry(key, value))


def _tree(files: Mapping[str, str]) -> GitTree:
    """The files as they would be read."""
    listed = (GitObject(path, "100644", path) for path in files)
    return GitTree(listed, lambda path: files[path].encode())
