"""The corpus run: from files to cleaned files and a report."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Protocol

from boilerkill import __version__
from boilerkill.corpus.digest import digest_of
from boilerkill.corpus.files import DocumentError, describe, need
from boilerkill.corpus.formats import FORMATS
from boilerkill.corpus.ledger import Ledger, Row
from boilerkill.corpus.output import Output, Shards, is_fatal, remove_left_over
from boilerkill.corpus.plan import (
    CorpusError,
    PathLike,
    Plan,
    as_paths,
    make_plan,
    make_source_plan,
    read_records,
)
from boilerkill.corpus.pool import Pool, PoolError, Task
from boilerkill.corpus.record import (
    Batch,
    Cleaned,
    Outcome,
    Record,
    due,
    fills_chunk,
    put_in_place,
)
from boilerkill.corpus.report import CorpusReport, Failure, failure_of
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.source import read_batches
from boilerkill.corpus.spool import Spool
from boilerkill.corpus.status import FILE as STATUS
from boilerkill.corpus.status import status_of, tell_status

__all__ = [
    "CorpusInterrupted",
    "CorpusStopped",
    "Progress",
    "Sample",
    "clean_corpus",
    "plan_corpus",
    "sample_of",
    "sample_records",
]

FAILURES = "failures.jsonl"
PROFILE = "site.profile"

# So often, in seconds, a run at work says how far it is.
_TELL_EVERY = 2.0

# So many small files are written at a time: the system takes its time to put each on the disk.
_WRITERS = 8


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        documents: How many documents are done.
        bytes: How many bytes of the input are done.
        total_bytes: How many there are.
        failed: How many documents failed.
        seconds: For how long it has been running.
    """

    documents: int
    bytes: int
    total_bytes: int
    failed: int
    seconds: float


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Sample:
    """Some documents of a corpus.

    Attributes:
        records: The documents, in the order of the corpus.
        of: How many there are in all.
        unread: What can't be read at all.
        left_out: How many files are no documents (by their names).
    """

    records: list[Record]
    of: int
    unread: tuple[Failure, ...] = ()
    left_out: int = 0


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


class _StopError(Exception):
    """What ends a run from within; its message says why."""


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
    try:
        run = _Run(plan, settings, on_progress or _ignore, started)
        with _beginning():
            _begin(plan, settings)
            if settings.learn:
                run.settings = _learn(source, plan, settings)
        run.go()
        return run.report
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
    plan, settings = _plan_checked(source, destination, settings)
    try:
        _check_ledger(plan.ledger, settings, plan.targets)
        for row in plan.ledger.rows():
            yield row.file.path, row.target if not plan.targets else plan.targets[0]
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


@contextlib.contextmanager
def _beginning() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(f"can't write {error.filename}: {describe(error)}") from error


def _check_ledger(ledger: Ledger, settings: CorpusSettings, targets: Sequence[Path]) -> bool:
    """Check that a run goes on as the one before, and tell whether it begins anew.

    Raises:
        CorpusError: If it would not, and may not replace what is there.
    """
    if not ledger.exists or ledger.meta("version") is None:
        return False
    differences = _differences(ledger, settings, targets)
    finished = bool(ledger.meta("finished"))
    if targets and finished and not differences and ledger.any_waits():
        differences.append("other documents")
    if not settings.overwrite:
        changed = [] if differences else ledger.changed()
        if changed:
            differences.append(f"an earlier state of {len(changed)} inputs, such as {changed[0]}")
        if differences:
            where = ledger.state.parent
            raise CorpusError(
                f"{where} was cleaned with {', '.join(differences)} (--overwrite cleans it anew)"
            )
    return settings.overwrite and (bool(differences) or finished)


def _differences(ledger: Ledger, settings: CorpusSettings, targets: Sequence[Path]) -> list[str]:
    found = []
    version, options = ledger.meta("version"), ledger.meta("options")
    if version != __version__:
        found.append(f"boilerkill {version}")
    for name, value in settings.fingerprint().items():
        if options.get(name) != value:
            found.append(f"{name} {options.get(name)}")
    if not found and ledger.meta("targets") != [os.fspath(target) for target in targets]:
        found.append("another output")
    return found


