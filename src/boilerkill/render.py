"""The render stage: from the segments that stay to text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from boilerkill.reading import Reading

__all__ = ["kept_runs", "render", "rendered_runs"]

Bools = npt.NDArray[np.bool_]


def render(reading: Reading, kept: Bools) -> str:
    r"""Return the text of the segments that stay, with the white space that stood between them.

    >>> from boilerkill.read import read_text
    >>> import numpy as np
    >>> render(read_text("One.\n\nTwo.\nThree."), np.array([True, False, True]))
    'One.\n\nThree.'
    """
    return "".join(
        gap + reading.text[reading.starts[first] : reading.ends[last]]
        for gap, first, last in rendered_runs(reading, kept)
    )


def rendered_runs(reading: Reading, kept: Bools) -> Iterator[tuple[str, int, int]]:
    """Yield each run of segments that stay: the white space before it, its first, its last."""
    previous = -1
    for first, last in kept_runs(kept):
        yield _gap(reading, previous, first) if previous >= 0 else "", first, last
        previous = last


def kept_runs(kept: Bools) -> list[tuple[int, int]]:
    """Return (first, last) of each run of segments that stay."""
    edges = np.flatnonzero(np.diff(kept.astype(np.int8), prepend=0, append=0))
    return list(zip(edges[::2].tolist(), (edges[1::2] - 1).tolist(), strict=True))


def _gap(reading: Reading, before: int, after: int) -> str:
    """Return the white space between two segments of which those between are gone."""
    if reading.lines[before] == reading.lines[after]:
        return " "
    start = int(reading.starts[after])
    indent = reading.text[reading.text.rfind("\n", 0, start) + 1 : start]
    blank = reading.paragraphs[before] != reading.paragraphs[after]
    return ("\n\n" if blank else "\n") + (indent if not indent.strip() else "")
