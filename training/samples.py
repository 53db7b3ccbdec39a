"""What the trees learn from: the segments of the development pages, measured and labelled."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from bench.pages import Page

from boilerkill.lexicon import Placed
from boilerkill.measure import measure
from boilerkill.measure.groups import Groups
from boilerkill.measure.markup import measure_markup
from boilerkill.read.html import read_html
from boilerkill.reading import Reading
from training.labels import HALF, label_segments

__all__ = ["Sample", "join", "label_reading", "measure_blocks", "measure_pages", "weigh"]

Floats = npt.NDArray[np.float64]

WORKERS = 2
# Of pages about whose words no lexicon is asked.
NO_WORDS = Placed(np.zeros(0, np.int64), np.zeros(0, np.int64), 0)
# A page counts for no more than one with so many words of body.
LEAST_WORDS = 50
SEED = 20240531
# The few pages in many languages count for more than the many in English.
WEIGHTS = {"fundus-dev": 2.0}


@dataclass(frozen=True)
class Sample:
    """A page to learn from.

    Attributes:
        page: The page.
        table: What was measured; (segments, features).
        body: 1 for segments of the body, 0 for others; (segments,).
        words: Their words; (segments,).
        weight: What each segment counts; (segments,).
        groups: The containers of the segments, if they are blocks of a page.
        placed: Their words, if a lexicon is asked about them.
    """

    page: Page
    table: npt.NDArray[np.float32]
    body: Floats
    words: npt.NDArray[np.int64]
    weight: Floats
    groups: Groups | None = None
    placed: Placed = NO_WORDS


def label_reading(reading: Reading, gold: str) -> Floats:
    """Return 1 for each segment that is body by the gold text, 0 for the others; (segments,)."""
    segments = reading.segments
    return (label_segments(segments, gold) > HALF).astype(np.float64)


def weigh(words: npt.NDArray[np.int64], body: Floats) -> Floats:
    """Return what each segment counts: by its words, and each page about the same; (segments,)."""
    total = max(LEAST_WORDS, float(words @ body))
    return np.asarray(10 * np.sqrt(words + 1) / np.sqrt(total))


def measure_pages(pages: Sequence[Page]) -> list[Sample]:
    """Measure and label pages, in their order."""
    with ProcessPoolExecutor(WORKERS) as workers:
        return list(workers.map(_measure, pages, chunksize=8))


def _measure(page: Page) -> Sample:
    return measure_blocks(page, page.gold)[0]


def measure_blocks(page: Page, gold: str) -> tuple[Sample, Reading]:
    """Measure the blocks of a page, and label them by a text that is its body."""
    read = read_html(page.html())
    evidence, groups = measure(read.reading), Groups(read)
    words = evidence.shape.words
    body = label_reading(read.reading, gold)
    weight = weigh(words, body) * WEIGHTS.get(page.dataset, 1.0)
    table = measure_markup(read, evidence, groups)
    return Sample(page, table, body, words, weight, groups), read.reading


def join(
    samples: Sequence[Sample], most: int | None = None
) -> tuple[npt.NDArray[np.float32], Floats, Floats]:
    """Return the tables, the labels and the weights of all samples, one below the other.

    Segments that count nothing are left out.

    Args:
        samples: The samples.
        most: Of a sample with more segments, so many are drawn, each of which counts for others.
    """
    drawn = [_draw(each.weight, most) for each in samples]
    tables = [each.table[chosen] for each, (chosen, _) in zip(samples, drawn, strict=True)]
    body = [each.body[chosen] for each, (chosen, _) in zip(samples, drawn, strict=True)]
    return np.vstack(tables), np.concatenate(body), np.concatenate([weight for _, weight in drawn])


def _draw(weight: Floats, most: int | None) -> tuple[npt.NDArray[np.int64], Floats]:
    chosen = np.flatnonzero(weight > 0)
    if most is None or len(chosen) <= most:
        return chosen, weight[chosen]
    drawn = np.sort(np.random.default_rng(SEED).choice(chosen, most, replace=False))
    return drawn, weight[drawn] * (len(chosen) / most)
