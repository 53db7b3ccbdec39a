"""How large a document may be: beyond reason, it is refused before anything is done with it."""

from __future__ import annotations

__all__ = ["LARGEST", "check_size"]

# Characters of a str, bytes of the rest. Cleaning takes some 80 bytes of memory a character of
# prose, and 800 where each line is a letter.
LARGEST = 1 << 28


def check_size(source: str | bytes) -> None:
    """Refuse a document that is too large.

    Raises:
        ValueError: If it has more than `LARGEST` characters or bytes.

    >>> check_size("It rained.")
    >>> check_size(bytes(LARGEST + 1))
    Traceback (most recent call last):
    ...
    ValueError: a document of 268,435,457 bytes: at most 268,435,456 are cleaned at once
    """
    size = source.nbytes if isinstance(source, memoryview) else len(source)
    if size > LARGEST:
        unit = "characters" if isinstance(source, str) else "bytes"
        raise ValueError(f"a document of {size:,} {unit}: at most {LARGEST:,} are cleaned at once")
