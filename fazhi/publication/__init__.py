"""What was published, kept in `records/<year>/published.lock.json`, and what has moved since."""

from fazhi.publication.freezing import corrections, figures, freeze, record_digests, typed
from fazhi.publication.lock import Change, Figure, Lock, digest, load, path_of, written
from fazhi.publication.moved import check, without_a_report

__all__ = [
    "Change",
    "Figure",
    "Lock",
    "check",
    "corrections",
    "digest",
    "figures",
    "freeze",
    "load",
    "path_of",
    "record_digests",
    "typed",
    "without_a_report",
    "written",
]
