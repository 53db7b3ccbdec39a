"""Vocabulary: do the words of a segment come up in the prose of its page?

A heading or a caption speaks of what the article speaks of; a menu or another story's headline
mostly doesn't.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.measure.columns import distinct, numbered
from boilerkill.reading import Reading

__all__ = ["share_in_prose"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Shorter words come up everywhere, unless their script writes a word with a sign or two.
LONG_WORD = 4
FIRST_OF_SHORT_WORDS = 0x0E00

_SPACE = 0x20
# The factor of the polynomial that tells words apart, by 64 bits.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LONGEST = 64


def share_in_prose(reading: Reading, prose: Bools) -> Floats:
    r"""Return which share of each segment's longer words stands in the prose of other segments.

    Args:
        reading: The segments.
        prose: Which of them are prose; (segments,).

    Returns:
        A share from 0 to 1, or -1 for a segment without longer words; (segments,).

    >>> from boilerkill.read import read_text
    >>> reading = read_text("The lamp\nAbout shops\nA lamp was lit on the pier.")
    >>> share_in_prose(reading, np.array([False, False, True])).tolist()
    [1.0, 0.0, 0.0]
    """
    count = len(reading)
    words, owners = _words(reading)
    if not len(words):
        return np.full(count, -1.0)
    pairs = distinct(numbered(words) * count + owners)
    number, owners = np.divmod(pairs, count)
    in_prose = np.bincount(number, prose[owners])
    shared = in_prose[number] - prose[owners] > 0
    total = np.bincount(owners, minlength=count)
    found = np.bincount(owners, shared, count) / np.maximum(total, 1)
    return np.where(total > 0, found, -1.0)


def _words(reading: Reading) -> tuple[npt.NDArray[np.uint64], Ints]:
    """Return the longer words of all segments, as numbers, and the segment that each is in."""
    points = reading.canonical.points
    inside = points > _SPACE
    starts = (inside & ~np.append(False, inside[:-1])).nonzero()[0]
    ends = (inside & ~np.append(inside[1:], False)).nonzero()[0] + 1
    long = (ends - starts >= LONG_WORD) | (points[starts] >= FIRST_OF_SHORT_WORDS)
    owners = np.searchsorted(reading.canonical_starts, starts, side="right") - 1
    long &= (owners >= 0) & (starts < reading.canonical_ends[np.maximum(owners, 0)])
    starts, ends, owners = starts[long], ends[long], owners[long]
    if not len(starts):
        return np.zeros(0, dtype=np.uint64), owners
    lengths = np.minimum(ends - starts, _LONGEST)
    at = np.repeat(starts - np.append(0, np.cumsum(lengths)[:-1]), lengths)
    at = at + np.arange(len(at))
    place = at - np.repeat(starts, lengths)
    spread = points[at].astype(np.uint64) * _powers()[place]
    return np.add.reduceat(spread, np.append(0, np.cumsum(lengths)[:-1])), owners


def _powers() -> npt.NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        return np.multiply.accumulate(np.full(_LONGEST, _FACTOR))
