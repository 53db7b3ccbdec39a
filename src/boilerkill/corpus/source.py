"""Open a file of any kind and read its documents; whatever goes wrong becomes part of them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

from boilerkill.corpus import compression
from boilerkill.corpus.files import DocumentError, describe
from boilerkill.corpus.formats import FORMATS, HEAD, Found, by_content, by_name
from boilerkill.corpus.formats.base import Format, Input
from boilerkill.corpus.record import Batch, Record
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.site import site_of

__all__ = ["SourceFile", "as_problems", "read_batches", "recognise", "single"]


@dataclass(frozen=True)
class SourceFile:
    """A file to read.

    Attributes:
        path: Where it is.
        format: What kind it is of.
        compression: How it is compressed, if it is.
        size: How many bytes it had when it was found.
        modified: When it was last written to, in nanoseconds, when it was found.
    """

    path: Path
    format: Format
    compression: str | None = None
    size: int = 0
    modified: int = 0

    @property
    def single(self) -> bool:
        """Whether it is one document."""
        return single(self.format)


def single(format: Format) -> bool:
    """Tell whether a file of this kind is one document."""
    return format.name in {"txt", "html"}


def recognise(path: Path) -> Found:
    """Tell what a file is by its name, or else by what it holds.

    Raises:
        OSError: If it can't be read.
        DocumentError: If it is compressed and corrupt.
    """
    found = by_name(path.name)
    if found is not None:
        return found
    if not path.is_file():
        # To look into a named pipe would take away what it says.
        return Found(FORMATS["txt"])
    with path.open("rb") as file:
        compressed = compression.recognise(file.read(8))
        file.seek(0)
        return by_content(compression.decompress(file, compressed).read(HEAD), compressed)


def read_batches(
    source: SourceFile, settings: CorpusSettings, on_change: Callable[[], None]
) -> Iterator[Batch]:
    """Yield the documents of a file.

    What keeps the rest of the file from being read is a last record with a problem.

    Args:
        source: The file.
        settings: The settings of the run.
        on_change: Called when the file was written to while it was read.
    """
    name = os.fspath(source.path)
    return as_problems(_read_batches(source, settings, on_change), name)


def as_problems(batches: Iterator[Batch], name: str) -> Iterator[Batch]:
    """Yield batches; what keeps the rest from being read is a last record with a problem."""
    last = ""
    try:
        for batch in batches:
            yield batch
            last = batch.records[-1].position if batch.records else last
        return
    except DocumentError as error:
        problem = str(error)
    except (EOFError, zlib.error, RecursionError, MemoryError) as error:
        problem = f"corrupt: {error or type(error).__name__}"
    except OSError as error:
        problem = describe(error)
    position = f"behind {last}" if last else ""
    yield Batch([Record(None, position=position, source=name, problem=problem)])


def _read_batches(
    source: SourceFile, settings: CorpusSettings, on_change: Callable[[], None]
) -> Iterator[Batch]:
    name = os.fspath(source.path)
    with ExitStack() as stack:
        file = cast(IO[bytes], stack.enter_context(source.path.open("rb")))
        before = os.fstat(file.fileno())
        stream = compression.decompress(file, source.compression)
        content = Input(name, stream, before.st_size, lambda: _tell(file))
        for batch in source.format.read(content, settings):
            yield _named(batch, name, settings)
        after = os.fstat(file.fileno())
        gone = not source.path.exists()
    if gone or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        on_change()
        raise DocumentError("it was written to while it was read")


def _named(batch: Batch, name: str, settings: CorpusSettings) -> Batch:
    records = [replace(record, source=name) for record in batch.records]
    if settings.profile is not None:
        records = [replace(record, site=site_of(record, settings)) for record in records]
    return replace(batch, records=records)


def _tell(file: IO[bytes]) -> int:
    try:
        return file.tell()
    except (OSError, ValueError):
        return 0
