"""Where a page is XML, an element may close itself: ``<title/>``. In HTML, it would begin there.

The parser reads HTML, to which all behind such a tag is title, script or otherwise out of sight. So
it gets its end, where the page says that it is XHTML: pages of EPUB books do, and old ones.
"""

from __future__ import annotations

import regex

from boilerkill.read.tags import HIDDEN, RAW, VOID

__all__ = ["with_ends"]

# Elements that show nothing of what is in them.
_SWALLOWING = HIDDEN - VOID | RAW | {"template"}

# Nothing of these matches in two ways, or fails where it has begun.
_COMMENT = r"<!--(?:[^-]++|-(?!->))*+(?:-->)?+"
_IS_XML = regex.compile(
    rf"\s*+(?:<\?xml\s|(?:{_COMMENT}|<!(?!--)[^>]*+>|\s++)*+"
    r"<html(?=\s)[^>]*?\sxmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml)",
    regex.IGNORECASE,
)
_VALUE = r"""(?:"[^"]*+"|'[^']*+')"""
_MARKUP = regex.compile(
    rf"""{_COMMENT}
    | <(?P<tag>{"|".join(sorted(_SWALLOWING))})(?=[\s/>])(?P<rest>(?:[^<>"'/]++|{_VALUE}|/(?!>))*+)
        (?:(?P<closed>/>)|>)?+""",
    regex.VERBOSE | regex.IGNORECASE,
)
# So much of a page is looked at for its root.
_HEAD = 1 << 12


def with_ends(html: str) -> str:
    """Return a page in which what closes itself, and would hide all behind it, has an end tag.

    >>> with_ends('<?xml version="1.0"?><html><head><title/></head><body>It rained.</body></html>')
    '<?xml version="1.0"?><html><head><title></title></head><body>It rained.</body></html>'
    >>> with_ends("<title/>It rained.")
    '<title/>It rained.'
    """
    if "/>" not in html or _IS_XML.match(html, 0, _HEAD) is None:
        return html
    pieces: list[str] = []
    at = searched = 0
    while (found := _MARKUP.search(html, searched)) is not None:
        searched = found.end()
        tag = found["tag"]
        if tag is None:
            continue
        if found["closed"]:
            pieces += html[at : found.end("rest")], f"></{tag}>"
            at = searched
        elif tag.lower() in RAW:
            # What looks like markup in it is none.
            end = html.find(f"</{tag}", searched)
            searched = len(html) if end < 0 else end
    pieces.append(html[at:])
    return "".join(pieces)
