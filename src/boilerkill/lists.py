"""Lists and tables of a page: items that are a line each stand or fall together.

The trees judge block by block, so that of a list of two they may take the first item for body and
the second for a menu, by a hair; of the facts in a table, they may take a label and leave its
value. A reader would take or leave both.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.read.html import Page
from boilerkill.read.tags import tag_code

__all__ = ["shared_in_lists"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ITEM = tag_code("li")
_TABLES = frozenset(map(tag_code, ("table", "dl")))

# A table of facts has no more words in any cell; one with more is there to place what stands in it.
CELL_WORDS = 12


def shared_in_lists(page: Page, odds: Floats, words: npt.NDArray[np.int64]) -> Floats:
    """Return the log-odds of each segment, those of a list's items being their mean; (segments,).

    Items that hold more than a line, such as the posts of a forum, keep their own: there, the name
    of an author stands beside what he wrote. So do tables that hold more than facts.

    Args:
        page: The page.
        odds: The log-odds of each segment that it is body; (segments,).
        words: How many words each segment has; (segments,).

    >>> from boilerkill.read.html import read_html
    >>> page = read_html("<p>Pack:<ul><li>Hats<li>Caps</ul>")
    >>> shared_in_lists(page, np.array([3.0, 1.0, -3.0]), np.array([1, 1, 1]))
    array([ 3., -1., -1.])
    """
    for groups, shared in (_lists(page), _tables(page, words)):
        odds = _shared(odds, np.maximum(words, 1), groups, shared)
    return odds


def _lists(page: Page) -> tuple[Ints, Bools]:
    """Return which list each segment is of, and which lists are of items that are a line each."""
    items = np.array([page.containers[block.container].tag == _ITEM for block in page.blocks], bool)
    follows = items & np.array([block.tight for block in page.blocks], bool)
    lists = np.cumsum(~follows)
    size = np.bincount(lists)
    return lists, (size > 1) & (np.bincount(lists, items) == size)


def _tables(page: Page, words: npt.NDArray[np.int64]) -> tuple[Ints, Bools]:
    """Return which table or list of terms each segment is of, and which hold nothing but facts."""
    # Group 0 is of what stands in none; the last place is for what no container is around.
    table_of = [0] * (len(page.containers) + 1)
    found = 0
    for number, container in enumerate(page.containers):
        if container.tag in _TABLES:
            found += 1
            table_of[number] = found
        else:
            table_of[number] = table_of[container.parent]
    tables = np.array([table_of[block.container] for block in page.blocks], np.int64)
    longest = np.zeros(found + 1, np.int64)
    np.maximum.at(longest, tables, words)
    return tables, (longest <= CELL_WORDS) & (np.arange(found + 1) > 0)


def _shared(odds: Floats, weight: Ints, groups: Ints, shared: Bools) -> Floats:
    """Return the log-odds of each segment, where its group shares them the mean of the group."""
    if not shared.any():
        return odds
    mean = np.bincount(groups, odds * weight) / np.maximum(np.bincount(groups, weight), 1)
    result: Floats = np.where(shared[groups], mean[groups], odds)
    return result
