"""What the commands share. `environment` comes first: it must refuse an old Python in a sentence."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
