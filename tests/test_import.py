"""What importing boilerkill costs, and that it stays quiet."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Heavier than what the standard library brings; each waits until it is used.
HEAVY = (
    "ahocorasick_rs", "charset_normalizer", "dateparser", "ftfy", "lxml", "numpy", "pyarrow", "regex",
    "rich", "trafilatura",
)  # fmt: skip


def loaded_after(code: str) -> set[str]:
    """Return the top-level modules that are loaded in a fresh process once `code` has run."""
    finished = subprocess.run(
        [sys.executable, "-I", "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout == ""
    return {name.partition(".")[0] for name in finished.stderr.split()}


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert (
        loaded_after("import boilerkill; dir(boilerkill); boilerkill.__version__") & set(HEAVY)
        == set()
    )


def test_the_types_need_nothing_heavy() -> None:
    code = "from boilerkill import Byline, Document, Kind, Reason, Segment"
    assert loaded_after(code) & set(HEAVY) == set()


@pytest.mark.parametrize(
    "absent", ["charset_normalizer", "dateparser", "ftfy", "trafilatura", "rich"]
)
def test_cleaning_plain_text_loads_no_more_than_it_needs(absent: str) -> None:
    code = "from boilerkill import clean, separate; clean('Rain fell. By Ann Lee'); separate('By Ann Lee')"
    assert absent not in loaded_after(code)


def test_the_check_sees_what_is_loaded() -> None:
    assert {"boilerkill", "numpy"} <= loaded_after(
        "from boilerkill import clean; clean('It rained.')"
    )


def test_names_can_be_imported_in_any_order() -> None:
    loaded_after("from boilerkill import *; assert clean and Kind and quotations")
    loaded_after("from boilerkill import quotations, normalize, separate, clean")


def test_no_warning_of_other_packages_stands_in_the_way() -> None:
    code = (
        "from boilerkill import separate; import warnings; warnings.simplefilter('error'); "
        "print(separate('<h1>Rain</h1><p>By Ann Lee</p><p>It rained.</p>', format='html').title)"
    )
    finished = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False
    )
    assert (finished.stdout, finished.returncode) == ("Rain\n", 0), finished.stderr
