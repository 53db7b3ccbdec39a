"""A second look: what a first verdict on all segments says of each.

A block among blocks that are body is rather body, and a paragraph among teasers is a teaser. The
first trees see only what is measured of the blocks around; the second ones see also what the first
think of them: of the neighbours, of the stretch that holds most of the body, and in HTML of the
containers. (Wolpert, "Stacked generalization", 1992; Cohen and Carvalho, "Stacked sequential
learning", 2005.)
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill.measure.groups import Groups
from boilerkill.measure.runs import best_stretch, run_sizes, since

__all__ = ["IN_GROUPS", "IN_ORDER", "OWN_VERDICT", "look_at_groups", "look_in_order"]

Table = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
# Measurements of whatever type; they become one table of floats.
Column = npt.NDArray[Any]

NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
# So many segments before a segment, and behind it, are looked at together.
WINDOWS = (3, 8, 20, 50)
# Where there is no neighbour.
NOBODY = -9.0
# Probabilities are counted in parts of so many: whole numbers add up the same in any order, on any
# machine.
PARTS = 1_000
# From this probability on, a segment is surely body, and from this on rather body.
SURE = 700
RATHER = 500
# The main stretch gains by segments that are likelier body than this, and loses by the others.
EVEN = 400
# The page's likeliest segments, looked at together.
TOP = 10

IN_ORDER: tuple[str, ...] = (
    "first log-odds",
    *(f"first log-odds at {step:+}" for step in NEIGHBOURS),
    *(f"{name} in {size} {side}" for size in WINDOWS for side in ("before", "behind")
      for name in ("likely words", "likely segments")),
    "likely before", "likely behind", "likely words in page", "likely share of page",
    "sureness in page", "best log-odds", "log-odds below best", "since likely", "until likely",
    "likely run", "words in likely run", "from likely stretch", "to end of likely stretch",
    "share of likely stretch", "top log-odds",
)  # fmt: skip
# What the verdict says of the segment itself.
OWN_VERDICT = ("first log-odds", "log-odds below best")


def look_in_order(odds: Floats, words: Column) -> Table:
    """Measure what the verdict says of each segment and of those before and behind it.

    Args:
        odds: The first log-odds that each segment is body; (segments,).
        words: Their words; (segments,).

    Returns:
        A row a segment, a column for each of `IN_ORDER`; (segments, columns).
    """
    count = len(odds)
    if not count:
        return np.zeros((0, len(IN_ORDER)), dtype=np.float32)
    likely, weight, expected = _expected(odds, words)
    places = np.arange(count)
    padded = np.concatenate(([NOBODY] * NEIGHBOURS[-1], odds, [NOBODY] * NEIGHBOURS[-1]))
    neighbours = [padded[NEIGHBOURS[-1] + step :][:count] for step in NEIGHBOURS]
    sums = np.zeros((3, count + 1))
    np.cumsum((expected, weight, likely), axis=1, out=sums[:, 1:])
    windows: list[Column] = []
    for size in WINDOWS:
        for start, end in (
            (np.maximum(places - size, 0), places),
            (places + 1, np.minimum(places + 1 + size, count)),
        ):
            near, around, segments = sums[:, np.maximum(start, end)] - sums[:, start]
            windows += [near / np.maximum(around, 1), segments / np.maximum(end - start, 1)]
    total = max(float(sums[0, -1]), 1.0)
    first, behind = best_stretch(weight * (likely - EVEN))
    sure = likely > SURE
    best = odds.max()
    top = np.sort(odds)[-TOP:].mean()
    sureness = (np.maximum(likely, PARTS - likely) * weight).sum() / sums[1, -1]
    table = np.empty((count, len(IN_ORDER)), dtype=np.float32)
    columns = [
        odds, *neighbours, *windows, sums[0, :-1] / total, 1 - sums[0, 1:] / total, total,
        total / sums[1, -1], sureness, best, odds - best, since(sure), since(sure[::-1])[::-1],
        *run_sizes(likely > RATHER, weight), places - first, behind - 1 - places,
        (sums[0, behind] - sums[0, first]) / total, top,
    ]  # fmt: skip
    for number, values in enumerate(columns):
        table[:, number] = values
    return table


_IN_CONTAINER = ("likely words", "likely share", "likely blocks")
# So many containers around each block are looked at, from the inside out.
LEVELS = 5
IN_GROUPS: tuple[str, ...] = (
    *(f"{name} of container {level}" for level in range(LEVELS) for name in _IN_CONTAINER),
    "likely words of kin", "likely blocks of kin", "kin",
    "first log-odds of original", "best first log-odds of repeats",
)  # fmt: skip


def look_at_groups(odds: Floats, words: Column, groups: Groups) -> Table:
    """Measure what the verdict says of the other blocks in the containers around each.

    Kin are the blocks of containers that are called alike, as are those around these. Blocks that
    say the same are looked at as well.

    Args:
        odds: The first log-odds that each block is body; (blocks,).
        words: Their words; (blocks,).
        groups: The containers.

    Returns:
        A row a block, a column for each of `IN_GROUPS`; (blocks, columns).
    """
    likely, weight, expected = _expected(odds, words)
    sums = groups.sums(np.column_stack((weight, expected, likely)))
    total = max(float(expected.sum()), 1.0)
    columns: list[Column] = []
    for level in groups.levels(LEVELS):
        inside = sums[level]
        columns += [
            (inside[:, 1] - expected) / np.maximum(inside[:, 0] - weight, 1),
            inside[:, 1] / total,
            (inside[:, 2] - likely) / np.maximum(groups.blocks[level] - 1, 1),
        ]
    kin = groups.kin
    words_of_kin = np.bincount(kin, weight)[kin] - weight
    count = np.bincount(kin)[kin]
    columns += [
        (np.bincount(kin, expected)[kin] - expected) / np.maximum(words_of_kin, 1),
        (np.bincount(kin, likely)[kin] - likely) / np.maximum(count - 1, 1),
        count,
    ]
    repeats = groups.original >= 0
    original = groups.original[repeats]
    of_original, of_repeats = np.full(len(odds), NOBODY), np.full(len(odds), NOBODY)
    of_original[repeats] = odds[original]
    np.maximum.at(of_repeats, original, odds[repeats])
    columns += [of_original, of_repeats]
    return np.column_stack(columns).astype(np.float32)


def _expected(odds: Floats, words: Column) -> tuple[Floats, Floats, Floats]:
    """Return the probability of each segment, what it weighs, and how much of that is body.

    The probability is in thousandths, the weight in half words.
    """
    likely = np.rint(PARTS / (1 + np.exp(-odds)))
    weight = 2 * words + 1.0
    return likely, weight, likely * weight
