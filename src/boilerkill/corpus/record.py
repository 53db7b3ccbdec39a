"""What goes through a run: documents as they are read, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from boilerkill.corpus.digest import digest_of
from boilerkill.corpus.portable import unique_names

if TYPE_CHECKING:
    from boilerkill.corpus.formats.base import Format

__all__ = [
    "CHUNK_BYTES",
    "CHUNK_RECORDS",
    "Batch",
    "Cleaned",
    "Member",
    "Outcome",
    "Record",
    "due",
    "fills_chunk",
    "group_records",
    "put_in_place",
]

# So many bytes of documents, or so many documents, are cleaned by a process at a time.
CHUNK_BYTES = 256 << 10
CHUNK_RECORDS = 128


@dataclass(frozen=True)
class Record:
    """One document, as it was read.

    Attributes:
        text: The document; `None` where there is none, and what goes with it is carried along.
        format: What the text is, as in `boilerkill.clean`.
        position: Where in its file it stands, such as "line 3"; empty where it is the file.
        source: The file that it is of.
        url: Where it comes from.
        fields: What goes with it.
        problem: Why it can't be cleaned, if so.
        site: The site that it is of, where a profile of sites is used.
    """

    text: str | bytes | None
    format: str = "auto"
    position: str = ""
    source: str = ""
    url: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    problem: str | None = None
    site: str | None = None

    @property
    def size(self) -> int:
        """About how many bytes it is."""
        return len(self.text) if self.text is not None else 0


@dataclass(frozen=True)
class Outcome:
    """What cleaning made of one document.

    Attributes:
        text: The cleaned text.
        words_in: How many words there were.
        words_out: How many stayed.
        kept: How many characters stayed.
        removed: How many characters went, by kind.
        added: What `CorpusSettings.add` asks for.
        strange: Whether it is of a site that the profile does not know, where there is one.
    """

    text: str
    words_in: int = 0
    words_out: int = 0
    kept: int = 0
    removed: Mapping[str, int] = field(default_factory=dict)
    added: Mapping[str, Any] = field(default_factory=dict)
    strange: bool = False


@dataclass(frozen=True)
class Cleaned:
    """One document and what became of it.

    Attributes:
        record: The document.
        outcome: What it became; `None` where it failed or there was no text.
        problem: Why it failed, if it did.
    """

    record: Record
    outcome: Outcome | None
    problem: str | None = None

    @property
    def text(self) -> str | None:
        """The cleaned text; `None` where it failed or there was none."""
        return self.outcome.text if self.outcome is not None else None


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes:
        name: Its name there.
        format: What kind of file it is.
        modified: When it was written, in the archive's own terms.
        compression: How it is compressed in itself; see `boilerkill.corpus.compression`.
    """

    name: str
    format: Format
    modified: Any
    compression: str | None = None


@dataclass(frozen=True)
class Batch:
    """Documents that are read, cleaned and written together.

    Attributes:
        records: The documents.
        table: The rows that they are, where they come from columns.
        closes_group: Whether a group of rows ends with them.
        member: The file in an archive that they are of.
        traits: What a writer of the same kind needs to know of the file, such as its columns.
        read: How many bytes of the file are read when they are.
        left_out: The names of files in an archive that are no documents.
    """

    records: list[Record]
    table: Any = None
    closes_group: bool = False
    member: Member | None = None
    traits: Any = None
    read: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """About how many bytes the documents are."""
        return sum(record.size for record in self.records)

    def fields(self, number: int) -> Mapping[str, Any]:
        """Return what goes with a document."""
        if self.table is None:
            return self.records[number].fields
        row = self.table.slice(number, 1)
        names = unique_names(row.schema.names)
        return {name: _plain(row.column(place)) for place, name in enumerate(names)}

    def digest(self) -> str:
        """Return a digest of the documents."""
        parts: list[str | bytes] = []
        for record in self.records:
            parts += [record.position, record.format, record.text or "", record.problem or ""]
        return digest_of(*parts)


def _plain(column: Any) -> Any:
    try:
        return column.to_pylist()[0]
    except UnicodeDecodeError:
        return _decoded(column[0])
    except ValueError:
        # Times that are finer than Python's.
        return str(column[0].cast("string").as_py())


def _decoded(scalar: Any) -> Any:
    """Return a value that lies about its bytes, which other libraries write without a check."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        if hasattr(scalar, "as_buffer"):
            return scalar.as_buffer().to_pybytes().decode("utf-8", "replace")
    if isinstance(scalar, Mapping):
        return {name: _decoded(inner) for name, inner in scalar.items()}
    if hasattr(scalar, "values"):
        return [_decoded(inner) for inner in scalar.values]
    return _decoded(scalar.value)


def due(records: Iterable[Record]) -> list[tuple[str | bytes, str, str | None]]:
    """Return what there is to clean in some records: texts, formats and sites."""
    return [
        (record.text, record.format, record.site)
        for record in records
        if record.problem is None and record.text is not None
    ]


def put_in_place(
    records: Iterable[Record], results: Iterable[Outcome | str | None]
) -> list[Cleaned]:
    """Return the records with what became of those that were due."""
    coming = iter(results)
    found = []
    for record in records:
        if record.problem is not None or record.text is None:
            found.append(Cleaned(record, None, record.problem))
            continue
        result = next(coming)
        if isinstance(result, Outcome):
            found.append(Cleaned(record, result))
        else:
            found.append(Cleaned(record, None, result))
    return found


def fills_chunk(records: Sequence[Record]) -> bool:
    """Tell whether some documents are as many as are cleaned at a time."""
    return _are_chunk(len(records), sum(one.size for one in records))


def _are_chunk(count: int, size: int) -> bool:
    return count >= CHUNK_RECORDS or size >= CHUNK_BYTES


def group_records(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records in groups of a chunk's size.

    >>> [len(group) for group in group_records([Record("x" * 200_000)] * 3)]
    [2, 1]
    """
    group: list[Record] = []
    size = 0
    try:
        for record in records:
            group.append(record)
            size += record.size
            if _are_chunk(len(group), size):
                yield group
                group, size = [], 0
    except Exception:
        # What was read before the rest could not be read is not lost.
        if group:
            yield group
        raise
    if group:
        yield group
