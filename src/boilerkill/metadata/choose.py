"""Choose the authors of a page by the weight of the evidence."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from boilerkill.metadata.evidence import Candidate

__all__ = ["Weights", "choose_authors", "shipped_weights"]


@dataclass(frozen=True)
class Weights:
    """What evidence weighs.

    Attributes:
        base: The log-odds of a name without any.
        evidence: What each piece of evidence adds.
        first: The log-odds from which the likeliest name of a page is its author's, and those in
            a list with it: "Ann Lee and Bo Kim".
        further: The same for all others.
    """

    base: float
    evidence: Mapping[str, float]
    first: float
    further: float

    def log_odds(self, evidence: Iterable[str]) -> float:
        """Return the log-odds that a name with some evidence is an author's."""
        return self.base + sum(self.evidence.get(entry, 0.0) for entry in sorted(evidence))


@functools.cache
def shipped_weights() -> Weights:
    """Return the weights that boilerkill ships."""
    text = (resources.files("boilerkill.metadata") / "weights.json").read_text("utf-8")
    data = json.loads(text)
    return Weights(data["base"], data["evidence"], data["first"], data["further"])


def choose_authors(candidates: Sequence[Candidate], weights: Weights | None = None) -> list[str]:
    """Return the names that are the authors', as the page orders them.

    Args:
        candidates: The names that may be.
        weights: What the evidence weighs; by default what boilerkill ships.
    """
    weights = shipped_weights() if weights is None else weights
    odds = [weights.log_odds(candidate.evidence) for candidate in candidates]
    if not odds or max(odds) < weights.first:
        return []
    best = candidates[odds.index(max(odds))]
    return [
        candidate.name
        for candidate, value in zip(candidates, odds, strict=True)
        if value >= (weights.first if _are_listed(candidate, best) else weights.further)
        # What the page gives as data stands or falls together.
        or not candidate.given.isdisjoint(best.given)
    ]


def _are_listed(one: Candidate, other: Candidate) -> bool:
    return one is other or not one.lists.isdisjoint(other.lists)
