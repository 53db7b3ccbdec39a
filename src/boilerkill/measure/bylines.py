"""Bylines in pieces: "By Ann Lee | May 31, 2024 | 5 min read | 3 comments" in one line.

Themes join what they know of an article with bars, dots and arrows. Such a line is a byline when
every piece of it is a name, a date or a phrase of bylines, and one of them tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from boilerkill import characters as char
from boilerkill.canonical import canonicalize, code_points
from boilerkill.measure.footers import table_rows
from boilerkill.measure.names import is_date, is_name
from boilerkill.measure.shape import Shape
from boilerkill.measure.wording import Wording
from boilerkill.phrasebook import Phrasebook, TemplateMatch
from boilerkill.reading import Reading

__all__ = ["TELLING", "find_bylines", "split_byline"]

Bools = npt.NDArray[np.bool_]

BYLINE_WORDS = 30
BYLINE_CHARACTERS = 200
# A date without words has so many numbers.
DATE_NUMBERS = 3

_SIGNS = char.BAR | char.BULLET | char.ARROW | char.SLASH | char.DASH | char.AT
_BETWEEN = regex.compile(
    r"\s*\n\s*|\s*[|｜•·∙・»›]\s*|\s+[/–—-]\s+|\s*／\s*|\s+(?=[\w.+-]+@[\w-]+\.)"
)
# Only these set a name apart from a date where neither has a word beside it: a list of years and
# names has dashes.
_SET_APART = regex.compile(r"[|｜•·∙・]")
_ADDRESS = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Users are called "oldgoat" or "mossy_gears".
_USER_NAME = regex.compile(r"@?[\w.-]{2,30}")

# The roles of phrases that a piece of a byline can be, and of those that tell one.
TELLING = (
    "byline.author",
    "byline.editor",
    "byline.published",
    "byline.updated",
    "byline.reading",
)
_BESIDE = (*TELLING, "byline.role", "byline.agency", "comment_form.count", "navigation.tags")


def find_bylines(reading: Reading, shape: Shape, wording: Wording, candidates: Bools) -> Bools:
    """Tell which of the candidates are bylines in pieces."""
    found = np.zeros(len(reading), dtype=bool)
    short = (
        candidates
        & (shape.words <= BYLINE_WORDS)
        & (reading.lengths <= BYLINE_CHARACTERS)
        & ~shape.bullet
        & ~shape.amount
    )
    if not short.any():
        return found
    # Without a date, an address, a job or an agency, no piece would tell a byline.
    told = (shape.numbers > 0) | wording.has_role("byline.role", "byline.agency")
    short &= (told | shape.has(char.AT)) & shape.has(_SIGNS)
    if short.any():
        short &= ~table_rows(reading, shape)
    for number in short.nonzero()[0].tolist():
        found[number] = reading.recall(_is_byline, (reading.book, reading.shown(number)))
    return found


def split_byline(line: str) -> list[str]:
    """Return the pieces of a byline.

    >>> split_byline("By Ann Lee | May 31, 2024 · ann@paper.example")
    ['By Ann Lee', 'May 31, 2024', 'ann@paper.example']
    """
    return [piece for piece in _BETWEEN.split(line) if piece.strip(" :,;.")]


def _is_byline(told: tuple[Phrasebook, str]) -> bool:
    """Tell whether a line is a byline by the phrases of a book."""
    book, line = told
    pieces = split_byline(line)
    if len(pieces) < 2:
        return False
    forms = _canonical_forms(pieces)
    dates = [_is_date(form.text, book) for form in forms]
    others = [
        (piece, form)
        for piece, form, date in zip(pieces, forms, dates, strict=True)
        if not (date or _ADDRESS.fullmatch(piece))
    ]
    strengths = _tell_byline(others, book, dated=any(dates))
    if not all(
        strength > 0 or is_name(piece)
        for strength, (piece, _) in zip(strengths, others, strict=True)
    ):
        return False
    set_apart = any(dates) and _SET_APART.search(line) is not None
    return _TELLS in strengths or (set_apart and any(map(is_name, pieces)))


_GOES_WITH, _TELLS = 1, 2


class _Form(NamedTuple):
    """The canonical form of a piece.

    Attributes:
        text: The form.
        origin: For each of its characters, the index of the one in the piece it comes from.
    """

    text: str
    origin: npt.NDArray[np.int32]


def _canonical_forms(pieces: Sequence[str]) -> list[_Form]:
    """Return the canonical forms of pieces, found at once."""
    whole = canonicalize(code_points("\n".join(pieces)))
    forms = []
    begin = at = 0
    for piece, text in zip(pieces, whole.text.split("\n"), strict=True):
        forms.append(_Form(text, whole.origin[at : at + len(text)] - begin))
        begin, at = begin + len(piece) + 1, at + len(text) + 1
    return forms


def _is_date(text: str, book: Phrasebook) -> bool:
    words = text.split()
    numbers = sum(word == "0" for word in words)
    named = any(word.strip("0") for word in words)
    return is_date(words, book.date_words) and (named or numbers >= DATE_NUMBERS)


def _tell_byline(
    pieces: Sequence[tuple[str, _Form]], book: Phrasebook, *, dated: bool
) -> list[int]:
    """Say of each piece whether it tells a byline, goes with one, or (0) neither."""
    strengths = [_strength_of_phrase(form.text, book) for _, form in pieces]
    for number, match in book.match_templates([form.text for _, form in pieces]):
        role = book.roles[match.role].name
        if role in _BESIDE and _fills_fit(*pieces[number], match, book, dated=dated):
            strength = _TELLS if role in TELLING else _GOES_WITH
            strengths[number] = max(strengths[number], strength)
    return strengths


def _strength_of_phrase(words: str, book: Phrasebook) -> int:
    if words in book.literals_of(*TELLING):
        return _TELLS
    return _GOES_WITH if words in book.literals_of(*_BESIDE) else 0


def _fills_fit(
    piece: str, form: _Form, match: TemplateMatch, book: Phrasebook, *, dated: bool
) -> bool:
    dated = dated or any(name == "date" for name, _, _ in match.fills)
    for name, start, end in match.fills:
        if name == "date" and not is_date(form.text[start:end].split(), book.date_words):
            return False
        if name == "name":
            source = piece[form.origin[start] : form.origin[end - 1] + 1].strip(" :")
            if not is_name(source) and not (dated and _USER_NAME.fullmatch(source)):
                return False
    return True
