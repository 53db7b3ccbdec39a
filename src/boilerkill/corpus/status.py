"""How far a run has come, by the ledger in its output."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerkill.corpus.ledger import Ledger, LedgerError
from boilerkill.corpus.plan import CorpusError, state_of
from boilerkill.corpus.report import CorpusReport

__all__ = ["Status", "read_status"]

_NAMED = 20


@dataclass(frozen=True)
class Status:
    """What a ledger says.

    Attributes:
        version: The version that cleaned.
        options: Its options.
        finished: Whether the last run came to its end.
        files: How many files there are in each state.
        report: What was done in all.
    """

    version: str
    options: dict[str, Any]
    finished: bool
    files: dict[str, int]
    report: CorpusReport

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        yield f"{'state':<16} {'finished' if self.finished else 'not finished'}"
        yield f"{'version':<16} {self.version}"
        chosen = ", ".join(
            f"{name} {value}"
            for name, value in self.options.items()
            if value not in (None, [], False)
        )
        yield f"{'options':<16} {chosen}"
        for state in ("done", "waiting", "failed"):
            yield f"{f'files {state}':<16} {self.files.get(state, 0):,}"
        yield f"{'documents':<16} {self.report.documents:,}"
        yield f"{'words':<16} {self.report.words_in:,} in, {self.report.words_out:,} out"
        yield f"{'failures':<16} {self.report.failed:,}"
        for failure in self.report.failures[:_NAMED]:
            yield f"  {failure.where}: {failure.reason}"

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "version": self.version,
            "options": self.options,
            "finished": self.finished,
            "files": self.files,
            **self.report.as_json(),
        }


def read_status(output: str | os.PathLike[str]) -> Status:
    """Read the ledger of an output.

    Raises:
        CorpusError: If there is none, or a run is at work there.
    """
    path = Path(output)
    state = state_of(path, alone=not path.is_dir())
    try:
        ledger = Ledger(state)
    except LedgerError as error:
        raise CorpusError(str(error)) from None
    try:
        if not ledger.exists:
            raise CorpusError(f"{path} has no ledger: {state} is not there")
        return Status(
            version=ledger.meta("version"),
            options=ledger.meta("options"),
            finished=bool(ledger.meta("finished")),
            files=ledger.states(),
            report=ledger.totals(),
        )
    finally:
        ledger.close()
