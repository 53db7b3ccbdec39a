"""`clean_batch`, which the others are built on."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pipeline_samples import (
    ERRORS,
    HTML,
    LAMP,
    MOST,
    PAGE,
    ROWS,
    SENTENCE,
    TEXTS,
    learn,
    run_example,
)

from boilerkill import Kind, clean, separate
from boilerkill.pipelines.rows import RowCleaner
from strategies import documents, html_pages, may_be_text, options

pa = pytest.importorskip("pyarrow", reason="pip install 'boilerkill[arrow]'")

from boilerkill.pipelines import BatchCleaner, clean_batch, output_schema  # noqa: E402


@hypothesis_settings(max_examples=60)
@given(
    st.lists(
        st.none() | documents(4) | html_pages() | st.binary(max_size=40).filter(may_be_text),
        max_size=4,
    ),
    options(),
)
def test_each_row_is_what_clean_makes_of_it(
    sources: list[str | bytes | None], chosen: dict[str, Any]
) -> None:
    column = [one.encode("utf-8", "replace") if isinstance(one, str) else one for one in sources]
    cleaned = clean_batch(pa.table({"text": pa.array(column, pa.binary())}), add=[], **chosen)
    assert cleaned["text"].to_pylist() == [
        None if one is None else clean(one, **chosen) for one in column
    ]
    assert cleaned["error"].null_count == len(column)


@pytest.mark.parametrize("make", [pa.table, pa.record_batch])
def test_nulls_stay_null_and_failures_are_marked(make: Any) -> None:
    cleaned = clean_batch(make({"text": ROWS}), max_bytes=MOST)
    assert type(cleaned) is type(make({"text": ROWS}))
    assert cleaned.column("text").to_pylist() == TEXTS
    assert cleaned.column("error").to_pylist() == ERRORS
    for name in ("byline", "removed", "kinds"):
        missing = [value is None for value in cleaned.column(name).to_pylist()]
        assert missing == [text is None for text in TEXTS]


def test_the_columns_tell_what_separate_does() -> None:
    (row,) = clean_batch(pa.table({"text": [PAGE]})).to_pylist()
    document = separate(PAGE)
    gone = [segment for segment in document.segments if not segment.kept]
    assert len(gone) == 3
    assert row["removed"] == [{"kind": one.kind.value, "text": one.text} for one in gone]
    assert row["byline"] == {"authors": ["Ann Lee"], "published": "2024-05-03", "updated": None}
    assert {kind: count for kind, count in row["kinds"].items() if count} == {
        one.kind.value: len(one.text) for one in gone
    }
    assert set(row["kinds"]) == {kind.value for kind in Kind}
    assert 0.5 < row["score"] <= 1


TEXT_TYPES = {
    pa.string(): pa.string(),
    pa.large_string(): pa.large_string(),
    pa.binary(): pa.string(),
    pa.large_binary(): pa.large_string(),
    pa.string_view(): pa.string(),
    pa.binary_view(): pa.string(),
    pa.dictionary(pa.int8(), pa.string()): pa.string(),
}


@pytest.mark.parametrize("kind", TEXT_TYPES, ids=str)
def test_the_schema_is_what_was_declared(kind: Any) -> None:
    column = pa.chunked_array([pa.array([PAGE, None]).cast(kind), pa.array([SENTENCE]).cast(kind)])
    table = pa.table({"id": [1, 2, 3], "text": column})
    choices: list[dict[str, Any]] = [
        {},
        {"add": []},
        {"add": ["title", "score"]},
        {"into": "clean"},
    ]
    for given_options in choices:
        declared = output_schema(table.schema, **given_options)
        assert clean_batch(table, **given_options).schema == declared
        assert clean_batch(table[:0], **given_options).schema == declared
        name = given_options.get("into", "text")
        assert declared.field(name).type == TEXT_TYPES[kind]
    assert clean_batch(table)["text"].to_pylist() == [clean(PAGE), None, clean(SENTENCE)]


def test_a_column_of_nulls() -> None:
    assert clean_batch(pa.table({"text": pa.nulls(2)}))["text"].to_pylist() == [None, None]


def test_other_columns_are_not_copied() -> None:
    table = pa.table({"id": list(range(100)), "text": [SENTENCE] * 100, "more": ["x"] * 100})
    cleaned = clean_batch(table, add=[])
    for name in ("id", "more"):
        before = [buffer.address for buffer in table[name].chunk(0).buffers() if buffer]
        assert [b.address for b in cleaned[name].chunk(0).buffers() if b] == before


def test_no_column_is_replaced_but_the_texts() -> None:
    table = pa.table({"text": [PAGE], "score": [7], "error": ["mine"], "html": [HTML]})
    cleaned = clean_batch(table, add=["score"])
    assert cleaned["score"].to_pylist() == [7]
    assert cleaned["error"].to_pylist() == ["mine"]
    assert cleaned.column_names[-2:] == ["boilerkill_score", "boilerkill_error"]
    # Nobody can tell who made a column.
    again = clean_batch(cleaned, add=["score"])
    assert again.drop(["text"]).select(range(5)).equals(cleaned.drop(["text"]))
    assert again.column_names[-2:] == [
        "boilerkill_boilerkill_score", "boilerkill_boilerkill_error",
    ]  # fmt: skip
    beside = clean_batch(table, "html", add=[])
    assert beside["text"].to_pylist() == [PAGE]
    assert beside["boilerkill_text"].to_pylist() == [clean(HTML)]


def test_text_that_is_no_utf8_is_cleaned_as_bytes() -> None:
    offsets, data = pa.array([0, 4], pa.int32()).buffers()[1], pa.py_buffer(b"caf\xe9")
    lie = pa.Array.from_buffers(pa.string(), 1, [None, offsets, data])
    assert clean_batch(pa.table({"text": lie}))["text"].to_pylist() == [clean(b"caf\xe9")]


def test_a_defect_is_marked_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: str, **chosen: Any) -> str:
        if source == "b":
            raise RuntimeError("a defect")
        if source == "c":
            raise MemoryError
        return source

    monkeypatch.setattr("boilerkill.api.clean", fail)
    cleaned = clean_batch(pa.table({"text": ["a", "b", "c", "d"]}), add=[])
    assert cleaned["text"].to_pylist() == ["a", None, None, "d"]
    assert cleaned["error"].to_pylist() == [
        None,
        "unexpected RuntimeError: a defect",
        "not enough memory",
        None,
    ]


@pytest.mark.parametrize(
    ("given_options", "error"),
    [
        ({"column": "body"}, ValueError),
        ({"column": "id"}, TypeError),
        ({"column": 3}, TypeError),
        ({"into": None}, TypeError),
        ({"threshold": 2}, ValueError),
        ({"keep": ["NOTHING"]}, ValueError),
        ({"add": ["wisdom"]}, ValueError),
        ({"add": "score"}, TypeError),
        ({"format": "pdf"}, ValueError),
        ({"max_bytes": 0}, ValueError),
        ({"profile": "no/such/file"}, OSError),
    ],
)
def test_what_is_wrong_with_a_job_is_said_before_any_row(
    given_options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        clean_batch(pa.table({"id": [1], "text": [PAGE]}), **given_options)


@pytest.mark.parametrize("batch", [{"text": [PAGE]}, [PAGE], None])
def test_what_is_no_table(batch: Any) -> None:
    with pytest.raises(TypeError, match=f"expected a pyarrow.Table .* got {type(batch).__name__}"):
        clean_batch(batch)


def test_two_columns_of_one_name() -> None:
    table = pa.Table.from_arrays([pa.array([PAGE]), pa.array([PAGE])], ["text", "text"])
    with pytest.raises(ValueError, match="one column 'text'"):
        clean_batch(table)


def test_a_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same file in whatever folder a process works."""
    learn(tmp_path)
    monkeypatch.chdir(tmp_path)
    cleaner = BatchCleaner(profile="site.profile")
    monkeypatch.chdir("/")
    text = f"{SENTENCE}\n\n{LAMP}"
    assert clean(text) == text
    assert cleaner(pa.table({"text": [text]}))["text"].to_pylist() == [SENTENCE]


