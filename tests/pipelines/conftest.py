"""The engines, started once for all tests that a process runs, and a crawl to clean."""

from __future__ import annotations

import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pipeline_samples import HTML, PAGE, SEARCH, SENTENCE


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a crawl, as the documentation does."""
    pa = pytest.importorskip("pyarrow", reason="pip install 'boilerkill[arrow]'")
    import pyarrow.parquet as pq

    monkeypatch.chdir(tmp_path)
    urls = [f"https://example.org/{number}" for number in range(4)]
    texts = [PAGE, SENTENCE, None, ""]
    pq.write_table(pa.table({"url": urls, "text": texts}), "crawl.parquet")
    pq.write_table(pa.table({"url": urls, "html": [HTML, None, "", HTML]}), "pages.parquet")
    return tmp_path


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    """A Ray of its own on this machine."""
    pytest.importorskip("pyarrow", reason="pip install 'boilerkill[ray]'")
    with pytest.MonkeyPatch.context() as patch:
        # Its processes would wait for all others of a busy machine.
        patch.setenv("RAY_worker_niceness", "0")
        patch.setenv("RAY_AUTH_MODE", "disabled")
        patch.setenv("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
        patch.setenv("PYTHONPATH", SEARCH)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ray = pytest.importorskip("ray", reason="pip install 'boilerkill[ray]'")
            ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200 << 20)
        yield ray
        ray.shutdown()


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A local Spark session."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")
        sql = pytest.importorskip("pyspark.sql", reason="pip install 'boilerkill[spark]'")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", SEARCH)
        handler = signal.getsignal(signal.SIGINT)
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        # Spark takes Ctrl-C for itself, and other tests look at who has it.
        signal.signal(signal.SIGINT, handler)
        yield session
        session.stop()
