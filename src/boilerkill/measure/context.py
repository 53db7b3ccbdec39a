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
from boilerkill.measure.columns import FURNITURE, column, inside_of, last_of
from boilerkill.measure.comments import find_comments
from boilerkill.measure.company import find_company, find_places, one_kind_each
from boilerkill.measure.footers import (
    ItemLines,
    find_item_lines,
    keyword_columns,
    keyword_lists,
    long_columns,
    more_of_a_footer,
    short_lists,
)
from boilerkill.measure.head import read_head
from boilerkill.measure.menus import find_menu_lines, find_menus, find_pointers, share_buttons
from boilerkill.measure.shape import Shape
from boilerkill.measure.teasers import find_tags, find_teasers, related_labels
from boilerkill.measure.wording import Wording
from boilerkill.reading import Reading

__all__ = ["Context", "measure_context"]

Bools = npt.NDArray[np.bool_]

# What stands behind the body is furniture where at least this share is known to be.
BEHIND_BODY_SHARE = 0.25


@dataclass(frozen=True)
class Context:
    """What is around segments; the arrays have one entry a segment.

    Attributes:
        sentence: Whether it looks like a sentence, and is no list.
        company: Whether a segment of labels of a kind stands in company of the kind; (segments,
            kinds).
        menu: Whether it is a line of a menu.
        menu_line: Whether it is a whole menu or a breadcrumb in one line, or points elsewhere.
        keyword_list: Whether it is a list of keywords, in one line.
        keyword_lines: Whether it is one of many lines that are a list of keywords.
        teaser: Whether it is a headline under a heading of related stories.
        comment: Whether it belongs to a reader's comment.
        above_title: Whether it stands over the title, among furniture.
        in_place: Whether phrases of a kind are furniture where it stands; (segments, kinds).
        behind_body: Whether it stands behind the last sentence, among furniture.
        title: Whether it is the title.
    """

    sentence: Bools
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
    """Look at what stands around every segment.

    Each step builds on what those before it told: lists and menus in one line first, then labels
    in company of them, then what only its place tells.
    """
    navigation, footer = column(Kind.NAVIGATION), column(Kind.LINK_FOOTER)
    item_lines = find_item_lines(reading, shape)
    sentence = shape.sentence & ~item_lines.whole
    lists, crumbs = _lists_in_lines(reading, shape, wording, item_lines, sentence)
    furniture = wording.whole | wording.clues | lists
    menu_line, keyword_list = lists[:, navigation], lists[:, footer]
    inside = inside_of(sentence & ~furniture.any(axis=1))

    company = find_company(reading, shape, wording, furniture, inside)
    company[:, column(Kind.SHARE)] |= lists[:, column(Kind.SHARE)]
    bylines = find_bylines(reading, shape, wording, ~sentence & ~(furniture | company).any(axis=1))
    company[bylines, column(Kind.BYLINE)] = True
    told = furniture | company
    menu = find_menus(shape, wording, furniture, inside) & ~told.any(axis=1)
    told[menu, navigation] = True
    prose = sentence & ~told.any(axis=1)
    comment = find_comments(wording, furniture, told, prose)
    body = prose & ~comment
    in_place = find_places(reading, told, body, wording, shape)
    in_place[bylines, column(Kind.BYLINE)] = True
    company &= in_place
    told &= in_place

    last_body = last_of(body)
    known: Bools = np.asarray(told.any(axis=1))
    keyword_lines = keyword_columns(reading, shape, known, last_body)
    keyword_lines |= more_of_a_footer(
        reading, shape, item_lines, keyword_list | keyword_lines, known, last_body
    )
    told[keyword_lines, footer] = True
    known = np.asarray(told.any(axis=1))
    around = ~inside_of(body) & ~known
    pointers = find_pointers(reading, shape, around if known.any() else np.zeros_like(around))
    pointers |= find_tags(shape, wording, told, body)
    told[pointers, navigation] = True
    company[related_labels(shape, wording, told, body), column(Kind.RELATED)] = True
    told |= company
    teaser = find_teasers(reading, shape, wording, told, prose)
    head = read_head(
        reading, shape, told, wording, body, crumbs, menu_line | keyword_list | keyword_lines
    )
    told[head.byline, column(Kind.BYLINE)] = True
    company[head.byline, column(Kind.BYLINE)] = True
    known = told.any(axis=1) | teaser | comment
    behind_body = _behind_body(told[:, FURNITURE].any(axis=1) | teaser, body) & ~known
    if behind_body.any():
        keyword_lines |= short_lists(reading, shape, behind_body, last_body + 1)
        keyword_lines |= long_columns(shape, behind_body)
    return Context(
        sentence=sentence,
        company=one_kind_each(company, told),
        menu=menu,
        menu_line=menu_line | pointers,
        keyword_list=keyword_list,
        keyword_lines=keyword_lines,
        teaser=teaser,
        comment=comment,
        above_title=head.above,
        in_place=in_place,
        behind_body=behind_body & ~keyword_lines,
        title=head.title,
    )


def _lists_in_lines(
    reading: Reading, shape: Shape, wording: Wording, item_lines: ItemLines, sentence: Bools
) -> tuple[Bools, Bools]:
    """Tell what stands in one line each: menus, share buttons, lists of keywords, by their kinds.

    Returns:
        The kinds that lists tell, (segments, kinds); and which are breadcrumbs.
    """
    furniture = np.asarray((wording.whole | wording.clues).any(axis=1))
    plain = sentence & ~furniture
    menus, crumbs = find_menu_lines(reading, shape, wording)
    crumbs &= ~inside_of(plain)
    menus |= crumbs
    told = np.zeros_like(wording.whole)
    if menus.any():
        buttons = menus & share_buttons(wording)
        told[:, column(Kind.NAVIGATION)] = menus & ~buttons
        told[:, column(Kind.SHARE)] = buttons
    keywords = keyword_lists(item_lines, last_of(plain)) & ~menus & ~furniture
    told[:, column(Kind.LINK_FOOTER)] = keywords
    return told, crumbs


def _behind_body(furniture: Bools, body: Bools) -> Bools:
    """Tell what stands behind the first furniture behind the last sentence."""
    behind = np.zeros(len(body), dtype=bool)
    last_body = last_of(body)
    if last_body < 0:
        return behind
    places = furniture[last_body + 1 :].nonzero()[0]
    if len(places):
        start = last_body + 1 + int(places[0])
        behind[start:] = len(places) >= BEHIND_BODY_SHARE * (len(body) - start)
    return behind
