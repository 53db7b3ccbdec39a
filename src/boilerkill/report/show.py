"""Take a document apart as a report shows it: what the processes of a run do."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from boilerkill.attribution import START, together
from boilerkill.corpus.files import as_source
from boilerkill.corpus.record import Outcome
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.document import Document, Kind, Reason, Segment
from boilerkill.quoting import Span
from boilerkill.report.limits import (
    LINE_LENGTH,
    LINES_OF_A_DOCUMENT,
    MOST_OF_A_DOCUMENT,
    REASONS,
)

__all__ = [
    "BINS",
    "KINDS",
    "Strings",
    "Tally",
    "as_json",
    "show_document",
    "tally",
    "told_in_short",
    "units",
]

KINDS: tuple[Kind, ...] = tuple(Kind)
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}

# Scores are counted in so many steps from 0 to 1.
BINS = 10
# Scores between these are doubtful.
_DOUBTFUL = (0.3, 0.7)

# What a page can't hold as it is: half a character, which no encoding has.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Tally:
    """What is counted of a document; characters are those of its segments.

    Attributes:
        kept: How many characters stay.
        removed: How many go, by kind.
        scores: How many segments of each step of the score stay, and how many go.
        doubtful: How many characters have a doubtful score.
        lines: How often each removed line stands in it, with its kind.
        quotations: How many segments are kept for what they quote alone.
        segments: How many segments it has.
        is_page: Whether it was read as HTML.
    """

    kept: int = 0
    removed: Counter[Kind] = field(default_factory=Counter)
    scores: tuple[tuple[int, ...], tuple[int, ...]] = ((0,) * BINS, (0,) * BINS)
    doubtful: int = 0
    lines: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    quotations: int = 0
    segments: int = 0
    is_page: bool = False

    @property
    def characters(self) -> int:
        """How many characters there are."""
        return self.kept + self.removed.total()

    @property
    def removed_share(self) -> float:
        """Which share of them goes; 0 where there are none."""
        return self.removed.total() / self.characters if self.characters else 0.0

    @property
    def doubtful_share(self) -> float:
        """Which share of them has a doubtful score; 0 where there are none."""
        return self.doubtful / self.characters if self.characters else 0.0


class Strings:
    """Strings by number: what is said again and again is written once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a string."""
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        """Return the strings in the order of their numbers."""
        return list(self._numbers)


def show_document(
    text: str | bytes, format: str, settings: CorpusSettings, site: str | None
) -> Outcome:
    """Take a document apart as a report shows it.

    Returns:
        An outcome that adds "tally", a `Tally`, and "shown", the JSON for the page.

    Raises:
        DocumentError: If it is binary, or not in the encoding of the settings.
    """
    document, quotes, is_page = take_apart(text, format, settings, site)
    shown = shown_of(document, quotes)
    return Outcome("", added={"tally": tally(document, is_page=is_page), "shown": as_json(shown)})


def take_apart(
    text: str | bytes, format: str, settings: CorpusSettings, site: str | None
) -> tuple[Document, list[list[Span]], bool]:
    """Return a document, what each of its segments quotes, and whether it is a page."""
    from boilerkill.passes import separate_with_quotes
    from boilerkill.profile import load_profile

    source = as_source(text, settings.encoding, format) if isinstance(text, bytes) else text
    profile = None if settings.profile is None else load_profile(settings.profile).at(site)
    return separate_with_quotes(
        source,
        format=format,
        keep=settings.keep,
        threshold=settings.threshold,
        profile=profile,
        phrases=settings.phrases,
    )


def tally(document: Document, *, is_page: bool = False) -> Tally:
    """Count what a report says of a document."""
    removed: Counter[Kind] = Counter()
    lines: Counter[tuple[Kind, str]] = Counter()
    scores = [0] * BINS, [0] * BINS
    kept = doubtful = quotations = 0
    for explanation in document.explain():
        segment = explanation.segment
        size = len(segment.text)
        scores[not segment.kept][min(int(segment.score * BINS), BINS - 1)] += 1
        doubtful += size if _DOUBTFUL[0] < segment.score < _DOUBTFUL[1] else 0
        quotations += explanation.verdict == "quoted"
        if segment.kept:
            kept += size
            continue
        removed[segment.kind] += size
        if len(lines) < LINES_OF_A_DOCUMENT:
            lines.update((segment.kind, line) for line in _lines(segment.text))
    both = tuple(scores[0]), tuple(scores[1])
    count = len(document.segments)
    return Tally(kept, removed, both, doubtful, lines, quotations, count, is_page)


def _lines(text: str) -> Iterable[str]:
    stripped = (line.strip() for line in text.split("\n"))
    return (line[:LINE_LENGTH] for line in stripped if line)


def told_in_short(segment: Segment) -> Iterator[Reason]:
    """Yield the heaviest reasons of a segment, and the sum of the others as one."""
    start_last = sorted(segment.reasons, key=lambda reason: reason.evidence == START)
    yield from start_last[:REASONS]
    others = start_last[REASONS:]
    if len(others) > 1:
        yield together(others)
    else:
        yield from others


def shown_of(document: Document, quotes: Sequence[Sequence[Span]]) -> dict[str, Any]:
    """Return what the page shows of a document, as its script reads it."""
    strings = Strings()
    rows = []
    size = 0
    for explanation, spans in zip(document.explain(), quotes, strict=True):
        segment = explanation.segment
        size += len(segment.text)
        if size > MOST_OF_A_DOCUMENT:
            break
        because: list[float] = []
        for reason in told_in_short(segment):
            because += [strings.number(reason.words), round(reason.weight, 2)]
        row: list[Any] = [
            segment.text,
            _NUMBERS[segment.kind],
            int(segment.kept),
            round(segment.score, 3),
            strings.number(explanation.words),
            because,
        ]
        if spans:
            row.append([units(segment.text, place) for span in spans for place in span])
        rows.append(row)
    byline = document.byline
    return {
        "title": document.title,
        "authors": byline.authors,
        "published": byline.published,
        "updated": byline.updated,
        "strings": strings.all(),
        "segments": rows,
        "left": len(document.segments) - len(rows),
    }


def units(text: str, end: int) -> int:
    r"""Return how long a part of a text is to JavaScript, which counts in units of UTF-16.

    >>> units("a\U0001f327b", 2)
    3
    """
    if text.isascii():
        return end
    return end + sum(char > "\uffff" for char in text[:end])


def as_json(shown: object) -> str:
    r"""Return what a page shows as JSON that can stand in a script element.

    >>> as_json(["</script>", "a\ud800b"])
    '["\\u003c/script>","a\\ud800b"]'
    """
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    # Nothing ends the element, or begins a comment in it, without this.
    text = text.replace("<", "\\u003c")
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
