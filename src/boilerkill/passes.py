"""The passes over a document: what stays and what goes, until nothing changes."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from boilerkill.decide import Decision, settle
from boilerkill.document import Byline, Document, Kind, Segment
from boilerkill.normalization import normalize
from boilerkill.options import Options, PathLike, ProfileLike, check_options
from boilerkill.pages import PageDecision, decide_page
from boilerkill.phrasebook import Phrasebook
from boilerkill.quoting import Span, quoted_spans
from boilerkill.read import read_text
from boilerkill.read.encoding import decode_html
from boilerkill.read.formats import looks_like_html
from boilerkill.reading import Memory
from boilerkill.render import kept_runs

__all__ = [
    "clean_and_tell",
    "document_of",
    "passes_over",
    "read_source",
    "segments_of",
    "separate_with_quotes",
    "text_left",
]

Ints = npt.NDArray[np.int64]

# What may stand between the segments of a normalised text.
_WHITE = " \t\n"


def document_of(
    source: str | bytes,
    passes: Sequence[Decision | PageDecision],
    options: Options,
    segments: Iterable[Segment] | None = None,
) -> Document:
    """Return what `separate` does, given the passes over a source, and its segments if known."""
    if segments is None:
        segments = (located.segment for located in _all_segments(passes))
    segments = tuple(segments)
    read_title, read_authors = _about(source, passes[0], segments, options.book)
    return Document(
        text_left(passes), segments, read_title, read_authors, options.threshold, options.keep
    )


def _about(
    source: str | bytes,
    first: Decision | PageDecision,
    segments: Sequence[Segment],
    book: Phrasebook | None,
) -> tuple[Callable[[], str | None], Callable[[], Byline]]:
    """Return how the title and the byline are worked out, when they are asked for."""
    # To clean alone takes neither.
    from boilerkill.byline import read_byline
    from boilerkill.metadata import Metadata

    lines = [segment.text for segment in segments if segment.kind is Kind.BYLINE]
    if isinstance(first, PageDecision):
        number = first.page.heading
        heading = first.reading.segment(number) if number >= 0 else None
        metadata = Metadata(source, heading, lines, book)
        return partial(getattr, metadata, "title"), partial(getattr, metadata, "byline")
    titles = [segment.text for segment in segments if segment.kind is Kind.TITLE]
    return partial(_first, titles), partial(read_byline, lines, book)


def _first(texts: Sequence[str]) -> str | None:
    return texts[0] if texts else None


def passes_over(
    source: str | bytes, format: str, options: Options
) -> Sequence[Decision | PageDecision]:
    """Decide on a text until nothing changes; on a page first, and then on the text left of it."""
    text, is_page = read_source(source, format)
    if not is_page:
        return _settle_text(text, options)
    passes = _settle_page(decide_page(text, options), options)
    if _lacks_quotes(passes):
        # What markup alone says is quoted is furniture to a text, unless marks say it as well.
        return _settle_page(decide_page(text, options, marks_quotes=True), options)
    return passes


def _settle_page(page: PageDecision, options: Options) -> list[Decision | PageDecision]:
    passes = _settle_text(page.render(), options)
    return [page] if len(passes) == 1 else [page, *passes]


def _lacks_quotes(passes: Sequence[Decision | PageDecision]) -> bool:
    """Tell whether something is gone after the last pass that a page's markup says is quoted."""
    page, left, at = passes[0], text_left(passes), 0
    if not isinstance(page, PageDecision) or len(passes) == 1:
        return False
    lines = frozenset(left.split("\n"))
    for quote in page.repeated_quotes():
        if not lines.issuperset(quote.split("\n")):
            return True
    for quote in page.quotes_without_marks():
        found = left.find(quote, at)
        if found < 0:
            return True
        at = found + len(quote)
    return False


def read_source(source: str | bytes, format: str) -> tuple[str, bool]:
    """Return a source as normalised text, or as the HTML of a page, and whether it is a page."""
    if format == "text" or (format == "auto" and not looks_like_html(source)):
        text = normalize(source)
        if format == "text" or not looks_like_html(text):
            return text, False
    return decode_html(source), True


def _settle_text(text: str, options: Options) -> list[Decision]:
    """Decide on a normalised text until nothing changes.

    Nothing goes from a text that would look like HTML without it: what comes out is text for every
    format that it may be cleaned with again.
    """
    passes = settle(text, options)
    if looks_like_html(passes[-1].reading.text) and not looks_like_html(text):
        return [replace(passes[0], keeps_all=True)]
    return passes


def text_left(passes: Sequence[Decision | PageDecision]) -> str:
    """Return the text after the last pass, of which nothing goes unless it is a page's only one."""
    last = passes[-1]
    return last.render() if isinstance(last, PageDecision) else last.reading.text


def clean_and_tell(
    source: str | bytes,
    *,
    format: str = "auto",
    keep: Iterable[Kind | str] = (),
    threshold: float = 0.5,
    profile: ProfileLike | None = None,
    phrases: PathLike | None = None,
) -> tuple[str, list[tuple[Kind, str]], Callable[[], Document]]:
    """Return what `clean` returns, the kind and text of what goes, and how to tell more.

    What goes is told pass by pass, which is less than `separate` tells, for less work; to call the
    last returns the rest: what `separate` does, without cleaning anew.
    """
    options = check_options(format, keep, threshold, profile, phrases)
    passes = passes_over(source, format, options)
    gone = [
        (decision.kinds[number], decision.reading.segment(number))
        for decision in passes
        for number in np.flatnonzero(~decision.kept).tolist()
    ]
    return text_left(passes), gone, partial(document_of, source, passes, options)


