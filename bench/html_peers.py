"""What others do with the HTML of a page."""

from __future__ import annotations

import html
from functools import partial

from bench.node import NodeTool
from bench.tools import Tool
from boilerkill.report.tools import likely_language, stop_words

__all__ = [
    "HTML_PEERS", "RENDERED", "RESILIPARSE", "TRAFILATURA", "WET", "boilerpy3", "jus_text",
    "lines_as_html", "trafilatura", "without_blank_lines",
]  # fmt: skip

# Some want an address, and judge by its words; this has none.
ADDRESS = "https://example.org/"


def render_whole(page: str) -> str:
    """Return all text of a page, as resiliparse renders it: what text-only tools have to go by."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=False))


def resiliparse(page: str) -> str:
    """Return what resiliparse takes for the main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=True))


def trafilatura(
    page: str,
    *,
    comments: bool = True,
    precision: bool = False,
    recall: bool = False,
    fast: bool = False,
) -> str:
    """Return what trafilatura extracts; readers' comments are a part of it by default."""
    from trafilatura import extract

    found = extract(
        page,
        include_comments=comments,
        favor_precision=precision,
        favor_recall=recall,
        fast=fast,
    )
    return found or ""


def trafilatura_baseline(page: str) -> str:
    """Return what trafilatura falls back to: JSON-LD, `article`, or all paragraphs."""
    from trafilatura import baseline

    return str(baseline(page)[1])


def trafilatura_html2txt(page: str) -> str:
    """Return what trafilatura takes for all text."""
    from trafilatura import html2txt

    return str(html2txt(page))


def jus_text(page: str, language: str | None = None) -> str:
    """Return the paragraphs that jusText takes for good.

    Args:
        page: The page.
        language: The stop words to use, by jusText's name for them; by default those of which
            the text has most.
    """
    import justext

    text = render_whole(page) if language is None else page
    if not text.strip():
        return ""
    words = stop_words()[language or likely_language(text)]
    paragraphs = justext.justext(page, words)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def readability(page: str) -> str:
    """Return readability-lxml's summary, which is HTML, rendered as the whole page is."""
    from readability import Document

    return render_whole(Document(page).summary())


def newspaper(page: str) -> str:
    """Return the text of newspaper4k's article."""
    from newspaper import Article

    article = Article(url=ADDRESS, fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return str(article.text)


def goose(page: str) -> str:
    """Return the cleaned text of goose3's article."""
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as tool:
        return str(tool.extract(raw_html=page).cleaned_text)


def boilerpy3(page: str) -> str:
    """Return what boilerpy3's extractor of articles takes for content."""
    from boilerpy3.extractors import ArticleExtractor

    return str(ArticleExtractor().get_content(page))


def render_wet(page: str) -> str:
    """Return all text of a page as WET files have it, and many datasets: without blank lines."""
    return without_blank_lines(render_whole(page))


def without_blank_lines(text: str) -> str:
    r"""Return a text without its blank lines.

    >>> without_blank_lines("Rain\n \nIt rained.")
    'Rain\nIt rained.'
    """
    return "\n".join(filter(str.strip, text.split("\n")))


def lines_as_html(text: str) -> str:
    """Return a text as a page of paragraphs, one for each line, for tools that need HTML."""
    paragraphs = "\n".join(
        f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip()
    )
    return f"<html><body>\n{paragraphs}\n</body></html>"


_tool = partial(Tool, give=lines_as_html)

RENDERED = _tool("page rendered whole", render_whole, ("resiliparse",))
WET = _tool("the same without blank lines", render_wet, ("resiliparse",))
TRAFILATURA = _tool("trafilatura", trafilatura, ("trafilatura",))
RESILIPARSE = _tool("resiliparse", resiliparse, ("resiliparse",))
DEFUDDLE = NodeTool("defuddle", ("defuddle", "linkedom"))
READABILITY = NodeTool("readability", ("@mozilla/readability", "jsdom"))

HTML_PEERS = (
    RENDERED,
    TRAFILATURA,
    _tool("trafilatura, no comments", partial(trafilatura, comments=False), ("trafilatura",)),
    _tool("trafilatura, precision", partial(trafilatura, precision=True), ("trafilatura",)),
    _tool("trafilatura, recall", partial(trafilatura, recall=True), ("trafilatura",)),
    _tool("trafilatura, fast", partial(trafilatura, fast=True), ("trafilatura",)),
    _tool("trafilatura, baseline", trafilatura_baseline, ("trafilatura",)),
    _tool("trafilatura, html2txt", trafilatura_html2txt, ("trafilatura",)),
    RESILIPARSE,
    _tool("jusText", jus_text, ("justext", "resiliparse")),
    _tool("readability-lxml", readability, ("readability-lxml", "resiliparse")),
    _tool("newspaper4k", newspaper, ("newspaper4k",)),
    _tool("goose3", goose, ("goose3",)),
    _tool("boilerpy3", boilerpy3, ("boilerpy3",)),
    _tool("defuddle", DEFUDDLE.run, DEFUDDLE.packages, clock=DEFUDDLE.clock),
    _tool("Mozilla Readability", READABILITY.run, READABILITY.packages, clock=READABILITY.clock),
)
