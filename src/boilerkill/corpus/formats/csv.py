"""CSV with a header, one column of which holds the text."""

from __future__ import annotations

import contextlib
import csv
import io
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from boilerkill.corpus.files import DocumentError
from boilerkill.corpus.formats.base import (
    Input,
    Writer,
    add_fields,
    batches,
    find_field,
    format_of_field,
    free_name,
    lacks_field,
    url_of,
)
from boilerkill.corpus.formats.encoded import as_utf8
from boilerkill.corpus.portable import unique_names
from boilerkill.corpus.record import Batch, Cleaned, Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["CommaSeparated"]

_DELIMITERS = ",;\t|"

_LIMITED = threading.Lock()


@dataclass(frozen=True)
class _Traits:
    """How a file is written.

    Attributes:
        header: The names of its columns.
        names: The same, with none that stands twice: what the fields of a row are called.
        delimiter: What stands between them.
        line_end: What ends its lines.
        field: The column that holds the text.
    """

    header: tuple[str, ...]
    names: tuple[str, ...]
    delimiter: str
    line_end: str
    field: str


@dataclass(frozen=True)
class CommaSeparated:
    """CSV; also with semicolons, tabs or bars between the columns."""

    name: str = "csv"
    suffixes: tuple[str, ...] = (".csv",)

    def recognises(self, head: bytes) -> bool:
        """Take nothing for CSV by what it holds: prose has commas too."""
        return False

    def output_name(self, name: str) -> str:
        """Keep the name."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield a document for each row."""
        stream = as_utf8(file.stream, settings.encoding)
        text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
        try:
            first = text.readline(settings.max_bytes)
            delimiter = max(_DELIMITERS, key=first.count)
            with _field_limit(settings.max_bytes):
                header = next(csv.reader([first], delimiter=delimiter), [])
            if not _are_utf8(header):
                raise DocumentError(f"its header is not valid {settings.encoding or 'UTF-8'}")
            field = find_field(header, settings)
            if field is None:
                raise DocumentError(lacks_field(header, settings))
            line_end = "\r\n" if first.endswith("\r\n") else "\n"
            names = tuple(unique_names(header))
            traits = _Traits(tuple(header), names, delimiter, line_end, field)
            yield from batches(file, _read_rows(text, traits, settings), traits=traits)
        finally:
            text.detach()

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes rows."""
        return _CsvWriter(file, settings)


@contextlib.contextmanager
def _field_limit(most: int) -> Iterator[None]:
    """Let the cells of a table have so many characters.

    Python has one such limit for the whole process, so that it is changed for no longer than a row
    takes, and by one thread at a time.
    """
    with _LIMITED:
        before = csv.field_size_limit(most)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _read_rows(lines: Iterator[str], traits: _Traits, settings: CorpusSettings) -> Iterator[Record]:
    rows = csv.reader(lines, delimiter=traits.delimiter)
    number = 0
    while True:
        number += 1
        try:
            with _field_limit(settings.max_bytes):
                row = next(rows, None)
        except csv.Error as error:
            yield Record(None, position=f"row {number}", problem=f"no CSV: {error}")
            continue
        if row is None:
            return
        if row:
            yield _read_row(row, f"row {number}", traits, settings)
        else:
            number -= 1


def _read_row(row: list[str], position: str, traits: _Traits, settings: CorpusSettings) -> Record:
    problem = None
    if len(row) != len(traits.header):
        problem = f"{len(row)} columns, where the header has {len(traits.header)}"
    elif not _are_utf8(row):
        problem = f"not valid {settings.encoding or 'UTF-8'}"
    fields = dict(zip(traits.names, row, strict=False))
    return Record(
        fields.get(traits.field) if problem is None else None,
        format_of_field(traits.field),
        position=position,
        url=url_of(fields),
        fields=fields,
        problem=problem,
    )


def _are_utf8(cells: Iterable[str]) -> bool:
    """Tell cells from those that hold a byte that could not be decoded."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return False
    return True


class _CsvWriter:
    def __init__(self, file: BinaryIO, settings: CorpusSettings) -> None:
        self._file = file
        self._additions = settings.additions()
        self._columns: tuple[str, ...] | None = None

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        traits: _Traits = batch.traits
        if traits is None:
            return
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=traits.delimiter, lineterminator=traits.line_end)
        if self._columns is None:
            added = [free_name(name, traits.names) for name in self._additions]
            self._columns = (*traits.names, *added)
            writer.writerow((*traits.header, *added))
        for one in cleaned:
            if one.problem is None:
                own = {**one.record.fields, traits.field: one.text}
                fields = add_fields(own, one, self._additions)
                writer.writerow(_cell(fields.get(name)) for name in self._columns)
        self._file.write(text.getvalue().encode())

    def close(self) -> None:
        pass


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    import json

    return json.dumps(value, ensure_ascii=False)
