"""Put what a page receives late in its place.

React sends the parts of a page that take longer behind all others, hidden, and a script moves each
to where an empty template keeps its place (``renderToPipeableStream``, and what is built on it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerkill.read.walk import behind_element

__all__ = ["in_place"]

_PART = '<div hidden="" id="S:'
# What looks like markup in remarks and raw text is skipped, to the end of all if need be: no place
# is looked at twice.
_SKIPPED = r"<!--(?:.*?-->|.*)|<(iframe|noembed|noframes|xmp)[ >](?:.*?</\1>|.*)|<plaintext[ >].*"
_PART_START = re.compile(rf'{_SKIPPED}|{_PART}([0-9a-f]+)">', re.DOTALL)
_PLACE = re.compile(rf'{_SKIPPED}|<template id="[BP]:([0-9a-f]+)"></template>', re.DOTALL)
_END = "</div>"


def in_place(html: str) -> str:
    """Return markup in which every element has its end, with all late parts in their places.

    >>> in_place('<p><template id="B:0"></template></p><div hidden="" id="S:0">Rain.</div>')
    '<p>Rain.</p>'
    """
    if _PART not in html:
        return html
    html, parts = _taken_out(html)
    laid: list[str] = []
    # Parts have places for others.
    open_parts = [_up_to_places(html)]
    while open_parts:
        for text, number in open_parts[-1]:
            laid.append(text)
            if number in parts:
                open_parts.append(_up_to_places(parts.pop(number)))
                break
        else:
            open_parts.pop()
    return "".join(laid)


def _taken_out(html: str) -> tuple[str, dict[str, str]]:
    """Return markup without its late parts, each by its number; a place for it stands instead."""
    parts: dict[str, str] = {}
    pieces: list[str] = []
    at = searched = 0
    while (found := _PART_START.search(html, searched)) is not None:
        searched = found.end()
        number = found[2]
        if number is None or number in parts:
            continue
        end = behind_element(html, "div", searched)
        parts[number] = html[searched:end].removesuffix(_END)
        pieces += html[at : found.start()], f'<template id="B:{number}"></template>'
        at = searched = end
    return "".join((*pieces, html[at:])), parts


def _up_to_places(html: str) -> Iterator[tuple[str, str]]:
    """Yield markup up to each place, with the place's number; the last has none."""
    at = 0
    for found in _PLACE.finditer(html):
        if found[2] is not None:
            yield html[at : found.start()], found[2]
            at = found.end()
    yield html[at:], ""
