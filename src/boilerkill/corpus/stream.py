"""Clean documents as they come, for people who read and write them in their own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from boilerkill.corpus.pool import Pool, Task
from boilerkill.corpus.record import Cleaned, Record, due, group_records, put_in_place
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["clean_records", "iter_clean"]


def iter_clean(
    documents: Iterable[str | bytes | Record], settings: CorpusSettings | None = None
) -> Iterator[Cleaned]:
    r"""Clean documents in several processes, and yield what each becomes, in their order.

    A bounded number is read ahead. One that fails, hangs, is too large or no text has a `problem`.

    Args:
        documents: Texts or pages, or records of them, which may say more about each.
        settings: How to clean.

    Raises:
        TypeError: If `documents` is one text, or nothing to go through.
        ValueError: If a file of the settings can't be read.

    >>> settings = CorpusSettings(jobs=0)
    >>> for one in iter_clean(["It rained.\n\nShare this: Facebook Twitter"], settings):
    ...     print(one.text)
    It rained.
    """
    if isinstance(documents, str | bytes) or not isinstance(documents, Iterable):
        kind = type(documents).__name__
        raise TypeError(f"documents: expected an iterable of texts or pages, got {kind}")
    settings = CorpusSettings() if settings is None else settings
    settings.check()
    records = (_record(document, settings) for document in documents)
    return clean_records(records, settings)


def clean_records(records: Iterable[Record], settings: CorpusSettings) -> Iterator[Cleaned]:
    """Yield what each record becomes, in their order."""
    with Pool(settings) as pool:
        for task in pool.map(Task(group, due(group)) for group in group_records(records)):
            yield from put_in_place(task.tag, task.results)


def _record(document: str | bytes | Record, settings: CorpusSettings) -> Record:
    from boilerkill.corpus.formats.base import too_large

    record = document if isinstance(document, Record) else Record(document)
    if record.text is not None and not isinstance(record.text, str | bytes):
        problem = f"expected text, got {type(record.text).__name__}"
    elif record.size > settings.max_bytes:
        problem = too_large(settings)
    else:
        return record
    return replace(record, text=None, problem=record.problem or problem)
