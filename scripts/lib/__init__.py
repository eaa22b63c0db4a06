"""What the commands share. `environment` comes first: it must refuse an old Python in a sentence."""

import _signal as signal  # type: ignore[import-not-found]  # `signal` imports much

# Until `environment` can say a sentence, Ctrl-C ends without a word.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# As `.venv` has it: of the program, what any Python can run is used before there is one.
sys.path.append(str(ROOT))
