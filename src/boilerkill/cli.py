"""The command ``boilerkill``.

It parses, calls the library and prints; nothing is decided here. What is slow to import (the
library's core, rich) is imported where it is used, so that ``--help`` is instant.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from boilerkill import __version__
from boilerkill.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from boilerkill.corpus import CorpusReport, CorpusSettings
    from boilerkill.corpus.run import Outcome
    from boilerkill.document import Kind

__all__ = ["main"]

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 128 + signal.SIGINT
# 128 + SIGPIPE, which Windows does not have.
EXIT_BROKEN_PIPE = 141

# As a path: standard input, and as an output: standard output.
STREAM = "-"
STANDARD_INPUT = Path("standard input")

_DESCRIPTION = """\
Separate the article body from the boilerplate in scraped web text: bylines, comment forms,
share bars, related stories, notices and footers go; the article and all that it quotes stay."""

_MAIN_EPILOG = """\
examples:
  boilerkill clean crawl -o cleaned       clean a folder into another, which keeps its tree
  boilerkill clean < page.txt             clean standard input to standard output
  boilerkill explain page.txt             show what goes, what stays, and why

`boilerkill clean --help` and `boilerkill explain --help` say the rest."""

_CLEAN_DESCRIPTION = """\
Clean scraped text. Cleaning what is clean already changes nothing, and no quotation is lost.

Folders are searched for documents: files named .txt, .text, .md or .markdown. Other files are
left out (HTML comes with a later release), symbolic links to folders are not followed; the
closing line counts both. A file given by its own path is cleaned however it is named, except
HTML. Encodings are found out: UTF-8, UTF-16 and UTF-32 exactly, others by a good guess.

What is written is UTF-8 with a final newline (an empty document: an empty file). A file gets
its name when all of it is written, so whatever happens there is no half file."""

_CLEAN_EPILOG = """\
where the documents go:
  one file      OUT is the file to write, or a folder if it exists as one or ends in a slash
  one folder    its tree goes straight into OUT: crawl/a/b.txt becomes OUT/a/b.txt
  several       each keeps its name: crawl/a/b.txt becomes OUT/crawl/a/b.txt
  no path       standard input is cleaned to standard output, or to the file OUT

standard error:
  a progress bar while folders and files are cleaned (on a terminal only), a line for each
  document that failed, and a closing line: how many documents, what share of their characters
  stayed and went, and what went by kind

exit code:
  0    all is cleaned
  1    some document failed: it can't be read or written, is binary, or is HTML; the others
       are done, and each that failed is named with its reason
  2    the command can't begin, and nothing has been written: a wrong option, a PATH that does
       not exist, no document in any PATH, outputs that exist (without --overwrite), an output
       inside an input or an input inside the output, two documents with one output
  130  stopped by Ctrl-C: what is written so far is whole

examples:
  boilerkill clean crawl -o cleaned
  boilerkill clean crawl notes.txt -o cleaned --overwrite
  boilerkill clean page.txt -o page.clean.txt
  boilerkill clean page.txt -o - | wc -w
  curl -s https://example.org/page.txt | boilerkill clean > page.clean.txt
  boilerkill clean crawl -o with-comments --keep COMMENT,BYLINE
  boilerkill clean crawl -o careful --threshold 0.2"""

_EXPLAIN_DESCRIPTION = """\
Show each segment of a document (a paragraph, a line or a part of one): whether it is kept, its
kind, its score (the probability that it is body), and the evidence that weighed most. Nothing
is written. Control characters are shown escaped."""

_EXPLAIN_EPILOG = """\
how to read it:
  removed  BYLINE        0.05  label BYLINE -6.0
      By Ann Lee
  A number behind a piece of evidence is what it adds to the log-odds: below 0 it speaks
  against body. A segment that goes has a score below the threshold; "quoted" marks one that
  holds a quotation, and is kept for that whatever its score.

exit code: 0, 1 if the document can't be read or is binary or HTML, 2 for wrong usage

