"""What the trees learn from: the blocks of the development pages, measured and labelled."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from bench.pages import Page

from boilerkill.measure import measure
from boilerkill.measure.markup import FEATURES, measure_markup
from boilerkill.read.html import read_html
from boilerkill.reading import Reading
from training.labels import HALF, label_segments

__all__ = ["Sample", "join", "label_reading", "measure_pages", "weigh"]

Floats = npt.NDArray[np.float64]

WORKERS = 2
# A page counts for no more than one with so many words of body.
LEAST_WORDS = 50


@dataclass(frozen=True)
class Sample:
    """A page to learn from.

    Attributes:
        page: The page.
        table: What was measured; (segments, features).
        body: 1 for segments of the body, 0 for others; (segments,).
        words: Their words; (segments,).
        features: The names of the measurements.
    """

    page: Page
    table: npt.NDArray[np.float32]
    body: Floats
    words: Floats
    features: tuple[str, ...] = FEATURES


def label_reading(reading: Reading, gold: str) -> Floats:
    """Return 1 for each segment that is body by the gold text, 0 for the others; (segments,)."""
    segments = [reading.segment(number) for number in range(len(reading))]
    return (label_segments(segments, gold) > HALF).astype(np.float64)


def weigh(words: Floats, body: Floats) -> Floats:
    """Return what each segment counts: by its words, and each page about the same; (segments,)."""
    total = max(LEAST_WORDS, float(words @ body))
    return np.asarray(10 * np.sqrt(words + 1) / np.sqrt(total))


def measure_pages(pages: Sequence[Page]) -> list[Sample]:
    """Measure and label pages, in their order."""
    with ProcessPoolExecutor(WORKERS) as workers:
        return list(workers.map(_measure, pages, chunksize=8))


def _measure(page: Page) -> Sample:
    read = read_html(page.html())
    evidence = measure(read.reading)
    return Sample(
        page=page,
        table=measure_markup(read, evidence),
        body=label_reading(read.reading, page.gold),
        words=evidence.shape.words.astype(np.float64),
    )


def join(samples: Sequence[Sample]) -> tuple[npt.NDArray[np.float32], Floats, Floats]:
    """Return the tables, the labels and the weights of all samples, one below the other."""
    return (
        np.vstack([sample.table for sample in samples]),
        np.concatenate([sample.body for sample in samples]),
        np.concatenate([weigh(sample.words, sample.body) for sample in samples]),
    )
