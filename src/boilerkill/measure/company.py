"""Company: labels are furniture only among furniture, and phrases only where it can stand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.columns import KINDS, any_but, column, inside_of
from boilerkill.measure.menus import MENU_LABELS, SHARE_LABELS
from boilerkill.measure.runs import run_bounds, sums_over
from boilerkill.measure.shape import Shape
from boilerkill.measure.teasers import invitations, related_headings
from boilerkill.measure.wording import Wording
from boilerkill.reading import Reading

__all__ = ["find_company", "find_places", "one_kind_each"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# Lines of a list have at most so many words.
LIST_WORDS = 5

# Phrases in these roles are no furniture when a text has no other; some are at its ends.
_NEVER_SOLE = ("related.link", "navigation.action", "navigation.tags")
_NEVER_SOLE_INSIDE = ("byline.updated", "byline.reading")

# Inside the body, some phrases are furniture only with other furniture within so many segments,
# and when they have no more words than a heading has.
COMPANY_REACH = 2
HEADING_WORDS = 5
# A heading of related stories has two lines of at least so many words below it, or one where it
# invites to read that ("Read also").
HEADLINE_WORDS = 3

# What a label with several meanings is shows within so many segments before and behind it.
KIND_REACH = 4


def find_company(
    reading: Reading, shape: Shape, wording: Wording, furniture: Bools, inside: Bools
) -> Bools:
    """Tell labels that stand among furniture of their kind."""
    company = np.zeros_like(furniture)
    labels = wording.labels
    if not (
        furniture.any()
        or np.count_nonzero(labels[:, column(Kind.NAVIGATION)]) >= MENU_LABELS
        or np.count_nonzero(labels[:, column(Kind.SHARE)]) >= SHARE_LABELS
    ):
        # Nothing would tell what any label is.
        return company
    labels = labels.copy()
    labels[:, column(Kind.BYLINE)] |= wording.dates
    joined = labels.any(axis=1) | furniture.any(axis=1) | (shape.words == shape.numbers)
    firsts, ends = run_bounds(joined)
    sizes = ends - firsts
    known = sums_over(furniture, firsts, ends) > 0
    tells = known.copy()
    menu, share = labels[:, column(Kind.NAVIGATION)], labels[:, column(Kind.SHARE)]
    tells[:, column(Kind.NAVIGATION)] |= sums_over(menu, firsts, ends) >= MENU_LABELS
    buttons = sums_over(share & ~_repeats(reading, share, firsts), firsts, ends) >= SHARE_LABELS
    tells[:, column(Kind.SHARE)] |= buttons & ~_in_a_list(shape, firsts, ends)
    tells[:, column(Kind.COMMENT)] &= sizes > 1
    # Inside the body a few labels without more are rather headings.
    tells[inside[firsts] & (sizes < MENU_LABELS) & ~known.any(axis=1)] = False
    run_of = np.repeat(np.arange(len(firsts)), sizes)
    members = np.flatnonzero(joined)
    own = labels[members]
    company[members] = own & tells[run_of]
    # A byline stands beside any furniture; other labels need more of it.
    own[(sizes < MENU_LABELS)[run_of]] &= np.arange(len(KINDS)) == column(Kind.BYLINE)
    rest = np.asarray(tells.any(axis=1))[run_of] & ~company[members].any(axis=1)
    company[members[rest]] = own[rest]
    company[furniture.any(axis=1)] = False
    return company


def _repeats(reading: Reading, labels: Bools, firsts: Ints) -> Bools:
    """Tell labels that stand before in the same run, as sizes ("Medium") do in a shop."""
    repeats = np.zeros(len(labels), dtype=bool)
    seen: set[tuple[int, str]] = set()
    numbers = np.flatnonzero(labels)
    for number, run in zip(numbers, np.searchsorted(firsts, numbers, side="right"), strict=True):
        label = int(run), reading.canonical_segment(int(number))
        repeats[number] = label in seen
        seen.add(label)
    return repeats


def _in_a_list(shape: Shape, firsts: Ints, ends: Ints) -> Bools:
    """Tell runs between other short lines: "Discord" and "Facebook" in a list of services."""
    short = np.zeros(len(shape.words) + 2, dtype=bool)
    short[1:-1] = (shape.words <= LIST_WORDS) & ~shape.ends_sentence
    result: Bools = short[firsts] & short[ends + 1]
    return result


def one_kind_each(company: Bools, told: Bools) -> Bools:
    """Return the company with one kind a segment: the one that its neighbours are mostly of.

    "Email" is a share button here and a field of a form there. A near neighbour counts for more,
    and one with several kinds itself for a part of each.
    """
    if not company.any():
        return company
    several = np.flatnonzero(company.sum(axis=1) > 1)
    if not len(several):
        return company
    shares = told / np.maximum(told.sum(axis=1), 1)[:, None]
    votes = np.zeros((len(several), told.shape[1]))
    for step in range(1, KIND_REACH + 1):
        for place in (several - step, several + step):
            there = (place >= 0) & (place < len(told))
            votes[there] += shares[place[there]] / step
    votes = np.where(company[several], 1 + votes, 0)
    result = company.copy()
    result[several] = False
    result[several, votes.argmax(axis=1)] = True
    return result


def find_places(
    reading: Reading, told: Bools, body: Bools, wording: Wording, shape: Shape
) -> Bools:
    """Tell where phrases of each kind can be furniture: all but alone inside the body.

    There a short line of some kinds is rather a heading ("Search"), or an item of a list ("Author:
    Ann Lee"); what else stands around it decides.
    """
    if not told.any():
        # There is nothing to be in place.
        return np.ones_like(told)
    inside = inside_of(body)
    furniture = told.any(axis=1) | wording.dates
    company = _count_near(furniture, COMPANY_REACH)
    alone = inside & (company == 0)
    place = np.ones_like(told)
    place[:, column(Kind.BYLINE)] = ~alone
    place[:, column(Kind.CAPTION)] = ~_in_a_crew(shape, told)
    related = related_headings(wording)
    place[:, column(Kind.RELATED)] = ~(alone & related) | _has_teasers(shape, invitations(wording))
    short = shape.words <= HEADING_WORDS
    # "Performance cookies", prose, "Targeting cookies": these are the headings of an article.
    heading = inside & short & (_count_near(furniture, 1) == 0) & np.append(body[1:], False)
    place[:, column(Kind.NOTICE)] = ~(heading | (alone & (short | wording.copyright)))
    place[:, column(Kind.NAVIGATION)] = ~(inside & (company < 2) & short) | _again(reading, wording)
    place[:, column(Kind.COMMENT_FORM)] = ~(
        alone & (short | wording.has_role("comment_form.count"))
    )
    # In a text without any other furniture, what looks like it is the author's.
    told = told & place
    if told.any(axis=1).sum() <= 1:
        place &= ~wording.has_role(*_NEVER_SOLE)[:, None]
        place[1:-1] &= ~wording.has_role(*_NEVER_SOLE_INSIDE)[1:-1, None]
        place[:, column(Kind.PROMOTION)] &= ~short
    for kind in (Kind.NAVIGATION, Kind.RELATED):
        if not any_but(told, kind).any():
            place[:, column(kind)] &= ~(inside & (company < 2))
            # A list of links below "Related content" is the author's as well.
            place[:-1, column(kind)] &= ~(related[:-1] & shape.bullet[1:])
    return place


def _count_near(which: Bools, reach: int) -> Ints:
    """Count those of some segments that stand within `reach` segments before and behind each."""
    count = np.zeros(len(which), dtype=np.int64)
    for step in range(1, reach + 1):
        count[step:] += which[:-step]
        count[:-step] += which[step:]
    return count


def _has_teasers(shape: Shape, inviting: Bools) -> Bools:
    """Tell what two lines stand under that could be headlines, or one under an invitation."""
    line = ~shape.sentence & ~shape.bullet & (shape.words >= HEADLINE_WORDS)
    result = np.zeros(len(line), dtype=bool)
    result[:-2] = line[1:-1] & line[2:]
    result[:-1] |= inviting[:-1] & line[1:]
    return result


def _in_a_crew(shape: Shape, told: Bools) -> Bools:
    """Tell what stands between lines such as "Script: Ann Lee": a photographer among the crew."""
    credit = shape.addressed & ~shape.sentence & ~told.any(axis=1)
    result = np.zeros_like(credit)
    result[1:-1] = credit[:-2] & credit[2:]
    return result


def _again(reading: Reading, wording: Wording) -> Bools:
    """Tell phrases of navigation that stand in the text twice: the links of a forum's posts."""
    again = np.zeros(len(reading), dtype=bool)
    whole = np.flatnonzero(wording.whole[:, column(Kind.NAVIGATION)]).tolist()
    if len(whole) < 2:
        return again
    texts = [reading.canonical_segment(number) for number in whole]
    times = Counter(texts)
    again[whole] = [times[text] > 1 for text in texts]
    return again
