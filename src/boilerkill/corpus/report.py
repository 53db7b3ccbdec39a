"""What a folder run did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from boilerkill.document import Kind

__all__ = ["CorpusReport", "Failure"]


@dataclass(frozen=True)
class Failure:
    """A document or folder that could not be cleaned.

    Attributes:
        path: Its path, as it was given or found.
        reason: Why, in a few words.
    """

    path: Path
    reason: str


@dataclass
class CorpusReport:
    """What a run cleaned, removed and could not do.

    Characters are those of the segments, without the white space between them.

    Attributes:
        documents: How many documents were cleaned and written.
        kept: How many characters of theirs stayed.
        removed: How many characters went, by kind.
        failures: What could not be cleaned, in the order of the run.
        left_out: How many files of the folders are no documents (by their names).
        links: How many symbolic links to folders were not followed.
    """

    documents: int = 0
    kept: int = 0
    removed: Counter[Kind] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    left_out: int = 0
    links: int = 0

    @property
    def characters(self) -> int:
        """How many characters the cleaned documents had."""
        return self.kept + self.removed.total()

    @property
    def kept_share(self) -> float:
        """The share of the characters that stayed; 1 where there were none."""
        return self.share(self.kept) if self.characters else 1.0

    def share(self, characters: int) -> float:
        """Return what share of all characters so many are; 0 where there were none.

        >>> CorpusReport(kept=3, removed=Counter({Kind.SHARE: 1})).share(1)
        0.25
        """
        return characters / self.characters if self.characters else 0.0
