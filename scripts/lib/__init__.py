"""What the commands share. `environment` comes first: it must refuse an old Python in a sentence."""

import _signal as signal  # type: ignore[import-not-found]  # `signal` imports much

# Until `environment` can say a sentence, Ctrl-C ends without a word.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import contextlib
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# As `.venv` has it: of the program, what any Python can run is used before there is one.
sys.path.append(str(ROOT))


def keep_no_half(loader, path, data, _written=SourceFileLoader.set_data, **mode):  # type: ignore[no-untyped-def]
    """Write a compiled module, or none: before 3.12.8, Python keeps what a full disk took of it, and
    cannot import it ever again."""
    _written(loader, path, data, **mode)
    with contextlib.suppress(OSError):  # there is none
        if Path(path).stat().st_size != len(data):
            Path(path).unlink()


SourceFileLoader.set_data = keep_no_half  # type: ignore[assignment, method-assign]
