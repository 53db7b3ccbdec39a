"""The phrases of page furniture, compiled once, and where they stand in a text.

Phrases without placeholders are found anywhere in a text, in one pass (Aho-Corasick); those with
placeholders (``Posted by {name}``) must match a segment as a whole. `boilerkill.phrase_files` has
the phrases.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from boilerkill.canonical import Canonical
from boilerkill.document import Kind
from boilerkill.phrase_tables import LETTERS, MARKS, PhraseTables, pieces_of, without_marks

__all__ = ["Hits", "Phrasebook", "Role", "TemplateMatch"]

Ints = npt.NDArray[np.int64]

Result = TypeVar("Result")

# How many words each placeholder may stand for.
_MOST_WORDS = {"name": 9, "date": 14, "title": 40, "any": 40}
_FILLS = {MARKS[name]: rf"((?: \S+){{1,{most}}})" for name, most in _MOST_WORDS.items()}
# So many words may stand for any of them.
_ANY_FILL = min(_MOST_WORDS.values())
# In scripts without spaces a letter is a word, and a name has more of them. Patterns that know take
# ten times as long to compile, so only segments with such letters get them.
_LETTERS = "[\u0e00-\u9fff]"
_FILLS_OF_LETTERS = _FILLS | {
    MARKS["name"]: rf"((?: \S+){{1,{_MOST_WORDS['name']}}}|(?: {_LETTERS}\S*){{10,30}})"
}
# A text is searched in parts of so many characters, and the rest of a line: what is found of each
# takes a hundred times the memory for a moment.
_STRETCH = 1 << 16
_FILL_NAMES = {mark: name for name, mark in MARKS.items()}


@dataclass(frozen=True)
class Role:
    """What a phrase is used for on a page.

    Attributes:
        name: ``kind.role`` as it heads a section of the phrase files.
        kind: The kind of segment that it tells.
        strength: ``strong`` (tells alone), ``weak`` (tells in company), ``clue`` (tells together
            with other clues, inside sentences) or ``vocabulary`` (words for placeholders).
    """

    name: str
    kind: Kind
    strength: str


@dataclass(frozen=True)
class Hits:
    """Phrases without placeholders, where they stand in a canonical text, in order.

    Attributes:
        start: Where each begins, in canonical characters.
        end: Where it ends.
        phrase: Its index in the phrase book's `literals`.
    """

    start: Ints
    end: Ints
    phrase: Ints


class TemplateMatch(NamedTuple):
    """A phrase with placeholders that matches a whole segment.

    Attributes:
        role: The index of its role.
        phrase: The phrase in canonical form.
        fills: For each placeholder its name and its span in the segment's canonical text.
        bare: Whether one word is all that the phrase has besides its placeholders
            (``By {name}``).
        languages: The codes of the phrase's languages.
        colon: Whether punctuation sets its last placeholder apart (``Tags: {any}``).
    """

    role: int
    phrase: str
    fills: tuple[tuple[str, int, int], ...]
    bare: bool
    languages: tuple[str, ...]
    colon: bool


@dataclass(frozen=True)
class _Template:
    role: int
    phrase: str
    bare: bool
    languages: tuple[str, ...]
    colon: bool

    @functools.cached_property
    def pieces(self) -> tuple[str, ...]:
        """The words between the placeholders, longest first."""
        pieces = [piece for piece in pieces_of(self.phrase) if piece and piece[1:] not in _FILLS]
        return tuple(sorted(pieces, key=len, reverse=True))

    @functools.cached_property
    def fills(self) -> tuple[str, ...]:
        """The names of the placeholders."""
        return tuple(
            _FILL_NAMES[piece[1]] for piece in pieces_of(self.phrase) if piece[1:] in _FILLS
        )

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as a pattern; compiled when it is first needed."""
        return self._compile(_FILLS)

    @functools.cached_property
    def pattern_of_letters(self) -> re.Pattern[str]:
        """The same for scripts without spaces."""
        return self._compile(_FILLS_OF_LETTERS)

    def _compile(self, fills: Mapping[str, str]) -> re.Pattern[str]:
        return re.compile(
            "".join(
                fills[piece[1]] if piece[1:] in fills else re.escape(piece)
                for piece in pieces_of(self.phrase)
            )
        )

    @functools.cached_property
    def ends(self) -> tuple[str, str]:
        """The words before the first placeholder, and those behind the last."""
        pieces = pieces_of(self.phrase)
        return pieces[0], pieces[-1]

    def match(self, segment: str) -> tuple[tuple[int, int], ...] | None:
        """Match a whole segment in canonical form; return what stands for the placeholders."""
        before, behind = self.ends
        if not (segment.startswith(before) and segment.endswith(behind)):
            return None
        if len(self.fills) == 1:
            start, end = len(before), len(segment) - len(behind)
            if start >= end or segment[start] != " ":
                return None
            # Most matches need no pattern, which takes long to compile.
            if segment.count(" ", start, end) <= _ANY_FILL:
                return ((start, end),)
        for piece in self.pieces:
            if piece not in segment:
                return None
        letters = not segment.isascii() and _first_letter().search(segment) is not None
        pattern = self.pattern_of_letters if letters else self.pattern
        match = pattern.fullmatch(segment)
        return None if match is None else match.regs[1:]


