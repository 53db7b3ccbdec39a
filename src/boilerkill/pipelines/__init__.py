r"""boilerkill as a step in the engines that people have: each in a module, each with an extra.

What all share is `clean_batch`, which cleans a column of an Arrow table, and beneath it a row at a
time (`boilerkill.pipelines.rows`). In each engine the texts equal what `boilerkill.clean` returns,
rows without a text have none afterwards, and one that can't be cleaned says why in "error", and
stops nothing. Nothing is imported before it is used.

>>> import pyarrow
>>> from boilerkill.pipelines import clean_batch
>>> table = pyarrow.table({"text": ["Rain ended the drought.\n\nShare this: Facebook Twitter"]})
>>> clean_batch(table)["text"].to_pylist()
['Rain ended the drought.']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boilerkill.pipelines.arrow import BatchCleaner, clean_batch, output_schema
    from boilerkill.pipelines.huggingface import datasets

__all__ = ["BatchCleaner", "clean_batch", "datasets", "output_schema"]

_MODULES = {
    "BatchCleaner": "arrow",
    "clean_batch": "arrow",
    "datasets": "huggingface",
    "output_schema": "arrow",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*globals(), *__all__])
