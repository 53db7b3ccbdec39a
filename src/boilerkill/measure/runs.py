"""Runs of consecutive segments that have something in common."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

__all__ = ["runs"]


def runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of each run of true entries.

    >>> list(runs(np.array([False, True, True, False, True])))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
