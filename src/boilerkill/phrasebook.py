"""The phrases of page furniture, compiled once, and where they stand in a text.

Phrases without placeholders are found anywhere in a text, in one pass (Aho-Corasick); those with
placeholders (``Posted by {name}``) must match a segment as a whole. `boilerkill.phrase_files` has
the phrases.
"""

from __future__ import annotations

import bisect
import difflib
import functools
import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from boilerkill.canonical import Canonical, canonical_text
from boilerkill.document import Kind

__all__ = ["Hits", "Phrasebook", "Role", "TemplateMatch"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Result = TypeVar("Result")

_PLACEHOLDER = re.compile(r"\{(n|name|date|title|any)\}")

_COLON = re.compile(r"[:：=＝|｜／]\s*\{(?:name|title|any)\}")

# A placeholder in canonical text: one character each, from Unicode's private use area.
_MARKS = {"name": "\ue000", "date": "\ue001", "title": "\ue002", "any": "\ue003"}

# A phrase has no more of them: the time to match one grows with the words of a segment to the power
# of those that stand beside each other.
MOST_PLACEHOLDERS = 4

# How many words each placeholder may stand for.
_FILLS = {
    "\ue000": r"((?: \S+){1,9})",
    "\ue001": r"((?: \S+){1,14})",
    "\ue002": r"((?: \S+){1,40})",
    "\ue003": r"((?: \S+){1,40})",
}
# So many words may stand for any of them.
_ANY_FILL = 9
# In scripts without spaces a letter is a word, and a name has more of them. Patterns that know take
# ten times as long to compile, so only segments with such letters get them.
_LETTERS = re.compile(r" [\u0e00-\u9fff]")
_FILLS_OF_LETTERS = _FILLS | {"\ue000": r"((?: \S+){1,9}|(?: [\u0e00-\u9fff]\S*){10,30})"}
_ANY_MARK = re.compile("[" + "".join(_FILLS) + "]")
_FILL_NAMES = {mark: name for name, mark in _MARKS.items()}


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
        pieces = [piece for piece in _pieces(self.phrase) if piece and piece[1:] not in _FILLS]
        return tuple(sorted(pieces, key=len, reverse=True))

    @functools.cached_property
    def fills(self) -> tuple[str, ...]:
        """The names of the placeholders."""
        return tuple(_FILL_NAMES[piece[1]] for piece in _pieces(self.phrase) if piece[1:] in _FILLS)

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
                for piece in _pieces(self.phrase)
            )
        )

    @functools.cached_property
    def ends(self) -> tuple[str, str]:
        """The words before the first placeholder, and those behind the last."""
        pieces = _pieces(self.phrase)
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
        letters = _LETTERS.search(segment) is not None
        pattern = self.pattern_of_letters if letters else self.pattern
        match = pattern.fullmatch(segment)
        return None if match is None else match.regs[1:]


