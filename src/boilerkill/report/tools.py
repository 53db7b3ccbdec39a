"""Other tools that take the article out of a page, each run as it is by default."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["TOOLS", "Tool", "likely_language", "stop_words"]

# So many words of a text tell its language.
_LANGUAGE_SAMPLE = 2_000


@dataclass(frozen=True)
class Tool:
    """A tool to compare with.

    Attributes:
        name: What it is called.
        package: The package that brings it.
        module: What is imported of it.
        run: Returns the text that it takes for the article of a page.
        note: What to know of its text.
    """

    name: str
    package: str
    module: str
    run: Callable[[str], str]
    note: str

    @property
    def installed(self) -> bool:
        """Whether it can be used here."""
        return importlib.util.find_spec(self.module) is not None

    @property
    def version(self) -> str:
        """Its version; empty where it is not installed."""
        try:
            return importlib.metadata.version(self.package)
        except importlib.metadata.PackageNotFoundError:
            return ""


def _trafilatura(page: str) -> str:
    from trafilatura import extract

    return extract(page) or ""


def _resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=True))


def _justext(page: str) -> str:
    import justext

    from boilerkill.read.html import read_html

    words = stop_words()[likely_language(read_html(page).reading.text)]
    paragraphs = justext.justext(page, words)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


@functools.cache
def stop_words() -> dict[str, frozenset[str]]:
    """Return jusText's lists of stop words by language, as it names these."""
    import justext

    return {name: justext.get_stoplist(name) for name in sorted(justext.get_stoplists())}


def likely_language(text: str) -> str:
    """Return the language whose stop words are most frequent in a text, as jusText names it."""
    words = text.lower().split()[:_LANGUAGE_SAMPLE]
    return max(
        stop_words(),
        key=lambda name: (sum(word in stop_words()[name] for word in words), name == "English"),
    )


TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "trafilatura", "trafilatura", "trafilatura", _trafilatura,
            "readers' comments are a part of its text",
        ),
        Tool(
            "resiliparse", "Resiliparse", "resiliparse", _resiliparse,
            "its main content, as plain text",
        ),
        Tool(
            "justext", "jusText", "justext", _justext,
            "with the stop words of the language that the page shares most with",
        ),
    )
}  # fmt: skip