examples:
  boilerkill explain page.txt
  boilerkill explain page.txt | grep -A1 '^removed'
  boilerkill explain --json < page.txt | jq -r 'select(.kept | not) | .text'"""


class UsageError(Exception):
    """The command can't do what it was told; its message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Its arguments, without the program's name; those of the process by default.

    Returns:
        The exit code.

    Raises:
        SystemExit: By argparse, after ``--help``, ``--version`` or arguments it can't parse.
    """
    try:
        with _one_interrupt():
            return _run(_parse(argv))
    except UsageError as error:
        _say(f"error: {error}")
        return EXIT_USAGE
    except KeyboardInterrupt:
        _say("stopped")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return EXIT_BROKEN_PIPE
    except OSError as error:
        # Documents and folders have theirs in the report; what comes to here is the output's.
        _abandon_output()
        _say(f"error: can't write to standard output: {error.strerror}")
        return EXIT_FAILED


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, which may be file names of any kind."""
        super().error(printable(message))


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _build_parser()
    arguments, rest = parser.parse_known_args(argv)
    # argparse takes no path behind an option that stands behind a path: `clean a -o out b`.
    unknown = [text for text in rest if text.startswith("-") and text != STREAM]
    if unknown or (rest and arguments.run is not _run_clean):
        parser.error(f"unrecognized arguments: {' '.join(unknown or rest)}")
    if rest:
        arguments.paths.extend(rest)
    return arguments


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="boilerkill",
        description=_DESCRIPTION,
        epilog=_MAIN_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"boilerkill {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    clean = commands.add_parser(
        "clean",
        help="clean files, folders or standard input",
        description=_CLEAN_DESCRIPTION,
        epilog=_CLEAN_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_clean(clean)
    explain = commands.add_parser(
        "explain",
        help="show what goes, what stays, and why",
        description=_EXPLAIN_DESCRIPTION,
        epilog=_EXPLAIN_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_explain(explain)
    return parser


def _add_clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file or folder; - or none: standard input"
    )
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="where to write; - (for one file): standard output"
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace documents that exist in OUT; other files there stay",
    )
    _add_options(parser)
    parser.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="print no progress and no closing line, only errors",
    )
    parser.set_defaults(run=_run_clean)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="?",
        default=STREAM,
        metavar="FILE",
        help="the document; - or none: standard input",
    )
    _add_options(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object a line and segment: kind, kept, quoted, score, reasons, text",
    )
    parser.set_defaults(run=_run_explain)


def _add_options(parser: argparse.ArgumentParser) -> None:
    from boilerkill.document import Kind

    parser.add_argument(
        "--keep",
        metavar="KIND",
        type=_kinds,
        action="extend",
        default=[],
        help="a kind to keep besides the body; may be given again, or as a list with commas. "
        f"Kinds: {', '.join(Kind)}",
    )
    parser.add_argument(
        "--threshold",
        metavar="P",
        type=_threshold,
        default=0.5,
        help="a segment goes when its score is below P, from 0 to 1 (default: 0.5); "
        "a lower one keeps more",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        type=_encoding,
        help="the encoding that every document is in, where finding it out guesses wrong",
    )


def _kinds(text: str) -> list[Kind]:
    from boilerkill.document import Kind

    names = [name.strip() for name in text.split(",")]
    try:
        return [Kind(name.upper().replace("-", "_")) for name in names]
    except ValueError:
        message = f"{text!r}: expected kinds out of {', '.join(Kind)}"
        raise argparse.ArgumentTypeError(message) from None


def _threshold(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number from 0 to 1")
    return number


def _encoding(text: str) -> str:
    from boilerkill.corpus.files import is_encoding

    if not is_encoding(text):
        raise argparse.ArgumentTypeError(f"{text!r} names no text encoding")
    return text


def _run(arguments: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace], int] = arguments.run
    return run(arguments)


def _settings(arguments: argparse.Namespace, *, overwrite: bool = False) -> CorpusSettings:
    from boilerkill.corpus import CorpusSettings

    return CorpusSettings(
        keep=frozenset(arguments.keep),
        threshold=arguments.threshold,
        overwrite=overwrite,
        encoding=arguments.encoding,
    )


def _run_clean(arguments: argparse.Namespace) -> int:
    from boilerkill.corpus import CorpusError, CorpusInterrupted

    settings = _settings(arguments, overwrite=arguments.overwrite)
    paths: list[str] = arguments.paths or [STREAM]
    if STREAM in paths and len(paths) > 1:
        raise UsageError("standard input (-) can't be cleaned together with other paths")
    stopped = False
    try:
        if STREAM in (paths[0], arguments.output):
            report = _clean_stream(paths, arguments.output or STREAM, settings)
        else:
            report = _clean_paths(paths, arguments.output, settings, quiet=arguments.quiet)
    except CorpusError as error:
        raise UsageError(error) from None
    except CorpusInterrupted as interrupt:
        report, stopped = interrupt.report, True
    _print_report(report, quiet=arguments.quiet, stopped=stopped)
    if stopped:
        return EXIT_INTERRUPTED
    return EXIT_FAILED if report.failures else EXIT_OK


def _clean_paths(
    paths: list[str], output: str | None, settings: CorpusSettings, *, quiet: bool
) -> CorpusReport:
    from boilerkill.corpus import clean_corpus

    if output is None:
        raise UsageError("say where to write: -o OUT, or -o - for standard output")
    if quiet or not _is_terminal(sys.stderr):
        return clean_corpus(paths, output, settings=settings)
    with _progress_bar() as on_progress:
        return clean_corpus(paths, output, settings=settings, on_progress=on_progress)


