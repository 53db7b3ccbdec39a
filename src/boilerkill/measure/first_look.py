"""A first look: what the words of each segment say, and those of the segments around.

One line of few words says little by its words; the words of the lines around it tell whether it
stands among prose or among furniture.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["BY_WORDS", "look_at_words"]

Table = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
# Measurements of whatever type; they become one table of floats.
Column = npt.NDArray[Any]

NEIGHBOURS = (-2, -1, 1, 2)
# So many segments on either side of a segment are looked at together with it.
WINDOWS = (3, 8, 20)

BY_WORDS: tuple[str, ...] = (
    "log-odds by lexicon",
    *(f"log-odds by lexicon at {step:+}" for step in NEIGHBOURS),
    *(f"log-odds by lexicon within {size}" for size in WINDOWS),
)


def look_at_words(odds: Floats, words: Column) -> Table:
    """Measure what the lexicon says of each segment and of those before and behind it.

    Args:
        odds: The log-odds by words alone that each segment is body; (segments,).
        words: How many words they have; (segments,).

    Returns:
        A row a segment, a column for each of `BY_WORDS`: the log-odds, those of the neighbours (0
        where there is none), and the means of those around; (segments, columns).

    >>> look_at_words(np.array([2.0, -1.0]), np.array([0, 0]))[:, :3].tolist()
    [[2.0, 0.0, 0.0], [-1.0, 0.0, 2.0]]
    """
    count, farthest = len(odds), NEIGHBOURS[-1]
    padded = np.concatenate((np.zeros(farthest), odds, np.zeros(farthest)))
    columns = [odds, *(padded[farthest + step :][:count] for step in NEIGHBOURS)]
    weight = np.sqrt(words + 0.5)
    sums = np.zeros((2, count + 1))
    np.cumsum((odds * weight, weight), axis=1, out=sums[:, 1:])
    places = np.arange(count)
    for size in WINDOWS:
        start, end = np.maximum(places - size, 0), np.minimum(places + size + 1, count)
        around, weights = sums[:, end] - sums[:, start]
        columns.append(around / weights)
    return np.column_stack(columns).astype(np.float32)
