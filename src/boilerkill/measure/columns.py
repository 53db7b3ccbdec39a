"""The kinds as columns of the tables that the measure stage fills: a row a segment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind

__all__ = [
    "FURNITURE",
    "KINDS",
    "any_but",
    "column",
    "columns",
    "distinct",
    "inside_of",
    "last_of",
    "numbered",
]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Scalar = TypeVar("Scalar", bound=np.generic)

KINDS = tuple(Kind)

_numbers = {kind: number for number, kind in enumerate(KINDS)}


def column(kind: Kind) -> int:
    """Return the column of a kind."""
    return _numbers[kind]


def columns(kinds: Iterable[Kind]) -> list[int]:
    """Return the columns of some kinds."""
    return [_numbers[kind] for kind in kinds]


# What stands around articles, and hardly ever inside them.
FURNITURE = columns(
    (
        Kind.COMMENT_FORM, Kind.NAVIGATION, Kind.SHARE, Kind.RELATED, Kind.PROMOTION, Kind.NOTICE,
        Kind.LINK_FOOTER,
    )
)  # fmt: skip


def any_but(table: Bools, *kinds: Kind) -> Bools:
    """Tell which rows of a table are marked in a column of any other kind."""
    others = columns(kind for kind in KINDS if kind not in kinds)
    return np.asarray(table[:, others].any(axis=1), dtype=bool)


def last_of(flags: Bools) -> int:
    """Return the number of the last segment that is marked, -1 if none is."""
    places = flags.nonzero()[0]
    return int(places[-1]) if len(places) else -1


def inside_of(prose: Bools) -> Bools:
    """Tell what stands between the first segment that is marked and the last."""
    inside = np.zeros(len(prose), dtype=bool)
    places = prose.nonzero()[0]
    if len(places):
        inside[places[0] : places[-1] + 1] = True
    return inside


def distinct(values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return the different values of an array in order.

    `numpy.unique` does the same, but loads masked arrays first, which takes longer than a page.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def numbered(values: npt.NDArray[Any]) -> Ints:
    """Return the number of each value among the different ones in order.

    >>> numbered(np.array([30, 10, 30])).tolist()
    [1, 0, 1]
    """
    return np.searchsorted(distinct(values), values)
