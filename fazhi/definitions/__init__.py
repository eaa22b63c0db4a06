"""Figure definitions: whether they name what exists, and how each counts, in words."""

from fazhi.definitions.checking import check
from fazhi.definitions.explaining import explain

__all__ = ["check", "explain"]
