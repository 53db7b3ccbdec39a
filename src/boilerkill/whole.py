"""Whole pages: texts that hold all of a page, and which of their segments are its body.

Phrases and lists tell little of a page that was rendered whole: most of its furniture is headlines,
names and sentences like any other. There, trees tell what stands in the place of body. A text that
is an article already has nothing to fear from them: other trees tell first whether a text is a
whole page at all, and without these only the weights decide.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.attribution import Contributions, least_of_page
from boilerkill.cut import least_odds
from boilerkill.lexicon import Lexicon, placed, shipped_lexicon
from boilerkill.measure import Evidence
from boilerkill.measure.first_look import BY_WORDS, look_at_words
from boilerkill.measure.surroundings import FEATURES, PHRASES, Surroundings
from boilerkill.reading import Reading
from boilerkill.score import Scores
from boilerkill.stacked import StackedTrees, Verdict, shipped_stacked
from boilerkill.trees import Trees, shipped_trees

__all__ = [
    "BY_PLACE",
    "LINE_FEATURES",
    "PageScores",
    "TextTrees",
    "score_whole_page",
    "shipped_text_trees",
]

Floats = npt.NDArray[np.float64]

# A text of fewer segments, or with fewer that are known furniture or phrases of it, is none: there,
# what the weights tell is all that can be told safely.
LEAST_SEGMENTS = 64
LEAST_TOLD = 4
# The probability from which on a text is taken for a whole page.
SURE = 0.8
# The trees take furniture for body more often than the other way round: so much of the log-odds
# that they give is doubted. Of 0 to 0.6, it was best on the half of the sites to tune on.
DOUBT = 0.4
# Evidence that where a segment stands gives alone: the goods of a shop stand one a line as the
# names of a footer do, and the trees know either by more.
BY_PLACE = frozenset({"keyword lines", "behind the body"})

# What the trees look at to tell the body of a whole page.
LINE_FEATURES: tuple[str, ...] = (*BY_WORDS, *FEATURES)


@dataclass(frozen=True)
class TextTrees:
    """What is learned of texts.

    Attributes:
        whole: Tells whole pages from other texts.
        lexicon: What the words of such a page say of its segments.
        lines: Tells which of these are body; the first look at the columns of `LINE_FEATURES`.
    """

    whole: Trees
    lexicon: Lexicon
    lines: StackedTrees


@functools.cache
def shipped_text_trees() -> TextTrees:
    """Return the trees that boilerkill ships."""
    return TextTrees(
        whole=shipped_trees("whole_trees"),
        lexicon=shipped_lexicon(),
        lines=shipped_stacked("line_trees"),
    )


@dataclass(frozen=True)
class PageScores:
    """The scores of the segments of a whole page.

    Attributes:
        verdict: What the trees say.
        least: The least log-odds of the body of this page.
    """

    verdict: Verdict
    least: float

    @functools.cached_property
    def body(self) -> Floats:
        """The score of each segment: 0.5 is the least of this page's body; (segments,)."""
        return np.asarray(1 / (1 + np.exp(self.least - self.verdict.odds)))

    def made(self, number: int) -> Contributions:
        """Return what makes the log-odds of a segment's score."""
        return self.verdict.made(number) | least_of_page(self.least)


def score_whole_page(
    reading: Reading, evidence: Evidence, scores: Scores, trees: TextTrees | None = None
) -> PageScores | None:
    """Score the segments of a text that is a whole page.

    Args:
        reading: The text.
        evidence: Its evidence.
        scores: What the weights say of it.
        trees: The trees to use; those that boilerkill ships by default.

    Returns:
        The scores, or None where the text is no whole page.
    """
    told = (evidence.wording.share > PHRASES) | (scores.odds < 0)
    if len(reading) < LEAST_SEGMENTS or np.count_nonzero(told) < LEAST_TOLD:
        return None
    trees = shipped_text_trees() if trees is None else trees
    around = Surroundings(reading, evidence, scores.odds)
    if trees.whole.log_odds(around.document[None])[0] < np.log(SURE / (1 - SURE)):
        return None
    words = evidence.shape.words
    by_words = look_at_words(trees.lexicon.log_odds(placed(reading)), words)
    verdict = trees.lines.verdict(np.hstack([by_words, around.table()]), words, None)
    return PageScores(verdict, DOUBT + least_odds(verdict.odds - DOUBT, words))
