"""WARC and WET: what a crawler fetched, and the text of it.

Cleaned, both are WET: a conversion record for each document, with its URL, its date, and the id
of the record that it was.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from boilerkill.corpus.files import DocumentError, describe, need, to_bytes
from boilerkill.corpus.formats.base import Input, Writer, batches, too_large
from boilerkill.corpus.formats.http import body_of
from boilerkill.corpus.record import Batch, Cleaned, Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["WebArchive"]

_HTML_TYPES = ("text/html", "application/xhtml+xml")

_TRUNCATED = "truncated: the last record ends too early"

# What a record says of the document, and the field that carries it.
_HEADERS = {"id": "WARC-Record-ID", "url": "WARC-Target-URI", "date": "WARC-Date"}


@dataclass(frozen=True)
class WebArchive:
    """WARC and WET; of the records, HTML responses and conversions are documents."""

    name: str = "warc"
    suffixes: tuple[str, ...] = (".warc", ".wet")

    def recognises(self, head: bytes) -> bool:
        """Tell by the first bytes."""
        return head.startswith(b"WARC/")

    def output_name(self, name: str) -> str:
        """Return the name of a WET file, as Common Crawl makes it.

        >>> WebArchive().output_name("crawl.warc"), WebArchive().output_name("crawl.warc.wet")
        ('crawl.warc.wet', 'crawl.warc.wet')
        """
        return name if name.lower().endswith(".wet") else f"{name}.wet"

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the documents."""
        return batches(file, _read_records(file, settings))

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes conversion records."""
        return _WetWriter(file)


def _read_records(file: Input, settings: CorpusSettings) -> Iterator[Record]:
    warc = need("fastwarc.warc", "warc")
    wanted = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    seen = False
    stream = _Calm(file.stream)
    for number, record in enumerate(_whole_headers(warc, stream), 1):
        seen = True
        # Where HTTP's header is read, it is what stands behind that.
        size = record.content_length
        response = record.record_type == warc.WarcRecordType.response
        is_document = record.record_type & wanted and (not response or _is_html(record))
        data = record.reader.read(settings.max_bytes + 1) if is_document else b""
        if len(data) + record.reader.consume() < size:
            raise stream.error or DocumentError(f"{_TRUNCATED} (by its Content-Length)")
        if is_document:
            yield _record(record, data, "html" if response else "text", number, settings)
    if stream.error is not None:
        raise stream.error
    if not seen and file.size:
        raise DocumentError("no WARC: it holds no record")


def _whole_headers(warc: Any, stream: _Calm) -> Iterator[Any]:
    """Yield the records of every kind but for those whose header does not say how long they are.

    Raises:
        DocumentError: If the last header ends too early.
    """
    records = warc.ArchiveIterator(stream, record_types=warc.WarcRecordType.any_type)
    cut = False
    try:
        for record in records:
            cut = not record.headers.get("Content-Length")
            if not cut:
                yield record
    except OSError as error:
        raise stream.error or DocumentError(f"truncated or corrupt: {describe(error)}") from None
    if cut:
        raise stream.error or DocumentError(f"{_TRUNCATED} (it has no Content-Length)")


def _record(record: Any, data: bytes, format: str, number: int, settings: CorpusSettings) -> Record:
    fields = {
        name: value
        for name, header in _HEADERS.items()
        if (value := record.headers.get(header)) is not None
    }
    if "url" in fields:
        # The first standard had them around it, and wget still writes them.
        fields["url"] = fields["url"].removeprefix("<").removesuffix(">")
    problem = too_large(settings) if len(data) > settings.max_bytes else None
    if problem is None and format == "html":
        try:
            data = body_of(data, record.http_headers.items(), settings.max_bytes)
        except DocumentError as error:
            problem = str(error)
        else:
            problem = too_large(settings) if len(data) > settings.max_bytes else None
    return Record(
        None if problem is not None else data,
        format,
        position=fields.get("id", f"record {number}"),
        url=fields.get("url"),
        fields=fields,
        problem=problem,
    )


class _Calm:
    """A stream that raises nothing, which fastwarc would not survive: it ends instead."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        if self.error is not None:
            return b""
        try:
            # What is there, and no more: to ask for more would lose it where that raises.
            data = cast(io.BufferedReader, self._stream).read1(size)
        except (DocumentError, OSError) as error:
            self.error = error
            return b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go forward, which is all that a stream can do."""
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        while self._at < target and self.read(min(1 << 20, target - self._at)):
            pass
        return self._at

    def close(self) -> None:
        """Leave the stream open."""


def _is_html(record: Any) -> bool:
    # As in Common Crawl's own WET files, what the server called HTML is.
    kind = (record.http_content_type or "") if record.http_headers is not None else ""
    return kind.lower() in _HTML_TYPES


class _WetWriter:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        # A record is compressed by itself, so that an index can point at it.
        next_member = getattr(self._file, "next_member", lambda: None)
        for one in cleaned:
            if one.text is not None:
                next_member()
                self._file.write(_conversion(one))

    def close(self) -> None:
        pass


def _conversion(one: Cleaned) -> bytes:
    text = to_bytes(one.text or "")
    fields = one.record.fields
    # Made from the content, so that the same input gives the same bytes.
    seed = hashlib.blake2b(repr(sorted(fields.items())).encode() + text, digest_size=16).digest()
    headers = {
        "WARC-Type": "conversion",
        "WARC-Target-URI": fields.get("url"),
        "WARC-Date": fields.get("date", "1970-01-01T00:00:00Z"),
        "WARC-Record-ID": f"<{uuid.UUID(bytes=seed, version=4).urn}>",
        "WARC-Refers-To": fields.get("id"),
        "Content-Type": "text/plain",
        "Content-Length": len(text),
    }
    lines = [f"{name}: {value}\r\n" for name, value in headers.items() if value is not None]
    return b"".join(
        [b"WARC/1.0\r\n", *(line.encode() for line in lines), b"\r\n", text, b"\r\n\r\n"]
    )
