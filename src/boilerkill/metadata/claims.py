"""What a page claims of itself, and where it does: the raw material of titles and bylines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["PIECE", "Claim", "Claims"]

# Between the texts of the elements that one claim is read from.
PIECE = "\x1f"

# No name, date or title is longer.
LONGEST = 600


@dataclass(frozen=True)
class Claim:
    """A text that a page gives for something.

    Attributes:
        source: Where it stands, such as ``meta.author``; the sources are the keys of
            ``weights.json``.
        text: What stands there, without markup.
        group: What tells the elements apart that stand side by side and make one list.
    """

    source: str
    text: str
    group: str = ""


@dataclass
class Claims:
    """All claims of a page, in its order.

    Attributes:
        authors: Who wrote it.
        published: When it was published.
        updated: When it was last changed.
        titles: What it is called.
        sites: What its site or publisher is called.
        types: What it is, in lower case: ``newsarticle``, ``product``, ``website``.
        language: The language it says it is in, as it says it: ``en-GB``.
    """

    authors: list[Claim] = field(default_factory=list)
    published: list[Claim] = field(default_factory=list)
    updated: list[Claim] = field(default_factory=list)
    titles: list[Claim] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    language: str = ""

    def add(self, what: str, source: str, text: object, group: str = "") -> None:
        """Add a claim, if it is a text of a sensible length.

        Args:
            what: The attribute that it belongs to.
            source: Where it stands.
            text: What stands there.
            group: The list that it is in, if elements beside it may be so, too.
        """
        if isinstance(text, str) and 0 < len(text) <= LONGEST and text.strip():
            claims: list[Claim] = getattr(self, what)
            pieces = (" ".join(piece.split()) for piece in text.split(PIECE))
            claims.append(Claim(source, PIECE.join(pieces), group))

    def texts(self, what: str, *sources: str) -> Iterator[str]:
        """Yield the texts that some sources claim."""
        claims: list[Claim] = getattr(self, what)
        for source in sources:
            yield from (claim.text for claim in claims if claim.source == source)
