"""Files of records that are in another encoding than UTF-8."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, cast

__all__ = ["as_utf8"]

_BLOCK = 1 << 16

# What becomes of a byte that can't be decoded.
_SPOIL = "boilerkill.spoil"


def as_utf8(stream: BinaryIO, encoding: str | None) -> BinaryIO:
    r"""Return what a stream holds as UTF-8, given the encoding that it is in.

    What is not valid in that encoding is not valid afterwards either, so that the record which it
    stands in fails, and no other.

    >>> as_utf8(io.BytesIO(b"caf\xe9"), "latin-1").read().decode()
    'café'
    >>> as_utf8(io.BytesIO(b"caf\xe9"), "ascii").read().decode("utf-8", "replace")[:4]
    'caf�'
    """
    if encoding is None:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Recoder(stream, encoding), _BLOCK))


class _Recoder(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(_SPOIL)
        self._done = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._done and not self._ended:
            # What is there, and no more: the stream may be written while it is read.
            data = cast(io.BufferedReader, self._stream).read1(_BLOCK)
            self._ended = not data
            text = self._decoder.decode(data, final=self._ended)
            self._done = text.encode("utf-8", "surrogatepass")
        size = min(len(buffer), len(self._done))
        buffer[:size] = self._done[:size]
        self._done = self._done[size:]
        return size


def _spoil(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # Half a character, which UTF-8 has no place for.
    return "\udcff" * (error.end - error.start), error.end


codecs.register_error(_SPOIL, _spoil)
