"""What is cleaned of a file that is not written yet.

A file of many documents gets its name when all of them are cleaned. Until then, what each became
is kept here, batch by batch, so that a run that was killed reads the file again but cleans no
document twice.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

from boilerkill.corpus.record import Outcome

__all__ = ["Spool"]

Result = Outcome | str | None


class Spool:
    """The results of one file's batches, in order."""

    def __init__(self, path: Path) -> None:
        """Open it, or begin one.

        Raises:
            OSError: If that can't be done.
        """
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = path.open("a+b")
        self._file.seek(0)
        self._recalling = True

    def recall(self, digest: str) -> list[Result] | None:
        """Return the results of the next batch, if it was cleaned before.

        Args:
            digest: The digest of its documents. If it is another one than that of before, all
                that follows is forgotten, for the file has changed.
        """
        if not self._recalling:
            return None
        at = self._file.tell()
        line = self._file.readline()
        with contextlib.suppress(ValueError, TypeError, KeyError):
            known, results = json.loads(line)
            if known == digest and line.endswith(b"\n"):
                return [_read(result) for result in results]
        self._file.truncate(at)
        self._file.seek(at)
        self._recalling = False
        return None

    def append(self, digest: str, results: Sequence[Result]) -> None:
        """Keep the results of a batch.

        Raises:
            OSError: If they can't be written.
        """
        plain = [asdict(result) if isinstance(result, Outcome) else result for result in results]
        self._file.write(json.dumps([digest, plain]).encode() + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close it; what it holds stays."""
        self._file.close()

    def remove(self) -> None:
        """Forget all."""
        self._file.close()
        with contextlib.suppress(OSError):
            self._path.unlink()


def _read(result: object) -> Result:
    if isinstance(result, dict):
        return Outcome(**result)
    return result if isinstance(result, str) else None
