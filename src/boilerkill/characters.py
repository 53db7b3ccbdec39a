"""What characters are: one table of flags, so that a text is looked up once for all questions.

>>> from boilerkill.canonical import code_points
>>> (flags_of(code_points("a|B")) & BAR != 0).tolist()
[False, True, False]
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

__all__ = ["SENTENCE_ENDS", "Flags", "by_category", "flags_of"]

Flags = npt.NDArray[np.uint32]

LOWER = 1 << 0
UPPER = 1 << 1
UNCASED = 1 << 2
DIGIT = 1 << 3
BLANK = 1 << 4
TERMINAL = 1 << 5
CLOSING = 1 << 6
BAR = 1 << 7
BULLET = 1 << 8
ARROW = 1 << 9
TILDE = 1 << 10
SEMICOLON = 1 << 11
COMMA = 1 << 12
SLASH = 1 << 13
DASH = 1 << 14
CRUMB = 1 << 15
AMOUNT = 1 << 16
AT = 1 << 17
LIST_MARK = 1 << 18
FULL_STOP = 1 << 19
IDEOGRAPHIC = 1 << 20
TAB = 1 << 21
LIST_STOP = 1 << 22
COLON = 1 << 23
ANGLE = 1 << 24
POINTER = 1 << 25

LETTER = LOWER | UPPER | UNCASED
WORD = LETTER | DIGIT
SEPARATOR = BAR | BULLET | ARROW | TILDE | SEMICOLON | COMMA | SLASH | DASH | CRUMB

# Marks that end a sentence, in the scripts of the web.
SENTENCE_ENDS = ".!?…。！？｡؟۔।॥։።፧᙮។៕།܀՜՞"

_SIGNS = {
    # Prose in some languages ends lines with a semicolon, too.
    TERMINAL: SENTENCE_ENDS + ";",
    # Marks that may stand behind them.
    CLOSING: "\"'”’“‘»«›‹)]}」』》〉）】*",
    BAR: "|｜¦",
    BULLET: "•·●▪■◆★☆✦‧∙・▸►⋅",
    ARROW: "»›→",
    TILDE: "~",
    SEMICOLON: ";",
    COMMA: ",，、،",
    SLASH: "/／",
    DASH: "-–—",
    CRUMB: ">\\",
    AMOUNT: "$€£¥%",
    AT: "@",
    # Marks before the items of a list.
    LIST_MARK: "-*•·–▪◦‣●○■□►+",
    FULL_STOP: ".。।)*",
    TAB: "\t",
    LIST_STOP: ".)",
    COLON: ":：",
    ANGLE: "‹＞",
    # Arrows to the story before or behind, and the sign of a tag.
    POINTER: "←→⟵⟶«»<>◀▶⇐⇒#",
}

_BY_CATEGORY = {
    "Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": UNCASED, "Lm": UNCASED, "Mn": UNCASED,
    "Mc": UNCASED, "Nd": DIGIT, "Zs": BLANK, "Zl": BLANK, "Zp": BLANK,
}  # fmt: skip

_BMP = 0x10000

# Many characters of one category, which would take long to ask for one by one: ideographs, the
# syllables of Hangul, surrogates, and what is for private use.
_OF_ONE_CATEGORY = (
    (0x3400, 0x4DB6, "Lo"),
    (0x4E00, 0x9FD0, "Lo"),
    (0xAC00, 0xD7A4, "Lo"),
    (0xD800, 0xE000, "Cs"),
    (0xE000, 0xF900, "Co"),
)


def flags_of(points: npt.NDArray[np.uint32]) -> Flags:
    """Return the flags of characters given as code points."""
    # All that are beyond the table have its last entry.
    return _table().take(points, mode="clip")


def by_category(values: Mapping[str, int]) -> npt.NDArray[np.uint32]:
    """Return the value of each character of the Basic Multilingual Plane, given that of categories.

    It is 0 for characters of all other categories.
    """
    of_number = np.zeros(1 << 16, dtype=np.uint32)
    for category, value in values.items():
        of_number[_numbered(category)] = value
    return of_number[_categories()]


@functools.cache
def _categories() -> npt.NDArray[np.uint16]:
    """Return the number of the category of every character of the Basic Multilingual Plane."""
    parts: list[str] = []
    at = 0
    for start, end, category in (*_OF_ONE_CATEGORY, (_BMP, _BMP, "")):
        parts += map(unicodedata.category, map(chr, range(at, start)))
        parts.append(category * (end - start))
        at = end
    return _numbered("".join(parts))


def _numbered(categories: str) -> npt.NDArray[np.uint16]:
    """Return a number for each of some categories, whose names are two letters of ASCII."""
    return np.frombuffer(categories.encode("ascii"), dtype=np.uint16)


@functools.cache
def _table() -> Flags:
    """Return the flags of every character of the Basic Multilingual Plane, and of any other."""
    table = np.zeros(_BMP + 1, dtype=np.uint32)
    table[:_BMP] = by_category(_BY_CATEGORY)
    # Georgian writes names and sentences in its small letters; its capitals are for whole words.
    georgian = table[0x10D0:0x1100]
    georgian[georgian == LOWER] = UNCASED
    table[0x3000:] |= IDEOGRAPHIC
    for char in "\t\n":
        table[ord(char)] |= BLANK
    for flag, signs in _SIGNS.items():
        table[[ord(sign) for sign in signs]] |= flag
    return table
