"""Grow the trees that tell kinds, from the pages of ``corpus/`` and labelled development pages.

Of the first, each piece is labelled. Of the others, runs of segments that go were labelled by hand
(``kinds.tsv``); their text is not kept: a row is the digest of a page's file, the numbers of the
first segment and of the one behind the last, the digest of their text, and the kind. None is of a
site by whose pages the trees are judged (``bench/kinds.tsv``). What is said of how good they are is
said by trees that have not seen the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.kinds import digest
from bench.pages import Page as Source

from boilerkill.document import Kind
from boilerkill.kinds import FEATURES, KINDS, kind_evidence
from boilerkill.measure import measure
from boilerkill.measure.groups import Groups
from boilerkill.measure.markup import measure_markup
from boilerkill.read.encoding import decode_html
from boilerkill.read.html import read_html
from boilerkill.reading import Reading
from boilerkill.score import score
from boilerkill.trees import Trees
from training.grow import grow
from training.labels import kinds_by_rows

__all__ = [
    "CORPUS",
    "KindSample",
    "cross_validate_kinds",
    "grow_kind_trees",
    "measure_corpus",
    "measure_labelled",
]

Floats = npt.NDArray[np.float64]

CORPUS = Path(__file__).parents[1] / "corpus"
PARAMETERS: dict[str, Any] = {
    "objective": "multiclass", "num_class": len(KINDS), "rounds": 100, "num_leaves": 12,
    "learning_rate": 0.16, "min_data_in_leaf": 4, "feature_fraction": 0.4, "lambda_l2": 5.0,
}  # fmt: skip
LABELS = Path(__file__).with_name("kinds.tsv")
# A run of segments that were labelled together counts this, and as the square root of its length.
LABELLED_WEIGHT = 3.0
# Pages are judged in so many parts.
PARTS = 5


@dataclass(frozen=True)
class KindSample:
    """The furniture of a page.

    Attributes:
        name: The page's folder, or the digest of its file.
        table: What speaks for each kind; (blocks, features).
        kinds: The place of the right kind in `KINDS`; (blocks,).
        weights: What each block counts; (blocks,).
    """

    name: str
    table: npt.NDArray[np.float32]
    kinds: Floats
    weights: Floats


def measure_corpus(corpus: Path = CORPUS) -> list[KindSample]:
    """Measure the furniture of all pages in HTML."""
    return [_measure(file.parent) for file in sorted(corpus.glob("*/page.html"))]


def _measure(folder: Path) -> KindSample:
    reading, table = _evidence(decode_html((folder / "page.html").read_bytes()))
    segments = reading.segments
    kinds = kinds_by_rows(segments, (folder / "expected.tsv").read_text("utf-8").splitlines())
    return _sample(folder.name, table, [(number, kind, 1.0) for number, kind in enumerate(kinds)])


def measure_labelled(pages: Sequence[Source]) -> list[KindSample]:
    """Measure the labelled furniture of development pages.

    Raises:
        KeyError: If a page is missing.
        ValueError: If a page is not read into the segments that were labelled.
    """
    by_digest = {digest(page.file.read_bytes()): page for page in pages}
    runs = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        key, start, end, text, kind = line.split("\t")
        runs[key].append((int(start), int(end), text, Kind(kind)))
    return [_measure_runs(key, by_digest[key], of_page) for key, of_page in runs.items()]


def _measure_runs(
    name: str, page: Source, runs: Sequence[tuple[int, int, str, Kind]]
) -> KindSample:
    reading, table = _evidence(page.html())
    labelled = []
    for start, end, text, kind in runs:
        if digest("\n".join(reading.canonical_segments[start:end]).encode()) != text:
            raise ValueError(f"{page.name}: other segments than were labelled")
        weight = LABELLED_WEIGHT / np.sqrt(end - start)
        labelled += [(number, kind, weight) for number in range(start, end)]
    return _sample(name, table, labelled)


def _evidence(html: str) -> tuple[Reading, npt.NDArray[np.float32]]:
    """Return the segments of a page, and what speaks for the kinds of each."""
    page = read_html(html)
    evidence, groups = measure(page.reading), Groups(page)
    scores = score(evidence)
    words = [scores.kind(number) for number in range(len(page.reading))]
    table = kind_evidence(page, groups, measure_markup(page, evidence, groups), words)
    return page.reading, table


def _sample(
    name: str, table: npt.NDArray[np.float32], labelled: Sequence[tuple[int, Kind, float]]
) -> KindSample:
    """Return what is known of a page: the numbers of segments, their kinds, and what they count."""
    known = [(number, KINDS.index(kind), each) for number, kind, each in labelled if kind in KINDS]
    numbers, places, weights = zip(*known, strict=True)
    return KindSample(name, table[list(numbers)], np.array(places, np.float64), np.array(weights))


def grow_kind_trees(samples: Sequence[KindSample]) -> Trees:
    """Grow trees for each kind, in turns."""
    table = np.vstack([sample.table for sample in samples])
    kinds = np.concatenate([sample.kinds for sample in samples])
    weights = np.concatenate([sample.weights for sample in samples])
    return grow(table, kinds, weights, FEATURES, **PARAMETERS)


def cross_validate_kinds(samples: Sequence[KindSample], others: Sequence[KindSample]) -> float:
    """Return the share of blocks of which trees tell the right kind that have not seen the page.

    Args:
        samples: The pages to judge by.
        others: What the trees learn from besides.
    """
    right: list[bool] = []
    for part in range(PARTS):
        seen = [each for at, each in enumerate(samples) if at % PARTS != part]
        trees = grow_kind_trees([*seen, *others])
        for sample in samples[part::PARTS]:
            odds = [
                trees.every(len(KINDS), start).log_odds(sample.table) for start in range(len(KINDS))
            ]
            right += (np.argmax(odds, axis=0) == sample.kinds).tolist()
    return float(np.mean(right))
