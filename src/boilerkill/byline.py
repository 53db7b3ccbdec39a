"""Read authors and dates out of the segments that are bylines."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Sequence

import regex

from boilerkill.canonical import canonical_text
from boilerkill.document import Byline
from boilerkill.measure.names import is_name
from boilerkill.measure.shape import measure_shape
from boilerkill.measure.templates import source_text
from boilerkill.measure.wording import measure_wording
from boilerkill.phrasebook import phrasebook
from boilerkill.read import read_text

__all__ = ["read_byline"]

_BETWEEN_NAMES = regex.compile(
    r"\s*(?:[,;&/|·•，、／・]|\s(?:and|und|et|y|e|i|en|og|och|ja|и|та|ve|dan|và|és|και|og|with|mit|avec|con)\s)\s*",
    regex.IGNORECASE,
)
_YEAR_FIRST = regex.compile(
    r"(?P<year>\d{4})\s*[-/.年년]\s*(?P<month>\d{1,2})\s*[-/.月월]\s*(?P<day>\d{1,2})\s*[日일]?"
)
_YEAR_LAST = regex.compile(
    r"(?P<first>\d{1,2})\s*(?P<sign>[-/.])\s*(?P<second>\d{1,2})\s*(?P=sign)\s*(?P<year>\d{4})"
)
_TIME = regex.compile(
    r"(?<![\d.])(?P<hour>[01]?\d|2[0-3])[:.h時时시]\s?(?P<minute>[0-5]\d)(?:[:.]\d\d)?(?![\d.])"
    r"\s*(?P<half>[ap]\.?m\.?)?",
    regex.IGNORECASE,
)
_HAS_YEAR = regex.compile(r"(?<!\d)(?:1[89]|2[0-9])\d\d(?!\d)|(?<!\d)[12][0-9]{3}\s*年")


def read_byline(segments: Sequence[str]) -> Byline:
    """Read the segments of a document that are bylines.

    Args:
        segments: Their texts in order.

    Returns:
        The authors, and the dates of publication and of the last change, so far as the text says
        them; a date without a year is not taken.

    >>> read_byline(["By Ann Lee and Bo Kim", "Published 31 May 2024 at 14:05"])
    Byline(authors=['Ann Lee', 'Bo Kim'], published='2024-05-31T14:05', updated=None)
    """
    authors: dict[str, None] = {}
    dates: dict[str, str] = {}
    if not segments:
        return Byline()
    reading = read_text("\n".join(" ".join(segment.split()) for segment in segments))
    wording = measure_wording(reading, measure_shape(reading))
    roles = phrasebook().roles
    dated = set()
    for template in wording.templates:
        role = roles[template.match.role].name
        for name, start, end in template.match.fills:
            source = source_text(reading, template.segment, start, end)
            if name == "name" and role.startswith("byline."):
                authors.update(dict.fromkeys(_names(source)))
            elif name == "date":
                dated.add(template.segment)
                updated = role == "byline.updated"
                _note_date(
                    dates,
                    "updated" if updated else "published",
                    reading.segment(template.segment),
                )
    for number in range(len(reading)):
        if number not in dated:
            _note_date(dates, "published", reading.segment(number))
    return Byline(_whole_names(authors), dates.get("published"), dates.get("updated"))


def _whole_names(names: Iterable[str]) -> list[str]:
    """Leave out what is a part of another name, as another phrase may have cut it."""
    found = list(names)
    return [
        name
        for name in found
        if not any(name != other and name in other.split() for other in found)
    ]


def _note_date(dates: dict[str, str], field: str, text: str) -> None:
    if field not in dates:
        date = parse_date(text)
        if date is not None:
            dates[field] = date


def _names(text: str) -> Iterator[str]:
    """Yield the names in "Ann Lee, Staff Writer, and Bo Kim"."""
    for part in _BETWEEN_NAMES.split(text):
        name = part.strip(" .,:;()[]-–—")
        if name and is_name(name) and canonical_text(name) not in _job_words():
            yield name


@functools.cache
def _job_words() -> frozenset[str]:
    book = phrasebook()
    jobs = [
        number for number, role in enumerate(book.roles)
        if role.name in ("byline.role", "byline.agency")
    ]  # fmt: skip
    return frozenset(
        words
        for words, roles in zip(book.literals, book.literal_roles.tolist(), strict=True)
        if any(role in jobs for role in roles)
    )


def parse_date(text: str) -> str | None:
    """Return the date in a short text in ISO 8601, with the time where it gives one.

    >>> parse_date("31. Mai 2024, 14.05 Uhr"), parse_date("2024年5月31日"), parse_date("yesterday")
    ('2024-05-31T14:05', '2024-05-31', None)
    """
    if _HAS_YEAR.search(text) is None:
        return None
    date = _numeric_date(text) or _worded_date(text)
    if date is None:
        return None
    rest = _YEAR_LAST.sub(" ", _YEAR_FIRST.sub(" ", text))
    time = _TIME.search(rest)
    return date.isoformat() + (_iso_time(time) if time is not None else "")


def _iso_time(match: regex.Match[str]) -> str:
    hour = int(match["hour"])
    half = (match["half"] or "").lower()[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"T{hour:02}:{match['minute']}"


def _numeric_date(text: str) -> datetime.date | None:
    match = _YEAR_FIRST.search(text)
    if match is not None:
        return _date(int(match["year"]), int(match["month"]), int(match["day"]))
    match = _YEAR_LAST.search(text)
    if match is None:
        return None
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    # 5/31/2024 is American; between points and dashes the day comes first everywhere.
    month_first = match["sign"] == "/" and (second > 12 or (first <= 12 and text.isascii()))
    return _date(year, first, second) if month_first else _date(year, second, first)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _worded_date(text: str) -> datetime.date | None:
    """Parse a date with a month in words (dateparser knows them in 200 languages)."""
    import warnings

    import dateparser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
    plain = _TIME.sub(" ", text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(plain.strip(" ,.|-–—:•·"), settings=settings)
    return None if found is None else found.date()
