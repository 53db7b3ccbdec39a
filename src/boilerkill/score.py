"""The score stage: from evidence to the probability that a segment is body.

The weights are data (``weights.json``): what each piece of evidence adds to the log-odds, and
which kind of boilerplate it speaks for. Their sum is the score, so every score can be explained.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import TypeGuard

import numpy as np
import numpy.typing as npt

from boilerkill.attribution import START, Contributions
from boilerkill.document import Kind
from boilerkill.measure import Evidence

__all__ = ["Scores", "Weights", "load_weights", "score"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """What evidence weighs.

    Attributes:
        bias: The log-odds of body without any evidence.
        names: The evidence that has a weight.
        values: Its weights, in the same order.
        kinds: The kind of boilerplate that each speaks for, if it does.
    """

    bias: float
    names: tuple[str, ...]
    values: Floats
    kinds: tuple[Kind | None, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Weights:
        """Read weights as ``weights.json`` holds them.

        Raises:
            ValueError: If anything is missing, of the wrong type, or no finite number.

        >>> Weights.from_json({"bias": 1, "evidence": {"menu": {"weight": -2}}}).names
        ('menu',)
        """
        # What JSON holds may be anything.
        known = data if isinstance(data, Mapping) else {}
        evidence, bias = known.get("evidence"), known.get("bias")
        if not isinstance(evidence, dict) or not _is_number(bias):
            raise ValueError('expected {"bias": number, "evidence": {name: {"weight": number}}}')
        for name, entry in evidence.items():
            if not isinstance(entry, dict) or not _is_number(entry.get("weight")):
                raise ValueError(f"evidence {name!r}: expected a number as its weight")
        return cls(
            bias=float(bias),
            names=tuple(evidence),
            values=np.array([entry["weight"] for entry in evidence.values()], dtype=np.float64),
            kinds=tuple(
                Kind(entry["kind"]) if "kind" in entry else None for entry in evidence.values()
            ),
        )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value)


@functools.cache
def load_weights() -> Weights:
    """Return the weights that boilerkill ships."""
    text = (resources.files("boilerkill") / "weights.json").read_text("utf-8")
    return Weights.from_json(json.loads(text))


@dataclass(frozen=True)
class Scores:
    """The scores of all segments.

    Attributes:
        odds: The log-odds that each segment is body; (segments,).
        contributions: What each piece of evidence adds to the log-odds; (segments, evidence).
        values: The evidence itself; (segments, evidence).
        weights: The weights used.
    """

    odds: Floats
    contributions: Floats
    values: Floats
    weights: Weights

    @functools.cached_property
    def body(self) -> Floats:
        """The probability that each segment is body; (segments,)."""
        return np.asarray(1 / (1 + np.exp(-self.odds)))

    @functools.cached_property
    def kinds(self) -> Ints:
        """The kind of boilerplate that the evidence speaks for most.

        An index into the weights' `kinds`, or -1 where it speaks for none; (segments,).
        """
        speaks = np.array([kind is not None for kind in self.weights.kinds])
        against = np.where(speaks, self.contributions, 0.0)
        lowest = against.argmin(axis=1) if len(against) else np.zeros(0, dtype=np.int64)
        return np.where(against.min(axis=1, initial=0.0) < 0, lowest, -1)

    def kind(self, number: int) -> Kind | None:
        """Return the kind of boilerplate that a segment's evidence speaks for, if any."""
        best = self.kinds[number]
        return None if best < 0 else self.weights.kinds[best]

    def extended(self, name: str, values: Floats, weight: float) -> Scores:
        """Return the scores with one more piece of evidence, which tells no kind.

        Args:
            name: What it is called.
            values: The evidence; (segments,).
            weight: What it adds to the log-odds where it is 1.
        """
        weights = Weights(
            self.weights.bias,
            (*self.weights.names, name),
            np.append(self.weights.values, weight),
            (*self.weights.kinds, None),
        )
        contributions = np.column_stack([self.contributions, values * weight])
        return Scores(
            self.odds + values * weight,
            contributions,
            np.column_stack([self.values, values]),
            weights,
        )

    def without(self, names: Collection[str]) -> Scores:
        """Return the scores as they are without some of the evidence."""
        left = np.array([name not in names for name in self.weights.names])
        weights = replace(self.weights, values=self.weights.values * left)
        contributions = self.contributions * left
        return Scores(contributions.sum(axis=1) + weights.bias, contributions, self.values, weights)

    def made(self, number: int) -> Contributions:
        """Return what makes a segment's log-odds: the bias and its evidence."""
        values, row = self.values[number].tolist(), self.contributions[number].tolist()
        found = {(START, 1.0): self.weights.bias}
        found.update(
            ((name, value), weight)
            for name, value, weight in zip(self.weights.names, values, row, strict=True)
            if weight
        )
        return found


def score(evidence: Evidence, weights: Weights | None = None) -> Scores:
    """Weigh the evidence.

    Args:
        evidence: The evidence of all segments.
        weights: The weights to use; those that boilerkill ships by default.

    Raises:
        ValueError: If a weight is for evidence that is not measured.
    """
    weights = load_weights() if weights is None else weights
    missing = [name for name in weights.names if name not in evidence.columns]
    if missing:
        raise ValueError(f"weights for evidence that is not measured: {', '.join(missing)}")
    values = np.array([evidence.columns[name] for name in weights.names]).T
    contributions = values * weights.values
    return Scores(contributions.sum(axis=1) + weights.bias, contributions, values, weights)