def _begin(plan: Plan, settings: CorpusSettings) -> None:
    ledger = plan.ledger
    anew = _check_ledger(ledger, settings, plan.targets)
    meta = {
        "version": __version__,
        "options": settings.fingerprint(),
        "targets": [os.fspath(target) for target in plan.targets],
        "finished": False,
    }
    ledger.begin(meta, anew=anew)
    remove_left_over(ledger.state / "waiting")
    if anew:
        ledger.set_meta("learnt", False)
        shutil.rmtree(ledger.state / "spool", ignore_errors=True)


def _learn(
    source: PathLike | Iterable[PathLike], plan: Plan, settings: CorpusSettings
) -> CorpusSettings:
    """Learn the furniture of the corpus, unless a run that was stopped has done so."""
    from boilerkill.corpus.learn import learn_file

    path = plan.ledger.state / PROFILE
    if not path.exists() or not plan.ledger.meta("learnt"):
        learn_file(source, path, settings)
        plan.ledger.set_meta("learnt", True)
    return settings.replace(profile=path)


class _Unit(Protocol):
    """What is written together: some small files, one file, or all there is."""

    def take(self, step: _Step, cleaned: list[Cleaned]) -> None:
        """Take what a batch became."""

    def end(self) -> None:
        """Write it."""

    def abort(self) -> None:
        """Leave no part of it."""


@dataclass
class _Step:
    """What goes through the processes at a time.

    Attributes:
        unit: Where it is written.
        rows: The file of each record.
        batch: The documents; None at the end of the unit.
        digest: The digest of the documents.
        known: What they became, where that is known from before.
        results: What they became.
    """

    unit: _Unit
    rows: list[Row]
    batch: Batch | None = None
    digest: str = ""
    known: list[Outcome | str | None] | None = None
    results: list[Outcome | str | None] = field(default_factory=list)


@dataclass
class _Run:
    """One run."""

    plan: Plan
    settings: CorpusSettings
    on_progress: OnProgress
    started: float
    report: CorpusReport = field(default_factory=CorpusReport)
    total_bytes: int = 0
    told_next: float = 0.0

    @property
    def ledger(self) -> Ledger:
        return self.plan.ledger

    def go(self) -> None:
        """Do all there is to do."""
        finder = self.plan.finder
        self.report.left_out, self.report.links = finder.left_out, finder.links
        for failure in finder.failures:
            self.report.fail(failure)
        self.total_bytes = self.ledger.planned_bytes()
        self.ledger.done(self.report)
        self.report.bytes = self.ledger.done_bytes()
        self._tell()
        current: list[_Unit] = []
        try:
            self._check_strict()
            with Pool(self.settings) as pool:
                for task in pool.map(self._tasks()):
                    current[:] = [task.tag.unit]
                    self._take(task)
                    self._tell()
            self._end(finished=True)
        except KeyboardInterrupt:
            self._stop(current, "Ctrl-C")
            raise CorpusInterrupted(self.report) from None
        except _StopError as stop:
            self._stop(current, str(stop))
            raise CorpusStopped(str(stop), self.report) from None
        except (OSError, PoolError) as error:
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
            )
        )

    def _stop(self, current: Sequence[_Unit], reason: str) -> None:
        self.report.stopped = reason
        for unit in current:
            unit.abort()
        with contextlib.suppress(OSError):
            self._end(finished=False)

    def _end(self, *, finished: bool) -> None:
        """Say in the output what became of it."""
        state = self.ledger.state
        with contextlib.suppress(OSError):
            (state / STATUS).unlink()
        if finished:
            self.ledger.set_meta("finished", True)
            with contextlib.suppress(OSError):
                (state / "waiting").rmdir()
            with contextlib.suppress(OSError):
                (state / "spool").rmdir()
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

    def _tasks(self) -> Iterator[Task[_Step]]:
        for step in self._steps():
            is_due = step.batch is not None and step.known is None
            yield Task(step, due(step.batch.records) if step.batch is not None and is_due else [])

    def _steps(self) -> Iterator[_Step]:
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
        changed: list[bool] = []
        batches = list(read_batches(row.file, self.settings, lambda: changed.append(True)))
        # What went wrong behind the document makes it doubtful as a whole.
        return batches[-1].records[0]

    def _loose(self, found: list[tuple[Row, Record]]) -> _Step:
        batch = Batch([record for _, record in found])
        return _Step(_SmallFiles(self), [row for row, _ in found], batch)

    def _steps_of_file(self, row: Row) -> Iterator[_Step]:
        unit = _OneFile(self, row)
        yield from self._read_file(unit, row, unit.spool)
        yield _Step(unit, [row])

    def _steps_of_all(self) -> Iterator[_Step]:
        if not self.ledger.any_waits():
            return
        unit = _All(self)
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
        yield _Step(unit, [])

    def _recall(self, unit: _All, found: list[tuple[Row, Record]]) -> Iterator[_Step]:
        if found:
            batch = Batch([record for _, record in found])
            digest = batch.digest()
            known = unit.spool.recall(digest)
            yield _Step(unit, [row for row, _ in found], batch, digest, known)

    def _read_file(self, unit: _OneFile | _All, row: Row, spool: Spool) -> Iterator[_Step]:
        for batch in read_batches(row.file, self.settings, unit.spoil):
            digest = batch.digest()
            rows = [row] * len(batch.records)
            yield _Step(unit, rows, batch, digest, spool.recall(digest))

    # What is written.

    def _take(self, task: Task[_Step]) -> None:
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
            raise _StopError(f"{first.where}: {first.reason} (--strict)")

    def waiting(self, name: str) -> Path:
        """Return where a file is until it is whole."""
        return self.ledger.state / "waiting" / name


