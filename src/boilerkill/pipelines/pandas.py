r"""Pandas: ``series.boil``, once this module is imported.

>>> import pandas
>>> import boilerkill.pipelines.pandas
>>> pandas.Series(["It rained.\n\nLeave a Reply", None], index=["a", "b"]).boil.clean().to_dict()
{'a': 'It rained.', 'b': None}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerkill.pipelines.arrow import values_of
from boilerkill.pipelines.rows import ALL, ERROR, Row, RowCleaner, log_failures, needing

with needing("pandas"):
    import pandas

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["Boil"]

_TYPES = {"score": "float64"}


@pandas.api.extensions.register_series_accessor("boil")
class Boil:
    """What a series of texts can do: ``df["text"].boil.clean()``."""

    def __init__(self, series: Any) -> None:
        """Take the series."""
        self._series = series

    def clean(self, **options: Unpack[RowOptions]) -> Any:
        """Return the cleaned texts.

        Args:
            options: As in `boilerkill.pipelines.rows.RowCleaner`.

        Returns:
            A series with the same index and name. What is null stays as it is; a row that could
            not be cleaned is null too, and a warning is logged. `separate` says why.

        Raises:
            TypeError: As in `boilerkill.clean`.
            ValueError: As in `boilerkill.clean`.
        """
        rows = self._rows(RowCleaner(**options))
        log_failures(row.error for row in rows)
        texts = [
            source if null else row.text
            for row, source, null in zip(rows, self._series, self._series.isna(), strict=True)
        ]
        kind = self._series.dtype
        return self._like(texts, kind if pandas.api.types.is_string_dtype(kind) else object)

    def separate(self, **options: Unpack[RowOptions]) -> Any:
        """Return the cleaned texts, what else was found out, and what failed.

        Args:
            options: As in `boilerkill.pipelines.rows.RowCleaner`, but that `add` is "byline",
                "removed", "score" and "kinds" where it is not given.

        Returns:
            A `pandas.DataFrame` with the same index: the columns "text", those of `add`, and
            "error", which says why a row could not be cleaned.

        Raises:
            TypeError: As in `boilerkill.clean`.
            ValueError: As in `boilerkill.clean`.
        """
        options.setdefault("add", ALL)
        cleaner = RowCleaner(**options)
        values = [values_of(row, cleaner.add) for row in self._rows(cleaner)]
        columns = {
            name: self._like([value[name] for value in values], _TYPES.get(name, object))
            for name in ("text", *cleaner.add, ERROR)
        }
        return pandas.DataFrame(columns, index=self._series.index)

    def _rows(self, cleaner: RowCleaner) -> list[Row]:
        nulls = self._series.isna()
        return [
            cleaner(None if null else source)
            for source, null in zip(self._series, nulls, strict=True)
        ]

    def _like(self, values: list[Any], kind: Any) -> Any:
        return pandas.Series(values, index=self._series.index, name=self._series.name, dtype=kind)
