"""Where cleaned documents go: a file for each, a file for many, or shards for all."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from boilerkill.corpus.compression import Compressor, compression_of, compressor
from boilerkill.corpus.files import whole_file
from boilerkill.corpus.formats.base import Format, Writer
from boilerkill.corpus.record import Batch, Cleaned
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["Output", "Shards", "is_fatal", "remove_left_over"]

# What keeps every file from being written, and not one alone.
_FATAL = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO})


def is_fatal(error: OSError) -> bool:
    """Tell whether what the system refused it will refuse of any other file, too."""
    return error.errno in _FATAL


class Output:
    """A file of cleaned documents, which has its name when all are written."""

    def __init__(
        self,
        target: Path,
        format: Format,
        settings: CorpusSettings,
        waiting: Path,
        *,
        replaces: bool,
    ) -> None:
        """Begin with nothing on the disk.

        Args:
            target: The file.
            format: What kind it is of.
            settings: The settings of the run.
            waiting: Where it is until it is whole.
            replaces: Whether a file of this name may be replaced.
        """
        self.target = target
        self._format = format
        self._settings = settings
        self._waiting = waiting
        self._replaces = replaces
        self._stack = ExitStack()
        self._stream: Compressor | None = None
        self._writer: Writer | None = None

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        """Write what a batch became.

        Raises:
            OSError: If it can't be written.
        """
        if self._writer is None:
            file = self._stack.enter_context(
                whole_file(self.target, self._waiting, overwrite=self._replaces)
            )
            self._stream = compressor(file, compression_of(self.target.name))
            self._writer = self._format.writer(cast(BinaryIO, self._stream), self._settings)
        self._writer.write(batch, cleaned)

    def commit(self) -> None:
        """Give the file its name.

        Raises:
            OSError: If that can't be done.
        """
        try:
            if self._writer is None:
                self.write(Batch([]), [])
            if self._writer is not None and self._stream is not None:
                self._writer.close()
                self._stream.close()
        except BaseException as error:
            self._abandon()
            self._stack.__exit__(type(error), error, error.__traceback__)
            raise
        self._stack.close()

    def abort(self) -> None:
        """Leave nothing on the disk."""
        self._abandon()
        error = InterruptedError()
        with contextlib.suppress(InterruptedError):
            self._stack.__exit__(type(error), error, None)

    def _abandon(self) -> None:
        if self._stream is not None:
            self._stream.abandon()


class Shards:
    """Files that documents go to in turn."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        """Write to some outputs."""
        self._outputs = outputs
        self._written = 0

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        """Write what a batch became.

        Raises:
            OSError: If it can't be written.
        """
        if len(self._outputs) == 1:
            self._outputs[0].write(batch, cleaned)
            return
        parts: list[list[Cleaned]] = [[] for _ in self._outputs]
        for one in cleaned:
            shard = self._written % len(self._outputs)
            self._written += one.problem is None
            for number, part in enumerate(parts):
                part.append(one if number == shard else replace(one, problem="of another shard"))
        for output, part in zip(self._outputs, parts, strict=True):
            output.write(batch, part)

    def commit(self) -> None:
        """Give the files their names.

        Raises:
            OSError: If that can't be done.
        """
        for output in self._outputs:
            output.commit()

    def abort(self) -> None:
        """Leave nothing on the disk."""
        for output in self._outputs:
            output.abort()


def remove_left_over(folder: Path) -> None:
    """Remove what a run that was killed left half written."""
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink()
    else:
        folder.mkdir(parents=True, exist_ok=True)
