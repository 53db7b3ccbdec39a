"""What a user can choose for a folder run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from boilerkill.document import Kind

__all__ = ["HTML_SUFFIXES", "TEXT_SUFFIXES", "CorpusSettings"]

# The files of a folder that are documents; upper case counts too.
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})

# Markup must not be cleaned as if it were text.
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True)
class CorpusSettings:
    """How a folder run cleans and writes.

    Attributes:
        keep: Kinds that stay besides the body, as in `boilerkill.clean`.
        threshold: The least score that a segment of the body has, as in `boilerkill.clean`.
        overwrite: Whether a document that exists in the output may be replaced.
        encoding: The encoding that every document is in; `None` finds out for each.
    """

    keep: Collection[Kind | str] = frozenset()
    threshold: float = 0.5
    overwrite: bool = False
    encoding: str | None = None
