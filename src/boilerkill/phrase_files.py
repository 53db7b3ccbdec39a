"""Phrase files: those that boilerkill ships, and those of users.

A file has one phrase a line, in sections named for their role (``[comment_form.heading]``).
``phrases/<language>.txt`` is the shipped file of a language; ``phrases/roles.json`` says of each
role which kind of segment it tells, and how strongly.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from boilerkill.phrasebook import Phrasebook

__all__ = ["load_phrasebook", "own_phrases", "parse_phrases", "phrasebook", "roles"]

_SECTION = re.compile(r"\[([\w-]+\.[\w-]+)\]")
_LANGUAGE = re.compile(r"language:\s*([a-z]{2,3}(?:-[A-Za-z]+)?)")

# Phrases of no language in particular, such as brands: they count in every text.
EVERY_LANGUAGE = "mul"

_FOLDER = resources.files("boilerkill") / "phrases"

# So many phrase files of users are held ready at once.
BOOKS = 4


def parse_phrases(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield (role name, phrase) for each line of a phrase file.

    Raises:
        ValueError: If a phrase stands before the first section.

    >>> list(parse_phrases("# German\n[share.label]\nTeilen\n"))
    [('share.label', 'Teilen')]
    """
    role = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        section = _SECTION.fullmatch(line) if line[0] == "[" else None
        if section is not None:
            role = section[1]
        elif role is None:
            raise ValueError(f"line {number}: {line!r} stands before the first [section]")
        else:
            yield role, line


@functools.cache
def phrasebook() -> Phrasebook:
    """Return the phrase book that boilerkill ships; it is compiled at the first call."""
    return Phrasebook(_shipped_phrases(), roles())


def load_phrasebook(path: str | os.PathLike[str]) -> Phrasebook:
    """Return the phrases that boilerkill ships and those of a user's file; once for each state.

    Raises:
        OSError: If the file can't be read.
        ValueError: If it is no phrase file.
    """
    status = os.stat(path)  # noqa: PTH116 -- it may be a str
    return _load(os.fspath(path), status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=BOOKS)
def _load(path: str, modified: int, size: int) -> Phrasebook:
    own = own_phrases(Path(path).read_bytes().decode("utf-8-sig"))
    return Phrasebook([*_shipped_phrases(), *own], roles())


def own_phrases(text: str) -> list[tuple[str, str, str]]:
    r"""Return the phrases of a user's file as (language, role name, phrase).

    Without a line ``language: gd`` above its sections they count in every language.

    Raises:
        ValueError: If a phrase stands before the first section, or words that tell a language are
            of none.

    >>> own_phrases("language: gd\n[share.action]\nCo-roinn seo")
    [('gd', 'share.action', 'Co-roinn seo')]
    """
    lines = [line.strip() for line in text.split("\n")]
    first = next((at for at, line in enumerate(lines) if line and line[0] != "#"), 0)
    language = _LANGUAGE.fullmatch(lines[first])
    if language is not None:
        lines[first] = ""
    phrases = list(parse_phrases("\n".join(lines)))
    if language is None and any(role == "language.word" for role, _ in phrases):
        raise ValueError("[language.word] needs a line such as 'language: gd' above the sections")
    code = EVERY_LANGUAGE if language is None else language[1]
    return [(code, role, phrase) for role, phrase in phrases]


@functools.cache
def roles() -> dict[str, dict[str, str]]:
    """Return what a phrase can be used for: of each role its kind and its strength."""
    found: dict[str, dict[str, str]] = json.loads((_FOLDER / "roles.json").read_text("utf-8"))
    return found


def _shipped_phrases() -> Iterator[tuple[str, str, str]]:
    files = {entry.name: entry for entry in _FOLDER.iterdir() if entry.name.endswith(".txt")}
    for name, entry in sorted(files.items()):
        for role, phrase in parse_phrases(entry.read_text("utf-8")):
            yield name.removesuffix(".txt"), role, phrase
