"""What is written can be read by others, whatever was read."""

from __future__ import annotations

import io
import json
import math
import os
import tarfile
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill.corpus import CorpusSettings, clean_corpus
from boilerkill.corpus.formats import FORMATS
from boilerkill.corpus.formats.base import Input
from boilerkill.corpus.portable import portable, portable_name, to_json
from boilerkill.corpus.stream import iter_clean
from samples import ARTICLE, PAGE, jsonl

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")

# With lone surrogates, which Python lets JSON hold, and numbers that it lacks.
TEXT = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=4)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
TEXTS = st.text(max_size=4)
PORTABLE = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def refuse(constant: str) -> NoReturn:
    raise AssertionError(f"no JSON: {constant}")


def strict(line: str | bytes) -> Any:
    """Return what a line of JSON says, as a strict reader reads it."""
    found = json.loads(line, parse_constant=refuse)
    json.dumps(found, ensure_ascii=False).encode()
    return found


@given(ANYTHING)
def test_every_value_becomes_json_that_a_strict_reader_takes(value: Any) -> None:
    found = to_json(value)
    assert strict(found) == portable(value, as_json=True)
    assert to_json(strict(found)) == found


@given(PORTABLE)
def test_what_can_be_written_stays_as_it_is(value: Any) -> None:
    assert portable(value) == portable(value, as_json=True) == value
    assert to_json(value) == json.dumps(value, ensure_ascii=False)


@given(st.binary(), st.binary())
def test_names_of_files_can_be_told_apart(one: bytes, other: bytes) -> None:
    names = [portable_name(raw.decode("utf-8", "surrogateescape")) for raw in (one, other)]
    for name in names:
        name.encode()
    if b"\\" not in one + other:
        assert (names[0] == names[1]) == (one == other)


def test_what_is_deep_can_be_written_as_deep_as_it_was_read() -> None:
    deep: Any = "\ud83e"
    for _ in range(5000):
        deep = [deep]
    deep = portable(deep)
    for _ in range(5000):
        (deep,) = deep
    assert deep == "\ufffd"


@pytest.mark.parametrize("to", [None, "jsonl", "parquet"])
@given(st.lists(st.dictionaries(TEXT, ANYTHING, max_size=3), min_size=1, max_size=3))
@settings(max_examples=60)
def test_no_document_stops_the_others(to: str | None, found: list[dict[str, Any]]) -> None:
    chosen = CorpusSettings(jobs=0, to=to)
    data = jsonl([{**fields, "text": PAGE} for fields in found])
    source = Input("a", io.BufferedReader(io.BytesIO(data)), len(data), lambda: 0)
    out = io.BytesIO()
    writer = FORMATS[to or "jsonl"].writer(out, chosen)
    for batch in FORMATS["jsonl"].read(source, chosen):
        writer.write(batch, list(iter_clean(batch.records, chosen)))
    writer.close()
    if to == "parquet":
        rows = pq.read_table(io.BytesIO(out.getvalue())).to_pylist()
        for row in rows:
            strict(list(row.values())[-1] or "{}")
    else:
        rows = [strict(line) for line in out.getvalue().split(b"\n")[:-1]]
    assert [row["text"] for row in rows] == [ARTICLE] * len(found)


class TestRuns:
    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        source = tmp_path / "in"
        source.mkdir()
        lines = [
            b'{"text": "It rained.", "odd": "a \\ud83e b", "n": 1e400}',
            b'{"text": "It \\ud83e rained.", "odd": "b", "n": NaN}',
            b'{"text": "It rained.", "odd": "c", "n": 1.5}',
        ]
        (source / "a.jsonl").write_bytes(b"\n".join(lines))
        return source

    @pytest.mark.parametrize("to", [None, "jsonl"])
    def test_jsonl_is_read_by_others(self, source: Path, tmp_path: Path, to: str | None) -> None:
        name = "a.jsonl" if to is None else "part-00000-of-00001.jsonl"
        clean_corpus(source, tmp_path / "out", CorpusSettings(jobs=0, to=to))
        rows = pyarrow.json.read_json(tmp_path / "out" / name).to_pylist()
        assert [row["text"] for row in rows] == ["It rained.", "It \ufffd rained.", "It rained."]
        assert [row["odd"] for row in rows] == ["a \ufffd b", "b", "c"]
        assert [row["n"] for row in rows] == [None, None, 1.5]

    def test_parquet_has_the_numbers_that_json_lacks(self, source: Path, tmp_path: Path) -> None:
        clean_corpus(source, tmp_path / "b.parquet", CorpusSettings(jobs=0, to="parquet"))
        rows = pq.read_table(tmp_path / "b.parquet").to_pylist()
        assert [row["odd"] for row in rows] == ["a \ufffd b", "b", "c"]
        assert rows[0]["n"] == math.inf
        assert math.isnan(rows[1]["n"])

    @pytest.mark.skipif(os.name != "posix", reason="names are bytes")
    @pytest.mark.parametrize("to", ["jsonl", "parquet"])
    def test_names_that_are_no_utf_8(self, tmp_path: Path, to: str) -> None:
        source = tmp_path / "in"
        source.mkdir()
        Path(os.fsdecode(os.fsencode(source) + b"/\xff.txt")).write_text("It rained.")
        with tarfile.open(source / "t.tar", "w") as archive:
            for name, data in ((b"m\xff.txt", b"It rained."), (b"n\xff.txt", b"\x00")):
                member = tarfile.TarInfo(os.fsdecode(name))
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        out = tmp_path / "out"
        report = clean_corpus(source, out, CorpusSettings(jobs=0, to=to))
        assert (report.documents, report.failed) == (2, 1)
        read: Any = pyarrow.json.read_json if to == "jsonl" else pq.read_table
        rows = read(out / f"part-00000-of-00001.{to}").to_pylist()
        assert {(row["source"], row["position"]) for row in rows} == {
            (f"{source}/t.tar", r"m\xff.txt"),
            (rf"{source}/\xff.txt", None),
        }
        failure = strict((out / ".boilerkill/failures.jsonl").read_text())
        assert failure["position"] == r"n\xff.txt"
        strict(json.dumps(report.as_json()))

    @pytest.mark.parametrize("to", ["jsonl", "parquet"])
    @pytest.mark.parametrize("nested", [False, True])
    def test_columns_that_lie_about_their_bytes(
        self, tmp_path: Path, to: str, nested: bool
    ) -> None:
        offsets, data = pa.array([0, 4], pa.int32()).buffers()[1], pa.py_buffer(b"caf\xe9")
        lie: Any = pa.Array.from_buffers(pa.string(), 1, [None, offsets, data])
        if nested:
            lie = pa.StructArray.from_arrays([pa.ListArray.from_arrays([0, 1], lie)], ["in"])
        pq.write_table(pa.table({"text": [PAGE], "lie": lie}), tmp_path / "a.parquet")
        clean_corpus(tmp_path / "a.parquet", tmp_path / f"b.{to}", CorpusSettings(jobs=0, to=to))
        read: Any = pyarrow.json.read_json if to == "jsonl" else pq.read_table
        (row,) = read(tmp_path / f"b.{to}").to_pylist()
        assert row["lie"] == ({"in": ["caf\ufffd"]} if nested else "caf\ufffd")
