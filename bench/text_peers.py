"""What others do with the text of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bench.html_peers import boilerpy3, jus_text, lines_as_html, trafilatura
from bench.tools import Run, Tool

__all__ = [
    "C4", "C4_LENIENT", "EXTRACTED_PEERS", "JUSTEXT_ENGLISH", "TEXT_PEERS", "TRAFILATURA_LINES"
]  # fmt: skip

C4_ENDS = (".", "?", "!", '"', "'")
C4_LEAST_WORDS = 3
C4_LONGEST_WORD = 1000
C4_CITATION = re.compile(r"\[\d*]|\[edit]|\[citation needed]")
C4_POLICY = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)


def c4_lines(text: str, *, punctuation: bool = True) -> str:
    """Keep the lines that C4's filter keeps (its rules for lines, as datatrove has them).

    A line stays if it ends in terminal punctuation (and not in an ellipsis), has three words, no
    word of a thousand letters, and mentions neither JavaScript nor policies. The rules that drop
    whole documents (too few sentences, "lorem ipsum", a curly bracket) are left out.
    """
    return "\n".join(_c4_kept(text, punctuation=punctuation))


def _c4_kept(text: str, *, punctuation: bool) -> Iterator[str]:
    for raw in text.splitlines():
        line = raw.strip()
        words = line.split()
        if any(len(word) > C4_LONGEST_WORD for word in words):
            continue
        line = C4_CITATION.sub("", line)
        if punctuation and (not line.endswith(C4_ENDS) or line.endswith("...")):
            continue
        if len(words) < C4_LEAST_WORDS:
            continue
        lower = line.lower()
        if "javascript" in lower or any(policy in lower for policy in C4_POLICY):
            continue
        yield line


def over_lines(tool: Run) -> Run:
    """Return what a tool for HTML does with a page of nothing but the lines of a text."""
    return lambda text: tool(lines_as_html(text))


C4 = Tool("C4's line filter", c4_lines)
C4_LENIENT = Tool(
    "C4's line filter without the punctuation rule", partial(c4_lines, punctuation=False)
)
JUSTEXT_ENGLISH = Tool(
    "jusText over the lines", over_lines(partial(jus_text, language="English")), ("justext",)
)

AS_IT_IS = Tool("as it is", str)
TRAFILATURA_LINES = Tool("trafilatura over the lines", over_lines(trafilatura), ("trafilatura",))
TEXT_PEERS = (
    AS_IT_IS,
    C4,
    Tool("jusText over the lines", over_lines(jus_text), ("justext", "resiliparse")),
    TRAFILATURA_LINES,
    Tool("boilerpy3 over the lines", over_lines(boilerpy3), ("boilerpy3",)),
)
EXTRACTED_PEERS = (AS_IT_IS, C4)
