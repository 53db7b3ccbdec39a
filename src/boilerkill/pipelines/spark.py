"""Spark: clean a column of a data frame, batch by batch in Arrow's memory or by a UDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boilerkill.pipelines.arrow import BatchCleaner, values_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["boilerkill_udf", "clean_frame"]


@dataclass(frozen=True)
class _Batches:
    """What `mapInArrow` calls for the batches of a partition."""

    cleaner: BatchCleaner

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        return map(self.cleaner, batches)


def clean_frame(
    frame: Any, column: str = "text", *, into: str = "text", **options: Unpack[RowOptions]
) -> Any:
    """Clean the texts in a column of a data frame, with `mapInArrow`: nothing is shuffled.

    Args:
        frame: A `pyspark.sql.DataFrame`.
        column: As in `boilerkill.pipelines.clean_batch`, and so are the others.
        into: As there.
        options: As there.

    Returns:
        A data frame with the columns that `clean_batch` returns.

    Raises:
        TypeError: As in `clean_batch`.
        ValueError: As in `clean_batch`.
    """
    cleaner = BatchCleaner(column, into=into, **options)
    return frame.mapInArrow(_Batches(cleaner), _frame_schema(frame.schema, cleaner))


def boilerkill_udf(**options: Unpack[RowOptions]) -> Any:
    """Return a vectorised UDF that cleans a column of texts.

    Args:
        options: As in `boilerkill.pipelines.rows.RowCleaner`.

    Returns:
        A UDF from a string or binary column to a struct: "text", what `add` names (nothing, where
        it is not given), and "error". ``boilerkill_udf()("html")["text"]`` is the text alone.

    Raises:
        TypeError: As in `boilerkill.clean`.
        ValueError: As in `boilerkill.clean`.
    """
    import pandas
    import pyarrow
    from pyspark.sql.pandas.functions import pandas_udf

    options.setdefault("add", ())
    cleaner = BatchCleaner(**options)
    schema = cleaner.schema(pyarrow.schema({"text": pyarrow.string()}))

    def clean(texts: Any) -> Any:
        # Pandas turns nulls into numbers where it can.
        sources = texts.astype(object).where(texts.notna(), None)
        rows = [values_of(cleaner.rows(source), cleaner.rows.add) for source in sources]
        return pandas.DataFrame(rows, columns=schema.names, dtype=object)

    # Spark tells by these what kind of function it is.
    clean.__annotations__ = {"texts": pandas.Series, "return": pandas.DataFrame}
    # Its types know no function whose own types are set like this.
    make: Any = pandas_udf
    return make(clean, _spark_type(pyarrow.struct(list(schema))))


def _frame_schema(schema: Any, cleaner: BatchCleaner) -> Any:
    """Return the schema of a cleaned data frame: fields that were there are as they were."""
    import pyarrow
    from pyspark.sql.types import BinaryType, StringType, StructField, StructType

    for field in schema.fields:
        if field.name == cleaner.column and type(field.dataType) not in (StringType, BinaryType):
            kind = field.dataType.simpleString()
            raise TypeError(f"expected a column of text, got one of {kind}")
    known = {StringType: pyarrow.string(), BinaryType: pyarrow.binary()}
    # Only the text's type counts; Arrow has no name for some of Spark's own.
    kinds = [known.get(type(field.dataType), pyarrow.bool_()) for field in schema.fields]
    before = pyarrow.schema(list(zip(schema.names, kinds, strict=True)))
    made = set(cleaner.names(schema.names).values())
    return StructType(
        [
            StructField(field.name, _spark_type(field.type))
            if field.name in made
            else schema.fields[place]
            for place, field in enumerate(cleaner.schema(before))
        ]
    )


def _spark_type(kind: Any) -> Any:
    from pyspark.sql.pandas.types import from_arrow_type

    return from_arrow_type(kind)
