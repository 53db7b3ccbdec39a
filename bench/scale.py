"""What would a month of Common Crawl cost? ``python -m bench.scale``.

Packs development pages into a WARC file as a crawler does, and takes the steps of
`examples/clean_common_crawl.py` one by one on one core: read, clean, write. The rest is
multiplication. Time of the processor is measured, which others on the machine disturb little.
"""

from __future__ import annotations

import argparse
import gzip
import io
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from datatrove.data import Document
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import ParquetWriter
from datatrove.utils.logging import logger
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.pages import Page, add_options, load_pages
from bench.tables import print_table
from boilerkill.pipelines.rows import WARM_UP, RowCleaner

T = TypeVar("T")

# A month of Common Crawl.
PAGES = 3_000_000_000
COMPRESSED_BYTES = 80e12
CORES = (100, 1_000, 10_000)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--every", type=int, default=10, help="take every so manieth page")
    arguments = parser.parse_args()
    logger.remove()
    with tempfile.TemporaryDirectory() as folder:
        pages = load_pages(arguments.pages)[:: arguments.every]
        packed = write_warc(Path(folder, "crawl.warc.gz"), pages)
        cleaner = RowCleaner(format="html")
        for text in (WARM_UP, *(html_of(page).decode("utf-8", "replace") for page in pages[:3])):
            cleaner(text)
        reader = WarcReader(folder, glob_pattern="*.warc.gz")
        documents, read = timed(lambda: list(reader.run()))
        rows, cleaned = timed(lambda: [cleaner(document.text) for document in documents])
        done = [
            Document(row.text or "", document.id, metadata={"error": row.error or ""})
            for row, document in zip(rows, documents, strict=True)
        ]
        _, written = timed(lambda: write(done, f"{folder}/out"))
        size = sum(path.stat().st_size for path in Path(folder, "out").iterdir())
    steps = {"read": read, "clean": cleaned, "write": written}
    count = len(documents)
    print(
        f"{count} pages of {packed / count / 1000:.0f} kB compressed, "
        f"{sum(len(document.text) for document in documents) / count / 1000:.0f} kB of HTML; "
        f"{sum(row.error is not None for row in rows)} failed; "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most "
        f"(all pages at once); {size / count / 1000:.1f} kB a page written\n"
    )
    print_table(
        ["step", "ms a page", "pages a second", "core hours a month"],
        [
            [name, f"{1000 * each / count:.2f}", f"{count / each:,.0f}",
             f"{PAGES * each / count / 3600:,.0f}"]
            for name, each in {**steps, "all": sum(steps.values())}.items()
        ],
    )  # fmt: skip
    seconds = PAGES * sum(steps.values()) / count
    print_table(
        ["cores", "hours", "MB/s a core in", "GB/s in all"],
        [
            [f"{cores:,}", f"{seconds / cores / 3600:,.1f}",
             f"{COMPRESSED_BYTES / seconds / 1e6:.2f}",
             f"{COMPRESSED_BYTES * cores / seconds / 1e9:.2f}"]
            for cores in CORES
        ],
    )  # fmt: skip


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """Return what a step returns, and how many seconds of the processor it took."""
    start = time.process_time()
    found = run()
    return found, time.process_time() - start


def html_of(page: Page) -> bytes:
    """Return a page as it was served."""
    return gzip.decompress(page.file.read_bytes())


def write_warc(path: Path, pages: Sequence[Page]) -> int:
    """Write a response for each page, compressed record by record; return the size."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, page in enumerate(pages):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            record = writer.create_warc_record(
                f"https://example.org/{number}",
                "response",
                payload=io.BytesIO(html_of(page)),
                http_headers=headers,
                warc_headers_dict={"WARC-Identified-Payload-Type": "text/html"},
            )
            writer.write_record(record)
    return path.stat().st_size


def write(documents: Sequence[Document], folder: str) -> None:
    """Write documents as the example does."""
    writer: Any = ParquetWriter(folder, compression="zstd")
    for _ in writer.run(iter(documents)):
        pass


if __name__ == "__main__":
    main()