def test_equal_options_make_equal_pickles() -> None:
    kinds = [Kind.SHARE, Kind.COMMENT, Kind.BYLINE]
    one = BatchCleaner(keep=set(kinds), add=["score", "title"])
    other = BatchCleaner(keep=[kind.value for kind in reversed(kinds)], add=("title", "score"))
    assert one == other
    assert pickle.dumps(one) == pickle.dumps(other)
    assert pickle.loads(pickle.dumps(one)) == one


# Everything that engines send to other processes, there and back, in both ways to start them.
SENDING = """
import multiprocessing, sys
import pyarrow as pa
from boilerkill.pipelines import BatchCleaner, datasets
from boilerkill.pipelines.ray import Boilerkill
from boilerkill.pipelines.rows import RowCleaner
from boilerkill.pipelines.spark import _Batches

table = pa.table({"text": [sys.argv[1], None, ""]})
before = BatchCleaner(add=[])(table)
def same(found): assert found == before, found
for method in ("spawn", "fork"):
    with multiprocessing.get_context(method).Pool(1) as pool:
        for cleaner in (BatchCleaner(add=[]), Boilerkill(add=[]), datasets(add=[])):
            same(pool.map(cleaner, [table])[0])
        same(pool.map(BatchCleaner(add=[]), table.to_batches())[0].schema and before)
        rows = pool.map(RowCleaner(), [sys.argv[1], None, ""])
        assert [row.text for row in rows] == before["text"].to_pylist()
"""


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_cleaners_can_be_sent_to_processes() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", SENDING, PAGE], check=True, env=environment, timeout=120)


@pytest.mark.parametrize(
    "code",
    [
        "import boilerkill.pipelines; dir(boilerkill.pipelines)",
        "import boilerkill.pipelines.ray, boilerkill.pipelines.spark, boilerkill.pipelines.arrow",
        "import boilerkill.pipelines.scrapy, boilerkill.pipelines.huggingface",
    ],
)
def test_importing_does_no_work(code: str) -> None:
    heavy = {"pyarrow", "ray", "pyspark", "datasets", "datatrove", "pandas", "polars", "scrapy"}
    heavy |= {"numpy", "regex", "lxml"}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {name.partition(".")[0] for name in done.stdout.split()} & heavy == set()


def test_bytes_of_a_known_kind_that_is_no_text_fail_alone() -> None:
    for format in ("auto", "html"):
        row = RowCleaner(format=format)(b"\x89PNG\r\n\x1a\n\x00")
        assert (row.text, row.error) == (None, "binary, not text: a PNG image")


def test_rows_of_other_types_fail_alone() -> None:
    assert RowCleaner()(7).error == "expected text, got int"


@pytest.mark.usefixtures("crawl")
def test_the_example() -> None:
    run_example("Arrow")
