"""What others do with the text or the HTML of a page."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator

from bench.pages import Page

__all__ = ["c4_lines", "justext_lines", "render_whole", "trafilatura_html", "trafilatura_lines"]

# Of a text, so many words tell its language.
LANGUAGE_SAMPLE = 2000


def render_whole(page: Page) -> str:
    """Return all text of a page, as resiliparse renders it: what text-only tools have to go by."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page.html(), main_content=False))


def trafilatura_html(page: Page) -> str:
    """Return the body that trafilatura extracts from the HTML, with its defaults."""
    from trafilatura import extract

    return extract(page.html()) or ""


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


def lines_as_html(text: str) -> str:
    """Return a text as a page of paragraphs, one for each line, for tools that need HTML."""
    paragraphs = "\n".join(
        f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip()
    )
    return f"<html><body>\n{paragraphs}\n</body></html>"


def justext_lines(text: str, language: str | None = None) -> str:
    """Return the lines that jusText takes for good.

    Args:
        text: The text of a page.
        language: The stop words to use, by jusText's name for them; by default those of which
            the text has most.
    """
    import justext

    if not text.strip():
        return ""
    words = stop_words()[language or likely_language(text)]
    paragraphs = justext.justext(lines_as_html(text), words)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


@functools.cache
def stop_words() -> dict[str, frozenset[str]]:
    """Return jusText's lists of stop words by language."""
    import justext

    return {name: justext.get_stoplist(name) for name in sorted(justext.get_stoplists())}


def likely_language(text: str) -> str:
    """Return the language whose stop words are most frequent in a text."""
    words = text.lower().split()[:LANGUAGE_SAMPLE]
    return max(
        stop_words(),
        key=lambda name: (sum(word in stop_words()[name] for word in words), name == "English"),
    )


def trafilatura_lines(text: str) -> str:
    """Return what trafilatura extracts from a page of nothing but lines."""
    from trafilatura import extract

    return extract(lines_as_html(text)) or ""
