"""Files that are compressed as a whole: gzip and Zstandard."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any, BinaryIO, cast

from boilerkill.corpus.files import DocumentError, need

__all__ = ["Compressor", "compression_of", "compressor", "decompress", "recognise", "split_suffix"]

_BLOCK = 1 << 18

# What expands so many times, and beyond so many bytes, is taken for a decompression bomb: text
# that says anything expands less than a tenth as much.
BOMB_RATIO = 200
BOMB_BYTES = 64 << 20

_SUFFIXES = {".gz": "gzip", ".zst": "zstd"}
# Those that stand for two, of which the other is .tar.
_SHORT = {".tgz": "gzip", ".tzst": "zstd"}
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


def compression_of(name: str) -> str | None:
    """Tell by a file's name how it is compressed, if it is.

    >>> compression_of("shard.jsonl.GZ"), compression_of("pages.tgz"), compression_of("page.txt")
    ('gzip', 'gzip', None)
    """
    return {**_SUFFIXES, **_SHORT}.get(PurePath(name).suffix.lower())


def split_suffix(name: str) -> tuple[str, str]:
    """Split the suffix of a compression from a name.

    >>> split_suffix("shard.jsonl.gz"), split_suffix("page.txt")
    (('shard.jsonl', '.gz'), ('page.txt', ''))
    """
    suffix = PurePath(name).suffix
    if suffix.lower() not in _SUFFIXES:
        return name, ""
    return name.removesuffix(suffix), suffix


def recognise(head: bytes) -> str | None:
    """Tell by a file's first bytes how it is compressed, if it is."""
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def decompress(file: IO[bytes], kind: str | None) -> BinaryIO:
    """Return what a file holds, as a stream.

    The stream raises `DocumentError` where the file is truncated or corrupt, or expands so much
    that it can only be a decompression bomb.
    """
    if kind is None:
        return cast(BinaryIO, file)
    make = _gzip_steps if kind == "gzip" else _zstd_steps
    return cast(BinaryIO, io.BufferedReader(_Decompressor(file, make()), _BLOCK))


class _Zlib:
    """Zlib's decompressor with a bound on what one call returns."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def pending(self) -> bytes:
        return self._inner.unconsumed_tail

    def decompress(self, data: bytes) -> bytes:
        return self._inner.decompress(data, _BLOCK)


class _Zstd:
    """Zstandard's decompressor; it reads from a stream of its own, to return a bounded amount."""

    def __init__(self) -> None:
        zstandard = need("zstandard", "zstd")
        self._inner = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data)

    pending = b""

    def decompress(self, data: bytes) -> bytes:
        return bytes(self._inner.decompress(data))


def _gzip_steps() -> tuple[Callable[[], Any], int]:
    return _Zlib, _BLOCK


def _zstd_steps() -> tuple[Callable[[], Any], int]:
    # A block of Zstandard's expands to 128 kB at most, and takes 3 bytes at least.
    return _Zstd, 1 << 11


class _Decompressor(io.RawIOBase):
    """A file's content, member by member (gzip) or frame by frame (Zstandard)."""

    def __init__(self, file: IO[bytes], steps: tuple[Callable[[], Any], int]) -> None:
        super().__init__()
        self._file = file
        self._new, self._step = steps
        self._current: Any = None
        self._waiting = b""
        self._read = self._written = 0
        self._done = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._done and self._advance():
            pass
        size = min(len(buffer), len(self._done))
        buffer[:size] = self._done[:size]
        self._done = self._done[size:]
        return size

    def _advance(self) -> bool:
        """Decompress a little more; tell whether there may be more behind it."""
        if not self._waiting:
            self._waiting = self._file.read(self._step)
            self._read += len(self._waiting)
        if self._current is None:
            if not self._waiting:
                return False
            # Zeros behind a member are padding.
            self._waiting = self._waiting.lstrip(b"\0") if self._written else self._waiting
            if not self._waiting:
                return True
            self._current = self._new()
        at_end = not self._waiting
        try:
            self._done = self._current.decompress(self._waiting)
        except Exception as error:
            raise DocumentError(f"corrupt compressed data: {error}") from None
        if at_end and not self._done and not self._current.eof:
            raise DocumentError("truncated: the compressed data ends too early")
        self._waiting = self._current.pending
        if self._current.eof:
            self._waiting = self._current.unused_data
            self._current = None
        self._written += len(self._done)
        if self._written > max(BOMB_BYTES, BOMB_RATIO * self._read):
            raise DocumentError(f"a decompression bomb: it expands more than {BOMB_RATIO} times")
        return True


def compressor(file: IO[bytes], kind: str | None) -> Compressor:
    """Return a file to write to, which compresses into `file`; the same bytes each time.

    To close it ends the compressed data and leaves `file` open.
    """
    if kind is None:
        return Compressor(file, _Plain)
    if kind == "gzip":
        return Compressor(file, lambda: zlib.compressobj(6, wbits=31))
    zstandard = need("zstandard", "zstd")
    return Compressor(file, lambda: zstandard.ZstdCompressor(3).compressobj())


class _Plain:
    def compress(self, data: bytes) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


class Compressor(io.RawIOBase):
    """A file that compresses what is written to it into another one."""

    def __init__(self, file: IO[bytes], new: Callable[[], Any]) -> None:
        """Compress with what `new` returns, into `file`."""
        super().__init__()
        self._file = file
        self._new = new
        self._current: Any = None
        self._written = 0
        self._abandoned = False

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def tell(self) -> int:
        """Return how much has been written to it."""
        return self._written

    def write(self, data: Any) -> int:
        """Compress some data."""
        if self._current is None:
            self._current = self._new()
        block = bytes(data)
        self._put(self._current.compress(block))
        self._written += len(block)
        return len(block)

    def flush(self) -> None:
        """Do nothing if it is abandoned: a library may still ask for it when it is closed."""
        if not self._abandoned:
            super().flush()

    def abandon(self) -> None:
        """Write nothing any more, whatever a library still has to say."""
        self._abandoned = True

    def next_member(self) -> None:
        """End what can be decompressed by itself, and begin anew."""
        if self._current is not None:
            self._put(self._current.flush())
            self._current = None

    def close(self) -> None:
        """End the compressed data."""
        if not self.closed:
            if not self._written:
                self.write(b"")
            self.next_member()
        super().close()

    def _put(self, data: bytes) -> None:
        # An unbuffered file, as standard output may be one, can take a part and say so.
        rest = memoryview(data)
        while rest and not self._abandoned:
            rest = rest[self._file.write(rest) :]
