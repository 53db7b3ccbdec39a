"""The phrases as they are compiled when boilerkill is built: the same as without, or not used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import phrase_files
from boilerkill.packed_phrases import unpack
from boilerkill.phrase_files import COMPILED, compiled_phrases, shipped_tables
from boilerkill.phrase_tables import PhraseTables

LIBRARY = Path(phrase_files.__file__).parent


@pytest.fixture(scope="module")
def compiled() -> bytes:
    return compiled_phrases()


@pytest.fixture
def package(tmp_path: Path, compiled: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of what phrases are made of, with the compiled ones."""
    package = tmp_path / "boilerkill"
    shutil.copytree(LIBRARY / "phrases", package / "phrases")
    for file in LIBRARY.glob("*.py"):
        shutil.copy(file, package)
    monkeypatch.setattr(phrase_files, "_PACKAGE", package)
    monkeypatch.setattr(phrase_files, "_FOLDER", package / "phrases")
    (package / COMPILED).write_bytes(compiled)
    return package


def plain(tables: PhraseTables) -> object:
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in vars(tables).items()
    }


def refuse(*_: object) -> NoReturn:
    raise AssertionError("compiled again")


def test_they_are_what_compiling_gives(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = package / COMPILED
    aside = kept.rename(package / "aside.npz")
    fresh = shipped_tables()
    aside.rename(kept)
    monkeypatch.setattr(phrase_files, "compile_phrases", refuse)
    assert plain(shipped_tables()) == plain(fresh)


@pytest.mark.parametrize(
    "changed",
    [
        "phrases/de.txt",
        "phrases/roles.json",
        "canonical.py",
        "packed_phrases.py",
        "phrase_tables.py",
    ],
)
def test_they_are_not_used_of_another_state(
    package: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (package / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    monkeypatch.setattr(phrase_files, "compile_phrases", refuse)
    with pytest.raises(AssertionError, match="compiled again"):
        shipped_tables()


def test_a_phrase_that_is_added_counts_at_once(package: Path) -> None:
    with (package / "phrases" / "gd.txt").open("a", encoding="utf-8") as file:
        file.write("\n[share.action]\nZwitscher es to all the valley\n")
    assert " zwitscher es to all the valley" in shipped_tables().literals


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), bytes(100)]
)
def test_a_file_of_something_else_is_not_used(package: Path, content: bytes) -> None:
    (package / COMPILED).write_bytes(content)
    assert " leave a reply" in shipped_tables().literals


@given(st.data())
def test_of_a_damaged_file_nothing_wrong_is_used(compiled: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(compiled) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=8))
    damaged = compiled[:start] + damage + compiled[start + len(damage) :]
    try:
        tables = unpack(damaged, phrase_files._digest())
    except ValueError:
        return
    assert tables is None or plain(tables) == plain(shipped_tables())


@pytest.mark.parametrize("missing", ["roles", "little", "anchors", "templates", "literals 1"])
def test_a_file_without_all_tables_is_not_used(package: Path, missing: str) -> None:
    with np.load(package / COMPILED) as arrays:
        kept = {name: array for name, array in arrays.items() if name != missing}
    np.savez(package / COMPILED, **kept)
    with pytest.raises(ValueError, match="lacks"):
        unpack((package / COMPILED).read_bytes(), phrase_files._digest())
    assert shipped_tables().date_words
