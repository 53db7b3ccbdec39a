"""Compare what tools make of a page: what each keeps and loses of every segment."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import regex

from boilerkill.corpus.files import DocumentError, as_source
from boilerkill.corpus.record import Outcome
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.quoting import Span
from boilerkill.report.align import kept_words
from boilerkill.report.show import as_json, shown_of, take_apart, tally, units
from boilerkill.report.tools import TOOLS

__all__ = ["ComparisonSettings", "ToolTally", "compare_document", "state_of"]

# Scripts without spaces between words are compared by character.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|[\w\p{M}]+?"
    r"(?=[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[^\w\p{M}]|\Z)"
)
_NO_LETTERS = regex.compile(r"[\W_]+")

# Of a segment that has more words, fewer in a row are no part that was kept: they stand elsewhere.
_LEAST_RUN = 3

# Where in the row of a segment its quotations are, if it has any.
_QUOTES = 6

# What the page is told of a segment: kept whole, lost, or the spans that were kept.
State = int | list[int]


@dataclass(frozen=True)
class ComparisonSettings(CorpusSettings):
    """How documents are read and compared.

    Attributes:
        tools: The names of the tools beside boilerkill; see `boilerkill.report.tools.TOOLS`.
    """

    tools: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToolTally:
    """What is counted of a tool on a page.

    Attributes:
        name: The tool.
        words: How many words the page has.
        kept: How many of them the tool keeps.
        more: How many words it keeps that boilerkill removes.
        fewer: How many words it loses that boilerkill keeps.
        quotations: How many quotations the page has.
        lost: How many of them the tool loses.
        problem: Why it failed, if it did.
    """

    name: str
    words: int = 0
    kept: int = 0
    more: int = 0
    fewer: int = 0
    quotations: int = 0
    lost: int = 0
    problem: str = ""

    @property
    def differs(self) -> float:
        """On which share of the words it and boilerkill differ."""
        return (self.more + self.fewer) / self.words if self.words else 0.0


def compare_document(
    text: str | bytes, format: str, settings: CorpusSettings, site: str | None
) -> Outcome:
    """Compare what tools make of a page.

    Returns:
        An outcome that adds "tally" and "shown", as `show_document` does, and "tools": a
        `ToolTally` for boilerkill and each other tool.

    Raises:
        DocumentError: If it is no page.
    """
    from boilerkill.read.encoding import decode_html

    assert isinstance(settings, ComparisonSettings)
    document, quotes, is_page = take_apart(text, format, settings, site)
    if not is_page:
        raise DocumentError("it is text, and the other tools read HTML alone")
    source = as_source(text, settings.encoding, format) if isinstance(text, bytes) else text
    page = decode_html(source)
    texts = [segment.text for segment in document.segments]
    shown = shown_of(document, quotes)
    own = [int(segment.kept) for segment in document.segments]
    columns: list[list[State]] = []
    losses: list[list[list[int]]] = []
    tallies = []
    for name in ("boilerkill", *settings.tools):
        output, problem = (document.text, "") if name == "boilerkill" else _run(name, page)
        states: list[State] = list(own) if name == "boilerkill" else states_of(texts, output, own)
        lost = lost_quotes(texts, quotes, output)
        tallies.append(_count(name, texts, states, own, lost, quotes, problem))
        columns.append(states)
        losses.append(lost)
    _add_columns(shown, columns[1:], losses[1:])
    shown["tools"] = [_as_plain(one) for one in tallies]
    return Outcome(
        "",
        added={
            "tally": tally(document, is_page=True),
            "shown": as_json(shown),
            "tools": tallies,
        },
    )


def _run(name: str, page: str) -> tuple[str, str]:
    """Return what a tool makes of a page, and why it failed, if it did."""
    try:
        return TOOLS[name].run(page), ""
    except Exception as error:
        return "", f"{type(error).__name__}: {error}"[:200]


def _add_columns(
    shown: dict[str, Any], columns: list[list[State]], losses: list[list[list[int]]]
) -> None:
    for number, row in enumerate(shown["segments"]):
        if len(row) == _QUOTES:
            row.append([])
        row.append([column[number] for column in columns])
        if any(lost[number] for lost in losses):
            row.append([lost[number] for lost in losses])


def states_of(texts: Sequence[str], output: str, own: Sequence[int]) -> list[State]:
    """Return what a tool kept of each segment.

    Args:
        texts: The segments.
        output: What the tool made of the page.
        own: What to say of a segment without a word.

    Returns:
        For each segment 1 if it was kept whole, 0 if it was lost; or the spans that were kept, as
        a flat list of places as JavaScript counts them.

    >>> states_of(["Home", "Rain fell on Oslo. By Ann Lee"], "Rain fell on Oslo.", [0, 1])
    [0, [0, 17]]
    """
    spans = [[match.span() for match in _WORD.finditer(text)] for text in texts]
    words = [
        text[start:end].casefold()
        for text, places in zip(texts, spans, strict=True)
        for start, end in places
    ]
    kept = kept_words(words, [match[0].casefold() for match in _WORD.finditer(output)])
    found: list[State] = []
    at = 0
    for text, places, state in zip(texts, spans, own, strict=True):
        part = kept[at : at + len(places)]
        at += len(places)
        found.append(state_of(text, places, part) if places else state)
    return found


def state_of(text: str, places: Sequence[Span], kept: Sequence[bool]) -> State:
    """Return what was kept of one segment, given which of its words were.

    >>> state_of("a b c d", [(0, 1), (2, 3), (4, 5), (6, 7)], [False, True, True, True])
    [2, 7]
    """
    if all(kept):
        return 1
    runs: list[list[int]] = []
    for number, is_kept in enumerate(kept):
        if is_kept and runs and runs[-1][1] == number:
            runs[-1][1] = number + 1
        elif is_kept:
            runs.append([number, number + 1])
    # Signs before the first word and behind the last go with it.
    starts = [0, *(start for start, _ in places[1:])]
    ends = [*(end for _, end in places[:-1]), len(text)]
    spans: State = [
        units(text, place)
        for first, after in runs
        if after - first >= _LEAST_RUN
        for place in (starts[first], ends[after - 1])
    ]
    return spans or 0


def lost_quotes(
    texts: Sequence[str], quotes: Sequence[Sequence[Span]], output: str
) -> list[list[int]]:
    """Return which quotations of each segment are not in an output, by their numbers in it.

    A quotation is there if its letters and digits, run together, are part of the output's.

    >>> lost_quotes(["“At last,” he said. “Rain!”"], [[(0, 10), (20, 27)]], "At last, he said.")
    [[1]]
    """
    squashed = _squash(output)
    return [
        [
            number
            for number, (start, end) in enumerate(spans)
            if _squash(text[start:end]) not in squashed
        ]
        for text, spans in zip(texts, quotes, strict=True)
    ]


def _squash(text: str) -> str:
    return str(_NO_LETTERS.sub("", text.casefold()))


def _count(
    name: str,
    texts: Sequence[str],
    states: Sequence[State],
    own: Sequence[int],
    lost: Sequence[Sequence[int]],
    quotes: Sequence[Sequence[Span]],
    problem: str,
) -> ToolTally:
    words = kept = more = fewer = 0
    for text, state, ours in zip(texts, states, own, strict=True):
        many = _words_in(text)
        stay = many * state if isinstance(state, int) else _words_kept(text, state)
        words += many
        kept += stay
        more += 0 if ours else stay
        fewer += many - stay if ours else 0
    return ToolTally(
        name, words, kept, more, fewer, sum(map(len, quotes)), sum(map(len, lost)), problem
    )


@functools.lru_cache(maxsize=65_536)
def _words_in(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _words_kept(text: str, spans: Sequence[int]) -> int:
    inside = [range(spans[at], spans[at + 1]) for at in range(0, len(spans), 2)]
    starts = (units(text, match.start()) for match in _WORD.finditer(text))
    return sum(any(start in span for span in inside) for start in starts)


def _as_plain(one: ToolTally) -> dict[str, Any]:
    share = one.kept / one.words if one.words else 0.0
    return {
        "name": one.name,
        "share": round(share, 4),
        "lost": one.lost,
        "quotations": one.quotations,
        "problem": one.problem,
    }
