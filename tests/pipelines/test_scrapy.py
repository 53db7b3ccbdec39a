"""The item pipeline, in a real crawl of a site on this machine."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pipeline_samples import ERRORS, HTML, MOST, PAGE, ROWS, SEARCH, SENTENCE, TEXTS, examples

from boilerkill import clean
from boilerkill.pipelines.scrapy import BoilerkillPipeline

pytest.importorskip("itemadapter", reason="pip install 'boilerkill[scrapy]'")

FRONT = (
    f"<html><head><title>The river</title></head><body><nav><a href='/'>Home</a> "
    f"<a href='/second.html'>Second</a></nav><article><p>{SENTENCE}</p></article></body></html>"
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A site of two pages."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(FRONT, "utf-8")
    (folder / "second.html").write_text(HTML, "utf-8")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *arguments: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_example_crawls_a_site(site: str, tmp_path: Path) -> None:
    pytest.importorskip("scrapy", reason="pip install 'boilerkill[scrapy]'")
    (spider,) = [block for block in examples("Scrapy") if "scrapy.Spider" in block]
    (tmp_path / "articles.py").write_text(spider)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "runspider", "articles.py", "-a", f"address={site}",
         "-O", "articles.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SEARCH},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()
    items = {item["url"].removeprefix(site): item for item in map(json.loads, lines)}
    assert {name: item["text"] for name, item in items.items()} == {
        "": clean(FRONT, format="html"),
        "second.html": clean(HTML, format="html"),
    }
    assert items[""]["title"] == "The river"
    assert {item["error"] for item in items.values()} == {None}
    assert "'boilerkill/cleaned': 2" in done.stderr


class Stats(dict[str, int]):
    def inc_value(self, name: str) -> None:
        self[name] = self.get(name, 0) + 1


def test_each_item_is_what_clean_makes_of_it() -> None:
    stats = Stats()
    pipeline = BoilerkillPipeline(max_bytes=MOST, stats=stats)
    found = [pipeline.process_item({"text": text, "id": 7}) for text in ROWS]
    assert [item["text"] for item in found] == TEXTS
    assert [item["error"] for item in found] == ERRORS
    assert {item["id"] for item in found} == {7}
    assert stats == {"boilerkill/failed": 1, "boilerkill/cleaned": len(ROWS) - 1}


def test_items_without_the_field_are_left_alone() -> None:
    assert BoilerkillPipeline("html").process_item({"text": PAGE}) == {"text": PAGE}


def test_items_with_declared_fields() -> None:
    scrapy = pytest.importorskip("scrapy", reason="pip install 'boilerkill[scrapy]'")

    @dataclass
    class Plain:
        text: str
        title: str | None = None

    class Declared(scrapy.Item):  # type: ignore[misc, name-defined]
        text = scrapy.Field()
        error = scrapy.Field()

    pipeline = BoilerkillPipeline(add=["title", "score"], max_bytes=MOST)
    assert pipeline.process_item(Plain(PAGE)).text == clean(PAGE)
    declared = pipeline.process_item(Declared(text="rain" * MOST))
    assert dict(declared) == {"text": None, "error": ERRORS[3]}
    with pytest.raises(KeyError):
        BoilerkillPipeline(into="body").process_item(Declared(text=PAGE))


def test_settings_are_the_options() -> None:
    given = pytest.importorskip("scrapy.settings", reason="pip install 'boilerkill[scrapy]'")

    class Crawler:
        stats = Stats()
        settings = given.Settings(
            {
                "BOILERKILL_FIELD": "html",
                "BOILERKILL_INTO": "article",
                "BOILERKILL_FORMAT": "html",
                "BOILERKILL_KEEP": "BYLINE,SHARE",
                "BOILERKILL_THRESHOLD": "0.4",
                "BOILERKILL_ADD": "title",
                "BOILERKILL_MAX_BYTES": "50000",
            }
        )

    options: dict[str, Any] = {"format": "html", "keep": ["BYLINE", "SHARE"], "threshold": 0.4}
    item = BoilerkillPipeline.from_crawler(Crawler()).process_item({"html": FRONT})
    assert item["article"] == clean(FRONT, **options)
    assert set(item) == {"html", "article", "title", "error"}
    assert BoilerkillPipeline.from_crawler(Crawler()).process_item({"html": "a" * 50_001})["error"]
