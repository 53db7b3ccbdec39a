"""Runs of consecutive segments that have something in common."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

__all__ = ["run_bounds", "runs", "sums_over"]

Ints = npt.NDArray[np.int64]


def runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of each run of true entries.

    >>> list(runs(np.array([False, True, True, False, True])))
    [(1, 3), (4, 5)]
    """
    firsts, ends = run_bounds(flags)
    yield from zip(firsts.tolist(), ends.tolist(), strict=True)


def run_bounds(flags: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return where each run of true entries begins, and the places behind their ends."""
    padded = np.zeros(len(flags) + 2, dtype=np.int8)
    padded[1:-1] = flags
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[::2], edges[1::2]


def sums_over(table: npt.NDArray[np.bool_], firsts: Ints, ends: Ints) -> Ints:
    """Add up the rows of a table over runs; (runs, columns)."""
    sums = np.zeros((len(table) + 1, *table.shape[1:]), dtype=np.int64)
    np.cumsum(table, axis=0, out=sums[1:])
    return sums[ends] - sums[firsts]
