"""Language: which languages a text may be in, told by its most frequent words.

A short word can be furniture in one language and prose in another ("red" heads a byline in
Spanish), so short phrases count only in texts of their language.
"""

from __future__ import annotations

import functools
from collections import Counter

import numpy as np
import numpy.typing as npt

from boilerkill.phrasebook import phrasebook

__all__ = ["detect_languages", "may_be_of", "phrases_of"]

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


def detect_languages(text: str) -> frozenset[str] | None:
    """Return the codes of the languages that a canonical text may be in, or None for any.

    >>> detect_languages(" der regen kam und ging und die sonne war nicht zu sehen")
    frozenset({'de'})
    """
    start = max(0, (len(text) - SAMPLE) // 2)
    votes: Counter[str] = Counter()
    words = text[start : start + SAMPLE].split()
    for codes, count in Counter(map(phrasebook().function_words.get, words)).items():
        for language in codes or ():
            votes[language] += count
    if not votes:
        return None
    most = max(votes.values())
    if most < LEAST_VOTES:
        return None
    return frozenset(language for language, count in votes.items() if count >= NEAR * most)


def may_be_of(codes: tuple[str, ...], languages: frozenset[str] | None) -> bool:
    """Tell whether a phrase of some languages can stand in a text of others."""
    if languages is None or not _EVERYWHERE.isdisjoint(codes):
        return True
    return any(code in languages or code not in _languages_with_words() for code in codes)


@functools.lru_cache(maxsize=256)
def phrases_of(languages: frozenset[str] | None) -> Bools:
    """Tell which phrases without placeholders count in a text of these languages."""
    book = phrasebook()
    return np.array(
        [
            words.count(" ") > 1 or len(words) > SHORT_WORD or may_be_of(codes, languages)
            for words, codes in zip(book.literals, book.languages, strict=True)
        ],
        dtype=bool,
    )


@functools.cache
def _languages_with_words() -> frozenset[str]:
    """Return the languages that can be told by their words; others are told by their script."""
    return frozenset(code for codes in phrasebook().function_words.values() for code in codes)
