"""Clean Parquet into Parquet with Ray Data, in object storage or on disks.

    python clean_parquet_ray.py s3://mine/crawl/ s3://mine/cleaned/ --column html --actors 64

On a cluster: ``ray job submit --working-dir . -- python clean_parquet_ray.py …``. Paths are what
`ray.data.read_parquet` takes: s3://, gs://, a folder that all machines share. Needs
boilerkill[ray] on every machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import ray
from ray.data import ActorPoolStrategy

from boilerkill.pipelines.ray import Boilerkill


def main(arguments: Sequence[str] | None = None) -> None:
    """Clean all rows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("crawl")
    parser.add_argument("cleaned")
    parser.add_argument("--column", default="text")
    parser.add_argument("--actors", type=int, default=2, help="at most; one takes one core")
    parser.add_argument("--rows", type=int, default=256, help="cleaned at a time by an actor")
    given = parser.parse_args(arguments)
    ray.data.read_parquet(given.crawl).map_batches(
        Boilerkill,
        fn_constructor_args=[given.column],
        fn_constructor_kwargs={"add": ["byline", "score"]},
        compute=ActorPoolStrategy(min_size=1, max_size=given.actors),
        batch_format="pyarrow",
        batch_size=given.rows,
    ).write_parquet(given.cleaned)


if __name__ == "__main__":
    main()