def _failures(cleaned: Iterable[Cleaned]) -> list[Failure]:
    return [failure for one in cleaned if (failure := failure_of(one)) is not None]


def _count(report: CorpusReport, cleaned: Iterable[Cleaned]) -> None:
    for one in cleaned:
        report.take(one)


class _BytesRead:
    """Counts in the report what is read of a file, as it is read."""

    def __init__(self, report: CorpusReport) -> None:
        self._report = report
        self._read = 0

    def begin(self) -> None:
        """Begin with another file."""
        self._read = 0

    def reach(self, read: int) -> None:
        """Note that so much of the file is read."""
        if read > self._read:
            self._report.bytes += read - self._read
            self._read = read


class _SmallFiles:
    """Files of one document each, which are written at once."""

    def __init__(self, run: _Run) -> None:
        self._run = run

    def take(self, step: _Step, cleaned: list[Cleaned]) -> None:
        with ThreadPoolExecutor(_WRITERS) as threads:
            written = list(threads.map(self._write, step.rows, cleaned))
        run = self._run
        with run.ledger.changes():
            for row, one in zip(step.rows, written, strict=True):
                own = CorpusReport()
                _count(own, [one])
                digest = None if one.record.text is None else Batch([one.record]).digest()
                run.ledger.note(row, "failed" if one.problem else "done", own, digest)
                run.ledger.note_failures(row, enumerate(own.failures))
        _count(run.report, written)
        run.report.bytes += sum(row.file.size for row in step.rows)

    def _write(self, row: Row, one: Cleaned) -> Cleaned:
        if one.problem is not None:
            return one
        run = self._run
        replaces = run.settings.overwrite or row.resumed
        waiting = run.waiting(str(row.id))
        text = FORMATS["txt"]
        output = Output(row.target, text, run.settings, waiting, replaces=replaces)
        try:
            output.write(Batch([one.record]), [one])
            output.commit()
        except OSError as error:
            output.abort()
            if is_fatal(error):
                raise
            reason = f"can't write {row.target}: {describe(error)}"
            return replace(one, outcome=None, problem=reason)
        return one

    def end(self) -> None:
        pass

    def abort(self) -> None:
        pass


class _OneFile:
    """A file of many documents."""

    def __init__(self, run: _Run, row: Row) -> None:
        self._run = run
        self._row = row
        self.spool = Spool(run.ledger.state / "spool" / f"{row.id}.spool")
        self._output = Output(
            row.target,
            row.file.format,
            run.settings,
            run.waiting(str(row.id)),
            replaces=run.settings.overwrite or row.resumed,
        )
        self._own = CorpusReport()
        self._digest = ""
        self._broken: str | None = None
        self._begun = False
        self._read = _BytesRead(run.report)
        self._any = False
        self._number = 0

    def spoil(self) -> None:
        """Note that the file was written to while it was read."""
        self._broken = "it was written to while it was read"

    def take(self, step: _Step, cleaned: list[Cleaned]) -> None:
        run, batch = self._run, step.batch
        assert batch is not None
        if not self._begun:
            self._begun = True
            with run.ledger.changes():
                run.ledger.clear_failures(self._row)
        if step.known is None:
            self.spool.append(step.digest, step.results)
        self._digest = digest_of(self._digest, step.digest)
        self._any = self._any or any(one.problem is None for one in cleaned) or not cleaned
        with _writing(self._row.target):
            self._output.write(batch, cleaned)
        failures = _failures(cleaned)
        if failures:
            with run.ledger.changes():
                run.ledger.note_failures(self._row, enumerate(failures, self._number))
        self._number += len(cleaned)
        _count(self._own, cleaned)
        _count(run.report, cleaned)
        self._read.reach(batch.read)

    def end(self) -> None:
        run = self._run
        state = "done"
        if self._broken or not self._any:
            self._output.abort()
            state = "failed"
        else:
            with _writing(self._row.target):
                self._output.commit()
        with run.ledger.changes():
            run.ledger.note(self._row, state, self._own, self._digest)
        self.spool.remove()
        self._read.reach(self._row.file.size)

    def abort(self) -> None:
        self._output.abort()
        self.spool.close()


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _StopError(f"can't write {target}: {describe(error)}") from error


