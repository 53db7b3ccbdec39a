r"""boilerkill separates the article body from the boilerplate in scraped web text.

>>> from boilerkill import clean
>>> clean("Rain ended the drought on Monday.\n\nShare this: Facebook Twitter WhatsApp")
'Rain ended the drought on Monday.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerkill.lazy import lazy_names

if TYPE_CHECKING:
    from boilerkill.api import clean, separate
    from boilerkill.document import Byline, Document, Explanation, Kind, Reason, Segment
    from boilerkill.normalization import normalize
    from boilerkill.quoting import quotations

__all__ = [
    "Byline",
    "Document",
    "Explanation",
    "Kind",
    "Reason",
    "Segment",
    "clean",
    "normalize",
    "quotations",
    "separate",
]

__version__ = "0.1.0"

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Byline": "document",
        "Document": "document",
        "Explanation": "document",
        "Kind": "document",
        "Reason": "document",
        "Segment": "document",
        "clean": "api",
        "normalize": "normalization",
        "quotations": "quoting",
        "separate": "api",
    },
)
