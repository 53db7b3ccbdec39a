"""Read authors and dates out of the segments that are bylines.

Dates are found by their form wherever they stand in a line, and the words beside each say what it
is the date of. Names stand in phrases with placeholders, which match the whole line or some of the
pieces between its separators.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boilerkill.byline.dates import find_dates
from boilerkill.byline.phrases import BylinePhrase, read_phrases
from boilerkill.canonical import canonical_text
from boilerkill.document import Byline, Kind
from boilerkill.measure.names import is_date
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook

__all__ = ["read_byline"]

# The words that say what a date is of are so many at most; in some scripts a letter is a word.
LABEL_WORDS = 18

# Of a segment, so many characters are read: dates in a word without an end would take its square.
LONGEST = 1_000


def read_byline(segments: Sequence[str], book: Phrasebook | None = None) -> Byline:
    """Read the segments of a document that are bylines.

    Args:
        segments: Their texts in order.
        book: The phrases that tell what they say; by default those that boilerkill ships.

    Returns:
        The authors, and the dates of publication and of the last change, so far as the text says
        them; a date without a year is not taken.

    >>> read_byline(["By Ann Lee and Bo Kim | 5 min read", "Published 31 May 2024 at 14:05"])
    Byline(authors=['Ann Lee', 'Bo Kim'], published='2024-05-31T14:05', updated=None)
    """
    book = book or phrasebook()
    authors: dict[str, str] = {}
    labelled: dict[str, str] = {}
    others: dict[str, str] = {}
    for segment in segments:
        line = " ".join(segment[:LONGEST].split())
        phrases = read_phrases(line, book)
        for phrase in phrases:
            for name in phrase.names:
                authors.setdefault(canonical_text(name), name)
        for date, role in _read_dates(line, phrases, book):
            field = "updated" if role == "byline.updated" else "published"
            _note_date(others if role is None else labelled, field, date)
    dates = {**others, **labelled}
    return Byline(list(authors.values()), dates.get("published"), dates.get("updated"))


def _note_date(dates: dict[str, str], field: str, date: str) -> None:
    """Note the first date of a field, with the time where it is said later."""
    if date.startswith(dates.get(field, "")):
        dates[field] = date


def _read_dates(
    line: str, phrases: Sequence[BylinePhrase], book: Phrasebook
) -> Iterator[tuple[str, str | None]]:
    """Yield the dates in a line, each with the role of the phrase that it belongs to, if any."""
    dates = find_dates(line, month_first=_may_be_english(phrases))
    if not dates:
        return
    ends = [*(date.start for date in dates[1:]), len(line)]
    between = [line[: dates[0].start]]
    between.extend(line[date.end : end] for date, end in zip(dates, ends, strict=True))
    words = [canonical_text(text).split() for text in between]
    labels = [_label_before(before, book) for before in words[:-1]]
    if labels[0] is None and (last := _label_behind(words[-1], book)) is not None:
        labels = [*(_label_behind(behind, book) for behind in words[1:-1]), last]
    if any(labels):
        rest: str | None = "byline.published"
    else:
        rest = next((phrase.role for phrase in phrases if phrase.dated), None)
    for date, label in zip(dates, labels, strict=True):
        yield date.iso, label or rest


def _may_be_english(phrases: Sequence[BylinePhrase]) -> bool:
    return all("en" in phrase.languages or "mul" in phrase.languages for phrase in phrases)


def _label_before(words: Sequence[str], book: Phrasebook) -> str | None:
    """Return the role of the words that end before a date: "Updated Friday, 31 May 2024"."""
    words = words[-LABEL_WORDS:]
    labels: list[str] = []
    for end in range(len(words), 0, -1):
        # Days of the week and times may stand between.
        if not is_date([*words[end:], "0"], book.date_words):
            break
        labels.extend(" ".join(["", *words[start:end], "0"]) for start in range(end))
    return _role_of_label(labels, book)


def _label_behind(words: Sequence[str], book: Phrasebook) -> str | None:
    """Return the role of the words that begin behind a date: "2024年5月31日更新"."""
    words = words[:LABEL_WORDS]
    return _role_of_label(
        [" ".join(["", "0", *words[:end]]) for end in range(len(words), 0, -1)], book
    )


def _role_of_label(labels: list[str], book: Phrasebook) -> str | None:
    """Return the role of the first of some texts that is a phrase with one date."""
    roles: dict[int, str] = {}
    for number, match in book.match_templates(labels):
        role = book.roles[match.role]
        if role.kind is Kind.BYLINE and [name for name, _, _ in match.fills] == ["date"]:
            start, end = match.fills[0][1:]
            if labels[number][start:end] == " 0":
                roles.setdefault(number, role.name)
    return roles[min(roles)] if roles else None
