"""Parquet and Arrow: one column holds the text, the others are carried along as they are."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from boilerkill.corpus.files import DocumentError, need
from boilerkill.corpus.formats.base import (
    URL_FIELDS,
    Input,
    Writer,
    find_field,
    format_of_field,
    free_name,
    lacks_field,
    too_large,
    uniform_fields,
    url_of,
)
from boilerkill.corpus.portable import to_json
from boilerkill.corpus.record import CHUNK_BYTES, Batch, Cleaned, Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["Arrow", "Parquet", "types_added"]

# So many rows are decoded at a time.
_ROWS = 256

_PARQUET_MAGIC = b"PAR1"
_ARROW_MAGIC = b"ARROW1"

# Where documents of several kinds become one table: what no column can hold, as JSON.
_REST = "other_fields"
# So many rows, or so many bytes of text, make up a group of such a table.
_GROUP_ROWS = 10_000
_GROUP_BYTES = 16 << 20


@dataclass(frozen=True)
class _Traits:
    """What the rows of a file are.

    Attributes:
        schema: Its columns.
        field: The place of the one that holds the text: two may have one name.
        stream: Whether it is Arrow's stream rather than its file.
    """

    schema: Any
    field: int
    stream: bool = False


@dataclass(frozen=True)
class Parquet:
    """Parquet; the groups of rows are kept."""

    name: str = "parquet"
    suffixes: tuple[str, ...] = (".parquet", ".pq")

    def recognises(self, head: bytes) -> bool:
        """Tell by the first bytes."""
        return head.startswith(_PARQUET_MAGIC)

    def output_name(self, name: str) -> str:
        """Keep the name."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the rows, group by group; a group that is corrupt is a record with a problem."""
        parquet = need("pyarrow.parquet", "parquet")
        with _refusing():
            source = parquet.ParquetFile(file.seekable(), page_checksum_verification=True)
            traits = _traits(source.schema_arrow, settings)
        yield Batch([], traits=traits)
        total = max(1, source.metadata.num_rows)
        done = 0
        for group in range(source.num_row_groups):
            size = source.metadata.row_group(group).num_rows
            at = done
            try:
                with _refusing():
                    for table in source.iter_batches(_ROWS, row_groups=[group]):
                        for part in _parts_of(table):
                            records = _records(part, at, traits.field, settings)
                            at += part.num_rows
                            read = file.size * at // total
                            yield Batch(records, part, at == done + size, traits=traits, read=read)
            except DocumentError as error:
                where = f"row group {group + 1}" + (f", behind row {at}" if at > done else "")
                failed = Record(None, position=where, problem=str(error))
                yield Batch([failed], closes_group=True, traits=traits)
            done += size

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes rows."""
        sink = _ParquetSink(file)
        return _TableMaker(sink, settings) if settings.to else _ColumnWriter(sink, settings)


@dataclass(frozen=True)
class Arrow:
    """Arrow's own format, as a file or as a stream (which is what Hugging Face writes)."""

    name: str = "arrow"
    suffixes: tuple[str, ...] = (".arrow", ".feather", ".arrows")

    def recognises(self, head: bytes) -> bool:
        """Tell by the first bytes."""
        return head.startswith(_ARROW_MAGIC)

    def output_name(self, name: str) -> str:
        """Keep the name."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the rows, batch by batch."""
        ipc = need("pyarrow.ipc", "parquet")
        content = file.seekable()
        stream = content.read(len(_ARROW_MAGIC)) != _ARROW_MAGIC
        content.seek(0)
        with _refusing():
            source = ipc.open_stream(content) if stream else ipc.open_file(content)
            traits = _traits(source.schema, settings, stream)
        yield Batch([], traits=traits)
        done = 0
        tables = iter(source) if stream else map(source.get_batch, range(source.num_record_batches))
        while True:
            with _refusing():
                table = next(tables, None)
                if table is None:
                    return
                _check(table)
            end = done + table.num_rows
            for part in _parts_of(table):
                records = _records(part, done, traits.field, settings)
                done += part.num_rows
                yield Batch(records, part, done == end, traits=traits, read=file.tell())

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes rows."""
        return _ColumnWriter(_ArrowSink(file), settings)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Make what pyarrow refuses a problem of the document."""
    pyarrow = need("pyarrow", "parquet")
    try:
        yield
    # Names that are no UTF-8 are decoded where they are asked for.
    except (OSError, UnicodeDecodeError, pyarrow.ArrowException) as error:
        raise DocumentError(f"corrupt: {str(error).partition(chr(10))[0]}") from None
    except KeyError as error:
        raise DocumentError(f"corrupt: no type has the number {error}") from None


