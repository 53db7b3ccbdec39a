"""The kinds as columns of the tables that the measure stage fills: a row a segment."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind

__all__ = ["FURNITURE", "KINDS", "column", "columns", "inside_of", "last_of"]

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


def last_of(flags: Bools) -> int:
    """Return the number of the last segment that is marked, -1 if none is."""
    places = np.flatnonzero(flags)
    return int(places[-1]) if len(places) else -1


def inside_of(prose: Bools) -> Bools:
    """Tell what stands between the first segment that is marked and the last."""
    inside = np.zeros(len(prose), dtype=bool)
    if prose.any():
        inside[int(np.argmax(prose)) : last_of(prose) + 1] = True
    return inside
