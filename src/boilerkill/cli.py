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
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from boilerkill import __version__
from boilerkill.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from boilerkill.corpus import CorpusReport, CorpusSettings
    from boilerkill.document import Kind
    from boilerkill.report import Written

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
  boilerkill report crawl -o report.html  show it on a page, for a document or a corpus
  boilerkill compare crawl -o tools.html  show what other tools keep and lose, side by side
  boilerkill learn crawl -o site.profile  learn what stands on many pages of a site
  boilerkill status cleaned               show how far a run has come

`boilerkill clean --help` says the rest, and so it is of the others."""

_CLEAN_DESCRIPTION = """\
Clean scraped text and pages. Cleaning what is clean already changes nothing, and no quotation
is lost. What is read is never changed; what is written has its name only when it is whole.

kinds of files, by their names (a file given by its own path also by what it holds):
  .txt .text .md .markdown    one document each; UTF-8, UTF-16 and UTF-32 are found out exactly,
                              other encodings by a good guess
  .html .htm .xhtml           one page each; page.html becomes page.html.txt, for it is text then
  .jsonl .ndjson .csv         a document a line or row; the others of its fields are kept
  .parquet .arrow .feather    a document a row; columns, types and groups of rows are kept
  .warc .wet                  HTML responses and conversions; they become WET (crawl.warc.wet)
  .zip .tar .tgz              archives of such files; they become such archives
Any of them may be compressed (.gz, .zst), and is written so. Other files are left out, symbolic
links to folders are not followed; the closing table counts both."""

_CLEAN_EPILOG = """\
where the documents go:
  one file      OUT is the file to write, or a folder if it exists as one or ends in a slash
  one folder    its tree goes straight into OUT: crawl/a/b.txt becomes OUT/a/b.txt
  several       each keeps its name: crawl/a/b.txt becomes OUT/crawl/a/b.txt
  no path       standard input, JSONL or one text, is cleaned to standard output or the file OUT
  --to KIND     all of them go to the file OUT (out.jsonl, out.parquet, out.txt) or, if it is not
                named so, to OUT/part-00000-of-0000N.KIND; in .txt a form feed stands between two

a run that was killed or stopped:
  The same command again goes on where it stopped. OUT/.boilerkill (of one file, .OUT.boilerkill
  beside it) says what is done, with which version and options; with others, or where a file has
  changed, the command asks for --overwrite. `boilerkill status OUT` reads it.

what fails:
  A document that can't be read, takes too long, is too large or kills its process is named in
  OUT/.boilerkill/failures.jsonl with its source, position and reason; the others are done.

exit code:
  0    all is cleaned
  1    some document failed, or the run could not go on, as on a full disk
  2    the command can't begin, and nothing has been written: a wrong option, a PATH that does
       not exist, no document in any PATH, outputs that exist (without --overwrite), an output
       inside an input or an input inside the output, two documents with one output
  130  stopped by Ctrl-C

examples:
  boilerkill clean crawl -o cleaned
  boilerkill clean crawl notes.txt -o cleaned-too --jobs 2
  boilerkill clean page.txt -o page.clean.txt
  boilerkill clean page.txt -o - | wc -w
  curl -s https://example.org/page.txt | boilerkill clean > page.clean.txt
  boilerkill clean crawl -o with-comments --keep COMMENT,BYLINE
  boilerkill clean crawl -o careful --threshold 0.2
  boilerkill clean crawl -o crawl.jsonl --to jsonl --add title,byline
  boilerkill clean crawl -o shards --to jsonl --shards 8
  boilerkill clean crawl -o by-site --learn
  boilerkill clean crawl --sample 1
  boilerkill clean crawl -o planned --dry-run"""

_LEARN_DESCRIPTION = """\
Learn the furniture of sites: lines that stand on many pages of one site, whatever they say. The
profile that is written is for `boilerkill clean --profile`, and for the profile of clean() in
Python. A quotation stays, on however many pages it stands."""

_LEARN_EPILOG = """\
exit code: 0, 1 if the profile can't be written, 2 if there is no document

examples:
  boilerkill learn crawl -o site.profile
  boilerkill clean crawl -o cleaned-by-site --profile site.profile"""

_STATUS_DESCRIPTION = """\
Say how far a run has come, from the ledger in its output: version, options, how many files are
done, wait and failed, and what failed."""

_STATUS_EPILOG = """\
exit code: 0, 2 if there is no ledger

