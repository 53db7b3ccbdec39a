"""What a corpus run did."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boilerkill.corpus.files import write_file
from boilerkill.corpus.portable import portable_name
from boilerkill.corpus.record import Cleaned, Outcome
from boilerkill.document import Kind

__all__ = ["CorpusReport", "Failure", "ending_of", "failure_of"]

# A report names so many failures; the ledger has them all.
NAMED = 1_000

# What says of a name which kind of file it is; names of pages have other dots, too.
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,5}", re.ASCII)


def ending_of(name: str) -> str:
    """Return how a name ends, in small letters.

    >>> ending_of("photo.JPG"), ending_of("README"), ending_of(".profile"), ending_of("a.php?i=1.5")
    ('.jpg', '', '', '')
    """
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122 -- there is no path to it
    return ending if _ENDING.fullmatch(ending) else ""


@dataclass(frozen=True)
class Failure:
    """A document or folder that could not be cleaned.

    Attributes:
        path: Its path, as it was given or found.
        reason: Why, in a few words.
        position: Where in the file it stands; empty where it is the file.
    """

    path: Path
    reason: str
    position: str = ""

    @property
    def where(self) -> str:
        """The path and the position.

        >>> Failure(Path("a.jsonl"), "no JSON object", "line 3").where
        'a.jsonl, line 3'
        """
        return f"{self.path}, {self.position}" if self.position else str(self.path)

    def as_json(self) -> dict[str, str]:
        r"""Return the failure as JSON can hold it; bytes of names that are no UTF-8 are escaped.

        >>> Failure(Path("a\udcff.txt"), "no text").as_json()
        {'source': 'a\\xff.txt', 'position': '', 'reason': 'no text'}
        """
        told = {"source": str(self.path), "position": self.position, "reason": self.reason}
        return {name: portable_name(value) for name, value in told.items()}


def failure_of(cleaned: Cleaned) -> Failure | None:
    """Return the failure of a document, if it failed."""
    if cleaned.problem is None:
        return None
    return Failure(Path(cleaned.record.source), cleaned.problem, cleaned.record.position)


@dataclass
class CorpusReport:
    """What a run cleaned, removed and could not do, with what was done before it was stopped.

    Characters are those of the segments, without the white space between them.

    Attributes:
        documents: How many documents were cleaned and written.
        kept: How many characters of theirs stayed.
        removed: How many characters went, by kind.
        failures: What could not be cleaned: the first of it, in the order of the run.
        left_out: How many files of folders and archives are no documents (by their names).
        endings: The same, by how their names end: "" for no ending.
        links: How many symbolic links to folders were not followed.
        words_in: How many words there were in the documents, as white space parts them.
        words_out: How many of them stayed.
        failed: How many documents or files could not be cleaned.
        strange: How many documents are of sites that the profile does not know.
        done_before: How many files were done already.
        documents_before: How many of the documents were cleaned before the run went on.
        bytes: How many bytes of input were read.
        bytes_before: How many of them before the run went on.
        seconds: How long it took.
        failures_file: Where all failures are named, if there are any.
        stopped: Why the run stopped early, if it did.
        begun: How many documents are kept of files that are begun and not written, if it did.
    """

    documents: int = 0
    kept: int = 0
    removed: Counter[Kind] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    left_out: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    links: int = 0
    words_in: int = 0
    words_out: int = 0
    failed: int = 0
    strange: int = 0
    done_before: int = 0
    documents_before: int = 0
    bytes: int = 0
    bytes_before: int = 0
    seconds: float = 0.0
    failures_file: Path | None = None
    stopped: str | None = None
    begun: int = 0

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

    @property
    def goes_on(self) -> str:
        """What there is to go on with, for people.

        >>> CorpusReport(begun=5000).goes_on
        '5,000 documents of files that are not written yet are kept; the same command goes on'
        """
        documents = "document" if self.begun == 1 else "documents"
        verb = "is" if self.begun == 1 else "are"
        return (
            f"{self.begun:,} {documents} of files that are not written yet {verb} kept;"
            " the same command goes on"
        )

    def fail(self, failure: Failure) -> None:
        """Count a failure."""
        self.failed += 1
        if len(self.failures) < NAMED:
            self.failures.append(failure)

    def leave_out(self, names: Iterable[str]) -> None:
        """Count files that are no documents."""
        found = Counter(map(ending_of, names))
        self.endings += found
        self.left_out += found.total()

    def take(self, cleaned: Cleaned) -> None:
        """Count what became of a document."""
        if cleaned.outcome is not None:
            self.count(cleaned.outcome)
        failure = failure_of(cleaned)
        if failure is not None:
            self.fail(failure)

    def count(self, outcome: Outcome) -> None:
        """Count a document that was cleaned."""
        self.documents += 1
        self.kept += outcome.kept
        self.words_in += outcome.words_in
        self.words_out += outcome.words_out
        self.strange += outcome.strange
        for kind, characters in outcome.removed.items():
            self.removed[Kind(kind)] += characters

    def counts(self) -> dict[str, Any]:
        """Return what adds up, as JSON can hold it."""
        return {
            "documents": self.documents,
            "words_in": self.words_in,
            "words_out": self.words_out,
            "strange": self.strange,
            "kept": self.kept,
            "removed": {kind.value: size for kind, size in sorted(self.removed.items())},
            "left_out": self.left_out,
            "endings": dict(self.endings),
        }

    def add(self, counts: Mapping[str, Any]) -> None:
        """Add what `counts` returned of another report."""
        self.documents += counts["documents"]
        self.words_in += counts["words_in"]
        self.words_out += counts["words_out"]
        self.strange += counts["strange"]
        self.kept += counts["kept"]
        for kind, size in counts["removed"].items():
            self.removed[Kind(kind)] += size
        self.left_out += counts["left_out"]
        self.endings.update(counts["endings"])

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> CorpusReport:
        """Return the report that `as_json` returned.

        >>> report = CorpusReport(documents=2, kept=90, bytes=7)
        >>> CorpusReport.from_json(report.as_json()) == report
        True
        """
        file = told["failures_file"]
        report = cls(
            failures=[
                Failure(Path(one["source"]), one["reason"], one["position"])
                for one in told["failures"]
            ],
            failures_file=None if file is None else Path(file),
            **{
                name: told[name]
                for name in (
                    "links", "failed", "done_before", "documents_before", "bytes",
                    "bytes_before", "seconds", "stopped", "begun",
                )
            },
        )  # fmt: skip
        report.add(told)
        return report

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file as JSON, as a whole, in the place of any that is there.

        Raises:
            DocumentError: If that can't be done.
        """
        text = json.dumps(self.as_json(), indent=2) + "\n"
        write_file(Path(path), text.encode(), overwrite=True)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON can hold it.

        >>> CorpusReport(documents=2, kept=90).as_json()["documents"]
        2
        """
        return {
            **self.counts(),
            "kept_share": self.kept_share,
            "removed_share": {kind.value: self.share(n) for kind, n in self.removed.items()},
            "failed": self.failed,
            "failures": [one.as_json() for one in self.failures],
            "failures_file": None
            if self.failures_file is None
            else portable_name(str(self.failures_file)),
            "links": self.links,
            "done_before": self.done_before,
            "documents_before": self.documents_before,
            "bytes": self.bytes,
            "bytes_before": self.bytes_before,
            "seconds": round(self.seconds, 3),
            "stopped": self.stopped,
            "begun": self.begun,
        }
