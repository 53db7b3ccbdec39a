"""What each command does: it calls the library, and prints what comes back."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from boilerkill.cli.terminal import (
    console,
    escape_what_the_terminal_lacks,
    is_terminal,
    say,
    standard_input,
)
from boilerkill.printable import printable

if TYPE_CHECKING:
    from boilerkill.corpus import CorpusReport, CorpusSettings
    from boilerkill.report import Written

__all__ = [
    "EXIT_FAILED", "EXIT_INTERRUPTED", "EXIT_OK", "EXIT_USAGE", "STREAM", "UsageError",
    "run_clean", "run_compare", "run_explain", "run_learn", "run_report", "run_status",
]  # fmt: skip

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 128 + signal.SIGINT

# As a path: standard input, and as an output: standard output.
STREAM = "-"
STANDARD_INPUT = Path("standard input")


class UsageError(Exception):
    """The command can't do what it was told; its message says why."""


def _settings(arguments: argparse.Namespace) -> CorpusSettings:
    """Return the settings of a run, each of which is a flag of the same name.

    Raises:
        UsageError: If a setting has no meaning.
    """
    import dataclasses

    from boilerkill.corpus import CorpusSettings

    given = vars(arguments)
    names = [field.name for field in dataclasses.fields(CorpusSettings) if field.name in given]
    try:
        return CorpusSettings(**{name: given[name] for name in names})
    except ValueError as error:
        raise UsageError(error) from None


def run_clean(arguments: argparse.Namespace) -> int:
    """Clean files, folders or standard input; return the exit code."""
    from boilerkill.corpus import CorpusError, CorpusInterrupted, CorpusStopped

    settings = _settings(arguments)
    paths: list[str] = arguments.paths or [STREAM]
    if STREAM in paths and len(paths) > 1:
        raise UsageError("standard input (-) can't be cleaned together with other paths")
    if arguments.dry_run or arguments.sample:
        return _preview(paths, arguments, settings)
    code = EXIT_OK
    try:
        if STREAM in (paths[0], arguments.output):
            report = _clean_stream(paths, arguments.output or STREAM, settings)
        else:
            report = _clean_paths(paths, arguments, settings)
    except (CorpusError, ValueError) as error:
        raise UsageError(error) from None
    except CorpusInterrupted as interrupt:
        report, code = interrupt.report, EXIT_INTERRUPTED
    except CorpusStopped as stop:
        say(f"error: {stop}")
        report, code = stop.report, EXIT_FAILED
    _print_report(report, quiet=arguments.quiet)
    return code or (EXIT_FAILED if report.failed else EXIT_OK)


def _clean_paths(
    paths: list[str], arguments: argparse.Namespace, settings: CorpusSettings
) -> CorpusReport:
    from boilerkill.corpus import clean_corpus
    from boilerkill.corpus.show import show_progress

    if arguments.output is None:
        raise UsageError("say where to write: -o OUT, or -o - for standard output")
    default = "bar" if is_terminal(sys.stderr) and not arguments.quiet else "none"
    with show_progress(arguments.progress or default) as on_progress:
        return clean_corpus(paths, arguments.output, settings, on_progress=on_progress)


def _clean_stream(paths: list[str], output: str, settings: CorpusSettings) -> CorpusReport:
    """Clean from standard input, or one file to standard output."""
    from boilerkill.corpus.pipe import clean_pipe
    from boilerkill.corpus.plan import check_kind, check_report_of_stream, check_target

    if len(paths) > 1:
        raise UsageError("-o - takes one file")
    path = _single_file(paths[0])
    if settings.report is not None:
        written = None if output == STREAM else output
        check_report_of_stream(settings.report, path, written, settings)
    if output != STREAM:
        check_kind(output, settings)
        check_target(Path(output), overwrite=settings.overwrite)
        return clean_pipe(standard_input(), path, Path(output), settings)
    source = standard_input() if path is STANDARD_INPUT else None
    return clean_pipe(source, path, sys.stdout.buffer, settings)


def _preview(paths: list[str], arguments: argparse.Namespace, settings: CorpusSettings) -> int:
    """Show what a run would do, or what it would make of a few documents."""
    from boilerkill.corpus import CorpusError
    from boilerkill.corpus.show import print_plan, print_sample

    escape_what_the_terminal_lacks()
    try:
        if arguments.sample:
            print_sample(paths, settings, arguments.sample, sys.stdout)
        elif arguments.output is None:
            raise UsageError("say where it would be written: -o OUT")
        else:
            print_plan(paths, arguments.output, settings, sys.stdout)
    except (CorpusError, ValueError) as error:
        raise UsageError(error) from None
    sys.stdout.flush()
    return EXIT_OK


def run_report(arguments: argparse.Namespace) -> int:
    """Write a page that shows what goes and what stays; return the exit code."""
    from boilerkill.report import write_report

    return _write_page(arguments, partial(write_report, settings=_settings(arguments)))


def run_compare(arguments: argparse.Namespace) -> int:
    """Write a page that shows what other tools keep and lose; return the exit code."""
    import dataclasses

    from boilerkill.report import ComparisonSettings, write_comparison

    settings = ComparisonSettings(**dataclasses.asdict(_settings(arguments)), tools=arguments.tools)
    return _write_page(arguments, partial(write_comparison, settings=settings))


