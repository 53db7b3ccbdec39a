"""Ray Data: clean datasets in tasks or actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerkill.pipelines.arrow import BatchCleaner
from boilerkill.pipelines.rows import WARM_UP

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["Boilerkill"]


class Boilerkill(BatchCleaner):
    r"""Cleans batches for ``ds.map_batches(Boilerkill(...), batch_format="pyarrow")``.

    Given as an object, as above, it runs in tasks; each process loads the weights once. Given as a
    class, it runs in actors, which load them before their first batch:
    ``ds.map_batches(Boilerkill, fn_constructor_kwargs={"add": []}, concurrency=8,
    batch_format="pyarrow")``.

    The arguments, what comes out and what is raised are those of
    `boilerkill.pipelines.clean_batch`.

    >>> import pyarrow
    >>> clean = Boilerkill("html", add=["kinds"])
    >>> clean(pyarrow.table({"html": ["It rained.\n\nLeave a Reply"]})).column_names
    ['html', 'text', 'kinds', 'error']
    """

    def __init__(
        self, column: str = "text", *, into: str = "text", **options: Unpack[RowOptions]
    ) -> None:
        """Check the options, and load what cleaning needs."""
        super().__init__(column, into=into, **options)
        self.rows(WARM_UP)
