r"""Polars: ``series.boil`` and ``pl.col("text").boil``, once this module is imported.

>>> import polars
>>> import boilerkill.pipelines.polars
>>> frame = polars.DataFrame({"text": ["It rained.\n\nLeave a Reply", None]})
>>> frame["text"].boil.clean().to_list()
['It rained.', None]
>>> frame.lazy().with_columns(polars.col("text").boil.clean()).collect()["text"].to_list()
['It rained.', None]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from boilerkill.pipelines.arrow import BatchCleaner
from boilerkill.pipelines.rows import RowCleaner, log_failures, needing

# Who has polars need not have pyarrow.
with needing("polars"):
    import polars
    import pyarrow

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["BoilExpression", "BoilSeries"]


@polars.api.register_series_namespace("boil")
class BoilSeries:
    """What a series of texts can do: ``df["text"].boil.clean()``."""

    def __init__(self, series: polars.Series) -> None:
        """Take the series."""
        self._series = series

    def clean(self, **options: Unpack[RowOptions]) -> polars.Series:
        """Return the cleaned texts.

        Args:
            options: As in `boilerkill.pipelines.rows.RowCleaner`.

        Returns:
            A series of strings with the same name. Nulls stay; a row that could not be cleaned is
            null too, and a warning is logged. `separate` says why.

        Raises:
            TypeError: As in `boilerkill.pipelines.clean_batch`.
            ValueError: As there.
        """
        options["add"] = ()
        cleaned = _cleaned(self._series, BatchCleaner(**options))
        log_failures(cleaned["error"])
        return cleaned["text"].alias(self._series.name)

    def separate(self, **options: Unpack[RowOptions]) -> polars.DataFrame:
        """Return the cleaned texts, what else was found out, and what failed.

        Args:
            options: As in `boilerkill.pipelines.rows.RowCleaner`, but that `add` is "byline",
                "removed", "score" and "kinds" where it is not given.

        Returns:
            The columns "text", those of `add`, and "error", which says why a row could not be
            cleaned.

        Raises:
            TypeError: As in `boilerkill.pipelines.clean_batch`.
            ValueError: As there.
        """
        return _cleaned(self._series, BatchCleaner(**options))


@polars.api.register_expr_namespace("boil")
class BoilExpression:
    """What a column of texts can do: ``df.with_columns(pl.col("text").boil.clean())``."""

    def __init__(self, expression: polars.Expr) -> None:
        """Take the column."""
        self._expression = expression

    def clean(self, **options: Unpack[RowOptions]) -> polars.Expr:
        """Return the cleaned texts, as `BoilSeries.clean` does; also of a lazy frame.

        Args:
            options: As there.

        Raises:
            TypeError: As there.
            ValueError: As there.
        """
        RowCleaner(**options)
        return self._expression.map_batches(
            partial(_clean, options=options), return_dtype=polars.String, is_elementwise=True
        )

    def separate(self, **options: Unpack[RowOptions]) -> polars.Expr:
        """Return a struct of the columns that `BoilSeries.separate` returns.

        Args:
            options: As there.

        Raises:
            TypeError: As there.
            ValueError: As there.
        """
        nothing = _cleaned(polars.Series([], dtype=polars.String), BatchCleaner(**options))
        return self._expression.map_batches(
            partial(_separate, options=options),
            return_dtype=polars.Struct(nothing.schema),
            is_elementwise=True,
        )


def _clean(series: polars.Series, options: RowOptions) -> polars.Series:
    return BoilSeries(series).clean(**options)


def _separate(series: polars.Series, options: RowOptions) -> polars.Series:
    return BoilSeries(series).separate(**options).to_struct(series.name)


def _cleaned(series: polars.Series, cleaner: BatchCleaner) -> polars.DataFrame:
    cleaned = cleaner(pyarrow.table({"text": series.to_arrow()}))
    frame = polars.from_arrow(cleaned)
    assert isinstance(frame, polars.DataFrame)
    return frame
