"""Work out which file of a run becomes which, and refuse a run that would lose something.

All of it happens before the first document is written.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerkill.corpus import compression
from boilerkill.corpus.files import DocumentError, describe
from boilerkill.corpus.find import STATE, Finder
from boilerkill.corpus.formats import FORMATS, by_name, output_name
from boilerkill.corpus.formats.base import Format
from boilerkill.corpus.ledger import Ledger, LedgerError
from boilerkill.corpus.record import Record
from boilerkill.corpus.report import Failure
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.source import SourceFile, read_batches, recognise

__all__ = [
    "CorpusError",
    "PathLike",
    "Plan",
    "as_paths",
    "check_apart",
    "check_kind",
    "check_new",
    "check_report",
    "check_report_of_stream",
    "check_target",
    "in_full",
    "make_plan",
    "make_source_plan",
    "read_records",
    "state_of",
]

PathLike = str | os.PathLike[str]

# Suffixes of files that are not written, and of which somebody may expect it.
_NOT_WRITTEN = (".json", ".tsv", ".xml", ".xlsx")

# A message names so many files, and counts the rest.
_NAMED = 3


class CorpusError(Exception):
    """A run that can't begin; its message says why. Nothing has been written."""


@dataclass
class Plan:
    """What a run is to do.

    Attributes:
        ledger: The files, in order, and what is known of them.
        finder: What is known already not to work, and what was left out.
        targets: Where all documents go, if not each file to one of its own.
        alone: Whether the output is one file.
    """

    ledger: Ledger
    finder: Finder
    targets: tuple[Path, ...] = ()
    alone: bool = False

    def pairs(self) -> Iterator[tuple[Path, Path]]:
        """Yield the files that are to be read, and what each becomes."""
        for row in self.ledger.rows():
            yield row.file.path, self.targets[0] if self.targets else row.target


def make_plan(paths: Sequence[PathLike], destination: PathLike, settings: CorpusSettings) -> Plan:
    """Plan a run.

    One folder's tree goes straight into `destination`; of several paths, each keeps its name
    there. One file becomes `destination` itself, unless that is a folder or ends in a slash.
    With `settings.to`, all go to `destination`, or to shards in it.

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
    into = Path(destination)
    with _refusing():
        targets = _targets(destination, settings)
        alone = bool(targets) and targets[0] == into
        alone = alone or (not targets and _is_one_file(paths, destination))
        if not alone:
            check_kind(destination, settings, folder=True)
        ledger = Ledger(state_of(into, alone=alone))
        try:
            plan = Plan(ledger, Finder(), targets, alone)
            for path in paths:
                _add(plan, Path(path), into, settings, several=len(paths) > 1)
            ledger.end_plan()
            ledger.drop_repeated()
            if not ledger.planned and not plan.finder.failures:
                raise CorpusError(_nothing_to_clean(paths, plan.finder))
            _check_additions(plan, settings)
            _check_collisions(plan, into)
            _check_outputs(plan, overwrite=settings.overwrite)
            if settings.report is not None:
                check_report(settings.report, plan, into, settings)
        except BaseException:
            ledger.close()
            raise
    return plan


@contextlib.contextmanager
def make_source_plan(paths: Sequence[PathLike], settings: CorpusSettings) -> Iterator[Plan]:
    """Plan to read documents, and to write none.

    Raises:
        CorpusError: If a path does not exist, or there is no document.
    """
    with tempfile.TemporaryDirectory() as nowhere:
        target = Path(nowhere) / "none.jsonl"
        reading = settings.replace(to="jsonl", shards=1, add=(), report=None)
        plan = make_plan(paths, target, reading)
        try:
            yield plan
        finally:
            plan.ledger.close()


def as_paths(source: PathLike | Iterable[PathLike]) -> list[PathLike]:
    """Return what may be one path or several as several."""
    return [source] if isinstance(source, str | os.PathLike) else list(source)


def read_records(plan: Plan, settings: CorpusSettings) -> Iterator[Record]:
    """Yield the documents of a plan, file by file."""
    for row in plan.ledger.rows():
        for batch in read_batches(row.file, settings, lambda: None):
            yield from batch.records


def in_full(path: PathLike) -> Path:
    """Return a path from the root on, whatever is there; links are not followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow them


def state_of(output: Path, *, alone: bool) -> Path:
    """Return the folder where a run keeps what it knows of an output."""
    return output.parent / f".{output.name}{STATE}" if alone else output / STATE


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


def check_new(target: Path, plan: Plan, *, overwrite: bool) -> None:
    """Check that a file may be written that is no output of the plan.

    Raises:
        CorpusError: If it is one of the inputs, or exists and may not be replaced, or is no file.
    """
    with _refusing():
        _check_no_input(plan.ledger, target)
    check_target(target, overwrite=overwrite)


