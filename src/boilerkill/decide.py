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

from boilerkill.document import Kind
from boilerkill.measure import Evidence, measure
from boilerkill.normalization import normalize
from boilerkill.quoting import quoted_spans
from boilerkill.read import read_text
from boilerkill.reading import Reading
from boilerkill.render import render
from boilerkill.score import Scores, score

__all__ = ["Decision", "Options", "decide", "settle"]

Bools = npt.NDArray[np.bool_]

# A text that has not settled after so many passes is left as it was. Few texts need more than two;
# the bound keeps the time linear in the input, whatever the input.
MAX_PASSES = 16


@dataclass(frozen=True)
class Options:
    """What a user can choose.

    Attributes:
        keep: Kinds that stay besides the body.
        threshold: The least score that a segment of the body has.
    """

    keep: frozenset[Kind] = frozenset()
    threshold: float = 0.5


@dataclass(frozen=True)
class Decision:
    """What one pass decided.

    Attributes:
        reading: The segments.
        evidence: What was measured.
        scores: Their scores.
        quoted: Whether each holds a quotation; (segments,).
        kept: Whether each stays; (segments,).
        threshold: The least score of the body.
    """

    reading: Reading
    evidence: Evidence
    scores: Scores
    quoted: Bools
    kept: Bools
    threshold: float

    @functools.cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each segment."""
        return tuple(_kinds(self.reading, self.evidence, self.scores, self.threshold))

    def render(self) -> str:
        """Return the text of what stays."""
        return render(self.reading, self.kept)


def settle(text: str, options: Options) -> list[Decision]:
    """Decide again and again on what is left of a normalised text, until nothing changes.

    Returns:
        The decisions, one a pass; the last one keeps everything that it was given.
    """
    passes = []
    rest = text
    for _ in range(MAX_PASSES):
        decision = decide(rest, options)
        passes.append(decision)
        if decision.kept.all():
            return passes
        rest = decision.render()
        # A part of a line may be read as mojibake where the whole line was not.
        if normalize(rest) != rest:
            break
    return [_keep_all(passes[0])]


def decide(text: str, options: Options) -> Decision:
    """Decide once which segments of a normalised text stay."""
    reading = read_text(text)
    evidence = measure(reading)
    scores = score(evidence)
    quoted = _overlaps(reading, quoted_spans(text))
    kept = (scores.body >= options.threshold) | quoted
    decision = Decision(reading, evidence, scores, quoted, kept, options.threshold)
    if not options.keep:
        return decision
    wanted = np.array([kind in options.keep for kind in decision.kinds], dtype=bool)
    return replace(decision, kept=kept | wanted)


def _keep_all(decision: Decision) -> Decision:
    return replace(decision, kept=np.ones(len(decision.reading), dtype=bool))


def _overlaps(reading: Reading, spans: list[tuple[int, int]]) -> Bools:
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