examples:
  boilerkill status cleaned"""

_EXPLAIN_DESCRIPTION = """\
Show each segment of a document (a paragraph, a line or a part of one): whether it is kept, its
kind, its score (the probability that it is body), and the reasons that weighed most. Nothing
is written. Control characters are shown escaped."""

_EXPLAIN_EPILOG = """\
how to read it:
  removed  BYLINE        0.00  looks like a byline: 'By Ann Lee' (en) -10.0; where ... +3.0
      By Ann Lee
  A number behind a reason is what it adds to the log-odds: below 0 it speaks against body. The
  heaviest three are shown; all of them, with --json, add up to the log-odds of the score. A
  segment that goes has a score below the threshold; one with a quotation never goes.

exit code: 0, 1 if the document can't be read or is binary, 2 for wrong usage

examples:
  boilerkill explain page.txt
  boilerkill explain page.txt | grep -A1 '^removed'
  boilerkill explain --json < page.txt | jq -r 'select(.kept | not) | .text'"""

_REPORT_DESCRIPTION = """\
Write one HTML page that shows documents: the text as it was, what stays and what goes, coloured by
kind, quotations marked, scores and reasons; and of a corpus what goes by kind, scores, lengths, the
lines that are removed most often and the documents worth a look. The page asks for nothing from
elsewhere; it can be opened from the disk and sent to others. Texts are shown as text, whatever
they hold. Inputs are read as `boilerkill clean` reads them."""

_REPORT_EPILOG = """\
how much it shows:
  Of more than N documents (--sample), N drawn at random. So that the page stays usable, it shows
  four million characters of a document, and the texts of the first 48 million in all; it says
  what is left out, and its figures count everything that was drawn.

exit code:
  0  the page is written
  1  it is, and some document could not be read (the page names it), or the page can't be written
  2  a wrong option, no document found, an output that exists (without --overwrite) or is an input;
     nothing is written

examples:
  boilerkill report page.txt -o seen.html
  boilerkill report crawl -o report.html
  boilerkill report crawl -o some.html --sample 20 --seed 7
  boilerkill report - -o - < page.txt > other.html

`pip install 'boilerkill[report]'` brings what it needs."""

_COMPARE_DESCRIPTION = """\
Write one HTML page that shows what boilerkill and other tools make of the same pages, side by side:
what each keeps and loses, word by word, and the quotations that it loses. The other tools read HTML
alone: a document that is text is named as such and left out. A tool that is not installed is left
out as well, and the page says so."""

_COMPARE_EPILOG = """\
exit code: as of `boilerkill report`; 2 also if none of the tools is installed

examples:
  boilerkill compare page.html -o tools.html
  boilerkill compare pages -o both.html --with trafilatura
  boilerkill compare pages -o three.html --with trafilatura,justext --sample 20

