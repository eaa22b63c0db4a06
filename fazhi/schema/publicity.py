"""How far a record may go in the public edition."""

from enum import IntEnum


class Publicity(IntEnum):
    """How far a record may go in the public edition (its 公开)."""

    COUNTED = 0
    SUMMARY = 1
    FULL = 2


PUBLICITY = {"仅统计": Publicity.COUNTED, "摘要": Publicity.SUMMARY, "全文": Publicity.FULL}
