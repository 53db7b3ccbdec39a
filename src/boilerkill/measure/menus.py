"""Menus and breadcrumbs: runs of short lines with labels among them, and labels in one line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill import characters as char
from boilerkill.canonical import canonical_text
from boilerkill.document import Kind
from boilerkill.measure.columns import column, columns
from boilerkill.measure.footers import table_rows
from boilerkill.measure.runs import run_bounds, sums_over
from boilerkill.measure.shape import Shape
from boilerkill.measure.wording import COVERED, Wording
from boilerkill.phrasebook import Phrasebook
from boilerkill.reading import Reading

__all__ = [
    "MENU_LABELS",
    "SHARE_LABELS",
    "find_menu_lines",
    "find_menus",
    "find_pointers",
    "share_buttons",
]

Bools = npt.NDArray[np.bool_]

# A run of short lines is a menu when it has so many lines, and so many labels that they are such
# a share of it.
MENU_LINES = 5
MENU_LABELS = 3
MENU_SHARE = 0.34
# The same inside the body, where lists of short lines are more often the author's.
INNER_MENU_SHARE = 0.8
MENU_WORDS = 5

# A menu in one line: so much of it must be labels, and it has at most so many characters.
MENU_LINE_SHARE = 0.5
# Between signs it has so many, if they are not all of it: "Travel news / Ferries" is a heading.
MENU_LINE_PARTS = 3
MENU_LINE_CHARACTERS = 400
# With so many numbers it is rather a line of a table.
MANY_NUMBERS = 3
# Share buttons, in one line or in a run of lines, are so many.
SHARE_LABELS = 2
# Each of its labels has at most so many words; a headline at the end of a breadcrumb has more.
LABEL_WORDS = 8
CRUMB_WORDS = 16

# A pointer to the next page or story has at most so many words.
POINTER_WORDS = 18
# So many characters of a label for it are looked up first.
POINTER_LEAD = 4

# The signs between the steps of a breadcrumb, and between the labels of a menu.
CRUMBS = (" > ", "»", "›", " ‹ ", " / ", " → ", " | ", " • ", " · ", " :: ", " \\ ", "／", "＞")
MENU_SIGNS = (" / ", " | ", "·", "•", "|", " > ", "»", "›")
# These stand between the parts of a headline as well.
DASHES = (" - ", " – ", " — ")

_FLAGS = char.CRUMB | char.ARROW | char.BAR | char.BULLET | char.SLASH | char.DASH | char.ANGLE
_CODE_SIGNS = frozenset("[]{}=;")
_POINTS_BACK = ("←", "⟵", "«", "<<", "◀", "⇐")
_POINTS_ON = ("→", "⟶", "»", ">>", "▶", "⇒")

_SHARE, _BYLINE = column(Kind.SHARE), column(Kind.BYLINE)
_MENUS = columns((Kind.NAVIGATION, Kind.NOTICE, Kind.SHARE, Kind.PROMOTION))


def find_menu_lines(reading: Reading, shape: Shape, wording: Wording) -> tuple[Bools, Bools]:
    """Tell segments that are a whole menu in one line, and those that are a breadcrumb."""
    menus, crumbs = np.zeros((2, len(reading)), dtype=bool)
    candidates = (
        shape.has(_FLAGS)
        & (reading.lengths <= MENU_LINE_CHARACTERS)
        & (wording.weak.any(axis=1) | wording.whole.any(axis=1))
        & ~shape.ends_sentence
        & ~shape.amount
        & (shape.numbers < MANY_NUMBERS)
    )
    if not candidates.any():
        return menus, crumbs
    labels = wording.weak[:, _MENUS].sum(axis=1)
    home = wording.has_role("navigation.home")
    candidates &= home | ((labels >= 2) & (wording.covered >= MENU_LINE_SHARE))
    if not candidates.any():
        return menus, crumbs
    candidates &= ~table_rows(reading, shape)
    for number in candidates.nonzero()[0].tolist():
        text = reading.shown(number)
        if not _CODE_SIGNS.isdisjoint(text):
            continue
        crumbs[number] = home[number] and reading.recall(_is_breadcrumb, (reading.book, text))
        menus[number] = (
            labels[number] >= 2
            and wording.covered[number] >= MENU_LINE_SHARE
            and not wording.whole[number].any()
            and reading.recall(_is_split_into_labels, (text, wording.covered[number] >= COVERED))
        )
    return menus, crumbs


def share_buttons(wording: Wording) -> Bools:
    """Tell segments with more labels of share buttons than of menus."""
    menu = wording.weak[:, columns((Kind.NAVIGATION, Kind.NOTICE))].sum(axis=1)
    share = wording.weak[:, column(Kind.SHARE)]
    result: Bools = (share > menu) & (share >= SHARE_LABELS)
    return result


def _is_breadcrumb(told: tuple[Phrasebook, str]) -> bool:
    """Tell a path of labels that starts with the home page, as a book's phrases call it."""
    book, text = told
    for sign in CRUMBS:
        first, found, rest = text.partition(sign)
        if not found:
            continue
        home = {canonical_text(first), canonical_text(first.rpartition(":")[2])}
        if not home.isdisjoint(book.literals_of("navigation.home")):
            return all(len(part.split()) <= CRUMB_WORDS for part in rest.split(sign))
    return False


