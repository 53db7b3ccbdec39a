"""The corpus run: from files to cleaned files and a report."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerkill.corpus.beginning import begin, beginning, check_ledger, learn_first
from boilerkill.corpus.files import DocumentError, describe, need
from boilerkill.corpus.ledger import LedgerError, Row
from boilerkill.corpus.plan import CorpusError, PathLike, Plan, as_paths, make_plan
from boilerkill.corpus.pool import Pool, PoolError, Task
from boilerkill.corpus.record import Batch, Record, due, fills_chunk, put_in_place
from boilerkill.corpus.report import CorpusReport, Failure
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.source import read_batches
from boilerkill.corpus.spool import Spool, count_kept
from boilerkill.corpus.status import FILE as STATUS
from boilerkill.corpus.status import status_of, tell_status
from boilerkill.corpus.units import AllFiles, OneFile, RunState, SmallFiles, Step, StopError, Unit

__all__ = [
    "CorpusInterrupted",
    "CorpusStopped",
    "Progress",
    "clean_corpus",
    "plan_corpus",
    "planned",
    "reporting",
]

FAILURES = "failures.jsonl"

# So often, in seconds, a run at work says how far it is.
_TELL_EVERY = 2.0


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        documents: How many documents are done.
        bytes: How many bytes of the input are done.
        total_bytes: How many there are.
        failed: How many documents failed.
        seconds: For how long it has been running.
        bytes_before: How many of the bytes were done before it went on.
    """

    documents: int
    bytes: int
    total_bytes: int
    failed: int
    seconds: float
    bytes_before: int = 0


OnProgress = Callable[[Progress], None]


class CorpusInterrupted(KeyboardInterrupt):
    """Ctrl-C during a run.

    Attributes:
        report: What was done until then; the same run again goes on from there.
    """

    def __init__(self, report: CorpusReport) -> None:
        """Keep the report."""
        super().__init__()
        self.report = report


class CorpusStopped(Exception):  # noqa: N818 -- like CorpusInterrupted
    """A run that could not go on, such as for a full disk; its message says why.

    Attributes:
        report: What was done until then; the same run again goes on from there.
    """

    def __init__(self, message: str, report: CorpusReport) -> None:
        """Keep the report."""
        super().__init__(message)
        self.report = report


@contextlib.contextmanager
def reporting(report: CorpusReport, settings: CorpusSettings) -> Iterator[None]:
    """Write the report in the end, whatever that is, if it is asked for.

    Raises:
        CorpusStopped: If it can't be written.
    """
    try:
        yield
    finally:
        if settings.report is not None:
            try:
                report.write(settings.report)
            except DocumentError as error:
                raise CorpusStopped(str(error), report) from error


