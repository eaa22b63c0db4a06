"""What the township declares otherwise: its data, its words, its figures."""

from __future__ import annotations

from pydantic import BaseModel

from fazhi.commands.compare.model import SettingsChange
from fazhi.commands.compare.texts import text
from fazhi.project import Project
from fazhi.schema.fields import specs
from fazhi.schema.township import Definition, Settings


def settings_change(old: Project, new: Project) -> SettingsChange:
    """By key and by name: how a file is written does not count."""
    if old.settings is None or new.settings is None:
        return SettingsChange()
    before, after = _definitions(old.settings), _definitions(new.settings)
    return SettingsChange(
        township=_keys(old.settings.township, new.settings.township),
        vocabulary=_keys(old.settings.vocabulary, new.settings.vocabulary),
        added=[text(name) for name in after if name not in before],
        removed=[text(name) for name in before if name not in after],
        changed=[text(name) for name in after if name in before and before[name] != after[name]],
    )


def _keys(old: BaseModel, new: BaseModel) -> list[str]:
    return [
        spec.key
        for spec in specs(type(new)).values()
        if getattr(old, spec.attribute) != getattr(new, spec.attribute)
    ]


def _definitions(settings: Settings) -> dict[str, list[Definition]]:
    """By name: one figure may be defined anew from some year on."""
    found: dict[str, list[Definition]] = {}
    for definition in settings.definitions:
        found.setdefault(definition.name, []).append(definition)
    return found
