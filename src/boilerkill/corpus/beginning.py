"""How a run begins: anew, or where one before it stopped, if that was the same run."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from boilerkill import __version__
from boilerkill.corpus.files import describe
from boilerkill.corpus.ledger import Ledger
from boilerkill.corpus.output import remove_left_over
from boilerkill.corpus.plan import CorpusError, PathLike, Plan, in_full
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.spool import count_kept

__all__ = ["begin", "beginning", "check_ledger", "learn_first"]

PROFILE = "site.profile"


@contextlib.contextmanager
def beginning() -> Iterator[None]:
    """Say of an output that can't be written to that the run can't begin."""
    try:
        yield
    except OSError as error:
        raise CorpusError(f"can't write {error.filename}: {describe(error)}") from error


def begin(plan: Plan, settings: CorpusSettings) -> None:
    """Note in the ledger what begins; of a run that begins anew, forget what was before.

    Raises:
        CorpusError: As `check_ledger` does.
    """
    ledger = plan.ledger
    anew = check_ledger(ledger, settings, plan.targets)
    meta = {
        "version": __version__,
        "options": settings.fingerprint(),
        "targets": [os.fspath(target) for target in plan.targets],
        "finished": False,
        "report": None if settings.report is None else os.fspath(in_full(settings.report)),
        "unread": [[os.fspath(one.path), one.reason] for one in plan.finder.failures],
    }
    ledger.begin(meta, anew=anew)
    remove_left_over(ledger.waiting)
    if anew:
        ledger.set_meta("learnt", False)
        ledger.set_meta("began", False)
        shutil.rmtree(ledger.spool, ignore_errors=True)


def check_ledger(ledger: Ledger, settings: CorpusSettings, targets: Sequence[Path]) -> bool:
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
        if differences and not ledger.states().get("done") and not count_kept(ledger.spool):
            # There is nothing that was made in another way.
            return True
        if differences:
            was = f"{ledger.output} was cleaned with {', '.join(differences)}"
            raise CorpusError(f"{was} (--overwrite cleans it anew)")
    return settings.overwrite and (bool(differences) or finished)


def _differences(ledger: Ledger, settings: CorpusSettings, targets: Sequence[Path]) -> list[str]:
    found = []
    version, options = ledger.meta("version"), ledger.meta("options")
    if version != __version__:
        found.append(f"boilerkill {version}")
    for name, value in settings.fingerprint().items():
        if options.get(name) != value:
            found.append(_chosen(name, options.get(name)))
    if not found and ledger.meta("targets") != [os.fspath(target) for target in targets]:
        found.append("another output")
    return found


def _chosen(name: str, value: object) -> str:
    """Name an option of a run.

    >>> _chosen("threshold", 0.5), _chosen("profile", None), _chosen("profile", "4f1d")
    ('threshold 0.5', 'no --profile', 'another --profile')
    """
    if value in (None, False, []):
        return f"no --{name}"
    # Of files there are digests, which say nothing to people.
    return f"another --{name}" if name in ("profile", "phrases") else f"{name} {value}"


def learn_first(
    source: PathLike | Iterable[PathLike], plan: Plan, settings: CorpusSettings
) -> CorpusSettings:
    """Learn the furniture of the corpus, unless a run that was stopped has done so."""
    from boilerkill.corpus.learn import learn_file

    path = plan.ledger.state / PROFILE
    if not path.exists() or not plan.ledger.meta("learnt"):
        # Among what is left half written, so that a run that goes on removes it.
        waiting = plan.ledger.waiting / PROFILE
        learn_file(source, path, settings.replace(overwrite=True), waiting)
        plan.ledger.set_meta("learnt", True)
    return settings.replace(profile=path)
