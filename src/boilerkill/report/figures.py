"""What a report says of all documents together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from boilerkill.document import Kind
from boilerkill.report.compare import ToolTally
from boilerkill.report.show import BINS, Tally

__all__ = ["Figures", "Line", "Step", "ToolRow", "comparison_of", "figures_of"]

# So many lines are named, if they stand in so many documents at least.
_LINES = 50
_LEAST_DOCUMENTS = 2
# So many documents are named as worth a look for each reason, if there is so much reason.
_WORTH = 10
_MUCH_REMOVED = 0.5
_MUCH_DOUBTFUL = 0.1

# Where the steps of document lengths end, in characters.
_LENGTHS = (0, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Step:
    """A row of a plot.

    Attributes:
        label: What it counts.
        values: How much there is, one number for each series.
        shares: How long the bars are, as shares of the longest of the plot.
    """

    label: str
    values: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """A line that was removed often.

    Attributes:
        text: The line.
        kind: What it was taken for.
        documents: In how many documents it went.
        times: How often.
        example: The number of the first of these documents.
    """

    text: str
    kind: Kind
    documents: int
    times: int
    example: int


@dataclass(frozen=True)
class Figures:
    """What is said of the documents of a report.

    Attributes:
        documents: How many there are.
        before: How many characters they have.
        after: How many stay.
        kinds: The share of the characters that went, by kind.
        scores: How many segments have a score of each step: those that stay, those that go.
        lengths: How many documents have a length of each step: before, after.
        lines: The most frequent lines that went.
        much_removed: The numbers of the documents of which most went.
        doubtful: Of those with most doubtful scores.
        empty: Of those of which nothing is left.
        quotations: How many segments stay for what they quote alone.
    """

    documents: int = 0
    before: int = 0
    after: int = 0
    kinds: Sequence[Step] = ()
    scores: Sequence[Step] = ()
    lengths: Sequence[Step] = ()
    lines: Sequence[Line] = ()
    much_removed: Sequence[int] = ()
    doubtful: Sequence[int] = ()
    empty: Sequence[int] = ()
    quotations: int = 0

    @property
    def removed_share(self) -> float:
        """Which share of the characters went; 0 where there are none."""
        return 1 - self.after / self.before if self.before else 0.0


@dataclass
class _Seen:
    """How often a removed line was seen."""

    example: int
    documents: int = 0
    times: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)


def figures_of(tallies: Sequence[tuple[int, Tally]]) -> Figures:
    """Return what there is to say of documents.

    Args:
        tallies: What was counted of each, with its number.
    """
    counted = [tally for _, tally in tallies]
    before = sum(tally.characters for tally in counted)
    removed: Counter[Kind] = Counter()
    for tally in counted:
        removed.update(tally.removed)
    shares = [(kind.value, (size / before,)) for kind, size in removed.most_common() if size]
    scores = [
        tuple(sum(tally.scores[series][step] for tally in counted) for series in (0, 1))
        for step in range(BINS)
    ]
    return Figures(
        documents=len(counted),
        before=before,
        after=sum(tally.kept for tally in counted),
        kinds=_steps(shares),
        scores=_steps((_score_label(step), pair) for step, pair in enumerate(scores)),
        lengths=_lengths(counted),
        lines=_lines(tallies),
        much_removed=_worth(tallies, lambda one: one.removed_share, _MUCH_REMOVED),
        doubtful=_worth(tallies, lambda one: one.doubtful_share, _MUCH_DOUBTFUL),
        empty=[number for number, one in tallies if not one.kept],
        quotations=sum(tally.quotations for tally in counted),
    )


@dataclass(frozen=True)
class ToolRow:
    """What is said of a tool, over all pages.

    Attributes:
        name: The tool.
        pages: How many pages it read.
        failed: On how many it failed.
        kept_share: Which share of the words it keeps.
        more_share: Which share of the words it keeps that boilerkill removes.
        fewer_share: Which share of the words it loses that boilerkill keeps.
        lost: How many quotations it loses.
        quotations: Of how many.
    """

    name: str
    pages: int
    failed: int
    kept_share: float
    more_share: float
    fewer_share: float
    lost: int
    quotations: int


def comparison_of(pages: Sequence[Sequence[ToolTally]]) -> list[ToolRow]:
    """Return what there is to say of each tool, given what was counted of all on each page."""
    found = []
    for tallies in zip(*pages, strict=True):
        words = sum(tally.words for tally in tallies) or 1
        found.append(
            ToolRow(
                tallies[0].name,
                len(tallies),
                sum(bool(tally.problem) for tally in tallies),
                sum(tally.kept for tally in tallies) / words,
                sum(tally.more for tally in tallies) / words,
                sum(tally.fewer for tally in tallies) / words,
                sum(tally.lost for tally in tallies),
                sum(tally.quotations for tally in tallies),
            )
        )
    return found


def _steps(rows: Iterable[tuple[str, tuple[float, ...]]]) -> list[Step]:
    """Return the rows of a plot, with how long their bars are."""
    found = list(rows)
    longest = max((value for _, values in found for value in values), default=0) or 1
    return [
        Step(label, values, tuple(value / longest for value in values)) for label, values in found
    ]


def _score_label(step: int) -> str:
    """Return what a step of the score is called.

    >>> _score_label(0), _score_label(9)
    ('0.0 to 0.1', '0.9 to 1.0')
    """
    return f"{step / BINS:.1f} to {(step + 1) / BINS:.1f}"


def _lengths(tallies: Sequence[Tally]) -> list[Step]:
    counts = [[0, 0] for _ in range(len(_LENGTHS) + 1)]
    for tally in tallies:
        for series, length in enumerate((tally.characters, tally.kept)):
            counts[sum(length > end for end in _LENGTHS)][series] += 1
    used = [number for number, pair in enumerate(counts) if any(pair)] or [0]
    numbers = range(used[0], used[-1] + 1)
    return _steps((_length_label(number), tuple(counts[number])) for number in numbers)


def _length_label(number: int) -> str:
    """Return what a step of lengths is called.

    >>> _length_label(0), _length_label(1), _length_label(4), _length_label(12)
    ('nothing', 'up to 100', 'up to 1,000', 'over 1,000,000')
    """
    if number == 0:
        return "nothing"
    if number == len(_LENGTHS):
        return f"over {_LENGTHS[-1]:,}"
    return f"up to {_LENGTHS[number]:,}"


def _lines(tallies: Iterable[tuple[int, Tally]]) -> list[Line]:
    seen: dict[str, _Seen] = {}
    for number, tally in tallies:
        own: Counter[str] = Counter()
        for (kind, text), times in tally.lines.items():
            one = seen.setdefault(text, _Seen(number))
            one.kinds[kind] += times
            own[text] += times
        for text, times in own.items():
            seen[text].documents += 1
            seen[text].times += times
    often = [(text, one) for text, one in seen.items() if one.documents >= _LEAST_DOCUMENTS]
    often.sort(key=lambda entry: (-entry[1].documents, -entry[1].times, entry[0]))
    return [
        Line(text, one.kinds.most_common(1)[0][0], one.documents, one.times, one.example)
        for text, one in often[:_LINES]
    ]


def _worth(
    tallies: Iterable[tuple[int, Tally]], reason: Callable[[Tally], float], least: float
) -> list[int]:
    """Return the documents with most of some reason to look at them."""
    found = [(reason(tally), number) for number, tally in tallies if tally.kept]
    found = [entry for entry in found if entry[0] >= least]
    return [number for _, number in sorted(found, key=lambda entry: (-entry[0], entry[1]))[:_WORTH]]
