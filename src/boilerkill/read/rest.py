"""Read what is left of a text, from the reading of the whole.

How a line is read depends on that line alone, so the segments of the lines that stay are those of
the first reading, in other places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.reading import Reading, Source, number_paragraphs
from boilerkill.render import rendered_runs

__all__ = ["Rest", "read_rest"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rest:
    """What is left of a text.

    Attributes:
        reading: The reading of the rest; the same as `read_text` gives.
        numbers: For each of its segments the number that it has in the reading of the whole.
        canonical_text: The canonical form of the rest.
    """

    reading: Reading
    numbers: Ints
    canonical_text: str


def read_rest(whole: Reading, kept: Bools) -> Rest | None:
    r"""Read the text of the segments that stay, as `render` returns it.

    Returns:
        The rest, or None where part of a line goes and part of it stays: the line that is left
        is another one, which only `read_text` can read.

    >>> from boilerkill.read import read_text
    >>> rest = read_rest(read_text("One.\n\nTwo.\nThree."), np.array([True, False, True]))
    >>> rest.reading.text, rest.reading.starts, rest.numbers
    ('One.\n\nThree.', array([0, 6]), array([0, 2]))
    """
    if _cuts_a_line(whole, kept):
        return None
    parts: list[str] = []
    canonical: list[str] = []
    moves, line_moves, sizes = [], [], []
    at = line = 0
    for gap, first, last in rendered_runs(whole, kept):
        start, end = int(whole.starts[first]), int(whole.ends[last])
        breaks = gap.count("\n")
        parts += gap, whole.text[start:end]
        canonical += "\n" * breaks, _canonical_run(whole, first, last)
        at, line = at + len(gap), line + breaks
        moves.append(at - start)
        line_moves.append(line - int(whole.lines[first]))
        sizes.append(last + 1 - first)
        at, line = at + end - start, line_moves[-1] + int(whole.lines[last])
    numbers = np.flatnonzero(kept)
    moved = np.repeat(np.array(moves, dtype=np.int64), sizes)
    lines = whole.lines[numbers] + np.repeat(np.array(line_moves, dtype=np.int64), sizes)
    reading = Reading(
        source=Source("".join(parts), whole.source.memory),
        starts=whole.starts[numbers] + moved,
        ends=whole.ends[numbers] + moved,
        lines=lines,
        paragraphs=number_paragraphs(lines),
        known_canonical=[whole.canonical_segments[number] for number in numbers.tolist()],
    )
    return Rest(reading, numbers, "".join(canonical))


def _canonical_run(reading: Reading, first: int, last: int) -> str:
    return reading.canonical.text[reading.canonical_starts[first] : reading.canonical_ends[last]]


def _cuts_a_line(reading: Reading, kept: Bools) -> bool:
    return bool(((np.diff(reading.lines) == 0) & (kept[1:] != kept[:-1])).any())