def _clean_stream(paths: list[str], output: str, settings: CorpusSettings) -> CorpusReport:
    """Clean one document from standard input, or to standard output."""
    from boilerkill.corpus import CorpusInterrupted, CorpusReport
    from boilerkill.corpus.files import to_bytes, write_file
    from boilerkill.corpus.plan import check_target
    from boilerkill.corpus.run import attempt, clean_bytes

    if len(paths) > 1:
        raise UsageError("-o - takes one file")
    path = _single_file(paths[0])
    if output != STREAM:
        check_target(Path(output), overwrite=settings.overwrite)

    def work() -> Outcome:
        outcome = clean_bytes(_read(path), settings)
        if output != STREAM:
            write_file(Path(output), outcome.text, overwrite=settings.overwrite)
        return outcome

    report = CorpusReport()
    try:
        outcome = attempt(path, work, report)
        if outcome is not None and output == STREAM:
            _write_output(to_bytes(outcome.text))
    except KeyboardInterrupt:
        raise CorpusInterrupted(report) from None
    return report


def _run_explain(arguments: argparse.Namespace) -> int:
    from boilerkill.api import separate
    from boilerkill.corpus.files import DocumentError, as_source, describe
    from boilerkill.explain import as_json, print_explanation

    path = _single_file(arguments.path)
    settings = _settings(arguments)
    try:
        source = as_source(_read(path), settings.encoding)
    except (DocumentError, OSError) as error:
        _say(f"{path}: {describe(error) if isinstance(error, OSError) else error}")
        return EXIT_FAILED
    document = separate(source, keep=settings.keep, threshold=settings.threshold)
    if arguments.json:
        for segment in document.segments:
            print(as_json(segment))
    else:
        _escape_what_the_terminal_lacks()
        print_explanation(document, _console())
    sys.stdout.flush()
    return EXIT_OK


def _console() -> Console:
    """Return rich's standard output, with no markup read into what is printed."""
    from rich.console import Console

    class OutputConsole(Console):
        def on_broken_pipe(self) -> NoReturn:
            """Leave it to `main`, where rich would end the process as if it had failed."""
            raise BrokenPipeError

    return OutputConsole(file=sys.stdout, highlight=False, markup=False, emoji=False)


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


def _read(path: Path) -> bytes:
    from boilerkill.corpus.files import DocumentError, read_file

    if path is not STANDARD_INPUT:
        return read_file(path)
    if sys.stdin is None:
        raise DocumentError("it is closed")
    if _is_terminal(sys.stdin):
        _say("reading from the terminal; Ctrl-D ends the text")
    return sys.stdin.buffer.read()


def _write_output(data: bytes) -> None:
    # An unbuffered standard output (PYTHONUNBUFFERED) may take a part of the data and say so.
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def _print_report(report: CorpusReport, *, quiet: bool, stopped: bool) -> None:
    for failure in report.failures:
        _say(f"{failure.path}: {failure.reason}")
    if not quiet:
        _say(closing_line(report, stopped=stopped))


def closing_line(report: CorpusReport, *, stopped: bool = False) -> str:
    """Return what a run did, in one line.

    >>> from collections import Counter
    >>> from boilerkill.corpus import CorpusReport
    >>> from boilerkill.document import Kind
    >>> closing_line(CorpusReport(2, kept=90, removed=Counter({Kind.SHARE: 10}), left_out=1))
    '2 documents: 90.0% of the characters kept, 10.0% removed (SHARE 10.0%); 1 other file left out'
    """
    parts = [_what_was_cleaned(report)]
    if report.failures:
        parts.append(f"{len(report.failures)} failed")
    if report.left_out:
        parts.append(f"{_count(report.left_out, 'other file')} left out")
    if report.links:
        parts.append(f"{_count(report.links, 'link')} to folders not followed")
    return ("stopped after " if stopped else "") + "; ".join(parts)


def _what_was_cleaned(report: CorpusReport) -> str:
    documents = _count(report.documents, "document")
    if not report.characters:
        return f"{documents}, no text" if report.documents else documents
    kinds = ", ".join(
        f"{kind} {report.share(count):.1%}" for kind, count in report.removed.most_common()
    )
    removed = f"{1 - report.kept_share:.1%} removed" + (f" ({kinds})" if kinds else "")
    return f"{documents}: {report.kept_share:.1%} of the characters kept, {removed}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextlib.contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error while documents are cleaned; it is gone afterwards."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("cleaning"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:
        task = progress.add_task("cleaning", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextlib.contextmanager
def _one_interrupt() -> Iterator[None]:
    """Let the first Ctrl-C stop the run, and no second one disturb the tidying up."""
    untouched = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not untouched or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _say(message: str) -> None:
    """Print a line on standard error, safely: it may hold any file name."""
    print(f"boilerkill: {printable(message)}", file=sys.stderr)


def _is_terminal(stream: object) -> bool:
    return stream is not None and bool(getattr(stream, "isatty", lambda: False)())


def _escape_what_the_terminal_lacks() -> None:
    """Print a character that standard output's encoding lacks as an escape, not as a crash."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _abandon_output() -> None:
    """Keep Python from writing to a standard output that is gone, once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