def _check(table: Any) -> None:
    """Check that a table holds what it says: a damaged one would lead beyond its memory.

    Whether its strings are UTF-8 is not checked here; not all libraries see to that.

    Raises:
        pyarrow.ArrowInvalid: If it does not.
    """
    pyarrow = need("pyarrow", "parquet")
    for column in table.columns:
        column.validate()
        as_bytes = {
            pyarrow.string(): pyarrow.binary(),
            pyarrow.large_string(): pyarrow.large_binary(),
        }.get(column.type)
        (column if as_bytes is None else column.view(as_bytes)).validate(full=True)


def _traits(schema: Any, settings: CorpusSettings, stream: bool = False) -> _Traits:
    name = find_field(schema.names, settings)
    if name is None:
        raise DocumentError(lacks_field(schema.names, settings))
    types = need("pyarrow.types", "parquet")
    field = schema.names.index(name)
    kind = schema.field(field).type
    kind = kind.value_type if types.is_dictionary(kind) else kind
    if not any(
        test(kind)
        for test in (
            types.is_string,
            types.is_large_string,
            types.is_string_view,
            types.is_binary,
            types.is_large_binary,
            types.is_binary_view,
        )
    ):
        raise DocumentError(f"its column {name!r} holds {kind}, not text")
    return _Traits(schema, field, stream)


def _size(table: Any) -> int:
    """Return how many bytes a table takes, about."""
    try:
        return int(table.nbytes)
    except TypeError:
        # Not every pyarrow can tell it of views, but all can tell what their buffers take.
        return int(table.get_total_buffer_size())


def _parts_of(table: Any) -> Iterator[Any]:
    """Yield rows in parts of about a chunk's size; one that is empty for a table without rows."""
    rows = max(1, CHUNK_BYTES * table.num_rows // max(1, _size(table)))
    for start in range(0, max(1, table.num_rows), rows):
        yield table.slice(start, rows)


def _records(table: Any, before: int, field: int, settings: CorpusSettings) -> list[Record]:
    given = table.schema.names
    urls = [name for name in URL_FIELDS if name in given][:1]
    groups = [name for name in given if name == settings.group][:1]
    columns = {name: table.column(given.index(name)).to_pylist() for name in [*urls, *groups]}
    return [
        Record(
            text,
            format_of_field(given[field]),
            position=f"row {before + number}",
            url=url_of({name: columns[name][number - 1] for name in urls}),
            fields={name: columns[name][number - 1] for name in groups},
            problem=too_large(settings) if text and len(text) > settings.max_bytes else None,
        )
        for number, text in enumerate(_texts(table.column(field)), 1)
    ]


def _texts(column: Any) -> list[Any]:
    try:
        texts: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        # A column that lies about its bytes, which other libraries write without a check.
        pyarrow = need("pyarrow", "parquet")
        texts = column.cast(pyarrow.large_binary()).to_pylist()
    return texts


class _Sink(Protocol):
    """Writes groups of rows."""

    def open(self, schema: Any, traits: _Traits | None) -> None: ...

    def write(self, table: Any) -> None: ...

    def close(self) -> None: ...


class _ParquetSink:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._writer: Any = None

    def open(self, schema: Any, traits: _Traits | None) -> None:
        parquet = need("pyarrow.parquet", "parquet")
        self._writer = parquet.ParquetWriter(self._file, schema)

    def write(self, table: Any) -> None:
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))

    def close(self) -> None:
        self._writer.close()


