"""What the commands and examples of the documentation find in the folder that they run in."""

from __future__ import annotations

import gzip
import uuid
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"

CRAWLED = ("en-html-event-page", "en-html-government-guidance", "fr-html-ghost")
CONVERTED = ("en-wordpress-lighthouse", "it-newssite-ansa")

# Pages of one site; what stands at their head and foot no list of phrases has.
HARBOUR = "harbour"
STORIES = (
    "The Ann of Leith came in on Monday with her mast down and her crew singing.",
    "The wall at Gannet Point has lost eleven stones since the storm in February.",
    "A seal has moved into the old lifeboat shed, and nobody has the heart to ask for rent.",
    "Herring is back in the bay, which the gulls knew a week before the fishermen did.",
    "The clock on the custom house is right again, after nine years of being right twice a day.",
    "Two boys found a sextant in the mud below the slip and took it to the harbour master.",
)

# Phrases of a user's own, and a page that they stand on.
PHRASES = """\
# What the pages of the valley's papers say.

[comment_form.heading]
Was this story of use to you?

[byline.author]
Penned at the ferry by {name}
"""
FERRY = """\
Penned at the ferry by Ann Lee

The ferry lies at the northern pier until the ice is gone.

Was this story of use to you?
"""


def write_samples(folder: Path) -> None:
    """Lay out a folder as a reader of the documentation would have it."""
    (folder / "corpus").symlink_to(CORPUS, target_is_directory=True)
    _write_archive(folder / "crawl.warc.gz", [_response(name) for name in CRAWLED])
    _write_archive(folder / "crawl.warc.wet.gz", [_conversion(name) for name in CONVERTED])
    (folder / "valley.txt").write_text(PHRASES, "utf-8")
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    site = folder / HARBOUR
    site.mkdir()
    for number, story in enumerate(STORIES, 1):
        page = f"Gannet Point Harbour Trust\n\n{story}\n\nThe lamp is lit by volunteers.\n"
        (site / f"{number}.txt").write_text(page, "utf-8")


def _response(name: str) -> bytes:
    """Return a WARC record of a page as a server gave it."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    content = head + (CORPUS / name / "page.html").read_bytes()
    return _record("response", name, "application/http; msgtype=response", content)


def _conversion(name: str) -> bytes:
    """Return a WET record of a page's text."""
    return _record("conversion", name, "text/plain", (CORPUS / name / "page.txt").read_bytes())


def _record(kind: str, name: str, content_type: str, content: bytes) -> bytes:
    headers = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: https://{name}.example/",
        "WARC-Date: 2024-05-31T12:00:00Z",
        f"WARC-Record-ID: <{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(content)}",
    )
    return "\r\n".join([*headers, "", ""]).encode() + content + b"\r\n\r\n"


def _write_archive(path: Path, records: list[bytes]) -> None:
    """Write records, each compressed by itself, as crawlers do."""
    path.write_bytes(b"".join(gzip.compress(record, mtime=0) for record in records))
