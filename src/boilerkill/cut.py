"""The cut: from which score on the segments of a page are its body."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["least_odds"]

Floats = npt.NDArray[np.float64]


def least_odds(odds: Floats, words: npt.NDArray[np.int64]) -> float:
    """Return the least log-odds with which segments are kept, so that F1 is likely to be highest.

    Of a page with prose and furniture, only what is rather body than not; of a page without
    prose, such as a list of goods, also what is less sure. With p the probability of each segment
    and n its words, keeping the likeliest gives an F1 of about
    ``2 sum(p n) / (sum(n) + total(p n))``, summed over what is kept (Lewis, "Evaluating and
    optimizing autonomous text classification systems", 1995).

    >>> least_odds(np.array([2.0, -3.0]), np.array([100, 100]))
    2.0
    """
    if not len(odds):
        return 0.0
    order = np.argsort(-odds, kind="stable")
    amount = words[order] + 0.5
    expected = amount / (1 + np.exp(-odds[order]))
    gain = np.cumsum(expected) / (np.cumsum(amount) + expected.sum())
    return float(odds[order[int(np.argmax(gain))]])
