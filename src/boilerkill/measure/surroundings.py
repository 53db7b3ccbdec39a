"""Surroundings: where in a page a segment stands, and what stands around it.

Of a page that was rendered whole, one line says little by itself: a headline among headlines is a
teaser, the same among paragraphs is a heading. So every line is measured with the lines before and
behind it, near and far, with the stretch of the page that holds most of the prose, and with the
page altogether.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill import characters as char
from boilerkill.document import Kind
from boilerkill.measure import Evidence
from boilerkill.measure.columns import column
from boilerkill.measure.repeats import measure_repeats, originals
from boilerkill.measure.runs import best_stretch, run_sizes, since
from boilerkill.measure.vocabulary import share_in_prose
from boilerkill.reading import Reading

__all__ = ["BY_WEIGHTS", "DOCUMENT", "FEATURES", "Surroundings"]

Table = npt.NDArray[np.float32]
# Measurements of whatever type; they become one table of floats.
Column = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
# So many segments before a segment, and behind it, are looked at together.
WINDOWS = (2, 5, 12, 30)
SHORT_WORDS = 5
MENU_WORDS = 6
HEADING_WORDS = 12
# A segment with so much of it in phrases says nothing else.
PHRASES = 0.8
# The first and last segments of a page are looked at together, up to so many.
EDGE = 15

# The main stretch of a page has most words of prose, less so much for every other segment.
COST_OF_FURNITURE = 12.0
COST_OF_OTHERS = 4.0

SIGNS = {"bullet sign": char.BULLET, "dash": char.DASH, "colon": char.COLON, "comma": char.COMMA}
TOLD = (
    Kind.BYLINE, Kind.CAPTION, Kind.COMMENT, Kind.COMMENT_FORM, Kind.NAVIGATION, Kind.NOTICE,
    Kind.PROMOTION, Kind.RELATED, Kind.SHARE,
)  # fmt: skip

# What the weights say of a segment.
BY_WEIGHTS = "log-odds by weights"
_OWN = (
    "words", "characters", "signs", "lower share", "numbers", "inner ends", "ends sentence",
    "sentence", "bullet", "columns", "words a sentence", "characters a word", *SIGNS,
    "phrase share", "phrases cover", BY_WEIGHTS, "times", "words repeated",
    "words repeated behind", "words in prose", "date",
)  # fmt: skip
_PARAGRAPH = (
    "paragraph segments", "paragraph words", "paragraph sentences", "place in paragraph",
    "blank lines before",
)  # fmt: skip
_NEAR = ("words", "lower share", "ends sentence")
_WINDOW = ("words of prose", "mean words", "furniture", "numbers", "ends", "bullets", "short")
_PLACE = (
    "place", "words before", "prose before", "words of prose before", "words of prose behind",
    "from first prose", "to last prose", "since prose", "until prose", "in main", "from main",
    "to end of main", "run of prose", "words in run", "run of short", "words in short run",
    "from title", "since heading",
)  # fmt: skip

# What is measured of a page altogether.
DOCUMENT: tuple[str, ...] = (
    "page words", "page segments", "page prose", "page sentences", "page furniture",
    "page words of furniture", "page mean words", "page short", "page words of prose",
    "page bullets", "page dates", "page ends", "page longest", "page repeated",
    "page paragraph segments", "page median prose", "page phrases", "page phrase share",
    "page furniture segments", "main share", "main words", "main density", "has title",
    "furniture at head", "furniture at foot", "short at head", "short at foot", "before prose",
    "behind prose", *(f"page {kind}" for kind in TOLD),
)  # fmt: skip

# What of that is measured of each segment too. More of it would tell one page from another, and
# little of a page that is new.
PAGE = (
    "page words", "page segments", "page prose", "page furniture", "page mean words",
    "page words of prose", "page phrases", "main share", "main words", "main density",
)  # fmt: skip

FEATURES: tuple[str, ...] = (
    *_OWN,
    *_PARAGRAPH,
    *(f"{name} at {step:+}" for step in NEIGHBOURS for name in _NEAR),
    *(f"{name} in {size} {side}" for size in WINDOWS for side in ("before", "behind")
      for name in _WINDOW),
    *_PLACE,
    *(f"{name} {kind}" for kind in TOLD for name in ("since", "until")),
    *PAGE,
)  # fmt: skip


_PAGE = [DOCUMENT.index(name) for name in PAGE]


class Surroundings:
    """What is measured of the segments of a text, and of the text altogether.

    Attributes:
        document: The columns named in `DOCUMENT`; (columns,).
    """

    def __init__(self, reading: Reading, evidence: Evidence, odds: Column) -> None:
        """Take a text, its evidence, and the log-odds that weights give each segment."""
        shape = evidence.shape
        self.reading, self.evidence, self.odds = reading, evidence, odds
        self.words = shape.words.astype(np.float64)
        self.furniture: Bools = odds < 0
        self.prose: Bools = evidence.context.sentence & ~self.furniture
        self.of_prose = self.words * self.prose
        self.times = _times(reading.canonical_segments)
        self.told = [_told(evidence, kind) for kind in TOLD]
        self.main = _main_stretch(self.words, self.prose, self.furniture)
        self.document = self._document()

    def _document(self) -> Table:
        """Measure the text altogether."""
        shape, wording = self.evidence.shape, self.evidence.wording
        total, total_prose = max(self.words.sum(), 1.0), self.of_prose.sum()
        count = len(self.words)
        short = self.words <= SHORT_WORDS
        start, end = self.main
        in_main = self.of_prose[start:end].sum()
        words_in_main = self.words[start:end].sum()
        prose = self.prose.nonzero()[0]
        first, last = (int(prose[0]), int(prose[-1])) if len(prose) else (count, -1)
        values = [
            total, count, total_prose / total, self.evidence.context.sentence.mean(),
            self.furniture.mean(), (self.words * self.furniture).sum() / total, total / count,
            short.mean(), total_prose, shape.bullet.mean(), wording.dates.sum(),
            shape.ends_sentence.mean(), self.words.max(), (self.times > 1).mean(),
            count / (int(self.reading.paragraphs[-1]) + 1),
            np.median(self.words[self.prose]) if len(prose) else 0,
            (wording.share > PHRASES).sum(), wording.share.mean(), self.furniture.sum(),
            in_main / max(total_prose, 1.0), words_in_main, in_main / max(words_in_main, 1.0),
            self.evidence.context.title.any(),
            self.furniture[:EDGE].mean(), self.furniture[-EDGE:].mean(),
            short[:EDGE].mean(), short[-EDGE:].mean(), first, count - 1 - last,
            *(told.sum() for told in self.told),
        ]  # fmt: skip
        return np.array(values, dtype=np.float32)

    def table(self) -> Table:
        """Return a row a segment, a column for each of `FEATURES`; (segments, features)."""
        columns = [
            *self._own(),
            *self._paragraph(),
            *self._near(),
            *self._windows(),
            *self._place(),
        ]
        for told in self.told:
            columns += [since(told), since(told[::-1])[::-1]]
        table = np.empty((len(self.words), len(FEATURES)), dtype=np.float32)
        for number, values in enumerate(columns):
            table[:, number] = values
        table[:, len(columns) :] = self.document[_PAGE]
        return table

    def _own(self) -> list[Column]:
        shape, wording = self.evidence.shape, self.evidence.wording
        characters, words = np.maximum(shape.characters, 1), np.maximum(self.words, 1.0)
        return [
            self.words, characters, shape.signs / characters, shape.lower_share, shape.numbers,
            shape.inner_ends, shape.ends_sentence, self.evidence.context.sentence, shape.bullet,
            shape.columns, self.words / (shape.inner_ends + shape.ends_sentence + 1),
            characters / words, *(shape.has(sign) for sign in SIGNS.values()),
            wording.share, wording.covered, self.odds, self.times,
            *measure_repeats(originals(self.reading.canonical_segments), self.words),
            share_in_prose(self.reading, self.prose), wording.dates,
        ]  # fmt: skip

    def _paragraph(self) -> list[Column]:
        number, count = self.reading.paragraphs, len(self.words)
        size = np.bincount(number)
        first = np.cumsum(size) - size
        lines = self.reading.lines
        return [
            size[number],
            np.bincount(number, self.words)[number],
            (np.bincount(number, self.evidence.context.sentence) / np.maximum(size, 1))[number],
            np.arange(count) - first[number],
            np.minimum(np.diff(lines, prepend=-1), 5),
        ]

    def _near(self) -> list[Column]:
        shape = self.evidence.shape
        own = (self.words, shape.lower_share, shape.ends_sentence)
        return [_at(values, step) for step in NEIGHBOURS for values in own]

    def _windows(self) -> list[Column]:
        shape, count = self.evidence.shape, len(self.words)
        own = (
            self.of_prose, self.words, self.furniture, shape.numbers > 0, shape.ends_sentence,
            shape.bullet, self.words <= SHORT_WORDS,
        )  # fmt: skip
        sums = np.zeros((len(own), count + 1))
        for row, values in enumerate(own):
            np.cumsum(values, out=sums[row, 1:])
        places = np.arange(count)
        columns: list[Column] = []
        for size in WINDOWS:
            for start, end in (
                (np.maximum(places - size, 0), places),
                (places + 1, np.minimum(places + 1 + size, count)),
            ):
                found = sums[:, np.maximum(end, start)] - sums[:, start]
                found[1:] /= np.maximum(end - start, 1)
                columns += list(found)
        return columns

    def _place(self) -> list[Column]:
        count = len(self.words)
        places = np.arange(count)
        words, prose = np.cumsum(self.words), np.cumsum(self.of_prose)
        start, end = self.main
        prose_places = self.prose.nonzero()[0]
        first, last = prose_places[[0, -1]] if len(prose_places) else (0, count - 1)
        titles = self.evidence.context.title.nonzero()[0]
        heading = (self.words <= HEADING_WORDS) & ~self.evidence.shape.ends_sentence
        heading &= np.diff(self.reading.paragraphs, prepend=-1) > 0
        return [
            places / count,
            (words - self.words) / max(words[-1], 1.0),
            (prose - self.of_prose) / max(prose[-1], 1.0),
            prose - self.of_prose,
            prose[-1] - prose,
            places - first,
            last - places,
            since(self.prose),
            since(self.prose[::-1])[::-1],
            (places >= start) & (places < end),
            places - start,
            end - 1 - places,
            *run_sizes(self.prose, self.words),
            *run_sizes(self.words <= MENU_WORDS, self.words),
            places - (titles[0] if len(titles) else 0),
            since(heading),
        ]


def _told(evidence: Evidence, kind: Kind) -> Bools:
    """Tell which segments speak for a kind."""
    told = evidence.wording.whole[:, column(kind)].copy()
    told |= evidence.columns[f"phrase {kind}"] > 0
    told |= evidence.columns[f"label {kind}"] > 0
    return told


def _times(segments: list[str]) -> Ints:
    """Count how often each segment stands in the text."""
    counts = Counter(segments)
    return np.array([counts[segment] for segment in segments], dtype=np.int64)


def _main_stretch(words: Column, prose: Bools, furniture: Bools) -> tuple[int, int]:
    """Return the bounds of the stretch that has most of the prose and least of anything else."""
    return best_stretch(
        np.where(prose, words, np.where(furniture, -COST_OF_FURNITURE, -COST_OF_OTHERS))
    )


def _at(values: Column, step: int) -> Column:
    """Return the values of the segments that are some steps away, -1 where there is none."""
    found = np.full(len(values), -1.0)
    if abs(step) < len(values):
        if step > 0:
            found[:-step] = values[step:]
        else:
            found[-step:] = values[:step]
    return found
