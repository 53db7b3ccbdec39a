"""What a person sees of a run: its progress, its closing table, its plan, and samples."""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from boilerkill.corpus.report import CorpusReport
from boilerkill.corpus.run import Progress, planned
from boilerkill.corpus.sample import sample_records
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.printable import printable

__all__ = [
    "closing_table",
    "counted",
    "failure_lines",
    "print_plan",
    "print_sample",
    "show_progress",
]

# So many failures are named on standard error; the file has them all.
_NAMED = 20

# So many endings of files that are left out are named.
_ENDINGS = 3

# So often, in seconds, plain progress says something.
_EVERY = 5.0

# So much of a document is shown in a sample.
_SHOWN = 2_000


def failure_lines(report: CorpusReport) -> Iterator[str]:
    """Yield a line for each of the first failures, and where the others are."""
    for failure in report.failures[:_NAMED]:
        yield f"{failure.where}: {failure.reason}"
    if report.failed > _NAMED:
        yield f"and {report.failed - _NAMED:,} more"
    if report.failures_file is not None:
        yield f"failures are listed in {report.failures_file}"


def closing_table(report: CorpusReport) -> list[str]:
    r"""Return what a run did, a line each.

    >>> from collections import Counter
    >>> from boilerkill.document import Kind
    >>> report = CorpusReport(2, kept=90, removed=Counter({Kind.SHARE: 10}))
    >>> report.left_out, report.endings = 3, Counter({".jpg": 2, "": 1})
    >>> print("\n".join(closing_table(report)))
    documents        2
    words            0 in, 0 out
    characters       90.0% kept, 10.0% removed
      SHARE          10.0%
    failures         0
    left out         3 other files (2 .jpg, 1 without an ending)
    time             0.0 s
    """
    rows: list[tuple[str, str]] = []
    if report.stopped is not None:
        rows.append(("stopped", report.stopped))
    done = f" ({counted(report.done_before, 'file')} done before)" if report.done_before else ""
    rows.append(("documents", f"{report.documents:,}{done}"))
    if report.begun:
        rows.append(("begun", report.goes_on))
    rows.append(("words", f"{report.words_in:,} in, {report.words_out:,} out"))
    if report.characters:
        share = report.kept_share
        rows.append(("characters", f"{share:.1%} kept, {1 - share:.1%} removed"))
        for kind, size in report.removed.most_common():
            rows.append((f"  {kind}", f"{report.share(size):.1%}"))
    rows.append(("failures", f"{report.failed:,}"))
    if report.strange:
        strange = counted(report.strange, "document")
        rows.append(("unknown sites", f"{strange} of sites that the profile does not know"))
    rows += _passed_over(report.left_out, report.endings, report.links)
    rate = ""
    # What was done before took none of this time.
    documents = report.documents - report.documents_before
    if report.seconds and documents:
        each = documents / report.seconds
        number = counted(round(each), "document") if each >= 0.5 else f"{each:.2f} documents"
        rate = (
            f", {number}"
            f" and {_size((report.bytes - report.bytes_before) / report.seconds)} a second"
        )
    rows.append(("time", f"{_time(report.seconds)}{rate}"))
    return [f"{name:<16} {value}" for name, value in rows]


def _passed_over(left_out: int, endings: Counter[str], links: int) -> Iterator[tuple[str, str]]:
    """Yield what is said of what is no document."""
    if left_out:
        yield "left out", counted(left_out, "other file") + _by_ending(endings)
    if links:
        yield "not followed", f"{counted(links, 'link')} to folders"


@contextlib.contextmanager
def show_progress(how: str) -> Iterator[Callable[[Progress], None]]:
    """Show the progress of a run on standard error: "bar", "plain" lines, or "none"."""
    if how == "bar":
        with _bar() as on_progress:
            yield on_progress
    elif how == "plain":
        yield _Plain()
    else:
        yield lambda progress: None