class Phrasebook:
    """All phrases, ready to be looked for.

    Attributes:
        roles: Every role.
        role_numbers: The index of each by its name.
        literals: The canonical text of each phrase without placeholders.
        literal_roles: For each of them the indexes of its roles, padded with -1; (phrases, width).
        languages: For each of them the codes of its languages.
        date_words: The words that dates are written with.
        function_words: For each frequent word that tells a language, the codes of its languages.
    """

    def __init__(
        self, phrases: Iterable[tuple[str, str, str]], roles: dict[str, dict[str, str]]
    ) -> None:
        """Compile phrases, given as (language, role name, phrase).

        Raises:
            ValueError: If a phrase's role is not among `roles`, it has no word of its own, or too
                many placeholders.
        """
        self.roles = [
            Role(name, Kind(entry["kind"]), entry["strength"]) for name, entry in roles.items()
        ]
        self.role_numbers = numbers = {role.name: at for at, role in enumerate(self.roles)}
        strengths = {role.name: role.strength for role in self.roles}
        entries = list(phrases)
        literals: dict[str, tuple[int, ...]] = {}
        languages: dict[str, tuple[str, ...]] = {}
        templates: dict[tuple[str, int, bool], tuple[str, ...]] = {}
        function_words: dict[str, tuple[str, ...]] = {}
        date_words: set[str] = set()
        for (language, role, phrase), canonical in zip(
            entries, _canonical_phrases(phrase for _, _, phrase in entries), strict=True
        ):
            if role not in numbers:
                raise ValueError(f"{language}: {_unknown(role, numbers)}")
            words = canonical.strip("\n")
            marked = not words.isascii() and _ANY_MARK.search(words) is not None
            if not (words.translate(_WITHOUT_MARKS).strip() if marked else words):
                raise ValueError(f"{language}: [{role}] {phrase!r} has no word of its own")
            if role == "date.word":
                date_words.update(words.split())
            elif role == "language.word":
                for word in words.split():
                    _add(function_words, word, language)
            elif marked:
                if len(_ANY_MARK.findall(words)) > MOST_PLACEHOLDERS:
                    most = f"more than {MOST_PLACEHOLDERS} placeholders"
                    raise ValueError(f"{language}: [{role}] {phrase!r} has {most}")
                key = (words, numbers[role], _COLON.search(phrase) is not None)
                _add(templates, key, language)
            else:
                held = role if strengths[role] != "strong" else _by_length(role, words)
                _add(literals, words, numbers[held])
                _add(languages, words, language)
        self.literals = list(literals)
        self.languages = list(languages.values())
        width = max((len(ids) for ids in literals.values()), default=1)
        padded = (ids + (-1,) * (width - len(ids)) for ids in literals.values())
        self.literal_roles = np.fromiter(
            itertools.chain.from_iterable(padded), np.int64, width * len(literals)
        ).reshape(-1, width)
        self.date_words = frozenset(date_words)
        self.function_words = function_words
        self._take_templates(templates)
        self._derived: dict[Callable[[Phrasebook], Any], Any] = {}
        self._literals_of: dict[tuple[str, ...], frozenset[str]] = {}

    def derive(self, function: Callable[[Phrasebook], Result]) -> Result:
        """Return what a function makes of this book, calling it the first time only."""
        if function not in self._derived:
            self._derived[function] = function(self)
        result: Result = self._derived[function]
        return result

    @functools.cached_property
    def _search(self) -> ahocorasick_rs.AhoCorasick:
        """The search for all phrases without placeholders."""
        return _compile(self.literals)

    @functools.cached_property
    def _search_ascii(self) -> tuple[ahocorasick_rs.AhoCorasick, Ints]:
        """The search for those that an ASCII text can hold, and their numbers.

        It is compiled in a quarter of the time.
        """
        numbers = [number for number, words in enumerate(self.literals) if words.isascii()]
        return _compile([self.literals[number] for number in numbers]), np.array(numbers, np.int64)

    def _take_templates(self, templates: dict[tuple[str, int, bool], tuple[str, ...]]) -> None:
        anchored: dict[str, list[tuple[str, int, tuple[str, ...], bool]]] = {}
        for (words, role, colon), languages in templates.items():
            anchored.setdefault(_anchor(words), []).append((words, role, languages, colon))
        self._anchored = list(anchored.values())
        # By the number of their anchor; made when it is first found.
        self._templates: dict[int, list[_Template]] = {}
        self._anchors = list(anchored)
        self._anchor_search = ahocorasick_rs.AhoCorasick(self._anchors, store_patterns=False)

    def find(self, canonical: Canonical) -> Hits:
        """Find the phrases without placeholders: the leftmost first, the longest of these.

        >>> from boilerkill.canonical import canonicalize, code_points
        >>> from boilerkill.phrase_files import phrasebook
        >>> book = phrasebook()
        >>> hits = book.find(canonicalize(code_points("Leave a reply! Required fields are marked")))
        >>> [book.literals[phrase] for phrase in hits.phrase]
        [' leave a reply', ' required fields are marked']
        """
        ascii_only = canonical.text.isascii()
        search = self._search_ascii[0] if ascii_only else self._search
        found = search.find_matches_as_indexes(canonical.text)
        numbers = itertools.chain.from_iterable(found)
        table = np.fromiter(numbers, np.int64, 3 * len(found)).reshape(-1, 3)
        if ascii_only:
            table[:, 0] = self._search_ascii[1][table[:, 0]]
        last = len(canonical.text) - 1
        behind = canonical.points[np.minimum(table[:, 2], last)]
        whole = (behind == 0x20) | (behind == 0x0A) | (table[:, 2] > last)
        table = table[whole]
        return Hits(start=table[:, 1], end=table[:, 2], phrase=table[:, 0])

    def literals_of(self, *names: str) -> frozenset[str]:
        """Return the phrases without placeholders in these roles, in canonical form."""
        if names not in self._literals_of:
            numbers = [number for number, role in enumerate(self.roles) if role.name in names]
            chosen = np.flatnonzero(np.isin(self.literal_roles, numbers).any(axis=1)).tolist()
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
        found = self._anchor_search.find_matches_as_indexes(haystack, overlapping=True)
        for anchor, start, _ in found:
            number = bisect.bisect_right(bounds, start)
            if anchor not in self._templates:
                self._templates[anchor] = [_template(*each) for each in self._anchored[anchor]]
            for template in self._templates[anchor]:
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


