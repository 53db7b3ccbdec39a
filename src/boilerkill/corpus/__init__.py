"""Clean whole folders of scraped text.

>>> from boilerkill.corpus import CorpusSettings, clean_corpus
>>> report = clean_corpus("crawl", "cleaned", settings=CorpusSettings())  # doctest: +SKIP
>>> report.documents, f"{report.kept_share:.0%}"  # doctest: +SKIP
(1204, '81%')
"""

from __future__ import annotations

from boilerkill.corpus.plan import CorpusError
from boilerkill.corpus.report import CorpusReport, Failure
from boilerkill.corpus.run import CorpusInterrupted, clean_corpus
from boilerkill.corpus.settings import CorpusSettings

__all__ = [
    "CorpusError",
    "CorpusInterrupted",
    "CorpusReport",
    "CorpusSettings",
    "Failure",
    "clean_corpus",
]