def _write_page(arguments: argparse.Namespace, write: Callable[..., Written]) -> int:
    from boilerkill.corpus import CorpusError
    from boilerkill.corpus.show import counted
    from boilerkill.report import ReportError

    paths: list[str] = arguments.paths or [STREAM]
    if STREAM in paths and len(paths) > 1:
        raise UsageError("standard input (-) can't be shown together with other paths")
    source = standard_input() if paths == [STREAM] else paths
    if source is None:
        say(f"{STANDARD_INPUT}: it is closed")
        return EXIT_FAILED
    output = sys.stdout.buffer if arguments.output == STREAM else Path(arguments.output)
    try:
        written = write(source, output, sample=arguments.sample, seed=arguments.seed)
    except (CorpusError, ValueError) as error:
        raise UsageError(error) from None
    except ReportError as error:
        say(f"error: {error}")
        return EXIT_FAILED
    for line in written.lines():
        say(line)
    if not arguments.quiet:
        shown = f"{written.documents:,} of {counted(written.of, 'document')}"
        say(f"{shown} on {'the page' if arguments.output == STREAM else arguments.output}")
    return EXIT_FAILED if written.failures else EXIT_OK


def run_learn(arguments: argparse.Namespace) -> int:
    """Write a profile of what stands on many pages of a site; return the exit code."""
    from boilerkill.corpus import CorpusError
    from boilerkill.corpus.learn import learn_file
    from boilerkill.corpus.show import counted, failure_lines

    output = Path(arguments.output)
    try:
        learnt = learn_file(arguments.paths, output, _settings(arguments))
    except (CorpusError, ValueError) as error:
        raise UsageError(error) from None
    except OSError as error:
        say(f"error: can't write {output}: {error.strerror}")
        return EXIT_FAILED
    for line in failure_lines(learnt.report):
        say(line)
    profile = learnt.profile
    pages, sites = int(profile.pages.sum()), len(profile.sites)
    many = len(profile.keys)
    say(
        f"{counted(pages, 'page')} of {counted(sites, 'site')}: "
        f"{counted(many, 'segment')} {'stands' if many == 1 else 'stand'} on many"
    )
    if learnt.alike:
        say(f"not counted again, for another page of the site is the same: {learnt.alike:,}")
    return EXIT_FAILED if learnt.report.failed else EXIT_OK


def run_status(arguments: argparse.Namespace) -> int:
    """Print how far a run has come; return the exit code."""
    from boilerkill.corpus import CorpusError
    from boilerkill.corpus.status import read_status

    try:
        status = read_status(arguments.output)
    except CorpusError as error:
        raise UsageError(error) from None
    if arguments.json:
        import json

        print(json.dumps(status.as_json(), indent=2))
    else:
        escape_what_the_terminal_lacks()
        for line in status.lines():
            print(printable(line))
    sys.stdout.flush()
    return EXIT_OK


def run_explain(arguments: argparse.Namespace) -> int:
    """Print each segment of a document with its reasons; return the exit code."""
    from boilerkill.api import separate
    from boilerkill.corpus.files import DocumentError, as_source, describe
    from boilerkill.corpus.formats import by_name
    from boilerkill.explain import as_json, print_explanation

    path = _single_file(arguments.path)
    settings = _settings(arguments)
    try:
        settings.check()
    except ValueError as error:
        raise UsageError(error) from None
    named = by_name(path.name)
    format = settings.format
    if format == "auto" and named is not None and named.format.name == "html":
        format = "html"
    try:
        source = as_source(_read(path, settings), settings.encoding, format)
    except (DocumentError, OSError) as error:
        say(f"{path}: {describe(error) if isinstance(error, OSError) else error}")
        return EXIT_FAILED
    document = separate(
        source,
        format=format,
        keep=settings.keep,
        threshold=settings.threshold,
        phrases=settings.phrases,
    )
    if arguments.json:
        for explanation in document.explain():
            print(as_json(explanation))
    else:
        escape_what_the_terminal_lacks()
        print_explanation(document, console())
    sys.stdout.flush()
    return EXIT_OK


def _single_file(name: str) -> Path:
    """Return the path of the one document of a command, which is no folder."""
    if name == STREAM:
        return STANDARD_INPUT
    from boilerkill.corpus.files import describe

    path = Path(name)
    try:
        path.stat()
    except OSError as error:
        raise UsageError(f"{name}: {describe(error)}") from None
    if path.is_dir():
        raise UsageError(f"{name} is a folder; expected a file")
    return path


def _read(path: Path, settings: CorpusSettings) -> bytes:
    """Return what a file holds, unless it is larger than a document may be."""
    from boilerkill.corpus.files import DocumentError
    from boilerkill.corpus.formats.base import too_large

    with contextlib.ExitStack() as opened:
        named = path is not STANDARD_INPUT
        source = opened.enter_context(path.open("rb")) if named else standard_input()
        if source is None:
            raise DocumentError("it is closed")
        data = source.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise DocumentError(too_large(settings))
    return data


def _print_report(report: CorpusReport, *, quiet: bool) -> None:
    from boilerkill.corpus.show import closing_table, failure_lines

    for line in failure_lines(report):
        say(line)
    if not quiet:
        for line in closing_table(report):
            say(line)
