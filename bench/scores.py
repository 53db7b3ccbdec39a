"""How a tool's output compares with a page's body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from boilerkill import quotations

__all__ = ["Gold", "Score", "mean_f1", "words"]

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    r"""Return the words (``\w+``) of a text in lower case."""
    return _WORD.findall(text.lower())


@dataclass(frozen=True)
class Score:
    """What one output is worth.

    Attributes:
        f1: F1 of its words.
        precision: How much of the output is body.
        recall: How much of the body is in the output.
        quotations: How many quotations of the body there were to keep.
        lost: How many of these it lost.
    """

    f1: float
    precision: float
    recall: float
    quotations: int
    lost: int


class Gold:
    """The body of a page, ready to be compared with outputs.

    Of its quotations, those count that stand in the source that the tools had; a quotation is
    kept when its letters and digits, run together, stand in the output's.
    """

    def __init__(self, body: str, source: str) -> None:
        """Take the body's words and quotations."""
        self._words = Counter(words(body))
        given = run_together(source)
        quoted = [run_together(item) for item in quotations(body)]
        self._quotations = [item for item in quoted if item and item in given]

    def score(self, output: str) -> Score:
        """Compare an output with the body."""
        found = Counter(words(output))
        both = (found & self._words).total()
        kept = run_together(output)
        return Score(
            f1=_share(2 * both, found.total() + self._words.total()),
            precision=_share(both, found.total(), empty=not self._words),
            recall=_share(both, self._words.total()),
            quotations=len(self._quotations),
            lost=sum(item not in kept for item in self._quotations),
        )


def _share(part: int, whole: int, *, empty: bool = True) -> float:
    """Return a part of a whole, and of nothing 1 if there should be nothing."""
    return part / whole if whole else float(empty)


def run_together(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(char for char in text.lower() if char.isalnum())


def mean_f1(scores: Iterable[Score]) -> float:
    """Return the mean over pages."""
    found = [score.f1 for score in scores]
    return sum(found) / len(found)
