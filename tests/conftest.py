"""How the tests run: the number of examples, and where the pages are that are no part of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from sizes import EXAMPLES, PLAIN_EXAMPLES

# What Hypothesis keeps between runs has no place in the project's folder.
set_hypothesis_home_dir(tempfile.gettempdir() + "/boilerkill-hypothesis")

# The plain run and CI try the same examples each time, so that they fail only where something
# changed; a long run elsewhere looks for new ones, and prints what brings a failure back.
settings.register_profile(
    "boilerkill",
    max_examples=EXAMPLES,
    derandomize=EXAMPLES <= PLAIN_EXAMPLES or "CI" in os.environ,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("boilerkill")


SHORTFALLS = Path(__file__).with_name("shortfalls.txt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect what `shortfalls.txt` names to fail; what passes all the same must leave the list."""
    known = set(SHORTFALLS.read_text("utf-8").splitlines())
    for item in items:
        if item.nodeid in known:
            item.add_marker(pytest.mark.xfail(strict=True, reason="known; see shortfalls.txt"))


# Set to "fail" where everything must run, as in .ci/run; a test that is marked `may_skip` may not.
SKIPS_FAIL = os.environ.get("BOILERKILL_SKIPS") == "fail"


@pytest.fixture
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a power cut could tell the difference; what needs one looks at the calls itself."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "may_skip: may be skipped even where skips fail")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and not item.get_closest_marker("may_skip")
    ):
        fail_if_skips_fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        fail_if_skips_fail(report)
    return report


def fail_if_skips_fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    if SKIPS_FAIL:
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here, but: {report.longrepr}"
