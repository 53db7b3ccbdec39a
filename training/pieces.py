"""Pages of which only pieces are known: the rest of them is taught by two opinions that agree.

The pieces say little of a page, but its other blocks need not be guessed: where trees that have
learned from other pages and an extractor of another kind (trafilatura) say the same of a block,
it is taken for true, at less weight; where they differ, the block is left out. This is co-training
(Blum and Mitchell, "Combining labeled and unlabeled data with co-training", 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from bench.html_peers import TRAFILATURA
from bench.pages import Page, Snippets
from bench.tools import outputs

from boilerkill.trees import Trees
from training.samples import WORKERS, Sample, measure_blocks, weigh

__all__ = ["PieceSample", "label_pieces", "measure_piece_pages", "teach"]

Floats = npt.NDArray[np.float64]

# What a block counts whose label is an opinion, and one that holds a piece that people labelled,
# next to a block of a page of which all is known.
OPINION_WEIGHT = 0.4
PIECE_WEIGHT = 2.0


@dataclass(frozen=True)
class PieceSample:
    """A page of which pieces are known.

    Attributes:
        sample: The page, its `body` by the extractor's opinion.
        pieces: 1 for segments that hold a piece of the body, 0 for those that hold a piece of
            something else, not a number for the others; (segments,).
    """

    sample: Sample
    pieces: Floats


def label_pieces(segments: Sequence[str], snippets: Snippets) -> Floats:
    """Return what the known pieces say of each segment; see `PieceSample.pieces`.

    >>> known = Snippets(body=("It rained.",), others=("Share this",), comments=("I agree!",))
    >>> label_pieces(["It rained. A lot.", "Share this", "Rain", "I agree! So true."], known)
    array([ 1.,  0., nan,  0.])
    """
    told = np.full(len(segments), np.nan)
    lines = [_one_line(segment) for segment in segments]
    for pieces, label in ((snippets.body, 1.0), ((*snippets.others, *snippets.comments), 0.0)):
        for piece in filter(None, map(_one_line, pieces)):
            told[[number for number, line in enumerate(lines) if piece in line]] = label
    return told


def _one_line(text: str) -> str:
    return " ".join(text.split())


def measure_piece_pages(pages: Sequence[Page]) -> list[PieceSample]:
    """Measure and label pages of which pieces are known, in their order."""
    opinions = outputs(TRAFILATURA, pages, Page.html)
    texts = [opinions[page.name].text for page in pages]
    with ProcessPoolExecutor(WORKERS) as workers:
        return list(workers.map(_measure, pages, texts, chunksize=8))


def _measure(page: Page, opinion: str) -> PieceSample:
    sample, reading = measure_blocks(page, opinion)
    segments = reading.segments
    return PieceSample(sample, label_pieces(segments, page.snippets))


def teach(samples: Sequence[PieceSample], trees: Trees) -> list[Sample]:
    """Return the pages with their labels and weights, given trees that have not seen them."""
    return [_teach(each, trees) for each in samples]


def _teach(each: PieceSample, trees: Trees) -> Sample:
    sample = each.sample
    opinion = trees.log_odds(sample.table) > 0
    known = ~np.isnan(each.pieces)
    body = np.where(known, np.nan_to_num(each.pieces), sample.body)
    trust = np.where(known, PIECE_WEIGHT, np.where(opinion == (sample.body > 0), 1.0, 0.0))
    return replace(sample, body=body, weight=OPINION_WEIGHT * trust * weigh(sample.words, body))
