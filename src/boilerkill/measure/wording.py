"""Wording: which segments consist of the phrases of page furniture, and of which kind."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.columns import KINDS, distinct
from boilerkill.measure.language import phrases_of
from boilerkill.measure.names import DATE_WORDS, is_date
from boilerkill.measure.runs import run_bounds, sums_over
from boilerkill.measure.shape import Shape
from boilerkill.measure.templates import Template, match_templates
from boilerkill.phrasebook import Phrasebook
from boilerkill.reading import Reading

__all__ = ["Wording", "measure_phrases", "wording_in_lists"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# So much of a segment must be phrases for it to consist of them.
COVERED = 0.8
# A segment with so few words must be phrases altogether.
FEW_WORDS = 5
# Of what is covered, so much must be phrases of one kind that tell it alone.
STRONG_SHARE = 0.34
# Without a strong phrase, so many weak ones of a kind on one line tell it.
WEAK_ENOUGH = {Kind.NAVIGATION: 4, Kind.SHARE: 3, Kind.COMMENT_FORM: 3}
LABELS_COVER = 0.95
# A list with items that are phrases is furniture if they are at least this share of its items.
LIST_SHARE = 0.34
SIGNS_SHARE = 0.4
# Clues: so many different ones, making up so much of a segment that has at most so many words.
CLUES = 2
CLUE_SHARE = 0.2
# The same where at least so many sentences end inside.
CLUE_SHARE_OF_MANY = 0.35
MANY_SENTENCES = 3
CLUE_WORDS = 90
CLUE_LENGTH = 14

# A line that starts with the copyright sign, up to this many words, is a notice.
COPYRIGHT_WORDS = 40
# "Copyright" may stand before it.
COPYRIGHT_REACH = 12
_COPYRIGHT = ord("©")
_OPENING_BRACE, _CLOSING_BRACE = ord("{"), ord("}")

# A date without words; a telephone number has other signs between its digits.
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4}([-/.])\s?\d{1,2}\1\s?\d{1,4}(?!\d)")


@dataclass(frozen=True)
class Wording:
    """What phrases say of segments; the arrays have one row a segment, one column a kind.

    Attributes:
        share: The share of a segment that is phrases of any kind, clues left out; (segments,).
        covered: The same, below `COVERED` where the segment does not consist of them; (segments,).
        weak: The number of phrases telling each kind in company.
        labels: Whether it is nothing but labels that may stand with those of each kind.
        clues: Whether its clues tell the kind.
        whole: Whether the segment consists of phrases and tells the kind alone.
        dates: Whether it is nothing but a date or a time; (segments,).
        copyright: Whether it starts with the copyright sign; (segments,).
        role_hits: How many of its phrases are in each role; (segments, roles).
        templates: The matches of phrases with placeholders, in order.
        languages: The languages that the text may be in, or None for any.
        book: The phrases that were looked for.
    """

    share: Floats
    covered: Floats
    weak: Ints
    labels: Bools
    clues: Bools
    whole: Bools
    dates: Bools
    copyright: Bools
    role_hits: Ints
    templates: tuple[Template, ...]
    languages: frozenset[str] | None
    book: Phrasebook

    def take(self, chosen: Ints) -> Wording:
        """Return the wording of some of the segments, given by their numbers in order."""
        tables: dict[str, Any] = {
            name: np.take(values.T, chosen, axis=-1).T
            for name, values in vars(self).items()
            if isinstance(values, np.ndarray)
        }
        place = {number: place for place, number in enumerate(chosen.tolist())}
        templates = tuple(
            replace(template, segment=place[template.segment])
            for template in self.templates
            if template.segment in place
        )
        return replace(self, **tables, templates=templates)

    def has_role(self, *names: str) -> Bools:
        """Tell which segments hold a phrase in one of these roles."""
        held = np.zeros(len(self.covered), dtype=bool)
        for name in names:
            number = self.book.role_numbers[name]
            if number in self._roles:
                held |= self.role_hits[:, number] > 0
        return held

    @functools.cached_property
    def _roles(self) -> frozenset[int]:
        """The roles that any phrase of the text is in."""
        return frozenset(np.flatnonzero(self.role_hits.any(axis=0)).tolist())

    def has_template(self, *names: str) -> Bools:
        """Tell which segments match a phrase with placeholders in one of these roles."""
        roles = self.book.roles
        found = np.zeros(len(self.covered), dtype=bool)
        for template in self.templates:
            found[template.segment] |= roles[template.match.role].name in names
        return found


def measure_phrases(reading: Reading, shape: Shape, languages: frozenset[str] | None) -> Wording:
    r"""Look at the phrases of every segment by itself, in a text of some languages.

    >>> from boilerkill.measure.shape import measure_shape
    >>> from boilerkill.read import read_text
    >>> reading = read_text("Leave a Reply\nHe says you should leave a reply.")
    >>> wording = measure_phrases(reading, measure_shape(reading), frozenset(("en",)))
    >>> wording.whole[:, KINDS.index(Kind.COMMENT_FORM)]
    array([ True, False])
    """
    book = reading.book
    segments, kinds = len(reading), len(KINDS)
    hits = reading.hits
    owner = np.searchsorted(reading.canonical_starts, hits.start, side="right") - 1
    length = hits.end - hits.start
    # What stands between the pieces of a glued line belongs to none.
    inside = (owner >= 0) & (hits.end <= reading.canonical_ends[np.maximum(owner, 0)])
    inside &= phrases_of(languages, book)[hits.phrase]
    owner, length, phrase = owner[inside], length[inside], hits.phrase[inside]
    total = np.maximum(reading.canonical_ends - reading.canonical_starts, 1).astype(np.float64)
    # Numbers beside phrases ("Facebook 12 Twitter 30") say neither this nor that.
    phrases = np.bincount(owner, minlength=segments)
    neutral = 2 * np.minimum(shape.numbers, phrases)

    tables = book.derive(_role_tables)
    is_clue = tables.clue_only[phrase]
    covered = np.bincount(owner[~is_clue], length[~is_clue], segments)
    strong = _sum_by_kind(owner, length, tables.strong[phrase], segments)
    once, of_phrase = np.divmod(distinct(owner * len(book.literals) + phrase), len(book.literals))
    ones = np.ones(len(once), dtype=np.int64)
    weak = _sum_by_kind(once, ones, tables.weak[of_phrase], segments).astype(np.int64)
    role_hits = _count_roles(
        owner, book.role_sets[book.role_set[phrase]], segments, len(book.roles)
    )

    templates = match_templates(reading, shape, book, languages)
    whole_template, from_template = np.zeros((2, kinds, segments), dtype=bool).transpose(0, 2, 1)
    for template in templates:
        role = book.roles[template.match.role]
        role_hits[template.segment, template.match.role] += 1
        covered[template.segment] = total[template.segment]
        column = KINDS.index(role.kind)
        from_template[template.segment, column] = True
        if template.strong:
            whole_template[template.segment, column] = True
        else:
            weak[template.segment, column] += 1

    share = np.where(covered > 0, np.minimum((covered + neutral) / total, 1.0), 0.0)
    strong_share = strong / total[:, None]
    consists = _consists(share, total, shape)
    of_family = _sum_by_kind(owner, length, tables.family[phrase], segments)
    of_kind = _consists((of_family + neutral[:, None]) / total[:, None], total, shape)
    tells = strong_share >= STRONG_SHARE
    labels_only = (share >= LABELS_COVER) & ~shape.ends_sentence & (shape.inner_ends == 0)
    for kind, least in WEAK_ENOUGH.items():
        tells[:, KINDS.index(kind)] |= labels_only & (weak[:, KINDS.index(kind)] >= least)
    tells[:, KINDS.index(Kind.NAVIGATION)] |= _is_pagination(
        shape, weak[:, KINDS.index(Kind.NAVIGATION)]
    )
    whole = tells & of_kind
    # What a phrase without placeholders says of a whole segment is surer.
    whole |= whole_template & ~whole.any(axis=1)[:, None]
    whole &= ~shape.numbered[:, None]
    copyright_line = _starts_with_copyright(reading, shape)
    whole[:, KINDS.index(Kind.NOTICE)] |= copyright_line
    # "Read the original article." is the author's.
    whole[shape.full_stop, KINDS.index(Kind.RELATED)] = False
    # Furniture starts with a capital where its script has them; else it needs company.
    code = _is_code(reading, shape)
    weak[shape.lower_start | code | shape.amount] = 0
    weak += whole & (shape.lower_start & ~code)[:, None]
    whole &= ~shape.lower_start[:, None]
    return Wording(
        share=share,
        covered=np.where(consists, share, np.minimum(share, COVERED - 0.01)),
        weak=weak,
        labels=(weak > 0) & consists[:, None] & (of_kind | from_template | _IS_BYLINE),
        clues=_tell_by_clues(owner, length, phrase, tables, total, shape, segments),
        whole=whole,
        dates=_find_dates(reading, shape, book),
        copyright=copyright_line,
        role_hits=role_hits,
        templates=tuple(templates),
        languages=languages,
        book=book,
    )


def wording_in_lists(alone: Wording, shape: Shape) -> Wording:
    """Return the wording without what items of lists seem to tell, given that of each segment."""
    out_of_place = shape.numbered | _items_of_other_lists(shape, alone)
    if not out_of_place.any():
        return alone
    stays = ~out_of_place[:, None]
    return replace(
        alone,
        whole=alone.whole & stays,
        weak=alone.weak * stays,
        labels=alone.labels & stays,
        clues=alone.clues & stays,
    )


def _starts_with_copyright(reading: Reading, shape: Shape) -> Bools:
    """Tell lines of a sentence or two that start with the copyright sign."""
    signs = np.flatnonzero(reading.points == _COPYRIGHT)
    owner = np.maximum(np.searchsorted(reading.starts, signs, side="right") - 1, 0)
    near = (signs - reading.starts[owner] <= COPYRIGHT_REACH) if len(owner) else owner
    result = np.zeros(len(reading), dtype=bool)
    result[owner[near.astype(bool)]] = True
    return result & (shape.words <= COPYRIGHT_WORDS)


def _is_code(reading: Reading, shape: Shape) -> Bools:
    """Tell segments that are code or drawings rather than words."""
    points = reading.points
    braces = np.flatnonzero((points == _OPENING_BRACE) | (points == _CLOSING_BRACE))
    holds = np.searchsorted(braces, reading.ends) > np.searchsorted(braces, reading.starts)
    result: Bools = holds | (shape.signs > SIGNS_SHARE * shape.characters)
    return result


def _items_of_other_lists(shape: Shape, wording: Wording) -> Bools:
    """Tell items of lists of which most are no phrases of furniture."""
    result = np.zeros(len(shape.bullet), dtype=bool)
    if not shape.bullet.any():
        return result
    known = wording.whole.any(axis=1) | (wording.weak.any(axis=1) & (wording.share >= COVERED))
    firsts, ends = run_bounds(shape.bullet)
    few = sums_over(known, firsts, ends) < LIST_SHARE * (ends - firsts)
    result[shape.bullet] = np.repeat(few, ends - firsts)
    return result


@dataclass(frozen=True)
class _RoleTables:
    """For each phrase of the book, the kinds (columns of KINDS) that it tells, by strength.

    `family` has those to whose lines it may belong.
    """

    strong: Bools
    weak: Bools
    clue: Bools
    clue_only: Bools
    clue_columns: tuple[int, ...]
    family: Bools


# The section and the agency stand in bylines too.
_IS_BYLINE = np.array([kind is Kind.BYLINE for kind in KINDS])

# Menus mix these, so that a line of one may hold labels of another.
_MENU_KINDS = (Kind.NAVIGATION, Kind.NOTICE, Kind.SHARE)


def _role_tables(book: Phrasebook) -> _RoleTables:
    tables = {}
    for strength in ("strong", "weak", "clue"):
        # The last line is for no role, -1.
        of_role = np.zeros((len(book.roles) + 1, len(KINDS)), dtype=bool)
        for number, role in enumerate(book.roles):
            of_role[number, KINDS.index(role.kind)] = role.strength == strength
        of_set = np.asarray(of_role[book.role_sets].any(axis=1), dtype=bool)
        tables[strength] = of_set[book.role_set]
    family = tables["strong"] | tables["weak"]
    other = np.asarray(family.any(axis=1), dtype=bool)
    menus = [KINDS.index(kind) for kind in _MENU_KINDS]
    family[:, menus] = family[:, menus].any(axis=1, keepdims=True)
    clue_columns = tuple(np.flatnonzero(tables["clue"].any(axis=0)).tolist())
    return _RoleTables(**tables, clue_only=~other, clue_columns=clue_columns, family=family)


def _sum_by_kind(owner: Ints, amount: Ints, tells: Bools, segments: int) -> Floats:
    """Add up `amount` by segment (rows) and kind (columns)."""
    hit, kind = np.nonzero(tells)
    sums = np.bincount(kind * segments + owner[hit], amount[hit], segments * len(KINDS))
    # By column in memory: most questions are for a column, or for any of a row.
    return sums.reshape(len(KINDS), segments).T.astype(np.float64)


def _count_roles(owner: Ints, roles: Ints, segments: int, count: int) -> Ints:
    """Count the phrases in each segment (rows) by their roles (columns)."""
    hit, column = np.nonzero(roles >= 0)
    places = roles[hit, column] * segments + owner[hit]
    return np.bincount(places, minlength=segments * count).reshape(count, segments).T


def _tell_by_clues(
    owner: Ints, length: Ints, phrase: Ints, tables: _RoleTables, total: Floats, shape: Shape,
    segments: int,
) -> Bools:  # fmt: skip
    """Tell which segments hold enough different clues of a kind.

    A longer strong phrase of the kind inside a sentence is a clue as well.
    """
    told = np.zeros((len(KINDS), segments), dtype=bool).T
    # A paragraph of several sentences may be about cookies.
    least = np.where(shape.inner_ends >= MANY_SENTENCES, CLUE_SHARE_OF_MANY, CLUE_SHARE)
    for column in tables.clue_columns:
        chosen = tables.clue[phrase, column] | (
            tables.strong[phrase, column] & (length >= CLUE_LENGTH)
        )
        if not chosen.any():
            continue
        pairs = distinct(owner[chosen] * len(tables.clue_only) + phrase[chosen])
        different = np.bincount(pairs // len(tables.clue_only), minlength=segments)
        share = np.bincount(owner[chosen], length[chosen], segments) / total
        told[:, column] = (different >= CLUES) & (share >= least) & (shape.words <= CLUE_WORDS)
    return told


def _consists(share: Floats, total: Floats, shape: Shape) -> Bools:
    """Tell which segments a share of their characters makes up; (segments,) or (segments, n)."""
    few = shape.words <= FEW_WORDS
    least = np.where(few, np.maximum(COVERED, 1 - 1.5 / total), COVERED)
    result: Bools = share >= (least if share.ndim == 1 else least[:, None])
    return result


def _is_pagination(shape: Shape, labels: Ints) -> Bools:
    """Tell segments that are page numbers and a word of navigation."""
    pages = (labels >= 1) & (shape.numbers >= 3) & (shape.words <= shape.numbers + 2 * labels)
    return pages & ~shape.amount


def _find_dates(reading: Reading, shape: Shape, book: Phrasebook) -> Bools:
    """Tell segments that are a date or a time and nothing else."""
    dates = np.zeros(len(reading), dtype=bool)
    candidates = (shape.numbers >= 1) & (shape.words <= DATE_WORDS) & ~shape.amount
    for number in np.flatnonzero(candidates).tolist():
        words = reading.canonical_segment(number).split()
        if is_date(words, book.date_words):
            named = any(word.strip("0") for word in words)
            dates[number] = named or _NUMERIC_DATE.search(reading.shown(number)) is not None
    return dates