def check_report(report: PathLike, plan: Plan, into: Path, settings: CorpusSettings) -> None:
    """Check before a run that its report can be written, and takes no other file's place.

    One that a run of this output wrote before may be replaced.

    Raises:
        CorpusError: If it can't.
    """
    target = Path(report)
    ours = plan.ledger.meta("report") == os.fspath(in_full(target))
    check_new(target, plan, overwrite=settings.overwrite or ours)
    _check_folder(target)
    # Outputs stand in the plan as they were named, which may be in another way.
    there, outputs = in_full(target), map(in_full, plan.targets)
    inner = there.relative_to(in_full(into)) if there.is_relative_to(in_full(into)) else None
    if there in outputs or (inner is not None and plan.ledger.planned_as(into / inner)):
        raise CorpusError(f"the report {target} is an output too")


def check_report_of_stream(
    report: PathLike, path: PathLike, output: PathLike | None, settings: CorpusSettings
) -> None:
    """Check the same where one file or stream is cleaned; `output` is None for a stream.

    Raises:
        CorpusError: If it can't be written, or takes the place of another file.
    """
    target = Path(report)
    check_target(target, overwrite=settings.overwrite)
    check_apart(target, [path])
    _check_folder(target)
    if output is not None and in_full(target) == in_full(output):
        raise CorpusError(f"the report {target} is an output too")


