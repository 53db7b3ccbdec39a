"""How good the trees for text are on sites that they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.held_out import FOLDS, HeldOut
from bench.html_peers import RENDERED, TRAFILATURA, WET
from bench.pages import Page
from bench.scores import Gold, Score
from bench.tools import outputs

from boilerkill.whole import TextTrees
from training.report import most_used, scores_by_kind, size

__all__ = ["write_text_report"]


def write_text_report(
    pages: Sequence[Page], trees: TextTrees, held_out: HeldOut, file: Path
) -> None:
    """Write what the cross-validation says, and what weighs most.

    Args:
        pages: The development pages.
        trees: The trees that were grown on all of them.
        held_out: boilerkill with trees that have not seen the page at hand.
        file: Where to write it.
    """
    lines = [
        "# The trees for text",
        "",
        f"Written by `python -m training`: {len(trees.whole.feature)} trees over "
        f"{len(trees.whole.features)} measurements tell",
        "whole pages from other texts; the body of these is told by",
        f"{size(trees.lines)}.",
        f"Cross-validated in {FOLDS} parts, no site in two of them.",
    ]
    for title, tool in (
        ("Pages rendered whole", RENDERED),
        ("Pages rendered whole, without blank lines", WET),
        ("trafilatura's output", TRAFILATURA),
    ):
        made = outputs(tool, pages, Page.html)
        lines += [
            "",
            f"## {title}",
            "",
            *_judge(pages, [made[p.name].text for p in pages], held_out),
        ]
    for title, used in (("a text", trees.whole), ("a segment", trees.lines.second)):
        lines += ["", f"## What the trees look at most in {title}", ""]
        lines += [f"- {name}: {count}" for name, count in most_used(used)]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _judge(pages: Sequence[Page], texts: Sequence[str], held_out: HeldOut) -> list[str]:
    judged: list[tuple[Page, Score]] = []
    whole = again = 0
    for page, text in zip(pages, texts, strict=True):
        passes = held_out.passes(page, text)
        whole += passes[0].whole_page is not None
        again += len(passes) > 2
        gold = Gold(page.gold, passes[0].reading.text)
        judged.append((page, gold.score(passes[-1].reading.text)))
    return [
        *scores_by_kind(judged),
        "",
        f"Taken for whole pages: {whole / len(pages):.1%}. Changed again after the first pass: "
        f"{again / len(pages):.1%}.",
    ]
