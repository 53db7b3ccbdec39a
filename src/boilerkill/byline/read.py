"""Read authors and dates out of the segments that are bylines.

Dates are found by their form wherever they stand in a line, and the words beside each say what it
is the date of. Names stand in phrases with placeholders, which match the whole line or some of the
pieces between its separators. Where none has any, a name may stand alone beside a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boilerkill.byline.dates import find_dates
from boilerkill.byline.names import is_person, split_names
from boilerkill.byline.phrases import BylinePhrase, read_phrases
from boilerkill.canonical import canonical_text
from boilerkill.document import Byline, Kind
from boilerkill.measure.bylines import split_byline
from boilerkill.measure.names import is_date
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook

__all__ = ["read_byline"]

# The words that say what a date is of are so many at most; in some scripts a letter is a word.
LABEL_WORDS = 18

# Of a segment, so many characters are read: dates in a word without an end would take its square.
LONGEST = 1_000


def read_byline(
    segments: Sequence[str], book: Phrasebook | None = None, *, month_first: bool = True
) -> Byline:
    """Read the segments of a document that are bylines.

    Args:
        segments: Their texts in order.
        book: The phrases that tell what they say; by default those that boilerkill ships.
        month_first: Whether 5/6/2024 is the sixth of May where the words may be English.

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
        english = month_first and _may_be_english(phrases)
        for date, role in _read_dates(line, phrases, book, month_first=english):
            field = "updated" if role == "byline.updated" else "published"
            _note_date(others if role is None else labelled, field, date)
    dates = {**others, **labelled}
    names = list(authors.values()) or _read_lone_names(segments, book)
    return Byline(names, dates.get("published"), dates.get("updated"))


def _read_lone_names(segments: Sequence[str], book: Phrasebook) -> list[str]:
    """Return the names that stand beside a date without a word: "Ann Lee · May 31, 2024".

    Only the first that do: what follows may be a section, a place or a paper.
    """
    lines = [" ".join(segment[:LONGEST].split()) for segment in segments]
    dated = [bool(find_dates(line, month_first=True)) for line in lines]
    for number, line in enumerate(lines):
        if any(dated[max(0, number - 1) : number + 2]):
            for piece in split_byline(line):
                names = [name for name in split_names(piece, book) if _may_stand_alone(name, book)]
                if names:
                    return list({canonical_text(name): name for name in names}.values())
    return []


def _may_stand_alone(name: str, book: Phrasebook) -> bool:
    """Tell whether a name is a person's, and no label of a date: "Updated Friday"."""
    return is_person(name, book) and _label_before(canonical_text(name).split(), book) is None


def _note_date(dates: dict[str, str], field: str, date: str) -> None:
    """Note the first date of a field, with the time where it is said later."""
    if date.startswith(dates.get(field, "")):
        dates[field] = date


def _read_dates(
    line: str, phrases: Sequence[BylinePhrase], book: Phrasebook, *, month_first: bool
) -> Iterator[tuple[str, str | None]]:
    """Yield the dates in a line, each with the role of the phrase that it belongs to, if any."""
    dates = find_dates(line, month_first=month_first)
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
    """Return the role of the words that begin behind a date: "2024年5月31日 9:10更新"."""
    numbers = (at for at, word in enumerate(words) if word.strip("0"))
    words = words[next(numbers, 0) :][:LABEL_WORDS]
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
