"""Write a report: from files to one page."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, BinaryIO, cast

from boilerkill import __version__
from boilerkill.corpus import CorpusError, CorpusSettings
from boilerkill.corpus.files import DocumentError, write_file
from boilerkill.corpus.pipe import read_stream
from boilerkill.corpus.plan import PathLike, as_paths, check_apart, check_target
from boilerkill.corpus.pool import Pool, Task
from boilerkill.corpus.record import Cleaned, Record, due, group_records, put_in_place
from boilerkill.corpus.report import Failure, failure_of
from boilerkill.corpus.sample import Sample, sample_of, sample_records
from boilerkill.corpus.work import Work
from boilerkill.plain_words import kind_in_words
from boilerkill.printable import printable
from boilerkill.report.compare import ComparisonSettings, ToolTally, compare_document
from boilerkill.report.figures import comparison_of, figures_of
from boilerkill.report.limits import DOCTORED_NAME, MOST_OF_A_REPORT
from boilerkill.report.page import render_page
from boilerkill.report.show import KINDS, Tally, as_json, show_document
from boilerkill.report.tools import TOOLS, Tool

__all__ = ["DEFAULT_SAMPLE", "ReportError", "Written", "write_comparison", "write_report"]

Source = PathLike | Iterable[PathLike] | BinaryIO
Target = PathLike | BinaryIO

# So many documents are shown of a corpus, unless another number is asked for.
DEFAULT_SAMPLE = 500

# So many failures are named beside the page.
NAMED = 20


class ReportError(Exception):
    """A report that can't be written; its message says why."""


@dataclass(frozen=True)
class Written:
    """What a report shows.

    Attributes:
        documents: How many documents.
        of: Out of how many.
        failures: What could not be shown.
        note: What else there is to say of it.
    """

    documents: int
    of: int
    failures: tuple[Failure, ...]
    note: str = ""

    def lines(self) -> Iterator[str]:
        """Yield what else there is to say, and a line for each of the first failures."""
        if self.note:
            yield self.note
        for failure in self.failures[:NAMED]:
            yield f"{failure.where}: {failure.reason}"
        if len(self.failures) > NAMED:
            yield f"and {len(self.failures) - NAMED:,} more, which the page names"


@dataclass(frozen=True)
class Entry:
    """A document of a report.

    Attributes:
        number: Its number on the page.
        name: What it is called.
        tally: What was counted of it.
        shown: What the page shows of it, as JSON; empty where it is counted alone.
        tools: What was counted of each tool, where tools are compared.
    """

    number: int
    name: str
    tally: Tally
    shown: str
    tools: tuple[ToolTally, ...] = ()

    @property
    def differs(self) -> float:
        """On which share of the words a tool differs from boilerkill: that of most."""
        return max((tool.differs for tool in self.tools), default=0.0)

    @property
    def lost(self) -> int:
        """How many quotations the tools lose, all together."""
        return sum(tool.lost for tool in self.tools)


def write_report(
    source: Source,
    output: Target,
    settings: CorpusSettings | None = None,
    *,
    sample: int = DEFAULT_SAMPLE,
    seed: int = 0,
) -> Written:
    """Write a page that shows documents, what goes of them, and why.

    Args:
        source: Files and folders, as for `boilerkill.corpus.clean_corpus`, or a stream.
        output: The page to write, or a stream to write it to.
        settings: How the documents are read and cleaned.
        sample: How many documents are shown, drawn at random where there are more.
        seed: What they are drawn with: the same number, the same documents.

    Raises:
        CorpusError: If there is no document, or the output exists or is an input.
        ReportError: If the page can't be written.
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.
    """
    settings = CorpusSettings() if settings is None else settings
    settings.check()
    check_output(source, output, settings)
    drawn = draw(source, settings, sample, seed)
    entries, failures = gather(drawn, settings, show_document)
    figures = figures_of([(entry.number, entry.tally) for entry in entries])
    content = {**common(source, drawn, settings, entries, failures, seed), "figures": figures}
    write_page(output, "report.html", content, settings)
    return Written(len(entries), drawn.of, tuple(failures))


def write_comparison(
    source: Source,
    output: Target,
    settings: ComparisonSettings,
    *,
    sample: int = DEFAULT_SAMPLE,
    seed: int = 0,
) -> Written:
    """Write a page that shows what boilerkill and other tools make of pages, side by side.

    Args:
        source: As for `write_report`; documents that are no HTML are named as such.
        output: As there.
        settings: As there, and the tools to compare with.
        sample: As there.
        seed: As there.

    Raises:
        CorpusError: As `write_report` does, and if none of the tools is installed.
        ReportError: As there.
        TypeError: As there.
        ValueError: As there, and if a tool has no known name.
    """
    settings.check()
    for name in settings.tools:
        if name not in TOOLS:
            raise ValueError(f"tools: {name!r} is none of {', '.join(TOOLS)}")
    absent = [TOOLS[name] for name in settings.tools if not TOOLS[name].installed]
    present = tuple(name for name in settings.tools if TOOLS[name].installed)
    if not present:
        raise CorpusError(f"nothing to compare with: {_how_to_get(absent)}")
    check_output(source, output, settings)
    settings = replace(settings, tools=present)
    drawn = draw(source, settings, sample, seed)
    entries, failures = gather(drawn, settings, compare_document)
    content = common(source, drawn, settings, entries, failures, seed)
    content |= {
        "rows": comparison_of([entry.tools for entry in entries]),
        "absent": _how_to_get(absent),
        "tools": [TOOLS[name] for name in present],
    }
    write_page(output, "compare.html", content, settings)
    return Written(len(entries), drawn.of, tuple(failures), _how_to_get(absent))


