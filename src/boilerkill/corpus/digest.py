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
    framed = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        framed += [len(data).to_bytes(8, "little"), b"s" if isinstance(part, str) else b"b", data]
    return hashlib.blake2b(b"".join(framed), digest_size=_SIZE).hexdigest()
