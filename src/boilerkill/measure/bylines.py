"""Bylines in pieces: "By Ann Lee | May 31, 2024 | 5 min read | 3 comments" in one line.

Themes join what they know of an article with bars, dots and arrows. Such a line is a byline when
every piece of it is a name, a date or a phrase of bylines, and one of them tells it.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
import regex

from boilerkill import characters as char
from boilerkill.canonical import Canonical, canonicalize, code_points
from boilerkill.measure.names import is_date, is_name
from boilerkill.measure.shape import Shape
from boilerkill.measure.wording import Wording
from boilerkill.phrasebook import TemplateMatch, phrasebook
from boilerkill.reading import Reading

__all__ = ["find_bylines", "split_byline"]

Bools = npt.NDArray[np.bool_]

BYLINE_WORDS = 30
BYLINE_CHARACTERS = 200
# A date without words has so many numbers.
DATE_NUMBERS = 3

_SIGNS = char.BAR | char.BULLET | char.ARROW | char.SLASH | char.DASH | char.AT | char.COLON
_BETWEEN = regex.compile(r"\s*[|｜•·∙・»›]\s*|\s+[/–—-]\s+|\s*／\s*|\s+(?=[\w.+-]+@[\w-]+\.)")
# Only these set a name apart from a date where neither has a word beside it: a list of years and
# names has dashes.
_SET_APART = regex.compile(r"[|｜•·∙・]")
_ADDRESS = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Users are called "oldgoat" or "mossy_gears".
_USER_NAME = regex.compile(r"@?[\w.-]{2,30}")

# The roles of phrases that a piece of a byline can be, and of those that tell one.
_TELLING = ("byline.author", "byline.published", "byline.updated", "byline.reading")
_BESIDE = (*_TELLING, "byline.role", "byline.agency", "comment_form.count", "navigation.tags")


def find_bylines(reading: Reading, shape: Shape, wording: Wording, candidates: Bools) -> Bools:
    """Tell which of the candidates are bylines in pieces."""
    found = np.zeros(len(reading), dtype=bool)
    short = (
        candidates
        & (shape.words <= BYLINE_WORDS)
        & (reading.ends - reading.starts <= BYLINE_CHARACTERS)
        & ~shape.bullet
        & ~shape.amount
    )
    if not short.any():
        return found
    # Without a date, an address, a job or an agency, no piece would tell a byline.
    told = (shape.numbers > 0) | wording.has_role("byline.role", "byline.agency")
    short &= (told | shape.has(char.AT)) & shape.has(_SIGNS)
    for number in short.nonzero()[0].tolist():
        found[number] = reading.recall(_is_byline, reading.segment(number))
    return found


def split_byline(line: str) -> list[str]:
    """Return the pieces of a byline.

    >>> split_byline("By Ann Lee | May 31, 2024 · ann@paper.example")
    ['By Ann Lee', 'May 31, 2024', 'ann@paper.example']
    """
    return [piece for piece in _BETWEEN.split(line) if piece.strip(" :,;.")]


def _is_byline(line: str) -> bool:
    pieces = split_byline(line)
    if len(pieces) < 2:
        return False
    canonical = [canonicalize(code_points(piece)) for piece in pieces]
    dated = any(_is_date(piece) for piece in canonical)
    tells = 0
    for piece, form in zip(pieces, canonical, strict=True):
        if _is_date(form) or _ADDRESS.fullmatch(piece):
            continue
        strength = _tells_byline(piece, form, dated=dated)
        if strength == 0 and not is_name(piece):
            return False
        tells += strength == _TELLS
    set_apart = dated and _SET_APART.search(line) is not None
    return tells > 0 or (set_apart and any(map(is_name, pieces)))


_GOES_WITH, _TELLS = 1, 2


def _is_date(form: Canonical) -> bool:
    words = form.text.split()
    numbers = sum(word == "0" for word in words)
    named = any(word.strip("0") for word in words)
    return is_date(words, phrasebook().date_words) and (named or numbers >= DATE_NUMBERS)


def _tells_byline(piece: str, form: Canonical, *, dated: bool) -> int:
    """Say whether a piece tells a byline, goes with one, or (0) neither."""
    book = phrasebook()
    words = form.text.strip("\n")
    strength = 0
    if words in _phrases(_TELLING):
        strength = _TELLS
    elif words in _phrases(_BESIDE):
        strength = _GOES_WITH
    for _, match in book.match_templates([words]):
        role = book.roles[match.role].name
        if role in _BESIDE and _fills_fit(piece, form, match, dated=dated):
            strength = max(strength, _TELLS if role in _TELLING else _GOES_WITH)
    return strength


def _fills_fit(piece: str, form: Canonical, match: TemplateMatch, *, dated: bool) -> bool:
    for name, start, end in match.fills:
        if name == "date" and not is_date(form.text[start:end].split(), phrasebook().date_words):
            return False
        if name == "name":
            source = piece[form.origin[start] : form.origin[end - 1] + 1].strip(" :")
            if not is_name(source) and not (dated and _USER_NAME.fullmatch(source)):
                return False
    return True


@functools.cache
def _phrases(roles: tuple[str, ...]) -> frozenset[str]:
    return phrasebook().literals_of(*roles)
