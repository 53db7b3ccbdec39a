"""Repeats: text that stands on a page twice, such as what one post quotes of another.

Pages say some of their text once more: a forum what somebody answers to, a shop its description for
narrow screens, a list of contents the headings. Which of the two is body, the length of what is
repeated, and whether it comes first, help to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["measure_repeats", "originals"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def originals(texts: Sequence[str]) -> Ints:
    """Return for each text the number of that which it repeats, -1 for one that is new; (texts,).

    Texts that repeat others in a row repeat them in the same row, where there are several.

    >>> originals(["Rain", "Fog", "Rain", "Rain", "Fog"]).tolist()
    [-1, -1, 0, 0, 1]
    """
    first: dict[str, int] = {}
    found = []
    before = -1
    for number, text in enumerate(texts):
        original = first.setdefault(text, number)
        if original == number:
            before = -1
        else:
            follows = 0 <= before < number - 1 and texts[before + 1] == text
            before = before + 1 if follows else original
        found.append(before)
    return np.array(found, dtype=np.int64)


def measure_repeats(original: Ints, words: npt.NDArray[Any]) -> tuple[Floats, Floats]:
    """Measure how much text around each segment is there before, and how much once more behind.

    Args:
        original: What each segment repeats; see `originals`.
        words: How many words they have; (segments,).

    Returns:
        The words of the stretch of segments, this one among them, that repeats an earlier stretch,
        and those of the longest stretch behind that repeats one with this segment; 0 where there is
        none; (segments,).

    >>> original = originals(["Rain at last", "Fog", "Share", "Rain at last", "Fog"])
    >>> before, behind = measure_repeats(original, np.array([3, 1, 1, 3, 1]))
    >>> before.tolist(), behind.tolist()
    ([0.0, 0.0, 0.0, 4.0, 4.0], [4.0, 4.0, 0.0, 0.0, 0.0])
    """
    repeats = original >= 0
    starts = np.ones(len(original), dtype=bool)
    starts[1:] = (np.diff(original) != 1) | ~repeats[:-1]
    stretch = np.cumsum(starts) - 1
    size = np.bincount(stretch, words * repeats)
    before = np.where(repeats, size[stretch], 0.0) if len(original) else np.zeros(0)
    behind = np.zeros(len(original))
    np.maximum.at(behind, original[repeats], before[repeats])
    return before, behind
