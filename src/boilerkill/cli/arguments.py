"""The arguments of every command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from boilerkill import __version__
from boilerkill.cli import commands, texts, values
from boilerkill.printable import printable

__all__ = ["parse"]

# The commands that take several paths, wherever their options stand.
_ON_PATHS = (commands.run_clean, commands.run_report, commands.run_compare)

# Texts are printed as they are written, and no option is taken by a part of its name.
_STYLE: dict[str, Any] = {
    "formatter_class": argparse.RawDescriptionHelpFormatter,
    "allow_abbrev": False,
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, which may be file names of any kind."""
        super().error(printable(message))


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments of the command; `run` among them is what they ask for."""
    parser = _build_parser()
    arguments, rest = parser.parse_known_args(argv)
    # argparse takes no path behind an option that stands behind a path: `clean a -o out b`.
    unknown = [text for text in rest if text.startswith("-") and text != commands.STREAM]
    if unknown or (rest and arguments.run not in _ON_PATHS):
        parser.error(f"unrecognized arguments: {' '.join(unknown or rest)}")
    if rest:
        arguments.paths.extend(rest)
    return arguments


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="boilerkill", description=texts.MAIN_DESCRIPTION, epilog=texts.MAIN_EPILOG, **_STYLE
    )
    parser.add_argument("--version", action="version", version=f"boilerkill {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, add, summary, description, epilog in (
        ("clean", _add_clean, "clean files, folders or standard input",
         texts.CLEAN_DESCRIPTION, texts.CLEAN_EPILOG),
        ("explain", _add_explain, "show what goes, what stays, and why",
         texts.EXPLAIN_DESCRIPTION, texts.EXPLAIN_EPILOG),
        ("report", _add_report, "show it on a page, for a document or a corpus",
         texts.REPORT_DESCRIPTION, texts.REPORT_EPILOG),
        ("compare", _add_compare, "show what other tools keep and lose, side by side",
         texts.COMPARE_DESCRIPTION, texts.COMPARE_EPILOG),
        ("learn", _add_learn, "learn what stands on many pages of a site",
         texts.LEARN_DESCRIPTION, texts.LEARN_EPILOG),
        ("status", _add_status, "say how far a run has come",
         texts.STATUS_DESCRIPTION, texts.STATUS_EPILOG),
    ):  # fmt: skip
        command = subparsers.add_parser(
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
        "--shards",
        metavar="N",
        type=values.at_least(1),
        default=1,
        help="with --to: to so many files",
    )
    records.add_argument(
        "--add",
        metavar="NAME",
        type=values.additions,
        action="extend",
        default=[],
        help="fields to add to records: kinds (characters removed by kind), byline, title, "
        "removed (what went), score; as a list with commas. A field of that name that is there "
        "already stays, and the new one is called boilerkill_NAME, or boilerkill_boilerkill_NAME "
        "where that is taken too",
    )
    running = parser.add_argument_group("running")
    running.add_argument(
        "--jobs",
        metavar="N",
        type=values.at_least(0),
        help="so many processes (default: one a core)",
    )
    running.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=values.seconds,
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
        "--report",
        metavar="FILE",
        help="write the closing table to a file as JSON; --overwrite replaces one that exists",
    )
    showing.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    showing.add_argument(
        "--sample",
        metavar="N",
        type=values.at_least(1),
        help="show N random documents before and after, and write nothing",
    )
    showing.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="print no progress and no closing table, only errors",
    )
    parser.set_defaults(run=commands.run_clean)


def _add_max_bytes(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--max-bytes",
        metavar="N",
        type=values.at_least(1),
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
    from boilerkill.options import FORMATS

    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder")
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="the profile to write"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace FILE if it exists")
    _add_group(parser)
    parser.add_argument("--field", metavar="NAME", help="as of `boilerkill clean`")
    parser.add_argument("--format", choices=FORMATS, default="auto", help="as there")
    parser.add_argument("--encoding", metavar="NAME", type=values.encoding, help="as there")
    parser.add_argument("--phrases", metavar="FILE", help="as there")
    parser.add_argument("--jobs", metavar="N", type=values.at_least(0), help="as there")
    parser.set_defaults(run=commands.run_learn)


def _add_status(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", metavar="OUT", help="the output of a run")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=commands.run_status)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="?",
        default=commands.STREAM,
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
    parser.set_defaults(run=commands.run_explain)


def _add_report(parser: argparse.ArgumentParser) -> None:
    _add_page(parser)
    parser.set_defaults(run=commands.run_report)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with",
        dest="tools",
        metavar="TOOLS",
        type=values.tools,
        default=values.COMPARED,
        help="the tools, as a list with commas (default: trafilatura,resiliparse,justext)",
    )
    _add_page(parser)
    parser.set_defaults(run=commands.run_compare)


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
        type=values.at_least(1),
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
    parser.add_argument("--jobs", metavar="N", type=values.at_least(0), help="as there")
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=values.seconds, default=30.0, help="as there"
    )
    _add_max_bytes(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")


def _add_options(parser: argparse.ArgumentParser) -> None:
    from boilerkill.document import Kind
    from boilerkill.options import FORMATS

    parser.add_argument(
        "--keep",
        metavar="KIND",
        type=values.kinds,
        action="extend",
        default=[],
        help="a kind to keep besides the body; may be given again, or as a list with commas. "
        f"Kinds: {', '.join(Kind)}",
    )
    parser.add_argument(
        "--threshold",
        metavar="P",
        type=values.threshold,
        default=0.5,
        help="a segment goes when its score is below P, from 0 to 1 (default: 0.5); "
        "a lower one keeps more",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="auto",
        help="what every document is, where finding it out guesses wrong (default: auto)",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        type=values.encoding,
        help="the encoding that every document is in, where finding it out guesses wrong",
    )
    parser.add_argument(
        "--phrases", metavar="FILE", help="phrases of furniture to look for besides those known"
    )
