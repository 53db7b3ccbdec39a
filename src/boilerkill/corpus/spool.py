"""What is cleaned of a file that is not written yet.

A file of many documents gets its name when all of them are cleaned. Until then, what each became
is kept here, batch by batch, so that a run that was killed reads the file again but cleans no
document twice.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from boilerkill.corpus.record import Outcome

__all__ = ["Spool"]

Result = Outcome | str | None

# Where the size of a result's text stands, in bytes.
_SIZE = "size of text"


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
            known, heads = json.loads(line)
            if known == digest and line.endswith(b"\n"):
                return [self._read(head) for head in heads]
        self._file.truncate(at)
        self._file.seek(at)
        self._recalling = False
        return None

    def _read(self, head: dict[str, Any] | str | None) -> Result:
        """Return a result, given what stands of it in the first line, its text being next.

        Raises:
            ValueError: If the text ends too early.
        """
        if not isinstance(head, dict):
            return head
        size = head.pop(_SIZE)
        data = self._file.read(size)
        if len(data) < size:
            raise ValueError("it was killed while it wrote")
        return Outcome(data.decode("utf-8", "surrogatepass"), **head)

    def append(self, digest: str, results: Sequence[Result]) -> None:
        """Keep the results of a batch: a line of JSON, and the texts as they are behind it.

        Raises:
            OSError: If they can't be written.
        """
        heads: list[dict[str, Any] | str | None] = []
        texts: list[bytes] = []
        for result in results:
            if not isinstance(result, Outcome):
                heads.append(result)
                continue
            head = dict(vars(result))
            text = head.pop("text").encode("utf-8", "surrogatepass")
            heads.append({**head, _SIZE: len(text)})
            texts.append(text)
        line = json.dumps([digest, heads]).encode() + b"\n"
        self._file.write(b"".join([line, *texts]))
        self._file.flush()

    def close(self) -> None:
        """Close it; what it holds stays."""
        self._file.close()

    def remove(self) -> None:
        """Forget all."""
        self._file.close()
        with contextlib.suppress(OSError):
            self._path.unlink()


def count_kept(folder: Path) -> int:
    """Return how many documents are kept in a folder of spools."""
    return sum(_count(path) for path in folder.glob("*.spool"))


def _count(path: Path) -> int:
    count = 0
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError), path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        while line := file.readline():
            _, heads = json.loads(line)
            sizes = [head[_SIZE] for head in heads if isinstance(head, dict)]
            if not line.endswith(b"\n") or file.seek(sum(sizes), os.SEEK_CUR) > size:
                break
            count += len(sizes)
    return count
