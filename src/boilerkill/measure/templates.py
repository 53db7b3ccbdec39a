"""Phrases with placeholders: which segments match one as a whole, names and dates checked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from boilerkill.document import Kind
from boilerkill.measure.language import may_be_of
from boilerkill.measure.names import is_date, is_name, is_user_name, is_whole_name
from boilerkill.measure.shape import Shape
from boilerkill.phrasebook import Phrasebook, TemplateMatch
from boilerkill.reading import Reading

__all__ = ["Template", "match_templates", "source_text"]

# A longer segment matches no phrase with placeholders.
TEMPLATE_CHARACTERS = 160
TEMPLATE_SENTENCE = 120
# A phrase of so many words of its own tells enough.
LONG_PHRASE = 6


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
    numbers = short.tolist()
    pieces = [reading.canonical_segments[number] for number in numbers]
    found = []
    for place, match in book.match_templates(pieces):
        if shape.sentence[numbers[place]] and not _may_be_sentence(match, book):
            continue
        if match.bare and not may_be_of(match.languages, languages, book):
            continue
        fills = _bound_dates(match.fills, pieces[place], book.date_words)
        if match.colon:
            fills = _bound_signs(reading, numbers[place], fills)
        bounded = match if fills is match.fills else match._replace(fills=fills)
        template = _check_fills(reading, numbers[place], bounded, pieces[place], book)
        if template is not None:
            found.append(template)
    return found


# The kinds whose phrases with placeholders may be whole sentences.
_SENTENCES = (Kind.RELATED, Kind.NOTICE)


def _may_be_sentence(match: TemplateMatch, book: Phrasebook) -> bool:
    """Tell phrases such as "This page was last edited on 19 June 2019, at 14:22."."""
    kind = book.roles[match.role].kind
    dated = any(name == "date" for name, _, _ in match.fills)
    byline = kind is Kind.BYLINE and not match.bare and (dated or _is_long(match))
    return kind in _SENTENCES or byline


def _is_long(match: TemplateMatch) -> bool:
    """Tell phrases of so many words that what stands for the placeholder does not matter."""
    return len(match.phrase.split()) - len(match.fills) >= LONG_PHRASE


Fill = tuple[str, int, int]


def _bound_dates(
    fills: tuple[Fill, ...], canonical: str, date_words: frozenset[str]
) -> tuple[Fill, ...]:
    """Return the fills with the bounds between names and dates next to each other where they are.

    "Ann Lee May 31, 2024" matches ``{name} {date}`` in several ways.
    """
    if len(fills) < 2:
        return fills
    bounded = list(fills)
    for place, (before, behind) in enumerate(itertools.pairwise(fills)):
        (first, start, middle), (second, begin, end) = before, behind
        if middle != begin or {first, second} != {"name", "date"}:
            continue
        words = canonical[start:end].split()
        if second == "date":
            count = len(words) - _leading_date_words(words[::-1], date_words)
        else:
            count = _leading_date_words(words, date_words)
        # Each of both has a word at least.
        count = min(max(count, 1), len(words) - 1)
        bound = start + sum(len(word) + 1 for word in words[:count])
        bounded[place : place + 2] = [(first, start, bound), (second, bound, end)]
    return tuple(bounded)


def _bound_signs(reading: Reading, number: int, fills: Sequence[Fill]) -> tuple[Fill, ...]:
    """Return the fills with the bound between a name and anything where the sign is.

    "記者王小明／台北報導" matches ``記者{name}／{any}報導`` in several ways.
    """
    bounded = list(fills)
    canonical = reading.canonical_segment(number)
    for place, (before, behind) in enumerate(itertools.pairwise(fills)):
        (first, start, middle), (second, begin, end) = before, behind
        if middle != begin or first != "name" or second not in ("any", "title"):
            continue
        for bound in range(start + 1, end):
            if canonical[bound] == " " and not _COLONS.isdisjoint(
                _beside_fill(reading, number, bound, end)
            ):
                bounded[place : place + 2] = [(first, start, bound), (second, bound, end)]
                break
    return tuple(bounded)


def _leading_date_words(words: Sequence[str], date_words: frozenset[str]) -> int:
    count = 0
    while count < len(words) and is_date([*words[: count + 1], "0"], date_words):
        count += 1
    return count


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
            sure = book.roles[match.role].kind is Kind.BYLINE and _is_long(match)
            if (
                needed.isdisjoint(between)
                and not sure
                and (match.bare or match.colon or not _starts_title(reading, number, start))
            ):
                return None
        if name == "name":
            source = source_text(reading, number, start, end)
            if not is_name(source):
                if not (is_user_name(source) and _tells_user_names(match, book)):
                    return None
            elif match.bare and not is_whole_name(source):
                strong = False
    return Template(number, match, strong)


def _tells_user_names(match: TemplateMatch, book: Phrasebook) -> bool:
    """Tell whether a name behind such words may be written like any other word.

    "Posted by webmaster" and "By webmaster on 31 May 2024" tell enough, "By land" does not.
    """
    if book.roles[match.role].kind is not Kind.BYLINE:
        return False
    if any(name == "name" and start == 0 for name, start, _ in match.fills):
        return False
    return not match.bare or any(name == "date" for name, _, _ in match.fills)


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
    return letter == letter.title() and last not in ".。।"


_COLONS = frozenset(":：=＝／|｜")
_SET_APART = _COLONS | frozenset("–—")
