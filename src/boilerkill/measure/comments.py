"""Readers' comments: from a heading over them to the form below them, or the end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.columns import any_but, column
from boilerkill.measure.wording import COVERED, Wording

__all__ = ["find_comments"]

Bools = npt.NDArray[np.bool_]

# The first mark of a comment comes within so many segments of the heading.
FIRST_COMMENT = 4
# A date or a button, by which comments are told, comes within so many.
FIRST_SURE = 12
# Comments come behind an article of at least so many paragraphs.
BODY_BEFORE_COMMENTS = 2


def find_comments(wording: Wording, furniture: Bools, told: Bools, prose: Bools) -> Bools:
    """Tell what readers wrote below the article."""
    comment = np.zeros(len(prose), dtype=bool)
    heading = wording.has_role("comment_form.count") & wording.whole[:, column(Kind.COMMENT_FORM)]
    heading |= wording.has_role("comment_form.title") & (wording.covered >= COVERED)
    if not heading.any():
        return comment
    heading &= ~any_but(told, Kind.COMMENT_FORM)
    mark = wording.has_role("comment.mark") & (wording.covered >= COVERED)
    mark &= ~told[:, column(Kind.BYLINE)]
    form = furniture[:, column(Kind.COMMENT_FORM)] & ~heading
    stops = form | told[:, column(Kind.RELATED)] | told[:, column(Kind.LINK_FOOTER)]
    # The names and dates over comments, and the buttons below them, are a part of them.
    others = any_but(furniture, Kind.BYLINE, Kind.COMMENT)
    # "Anna wrote" and what she wrote may as well be the author's; a date or a button tells.
    sure = wording.dates | (mark & _dated(wording))
    sure |= wording.has_role("comment.label") & (wording.covered >= COVERED) & ~mark
    before: npt.NDArray[np.int64] = np.cumsum(prose) - prose
    ends = np.append(np.flatnonzero(stops & ~mark), len(prose))
    done = 0
    for start in np.flatnonzero(heading).tolist():
        begun = before[start] >= BODY_BEFORE_COMMENTS
        if start < done or not begun or not mark[start : start + 1 + FIRST_COMMENT].any():
            continue
        end = int(ends[np.searchsorted(ends, start + 1)])
        if sure[start + 1 : min(end, start + 1 + FIRST_SURE)].any():
            comment[start:end] = True
            done = end
    return comment & ~others


def _dated(wording: Wording) -> Bools:
    """Tell segments that match a phrase with a date in it."""
    dated = np.zeros(len(wording.covered), dtype=bool)
    for template in wording.templates:
        dated[template.segment] |= any(name == "date" for name, *_ in template.match.fills)
    return dated
