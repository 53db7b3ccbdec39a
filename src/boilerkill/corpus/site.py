"""Which site a document is of."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from boilerkill.corpus.record import Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["site_of"]


def site_of(record: Record, settings: CorpusSettings) -> str:
    """Return the site that a document is of.

    That is what the field `settings.group` says, or the host of its URL, or its folder.

    >>> site_of(Record("", url="https://www.Example.org/a"), CorpusSettings())
    'example.org'
    """
    if settings.group is not None and record.fields.get(settings.group) is not None:
        return str(record.fields[settings.group])
    if record.url:
        try:
            host = urlsplit(record.url).hostname
        except ValueError:
            host = None
        if host:
            return host.removeprefix("www.")
    return os.fspath(Path(record.source).parent)
