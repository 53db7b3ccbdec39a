"""Take lists of names apart: "Ann Lee, Staff Writer, and Bo Kim"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from boilerkill.canonical import canonical_text
from boilerkill.measure.names import is_name, is_user_name, is_whole_name
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook

__all__ = ["is_person", "joins_names", "split_names"]

_PERSON = regex.compile(r"[\p{L}\p{M}.'’\-‐ ]+")
# So many words has the name of a person at most who has nothing but that to be told by.
PERSON_WORDS = 4

_AND = regex.compile(
    r"\s*(?:&|\s(?:and|und|et|y|e|i|en|og|och|ja|и|та|ve|dan|và|és|και|con|with|mit|avec)\s)\s*",
    regex.IGNORECASE,
)
# A middle dot is also what stands between the names of a foreigner, in katakana.
_COMMA = regex.compile(r"\s*(?:[,;/|·•，、／]|(?<![\p{Katakana}ー])・)\s*")


def split_names(text: str, book: Phrasebook | None = None) -> Iterator[str]:
    """Yield the names in a list of them, without the jobs beside them.

    >>> list(split_names("Ann Lee, Staff Writer, and Bo Kim"))
    ['Ann Lee', 'Bo Kim']
    >>> list(split_names("Petra Smith and Tom Lance, EFE"))
    ['Petra Smith', 'Tom Lance']
    """
    book = book or phrasebook()
    for part in _AND.split(text):
        for place, piece in enumerate(_COMMA.split(part)):
            name = _without_job(piece.strip(" .:()[]-–—*_"), book)
            # "By Ann Lee, Paris": what follows a comma needs a first and a last name.
            may_be = place == 0 or is_whole_name(name) or name.upper() == name.lower()
            if may_be and (is_name(name) or is_user_name(name)):
                yield name


def joins_names(words: str) -> bool:
    """Tell whether canonical words between two names make both of them names of one list.

    >>> joins_names(" and"), joins_names(""), joins_names(" photographs by")
    (True, True, False)
    """
    return not words or _AND.fullmatch(words + " ") is not None


def is_person(text: str, book: Phrasebook) -> bool:
    """Tell whether a name that nothing else tells is a person's.

    None of its words is a phrase by itself, as those of "World News" are. In scripts without
    capitals, any words would look like a name.

    >>> is_person("Ann Lee", phrasebook()), is_person("World News", phrasebook())
    (True, False)
    """
    words = text.split()
    return (
        _PERSON.fullmatch(text) is not None
        and 2 <= sum(word != word.lower() for word in words) <= len(words) <= PERSON_WORDS
        and not any(canonical_text(word) in book.derive(_words_of_phrases) for word in words)
    )


def _words_of_phrases(book: Phrasebook) -> frozenset[str]:
    """Return the phrases of one word."""
    return frozenset(phrase for phrase in book.literals if phrase.count(" ") == 1)


def _without_job(text: str, book: Phrasebook) -> str:
    """Leave out the job in "Reporter Ann Lee"; what is a job altogether leaves nothing."""
    words = text.split()
    if not words or _ends_in_job(text, book):
        return ""
    # An agency is no job, and may be called as people are: ANA, EFE.
    jobs = book.literals_of("byline.role") - book.literals_of("byline.agency")
    for count in range(len(words) - 1, 0, -1):
        if canonical_text(" ".join(words[:count])) in jobs:
            rest = " ".join(words[count:])
            return rest if is_whole_name(rest) and not words[count].islower() else ""
    return text


def _ends_in_job(text: str, book: Phrasebook) -> bool:
    """Tell whether a text is a job or an agency, or ends in one: "City Editor", "台北報導".

    An agency of one word has to be alone or in capitals: "Tom Lance" may be anybody.
    """
    words = canonical_text(text).split()
    jobs = book.literals_of("byline.role", "byline.agency")
    if " " + " ".join(words) in jobs:
        return True
    last = text.rsplit(maxsplit=1)[-1]
    if last != last.upper() and words and f" {words[-1]}" in book.literals_of("byline.agency"):
        return False
    # In scripts where a letter is a word, one alone is no job but the end of many a name.
    return any(
        " " + " ".join(words[start:]) in jobs
        for start in range(1, len(words))
        if len("".join(words[start:])) > 1
    )
