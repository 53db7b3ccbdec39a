"""The head of a page: its title, the bylines under it, and what stands above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.columns import FURNITURE, column, columns, last_of
from boilerkill.measure.names import is_name
from boilerkill.measure.runs import runs
from boilerkill.measure.shape import Shape
from boilerkill.measure.wording import COVERED, Wording
from boilerkill.reading import Reading

__all__ = ["Head", "read_head"]

Bools = npt.NDArray[np.bool_]

TITLE_WORDS = 30
# The title stands at most so many segments above the first sentence.
TITLE_REACH = 25
NAME_WORDS = 5
# Where nothing is a sentence, as in a poem, the head has so many segments behind the menus.
HEAD_WITHOUT_PROSE = 3

# What stands above a title is a menu when it has at least so many segments of furniture, which
# make up at least this share of it; or where there are only a few segments, one.
ABOVE_TITLE_FURNITURE = 3
ABOVE_TITLE_SHARE = 0.15
ABOVE_TITLE_FEW = 8
# So many lines in a row that nothing is known of are rather a poem than a menu.
ABOVE_TITLE_UNKNOWN = 6

# What stands above a title, not between it and the article.
_ABOVE_TITLE = columns((Kind.NAVIGATION, Kind.NOTICE, Kind.RELATED, Kind.LINK_FOOTER, Kind.COMMENT))


@dataclass(frozen=True)
class Head:
    """What is in the head of a page; every array has one entry a segment.

    Attributes:
        title: Whether it is the title.
        above: Whether it stands above the title, among furniture.
        byline: Whether it is a name or a date under the title, or one behind the body.
    """

    title: Bools
    above: Bools
    byline: Bools


def read_head(
    reading: Reading, shape: Shape, told: Bools, wording: Wording, body: Bools, crumbs: Bools,
    lines: Bools,
) -> Head:  # fmt: skip
    """Tell the title, the bylines under it, and what stands above it when there is furniture.

    The title is the first line that nothing else is known of, between the furniture at the top
    and the first sentence.

    Args:
        reading: The segments.
        shape: Their shapes.
        told: What is known of them; (segments, kinds).
        wording: Their wording.
        body: Whether each is a sentence of the body.
        crumbs: Whether each is a breadcrumb: the title is the next line.
        lines: Whether each is a whole menu in one line.
    """
    title, above, byline = (np.zeros(len(body), dtype=bool) for _ in range(3))
    top, first = _bounds(told, body, crumbs, lines)
    known = np.asarray(told.any(axis=1), dtype=bool)
    lone = _lone_bylines(shape, wording)
    if known.any():
        # In a text without any furniture a date alone is the author's.
        lone |= wording.dates
    byline[top:first] = lone[top:first]
    last_body = last_of(body)
    if last_body >= 0:
        byline[last_body + 1 :] = lone[last_body + 1 :]
    unknown = top + (~(known | lone | wording.dates)[top:first]).nonzero()[0]
    if len(unknown):
        title[unknown[0]] = shape.words[unknown[0]] <= TITLE_WORDS
    names = unknown[1:]
    words = shape.words[names]
    names = names[(words >= 2) & (words <= NAME_WORDS) & (shape.lower_share[names] < 1)]
    dated = told[:, column(Kind.BYLINE)] | wording.dates
    for number in names.tolist():
        beside = dated[number - 1] or dated[min(number + 1, len(body) - 1)]
        byline[number] = beside and is_name(reading.shown(number))
    furniture = np.count_nonzero(told[:top, FURNITURE].any(axis=1)) if top else 0
    enough = furniture >= max(ABOVE_TITLE_FURNITURE, ABOVE_TITLE_SHARE * top)
    if enough or (furniture and top <= ABOVE_TITLE_FEW):
        for start, end in runs(~known[:top]):
            above[start:end] = end - start <= ABOVE_TITLE_UNKNOWN
    return Head(title, above & ~known, byline & ~known)


def _lone_bylines(shape: Shape, wording: Wording) -> Bools:
    """Tell bylines that start in lower case: "di Ann Lee"."""
    worded = (wording.weak[:, column(Kind.BYLINE)] > 0) & (wording.covered >= COVERED)
    result: Bools = worded & shape.lower_start
    return result


def _bounds(told: Bools, body: Bools, crumbs: Bools, lines: Bools) -> tuple[int, int]:
    """Return where the head begins, behind menus, and where it ends, at the first sentence."""
    if not body.any():
        known = told.any(axis=1)
        top = int(np.argmin(known)) if not known.all() else len(body)
        return (top, min(top + HEAD_WITHOUT_PROSE, len(body))) if top else (0, 0)
    first = int(np.argmax(body))
    nearest = max(0, first - TITLE_REACH)
    path = np.flatnonzero(crumbs[nearest:first])
    barrier = crumbs if len(path) else _barriers(told, lines)
    found = np.flatnonzero(barrier[nearest:first])
    return (nearest + int(found[-1]) + 1 if len(found) else nearest), first


def _barriers(told: Bools, in_one_line: Bools) -> Bools:
    """Tell furniture that no title stands above: a menu in one line, or in three in a row."""
    lines = np.asarray(told[:, _ABOVE_TITLE].any(axis=1), dtype=bool)
    barrier = in_one_line.copy()
    if len(lines) > 2:
        three = lines[2:] & lines[1:-1] & lines[:-2]
        barrier[2:] |= three
        barrier[1:-1] |= three
        barrier[:-2] |= three
    return barrier
