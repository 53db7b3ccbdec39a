"""pandas and polars: a namespace on a column."""

from __future__ import annotations

import importlib
import logging
import pickle
import sys
from typing import Any

import pytest
from pipeline_samples import ERRORS, MOST, PAGE, ROWS, TEXTS, run_example

from boilerkill import clean

pytest.importorskip("pyarrow", reason="pip install 'boilerkill[pandas,polars]'")


@pytest.fixture
def pd() -> Any:
    pandas = pytest.importorskip("pandas", reason="pip install 'boilerkill[pandas]'")
    import boilerkill.pipelines.pandas  # noqa: F401 -- gives series their `boil`

    return pandas


@pytest.fixture
def pl() -> Any:
    polars = pytest.importorskip("polars", reason="pip install 'boilerkill[polars]'")
    import boilerkill.pipelines.polars  # noqa: F401 -- gives columns their `boil`

    return polars


@pytest.mark.parametrize("engine", ["pandas", "datatrove"])
def test_an_engine_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.delitem(sys.modules, f"boilerkill.pipelines.{engine}", raising=False)
    for name in [engine, *(name for name in sys.modules if name.startswith(f"{engine}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match=rf"pip install 'boilerkill\[{engine}\]'"):
        importlib.import_module(f"boilerkill.pipelines.{engine}")


@pytest.mark.parametrize("missing", ["polars", "pyarrow"])
def test_polars_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    pytest.importorskip("polars", reason="pip install 'boilerkill[polars]'")
    monkeypatch.delitem(sys.modules, "boilerkill.pipelines.polars", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ModuleNotFoundError) as told:
        importlib.import_module("boilerkill.pipelines.polars")
    assert str(told.value) == f"needs {missing}: pip install 'boilerkill[polars]'"
    assert told.value.name == missing


@pytest.mark.parametrize("kind", ["object", "string", "string[pyarrow]", "category"])
def test_pandas(pd: Any, kind: str) -> None:
    index = [f"row {number}" for number in range(len(ROWS))]
    series = pd.Series(ROWS, index=index, name="body", dtype=kind)
    cleaned = series.boil.clean(max_bytes=MOST)
    assert [None if pd.isna(text) else text for text in cleaned] == TEXTS
    assert list(cleaned.index) == index
    assert cleaned.name == "body"
    assert cleaned.dtype == ("object" if kind == "category" else series.dtype)
    frame = series.boil.separate(max_bytes=MOST)
    assert frame["text"].tolist() == TEXTS
    assert frame["error"].tolist() == ERRORS
    assert list(frame.index) == index
    assert frame["byline"].iloc[0]["authors"] == ["Ann Lee"]
    assert frame["score"].dtype == "float64"


def test_nulls_of_pandas_stay_what_they_are(pd: Any) -> None:
    nan = float("nan")
    cleaned = pd.Series([None, nan, pd.NA, PAGE], dtype=object).boil.clean().tolist()
    assert cleaned[0] is None
    assert cleaned[1] is nan
    assert cleaned[2] is pd.NA
    assert cleaned[3] == clean(PAGE)
    assert pd.Series([], dtype=object).boil.clean().empty


def test_rows_of_no_text_fail_alone_and_are_told_of(
    pd: Any, caplog: pytest.LogCaptureFixture
) -> None:
    series = pd.Series([PAGE, 7, ["a"]])
    with caplog.at_level(logging.WARNING):
        assert series.boil.clean().tolist() == [clean(PAGE), None, None]
    assert "2 rows could not be cleaned, the first: expected text, got int" in caplog.text
    assert series.boil.separate()["error"].tolist()[1:] == [
        "expected text, got int",
        "expected text, got list",
    ]


@pytest.mark.parametrize("kind", ["String", "Binary", "Categorical"])
def test_polars(pl: Any, kind: str) -> None:
    series = pl.Series("body", ROWS, dtype=pl.String).cast(getattr(pl, kind))
    cleaned = series.boil.clean(max_bytes=MOST)
    assert cleaned.to_list() == TEXTS
    assert (cleaned.name, cleaned.dtype) == ("body", pl.String)
    frame = series.boil.separate(max_bytes=MOST)
    assert frame["text"].to_list() == TEXTS
    assert frame["error"].to_list() == ERRORS
    lazy = pl.LazyFrame({"n": range(len(ROWS)), "body": series})
    column = pl.col("body").boil
    found = lazy.select(column.clean(max_bytes=MOST), column.separate(max_bytes=MOST).alias("all"))
    assert found.collect_schema()["body"] == pl.String
    collected = found.collect()
    assert collected.schema == found.collect_schema()
    assert collected["body"].to_list() == TEXTS
    assert collected["all"].struct.unnest().equals(frame)


def test_polars_in_batches(pl: Any) -> None:
    lazy = pl.LazyFrame({"body": ROWS * 5}).select(pl.col("body").boil.clean(max_bytes=MOST))
    assert lazy.collect(engine="streaming")["body"].to_list() == TEXTS * 5


def test_expressions_of_polars_can_be_sent(pl: Any) -> None:
    pytest.importorskip("cloudpickle", reason="pip install 'boilerkill[polars]'")
    expression = pickle.loads(pickle.dumps(pl.col("body").boil.clean(max_bytes=MOST)))
    assert pl.DataFrame({"body": ROWS}).select(expression)["body"].to_list() == TEXTS


def test_polars_checks_options_at_once(pl: Any) -> None:
    for name in ("clean", "separate"):
        with pytest.raises(ValueError, match="threshold"):
            getattr(pl.col("body").boil, name)(threshold=7)
    with pytest.raises(TypeError, match="column of text"):
        pl.Series([1, 2]).boil.clean()


@pytest.mark.parametrize("section", ["pandas", "polars"])
@pytest.mark.usefixtures("crawl")
def test_the_examples(section: str) -> None:
    pytest.importorskip(section, reason=f"pip install 'boilerkill[{section}]'")
    run_example(section)
