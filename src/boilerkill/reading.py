"""What the read stage hands on: a normalised text and the segments in it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from boilerkill.canonical import Canonical, CodePoints, canonicalize, code_points
from boilerkill.characters import Flags, flags_of
from boilerkill.links import without_targets
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Hits, Phrasebook
from boilerkill.words import Words, number_words

__all__ = ["Memory", "Reading", "Source", "number_paragraphs"]

Argument = TypeVar("Argument", bound=Hashable)
Result = TypeVar("Result")

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_NEWLINE = 0x0A

# One character in so many is rare enough to be counted one by one.
_RARE = 16


class Memory:
    """What the passes over a document share: its phrase book, and what is known of its lines.

    Attributes:
        book: The phrases that are looked for.

    >>> Memory().recall(len, "It rained.")
    10
    """

    def __init__(self, book: Phrasebook | None = None) -> None:
        """Start knowing no line, with the phrases given, or those that boilerkill ships."""
        self.book = book or phrasebook()
        self._known: dict[tuple[Callable[..., Any], Hashable], Any] = {}

    def recall(self, function: Callable[[Argument], Result], argument: Argument) -> Result:
        """Return what a function returns for an argument, calling it the first time only."""
        key = (function, argument)
        if key not in self._known:
            self._known[key] = function(argument)
        result: Result = self._known[key]
        return result


@dataclass(frozen=True)
class Source:
    """A normalised text, and what is looked up in it when it is first asked for.

    Attributes:
        text: The normalised text.
        memory: The phrases that are looked for, and what is known of its lines.
    """

    text: str
    memory: Memory = field(default_factory=Memory, compare=False)

    def forget(self) -> None:
        """Let go of what was looked up: it takes ten times the memory of the text, or more."""
        for name in vars(self).keys() - {"text", "memory"}:
            del vars(self)[name]

    @functools.cached_property
    def points(self) -> CodePoints:
        """Its characters as numbers."""
        return code_points(self.text)

    @functools.cached_property
    def shown(self) -> str:
        """The text without where its links lead, and nothing moved; see `boilerkill.links`."""
        return without_targets(self.text)

    @functools.cached_property
    def hidden(self) -> Bools | None:
        """Which of its flags are of characters that are not shown; None if all are."""
        if self.shown is self.text:
            return None
        return np.append(self.points != self._shown_points, False)

    @functools.cached_property
    def _shown_points(self) -> CodePoints:
        return self.points if self.shown is self.text else code_points(self.shown)

    @functools.cached_property
    def flags(self) -> Flags:
        """What each character is (see `boilerkill.characters`), and a line's end behind the last.

        With it, the end of the text is to its last line what a line feed is to the others.
        """
        return flags_of(np.append(self._shown_points, np.uint32(_NEWLINE)))

    @functools.cached_property
    def canonical(self) -> Canonical:
        """Its canonical form."""
        return canonicalize(self._shown_points)

    @functools.cached_property
    def hits(self) -> Hits:
        """The phrases without placeholders that stand in it."""
        return self.memory.book.find(self.canonical)


@dataclass(frozen=True)
class Reading:
    """A normalised text in segments.

    Attributes:
        source: The text.
        starts: For each segment, the index of its first character in the text.
        ends: The index behind its last.
        lines: The number of the line that it stands on; pieces of one line share it.
        paragraphs: The number of its paragraph, a run of lines without a blank one between.
        known_canonical: Each segment in canonical form, where that is known already.
    """

    source: Source
    starts: Ints
    ends: Ints
    lines: Ints
    paragraphs: Ints
    known_canonical: list[str] | None = None

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self.starts)

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.source.text

    @property
    def points(self) -> CodePoints:
        """The characters of the text as numbers."""
        return self.source.points

    @property
    def flags(self) -> Flags:
        """What each character is; see `Source`."""
        return self.source.flags

    @property
    def canonical(self) -> Canonical:
        """The canonical form of the text."""
        return self.source.canonical

    @property
    def hits(self) -> Hits:
        """The phrases without placeholders that stand in the text."""
        return self.source.hits

    @property
    def book(self) -> Phrasebook:
        """The phrases that are looked for."""
        return self.source.memory.book

    def segment(self, number: int) -> str:
        """Return the text of one segment."""
        return self.text[self.starts[number] : self.ends[number]]

    def shown(self, number: int) -> str:
        """Return the text of one segment without where its links lead."""
        return self.source.shown[self.starts[number] : self.ends[number]].strip()

    @property
    def segments(self) -> list[str]:
        """The texts of all segments."""
        return _cut(self.text, self.starts, self.ends)

    def recall(self, function: Callable[[Argument], Result], argument: Argument) -> Result:
        """Return what a function of text alone returns, calling it once a document."""
        return self.source.memory.recall(function, argument)

    def count(self, characters: Bools) -> Ints:
        """For each segment, count the characters that are marked, given as one for each flag."""
        marked = np.count_nonzero(characters)
        if not marked:
            return np.zeros(len(self), dtype=np.int64)
        if marked * _RARE < len(characters):
            places = characters.nonzero()[0]
            counts = np.searchsorted(places, self.ends) - np.searchsorted(places, self.starts)
            return np.asarray(counts, dtype=np.int64)
        # All are converted at once to the type of the sums.
        sums = np.add.reduceat(characters, self.bounds, dtype=np.int32)[::2]
        return sums.astype(np.int64)

    @functools.cached_property
    def lengths(self) -> Ints:
        """For each segment, its characters without where its links lead."""
        lengths = self.ends - self.starts
        hidden = self.source.hidden
        return lengths if hidden is None else lengths - self.count(hidden)

    @functools.cached_property
    def bounds(self) -> Ints:
        """Where each segment starts and ends, in turn, for numpy's `reduceat`.

        Every other part is what stands between two segments.
        """
        return np.stack([self.starts, self.ends], axis=1).ravel()

    @functools.cached_property
    def canonical_starts(self) -> Ints:
        """For each segment, where it begins in the canonical text."""
        return self.canonical.before(self.starts)

    @functools.cached_property
    def canonical_ends(self) -> Ints:
        """For each segment, where it ends in the canonical text."""
        return self.canonical.before(self.ends)

    @functools.cached_property
    def words(self) -> Words:
        """The words of all segments."""
        return number_words(self.canonical.points, self.canonical_starts, self.canonical_ends)

    @functools.cached_property
    def canonical_segments(self) -> list[str]:
        """Each segment in canonical form."""
        if self.known_canonical is not None:
            return self.known_canonical
        return _cut(self.canonical.text, self.canonical_starts, self.canonical_ends)

    def canonical_segment(self, number: int) -> str:
        """Return one segment in canonical form."""
        return self.canonical_segments[number]


def _cut(text: str, starts: Ints, ends: Ints) -> list[str]:
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    return [text[start:end] for start, end in spans]


def number_paragraphs(lines: Ints) -> Ints:
    """Number the paragraphs of segments, given the numbers of their lines.

    >>> number_paragraphs(np.array([0, 1, 3, 3])).tolist()
    [0, 0, 1, 1]
    """
    starts = np.zeros(len(lines), dtype=bool)
    starts[1:] = lines[1:] - lines[:-1] > 1
    return np.cumsum(starts)
