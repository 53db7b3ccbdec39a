"""What trafilatura and htmldate make of a page: one voice among others, and the last resort."""

from __future__ import annotations

import functools
import json
import logging
import threading
import warnings
from typing import Any, NamedTuple

__all__ = ["Opinion", "ask_trafilatura"]

logger = logging.getLogger(__name__)

# They take more than twice the time for a page of twice the size, and so are not asked of one
# with more characters.
MOST_CHARACTERS = 2_000_000

# Their patterns for authors take the square of what they are used on: no name is as long, and what
# says that it is JSON and is not has no more than this looked at.
LONGEST_NAME = 1_000
LONGEST_BROKEN_JSON = 10_000

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
    _import_trafilatura()
    from trafilatura.metadata import extract_metadata
    from trafilatura.utils import load_html

    # No page is worth an exception: whatever goes wrong in there, there is an answer.
    try:
        tree = load_html(source)
        if tree is None:
            return Opinion(None, None)
        _shorten(tree)
        found = extract_metadata(
            tree,
            date_config={
                "original_date": True,
                "extensive_search": False,
                "max_date": LAST_DAY,
            },
        )
    except Exception:
        logger.debug("trafilatura can't read the metadata of a page", exc_info=True)
        return Opinion(None, None)
    return Opinion(found.author, found.date)


@functools.cache
def _import_trafilatura() -> None:
    """Import trafilatura in silence: urllib3 warns there of a package that it lacks, needlessly.

    The filters of warnings are those of all threads. Two that changed them at the same time could
    leave them changed for good, so it is done by one at a time and for the import alone.
    """
    with _IMPORTING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura.metadata  # noqa: F401


_IMPORTING = threading.Lock()


def _shorten(tree: Any) -> None:
    """Take from an lxml tree what would cost the square of its length."""
    for meta in tree.iter("meta"):
        for name, value in meta.items():
            if len(value) > LONGEST_NAME:
                meta.set(name, value[:LONGEST_NAME])
    for script in tree.iter("script"):
        if script.text and "json" in script.get("type", "") and _costs_much(script.text):
            script.text = None


def _costs_much(text: str) -> bool:
    try:
        return _has_long_name(json.loads(text))
    except (ValueError, RecursionError):
        return len(text) > LONGEST_BROKEN_JSON


# Where JSON-LD has names.
_NAMED = frozenset(("author", "name", "givenName", "additionalName", "familyName"))


def _has_long_name(data: Any, *, named: bool = False) -> bool:
    if isinstance(data, str):
        return named and len(data) > LONGEST_NAME
    if isinstance(data, dict):
        return any(_has_long_name(value, named=key in _NAMED) for key, value in data.items())
    return isinstance(data, list) and any(_has_long_name(item, named=named) for item in data)
