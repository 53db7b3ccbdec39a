"""Read the phrases of a byline, and the names and dates that stand for their placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from boilerkill.byline.names import joins_names, split_names
from boilerkill.canonical import canonical_text
from boilerkill.document import Kind
from boilerkill.measure.bylines import TELLING
from boilerkill.measure.names import is_whole_name
from boilerkill.measure.shape import measure_shape
from boilerkill.measure.templates import Template, match_templates, source_text
from boilerkill.phrase_files import phrasebook
from boilerkill.phrase_tables import without_marks
from boilerkill.phrasebook import Phrasebook
from boilerkill.read import read_text
from boilerkill.reading import Memory, Reading

__all__ = ["BylinePhrase", "read_names", "read_phrases"]

# Before an address another piece begins, and before a label: "Source: Reuters Author: Ann Lee".
_PIECES = regex.compile(
    r"\s*[|｜•·∙⋅／,，、;]\s*|\s+[/–—-]\s+"
    r"|\s+(?=[\w.+-]+@[\w-]+\.)|\s+(?=[\p{L}\p{M}]+[:：])"
)

# Behind a bar another piece begins, and behind a label.
_OTHER_PIECE = regex.compile(r"[|｜•]|\s[\p{L}\p{M}]+[:：]")

_PLACE_END = regex.compile(r"[,،、=＝:：/／]")
_DASH = regex.compile(r"\s[–—-]\s")

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


# Who published, edited or photographed it is no author.
_NO_AUTHORS = ("byline.editor", "byline.published")
_NAMELESS = BylinePhrase("byline.reading", names=(), dated=False, languages=("mul",))


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
    whole = book.literals_of(*TELLING)
    # No name stands in what is a phrase altogether: "3 minuti di lettura", though "di" is another.
    phrases = [_NAMELESS if canonical_text(line) in whole else None for line in lines]
    for number, template in best.items():
        line = int(reading.lines[number])
        # A line that is glued together is read in its parts.
        if phrases[line] is None:
            phrases[line] = _as_phrase(reading, template)
    return phrases


def _fills_stand(reading: Reading, template: Template) -> bool:
    """Tell whether what fills a phrase can.

    "Per-Erik" is one name, though "per" is a phrase's word.
    """
    start = int(reading.starts[template.segment])
    for name, first, last in template.match.fills:
        text = source_text(reading, template.segment, first, last)
        if name == "any" and _OTHER_PIECE.search(text) is not None:
            return False
        if name == "name" and _DASH.search(text) is not None:
            return False
        at = reading.text.find(text, start)
        if name == "name" and at > start and reading.text[at - 1] in _HYPHENS:
            return False
    return True


_HYPHENS = frozenset("-‐‑")


def _says_more(template: Template, other: Template) -> bool:
    """Tell whether a phrase has more words of its own than another, or else knows names."""

    def key(of: Template) -> tuple[int, bool, int]:
        fills = of.match.fills
        filled = sum(end - start for _, start, end in fills)
        return -filled, any(name == "name" for name, _, _ in fills), -len(fills)

    return key(template) > key(other)


def _as_phrase(reading: Reading, template: Template) -> BylinePhrase:
    match = template.match
    role = reading.book.roles[match.role].name
    return BylinePhrase(
        role=role,
        names=() if role in _NO_AUTHORS else tuple(_read_authors(reading, template)),
        dated=any(fill == "date" for fill, _, _ in match.fills),
        languages=match.languages,
    )


def _read_authors(reading: Reading, template: Template) -> Iterator[str]:
    """Yield the names of authors that fill a phrase."""
    book, match = reading.book, template.match
    span = _span_of_authors(match.fills, reading.canonical_segment(template.segment))
    if span is None:
        return
    text = source_text(reading, template.segment, *span)
    if (place := _start_of_place(match.fills, span[0])) is not None:
        # "From our correspondent in Rome, Ann Lee": how many words are the place, the sign says.
        parts = _PLACE_END.split(source_text(reading, template.segment, place, span[1]), maxsplit=1)
        text = parts[-1] if len(parts) > 1 else text
    # "Cairo - Reuters": one word before nothing but an agency is a place.
    agency = _is_agency(match.phrase, book)
    for name in split_names(text, book):
        if (is_whole_name(name) or not agency) and not _is_credited(name, book):
            yield name


def _start_of_place(fills: Sequence[tuple[str, int, int]], end: int) -> int | None:
    """Return where anything begins that ends where a name begins."""
    return next((start for name, start, last in fills if name == "any" and last == end), None)


def _is_agency(phrase: str, book: Phrasebook) -> bool:
    """Tell whether a phrase has no words but those of an agency."""
    words = " ".join(without_marks(phrase).split())
    return f" {words}" in book.literals_of("byline.agency")


def _is_credited(text: str, book: Phrasebook) -> bool:
    """Tell whether a text is the credit of a picture: "Fot. Ann Lee" in "Fot. Ann Lee / PAP".

    "Efe Demir" is none, though "EFE / Demir" would be.
    """
    return any(
        book.roles[match.role].kind is Kind.CAPTION and not _is_agency(match.phrase, book)
        for _, match in book.match_templates([canonical_text(text)])
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
