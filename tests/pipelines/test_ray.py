"""Ray Data, in a real Ray on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pipeline_samples import ERRORS, HTML, MOST, ROOT, ROWS, TEXTS, run_example

# Ray and what it brings leave files and sockets to the garbage collector, and warn of themselves.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_rows_in_tasks_and_in_actors(ray: Any) -> None:
    import pyarrow as pa
    from ray.data import ActorPoolStrategy

    from boilerkill.pipelines import output_schema
    from boilerkill.pipelines.ray import Boilerkill

    table = pa.table({"id": list(range(len(ROWS))), "text": ROWS})
    rows = ray.data.from_arrow(table)
    in_tasks = rows.map_batches(Boilerkill(max_bytes=MOST), batch_format="pyarrow", batch_size=4)
    in_actors = rows.map_batches(
        Boilerkill,
        fn_constructor_kwargs={"max_bytes": MOST, "add": []},
        compute=ActorPoolStrategy(size=1),
        batch_format="pyarrow",
        batch_size=4,
    )
    for cleaned in (in_tasks, in_actors):
        found = sorted(cleaned.take_all(), key=lambda row: row["id"])
        assert [row["text"] for row in found] == TEXTS
        assert [row["error"] for row in found] == ERRORS
    assert list(found[0]) == output_schema(table.schema, add=[]).names


def test_an_actor_loads_the_weights_once(ray: Any) -> None:
    """Before its first batch, and not again for others."""

    @ray.remote(num_cpus=1)
    class Actor:
        def __init__(self) -> None:
            from boilerkill.pipelines.ray import Boilerkill

            self.clean = Boilerkill(add=[])
            self.loaded = [self.count()]

        def count(self) -> int:
            from boilerkill.trees import shipped_trees

            return int(shipped_trees.cache_info().misses)

        def work(self, page: str) -> list[int]:
            import pyarrow as pa

            self.clean(pa.table({"text": [page]}))
            self.loaded.append(self.count())
            return self.loaded

    actor = Actor.remote()  # type: ignore[attr-defined]
    ray.get([actor.work.remote(f"{HTML}<p>{number}</p>") for number in range(2)])
    loaded = ray.get(actor.work.remote(HTML))
    assert loaded == [loaded[0]] * 4
    assert loaded[0] > 0
    ray.kill(actor)


@pytest.mark.usefixtures("ray")
def test_the_example(crawl: Path) -> None:
    import pyarrow.parquet as pq

    # Paths mean the same to Ray's workers, whatever folder they work in.
    run_example("Ray Data")
    assert pq.read_table("cleaned").num_rows == pq.read_table("crawl.parquet").num_rows


@pytest.mark.usefixtures("ray")
def test_the_script_by_address(crawl: Path) -> None:
    import pyarrow.parquet as pq

    from boilerkill import clean

    namespace: dict[str, Any] = {"__name__": "clean_parquet_ray"}
    exec((ROOT / "examples/clean_parquet_ray.py").read_text("utf-8"), namespace)
    crawl_address, cleaned = f"{crawl.as_uri()}/pages.parquet", f"{crawl.as_uri()}/articles"
    namespace["main"]([crawl_address, cleaned, "--column", "html", "--actors", "1"])
    pages = pq.read_table("pages.parquet").to_pylist()
    articles = {row["url"]: row for row in pq.read_table("articles").to_pylist()}
    for page in pages:
        text = None if page["html"] is None else clean(page["html"])
        assert articles[page["url"]]["text"] == text


@pytest.mark.usefixtures("ray")
def test_datatrove_on_ray(crawl: Path) -> None:
    """The script for clusters, with its executor for Ray."""
    import pyarrow.parquet as pq

    pytest.importorskip("datatrove", reason="pip install 'boilerkill[datatrove]'")
    from test_datatrove import PAGES, common_crawl, write_crawl

    from boilerkill import clean

    write_crawl()
    common_crawl().main(
        [f"{crawl}/crawl", f"{crawl}/cleaned", "--executor", "ray", "--tasks", "2", "--workers", "1",
         "--logs", f"{crawl}/logs"]
    )  # fmt: skip
    rows = [
        row for path in sorted(Path("cleaned").iterdir()) for row in pq.read_table(path).to_pylist()
    ]
    assert [row["text"] for row in rows] == [clean(page, format="html") for page in PAGES]
