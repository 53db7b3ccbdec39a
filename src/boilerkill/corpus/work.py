"""Clean one document: what the processes of a run do."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypedDict

from boilerkill.corpus.files import DocumentError, as_source
from boilerkill.corpus.record import Outcome
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.document import Document, Kind

if TYPE_CHECKING:
    from boilerkill.profile import Site

__all__ = ["Work", "addition", "attempt", "clean_document", "take_apart"]

logger = logging.getLogger(__name__)


# What is done with a document: its text, its format, the settings and its site are given. The
# processes of a run find it by its name, so that it is a function of a module.
Work = Callable[[str | bytes, str, CorpusSettings, str | None], Outcome]


class _Options(TypedDict):
    format: str
    keep: Collection[Kind | str]
    threshold: float
    profile: Site | None
    phrases: str | os.PathLike[str] | None


def attempt(
    text: str | bytes,
    format: str,
    settings: CorpusSettings,
    site: str | None = None,
    work: Work | None = None,
) -> Outcome | str:
    """Do with one document what is to be done with all of them: by default, clean it.

    The format of the settings goes before that of the document.

    Returns:
        What it became, or why it can't be cleaned.
    """
    if settings.format != "auto":
        format = settings.format
    try:
        return (work or clean_document)(text, format, settings, site)
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
    from boilerkill.passes import clean_and_tell
    from boilerkill.profile import load_profile

    source = as_source(text, settings.encoding, format) if isinstance(text, bytes) else text
    profile = None if settings.profile is None else load_profile(settings.profile)
    strange = profile is not None and site is not None and not profile.knows(site)
    options: _Options = {
        "format": format,
        "keep": settings.keep,
        "threshold": settings.threshold,
        "profile": None if profile is None else profile.at(site),
        "phrases": settings.phrases,
    }
    body, gone, tell_all = clean_and_tell(source, **options)
    added = {}
    if settings.add:
        document = tell_all()
        added = {name: addition(name, document) for name in settings.additions()}
    removed = Counter[str]()
    for kind, segment in gone:
        removed[kind.value] += len(segment)
    words_out = _count_words(body)
    words_in = words_out + sum(_count_words(segment) for _, segment in gone)
    kept = sum(len(line.strip()) for line in body.splitlines())
    return Outcome(body, words_in, words_out, kept, dict(removed), added, strange)


def take_apart(
    text: str | bytes, format: str, settings: CorpusSettings, site: str | None = None
) -> Outcome:
    """Return the keys of a document's segments, as `boilerkill.profile` looks them up.

    Raises:
        DocumentError: If it is binary, or not in the encoding of the settings.
    """
    from boilerkill.passes import segments_of
    from boilerkill.profile import keys_of

    source = as_source(text, settings.encoding, format) if isinstance(text, bytes) else text
    segments = segments_of(source, format=format, phrases=settings.phrases)
    return Outcome("", added={"keys": keys_of(segments).tobytes()})


def _count_words(text: str) -> int:
    return len(text.split())


def addition(name: str, document: Document) -> object:
    r"""Return what `CorpusSettings.add` adds to a document under a name.

    >>> from boilerkill import separate
    >>> addition("kinds", separate("Rain ended the drought on Monday.\n\nLeave a Reply"))
    {'COMMENT_FORM': 13}
    """
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
