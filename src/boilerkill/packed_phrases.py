"""Compiled phrases as a file: each list of strings is one text, which is read sooner than a list.

The file is one of numpy arrays; texts are the bytes of UTF-8.
"""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill.arrays import open_arrays
from boilerkill.phrase_tables import PhraseTables

__all__ = ["pack", "unpack"]

Bytes = npt.NDArray[np.uint8]

# What is so little that it is kept as JSON.
_LITTLE = ("within", "role_sets", "language_sets", "function_words", "date_words")


def pack(tables: PhraseTables, of: str) -> bytes:
    """Return tables as the bytes of a file, with a word on what they are of."""
    little = {name: getattr(tables, name) for name in _LITTLE}
    arrays: dict[str, Any] = {
        "of": _bytes(of),
        "roles": tables.roles,
        "languages": tables.languages,
        "little": _bytes(json.dumps(little, ensure_ascii=False, separators=(",", ":"))),
        "anchors": _bytes(json.dumps(list(tables.templates), ensure_ascii=False)),
        "templates": _bytes("\n".join(tables.templates.values())),
    }
    for part, (start, end) in enumerate(_parts(tables.within, len(tables.literals))):
        arrays[f"literals {part}"] = _bytes("\n".join(tables.literals[start:end]))
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def unpack(data: bytes, of: str) -> PhraseTables | None:
    """Return the tables in a file, or None if they are of something else.

    Raises:
        ValueError: If the file is none that `pack` makes.
    """
    with open_arrays(io.BytesIO(data), "the file of compiled phrases") as arrays:
        if _text(arrays["of"]) != of:
            return None
        little = json.loads(_text(arrays["little"]))
        anchors = json.loads(_text(arrays["anchors"]))
        parts = len(little["within"]) + 1
        return PhraseTables(
            literals=[line for part in range(parts) for line in _lines(arrays[f"literals {part}"])],
            roles=arrays["roles"],
            languages=arrays["languages"],
            templates=dict(zip(anchors, _lines(arrays["templates"]), strict=True)),
            **{name: little[name] for name in _LITTLE},
        )


def _parts(within: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the phrases of each script, whose texts take as many bytes a letter."""
    return itertools.pairwise((0, *within, count))


def _bytes(text: str) -> Bytes:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _text(array: Bytes) -> str:
    return array.tobytes().decode()


def _lines(array: Bytes) -> list[str]:
    text = _text(array)
    return text.split("\n") if text else []
