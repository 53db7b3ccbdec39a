"""The words of a text as numbers, so that all of them are looked up at once.

A word is a word of the canonical form (see `boilerkill.canonical`): lower case, every number a
``0``, and of scripts without spaces each character for itself.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.canonical import CodePoints

__all__ = ["Numbers", "Words", "number_words"]

Numbers = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

_SPACE = 0x20
# The factor of the polynomial that tells words apart, by 64 bits.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
# What follows in a longer word is not looked at.
_LONGEST = 64


@dataclass(frozen=True)
class Words:
    """The words of all segments, in their order.

    Attributes:
        numbers: A number for each, the same for the same word; (words,).
        owners: The segment that it stands in; (words,).
        starts: Where it begins in the canonical text; (words,).
        lengths: Its characters; (words,).
    """

    numbers: Numbers
    owners: Ints
    starts: Ints
    lengths: Ints


def number_words(points: CodePoints, starts: Ints, ends: Ints) -> Words:
    r"""Number the words of segments.

    Args:
        points: The canonical text.
        starts: Where each segment begins in it; (segments,).
        ends: Where it ends; (segments,).

    >>> from boilerkill.canonical import code_points
    >>> words = number_words(code_points(" a lamp\n lamp"), np.array([0, 8]), np.array([7, 13]))
    >>> words.owners.tolist(), words.lengths.tolist()
    ([0, 0, 1], [1, 4, 4])
    >>> bool(words.numbers[1] == words.numbers[2])
    True
    """
    inside = points > _SPACE
    first = inside & ~np.append(False, inside[:-1])
    last = inside & ~np.append(inside[1:], False)
    # A mark that stands first in a segment goes on with the last word of the one before.
    cuts = starts[(starts > 0) & (starts < len(points))]
    cuts = cuts[inside[cuts - 1] & inside[cuts]]
    first[cuts] = last[cuts - 1] = True
    begins = first.nonzero()[0]
    lengths = last.nonzero()[0] + 1 - begins
    owners = np.searchsorted(starts, begins, side="right") - 1
    owned = (owners >= 0) & (begins < ends[owners])
    begins, lengths, owners = begins[owned], lengths[owned], owners[owned]
    return Words(_numbers(points, begins, lengths), owners, begins, lengths)


def _numbers(points: CodePoints, starts: Ints, lengths: Ints) -> Numbers:
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    lengths = np.minimum(lengths, _LONGEST)
    firsts = np.append(0, np.cumsum(lengths)[:-1])
    places = np.arange(lengths.sum()) - np.repeat(firsts, lengths)
    spread = points[places + np.repeat(starts, lengths)].astype(np.uint64) * _powers()[places]
    return np.add.reduceat(spread, firsts)


@functools.cache
def _powers() -> Numbers:
    with np.errstate(over="ignore"):
        return np.multiply.accumulate(np.full(_LONGEST, _FACTOR))
