"""The decide stage: which segments go, and of which kind each is.

The text pass runs again on what is left until nothing changes (the fixed point), so that cleaning
a cleaned text changes nothing. Each pass only removes, so it ends.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind, Reason
from boilerkill.measure import Evidence, measure, measure_rest
from boilerkill.normalization import normalize
from boilerkill.profile import Site
from boilerkill.quoting import quoted_spans
from boilerkill.read import read_rest, read_text
from boilerkill.reading import Reading
from boilerkill.render import render
from boilerkill.score import Scores, score

__all__ = ["Decision", "Options", "decide", "overlaps", "settle"]

Bools = npt.NDArray[np.bool_]

# A text that has not settled after so many passes is left as it was. Few texts need more than two;
# the bound keeps the time linear in the input, whatever the input.
MAX_PASSES = 16

# What it adds to the log-odds of body that a segment stands on many pages of its site: more than
# any evidence for body comes to.
SITE_WEIGHT = -16.0


@dataclass(frozen=True)
class Options:
    """What a user can choose.

    Attributes:
        keep: Kinds that stay besides the body.
        threshold: The least score that a segment of the body has.
        site: What stands on many pages of the site.
    """

    keep: frozenset[Kind] = frozenset()
    threshold: float = 0.5
    site: Site | None = None


@dataclass(frozen=True)
class Decision:
    """What one pass decided.

    Attributes:
        reading: The segments.
        evidence: What was measured.
        scores: Their scores.
        options: What the user chose.
        keeps_all: Whether everything stays, whatever the scores.
    """

    reading: Reading
    evidence: Evidence
    scores: Scores
    options: Options
    keeps_all: bool = False

    @functools.cached_property
    def kept(self) -> Bools:
        """Whether each segment stays; (segments,)."""
        kept = self.scores.body >= (0 if self.keeps_all else self.options.threshold)
        if kept.all():
            return kept
        kept |= self.quoted
        if self.options.keep:
            kept |= np.array([kind in self.options.keep for kind in self.kinds], dtype=bool)
        return kept

    @functools.cached_property
    def quoted(self) -> Bools:
        """Whether each segment holds a quotation; (segments,)."""
        return overlaps(self.reading, quoted_spans(self.reading.text))

    @functools.cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each segment."""
        threshold = self.options.threshold
        return tuple(_kinds(self.reading, self.evidence, self.scores, threshold))

    def score(self, number: int) -> float:
        """Return the score of a segment: the probability that it is body."""
        return float(self.scores.body[number])

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """Return the evidence of a segment, heaviest first."""
        return self.scores.reasons(number)

    def render(self) -> str:
        """Return the text of what stays."""
        return render(self.reading, self.kept)


def settle(text: str, options: Options) -> list[Decision]:
    """Decide again and again on what is left of a normalised text, until nothing changes.

    Returns:
        The decisions, one a pass; the last one keeps everything that it was given.
    """
    passes = [decide(text, options)]
    while not passes[-1].kept.all():
        following = decide_again(passes[-1]) if len(passes) < MAX_PASSES else None
        if following is None:
            return [replace(passes[0], keeps_all=True)]
        passes.append(following)
    return passes


def decide(text: str, options: Options) -> Decision:
    """Decide once which segments of a normalised text stay."""
    return _decide(read_text(text), options)


def _decide(reading: Reading, options: Options) -> Decision:
    evidence = measure(reading)
    return Decision(reading, evidence, _score(reading, evidence, options), options)


def decide_again(before: Decision) -> Decision | None:
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
        return _decide(read_text(text, before.reading.source.memory), before.options)
    # Every line is as it was, but for white space that stood before the first.
    first_line = rest.reading.text.partition("\n")[0]
    if normalize(first_line) != first_line:
        return None
    evidence = measure_rest(rest, before.evidence)
    scores = _score(rest.reading, evidence, before.options)
    return Decision(rest.reading, evidence, scores, before.options)


def _score(reading: Reading, evidence: Evidence, options: Options) -> Scores:
    """Weigh the evidence, with that of the site where there is any."""
    scores = score(evidence)
    if options.site is None:
        return scores
    segments = [reading.segment(number) for number in range(len(reading))]
    return scores.extended("stands on many pages", options.site.evidence(segments), SITE_WEIGHT)


def overlaps(reading: Reading, spans: list[tuple[int, int]]) -> Bools:
    """Tell which segments share a character with one of the spans, which are in order."""
    if not spans:
        return np.zeros(len(reading), dtype=bool)
    bounds = np.array(spans, dtype=np.int64)
    before = np.searchsorted(bounds[:, 0], reading.ends, side="left") - 1
    result: Bools = (before >= 0) & (bounds[np.maximum(before, 0), 1] > reading.starts)
    return result


def _kinds(
    reading: Reading, evidence: Evidence, scores: Scores, threshold: float
) -> Iterator[Kind]:
    """Yield the kind of every segment: by its evidence when it is no body, else by its place."""
    title = evidence.context.title
    shape = evidence.shape
    count = len(reading)
    is_heading = ~shape.sentence & ~shape.ends_sentence & (shape.words >= 1)
    is_heading[: count - 1] &= shape.sentence[1:]
    is_heading[count - 1 :] = False
    body = scores.body >= threshold
    for number in range(count):
        kind = None if body[number] else scores.kind(number)
        if kind is not None:
            yield kind
        elif not body[number]:
            yield Kind.OTHER
        elif title[number]:
            yield Kind.TITLE
        else:
            yield Kind.HEADING if is_heading[number] else Kind.BODY
