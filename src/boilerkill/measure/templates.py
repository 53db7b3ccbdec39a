"""Phrases with placeholders: which segments match one as a whole, names and dates checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from boilerkill.document import Kind
from boilerkill.measure.language import may_be_of
from boilerkill.measure.names import is_date, is_name
from boilerkill.measure.shape import Shape
from boilerkill.phrasebook import Phrasebook, TemplateMatch
from boilerkill.reading import Reading

__all__ = ["Template", "match_templates", "source_text"]

# A longer segment matches no phrase with placeholders.
TEMPLATE_CHARACTERS = 160
TEMPLATE_SENTENCE = 120


@dataclass(frozen=True)
class Template:
    """A phrase with placeholders that a segment matches as a whole.

    Attributes:
        segment: The number of the segment.
        match: What matched.
        strong: Whether it tells its kind alone: ``By Ann Lee``, not ``By Land``.
    """

    segment: int
    match: TemplateMatch
    strong: bool


def match_templates(
    reading: Reading, shape: Shape, book: Phrasebook, languages: frozenset[str] | None
) -> list[Template]:
    """Return the phrases that short segments match as a whole."""
    sizes = reading.canonical_ends - reading.canonical_starts
    longest = np.where(shape.sentence, TEMPLATE_SENTENCE, TEMPLATE_CHARACTERS)
    short = np.flatnonzero((sizes <= longest) & (sizes > 2))
    text, starts, ends = reading.canonical.text, reading.canonical_starts, reading.canonical_ends
    pieces = [
        text[start:end]
        for start, end in zip(starts[short].tolist(), ends[short].tolist(), strict=True)
    ]
    numbers = short.tolist()
    found = []
    for place, match in book.match_templates(pieces):
        if shape.sentence[numbers[place]] and book.roles[match.role].kind not in _SENTENCES:
            continue
        if match.bare and not may_be_of(match.languages, languages):
            continue
        template = _check_fills(reading, numbers[place], match, pieces[place], book)
        if template is not None:
            found.append(template)
    return found


# The kinds whose phrases with placeholders may be whole sentences.
_SENTENCES = (Kind.RELATED, Kind.NOTICE)


def _check_fills(
    reading: Reading, number: int, match: TemplateMatch, canonical: str, book: Phrasebook
) -> Template | None:
    """Return the match if what stands for its placeholders can be names, dates …."""
    strong = book.roles[match.role].strength == "strong"
    for name, start, end in match.fills:
        if name == "date" and not is_date(canonical[start:end].split(), book.date_words):
            return None
        if name in ("any", "title"):
            between = _beside_fill(reading, number, start, end)
            needed = _COLONS if match.colon else _SET_APART
            if needed.isdisjoint(between) and (
                match.bare or match.colon or not _starts_title(reading, number, start)
            ):
                return None
        if name == "name":
            source = source_text(reading, number, start, end)
            if not is_name(source):
                return None
            if match.bare and len(source.split()) < 2:
                strong = False
    return Template(number, match, strong)


def source_text(reading: Reading, number: int, start: int, end: int) -> str:
    """Return the text behind a span of a segment's canonical form."""
    first = int(reading.canonical_starts[number])
    origin = reading.canonical.origin
    return reading.text[origin[first + start] : origin[first + end - 1] + 1]


def _beside_fill(reading: Reading, number: int, start: int, end: int) -> str:
    """Return what stands between a fill and the phrase beside it: the colon in "Source: X"."""
    first = int(reading.canonical_starts[number])
    origin = reading.canonical.origin
    if start > 0:
        return reading.text[origin[first + start - 1] + 1 : origin[first + start]]
    last = first + end
    return reading.text[origin[last - 1] + 1 : origin[last]] if last < len(origin) else ""


def _starts_title(reading: Reading, number: int, start: int) -> bool:
    """Tell whether a fill starts like a title, and its segment does not end like a sentence."""
    first = int(reading.canonical.origin[reading.canonical_starts[number] + start])
    letter = (
        reading.text[first + 1 : first + 2] if reading.text[first] == " " else reading.text[first]
    )
    last = reading.text[reading.ends[number] - 1]
    return not letter.islower() and last not in ".。।"


_COLONS = frozenset(":：=＝／|｜")
_SET_APART = _COLONS | frozenset("–—")
