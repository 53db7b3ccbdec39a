"""Clean a column of an Arrow table: what the engines of tables are built on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from boilerkill.document import Kind
from boilerkill.pipelines.rows import ALL, ERROR, Row, RowCleaner

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["BatchCleaner", "clean_batch", "output_schema", "values_of"]


def clean_batch(
    batch: Any, column: str = "text", *, into: str = "text", **options: Unpack[RowOptions]
) -> Any:
    r"""Clean the texts in a column of a table.

    Args:
        batch: A `pyarrow.Table` or a `pyarrow.RecordBatch`.
        column: The column that holds the texts or pages: strings or bytes, also as a dictionary.
        into: The column for what comes out. If it is `column`, that is replaced.
        options: `format`, `keep`, `threshold`, `profile` and `phrases` as in `boilerkill.clean`;
            `add` and `max_bytes` as in `boilerkill.pipelines.rows.RowCleaner`, but that `add` is
            here, where it is not given, "byline", "removed", "score" and "kinds".

    Returns:
        The same kind of table with the schema that `output_schema` declares: the columns it had,
        not copied; the cleaned texts; what `add` names; and "error", which says of a row that
        could not be cleaned why. Such a row and one without a text have a null for a text.

    Raises:
        TypeError: If an option has the wrong type, `batch` is no table, or the column holds no
            text.
        ValueError: If an option has no meaning, or there is no such column.

    >>> import pyarrow
    >>> table = pyarrow.table({"id": [1, 2], "text": ["It rained.\n\nBy Ann Lee", None]})
    >>> cleaned = clean_batch(table, add=["byline"])
    >>> cleaned.column_names
    ['id', 'text', 'byline', 'error']
    >>> cleaned["text"].to_pylist(), cleaned["byline"][0].as_py()["authors"]
    (['It rained.', None], ['Ann Lee'])
    """
    return BatchCleaner(column, into=into, **options)(batch)


def output_schema(
    schema: Any, column: str = "text", *, into: str = "text", **options: Unpack[RowOptions]
) -> Any:
    """Return the schema of what `clean_batch` makes of a table with a schema.

    Args:
        schema: A `pyarrow.Schema`.
        column: As in `clean_batch`, and so are the others.
        into: As there.
        options: As there.

    Returns:
        A `pyarrow.Schema`: the given one and, where it has them not yet, `into` (string), "byline"
        (authors, published, updated), "removed" (kind and text of each segment that went), "score"
        (0 to 1, how sure it is that what stays is body), "kinds" (how many characters went, by
        kind) and "error" (string). A name that is taken becomes "boilerkill_" and the name, with
        one "boilerkill_" more where that is taken too.

    Raises:
        TypeError: As in `clean_batch`.
        ValueError: As in `clean_batch`.

    >>> import pyarrow
    >>> output_schema(pyarrow.schema({"html": "binary"}), "html", add=["score"]).names
    ['html', 'text', 'score', 'error']
    """
    return BatchCleaner(column, into=into, **options).schema(schema)


@dataclass(frozen=True, init=False)
class BatchCleaner:
    """`clean_batch` with its options, to be sent to where the tables are.

    Attributes:
        column: As in `clean_batch`.
        into: As there.
        rows: What cleans each row.
    """

    column: str
    into: str
    rows: RowCleaner = field(repr=False)

    def __init__(
        self, column: str = "text", *, into: str = "text", **options: Unpack[RowOptions]
    ) -> None:
        """Check the options; they are those of `clean_batch`."""
        for name, value in {"column": column, "into": into}.items():
            if not isinstance(value, str):
                raise TypeError(f"{name}: expected the name of a column, got {value!r}")
        object.__setattr__(self, "column", column)
        object.__setattr__(self, "into", into)
        options.setdefault("add", ALL)
        object.__setattr__(self, "rows", RowCleaner(**options))

    def __call__(self, batch: Any) -> Any:
        """Clean a table or a batch, as `clean_batch` does."""
        import pyarrow

        if not isinstance(batch, pyarrow.Table | pyarrow.RecordBatch):
            kind = type(batch).__name__
            raise TypeError(f"expected a pyarrow.Table or a pyarrow.RecordBatch, got {kind}")
        schema = self.schema(batch.schema)
        if isinstance(batch, pyarrow.RecordBatch):
            return self._clean(batch, schema)
        return pyarrow.Table.from_batches(
            [self._clean(part, schema) for part in batch.to_batches()], schema
        )

    def schema(self, schema: Any) -> Any:
        """Return what becomes of a schema, as `output_schema` does."""
        import pyarrow

        if schema.names.count(self.column) != 1:
            raise ValueError(f"expected one column {self.column!r} among {schema.names}")
        types = _types(schema.field(self.column).type, self.rows.add)
        for made, name in self.names(schema.names).items():
            field_made = pyarrow.field(name, types[made])
            place = schema.get_field_index(name)
            schema = schema.append(field_made) if place < 0 else schema.set(place, field_made)
        return schema

    def examples(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Clean columns that are lists, or a row alone, and return what is made.

        >>> BatchCleaner(add=[]).examples({"id": [1, 2], "text": ["It rained.", None]})
        {'text': ['It rained.', None], 'error': [None, None]}
        >>> BatchCleaner(add=[]).examples({"id": 1, "text": "It rained."})
        {'text': 'It rained.', 'error': None}
        """
        if self.column not in batch:
            raise ValueError(f"expected a column {self.column!r} among {list(batch)}")
        found = batch[self.column]
        if isinstance(found, Iterable) and not isinstance(found, str | bytes | Mapping):
            return self._made(found, batch)
        return {name: made for name, (made,) in self._made([found], batch).items()}

    def _clean(self, batch: Any, schema: Any) -> Any:
        import pyarrow

        made = self._made(_values(batch.column(self.column)), batch.schema.names)
        columns = [
            pyarrow.array(made[one.name], type=one.type)
            if one.name in made
            else batch.column(place)
            for place, one in enumerate(schema)
        ]
        return pyarrow.RecordBatch.from_arrays(columns, schema=schema)

    def _made(self, sources: Iterable[Any], names: Collection[str]) -> dict[str, list[Any]]:
        """Return the columns that are made, by their names beside columns of given names."""
        rows = [values_of(self.rows(source), self.rows.add) for source in sources]
        return {name: [row[made] for row in rows] for made, name in self.names(names).items()}

    def names(self, taken: Collection[str]) -> dict[str, str]:
        """Return what each column that is made is called beside those that there are."""
        from boilerkill.corpus.formats.base import free_name

        into = self.into if self.into == self.column else free_name(self.into, taken)
        others = {name: free_name(name, {*taken, into}) for name in (*self.rows.add, ERROR)}
        return {"text": into, **others}


