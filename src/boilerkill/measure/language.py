"""Language: which languages a text may be in, told by its most frequent words.

A short word can be furniture in one language and prose in another ("red" heads a byline in
Spanish), so short phrases count only in texts of their language.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from boilerkill.phrasebook import Phrasebook

__all__ = ["detect_languages", "may_be_of", "phrases_of"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# The middle of the text is looked at, this many characters of it.
SAMPLE = 4_000
# The likeliest language has at least so many votes, else any language is possible.
LEAST_VOTES = 4
# Others with this share of its votes are possible as well.
NEAR = 0.5

# English furniture stands on pages in every language; brands are in none.
_EVERYWHERE = frozenset(("en", "mul"))

# A phrase of one word with fewer letters counts only in texts of its language.
SHORT_WORD = 12


def detect_languages(text: str, book: Phrasebook) -> frozenset[str] | None:
    """Return the codes of the languages that a canonical text may be in, or None for any.

    >>> from boilerkill.phrase_files import phrasebook
    >>> detect_languages(" der regen kam und ging und die sonne war nicht zu sehen", phrasebook())
    frozenset({'de'})
    """
    start = max(0, (len(text) - SAMPLE) // 2)
    votes: Counter[str] = Counter()
    words = text[start : start + SAMPLE].split()
    groups = book.derive(_word_groups)
    for group, count in Counter(map(groups.of_word.get, words)).items():
        for language in groups.languages[group] if group is not None else ():
            votes[language] += count
    if not votes:
        return None
    most = max(votes.values())
    if most < LEAST_VOTES:
        return None
    return frozenset(language for language, count in votes.items() if count >= NEAR * most)


@dataclass(frozen=True)
class _WordGroups:
    """Frequent words by the languages that they tell.

    Attributes:
        of_word: The number of each word's group; numbers are counted faster than languages.
        languages: The languages of each group.
    """

    of_word: dict[str, int]
    languages: list[tuple[str, ...]]


def _word_groups(book: Phrasebook) -> _WordGroups:
    function_words = book.function_words
    languages = list(dict.fromkeys(function_words.values()))
    numbers = {codes: number for number, codes in enumerate(languages)}
    return _WordGroups({word: numbers[codes] for word, codes in function_words.items()}, languages)


def may_be_of(codes: tuple[str, ...], languages: frozenset[str] | None, book: Phrasebook) -> bool:
    """Tell whether a phrase of some languages can stand in a text of others."""
    if languages is None or not _EVERYWHERE.isdisjoint(codes):
        return True
    with_words = book.derive(_languages_with_words)
    return any(code in languages or code not in with_words for code in codes)


def phrases_of(languages: frozenset[str] | None, book: Phrasebook) -> Bools:
    """Tell which phrases without placeholders count in a text of these languages."""
    phrases = book.derive(_short_phrases)
    if languages is None:
        return np.ones(len(phrases.others), dtype=bool)
    counts = phrases.others.copy()
    for language in languages:
        counts[phrases.of_language(language, book)] = True
    return counts


@dataclass(frozen=True)
class _ShortPhrases:
    """The phrases that count only in texts of their language.

    Attributes:
        numbers: Their numbers; (short phrases,).
        sets: Which of the book's `language_sets` each has; (short phrases,).
        others: Which phrases count in any text; (phrases,).
    """

    numbers: Ints
    sets: Ints
    others: Bools
    _known: dict[str, Ints] = field(default_factory=dict)

    def of_language(self, language: str, book: Phrasebook) -> Ints:
        """Return the numbers of those of a language."""
        if language not in self._known:
            having = np.array([language in codes for codes in book.language_sets], bool)
            self._known[language] = self.numbers[having[self.sets]]
        return self._known[language]


def _short_phrases(book: Phrasebook) -> _ShortPhrases:
    of_some = np.array(
        [not may_be_of(codes, frozenset(), book) for codes in book.language_sets], bool
    )
    lengths = np.fromiter(map(len, book.literals), np.int64, len(book.literals))
    short = np.flatnonzero(of_some[book.language_set] & (lengths <= SHORT_WORD))
    words = np.array([book.literals[number].count(" ") <= 1 for number in short.tolist()], bool)
    short = short[words]
    others = np.ones(len(book.literals), dtype=bool)
    others[short] = False
    return _ShortPhrases(short, book.language_set[short], others)


def _languages_with_words(book: Phrasebook) -> frozenset[str]:
    """Return the languages that can be told by their words; others are told by their script."""
    return frozenset(code for codes in book.function_words.values() for code in codes)
