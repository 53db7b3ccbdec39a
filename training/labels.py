"""Which segments of a page are its body, by the gold text, or what each is, by labelled rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind

__all__ = ["kinds_by_rows", "label_segments"]

Run = tuple[str, ...]

_WORD = re.compile(r"\w+")

# Segments are found in the gold text by runs of so many words.
RUN = 4


def label_segments(segments: Sequence[str], gold: str) -> npt.NDArray[np.float64]:
    """Return the share of each segment's words that the gold text has in the same order.

    Runs of four words are looked up; a shorter segment must be a line of the gold text, or stand
    between segments that are in it where the gold text has them. Of segments that say the same, no
    more are in the gold text than it has: those whose neighbours are in it, too, else the first.

    >>> label_segments(["Home", "It rained all night, and more."], "It rained all night, and more.")
    array([0., 1.])
    >>> label_segments(["Rain at last tonight"] * 3, "Rain at last tonight")
    array([1., 0., 0.])
    """
    runs = Counter(_runs(_words(gold)))
    lines = Counter(tuple(_words(line)) for line in gold.split("\n"))
    tokens = [_words(segment) for segment in segments]
    shares = np.zeros(len(segments))
    for number, words in enumerate(tokens):
        if len(words) >= RUN:
            covered = np.zeros(len(words), dtype=bool)
            for at, run in enumerate(_runs(words)):
                if run in runs:
                    covered[at : at + RUN] = True
            shares[number] = covered.mean()
        elif words and tuple(words) in lines:
            shares[number] = 1.0
    _label_copies(tokens, shares, runs, lines)
    _label_short(tokens, shares, runs)
    return shares


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _runs(words: Sequence[str]) -> Iterator[Run]:
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _label_copies(
    tokens: list[list[str]],
    shares: npt.NDArray[np.float64],
    runs: Counter[Run],
    lines: Counter[Run],
) -> None:
    """Of segments that say the same, leave as many labelled as the gold text has."""
    copies: dict[Run, list[int]] = {}
    for number in np.flatnonzero(shares > HALF).tolist():
        copies.setdefault(tuple(tokens[number]), []).append(number)
    for words, numbers in copies.items():
        if len(numbers) == 1:
            continue
        there = min((runs[run] for run in _runs(words) if run in runs), default=lines[words])
        if there < len(numbers):
            # Sorting leaves those in order that have as much in their favour.
            numbers.sort(key=lambda number: -_in_context(tokens, number, runs))
            shares[numbers[there:]] = 0.0


def _in_context(tokens: list[list[str]], number: int, runs: Counter[Run]) -> int:
    """Count on how many sides a segment goes on in the gold text as it does on the page."""
    found = 0
    for before, behind in ((number - 1, number), (number, number + 1)):
        if before >= 0 and behind < len(tokens):
            across = (*tokens[before][-(RUN // 2) :], *tokens[behind][: RUN // 2])
            found += across in runs
    return found


def _label_short(
    tokens: list[list[str]],
    shares: npt.NDArray[np.float64],
    runs: Counter[Run],
) -> None:
    """Label short segments that stand, in the gold text, right where they stand in the page."""
    for number, words in enumerate(tokens):
        if shares[number] > 0 or not 0 < len(words) < RUN:
            continue
        before = _last_words(tokens, shares, number, -1)
        behind = _last_words(tokens, shares, number, 1)
        for run in (before[-(RUN - len(words)) :] + words, words + behind[: RUN - len(words)]):
            if len(run) == RUN and tuple(run) in runs:
                shares[number] = 1.0


def _last_words(
    tokens: list[list[str]], shares: npt.NDArray[np.float64], number: int, step: int
) -> list[str]:
    """Return the words of the nearest segment before or behind that is in the gold text."""
    place = number + step
    while 0 <= place < len(tokens):
        if shares[place] > HALF:
            return tokens[place]
        place += step
    return []


HALF = 0.5


def kinds_by_rows(segments: Sequence[str], rows: Sequence[str]) -> Iterator[Kind]:
    r"""Yield the kind of most of a segment's characters, given rows of kinds and text in order.

    >>> rows = ["BYLINE\tBy Ann", "BYLINE\tLee", "BODY\tRain."]
    >>> [str(kind) for kind in kinds_by_rows(["By Ann Lee", "Rain."], rows)]
    ['BYLINE', 'BODY']
    """
    kinds = [
        Kind(kind)
        for kind, text in (row.split("\t") for row in rows)
        for _ in "".join(text.split())
    ]
    at = 0
    for segment in segments:
        end = at + len("".join(segment.split()))
        yield Counter(kinds[at:end]).most_common(1)[0][0]
        at = end
