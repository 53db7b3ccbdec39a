"""The canonical form of text, in which phrases are looked for.

Lower case; accents kept, but for those of Greek; every run of digits is one ``0``; punctuation and
white space are gone, and each word stands behind exactly one space. Writing without spaces
(Chinese, Japanese, Thai …) has each character for a word. So ``Leave a Reply!`` and
``LEAVE  A  REPLY`` are both `` leave a reply``, and ``12 comments`` is `` 0 comments``. Line feeds
stay.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.characters import by_category

__all__ = ["Canonical", "canonical_text", "canonicalize", "code_points"]

Ints = npt.NDArray[np.int64]
CodePoints = npt.NDArray[np.uint32]

_BMP = 0x10000

# What a character is to the canonical form.
_SEPARATOR, _WORD, _DIGIT, _OWN_WORD, _MARK, _NEWLINE = range(6)

_CLASSES = 6

# A text is worked on in stretches of so many characters, that it takes little memory at once.
_STRETCH = 1 << 16

_CLASS_OF_CATEGORY = {
    "Lu": _WORD, "Ll": _WORD, "Lt": _WORD, "Lm": _WORD, "Lo": _WORD,
    "Mn": _MARK, "Mc": _MARK, "Me": _MARK,
    "Nd": _DIGIT, "Nl": _WORD, "No": _WORD,
}  # fmt: skip


def _starts_word(before: int, here: int) -> bool:
    goes_on = before in (_WORD, _DIGIT, _MARK)
    return here == _OWN_WORD or (here in (_WORD, _DIGIT) and not goes_on)


def _is_emitted(before: int, here: int) -> bool:
    return here != _SEPARATOR and not here == before == _DIGIT


# What a character may become: a space, where a word starts, and itself. For its class and the one
# before it (a pair: `_CLASSES * before + here`), whether the canonical text has each of the two.
_PAIRS = [(before, here) for before in range(_CLASSES) for here in range(_CLASSES)]
_BECOMES = np.array([(_starts_word(*pair), _is_emitted(*pair)) for pair in _PAIRS])

# Scripts written without spaces, whose every letter counts as a word.
_OWN_WORD_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x30FF),  # Kana and their marks
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # CJK ideographs
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)
# The copyright signs are words: "© Example Press".
_SIGNS = (0x00A9, 0x24B8, 0x24D2)
_PLACEHOLDERS = (0xE000, 0xE004)
_ASTRAL_LETTERS = (
    (0x10000, 0x1CFFF, _WORD),
    (0x1D400, 0x1D7FF, _WORD),
    (0x1E000, 0x1EFFF, _WORD),
    (0x20000, 0x3FFFF, _OWN_WORD),
)

# The categories of the characters that have a small form.
_CASED = dict.fromkeys(("Lu", "Lt", "Nl", "So"), 1)

# Letters that are written one way or another for the same word: those of Greek have no accents in
# capitals.
_VARIANTS = str.maketrans("ёıأإآيىكةۀھάέήίόύώϊϋΐΰς", "еiاااییکهههαεηιουωιυιυσ")


@dataclass(frozen=True)
class Canonical:
    """A text's canonical form.

    Attributes:
        text: The canonical text.
        origin: For each character of `text`, the index of the source character it comes from.
        points: The characters of `text` as numbers.
    """

    text: str
    origin: npt.NDArray[np.int32]
    points: CodePoints

    def before(self, places: Ints) -> Ints:
        """For indexes into the source, count what comes from before each.

        Maps spans of the source to spans of the canonical text.
        """
        # Of another type, all of `origin` would be converted.
        return np.searchsorted(self.origin, places.astype(np.int32)).astype(np.int64, copy=False)


def code_points(text: str) -> CodePoints:
    """Return the characters of `text` as numbers.

    >>> code_points("hé").tolist()
    [104, 233]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(
        np.uint32, copy=False
    )


def canonicalize(points: CodePoints) -> Canonical:
    """Return the canonical form of a text that is given as code points.

    >>> canonicalize(code_points("Posted on 24.12.2025 — Tags: Öl, 北京")).text
    ' posted on 0 0 0 tags öl 北 京'
    """
    # Every character becomes two at most. What is not written to takes no memory.
    origin = np.empty(2 * len(points), dtype=np.int32)
    folded = np.empty(2 * len(points), dtype=np.uint32)
    count, before = 0, _NEWLINE
    for start in range(0, len(points), _STRETCH):
        stretch = points[start : start + _STRETCH]
        classes, folds = _look_up(stretch)
        # Each character with the one before it, as one number.
        pairs = classes.copy()
        pairs[0] += _CLASSES * before
        pairs[1:] += _CLASSES * classes[:-1]
        # Two places a character: an even one for the space, an odd one for itself.
        places = _BECOMES.take(pairs, axis=0).ravel().nonzero()[0]
        behind = count + len(places)
        comes_from = places >> 1
        folds = folds[comes_from]
        folds[places & 1 == 0] = 0x20
        folded[count:behind] = folds
        np.add(comes_from, start, out=origin[count:behind])
        count, before = behind, int(classes[-1])
    folded = folded[:count]
    text = folded.astype("<u4", copy=False).tobytes().decode("utf-32-le")
    return Canonical(text, origin[:count], folded)


def _look_up(points: CodePoints) -> tuple[npt.NDArray[np.uint8], CodePoints]:
    """Return the class and the folded form of each character."""
    if points.max() < _BMP:
        # No number is beyond the tables; "clip" spares the check of each.
        return _class_table().take(points, mode="clip"), _fold_table().take(points, mode="clip")
    return _classes(points), _fold(points)


def canonical_text(text: str) -> str:
    """Return the canonical form of a string."""
    return canonicalize(code_points(text)).text


def _classes(points: CodePoints) -> npt.NDArray[np.uint8]:
    classes = _class_table()[np.where(points >= _BMP, 0, points)]
    for first, last, class_ in _ASTRAL_LETTERS:
        classes[(points >= first) & (points <= last)] = class_
    return classes


def _fold(points: CodePoints) -> CodePoints:
    astral = points >= _BMP
    return np.where(astral, points, _fold_table()[np.where(astral, 0, points)])


@functools.cache
def _class_table() -> npt.NDArray[np.uint8]:
    """Return the class of every character of the Basic Multilingual Plane."""
    table = by_category(_CLASS_OF_CATEGORY).astype(np.uint8)
    for first, last in _OWN_WORD_RANGES:
        here = table[first : last + 1]
        here[here == _WORD] = _OWN_WORD
    table[0xD800:0xE000] = _SEPARATOR
    table[[*_SIGNS]] = _OWN_WORD
    table[_PLACEHOLDERS[0] : _PLACEHOLDERS[1] + 1] = _OWN_WORD
    table[0x0A] = _NEWLINE
    return table


@functools.cache
def _fold_table() -> CodePoints:
    """Return the folded form of every character of the Basic Multilingual Plane."""
    points = np.arange(_BMP, dtype=np.uint32)
    for point in range(0xF900, _BMP):
        wide = unicodedata.normalize("NFKC", chr(point))
        points[point] = ord(wide) if len(wide) == 1 else point
    changing = np.flatnonzero(by_category(_CASED)).tolist()
    for point in sorted({*changing, *range(0xF900, _BMP), *_VARIANTS}):
        folded = chr(points[point]).lower().translate(_VARIANTS)
        points[point] = ord(folded) if len(folded) == 1 else point
    points[0x0130] = ord("i")
    points[[*_SIGNS]] = ord("©")
    points[_class_table() == _DIGIT] = ord("0")
    points[0xD800:0xE000] = 0xFFFD
    return points
