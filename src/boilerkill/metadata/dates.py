"""The dates of a page: the most trustworthy source that gives one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from itertools import islice

from boilerkill.byline import FIRST_YEAR, LAST_YEAR, parse_date
from boilerkill.metadata.claims import Claim
from boilerkill.metadata.sources import DATE_SOURCES, UPDATE_SOURCES

__all__ = ["choose_published", "choose_updated", "is_month_first", "is_supported", "iso_date"]

# A longer text is no date.
LONGEST_DATE = 80
# Of the texts that a source has, so many are looked at.
MOST_DATES = 6

_ISO = re.compile(
    r"\s*(?P<year>\d{4})(?P<dash>-?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)(?!\d)"
    r"(?:(?:T|\s+)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\s*(?:[A-Z][a-z]{2},?\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d\d:\d\d")


def choose_published(claims: Iterable[Claim], *, month_first: bool = True) -> str | None:
    """Return when a page was published, in ISO 8601, if a claim that can be trusted says it.

    >>> choose_published([Claim("time.behind", "3 May 2024"), Claim("jsonld.news", "2024-05-02")])
    '2024-05-02'
    """
    return _choose(claims, DATE_SOURCES, month_first=month_first)


def is_supported(day: str | None, claims: Iterable[Claim], *, month_first: bool = True) -> bool:
    """Tell whether one of some claims names a day that was guessed.

    >>> is_supported("2024-05-31", [Claim("shown", "May 31, 2024, 2 pm")])
    True
    """
    first = islice(claims, MOST_DATES)
    dates = (iso_date(claim.text, month_first=month_first) for claim in first)
    return day is not None and any(date is not None and date[:10] == day for date in dates)


def choose_updated(
    claims: Iterable[Claim], published: str | None, *, month_first: bool = True
) -> str | None:
    """Return when a page was last changed, if that was after it was published.

    >>> choose_updated([Claim("jsonld.news", "2024-05-02")], "2024-05-01")
    '2024-05-02'
    """
    updated = _choose(claims, UPDATE_SOURCES, month_first=month_first)
    if updated is None or published is None:
        return updated
    length = min(len(updated), len(published), len("2024-05-31T14:05"))
    return updated if updated[:length] > published[:length] else None


def _choose(claims: Iterable[Claim], sources: Iterable[str], *, month_first: bool) -> str | None:
    texts: dict[str, list[str]] = {}
    for claim in claims:
        texts.setdefault(claim.source, []).append(claim.text)
    for source in sources:
        for text in texts.get(source, ())[:MOST_DATES]:
            date = iso_date(text, month_first=month_first)
            if date is not None:
                return date
    return None


def is_month_first(language: str) -> bool:
    """Tell whether a page in a language may write the sixth of May 5/6/2024, as Americans do.

    >>> [is_month_first(language) for language in ("", "en", "en-US", "en-GB", "fr")]
    [True, True, True, False, False]
    """
    return language.strip().lower().replace("_", "-") in ("", "en", "en-us")


def iso_date(text: str, *, month_first: bool = True) -> str | None:
    """Return a date in ISO 8601, with the time and the zone if they are given.

    >>> iso_date("2024-05-31T14:05:09.123Z"), iso_date("31. Mai 2024"), iso_date("last week")
    ('2024-05-31T14:05:09+00:00', '2024-05-31', None)
    >>> iso_date("Fri, 31 May 2024 14:05:00 +0200"), iso_date("2024-05-31T00:00:00")
    ('2024-05-31T14:05:00+02:00', '2024-05-31')
    >>> iso_date("20240531T140500Z"), iso_date("1717164300")
    ('2024-05-31T14:05:00+00:00', None)
    """
    if len(text) > LONGEST_DATE:
        return None
    match = _ISO.match(text)
    if match is not None:
        return _iso_of_parts(match)
    if _MAIL.match(text):
        return _iso_of_mail(text)
    return parse_date(text, month_first=month_first)


def _iso_of_parts(match: re.Match[str]) -> str | None:
    try:
        day = datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
        if match["hour"] is None:
            return day.isoformat()
        hour, minute = int(match["hour"]), int(match["minute"])
        time = datetime.time(hour, minute, int(match["second"] or 0))
    except ValueError:
        return None
    zone = _zone(match["zone"])
    # Midnight without a zone is what software writes that knows the day alone.
    if time == datetime.time() and not zone:
        return day.isoformat()
    return f"{day}T{time.isoformat('seconds' if match['second'] else 'minutes')}{zone}"


def _zone(text: str | None) -> str:
    if text is None:
        return ""
    if text[0] not in "+-":
        return "+00:00"
    digits = text[1:].replace(":", "").ljust(4, "0")
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def _iso_of_mail(text: str) -> str | None:
    """Return the date of a text as e-mails have it."""
    import email.utils

    try:
        found = email.utils.parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError, OverflowError):
        return parse_date(text)
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None
