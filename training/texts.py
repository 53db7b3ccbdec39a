"""What the trees for text learn from: the development pages rendered as text, and clean texts.

Whole pages are rendered by two tools, whose texts differ in how they show lists and where they
break lines. Clean texts are the bodies of the pages, and what an extractor makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.held_out import FOLDS, fold_of
from bench.html_peers import RENDERED, TRAFILATURA
from bench.pages import Page
from bench.tools import Tool, outputs

from boilerkill.measure import measure
from boilerkill.measure.surroundings import DOCUMENT, FEATURES, Surroundings
from boilerkill.normalization import normalize
from boilerkill.read import read_text
from boilerkill.score import score
from boilerkill.whole import TextTrees
from training.grow import grow
from training.samples import WORKERS, label_reading, weigh

__all__ = ["TextSample", "grow_text_folds", "grow_text_trees", "measure_texts"]

Floats = npt.NDArray[np.float64]
Table = npt.NDArray[np.float32]

# Of a page with more segments, so many are drawn, each of which counts for the others.
MOST_SEGMENTS = 300
SEED = 20240531
# A text that is too long says little more, and takes long to align.
LONGEST = 400_000

LINES: dict[str, Any] = {
    "rounds": 150, "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 60,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "lambda_l2": 5.0, "max_bin": 63,
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "rounds": 60, "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 20, "lambda_l2": 5.0,
    "max_bin": 255,
    "feature_fraction": 1.0, "bagging_fraction": 1.0, "bagging_freq": 0,
}  # fmt: skip


@dataclass(frozen=True)
class TextSample:
    """A text to learn from.

    Attributes:
        page: The page that it is of.
        document: What was measured of it altogether; (features,).
        table: What was measured of its segments, if it is a whole page; (segments, features).
        body: 1 for segments of the body, 0 for others; (segments,).
        weight: What each segment counts: by its words, and each page about the same.
    """

    page: Page
    document: Table
    table: Table | None
    body: Floats
    weight: Floats


def measure_texts(pages: Sequence[Page]) -> list[TextSample]:
    """Measure the texts of pages, and label those that are rendered whole."""
    samples: list[TextSample | None] = []
    with ProcessPoolExecutor(WORKERS) as workers:
        for texts, whole in _texts(pages):
            work = partial(_measure, whole=whole)
            samples += workers.map(work, pages, texts, chunksize=8)
    return [sample for sample in samples if sample is not None]


def _texts(pages: Sequence[Page]) -> Iterator[tuple[list[str], bool]]:
    for tool, whole in ((RENDERED, True), (INSCRIPTIS, True), (TRAFILATURA, False)):
        made = outputs(tool, pages, Page.html)
        yield [made[page.name].text for page in pages], whole
    yield [page.gold for page in pages], False


def _inscriptis(html: str) -> str:
    from inscriptis import get_text

    return str(get_text(html))


INSCRIPTIS = Tool("inscriptis, whole", _inscriptis, ("inscriptis",))


def _measure(page: Page, text: str, *, whole: bool) -> TextSample | None:
    reading = read_text(normalize(text))
    if not len(reading) or len(text) > LONGEST:
        return None
    evidence = measure(reading)
    around = Surroundings(reading, evidence, score(evidence).odds)
    nothing = np.zeros(0)
    if not whole:
        return TextSample(page, around.document, None, nothing, nothing)
    body = label_reading(reading, page.gold)
    weight = weigh(evidence.shape.words.astype(np.float64), body)
    chosen = np.arange(len(reading))
    if len(chosen) > MOST_SEGMENTS:
        draw = np.random.default_rng(SEED)
        chosen = np.sort(draw.choice(len(reading), MOST_SEGMENTS, replace=False))
        weight *= len(reading) / MOST_SEGMENTS
    return TextSample(page, around.document, around.table()[chosen], body[chosen], weight[chosen])


def grow_text_trees(samples: Sequence[TextSample]) -> TextTrees:
    """Grow the trees that tell whole pages, and those that tell the body of these."""
    tables = [sample for sample in samples if sample.table is not None]
    lines = grow(
        np.vstack([sample.table for sample in tables if sample.table is not None]),
        np.concatenate([sample.body for sample in tables]),
        np.concatenate([sample.weight for sample in tables]),
        FEATURES,
        **LINES,
    )
    whole = grow(
        np.vstack([sample.document for sample in samples]),
        np.array([float(sample.table is not None) for sample in samples]),
        np.ones(len(samples)),
        DOCUMENT,
        **WHOLE,
    )
    return TextTrees(whole, lines)


def grow_text_folds(samples: Sequence[TextSample]) -> list[TextTrees]:
    """Grow the trees of each fold on the sites of the others."""
    return [
        grow_text_trees([sample for sample in samples if fold_of(sample.page.site) != fold])
        for fold in range(FOLDS)
    ]
