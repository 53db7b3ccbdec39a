"""What a page says of its type: an article, a product, a thread of a forum, a list of other pages.

The body of an article is what its author wrote, of a thread what everybody did, and of a listing
the list; so the type is evidence for every block. Pages tell it to search engines and to social
networks (schema.org, Open Graph), by their address, by the software that made them, and by the
classes of `body`.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

__all__ = ["CLAIMS", "PageType", "read_page_type"]

# What pages say of themselves, each with the words for it; the words are compared in lower case.
SCHEMA_TYPES: Mapping[str, str] = {
    "news article": "newsarticle reportagenewsarticle liveblogposting analysisnewsarticle",
    "article": "article blogposting techarticle scholarlyarticle opinionnewsarticle medicalwebpage",
    "product": "product productgroup offer aggregateoffer softwareapplication vehicle",
    "discussion": "discussionforumposting socialmediaposting",
    "questions": "qapage question answer",
    "answers to questions": "faqpage",
    "list": "collectionpage itemlist searchresultspage blog offercatalog",
    "recipe": "recipe howto",
    "reviews": "review aggregaterating",
    "readers' comments": "comment usercomments",
    "business": "localbusiness organization corporation service place restaurant hotel",
    "event": "event jobposting course",
    "video": "videoobject",
}
OPEN_GRAPH: Mapping[str, str] = {
    "article": "article blog.post news",
    "website": "website blog site",
    "product": "product og:product product.item product.group",
}
# Words in the path of the address.
PATH_WORDS: Mapping[str, str] = {
    "forum": "forum forums thread threads topic topics showthread viewtopic viewforum t discussion "
    "discussions community questions question q comments board",
    "shop": "product products p dp item shop store collections buy produkt produkte produit",
    "list": "category categories tag tags archive archives topics search author page index all",
    "story": "news article articles story stories blog blogs post posts artikel nachrichten "
    "noticias actualites opinion politics sport sports business world",
    "documentation": "docs doc documentation wiki help support manual guide guides reference api "
    "tutorial tutorials learn kb",
    "service": "services service solutions about contact pricing features company careers",
}
# Words of the software that made the page.
GENERATORS: Mapping[str, str] = {
    "forum": "discourse phpbb vbulletin xenforo mybb nodebb flarum invision vanilla smf punbb",
    "shop": "woocommerce shopify magento prestashop opencart bigcommerce",
    "documentation": "mediawiki sphinx docusaurus mkdocs gitbook hugo jekyll doxygen vitepress",
    "publishing": "wordpress ghost blogger drupal joomla typo3 movable",
}
# Words in the classes of `body`.
BODY_CLASSES: Mapping[str, str] = {
    "one post": "single post postid article story node",
    "one page": "page-template pageid singular",
    "front page": "home front frontpage homepage index",
    "list": "archive category tag search blog listing collection author",
    "shop": "product shop store woocommerce catalog",
    "forum": "forum topic thread discussion question bbpress viewtopic",
}

_GROUPS = {
    "type": SCHEMA_TYPES,
    "og": OPEN_GRAPH,
    "path": PATH_WORDS,
    "made by": GENERATORS,
    "body": BODY_CLASSES,
}
# The names of all that a page can say.
CLAIMS: tuple[str, ...] = tuple(
    f"{where}: {name}" for where, groups in _GROUPS.items() for name in groups
)

# What stands before a type, and how it goes on: to look for the one is a hundred times as fast as
# to look for both.
_BEFORE_TYPE = ('"@type"', "itemtype=")
_TYPE = re.compile(r"""[\s:=\["']*(?:https?://(?:www\.)?schema\.org/)?([A-Za-z]+)""")
_PARTS = re.compile(r"[^\W_]+")
_DATED = re.compile(r"/(?:19|20)\d\d(?:[/-]\d|/)|\d{8}")
# No page needs more types of a sort.
MOST_TYPES = 200
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class PageType:
    """What a page says of its type.

    Attributes:
        claims: Those of `CLAIMS` that it says, by their place.
        depth: How many parts the path of its address has, -1 if it tells no address.
        words: How many words the last of them has.
        dated: Whether the path has a date.
    """

    claims: frozenset[int]
    depth: int
    words: int
    dated: bool


def read_page_type(tree: LexborHTMLParser, html: str) -> PageType:
    """Read what a page says of its type.

    Args:
        tree: The page, parsed.
        html: The page.

    >>> page = '<meta property="og:type" content="article"><link rel=canonical href="/news/a-b">'
    >>> found = read_page_type(LexborHTMLParser(page), page)
    >>> [CLAIMS[place] for place in sorted(found.claims)], found.depth, found.words
    (['og: article', 'path: story'], 2, 2)
    """
    said: dict[str, set[str]] = {where: set() for where in _GROUPS}
    for before in _BEFORE_TYPE:
        said["type"].update(itertools.islice(_types(html, before), MOST_TYPES))
    address = ""
    for node in tree.css("meta[property], meta[name], link[rel]"):
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        content = (attributes.get("content") or "").lower()
        if name == "og:type":
            said["og"].add(content.strip())
        elif name == "generator":
            said["made by"].update(_PARTS.findall(content[:LONGEST_ADDRESS]))
        elif name == "og:url":
            address = address or content
        elif (attributes.get("rel") or "").lower() == "canonical":
            address = attributes.get("href") or address
    if tree.body is not None:
        said["body"].update((tree.body.attributes.get("class") or "").lower().split())
    path = _path(address)
    parts = [part for part in path.split("/") if part]
    said["path"].update(parts[:-1] or parts)
    return PageType(
        claims=frozenset(_claims(said)),
        depth=len(parts) if address else -1,
        words=len(_PARTS.findall(parts[-1])) if parts else 0,
        dated=_DATED.search(path) is not None,
    )


def _types(html: str, before: str) -> Iterator[str]:
    """Yield the types that stand behind a mark, in lower case."""
    at = html.find(before)
    while at >= 0:
        at += len(before)
        found = _TYPE.match(html, at, at + LONGEST_ADDRESS)
        if found is not None:
            yield found[1].lower()
        at = html.find(before, at)


def _path(address: str) -> str:
    try:
        return urlsplit(address[:LONGEST_ADDRESS]).path.lower()
    except ValueError:
        return ""


def _claims(said: Mapping[str, Iterable[str]]) -> set[int]:
    places = _places()
    pairs = ((where, word) for where, words in said.items() for word in words)
    return {places[pair] for pair in pairs if pair in places}


@functools.cache
def _places() -> dict[tuple[str, str], int]:
    """Return the place in `CLAIMS` of each word of each group."""
    return {
        (where, word): CLAIMS.index(f"{where}: {name}")
        for where, groups in _GROUPS.items()
        for name, words in groups.items()
        for word in words.split()
    }
