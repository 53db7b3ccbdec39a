"""Collect what the markup of a page claims: its head, and the elements that name an author or date.

The elements are found by selectors; of each, so much is read as a byline can have, and so many
elements around it are asked what they are, so that the time stays linear in the page's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from boilerkill.metadata.claims import PIECE, Claims
from boilerkill.metadata.jsonld import claim_jsonld
from boilerkill.metadata.sources import CLASSES, METAS, SELECTORS
from boilerkill.read.jsonld import json_scripts

__all__ = ["collect_claims"]

# So many elements of a page are looked at, so many around each, and so many pieces of each read.
MOST_ELEMENTS = 2_000
MOST_AROUND = 24
MOST_PIECES = 24
# A line or box with an author in it has at most so many characters.
MOST_CHARACTERS = 400

# Behind the heading, so many texts are looked at, up to one as long as a paragraph.
PIECES_BEHIND = 16
STEPS_BEHIND = 200
LONGEST_LINE = 160
# "By" may stand apart from the name.
LEAD_CHARACTERS = 16

# Where an element stands that isn't a part of the article.
_PLACES = ("comment", "others", "elsewhere")

_SILENT = frozenset(("script", "style", "svg", "noscript", "template"))
_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def collect_claims(source: str) -> Claims:
    """Return what a page claims.

    Args:
        source: The page in HTML, within the limits of `boilerkill.read.limits`.

    >>> claims = collect_claims('<title>Rain</title><meta name="author" content="Ann Lee">')
    >>> [(claim.source, claim.text) for claim in claims.authors]
    [('meta.author', 'Ann Lee')]
    """
    tree = LexborHTMLParser(source)
    root = tree.css_first("html")
    claims = Claims(language=(root and root.attributes.get("lang")) or "")
    claim_jsonld(islice(json_scripts(tree), MOST_ELEMENTS), claims)
    _claim_metas(tree, claims)
    _claim_elements(tree, claims)
    return claims


def _claim_metas(tree: LexborHTMLParser, claims: Claims) -> None:
    labels: dict[str, str] = {}
    for node in tree.css("meta[content]")[:MOST_ELEMENTS]:
        attributes = node.attributes
        text = attributes.get("content") or ""
        for key in ("name", "property", "itemprop", "http-equiv"):
            for name in (attributes.get(key) or "").lower().split():
                labels.setdefault(name, text)
                source = f"itemprop:{name}" if key == "itemprop" else name
                what = METAS.get(source)
                if what == "types":
                    claims.types.add(text.strip().lower())
                elif what == "sites":
                    claims.sites.append(text)
                elif what is not None:
                    claims.add(what, f"meta.{source}", text)
    for number in "1234":
        # What Slack and Twitter show below a link: "Written by", "Ann Lee".
        if labels.get(f"twitter:label{number}", "").strip().lower() in _WRITTEN_BY:
            claims.add("authors", "meta.twitter:data", labels.get(f"twitter:data{number}"))
    claims.sites.extend(_hosts(tree, labels.get("og:url")))
    title = tree.css_first("title")
    if title is not None:
        claims.add("titles", "title", title.text())


def _hosts(tree: LexborHTMLParser, address: str | None) -> Iterator[str]:
    """Yield what the site is called by the page's own address: "paper" of www.paper.example."""
    link = tree.css_first('link[rel="canonical" i][href]')
    for place in (address, None if link is None else link.attributes.get("href")):
        host = _HOST.match(place or "")
        if host is not None:
            yield max(host[1].split("."), key=len)
            yield host[1].removeprefix("www.")


_HOST = re.compile(r"https?://([\w.-]{4,100})")
_WRITTEN_BY = frozenset(("written by", "verfasst von", "écrit par", "escrito por", "scritto da"))


def _claim_elements(tree: LexborHTMLParser, claims: Claims) -> None:
    """Add what elements that stand in the page claim, before its heading and behind."""
    headed = any(_text_of(node) for node in tree.css("h1")[:MOST_ELEMENTS])
    seen: set[int] = set()
    zone = "before" if headed else "head"
    if not headed and tree.body is not None:
        _claim_lines(_pieces_behind(tree.body, inside=True), claims)
    for node in tree.css(", ".join(SELECTORS))[:MOST_ELEMENTS]:
        if node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        attributes = node.attributes
        tag = node.tag or ""
        if tag == "h1":
            text = _text_of(node)
            if text:
                claims.add("titles", "h1" if zone != "behind" else "h1.later", text)
                if zone != "behind":
                    _claim_lines(_pieces_behind(node), claims)
                zone = "behind"
            continue
        around = _words_around(node)
        place = next((name for name in _PLACES if around & CLASSES[name]), zone)
        for kind in _kinds(tag, attributes):
            if kind == "time":
                _claim_time(node, attributes, around, place, claims)
            elif kind == "attribute":
                claims.add("authors", f"{kind}.{place}", attributes["author"])
            else:
                pieces = _pieces(node) or _labels(node, attributes)
                claims.add("authors", f"{kind}.{place}", PIECE.join(pieces), _group(node))


