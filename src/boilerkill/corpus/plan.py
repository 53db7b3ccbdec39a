"""Work out which file of a run becomes which, and refuse a run that would lose something.

All of it happens before the first document is written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boilerkill.corpus.files import describe
from boilerkill.corpus.find import find_documents
from boilerkill.corpus.report import Failure
from boilerkill.corpus.settings import TEXT_SUFFIXES, CorpusSettings

__all__ = ["CorpusError", "Job", "PathLike", "Plan", "check_target", "make_plan"]

PathLike = str | os.PathLike[str]

# A message names so many files, and counts the rest.
_NAMED = 3


class CorpusError(Exception):
    """A run that can't begin; its message says why. Nothing has been written."""


@dataclass(frozen=True)
class Job:
    """One document: where it is read and where it is written."""

    source: Path
    target: Path


@dataclass
class Plan:
    """What a run is to do.

    Attributes:
        jobs: The documents, in order.
        failures: What is known already not to work.
        left_out: How many files of the folders are no documents.
        links: How many symbolic links to folders are not followed.
    """

    jobs: list[Job] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    left_out: int = 0
    links: int = 0


def make_plan(paths: Sequence[PathLike], destination: PathLike, settings: CorpusSettings) -> Plan:
    """Plan a run.

    One folder's tree goes straight into `destination`; of several paths, each keeps its name
    there. One file becomes `destination` itself, unless that is a folder or ends in a slash.

    Args:
        paths: Files and folders.
        destination: Where the cleaned documents go.
        settings: The settings of the run.

    Raises:
        CorpusError: If a path does not exist, an output exists or is an input, folders lie
            inside each other, two documents would become one file, or there is no document.
    """
    if not paths:
        raise CorpusError("no path to clean was given")
    if not os.fspath(destination):
        raise CorpusError("the output path is empty")
    plan = Plan()
    with _refusing():
        for path in paths:
            _add(plan, Path(path), destination, alone=len(paths) == 1)
        plan.jobs = list(dict.fromkeys(plan.jobs))
        if not plan.jobs and not plan.failures:
            raise CorpusError(_nothing_to_clean(paths, plan))
        _check_collisions(plan.jobs)
        _check_targets(plan.jobs, overwrite=settings.overwrite)
    return plan


def check_target(target: Path, *, overwrite: bool) -> None:
    """Check that a file may be written.

    Raises:
        CorpusError: If it exists and may not be replaced, or is no file.
    """
    with _refusing():
        if target.is_dir():
            raise CorpusError(f"the output {target} is a folder")
        if target.exists() and not target.is_file():
            raise CorpusError(f"the output {target} is not a regular file")
        if os.path.lexists(target) and not overwrite:
            raise CorpusError(f"the output exists: {target} (--overwrite replaces it)")


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Make what the system refuses a reason not to begin."""
    try:
        yield
    except OSError as error:
        raise CorpusError(f"{error.filename}: {describe(error)}") from error


def _add(plan: Plan, path: Path, destination: PathLike, *, alone: bool) -> None:
    """Add the documents of one path."""
    path.stat()
    name = Path(os.path.abspath(path)).name  # noqa: PTH100 -- resolve() would follow links
    into = Path(destination)
    if path.is_dir():
        _check_folders(path, into)
        _add_folder(plan, path, into if alone else into / name)
    elif alone and not _means_folder(destination):
        plan.jobs.append(Job(path, into))
    else:
        _check_is_folder(into)
        plan.jobs.append(Job(path, into / name))


def _add_folder(plan: Plan, folder: Path, into: Path) -> None:
    found = find_documents(folder)
    plan.jobs.extend(
        Job(document, into / document.relative_to(folder)) for document in found.documents
    )
    plan.failures.extend(found.failures)
    plan.left_out += found.left_out
    plan.links += found.links


def _means_folder(destination: PathLike) -> bool:
    text = os.fspath(destination)
    return text.endswith(("/", os.sep)) or Path(text).is_dir()


def _check_folders(source: Path, destination: Path) -> None:
    _check_is_folder(destination)
    if _lies_in(destination, source):
        raise CorpusError(f"the output {destination} lies inside the input {source}")
    if _lies_in(source, destination):
        raise CorpusError(f"the input {source} lies inside the output {destination}")


def _check_is_folder(destination: Path) -> None:
    if os.path.lexists(destination) and not destination.is_dir():
        raise CorpusError(f"the output exists and is no folder: {destination}")


def _lies_in(inner: Path, outer: Path) -> bool:
    """Tell whether a path is `outer` or below it, by identity: names may differ in case."""
    if not outer.exists():
        return False
    real = inner.resolve()
    return any(folder.exists() and folder.samefile(outer) for folder in (real, *real.parents))


def _check_collisions(jobs: Iterable[Job]) -> None:
    sources: dict[Path, Path] = {}
    for job in jobs:
        other = sources.setdefault(job.target, job.source)
        if other != job.source:
            raise CorpusError(f"{other} and {job.source} would both become {job.target}")
    for target, source in sources.items():
        for parent in target.parents:
            if parent in sources:
                raise CorpusError(
                    f"{sources[parent]} would become {parent}, the folder of what {source} becomes"
                )


def _check_targets(jobs: Sequence[Job], *, overwrite: bool) -> None:
    existing = [job.target for job in jobs if os.path.lexists(job.target)]
    if not existing:
        return
    inputs = {_identity(job.source) for job in jobs}
    for target in existing:
        if target.exists() and _identity(target) in inputs:
            raise CorpusError(f"the output {target} is an input too")
    if len(existing) > 1 and not overwrite:
        names = _name_some([str(target) for target in existing])
        raise CorpusError(f"{len(existing)} outputs exist: {names} (--overwrite replaces them)")
    for target in existing:
        check_target(target, overwrite=overwrite)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _nothing_to_clean(paths: Sequence[PathLike], plan: Plan) -> str:
    kinds = ", ".join(sorted(TEXT_SUFFIXES))
    where = _name_some([os.fspath(path) for path in paths])
    rest = f"other files: {plan.left_out}, links to folders: {plan.links}"
    return f"nothing to clean: no {kinds} file in {where} ({rest})"


def _name_some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are.

    >>> _name_some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
