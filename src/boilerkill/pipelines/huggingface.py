"""Hugging Face datasets: a function for `Dataset.map`, also of streams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from boilerkill.pipelines.arrow import BatchCleaner

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["CleanExamples", "datasets"]


def datasets(
    column: str = "text", *, into: str = "text", **options: Unpack[RowOptions]
) -> CleanExamples:
    r"""Return what cleans batches of examples: ``ds.map(datasets(...), batched=True)``.

    Args:
        column: As in `boilerkill.pipelines.clean_batch`, and so are the others.
        into: As there.
        options: As there.

    Returns:
        A function for ``map(..., batched=True)`` of a `Dataset` or an `IterableDataset`; without
        `batched`, it cleans one example at a time. Datasets takes the same options and the same
        version of boilerkill for the same function, so that what it has in its cache is found
        again.

    Raises:
        TypeError: As in `clean_batch`.
        ValueError: As in `clean_batch`.

    >>> datasets(add=[])({"id": [7], "text": ["It rained.\n\nLeave a Reply"]})
    {'text': ['It rained.'], 'error': [None]}
    """
    return CleanExamples(BatchCleaner(column, into=into, **options))


class CleanExamples:
    """What `datasets` returns."""

    def __init__(self, cleaner: BatchCleaner) -> None:
        """Take what cleans tables."""
        self._cleaner = cleaner
        # Datasets takes a digest of this object's pickle for the name of what is in its cache.
        self._decisive = (cleaner.column, cleaner.into, cleaner.rows.fingerprint())

    def __call__(self, batch: Any) -> Any:
        """Clean a batch, which is a table or a mapping of columns, or one example."""
        if not isinstance(batch, Mapping):
            return self._cleaner(batch)
        # Examples of a `Dataset` come with the table that they are of. What goes back as a table
        # has its declared types, where a list of nulls alone would have none.
        table = getattr(batch, "pa_table", None)
        if table is not None:
            return self._cleaner(table)
        return self._cleaner.examples(batch)
