"""The pictures of the site, drawn from pages of ``corpus/`` when it is built.

They show what the library does now; no figure in them is written down anywhere.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from training.labels import kinds_by_rows

from boilerkill import Kind, Reason, Segment, separate
from boilerkill.options import Options
from boilerkill.pages import PageDecision, decide_page
from boilerkill.read.encoding import decode_html
from docs.svg import PAPER, Drawing, shortened

__all__ = ["PICTURES"]

CORPUS = Path(__file__).parents[1] / "corpus"
TEXT_PAGE = "en-wordpress-lighthouse"
HTML_PAGE = "en-html-event-page"
LOOKS_PAGE = "en-html-news-liveblog"

STAYS, GOES, QUOTED = "#00897b", "#d9705f", "#5c6bc0"
FAINT, GREY, INK = "#eceff1", "#78909c", "#222222"

WIDTH = 900
BODY = frozenset((Kind.BODY, Kind.HEADING))
KEPT = BODY | {Kind.TITLE}

Floats = npt.NDArray[np.float64]


def source_of(name: str) -> bytes:
    """Return a page of the corpus as it came."""
    (file,) = (CORPUS / name).glob("page.*")
    return file.read_bytes()


def labels_of(name: str, segments: Sequence[str]) -> list[Kind]:
    """Return what the segments of a page are, as a reader labelled them."""
    rows = (CORPUS / name / "expected.tsv").read_text("utf-8").splitlines()
    return list(kinds_by_rows(segments, rows))


@dataclass(frozen=True)
class Blocks:
    """The blocks of a page in HTML.

    Attributes:
        decision: What was decided of them.
        labels: What they are.
    """

    decision: PageDecision
    labels: list[Kind]

    @functools.cached_property
    def words(self) -> Floats:
        """How many words each has."""
        return np.asarray(self.decision.evidence.shape.words, dtype=np.float64)

    @functools.cached_property
    def is_body(self) -> npt.NDArray[np.bool_]:
        """Whether each is body."""
        return np.array([label in BODY for label in self.labels])

    @functools.cached_property
    def texts(self) -> list[str]:
        """What each says."""
        return [self.decision.reading.segment(number) for number in range(len(self.labels))]

    @property
    def first(self) -> Floats:
        """What the first trees say: the probability that each is body."""
        place = self.decision.verdict.trees.features.index("first log-odds")
        return np.asarray(1 / (1 + np.exp(-self.decision.verdict.table[:, place])))

    @property
    def second(self) -> Floats:
        """What the second trees say, who know what the first say."""
        return np.asarray(1 / (1 + np.exp(-self.decision.odds)))


@functools.cache
def blocks_of(name: str) -> Blocks:
    """Return the blocks of a page of the corpus."""
    decision = decide_page(decode_html(source_of(name)), Options())
    segments = [decision.reading.segment(number) for number in range(len(decision.reading))]
    return Blocks(decision, labels_of(name, segments))


# The stages ------------------------------------------------------------------------------------

STAGES = (
    ("read", "boilerkill.read", "text or HTML, in segments"),
    ("measure", "boilerkill.measure", "evidence of each segment"),
    ("score", "boilerkill.score, .stacked", "how likely it is body"),
    ("decide", "boilerkill.decide, .pages", "what stays, what kind goes"),
    ("render", "boilerkill.render", "the text of what stays"),
)


def stages() -> str:
    """Draw the way of the data, with what each stage makes of one page."""
    blocks = blocks_of(HTML_PAGE)
    decision = blocks.decision
    again = len(decision.verdict.trees.features)
    count = len(blocks.labels)
    stay = int(decision.kept.sum())
    made = (
        f"{count} blocks of {len(source_of(HTML_PAGE)) / 1000:.0f} kB",
        f"{count} × {again} numbers",
        f"{count} scores, 0 to 1",
        f"{stay} stay, {count - stay} go",
        f"{len(decision.render()):,} characters",
    )
    width, gap, top = 156, 26, 34
    drawing = Drawing(WIDTH, 158, "The stages: read, measure, score, decide, render")
    drawing.text(10, 20, f"from corpus/{HTML_PAGE}/page.html", size=11, colour=GREY)
    for number, (stage, fact) in enumerate(zip(STAGES, made, strict=True)):
        name, module, what = stage
        x = 10 + number * (width + gap)
        drawing.bar(x, top, width, 66, FAINT, corner=6)
        drawing.text(x + width / 2, top + 21, name, size=15, anchor="middle", bold=True)
        drawing.text(x + width / 2, top + 39, what, size=11, anchor="middle")
        drawing.text(x + width / 2, top + 56, module, size=10, colour=GREY, anchor="middle")
        drawing.text(x + width / 2, top + 88, fact, size=12, colour=STAYS, anchor="middle")
        if number:
            arrow(drawing, x - gap + 4, top + 33, gap - 8)
    # What is decided on a text is decided again on what is left of it.
    left, right, low = 10 + width / 2, 10 + 3 * (width + gap) + width / 2, top + 100
    drawing.path([(right, low - 6), (right, low + 6), (left, low + 6), (left, low - 4)], GREY, 1)
    drawing.path([(left - 4, low + 1), (left, low - 5), (left + 4, low + 1)], GREY, 1)
    again_text = "again on what is left, as text, until nothing changes"
    drawing.text((left + right) / 2, low + 20, again_text, size=11, colour=GREY, anchor="middle")
    return drawing.svg()


def arrow(drawing: Drawing, x: float, y: float, length: float) -> None:
    """Draw an arrow to the right."""
    drawing.path([(x, y), (x + length, y)], GREY, 1.5)
    drawing.path([(x + length - 5, y - 4), (x + length, y), (x + length - 5, y + 4)], GREY, 1.5)


# The scores of a page --------------------------------------------------------------------------

ROW = 19
SCORE_LEFT, SCORE_WIDTH = 12, 150
KIND_LEFT = SCORE_LEFT + SCORE_WIDTH + 14
TEXT_LEFT = KIND_LEFT + 118
LONGEST = 84


def scores_of(name: str) -> str:
    """Draw the score of each segment of a page, what it was taken for, and where that is wrong."""
    segments = separate(source_of(name)).segments
    labels = labels_of(name, [segment.text for segment in segments])
    top = 40
    title = f"The scores of the segments of corpus/{name}"
    drawing = Drawing(WIDTH, top + ROW * len(segments) + 12, title)
    drawing.text(SCORE_LEFT, 17, "score", size=11, colour=GREY)
    for share in (0, 0.5, 1):
        x = SCORE_LEFT + share * SCORE_WIDTH
        drawing.text(x, 32, f"{share:g}", size=10, colour=GREY, anchor="middle")
    drawing.text(KIND_LEFT, 32, "kind", size=11, colour=GREY)
    drawing.text(TEXT_LEFT, 32, "segment", size=11, colour=GREY)
    for number, (segment, label) in enumerate(zip(segments, labels, strict=True)):
        score_row(drawing, top + number * ROW, segment, label)
    middle = SCORE_LEFT + SCORE_WIDTH / 2
    drawing.line((middle, top - 2), (middle, top + ROW * len(segments)), GREY)
    return drawing.svg()


def score_row(drawing: Drawing, y: float, segment: Segment, label: Kind) -> None:
    """Draw the row of one segment."""
    stays_by_score = segment.score >= Options().threshold
    colour = STAYS if stays_by_score else QUOTED if segment.kept else GOES
    base = y + ROW - 6
    drawing.bar(SCORE_LEFT, y + 4, SCORE_WIDTH, ROW - 8, FAINT)
    width = max(1.5, segment.score * SCORE_WIDTH)
    drawing.bar(SCORE_LEFT, y + 4, width, ROW - 8, colour, note=f"{segment.score:.3f}")
    drawing.text(KIND_LEFT, base, segment.kind.value, size=10, colour=colour)
    wrong = segment.kept != (label in KEPT) and label is not Kind.TITLE
    room = LONGEST - 24 if wrong else LONGEST
    ink = INK if segment.kept else GREY
    drawing.text(TEXT_LEFT, base, shortened(segment.text, room), size=12, colour=ink)
    if wrong:
        drawing.text(WIDTH - 10, base, f"✗ a reader says {label}", size=11, anchor="end", bold=True)


# Two looks ---------------------------------------------------------------------------------------


def looks() -> str:
    """Draw what the first trees say of the blocks of a page, and below it what the second say."""
    blocks = blocks_of(LOOKS_PAGE)
    height, top, gap = 120, 46, 54
    drawing = Drawing(WIDTH, top + 2 * height + gap + 44, "The first look and the second")
    for number, (name, likely) in enumerate(
        (("first look", blocks.first), ("second look", blocks.second))
    ):
        wrong = (likely >= Options().threshold) != blocks.is_body
        words = int(blocks.words[wrong].sum())
        y = top + number * (height + gap)
        drawing.text(12, y - 12, name, size=14, bold=True)
        told = f"{int(wrong.sum())} of {len(wrong)} blocks, {words} words, on the wrong side"
        drawing.text(WIDTH - 12, y - 12, told, size=12, anchor="end")
        look(drawing, y, height, blocks, likely)
    legend(drawing, top + 2 * height + gap + 26, ((STAYS, "body"), (GOES, "furniture")))
    return drawing.svg()


def look(drawing: Drawing, top: float, height: float, blocks: Blocks, likely: Floats) -> None:
    """Draw a bar for each block from the top of the page to its foot: as wide as it is long."""
    sizes = np.sqrt(blocks.words + 1)
    room = WIDTH - 24 - 2 * len(sizes)
    x = 12.0
    drawing.bar(12, top, WIDTH - 24, height, FAINT)
    for number, share in enumerate((sizes / sizes.sum() * room).tolist()):
        high = max(1.5, float(likely[number]) * height)
        colour = STAYS if blocks.is_body[number] else GOES
        note = f"{likely[number]:.2f} {shortened(blocks.texts[number], 60)}"
        drawing.bar(x, top + height - high, share, high, colour, note=note)
        x += share + 2
    drawing.line((12, top + height / 2), (WIDTH - 12, top + height / 2), GREY)


def legend(drawing: Drawing, y: float, entries: Sequence[tuple[str, str]]) -> None:
    """Say what colours mean."""
    x = 12.0
    for colour, words in entries:
        drawing.bar(x, y - 10, 12, 12, colour)
        drawing.text(x + 18, y, words, size=12)
        x += 40 + 7 * len(words)


# What makes a score ------------------------------------------------------------------------------

MOST_REASONS = 12


def reasons() -> str:
    """Draw how the evidence of one block adds up to its score."""
    blocks = blocks_of(HTML_PAGE)
    number = int(np.argmax(np.where(blocks.is_body, blocks.words, 0)))
    score = blocks.decision.score(number)
    told = [reason for reason in blocks.decision.reasons(number) if abs(reason.weight) > 1e-9]
    shown = told[:MOST_REASONS]
    odds = float(np.log(score / (1 - score)))
    rest = odds - sum(reason.weight for reason in shown)
    left = len(told) - len(shown)
    rows = [*shown, Reason(f"{left} others", 0.0, rest)]
    ends = np.cumsum([reason.weight for reason in rows])
    low, high = min(0.0, float(ends.min())) - 0.3, max(0.0, float(ends.max())) + 0.6

    plot, top = 560, 52
    scale = plot / (high - low)
    drawing = Drawing(WIDTH, top + ROW * len(rows) + 40, "How evidence adds up to a score")
    drawing.text(12, 20, shortened(blocks.texts[number], 120), size=12)
    drawing.text(12, 38, "what each piece of evidence adds to the log-odds", size=11, colour=GREY)

    def across(value: float) -> float:
        return WIDTH - 20 - plot + (value - low) * scale

    at = 0.0
    for place, reason in enumerate(rows):
        y = top + place * ROW
        start, end = sorted((across(at), across(at + reason.weight)))
        colour = STAYS if reason.weight > 0 else GOES
        drawing.text(12, y + 13, shortened(reason.evidence, 40), size=12)
        drawing.text(310, y + 13, f"{reason.weight:+.2f}", size=12, colour=colour, anchor="end")
        drawing.bar(start, y + 4, max(1.0, end - start), ROW - 8, colour)
        at += reason.weight
    bottom = top + ROW * len(rows)
    drawing.line((across(0), top), (across(0), bottom + 6), GREY)
    drawing.text(across(0), bottom + 20, "0", size=11, colour=GREY, anchor="middle")
    drawing.line((across(odds), top), (across(odds), bottom + 6), INK)
    sum_text = f"{odds:.1f}: a score of {score:.3f}"
    drawing.text(across(odds), bottom + 20, sum_text, size=12, anchor="end", bold=True)
    return drawing.svg()


# The threshold ---------------------------------------------------------------------------------

THRESHOLDS = np.linspace(0.02, 0.98, 49)


def thresholds() -> str:
    """Draw what of the pages in HTML stays at each threshold, in precision and recall of words."""
    pages = [blocks_of(file.parent.name) for file in sorted(CORPUS.glob("*/page.html"))]
    body = np.concatenate([page.is_body for page in pages])
    words = np.concatenate([page.words for page in pages])
    scores = np.concatenate([page.decision.body for page in pages])
    quoted = np.concatenate([page.decision.quoted for page in pages])
    precision, recall = [], []
    for threshold in THRESHOLDS:
        kept = (scores >= threshold) | quoted
        right = words[kept & body].sum()
        precision.append(float(right / words[kept].sum()))
        recall.append(float(right / words[body].sum()))

    left, top, width, height = 60, 30, WIDTH - 190, 250
    least = np.floor(min(*precision, *recall) * 5) / 5
    drawing = Drawing(WIDTH, top + height + 56, "Precision and recall by threshold")

    def place(threshold: float, share: float) -> tuple[float, float]:
        return left + threshold * width, top + height * (1 - (share - least) / (1 - least))

    drawing.bar(left, top, width, height, FAINT)
    for share in np.arange(least, 1.1, 0.2).tolist():
        y = place(0, share)[1]
        drawing.line((left, y), (left + width, y), PAPER)
        drawing.text(left - 8, y + 4, f"{share:.1f}", size=11, colour=GREY, anchor="end")
    for threshold in (0, 0.25, 0.5, 0.75, 1):
        x = place(threshold, 1)[0]
        drawing.text(x, top + height + 18, f"{threshold:g}", size=11, colour=GREY, anchor="middle")
    drawing.line((place(0.5, 1)[0], top), (place(0.5, 1)[0], top + height), GREY)
    drawing.text(left + width / 2, top + height + 40, "threshold", size=12, anchor="middle")
    for name, shares, colour in (
        ("precision: of what stays, is body", precision, STAYS),
        ("recall: of the body, stays", recall, QUOTED),
    ):
        drawing.path(list(map(place, THRESHOLDS.tolist(), shares)), colour)
        x, y = place(float(THRESHOLDS[-1]), shares[-1])
        first, second = name.split(": ")
        drawing.text(x + 20, y + 2, first, size=12, colour=colour, bold=True)
        drawing.text(x + 20, y + 16, second, size=10, colour=GREY)
    return drawing.svg()


PICTURES: dict[str, Callable[[], str]] = {
    "stages": stages,
    "scores-text": functools.partial(scores_of, TEXT_PAGE),
    "scores-html": functools.partial(scores_of, HTML_PAGE),
    "looks": looks,
    "reasons": reasons,
    "thresholds": thresholds,
}