def _is_split_into_labels(line: tuple[str, bool]) -> bool:
    """Tell a line that has labels between signs, given whether it is known to be phrases."""
    text, known = line
    least = 2 if known else MENU_LINE_PARTS
    for sign in MENU_SIGNS + DASHES if known else MENU_SIGNS:
        if sign not in text:
            continue
        parts = [part for part in text.split(sign) if part.strip()]
        if len(parts) >= least and all(len(part.split()) <= LABEL_WORDS for part in parts):
            return True
    return False


def find_pointers(reading: Reading, shape: Shape, candidates: Bools) -> Bools:
    """Tell pointers to other pages: "← The hedge", "Previous post The hedge", "#hedges #storms"."""
    pointers = np.zeros(len(reading), dtype=bool)
    short = candidates & (shape.words <= POINTER_WORDS) & (shape.words > 0)
    if not short.any():
        return pointers
    for number in (short & shape.has(char.POINTER)).nonzero()[0].tolist():
        text = reading.shown(number)
        arrow = text.startswith(_POINTS_BACK) or text.endswith(_POINTS_ON)
        pointers[number] = (arrow and _CODE_SIGNS.isdisjoint(text)) or _is_hashtags(text)
    labels = reading.book.derive(_pointer_labels)
    for number in (short & ~pointers).nonzero()[0].tolist():
        words = reading.canonical_segment(number)
        for label in labels.get(words[:POINTER_LEAD], ()):
            if words.startswith(label) and words[len(label) :][:1] in ("", " "):
                pointers[number] = True
    return pointers


def _pointer_labels(book: Phrasebook) -> dict[str, list[str]]:
    """Return the words for the story before and behind, by their first characters."""
    found: dict[str, list[str]] = {}
    for words in book.literals_of("navigation.pointer"):
        found.setdefault(words[:POINTER_LEAD], []).append(words)
    return found


def _is_hashtags(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[0] == "#" and word[1:2].isalnum() for word in words)


def find_menus(shape: Shape, wording: Wording, furniture: Bools, inside: Bools) -> Bools:
    """Tell runs of short lines that are menus by the labels among them."""
    menu = np.zeros(len(furniture), dtype=bool)
    known = (furniture | wording.labels)[:, _MENUS].any(axis=1)
    # Page numbers stand below a title, not in the menu above it.
    known &= shape.numbers == 0
    if known.sum() < MENU_LABELS:
        return menu
    # An address for mail belongs to a person, a price to goods, and neither to a menu.
    short = (shape.words <= MENU_WORDS) & ~(shape.ends_sentence | shape.amount | shape.addressed)
    # Below a byline, and between it and the menu above, is no menu.
    short &= ~furniture[:, [column(Kind.RELATED), _BYLINE]].any(axis=1)
    share = known & (furniture | (wording.weak > 0))[:, _SHARE]
    starts, ends = run_bounds(short | (furniture[:, _MENUS].any(axis=1)))
    enough = sums_over(known, starts, ends) >= MENU_LABELS
    for start, end in zip(starts[enough].tolist(), ends[enough].tolist(), strict=True):
        places = np.flatnonzero(known[start:end])
        first, last = start + int(places[0]), start + int(places[-1]) + 1
        least = INNER_MENU_SHARE if inside[first] else MENU_SHARE
        if last - first >= MENU_LINES and len(places) >= least * (last - first):
            kinds = (wording.weak[first:last] > 0).sum(axis=0) + furniture[first:last].sum(axis=0)
            menu[first:last] = kinds[_SHARE] < kinds[column(Kind.NAVIGATION)]
            menu[first:last] &= ~_between(known[first:last], share[first:last])
    return menu


def _between(known: Bools, share: Bools) -> Bools:
    """Tell what stands between a menu and the share buttons at its end: the title, it may be."""
    between = np.zeros(len(known), dtype=bool)
    others, buttons = np.flatnonzero(known & ~share), np.flatnonzero(share)
    if len(others) and (buttons > others[-1]).sum() >= SHARE_LABELS:
        between[others[-1] + 1 : buttons[buttons > others[-1]][0]] = True
    return between