def _how_to_get(absent: Sequence[Tool]) -> str:
    """Say which tools are not installed, and how to get them."""
    if not absent:
        return ""
    names = ", ".join(tool.name for tool in absent)
    return f"not installed: {names} (pip install {' '.join(tool.package for tool in absent)})"


def check_output(
    source: Source,
    output: Target,
    settings: CorpusSettings,
) -> None:
    """Check before anything is read that the page can be written without losing anything."""
    try:
        render_page("empty.html", {})
    except DocumentError as error:
        raise CorpusError(f"a report {error}") from None
    if isinstance(output, str | os.PathLike):
        check_target(Path(output), overwrite=settings.overwrite)
        check_apart(Path(output), _paths(source) or [])


def draw(
    source: Source,
    settings: CorpusSettings,
    sample: int,
    seed: int,
) -> Sample:
    """Return the documents to show, in their order."""
    random = Random(seed)
    paths = _paths(source)
    if paths is not None:
        return sample_records(paths, settings, sample, random)
    with _unreadable():
        return sample_of(read_stream(cast(BinaryIO, source), settings), sample, random)


def gather(
    drawn: Sample, settings: CorpusSettings, work: Work
) -> tuple[list[Entry], list[Failure]]:
    """Return what there is to show of documents, and what could not be read of them."""
    entries: list[Entry] = []
    failures = list(drawn.unread)
    folder = _shared_folder(drawn.records)
    size = 0
    for one in _done(drawn, settings, work):
        failure = failure_of(one)
        if failure is not None:
            failures.append(failure)
        if one.outcome is None:
            continue
        shown: str = one.outcome.added["shown"]
        size += len(shown)
        fits = size <= MOST_OF_A_REPORT
        tally: Tally = one.outcome.added["tally"]
        name = name_of(one.record).removeprefix(folder)
        tools = tuple(one.outcome.added.get("tools", ()))
        entries.append(Entry(len(entries), name, tally, shown if fits else "", tools))
    return entries, failures


def _done(drawn: Sample, settings: CorpusSettings, work: Work) -> Iterator[Cleaned]:
    """Yield what becomes of the documents: in this process where there is but one."""
    if len(drawn.records) == 1:
        settings = settings.replace(jobs=0)
    with Pool(settings, work) as pool:
        for task in pool.map(Task(group, due(group)) for group in group_records(drawn.records)):
            yield from put_in_place(task.tag, task.results)


def name_of(record: Record) -> str:
    """Return what a document is called: its file and position, or its address."""
    where = ", ".join(filter(None, (record.source, record.position))) or "standard input"
    name = f"{where}: {record.url}" if record.url else where
    return name if len(name) <= DOCTORED_NAME else f"{name[:DOCTORED_NAME]}…"


def _shared_folder(records: Iterable[Record]) -> str:
    """Return the folder that all documents are in, and is left out of their names."""
    folders = {os.path.dirname(record.source) for record in records}  # noqa: PTH120 -- of any system
    try:
        return os.path.join(os.path.commonpath(folders), "")  # noqa: PTH118 -- ends in a slash
    except ValueError:
        return ""


def common(
    source: Source,
    drawn: Sample,
    settings: CorpusSettings,
    entries: list[Entry],
    failures: list[Failure],
    seed: int,
) -> dict[str, Any]:
    """Return what every page says."""
    tools = ["boilerkill", *settings.tools] if isinstance(settings, ComparisonSettings) else []
    return {
        "version": __version__,
        "inputs": [os.fspath(path) for path in _paths(source) or ["standard input"]],
        "entries": entries,
        "failures": failures,
        "left_out": drawn.left_out,
        "drawn": len(drawn.records),
        "of": drawn.of,
        "seed": seed,
        "threshold": settings.threshold,
        "keep": sorted(str(kind) for kind in settings.keep),
        "kinds": [(kind.value, kind_in_words(kind.value)) for kind in KINDS],
        "setup": as_json(
            {
                "kinds": [kind.value for kind in KINDS],
                "words": [kind_in_words(kind.value) for kind in KINDS],
                "threshold": settings.threshold,
                "name": printable(entries[0].name) if entries else "",
                "tools": tools,
            }
        ),
    }


def write_page(
    output: Target, template: str, content: dict[str, Any], settings: CorpusSettings
) -> None:
    """Write a page, as a whole or not at all.

    Raises:
        ReportError: If that can't be done.
    """
    # The name of a file need not be text.
    data = render_page(template, content).encode("utf-8", "backslashreplace")
    if not isinstance(output, str | os.PathLike):
        output.write(data)
        output.flush()
        return
    try:
        write_file(Path(output), data, overwrite=settings.overwrite)
    except DocumentError as error:
        raise ReportError(str(error)) from None


def _paths(source: Source) -> list[PathLike] | None:
    """Return the paths to read; None where a stream is read."""
    return None if hasattr(source, "read") else as_paths(cast(Iterable[PathLike], source))


@contextlib.contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except DocumentError as error:
        raise CorpusError(f"standard input: {error}") from None
