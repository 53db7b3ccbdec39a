"""Find dates in a text by their form, in whatever language their months are written."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from zoneinfo import ZoneInfoNotFoundError

import regex

__all__ = ["FIRST_YEAR", "LAST_YEAR", "WrittenDate", "find_dates", "parse_date"]

# A number behind one of these is no year, but a price or a part of a telephone number.
_NO_DATE_BEFORE = r"(?<![\d\p{Sc}+.,/\-]|\+[\d\s()\-]{1,12})"
_NO_DATE_BEHIND = r"(?!\d|[\-/]\d|\s?\p{Sc})"
_YEAR = rf"{_NO_DATE_BEFORE}(?P<year>\d{{4}})"
_LAST_YEAR = rf"(?<!\p{{Sc}}\s?)(?P<year>\d{{4}}){_NO_DATE_BEHIND}"
_NUMERIC_DATES = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"{_YEAR}\s*(?P<sign>[-/.])\s*(?P<month>\d{{1,2}})\s*(?P=sign)\s*(?P<day>\d{{1,2}})"
        + _NO_DATE_BEHIND,
        rf"{_YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]?",
        rf"{_NO_DATE_BEFORE}(?P<first>\d{{1,2}})\s*(?P<sign>[-/.])\s*(?P<second>\d{{1,2}})\s*"
        rf"(?P=sign)\s*{_LAST_YEAR}",
    )
)
_WORD = r"(?P<word>\p{L}[\p{L}\p{M}'’]*)"
_DAY = rf"{_NO_DATE_BEFORE}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?"
_GAP = r"[\s.,/\-‐–]*"
_WORDED_DATES = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"{_DAY}(?:{_GAP}{_WORD}){{1,3}}{_GAP}{_LAST_YEAR}",
        rf"{_WORD}{_GAP}{_DAY}{_GAP}{_LAST_YEAR}",
        rf"{_YEAR}(?:{_GAP}{_WORD}){{1,2}}{_GAP}{_DAY}(?!\d)",
        rf"{_YEAR}{_GAP}{_WORD}{_GAP}{_DAY}{_GAP}{_WORD}",
        # 31 tháng 5 năm 2024: "the 31st of month 5 of year 2024".
        rf"{_DAY}{_GAP}{_WORD}{_GAP}\d{{1,2}}(?:{_GAP}{_WORD})?{_GAP}{_LAST_YEAR}",
    )
)

# A time stands so near its date.
TIME_REACH = 24
_TIME = regex.compile(
    r"(?<![\d.\p{Sc}])(?P<hour>[01]?\d|2[0-3])\s?[:.h時时시]\s?(?P<minute>[0-5]\d)(?:[:.]\d\d)?"
    r"(?![\d.]|\s?[\p{Sc}%])\s*(?P<half>[ap]\.?m\b\.?)?",
    regex.IGNORECASE,
)
_BESIDE_TIME = r"[^\s\d,|•·]{1,10}"
_BEFORE_TIME = regex.compile(rf"{_BESIDE_TIME}\s?$")
_BEHIND_TIME = regex.compile(rf"\s?(?:分|분)?\s?{_BESIDE_TIME}")

# The Buddhist era is this much ahead of the common one.
BUDDHIST_YEARS = 543
FIRST_YEAR, LAST_YEAR = 1700, 2200


@dataclass(frozen=True)
class WrittenDate:
    """A date where it stands in a text, in ISO 8601."""

    start: int
    end: int
    iso: str


def parse_date(text: str) -> str | None:
    """Return the date in a short text in ISO 8601, with the time where it gives one.

    >>> parse_date("31. Mai 2024, 14.05 Uhr"), parse_date("2024年5月31日"), parse_date("yesterday")
    ('2024-05-31T14:05', '2024-05-31', None)
    """
    dates = find_dates(text, month_first=True)
    return dates[0].iso if dates else None


def find_dates(text: str, *, month_first: bool) -> list[WrittenDate]:
    """Find the dates in a text in their order, each with the time beside it."""
    days: list[tuple[int, int, datetime.date]] = []
    for patterns, read in ((_NUMERIC_DATES, _numeric_date), (_WORDED_DATES, _worded_date)):
        for pattern in patterns:
            for match in pattern.finditer(text, overlapped=True):
                start, end = match.span()
                if any(start < other_end and other < end for other, other_end, _ in days):
                    continue
                day = read(match, month_first)
                if day is not None:
                    days.append((start, end, day))
    days.sort()
    before = text[: days[0][0]] if days else ""
    dates = []
    for (start, end, day), last in zip(
        days, [*(start for start, _, _ in days[1:]), len(text)], strict=False
    ):
        dates.append(
            WrittenDate(start, end, day.isoformat() + _time_beside(before, text[end:last]))
        )
        # Behind the first date, a time before a date belongs to the one before.
        before = ""
    return dates


def _numeric_date(match: regex.Match[str], month_first: bool) -> datetime.date | None:
    parts = match.groupdict()
    year = _common_era(int(parts["year"]))
    if "first" not in parts:
        return _date(year, int(parts["month"]), int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    # 5/31/2024 is American; between points and dashes the day comes first everywhere.
    if parts["sign"] == "/" and (second > 12 or (first <= 12 and month_first)):
        return _date(year, first, second)
    return _date(year, second, first)


def _worded_date(match: regex.Match[str], month_first: bool) -> datetime.date | None:
    """Read a date with a month in words."""
    year, day = int(match["year"]), int(match["day"])
    if not (FIRST_YEAR <= _common_era(year) <= LAST_YEAR and 1 <= day <= 31):
        return None
    # The words around the month may be in its way: "31 de mayo de 2024", "2024. gada 31. maijs".
    for text in (match[0], *(f"{day} {word} {year}" for word in match.captures("word"))):
        date = _parse_words(text)
        if date is not None and (date.day, date.year) == (day, year):
            return _date(_common_era(year), date.month, day)
    return None


@functools.lru_cache(maxsize=1024)
def _parse_words(text: str) -> datetime.datetime | None:
    """Parse a date or a time in words; dateparser knows them in 200 languages."""
    import dateparser

    needed = ["day", "month", "year"] if regex.search(r"\d{4}", text) else []
    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": needed}
    try:
        return dateparser.parse(text, settings=settings)
    except ZoneInfoNotFoundError:
        # It asks for the zone of the machine, which `TZ` may give in a form that it doesn't know.
        return dateparser.parse(text, settings={**settings, "TIMEZONE": "UTC"})


def _common_era(year: int) -> int:
    return year - BUDDHIST_YEARS if year > LAST_YEAR else year


def _date(year: int, month: int, day: int) -> datetime.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _time_beside(before: str, behind: str) -> str:
    """Return the time behind a date or before it, as it stands behind the day in ISO 8601."""
    match = _TIME.search(behind)
    if match is not None and match.start() <= TIME_REACH:
        return _iso_time(match, behind)
    for match in _TIME.finditer(before, pos=max(0, len(before) - TIME_REACH)):
        return _iso_time(match, before)
    return ""


def _iso_time(match: regex.Match[str], text: str) -> str:
    hour = int(match["hour"])
    half = (match["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour <= 12:
        hour = _hour_in_words(match, text)
    return f"T{hour:02}:{int(match['minute']):02}"


def _hour_in_words(match: regex.Match[str], text: str) -> int:
    """Return the hour of a time with the words beside it: "下午2:05"."""
    hour = int(match["hour"])
    before = _BEFORE_TIME.search(text[: match.start()])
    behind = _BEHIND_TIME.match(text, match.end())
    clock = f"{hour}:{match['minute']}"
    for words in (
        f"{before[0].strip()} {clock}" if before is not None else "",
        f"{clock} {behind[0].strip()}" if behind is not None else "",
    ):
        time = _parse_words(words) if words else None
        if time is not None and time.hour % 12 == hour % 12 and time.minute == int(match["minute"]):
            return time.hour
    return hour
