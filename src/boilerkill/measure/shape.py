"""Shape: what the characters of a segment say, whatever its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill import characters as char
from boilerkill.characters import Flags
from boilerkill.read.glued import many_separators
from boilerkill.reading import Reading

__all__ = ["Shape", "measure_shape"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A sentence of prose has at least so many words. Scripts without spaces count characters, of which
# two are taken for a word.
SENTENCE_WORDS = 8
LONG_PROSE_WORDS = 25
LOWER_CASE_SHARE = 0.5

# So many closing marks may stand between the end of a sentence and the end of its segment, and so
# many other marks before its first letter.
MARKS_AT_THE_ENDS = 3


@dataclass(frozen=True)
class Shape:
    """Measurements of segments; every array has one entry a segment.

    Attributes:
        words: The number of words; in scripts without spaces, half the characters.
        characters: Characters other than white space.
        signs: Characters that are neither letters nor digits nor white space.
        lower_share: Of the words that start with a cased letter, the share in lower case; 1 where
            no word does.
        numbers: Runs of digits.
        ends_sentence: Whether it ends with a mark that ends sentences.
        inner_ends: How many such marks, followed by a space or their script's next character,
            stand inside.
        sentence: Whether it looks like a sentence, or several.
        lower_start: Whether its first letter is in lower case.
        bullet: Whether it starts with the mark of a list's item.
        numbered: Whether it starts with a number as items of a list do (``3.``).
        amount: Whether it names a sum of money or a percentage.
        full_stop: Whether it ends in a full stop or a bracket.
        flags: What its characters are, all together (see `boilerkill.characters`).
        listed: Whether it has so many separators of one kind that it may be a list.
        columns: The number of bars and tabs, which stand between the columns of tables.
        addressed: Whether it holds an @, or a colon before its end.
    """

    words: Ints
    characters: Ints
    signs: Ints
    lower_share: npt.NDArray[np.float64]
    numbers: Ints
    ends_sentence: Bools
    inner_ends: Ints
    sentence: Bools
    lower_start: Bools
    bullet: Bools
    numbered: Bools
    amount: Bools
    full_stop: Bools
    flags: Flags
    listed: Bools
    columns: Ints
    addressed: Bools

    def has(self, flags: int) -> Bools:
        """Tell which segments have a character with one of these flags."""
        result: Bools = self.flags & flags != 0
        return result

    def take(self, chosen: Ints) -> Shape:
        """Return the shapes of some of the segments, given by their numbers."""
        return Shape(**{name: values.take(chosen) for name, values in vars(self).items()})


def measure_shape(reading: Reading) -> Shape:
    r"""Measure the shape of every segment.

    >>> from boilerkill.read import read_text
    >>> measure_shape(read_text("Home\nIt rained for a day, and then the sun came out.")).sentence
    array([False,  True])
    """
    flags = reading.flags
    is_word = flags & char.WORD != 0
    blank = flags & char.BLANK != 0
    begins = is_word.copy()
    begins[1:] &= ~is_word[:-1]
    lower_words = reading.count(begins & (flags & char.LOWER != 0))
    cased = reading.count(begins & (flags & (char.LOWER | char.UPPER) != 0))
    lower_share = np.divide(lower_words, cased, out=np.ones(len(reading)), where=cased > 0)
    words = _count_words(reading)
    ends_sentence = _ends_sentence(reading)
    inner_ends = reading.count(_inner_ends(flags, blank))
    visible = reading.count(~blank)
    digits = flags & char.DIGIT != 0
    number_starts = digits.copy()
    number_starts[1:] &= ~digits[:-1]
    together = _together(reading)
    last = flags[reading.ends - 1]
    addresses = reading.count(flags & (char.AT | char.COLON) != 0)
    return Shape(
        words=words,
        characters=visible,
        signs=visible - reading.count(is_word),
        lower_share=lower_share,
        numbers=reading.count(number_starts),
        ends_sentence=ends_sentence,
        inner_ends=inner_ends,
        sentence=(lower_share >= LOWER_CASE_SHARE)
        & (
            ((words >= SENTENCE_WORDS) & (ends_sentence | (inner_ends > 1)))
            | (words >= LONG_PROSE_WORDS)
        ),
        lower_start=_starts_lower(reading),
        bullet=_at(reading, 0, char.LIST_MARK) & _at(reading, 1, char.BLANK),
        numbered=_is_numbered(reading),
        amount=together & char.AMOUNT != 0,
        full_stop=ends_sentence & (last & char.FULL_STOP != 0),
        flags=together,
        listed=many_separators(reading),
        columns=reading.count(flags & (char.BAR | char.TAB) != 0),
        addressed=addresses > (last & char.COLON != 0),
    )


def _together(reading: Reading) -> Flags:
    """For each segment, join the flags of its characters."""
    if not len(reading):
        return np.zeros(0, dtype=np.uint32)
    together: Flags = np.bitwise_or.reduceat(reading.flags, reading.bounds)[::2]
    return together


def _count_words(reading: Reading) -> Ints:
    """Count words by their starts in the canonical text, single-character words as halves."""
    canonical = reading.canonical.points
    starts_word = canonical == 0x20
    words = starts_word.nonzero()[0]
    alone = (starts_word[:-2] & starts_word[2:] & (canonical[1:-1] > 0x0DFF)).nonzero()[0]
    starts, ends = reading.canonical_starts, reading.canonical_ends
    count, halves = (
        np.searchsorted(places, ends) - np.searchsorted(places, starts) for places in (words, alone)
    )
    return (2 * count - halves + 1) // 2


def _inner_ends(flags: npt.NDArray[np.uint32], blank: Bools) -> Bools:
    """Tell marks that end a sentence with another one behind them."""
    ends = flags & char.TERMINAL != 0
    apart = flags & char.IDEOGRAPHIC != 0
    apart[:-1] |= blank[1:]
    result: Bools = ends & apart
    return result


def _ends_sentence(reading: Reading) -> Bools:
    """Tell whether the last character of each segment, closing marks left out, ends a sentence."""
    at = reading.ends - 1
    for _ in range(MARKS_AT_THE_ENDS):
        at = at - ((reading.flags[at] & char.CLOSING != 0) & (at > reading.starts))
    result: Bools = reading.flags[at] & char.TERMINAL != 0
    return result


def _starts_lower(reading: Reading) -> Bools:
    """Tell whether the first character, marks before it left out, is a lower-case letter."""
    at = reading.starts
    for _ in range(MARKS_AT_THE_ENDS):
        at = at + ((reading.flags[at] & char.WORD == 0) & (at < reading.ends - 1))
    result: Bools = reading.flags[at] & char.LOWER != 0
    return result


def _at(reading: Reading, offset: int, flag: int) -> Bools:
    """Tell whether a character with a flag stands at an offset into each segment."""
    places = np.minimum(reading.starts + offset, len(reading.flags) - 1)
    result: Bools = reading.flags[places] & flag != 0
    return result


def _is_numbered(reading: Reading) -> Bools:
    one = _at(reading, 1, char.LIST_STOP) & _at(reading, 2, char.BLANK)
    two = (
        _at(reading, 1, char.DIGIT) & _at(reading, 2, char.LIST_STOP) & _at(reading, 3, char.BLANK)
    )
    return _at(reading, 0, char.DIGIT) & (one | two)
