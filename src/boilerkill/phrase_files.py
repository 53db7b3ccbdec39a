"""Phrase files: those that boilerkill ships, and those of users.

A file has one phrase a line, in sections named for their role (``[comment_form.heading]``).
``phrases/<language>.txt`` is the shipped file of a language; ``phrases/roles.json`` says of each
role which kind of segment it tells, and how strongly. ``phrases/compiled.npz`` is made of them
when boilerkill is built, and used as long as they are what it was made of.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import unicodedata
import zlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from boilerkill.packed_phrases import pack, unpack
from boilerkill.phrase_tables import PhraseTables, compile_phrases, unknown_section
from boilerkill.phrasebook import Phrasebook

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = [
    "COMPILED",
    "compiled_phrases",
    "load_phrasebook",
    "own_phrases",
    "parse_phrases",
    "phrasebook",
    "roles",
    "shipped_tables",
]

_SECTION = re.compile(r"\[([\w-]+\.[\w-]+)\]")
_ANY_SECTION = re.compile(r"\[(.*)\]")
_LANGUAGE = re.compile(r"language:\s*([a-z]{2,3}(?:-[A-Za-z]+)?)")

# Phrases of no language in particular, such as brands: they count in every text.
EVERY_LANGUAGE = "mul"

_PACKAGE = resources.files("boilerkill")
_FOLDER = _PACKAGE / "phrases"

# The phrases that boilerkill ships, compiled, and the code that makes it of them.
COMPILED = "phrases/compiled.npz"
_COMPILERS = (
    "canonical.py", "characters.py", "packed_phrases.py", "phrase_files.py", "phrase_tables.py",
)  # fmt: skip

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
        elif role is None and (unknown := _ANY_SECTION.fullmatch(line)) is not None:
            raise ValueError(f"line {number}: {unknown_section(unknown[1], roles())}")
        elif role is None:
            raise ValueError(f"line {number}: {line!r} stands before the first [section]")
        else:
            yield role, line


@functools.cache
def phrasebook() -> Phrasebook:
    """Return the phrase book that boilerkill ships; it is made at the first call."""
    return Phrasebook(shipped_tables(), roles())


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
    return Phrasebook(compile_phrases([*_shipped_phrases(), *own], roles()), roles())


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


def shipped_tables() -> PhraseTables:
    """Return the phrases that boilerkill ships: as they were compiled, or compiled now."""
    # Whatever is wrong with that file, it only saves time.
    with contextlib.suppress(OSError, ValueError):
        kept = unpack((_PACKAGE / COMPILED).read_bytes(), _digest())
        if kept is not None:
            return kept
    return compile_phrases(_shipped_phrases(), roles())


def compiled_phrases() -> bytes:
    """Return what belongs into the file `COMPILED`, from which phrases are had sooner."""
    return pack(compile_phrases(_shipped_phrases(), roles()), _digest())


def _digest() -> str:
    """Return a digest of all that the compiled phrases depend on."""
    sources = [_PACKAGE / name for name in _COMPILERS]
    digest = zlib.crc32(unicodedata.unidata_version.encode())
    for entry in [*sources, _FOLDER / "roles.json", *_files()]:
        data = entry.read_bytes()
        digest = zlib.crc32(data, zlib.crc32(f"{entry.name} {len(data)}\n".encode(), digest))
    return f"{digest:08x}"


def _shipped_phrases() -> Iterator[tuple[str, str, str]]:
    for entry in _files():
        for role, phrase in parse_phrases(entry.read_text("utf-8")):
            yield entry.name.removesuffix(".txt"), role, phrase


def _files() -> list[Traversable]:
    """Return the phrase files that boilerkill ships."""
    files = (entry for entry in _FOLDER.iterdir() if entry.name.endswith(".txt"))
    return sorted(files, key=lambda entry: entry.name)
