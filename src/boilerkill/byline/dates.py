"""Find dates in a text by their form, in whatever language their months are written."""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterator, Sequence
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
# Digits of every script are read as those of ASCII.
_DIGIT = regex.compile(r"\d")
_WORD = r"(?P<word>\p{L}[\p{L}\p{M}'’]*+)"
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


def parse_date(text: str, *, month_first: bool = True) -> str | None:
    """Return the date in a short text in ISO 8601, with the time where it gives one.

    Args:
        text: The text.
        month_first: Whether 5/6/2024 is American: the sixth of May.

    >>> parse_date("31. Mai 2024, 14.05 Uhr"), parse_date("2024年5月31日"), parse_date("yesterday")
    ('2024-05-31T14:05', '2024-05-31', None)
    """
    dates = find_dates(text, month_first=month_first)
    return dates[0].iso if dates else None


def find_dates(text: str, *, month_first: bool) -> list[WrittenDate]:
    """Find the dates in a text in their order, each with the time beside it."""
    if not text.isascii():
        text = _DIGIT.sub(lambda digit: str(int(digit[0])), text)
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
    starts = [start for start, _, _ in days]
    ends = [end for _, end, _ in days]
    between = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    times = _times_beside(between)
    return [
        WrittenDate(start, end, day.isoformat() + time)
        for (start, end, day), time in zip(days, times, strict=True)
    ]


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

    def parse(**more: object) -> datetime.datetime | None:
        # Without their marks, by which words are found as well, months may be others.
        exact = dateparser.parse(text, settings={**settings, **more, "NORMALIZE": False})
        return exact or dateparser.parse(text, settings={**settings, **more})

    try:
        return parse()
    except ZoneInfoNotFoundError:
        # It asks for the zone of the machine, which `TZ` may give in a form that it doesn't know.
        return parse(TIMEZONE="UTC")


def _common_era(year: int) -> int:
    return year - BUDDHIST_YEARS if year > LAST_YEAR else year


def _date(year: int, month: int, day: int) -> datetime.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _times_beside(between: Sequence[str]) -> Iterator[str]:
    """Yield the time beside each date, as it stands behind the day in ISO 8601, or "".

    A line says all its times in one way: the first date tells whether they stand before the dates
    ("13:05, 31 May 2024 | updated 14:10, 1 June 2024"), or behind.

    Args:
        between: The texts before, between and behind the dates.
    """
    first, second = _time_before(between[0]), _time_behind("".join(between[1:2]))
    leads = first is not None and (second is None or len(between[0]) - first.end() < second.start())
    for before, behind in itertools.pairwise(between):
        # Where times stand behind, the one before a date belongs to the date before it.
        match = _time_before(before) if leads else None
        if match is not None:
            yield _iso_time(match, before)
        elif (match := _time_behind(behind)) is not None:
            yield _iso_time(match, behind)
        else:
            yield ""


def _time_before(text: str) -> regex.Match[str] | None:
    """Return the last time in a text, if it stands near the end."""
    matches = list(_TIME.finditer(text, pos=max(0, len(text) - TIME_REACH)))
    return matches[-1] if matches else None


def _time_behind(text: str) -> regex.Match[str] | None:
    """Return the first time in a text, if it stands near the start."""
    match = _TIME.search(text)
    return match if match is not None and match.start() <= TIME_REACH else None


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
