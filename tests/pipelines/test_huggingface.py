"""Hugging Face datasets, in memory and as streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_samples import ERRORS, MOST, PAGE, ROWS, SEARCH, SENTENCE, TEXTS, learn, run_example

import boilerkill.pipelines
from boilerkill.profile import Profile

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def hf(tmp_path: Path) -> Iterator[Any]:
    """The package, with its cache in a folder that goes."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        datasets = pytest.importorskip("datasets", reason="pip install 'boilerkill[datasets]'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets.config, "HF_DATASETS_CACHE", str(tmp_path / "cache"))
        datasets.disable_progress_bars()
        yield datasets


@given(st.lists(st.none() | st.text() | st.binary() | st.integers() | st.just({"a": 1})))
def test_an_example_is_a_batch_of_one(texts: list[Any]) -> None:
    clean = boilerkill.pipelines.datasets(add=["title"])
    batch = clean({"text": texts, "title": texts})
    for number, text in enumerate(texts):
        one = {name: column[number] for name, column in batch.items()}
        assert clean({"text": text, "title": text}) == one


def dataset(hf: Any) -> Any:
    labels = hf.ClassLabel(names=["good", "bad"])
    features = hf.Features({"text": hf.Value("string"), "label": labels})
    return hf.Dataset.from_dict({"text": ROWS, "label": [0] * len(ROWS)}, features=features)


@pytest.mark.parametrize("processes", [None, 2])
def test_each_row_is_what_clean_makes_of_it(hf: Any, processes: int | None) -> None:
    """Also where a batch has no error and the next has one: the types do not depend on it."""
    rows = dataset(hf)
    cleaned = rows.map(
        boilerkill.pipelines.datasets(max_bytes=MOST),
        batched=True,
        batch_size=1,
        num_proc=processes,
    )
    assert cleaned["text"][:] == TEXTS
    assert cleaned["error"][:] == ERRORS
    assert cleaned.features["label"] == rows.features["label"]
    assert cleaned[0]["byline"]["authors"] == ["Ann Lee"]
    assert cleaned[0]["kinds"]["SHARE"] == 28


@pytest.mark.parametrize("form", [None, "arrow"])
def test_streams(hf: Any, form: str | None) -> None:
    stream = dataset(hf).to_iterable_dataset().with_format(form)
    cleaned = stream.map(
        boilerkill.pipelines.datasets(max_bytes=MOST), batched=True, batch_size=3
    ).with_format(None)
    found = list(cleaned)
    assert [row["text"] for row in found] == TEXTS
    assert [row["error"] for row in found] == ERRORS


@pytest.mark.parametrize("stream", [False, True])
def test_examples_one_by_one(hf: Any, stream: bool) -> None:
    """A text is no column of characters, nor is a null one."""
    rows = dataset(hf)
    rows = rows.to_iterable_dataset() if stream else rows
    found = list(rows.map(boilerkill.pipelines.datasets(max_bytes=MOST, add=["kinds"])))
    assert [row["text"] for row in found] == TEXTS
    assert [row["error"] for row in found] == ERRORS
    assert found[0]["kinds"]["SHARE"] == 28


@pytest.mark.parametrize("form", ["pandas", "polars"])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("batched", [{"batched": True, "batch_size": 3}, {}], ids=str)
def test_frames(hf: Any, form: str, stream: bool, batched: dict[str, Any]) -> None:
    pytest.importorskip(form, reason=f"pip install 'boilerkill[{form}]'")
    rows = dataset(hf)
    rows = rows.to_iterable_dataset() if stream else rows
    clean = boilerkill.pipelines.datasets(max_bytes=MOST)
    found = list(rows.with_format(form).map(clean, **batched).with_format(None))
    assert [row["text"] for row in found] == TEXTS
    assert [row["error"] for row in found] == ERRORS
    assert [row["label"] for row in found] == [0] * len(ROWS)
    assert found[0]["kinds"]["SHARE"] == 28


@pytest.mark.parametrize(
    "chosen",
    [{"input_columns": ["text"]}, {"input_columns": ["text", "label"]}, {"with_indices": True}],
    ids=str,
)
@pytest.mark.parametrize("batched", [True, False])
def test_columns_that_come_alone(hf: Any, chosen: dict[str, Any], batched: bool) -> None:
    with pytest.raises(TypeError, match=r"all their columns .* datasets\(column=\.\.\.\)"):
        dataset(hf).map(boilerkill.pipelines.datasets(), batched=batched, **chosen)


def test_the_cache_works(hf: Any) -> None:
    """What was cleaned is not cleaned again with the same options, but with others."""
    rows = hf.Dataset.from_dict({"text": [PAGE, SENTENCE]})
    one = boilerkill.pipelines.datasets(keep={"SHARE", "BYLINE"}, add=[])
    same = boilerkill.pipelines.datasets(keep=["BYLINE", "SHARE"], add=())
    other = boilerkill.pipelines.datasets(keep={"SHARE"}, add=[])
    found = [rows.map(function, batched=True)._fingerprint for function in (one, same, other)]
    assert found[0] == found[1] != found[2]


FINGERPRINT = """
import sys
from datasets.fingerprint import Hasher
from boilerkill.pipelines import datasets
kinds = {"SHARE", "BYLINE", "COMMENT", "NOTICE", "RELATED"}
print(Hasher.hash(datasets(keep=kinds, profile=sys.argv[1])))
"""


@pytest.mark.usefixtures("hf")
def test_the_fingerprint_is_the_same_in_every_process(tmp_path: Path) -> None:
    """Whatever the order of sets; and another where the profile is another."""
    profile = learn(tmp_path)

    def fingerprint(seed: str) -> str:
        environment = {**os.environ, "PYTHONPATH": SEARCH, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", FINGERPRINT, str(profile)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    before = fingerprint("1")
    assert fingerprint("2") == before
    nothing, none = np.zeros(0, np.uint64), np.zeros(0, np.uint32)
    with profile.open("wb") as file:
        Profile(nothing, none, np.zeros(1, np.uint64), nothing, none).save(file)
    assert fingerprint("1") != before


@pytest.mark.usefixtures("hf", "crawl")
def test_the_example() -> None:
    run_example("Hugging Face datasets")
