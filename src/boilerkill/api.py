"""What users call: `clean` and `separate`.

What they need is imported when they are first called, so that to import them costs little.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boilerkill.document import Document, Kind
    from boilerkill.options import PathLike, ProfileLike

__all__ = ["clean", "separate"]


def clean(
    source: str | bytes,
    *,
    format: str = "auto",
    keep: Iterable[Kind | str] = (),
    threshold: float = 0.5,
    profile: ProfileLike | None = None,
    phrases: PathLike | None = None,
) -> str:
    r"""Return the article body of a scraped text, without its boilerplate.

    ``clean(clean(x)) == clean(x)`` for every x, and every quotation of a text (see
    `boilerkill.quotations`) stands in the output. What comes out of a page in HTML is text, which
    stays as it is when it is cleaned as text.

    Args:
        source: The scraped text or page; bytes are decoded as `boilerkill.normalize` does, those
            of a page by what it says of its encoding.
        format: What the source is: "html" for a page or a fragment of one, "text" for text, or
            "auto", which finds out. What is returned is text, whatever came.
        keep: Kinds of segments to keep besides the body: members of `Kind`, or their names.
        threshold: A segment goes when its score is below this number from 0 to 1: a lower one
            keeps more.
        profile: What stands on many pages of the site, as `boilerkill learn` found it: the file
            that it wrote, or of a `boilerkill.profile.Profile` the `at` of one site.
        phrases: A file of phrases of furniture to look for besides those that boilerkill knows.

    Returns:
        The segments that stay, in their order, as they stand in ``normalize(source)``; of a page,
        in the text that it shows.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If `keep` names no kind, `threshold` is not between 0 and 1, the file
            `profile` or `phrases` is none, or the source has more than 268,435,456 characters or
            bytes.
        OSError: If the file `profile` or `phrases` can't be read.

    >>> clean("Rain ended the drought on Monday.\n\nBy Ann Lee\n\nLeave a Reply\n\nPost Comment")
    'Rain ended the drought on Monday.'
    """
    from boilerkill.options import check_options
    from boilerkill.passes import passes_over, text_left

    options = check_options(format, keep, threshold, profile, phrases)
    return text_left(passes_over(source, format, options))


def separate(
    source: str | bytes,
    *,
    format: str = "auto",
    keep: Iterable[Kind | str] = (),
    threshold: float = 0.5,
    profile: ProfileLike | None = None,
    phrases: PathLike | None = None,
) -> Document:
    r"""Take a scraped text apart: what `clean` returns, and what goes, and why.

    Args:
        source: As in `clean`.
        format: As in `clean`.
        keep: As in `clean`.
        threshold: As in `clean`.
        profile: As in `clean`.
        phrases: As in `clean`.

    Returns:
        A `Document`, whose `text` is what `clean` returns.

    Raises:
        TypeError: As `clean` does.
        ValueError: As `clean` does.
        OSError: As `clean` does.

    >>> document = separate("Rain ended the drought on Monday.\n\nBy Ann Lee\n\nLeave a Reply")
    >>> [(segment.kind.value, segment.text) for segment in document.segments if not segment.kept]
    [('BYLINE', 'By Ann Lee'), ('COMMENT_FORM', 'Leave a Reply')]
    >>> document.byline.authors
    ['Ann Lee']
    """
    from boilerkill.options import check_options
    from boilerkill.passes import document_of, passes_over

    options = check_options(format, keep, threshold, profile, phrases)
    return document_of(source, passes_over(source, format, options), options)
