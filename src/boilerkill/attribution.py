"""Attribution: what each measurement adds to what trees say, exactly.

On its way down a tree, each step from a node to its child adds the difference of their values to
the measurement that the node looks at (Saabas, "Interpreting random forests", 2014). With what the
roots say before anything is measured, these steps add up to the log-odds. What an earlier verdict
adds, when it is among what is measured, is shared out among what made that verdict.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from boilerkill.document import Reason
from boilerkill.trees import Trees

__all__ = [
    "START",
    "Attribution",
    "Contributions",
    "contributions",
    "in_order",
    "least_of_page",
    "shared_out",
    "telling",
    "together",
]

Floats = npt.NDArray[np.float64]

# What each piece of evidence, by its name and its value, adds to log-odds.
Contributions = dict[tuple[str, float], float]

# What everything starts from, before any evidence: the weights' bias, or what the roots say.
START = "start"

# So many rows are worked out together.
ROWS = 256


def contributions(trees: Trees, table: npt.NDArray[np.float32]) -> Floats:
    """Return what each measurement adds to the log-odds of each row; (rows, features).

    With `Trees.base` the contributions of a row add up to its log-odds.

    Args:
        trees: The trees.
        table: The measurements; (rows, features).
    """
    rows, features = table.shape
    found = np.zeros(rows * features)
    tree = np.arange(len(trees.feature))[None, :]
    row = np.arange(rows)[:, None]
    at = np.zeros((rows, len(trees.feature)), dtype=np.int64)
    for _ in range(trees.depth):
        place = trees.feature[tree, at]
        left = table[row, place] <= trees.threshold[tree, at]
        child = np.where(left, trees.left[tree, at], trees.right[tree, at])
        step = trees.value[tree, child].astype(np.float64) - trees.value[tree, at]
        # A leaf has itself for a child: it adds nothing.
        found += np.bincount((row * features + place).ravel(), step.ravel(), len(found))
        at = child
    return found.reshape(rows, features)


class Attribution:
    """What made the log-odds of the rows of a table, worked out in blocks when asked for."""

    def __init__(self, trees: Trees, table: npt.NDArray[np.float32]) -> None:
        """Take what was measured, and the trees that were asked."""
        self._trees, self._table = trees, table
        # The last block, behind the number of its first row: one value, for threads may take turns.
        self._held = (0, np.zeros((0, len(trees.features))))

    def of(self, number: int) -> Contributions:
        """Return what made the log-odds of a row; the start is among it."""
        first, block = self._held
        if not first <= number < first + len(block):
            first = number - number % ROWS
            block = contributions(self._trees, self._table[first : first + ROWS])
            self._held = (first, block)
        row, added = self._table[number], block[number - first]
        places = added.nonzero()[0]
        found = defaultdict(float, {(START, 1.0): self._trees.base})
        for place, value, weight in zip(
            places.tolist(), row[places].tolist(), added[places].tolist(), strict=True
        ):
            found[self._trees.features[place], value] += weight
        return found


def shared_out(
    told: Contributions, verdicts: Collection[str], made: Contributions
) -> Contributions:
    """Return contributions in which those of earlier verdicts are given to what made these.

    The weight of a verdict goes to what spoke for the same side in it, in proportion; the sum of
    all weights stays. A verdict that nothing of its own speaks for stays as it is.

    Args:
        told: What makes the log-odds of a segment.
        verdicts: The names of those that are what was said of it before.
        made: What makes what was said of it before.

    >>> told = {("a", 1): -1.0, ("first", -4): -2.0}
    >>> shared_out(told, ["first"], {("a", 1): -3.0, ("b", 1): -1.0, ("c", 1): 2.0})
    {('a', 1): -2.5, ('b', 1): -0.5}
    """
    found: dict[tuple[str, float], float] = defaultdict(float)
    for one, weight in told.items():
        if one[0] not in verdicts:
            found[one] += weight
            continue
        for other, share in _shares(one, weight, made).items():
            found[other] += share
    return dict(found)


def _shares(verdict: tuple[str, float], weight: float, made: Contributions) -> Contributions:
    """Return a verdict's weight as shares of what spoke for it, if anything did."""
    for_it = {one: part for one, part in made.items() if part * weight > 0}
    total = math.fsum(for_it.values())
    return {one: weight * (part / total) for one, part in for_it.items()} or {verdict: weight}


def least_of_page(least: float) -> Contributions:
    """Return what the least log-odds of a page's body take from each score, if anything."""
    return {("least of the page", least): -least} if least else {}


def together(reasons: Sequence[Reason]) -> Reason:
    """Return reasons as one: how many they are, and the sum of their weights.

    >>> together([Reason("a", 1, 0.5), Reason("b", 1, -2.0)]).words
    '2 others together'
    """
    return Reason("others", len(reasons), math.fsum(reason.weight for reason in reasons))


def telling(reasons: Sequence[Reason], most: int) -> Sequence[Reason]:
    """Return the first of some reasons, without what all segments start from if there are others.

    >>> [reason.evidence for reason in telling([Reason(START, 1, 3.0), Reason("a", 1, 1.0)], 2)]
    ['a']
    """
    return ([reason for reason in reasons if reason.evidence != START] or reasons)[:most]


def in_order(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Return reasons, the heaviest first.

    >>> [reason.evidence for reason in in_order([Reason("a", 1, 1.0), Reason("b", 1, -2.0)])]
    ['b', 'a']
    """
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))
