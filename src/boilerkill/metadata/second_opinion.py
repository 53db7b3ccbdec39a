"""What trafilatura and htmldate make of a page: one voice among others, and the last resort."""

from __future__ import annotations

import logging
import re
import warnings
from typing import NamedTuple

__all__ = ["Opinion", "ask_trafilatura"]

logger = logging.getLogger(__name__)

# They take more than twice the time for a page of twice the size, and so are not asked of one
# with more characters.
MOST_CHARACTERS = 2_000_000

# Dates up to here are possible; by default that is today, and the answer would change with it.
LAST_DAY = "2199-12-31"

# What a page's head says of itself is cut to this length, and a page whose data names someone at
# greater length is not judged at all: it would take them the square of it.
LONGEST = 600
_LONG_NAME = re.compile(rf'"(?:name|author|creator)"\s*:\s*"[^"]{{{LONGEST}}}')


class Opinion(NamedTuple):
    """What trafilatura says.

    Attributes:
        authors: The names of the authors, with semicolons between.
        date: The date of publication (``2024-05-31``), which htmldate finds.
    """

    authors: str | None
    date: str | None


def ask_trafilatura(source: str) -> Opinion:
    """Return what trafilatura says of a page, or nothing where it can't cope with it.

    Args:
        source: The page in HTML, within the limits of `boilerkill.read.limits`.
    """
    if len(source) > MOST_CHARACTERS or _LONG_NAME.search(source):
        return Opinion(None, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # urllib3 warns on import where it lacks a package, which trafilatura does without.
        from trafilatura.metadata import extract_metadata
        from trafilatura.utils import load_html

        # No page is worth an exception: whatever goes wrong in there, there is an answer.
        try:
            tree = load_html(source)
            for meta in () if tree is None else tree.iter("meta"):
                meta.set("content", meta.get("content", "")[:LONGEST])
            found = extract_metadata(
                tree,
                date_config={
                    "original_date": True,
                    "extensive_search": True,
                    "max_date": LAST_DAY,
                },
            )
        except Exception:
            logger.debug("trafilatura can't read the metadata of a page", exc_info=True)
            return Opinion(None, None)
    return Opinion(found.author, found.date)
