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

    def __call__(self, batch: Any, *others: Any) -> Any:
        """Clean a batch, which is a table or a mapping of columns, or one example.

        Raises:
            TypeError: If it is anything else, such as a column alone.
        """
        if others or not (isinstance(batch, Mapping) or hasattr(batch, "__arrow_c_stream__")):
            # What is added must not be called as a column that can't be seen here.
            found = ", ".join(type(one).__name__ for one in (batch, *others))
            raise TypeError(
                "expected examples with all their columns and nothing besides (the one with the "
                f"text is named by datasets(column=...), not by input_columns), got {found}"
            )
        if not isinstance(batch, Mapping):
            import pyarrow

            # Frames of pandas and polars can be taken for tables.
            return self._cleaner(pyarrow.table(batch))
        # Examples of a `Dataset` come with the table that they are of. What goes back as a table
        # has its declared types, where a list of nulls alone would have none.
        table = getattr(batch, "pa_table", None)
        if table is not None:
            return self._cleaner(table)
        return self._cleaner.examples(batch)
