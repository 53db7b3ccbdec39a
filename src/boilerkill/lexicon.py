"""The lexicon: which words are rather of bodies, and which of furniture.

"Cart", "subscribe" and "posted in" stand in furniture, whatever the site; "said", "because" and
"which was" in prose. Each word, and each two words that follow each other, has a weight; what they
weigh together is a first opinion on a segment. The words are not kept: a weight stands in the place
that a word's number gives (Weinberger et al., "Feature hashing for large scale multitask learning",
2009). The weights are learned by logistic regression (``training/lexicon.py``) from pages most of
which are in English, and shipped as data (``lexicon.npz``). Words that it has not learned weigh
nothing, and of a text with few others it has no opinion.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from boilerkill.arrays import open_arrays
from boilerkill.measure.columns import distinct
from boilerkill.reading import Reading

__all__ = [
    "PLACES", "Lexicon", "Placed", "load_lexicon", "placed", "save_lexicon", "shipped_lexicon",
]  # fmt: skip

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BITS = 20
PLACES = 1 << _BITS
# With a smaller share of known words, a text is in a language that the lexicon does not know.
LEAST_KNOWN = 0.45
# With any that is this large, the log-odds of words are still numbers of four bytes.
LARGEST_UNIT = 1e6
# Tells "of the" from "the of", and either from its words.
_PAIR = np.uint64(0xD1342543DE82EF95)


@dataclass(frozen=True)
class Placed:
    """The places that the words of segments have in a lexicon.

    Attributes:
        places: The places of the words, and of pairs of words, of each segment, every one once;
            (entries,).
        owners: The segment; (entries,).
        segments: How many segments there are.
    """

    places: Ints
    owners: Ints
    segments: int

    @functools.cached_property
    def roots(self) -> Floats:
        """The root of how many entries each segment has, at least 1; (segments,)."""
        return np.sqrt(np.maximum(np.bincount(self.owners, minlength=self.segments), 1))


def placed(reading: Reading) -> Placed:
    """Return the places of the words of a text, and of each two that stand next to each other."""
    numbers, owners = reading.words.numbers, reading.words.owners
    beside = owners[1:] == owners[:-1]
    pairs = (numbers[:-1] * _PAIR + numbers[1:])[beside]
    places = (np.append(numbers, pairs) >> np.uint64(64 - _BITS)).astype(np.int64)
    entries = distinct(np.append(owners, owners[1:][beside]) * PLACES + places)
    return Placed(entries % PLACES, entries // PLACES, len(reading))


@dataclass(frozen=True)
class Lexicon:
    """The weights of words.

    Attributes:
        weights: In whole parts of `unit`, so that they add up the same in any order; 0 for what is
            not known; (places,).
        unit: The log-odds of one part.
    """

    weights: npt.NDArray[np.int8]
    unit: float

    def log_odds(self, words: Placed) -> Floats:
        """Return what the words of each segment say for its being body; (segments,).

        These are log-odds, 0 where nothing is known. Long segments weigh more than short ones, by
        the root of their words.
        """
        weights = self.weights[words.places]
        if np.count_nonzero(weights) < LEAST_KNOWN * len(weights):
            return np.zeros(words.segments)
        return self.unit * np.bincount(words.owners, weights, words.segments) / words.roots


def load_lexicon(file: IO[bytes]) -> Lexicon:
    """Read a lexicon as `save_lexicon` writes it.

    Raises:
        ValueError: If it is no such file; if an array is missing or of another shape; if the unit
            is no number, or so large that what words weigh would overflow.
    """
    with open_arrays(file, "the lexicon") as arrays:
        lexicon = Lexicon(arrays["weights"].astype(np.int8), float(arrays["unit"]))
    if lexicon.weights.shape != (PLACES,):
        raise ValueError(f"expected {PLACES:,} weights, got {lexicon.weights.shape}")
    if not abs(lexicon.unit) <= LARGEST_UNIT:
        raise ValueError(f"the unit of the lexicon is no finite number up to {LARGEST_UNIT:,.0f}")
    return lexicon


def save_lexicon(lexicon: Lexicon, file: Path) -> None:
    """Write a lexicon as `load_lexicon` reads it."""
    with file.open("wb") as output:
        np.savez_compressed(output, weights=lexicon.weights, unit=np.array(lexicon.unit))


@functools.cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that boilerkill ships."""
    with (resources.files("boilerkill") / "lexicon.npz").open("rb") as file:
        return load_lexicon(file)
