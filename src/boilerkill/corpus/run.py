"""The folder run: from files to cleaned files and a report."""

from __future__ import annotations

import functools
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from boilerkill.corpus.files import (
    DocumentError,
    as_source,
    describe,
    is_encoding,
    read_file,
    write_file,
)
from boilerkill.corpus.plan import Job, PathLike, make_plan
from boilerkill.corpus.report import CorpusReport, Failure
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.document import Kind

__all__ = [
    "CorpusInterrupted",
    "Outcome",
    "attempt",
    "check_settings",
    "clean_bytes",
    "clean_corpus",
]

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


class CorpusInterrupted(KeyboardInterrupt):
    """Ctrl-C during a run.

    Attributes:
        report: What was done until then; all that it counts is written.
    """

    def __init__(self, report: CorpusReport) -> None:
        """Keep the report."""
        super().__init__()
        self.report = report


@dataclass(frozen=True)
class Outcome:
    """One cleaned document.

    Attributes:
        text: The cleaned text.
        kept: How many characters stayed.
        removed: How many went, by kind.
    """

    text: str
    kept: int
    removed: Counter[Kind]


def clean_corpus(
    source: PathLike | Iterable[PathLike],
    destination: PathLike,
    *,
    settings: CorpusSettings | None = None,
    on_progress: Progress | None = None,
) -> CorpusReport:
    """Clean files and folders into `destination`, which keeps the tree of each folder.

    Each document is written whole or not at all, as UTF-8. One that fails is in the report, and
    the others are done.

    Args:
        source: A file or folder, or several. In folders the files that are named .txt, .text,
            .md or .markdown are documents; a file given by its own path is one however it is
            named (HTML apart).
        destination: A folder, or for a single file the file to write.
        settings: How to clean and write.
        on_progress: Called with how many documents are done, and how many there are: first
            before any is done, then after each.

    Returns:
        What was done.

    Raises:
        CorpusError: If the run can't begin; nothing has been written.
        CorpusInterrupted: On Ctrl-C, with the report so far.
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.
    """
    settings = CorpusSettings() if settings is None else settings
    paths = [source] if isinstance(source, str | os.PathLike) else list(source)
    check_settings(settings)
    plan = make_plan(paths, destination, settings)
    report = CorpusReport(failures=plan.failures, left_out=plan.left_out, links=plan.links)
    try:
        _run(plan.jobs, settings, report, on_progress or _ignore)
    except KeyboardInterrupt:
        raise CorpusInterrupted(report) from None
    return report


def check_settings(settings: CorpusSettings) -> None:
    """Check the settings once, lest every document fails for them.

    Raises:
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.
    """
    from boilerkill.api import separate

    separate("", keep=settings.keep, threshold=settings.threshold)
    if settings.encoding is not None and not is_encoding(settings.encoding):
        raise ValueError(f"encoding: {settings.encoding!r} names no text encoding")


def attempt(path: Path, work: Callable[[], Outcome], report: CorpusReport) -> Outcome | None:
    """Do the work of one document and count it in the report, as done or as failed.

    Returns:
        What `work` returns, or `None` if it failed.
    """
    try:
        outcome = work()
    except DocumentError as error:
        report.failures.append(Failure(path, str(error)))
    except OSError as error:
        report.failures.append(Failure(path, describe(error)))
    except Exception as error:
        # A defect of ours, on one document of many: the others are still worth having.
        logger.debug("%r failed", path, exc_info=True)
        report.failures.append(Failure(path, f"unexpected {type(error).__name__}: {error}"))
    else:
        report.documents += 1
        report.kept += outcome.kept
        report.removed.update(outcome.removed)
        return outcome
    return None


def clean_bytes(data: bytes, settings: CorpusSettings) -> Outcome:
    """Clean one document.

    Raises:
        DocumentError: If it is binary, or not in the encoding of the settings.
    """
    from boilerkill.api import separate

    source = as_source(data, settings.encoding)
    document = separate(source, keep=settings.keep, threshold=settings.threshold)
    kept, removed = 0, Counter[Kind]()
    for segment in document.segments:
        if segment.kept:
            kept += len(segment.text)
        else:
            removed[segment.kind] += len(segment.text)
    return Outcome(document.text, kept, removed)


def _run(
    jobs: list[Job], settings: CorpusSettings, report: CorpusReport, on_progress: Progress
) -> None:
    on_progress(0, len(jobs))
    for number, job in enumerate(jobs, 1):
        attempt(job.source, functools.partial(_do, job, settings), report)
        on_progress(number, len(jobs))


def _do(job: Job, settings: CorpusSettings) -> Outcome:
    outcome = clean_bytes(read_file(job.source), settings)
    write_file(job.target, outcome.text, overwrite=settings.overwrite)
    return outcome


def _ignore(done: int, total: int) -> None:
    """Take no notice of the progress."""
