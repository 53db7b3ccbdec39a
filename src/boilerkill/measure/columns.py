"""The kinds as columns of the tables that the measure stage fills: a row a segment."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind

__all__ = ["FURNITURE", "KINDS", "any_but", "column", "columns", "inside_of", "last_of"]

Bools = npt.NDArray[np.bool_]

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
