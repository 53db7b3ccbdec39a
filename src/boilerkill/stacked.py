"""Stacked trees: the second ones are told what the first ones say of every segment."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.attribution import Attribution, Contributions, shared_out
from boilerkill.measure.groups import Groups
from boilerkill.measure.second_look import (
    IN_GROUPS,
    IN_ORDER,
    OWN_VERDICT,
    look_at_groups,
    look_in_order,
)
from boilerkill.trees import Trees, shipped_trees

__all__ = ["AGAIN", "StackedTrees", "Verdict", "look_again", "second_features", "shipped_stacked"]

Table = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """What trees say of the segments of a document.

    Attributes:
        table: What the second trees were told; (segments, features).
        odds: The log-odds that each segment is body; (segments,).
        trees: The second trees.
        first: The first trees.
    """

    table: Table
    odds: Floats
    trees: Trees
    first: Trees

    @functools.cached_property
    def _second(self) -> Attribution:
        return Attribution(self.trees, self.table)

    @functools.cached_property
    def _first(self) -> Attribution:
        return Attribution(self.first, self.table[:, -len(self.first.features) :])

    def made(self, number: int) -> Contributions:
        """Return what makes a segment's log-odds.

        What the second trees give for the first ones' verdict on the segment itself is shared out
        among what made that.
        """
        return shared_out(self._second.of(number), OWN_VERDICT, self._first.of(number))


@dataclass(frozen=True)
class StackedTrees:
    """Trees that are asked one after the other.

    Attributes:
        first: Look at what was measured.
        second: Look at that, and at what the first say of the segments around; their features are
            those of `second_features`.
    """

    first: Trees
    second: Trees

    def verdict(self, table: Table, words: npt.NDArray[np.int64], groups: Groups | None) -> Verdict:
        """Return what the trees say.

        Args:
            table: The measurements; (segments, features).
            words: The words of the segments; (segments,).
            groups: The containers of the segments, if they are blocks of a page.
        """
        told = look_again(self.first.log_odds(table), table, words, groups)
        return Verdict(told, self.second.log_odds(told), self.second, self.first)


def second_features(features: tuple[str, ...], *, groups: bool) -> tuple[str, ...]:
    """Return the names of what the second trees look at, given those of the first.

    Args:
        features: What the first trees look at.
        groups: Whether the segments are blocks of a page, with containers around them.
    """
    return (*IN_ORDER, *(IN_GROUPS if groups else ()), *features)


def look_again(
    odds: Floats, table: Table, words: npt.NDArray[np.int64], groups: Groups | None
) -> Table:
    """Return what the second trees look at: a column for each of `second_features`.

    Args:
        odds: What the first trees say; (segments,).
        table: What these look at; (segments, features).
        words: The words of the segments; (segments,).
        groups: The containers of the segments, if they are blocks of a page.
    """
    seen = [look_in_order(odds, words)]
    if groups is not None:
        seen.append(look_at_groups(odds, words, groups))
    return np.hstack([*seen, table])


# The second trees have the name of the first, and this behind it.
AGAIN = "_again"


@functools.cache
def shipped_stacked(name: str) -> StackedTrees:
    """Return trees that boilerkill ships, by the name of the first."""
    return StackedTrees(shipped_trees(name), shipped_trees(name + AGAIN))
