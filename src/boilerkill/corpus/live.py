"""Read from a pipe whose other end may pause: what is there goes on, and waits for nothing more."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, cast

from boilerkill.corpus.record import CHUNK_RECORDS, Record, fills_chunk

__all__ = ["LiveStream", "as_they_come"]

# So often somebody asks, while nothing comes, whether what came before is done.
TICK = 0.05

_END = object()


class LiveStream(io.RawIOBase):
    """A stream of which what is there is read; it is not closed with this."""

    def __init__(self, stream: BinaryIO) -> None:
        """Take the stream, of which nothing has been read."""
        super().__init__()
        # The buffer of standard input waits until it is full, and Python can't end while a thread
        # waits in it.
        self._stream = getattr(stream, "raw", stream)
        self._head = b""
        self._ended = False

    def head(self, size: int, suffices: Callable[[bytes], bool]) -> bytes:
        """Return the first bytes, which are read again later.

        Args:
            size: How many there are at most.
            suffices: Tells of some that no more are needed.
        """
        while len(self._head) < size and not suffices(self._head):
            more = self._more(size - len(self._head))
            if not more:
                break
            self._head += more
        return self._head

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read what is there, and at least something."""
        data = self._head[: len(buffer)] or self._more(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def _more(self, size: int) -> bytes:
        # A terminal that is asked behind its end goes on, and wants to be ended again.
        data = b"" if self._ended else self._stream.read(size) or b""
        self._ended = not data
        return data

    def buffered(self, size: int) -> BinaryIO:
        """Return a stream to read lines from."""
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, self), size))


def as_they_come(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records that are there, a chunk's size of them at most; none after some waiting."""
    coming: queue.Queue[Any] = queue.Queue(2 * CHUNK_RECORDS)
    threading.Thread(target=_read, args=(records, coming), daemon=True).start()
    group: list[Record] = []
    while True:
        try:
            one = coming.get(block=not group, timeout=TICK)
        except queue.Empty:
            yield group
            group = []
            continue
        if isinstance(one, Record):
            group.append(one)
            if not fills_chunk(group):
                continue
        if group:
            yield group
            group = []
        if one is _END:
            return
        if isinstance(one, BaseException):
            raise one


def _read(records: Iterable[Record], coming: queue.Queue[Any]) -> None:
    try:
        for record in records:
            coming.put(record)
    except BaseException as error:
        coming.put(error)
    else:
        coming.put(_END)
