"""Context: what the segments around a segment say of it.

Labels such as "Name" or "Home" are furniture only among furniture; a headline under "You may also
like" is a teaser; what stands above the title between menus is more of the menu.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.bylines import find_bylines
from boilerkill.measure.footers import (
    find_item_lines,
    keyword_columns,
    keyword_lists,
    more_of_a_footer,
    short_lists,
)
from boilerkill.measure.menus import MENU_LABELS, find_menu_lines, find_menus, find_pointers
from boilerkill.measure.names import is_name
from boilerkill.measure.runs import run_bounds, runs, sums_over
from boilerkill.measure.shape import Shape
from boilerkill.measure.wording import COVERED, KINDS, Wording
from boilerkill.reading import Reading

__all__ = ["Context", "measure_context"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# A run of segments that are all labels tells share buttons when it has this many of its labels.
SHARE_LABELS = 2

TEASERS = 12
TEASER_WORDS = 25
TITLE_WORDS = 30
TITLE_REACH = 25
NAME_WORDS = 5

# A comment section: the first mark of a comment comes within so many segments of its heading.
FIRST_COMMENT = 4
# Comments come behind an article of at least so many paragraphs.
BODY_BEFORE_COMMENTS = 2

# What stands above a title is a menu when it has at least so many segments of furniture, which
# make up at least this share of it; or where there are only a few segments, one.
ABOVE_TITLE_FURNITURE = 3
ABOVE_TITLE_SHARE = 0.15
ABOVE_TITLE_FEW = 8
# So many lines in a row that nothing is known of are rather a poem than a menu.
ABOVE_TITLE_UNKNOWN = 6

# Phrases in these roles are no furniture when a text has no other.
_NEVER_SOLE = (
    "byline.updated", "byline.reading", "related.link", "navigation.action", "navigation.tags",
)  # fmt: skip

# What stands behind the body is furniture where at least this share is known to be.
BEHIND_BODY_SHARE = 0.25

# Inside the body, some phrases are furniture only with other furniture within so many segments,
# and when they have no more words than a heading has.
COMPANY_REACH = 2
HEADING_WORDS = 5
HEADLINE_WORDS = 3

_column = {kind: number for number, kind in enumerate(KINDS)}
_FURNITURE = [
    _column[kind]
    for kind in (
        Kind.COMMENT_FORM, Kind.NAVIGATION, Kind.SHARE, Kind.RELATED, Kind.PROMOTION, Kind.NOTICE,
        Kind.LINK_FOOTER,
    )
]  # fmt: skip
# What stands above a title, not between it and the article.
_ABOVE_TITLE = [
    _column[kind]
    for kind in (Kind.NAVIGATION, Kind.NOTICE, Kind.RELATED, Kind.LINK_FOOTER, Kind.COMMENT)
]


@dataclass(frozen=True)
class Context:
    """What is around segments; the arrays have one entry a segment.

    Attributes:
        company: Whether a segment of labels of a kind stands in company of the kind; (segments,
            kinds).
        menu: Whether it is a line of a menu.
        menu_line: Whether it is a whole menu or a breadcrumb in one line.
        keyword_list: Whether it is a list of keywords, in one line.
        keyword_lines: Whether it is one of many lines that are a list of keywords.
        teaser: Whether it is a headline under a heading of related stories.
        comment: Whether it belongs to a reader's comment.
        above_title: Whether it stands over the title, among furniture.
        in_place: Whether phrases of a kind are furniture where it stands; (segments, kinds).
        behind_body: Whether it stands behind the last sentence, among furniture.
        title: Whether it is the title.
    """

    company: Bools
    menu: Bools
    menu_line: Bools
    keyword_list: Bools
    keyword_lines: Bools
    teaser: Bools
    comment: Bools
    above_title: Bools
    in_place: Bools
    behind_body: Bools
    title: Bools


def measure_context(reading: Reading, shape: Shape, wording: Wording) -> Context:
    """Look at what stands around every segment."""
    count = len(reading)
    furniture = wording.whole | wording.clues
    item_lines = find_item_lines(reading, shape)
    menu_line, crumbs = find_menu_lines(reading, shape, wording)
    sentence = shape.sentence & ~item_lines.whole
    plain = sentence & ~furniture.any(axis=1)
    inside = _inside(plain)
    menu_line |= crumbs & ~inside
    keyword_list = keyword_lists(item_lines, _last(plain)) & ~menu_line
    furniture[keyword_list, _column[Kind.LINK_FOOTER]] = True
    furniture[menu_line, _column[Kind.NAVIGATION]] = True
    inside = _inside(sentence & ~furniture.any(axis=1))
    company = _company(shape, wording, furniture, inside)
    menu = find_menus(reading, shape, wording, furniture, inside)
    bylines = find_bylines(
        reading, shape, ~sentence & ~furniture.any(axis=1) & ~company.any(axis=1)
    )
    company[bylines, _column[Kind.BYLINE]] = True
    told = furniture | company
    told[menu, _column[Kind.NAVIGATION]] = True
    prose = sentence & ~told.any(axis=1)
    comment = _comments(wording, told, prose)
    body = prose & ~comment
    in_place = _in_place(told, body, wording, shape)
    company &= in_place
    told &= in_place
    last_body = _last(body)
    any_told = told.any(axis=1)
    keyword_lines = keyword_columns(reading, shape, any_told, last_body)
    keyword_lines |= more_of_a_footer(
        reading, shape, item_lines.whole & ~any_told, keyword_list | keyword_lines, any_told,
        last_body,
    )  # fmt: skip
    told[keyword_lines, _column[Kind.LINK_FOOTER]] = True
    pointers = find_pointers(reading, shape) & ~_inside(body) & ~told.any(axis=1)
    told[pointers, _column[Kind.NAVIGATION]] = True
    teaser = _teasers(reading, shape, wording, told, prose)
    title, above_title, byline = _head(
        reading, shape, told, wording, body, _barriers(told, menu_line | keyword_list)
    )
    byline &= ~told.any(axis=1)
    told[byline, _column[Kind.BYLINE]] = True
    company[byline, _column[Kind.BYLINE]] = True
    behind_body = (
        _tail(told | teaser[:, None], body, count) & ~told.any(axis=1) & ~teaser & ~comment
    )
    if behind_body.any():
        keyword_lines |= short_lists(reading, shape, behind_body, last_body + 1)
    return Context(
        company=company,
        menu=menu,
        menu_line=menu_line | pointers,
        keyword_list=keyword_list,
        keyword_lines=keyword_lines,
        teaser=teaser,
        comment=comment,
        above_title=above_title & ~told.any(axis=1),
        in_place=in_place,
        behind_body=behind_body & ~keyword_lines,
        title=title,
    )


def _company(shape: Shape, wording: Wording, furniture: Bools, inside: Bools) -> Bools:
    """Tell labels that stand among furniture of their kind."""
    company = np.zeros_like(furniture)
    labels = (wording.weak > 0) & (wording.covered >= COVERED)[:, None]
    labels[:, _column[Kind.BYLINE]] |= wording.dates
    joined = labels.any(axis=1) | furniture.any(axis=1) | (shape.words == shape.numbers)
    firsts, ends = run_bounds(joined)
    sizes = ends - firsts
    known = sums_over(furniture, firsts, ends) > 0
    labelled = sums_over(labels, firsts, ends)
    tells = known.copy()
    tells[:, _column[Kind.NAVIGATION]] |= labelled[:, _column[Kind.NAVIGATION]] >= MENU_LABELS
    tells[:, _column[Kind.SHARE]] |= labelled[:, _column[Kind.SHARE]] >= SHARE_LABELS
    tells[:, _column[Kind.COMMENT]] &= sizes > 1
    # Inside the body a few labels without more are rather headings.
    tells[inside[firsts] & (sizes < MENU_LABELS) & ~known.any(axis=1)] = False
    run_of = np.repeat(np.arange(len(firsts)), sizes)
    members = np.flatnonzero(joined)
    own = labels[members]
    company[members] = own & tells[run_of]
    # A byline stands beside any furniture; other labels need more of it.
    own[(sizes < MENU_LABELS)[run_of]] &= np.arange(len(KINDS)) == _column[Kind.BYLINE]
    rest = np.asarray(tells.any(axis=1))[run_of] & ~company[members].any(axis=1)
    company[members[rest]] = own[rest]
    company[furniture.any(axis=1)] = False
    return company


def _in_place(told: Bools, body: Bools, wording: Wording, shape: Shape) -> Bools:
    """Tell where phrases of each kind can be furniture: all but alone inside the body.

    There a short line of some kinds is rather a heading ("Search"), or an item of a list ("Author:
    Ann Lee"); what else stands around it decides.
    """
    count = len(body)
    inside = _inside(body)
    company = np.zeros(count, dtype=np.int64)
    furniture = told.any(axis=1) | wording.dates
    for step in range(1, COMPANY_REACH + 1):
        company[step:] += furniture[:-step]
        company[:-step] += furniture[step:]
    alone = inside & (company == 0)
    place = np.ones_like(told)
    place[:, _column[Kind.BYLINE]] = ~alone
    place[:, _column[Kind.RELATED]] = ~(alone & _related_heading(wording)) | _has_teasers(shape)
    short = shape.words <= HEADING_WORDS
    place[:, _column[Kind.NOTICE]] = ~(alone & short)
    place[:, _column[Kind.NAVIGATION]] = ~(inside & (company < 2) & short)
    place[:, _column[Kind.COMMENT_FORM]] = ~(
        alone & (short | wording.has_role("comment_form.count"))
    )
    # In a text without any other furniture, what looks like it is the author's.
    if furniture.sum() <= 1:
        place &= ~wording.has_role(*_NEVER_SOLE)[:, None]
    for kind in (Kind.NAVIGATION, Kind.RELATED):
        others = np.delete(told, _column[kind], axis=1)
        if not others.any():
            place[:, _column[kind]] &= ~(inside & (company < 2))
    return place


def _related_heading(wording: Wording) -> Bools:
    """Tell headings of related stories, which a link to one ("Read also: …") is not."""
    heading = wording.has_role("related.heading", "related.label")
    heading &= ~wording.has_template("related.link")
    return heading


def _has_teasers(shape: Shape) -> Bools:
    """Tell what two lines stand under that could be headlines."""
    line = ~shape.sentence & ~shape.bullet & (shape.words >= HEADLINE_WORDS)
    result = np.zeros(len(line), dtype=bool)
    result[:-2] = line[1:-1] & line[2:]
    return result


def _inside(prose: Bools) -> Bools:
    """Tell what stands between the first sentence and the last."""
    inside = np.zeros(len(prose), dtype=bool)
    if prose.any():
        inside[int(np.argmax(prose)) : _last(prose) + 1] = True
    return inside


def _comments(wording: Wording, told: Bools, prose: Bools) -> Bools:
    """Tell readers' comments: from a heading that counts them to the form or the end."""
    count = len(prose)
    comment = np.zeros(count, dtype=bool)
    heading = wording.has_role("comment_form.count") & wording.whole[:, _column[Kind.COMMENT_FORM]]
    heading |= wording.has_role("comment_form.label") & (wording.covered >= COVERED)
    mark = wording.has_role("comment.mark") & (wording.covered >= COVERED)
    mark &= ~told[:, _column[Kind.BYLINE]]
    form = told[:, _column[Kind.COMMENT_FORM]] & ~heading
    stops = form | told[:, _column[Kind.RELATED]] | told[:, _column[Kind.LINK_FOOTER]]
    done = 0
    for start in np.flatnonzero(heading).tolist():
        begun = prose[:start].sum() >= BODY_BEFORE_COMMENTS
        if start < done or not begun or not mark[start : start + 1 + FIRST_COMMENT].any():
            continue
        later = np.flatnonzero(stops[start + 1 :] & ~mark[start + 1 :])
        done = start + 1 + int(later[0]) if len(later) else count
        comment[start + 1 : done] = True
    return comment & ~told.any(axis=1)


def _teasers(reading: Reading, shape: Shape, wording: Wording, told: Bools, prose: Bools) -> Bools:
    """Tell headlines under a heading of related stories."""
    count = len(prose)
    teaser = np.zeros(count, dtype=bool)
    heading = _related_heading(wording) & told[:, _column[Kind.RELATED]]
    inside = _inside(prose)
    others = np.asarray(told.any(axis=1), dtype=bool)
    for start in np.flatnonzero(heading).tolist():
        end = start + 1
        while (
            end < count
            and end - start <= TEASERS
            and not prose[end]
            and (not others[end] or told[end, _column[Kind.RELATED]] or wording.dates[end])
            and shape.words[end] <= TEASER_WORDS
        ):
            end += 1
        apart = end < count and (inside[start] or _set_off(reading, end - 1))
        if end - start > 2 and end < count and prose[end] and apart:
            # The last short line before prose may be a heading of the body.
            end -= 1
        teaser[start + 1 : end] = ~others[start + 1 : end]
    return teaser


def _set_off(reading: Reading, number: int) -> bool:
    """Tell whether a blank line stands before a segment."""
    return bool(reading.paragraphs[number] != reading.paragraphs[number - 1])


def _head(
    reading: Reading, shape: Shape, told: Bools, wording: Wording, body: Bools, barrier: Bools
) -> tuple[Bools, Bools, Bools]:
    """Tell the title, the bylines under it, and what stands above it when there is furniture.

    The title is the first line that nothing else is known of, between the furniture at the top
    and the first sentence.
    """
    title, above, byline = (np.zeros(len(body), dtype=bool) for _ in range(3))
    first = int(np.argmax(body)) if body.any() else 0
    top = first
    while top > 0 and not barrier[top - 1] and first - top < TITLE_REACH:
        top -= 1
    unknown = [number for number in range(top, first) if not told[number].any()]
    unknown = [number for number in unknown if not wording.dates[number]]
    if unknown:
        title[unknown[0]] = shape.words[unknown[0]] <= TITLE_WORDS
    dated = told[:, _column[Kind.BYLINE]] | wording.dates
    for number in unknown[1:]:
        beside = dated[number - 1] or dated[number + 1]
        byline[number] = (
            beside
            and shape.lower_share[number] < 1
            and 2 <= shape.words[number] <= NAME_WORDS
            and is_name(reading.segment(number))
        )
    if told.any() or byline.any():
        byline[top:first] |= wording.dates[top:first]
    furniture = int(told[:top, _FURNITURE].any(axis=1).sum())
    enough = furniture >= max(ABOVE_TITLE_FURNITURE, ABOVE_TITLE_SHARE * top)
    if enough or (furniture and top <= ABOVE_TITLE_FEW):
        for start, end in runs(np.asarray(~told[:top].any(axis=1))):
            above[start:end] = end - start <= ABOVE_TITLE_UNKNOWN
    return title, above, byline


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


def _tail(told: Bools, body: Bools, count: int) -> Bools:
    """Tell what stands behind the first furniture behind the last sentence."""
    behind = np.zeros(count, dtype=bool)
    last_body = _last(body)
    if last_body < 0:
        return behind
    furniture = np.flatnonzero(told[last_body + 1 :, _FURNITURE].any(axis=1))
    if len(furniture):
        start = last_body + 1 + int(furniture[0])
        behind[start:] = len(furniture) >= BEHIND_BODY_SHARE * (count - start)
    return behind


def _last(flags: Bools) -> int:
    places = np.flatnonzero(flags)
    return int(places[-1]) if len(places) else -1