def _check_folder(target: Path) -> None:
    """Check that a file can be written where it is to be, as far as that can be told."""
    folder = next(one for one in target.absolute().parents if os.path.lexists(one))
    if not folder.is_dir():
        raise CorpusError(f"can't write {target}: {folder} is no folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CorpusError(f"can't write {target}: permission denied")


def check_kind(
    output: PathLike,
    settings: CorpusSettings,
    *,
    folder: bool = False,
    format: Format | None = None,
) -> None:
    """Check that an output is not named as a file of a kind that it would not be.

    Args:
        output: The output.
        settings: The settings of the run.
        folder: Whether it would be a folder, unless it is named so.
        format: The kind of the one file that is read, which is kept where none is asked for.

    Raises:
        CorpusError: If it is.
    """
    path = Path(output)
    found = by_name(path.name)
    if found is None and path.suffix.lower() not in _NOT_WRITTEN:
        return
    if _means_folder(output) or (folder and os.path.lexists(path)):
        return
    if settings.to is not None and (found is None or found.format.name != settings.to):
        raise CorpusError(
            f"{path} is named as a file of another kind than --to {settings.to} writes: expected "
            f"{FORMATS[settings.to].suffixes[0]}, or a folder, which ends in a slash"
        )
    kept = None if settings.to is not None else format
    if kept is not None and kept.name == "html":
        # What stays of a page is text.
        kept = FORMATS["txt"]
    if kept is not None and (found is None or found.format is not kept):
        raise CorpusError(
            f"{path} is named as a file of another kind than is written: expected "
            f"{_suffix_of(kept)}, or --to with the kind that it is to be"
        )
    if settings.to is None and folder:
        raise CorpusError(
            f"{path} is named as a file, and would be a folder: end it with a slash, or write all "
            "documents to one file with --to"
        )


def _suffix_of(format: Format) -> str:
    """Return how the name of what is written ends: of WARC, .wet."""
    return Path(format.output_name(f"a{format.suffixes[0]}")).suffix


def check_apart(target: Path, paths: Sequence[PathLike]) -> None:
    """Check that a file is neither one of the inputs nor in a folder of them.

    Raises:
        CorpusError: If it is.
    """
    with _refusing():
        for path in map(Path, paths):
            if path.is_dir():
                _check_no_ancestor(path, target)
            elif target.exists() and path.exists() and target.samefile(path):
                raise CorpusError(f"the output {target} is an input too")


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Make what the system refuses a reason not to begin."""
    try:
        yield
    except OSError as error:
        raise CorpusError(f"{error.filename}: {describe(error)}") from error
    except LedgerError as error:
        raise CorpusError(str(error)) from None


def _targets(destination: PathLike, settings: CorpusSettings) -> tuple[Path, ...]:
    """Return where the documents go, if all to one place."""
    if settings.to is None:
        return ()
    into = Path(destination)
    suffixes = FORMATS[settings.to].suffixes
    plain, _ = compression.split_suffix(into.name)
    named = Path(plain).suffix.lower() in suffixes and not _means_folder(destination)
    if named and settings.shards == 1:
        return (into,)
    if named:
        raise CorpusError(f"{settings.shards} shards need a folder, and {into} is named as a file")
    _check_is_folder(into)
    digits = max(5, len(str(settings.shards)))
    return tuple(
        into / f"part-{number:0{digits}}-of-{settings.shards:0{digits}}{suffixes[0]}"
        for number in range(settings.shards)
    )


def _is_one_file(paths: Sequence[PathLike], destination: PathLike) -> bool:
    return len(paths) == 1 and not Path(paths[0]).is_dir() and not _means_folder(destination)


def _add(plan: Plan, path: Path, into: Path, settings: CorpusSettings, *, several: bool) -> None:
    """Add the documents of one path."""
    status = path.stat()
    name = in_full(path).name
    if path.is_dir():
        if plan.alone:
            _check_no_ancestor(path, into)
        else:
            _check_folders(path, into)
        for file in plan.finder.walk(path):
            inner = file.path.relative_to(path)
            inner = inner.with_name(output_name(inner.name, file.format))
            _plan(plan, file, (into / name if several else into) / inner)
        return
    if not plan.alone:
        _check_is_folder(into)
    try:
        found = recognise(path)
    except (OSError, DocumentError) as error:
        reason = describe(error) if isinstance(error, OSError) else str(error)
        plan.finder.failures.append(Failure(path, reason))
        return
    file = SourceFile(path, found.format, found.compression, status.st_size, status.st_mtime_ns)
    if plan.alone:
        check_kind(into, settings, format=file.format)
    _plan(plan, file, into if plan.alone else into / output_name(name, file.format))


def _plan(plan: Plan, file: SourceFile, target: Path) -> None:
    status = file.path.stat()
    plan.ledger.plan(file, None if plan.targets else target, status.st_dev, status.st_ino)


def _means_folder(destination: PathLike) -> bool:
    text = os.fspath(destination)
    return text.endswith(("/", os.sep)) or Path(text).is_dir()


def _check_no_ancestor(source: Path, output: Path) -> None:
    if _lies_in(output.parent, source):
        raise CorpusError(f"the output {output} lies inside the input {source}")


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


def _check_additions(plan: Plan, settings: CorpusSettings) -> None:
    """Check that there is a place for the fields that are to be added."""
    without = {"txt", "html", "warc"} & plan.ledger.formats().keys()
    if settings.add and (settings.to == "txt" or (settings.to is None and without)):
        raise CorpusError("text has no fields to add to (--to jsonl and --to parquet have)")


def _check_collisions(plan: Plan, into: Path) -> None:
    ledger = plan.ledger
    same = ledger.same_target()
    if same is not None:
        raise CorpusError(f"{same[0]} and {same[1]} would both become {same[2]}")
    for parent in ledger.parents():
        for folder in (parent, *parent.parents):
            source = ledger.planned_as(folder)
            if source is not None:
                raise CorpusError(
                    f"{source} would become {folder}, the folder of what another becomes"
                )
    alike = list(ledger.same_but_for_case())
    if alike and ignores_case(into):
        for number, source, other in alike:
            reason = f"its name differs by case alone from {other}, and the output ignores case"
            plan.finder.failures.append(Failure(source, reason))
            ledger.drop(number)


def ignores_case(folder: Path) -> bool:
    """Tell whether a folder, or the first above it that exists, takes a name in any case."""
    existing = next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
    try:
        with tempfile.NamedTemporaryFile(prefix=".boilerkill-case-", dir=existing) as file:
            path = Path(file.name)
            return path.with_name(path.name.upper()).exists()
    except OSError:
        return False


def _check_outputs(plan: Plan, *, overwrite: bool) -> None:
    ledger = plan.ledger
    if plan.targets:
        known = ledger.meta("targets") == [os.fspath(target) for target in plan.targets]
        candidates: Iterator[Path] = iter(() if known else plan.targets)
    else:
        candidates = ledger.targets_unknown()
    existing = 0
    some: list[Path] = []
    for target in candidates:
        if not os.path.lexists(target):
            continue
        existing += 1
        some.append(target)
        del some[_NAMED + 1 :]
        _check_no_input(ledger, target)
        if overwrite:
            check_target(target, overwrite=True)
    if existing == 1 and not overwrite:
        check_target(some[0], overwrite=False)
    elif existing and not overwrite:
        names = _name_some([str(target) for target in some], existing)
        raise CorpusError(f"{existing} outputs exist: {names} (--overwrite replaces them)")


def _check_no_input(ledger: Ledger, target: Path) -> None:
    if target.exists():
        status = target.stat()
        if ledger.is_input(status.st_dev, status.st_ino):
            raise CorpusError(f"the output {target} is an input too")


def _nothing_to_clean(paths: Sequence[PathLike], finder: Finder) -> str:
    kinds = ", ".join(sorted(suffix for one in FORMATS.values() for suffix in one.suffixes))
    where = _name_some([os.fspath(path) for path in paths])
    rest = f"other files: {finder.left_out}, links to folders: {finder.links}"
    return f"nothing to clean: no {kinds} file in {where} ({rest})"


def _name_some(names: Sequence[str], count: int | None = None) -> str:
    """Return the first names, and how many more there are.

    >>> _name_some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    count = len(names) if count is None else count
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
