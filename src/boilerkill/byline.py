"""Read authors and dates out of the segments that are bylines.

Dates are found by their form wherever they stand in a line, and the words beside each say what it
is the date of. Names stand in phrases with placeholders, which match the whole line or some of the
pieces between its separators.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfoNotFoundError

import regex

from boilerkill.canonical import canonical_text
from boilerkill.document import Byline, Kind
from boilerkill.measure.names import is_date, is_name, is_user_name, is_whole_name
from boilerkill.measure.shape import measure_shape
from boilerkill.measure.templates import Template, match_templates, source_text
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook
from boilerkill.read import read_text
from boilerkill.reading import Memory, Reading

__all__ = ["parse_date", "read_byline", "read_names", "split_names"]

_AND = regex.compile(
    r"\s*(?:&|\s(?:and|und|et|y|e|i|en|og|och|ja|и|та|ve|dan|và|és|και|con|with|mit|avec)\s)\s*",
    regex.IGNORECASE,
)
# A middle dot is also what stands between the names of a foreigner, in katakana.
_COMMA = regex.compile(r"\s*(?:[,;/|·•，、／]|(?<![\p{Katakana}ー])・)\s*")
_PIECES = regex.compile(r"\s*[|｜•·∙⋅／,，、;]\s*|\s+[/–—-]\s+")

# A phrase takes up at most so many pieces of a line, and stands in the first ones.
PHRASE_PIECES = 6
LINE_PIECES = 16
# The words that say what a date is of are so many at most; in some scripts a letter is a word.
LABEL_WORDS = 18

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
# Of a segment, so many characters are read: dates in a word without an end would take its square.
LONGEST = 1_000


@dataclass(frozen=True)
class _Date:
    """A date where it stands in a text, in ISO 8601."""

    start: int
    end: int
    iso: str


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
        phrases = _read_phrases(line, book)
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


@dataclass(frozen=True)
class _Phrase:
    """A phrase of a byline, with what stands for its placeholders."""

    role: str
    names: tuple[str, ...]
    dated: bool
    languages: tuple[str, ...]


def _read_phrases(line: str, book: Phrasebook) -> list[_Phrase]:
    """Read the phrases that a line consists of: as few, and therefore as long ones, as there are.

    They stand in the whole line, or between its separators.
    """
    bounds = [0, *(at for match in _PIECES.finditer(line) for at in match.span()), len(line)]
    pieces = list(zip(bounds[::2], bounds[1::2], strict=True))[:LINE_PIECES]
    runs = {(0, len(pieces)): line}
    for first in range(len(pieces)):
        for last in range(first, min(first + PHRASE_PIECES, len(pieces))):
            runs[first, last + 1] = line[pieces[first][0] : pieces[last][1]]
    matches = _match_phrases(list(runs.values()), book)
    found = {run: match for run, match in zip(runs, matches, strict=True) if match is not None}
    phrases = []
    first = 0
    while first < len(pieces):
        run = max((run for run in found if run[0] == first), default=(first, first + 1))
        if run in found:
            phrases.append(found[run])
        first = run[1]
    return phrases


def _match_phrases(lines: list[str], book: Phrasebook) -> list[_Phrase | None]:
    """Return for each line the phrase that says most of what it is, if any matches it."""
    reading = read_text("\n".join(line or "-" for line in lines), Memory(book))
    best: dict[int, Template] = {}
    for template in match_templates(reading, measure_shape(reading), book, None):
        if book.roles[template.match.role].kind is Kind.BYLINE and _fills_stand(reading, template):
            known = best.get(template.segment)
            if known is None or _says_more(template, known):
                best[template.segment] = template
    phrases: list[_Phrase | None] = [None] * len(lines)
    for number, template in best.items():
        line = int(reading.lines[number])
        # A line that is glued together is read in its parts.
        if phrases[line] is None:
            phrases[line] = _as_phrase(reading, template)
    return phrases


def _fills_stand(reading: Reading, template: Template) -> bool:
    """Tell whether what fills a phrase can.

    Behind a bar another piece begins, and "Per-Erik" is one name, though "per" is a phrase's word.
    """
    start = int(reading.starts[template.segment])
    for name, first, last in template.match.fills:
        text = source_text(reading, template.segment, first, last)
        if name == "any" and not _BARS.isdisjoint(text):
            return False
        at = reading.text.find(text, start)
        if name == "name" and at > start and reading.text[at - 1] in _HYPHENS:
            return False
    return True


_BARS = frozenset("|｜•")
_HYPHENS = frozenset("-‐‑")


def _says_more(template: Template, other: Template) -> bool:
    """Tell whether a phrase has more words of its own than another, or takes names apart less."""

    def key(of: Template) -> tuple[int, int]:
        filled = sum(end - start for _, start, end in of.match.fills)
        return -filled, -len(of.match.fills)

    return key(template) > key(other)


def _as_phrase(reading: Reading, template: Template) -> _Phrase:
    match = template.match
    span = _span_of_authors(match.fills, reading.canonical_segment(template.segment))
    text = "" if span is None else source_text(reading, template.segment, *span)
    return _Phrase(
        role=reading.book.roles[match.role].name,
        names=tuple(split_names(text, reading.book)),
        dated=any(fill == "date" for fill, _, _ in match.fills),
        languages=match.languages,
    )


def _span_of_authors(
    fills: Sequence[tuple[str, int, int]], canonical: str
) -> tuple[int, int] | None:
    """Return where the names of authors stand; the signs between tell them apart, no phrase does.

    "By Ann Lee in Paris", "Text by Ann Lee, photographs by Bo Kim": only "and" adds authors.
    """
    span = None
    for fill, start, end in fills:
        if fill == "name" and span is None:
            span = (start, end)
        elif fill == "name" and span is not None and _joins(canonical[span[1] : start]):
            span = (span[0], end)
    return span


def _joins(words: str) -> bool:
    return not words or _AND.fullmatch(words + " ") is not None


def read_names(line: str, book: Phrasebook | None = None) -> list[str]:
    """Return the names that the phrases of a byline give, by default those of shipped ones.

    >>> read_names("Written by Ann Lee and Bo Kim | 5 min read"), read_names("Ann Lee")
    (['Ann Lee', 'Bo Kim'], [])
    """
    phrases = _read_phrases(" ".join(line.split()), book or phrasebook())
    return [name for phrase in phrases for name in phrase.names]


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


def _read_dates(
    line: str, phrases: Sequence[_Phrase], book: Phrasebook
) -> Iterator[tuple[str, str | None]]:
    """Yield the dates in a line, each with the role of the phrase that it belongs to, if any."""
    dates = _find_dates(line, month_first=_may_be_english(phrases))
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


def _may_be_english(phrases: Sequence[_Phrase]) -> bool:
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


def parse_date(text: str) -> str | None:
    """Return the date in a short text in ISO 8601, with the time where it gives one.

    >>> parse_date("31. Mai 2024, 14.05 Uhr"), parse_date("2024年5月31日"), parse_date("yesterday")
    ('2024-05-31T14:05', '2024-05-31', None)
    """
    dates = _find_dates(text, month_first=True)
    return dates[0].iso if dates else None


def _find_dates(text: str, *, month_first: bool) -> list[_Date]:
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
        dates.append(_Date(start, end, day.isoformat() + _time_beside(before, text[end:last])))
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
