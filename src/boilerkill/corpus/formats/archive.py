"""Archives of files of the other kinds: zip and tar."""

from __future__ import annotations

import io
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, Protocol, cast

from boilerkill.corpus.compression import BOMB_BYTES, BOMB_RATIO, Compressor, compressor, decompress
from boilerkill.corpus.files import DocumentError
from boilerkill.corpus.formats.base import IN_MEMORY, Input, Writer
from boilerkill.corpus.record import Batch, Cleaned, Member, Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["Tar", "Zip"]

_DRIVE = re.compile("[A-Za-z]:")

_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Zip:
    """Zip archives."""

    name: str = "zip"
    suffixes: tuple[str, ...] = (".zip",)

    def recognises(self, head: bytes) -> bool:
        """Tell by the first bytes."""
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def output_name(self, name: str) -> str:
        """Keep the name; members are called as files are."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the documents of its members, in their order there."""
        try:
            archive = zipfile.ZipFile(file.seekable())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise DocumentError(f"no zip archive: {error}") from None
        with archive:
            seen: set[str] = set()
            for info in archive.infolist():
                if info.filename.endswith("/"):
                    continue
                if not _holds_documents(info.filename):
                    yield Batch([], read=file.tell(), left_out=(info.filename,))
                    continue
                if (problem := _unsafe(info.filename, seen)) is not None:
                    yield _failed(info.filename, problem)
                    continue
                yield from _read_member(
                    info.filename, info.date_time, lambda i=info: _open(archive, i), file, settings
                )

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes members."""
        return _ArchiveWriter(_ZipSink(file), settings)


@dataclass(frozen=True)
class Tar:
    """Tar archives, which are read as they stream by."""

    name: str = "tar"
    suffixes: tuple[str, ...] = (".tar",)

    def recognises(self, head: bytes) -> bool:
        """Tell by the mark that stands in the first header."""
        return head[257:262] == b"ustar"

    def output_name(self, name: str) -> str:
        """Keep the name; members are called as files are."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the documents of its members, in their order there."""
        try:
            archive = tarfile.open(fileobj=file.stream, mode="r|")  # noqa: SIM115
        except (tarfile.TarError, EOFError) as error:
            raise DocumentError(f"no tar archive: {error}") from None
        with archive:
            seen: set[str] = set()
            while True:
                try:
                    info = archive.next()
                except (tarfile.TarError, EOFError) as error:
                    raise DocumentError(f"corrupt tar archive: {error}") from None
                if info is None:
                    return
                if info.isdir():
                    continue
                if not info.isreg() or not _holds_documents(info.name):
                    yield Batch([], read=file.tell(), left_out=(info.name,))
                    continue
                if (problem := _unsafe(info.name, seen)) is not None:
                    yield _failed(info.name, problem)
                    continue
                yield from _read_member(
                    info.name,
                    info.mtime,
                    lambda i=info: cast(BinaryIO, archive.extractfile(i)),
                    file,
                    settings,
                )

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes members."""
        return _ArchiveWriter(_TarSink(file), settings)


class _Opener(Protocol):
    def __call__(self) -> BinaryIO: ...


def _failed(name: str, problem: str) -> Batch:
    return Batch([Record(None, position=name, problem=problem)])


def _unsafe(name: str, seen: set[str]) -> str | None:
    """Say what is wrong with a member's name, if anything: it must lead nowhere else."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        return "its name leads out of the archive"
    if name in seen:
        return "a second member of this name"
    seen.add(name)
    return None


def _holds_documents(name: str) -> bool:
    """Tell whether a member is of a kind that is read, which an archive in it is not."""
    from boilerkill.corpus.formats import CONTAINERS, by_name

    found = by_name(name)
    return found is not None and found.format.name not in CONTAINERS


def _read_member(
    name: str, modified: Any, opener: _Opener, file: Input, settings: CorpusSettings
) -> Iterator[Batch]:
    """Yield the documents of one member of a kind that is read."""
    from boilerkill.corpus.formats import by_name

    found = by_name(name)
    assert found is not None
    member = Member(name, found.format, modified, found.compression)
    try:
        with opener() as content:
            stream = decompress(content, found.compression)
            inner = Input(name, stream, file.size, file.tell)
            for batch in found.format.read(inner, settings):
                records = [_placed(record, name) for record in batch.records]
                yield replace(batch, records=records, member=member, read=file.tell())
    except (DocumentError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
            tarfile.TarError, NotImplementedError, UnicodeDecodeError) as error:  # fmt: skip
        yield _failed(name, str(error) or type(error).__name__)


def _placed(record: Record, name: str) -> Record:
    position = f"{name}, {record.position}" if record.position else name
    return replace(record, position=position)


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    guard = _Guard(archive.open(info), info.compress_size)
    return cast(BinaryIO, io.BufferedReader(guard))


class _Guard(io.RawIOBase):
    """What a member holds, as long as that is no decompression bomb."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        super().__init__()
        self._file = file
        self._left = max(BOMB_BYTES, BOMB_RATIO * size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(f"a decompression bomb: it expands more than {BOMB_RATIO} times")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Sink(Protocol):
    """Writes whole members."""

    def add(self, name: str, modified: Any, content: IO[bytes], size: int) -> None: ...

    def close(self) -> None: ...


class _ZipSink:
    def __init__(self, file: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, modified: Any, content: IO[bytes], size: int) -> None:
        info = zipfile.ZipInfo(name, modified if isinstance(modified, tuple) else _EARLIEST)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._archive.open(info, "w", force_zip64=size >= 1 << 31) as target:
            while block := content.read(1 << 20):
                target.write(block)

    def close(self) -> None:
        self._archive.close()


class _TarSink:
    def __init__(self, file: BinaryIO) -> None:
        self._archive = tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def add(self, name: str, modified: Any, content: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size = size
        info.mtime = modified if isinstance(modified, int | float) else 0
        self._archive.addfile(info, content)

    def close(self) -> None:
        self._archive.close()


class _ArchiveWriter:
    """Writes each member with the writer of its own kind, then adds it whole."""

    def __init__(self, sink: _Sink, settings: CorpusSettings) -> None:
        self._sink = sink
        self._settings = settings
        self._member: Member | None = None
        self._content: IO[bytes] | None = None
        self._stream: Compressor | None = None
        self._writer: Writer | None = None
        self._all_failed = False

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        if batch.member is None:
            return
        if batch.member != self._member:
            self._end_member()
            self._member = batch.member
            self._content = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
            self._stream = compressor(self._content, batch.member.compression)
            self._writer = batch.member.format.writer(cast(BinaryIO, self._stream), self._settings)
            self._all_failed = bool(cleaned)
        self._all_failed &= all(one.problem is not None for one in cleaned)
        if self._writer is not None:
            self._writer.write(batch, cleaned)

    def _end_member(self) -> None:
        member, content = self._member, self._content
        if member is None or content is None or self._writer is None or self._stream is None:
            return
        self._writer.close()
        self._stream.close()
        size = content.tell()
        content.seek(0)
        if not self._all_failed:
            self._sink.add(_output_name(member), member.modified, content, size)
        content.close()
        self._member = None

    def close(self) -> None:
        self._end_member()
        self._sink.close()


def _output_name(member: Member) -> str:
    from boilerkill.corpus.formats import output_name

    return output_name(member.name, member.format)
