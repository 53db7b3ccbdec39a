"""Read the phrases of a byline, and the names and dates that stand for their placeholders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from boilerkill.byline.names import joins_names, split_names
from boilerkill.document import Kind
from boilerkill.measure.shape import measure_shape
from boilerkill.measure.templates import Template, match_templates, source_text
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook
from boilerkill.read import read_text
from boilerkill.reading import Memory, Reading

__all__ = ["BylinePhrase", "read_names", "read_phrases"]

_PIECES = regex.compile(r"\s*[|｜•·∙⋅／,，、;]\s*|\s+[/–—-]\s+")

# A phrase takes up at most so many pieces of a line, and stands in the first ones.
PHRASE_PIECES = 6
LINE_PIECES = 16


@dataclass(frozen=True)
class BylinePhrase:
    """A phrase of a byline, with what stands for its placeholders."""

    role: str
    names: tuple[str, ...]
    dated: bool
    languages: tuple[str, ...]


def read_phrases(line: str, book: Phrasebook) -> list[BylinePhrase]:
    """Read the phrases that a line consists of: as few, and therefore as long ones, as there are.

    They stand in the whole line, or between its separators.
    """
    bounds = [0, *(at for match in _PIECES.finditer(line) for at in match.span()), len(line)]
    pieces = list(zip(bounds[::2], bounds[1::2], strict=True))[:LINE_PIECES]
    runs = {(0, len(pieces)): line}
    for first in range(len(pieces)):
        for last in range(first, min(first + PHRASE_PIECES, len(pieces))):
            runs[first, last + 1] = line[pieces[first][0] : pieces[last][1]]
    matches = _match_phrases(list(runs.values()), book)
    found = {run: match for run, match in zip(runs, matches, strict=True) if match is not None}
    phrases = []
    first = 0
    while first < len(pieces):
        run = max((run for run in found if run[0] == first), default=(first, first + 1))
        if run in found:
            phrases.append(found[run])
        first = run[1]
    return phrases


def _match_phrases(lines: list[str], book: Phrasebook) -> list[BylinePhrase | None]:
    """Return for each line the phrase that says most of what it is, if any matches it."""
    reading = read_text("\n".join(line or "-" for line in lines), Memory(book))
    best: dict[int, Template] = {}
    for template in match_templates(reading, measure_shape(reading), book, None):
        if book.roles[template.match.role].kind is Kind.BYLINE and _fills_stand(reading, template):
            known = best.get(template.segment)
            if known is None or _says_more(template, known):
                best[template.segment] = template
    phrases: list[BylinePhrase | None] = [None] * len(lines)
    for number, template in best.items():
        line = int(reading.lines[number])
        # A line that is glued together is read in its parts.
        if phrases[line] is None:
            phrases[line] = _as_phrase(reading, template)
    return phrases


def _fills_stand(reading: Reading, template: Template) -> bool:
    """Tell whether what fills a phrase can.

    Behind a bar another piece begins, and "Per-Erik" is one name, though "per" is a phrase's word.
    """
    start = int(reading.starts[template.segment])
    for name, first, last in template.match.fills:
        text = source_text(reading, template.segment, first, last)
        if name == "any" and not _BARS.isdisjoint(text):
            return False
        at = reading.text.find(text, start)
        if name == "name" and at > start and reading.text[at - 1] in _HYPHENS:
            return False
    return True


_BARS = frozenset("|｜•")
_HYPHENS = frozenset("-‐‑")


def _says_more(template: Template, other: Template) -> bool:
    """Tell whether a phrase has more words of its own than another, or takes names apart less."""

    def key(of: Template) -> tuple[int, int]:
        filled = sum(end - start for _, start, end in of.match.fills)
        return -filled, -len(of.match.fills)

    return key(template) > key(other)


def _as_phrase(reading: Reading, template: Template) -> BylinePhrase:
    match = template.match
    span = _span_of_authors(match.fills, reading.canonical_segment(template.segment))
    text = "" if span is None else source_text(reading, template.segment, *span)
    return BylinePhrase(
        role=reading.book.roles[match.role].name,
        names=tuple(split_names(text, reading.book)),
        dated=any(fill == "date" for fill, _, _ in match.fills),
        languages=match.languages,
    )


def _span_of_authors(
    fills: Sequence[tuple[str, int, int]], canonical: str
) -> tuple[int, int] | None:
    """Return where the names of authors stand; the signs between tell them apart, no phrase does.

    "By Ann Lee in Paris", "Text by Ann Lee, photographs by Bo Kim": only "and" adds authors.
    """
    span = None
    for fill, start, end in fills:
        if fill == "name" and span is None:
            span = (start, end)
        elif fill == "name" and span is not None and joins_names(canonical[span[1] : start]):
            span = (span[0], end)
    return span


def read_names(line: str, book: Phrasebook | None = None) -> list[str]:
    """Return the names that the phrases of a byline give, by default those of shipped ones.

    >>> read_names("Written by Ann Lee and Bo Kim | 5 min read"), read_names("Ann Lee")
    (['Ann Lee', 'Bo Kim'], [])
    """
    phrases = read_phrases(" ".join(line.split()), book or phrasebook())
    return [name for phrase in phrases for name in phrase.names]
