"""What a kind of file is to a run: how it is told, read and written.

To add one, add a module here with a class that has what `Format` has, and name it in
`boilerkill.corpus.formats`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Protocol

from boilerkill.corpus.files import DocumentError
from boilerkill.corpus.live import as_they_come
from boilerkill.corpus.portable import portable, portable_name
from boilerkill.corpus.record import Batch, Cleaned, Record, group_records
from boilerkill.corpus.settings import CorpusSettings

__all__ = [
    "FIELDS",
    "IN_MEMORY",
    "URL_FIELDS",
    "Format",
    "Input",
    "Writer",
    "add_fields",
    "batches",
    "find_field",
    "format_of_field",
    "free_name",
    "lacks_field",
    "read_document",
    "too_large",
    "uniform_fields",
    "url_of",
]

# The fields that hold the text where none is named: the first of them that there is.
FIELDS = ("text", "content", "html", "raw_content")
URL_FIELDS = ("url", "uri", "source_url")

# A message names so many fields.
_NAMED = 8

# What is larger is kept on the disk while it is worked on.
IN_MEMORY = 16 << 20


@dataclass
class Input:
    """A file that is read.

    Attributes:
        name: Its name, for what is said of it.
        stream: What it holds, decompressed.
        size: How many bytes of the disk it takes.
        tell: Returns how many of them are read.
        live: Whether it is written while it is read, and nobody may wait for what is not there.
    """

    name: str
    stream: BinaryIO
    size: int
    tell: Callable[[], int]
    live: bool = False

    def seekable(self) -> IO[bytes]:
        """Return what it holds as a stream to seek in; on the disk where it is large."""
        if self.stream.seekable():
            return self.stream
        copy = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- it ends with the object
        while block := self.stream.read(1 << 20):
            copy.write(block)
        copy.seek(0)
        return copy


class Writer(Protocol):
    """Writes the documents of one file."""

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        """Write what a batch became; a document with a problem is left out."""

    def close(self) -> None:
        """Write what belongs at the end, and leave the file open."""


class Format(Protocol):
    """A kind of file."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end, in lower case."""

    def recognises(self, head: bytes) -> bool:
        """Tell whether a file that begins so is of this kind, whatever its name."""

    def output_name(self, name: str) -> str:
        """Return what a file of this kind is called when it is cleaned."""

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the documents of a file.

        A document that can't be read is a record with a `problem`.

        Raises:
            DocumentError: If the rest of the file can't be read.
        """

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes a file of this kind."""


def batches(file: Input, records: Iterator[Record], *, traits: Any = None) -> Iterator[Batch]:
    """Yield records in batches of a chunk's size, with how much of the file is read for them."""
    started = False
    for group in as_they_come(records) if file.live else group_records(records):
        started = True
        yield Batch(group, traits=traits, read=file.tell())
    if not started:
        yield Batch([], traits=traits, read=file.tell())


def read_document(file: Input, settings: CorpusSettings) -> bytes:
    """Return what a file of one document holds.

    Raises:
        DocumentError: If that is more than a document may have.
    """
    data = file.stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise DocumentError(too_large(settings))
    return data


def too_large(settings: CorpusSettings) -> str:
    """Say that a document is larger than it may be."""
    return f"larger than {settings.max_bytes:,} bytes (--max-bytes)"


def find_field(names: Sequence[str] | Mapping[str, Any], settings: CorpusSettings) -> str | None:
    """Return the field that holds the text, of those there are.

    >>> find_field(["id", "content", "html"], CorpusSettings())
    'content'
    """
    wanted = FIELDS if settings.field is None else (settings.field,)
    return next((name for name in wanted if name in names), None)


def lacks_field(names: Iterable[str], settings: CorpusSettings) -> str:
    """Say that the field that holds the text is missing, and which there are.

    >>> lacks_field(["id", "body"], CorpusSettings())
    'no field text, content, html or raw_content (--field names another: id, body)'
    """
    some = list(names)
    there = ", ".join(some[:_NAMED]) + (", …" if len(some) > _NAMED else "")
    if settings.field is not None:
        return f"no field {settings.field!r}" + (f" (there are: {there})" if some else "")
    wanted = f"{', '.join(FIELDS[:-1])} or {FIELDS[-1]}"
    return f"no field {wanted} (--field names another{': ' if some else ''}{there})"


def format_of_field(name: str) -> str:
    """Return the format of what a field holds, as its name says it."""
    return "html" if name == "html" else "auto"


def url_of(fields: Mapping[str, Any]) -> str | None:
    """Return the URL that goes with a document, if one does."""
    found = (fields.get(name) for name in URL_FIELDS)
    return next((url for url in found if isinstance(url, str) and url), None)


def free_name(name: str, taken: Collection[str]) -> str:
    """Return what a field is called that is added to others, of which it replaces none.

    >>> free_name("score", ["text"]), free_name("score", ["text", "score"])
    ('score', 'boilerkill_score')
    >>> free_name("score", ["score", "boilerkill_score"])
    'boilerkill_boilerkill_score'
    """
    while name in taken:
        name = f"boilerkill_{name}"
    return name


def add_fields(fields: Mapping[str, Any], cleaned: Cleaned, names: Iterable[str]) -> dict[str, Any]:
    """Return the fields with those that are added; none of the document's own is replaced.

    Where there was no text, they are None, so that all documents have the same fields.
    """
    added = cleaned.outcome.added if cleaned.outcome is not None else {}
    return {**fields, **{free_name(name, fields): added.get(name) for name in names}}


def uniform_fields(
    batch: Batch, number: int, one: Cleaned, settings: CorpusSettings
) -> dict[str, Any]:
    """Return a document as an object that is like those from other kinds of files.

    Its text is in `text`, and where it comes from in `source`; nothing in it needs more than UTF-8.
    """
    fields = dict(batch.fields(number))
    name = find_field(fields, settings)
    if name is not None:
        del fields[name]
    record = batch.records[number]
    whence = {"source": record.source, "position": record.position}
    whence = {
        name: portable_name(value) for name, value in whence.items() if value and name not in fields
    }
    found: dict[str, Any] = portable({**whence, **fields, "text": one.text})
    return found
