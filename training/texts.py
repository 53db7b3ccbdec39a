"""What the trees for text learn from: the development pages rendered as text, and clean texts.

Whole pages are rendered by two tools, whose texts differ in how they show lists and where they
break lines, and once without blank lines, as WET files are. Clean texts are the bodies of the
pages, with blank lines and without, and what an extractor makes of them. Of some pages only pieces
are known: they are rendered, too, and taught as in `training.pieces`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.held_out import FOLDS, fold_of
from bench.html_peers import RENDERED, TRAFILATURA, WET, without_blank_lines
from bench.pages import Page
from bench.tools import Tool, outputs

from boilerkill.lexicon import placed
from boilerkill.measure import measure
from boilerkill.measure.surroundings import DOCUMENT, Surroundings
from boilerkill.normalization import normalize
from boilerkill.read import read_text
from boilerkill.reading import Reading
from boilerkill.score import score
from boilerkill.whole import LINE_FEATURES, TextTrees
from training.grow import grow
from training.lexicon import Lexicons
from training.pieces import PieceSample, label_pieces, teach
from training.samples import WEIGHTS, WORKERS, Sample, label_reading, weigh
from training.stacked import Recipe, grow_stacked

__all__ = [
    "TextSample", "grow_text_folds", "grow_text_trees", "measure_piece_texts", "measure_texts",
    "whole_pages",
]  # fmt: skip

Table = npt.NDArray[np.float32]

# Of a page with more segments, so many are drawn.
MOST_SEGMENTS = 150
# A text that is too long says little more, and takes long to align.
LONGEST = 400_000

# Splits are drawn, not sought (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006).
# Trees for HTML that were grown so did as well on pages, but lost small tables of facts.
LINE: dict[str, Any] = {
    "extra_trees": True,
    "rounds": 150, "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 60,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "lambda_l2": 5.0, "max_bin": 63,
}  # fmt: skip
LINES = Recipe(
    LINE_FEATURES, groups=False, first=LINE, second={**LINE, "rounds": 300, "learning_rate": 0.05},
    most=MOST_SEGMENTS,
)  # fmt: skip
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
        sample: What was measured of its segments, if it is a whole page.
    """

    page: Page
    document: Table
    sample: Sample | None


def measure_texts(pages: Sequence[Page]) -> list[TextSample]:
    """Measure the texts of pages, and label those that are rendered whole."""
    samples: list[TextSample | None] = []
    with ProcessPoolExecutor(WORKERS) as workers:
        for texts, whole in _texts(pages):
            work = partial(_measure, whole=whole)
            samples += workers.map(work, pages, texts, chunksize=8)
    return [sample for sample in samples if sample is not None]


def measure_piece_texts(pages: Sequence[Page]) -> list[PieceSample]:
    """Measure and label pages of which pieces are known, rendered whole."""
    opinions = _texts_by(TRAFILATURA, pages)
    samples: list[PieceSample | None] = []
    with ProcessPoolExecutor(WORKERS) as workers:
        for tool in WHOLE_PAGES:
            texts = _texts_by(tool, pages)
            samples += workers.map(_measure_piece, pages, texts, opinions, chunksize=8)
    return [sample for sample in samples if sample is not None]


def _texts(pages: Sequence[Page]) -> Iterator[tuple[list[str], bool]]:
    for tool in WHOLE_PAGES:
        yield _texts_by(tool, pages), True
    yield _texts_by(TRAFILATURA, pages), False
    bodies = [page.gold for page in pages]
    yield bodies, False
    yield list(map(without_blank_lines, bodies)), False


def _texts_by(tool: Tool, pages: Sequence[Page]) -> list[str]:
    made = outputs(tool, pages, Page.html)
    return [made[page.name].text for page in pages]


def _inscriptis(html: str) -> str:
    from inscriptis import get_text

    return str(get_text(html))


INSCRIPTIS = Tool("inscriptis, whole", _inscriptis, ("inscriptis",))
WHOLE_PAGES = (RENDERED, WET, INSCRIPTIS)


def _measure(page: Page, text: str, *, whole: bool) -> TextSample | None:
    measured = _look_around(text)
    if measured is None:
        return None
    reading, around = measured
    sample = _sample(page, reading, around, page.gold) if whole else None
    return TextSample(page, around.document, sample)


def _measure_piece(page: Page, text: str, opinion: str) -> PieceSample | None:
    measured = _look_around(text)
    if measured is None:
        return None
    reading, around = measured
    sample = _sample(page, reading, around, opinion)
    return PieceSample(sample, label_pieces(reading.segments, page.snippets))


def _look_around(text: str) -> tuple[Reading, Surroundings] | None:
    reading = read_text(normalize(text))
    if not len(reading) or len(text) > LONGEST:
        return None
    evidence = measure(reading)
    return reading, Surroundings(reading, evidence, score(evidence).odds)


def _sample(page: Page, reading: Reading, around: Surroundings, gold: str) -> Sample:
    words, body = around.evidence.shape.words, label_reading(reading, gold)
    weight = weigh(words, body) * WEIGHTS.get(page.dataset, 1.0)
    return Sample(page, around.table(), body, words, weight, placed=placed(reading))


def grow_text_trees(
    samples: Sequence[TextSample], pieces: Sequence[PieceSample], lexicons: Lexicons
) -> TextTrees:
    """Grow the trees that tell whole pages, and those that tell the body of these.

    Args:
        samples: Texts of pages whose body is known.
        pieces: Whole pages of which only pieces are known.
        lexicons: What the words say.
    """
    whole = grow(
        np.vstack([sample.document for sample in samples]),
        np.array([float(sample.sample is not None) for sample in samples]),
        np.ones(len(samples)),
        DOCUMENT,
        **WHOLE,
    )
    folds = frozenset(fold_of(each.page.site) for each in samples)
    known = list(lexicons.tell(whole_pages(samples), folds))
    if pieces:
        told = lexicons.tell([each.sample for each in pieces], folds)
        asked = [replace(each, sample=sample) for each, sample in zip(pieces, told, strict=True)]
        known += teach(asked, LINES.grow_first(known))
    return TextTrees(whole, lexicons.of(folds), grow_stacked(known, LINES))


def whole_pages(samples: Sequence[TextSample]) -> list[Sample]:
    """Return what was measured of the segments of those texts that are whole pages."""
    return [each.sample for each in samples if each.sample is not None]


def grow_text_folds(
    samples: Sequence[TextSample], pieces: Sequence[PieceSample], lexicons: Lexicons
) -> list[TextTrees]:
    """Grow the trees of each fold on the sites of the others."""
    return [
        grow_text_trees(
            [each for each in samples if fold_of(each.page.site) != fold],
            [each for each in pieces if fold_of(each.sample.page.site) != fold],
            lexicons,
        )
        for fold in range(FOLDS)
    ]
