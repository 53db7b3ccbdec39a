"""What do the engines of `boilerkill.pipelines` add to the cleaning? ``python -m bench.pipelines``.

Each cleans the same short documents, made of pages of `corpus/`, with one worker, beside a plain
loop of `clean()` that is run before and after. Engines are started, and have cleaned a few
documents, before the clock runs. Time of the processor is that of all processes that an engine
has; others on the machine disturb it less than the clock.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.tables import print_table
from boilerkill import clean

DOCUMENTS = 20_000
WARM_UP = 200
PAGES = Path(__file__).parent.parent / "corpus"
# So many paragraphs or lines of a page make up a document.
LEAST_LINES, MOST_LINES = 2, 8

Run = Callable[[Sequence[str]], list[str]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--rounds", type=int, default=1, help="how often; medians are printed")
    parser.add_argument("only", nargs="*", help=f"engines: {', '.join(ENGINES)} (default: all)")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    texts = documents(arguments.documents)
    wanted = arguments.only or list(ENGINES)
    found = {name: measure(name, texts, arguments.rounds) for name in wanted}
    rows = [
        [
            f"`{name}`",
            f"{median(one.rate for one in runs):,.0f}",
            f"{median(one.loop for one in runs):,.0f}",
            f"{median(one.clock for one in runs):+.1%}",
            f"{median(one.processor for one in runs):+.1%}",
        ]
        for name, runs in found.items()
    ]
    head = ["engine", "rows a second", "loop beside it", "over the loop: clock", "processor"]
    print_table(head, rows)


def documents(count: int) -> list[str]:
    """Return short documents: some lines of a page each, and no two the same."""
    chance = random.Random(20_000)
    pages = [path.read_text("utf-8", "replace") for path in sorted(PAGES.glob("*/page.txt"))]
    lines = [page.splitlines() for page in pages]
    found = []
    for number in range(count):
        page = lines[number % len(lines)]
        size = chance.randint(LEAST_LINES, MOST_LINES)
        start = chance.randrange(max(1, len(page) - size))
        found.append("\n".join([*page[start : start + size], "", f"It was the {number}th time."]))
    return found


@dataclass(frozen=True)
class Timed:
    """One run of an engine, and of the loop beside it.

    Attributes:
        rate: Rows a second.
        loop: Those of the loop.
        clock: How much longer than the loop it took, as a share of the loop's time.
        processor: The same of the time of the processor.
    """

    rate: float
    loop: float
    clock: float
    processor: float


def measure(name: str, texts: Sequence[str], rounds: int) -> list[Timed]:
    """Run an engine between two loops.

    Raises:
        RuntimeError: If what it makes of the documents is not what `clean` does.
    """
    found = []
    with ENGINES[name]() as run:
        wanted = plain_loop(texts[:WARM_UP])
        if run(texts[:WARM_UP]) != wanted:
            raise RuntimeError(f"{name}: not what clean() returns")
        for _ in range(rounds):
            before = timed(plain_loop, texts, time.process_time)
            own = timed(run, texts, processor_time)
            after = timed(plain_loop, texts, time.process_time)
            loop = [(one + other) / 2 for one, other in zip(before, after, strict=True)]
            print(f"{name}: {before} {own} {after}", file=sys.stderr, flush=True)
            found.append(
                Timed(len(texts) / own[0], len(texts) / loop[0],
                      own[0] / loop[0] - 1, own[1] / loop[1] - 1)
            )  # fmt: skip
    return found


def timed(
    run: Run, texts: Sequence[str], processor_time: Callable[[], float]
) -> tuple[float, float]:
    """Return how long a run takes, by the clock and in time of the processor."""
    clock, processor = time.perf_counter(), processor_time()
    run(texts)
    return time.perf_counter() - clock, processor_time() - processor


def processor_time() -> float:
    """Return the time that the processor gave this process and all that it started, in seconds."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name of the program stands in brackets, and may hold some.
            fields = path.read_text().rpartition(") ")[2].split()
            pid = int(path.parent.name)
            parents[pid] = int(fields[1])
            ticks[pid] = sum(map(int, fields[11:15]))
    own = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in own} - own:
        own |= more
    return sum(ticks[pid] for pid in own) / os.sysconf("SC_CLK_TCK")


def plain_loop(texts: Sequence[str]) -> list[str]:
    """Clean with nothing around it."""
    return [clean(text) for text in texts]


@contextlib.contextmanager
def arrow() -> Iterator[Run]:
    """Clean a table."""
    import pyarrow as pa

    from boilerkill.pipelines import clean_batch

    def run(texts: Sequence[str]) -> list[str]:
        cleaned: list[str] = clean_batch(pa.table({"text": texts}), add=())["text"].to_pylist()
        return cleaned

    yield run


