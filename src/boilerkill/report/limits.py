"""How much a report shows, so that the page stays usable; what is left out is said on it."""

from __future__ import annotations

__all__ = [
    "DOCTORED_NAME",
    "LINES_OF_A_DOCUMENT",
    "LINE_LENGTH",
    "MOST_OF_A_DOCUMENT",
    "MOST_OF_A_REPORT",
    "REASONS",
]

# So many characters of a document are shown.
MOST_OF_A_DOCUMENT = 4_000_000
# So many characters of JSON hold the documents that are shown; others are counted alone.
MOST_OF_A_REPORT = 48_000_000

# So many reasons are shown of a segment, the heaviest first.
REASONS = 6

# So many removed lines of a document are counted, and so much of each.
LINES_OF_A_DOCUMENT = 5_000
LINE_LENGTH = 160

# A name is shown to so many characters.
DOCTORED_NAME = 300
