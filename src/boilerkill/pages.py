"""The decide stage for HTML: which blocks of a page are its body, and what the others are.

What stays is then a text like any other, and goes the way of one: `boilerkill.decide` takes out
what its words alone tell, until nothing changes.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.attribution import Attribution, in_order, least_reason
from boilerkill.cut import least_odds
from boilerkill.decide import Options, overlaps
from boilerkill.details import Details
from boilerkill.document import Kind, Reason
from boilerkill.measure import Evidence, measure
from boilerkill.measure.markup import FEATURES, PROSE_LINKS, measure_markup
from boilerkill.quoting import quoted_spans
from boilerkill.read.formats import as_text
from boilerkill.read.html import Page, read_html
from boilerkill.read.tags import HEADINGS, TAGS, bit_of
from boilerkill.reading import Reading
from boilerkill.render import render
from boilerkill.score import score
from boilerkill.trees import Trees, shipped_trees

__all__ = ["PageDecision", "decide_page"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# The title stands above the body, and looks like a heading in it: it must be so much more likely.
TITLE_DOUBT = 2.0

# Forms that hold so much of a page's prose are wrapped around the page.
PROSE_OF_NO_FORM = 0.3

# In code, quotation marks stand behind any sign (`a="b"`), where they open nothing in prose: so
# many of them are taken for a quotation.
A_PAIR = 2

# The kind of a block that goes, by the tags and classes of its container and, where its words tell
# none either, of those around that: the first that fits. Several in one must all be there.
KINDS_AROUND: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.NOTICE, ("cookie", "copyright")),
    (Kind.COMMENT_FORM, ("form comment", "form reply", "button comment", "button reply")),
    (Kind.COMMENT, ("comment", "reply")),
    (Kind.CAPTION, ("figcaption", "caption")),
    (Kind.BYLINE, ("author", "byline", "address")),
    (Kind.SHARE, ("share", "social")),
    (Kind.RELATED, ("related", "recommended", "teaser", "popular", "latest")),
    (Kind.PROMOTION, ("newsletter", "promo", "ad", "paywall")),
    (Kind.NAVIGATION, ("nav", "menu", "breadcrumb", "pagination", "tag", "category")),
)

# A block of which nothing tells the kind is of that of most others in the same container, looked
# for in so many of those around it.
KIND_LEVELS = 4
UNTOLD = frozenset((Kind.BODY, Kind.HEADING, Kind.TITLE, Kind.OTHER))


@dataclass(frozen=True)
class PageDecision:
    """What was decided of a page's blocks; it reads like a `Decision` of a text.

    Attributes:
        page: The page.
        evidence: What its text says.
        table: What was measured; (segments, features).
        odds: The log-odds that each is body; (segments,).
        options: What the user chose.
        trees: The trees that were asked.
    """

    page: Page
    evidence: Evidence
    table: npt.NDArray[np.float32]
    odds: Floats
    options: Options
    trees: Trees

    @property
    def reading(self) -> Reading:
        """The segments."""
        return self.page.reading

    @functools.cached_property
    def least(self) -> float:
        """The least log-odds of the body of this page; see `least_odds`."""
        return least_odds(self._doubted, self.evidence.shape.words)

    @functools.cached_property
    def _doubted(self) -> Floats:
        """The log-odds, with the title's lowered; (segments,)."""
        odds = self.odds.copy()
        if self.page.heading >= 0:
            odds[self.page.heading] -= TITLE_DOUBT
        return odds

    @functools.cached_property
    def body(self) -> Floats:
        """The score of each segment: 0.5 is the least of this page's body; (segments,)."""
        return np.asarray(1 / (1 + np.exp(self.least - self._doubted)))

    @functools.cached_property
    def kept(self) -> Bools:
        """Whether each segment stays; (segments,)."""
        kept = (self.body >= self.options.threshold) | self.quoted
        if self.options.keep:
            kept |= np.array([kind in self.options.keep for kind in self.kinds], dtype=bool)
        return np.asarray(kept)

    @functools.cached_property
    def quoted(self) -> Bools:
        """Whether each segment quotes someone, and is no link elsewhere, menu or form."""
        quoted = overlaps(self.reading, quoted_spans(self.reading.text))
        blocks = self.page.blocks
        around = [self.page.containers[block.container].around for block in blocks]
        quoted |= np.array(
            [
                block.quoted or (bool(bits & _CODE) and block.text.count('"') >= A_PAIR)
                for block, bits in zip(blocks, around, strict=True)
            ],
            dtype=bool,
        )
        elsewhere = np.array([block.linked > 0 and not block.beside_links for block in blocks])
        return np.asarray(quoted & ~elsewhere.astype(bool) & ~self._chrome(around))

    def _chrome(self, around: list[int]) -> Bools:
        """Tell which blocks are in menus, buttons and forms, given the bits around each.

        Some systems wrap the whole page in one form; a form that holds much of the prose is none.
        """
        menus = np.array([bool(bits & _MENUS) for bits in around], dtype=bool)
        forms = np.array([bool(bits & _FORM) for bits in around], dtype=bool)
        linked = self.table[:, FEATURES.index("link density")]
        sentence = self.evidence.context.sentence & (linked < PROSE_LINKS)
        prose = self.evidence.shape.words * sentence
        if prose[forms].sum() >= PROSE_OF_NO_FORM * max(int(prose.sum()), 1):
            return menus
        return np.asarray(menus | forms)

    @functools.cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each segment: what tells it, or else that of most others around it."""
        told = list(map(self._kind, range(len(self.reading))))
        inside: dict[int, Counter[Kind]] = defaultdict(Counter)
        for number, kind in enumerate(told):
            if kind not in UNTOLD:
                for container in self._containers(number):
                    inside[container][kind] += 1
        for number, kind in enumerate(told):
            if kind is Kind.OTHER:
                groups = (inside[c] for c in self._containers(number) if c in inside)
                told[number] = next((group.most_common(1)[0][0] for group in groups), kind)
        return tuple(told)

    def _containers(self, number: int) -> Iterator[int]:
        """Yield the containers of a segment, from the inside out, as far as they tell kinds."""
        container = self.page.blocks[number].container
        for _ in range(KIND_LEVELS):
            if container <= 0:
                return
            yield container
            container = self.page.containers[container].parent

    def _kind(self, number: int) -> Kind:
        container = self.page.containers[self.page.blocks[number].container]
        heading = 0 <= container.tag < len(TAGS) and TAGS[container.tag] in HEADINGS
        if self.body[number] >= self.options.threshold:
            return Kind.HEADING if heading else Kind.BODY
        if number == self.page.heading:
            return Kind.TITLE
        own = _kind_of(container.own) or self.evidence_kinds[number]
        return own or _kind_of(container.around) or Kind.OTHER

    @functools.cached_property
    def evidence_kinds(self) -> tuple[Kind | None, ...]:
        """The kinds that the words of the segments tell."""
        scores = score(self.evidence)
        return tuple(scores.kind(number) for number in range(len(self.reading)))

    def score(self, number: int) -> float:
        """Return the score of a segment: the probability that it is body."""
        return float(self.body[number])

    @functools.cached_property
    def _attribution(self) -> Attribution:
        return Attribution(self.trees, self.table)

    @functools.cached_property
    def _details(self) -> Details:
        return Details(self.reading, self.evidence)

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """Return what made a segment's score, heaviest first."""
        found = [*self._attribution.of(number), *least_reason(self.least)]
        if number == self.page.heading:
            found.append(Reason("doubt of a title", 1.0, -TITLE_DOUBT))
        return in_order(self._details.add(number, found))

    def quotes_without_marks(self) -> Iterator[str]:
        """Yield the segments that the markup alone says are quoted."""
        for number in np.flatnonzero(self.quoted).tolist():
            if self.page.blocks[number].quoted:
                yield self.reading.segment(number)

    def render(self) -> str:
        """Return the text of what stays, as what nobody takes for HTML again."""
        return as_text(render(self.reading, self.kept))


def decide_page(
    html: str, options: Options, trees: Trees | None = None, *, marks_quotes: bool = False
) -> PageDecision:
    """Decide which blocks of a page stay.

    Args:
        html: The page, or a fragment of one.
        options: What the user chose.
        trees: The trees to use; those that boilerkill ships by default.
        marks_quotes: As in `read_html`.
    """
    page = read_html(html, marks_quotes=marks_quotes)
    evidence = measure(page.reading)
    table = measure_markup(page, evidence)
    trees = shipped_trees() if trees is None else trees
    return PageDecision(page, evidence, table, trees.log_odds(table), options, trees)


def _kind_of(bits: int) -> Kind | None:
    return next(
        (kind for kind, telling in _kinds_around() if any(bits & mask == mask for mask in telling)),
        None,
    )


_MENUS = bit_of("nav") | bit_of("button")
_FORM = bit_of("form")
_CODE = bit_of("pre")


@functools.cache
def _kinds_around() -> tuple[tuple[Kind, tuple[int, ...]], ...]:
    return tuple(
        (kind, tuple(functools.reduce(int.__or__, map(bit_of, names.split())) for names in telling))
        for kind, telling in KINDS_AROUND
    )
