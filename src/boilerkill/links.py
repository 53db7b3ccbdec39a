r"""Links of Markdown: where they lead is no part of what a text says.

Many tools that extract text write ``[Home](https://example.org/ "To the start")``. That stays as it
is; but what is measured is ``Home``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["without_targets"]

_TOKEN = re.compile(
    r"""\\.                                         # a sign that begins nothing
    | (?P<open>!?\[)
    | (?P<close>\])
        (?P<target>\(
            (?:<[^<>\n]{0,2000}> | (?:[^()\s]|\([^()\s]{0,200}\))*)
            (?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?
        \))?
    | (?P<end>\n)
    """,
    re.VERBOSE,
)


def without_targets(text: str) -> str:
    r"""Return a text with spaces for the signs and the targets of links, and nothing moved.

    >>> without_targets("[Home](/) and [![A hat](hat.png)](/hats)")
    ' Home     and    A hat                  '
    >>> without_targets("As it says [1] (in print), so it is.")
    'As it says [1] (in print), so it is.'
    """
    if "](" not in text:
        return text
    parts: list[str] = []
    at = 0
    for start, end in sorted(_signs_of_links(text)):
        parts += text[at:start], " " * (end - start)
        at = end
    return "".join(parts) + text[at:]


def _signs_of_links(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the signs around the words of links start and end; a link ends in its line."""
    unclosed: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        if token["open"]:
            unclosed.append(token.span())
        elif token["end"]:
            unclosed.clear()
        elif token["close"] and unclosed:
            opening = unclosed.pop()
            if token["target"]:
                yield opening
                yield token.span()
