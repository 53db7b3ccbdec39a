"""Scrapy: an item pipeline."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from boilerkill.pipelines.arrow import BatchCleaner, values_of
from boilerkill.pipelines.rows import ERROR

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["BoilerkillPipeline"]

logger = logging.getLogger(__name__)

# The options, the settings that they are read from, and how.
SETTINGS = {
    "column": ("BOILERKILL_FIELD", "get"),
    "into": ("BOILERKILL_INTO", "get"),
    "format": ("BOILERKILL_FORMAT", "get"),
    "keep": ("BOILERKILL_KEEP", "getlist"),
    "threshold": ("BOILERKILL_THRESHOLD", "getfloat"),
    "profile": ("BOILERKILL_PROFILE", "get"),
    "phrases": ("BOILERKILL_PHRASES", "get"),
    "add": ("BOILERKILL_ADD", "getlist"),
    "max_bytes": ("BOILERKILL_MAX_BYTES", "getint"),
}


class BoilerkillPipeline:
    r"""Cleans a field of each item: ``ITEM_PIPELINES = {"…BoilerkillPipeline": 300}``.

    The settings BOILERKILL_FIELD (default: text), BOILERKILL_INTO, BOILERKILL_FORMAT,
    BOILERKILL_KEEP, BOILERKILL_THRESHOLD, BOILERKILL_PROFILE, BOILERKILL_PHRASES, BOILERKILL_ADD
    (default: nothing) and BOILERKILL_MAX_BYTES are the options of
    `boilerkill.pipelines.clean_batch`. Items without the field are left alone. Of a class with
    fields, those are set that it declares. The stats count "boilerkill/cleaned" and
    "boilerkill/failed".

    >>> BoilerkillPipeline().process_item({"text": "It rained.\n\nLeave a Reply"})
    {'text': 'It rained.', 'error': None}
    """

    def __init__(
        self,
        column: str = "text",
        *,
        into: str = "text",
        stats: Any = None,
        **options: Unpack[RowOptions],
    ) -> None:
        """Check the options.

        Args:
            column: The field that holds the text or page.
            into: The field for what comes out.
            stats: Where to count: a `scrapy.statscollectors.StatsCollector`.
            options: As in `boilerkill.pipelines.rows.RowCleaner`.

        Raises:
            OSError: If the profile or the phrases can't be read.
            TypeError: As in `boilerkill.clean`.
            ValueError: As in `boilerkill.clean`.
        """
        options.setdefault("add", ())
        self._cleaner = BatchCleaner(column, into=into, **options)
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Read the options from a crawler's settings."""
        given = {
            option: getattr(crawler.settings, read)(name)
            for option, (name, read) in SETTINGS.items()
            if crawler.settings.get(name) is not None
        }
        return cls(**given, stats=crawler.stats)

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """Clean an item's field, and return the item.

        Args:
            item: An item of any kind that Scrapy knows.
            spider: Not asked.
        """
        from itemadapter import ItemAdapter

        adapter = ItemAdapter(item)
        cleaner = self._cleaner
        if cleaner.column not in adapter:
            return item
        row = cleaner.rows(adapter[cleaner.column])
        values = values_of(row, cleaner.rows.add)
        for made, name in cleaner.names(adapter).items():
            try:
                adapter[name] = values[made]
            except KeyError:
                if made not in (*cleaner.rows.add, ERROR):
                    raise
        if row.error is not None:
            logger.warning("an item could not be cleaned: %s", row.error)
        if self._stats is not None:
            self._stats.inc_value(f"boilerkill/{'cleaned' if row.error is None else 'failed'}")
        return item
