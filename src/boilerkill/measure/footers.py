"""Keyword footers: what stands behind an article for search engines, in lines or one item a line.

A list is told by its own structure (see `boilerkill.items`); what stands between such lists, or
below one, is more of the same, though it would not be told alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from boilerkill import characters as char
from boilerkill.items import (
    are_explained,
    find_item_run,
    is_keyword_column,
    is_keyword_list,
    is_lower_case_list,
    split_items,
)
from boilerkill.measure.columns import last_of
from boilerkill.measure.runs import runs
from boilerkill.measure.shape import Shape
from boilerkill.reading import Reading

__all__ = [
    "ItemLines",
    "find_item_lines",
    "keyword_columns",
    "keyword_lists",
    "long_columns",
    "more_of_a_footer",
    "short_lists",
    "table_rows",
]

Bools = npt.NDArray[np.bool_]

# One-per-line keyword footers: so many lines at least.
FOOTER_LINES = 8
# The rule below the head of a table in Markdown has so many bars: "|---|".
BARS_OF_A_RULE = 2
# So many long lists in a row are keywords.
LISTS_TOGETHER = 2
# A line of a footer that stands below a list has at most so many words.
ITEM_WORDS = 6
# A list leaves at most so many characters of its line, a bar at its end.
LOOSE_ENDS = 2

_SEPARATORS = char.BAR | char.BULLET | char.ARROW | char.TILDE | char.COMMA | char.SLASH | char.DASH
_SHORT_LIST_SIGNS = 2


class ItemLine(NamedTuple):
    """What the items of a line say that is nothing but a list.

    Attributes:
        keywords: Whether they are keywords.
        distinct: Whether their separator hardly occurs in prose.
        lower: Whether they are in lower case, and no amounts.
    """

    keywords: bool
    distinct: bool
    lower: bool


class ItemLines:
    """Lines that are nothing but a list of many items.

    Attributes:
        whole: Whether each segment is one; (segments,).
        keywords, distinct, lower: What its items say (see `ItemLine`); (segments,).
    """

    def __init__(self, count: int) -> None:
        """Start without any such line among `count` segments."""
        self.whole: Bools = np.zeros(count, dtype=bool)
        self.keywords: Bools = np.zeros(count, dtype=bool)
        self.distinct: Bools = np.zeros(count, dtype=bool)
        self.lower: Bools = np.zeros(count, dtype=bool)


def find_item_lines(reading: Reading, shape: Shape) -> ItemLines:
    """Find the lines that are nothing but a list of many items, table rows left out."""
    found = ItemLines(len(reading))
    candidates = shape.listed & (~shape.sentence | (shape.inner_ends <= 1))
    if not candidates.any():
        return found
    candidates &= ~table_rows(reading, shape)
    for number in candidates.nonzero()[0].tolist():
        line = reading.recall(_read_item_line, reading.shown(number))
        if line is not None:
            found.whole[number] = True
            found.distinct[number] = line.distinct
            found.keywords[number] = line.keywords
            found.lower[number] = line.lower
    return found


def _read_item_line(text: str) -> ItemLine | None:
    run = find_item_run(text)
    if run is None or run.start > 0 or run.end < len(text) - LOOSE_ENDS:
        return None
    if not run.distinct and are_explained(run.items):
        return None
    keywords = is_keyword_list(run.items, distinct=run.distinct)
    return ItemLine(keywords, run.distinct, is_lower_case_list(run.items))


def table_rows(reading: Reading, shape: Shape) -> Bools:
    """Tell rows of a table: lines with about as many bars as one next to them.

    Or with as many as two others, where what the rows are about has a line of its own above each;
    or in a paragraph with one that has nothing but bars and dashes, as Markdown sets tables.
    """
    count, lines = shape.columns, reading.lines
    rows = np.zeros(len(reading), dtype=bool)
    if not count.any():
        return rows
    same = (abs(count[1:] - count[:-1]) <= 1) & (count[1:] > 0) & (count[:-1] > 0)
    same &= lines[1:] - lines[:-1] <= 2
    rows[1:] |= same
    rows[:-1] |= same
    first = np.arange(max(len(rows) - 4, 0))
    headed = (count[first] > 1) & (count[first + 1] == 0) & (count[first + 3] == 0)
    headed &= (count[first] == count[first + 2]) & (count[first] == count[first + 4])
    for step in (0, 2, 4):
        rows[first[headed] + step] = True
    ruled = reading.paragraphs[(shape.words == 0) & (count >= BARS_OF_A_RULE)]
    rows |= (count > 0) & np.isin(reading.paragraphs, ruled)
    return rows


def keyword_lists(lines: ItemLines, last_sentence: int) -> Bools:
    """Tell which lists of items are keywords.

    A list whose separator prose has too, such as a comma, must stand behind the last sentence.
    """
    keywords = lines.keywords.copy()
    keywords[: last_sentence + 1] &= lines.distinct[: last_sentence + 1]
    return keywords


def keyword_columns(reading: Reading, shape: Shape, told: Bools, last_body: int) -> Bools:
    """Tell keyword footers with one item a line: behind the last sentence of the body."""
    columns = np.zeros(len(reading), dtype=bool)
    short = _short(shape) & ~told
    short[: last_body + 1] = False
    if np.count_nonzero(short) < FOOTER_LINES:
        return columns
    for first, last in runs(short):
        if last - first >= FOOTER_LINES:
            lines = tuple(map(reading.shown, range(first, last)))
            columns[first:last] = reading.recall(_is_keyword_column, lines)
    return columns


def _is_keyword_column(lines: tuple[str, ...]) -> bool:
    return is_keyword_column([_without_bullet(line) for line in lines])


def long_columns(shape: Shape, candidates: Bools) -> Bools:
    """Tell candidates that are many short lines in a row."""
    columns = np.zeros(len(candidates), dtype=bool)
    for first, last in runs(_short(shape) & candidates):
        columns[first:last] = last - first >= FOOTER_LINES
    return columns


def more_of_a_footer(
    reading: Reading, shape: Shape, lines: ItemLines, keywords: Bools, told: Bools, last_body: int
) -> Bools:
    """Tell the lists and short lines that stand behind the body next to lists of keywords.

    Several long lists are keywords together, whatever each is alone. Short lines count below a
    list only: above it they may still be the article's.
    """
    more = np.zeros(len(reading), dtype=bool)
    lists = lines.whole & ~told
    # Below a list without any capitals there is more of the page, if it is none of the article's.
    keywords = keywords | (lines.lower & lists & (np.arange(len(reading)) < last_of(told)))
    keywords[: last_body + 1] = False
    if not (keywords.any() or lists[last_body + 1 :].any()):
        return more
    told = told & ~keywords
    shorter = short_lists(reading, shape, ~told & ~keywords, last_body + 1)
    open_to_it = (lists | shorter | _short(shape) | keywords) & ~told
    open_to_it[: last_body + 1] = False
    for first, last in runs(open_to_it):
        firm = np.flatnonzero(keywords[first:last])
        together = np.flatnonzero(lists[first:last])
        if len(together) >= LISTS_TOGETHER:
            firm = together
        if not len(firm):
            continue
        start = first + int(firm[0])
        above = np.flatnonzero(shorter[first:start])
        more[first + int(above[0]) if len(above) else start : last] = True
    return more


def _short(shape: Shape) -> Bools:
    result: Bools = (shape.words <= ITEM_WORDS) & ~shape.ends_sentence
    return result


def short_lists(reading: Reading, shape: Shape, candidates: Bools, start: int) -> Bools:
    """Tell which candidates, from a segment on, are lists in one line, if only of a few items."""
    lists = np.zeros(len(reading), dtype=bool)
    candidates = candidates & ~shape.ends_sentence & shape.has(_SEPARATORS)
    if not candidates[start:].any():
        return lists
    candidates &= reading.count(reading.flags & _SEPARATORS != 0) >= _SHORT_LIST_SIGNS
    for number in (start + np.flatnonzero(candidates[start:])).tolist():
        lists[number] = bool(split_items(reading.shown(number)))
    return lists


def _without_bullet(text: str) -> str:
    return text.lstrip("•·*-–—▪●■►▸»›> \t").rstrip("|,;•· \t")
