"""Grow the trees that tell kinds, from the pages of ``corpus/``: each piece of these is labelled.

What is said of how good they are is said by trees that have not seen the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill.kinds import FEATURES, KINDS, kind_evidence
from boilerkill.measure import measure
from boilerkill.measure.groups import Groups
from boilerkill.measure.markup import measure_markup
from boilerkill.read.encoding import decode_html
from boilerkill.read.html import read_html
from boilerkill.score import score
from boilerkill.trees import Trees
from training.grow import grow
from training.labels import kinds_by_rows

__all__ = ["CORPUS", "KindSample", "cross_validate_kinds", "grow_kind_trees", "measure_corpus"]

Floats = npt.NDArray[np.float64]

CORPUS = Path(__file__).parents[1] / "corpus"
PARAMETERS: dict[str, Any] = {
    "objective": "multiclass", "num_class": len(KINDS), "rounds": 80, "num_leaves": 16,
    "learning_rate": 0.08, "min_data_in_leaf": 4, "feature_fraction": 0.2, "lambda_l2": 5.0,
}  # fmt: skip
# Pages are judged in so many parts.
PARTS = 5


@dataclass(frozen=True)
class KindSample:
    """The furniture of a page.

    Attributes:
        name: The page's folder.
        table: What speaks for each kind; (blocks, features).
        kinds: The place of the right kind in `KINDS`; (blocks,).
    """

    name: str
    table: npt.NDArray[np.float32]
    kinds: Floats


def measure_corpus(corpus: Path = CORPUS) -> list[KindSample]:
    """Measure the furniture of all pages in HTML."""
    return [_measure(file.parent) for file in sorted(corpus.glob("*/page.html"))]


def _measure(folder: Path) -> KindSample:
    page = read_html(decode_html((folder / "page.html").read_bytes()))
    evidence, groups = measure(page.reading), Groups(page)
    scores = score(evidence)
    words = [scores.kind(number) for number in range(len(page.reading))]
    table = kind_evidence(page, groups, measure_markup(page, evidence, groups), words)
    segments = [page.reading.segment(number) for number in range(len(page.reading))]
    kinds = list(kinds_by_rows(segments, (folder / "expected.tsv").read_text("utf-8").splitlines()))
    chosen = [number for number, kind in enumerate(kinds) if kind in KINDS]
    places = [KINDS.index(kinds[number]) for number in chosen]
    return KindSample(folder.name, table[chosen], np.array(places, dtype=np.float64))


def grow_kind_trees(samples: Sequence[KindSample]) -> Trees:
    """Grow trees for each kind, in turns."""
    table = np.vstack([sample.table for sample in samples])
    kinds = np.concatenate([sample.kinds for sample in samples])
    return grow(table, kinds, np.ones(len(kinds)), FEATURES, **PARAMETERS)


def cross_validate_kinds(samples: Sequence[KindSample]) -> float:
    """Return the share of blocks of which trees tell the right kind that have not seen the page."""
    right: list[bool] = []
    for part in range(PARTS):
        trees = grow_kind_trees([each for at, each in enumerate(samples) if at % PARTS != part])
        for sample in samples[part::PARTS]:
            odds = [
                trees.every(len(KINDS), start).log_odds(sample.table) for start in range(len(KINDS))
            ]
            right += (np.argmax(odds, axis=0) == sample.kinds).tolist()
    return float(np.mean(right))
