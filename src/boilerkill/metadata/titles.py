"""The title of a page: what its head, its data and its heading agree on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from boilerkill.canonical import canonical_text
from boilerkill.metadata.claims import LONGEST, Claims
from boilerkill.metadata.sources import TITLE_WEIGHTS

__all__ = ["choose_title", "without_site"]

# What stands between a title and the name of the site.
_SEPARATOR = re.compile(r"\s+[|｜–—\-·•:»«/~]+\s+|\s*[|｜]\s*|\s+::\s+|:\s+(?=\S+$)")


def choose_title(claims: Claims, heading: str | None) -> str | None:
    """Return what a page is called, without the name of its site.

    Args:
        claims: What the page claims.
        heading: Its heading as a reader sees it, if it has one; no title is longer than a claim.

    >>> claims = Claims(sites=["The Harbour Post"])
    >>> claims.add("titles", "title", "Rain at last | The Harbour Post")
    >>> claims.add("titles", "meta.og:title", "Rain at last")
    >>> choose_title(claims, None)
    'Rain at last'
    """
    told = [(claim.source, claim.text) for claim in claims.titles]
    if heading and heading.strip() and len(heading) <= LONGEST:
        told = [("h1", heading), *((source, text) for source, text in told if source != "h1")]
    sites = [_key(site) for site in claims.sites]
    lines = [(source, " ".join(html.unescape(text).split())) for source, text in told]
    cleaned = [(source, without_site(line, sites)) for source, line in lines]
    others = {_key(text) for _, text in cleaned}
    votes: dict[str, float] = {}
    texts: dict[str, tuple[float, str]] = {}
    counted: set[tuple[str, str]] = set()
    for source, long_text in cleaned:
        weight = TITLE_WEIGHTS.get(source, TITLE_WEIGHTS["other"])
        text = _longest_known(long_text, others)
        key = _key(text)
        if not key or (source, key) in counted:
            continue
        counted.add((source, key))
        votes[key] = votes.get(key, 0.0) + (weight if key not in sites else weight / SITE_DISCOUNT)
        if weight > texts.get(key, (0.0, ""))[0]:
            texts[key] = (weight, text)
    if not votes:
        return None
    return texts[max(votes, key=lambda key: votes[key])][1]


# A title that is the site's name counts so many times less.
SITE_DISCOUNT = 4


def without_site(title: str, sites: Iterable[str]) -> str:
    """Return a title without the name of the site before or behind it.

    >>> without_site("Rain at last - The Harbour Post", ["theharbourpost"])
    'Rain at last'
    """
    known = set(sites)
    while rest := _without_one(title, known):
        title = rest
    return title


def _without_one(title: str, sites: set[str]) -> str:
    """Return a title without the name of a site at one of its ends, or nothing if none is there."""
    for rest, part in _cuts(title):
        if rest and _key(part) in sites and _key(rest) not in sites:
            return rest
    return ""


def _longest_known(title: str, others: set[str]) -> str:
    """Return the longest part of a title, cut at a separator, that is a title elsewhere.

    A part that begins the title goes before those that end it.
    """
    for rest, _ in _cuts(title):
        if _key(rest) in others and len(rest.split()) >= LEAST_WORDS:
            return rest
    return title


# A shorter part of a title is rather a section of the site than the title.
LEAST_WORDS = 2
# A title is cut at so many separators at most.
MOST_CUTS = 8


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """Yield what is left of a title and what goes, for each separator: the last one first."""
    found = list(islice(_SEPARATOR.finditer(title), MOST_CUTS))
    for match in reversed(found):
        yield title[: match.start()].strip(), title[match.end() :].strip()
    for match in found:
        yield title[match.end() :].strip(), title[: match.start()].strip()


def _key(text: str) -> str:
    return "".join(char for char in canonical_text(text) if char.isalnum())
