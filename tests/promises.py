"""What is promised of every document, each promise as a check of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from boilerkill import Document, clean, normalize, quotations, separate
from boilerkill.read.html import read_html
from quotation_finder import nested_quotations, page_quotations, plain_quotations

Source = str | bytes


def check_idempotent(source: Source, **options: Any) -> None:
    once = clean(source, **options)
    assert clean(once, **options) == once


def check_separate_agrees(source: Source, **options: Any) -> None:
    assert separate(source, **options).text == clean(source, **options)


def check_segments_make_up_the_text(source: Source, **options: Any) -> None:
    """All segments together are the normalised input; those that are kept are the output."""
    document = separate(source, **options)
    assert_joined(all_texts(document), normalize(source))
    assert_joined(kept_texts(document), document.text)


def check_nothing_invented(source: Source, **options: Any) -> None:
    """The visible characters of the output are some of the normalised input's, in their order."""
    assert is_subsequence(squeeze(clean(source, **options)), squeeze(normalize(source)))


def check_quotations_kept(source: Source, **options: Any) -> None:
    cleaned = clean(source, **options)
    lost = [item for item in nested_quotations(normalize(source)) if item not in cleaned]
    assert lost == []


def check_plainly_read_quotations_kept(source: Source, **options: Any) -> None:
    cleaned = clean(source, **options)
    lost = [item for item in plain_quotations(normalize(source)) if item not in cleaned]
    assert lost == []


def check_own_quotations_kept(source: Source, **options: Any) -> None:
    cleaned = clean(source, **options)
    assert [item for item in quotations(source) if item not in cleaned] == []


def check_all(source: Source) -> None:
    """Check all that is promised of one document, under the options that hold by default.

    The same as all the checks above one after the other, with the work done once.
    """
    cleaned, document, normal = clean(source), separate(source), normalize(source)
    assert clean(cleaned) == cleaned
    assert document.text == cleaned
    assert_joined(all_texts(document), normal)
    assert_joined(kept_texts(document), cleaned)
    assert is_subsequence(squeeze(cleaned), squeeze(normal))
    for finder in (nested_quotations, plain_quotations, quotations):
        assert [item for item in finder(normal) if item not in cleaned] == []
    assert normalize(normal) == normal


def check_page(html: str) -> None:
    """Check all that is promised of a page in HTML."""
    cleaned, document = clean(html, format="html"), separate(html, format="html")
    whole = read_html(html).reading.text
    assert clean(cleaned) == cleaned
    assert document.text == cleaned
    assert_joined(all_texts(document), whole)
    assert_joined(kept_texts(document), cleaned)
    assert is_subsequence(squeeze(cleaned), squeeze(whole))
    squeezed = squeeze(cleaned)
    assert [item for item in page_quotations(html) if squeeze(item) not in squeezed] == []


def all_texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def kept_texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments if segment.kept]


def assert_joined(pieces: Iterable[str], text: str) -> None:
    """Assert that the pieces stand in the text in their order, with white space between them."""
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        assert found >= 0, f"{piece!r} is not in {text[at:]!r}"
        assert text[at:found].strip() == "", f"no segment holds {text[at:found]!r}"
        at = found + len(piece)
    assert text[at:].strip() == "", f"no segment holds {text[at:]!r}"


def squeeze(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)
