"""The cut: from which score on the segments of a page are its body."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["least_odds"]

Floats = npt.NDArray[np.float64]

# With a higher F1 than this in sight, nothing stays that is rather not body.
SURE = 0.85


def least_odds(odds: Floats, words: npt.NDArray[np.int64]) -> float:
    """Return the least log-odds with which segments are kept, so that F1 is likely to be highest.

    Of a page with prose and furniture, only what is rather body than not; of a page without
    prose, such as a list of goods, also what is less sure. With p the probability of each segment
    and n its words, keeping the likeliest gives an F1 of about
    ``2 sum(p n) / (sum(n) + total(p n))``, summed over what is kept (Lewis, "Evaluating and
    optimizing autonomous text classification systems", 1995). Where that is high, as of an
    article, the segments in doubt are picture captions and teasers, one like the other: none stays.

    >>> least_odds(np.array([2.0, -3.0]), np.array([100, 100]))
    2.0
    >>> least_odds(np.array([2.0, 2.0, -0.1]), np.array([100, 100, 10]))
    0.0
    """
    if not len(odds):
        return 0.0
    order = np.argsort(-odds, kind="stable")
    amount = words[order] + 0.5
    expected = amount / (1 + np.exp(-odds[order]))
    gain = np.cumsum(expected) / (np.cumsum(amount) + expected.sum())
    best = int(np.argmax(gain))
    least = float(odds[order[best]])
    return max(least, 0.0) if 2 * gain[best] > SURE else least