def _unknown(role: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(role, list(known), 1)
    return f"[{role}] is no known section" + (f"; do you mean [{near[0]}]?" if near else "")


def _by_length(role: str, words: str) -> str:
    """Return the role of a phrase, the weak one of its kind where it is too short to be strong.

    A single short word ("Ads"), or a single word for a menu ("Next"), is often prose or a heading.
    """
    if words.count(" ") > 1:
        return role
    if role == "navigation.tags":
        return "navigation.tagged"
    kind = role.split(".", maxsplit=1)[0]
    if len(words) <= SHORT_WORD or kind in _NEEDS_WORDS:
        return _WEAK_ROLE.get(kind, role)
    return role


# A single word of at most so many letters, its space counted, tells nothing alone.
SHORT_WORD = 6
_NEEDS_WORDS = ("navigation", "share", "related")
_WEAK_ROLE = {
    "comment_form": "comment_form.label",
    "comment": "comment.label",
    "byline": "byline.role",
    "share": "share.label",
    "navigation": "navigation.label",
    "related": "related.label",
    "promotion": "promotion.label",
    "notice": "notice.label",
    "caption": "byline.agency",
}

_WITHOUT_MARKS = str.maketrans("", "", "".join(_FILLS))


def _canonical_phrases(phrases: Iterable[str]) -> list[str]:
    lines = list(phrases)
    marked = _PLACEHOLDER.sub(_mark, "\n".join(lines))
    return canonical_text(marked).split("\n") if lines else []


def _mark(placeholder: re.Match[str]) -> str:
    return "0" if placeholder[1] == "n" else f" {_MARKS[placeholder[1]]} "


def _add(table: dict[Key, tuple[Value, ...]], key: Key, value: Value) -> None:
    """Add a value to those of a key, once."""
    alone = (value,)
    known = table.setdefault(key, alone)
    if known is not alone and value not in known:
        table[key] = known + alone


def _compile(literals: list[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        literals, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )


_PIECE = re.compile("( [" + "".join(_FILLS) + "])")


def _pieces(words: str) -> list[str]:
    return _PIECE.split(words)


def _template(words: str, role: int, languages: tuple[str, ...], colon: bool) -> _Template:
    own_words = words.translate(_WITHOUT_MARKS).split()
    bare = len(own_words) == 1 and own_words[0] != "©"
    return _Template(role, words, bare, languages, colon)


def _anchor(words: str) -> str:
    """Return what a text must hold for the template to match: its start, its end, or a piece.

    A placeholder stands behind a start or a piece, and begins with the space before a word.
    """
    pieces = _pieces(words)
    if pieces[0]:
        return f"\n{pieces[0]} "
    if pieces[-1]:
        return f"{pieces[-1]}\n"
    return max((piece for piece in pieces if piece[1:] not in _FILLS), key=len) + " "
