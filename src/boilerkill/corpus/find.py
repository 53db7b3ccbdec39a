"""Find the documents of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from boilerkill.corpus.files import describe
from boilerkill.corpus.report import Failure
from boilerkill.corpus.settings import TEXT_SUFFIXES

__all__ = ["Found", "find_documents"]


@dataclass
class Found:
    """What a folder holds.

    Attributes:
        documents: The paths of its documents: folder by folder, sorted by name.
        failures: Folders that can't be listed, and documents that can't be read as such.
        left_out: How many other files there are.
        links: How many symbolic links to folders there are. They are not followed: that is what
            keeps a loop of links from being walked for ever.
    """

    documents: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    left_out: int = 0
    links: int = 0


def find_documents(folder: Path) -> Found:
    """Find the documents below `folder`, however deep.

    Args:
        folder: A folder; a symbolic link to one is followed here, and nowhere below.

    Returns:
        What was found. A folder that can't be listed is a failure in it, not an exception.
    """
    found = Found()
    # A stack of our own: a tree may be deeper than Python recurses.
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            found.failures.append(Failure(current, describe(error)))
            continue
        waiting.extend(reversed([*_sort_entries(entries, found)]))
    return found


def _sort_entries(entries: list[os.DirEntry[str]], found: Found) -> Iterator[Path]:
    """Put each entry of one folder where it belongs in `found`; yield the folders."""
    for entry in entries:
        path = Path(entry.path)
        if _is_folder(entry):
            if entry.is_symlink():
                found.links += 1
            else:
                yield path
        elif path.suffix.lower() not in TEXT_SUFFIXES:
            found.left_out += 1
        elif (problem := _problem(path)) is not None:
            found.failures.append(Failure(path, problem))
        else:
            found.documents.append(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _problem(path: Path) -> str | None:
    """Say why a path can't be read as a file, if so; to open a named pipe would wait for ever."""
    try:
        path.stat()
    except OSError as error:
        return describe(error)
    return None if path.is_file() else "not a regular file"
