"""Learn which words are rather of bodies, and which of furniture: the weights of the lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from bench.held_out import fold_of
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from boilerkill.lexicon import PLACES, Lexicon
from boilerkill.measure.first_look import look_at_words
from training.samples import Sample

__all__ = ["Folds", "Lexicons", "grow_lexicon"]

Folds = frozenset[int]
Ints = npt.NDArray[np.int64]

# A word of fewer sites may be the name of one, or of what it writes about.
LEAST_SITES = 5
# The inverse of the regularization: of 0.03 to 1, it was best on sites that were not learned from.
FREEDOM = 0.1
MOST_ROUNDS = 200
TOLERANCE = 1e-3
# The largest weight is so many parts.
PARTS = 127


class Lexicons:
    """Lexicons of parts of the sites.

    What a lexicon says of words that it has learned from is better than what it says of others:
    trees would learn to believe all of it. So they are told of each page what a lexicon says that
    has not seen its site.
    """

    def __init__(self, samples: Sequence[Sample]) -> None:
        """Take all pages to learn from."""
        self._samples = samples
        self._known: dict[Folds, Lexicon] = {}

    def of(self, folds: Folds) -> Lexicon:
        """Return the lexicon that is learned from the sites of some folds."""
        if folds not in self._known:
            chosen = [each for each in self._samples if fold_of(each.page.site) in folds]
            self._known[folds] = grow_lexicon(chosen)
        return self._known[folds]

    def tell(self, samples: Sequence[Sample], folds: Folds) -> Iterator[Sample]:
        """Yield samples with what a lexicon says of them that was learned from other folds."""
        for each in samples:
            lexicon = self.of(folds - {fold_of(each.page.site)})
            by_words = look_at_words(lexicon.log_odds(each.placed), each.words)
            yield replace(each, table=np.hstack([by_words, each.table]))


def grow_lexicon(samples: Sequence[Sample]) -> Lexicon:
    """Learn the weights of words from pages; of few sites, no word weighs."""
    weights = np.zeros(PLACES, dtype=np.int8)
    known = _known(samples)
    if not len(known):
        return Lexicon(weights, unit=0.0)
    weight = np.concatenate([each.weight for each in samples])
    model = LogisticRegression(C=FREEDOM, max_iter=MOST_ROUNDS, tol=TOLERANCE)
    model.fit(
        vstack([_rows(each, known) for each in samples]),
        np.concatenate([each.body for each in samples]),
        sample_weight=weight / weight.mean(),
    )
    unit = float(np.abs(model.coef_[0]).max()) / PARTS
    weights[known] = np.rint(model.coef_[0] / unit)
    return Lexicon(weights, unit)


def _known(samples: Sequence[Sample]) -> Ints:
    """Return the places of the words that enough sites have."""
    places = defaultdict(list)
    for each in samples:
        places[each.page.site].append(each.placed.places)
    sites = np.zeros(PLACES, dtype=np.int64)
    for found in places.values():
        sites[np.unique(np.concatenate(found))] += 1
    return np.flatnonzero(sites >= LEAST_SITES)


def _rows(sample: Sample, known: Ints) -> csr_matrix:
    """Return a row a segment, a column a known place: what counts of a weight in `Lexicon`."""
    words = sample.placed
    column = np.minimum(np.searchsorted(known, words.places), len(known) - 1)
    found = known[column] == words.places
    owners, column = words.owners[found], column[found]
    return csr_matrix((1 / words.roots[owners], (owners, column)), (words.segments, len(known)))