@functools.cache
def _first_letter() -> re.Pattern[str]:
    return re.compile(" " + _LETTERS)


class Phrasebook:
    """All phrases, ready to be looked for.

    Attributes:
        roles: Every role.
        role_numbers: The index of each by its name.
        literals: The canonical text of each phrase without placeholders.
        role_sets: Roles that phrases have together, by their indexes, padded with -1;
            (sets, width).
        role_set: For each phrase which of them it has.
        language_sets: Codes of languages that phrases have together.
        language_set: For each phrase which of them it has.
        date_words: The words that dates are written with.
        function_words: For each frequent word that tells a language, the codes of its languages.
    """

    def __init__(self, tables: PhraseTables, roles: Mapping[str, Mapping[str, str]]) -> None:
        """Make a book of phrases.

        Args:
            tables: The phrases.
            roles: Of each role its kind and its strength, in the order of its index in the tables.
        """
        self.roles = [
            Role(name, Kind(entry["kind"]), entry["strength"]) for name, entry in roles.items()
        ]
        self.role_numbers = {role.name: at for at, role in enumerate(self.roles)}
        self.literals = tables.literals
        self._within = (*tables.within, len(self.literals))
        # By how many of the literals each looks for; made when it is first needed.
        self._searches: dict[int, ahocorasick_rs.AhoCorasick] = {}
        width = max(map(len, tables.role_sets), default=1)
        sets = [each + [-1] * (width - len(each)) for each in tables.role_sets]
        self.role_sets = np.array(sets, np.int64).reshape(-1, width)
        self.role_set = tables.roles.astype(np.int64)
        self.language_sets = [tuple(codes) for codes in tables.language_sets]
        self.language_set = tables.languages.astype(np.int64)
        self.date_words = frozenset(tables.date_words)
        self.function_words = {
            word: self.language_sets[number] for word, number in tables.function_words.items()
        }
        self._anchored = tables.templates
        # By their anchor; made when it is first found.
        self._templates: dict[str, list[_Template]] = {}
        # By whether it is for ASCII alone; made when it is first needed.
        self._anchor_searches: dict[bool, tuple[ahocorasick_rs.AhoCorasick, list[str]]] = {}
        self._derived: dict[Callable[[Phrasebook], Any], Any] = {}
        self._literals_of: dict[tuple[str, ...], frozenset[str]] = {}

    def derive(self, function: Callable[[Phrasebook], Result]) -> Result:
        """Return what a function makes of this book, calling it the first time only."""
        if function not in self._derived:
            self._derived[function] = function(self)
        result: Result = self._derived[function]
        return result

    def _search(self, canonical: Canonical) -> ahocorasick_rs.AhoCorasick:
        """Return a search for all phrases that a text can hold, given its letters.

        To make one for the letters of all scripts takes four times as long as for those of ASCII.
        """
        highest = int(canonical.points.max(initial=0))
        count = self._within[bisect.bisect_right(LETTERS, highest)]
        if count not in self._searches:
            self._searches[count] = ahocorasick_rs.AhoCorasick(
                self.literals[:count], store_patterns=False
            )
        return self._searches[count]

    def find(self, canonical: Canonical) -> Hits:
        """Find the phrases without placeholders: the leftmost first, the longest of these.

        >>> from boilerkill.canonical import canonicalize, code_points
        >>> from boilerkill.phrase_files import phrasebook
        >>> book = phrasebook()
        >>> hits = book.find(canonicalize(code_points("Leave a reply! Required fields are marked")))
        >>> [book.literals[phrase] for phrase in hits.phrase]
        [' leave a reply', ' required fields are marked']
        """
        search, tables = self._search(canonical), []
        for start, stretch in _stretches(canonical.text):
            found = search.find_matches_as_indexes(stretch, overlapping=True)
            numbers = itertools.chain.from_iterable(found)
            table = _leftmost_longest(np.fromiter(numbers, np.int64, 3 * len(found)).reshape(-1, 3))
            table[:, 1:] += start
            tables.append(table)
        table = np.concatenate(tables)
        last = len(canonical.text) - 1
        behind = canonical.points[np.minimum(table[:, 2], last)]
        whole = (behind == 0x20) | (behind == 0x0A) | (table[:, 2] > last)
        table = table[whole]
        return Hits(start=table[:, 1], end=table[:, 2], phrase=table[:, 0])

    def literals_of(self, *names: str) -> frozenset[str]:
        """Return the phrases without placeholders in these roles, in canonical form."""
        if names not in self._literals_of:
            numbers = [number for number, role in enumerate(self.roles) if role.name in names]
            sets = np.asarray(np.isin(self.role_sets, numbers).any(axis=1))
            chosen = np.flatnonzero(sets[self.role_set]).tolist()
            self._literals_of[names] = frozenset(self.literals[number] for number in chosen)
        return self._literals_of[names]

    def match_templates(self, segments: list[str]) -> Iterator[tuple[int, TemplateMatch]]:
        """Match phrases with placeholders against whole segments in canonical form.

        Yields:
            The index of a segment, and a phrase that matches it; the same segment may come again.
        """
        if not segments:
            return
        haystack = "\n" + "\n\n".join(segments) + "\n"
        bounds = list(itertools.accumulate(len(segment) + 2 for segment in segments))
        search, anchors = self._anchor_search(haystack.isascii())
        for anchor, start, _ in search.find_matches_as_indexes(haystack, overlapping=True):
            number = bisect.bisect_right(bounds, start)
            for template in self._templates_of(anchors[anchor]):
                match = template.match(segments[number])
                if match is not None:
                    fills = tuple(
                        (name, *span) for name, span in zip(template.fills, match, strict=True)
                    )
                    yield (
                        number,
                        TemplateMatch(
                            template.role,
                            template.phrase,
                            fills,
                            template.bare,
                            template.languages,
                            template.colon,
                        ),
                    )

    def _anchor_search(self, is_ascii: bool) -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
        """Return a search for what phrases with placeholders need, and what it looks for."""
        if is_ascii not in self._anchor_searches:
            anchors = [each for each in self._anchored if not is_ascii or each.isascii()]
            search = ahocorasick_rs.AhoCorasick(anchors, store_patterns=False)
            self._anchor_searches[is_ascii] = search, anchors
        return self._anchor_searches[is_ascii]

    def _templates_of(self, anchor: str) -> list[_Template]:
        if anchor not in self._templates:
            self._templates[anchor] = [
                _template(words, role, colon, self.language_sets[codes])
                for words, role, colon, codes in json.loads(self._anchored[anchor])
            ]
        return self._templates[anchor]


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in parts, each with its start: no phrase goes on behind the end of a line."""
    start = 0
    while len(text) - start > _STRETCH:
        end = text.find("\n", start + _STRETCH) + 1
        if not end:
            break
        yield start, text[start:end]
        start = end
    yield start, text[start:] if start else text


def _leftmost_longest(found: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the leftmost of some phrases, the longest of these, and so on behind it.

    To make a search that finds no others takes three times as long as to make one for all.

    Args:
        found: The number of each phrase, where it starts, and where it ends, in the order in which
            they end; (found, 3).
    """
    start, end = found[:, 1], found[:, 2]
    later = np.minimum.accumulate(start[::-1])[::-1]
    within = np.zeros(len(found), dtype=bool)
    within[:-1] = later[1:] <= start[:-1]
    within[1:] |= end[1:] == end[:-1]
    outermost = found[~within]
    if (outermost[1:, 1] >= outermost[:-1, 2]).all():
        return outermost
    # One that begins within another goes, so that what is within it may stay.
    chosen = []
    done = 0
    in_order = np.lexsort((-end, start))
    for number, first, last in zip(
        in_order.tolist(), start[in_order].tolist(), end[in_order].tolist(), strict=True
    ):
        if first >= done:
            chosen.append(number)
            done = last
    return found[chosen]


def _template(words: str, role: int, colon: bool, languages: tuple[str, ...]) -> _Template:
    own_words = without_marks(words).split()
    bare = len(own_words) == 1 and own_words[0] != "©"
    return _Template(role, words, bare, languages, colon)
