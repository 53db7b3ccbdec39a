"""Pages for people: what cleaning does to a document or a corpus, and what other tools do to it.

A report is one HTML file that asks for nothing from elsewhere. Its way:

    documents ──show──▶ what the page shows of each ──figures──▶ what it says of all ──page──▶ HTML

>>> from boilerkill.report import write_report
>>> write_report("crawl", "report.html", sample=200)  # doctest: +SKIP
"""

from __future__ import annotations

from boilerkill.report.compare import ComparisonSettings
from boilerkill.report.write import (
    DEFAULT_SAMPLE,
    ReportError,
    Written,
    write_comparison,
    write_report,
)

__all__ = [
    "DEFAULT_SAMPLE",
    "ComparisonSettings",
    "ReportError",
    "Written",
    "write_comparison",
    "write_report",
]
