"""What JSON-LD claims of a page: entangled, and of every shape."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from boilerkill.metadata.claims import Claims
from boilerkill.read.jsonld import parse_json

__all__ = ["claim_jsonld"]

Node: TypeAlias = dict[str, Any]

# A page that holds more nodes than this is read to here.
MOST_NODES = 5_000

# Where what a page is about stands below another node.
_MAIN_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "@list", "@included")

# What is news, an article or a post, by the end of its type's name in lower case.
_NEWS = ("newsarticle",)
_ARTICLES = ("article", "blogposting", "report", "review", "recipe", "howto", "opinion", "analysis")
_POSTS = ("forumposting", "socialmediaposting", "question")
_PAGES = ("page", "video", "videoobject", "podcastepisode", "creativework", "book", "course")


def claim_jsonld(scripts: Iterable[str], claims: Claims) -> None:
    """Add what the JSON-LD of a page says.

    Args:
        scripts: What its scripts of the type ``application/ld+json`` hold, in order.
        claims: Where to add it.
    """
    documents = [document for script in scripts for document in parse_json(script)]
    nodes = list(_all_nodes(documents))
    known: dict[str, Node] = {}
    for node in nodes:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(known.get(identity, {})):
            known[identity] = node
    mains = list(_main_nodes(documents, known))
    for node in mains:
        claims.types.update(_types(node))
    for node in _publishers(nodes, mains, known):
        for name in _names(node, known):
            claims.sites.append(name)
    works = [(kind, node) for node in mains if (kind := _kind(node)) is not None]
    first = dict(reversed(works))
    for kind, node in first.items():
        _claim_work(kind, node, known, claims)


def _all_nodes(documents: list[Any]) -> Iterator[Node]:
    rest = list(reversed(documents))
    count = 0
    while rest and count < MOST_NODES:
        value = rest.pop()
        if isinstance(value, dict):
            count += 1
            yield value
            rest.extend(value.values())
        elif isinstance(value, list):
            rest.extend(reversed(value))


def _main_nodes(documents: list[Any], known: dict[str, Node]) -> Iterator[Node]:
    """Yield the nodes that say what the page is: no comments, no items of a list."""
    rest = list(reversed(documents))
    seen: set[int] = set()
    while rest and len(seen) < MOST_NODES:
        value = rest.pop()
        if isinstance(value, list):
            rest.extend(reversed(value))
        elif isinstance(value, dict) and id(value) not in seen:
            seen.add(id(value))
            yield value
            rest.extend(_resolved(value[key], known) for key in _MAIN_KEYS if key in value)


def _resolved(value: Any, known: dict[str, Node]) -> Any:
    """Return the node that a reference means, or what is no reference as it is."""
    if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _types(node: Node) -> set[str]:
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return {name.rsplit("/", 1)[-1].lower() for name in listed if isinstance(name, str)}


def _kind(node: Node) -> str | None:
    types = _types(node)
    for kind, ends in (("post", _POSTS), ("news", _NEWS), ("article", _ARTICLES), ("page", _PAGES)):
        if any(name.endswith(ends) for name in types):
            return kind
    return "other" if "author" in node or "datePublished" in node else None


def _publishers(nodes: list[Node], mains: list[Node], known: dict[str, Node]) -> Iterator[Any]:
    """Yield whoever publishes the page, and the site that it is a part of."""
    for node in mains:
        for key in ("publisher", "isPartOf", "sourceOrganization", "provider", "brand"):
            yield from _listed(node.get(key), known)
    for node in nodes:
        if _types(node) & {"website", "newsmediaorganization", "corporation"}:
            yield node


def _claim_work(kind: str, node: Node, known: dict[str, Node], claims: Claims) -> None:
    for key in ("author", "creator"):
        people = list(_listed(node.get(key), known))
        for person in people:
            shape = _shape(person)
            for name in _names(person, known):
                claims.add("authors", f"jsonld.{kind}.{shape}", name)
        if people:
            break
    for key in ("datePublished", "dateCreated", "uploadDate"):
        claims.add("published", f"jsonld.{kind}", _first(node.get(key)))
    claims.add("updated", f"jsonld.{kind}", _first(node.get("dateModified")))
    for key in ("headline", "name"):
        text = _first(node.get(key))
        claims.add("titles", f"jsonld.{kind}", html.unescape(text) if text else None)


def _listed(value: Any, known: dict[str, Node]) -> Iterator[Any]:
    for entry in value if isinstance(value, list) else [value]:
        if entry is not None:
            yield _resolved(entry, known)


def _shape(value: Any) -> str:
    if not isinstance(value, dict):
        return "text"
    types = _types(value)
    if "person" in types:
        return "person"
    return "organization" if types and types != {"thing"} else "text"


def _names(value: Any, known: dict[str, Node]) -> Iterator[str]:
    if isinstance(value, dict):
        for entry in _listed(value.get("name"), known):
            if isinstance(entry, str):
                yield html.unescape(entry)
    elif isinstance(value, str):
        yield html.unescape(value)


def _first(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else None
