"""The phrases as they are compiled when boilerkill is built: the same as without, or not used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from boilerkill import phrase_files
from boilerkill.phrase_files import COMPILED, compiled_phrases, shipped_tables
from boilerkill.phrase_tables import PhraseTables

LIBRARY = Path(phrase_files.__file__).parent


@pytest.fixture(scope="module")
def compiled() -> str:
    return compiled_phrases()


@pytest.fixture
def package(tmp_path: Path, compiled: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of what phrases are made of, with the compiled ones."""
    package = tmp_path / "boilerkill"
    shutil.copytree(LIBRARY / "phrases", package / "phrases")
    for file in LIBRARY.glob("*.py"):
        shutil.copy(file, package)
    monkeypatch.setattr(phrase_files, "_PACKAGE", package)
    monkeypatch.setattr(phrase_files, "_FOLDER", package / "phrases")
    (package / COMPILED).write_text(compiled, "utf-8")
    return package


def plain(tables: PhraseTables) -> object:
    return json.loads(json.dumps(vars(tables)))


def refuse(*_: object) -> NoReturn:
    raise AssertionError("compiled again")


def test_they_are_what_compiling_gives(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = package / COMPILED
    aside = kept.rename(package / "aside.json")
    fresh = shipped_tables()
    aside.rename(kept)
    monkeypatch.setattr(phrase_files, "compile_phrases", refuse)
    assert plain(shipped_tables()) == plain(fresh)


@pytest.mark.parametrize(
    "changed", ["phrases/de.txt", "phrases/roles.json", "canonical.py", "phrase_tables.py"]
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
    "content", [b"", b"{}", b"[]", b"\xff", b'{"of": 1, "tables": {}}', b'{"of"', b"null"]
)
def test_a_damaged_file_is_not_used(package: Path, content: bytes) -> None:
    (package / COMPILED).write_bytes(content)
    assert " leave a reply" in shipped_tables().literals


def test_a_file_without_all_tables_is_not_used(package: Path) -> None:
    kept = json.loads((package / COMPILED).read_text("utf-8"))
    del kept["tables"]["date_words"]
    (package / COMPILED).write_text(json.dumps(kept), "utf-8")
    assert shipped_tables().date_words
