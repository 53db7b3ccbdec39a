"""Lines in which a page's furniture is glued to its prose.

Scrapers that join text nodes, and data sets that turn every line break into a space, leave lines
such as ``… said the mayor. By Admins Leave a Reply Your email address will not be published.
Red Hats | Blue Hats | Caps``. Such a line is cut where a run of furniture phrases or a list of
items begins and ends.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from boilerkill import characters as char
from boilerkill.document import Kind
from boilerkill.items import MIN_ITEMS, MIN_ITEMS_DISTINCT, SEPARATORS, find_item_run
from boilerkill.phrasebook import Phrasebook
from boilerkill.reading import Reading

__all__ = ["Parts", "glued_lines", "many_separators", "split_line"]

Bools = npt.NDArray[np.bool_]

# A line with fewer characters has no room for prose and furniture.
MIN_LINE = 60

# A run of phrases has at least so many words, in at least so many strong phrases; at the end of
# a line one strong phrase of this many words will do.
MIN_PHRASES = 2
MIN_WORDS_AT_THE_END = 3
# At the start of a line, one strong phrase with so many labels behind it will do.
MIN_LABELS_AT_THE_START = 3
# The rest of such a line has at least so many characters.
MIN_REST = 200

# So many labels next to each other are a menu; a single one may be a word of a sentence.
MIN_LABELS = 2

# So many different strong phrases next to each other need no end of a sentence before them.
MIN_LISTED = 3

# Between the phrases of a run there may be this many characters (punctuation, a name, a number).
MAX_GAP = 24

# Between a label and the phrase behind it there are at most so many signs and spaces.
MAX_SIGNS = 4

# Between two runs there may be a headline or a list of tags, this long.
MAX_BRIDGE = 120
MAX_BRIDGE_WORDS = 16

# Behind the last sentence, before a run, there may stand a byline or a name this long.
MAX_LEAD = 60

# What ends a sentence, and the marks and spaces behind it, are so many characters at most.
MAX_END = 12

# A name behind the last sentence has at most so many words.
MAX_NAME_WORDS = 5

# So many separators of one kind make it worth to look for a list: fewer where prose has none.
SEPARATOR_COUNTS = (
    (char.BAR, MIN_ITEMS_DISTINCT - 1),
    (char.BULLET, MIN_ITEMS_DISTINCT - 1),
    (char.ARROW, MIN_ITEMS_DISTINCT - 1),
    (char.TILDE, MIN_ITEMS_DISTINCT - 1),
    (char.SEMICOLON, MIN_ITEMS - 1),
    (char.COMMA, MIN_ITEMS - 1),
    (char.SLASH, MIN_ITEMS - 1),
    (char.DASH, MIN_ITEMS - 1),
)
# The separators that count only with a space before them.
_SPACED = char.SLASH | char.DASH | char.TILDE
_LEAST_COUNT = min(least for _, least in SEPARATOR_COUNTS)

# “Yes,” he said: behind a comma, a mark ends what is quoted and not the sentence.
_SENTENCE_END = regex.compile(rf"[{char.SENTENCE_ENDS}:*][\"”“»’)\]」』]*\s*$|(?<!,)[”»」』\"]\s*$")
_VISIBLE = re.compile(r"\S")
# Where a link of Markdown leads is read as spaces.
_SPACES = re.compile(" {2,}")
# A word goes on, or a sentence does.
_GOES_ON = regex.compile(r"[-/#?&=_@]?[\p{L}\p{M}\p{N}]|\s+\p{Ll}")
# What a sentence has between the phrases that it names, and before the first.
_NAMING = regex.compile(r"[,;:،、，；：\p{Pi}\p{Pf}„\"'「『《]")
_BETWEEN_ITEMS = regex.compile(f"[{''.join(each.signs for each in SEPARATORS if each.distinct)}]")
_ABBREVIATION = regex.compile(r"\b\p{Lu}\.\s*$")
_LAST_SENTENCE_END = regex.compile(
    rf"(?r)[{char.SENTENCE_ENDS}][\"”“»’)\]」』]*\s+|(?<!,)[”»」』]\s+|[。！？」』]"
)


class Parts(NamedTuple):
    """What may be glued to the prose of a line."""

    phrases: bool
    items: bool
    name: bool


def glued_lines(reading: Reading) -> Iterator[tuple[int, Parts]]:
    """Yield the numbers of lines that may need to be cut, and what may be glued to them."""
    long = reading.lengths >= MIN_LINE
    if not long.any():
        return
    phrases = _may_have_run(reading)
    items = many_separators(reading)
    name = reading.flags[reading.ends - 1] & char.LETTER != 0
    numbers = (long & (phrases | items | name)).nonzero()[0]
    parts = map(Parts, phrases[numbers].tolist(), items[numbers].tolist(), name[numbers].tolist())
    yield from zip(numbers.tolist(), parts, strict=True)


def _may_have_run(reading: Reading) -> Bools:
    """Tell lines with two strong phrases, or with one at their start or end."""
    hits = reading.hits
    strong = np.flatnonzero(reading.book.derive(_strong_kinds)[hits.phrase] >= 0)
    owners = np.searchsorted(reading.canonical_starts, hits.start[strong], side="right") - 1
    at_an_end = (hits.start[strong] <= reading.canonical_starts[owners]) | (
        hits.end[strong] >= reading.canonical_ends[owners] - MAX_GAP
    )
    result: Bools = np.bincount(owners, minlength=len(reading)) >= MIN_PHRASES
    result[owners[at_an_end]] = True
    return result


def many_separators(reading: Reading) -> Bools:
    """Tell segments with so many separators of one kind that they may be lists."""
    flags, count = reading.flags, len(reading)
    many = np.zeros(count, dtype=bool)
    places = (flags & char.SEPARATOR).nonzero()[0]
    owners = np.searchsorted(reading.starts, places, side="right") - 1
    # Few segments have enough separators of any kind.
    enough = (np.bincount(owners, minlength=count) >= _LEAST_COUNT)[owners]
    places, owners = places[enough], owners[enough]
    separators = flags[places]
    # Before the first character of the text stands its last flag: that of a line's end.
    spaced = flags[places - 1] & char.BLANK != 0
    for separator, least in SEPARATOR_COUNTS:
        chosen = separators & separator != 0
        if separator & _SPACED:
            chosen &= spaced
        if np.count_nonzero(chosen) >= least:
            many |= np.bincount(owners[chosen], minlength=count) >= least
    return many


def split_line(reading: Reading, number: int, parts: Parts) -> list[int]:
    """Return where the pieces of a line begin, in characters of the text, its start left out."""
    text, shown = reading.text, reading.source.shown
    start, end = int(reading.starts[number]), int(reading.ends[number])
    cuts: set[int] = set()
    if parts.phrases:
        for first, last, inner in _phrase_runs(reading, number):
            lead = _lead(shown, start, first)
            cuts.update((lead, *inner, last))
            # In lower case, a phrase is part of the sentence before it.
            if not shown[first].islower():
                cuts.add(first)
    if parts.items:
        pieces = [start, *_piece_starts(text, shown, start, end, cuts), end]
        for first, last in itertools.pairwise(pieces):
            run = reading.recall(find_item_run, shown[first:last])
            if run is not None:
                cuts.update((first + run.start, first + run.end))
    if parts.name:
        name = _last_name(shown, start, end)
        if name is not None:
            cuts.add(name)
    return list(_piece_starts(text, shown, start, end, cuts))


def _last_name(text: str, start: int, end: int) -> int | None:
    """Return where a name begins that a line has behind its last sentence, if it has one.

    It may be the first of many, one a line.
    """
    match = _LAST_SENTENCE_END.search(text, max(start, end - MAX_LEAD), end)
    if match is None or _ABBREVIATION.search(text, max(start, match.end() - 8), match.end()):
        return None
    words = text[match.end() : end].split()
    named = 0 < len(words) <= MAX_NAME_WORDS and all(map(_starts_upper, words))
    return int(match.end()) if named else None


def _starts_upper(word: str) -> bool:
    return word[0].isupper() or not word[0].isalpha()


def _piece_starts(text: str, shown: str, start: int, end: int, cuts: set[int]) -> Iterator[int]:
    """Yield the places of cuts, behind white space and not within the signs around a link."""
    for cut in sorted(cuts):
        at = cut
        while at < end and shown[at] in " \t":
            at += 1
        while at > start and text[at - 1] in "![" and shown[at - 1] == " ":
            at -= 1
        if start < at < end:
            yield at


def _phrase_runs(reading: Reading, number: int) -> list[tuple[int, int, list[int]]]:
    """Return runs of furniture phrases in a line that holds other text too.

    Each is its start, its end, and where inside it the kind of furniture changes.
    """
    start, end = int(reading.starts[number]), int(reading.ends[number])
    text = reading.source.shown
    found: list[tuple[int, int, list[int]]] = []
    for run in _close_together(text, _phrase_spans(reading, number)):
        if not _strong(run):
            continue
        groups = _groups(text, run)
        last = _last_of(text, end, groups, reading.book)
        bridged = bool(found) and _is_bridge(text, found[-1][1], _first_of(groups))
        first = _first_of(groups) if bridged else _begin(text, start, groups)
        if first is None or (first == start and last == end):
            continue
        spans = [span for group in groups for span in group if first <= span.start < last]
        strong = _strong(spans)
        labels = len(spans) - len(strong)
        if (
            bridged
            or len(strong) >= MIN_PHRASES
            or (last == end and _is_enough_at_the_end(text, start, first, end))
            or (first == start and end - last >= MIN_REST and labels >= MIN_LABELS_AT_THE_START)
        ):
            # Stray labels behind it count: they show that it is more than a phrase or two.
            long = run[-1].end - first >= MIN_LINE
            found.append((first, last, _changes(strong) if long else []))
    return found


def _is_enough_at_the_end(text: str, start: int, first: int, end: int) -> bool:
    """Tell whether one strong phrase is enough for a run that is the end of its line."""
    words = len(text[first:end].split())
    return words >= MIN_WORDS_AT_THE_END and not _is_introduced(text, start, first)


def _close_together(text: str, spans: list[_Span]) -> list[list[_Span]]:
    runs: list[list[_Span]] = []
    for span in spans:
        if runs and _close_by(text[runs[-1][-1].end : span.start]):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _groups(text: str, run: list[_Span]) -> list[list[_Span]]:
    """Return the phrases and labels of a run, those together that only signs stand between."""
    groups: list[list[_Span]] = []
    for span in run:
        if groups and _adjacent(text[groups[-1][-1].end : span.start]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _strong(spans: list[_Span]) -> list[_Span]:
    return [span for span in spans if span.kind >= 0]


def _first_of(groups: list[list[_Span]]) -> int:
    """Return where a run begins: with a strong phrase, or with labels right before it."""
    return next(group[0].start for group in groups if _strong(group))


def _last_of(text: str, end: int, groups: list[list[_Span]], book: Phrasebook) -> int:
    """Return where a run ends: with a strong phrase, or with labels next to it or to each other.

    A label may be a word of what comes next as well: one alone among other words, one that goes
    on in lower case or within a word, and one such as "On" or "A", which begins many sentences.
    """
    spans = [
        span for group in groups if len(group) >= MIN_LABELS or _strong(group) for span in group
    ]
    languages = {code for span in _strong(spans) for code in _languages(span, book)}
    for span in reversed(spans):
        last = _past_punctuation(text, span.end, end)
        if span.kind >= 0 or last == end or not _may_go_on(text, span, languages, book):
            break
    return last


def _languages(span: _Span, book: Phrasebook) -> tuple[str, ...]:
    return book.language_sets[int(book.language_set[span.phrase])]


def _may_go_on(text: str, label: _Span, languages: set[str], book: Phrasebook) -> bool:
    """Tell whether a label may be a word of what comes next, in one of some languages."""
    if _GOES_ON.match(text, label.end) is not None:
        return True
    word = book.literals[label.phrase].removeprefix(" ")
    return not languages.isdisjoint(book.function_words.get(word, ()))


def _begin(text: str, start: int, groups: list[list[_Span]]) -> int | None:
    """Return where a run begins that stands apart from what is before it; None if none of it does.

    The prose before it may have a phrase of its own: "You may share this. Leave a Reply".
    """
    strong = _strong(list(itertools.chain.from_iterable(groups)))
    listed = {_strong(group)[0].start for group in groups if _is_listed(text, start, group)}
    for first in (_first_of(groups), strong[0].start):
        if first in listed or _stands_apart(text, start, first):
            return first
    # Of a run that loses a phrase, so much is left that it still is one.
    for before, span in itertools.pairwise(strong[: len(strong) + 1 - MIN_PHRASES]):
        named = _NAMING.search(text, before.end, span.start) is not None
        if span.start in listed or (not named and _stands_apart(text, start, span.start)):
            return span.start
    return None


def _is_listed(text: str, start: int, group: list[_Span]) -> bool:
    """Tell whether so many phrases follow each other as in no sentence that names them.

    What is an item of a list stays in it.
    """
    strong = _strong(group)
    if len({text[span.start : span.end].casefold() for span in strong}) < MIN_LISTED:
        return False
    first, last = strong[0].start, group[-1].end
    before, behind = text[max(start, first - MAX_SIGNS) : first], text[last : last + MAX_SIGNS]
    gaps = [text[one.end : other.start] for one, other in itertools.pairwise(group)]
    return (
        not text[first].islower()
        and not any(map(_NAMING.search, (before, *gaps)))
        and _BETWEEN_ITEMS.search(before + behind) is None
        and _GOES_ON.match(text, last) is None
    )


def _adjacent(gap: str) -> bool:
    return len(_SPACES.sub(" ", gap)) <= MAX_SIGNS and not any(map(str.isalnum, gap))


def _changes(strong: list[_Span]) -> list[int]:
    """Return where the kind that strong phrases tell changes from one to the next."""
    return [span.start for before, span in itertools.pairwise(strong) if before.kind != span.kind]


def _is_bridge(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between two runs is a headline or a list of tags, no sentence."""
    if end - start > MAX_BRIDGE or text[end].islower():
        return False
    between = text[start:end]
    few = len(between.split()) <= MAX_BRIDGE_WORDS
    return few and _LAST_SENTENCE_END.search(between + " ") is None


