r"""boilerkill as a step in the engines that people have: each in a module, each with an extra.

What all share is `clean_batch`, which cleans a column of an Arrow table, and beneath it a row at a
time (`boilerkill.pipelines.rows`). In each engine the texts equal what `boilerkill.clean` returns,
rows without a text have none afterwards, and one that can't be cleaned says why in "error", and
stops nothing. Nothing is imported before it is used.

>>> import pyarrow
>>> from boilerkill.pipelines import clean_batch
>>> table = pyarrow.table({"text": ["Rain ended the drought.\n\nShare this: Facebook Twitter"]})
>>> clean_batch(table)["text"].to_pylist()
['Rain ended the drought.']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerkill.lazy import lazy_names

if TYPE_CHECKING:
    from boilerkill.pipelines.arrow import BatchCleaner, clean_batch, output_schema
    from boilerkill.pipelines.huggingface import datasets

__all__ = ["BatchCleaner", "clean_batch", "datasets", "output_schema"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "BatchCleaner": "arrow",
        "clean_batch": "arrow",
        "datasets": "huggingface",
        "output_schema": "arrow",
    },
)
