"""Find which words of a page stand in what a tool made of it.

A patience diff (Bram Cohen's): runs of words that stand once in both are anchors, as many of them
as are in the same order; what lies between two anchors is compared by itself, by shorter runs.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

__all__ = ["kept_words"]

# Anchors are runs of so many words, the longest there are.
_RUNS = (6, 3, 1)
# A page is taken apart no deeper than this: that bounds the time, whatever the page.
_DEEPEST = 24

Stretch = tuple[int, int, int, int]


def kept_words(page: Sequence[str], output: Sequence[str]) -> list[bool]:
    """Tell which words of a page stand in an output, in their order.

    Args:
        page: The words of the page.
        output: The words of what a tool made of it.

    Returns:
        For each word of the page, whether it stands in the output: those that do are, one by one,
        words of the output, none of them twice. Words that a tool moved may count as lost.

    >>> kept_words("home news rain fell on oslo share".split(), "rain fell oslo".split())
    [False, False, True, True, False, True, False]
    """
    kept = [False] * len(page)
    # Each with whether a word that was found stands right before it, and right behind it.
    stretches = [((0, len(page), 0, len(output)), False, False, 0)]
    while stretches:
        stretch, before, behind, depth = stretches.pop()
        start, end, left, right = stretch = _grown(page, output, stretch, before, behind, kept)
        if start == end or left == right or depth == _DEEPEST:
            continue
        anchors = _anchors(page, output, stretch)
        if not anchors:
            # What is left has no word that tells where it stands: it is taken from the edges.
            _grown(page, output, stretch, True, True, kept)
            continue
        for at, other, length in anchors:
            kept[at : at + length] = [True] * length
            stretches.append(((start, at, left, other), before, True, depth + 1))
            start, left, before = at + length, other + length, True
        stretches.append(((start, end, left, right), True, behind, depth + 1))
    return kept


def _grown(
    page: Sequence[str],
    output: Sequence[str],
    stretch: Stretch,
    before: bool,
    behind: bool,
    kept: list[bool],
) -> Stretch:
    """Note the words alike next to what was found, and return the stretch without them."""
    start, end, left, right = stretch
    while before and start < end and left < right and page[start] == output[left]:
        kept[start] = True
        start, left = start + 1, left + 1
    while behind and start < end and left < right and page[end - 1] == output[right - 1]:
        end, right = end - 1, right - 1
        kept[end] = True
    return start, end, left, right


def _anchors(
    page: Sequence[str], output: Sequence[str], stretch: Stretch
) -> list[tuple[int, int, int]]:
    """Return where anchors are in a page and its output, and how long, in order and apart."""
    for length in _RUNS:
        start, end, left, right = stretch
        ours = _once(page, start, end, length)
        theirs = _once(output, left, right, length)
        pairs = sorted((at, theirs[run]) for run, at in ours.items() if run in theirs)
        if pairs:
            return list(_apart(_in_order(pairs), length))
    return []


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Return where the runs of words begin that stand there once."""
    found: dict[tuple[str, ...], int] = {}
    for at in range(start, end - length + 1):
        run = tuple(words[at : at + length])
        found[run] = -1 if run in found else at
    return {run: at for run, at in found.items() if at >= 0}


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of pairs, sorted by the first, that is sorted by the second too.

    >>> _in_order([(0, 5), (1, 1), (2, 2), (3, 9), (4, 3)])
    [(1, 1), (2, 2), (4, 3)]
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        place = bisect.bisect_left(ends, other)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [other]
        last[place : place + 1] = [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _apart(pairs: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int, int]]:
    """Yield anchors that overlap in neither text."""
    free = other_free = 0
    for at, other in pairs:
        if at >= free and other >= other_free:
            yield at, other, length
            free, other_free = at + length, other + length
