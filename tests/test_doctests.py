"""The examples in the docstrings of the library; those of pages are in test_documentation.py."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import boilerkill

ROOT = Path(__file__).parent.parent

# What the examples of a module need, and its import does not.
NEEDED = {"boilerkill.pipelines.scrapy": "itemadapter"}


def library_examples() -> list[Any]:
    names = [
        module.name
        for module in pkgutil.walk_packages(boilerkill.__path__, "boilerkill.")
        if not module.name.endswith("__main__")
    ]
    finder = doctest.DocTestFinder(exclude_empty=True)
    found: list[Any] = []
    for name in ["boilerkill", *names]:
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as missing:
            # Of the engines, any may be missing.
            if not name.startswith("boilerkill.pipelines."):
                raise
            skipped = pytest.mark.skip(reason=f"{name} needs {missing.name}")
            found.append(pytest.param(None, marks=skipped, id=name))
        else:
            found += [
                pytest.param(test, marks=_marks(name))
                for test in finder.find(module)
                if test.examples
            ]
    return found


def _marks(module: str) -> list[pytest.MarkDecorator]:
    """Skip the examples of an engine that is missing."""
    needs = NEEDED.get(module)
    if needs is None or importlib.util.find_spec(needs):
        return []
    return [pytest.mark.skip(reason=f"{module} needs {needs}")]


def name_of(test: doctest.DocTest) -> str:
    return test.name


@pytest.mark.parametrize("test", library_examples(), ids=name_of)
def test_examples(test: doctest.DocTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    said: list[str] = []
    failed, _ = doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
    assert not failed, "".join(said)
