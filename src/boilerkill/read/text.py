"""Read plain text: a segment for each line, or for each part of a line that is glued together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.read.glued import glued_lines, split_line
from boilerkill.reading import Memory, Reading, Source, number_paragraphs

__all__ = ["read_text"]

Ints = npt.NDArray[np.int64]

_SPACE, _TAB, _NEWLINE = 0x20, 0x09, 0x0A


def read_text(text: str, memory: Memory | None = None) -> Reading:
    r"""Read a normalised text.

    How a line is split depends on that line alone.

    Args:
        text: The text.
        memory: The phrases that are looked for, and what is known of its lines from a reading of a
            text that they were in too.

    >>> reading = read_text("One line.\n\nAnother line.")
    >>> reading.segments
    ['One line.', 'Another line.']
    """
    source = Source(text, memory or Memory())
    points = source.points
    newline = points == _NEWLINE
    breaks = np.append(newline.nonzero()[0], len(points))
    visible = (~newline & (points != _SPACE) & (points != _TAB)).nonzero()[0]
    # For each line, how many visible characters stand before its end, and before its start.
    behind = np.searchsorted(visible, breaks)
    before = np.append(0, behind[:-1])
    lines = (behind > before).nonzero()[0]
    whole = Reading(
        source=source,
        starts=visible[before[lines]],
        ends=visible[behind[lines] - 1] + 1,
        lines=lines,
        paragraphs=number_paragraphs(lines),
    )
    return _split_glued(whole)


def _split_glued(reading: Reading) -> Reading:
    """Return the reading with glued lines in pieces."""
    cuts: list[int] = []
    for number, parts in glued_lines(reading):
        cuts.extend(split_line(reading, number, parts))
    if not cuts:
        return reading
    at = np.array(cuts, dtype=np.int64)
    owner: Ints = np.asarray(np.searchsorted(reading.starts, at, side="right") - 1)
    starts: Ints = np.sort(np.concatenate([reading.starts, at]))
    numbers = np.sort(np.concatenate([np.arange(len(reading)), owner]))
    next_starts = np.append(starts[1:], 0)
    last_of_line = np.append(np.diff(numbers) > 0, True)
    ends = np.where(last_of_line, reading.ends[numbers], next_starts)
    return Reading(
        source=reading.source,
        starts=starts,
        ends=_without_trailing_space(reading.text, ends),
        lines=reading.lines[numbers],
        paragraphs=reading.paragraphs[numbers],
    )


def _without_trailing_space(text: str, ends: Ints) -> Ints:
    trimmed = [_last_visible(text, end) for end in ends.tolist()]
    return np.array(trimmed, dtype=np.int64)


def _last_visible(text: str, end: int) -> int:
    while text[end - 1] in " \t":
        end -= 1
    return end
