"""Lists of a page: items that are a line each stand or fall together.

The trees judge block by block, so that of a list of two they may take the first item for body and
the second for a menu, by a hair. A reader would take or leave both.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.read.html import Page
from boilerkill.read.tags import tag_code

__all__ = ["shared_in_lists"]

Floats = npt.NDArray[np.float64]

_ITEM = tag_code("li")


def shared_in_lists(page: Page, odds: Floats, words: npt.NDArray[np.int64]) -> Floats:
    """Return the log-odds of each segment, those of a list's items being their mean; (segments,).

    Items that hold more than a line, such as the posts of a forum, keep their own: there, the name
    of an author stands beside what he wrote.

    Args:
        page: The page.
        odds: The log-odds of each segment that it is body; (segments,).
        words: How many words each segment has; (segments,).

    >>> from boilerkill.read.html import read_html
    >>> page = read_html("<p>Pack:<ul><li>Hats<li>Caps</ul>")
    >>> shared_in_lists(page, np.array([3.0, 1.0, -3.0]), np.array([1, 1, 1]))
    array([ 3., -1., -1.])
    """
    items = [page.containers[block.container].tag == _ITEM for block in page.blocks]
    follows = [item and block.tight for item, block in zip(items, page.blocks, strict=True)]
    if not any(follows):
        return odds
    lists = np.cumsum(~np.array(follows))
    size, weight = np.bincount(lists), np.maximum(words, 1)
    whole = (size > 1) & (np.bincount(lists, items) == size)
    mean = np.bincount(lists, odds * weight) / np.maximum(np.bincount(lists, weight), 1)
    return np.where(whole[lists], mean[lists], odds)