class _ArrowSink:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._writer: Any = None

    def open(self, schema: Any, traits: _Traits | None) -> None:
        ipc = need("pyarrow.ipc", "parquet")
        new = ipc.new_stream if traits is not None and traits.stream else ipc.new_file
        self._writer = new(self._file, schema)

    def write(self, table: Any) -> None:
        for batch in table.combine_chunks().to_batches():
            self._writer.write_batch(batch)

    def close(self) -> None:
        self._writer.close()


class _ColumnWriter:
    """Writes rows as they came, but for the column that holds the text."""

    def __init__(self, sink: _Sink, settings: CorpusSettings) -> None:
        self._sink = sink
        self._additions = settings.additions()
        self._schema: Any = None
        self._group: list[Any] = []

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        traits: _Traits | None = batch.traits
        if traits is None:
            return
        if self._schema is None:
            self._schema = self._extended(traits.schema)
            self._sink.open(self._schema, traits)
        if batch.table is not None:
            self._group.append(self._rows(batch.table, traits.field, cleaned))
        if batch.closes_group and self._group:
            pyarrow = need("pyarrow", "parquet")
            self._sink.write(pyarrow.Table.from_batches(self._group, self._schema))
            self._group = []

    def _extended(self, schema: Any) -> Any:
        for name, kind in types_added(self._additions).items():
            schema = schema.append(
                need("pyarrow", "parquet").field(free_name(name, schema.names), kind)
            )
        return schema

    def _rows(self, table: Any, field: int, cleaned: Sequence[Cleaned]) -> Any:
        pyarrow = need("pyarrow", "parquet")
        whole = [one for one in cleaned if one.problem is None]
        if len(whole) < len(cleaned):
            table = table.filter(pyarrow.array([one.problem is None for one in cleaned]))
        columns = [
            _like(table.schema.field(place).type, [one.text for one in whole])
            if place == field
            else table.column(place)
            for place in range(table.num_columns)
        ]
        for name, kind in types_added(self._additions).items():
            values = [one.outcome.added.get(name) if one.outcome else None for one in whole]
            if name == "kinds":
                values = [None if value is None else list(value.items()) for value in values]
            columns.append(pyarrow.array(values, type=kind))
        return pyarrow.RecordBatch.from_arrays(columns, schema=self._schema)

    def close(self) -> None:
        if self._schema is not None:
            self._sink.close()


def _like(kind: Any, texts: list[str | None]) -> Any:
    """Return texts as a column of a type."""
    pyarrow = need("pyarrow", "parquet")
    if pyarrow.types.is_dictionary(kind):
        plain = pyarrow.array(texts, type=kind.value_type)
        return plain.dictionary_encode().cast(kind)
    return pyarrow.array(texts, type=pyarrow.string()).cast(kind)


def types_added(names: Collection[str]) -> dict[str, Any]:
    """Return the type of each column that is added."""
    if not names:
        return {}
    pyarrow = need("pyarrow", "parquet")
    text = pyarrow.string()
    kinds = {
        "kinds": pyarrow.map_(text, pyarrow.int64()),
        "byline": pyarrow.struct(
            [("authors", pyarrow.list_(text)), ("published", text), ("updated", text)]
        ),
        "title": text,
        "removed": pyarrow.list_(pyarrow.struct([("kind", text), ("text", text)])),
        "score": pyarrow.float64(),
    }
    return {name: kinds[name] for name in names}


