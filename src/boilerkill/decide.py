"""The decide stage: which segments go, and of which kind each is.

The text pass runs again on what is left until nothing changes (the fixed point), so that cleaning
a cleaned text changes nothing. Each pass only removes, so it ends.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from boilerkill.attribution import in_order, shared_out
from boilerkill.details import Details
from boilerkill.document import Kind, Reason
from boilerkill.measure import Evidence, measure, measure_rest
from boilerkill.measure.surroundings import BY_WEIGHTS
from boilerkill.normalization import normalize
from boilerkill.options import Options
from boilerkill.quoting import Span, quoted_spans
from boilerkill.read import read_rest, read_text
from boilerkill.reading import Memory, Reading
from boilerkill.render import render
from boilerkill.score import Scores, score
from boilerkill.whole import BY_PLACE, PageScores, TextTrees, score_whole_page

__all__ = ["Decision", "decide", "needed_spans", "overlaps", "settle"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# A text that has not settled after so many passes is left as it was. Few texts need more than two;
# the bound keeps the time linear in the input, whatever the input.
MAX_PASSES = 16

# What it adds to the log-odds of body that a segment stands on many pages of its site: more than
# any evidence for body comes to.
SITE_WEIGHT = -16.0


@dataclass(frozen=True)
class Decision:
    """What one pass decided.

    Attributes:
        reading: The segments.
        evidence: What was measured.
        scores: What the weights say of them.
        whole_page: What is learned says of them, if the text is a whole page.
        options: What the user chose.
        keeps_all: Whether everything stays, whatever the scores.
    """

    reading: Reading
    evidence: Evidence
    scores: Scores
    whole_page: PageScores | None
    options: Options
    keeps_all: bool = False

    @functools.cached_property
    def body(self) -> Floats:
        """The score of each segment: the lower of the two, but for the title; (segments,)."""
        by_weights = self._weighed.body
        if self.whole_page is None:
            return by_weights
        lower = np.minimum(by_weights, self.whole_page.body)
        return np.where(self.evidence.context.title, by_weights, lower)

    @functools.cached_property
    def _weighed(self) -> Scores:
        """The scores by weights, of a whole page without what its trees tell better."""
        return self.scores if self.whole_page is None else self.scores.without(BY_PLACE)

    @functools.cached_property
    def kept(self) -> Bools:
        """Whether each segment stays; (segments,)."""
        kept = self.body >= (0 if self.keeps_all else self.options.threshold)
        if kept.all():
            return kept
        kept |= self.quoted
        if self.options.keep:
            kept |= np.array([kind in self.options.keep for kind in self.kinds], dtype=bool)
        return kept

    @functools.cached_property
    def quoted(self) -> Bools:
        """Whether each segment holds a quotation that is kept nowhere else, or is body with one."""
        body = self.body >= self.options.threshold
        needed = list(needed_spans(self.reading, self._spans, body))
        return overlaps(self.reading, needed) | (body & self.quotes)

    @functools.cached_property
    def quotes(self) -> Bools:
        """Whether each segment holds a quotation, be it kept elsewhere or not; (segments,)."""
        return overlaps(self.reading, self._spans)

    @functools.cached_property
    def _spans(self) -> list[Span]:
        return quoted_spans(self.reading.text)

    @functools.cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each segment."""
        body = self.body >= self.options.threshold
        return tuple(_kinds(self.evidence, self.scores, body))

    def score(self, number: int) -> float:
        """Return the score of a segment: the probability that it is body."""
        return float(self.body[number])

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """Return what made a segment's score, heaviest first."""
        page = self.whole_page
        if page is not None and self.body[number] != self._weighed.body[number]:
            made = shared_out(page.made(number), (BY_WEIGHTS,), self.scores.made(number))
        else:
            made = self._weighed.made(number)
        return in_order(self._details.reasons(number, made))

    @functools.cached_property
    def _details(self) -> Details:
        return Details(self.reading, self.evidence)

    def render(self) -> str:
        """Return the text of what stays."""
        return render(self.reading, self.kept)


def settle(text: str, options: Options, trees: TextTrees | None = None) -> list[Decision]:
    """Decide again and again on what is left of a normalised text, until nothing changes.

    Args:
        text: The text.
        options: What the user chose.
        trees: What is learned of texts; by default what boilerkill ships.

    Returns:
        The decisions, one a pass; the last one keeps everything that it was given.
    """
    passes = [decide(text, options, trees)]
    while not passes[-1].kept.all():
        following = decide_again(passes[-1], trees) if len(passes) < MAX_PASSES else None
        if following is None:
            return [replace(passes[0], keeps_all=True)]
        passes.append(following)
    return passes


