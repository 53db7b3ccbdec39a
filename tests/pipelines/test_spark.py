"""Spark, in a real session on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pipeline_samples import (
    ERRORS,
    HTML,
    MOST,
    PAGE,
    ROOT,
    ROWS,
    SEARCH,
    SENTENCE,
    TEXTS,
    run_example,
)

from boilerkill import clean

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17"),
    # Py4J leaves sockets to the garbage collector; PySpark warns of its own future.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def frame(spark: Any, texts: list[Any], kind: str = "string") -> Any:
    return spark.createDataFrame(list(enumerate(texts)), f"id int, text {kind}")


def test_frames(spark: Any) -> None:
    from boilerkill.pipelines.spark import clean_frame

    cleaned = clean_frame(frame(spark, ROWS), max_bytes=MOST)
    found = {row.id: row for row in cleaned.collect()}
    assert [found[number].text for number in range(len(ROWS))] == TEXTS
    assert [found[number].error for number in range(len(ROWS))] == ERRORS
    assert found[0].byline.authors == ["Ann Lee"]
    assert [part.kind for part in found[0].removed] == ["BYLINE", "COMMENT_FORM", "SHARE"]
    assert found[0].kinds.SHARE == 28
    assert found[1].kinds is None


def test_udf(spark: Any) -> None:
    from boilerkill.pipelines.spark import boilerkill_udf

    udf = boilerkill_udf(max_bytes=MOST, add=["byline", "removed", "kinds", "score"])
    cleaned = (
        frame(spark, ROWS).select("id", udf("text").alias("cleaned")).select("id", "cleaned.*")
    )
    found = {row.id: row for row in cleaned.collect()}
    assert [found[number].text for number in range(len(ROWS))] == TEXTS
    assert [found[number].error for number in range(len(ROWS))] == ERRORS
    assert found[0].byline.authors == ["Ann Lee"]
    assert [part.kind for part in found[0].removed] == ["BYLINE", "COMMENT_FORM", "SHARE"]
    assert found[0].kinds.SHARE == 28


def test_the_schema(spark: Any) -> None:
    """What was there is as it was, Spark's own types too; nothing has to run to tell."""
    from boilerkill.pipelines.spark import clean_frame

    rows = frame(spark, [PAGE]).selectExpr(
        "id", "text", "interval 1 day as age", "map('a', 1) as counts", "7 as score"
    )
    cleaned = clean_frame(rows, add=["score", "title"])
    assert cleaned.schema.fields[0] == rows.schema.fields[0]
    assert cleaned.schema.fields[2:5] == rows.schema.fields[2:5]
    assert cleaned.schema["text"].nullable
    assert cleaned.columns == [*rows.columns, "title", "boilerkill_score", "error"]
    (row,) = cleaned.collect()
    assert (row.score, row.counts) == (7, {"a": 1})
    with pytest.raises(TypeError, match=r"got one of (big)?int"):
        clean_frame(rows, "id")
    with pytest.raises(ValueError, match="one column 'body'"):
        clean_frame(rows, "body")


def test_skewed_rows_of_bytes(spark: Any) -> None:
    """One that is a thousand times longer than the others, in a partition with them."""
    from boilerkill.pipelines.spark import clean_frame

    long = "\n\n".join(f"{SENTENCE} It was the {number}th time." for number in range(2_000))
    sources = [bytearray(text, "utf-8") for text in (SENTENCE, long, PAGE, "caf")]
    sources.append(bytearray(b"caf\xe9"))
    with_long = frame(spark, sources, "binary").coalesce(1)
    found = sorted(clean_frame(with_long, add=[]).collect())
    assert [row.text for row in found] == [clean(bytes(source)) for source in sources]


@pytest.mark.usefixtures("spark", "crawl")
def test_the_example() -> None:
    run_example("Spark")


def test_spark_submit(crawl: Path) -> None:
    import pyarrow.parquet as pq
    import pyspark

    done = subprocess.run(
        [
            f"{Path(pyspark.__file__).parent}/bin/spark-submit",
            *("--master", "local[1]", "--conf", "spark.ui.enabled=false"),
            str(ROOT / "examples/clean_parquet_spark.py"),
            *("pages.parquet", "articles", "--column", "html"),
        ],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": SEARCH},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    articles = pq.read_table(crawl / "articles").to_pylist()
    assert [row["text"] for row in articles] == [clean(HTML), None, "", clean(HTML)]
