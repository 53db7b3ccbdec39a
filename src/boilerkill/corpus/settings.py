"""What a user can choose for a corpus run."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from boilerkill.corpus.files import is_encoding
from boilerkill.document import Kind
from boilerkill.options import check_options

__all__ = ["ADDITIONS", "TARGETS", "CorpusSettings"]

# What can be added to each document of a run that writes records, and what it is.
ADDITIONS = {
    "kinds": "how many characters went, by kind",
    "byline": "authors, published, updated",
    "title": "the title, where one was found",
    "removed": "what went: kind and text of each segment",
    "score": "the mean probability that what stays is body, by characters",
}

# The kinds that everything can be written as.
TARGETS = ("jsonl", "parquet", "txt")

# These decide what is written; another value means other bytes.
_DECISIVE = (
    "keep", "threshold", "format", "encoding", "field", "to", "shards", "add", "group", "learn",
)  # fmt: skip


@dataclass(frozen=True)
class CorpusSettings:
    """How a corpus run cleans and writes; the command's flags are the same.

    Attributes:
        keep: Kinds that stay besides the body, as in `boilerkill.clean`.
        threshold: The least score that a segment of the body has, as in `boilerkill.clean`.
        format: What every document is, "html" or "text"; "auto" goes by the names of files and
            fields, and by what the text is, as in `boilerkill.clean`.
        overwrite: Whether what exists in the output may be replaced.
        encoding: The encoding that every document is in; `None` finds out for each.
        field: The field or column that holds the text; `None` takes the first there is of
            `text`, `content`, `html` and `raw_content`.
        to: Write all documents as one kind, "jsonl", "parquet" or "txt", rather than each file
            as it came.
        shards: How many files to write them to.
        add: Fields to add to each document where records are written; see `ADDITIONS`.
        jobs: How many processes clean; `None` is one a core, 0 cleans in the calling process,
            which then has no guard against documents that hang or crash it.
        timeout: How many seconds a document may take.
        max_bytes: How large a document may be.
        strict: Whether the first document that fails stops the run.
        group: The field that names a document's site; `None` takes the host of its URL, or the
            folder that it is in.
        profile: A file of the furniture of sites, as `boilerkill learn` writes it.
        learn: Whether to learn the furniture of the corpus first, and use that.
        phrases: A file of phrases of furniture to look for besides those that boilerkill knows.
        report: A file to write the report of the run to, as JSON, also of one that is stopped.

    Raises:
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.

    >>> CorpusSettings(jobs=-4)
    Traceback (most recent call last):
    ValueError: jobs: expected at least 0, got -4
    """

    keep: Collection[Kind | str] = frozenset()
    threshold: float = 0.5
    format: str = "auto"
    overwrite: bool = False
    encoding: str | None = None
    field: str | None = None
    to: str | None = None
    shards: int = 1
    add: Collection[str] = ()
    jobs: int | None = None
    timeout: float = 30.0
    max_bytes: int = 64 << 20
    strict: bool = False
    group: str | None = None
    profile: str | os.PathLike[str] | None = None
    learn: bool = False
    phrases: str | os.PathLike[str] | None = None
    report: str | os.PathLike[str] | None = None

    def __post_init__(self) -> None:
        """Check the settings where they are written down, and not where a run begins."""
        check_options(self.format, self.keep, self.threshold)
        for name in ("encoding", "field", "to", "group"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, str):
                raise TypeError(f"{name}: expected a string, got {value!r}")
        if self.encoding is not None and not is_encoding(self.encoding):
            raise ValueError(f"encoding: {self.encoding!r} names no text encoding")
        if self.to is not None and self.to not in TARGETS:
            raise ValueError(f"to: expected one of {', '.join(TARGETS)}, got {self.to!r}")
        if isinstance(self.add, str) or not isinstance(self.add, Collection):
            raise TypeError(f"add: expected names such as ('kinds',), got {self.add!r}")
        for name in self.add:
            if name not in ADDITIONS:
                raise ValueError(f"add: {name!r} is none of {', '.join(ADDITIONS)}")
        _check_number("shards", self.shards, 1)
        _check_number("jobs", 1 if self.jobs is None else self.jobs, 0)
        _check_number("max_bytes", self.max_bytes, 1)
        if isinstance(self.timeout, bool) or not isinstance(self.timeout, int | float):
            raise TypeError(f"timeout: expected a number above 0, got {self.timeout!r}")
        if not self.timeout > 0:
            raise ValueError(f"timeout: expected a number above 0, got {self.timeout!r}")
        if self.shards > 1 and self.to is None:
            raise ValueError("shards: say which kind they are of (to)")

    def check(self) -> None:
        """Check once what a run reads besides documents, lest every document fails for it.

        Raises:
            ValueError: If the profile or the phrases can't be read, or a profile is there that
                would be learnt.
        """
        if self.learn and self.profile is not None:
            raise ValueError("learn: there is a profile already")
        if self.profile is not None:
            from boilerkill.profile import load_profile

            _check_file("profile", self.profile, load_profile)
        if self.phrases is not None:
            from boilerkill.phrase_files import load_phrasebook

            _check_file("phrases", self.phrases, load_phrasebook)

    def additions(self) -> tuple[str, ...]:
        """Return what is added, in the order of `ADDITIONS`."""
        return tuple(name for name in ADDITIONS if name in self.add)

    def fingerprint(self) -> dict[str, object]:
        """Return what decides about the bytes that are written, as JSON can hold it.

        >>> CorpusSettings(keep=["BYLINE"]).fingerprint()["keep"]
        ['BYLINE']
        """
        from boilerkill.corpus.digest import digest_of

        found: dict[str, object] = {name: getattr(self, name) for name in _DECISIVE}
        found["keep"] = sorted(str(kind) for kind in self.keep)
        found["add"] = list(self.additions())
        # One that is learnt from the corpus itself follows from it.
        if self.profile is not None and not self.learn:
            found["profile"] = digest_of(Path(self.profile).read_bytes())
        if self.phrases is not None:
            found["phrases"] = digest_of(Path(self.phrases).read_bytes())
        plain: dict[str, object] = json.loads(json.dumps(found))
        return plain

    def replace(self, **changes: object) -> CorpusSettings:
        """Return the same settings but for some."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def _check_number(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name}: expected a whole number, got {value!r}")
    if value < least:
        raise ValueError(f"{name}: expected at least {least}, got {value}")


def _check_file(
    name: str, path: str | os.PathLike[str], load: Callable[[str | os.PathLike[str]], object]
) -> None:
    try:
        load(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ValueError(f"{name}: {os.fspath(path)}: {reason}") from None
