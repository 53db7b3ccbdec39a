r"""Clean Parquet into Parquet with Spark.

    spark-submit --master yarn --deploy-mode cluster \
        --archives environment.tar.gz#environment \
        --conf spark.pyspark.python=./environment/bin/python \
        --conf spark.executor.cores=4 --conf spark.executor.memory=4g \
        --conf spark.executor.memoryOverhead=4g \
        clean_parquet_spark.py s3a://mine/crawl s3a://mine/cleaned --column html

`environment.tar.gz` is a virtual environment with boilerkill[spark], packed by venv-pack.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from pyspark.sql import SparkSession

from boilerkill.pipelines.spark import clean_frame


def main(arguments: Sequence[str] | None = None) -> None:
    """Clean all rows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("crawl")
    parser.add_argument("cleaned")
    parser.add_argument("--column", default="text")
    given = parser.parse_args(arguments)
    spark = (
        SparkSession.builder.appName("boilerkill")
        # Pages are long: a batch of the default 10,000 of them would be some hundred megabytes.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "512")
        .getOrCreate()
    )
    crawl = spark.read.parquet(given.crawl)
    clean_frame(crawl, given.column, add=["byline", "score"]).write.parquet(given.cleaned)


if __name__ == "__main__":
    main()