`pip install 'boilerkill[compare]'` brings the tools."""


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


# Texts are printed as they are written, and no option is taken by a part of its name.
_STYLE: dict[str, Any] = {
    "formatter_class": argparse.RawDescriptionHelpFormatter,
    "allow_abbrev": False,
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, which may be file names of any kind."""
        super().error(printable(message))


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _build_parser()
    arguments, rest = parser.parse_known_args(argv)
    # argparse takes no path behind an option that stands behind a path: `clean a -o out b`.
    unknown = [text for text in rest if text.startswith("-") and text != STREAM]
    if unknown or (rest and arguments.run not in _RUN_ON_PATHS):
        parser.error(f"unrecognized arguments: {' '.join(unknown or rest)}")
    if rest:
        arguments.paths.extend(rest)
    return arguments


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="boilerkill", description=_DESCRIPTION, epilog=_MAIN_EPILOG, **_STYLE)
    parser.add_argument("--version", action="version", version=f"boilerkill {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, add, summary, description, epilog in (
        ("clean", _add_clean, "clean files, folders or standard input",
         _CLEAN_DESCRIPTION, _CLEAN_EPILOG),
        ("explain", _add_explain, "show what goes, what stays, and why",
         _EXPLAIN_DESCRIPTION, _EXPLAIN_EPILOG),
        ("report", _add_report, "show it on a page, for a document or a corpus",
         _REPORT_DESCRIPTION, _REPORT_EPILOG),
        ("compare", _add_compare, "show what other tools keep and lose, side by side",
         _COMPARE_DESCRIPTION, _COMPARE_EPILOG),
        ("learn", _add_learn, "learn what stands on many pages of a site",
         _LEARN_DESCRIPTION, _LEARN_EPILOG),
        ("status", _add_status, "say how far a run has come",
         _STATUS_DESCRIPTION, _STATUS_EPILOG),
    ):  # fmt: skip
        command = commands.add_parser(
            name, help=summary, description=description, epilog=epilog, **_STYLE
        )
        add(command)
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
        help="replace what exists in OUT; other files there stay",
    )
    _add_options(parser)
    records = parser.add_argument_group("records")
    records.add_argument(
        "--field",
        metavar="NAME",
        help="the field or column with the text (default: text, content, html or raw_content)",
    )
    records.add_argument(
        "--to",
        choices=("jsonl", "parquet", "txt"),
        help="write all documents as one kind",
    )
    records.add_argument(
        "--shards", metavar="N", type=_at_least(1), default=1, help="with --to: to so many files"
    )
    records.add_argument(
        "--add",
        metavar="NAME",
        type=_additions,
        action="extend",
        default=[],
        help="fields to add to records: kinds (characters removed by kind), byline, title, "
        "removed (what went), score; as a list with commas. A field of that name that is there "
        "already stays, and the new one is called boilerkill_NAME",
    )
    running = parser.add_argument_group("running")
    running.add_argument(
        "--jobs", metavar="N", type=_at_least(0), help="so many processes (default: one a core)"
    )
    running.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        default=30.0,
        help="how long a document may take (default: 30)",
    )
    _add_max_bytes(running)
    running.add_argument(
        "--strict", action="store_true", help="stop at the first document that fails"
    )
    sites = parser.add_argument_group("sites")
    sites.add_argument(
        "--learn",
        action="store_true",
        help="first learn what stands on many pages of a site, then take it for furniture",
    )
    sites.add_argument(
        "--profile", metavar="FILE", help="take that from a file that `boilerkill learn` wrote"
    )
    _add_group(sites)
    showing = parser.add_argument_group("showing")
    showing.add_argument(
        "--progress",
        choices=("bar", "plain", "none"),
        help="how to show it on standard error (default: bar on a terminal, none elsewhere)",
    )
    showing.add_argument(
        "--report", metavar="FILE", help="write the closing table to a file as JSON"
    )
    showing.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    showing.add_argument(
        "--sample",
        metavar="N",
        type=_at_least(1),
        help="show N random documents before and after, and write nothing",
    )
    showing.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="print no progress and no closing table, only errors",
    )
    parser.set_defaults(run=_run_clean)


def _add_max_bytes(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--max-bytes",
        metavar="N",
        type=_at_least(1),
        default=64 << 20,
        help="how large a document may be (default: 67108864)",
    )


def _add_group(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--group",
        metavar="NAME",
        help="the field that names the site (default: the host of the URL, or the folder)",
    )


def _add_learn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder")
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="the profile to write"
    )
    _add_group(parser)
    parser.add_argument("--field", metavar="NAME", help="as of `boilerkill clean`")
    parser.add_argument("--encoding", metavar="NAME", type=_encoding, help="as there")
    parser.add_argument("--phrases", metavar="FILE", help="as there")
    parser.add_argument("--jobs", metavar="N", type=_at_least(0), help="as there")
    parser.set_defaults(run=_run_learn)


def _add_status(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", metavar="OUT", help="the output of a run")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=_run_status)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="?",
        default=STREAM,
        metavar="FILE",
        help="the document; - or none: standard input",
    )
    _add_max_bytes(parser)
    _add_options(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object a line and segment: kind, kept, quoted, score, log_odds, "
        "verdict, reasons, text",
    )
    parser.set_defaults(run=_run_explain)


def _add_report(parser: argparse.ArgumentParser) -> None:
    _add_page(parser)
    parser.set_defaults(run=_run_report)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with",
        dest="tools",
        metavar="TOOLS",
        type=_tools,
        default=_COMPARED,
        help="the tools, as a list with commas (default: trafilatura,resiliparse,justext)",
    )
    _add_page(parser)
    parser.set_defaults(run=_run_compare)


# What there is to compare with; to import it would take its time.
_COMPARED = ("trafilatura", "resiliparse", "justext")