def segments_of(
    source: str | bytes, *, format: str = "auto", phrases: PathLike | None = None
) -> list[str]:
    """Return the segments that are told one from another by their text, to learn from them.

    Of a page those of the text that is left of it.
    """
    options = check_options(format, phrases=phrases)
    first = passes_over(source, format, options)[0]
    page = isinstance(first, PageDecision)
    memory = Memory(options.book)
    reading = read_text(first.render(), memory) if page else first.reading
    return reading.segments


def separate_with_quotes(
    source: str | bytes,
    *,
    format: str = "auto",
    keep: Iterable[Kind | str] = (),
    threshold: float = 0.5,
    profile: ProfileLike | None = None,
    phrases: PathLike | None = None,
) -> tuple[Document, list[list[Span]], bool]:
    """Return what `separate` does, what each segment quotes, and whether the source is a page.

    Of a segment that holds a quotation, its spans (start, end) of quoted text are told: the whole
    of it where the markup alone says so; none where what is quoted may be lost.
    """
    options = check_options(format, keep, threshold, profile, phrases)
    passes = passes_over(source, format, options)
    located = list(_all_segments(passes))
    document = document_of(source, passes, options, [one.segment for one in located])
    spans = quoted_spans(passes[0].reading.text)
    quotes = [_clip(spans, one) if one.quotes else [] for one in located]
    return document, quotes, isinstance(passes[0], PageDecision)


class _Located(NamedTuple):
    """A segment, where it starts in the normalised text, and whether it quotes."""

    start: int
    segment: Segment
    quotes: bool


def _clip(spans: Sequence[Span], located: _Located) -> list[Span]:
    """Return the parts of spans, which are in order, that lie in a segment; all of it if none."""
    start, length = located.start, len(located.segment.text)
    end = start + length
    first = bisect.bisect_right(spans, start, key=lambda span: span[1])
    after = bisect.bisect_left(spans, end, key=lambda span: span[0])
    inside = [(max(one, start) - start, min(last, end) - start) for one, last in spans[first:after]]
    return inside or [(0, length)]


def _all_segments(passes: Sequence[Decision | PageDecision]) -> Iterator[_Located]:
    """Yield the segments of the normalised text.

    What goes is told as the pass saw it that removed it; what stays as the first did, for only that
    knows the whole, and the markup of a page.
    """
    found: list[_Located] = []
    text = passes[0].reading.text
    origin = np.arange(len(text))
    stays = np.ones(len(text), dtype=bool)

    def locate(decision: Decision | PageDecision, number: int, places: Ints) -> None:
        quotes = bool(decision.quotes[number])
        for start, end in _contiguous(places):
            part = text[start:end].lstrip(_WHITE)
            if part:
                segment = _segment(part.rstrip(_WHITE), decision, number)
                found.append(_Located(end - len(part), segment, quotes))

    for decision in passes:
        reading = decision.reading
        for number in np.flatnonzero(~decision.kept).tolist():
            places = origin[reading.starts[number] : reading.ends[number]]
            stays[places[places >= 0]] = False
            locate(decision, number, places)
        if decision is not passes[-1]:
            origin = _origin_of_rendered(decision, origin)
    first = passes[0]
    for number in np.flatnonzero(first.kept).tolist():
        start, end = int(first.reading.starts[number]), int(first.reading.ends[number])
        locate(first, number, start + np.flatnonzero(stays[start:end]))
    found.sort(key=lambda located: located.start)
    return iter(found)


def _segment(text: str, decision: Decision | PageDecision, number: int) -> Segment:
    return Segment(
        text=text,
        kind=decision.kinds[number],
        score=decision.score(number),
        kept=bool(decision.kept[number]),
        quoted=bool(decision.quoted[number]),
        _read_reasons=lambda: decision.reasons(number),
    )


def _origin_of_rendered(decision: Decision | PageDecision, origin: Ints) -> Ints:
    """Return, for each character that a decision leaves, where it stands in the whole text.

    White space that `render` put in between stands nowhere: it has -1.
    """
    reading = decision.reading
    text = decision.render()
    rendered = np.full(len(text), -1, dtype=np.int64)
    at = 0
    for first, last in kept_runs(decision.kept):
        start, end = int(reading.starts[first]), int(reading.ends[last])
        at = text.index(reading.text[start:end], at)
        rendered[at : at + end - start] = origin[start:end]
        at += end - start
    return rendered


def _contiguous(places: Ints) -> Iterator[tuple[int, int]]:
    """Yield the spans (start, end) that consecutive places make up; -1 belongs to none."""
    if len(places) and places[0] >= 0 and places[-1] - places[0] == len(places) - 1:
        yield int(places[0]), int(places[-1]) + 1
        return
    given = places[places >= 0]
    breaks = np.flatnonzero(np.diff(given) > 1) + 1
    for part in np.split(given, breaks):
        if len(part):
            yield int(part[0]), int(part[-1]) + 1
