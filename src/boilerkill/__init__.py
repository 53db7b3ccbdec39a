r"""boilerkill separates the article body from the boilerplate in scraped web text.

>>> from boilerkill import clean
>>> clean("Rain ended the drought on Monday.\n\nShare this: Facebook Twitter WhatsApp")
'Rain ended the drought on Monday.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

_MODULES = {
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
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing boilerkill costs little."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*globals(), *__all__])
