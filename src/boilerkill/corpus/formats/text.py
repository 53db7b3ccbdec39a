"""Files that are one document: text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from boilerkill.corpus.files import to_bytes
from boilerkill.corpus.formats.base import Input, Writer, read_document
from boilerkill.corpus.record import Batch, Cleaned, Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["SEPARATOR", "HtmlFiles", "TextFiles"]

# What stands between two documents of one file. No cleaned text holds a form feed.
SEPARATOR = b"\f\n"


@dataclass(frozen=True)
class TextFiles:
    """Text and Markdown; several documents in one file have a form feed between them."""

    name: str = "txt"
    suffixes: tuple[str, ...] = (".txt", ".text", ".md", ".markdown")
    format: str = "auto"

    def recognises(self, head: bytes) -> bool:
        """Take nothing for text by what it holds: that is what is left when all else fails."""
        return False

    def output_name(self, name: str) -> str:
        """Keep the name."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the one document."""
        record = Record(read_document(file, settings), self.format)
        yield Batch([record], read=file.size)

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes documents as text."""
        return _TextWriter(file)


@dataclass(frozen=True)
class HtmlFiles(TextFiles):
    """Pages; what they become is text, and called so."""

    name: str = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    format: str = "html"

    def output_name(self, name: str) -> str:
        """Name the text after the page, so that no page.txt beside it is meant.

        >>> HtmlFiles().output_name("page.html")
        'page.html.txt'
        """
        return f"{name}.txt"


class _TextWriter:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._written = 0

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        for one in cleaned:
            if one.text is not None:
                if self._written:
                    self._file.write(SEPARATOR)
                self._file.write(to_bytes(one.text))
                self._written += 1

    def close(self) -> None:
        pass