class _Plain:
    """Prints a line every few seconds."""

    def __init__(self) -> None:
        self._next = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            print(f"boilerkill: {progress_line(progress)}", file=sys.stderr, flush=True)


def progress_line(progress: Progress) -> str:
    """Return how far a run is, in one line.

    >>> progress_line(Progress(120, 500_000, 1_000_000, 1, 2.0))
    '120 documents, 500 kB of 1.0 MB, 250 kB a second, 2.0 s left, 1 failed'
    """
    done = progress.bytes - progress.bytes_before
    rate = done / progress.seconds if progress.seconds else 0.0
    parts = [
        counted(progress.documents, "document"),
        f"{_size(progress.bytes)} of {_size(progress.total_bytes)}",
    ]
    if rate:
        left = max(0, progress.total_bytes - progress.bytes) / rate
        parts += [f"{_size(rate)} a second", f"{_time(left)} left"]
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    return ", ".join(parts)


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """Show a bar while documents are cleaned; it is gone afterwards."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("cleaning"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[line]}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as bar:
        task = bar.add_task("cleaning", total=None, line="")
        yield lambda progress: bar.update(
            task,
            completed=progress.bytes,
            total=max(1, progress.total_bytes),
            line=progress_line(progress),
        )


def print_plan(paths: Sequence[str], output: str, settings: CorpusSettings, out: TextIO) -> None:
    """Print which file would become which, and how many there are.

    Raises:
        CorpusError: If the run could not begin.
    """
    count = size = 0
    with planned(paths, output, settings) as plan:
        for source, target in plan.pairs():
            count += 1
            size += _size_of(source)
            print(f"{printable(str(source))} -> {printable(str(target))}", file=out)
        print(f"{counted(count, 'file')}, {_size(size)}, would be cleaned", file=out)
        finder = plan.finder
        for failure in finder.failures:
            print(printable(f"can't be read: {failure.where}: {failure.reason}"), file=out)
        for name, value in _passed_over(finder.left_out, finder.endings, finder.links):
            print(f"{name}: {value}", file=out)


def print_sample(paths: Sequence[str], settings: CorpusSettings, count: int, out: TextIO) -> None:
    """Print some random documents before and after.

    Raises:
        CorpusError: If there is none.
    """
    from boilerkill.corpus.stream import clean_records

    sample = sample_records(paths, settings, count, random.Random())
    for one in clean_records(sample.records, settings):
        record = one.record
        where = f"{record.source}, {record.position}" if record.position else record.source
        text = record.text or ""
        before = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        after = one.text if one.text is not None else f"(failed: {one.problem})"
        for title, shown in ((f"{where}: before", before), ("after", after)):
            print(f"--- {printable(title)}", file=out)
            for line in shown[:_SHOWN].splitlines():
                print(printable(line), file=out)
            if len(shown) > _SHOWN:
                print(f"... and {len(shown) - _SHOWN:,} characters more", file=out)
        print(file=out)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _by_ending(endings: Counter[str]) -> str:
    """Return how many files have each of the most common endings.

    >>> _by_ending(Counter({".php": 5, ".jpg": 2, ".css": 2, "": 1}))
    ' (5 .php, 2 .jpg, 2 .css and others)'
    """
    if not endings:
        return ""
    some = endings.most_common(_ENDINGS)
    named = ", ".join(f"{number:,} {ending or 'without an ending'}" for ending, number in some)
    return f" ({named}{' and others' if len(endings) > len(some) else ''})"


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts.

    >>> counted(1, "file"), counted(2_000, "file")
    ('1 file', '2,000 files')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _size(number: float) -> str:
    """Return a number of bytes for people.

    >>> _size(999), _size(1_500), _size(12_000_000)
    ('999 B', '2 kB', '12.0 MB')
    """
    if number < 1_000:
        return f"{number:.0f} B"
    if number < 1_000_000:
        return f"{number / 1e3:.0f} kB"
    return f"{number / 1e6:.1f} MB" if number < 1e9 else f"{number / 1e9:.2f} GB"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
