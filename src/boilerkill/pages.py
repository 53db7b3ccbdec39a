"""The decide stage for HTML: which blocks of a page are its body, and what the others are.

What stays is then a text like any other, and goes the way of one: `boilerkill.decide` takes out
what its words alone tell, until nothing changes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.attribution import in_order, least_of_page
from boilerkill.cut import least_odds
from boilerkill.decide import needed_spans, overlaps
from boilerkill.details import Details
from boilerkill.document import Kind, Reason
from boilerkill.kinds import kind_evidence, tell_kinds
from boilerkill.lists import shared_in_lists
from boilerkill.measure import Evidence, measure
from boilerkill.measure.groups import Groups
from boilerkill.measure.markup import FEATURES, PROSE_LINKS, measure_markup
from boilerkill.options import Options
from boilerkill.quoting import Span, quoted_spans
from boilerkill.read.formats import as_text
from boilerkill.read.html import Page, read_html
from boilerkill.read.tags import HEADINGS, TAGS, bit_of
from boilerkill.reading import Memory, Reading
from boilerkill.render import render
from boilerkill.score import score
from boilerkill.stacked import StackedTrees, Verdict, shipped_stacked

__all__ = ["PageDecision", "decide_page"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# The title stands above the body, and looks like a heading in it: it must be so much more likely.
TITLE_DOUBT = 2.0

# Below an article of so many words, what readers wrote must be so much more likely to be body than
# on a page, such as a forum's, that consists of it.
COMMENT_DOUBT = 2.0
ARTICLE_WORDS = 100

# Forms that hold so much of a page's prose are wrapped around the page.
PROSE_OF_NO_FORM = 0.3

# Of a page with so many characters, what was looked up to measure it is not held any longer: it is
# looked up anew where it is asked for, as few ask for it.
LARGE = 1 << 18

# In code, quotation marks stand behind any sign (`a="b"`), where they open nothing in prose: so
# many of them are taken for a quotation.
A_PAIR = 2


@dataclass(frozen=True)
class PageDecision:
    """What was decided of a page's blocks; it reads like a `Decision` of a text.

    Attributes:
        page: The page.
        evidence: What its text says.
        groups: Its containers.
        verdict: What the trees say.
        options: What the user chose.
    """

    page: Page
    evidence: Evidence
    groups: Groups
    verdict: Verdict
    options: Options

    @property
    def odds(self) -> Floats:
        """The log-odds that each segment is body; (segments,)."""
        return self.verdict.odds

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
        """The log-odds, with the title's and readers' comments' lowered; (segments,)."""
        odds = self._shared - COMMENT_DOUBT * self._comments_doubted
        if self.page.heading >= 0:
            odds[self.page.heading] -= TITLE_DOUBT
        return odds

    @functools.cached_property
    def _shared(self) -> Floats:
        """The log-odds, those of a list's items shared; (segments,)."""
        return shared_in_lists(self.page, self.odds, self.evidence.shape.words)

    @functools.cached_property
    def _comments_doubted(self) -> Bools:
        """Which segments are in what is called comments, below an article; (segments,)."""
        article = self._expected_words[~self._in_comments].sum() >= ARTICLE_WORDS
        return np.asarray(self._in_comments & article)

    @property
    def _expected_words(self) -> Floats:
        """How many words of each segment are likely to be body; (segments,)."""
        return np.asarray(self.evidence.shape.words / (1 + np.exp(-self.odds)))

    @functools.cached_property
    def _in_comments(self) -> Bools:
        """Which segments are in what is called comments; (segments,)."""
        return np.array([bool(bits & _COMMENT) for bits in self._around], dtype=bool)

    @functools.cached_property
    def body(self) -> Floats:
        """The score of each segment: 0.5 is the least of this page's body; (segments,)."""
        return np.asarray(1 / (1 + np.exp(self.least - self._doubted)))

    @property
    def _body(self) -> Bools:
        return np.asarray(self.body >= self.options.threshold)

    @functools.cached_property
    def kept(self) -> Bools:
        """Whether each segment stays; (segments,)."""
        kept = self._body | self.quoted
        if self.options.keep:
            kept |= np.array([kind in self.options.keep for kind in self.kinds], dtype=bool)
        return np.asarray(kept)

    @functools.cached_property
    def quoted(self) -> Bools:
        """Whether each segment must stay for what it quotes, or is body that quotes; (segments,).

        What is a link elsewhere, or in a menu or form, may go; of what says the same, one stays.
        """
        needed = list(needed_spans(self.reading, self._spans, self._body, self._protected))
        must_stay = overlaps(self.reading, needed) | self._marked_once
        return np.asarray(self.quotes & (self._body | must_stay))

    @functools.cached_property
    def quotes(self) -> Bools:
        """Whether each segment quotes what must stay, be it kept elsewhere or not; (segments,)."""
        quotes = overlaps(self.reading, self._spans) | self._marked
        return np.asarray(quotes & self._protected)

    @functools.cached_property
    def _spans(self) -> list[Span]:
        return quoted_spans(self.reading.text)

    @functools.cached_property
    def _marked(self) -> Bools:
        """Whether the markup alone says of each segment that it quotes; (segments,)."""
        blocks, around = self.page.blocks, self._around
        return np.array(
            [
                block.quoted or (bool(bits & _CODE) and block.text.count('"') >= A_PAIR)
                for block, bits in zip(blocks, around, strict=True)
            ],
            dtype=bool,
        )

    @property
    def _marked_once(self) -> Bools:
        """Which of these must stay, as no other segment that stays says the same; (segments,)."""
        marked, texts, body = self._marked & self._protected, self.reading.segments, self._body
        if not marked.any():
            return marked
        said = {texts[number] for number in np.flatnonzero(body).tolist()}
        for number in np.flatnonzero(marked & ~body).tolist():
            marked[number] = texts[number] not in said
            said.add(texts[number])
        return marked

    @functools.cached_property
    def _protected(self) -> Bools:
        """Which segments stay if they quote: no links elsewhere, menus and forms; (segments,)."""
        blocks = self.page.blocks
        elsewhere = np.array([block.linked > 0 and not block.beside_links for block in blocks])
        return np.asarray(~elsewhere.astype(bool) & ~self._chrome)

    @functools.cached_property
    def _around(self) -> list[int]:
        """The bits around each block; see `Container`."""
        return [self.page.containers[block.container].around for block in self.page.blocks]

    @property
    def _chrome(self) -> Bools:
        """Which blocks are in menus and forms; (segments,).

        Some systems wrap the whole page in one form; a form that holds much of the prose is none.
        """
        menus = np.array([bool(bits & _MENU) for bits in self._around], dtype=bool)
        forms = np.array([bool(bits & _FORM) for bits in self._around], dtype=bool)
        linked = self._measured[:, _LINK_DENSITY]
        sentence = self.evidence.context.sentence & (linked < PROSE_LINKS)
        prose = self.evidence.shape.words * sentence
        if prose[forms].sum() >= PROSE_OF_NO_FORM * max(int(prose.sum()), 1):
            return menus
        return np.asarray(menus | forms)

    @functools.cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each segment."""
        body = self._body
        words = self.evidence_kinds
        table = kind_evidence(self.page, self.groups, self._measured, words)
        kinds = np.empty(len(body), dtype=object)
        kinds[~body] = tell_kinds(table[~body])
        kinds[body] = [self._kind_of_body(number) for number in np.flatnonzero(body).tolist()]
        if self.page.heading >= 0 and not body[self.page.heading]:
            kinds[self.page.heading] = Kind.TITLE
        return tuple(kinds.tolist())

    def _kind_of_body(self, number: int) -> Kind:
        tag = self.page.containers[self.page.blocks[number].container].tag
        heading = 0 <= tag < len(TAGS) and TAGS[tag] in HEADINGS
        return Kind.HEADING if heading else Kind.BODY

    @functools.cached_property
    def evidence_kinds(self) -> tuple[Kind | None, ...]:
        """The kinds that the words of the segments tell."""
        scores = score(self.evidence)
        return tuple(scores.kind(number) for number in range(len(self.reading)))

    @property
    def _measured(self) -> npt.NDArray[np.float32]:
        """What was measured of each segment, before the first verdict; (segments, columns)."""
        return self.verdict.table[:, -len(FEATURES) :]

    def score(self, number: int) -> float:
        """Return the score of a segment: the probability that it is body."""
        return float(self.body[number])

    @functools.cached_property
    def _details(self) -> Details:
        return Details(self.reading, self.evidence)

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """Return what made a segment's score, heaviest first."""
        made = self.verdict.made(number) | least_of_page(self.least)
        if self._shared[number] != self.odds[number]:
            made["rest of the list", 1.0] = float(self._shared[number] - self.odds[number])
        if self._comments_doubted[number]:
            made["doubt of comments", 1.0] = -COMMENT_DOUBT
        if number == self.page.heading:
            made["doubt of a title", 1.0] = -TITLE_DOUBT
        return in_order(self._details.reasons(number, made))

    def quotes_without_marks(self) -> Iterator[str]:
        """Yield the segments that the markup alone says are quoted, and that must stay."""
        for number in np.flatnonzero(self.quoted).tolist():
            if self.page.blocks[number].quoted:
                yield self.reading.segment(number)

    def repeated_quotes(self) -> Iterator[str]:
        """Yield those that need not stay, as others say the same."""
        for number in np.flatnonzero(self._marked & self.quotes & ~self.quoted).tolist():
            if self.page.blocks[number].quoted:
                yield self.reading.segment(number)

    def render(self) -> str:
        """Return the text of what stays, as what nobody takes for HTML again."""
        return as_text(render(self.reading, self.kept))


def decide_page(
    html: str, options: Options, trees: StackedTrees | None = None, *, marks_quotes: bool = False
) -> PageDecision:
    """Decide which blocks of a page stay.

    Args:
        html: The page, or a fragment of one.
        options: What the user chose.
        trees: The trees to use; those that boilerkill ships by default.
        marks_quotes: As in `read_html`.
    """
    page = read_html(html, marks_quotes=marks_quotes, memory=Memory(options.book))
    evidence, groups = measure(page.reading), Groups(page)
    if len(page.reading.text) >= LARGE:
        page.reading.source.forget()
    table = measure_markup(page, evidence, groups)
    trees = shipped_stacked("trees") if trees is None else trees
    verdict = trees.verdict(table, evidence.shape.words, groups)
    return PageDecision(page, evidence, groups, verdict, options)


_LINK_DENSITY = FEATURES.index("link density")


_MENU = bit_of("nav")
_FORM = bit_of("form")
_CODE = bit_of("pre")
_COMMENT = bit_of("comment")
