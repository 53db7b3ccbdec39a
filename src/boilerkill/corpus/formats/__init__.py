"""The kinds of files that a run reads and writes, each in a module of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from boilerkill.corpus import compression
from boilerkill.corpus.formats.archive import Tar, Zip
from boilerkill.corpus.formats.base import Format
from boilerkill.corpus.formats.columns import Arrow, Parquet
from boilerkill.corpus.formats.csv import CommaSeparated
from boilerkill.corpus.formats.jsonl import JsonLines
from boilerkill.corpus.formats.text import HtmlFiles, TextFiles
from boilerkill.corpus.formats.warc import WebArchive

__all__ = ["CONTAINERS", "FORMATS", "Found", "by_content", "by_name", "output_name"]

TEXT = TextFiles()

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        TEXT,
        HtmlFiles(),
        JsonLines(),
        CommaSeparated(),
        Parquet(),
        Arrow(),
        WebArchive(),
        Zip(),
        Tar(),
    )
}

# What holds files of the other kinds.
CONTAINERS = frozenset({"zip", "tar"})

# Suffixes that stand for two.
_SHORT = {".tgz": ".tar.gz", ".tzst": ".tar.zst"}

# A file is told by so many of its first bytes.
HEAD = 1 << 16


@dataclass(frozen=True)
class Found:
    """What a file is.

    Attributes:
        format: What kind it is of.
        compression: How it is compressed, if it is.
    """

    format: Format
    compression: str | None = None


def by_name(name: str) -> Found | None:
    """Tell what a file is by its name; None where that does not say.

    >>> found = by_name("crawl.WARC.gz")
    >>> found.format.name, found.compression
    ('warc', 'gzip')
    >>> by_name("photo.jpg")
    """
    name = _in_full(name)
    inner, _ = compression.split_suffix(name)
    suffix = PurePath(inner).suffix.lower()
    for one in FORMATS.values():
        if suffix in one.suffixes:
            return Found(one, compression.compression_of(name))
    return None


def by_content(head: bytes, compressed: str | None = None) -> Found:
    r"""Tell what a file is by the first bytes of what it holds; text where they don't say.

    >>> by_content(b'{"text": "It rained."}\n').format.name, by_content(b"It rained.").format.name
    ('jsonl', 'txt')
    """
    for one in FORMATS.values():
        if one.recognises(head):
            return Found(one, compressed)
    return Found(TEXT, compressed)


def output_name(name: str, format: Format) -> str:
    """Return what a file is called when it is cleaned.

    >>> output_name("page.html.gz", HtmlFiles()), output_name("a.jsonl", JsonLines())
    ('page.html.txt.gz', 'a.jsonl')
    """
    if PurePath(name).suffix.lower() in _SHORT:
        return name
    inner, suffix = compression.split_suffix(name)
    return format.output_name(inner) + suffix


def _in_full(name: str) -> str:
    suffix = PurePath(name).suffix
    long = _SHORT.get(suffix.lower())
    return name if long is None else name.removesuffix(suffix) + long
