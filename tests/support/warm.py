"""Imported by the process that commands are forked from, in which a project has then been read and
shown: what a Python makes when it first needs it (patterns, models, templates) is there for all.

Nothing is drawn: the threads that Typst draws with are not there in a fork, which would wait for them.
"""

from fazhi import personal, project
from fazhi.output import site, typesetting
from fazhi.report.editions import Edition
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY

FOUND = BASE.parents[1] / "personal/found.txt"
for _line in FOUND.read_text(encoding="utf-8").splitlines():  # of every kind
    [*personal.find(_line)]
_read = project.load(Folder(BASE), TODAY)
for _edition in Edition:
    site.site(_read.years, _read.home, _edition)
typesetting.fonts(of_machine=True)
