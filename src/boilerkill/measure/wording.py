"""Wording: which segments consist of the phrases of page furniture, and of which kind."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex

from boilerkill.document import Kind
from boilerkill.measure.language import detect_languages, may_be_of, phrases_of
from boilerkill.measure.shape import Shape
from boilerkill.measure.runs import runs
from boilerkill.phrasebook import Phrasebook, TemplateMatch, phrasebook
from boilerkill.reading import Reading

__all__ = ["KINDS", "Template", "Wording", "measure_wording"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# The kinds that wording can tell, in the order of the columns.
KINDS = tuple(Kind)

# So much of a segment must be phrases for it to consist of them.
COVERED = 0.8
# A segment with so few words must be phrases altogether.
FEW_WORDS = 5
# Of what is covered, so much must be phrases of one kind that tell it alone.
STRONG_SHARE = 0.34
# Without a strong phrase, so many weak ones of a kind on one line tell it.
WEAK_ENOUGH = {Kind.NAVIGATION: 4, Kind.SHARE: 2, Kind.COMMENT_FORM: 3}
LABELS_COVER = 0.95
# A list with items that are phrases is furniture if they are at least this share of its items.
LIST_SHARE = 0.34
SIGNS_SHARE = 0.4
# Clues: so many different ones, making up so much of a segment that has at most so many words.
CLUES = 2
CLUE_SHARE = 0.2
CLUE_WORDS = 90
CLUE_LENGTH = 14

# A longer segment matches no phrase with placeholders.
TEMPLATE_CHARACTERS = 160
NAME_WORDS = 6
DATE_NUMBERS = 3
DATE_WORDS = 14

_NAME = regex.compile(
    r"""\W*
    (?: (?:\p{Lu}|\p{Lt}|\p{Lo}) [\p{L}\p{M}.'’\-‐]* | @[\w.]+
      | (?i:de|da|di|do|dos|das|del|della|der|den|des|du|van|von|vom|zu|zur|la|le|el|al|bin|bint|ibn|ben|y|e
         |i|и|и|та|és|ve|og|och|ja|en|et|und|and|und|of|the|with|for|dan|và|&|af|ter|ten|op|in|'t|st)
    )
    (?: [\s,·•|/／&;()\-–—．・]+
        (?: (?:\p{Lu}|\p{Lt}|\p{Lo}) [\p{L}\p{M}.'’\-‐]* | @[\w.]+
          | (?i:de|da|di|do|dos|das|del|della|der|den|des|du|van|von|vom|zu|zur|la|le|el|al|bin|bint|ibn|ben|y|e
             |i|и|та|és|ve|og|och|ja|en|et|und|and|of|the|with|for|dan|và|&|af|ter|ten|op|in|'t|st) ) )*
    \W*""",
    regex.VERBOSE,
)


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


@dataclass(frozen=True)
class Wording:
    """What phrases say of segments; the arrays have one row a segment, one column a kind.

    Attributes:
        covered: The share of a segment that is phrases of any kind, clues left out; (segments,).
        strong: The share that is phrases telling each kind alone.
        weak: The number of phrases telling each kind in company.
        clues: Whether its clues tell the kind.
        whole: Whether the segment consists of phrases and tells the kind alone.
        dates: Whether it is nothing but a date or a time; (segments,).
        roles: For each segment the indexes of the roles of its phrases, by strength of coverage.
        templates: The matches of phrases with placeholders.
    """

    covered: Floats
    strong: Floats
    weak: Ints
    clues: Bools
    whole: Bools
    dates: Bools
    role_hits: Ints
    templates: tuple[Template, ...]

    def has_role(self, *names: str) -> Bools:
        """Tell which segments hold a phrase in one of these roles."""
        columns = [_role_numbers()[name] for name in names]
        result: Bools = self.role_hits[:, columns].any(axis=1)
        return result


def measure_wording(reading: Reading, shape: Shape) -> Wording:
    """Look at every segment's phrases.

    >>> from boilerkill.measure.shape import measure_shape
    >>> from boilerkill.read import read_text
    >>> reading = read_text("Leave a Reply\\nHe says you should leave a reply.")
    >>> wording = measure_wording(reading, measure_shape(reading))
    >>> wording.whole[:, KINDS.index(Kind.COMMENT_FORM)]
    array([ True, False])
    """
    book = phrasebook()
    segments, kinds = len(reading), len(KINDS)
    hits = reading.hits
    owner = np.searchsorted(reading.canonical_starts, hits.start, side="right") - 1
    length = hits.end - hits.start
    # What stands between the pieces of a glued line belongs to none.
    inside = (owner >= 0) & (hits.end <= reading.canonical_ends[np.maximum(owner, 0)])
    languages = detect_languages(reading.canonical)
    inside &= phrases_of(languages)[hits.phrase]
    owner, length, phrase = owner[inside], length[inside], hits.phrase[inside]
    total = np.maximum(reading.canonical_ends - reading.canonical_starts, 1).astype(np.float64)
    # Numbers beside phrases ("Facebook 12 Twitter 30") say neither this nor that.
    phrases = np.bincount(owner, minlength=segments)
    neutral = 2 * np.minimum(shape.numbers, phrases)

    tables = _role_tables()
    is_clue = tables.clue_only[phrase]
    covered = np.bincount(owner[~is_clue], length[~is_clue], segments)
    strong = _sum_by_kind(owner, length, tables.strong[phrase], segments)
    pairs = np.unique(np.stack([owner, phrase]), axis=1)
    ones = np.ones(pairs.shape[1], dtype=np.int64)
    weak = _sum_by_kind(pairs[0], ones, tables.weak[pairs[1]], segments).astype(np.int64)
    role_hits = np.zeros((segments, len(book.roles)), dtype=np.int64)
    for column in range(book.literal_roles.shape[1]):
        roles = book.literal_roles[phrase, column]
        given = roles >= 0
        np.add.at(role_hits, (owner[given], roles[given]), 1)

    templates = _match_templates(reading, shape, book, languages)
    whole_template = np.zeros((segments, kinds), dtype=bool)
    for template in templates:
        role = book.roles[template.match.role]
        role_hits[template.segment, template.match.role] += 1
        covered[template.segment] = total[template.segment]
        column = KINDS.index(role.kind)
        if template.strong:
            whole_template[template.segment, column] = True
        else:
            weak[template.segment, column] += 1

    share = np.where(covered > 0, np.minimum((covered + neutral) / total, 1.0), 0.0)
    strong_share = strong / total[:, None]
    consists = (share >= COVERED) & ((shape.words > FEW_WORDS) | (share > 1 - 1.5 / total))
    tells = strong_share >= STRONG_SHARE
    labels_only = (share >= LABELS_COVER) & ~shape.ends_sentence & (shape.inner_ends == 0)
    for kind, least in WEAK_ENOUGH.items():
        tells[:, KINDS.index(kind)] |= labels_only & (weak[:, KINDS.index(kind)] >= least)
    tells[:, KINDS.index(Kind.NAVIGATION)] |= _is_pagination(
        shape, weak[:, KINDS.index(Kind.NAVIGATION)]
    )
    whole = ((tells & consists[:, None]) | whole_template) & ~shape.numbered[:, None]
    # Furniture starts with a capital where its script has them; else it needs company.
    weak[shape.lower_start | _mostly_signs(shape)] = 0
    weak += whole & shape.lower_start[:, None]
    whole &= ~shape.lower_start[:, None]
    out_of_place = _items_of_other_lists(shape, whole.any(axis=1), weak, share) | shape.numbered
    whole[out_of_place] = False
    weak[out_of_place] = 0
    clues = _tell_by_clues(owner, length, phrase, tables, total, shape, segments)
    clues[out_of_place] = False
    return Wording(
        covered=np.where(consists, share, np.minimum(share, COVERED - 0.01)),
        strong=strong_share,
        weak=weak,
        clues=clues,
        whole=whole,
        dates=_find_dates(reading, shape, book),
        role_hits=role_hits,
        templates=tuple(templates),
    )


def _mostly_signs(shape: Shape) -> Bools:
    """Tell segments that are code or drawings rather than words."""
    return shape.signs > SIGNS_SHARE * shape.characters


def _items_of_other_lists(shape: Shape, whole: Bools, weak: Ints, share: Floats) -> Bools:
    """Tell items of lists of which most are no phrases of furniture."""
    known = whole | (weak.any(axis=1) & (share >= COVERED))
    result = np.zeros(len(known), dtype=bool)
    for first, last in runs(shape.bullet):
        if known[first:last].sum() < LIST_SHARE * (last - first):
            result[first:last] = True
    return result


@dataclass(frozen=True)
class _RoleTables:
    """For each phrase of the book, the kinds (columns of KINDS) that it tells, by strength."""

    strong: Bools
    weak: Bools
    clue: Bools
    clue_only: Bools


@functools.cache
def _role_tables() -> _RoleTables:
    book = phrasebook()
    tables = {}
    for strength in ("strong", "weak", "clue"):
        table = np.zeros((len(book.literals), len(KINDS)), dtype=bool)
        for column in range(book.literal_roles.shape[1]):
            for number, role in enumerate(book.roles):
                if role.strength == strength:
                    table[book.literal_roles[:, column] == number, KINDS.index(role.kind)] = True
        tables[strength] = table
    other = tables["strong"].any(axis=1) | tables["weak"].any(axis=1)
    return _RoleTables(**tables, clue_only=~other)


@functools.cache
def _role_numbers() -> dict[str, int]:
    return {role.name: number for number, role in enumerate(phrasebook().roles)}


def _sum_by_kind(owner: Ints, amount: Ints, tells: Bools, segments: int) -> Floats:
    """Add up `amount` by segment (rows) and kind (columns)."""
    sums = np.zeros((segments, len(KINDS)))
    for column in np.flatnonzero(tells.any(axis=0)):
        chosen = tells[:, column]
        sums[:, column] = np.bincount(owner[chosen], amount[chosen], segments)
    return sums


def _tell_by_clues(
    owner: Ints, length: Ints, phrase: Ints, tables: _RoleTables, total: Floats, shape: Shape,
    segments: int,
) -> Bools:  # fmt: skip
    """Tell which segments hold enough different clues of a kind.

    A longer strong phrase of the kind inside a sentence is a clue as well.
    """
    told = np.zeros((segments, len(KINDS)), dtype=bool)
    for column in np.flatnonzero(tables.clue.any(axis=0)):
        chosen = tables.clue[phrase, column] | (tables.strong[phrase, column] & (length >= CLUE_LENGTH))
        if not chosen.any():
            continue
        pairs = np.unique(np.stack([owner[chosen], phrase[chosen]]), axis=1)
        different = np.bincount(pairs[0], minlength=segments)
        share = np.bincount(owner[chosen], length[chosen], segments) / total
        told[:, column] = (
            (different >= CLUES) & (share >= CLUE_SHARE) & (shape.words <= CLUE_WORDS)
        )
    return told


def _is_pagination(shape: Shape, labels: Ints) -> Bools:
    """Tell segments that are page numbers and a word of navigation."""
    return (labels >= 1) & (shape.numbers >= 3) & (shape.words <= shape.numbers + 2 * labels)


def _match_templates(
    reading: Reading, shape: Shape, book: Phrasebook, languages: frozenset[str] | None
) -> list[Template]:
    sizes = reading.canonical_ends - reading.canonical_starts
    short = np.flatnonzero((sizes <= TEMPLATE_CHARACTERS) & (sizes > 2))
    text, starts, ends = reading.canonical.text, reading.canonical_starts, reading.canonical_ends
    pieces = [
        text[start:end] for start, end in zip(starts[short].tolist(), ends[short].tolist(), strict=True)
    ]
    numbers = short.tolist()
    found = []
    for place, match in book.match_templates(pieces):
        if shape.sentence[numbers[place]] and book.roles[match.role].kind is not Kind.RELATED:
            continue
        if match.bare and not may_be_of(match.languages, languages):
            continue
        template = _check_fills(reading, numbers[place], match, pieces[place], book)
        if template is not None:
            found.append(template)
    return found


def _check_fills(
    reading: Reading, number: int, match: TemplateMatch, canonical: str, book: Phrasebook
) -> Template | None:
    """Return the match if what stands for its placeholders can be names, dates …"""
    strong = book.roles[match.role].strength == "strong"
    for name, start, end in match.fills:
        if name == "date" and not is_date(canonical[start:end].split(), book.date_words):
            return None
        if name in ("any", "title"):
            apart = _set_apart(reading, number, start, end)
            if not apart and (match.bare or match.colon or not _starts_title(reading, number, start)):
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


def _set_apart(reading: Reading, number: int, start: int, end: int) -> bool:
    """Tell whether punctuation stands between a fill and the phrase: "Source: X", no "source code"."""
    first = int(reading.canonical_starts[number])
    origin = reading.canonical.origin
    if start > 0:
        between = reading.text[origin[first + start - 1] + 1 : origin[first + start]]
    else:
        last = first + end
        if last >= len(origin):
            return False
        between = reading.text[origin[last - 1] + 1 : origin[last]]
    return any(char in _SET_APART for char in between)


def _starts_title(reading: Reading, number: int, start: int) -> bool:
    """Tell whether a fill starts like a title, and its segment does not end like a sentence."""
    first = int(reading.canonical.origin[reading.canonical_starts[number] + start])
    letter = reading.text[first + 1 : first + 2] if reading.text[first] == " " else reading.text[first]
    last = reading.text[reading.ends[number] - 1]
    return not letter.islower() and last not in ".。।"


_SET_APART = frozenset(":：=＝／|｜–—")


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a person or an office.

    >>> is_name("Ludwig van Beethoven"), is_name("the river and the town")
    (True, False)
    """
    words = text.split()
    if not words or len(words) > NAME_WORDS + 2:
        return False
    return _NAME.fullmatch(text) is not None and any(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    letter = word.lstrip("@([\"'“‘")[:1]
    return letter.isalpha() and (letter.isupper() or letter.lower() == letter.upper())


def is_date(words: list[str], date_words: frozenset[str]) -> bool:
    """Tell whether canonical words can be a date, a time, or "3 hours ago".

    >>> is_date(["0", "may", "0"], frozenset({"may"}))
    True
    """
    if not words or len(words) > DATE_WORDS:
        return False
    return any("0" in word for word in words) and all(
        word in date_words or word.strip("0") in _AFTER_NUMBERS for word in words
    )


# What may stand right behind a number in a date: ordinals, half days, hours.
_AFTER_NUMBERS = frozenset(
    ("", "st", "nd", "rd", "th", "am", "pm", "h", "t", "z", "er", "ère", "º", "ª", "a", "p")
)


def _find_dates(reading: Reading, shape: Shape, book: Phrasebook) -> Bools:
    dates = np.zeros(len(reading), dtype=bool)
    candidates = (shape.numbers >= 1) & (shape.words <= DATE_WORDS)
    for number in np.flatnonzero(candidates).tolist():
        words = reading.canonical_segment(number).split()
        if is_date(words, book.date_words):
            named = any(word.strip("0") for word in words)
            dates[number] = named or sum(word == "0" for word in words) >= DATE_NUMBERS
    return dates
