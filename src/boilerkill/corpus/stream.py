"""Clean documents as they come, for people who read and write them in their own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boilerkill.corpus.pool import Pool, Task
from boilerkill.corpus.record import Cleaned, Record, due, group_records, put_in_place
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["clean_records", "iter_clean"]


def iter_clean(
    documents: Iterable[str | bytes | Record], settings: CorpusSettings | None = None
) -> Iterator[Cleaned]:
    r"""Clean documents in several processes, and yield what each becomes, in their order.

    A bounded number is read ahead. One that fails, hangs or is too large has a `problem`.

    Args:
        documents: Texts or pages, or records of them, which may say more about each.
        settings: How to clean.

    Raises:
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.

    >>> settings = CorpusSettings(jobs=0)
    >>> for one in iter_clean(["It rained.\n\nShare this: Facebook Twitter"], settings):
    ...     print(one.text)
    It rained.
    """
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
    if record.size > settings.max_bytes and record.problem is None:
        return Record(
            None, record.format, record.position, record.source, record.url, record.fields,
            too_large(settings),
        )  # fmt: skip
    return record