class _TableMaker:
    """Writes documents of any kind as rows of one table.

    The columns are what the first group of documents has, and what is added; what later ones have
    besides, or of another type, goes to a column of its own as JSON.
    """

    def __init__(self, sink: _Sink, settings: CorpusSettings) -> None:
        self._sink = sink
        self._settings = settings
        self._rows: list[dict[str, Any]] = []
        self._added: list[Mapping[str, Any]] = []
        self._bytes = 0
        self._schema: Any = None
        # What the columns that are added are called, and the one for the rest.
        self._names: dict[str, str] = {}
        self._rest = _REST

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        for number, one in enumerate(cleaned):
            if one.problem is None:
                self._rows.append(uniform_fields(batch, number, one, self._settings))
                self._added.append(one.outcome.added if one.outcome is not None else {})
                self._bytes += len(one.text or "")
                if len(self._rows) >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
                    self._flush()

    def _flush(self) -> None:
        if self._schema is None:
            self._schema = self._make_schema()
            self._sink.open(self._schema, None)
        own = set(self._schema.names).difference(self._names.values(), [self._rest])
        rest: list[dict[str, Any]] = [
            {name: value for name, value in row.items() if name not in own} for row in self._rows
        ]
        rows = [
            {**row, **{name: added.get(made) for made, name in self._names.items()}}
            for row, added in zip(self._rows, self._added, strict=True)
        ]
        columns = [self._column(name, rows, rest) for name in self._schema.names[:-1]]
        pyarrow = need("pyarrow", "parquet")
        left = [to_json(row) if row else None for row in rest]
        columns.append(pyarrow.array(left, type=pyarrow.string()))
        self._sink.write(pyarrow.Table.from_arrays(columns, schema=self._schema))
        self._rows, self._added, self._bytes = [], [], 0

    def _make_schema(self) -> Any:
        pyarrow = need("pyarrow", "parquet")
        kinds = {"source": pyarrow.string(), "text": pyarrow.string()}
        names = dict.fromkeys(name for row in self._rows for name in row)
        for made, kind in types_added(self._settings.additions()).items():
            self._names[made] = free_name(made, {*kinds, *names})
            kinds[self._names[made]] = kind
        for name in names:
            if name not in kinds:
                with contextlib.suppress(pyarrow.ArrowException, OverflowError):
                    kind = pyarrow.array([row.get(name) for row in self._rows]).type
                    if not pyarrow.types.is_null(kind) and not _holds_nothing(pyarrow, kind):
                        kinds[name] = kind
        self._rest = free_name(_REST, {*kinds, *names})
        kinds[self._rest] = pyarrow.string()
        return pyarrow.schema(list(kinds.items()))

    def _column(self, name: str, rows: list[dict[str, Any]], rest: list[dict[str, Any]]) -> Any:
        pyarrow = need("pyarrow", "parquet")
        kind = self._schema.field(name).type
        values = [_for_arrow(row.get(name), kind, pyarrow) for row in rows]
        try:
            return pyarrow.array(values, type=kind)
        except (pyarrow.ArrowException, OverflowError, TypeError, ValueError):
            return pyarrow.array(list(_fitting(values, name, kind, rest)), type=kind)

    def close(self) -> None:
        if self._rows or self._schema is None:
            self._flush()
        self._sink.close()


def _for_arrow(value: Any, kind: Any, pyarrow: Any) -> Any:
    if pyarrow.types.is_map(kind) and isinstance(value, Mapping):
        return list(value.items())
    return value


def _fitting(
    values: Sequence[Any], name: str, kind: Any, rest: list[dict[str, Any]]
) -> Iterator[Any]:
    """Yield the values that fit a column; the others go to the rest, and leave nothing."""
    pyarrow = need("pyarrow", "parquet")
    for value, other in zip(values, rest, strict=True):
        try:
            pyarrow.array([value], type=kind)
        except (pyarrow.ArrowException, OverflowError, TypeError, ValueError):
            other[name] = value
            yield None
        else:
            yield value


def _holds_nothing(pyarrow: Any, kind: Any) -> bool:
    """Tell whether a type has no place for a value, as that of an empty object."""
    if pyarrow.types.is_struct(kind):
        return kind.num_fields == 0 or any(
            _holds_nothing(pyarrow, kind.field(place).type) for place in range(kind.num_fields)
        )
    if pyarrow.types.is_list(kind):
        return _holds_nothing(pyarrow, kind.value_type)
    return bool(pyarrow.types.is_null(kind))