@contextlib.contextmanager
def datatrove(step: str = "BoilerkillFormatter") -> Iterator[Run]:
    """Clean with a local executor of one worker."""
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.utils.logging import logger

    from boilerkill.pipelines import datatrove as steps

    logger.remove()

    def run(texts: Sequence[str]) -> list[str]:
        def read(data: object, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
            return (Document(text, str(number)) for number, text in enumerate(texts))

        def write(data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
            for document in data:
                cleaned.append(document.text)
                yield document

        cleaned: list[str] = []
        with tempfile.TemporaryDirectory() as logs:
            pipeline = [read, getattr(steps, step)(format="auto"), write]
            LocalPipelineExecutor(pipeline, tasks=1, workers=1, logging_dir=logs).run()
        return cleaned

    yield run


@contextlib.contextmanager
def datatrove_extractor() -> Iterator[Run]:
    """Clean in the sandbox of datatrove's extractors."""
    with datatrove("BoilerkillExtractor") as run:
        yield run


@contextlib.contextmanager
def ray() -> Iterator[Run]:
    """Clean in tasks of a Ray of one core."""
    import pyarrow as pa

    # Its processes would wait for all others of a busy machine.
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112 -- it is so written
    import ray
    from ray.data import DataContext, TaskPoolStrategy

    from boilerkill.pipelines.ray import Boilerkill

    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)

    def run(texts: Sequence[str]) -> list[str]:
        rows = ray.data.from_arrow(pa.table({"text": texts}))
        cleaned = rows.map_batches(
            Boilerkill(add=()),
            batch_format="pyarrow",
            batch_size=1000,
            compute=TaskPoolStrategy(size=1),
        )
        batches: Any = cleaned.iter_batches(batch_format="pyarrow", batch_size=None)
        return [text for batch in batches for text in batch["text"].to_pylist()]

    yield run
    ray.shutdown()


@contextlib.contextmanager
def spark(by: str = "frame") -> Iterator[Run]:
    """Clean in a local session of one core, from Parquet to Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession

    from boilerkill.pipelines.spark import boilerkill_udf, clean_frame

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "512")
        .getOrCreate()
    )

    def run(texts: Sequence[str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            pq.write_table(pa.table({"text": texts}), f"{folder}/crawl.parquet")
            rows = session.read.parquet(f"{folder}/crawl.parquet").coalesce(1)
            if by == "frame":
                cleaned = clean_frame(rows, add=())
            else:
                cleaned = rows.select(boilerkill_udf()("text")["text"].alias("text"))
            cleaned.write.parquet(f"{folder}/cleaned")
            found: list[str] = pq.read_table(f"{folder}/cleaned")["text"].to_pylist()
            return found

    yield run
    session.stop()


@contextlib.contextmanager
def spark_udf() -> Iterator[Run]:
    """Clean by the UDF."""
    with spark("udf") as run:
        yield run


@contextlib.contextmanager
def huggingface() -> Iterator[Run]:
    """Map a dataset in this process."""
    import datasets as hf

    from boilerkill.pipelines import datasets

    hf.disable_progress_bars()
    hf.disable_caching()

    def run(texts: Sequence[str]) -> list[str]:
        rows = hf.Dataset.from_dict({"text": texts})
        return list(rows.map(datasets(add=()), batched=True)["text"])

    yield run


@contextlib.contextmanager
def pandas() -> Iterator[Run]:
    """Clean a series."""
    import pandas as pd

    import boilerkill.pipelines.pandas  # noqa: F401 -- gives series their `boil`

    yield lambda texts: list(pd.Series(texts).boil.clean())


@contextlib.contextmanager
def polars() -> Iterator[Run]:
    """Clean a column of a lazy frame."""
    import polars as pl

    import boilerkill.pipelines.polars  # noqa: F401 -- gives columns their `boil`

    def run(texts: Sequence[str]) -> list[str]:
        column: Any = pl.col("text")
        return pl.LazyFrame({"text": texts}).select(column.boil.clean()).collect()["text"].to_list()

    yield run


@contextlib.contextmanager
def scrapy() -> Iterator[Run]:
    """Give items to the pipeline, one by one."""
    from boilerkill.pipelines.scrapy import BoilerkillPipeline

    pipeline = BoilerkillPipeline()
    yield lambda texts: [pipeline.process_item({"text": text})["text"] for text in texts]


@contextlib.contextmanager
def shell() -> Iterator[Run]:
    """Clean JSONL from a file to a file; the start of the command is counted."""

    def run(texts: Sequence[str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            crawl, cleaned = Path(folder, "crawl.jsonl"), Path(folder, "cleaned.jsonl")
            crawl.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
            command = [sys.executable, "-m", "boilerkill", "clean", "-", "--jobs", "1", "--quiet"]
            with crawl.open("rb") as source, cleaned.open("wb") as target:
                subprocess.run(command, stdin=source, stdout=target, check=True)
            return [json.loads(line)["text"] for line in cleaned.read_text("utf-8").splitlines()]

    yield run


ENGINES: dict[str, Callable[[], contextlib.AbstractContextManager[Run]]] = {
    "clean_batch": arrow,
    "datatrove, BoilerkillFormatter": datatrove,
    "datatrove, BoilerkillExtractor": datatrove_extractor,
    "ray, map_batches": ray,
    "spark, clean_frame": spark,
    "spark, boilerkill_udf": spark_udf,
    "datasets, map": huggingface,
    "pandas": pandas,
    "polars": polars,
    "scrapy": scrapy,
    "boilerkill clean -": shell,
}


if __name__ == "__main__":
    main()
