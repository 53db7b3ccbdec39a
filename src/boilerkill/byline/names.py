"""Take lists of names apart: "Ann Lee, Staff Writer, and Bo Kim"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from boilerkill.canonical import canonical_text
from boilerkill.measure.names import is_name, is_user_name, is_whole_name
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook

__all__ = ["joins_names", "split_names"]

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


def _without_job(text: str, book: Phrasebook) -> str:
    """Leave out the job in "Reporter Ann Lee"; what is a job altogether leaves nothing."""
    words = text.split()
    jobs = book.literals_of("byline.role", "byline.agency")
    if not words or canonical_text(text) in jobs:
        return ""
    if len(words) > 1 and canonical_text(words[-1]) in jobs:
        return ""
    for count in range(len(words) - 1, 0, -1):
        if canonical_text(" ".join(words[:count])) in jobs:
            rest = words[count:]
            return " ".join(rest) if len(rest) > 1 and not rest[0].islower() else ""
    return text
