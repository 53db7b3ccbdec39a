"""The public types: what `separate` returns."""

from __future__ import annotations

import enum
import functools
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from boilerkill.plain_words import describe, verdict_in_words

__all__ = ["Byline", "Document", "Explanation", "Kind", "Reason", "Segment"]


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
        detail: What it was seen in, such as a phrase and its language.
    """

    evidence: str
    value: float
    weight: float
    detail: str = ""

    @property
    def words(self) -> str:
        """The evidence in plain words.

        >>> Reason("link density", 0.62, -1.3).words
        '62 % of its characters are links'
        """
        return describe(self.evidence, self.value, self.detail)


@dataclass(frozen=True)
class Segment:
    """A paragraph, a line, or a part of a line.

    Attributes:
        text: The segment as it stands in the normalised input.
        kind: What it was taken for.
        score: The probability (0..1) that it belongs to the body, by its evidence alone.
        kept: Whether it stands in the cleaned text.
        quoted: Whether it holds a quotation, and is kept for that whatever its score.
    """

    text: str
    kind: Kind
    score: float
    kept: bool
    quoted: bool
    _read_reasons: Callable[[], tuple[Reason, ...]] = field(
        default=tuple, repr=False, compare=False
    )

    @functools.cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What made the score, heaviest first; worked out when first asked for.

        The weights add up to the log-odds. Among the reasons is what every segment starts from,
        and what a page asks of all of its segments.
        """
        return self._read_reasons()

    def __getstate__(self) -> dict[str, Any]:
        """Return the state with the reasons worked out, since how to do so can't be pickled."""
        return {**vars(self), "_read_reasons": tuple, "reasons": self.reasons}

    @property
    def log_odds(self) -> float:
        """The log-odds that it belongs to the body: the sum of the weights of the reasons."""
        return math.fsum(reason.weight for reason in self.reasons)


@dataclass(frozen=True)
class Explanation:
    """Why a segment stays or goes.

    Attributes:
        segment: The segment, with its score and its reasons.
        verdict: What decided: "body" (its score is high enough), "quoted" (it holds a quotation,
            and has too low a score without), "asked" (its kind is one of `keep`), "unsettled" (the
            text is left as it was, since what would be left of it never settles), or "gone".
    """

    segment: Segment
    verdict: str

    @property
    def words(self) -> str:
        """The verdict in plain words.

        >>> Explanation(Segment("Share", Kind.SHARE, 0.1, False, False), "gone").words
        'goes: a share bar'
        """
        return verdict_in_words(self.verdict, self.segment.kind.value)

    def __str__(self) -> str:
        """Return the segment's text, the verdict and every reason, a line each."""
        lines = [self.segment.text, f"    {self.words} (score {self.segment.score:.2f})"]
        lines += [f"    {reason.weight:+6.2f}  {reason.words}" for reason in self.segment.reasons]
        return "\n".join(lines)


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
    _threshold: float = field(default=0.5, repr=False, compare=False)
    _keep: frozenset[Kind] = field(default=frozenset(), repr=False, compare=False)

    @functools.cached_property
    def title(self) -> str | None:
        """The title, where the document has one; worked out when first asked for."""
        return self._read_title()

    @functools.cached_property
    def byline(self) -> Byline:
        """The authors and dates; worked out when first asked for."""
        return self._read_byline()

    def __getstate__(self) -> dict[str, Any]:
        """Return the state with title and byline worked out, which takes the whole source."""
        told = {"title": self.title, "byline": self.byline}
        return {**vars(self), "_read_title": _no_title, "_read_byline": Byline, **told}

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

    def explain(self) -> list[Explanation]:
        r"""Return why each segment stays or goes, in order; printed, in plain words.

        >>> from boilerkill import separate
        >>> print(separate("Rain ended the drought.\n\nLeave a Reply").explain()[1])
        Leave a Reply
            goes: a comment form (score 0.00)
            -10.00  looks like a comment form: 'Leave a Reply' (en)
             +3.00  where every segment starts
        """
        return [Explanation(segment, self._verdict(segment)) for segment in self.segments]

    def to_dict(self) -> dict[str, Any]:
        r"""Return the document as plain data, which JSON can hold: title and byline worked out.

        The reasons of segments are left out; see `explain`.

        >>> import json
        >>> from boilerkill import separate
        >>> document = separate("Rain ended the drought.\n\nBy Ann Lee")
        >>> print(json.dumps(document.to_dict(), indent=1))  # doctest: +ELLIPSIS
        {
         "text": "Rain ended the drought.",
         "title": null,
         "byline": {
          "authors": [
           "Ann Lee"
          ],
          "published": null,
          "updated": null
         },
         "segments": [
          {
           "text": "Rain ended the drought.",
           "kind": "BODY",
           "score": 0.9...,
           "kept": true,
           "quoted": false
          },
        ...
        """
        return {
            "text": self.text,
            "title": self.title,
            "byline": asdict(self.byline),
            "segments": [
                {
                    "text": segment.text,
                    "kind": segment.kind.value,
                    "score": segment.score,
                    "kept": segment.kept,
                    "quoted": segment.quoted,
                }
                for segment in self.segments
            ],
        }

    def _verdict(self, segment: Segment) -> str:
        if not segment.kept:
            return "gone"
        if segment.score >= self._threshold:
            return "body"
        if segment.quoted:
            return "quoted"
        return "asked" if segment.kind in self._keep else "unsettled"
