"""Vocabulary: do the words of a segment come up in the prose of its page?

A heading or a caption speaks of what the article speaks of; a menu or another story's headline
mostly doesn't.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.measure.columns import distinct, numbered
from boilerkill.reading import Reading
from boilerkill.words import Numbers

__all__ = ["share_in_prose"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Shorter words come up everywhere, unless their script writes a word with a sign or two.
LONG_WORD = 4
FIRST_OF_SHORT_WORDS = 0x0E00


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
    words, owners = _long_words(reading)
    if not len(words):
        return np.full(count, -1.0)
    pairs = distinct(numbered(words) * count + owners)
    number, owners = np.divmod(pairs, count)
    in_prose = np.bincount(number, prose[owners])
    shared = in_prose[number] - prose[owners] > 0
    total = np.bincount(owners, minlength=count)
    found = np.bincount(owners, shared, count) / np.maximum(total, 1)
    return np.where(total > 0, found, -1.0)


def _long_words(reading: Reading) -> tuple[Numbers, Ints]:
    """Return the longer words of all segments, and the segment that each is in."""
    words = reading.words
    long = words.lengths >= LONG_WORD
    long |= reading.canonical.points[words.starts] >= FIRST_OF_SHORT_WORDS
    return words.numbers[long], words.owners[long]
