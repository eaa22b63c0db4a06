"""The site that a build will replace: what is as it was is taken from it and not written again."""

import json
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from fazhi.records.cache import Cache
from fazhi.sources.files import content_key


class PreviousSite:
    """The site in `folder`, or none, beside the one that is being made in `site`.

    A file is known by what it was made from, and by its size, time and place on the disk: one that
    somebody has touched since is not taken. It is taken as a hard link, where the disk has them; the
    previous site goes away afterwards.
    """

    def __init__(self, folder: Path | None, site: Path, cache: Cache) -> None:
        self._folder = folder
        self._site = site
        self._cache = cache
        self._key = content_key("site", str(folder))
        noted = cache.get(self._key) if folder else None
        self._noted: dict[str, list[object]] = json.loads(noted or b"{}")
        self._notes: dict[str, list[object]] = {}

    def take(self, uris: Sequence[str], name: str) -> bool:
        """Take over files made from what has this content hash: all of them, or none."""
        if self._folder is None:
            return False
        taken = []
        try:
            for uri in uris:
                if self._noted.get(uri) != [name, *_sight(self._folder, uri)]:
                    break
                os.link(f"{self._folder}/{uri}", f"{self._site}/{uri}")
                taken.append(uri)
            else:
                self._notes |= {uri: self._noted[uri] for uri in uris}
                return True
        except OSError:
            pass  # gone meanwhile, or the disk has no hard links
        for uri in taken:
            (self._site / uri).unlink()
        return False

    def put(self, files: Mapping[str, bytes], name: str) -> None:
        """Write files made from what has this content hash."""
        for uri, content in files.items():
            with (self._site / uri).open("xb") as file:
                file.write(content)
            if self._folder is not None:
                self._notes[uri] = [name, *_sight(self._site, uri)]

    def exchange(self, uri: str, content: bytes) -> bool:
        """Put a page into the previous site at once; not where it has no such folder."""
        if self._folder is None:
            return False
        file = self._folder / uri
        beside = file.with_name(f".{file.name}.part")
        try:
            beside.write_bytes(content)
            beside.replace(file)
        except OSError:
            return False
        return True

    def note(self) -> None:
        """Note what the new site is made from: it will be the previous one."""
        if self._folder is not None:
            self._cache.put(self._key, json.dumps(self._notes).encode())


def _sight(folder: Path, uri: str) -> tuple[int, int, int]:
    """What shows that a file is still the same: it is a plain file of this size, time and place."""
    found = os.lstat(f"{folder}/{uri}")
    if not stat.S_ISREG(found.st_mode):
        raise OSError
    return found.st_size, found.st_mtime_ns, found.st_ino
