"""How far a run has come: by the ledger in its output, or what it says while it is at work."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerkill.corpus.ledger import Ledger, LedgerBusyError, LedgerError
from boilerkill.corpus.plan import CorpusError, state_of
from boilerkill.corpus.report import CorpusReport
from boilerkill.corpus.spool import count_kept

__all__ = ["Status", "read_status", "status_of", "tell_status"]

_NAMED = 20


# What a run at work says of itself, beside its ledger, which it does not share.
FILE = "status.json"


@dataclass(frozen=True)
class Status:
    """How far a run has come.

    Attributes:
        version: The version that cleans.
        options: Its options.
        state: "finished", "not finished" where it was stopped, or "at work".
        files: How many files there are in each state.
        report: What was done in all.
        total_bytes: How many bytes a run that is at work has to read; else 0.
    """

    version: str
    options: dict[str, Any]
    state: str
    files: dict[str, int]
    report: CorpusReport
    total_bytes: int = 0

    @property
    def finished(self) -> bool:
        """Whether the last run came to its end."""
        return self.state == "finished"

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        share = f", {self.report.bytes / self.total_bytes:.0%} read" if self.total_bytes else ""
        yield f"{'state':<16} {self.state}{share}"
        yield f"{'version':<16} {self.version}"
        chosen = ", ".join(
            f"{name} {value}"
            for name, value in self.options.items()
            if value not in (None, [], False, "auto")
        )
        yield f"{'options':<16} {chosen}"
        for state in ("done", "waiting", "failed"):
            yield f"{f'files {state}':<16} {self.files.get(state, 0):,}"
        yield f"{'documents':<16} {self.report.documents:,}"
        if self.report.begun:
            yield f"{'begun':<16} {self.report.goes_on}"
        yield f"{'words':<16} {self.report.words_in:,} in, {self.report.words_out:,} out"
        yield f"{'failures':<16} {self.report.failed:,}"
        for failure in self.report.failures[:_NAMED]:
            yield f"  {failure.where}: {failure.reason}"

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "version": self.version,
            "options": self.options,
            "state": self.state,
            "finished": self.finished,
            "total_bytes": self.total_bytes,
            "files": self.files,
            **self.report.as_json(),
        }


def read_status(output: str | os.PathLike[str]) -> Status:
    """Read how far the run of an output has come.

    Of a run that is at work, as it was some seconds ago.

    Raises:
        CorpusError: If there is no ledger, or it can't be read.
    """
    path = Path(output)
    state = state_of(path, alone=not path.is_dir())
    try:
        ledger = Ledger(state)
    except LedgerBusyError as error:
        return _told(state / FILE, error)
    except LedgerError as error:
        raise CorpusError(str(error)) from None
    try:
        if not ledger.exists:
            raise CorpusError(f"{path} has no ledger: {state} is not there")
        if ledger.meta("version") is None:
            raise CorpusError(f"the run of {path} did not begin; the same command begins it")
        return status_of(ledger, "finished" if ledger.meta("finished") else "not finished")
    except LedgerError as error:
        raise CorpusError(str(error)) from None
    finally:
        ledger.close()


def status_of(
    ledger: Ledger, state: str, report: CorpusReport | None = None, total_bytes: int = 0
) -> Status:
    """Return the status by a ledger, and by a run's own report of what was done if there is one."""
    if report is None:
        report = ledger.totals()
        report.begun = count_kept(ledger.spool)
    files = Counter(ledger.states())
    files["failed"] += len(ledger.unread())
    return Status(
        version=ledger.meta("version"),
        options=ledger.meta("options"),
        state=state,
        files={state: number for state, number in files.items() if number},
        report=report,
        total_bytes=total_bytes,
    )


def tell_status(run: Status, folder: Path) -> None:
    """Write what `read_status` reads while the run is at work.

    Raises:
        OSError: If that can't be done.
    """
    waiting = folder / f"{FILE}.tmp"
    waiting.write_text(json.dumps(run.as_json()), "utf-8", "surrogateescape")
    waiting.replace(folder / FILE)


def _told(file: Path, busy: LedgerBusyError) -> Status:
    try:
        told = json.loads(file.read_text("utf-8", "surrogateescape"))
    except (OSError, ValueError):
        # A run that has just begun has said nothing yet.
        raise CorpusError(str(busy)) from None
    return Status(
        told["version"], told["options"], told["state"], told["files"],
        CorpusReport.from_json(told), told["total_bytes"],
    )  # fmt: skip
