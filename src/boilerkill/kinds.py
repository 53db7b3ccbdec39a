"""Kinds: of which kind is a block of a page that goes.

Its words may tell, and so may the tags and classes around it, but they contradict one another: a
heading of comments in a form, a link to the privacy policy in a menu. What each of them says is
evidence, beside what was measured of the block; trees weigh it (`kind_trees.npz`), grown on the
pages of ``corpus/`` and labelled segments of the development pages by
``python -m training --only kinds``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.groups import Groups
from boilerkill.measure.markup import FEATURES as MEASURED
from boilerkill.read.html import Page
from boilerkill.read.tags import bit_of
from boilerkill.trees import Trees, shipped_trees

__all__ = ["FEATURES", "KINDS", "kind_evidence", "tell_kinds"]

Table = npt.NDArray[np.float32]
Told = Sequence[Kind | None]

# What a block that goes can be.
KINDS: tuple[Kind, ...] = tuple(kind for kind in Kind if kind not in (Kind.BODY, Kind.HEADING))

# The kind of a block by the tags and classes of its container: the first that fits. Several in one
# must all be there.
KINDS_AROUND: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.NOTICE, ("cookie", "copyright")),
    (Kind.COMMENT_FORM, ("form comment", "form reply", "button comment", "button reply")),
    (Kind.COMMENT, ("comment", "reply", "review")),
    (Kind.CAPTION, ("figcaption", "caption")),
    (Kind.BYLINE, ("author", "byline", "address")),
    (Kind.SHARE, ("share", "social")),
    (Kind.RELATED, ("related", "recommended", "teaser", "popular", "latest")),
    (Kind.PROMOTION, ("newsletter", "promo", "ad", "paywall")),
    (Kind.NAVIGATION, ("nav", "menu", "breadcrumb", "pagination", "tag", "category")),
)

# What tells a kind: the words of the block; the innermost container; the nearest that tells one;
# all containers together; the first of these that does.
_TELLERS = ("words", "own", "near", "around", "first")
# In so many containers around a block is counted what is told of the others.
LEVELS = 3

FEATURES: tuple[str, ...] = (
    *MEASURED,
    *(f"{kind} by {teller}" for teller in _TELLERS for kind in KINDS),
    *(f"share of {kind} around {level}" for level in range(1, LEVELS + 1) for kind in KINDS),
)


def kind_evidence(page: Page, groups: Groups, measured: Table, words: Told) -> Table:
    """Return what speaks for the kinds of blocks.

    Args:
        page: The page.
        groups: Its containers.
        measured: What `measure_markup` measured; (blocks, columns).
        words: The kinds that the words of the blocks tell.

    Returns:
        A row a block, a column for each of `FEATURES`; (blocks, features).
    """
    own = np.array([_place_of(each.own) for each in page.containers], dtype=np.int64)
    around = np.array([_place_of(each.around) for each in page.containers], dtype=np.int64)
    near = own.copy()
    for number in np.flatnonzero(near < 0).tolist():
        # What is around a container comes before it.
        near[number] = near[groups.parent[number]] if groups.parent[number] >= 0 else -1
    by_words = np.array([_PLACES.get(kind, -1) for kind in words], dtype=np.int64)
    at = groups.container
    own, near, around = own[at], near[at], around[at]
    first = np.where(own >= 0, own, np.where(by_words >= 0, by_words, around))
    told = [_ONE[places] for places in (by_words, own, near, around, first)]
    sums = groups.sums(told[-1])
    shares = [
        sums[level] / np.maximum(sums[level].sum(axis=1, keepdims=True), 1)
        for level in groups.levels(LEVELS + 1)[1:]
    ]
    return np.hstack([measured, *told, *shares]).astype(np.float32, copy=False)


def tell_kinds(evidence: Table) -> list[Kind]:
    """Return the likeliest kind of each block.

    Args:
        evidence: What speaks for each kind; see `kind_evidence`.
    """
    if not len(evidence):
        return []
    odds = np.column_stack([trees.log_odds(evidence) for trees in _shipped()])
    return [KINDS[place] for place in odds.argmax(axis=1).tolist()]


@functools.cache
def _shipped() -> tuple[Trees, ...]:
    """Return the trees of each kind: they were grown in turns."""
    trees = shipped_trees("kind_trees")
    return tuple(trees.every(len(KINDS), start) for start in range(len(KINDS)))


_PLACES: dict[Kind | None, int] = {kind: place for place, kind in enumerate(KINDS)}

# A column for each kind, which has 1 in the row of its place; the last row is for none, -1.
_ONE = np.eye(len(KINDS) + 1, len(KINDS), dtype=np.float32)


@functools.lru_cache(maxsize=4096)
def _place_of(bits: int) -> int:
    """Return the place of the kind that the tags and classes of a container tell, -1 if none."""
    for kind, telling in _kinds_around():
        if any(bits & mask == mask for mask in telling):
            return _PLACES[kind]
    return -1


@functools.cache
def _kinds_around() -> tuple[tuple[Kind, tuple[int, ...]], ...]:
    return tuple(
        (kind, tuple(functools.reduce(int.__or__, map(bit_of, names.split())) for names in telling))
        for kind, telling in KINDS_AROUND
    )
