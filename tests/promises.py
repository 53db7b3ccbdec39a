"""What is promised of every document, each promise as a check of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from boilerkill import Document, clean, normalize, quotations, separate
from boilerkill.passes import read_source
from boilerkill.read.html import read_html
from quotation_finder import nested_quotations, page_quotations, plain_quotations

Source = str | bytes


def check_idempotent(source: Source, **options: Any) -> None:
    once = clean(source, **options)
    assert clean(once, **options) == once


def check_separate_agrees(source: Source, **options: Any) -> None:
    assert separate(source, **options).text == clean(source, **options)


def check_segments_make_up_the_text(source: Source, **options: Any) -> None:
    """All segments together are what is read; those that are kept are the output."""
    document = separate(source, **options)
    assert_joined(all_texts(document), whole_text(source, **options))
    assert_joined(kept_texts(document), document.text)


def check_nothing_invented(source: Source, **options: Any) -> None:
    """The visible characters of the output are some of those that are read, in their order."""
    assert is_subsequence(squeeze(clean(source, **options)), squeeze(whole_text(source, **options)))


def check_quotations_kept(source: Source, **options: Any) -> None:
    assert lost(nested_quotations, source, **options) == []


def check_plainly_read_quotations_kept(source: Source, **options: Any) -> None:
    assert lost(plain_quotations, source, **options) == []


def check_own_quotations_kept(source: Source, **options: Any) -> None:
    assert lost(quotations, source, **options) == []


def lost(finder: Callable[[str], list[str]], source: Source, **options: Any) -> list[str]:
    """Return the quotations that `clean` loses: of a page those in its blocks, found in the HTML."""
    text, is_page = read_source(source, options.get("format", "auto"))
    cleaned = clean(source, **options)
    if not is_page:
        return [item for item in finder(text) if item not in cleaned]
    bare = without_marks(cleaned)
    return [item for item in page_quotations(text, shown) if without_marks(item) not in bare]


def shown(item: str) -> str:
    """Return a text of a page, repaired, and without the hyphens that show only at a line's end."""
    normal = normalize(item)
    return shown(normal.replace("\xad", "")) if "\xad" in normal else normal


def without_marks(text: str) -> str:
    """Return a text without white space, and the marks that stand for elements that quote."""
    return re.sub("[>“”]", "", squeeze(text))


def whole_text(source: Source, **options: Any) -> str:
    """Return what a source is read as: normalised text, or what a page says."""
    text, is_page = read_source(source, options.get("format", "auto"))
    if not is_page:
        return text
    plain, marked = (read_html(text, marks_quotes=marks).reading.text for marks in (False, True))
    told = "".join(all_texts(separate(source, **options)))
    return plain if squeeze(told) == squeeze(plain) else marked


def check_all(source: Source) -> None:
    """Check all that is promised of one document, under the options that hold by default."""
    check_everything(source)
    normal = normalize(source)
    assert normalize(normal) == normal


def check_page(html: str) -> None:
    """Check all that is promised of a page in HTML."""
    check_everything(html, format="html")


def check_everything(source: Source, **options: Any) -> None:
    """Check the promises above one after the other, with some of the work done once."""
    cleaned, document = clean(source, **options), separate(source, **options)
    # What comes out of a page is text.
    again = {} if options.get("format") == "html" else options
    assert clean(cleaned, **again) == cleaned
    assert document.text == cleaned
    assert all(segment.reasons for segment in document.segments)
    whole = whole_text(source, **options)
    assert_joined(all_texts(document), whole)
    assert_joined(kept_texts(document), cleaned)
    assert is_subsequence(squeeze(cleaned), squeeze(whole))
    for finder in (nested_quotations, plain_quotations, quotations):
        assert lost(finder, source, **options) == []


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
