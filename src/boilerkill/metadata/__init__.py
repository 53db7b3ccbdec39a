"""Title, authors and dates of a page, from what it shows and what its metadata says."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from boilerkill.byline import read_byline
from boilerkill.document import Byline
from boilerkill.metadata.choose import choose_authors
from boilerkill.metadata.claims import Claim, Claims
from boilerkill.metadata.dates import (
    choose_published,
    choose_updated,
    is_month_first,
    is_supported,
)
from boilerkill.metadata.evidence import Candidate, find_candidates
from boilerkill.metadata.markup import collect_claims
from boilerkill.metadata.second_opinion import Opinion, ask_trafilatura
from boilerkill.metadata.titles import choose_title
from boilerkill.normalization import normalize
from boilerkill.phrasebook import Phrasebook
from boilerkill.read.encoding import decode_html
from boilerkill.read.limits import within_limits

__all__ = ["Metadata"]


@dataclass(frozen=True)
class Metadata:
    """What a page says of itself; each part is worked out when it is asked for.

    Attributes:
        source: The page in HTML, as it came.
        heading: Its heading as a reader sees it, if it has one.
        lines: Its lines that are bylines.
        book: The phrases that tell what they say; by default those that boilerkill ships.

    >>> page = '<h1>Rain</h1><p>By <a rel="author" href="/ann">Ann Lee</a>, 31 May 2024</p>'
    >>> Metadata(page, "Rain", ["By Ann Lee, 31 May 2024"]).byline
    Byline(authors=['Ann Lee'], published='2024-05-31', updated=None)
    """

    source: str | bytes
    heading: str | None = None
    lines: Sequence[str] = ()
    book: Phrasebook | None = None

    @functools.cached_property
    def html(self) -> str:
        """The page as text, without what would take too long."""
        return within_limits(decode_html(self.source))

    @functools.cached_property
    def claims(self) -> Claims:
        """What the page claims in its markup."""
        return collect_claims(self.html)

    @functools.cached_property
    def title(self) -> str | None:
        """What the page is called."""
        title = choose_title(self.claims, self.heading)
        return title and (" ".join(normalize(title).split()) or None)

    @functools.cached_property
    def shown(self) -> Byline:
        """What its bylines say."""
        return read_byline(self.lines, self.book, month_first=self.month_first)

    @property
    def month_first(self) -> bool:
        """Whether it may write dates as Americans do."""
        return is_month_first(self.claims.language)

    @functools.cached_property
    def opinion(self) -> Opinion:
        """What trafilatura says of it."""
        return ask_trafilatura(self.html)

    @functools.cached_property
    def candidates(self) -> list[Candidate]:
        """The names that may be its authors', with what speaks for each."""
        shown = _by_line(self.shown.authors, self.lines)
        return find_candidates(self.claims, shown, self.opinion.authors, self.book)

    @functools.cached_property
    def byline(self) -> Byline:
        """Who wrote the page and when."""
        claimed = [*self.claims.published, *_claims("shown", self.shown.published)]
        changed = [*self.claims.updated, *_claims("shown", self.shown.updated)]
        month_first = self.month_first
        published = choose_published(claimed, month_first=month_first)
        updated = choose_updated(changed, published, month_first=month_first)
        if published is None:
            # A page may only say when it was changed, or say it in a box beside the article; what
            # nothing on it says is made up.
            beside = [claim for claim in claimed if claim.source.endswith(".elsewhere")]
            if is_supported(self.opinion.date, [*changed, *beside], month_first=month_first):
                published = self.opinion.date
            elif self.opinion.date is None:
                published = updated
        names = [" ".join(normalize(name).split()) for name in choose_authors(self.candidates)]
        return Byline([name for name in names if name], published, updated)


def _by_line(names: Sequence[str], lines: Sequence[str]) -> list[list[str]]:
    """Return the names that stand in each line: each in the first that has it, or by itself."""
    texts = [" ".join(line.split()) for line in lines]
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(next((text for text in texts if name in text), name), []).append(name)
    return list(found.values())


def _claims(source: str, text: str | None) -> list[Claim]:
    return [] if text is None else [Claim(source, text)]
