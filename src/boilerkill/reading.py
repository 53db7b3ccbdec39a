"""What the read stage hands on: a normalised text and the segments in it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.canonical import Canonical, CodePoints
from boilerkill.characters import Flags, flags_of
from boilerkill.phrasebook import Hits

__all__ = ["Reading"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Reading:
    """A normalised text in segments.

    Attributes:
        text: The normalised text.
        points: Its characters as numbers.
        canonical: Its canonical form.
        hits: The phrases without placeholders that stand in it.
        starts: For each segment, the index of its first character in `text`.
        ends: The index behind its last.
        lines: The number of the line that it stands on; pieces of one line share it.
        paragraphs: The number of its paragraph, a run of lines without a blank one between.
    """

    text: str
    points: CodePoints
    canonical: Canonical
    hits: Hits
    starts: Ints
    ends: Ints
    lines: Ints
    paragraphs: Ints

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self.starts)

    def segment(self, number: int) -> str:
        """Return the text of one segment."""
        return self.text[self.starts[number] : self.ends[number]]

    @functools.cached_property
    def flags(self) -> Flags:
        """What each character is; see `boilerkill.characters`."""
        return flags_of(self.points)

    def count(self, characters: Bools) -> Ints:
        """For each segment, count the characters that are marked."""
        sums = np.zeros(len(characters) + 1, dtype=np.int32)
        np.cumsum(characters, dtype=np.int32, out=sums[1:])
        return (sums[self.ends] - sums[self.starts]).astype(np.int64)

    @functools.cached_property
    def canonical_starts(self) -> Ints:
        """For each segment, where it begins in the canonical text."""
        return self.canonical.before[self.starts]

    @functools.cached_property
    def canonical_ends(self) -> Ints:
        """For each segment, where it ends in the canonical text."""
        return self.canonical.before[self.ends]

    def canonical_segment(self, number: int) -> str:
        """Return one segment in canonical form."""
        return self.canonical.text[self.canonical_starts[number] : self.canonical_ends[number]]
