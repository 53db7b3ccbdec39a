"""The units of a run: what is written together, with what the ledger says of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from boilerkill.corpus.digest import digest_of
from boilerkill.corpus.files import describe
from boilerkill.corpus.formats import FORMATS
from boilerkill.corpus.ledger import Ledger, Row
from boilerkill.corpus.output import Output, Shards, is_fatal
from boilerkill.corpus.plan import Plan
from boilerkill.corpus.record import Batch, Cleaned, Outcome
from boilerkill.corpus.report import CorpusReport, Failure, failure_of
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.spool import Spool

__all__ = ["AllFiles", "OneFile", "RunState", "SmallFiles", "Step", "StopError", "Unit"]

# So many small files are written at a time: the system takes its time to put each on the disk.
_WRITERS = 8


@dataclass
class RunState:
    """What a run is, and what it has done so far.

    Attributes:
        plan: What becomes what.
        settings: How to clean and write.
        report: What is done.
    """

    plan: Plan
    settings: CorpusSettings
    report: CorpusReport

    @property
    def ledger(self) -> Ledger:
        """What is known of each file."""
        return self.plan.ledger


class StopError(Exception):
    """What ends a run from within; its message says why."""


class Unit(Protocol):
    """What is written together: some small files, one file, or all there is."""

    def take(self, step: Step, cleaned: list[Cleaned]) -> None:
        """Take what a batch became."""

    def end(self) -> None:
        """Write it."""

    def abort(self) -> None:
        """Leave no part of it."""


@dataclass
class Step:
    """What goes through the processes at a time.

    Attributes:
        unit: Where it is written.
        rows: The file of each record.
        batch: The documents; None at the end of the unit.
        digest: The digest of the documents.
        known: What they became, where that is known from before.
        results: What they became.
    """

    unit: Unit
    rows: list[Row]
    batch: Batch | None = None
    digest: str = ""
    known: list[Outcome | str | None] | None = None
    results: list[Outcome | str | None] = field(default_factory=list)


def _failures(cleaned: Iterable[Cleaned]) -> list[Failure]:
    return [failure for one in cleaned if (failure := failure_of(one)) is not None]


def _count(report: CorpusReport, cleaned: Iterable[Cleaned], batch: Batch | None = None) -> None:
    for one in cleaned:
        report.take(one)
    if batch is not None:
        report.leave_out(batch.left_out)


def _says_nothing(batch: Batch) -> bool:
    """Tell a batch of which there is nothing to clean, but something to write."""
    return not batch.records and not batch.left_out


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


class SmallFiles:
    """Files of one document each, which are written at once."""

    def __init__(self, run: RunState) -> None:
        """Belong to a run."""
        self._run = run

    def take(self, step: Step, cleaned: list[Cleaned]) -> None:
        """Write a batch of files, and note each in the ledger."""
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
        waiting = run.ledger.waiting / str(row.id)
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
        """Have nothing more to write."""

    def abort(self) -> None:
        """Leave what is written: each file is whole."""


class OneFile:
    """A file of many documents."""

    def __init__(self, run: RunState, row: Row) -> None:
        """Begin with what is kept of the file from a run that was stopped."""
        self._run = run
        self._row = row
        self.spool = Spool(run.ledger.spool / f"{row.id}.spool")
        self._output = Output(
            row.target,
            row.file.format,
            run.settings,
            run.ledger.waiting / str(row.id),
            replaces=run.settings.overwrite or row.resumed,
        )
        self._own = CorpusReport()
        self._digest = ""
        self._broken: str | None = None
        self._begun = False
        self._read = _BytesRead(run.report)
        self._any = False
        self._only_left_out = True
        self._number = 0

    def spoil(self) -> None:
        """Note that the file was written to while it was read."""
        self._broken = "it was written to while it was read"

    def take(self, step: Step, cleaned: list[Cleaned]) -> None:
        """Write a batch behind those before it."""
        run, batch = self._run, step.batch
        assert batch is not None
        if not self._begun:
            self._begun = True
            with run.ledger.changes():
                run.ledger.clear_failures(self._row)
        if step.known is None:
            self.spool.append(step.digest, step.results)
        self._digest = digest_of(self._digest, step.digest)
        self._any |= any(one.problem is None for one in cleaned) or _says_nothing(batch)
        self._only_left_out &= not cleaned
        with _writing(self._row.target):
            self._output.write(batch, cleaned)
        failures = _failures(cleaned)
        if failures:
            with run.ledger.changes():
                run.ledger.note_failures(self._row, enumerate(failures, self._number))
        self._number += len(cleaned)
        _count(self._own, cleaned, batch)
        _count(run.report, cleaned, batch)
        self._read.reach(batch.read)

    def end(self) -> None:
        """Give the file its name, unless nothing in it could be read."""
        run = self._run
        state = "done"
        if self._broken or not (self._any or (self._begun and self._only_left_out)):
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
        """Leave no part of the file; what became of its batches is kept."""
        self._output.abort()
        self.spool.close()


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StopError(f"can't write {target}: {describe(error)}") from error


class AllFiles:
    """All documents of a run, which go to one place."""

    def __init__(self, run: RunState) -> None:
        """Begin with what is kept from a run that was stopped."""
        self._run = run
        self.spool = Spool(run.ledger.spool / "all.spool")
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
                    run.ledger.waiting / target.name,
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

    def take(self, step: Step, cleaned: list[Cleaned]) -> None:
        """Write a batch behind those before it."""
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
        _count(self._own, cleaned, batch)
        _count(run.report, cleaned, batch)
        self._read.reach(batch.read)

    def end(self) -> None:
        """Give all files their names."""
        with _writing(self._targets[0]):
            self._shards.commit()
        with self._run.ledger.changes():
            self._run.ledger.note_all(self._own)
        self.spool.remove()

    def abort(self) -> None:
        """Leave no part of the files; what became of their batches is kept."""
        self._shards.abort()
        self.spool.close()
