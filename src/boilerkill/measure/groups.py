"""Groups: what belongs together on a page; above all its containers, and what adds up over them."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill.measure.columns import numbered
from boilerkill.measure.repeats import originals
from boilerkill.read.html import Page

__all__ = ["Groups"]

# Measurements of whatever type.
Column = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

# Containers that only wrap another are passed over, up to so many.
WRAPPERS = 6
# Kin are called alike, and so are the containers around them, up to so many.
KIN_LEVELS = 6
# What the names of these are multiplied with, one after the other, to make one number of them.
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Groups:
    """The containers of a page.

    Attributes:
        container: The number of the innermost container of each block; (blocks,).
        parent: The number of the container around each container, -1 for the outermost.
        name: A number for each container, the same for those of one tag and class; (containers,).
        original: The number of the block that each repeats, -1 where it is new; (blocks,).
    """

    def __init__(self, page: Page) -> None:
        """Take a page."""
        names: dict[str, int] = {}
        self.container: Ints = np.array([block.container for block in page.blocks], dtype=np.int64)
        self.parent: Ints = np.array([each.parent for each in page.containers], dtype=np.int64)
        self.name: Ints = np.array(
            [names.setdefault(each.signature, len(names)) for each in page.containers],
            dtype=np.int64,
        )
        self.original = originals(page.reading.segments)

    @functools.cached_property
    def kin(self) -> Ints:
        """A number for each block, the same for kin; (blocks,).

        The containers of kin are called alike, and so are those around these.
        """
        names, around = self.name.astype(np.uint64) + np.uint64(1), self.parent
        path = names
        for _ in range(KIN_LEVELS - 1):
            path = path * _MIX + np.where(around >= 0, names[around], np.uint64(0))
            around = np.where(around >= 0, self.parent[around], -1)
        return numbered(path[self.container])

    @functools.cached_property
    def alike(self) -> Ints:
        """How many containers beside each, itself among them, have its name; (containers,)."""
        siblings = numbered(self.parent * len(self.name) + self.name)
        return np.asarray(np.bincount(siblings)[siblings])

    @functools.cached_property
    def blocks(self) -> Column:
        """How many blocks each container holds; (containers,)."""
        return self.sums(np.ones((len(self.container), 1)))[:, 0]

    def sums(self, values: Column) -> Column:
        """Add up measurements of blocks over each container and all that is inside.

        Args:
            values: The measurements; (blocks, measurements).

        Returns:
            The sums; (containers, measurements).
        """
        count = len(self.parent)
        own = [np.bincount(self.container, column, count) for column in values.T]
        sums = np.zeros((len(own), count + 1))
        np.cumsum(own, axis=1, out=sums[:, 1:])
        return np.asarray((sums[:, self.ends] - sums[:, :-1]).T)

    @functools.cached_property
    def ends(self) -> Ints:
        """The number behind the last container inside each: they are numbered as they open."""
        ends = list(range(1, len(self.parent) + 1))
        for number, parent in reversed(list(enumerate(self.parent.tolist()))):
            if parent >= 0 and ends[parent] < ends[number]:
                ends[parent] = ends[number]
        return np.array(ends, dtype=np.int64)

    def around(self, number: int) -> list[int]:
        """Return the number of a container and of those around it, the outermost first."""
        found = [number]
        while (outer := int(self.parent[found[-1]])) >= 0:
            found.append(outer)
        return found[::-1]

    def depths(self, chosen: Ints) -> Ints:
        """Count for each container those of the chosen that it is in, or is; (containers,)."""
        numbers = np.arange(len(self.parent))
        begun = np.searchsorted(np.sort(chosen), numbers, side="right")
        ended = np.searchsorted(np.sort(self.ends[chosen]), numbers, side="right")
        return np.asarray(begun - ended)

    def levels(self, count: int) -> list[Ints]:
        """Return the containers around each block, from the inside out, without mere wrappers."""
        while len(self._levels) < count:
            self._levels.append(self._widen(self._levels[-1]))
        return self._levels[:count]

    @functools.cached_property
    def _levels(self) -> list[Ints]:
        return [self.container]

    def _widen(self, at: Ints) -> Ints:
        """Return the nearest container around each that holds more blocks."""
        outer = np.maximum(self.parent[at], 0)
        for _ in range(WRAPPERS):
            same = (self.blocks[outer] == self.blocks[at]) & (outer > 0)
            if not same.any():
                break
            outer = np.where(same, np.maximum(self.parent[outer], 0), outer)
        return outer
