"""Find the documents of a folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from boilerkill.corpus.files import describe
from boilerkill.corpus.formats import by_name
from boilerkill.corpus.report import Failure, ending_of
from boilerkill.corpus.source import SourceFile

__all__ = ["STATE", "Finder"]

# The folder in an output where a run keeps what it knows; it holds no documents.
STATE = ".boilerkill"


@dataclass
class Finder:
    """Walks folders, and counts what is no document.

    Attributes:
        failures: Folders that can't be listed, and documents that can't be read as such.
        endings: How many other files there are, by how their names end: "" for no ending.
        links: How many symbolic links to folders there are. They are not followed: that is what
            keeps a loop of links from being walked for ever.
    """

    failures: list[Failure] = field(default_factory=list)
    endings: Counter[str] = field(default_factory=Counter)
    links: int = 0

    @property
    def left_out(self) -> int:
        """How many other files there are."""
        return self.endings.total()

    def walk(self, folder: Path) -> Iterator[SourceFile]:
        """Yield the documents below a folder, however deep: folder by folder, sorted by name.

        Args:
            folder: A folder; a symbolic link to one is followed here, and nowhere below. One that
                can't be listed is a failure, not an exception.
        """
        # A stack of our own: a tree may be deeper than Python recurses.
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            try:
                with os.scandir(current) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self.failures.append(Failure(current, describe(error)))
                continue
            folders: list[Path] = []
            for entry in entries:
                if not _is_folder(entry):
                    yield from self._file(entry)
                elif entry.is_symlink():
                    self.links += 1
                elif not is_state(entry.name):
                    folders.append(Path(entry.path))
            waiting.extend(reversed(folders))

    def _file(self, entry: os.DirEntry[str]) -> Iterator[SourceFile]:
        found = by_name(entry.name)
        if found is None:
            self.endings[ending_of(entry.name)] += 1
            return
        path = Path(entry.path)
        try:
            status = entry.stat()
        except OSError as error:
            self.failures.append(Failure(path, describe(error)))
            return
        # To open a named pipe would wait for ever.
        if not entry.is_file():
            self.failures.append(Failure(path, "not a regular file"))
            return
        yield SourceFile(path, found.format, found.compression, status.st_size, status.st_mtime_ns)


def is_state(name: str) -> bool:
    """Tell whether a folder is where a run keeps what it knows.

    >>> is_state(".boilerkill"), is_state(".cleaned.jsonl.boilerkill"), is_state("boilerkill")
    (True, True, False)
    """
    return name.startswith(".") and name.endswith(STATE)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
