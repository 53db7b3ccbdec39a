"""What tools are given of a page: its HTML, its text, or what an extractor makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bench.held_out import HeldOut
from bench.html_peers import HTML_PEERS, RENDERED, TRAFILATURA, WET
from bench.pages import Page
from bench.text_peers import EXTRACTED_PEERS, TEXT_PEERS, TRAFILATURA_LINES
from bench.tools import Outputs, Tool, attempt, outputs
from boilerkill import clean

__all__ = ["BOILERKILL", "INPUTS", "Input"]

BOILERKILL = "**boilerkill**"


@dataclass(frozen=True)
class Input:
    """Something that tools can be given of a page.

    Attributes:
        title: What it is called in tables.
        shipped: boilerkill for it, as it is shipped: that tells how long it takes.
        held_out: boilerkill for it, with trees that have not seen the page's site.
        tools: The other tools.
        maker: The tool that makes it of the HTML, unless it is the HTML itself.
        reference: The tool whose time the others' is compared with.
    """

    title: str
    shipped: Tool
    held_out: Callable[[HeldOut, Page, str], str]
    tools: tuple[Tool, ...]
    maker: Tool | None = None
    reference: Tool | None = None

    def installed(self) -> list[Tool]:
        """Return the other tools that can be run."""
        return [tool for tool in self.tools if tool.versions() is not None]

    def left_out(self) -> list[str]:
        """Return the names of those that can't."""
        return [tool.name for tool in self.tools if tool.versions() is None]

    def source(self, pages: Sequence[Page]) -> Callable[[Page], str]:
        """Return what gives a tool its input of one of the pages."""
        if self.maker is None:
            return Page.html
        made = outputs(self.maker, pages, Page.html)
        return lambda page: made[page.name].text

    def results(self, pages: Sequence[Page], held_out: HeldOut) -> Iterator[tuple[str, Outputs]]:
        """Yield what boilerkill makes of each page, then what the others do, with their names."""
        source = self.source(pages)
        yield (
            BOILERKILL,
            {
                page.name: attempt(
                    partial(self.held_out, held_out, page),
                    source(page),
                    partial(held_out.from_text, page),
                )
                for page in pages
            },
        )
        origin = f"{self.maker.name} {self.maker.versions()}" if self.maker else "html"
        for tool in self.installed():
            yield tool.name, outputs(tool, pages, source, origin)


_WHOLE = Input(
    title="page rendered whole",
    shipped=Tool(BOILERKILL, clean),
    held_out=HeldOut.from_text,
    tools=TEXT_PEERS,
    maker=RENDERED,
    reference=TRAFILATURA_LINES,
)

INPUTS = {
    "html": Input(
        title="HTML",
        shipped=Tool(BOILERKILL, partial(clean, format="html")),
        held_out=HeldOut.from_html,
        tools=HTML_PEERS,
        reference=TRAFILATURA,
    ),
    "text": _WHOLE,
    "wet": replace(_WHOLE, title="page rendered whole, without blank lines", maker=WET),
    "extracted": Input(
        title="trafilatura's output",
        shipped=Tool(BOILERKILL, clean),
        held_out=HeldOut.from_text,
        tools=EXTRACTED_PEERS,
        maker=TRAFILATURA,
    ),
}
