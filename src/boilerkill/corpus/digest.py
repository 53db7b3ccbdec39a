"""A short name for a piece of input, to tell whether it is the same as before."""

from __future__ import annotations

import hashlib

__all__ = ["digest_of"]

_SIZE = 16


def digest_of(*parts: str | bytes) -> str:
    """Return a digest of some parts; where one ends and the next begins counts.

    >>> digest_of("ab", "c") == digest_of("a", "bc")
    False
    """
    found = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "little"))
        found.update(b"s" if isinstance(part, str) else b"b")
        found.update(data)
    return found.hexdigest()
