"""Clean whole folders, shards and archives of scraped text.

>>> from boilerkill.corpus import CorpusSettings, clean_corpus
>>> report = clean_corpus("crawl", "cleaned", CorpusSettings(jobs=4))  # doctest: +SKIP
>>> report.documents, f"{report.kept_share:.0%}"  # doctest: +SKIP
(1204, '81%')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerkill.lazy import lazy_names

if TYPE_CHECKING:
    from boilerkill.corpus.learn import learn_profile
    from boilerkill.corpus.plan import CorpusError
    from boilerkill.corpus.record import Cleaned, Outcome, Record
    from boilerkill.corpus.report import CorpusReport, Failure
    from boilerkill.corpus.run import (
        CorpusInterrupted,
        CorpusStopped,
        Progress,
        clean_corpus,
        plan_corpus,
    )
    from boilerkill.corpus.settings import CorpusSettings
    from boilerkill.corpus.stream import iter_clean

__all__ = [
    "Cleaned",
    "CorpusError",
    "CorpusInterrupted",
    "CorpusReport",
    "CorpusSettings",
    "CorpusStopped",
    "Failure",
    "Outcome",
    "Progress",
    "Record",
    "clean_corpus",
    "iter_clean",
    "learn_profile",
    "plan_corpus",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Cleaned": "record",
        "CorpusError": "plan",
        "CorpusInterrupted": "run",
        "CorpusReport": "report",
        "CorpusSettings": "settings",
        "CorpusStopped": "run",
        "Failure": "report",
        "Outcome": "record",
        "Progress": "run",
        "Record": "record",
        "clean_corpus": "run",
        "iter_clean": "stream",
        "learn_profile": "learn",
        "plan_corpus": "run",
    },
)
