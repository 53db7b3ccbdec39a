r"""Clean WARC files into Parquet with datatrove: on this machine, on Slurm or on Ray.

    python clean_common_crawl.py crawl cleaned --tasks 8 --workers 4
    python clean_common_crawl.py s3://commoncrawl/ s3://mine/cleaned --paths warc.paths.gz \
        --executor slurm --partition cpu --tasks 90000 --workers 4000 --logs /shared/logs
    python clean_common_crawl.py s3://commoncrawl/ s3://mine/cleaned --paths warc.paths.gz \
        --executor ray --tasks 90000 --logs s3://mine/logs

`warc.paths.gz` is what Common Crawl lists for each month. The same command again goes on with the
tasks that are not done: the logs say which are, so they must be where every machine can write.
Needs boilerkill[datatrove]; for Ray, ray[default] as well, and for S3, s3fs.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from datatrove.executor import LocalPipelineExecutor, RayPipelineExecutor, SlurmPipelineExecutor
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import ParquetWriter

from boilerkill.pipelines.datatrove import BoilerkillExtractor

# Declared, for the first document of a task need not have what later ones have.
SCHEMA = pa.schema({name: pa.string() for name in ("text", "id", "url", "date", "error")})


def columns(writer: Any, document: Any) -> dict[str, Any]:
    """Return what is written of a document."""
    values = {"text": document.text, "id": document.id, **document.metadata}
    return {name: values.get(name) for name in SCHEMA.names}


def steps(crawl: str, cleaned: str, paths: str | None) -> list[Any]:
    """Return the pipeline: each task reads its share of the files, and writes one."""
    return [
        WarcReader(crawl, paths_file=paths, glob_pattern=None if paths else "*.warc.gz"),
        BoilerkillExtractor(timeout=30, max_bytes=16 << 20),
        ParquetWriter(cleaned, adapter=columns, schema=SCHEMA, compression="zstd"),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the pipeline, or hand it in."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("crawl", help="folder of the WARC files")
    parser.add_argument("cleaned", help="folder for the Parquet files")
    parser.add_argument("--paths", help="file with a path a line, below the folder")
    parser.add_argument("--executor", choices=("local", "slurm", "ray"), default="local")
    parser.add_argument("--tasks", type=int, default=1, help="as many as there are files at most")
    parser.add_argument("--workers", type=int, default=-1, help="tasks at a time (default: all)")
    parser.add_argument("--logs", default="logs")
    parser.add_argument("--partition", default="cpu", help="of Slurm")
    given = parser.parse_args(arguments)
    common: dict[str, Any] = {
        "pipeline": steps(given.crawl, given.cleaned, given.paths),
        "tasks": given.tasks,
        "workers": given.workers,
        "logging_dir": given.logs,
    }
    if given.executor == "slurm":
        executor: Any = SlurmPipelineExecutor(
            job_name="boilerkill",
            partition=given.partition,
            time="06:00:00",
            cpus_per_task=1,
            mem_per_cpu_gb=2,
            # A node that is lost costs a task, which is handed in again.
            requeue=True,
            max_array_size=1000,
            **common,
        )
    elif given.executor == "ray":
        executor = RayPipelineExecutor(cpus_per_task=1, mem_per_cpu_gb=2, **common)
    else:
        executor = LocalPipelineExecutor(**common)
    executor.run()


if __name__ == "__main__":
    main()
