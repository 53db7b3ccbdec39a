"""Clean from standard input, or one file to standard output: nothing to go on with is kept."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from boilerkill.corpus import compression
from boilerkill.corpus.files import DocumentError, describe, to_bytes, write_file
from boilerkill.corpus.formats import FORMATS, HEAD, Found, by_content
from boilerkill.corpus.formats.base import Format, Input
from boilerkill.corpus.live import LiveStream
from boilerkill.corpus.plan import check_kind
from boilerkill.corpus.pool import Pool, Task
from boilerkill.corpus.record import Batch, Cleaned, Record, due, put_in_place
from boilerkill.corpus.report import CorpusReport, Failure, failure_of
from boilerkill.corpus.run import CorpusInterrupted, CorpusStopped, reporting
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.source import SourceFile, as_problems, read_batches, recognise, single
from boilerkill.corpus.work import attempt

__all__ = ["clean_pipe", "read_stream"]


def clean_pipe(
    source: BinaryIO | None, path: Path, output: Path | BinaryIO, settings: CorpusSettings
) -> CorpusReport:
    """Clean what comes from a stream or a file, to a stream or a file.

    Args:
        source: Where it comes from; None if that is `path`, or closed.
        path: The file, or what to call the stream.
        output: Where it goes.
        settings: How to clean.

    Raises:
        CorpusError: If the output is named as a file of another kind; nothing has been written.
        CorpusInterrupted: On Ctrl-C.
        CorpusStopped: If a document failed that may not (`strict`).
        OSError: If a stream can't be written to.
    """
    settings.check()
    report = CorpusReport()
    started = time.monotonic()
    with reporting(report, settings):
        try:
            _clean(source, path, output, settings, report)
        except KeyboardInterrupt as interrupt:
            report.stopped = str(interrupt) or "Ctrl-C"
            raise CorpusInterrupted(report) from None
        except DocumentError as error:
            report.fail(Failure(path, str(error)))
        finally:
            report.seconds = time.monotonic() - started
    return report


def read_stream(source: BinaryIO, settings: CorpusSettings) -> Iterator[Record]:
    """Yield the documents of a stream, as `clean_pipe` reads them.

    Raises:
        DocumentError: If it can't be read.
    """
    _, batches = _open(source, Path("standard input"), settings)
    for batch in batches:
        yield from batch.records


def _clean(
    source: BinaryIO | None,
    path: Path,
    output: Path | BinaryIO,
    settings: CorpusSettings,
    report: CorpusReport,
) -> None:
    found, batches = _open(source, path, settings)
    if isinstance(output, Path):
        check_kind(output, settings, format=found.format)
    kind = FORMATS[settings.to] if settings.to is not None else found.format
    if single(found.format):
        batch = next(batches)
        one = _clean_one(batch, settings)
        _count(report, [one], settings)
        if one.outcome is None:
            return
        if single(kind):
            _write(output, to_bytes(one.outcome.text), settings)
            return
        results: Iterator[tuple[Batch, list[Cleaned]]] = iter([(batch, [one])])
    else:
        results = _clean_many(batches, settings, report)
    _write_all(results, kind, output, settings)


def _open(
    source: BinaryIO | None, path: Path, settings: CorpusSettings
) -> tuple[Found, Iterator[Batch]]:
    if source is None:
        try:
            status = path.stat()
            found = recognise(path)
        except FileNotFoundError:
            raise DocumentError("it is closed") from None
        except OSError as error:
            raise DocumentError(describe(error)) from None
        file = SourceFile(path, found.format, found.compression, status.st_size)
        return found, read_batches(file, settings, lambda: None)
    live = LiveStream(source)
    compressed = compression.recognise(live.head(HEAD, _is_jsonl))
    if compressed is not None:
        live = LiveStream(compression.decompress(live.buffered(HEAD), compressed))
    found = by_content(live.head(HEAD, _is_jsonl), compressed)
    if settings.field is not None and single(found.format):
        found = Found(FORMATS["jsonl"], compressed)
    goes_on = compressed is None and found.format is FORMATS["jsonl"]
    stream = Input(str(path), live.buffered(HEAD), 0, int, live=goes_on)
    return found, as_problems(found.format.read(stream, settings), "")


def _is_jsonl(head: bytes) -> bool:
    """Tell of the first bytes that they are a whole line of JSONL, at least."""
    return b"\n" in head and FORMATS["jsonl"].recognises(head)


def _clean_one(batch: Batch, settings: CorpusSettings) -> Cleaned:
    results = [attempt(text, format, settings, site) for text, format, site in due(batch.records)]
    return put_in_place(batch.records, results)[0]


def _clean_many(
    batches: Iterator[Batch], settings: CorpusSettings, report: CorpusReport
) -> Iterator[tuple[Batch, list[Cleaned]]]:
    with Pool(settings) as pool:
        for task in pool.map(Task(batch, due(batch.records)) for batch in batches):
            cleaned = put_in_place(task.tag.records, task.results)
            yield task.tag, cleaned
            report.leave_out(task.tag.left_out)
            _count(report, cleaned, settings)


def _write_all(
    results: Iterator[tuple[Batch, list[Cleaned]]],
    kind: Format,
    output: Path | BinaryIO,
    settings: CorpusSettings,
) -> None:
    target = io.BytesIO() if isinstance(output, Path) else output
    stream = compression.compressor(
        target, compression.compression_of(output.name) if isinstance(output, Path) else None
    )
    writer = kind.writer(cast(BinaryIO, stream), settings)
    any_cleaned = False
    for batch, cleaned in results:
        any_cleaned |= any(one.problem is None for one in cleaned) or not cleaned
        writer.write(batch, cleaned)
        target.flush()
    writer.close()
    stream.close()
    # As in a run, there is no file of which nothing could be read.
    if isinstance(output, Path) and isinstance(target, io.BytesIO) and any_cleaned:
        write_file(output, target.getvalue(), overwrite=settings.overwrite)


def _write(output: Path | BinaryIO, data: bytes, settings: CorpusSettings) -> None:
    if isinstance(output, Path):
        write_file(output, data, overwrite=settings.overwrite)
        return
    # An unbuffered standard output (PYTHONUNBUFFERED) may take a part of the data and say so.
    rest = memoryview(data)
    while rest:
        rest = rest[output.write(rest) :]
    output.flush()


def _count(report: CorpusReport, cleaned: list[Cleaned], settings: CorpusSettings) -> None:
    for one in cleaned:
        if one.outcome is not None:
            report.count(one.outcome)
            report.bytes += one.record.size
        failure = failure_of(one)
        if failure is not None:
            if not one.record.source:
                failure = replace(failure, path=Path("standard input"))
            report.fail(failure)
            if settings.strict:
                raise CorpusStopped(f"{failure.where}: {failure.reason} (--strict)", report)
