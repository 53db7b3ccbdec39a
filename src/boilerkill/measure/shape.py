"""Shape: what the characters of a segment say, whatever its words."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.canonical import CodePoints
from boilerkill.reading import Reading

__all__ = ["Shape", "measure_shape"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A sentence of prose has at least so many words. Scripts without spaces count characters, of which
# two are taken for a word.
SENTENCE_WORDS = 8
LONG_PROSE_WORDS = 25
LOWER_CASE_SHARE = 0.5

# Marks that end a sentence, in the scripts of the web.
_TERMINAL = ".!?…。！？｡؟۔।॥։።፧᙮។៕။܀՜՞;"
_CLOSING = "\"'”’“‘»«›‹)]}」』》〉）】*"

_BULLETS = "-*•·–▪◦‣●○■□►+"
_DIGITS = "0123456789"

_LOWER, _UPPER, _UNCASED, _DIGIT, _OTHER, _ENDS, _CLOSES, _BLANK = range(8)
_BMP = 0x10000


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


def measure_shape(reading: Reading) -> Shape:
    """Measure the shape of every segment.

    >>> from boilerkill.read import read_text
    >>> measure_shape(read_text("Home\\nIt rained for a day, and then the sun came out.")).sentence
    array([False,  True])
    """
    classes = _classes(reading.points)
    previous = np.empty_like(classes)
    previous[:1] = _BLANK
    previous[1:] = classes[:-1]
    following = np.empty_like(classes)
    following[-1:] = _BLANK
    following[:-1] = classes[1:]
    begins_word = previous >= _OTHER
    starts, ends = reading.starts, reading.ends

    def count(what: Bools) -> Ints:
        sums = np.zeros(len(what) + 1, dtype=np.int64)
        np.cumsum(what, out=sums[1:])
        return sums[ends] - sums[starts]

    lower_words = count((classes == _LOWER) & begins_word)
    upper_words = count((classes == _UPPER) & begins_word)
    words = _count_words(reading)
    ends_sentence = _ends_sentence(classes, starts, ends)
    inner_ends = count((classes == _ENDS) & ((following == _BLANK) | (reading.points > 0x2FFF)))
    cased = lower_words + upper_words
    lower_share = np.divide(lower_words, cased, out=np.ones(len(starts)), where=cased > 0)
    sentence = (lower_share >= LOWER_CASE_SHARE) & (
        ((words >= SENTENCE_WORDS) & (ends_sentence | (inner_ends > 1)))
        | (words >= LONG_PROSE_WORDS)
    )
    return Shape(
        words=words,
        characters=count(classes != _BLANK),
        signs=count((classes >= _OTHER) & (classes != _BLANK)),
        lower_share=lower_share,
        numbers=count((classes == _DIGIT) & (previous != _DIGIT)),
        ends_sentence=ends_sentence,
        inner_ends=inner_ends,
        sentence=sentence,
        lower_start=_starts_lower(classes, starts, ends),
        bullet=_at(reading, 0, _BULLETS) & _at(reading, 1, " \t"),
        numbered=_is_numbered(reading),
    )


def _count_words(reading: Reading) -> Ints:
    """Count words by their starts in the canonical text, single-character words as halves."""
    canonical = np.frombuffer(reading.canonical.text.encode("utf-32-le"), dtype="<u4")
    starts_word = canonical == 0x20
    alone = np.zeros_like(starts_word)
    if len(canonical) > 2:
        alone[:-2] = starts_word[:-2] & starts_word[2:] & (canonical[1:-1] > 0x0DFF)
    halves = np.zeros(len(canonical) + 1, dtype=np.int64)
    np.cumsum(2 * starts_word.astype(np.int64) - alone, out=halves[1:])
    first, last = reading.canonical_starts, reading.canonical_ends
    return (halves[last] - halves[first] + 1) // 2


def _at(reading: Reading, offset: int, chars: str) -> Bools:
    """Tell whether one of `chars` stands at an offset into each segment."""
    places = np.minimum(reading.starts + offset, len(reading.points) - 1)
    return np.isin(reading.points[places], [ord(char) for char in chars])


def _is_numbered(reading: Reading) -> Bools:
    first = _at(reading, 0, _DIGITS)
    one = _at(reading, 1, ".)")
    two = _at(reading, 1, _DIGITS) & _at(reading, 2, ".)")
    return first & ((one & _at(reading, 2, " \t")) | (two & _at(reading, 3, " \t")))


def _starts_lower(classes: npt.NDArray[np.uint8], starts: Ints, ends: Ints) -> Bools:
    """Tell whether the first character, marks before it left out, is a lower-case letter."""
    at = starts
    for _ in range(3):
        mark = (classes[at] >= _OTHER) & (at < ends - 1)
        at = at + mark
    result: Bools = classes[at] == _LOWER
    return result


def _ends_sentence(classes: npt.NDArray[np.uint8], starts: Ints, ends: Ints) -> Bools:
    """Tell whether the last character of each segment, closing marks left out, ends a sentence."""
    at = ends - 1
    for _ in range(3):
        closing = (classes[at] == _CLOSES) & (at > starts)
        at = at - closing
    result: Bools = classes[at] == _ENDS
    return result


def _classes(points: CodePoints) -> npt.NDArray[np.uint8]:
    table = _class_table()
    return table[np.minimum(points, _BMP - 1)]


@functools.cache
def _class_table() -> npt.NDArray[np.uint8]:
    table = np.full(_BMP, _OTHER, dtype=np.uint8)
    by_category = {"Ll": _LOWER, "Lu": _UPPER, "Lt": _UPPER, "Lo": _UNCASED, "Lm": _UNCASED,
                   "Mn": _UNCASED, "Mc": _UNCASED, "Nd": _DIGIT, "Zs": _BLANK, "Zl": _BLANK,
                   "Zp": _BLANK}  # fmt: skip
    for point in range(_BMP):
        table[point] = by_category.get(unicodedata.category(chr(point)), _OTHER)
    for char in "\t\n":
        table[ord(char)] = _BLANK
    for char in _TERMINAL:
        table[ord(char)] = _ENDS
    for char in _CLOSING:
        table[ord(char)] = _CLOSES
    return table
