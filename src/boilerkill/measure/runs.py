"""Runs of consecutive segments that have something in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["best_stretch", "run_bounds", "run_sizes", "runs", "since", "sums_over"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# Measurements of whatever type.
Column = npt.NDArray[Any]

# Distances are counted up to here.
FAR = 200


def runs(flags: Bools) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of each run of true entries.

    >>> list(runs(np.array([False, True, True, False, True])))
    [(1, 3), (4, 5)]
    """
    firsts, ends = run_bounds(flags)
    yield from zip(firsts.tolist(), ends.tolist(), strict=True)


def run_bounds(flags: Bools) -> tuple[Ints, Ints]:
    """Return where each run of true entries begins, and the places behind their ends."""
    padded = np.zeros(len(flags) + 2, dtype=np.int8)
    padded[1:-1] = flags
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[::2], edges[1::2]


def sums_over(table: Bools, firsts: Ints, ends: Ints) -> Ints:
    """Add up the rows of a table over runs; (runs, columns)."""
    sums = np.zeros((len(table) + 1, *table.shape[1:]), dtype=np.int64)
    np.cumsum(table, axis=0, out=sums[1:])
    return sums[ends] - sums[firsts]


def run_sizes(flags: Bools, values: Column) -> tuple[Ints, Column]:
    """Return, for each segment, how many are in its run of equal entries, and the sum of values.

    >>> run_sizes(np.array([True, True, False]), np.array([2.0, 3.0, 7.0]))
    (array([2, 2, 1]), array([5., 5., 7.]))
    """
    number = np.append(0, np.cumsum(flags[1:] != flags[:-1]))
    return np.bincount(number)[number], np.bincount(number, values)[number]


def since(flags: Bools) -> Ints:
    """Count the segments since the last true entry, up to `FAR`.

    >>> since(np.array([False, True, False, False])).tolist()
    [200, 0, 1, 2]
    """
    places = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, places, -FAR))
    return np.minimum(places - last, FAR)


def best_stretch(gains: Column) -> tuple[int, int]:
    """Return the bounds of the stretch with the greatest sum (Kadane's algorithm).

    >>> best_stretch(np.array([-1.0, 3.0, -1.0, 2.0, -5.0]))
    (1, 4)
    """
    sums = np.append(0.0, np.cumsum(gains))
    end = int(np.argmax(sums[1:] - np.minimum.accumulate(sums[:-1]))) + 1
    return int(np.argmin(sums[:end])), end
