"""The public types: what `separate` returns."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Byline", "Document", "Kind", "Reason", "Segment"]


class Kind(str, enum.Enum):
    """What a segment of a page is."""

    BODY = "BODY"
    HEADING = "HEADING"
    TITLE = "TITLE"
    CAPTION = "CAPTION"
    BYLINE = "BYLINE"
    COMMENT_FORM = "COMMENT_FORM"
    COMMENT = "COMMENT"
    LINK_FOOTER = "LINK_FOOTER"
    NAVIGATION = "NAVIGATION"
    SHARE = "SHARE"
    RELATED = "RELATED"
    PROMOTION = "PROMOTION"
    NOTICE = "NOTICE"
    OTHER = "OTHER"

    def __str__(self) -> str:
        """Return the name alone."""
        return self.value


@dataclass(frozen=True)
class Reason:
    """One piece of evidence for or against a segment being body.

    Attributes:
        evidence: The name of the evidence.
        value: What was measured, mostly 0 to 1.
        weight: What it adds to the log-odds of "this is body": below 0 speaks for boilerplate.
    """

    evidence: str
    value: float
    weight: float


@dataclass(frozen=True)
class Segment:
    """A paragraph, a line, or a part of a line.

    Attributes:
        text: The segment as it stands in the normalised input.
        kind: What it was taken for.
        score: The probability (0..1) that it belongs to the body, by its evidence alone.
        kept: Whether it stands in the cleaned text.
        quoted: Whether it holds a quotation, and is kept for that whatever its score.
        reasons: The evidence that made the score, heaviest first.
    """

    text: str
    kind: Kind
    score: float
    kept: bool
    quoted: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Byline:
    """Who wrote a document and when, as it says: a text in its lines, a page in its metadata, too.

    Attributes:
        authors: Names, in the order of the page.
        published: ISO 8601 date (``2024-05-31``, with ``T14:05`` where a time is given, and
            ``+02:00`` where its zone is).
        updated: The same, for the last change.
    """

    authors: list[str] = field(default_factory=list)
    published: str | None = None
    updated: str | None = None


def _no_title() -> None:
    return None


@dataclass(frozen=True)
class Document:
    """A scraped document, taken apart.

    Attributes:
        text: The cleaned text, equal to what `clean` returns.
        segments: Every segment of the input in its order, kept or not.
    """

    text: str
    segments: tuple[Segment, ...]
    _read_title: Callable[[], str | None] = field(default=_no_title, repr=False, compare=False)
    _read_byline: Callable[[], Byline] = field(default=Byline, repr=False, compare=False)

    @functools.cached_property
    def title(self) -> str | None:
        """The title, where the document has one; worked out when first asked for."""
        return self._read_title()

    @functools.cached_property
    def byline(self) -> Byline:
        """The authors and dates; worked out when first asked for."""
        return self._read_byline()

    def only(self, kind: Kind | str) -> list[Segment]:
        r"""Return the segments of one kind, in order.

        Args:
            kind: A `Kind` or its name.

        Raises:
            ValueError: If `kind` names no kind.

        >>> from boilerkill import separate
        >>> document = separate("Rain ended the drought.\n\nBy Ann Lee\n\nLeave a Reply")
        >>> [segment.text for segment in document.only("COMMENT_FORM")]
        ['Leave a Reply']
        """
        wanted = Kind(kind)
        return [segment for segment in self.segments if segment.kind is wanted]