def _tools(text: str) -> tuple[str, ...]:
    names = [name.strip().lower() for name in text.split(",")]
    if any(name not in _COMPARED for name in names):
        message = f"{text!r}: expected names out of {', '.join(_COMPARED)}"
        raise argparse.ArgumentTypeError(message)
    return tuple(dict.fromkeys(names))


def _add_page(parser: argparse.ArgumentParser) -> None:
    """Add what commands that write a page have in common."""
    parser.add_argument(
        "paths", nargs="*", metavar="INPUT", help="a file or folder; - or none: standard input"
    )
    parser.add_argument(
        "-o", "--output", metavar="PAGE", required=True, help="the page; - is standard output"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace PAGE if it exists")
    parser.add_argument(
        "--sample",
        metavar="N",
        type=_at_least(1),
        default=500,
        help="show so many documents, drawn at random where there are more (default: 500)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=int,
        default=0,
        help="what they are drawn with: the same number, the same documents (default: 0)",
    )
    _add_options(parser)
    parser.add_argument("--field", metavar="NAME", help="as of `boilerkill clean`")
    parser.add_argument("--profile", metavar="FILE", help="as there")
    _add_group(parser)
    parser.add_argument("--jobs", metavar="N", type=_at_least(0), help="as there")
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=30.0, help="as there"
    )
    _add_max_bytes(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")


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
    parser.add_argument(
        "--phrases", metavar="FILE", help="phrases of furniture to look for besides those known"
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


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        try:
            found = int(text)
        except ValueError:
            found = least - 1
        if found < least:
            message = f"{text!r}: expected a whole number, at least {least}"
            raise argparse.ArgumentTypeError(message)
        return found

    return number


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of seconds above 0")
    return number


def _additions(text: str) -> list[str]:
    from boilerkill.corpus.settings import ADDITIONS

    names = [name.strip() for name in text.split(",")]
    if any(name not in ADDITIONS for name in names):
        message = f"{text!r}: expected names out of {', '.join(ADDITIONS)}"
        raise argparse.ArgumentTypeError(message)
    return names


def _encoding(text: str) -> str:
    from boilerkill.corpus.files import is_encoding

    if not is_encoding(text):
        raise argparse.ArgumentTypeError(f"{text!r} names no text encoding")
    return text


def _run(arguments: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace], int] = arguments.run
    return run(arguments)


def _settings(arguments: argparse.Namespace) -> CorpusSettings:
    """Return the settings of a run, each of which is a flag of the same name."""
    import dataclasses

    from boilerkill.corpus import CorpusSettings

    given = vars(arguments)
    names = [field.name for field in dataclasses.fields(CorpusSettings) if field.name in given]
    return CorpusSettings(**{name: given[name] for name in names})


def _run_clean(arguments: argparse.Namespace) -> int:
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
        _say(f"error: {stop}")
        report, code = stop.report, EXIT_FAILED
    _print_report(report, quiet=arguments.quiet)
    if arguments.report is not None:
        _write_report(arguments.report, report)
    return code or (EXIT_FAILED if report.failed else EXIT_OK)


def _clean_paths(
    paths: list[str], arguments: argparse.Namespace, settings: CorpusSettings
) -> CorpusReport:
    from boilerkill.corpus import clean_corpus
    from boilerkill.corpus.show import show_progress

    if arguments.output is None:
        raise UsageError("say where to write: -o OUT, or -o - for standard output")
    default = "bar" if _is_terminal(sys.stderr) and not arguments.quiet else "none"
    with show_progress(arguments.progress or default) as on_progress:
        return clean_corpus(paths, arguments.output, settings, on_progress=on_progress)


def _clean_stream(paths: list[str], output: str, settings: CorpusSettings) -> CorpusReport:
    """Clean from standard input, or one file to standard output."""
    from boilerkill.corpus.pipe import clean_pipe
    from boilerkill.corpus.plan import check_target

    if len(paths) > 1:
        raise UsageError("-o - takes one file")
    path = _single_file(paths[0])
    if output != STREAM:
        check_target(Path(output), overwrite=settings.overwrite)
        return clean_pipe(_standard_input(), path, Path(output), settings)
    source = _standard_input() if path is STANDARD_INPUT else None
    return clean_pipe(source, path, sys.stdout.buffer, settings)


def _standard_input() -> BinaryIO | None:
    """Return standard input; None where it is closed."""
    if sys.stdin is None:
        return None
    if _is_terminal(sys.stdin):
        _say("reading from the terminal; Ctrl-D ends the text")
    return sys.stdin.buffer


def _preview(paths: list[str], arguments: argparse.Namespace, settings: CorpusSettings) -> int:
    """Show what a run would do, or what it would make of a few documents."""
    from boilerkill.corpus import CorpusError
    from boilerkill.corpus.show import print_plan, print_sample

    _escape_what_the_terminal_lacks()
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


def _run_report(arguments: argparse.Namespace) -> int:
    from boilerkill.report import write_report

    return _write_page(arguments, partial(write_report, settings=_settings(arguments)))


def _run_compare(arguments: argparse.Namespace) -> int:
    import dataclasses

    from boilerkill.report import ComparisonSettings, write_comparison

    settings = ComparisonSettings(**dataclasses.asdict(_settings(arguments)), tools=arguments.tools)
    return _write_page(arguments, partial(write_comparison, settings=settings))


def _write_page(arguments: argparse.Namespace, write: Callable[..., Written]) -> int:
    from boilerkill.corpus import CorpusError
    from boilerkill.report import ReportError

    paths: list[str] = arguments.paths or [STREAM]
    if STREAM in paths and len(paths) > 1:
        raise UsageError("standard input (-) can't be shown together with other paths")
    source = _standard_input() if paths == [STREAM] else paths
    if source is None:
        _say(f"{STANDARD_INPUT}: it is closed")
        return EXIT_FAILED
    output = sys.stdout.buffer if arguments.output == STREAM else Path(arguments.output)
    try:
        written = write(source, output, sample=arguments.sample, seed=arguments.seed)
    except (CorpusError, ValueError) as error:
        raise UsageError(error) from None
    except ReportError as error:
        _say(f"error: {error}")
        return EXIT_FAILED
    for line in written.lines():
        _say(line)
    if not arguments.quiet:
        shown = f"{written.documents:,} of {written.of:,} documents"
        _say(f"{shown} on {'the page' if arguments.output == STREAM else arguments.output}")
    return EXIT_FAILED if written.failures else EXIT_OK


def _run_learn(arguments: argparse.Namespace) -> int:
    from boilerkill.corpus import CorpusError
    from boilerkill.corpus.learn import learn_file

    output = Path(arguments.output)
    try:
        profile = learn_file(arguments.paths, output, _settings(arguments))
    except (CorpusError, ValueError) as error:
        raise UsageError(error) from None
    except OSError as error:
        _say(f"error: can't write {output}: {error.strerror}")
        return EXIT_FAILED
    pages, sites = int(profile.pages.sum()), len(profile.sites)
    _say(f"{pages:,} pages of {sites:,} sites: {len(profile.keys):,} segments stand on many")
    return EXIT_OK


def _run_status(arguments: argparse.Namespace) -> int:
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
        _escape_what_the_terminal_lacks()
        for line in status.lines():
            print(printable(line))
    sys.stdout.flush()
    return EXIT_OK


def _run_explain(arguments: argparse.Namespace) -> int:
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
    format = "html" if named is not None and named.format.name == "html" else "auto"
    try:
        source = as_source(_read(path, settings), settings.encoding, format)
    except (DocumentError, OSError) as error:
        _say(f"{path}: {describe(error) if isinstance(error, OSError) else error}")
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
        _escape_what_the_terminal_lacks()
        print_explanation(document, _console())
    sys.stdout.flush()
    return EXIT_OK


# The commands that take several paths, wherever their options stand.
_RUN_ON_PATHS = (_run_clean, _run_report, _run_compare)


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


def _read(path: Path, settings: CorpusSettings) -> bytes:
    """Return what a file holds, unless it is larger than a document may be."""
    from boilerkill.corpus.files import DocumentError
    from boilerkill.corpus.formats.base import too_large

    with contextlib.ExitStack() as opened:
        named = path is not STANDARD_INPUT
        source = opened.enter_context(path.open("rb")) if named else _standard_input()
        if source is None:
            raise DocumentError("it is closed")
        data = source.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise DocumentError(too_large(settings))
    return data


def _print_report(report: CorpusReport, *, quiet: bool) -> None:
    from boilerkill.corpus.show import closing_table, failure_lines

    for line in failure_lines(report):
        _say(line)
    if not quiet:
        for line in closing_table(report):
            _say(line)


def _write_report(path: str, report: CorpusReport) -> None:
    import json

    text = json.dumps(report.as_json(), indent=2) + "\n"
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror}") from None


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
