"""Clean one document: what the processes of a run do."""

from __future__ import annotations

import logging
import re
from collections import Counter

from boilerkill.corpus.files import DocumentError, as_source
from boilerkill.corpus.record import Outcome
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.document import Document

__all__ = ["attempt", "clean_document"]

logger = logging.getLogger(__name__)

_WORD = re.compile(r"\w+")


def attempt(
    text: str | bytes,
    format: str,
    settings: CorpusSettings,
    site: str | None = None,
    *,
    learning: bool = False,
) -> Outcome | str:
    """Clean one document, or take it apart to learn from it.

    Returns:
        What it became, or why it can't be cleaned.
    """
    try:
        if learning:
            return take_apart(text, format, settings)
        return clean_document(text, format, settings, site)
    except DocumentError as error:
        return str(error)
    except MemoryError:
        return "not enough memory"
    except Exception as error:
        # A defect of ours, on one document of many: the others are still worth having.
        logger.debug("a document failed", exc_info=True)
        return f"unexpected {type(error).__name__}: {error}"


def clean_document(
    text: str | bytes, format: str, settings: CorpusSettings, site: str | None = None
) -> Outcome:
    """Clean one document.

    Args:
        text: The document.
        format: What it is, as in `boilerkill.clean`.
        settings: How to clean.
        site: The site that it is of, where there is a profile.

    Raises:
        DocumentError: If it is binary, or not in the encoding of the settings.
    """
    from boilerkill.api import separate
    from boilerkill.profile import load_profile

    source = as_source(text, settings.encoding, format) if isinstance(text, bytes) else text
    known = None if settings.profile is None else load_profile(settings.profile).at(site)
    document = separate(
        source,
        format=format,
        keep=settings.keep,
        threshold=settings.threshold,
        profile=known,
    )
    kept, removed = 0, Counter[str]()
    words_in = 0
    for segment in document.segments:
        words_in += _count_words(segment.text)
        if segment.kept:
            kept += len(segment.text)
        else:
            removed[segment.kind.value] += len(segment.text)
    return Outcome(
        document.text,
        words_in,
        _count_words(document.text),
        kept,
        dict(removed),
        {name: _addition(name, document) for name in settings.additions()},
    )


def take_apart(text: str | bytes, format: str, settings: CorpusSettings) -> Outcome:
    """Return the keys of a document's segments, as `boilerkill.profile` looks them up.

    Raises:
        DocumentError: If it is binary, or not in the encoding of the settings.
    """
    from boilerkill.api import segments_of
    from boilerkill.profile import keys_of

    source = as_source(text, settings.encoding, format) if isinstance(text, bytes) else text
    return Outcome("", added={"keys": keys_of(segments_of(source, format=format)).tobytes()})


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))


def _addition(name: str, document: Document) -> object:
    gone = [segment for segment in document.segments if not segment.kept]
    if name == "kinds":
        found = Counter[str]()
        for segment in gone:
            found[segment.kind.value] += len(segment.text)
        return dict(found)
    if name == "byline":
        byline = document.byline
        return {
            "authors": byline.authors,
            "published": byline.published,
            "updated": byline.updated,
        }
    if name == "title":
        return document.title
    if name == "removed":
        return [{"kind": segment.kind.value, "text": segment.text} for segment in gone]
    stays = [segment for segment in document.segments if segment.kept]
    size = sum(len(segment.text) for segment in stays)
    total = sum(segment.score * len(segment.text) for segment in stays)
    return round(total / size, 4) if size else None
