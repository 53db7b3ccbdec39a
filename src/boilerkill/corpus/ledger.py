"""What a run knows of itself: which files it has done, how, and what failed (SQLite).

The plan of the present run is a table of its own, in a temporary database that goes when the run
ends. Both may have a row for each of a million files, so neither is ever read whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerkill.corpus.find import STATE
from boilerkill.corpus.formats import FORMATS
from boilerkill.corpus.portable import portable_name
from boilerkill.corpus.report import CorpusReport, Failure
from boilerkill.corpus.source import SourceFile

__all__ = ["Ledger", "LedgerBusyError", "LedgerError", "Row"]

FILE = "ledger.sqlite"
_LOCK = "lock.sqlite"

_PLAN = """
CREATE TABLE plan (
    number INTEGER PRIMARY KEY, source BLOB NOT NULL, target BLOB NOT NULL, folded TEXT NOT NULL,
    parent BLOB NOT NULL, format TEXT NOT NULL, compression TEXT, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, device INTEGER, inode INTEGER
);
"""
_PLAN_INDEXES = """
CREATE INDEX plan_target ON plan (target);
CREATE INDEX plan_folded ON plan (folded);
CREATE INDEX plan_parent ON plan (parent);
CREATE INDEX plan_inode ON plan (inode);
"""

_LEDGER = """
CREATE TABLE IF NOT EXISTS ledger.meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.files (
    id INTEGER PRIMARY KEY, source BLOB NOT NULL, target BLOB NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', digest TEXT, counts TEXT,
    UNIQUE (source, target)
);
CREATE TABLE IF NOT EXISTS ledger.failures (
    file INTEGER NOT NULL, number INTEGER NOT NULL, position TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger.failures_file ON failures (file);
"""

_PAGE = 1_000

# SQLite can't work at all with fewer bytes on the disk.
_LEAST_FREE = 64 << 10


class LedgerError(RuntimeError):
    """A ledger that can't be used."""


class LedgerBusyError(LedgerError):
    """A ledger that a run is at work with."""


class _Connection(sqlite3.Connection):
    """A connection of which all that is refused is a `LedgerError`."""

    file = Path(FILE)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        with self.saying_why():
            return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        with self.saying_why():
            return super().executemany(*arguments)

    def executescript(self, *arguments: Any) -> sqlite3.Cursor:
        with self.saying_why():
            return super().executescript(*arguments)

    @contextlib.contextmanager
    def saying_why(self) -> Iterator[None]:
        """Make an error of SQLite's one that says where and why; to fetch rows raises some, too."""
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(f"{self.file}: {_reason(error, self.file.parent)}") from error


def _reason(error: sqlite3.Error, folder: Path) -> str:
    """Say why a statement failed; SQLite says of a full disk at times no more than I/O error."""
    full = "disk is full" in str(error)
    with contextlib.suppress(OSError):
        full |= "disk I/O" in str(error) and shutil.disk_usage(folder).free < _LEAST_FREE
    if not full:
        return str(error)
    return "no space left on device (free some, and the same command goes on)"


@dataclass(frozen=True)
class Row:
    """A file of the plan.

    Attributes:
        number: Its place in the plan.
        file: The file.
        target: Where it is written; empty where all go to one place.
        id: Its number in the ledger; 0 before the run begins.
        resumed: Whether an earlier run began with it.
    """

    number: int
    file: SourceFile
    target: Path
    id: int = 0
    resumed: bool = False


class Ledger:
    """The plan of a run, and the ledger of its output."""

    def __init__(self, state: Path) -> None:
        """Read what there is, and write nothing.

        Args:
            state: The folder where the output's ledger is kept.

        Raises:
            LedgerError: If it can't be read.
        """
        self.state = state
        # An empty name is a temporary database, on the disk where it is large.
        self._db = sqlite3.connect(
            "", isolation_level=None, check_same_thread=False, factory=_Connection
        )
        self._db.file = state / FILE
        self._db.executescript(_PLAN)
        self._lock: sqlite3.Connection | None = None
        self.exists = (state / FILE).exists()
        self._planned = 0
        self._last_known = 0
        # How many files are in each state, once a run has begun: to count them anew takes long.
        self._in_state: Counter[str] = Counter()
        if self.exists:
            try:
                self._attach()
            except LedgerError:
                self.close()
                raise

    def _attach(self) -> None:
        self._take_lock()
        with self._db.saying_why():
            self._db.execute("ATTACH DATABASE ? AS ledger", (os.fspath(self.state / FILE),))
            # A commit then waits for no disk. What a power cut may lose is done again.
            self._db.execute("PRAGMA ledger.locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA ledger.journal_mode = WAL").fetchall()
            self._db.execute("PRAGMA ledger.synchronous = NORMAL")
            self._db.executescript(f"BEGIN; {_LEDGER} COMMIT;")

    def _take_lock(self) -> None:
        # The system lets go of it whatever ends the process.
        try:
            self._lock = sqlite3.connect(self.state / _LOCK, timeout=0, isolation_level=None)
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise LedgerBusyError(f"another run is at work in {self.output}") from None
            reason = _reason(error, self.state)
            raise LedgerError(f"{self.state / _LOCK}: {reason}") from error

    @property
    def output(self) -> Path:
        """The output that it is of: the folder that it is in, or the one file beside it."""
        name = self.state.name.removeprefix(".").removesuffix(STATE)
        return self.state.parent if self.state.name == STATE else self.state.with_name(name)

    @property
    def waiting(self) -> Path:
        """The folder where files are until they are whole."""
        return self.state / "waiting"

    @property
    def spool(self) -> Path:
        """The folder of what is kept of files that are not whole yet."""
        return self.state / "spool"

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
        if self._lock is not None:
            self._lock.close()

    # The plan.

    def plan(self, file: SourceFile, target: Path | None, device: int = 0, inode: int = 0) -> None:
        """Add a file to the plan; without a target where all go to one place."""
        self._planned += 1
        if not self._db.in_transaction:
            self._db.execute("BEGIN")
        self._db.execute(
            "INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._planned,
                os.fsencode(file.path),
                b"" if target is None else os.fsencode(target),
                "" if target is None else _fold(target),
                b"" if target is None else os.fsencode(target.parent),
                file.format.name,
                file.compression,
                file.size,
                file.modified,
                device,
                inode,
            ),
        )

    def end_plan(self) -> None:
        """Make the plan fit to be asked."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.executescript(_PLAN_INDEXES)

    @property
    def planned(self) -> int:
        """How many files the plan has."""
        return self._planned

    def planned_bytes(self) -> int:
        """Return how many bytes the files of the plan have."""
        return int(self._one("SELECT coalesce(sum(size), 0) FROM plan"))

    def formats(self) -> dict[str, int]:
        """Return how many files the plan has of each kind."""
        query = "SELECT format, count(*) FROM plan GROUP BY format ORDER BY count(*) DESC, format"
        return dict(self._db.execute(query))

    def same_target(self) -> tuple[Path, Path, Path] | None:
        """Return two different files of the plan that have one target, and the target."""
        found = self._db.execute(
            "SELECT min(source), max(source), target FROM plan WHERE target != x'' GROUP BY target"
            " HAVING min(source) != max(source) LIMIT 1"
        ).fetchone()
        return None if found is None else (_path(found[0]), _path(found[1]), _path(found[2]))

    def drop_repeated(self) -> None:
        """Take files out of the plan that stand in it already."""
        self._db.execute(
            "DELETE FROM plan WHERE number NOT IN"
            " (SELECT min(number) FROM plan GROUP BY source, target)"
        )
        self._planned = int(self._one("SELECT count(*) FROM plan"))

    def same_but_for_case(self) -> Iterator[tuple[int, Path, Path]]:
        """Yield number and source of files whose target differs from an earlier one by case."""
        query = (
            "SELECT a.number, a.source, b.source"
            " FROM plan a JOIN plan b ON a.folded = b.folded"
            " WHERE a.folded != '' AND b.target != a.target AND b.number < a.number"
            " ORDER BY a.number"
        )
        for number, source, other in self._db.execute(query).fetchall():
            yield number, _path(source), _path(other)

    def drop(self, number: int) -> None:
        """Take a file out of the plan."""
        self._db.execute("DELETE FROM plan WHERE number = ?", (number,))

    def parents(self) -> Iterator[Path]:
        """Yield the folders that the targets of the plan are in."""
        query = "SELECT DISTINCT parent FROM plan WHERE target != x''"
        return (_path(row[0]) for row in self._db.execute(query))

    def planned_as(self, target: Path) -> Path | None:
        """Return which file of the plan has a target, if one has."""
        query = "SELECT source FROM plan WHERE target = ? LIMIT 1"
        found = self._db.execute(query, (os.fsencode(target),)).fetchone()
        return None if found is None else _path(found[0])

    def is_input(self, device: int, inode: int) -> bool:
        """Tell whether a file is one of the plan."""
        query = "SELECT EXISTS (SELECT 1 FROM plan WHERE inode = ? AND device = ?)"
        return bool(self._one(query, inode, device))

    def targets_unknown(self) -> Iterator[Path]:
        """Yield the targets of the plan that the ledger does not know to be its own."""
        query = "SELECT target FROM plan WHERE target != x''"
        if self.exists:
            query += (
                " AND NOT EXISTS (SELECT 1 FROM ledger.files f"
                " WHERE f.source = plan.source AND f.target = plan.target)"
            )
        return (_path(row[0]) for row in self._db.execute(query + " ORDER BY number"))

    def changed(self) -> list[Path]:
        """Return the files that are done and have changed since."""
        query = (
            "SELECT plan.source FROM plan JOIN ledger.files f USING (source, target)"
            " WHERE f.state = 'done' AND (f.size != plan.size OR f.modified != plan.modified)"
        )
        return [_path(row[0]) for row in self._db.execute(query)] if self.exists else []

    def forget_missing(self) -> None:
        """Plan again what is done, and no longer there."""
        query = (
            "SELECT f.id, f.target FROM plan JOIN ledger.files f USING (source, target)"
            " WHERE f.state = 'done' AND f.target != x''"
        )
        gone = [(id_,) for id_, target in self._db.execute(query) if not os.path.lexists(target)]
        self._db.executemany("UPDATE ledger.files SET state = 'waiting' WHERE id = ?", gone)

    def any_waits(self) -> bool:
        """Tell whether a file of the plan is not done, or not known at all."""
        return bool(
            self._one(
                "SELECT EXISTS (SELECT 1 FROM plan LEFT JOIN ledger.files f USING (source, target)"
                " WHERE f.state IS NULL OR f.state != 'done')"
            )
        )

    # The run.

    def begin(self, meta: Mapping[str, Any], *, anew: bool) -> None:
        """Make the ledger ready for the files of the plan.

        Args:
            meta: What is to be known of the run.
            anew: Whether what was done before is done again.
        """
        if not self.exists:
            self.state.mkdir(parents=True, exist_ok=True)
            self._attach()
            self.exists = True
        self._db.execute("BEGIN")
        if anew:
            self._db.execute("DELETE FROM ledger.files")
            self._db.execute("DELETE FROM ledger.failures")
        # What failed is tried again, and so is what has changed.
        self._db.execute(
            "UPDATE ledger.files SET state = 'waiting' WHERE state = 'failed' OR (source, target,"
            " size, modified) NOT IN (SELECT source, target, size, modified FROM plan)"
            " AND (source, target) IN (SELECT source, target FROM plan)"
        )
        self._db.execute(
            "DELETE FROM ledger.failures WHERE file IN"
            " (SELECT id FROM ledger.files WHERE state = 'waiting')"
        )
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM ledger.files").fetchone()
        self._last_known = int(last)
        self._db.execute(
            "INSERT OR IGNORE INTO ledger.files (source, target, size, modified)"
            " SELECT source, target, size, modified FROM plan ORDER BY number"
        )
        self.forget_missing()
        self._in_state = Counter(self._count_states())
        for name, value in meta.items():
            self.set_meta(name, value)
        self._db.execute("COMMIT")
        # Which outputs are its own it knows from now on, whatever happens.
        with self._db.saying_why():
            self._db.execute("PRAGMA ledger.wal_checkpoint(FULL)").fetchall()

    def meta(self, name: str) -> Any:
        """Return what is known of the run by a name; None where nothing is."""
        if not self.exists:
            return None
        query = "SELECT value FROM ledger.meta WHERE name = ?"
        found = self._db.execute(query, (name,)).fetchone()
        return None if found is None else json.loads(found[0])

    def set_meta(self, name: str, value: Any) -> None:
        """Note something of the run."""
        query = "INSERT OR REPLACE INTO ledger.meta VALUES (?, ?)"
        self._db.execute(query, (name, json.dumps(value)))

    def rows(self, *, every: bool = False) -> Iterator[Row]:
        """Yield the files of the plan that are to be done, or all, in their order."""
        known = "JOIN ledger.files f USING (source, target)" if self.exists else ""
        which = "f.id" if self.exists else "0"
        waits = " AND f.state = 'waiting'" if self.exists and not every else ""
        query = (
            "SELECT plan.number, plan.source, plan.target, plan.format, plan.compression,"
            f" plan.size, plan.modified, {which} FROM plan {known}"
            f" WHERE plan.number > ?{waits} ORDER BY plan.number LIMIT {_PAGE}"
        )
        number = 0
        while page := self._db.execute(query, (number,)).fetchall():
            for number, source, target, name, compression, size, modified, id_ in page:
                path = _path(source)
                file = SourceFile(path, FORMATS[name], compression, size, modified)
                yield Row(number, file, _path(target), id_, id_ <= self._last_known)

    @contextlib.contextmanager
    def changes(self) -> Iterator[None]:
        """Make what is noted within it one change, which is made as a whole or not at all."""
        self._db.execute("BEGIN")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # SQLite may have done so itself.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def note(self, row: Row, state: str, report: CorpusReport, digest: str | None = None) -> None:
        """Note what became of a file.

        Args:
            row: The file.
            state: "done", or "failed" if nothing is written for it.
            report: What was done in it, and what failed.
            digest: The digest of its documents.
        """
        self._db.execute(
            "UPDATE ledger.files SET state = ?, counts = ?, digest = ?, size = ?, modified = ?"
            " WHERE id = ?",
            (
                state,
                json.dumps(report.counts()),
                digest,
                row.file.size,
                row.file.modified,
                row.id,
            ),
        )
        self._in_state.subtract(["waiting"])
        self._in_state[state] += 1

    def note_all(self, report: CorpusReport) -> None:
        """Note that all files of the plan are done, and what was done in them together."""
        which = "(source, target) IN (SELECT source, target FROM plan)"
        self._db.execute(f"UPDATE ledger.files SET state = 'done', counts = NULL WHERE {which}")
        self._in_state = Counter(self._count_states())
        self._db.execute(
            "UPDATE ledger.files SET counts = ? WHERE id ="
            f" (SELECT min(id) FROM ledger.files WHERE {which})",
            (json.dumps(report.counts()),),
        )

    def note_failures(self, row: Row, failures: Iterable[tuple[int, Failure]]) -> None:
        """Note documents that failed."""
        self._db.executemany(
            "INSERT INTO ledger.failures VALUES (?, ?, ?, ?)",
            (
                (row.id, number, portable_name(one.position), portable_name(one.reason))
                for number, one in failures
            ),
        )

    def clear_failures(self, row: Row) -> None:
        """Forget the failures of a file, which is read anew."""
        self._db.execute("DELETE FROM ledger.failures WHERE file = ?", (row.id,))

    def done(self, report: CorpusReport) -> None:
        """Add what was done of the plan before to a report."""
        query = (
            "SELECT f.counts FROM plan JOIN ledger.files f USING (source, target)"
            " WHERE f.state = 'done' AND f.counts IS NOT NULL"
        )
        for (counts,) in self._db.execute(query):
            report.add(json.loads(counts))
        report.done_before = int(
            self._one(
                "SELECT count(*) FROM plan JOIN ledger.files f USING (source, target)"
                " WHERE f.state = 'done'"
            )
        )
        for failure in self.failures(of_plan=True):
            report.fail(failure)

    def done_bytes(self) -> int:
        """Return how many bytes the files of the plan have that are done."""
        return int(
            self._one(
                "SELECT coalesce(sum(plan.size), 0) FROM plan"
                " JOIN ledger.files f USING (source, target) WHERE f.state = 'done'"
            )
        )

    def failures(self, *, of_plan: bool = False) -> Iterator[Failure]:
        """Yield all failures, sorted by file and by their place in it."""
        which = "JOIN plan USING (source, target) WHERE f.state = 'done'" if of_plan else ""
        query = (
            "SELECT f.source, x.position, x.reason FROM ledger.failures x"
            f" JOIN ledger.files f ON f.id = x.file {which} ORDER BY f.source, x.number"
        )
        for source, position, reason in self._db.execute(query):
            yield Failure(_path(source), reason, position)

    def states(self) -> dict[str, int]:
        """Return how many files there are in each state that any is in."""
        return {state: n for state, n in (self._in_state or self._count_states()).items() if n}

    def _count_states(self) -> dict[str, int]:
        query = "SELECT state, count(*) FROM ledger.files GROUP BY state"
        return dict(self._db.execute(query))

    def totals(self) -> CorpusReport:
        """Return what was done in all."""
        report = CorpusReport()
        query = "SELECT counts FROM ledger.files WHERE counts IS NOT NULL AND state = 'done'"
        for (counts,) in self._db.execute(query):
            report.add(json.loads(counts))
        for failure in (*self.unread(), *self.failures()):
            report.fail(failure)
        return report

    def unread(self) -> list[Failure]:
        """Return the files and folders of the run that could not even be opened."""
        return [Failure(Path(source), reason) for source, reason in self.meta("unread") or []]

    def _one(self, query: str, *values: object) -> Any:
        return self._db.execute(query, values).fetchone()[0]


def _path(raw: bytes) -> Path:
    return Path(os.fsdecode(raw))


def _fold(target: Path) -> str:
    import unicodedata

    text = os.fsencode(target).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text).casefold()
