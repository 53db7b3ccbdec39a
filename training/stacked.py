"""Grow stacked trees: the second learn from what first ones say that have not seen the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bench.held_out import fold_of

from boilerkill.stacked import StackedTrees, look_again, second_features
from boilerkill.trees import Trees
from training.grow import grow
from training.samples import Sample, join

__all__ = ["Recipe", "grow_stacked"]


@dataclass(frozen=True)
class Recipe:
    """How trees are grown.

    Attributes:
        features: What the first trees look at.
        groups: Whether the second ones look at containers.
        first: The parameters of the first trees; see `grow`.
        second: The parameters of the second.
        most: See `join`.
    """

    features: tuple[str, ...]
    groups: bool
    first: Mapping[str, Any] = field(default_factory=dict)
    second: Mapping[str, Any] = field(default_factory=dict)
    most: int | None = None

    def grow_first(self, samples: Sequence[Sample]) -> Trees:
        """Grow the first trees."""
        return grow(*join(samples, self.most), self.features, **self.first)


def grow_stacked(samples: Sequence[Sample], recipe: Recipe) -> StackedTrees:
    """Grow trees on samples, and others on what they say.

    Of trees that have seen a page the second ones would learn to believe all: so the first trees
    are grown once for each part of the sites, on all others, and asked about that part.
    """
    again = second_features(recipe.features, groups=recipe.groups)
    second = grow(*join(list(_asked(samples, recipe)), recipe.most), again, **recipe.second)
    return StackedTrees(recipe.grow_first(samples), second)


def _asked(samples: Sequence[Sample], recipe: Recipe) -> Iterator[Sample]:
    """Yield the samples with what first trees say that have not seen their sites."""
    for fold in sorted({fold_of(each.page.site) for each in samples}):
        trees = recipe.grow_first([s for s in samples if fold_of(s.page.site) != fold])
        for each in samples:
            if fold_of(each.page.site) == fold:
                odds = trees.log_odds(each.table)
                yield replace(each, table=look_again(odds, each.table, each.words, each.groups))