def decide(text: str, options: Options, trees: TextTrees | None = None) -> Decision:
    """Decide once which segments of a normalised text stay."""
    reading = read_text(text, Memory(options.book))
    return _decide(reading, measure(reading), options, trees)


def _decide(
    reading: Reading, evidence: Evidence, options: Options, trees: TextTrees | None
) -> Decision:
    scores = _score(reading, evidence, options)
    whole_page = score_whole_page(reading, evidence, scores, trees)
    return Decision(reading, evidence, scores, whole_page, options)


def decide_again(before: Decision, trees: TextTrees | None = None) -> Decision | None:
    """Decide on what a decision leaves: the same as `decide` on its text, for less work.

    Returns:
        The decision, or None where what is left is not normalised.
    """
    rest = read_rest(before.reading, before.kept)
    if rest is None:
        text = before.render()
        # A part of a line may be read as mojibake where the whole line was not.
        if normalize(text) != text:
            return None
        reading = read_text(text, before.reading.source.memory)
        return _decide(reading, measure(reading), before.options, trees)
    # Every line is as it was, but for white space that stood before the first.
    first_line = rest.reading.text.partition("\n")[0]
    if normalize(first_line) != first_line:
        return None
    return _decide(rest.reading, measure_rest(rest, before.evidence), before.options, trees)


def _score(reading: Reading, evidence: Evidence, options: Options) -> Scores:
    """Weigh the evidence, with that of the site where there is any."""
    scores = score(evidence)
    if options.site is None:
        return scores
    return scores.extended(
        "stands on many pages", options.site.evidence(reading.segments), SITE_WEIGHT
    )


def overlaps(reading: Reading, spans: list[Span]) -> Bools:
    """Tell which segments share a character with one of the spans, which are in order."""
    if not spans:
        return np.zeros(len(reading), dtype=bool)
    bounds = np.array(spans, dtype=np.int64)
    before = np.searchsorted(bounds[:, 0], reading.ends, side="left") - 1
    result: Bools = (before >= 0) & (bounds[np.maximum(before, 0), 1] > reading.starts)
    return result


def needed_spans(
    reading: Reading, spans: list[Span], body: Bools, protected: Bools | None = None
) -> Iterator[Span]:
    """Yield the spans for whose sake segments must stay: of those that say the same, one stays.

    Args:
        reading: The text.
        spans: What is quoted in it, in order.
        body: Which segments stay in any case; (segments,).
        protected: Which stay for what they quote; all by default; (segments,).
    """
    if not spans:
        return
    bounds = np.array(spans, dtype=np.int64)
    first = np.searchsorted(reading.ends, bounds[:, 0], side="right").tolist()
    behind = np.searchsorted(reading.starts, bounds[:, 1], side="left").tolist()
    said, others = set(), []
    for span, start, end in zip(spans, first, behind, strict=True):
        if body[start:end].all():
            said.add(reading.text[slice(*span)])
        else:
            others.append((span, start, end))
    for span, start, end in others:
        text = reading.text[slice(*span)]
        if text not in said:
            yield span
            if protected is None or (body | protected)[start:end].all():
                said.add(text)


def _kinds(evidence: Evidence, scores: Scores, body: Bools) -> Iterator[Kind]:
    """Yield the kind of every segment: by its evidence when it is no body, else by its place."""
    title = evidence.context.title
    shape = evidence.shape
    count = len(body)
    is_heading = ~shape.sentence & ~shape.ends_sentence & (shape.words >= 1)
    is_heading[: count - 1] &= shape.sentence[1:]
    is_heading[count - 1 :] = False
    told = [None if body[number] else scores.kind(number) for number in range(count)]
    around = kinds_around(told, body)
    for number in range(count):
        kind = told[number]
        if kind is not None:
            yield kind
        elif not body[number]:
            yield around[number]
        elif title[number]:
            yield Kind.TITLE
        else:
            yield Kind.HEADING if is_heading[number] else Kind.BODY


# Such furniture goes on over several segments, of which some say nothing of their kind.
GOES_ON = frozenset({Kind.COMMENT, Kind.NAVIGATION, Kind.RELATED})


def kinds_around(told: Sequence[Kind | None], body: Bools) -> list[Kind]:
    """Return for each segment the kind of furniture that goes on where it stands.

    >>> told = [Kind.NAVIGATION, None, None, None, Kind.RELATED, None]
    >>> around = kinds_around(told, np.array([False, False, True, False, False, False]))
    >>> [kind.value for kind in around]
    ['NAVIGATION', 'NAVIGATION', 'OTHER', 'OTHER', 'RELATED', 'RELATED']
    """
    found = []
    current = Kind.OTHER
    for kind, is_body in zip(told, body.tolist(), strict=True):
        if is_body:
            current = Kind.OTHER
        elif kind is not None:
            current = kind if kind in GOES_ON else Kind.OTHER
        found.append(current)
    return found