def _kinds(tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    words = _words_of(attributes)
    itemprop = (attributes.get("itemprop") or "").lower()
    if attributes.get("author"):
        yield "attribute"
    elif tag == "time" or itemprop.startswith("date") or words & CLASSES["date"]:
        yield "time"
    elif "author" in itemprop or "author" in (attributes.get("property") or "").lower():
        yield "itemprop"
    elif "author" in (attributes.get("rel") or "").lower().split():
        yield "rel"
    elif words & CLASSES["author"]:
        yield "class"
    elif words & CLASSES["byline"]:
        yield "byline"
    elif tag == "a":
        yield "href"


def _labels(node: LexborNode, attributes: Mapping[str, str | None]) -> list[str]:
    """Return the name of an element without text: what it is called, or the picture in it."""
    image = node.css_first("img[alt]")
    texts = [attributes.get("aria-label"), attributes.get("title")]
    texts.append(None if image is None else image.attributes.get("alt"))
    return [text for text in texts if text and len(text) <= MOST_CHARACTERS][:1]


def _claim_lines(pieces: list[str], claims: Claims) -> None:
    """Add the lines under the heading: a byline may have no mark but its place."""
    for place, piece in enumerate(pieces):
        lead = pieces[place - 1] if place else ""
        if len(lead) <= LEAD_CHARACTERS:
            claims.add("authors", "lead", f"{lead}{PIECE}{piece}" if lead else piece)


def _group(node: LexborNode) -> str:
    """Return what elements have in common that make a list of authors: their place and their form.

    They are no longer than a byline together, and each may be in an element of its own.
    """
    form = f"{node.tag} {node.attributes.get('class') or ''}"
    for box in (node.parent, node.parent and node.parent.parent):
        if box is not None and _pieces(box) and len(box.css(node.tag or "*")) > 1:
            return f"{box.mem_id} {form}"
    return ""


def _claim_time(
    node: LexborNode,
    attributes: Mapping[str, str | None],
    around: set[str],
    zone: str,
    claims: Claims,
) -> None:
    prop = (attributes.get("itemprop") or "").lower()
    text = attributes.get("datetime") or attributes.get("content") or _text_of(node)
    if "modified" in prop or around & CLASSES["updated"]:
        claims.add("updated", f"time.{zone}", text)
    else:
        sort = "itemprop" if prop else "time" if node.tag == "time" else "date"
        claims.add("published", f"{sort}.{zone}", text)


def _pieces_behind(node: LexborNode, *, inside: bool = False) -> list[str]:
    """Return the texts that follow an element, as many as stand between a title and the body.

    Args:
        node: The element.
        inside: Whether to begin with the texts in it.
    """
    pieces: list[str] = []
    at: LexborNode | None = node
    down = inside
    for _ in range(STEPS_BEHIND):
        if at is None or len(pieces) >= PIECES_BEHIND:
            break
        child = at.child if down and at.tag not in _SILENT else None
        if child is not None:
            at = child
        else:
            while at is not None and at.next is None:
                at = at.parent
            at = None if at is None else at.next
        down = True
        if at is not None and at.tag == "-text":
            text = " ".join((at.text_content or "").split())
            if len(text) > LONGEST_LINE:
                break
            if text:
                pieces.append(text)
    return pieces


def _words_of(attributes: Mapping[str, str | None]) -> set[str]:
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return {word.lower() for word in _WORDS.findall(_CAMEL.sub(" ", names[:MOST_CHARACTERS]))}


def _words_around(node: LexborNode) -> set[str]:
    """Return the tags and the words of the classes of an element and those around it."""
    words: set[str] = set()
    at: LexborNode | None = node
    for _ in range(MOST_AROUND):
        if at is None or at.tag in (None, "body", "html", "-document"):
            break
        words.add(f"<{at.tag}>")
        words |= _words_of(at.attributes)
        at = at.parent
    return words


def _text_of(node: LexborNode) -> str:
    return " ".join(_pieces(node))


def _pieces(node: LexborNode) -> list[str]:
    """Return the texts in an element, as far as a byline goes; none of a longer one."""
    pieces: list[str] = []
    length = 0
    at: LexborNode | None = node.child
    steps = 0
    root = node.mem_id
    while at is not None and steps < 10 * MOST_PIECES:
        steps += 1
        if at.tag == "-text":
            text = " ".join((at.text_content or "").split())
            length += len(text)
            if length > MOST_CHARACTERS:
                return []
            if text:
                pieces.append(text)
        child = at.child if at.tag not in _SILENT else None
        if child is not None:
            at = child
            continue
        while at is not None and at.next is None:
            at = at.parent
            if at is None or at.mem_id == root:
                return pieces[:MOST_PIECES]
        at = None if at is None else at.next
    return pieces[:MOST_PIECES] if at is None else []