def clean_corpus(
    source: PathLike | Iterable[PathLike],
    destination: PathLike,
    settings: CorpusSettings | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> CorpusReport:
    """Clean files and folders into `destination`, which keeps the tree of each folder.

    Each file is written whole or not at all. A document that fails is in the report and in
    ``failures.jsonl``, and the others are done. A run that was killed goes on where it stopped
    when it is called again in the same way, and ends with the same bytes.

    Args:
        source: A file or folder, or several. In folders, documents are told by the suffixes of
            their names; a file given by its own path also by what it holds.
        destination: A folder, or for a single file the file to write.
        settings: How to clean and write.
        on_progress: Called at the start and whenever some documents are done.

    Returns:
        What was done.

    Raises:
        CorpusError: If the run can't begin; nothing has been written.
        CorpusInterrupted: On Ctrl-C, with the report so far.
        CorpusStopped: If the run can't go on, or a document failed that may not (`strict`).
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.
    """
    started = time.monotonic()
    plan, settings = _plan_checked(source, destination, settings)
    run = _Run(plan, settings, CorpusReport(), on_progress or _ignore, started)
    try:
        with beginning():
            begin(plan, settings)
            if settings.learn:
                run.settings = learn_first(source, plan, settings)
        with reporting(run.report, settings):
            run.go()
        return run.report
    except LedgerError as error:
        run.report.stopped = str(error)
        raise CorpusStopped(str(error), run.report) from error
    finally:
        plan.ledger.close()


def plan_corpus(
    source: PathLike | Iterable[PathLike],
    destination: PathLike,
    settings: CorpusSettings | None = None,
) -> Iterator[tuple[Path, Path]]:
    """Yield which file would become which, without writing anything.

    Raises:
        CorpusError: As `clean_corpus` does.
    """
    with planned(source, destination, settings) as plan:
        yield from plan.pairs()


@contextlib.contextmanager
def planned(
    source: PathLike | Iterable[PathLike],
    destination: PathLike,
    settings: CorpusSettings | None = None,
) -> Iterator[Plan]:
    """Plan a run that could begin, and write nothing.

    Raises:
        CorpusError: As `clean_corpus` does.
    """
    plan, settings = _plan_checked(source, destination, settings)
    try:
        check_ledger(plan.ledger, settings, plan.targets)
        yield plan
    finally:
        plan.ledger.close()


def _plan_checked(
    source: PathLike | Iterable[PathLike],
    destination: PathLike,
    settings: CorpusSettings | None,
) -> tuple[Plan, CorpusSettings]:
    settings = CorpusSettings() if settings is None else settings
    settings.check()
    if settings.to == "parquet":
        try:
            need("pyarrow", "parquet")
        except DocumentError as error:
            raise CorpusError(f"--to parquet {error}") from None
    return make_plan(as_paths(source), destination, settings), settings


@dataclass
class _Run(RunState):
    """One run: reads step by step, and hands each on to what it is written with."""

    on_progress: OnProgress
    started: float
    total_bytes: int = 0
    told_next: float = 0.0

    def go(self) -> None:
        """Do all there is to do."""
        finder = self.plan.finder
        self.report.left_out, self.report.endings = finder.left_out, Counter(finder.endings)
        self.report.links = finder.links
        for failure in finder.failures:
            self.report.fail(failure)
        self.total_bytes = self.ledger.planned_bytes()
        self.ledger.done(self.report)
        self.report.bytes = self.ledger.done_bytes()
        self.report.documents_before = self.report.documents
        self.report.bytes_before = self.report.bytes
        self._tell()
        current: list[Unit] = []
        try:
            self._check_strict()
            with Pool(self.settings) as pool:
                for task in pool.map(self._tasks()):
                    current[:] = [task.tag.unit]
                    self._take(task)
                    self._tell()
            self._end(finished=True)
        except KeyboardInterrupt as interrupt:
            self._stop(current, str(interrupt) or "Ctrl-C")
            raise CorpusInterrupted(self.report) from None
        except StopError as stop:
            self._stop(current, str(stop))
            raise CorpusStopped(str(stop), self.report) from None
        except (OSError, PoolError, LedgerError) as error:
            reason = describe(error) if isinstance(error, OSError) else str(error)
            self._stop(current, reason)
            raise CorpusStopped(reason, self.report) from error

    def _tell(self) -> None:
        self.report.seconds = time.monotonic() - self.started
        if self.report.seconds >= self.told_next:
            self.told_next = self.report.seconds + _TELL_EVERY
            # Who asks for it is told less; the run has nothing to do with it.
            with contextlib.suppress(OSError):
                tell_status(
                    status_of(self.ledger, "at work", self.report, self.total_bytes),
                    self.ledger.state,
                )
        self.on_progress(
            Progress(
                self.report.documents,
                self.report.bytes,
                self.total_bytes,
                self.report.failed,
                self.report.seconds,
                self.report.bytes_before,
            )
        )

    def _stop(self, current: Sequence[Unit], reason: str) -> None:
        self.report.stopped = reason
        for unit in current:
            unit.abort()
        self.report.begun = count_kept(self.ledger.spool)
        with contextlib.suppress(OSError, LedgerError):
            self._end(finished=False)

    def _end(self, *, finished: bool) -> None:
        """Say in the output what became of it."""
        state = self.ledger.state
        with contextlib.suppress(OSError):
            (state / STATUS).unlink()
        if finished:
            self.ledger.set_meta("finished", True)
            with contextlib.suppress(OSError):
                self.ledger.waiting.rmdir()
            with contextlib.suppress(OSError):
                self.ledger.spool.rmdir()
        failures = [*self.plan.finder.failures]
        if self.report.failed:
            self.report.failures_file = state / FAILURES
            write_failures(state / FAILURES, failures, self.ledger.failures())
        else:
            with contextlib.suppress(OSError):
                (state / FAILURES).unlink()
        self.report.seconds = time.monotonic() - self.started
        if finished and self.plan.alone and not self.report.failed:
            self.ledger.close()
            shutil.rmtree(state, ignore_errors=True)

    # What is read.

    def _tasks(self) -> Iterator[Task[Step]]:
        for step in self._steps():
            is_due = step.batch is not None and step.known is None
            yield Task(step, due(step.batch.records) if step.batch is not None and is_due else [])

    def _steps(self) -> Iterator[Step]:
        if self.plan.targets:
            yield from self._steps_of_all()
            return
        loose: list[tuple[Row, Record]] = []
        for row in self.ledger.rows():
            if row.file.single:
                loose.append((row, self._read_single(row)))
                if fills_chunk([record for _, record in loose]):
                    yield self._loose(loose)
                    loose = []
                continue
            if loose:
                yield self._loose(loose)
                loose = []
            yield from self._steps_of_file(row)
        if loose:
            yield self._loose(loose)

    def _read_single(self, row: Row) -> Record:
        batches = list(read_batches(row.file, self.settings, lambda: None))
        # What went wrong behind the document makes it doubtful as a whole.
        return batches[-1].records[0]

    def _loose(self, found: list[tuple[Row, Record]]) -> Step:
        batch = Batch([record for _, record in found])
        return Step(SmallFiles(self), [row for row, _ in found], batch)

    def _steps_of_file(self, row: Row) -> Iterator[Step]:
        unit = OneFile(self, row)
        yield from self._read_file(unit, row, unit.spool)
        yield Step(unit, [row])

    def _steps_of_all(self) -> Iterator[Step]:
        if not self.ledger.any_waits():
            return
        unit = AllFiles(self)
        waiting: list[tuple[Row, Record]] = []
        for row in self.ledger.rows(every=True):
            if row.file.single:
                waiting.append((row, self._read_single(row)))
                if not fills_chunk([record for _, record in waiting]):
                    continue
            yield from self._recall(unit, waiting)
            waiting = []
            if not row.file.single:
                yield from self._read_file(unit, row, unit.spool)
        yield from self._recall(unit, waiting)
        yield Step(unit, [])

    def _recall(self, unit: AllFiles, found: list[tuple[Row, Record]]) -> Iterator[Step]:
        if found:
            batch = Batch([record for _, record in found])
            digest = batch.digest()
            known = unit.spool.recall(digest)
            yield Step(unit, [row for row, _ in found], batch, digest, known)

    def _read_file(self, unit: OneFile | AllFiles, row: Row, spool: Spool) -> Iterator[Step]:
        for batch in read_batches(row.file, self.settings, unit.spoil):
            digest = batch.digest()
            rows = [row] * len(batch.records)
            yield Step(unit, rows, batch, digest, spool.recall(digest))

    # What is written.

    def _take(self, task: Task[Step]) -> None:
        step = task.tag
        if step.batch is None:
            step.unit.end()
            return
        results = task.results if step.known is None else step.known
        step.results = results
        cleaned = put_in_place(step.batch.records, results)
        step.unit.take(step, cleaned)
        self._check_strict()

    def _check_strict(self) -> None:
        if self.settings.strict and self.report.failed:
            first = self.report.failures[0]
            raise StopError(f"{first.where}: {first.reason} (--strict)")


def write_failures(path: Path, *parts: Iterable[Failure]) -> None:
    """Write failures as JSONL.

    Raises:
        OSError: If that can't be done.
    """
    waiting = path.with_suffix(".tmp")
    with waiting.open("w", encoding="utf-8") as file:
        for part in parts:
            for one in part:
                file.write(json.dumps(one.as_json()) + "\n")
    waiting.replace(path)


def _ignore(progress: Progress) -> None:
    """Take no notice of the progress."""