def values_of(row: Row, add: Iterable[str]) -> dict[str, Any]:
    """Return what stands in the columns of one row.

    >>> values_of(Row("It rained.", None, {"score": 0.9}), ["score"])
    {'text': 'It rained.', 'score': 0.9, 'error': None}
    """
    values: dict[str, Any] = {
        "text": row.text,
        **{name: row.added.get(name) for name in add},
        ERROR: row.error,
    }
    kinds = values.get("kinds")
    if kinds is not None:
        values["kinds"] = {kind.value: kinds.get(kind.value, 0) for kind in Kind}
    return values


def _values(column: Any) -> Iterator[Any]:
    """Yield the texts of a column one by one, so that few of them are copied at a time."""
    for scalar in column:
        try:
            yield scalar.as_py()
        except UnicodeDecodeError:
            # A column that lies about its bytes, which other libraries write without a check.
            yield getattr(scalar, "value", scalar).as_buffer().to_pybytes()


def _types(source: Any, add: Collection[str]) -> dict[str, Any]:
    """Return the types of what is made of a column of a type.

    Raises:
        TypeError: If that holds no text.
    """
    import pyarrow

    from boilerkill.corpus.formats.columns import types_added

    types = {"text": _text_type(source), **types_added(add), ERROR: pyarrow.string()}
    if "kinds" in types:
        types["kinds"] = pyarrow.struct([(kind.value, pyarrow.int64()) for kind in Kind])
    return types


def _text_type(source: Any) -> Any:
    import pyarrow

    types = pyarrow.types
    kind = source.value_type if types.is_dictionary(source) else source
    if types.is_large_string(kind) or types.is_large_binary(kind):
        return pyarrow.large_string()
    small = (
        types.is_string, types.is_binary, types.is_string_view, types.is_binary_view, types.is_null,
    )  # fmt: skip
    if any(test(kind) for test in small):
        return pyarrow.string()
    raise TypeError(f"expected a column of text, got one of {source}")
