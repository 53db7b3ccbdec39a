"""One scraped article with its furniture, in the forms in which it reaches a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boilerkill import Kind, normalize
from strategies import decode_badly

__all__ = ["ScrapedArticle", "Variant", "read_article", "variants"]

SEPARATORS = (" | ", " • ", " · ", ", ", " / ", " - ", "\n")


@dataclass(frozen=True)
class ScrapedArticle:
    """An article, and what stands below it.

    Attributes:
        body: The paragraphs of the article.
        furniture: The lines between the article and the footer, each with its kind.
        keywords: The items of the footer.
    """

    body: tuple[str, ...]
    furniture: tuple[tuple[Kind, str], ...]
    keywords: tuple[str, ...]

    @property
    def article(self) -> str:
        return "\n\n".join(self.body)

    def text(self, separator: str = " | ", end: str = " |") -> str:
        """Return the whole page, with a blank line between its paragraphs."""
        lines = [line for _, line in self.furniture]
        return "\n\n".join([self.article, *lines, separator.join(self.keywords) + end])


@dataclass(frozen=True)
class Variant:
    """One form of a page.

    Attributes:
        name: What was done to it.
        source: The page.
        flat: Whether its lines are joined, so that what goes may come in other pieces.
        glued: Whether the footer follows the last sentence on its line, without the furniture.
    """

    name: str
    source: str | bytes
    flat: bool = False
    glued: bool = False


def read_article(text: str, kinds: tuple[Kind, ...]) -> ScrapedArticle:
    """Read a page whose last lines are furniture of these kinds, and then a footer with bars."""
    lines = [line for line in normalize(text).split("\n") if line]
    *body, footer = lines
    split = len(body) - len(kinds)
    return ScrapedArticle(
        body=tuple(body[:split]),
        furniture=tuple(zip(kinds, body[split:], strict=True)),
        keywords=tuple(item.strip() for item in footer.split("|") if item.strip()),
    )


def variants(page: ScrapedArticle) -> Iterator[Variant]:
    text = page.text()
    yield Variant("as it came", text)
    yield Variant("without the trailing bar", page.text(end=""))
    for separator in SEPARATORS:
        name = repr(separator)
        footer = separator.join(page.keywords)
        yield Variant(f"separator {name}", page.text(separator, end=""))
        yield Variant(f"separator {name} at the end too", page.text(separator, separator))
        yield Variant(f"glued, separator {name}", f"{page.article} {footer}", glued=True)
        if separator != "\n":
            flat = flatten(page.text(separator, end=""))
            yield Variant(f"flattened, separator {name}", flat, flat=True)
    yield Variant("flattened", flatten(text), flat=True)
    yield Variant("flattened with non-breaking spaces", flatten(text, "\u00a0"), flat=True)
    yield Variant("Windows line ends", text.replace("\n", "\r\n"))
    yield Variant("old Macintosh line ends", text.replace("\n", "\r"))
    yield Variant("non-breaking spaces", text.replace(" ", "\u00a0"))
    yield Variant("single line breaks", text.replace("\n\n", "\n"))
    yield Variant("three blank lines", text.replace("\n\n", "\n\n\n\n"))
    yield Variant("mojibake of windows-1252", decode_badly(text, "cp1252"))
    yield Variant("mojibake of latin-1", decode_badly(text, "latin-1"))
    yield Variant("mojibake twice", decode_badly(decode_badly(text, "cp1252"), "cp1252"))
    yield Variant("mojibake, flattened", flatten(decode_badly(text, "latin-1")), flat=True)
    yield Variant("bytes of UTF-8", text.encode())
    yield Variant("bytes of UTF-8 with its mark", text.encode("utf-8-sig"))
    yield Variant("bytes of UTF-16", text.encode("utf-16"))
    yield Variant("bytes of windows-1252", text.encode("cp1252"))


def flatten(text: str, space: str = " ") -> str:
    """Return the text with every line break turned into a space, as many data sets have it."""
    return space.join(text.split())