class _All:
    """All documents of a run, which go to one place."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self.spool = Spool(run.ledger.state / "spool" / "all.spool")
        format = FORMATS[run.settings.to or "txt"]
        resumed = run.ledger.meta("began") is True
        run.ledger.set_meta("began", True)
        self._targets = run.plan.targets
        self._shards = Shards(
            [
                Output(
                    target,
                    format,
                    run.settings,
                    run.waiting(target.name),
                    replaces=run.settings.overwrite or resumed,
                )
                for target in self._targets
            ]
        )
        self._own = CorpusReport()
        self._row: Row | None = None
        self._read = _BytesRead(run.report)
        self._number = 0

    def spoil(self) -> None:
        """Take no notice: that a file was written to is a failure, and what was read is in."""

    def take(self, step: _Step, cleaned: list[Cleaned]) -> None:
        run, batch = self._run, step.batch
        assert batch is not None
        if step.known is None:
            self.spool.append(step.digest, step.results)
        with _writing(self._targets[0]):
            self._shards.write(batch, cleaned)
        with run.ledger.changes():
            for row, one in zip(step.rows, cleaned, strict=True):
                if self._row is None or row.number != self._row.number:
                    self._row = row
                    self._read.begin()
                    run.ledger.clear_failures(row)
                    if row.file.single:
                        self._read.reach(row.file.size)
                run.ledger.note_failures(row, enumerate(_failures([one]), self._number))
                self._number += 1
        _count(self._own, cleaned)
        _count(run.report, cleaned)
        self._read.reach(batch.read)

    def end(self) -> None:
        with _writing(self._targets[0]):
            self._shards.commit()
        with self._run.ledger.changes():
            self._run.ledger.note_all(self._own)
        self.spool.remove()

    def abort(self) -> None:
        self._shards.abort()
        self.spool.close()


def write_failures(path: Path, *parts: Iterable[Failure]) -> None:
    """Write failures as JSONL.

    Raises:
        OSError: If that can't be done.
    """
    waiting = path.with_suffix(".tmp")
    with waiting.open("w", encoding="utf-8", errors="surrogateescape") as file:
        for part in parts:
            for one in part:
                plain = {"source": str(one.path), "position": one.position, "reason": one.reason}
                file.write(json.dumps(plain) + "\n")
    waiting.replace(path)


def _ignore(progress: Progress) -> None:
    """Take no notice of the progress."""


def sample_records(
    source: Sequence[PathLike], settings: CorpusSettings, count: int, random: Random
) -> Sample:
    """Return random documents of a corpus, each as likely as any other.

    Raises:
        CorpusError: If there is none.
    """
    settings.check()
    with make_source_plan(source, settings) as plan:
        sample = sample_of(read_records(plan, settings), count, random)
        finder = plan.finder
        return replace(sample, unread=tuple(finder.failures), left_out=finder.left_out)


def sample_of(records: Iterable[Record], count: int, random: Random) -> Sample:
    """Return random documents of those that come, each as likely as any other.

    >>> records = [Record(str(number)) for number in range(100)]
    >>> sample_of(records, 100, Random(0)).records == records
    True
    >>> sample = sample_of(records, 3, Random(0))
    >>> len(sample.records), sample.of
    (3, 100)
    """
    found: list[tuple[int, Record]] = []
    seen = 0
    for record in records:
        place = len(found) if len(found) < count else random.randrange(seen + 1)
        if place < count:
            found[place : place + 1] = [(seen, record)]
        seen += 1
    return Sample([record for _, record in sorted(found, key=lambda entry: entry[0])], seen)
