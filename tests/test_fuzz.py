"""What `python -m fuzz` begins with, and a few changes of it, for every target."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz.seeds import seeds
from fuzz.targets import TARGETS

from boilerkill.corpus import CorpusSettings
from boilerkill.corpus.formats import FORMATS
from boilerkill.corpus.source import SourceFile, read_batches

CHANGES = 12


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return data that is cut, or of which some bytes are others, gone or there twice."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(found) + 1)
        match chance.choice(("cut", "byte", "drop", "double")):
            case "cut" if len(found) > 1:
                del found[max(1, at) :]
            case "byte" if at < len(found):
                found[at] = chance.randrange(256)
            case "drop":
                del found[at : at + chance.randrange(1, 9)]
            case _:
                found[at:at] = found[at : at + chance.randrange(1, 99)]
    return bytes(found)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    assert seeds(name)
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_changed_seeds(name: str) -> None:
    chance = random.Random(name)
    for _ in range(CHANGES):
        TARGETS[name](changed(chance.choice(seeds(name)), chance))


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "arrow", "warc", "zip", "tar"])
def test_seeds_are_files_of_their_kind(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(seeds(name)[0])
    batches = read_batches(SourceFile(path, FORMATS[name]), CorpusSettings(), lambda: None)
    records = [record for batch in batches for record in batch.records]
    assert any(record.text for record in records if record.problem is None)


def test_what_breaks_a_promise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("promises.clean", lambda source, **options: str(source)[:-1])
    with pytest.raises(AssertionError):
        TARGETS["text"](b"Rain fell.")