class _Span(NamedTuple):
    """A phrase in a line.

    Attributes:
        start: Its start.
        end: Its end.
        kind: Which kind it tells alone, -1 for none; those are labels.
        phrase: Its index in the phrase book's `literals`.
    """

    start: int
    end: int
    kind: int
    phrase: int


def _phrase_spans(reading: Reading, number: int) -> list[_Span]:
    hits = reading.hits
    begin, stop = np.searchsorted(
        hits.start, [reading.canonical_starts[number], reading.canonical_ends[number]]
    ).tolist()
    origin = reading.canonical.origin
    starts = origin[hits.start[begin:stop]].tolist()
    ends = (origin[hits.end[begin:stop] - 1] + 1).tolist()
    phrases = hits.phrase[begin:stop]
    kinds = reading.book.derive(_strong_kinds)[phrases].tolist()
    return list(map(_Span, starts, ends, kinds, phrases.tolist()))


def _close_by(gap: str) -> bool:
    return len(_SPACES.sub(" ", gap)) <= MAX_GAP and len(gap.split()) <= 3


def _stands_apart(text: str, start: int, first: int) -> bool:
    """Tell whether what comes before a run has ended: a sentence, or nothing at all."""
    return (
        _VISIBLE.search(text, start, first) is None
        or _SENTENCE_END.search(text, max(start, first - MAX_END), first) is not None
        or _lead(text, start, first) < first
    )


def _is_introduced(text: str, start: int, first: int) -> bool:
    """Tell whether what comes before a phrase names it, as in ``Below the form it says: …``."""
    while first > start and text[first - 1].isspace():
        first -= 1
    return first > start and text[first - 1] == ":"


def _lead(text: str, start: int, first: int) -> int:
    """Return where a short piece between the last sentence and a run begins."""
    nearest = max(start, first - MAX_LEAD)
    match = _LAST_SENTENCE_END.search(text, nearest, first)
    if match is not None:
        return int(match.end())
    return first


def _past_punctuation(text: str, at: int, end: int) -> int:
    while at < end and not text[at].isalnum() and text[at] not in "|•·\"'“„«‘「『《‹(":
        at += 1
    return at


def _strong_kinds(book: Phrasebook) -> npt.NDArray[np.int64]:
    """For each phrase of a book, which kind it tells alone; -1 for none."""
    kinds = list(Kind)
    of_role = [kinds.index(role.kind) if role.strength == "strong" else -1 for role in book.roles]
    of_set = np.array([*of_role, -1])[book.role_sets].max(axis=1)
    return np.asarray(of_set[book.role_set])
