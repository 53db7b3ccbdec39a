"""What trafilatura and htmldate make of a page: one voice among others, and the last resort."""

from __future__ import annotations

import logging
import warnings
from typing import NamedTuple

__all__ = ["Opinion", "ask_trafilatura"]

logger = logging.getLogger(__name__)

# They take more than twice the time for a page of twice the size, and so are not asked of one
# with more characters.
MOST_CHARACTERS = 2_000_000

# Dates up to here are possible; by default that is today, and the answer would change with it.
LAST_DAY = "2199-12-31"


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
    if len(source) > MOST_CHARACTERS:
        return Opinion(None, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # urllib3 warns on import where it lacks a package, which trafilatura does without.
        from trafilatura.metadata import extract_metadata

        # No page is worth an exception: whatever goes wrong in there, there is an answer.
        try:
            found = extract_metadata(
                source,
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
