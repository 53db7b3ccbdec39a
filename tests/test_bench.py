"""How tools are measured: scores of outputs, tools that fail, and what is kept of earlier runs.

No tool needs to be installed for this, and no development page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import tools
from bench.campaign import Campaign
from bench.campaign import take_turns as take_turns_of_campaigns
from bench.gold import has_all_authors
from bench.held_out import FOLDS, fold_of
from bench.pages import PARTS, Page, Snippets, in_part
from bench.scores import Gold, words
from bench.snippets import row
from bench.tools import Output, Tool, attempt, outputs, ratio, take_turns
from hypothesis import assume, given, settings
from hypothesis import strategies as st

TEXTS = st.text("ab \n“”", max_size=30)
NOTHING = Snippets()
SITES = st.text("abc.", min_size=1)


def page(
    tmp_path: Path,
    name: str = "one",
    html: bytes = b"<p>Rain.</p>",
    known: Snippets = NOTHING,
) -> Page:
    file = tmp_path / f"{name}.html"
    file.write_bytes(html)
    return Page(name, "toys", "article", "example.org", "", file, known)


def read(page: Page) -> str:
    return page.file.read_text("utf-8")


@given(TEXTS)
def test_the_body_itself_is_perfect(body: str) -> None:
    score = Gold(body, body).score(body)
    assert (score.f1, score.precision, score.recall, score.lost) == (1, 1, 1, 0)


@given(TEXTS, TEXTS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(body: str, output: str) -> None:
    score = Gold(body, body).score(output)
    assert 0 <= score.f1 <= 1
    assume(words(body) and words(output))
    assert score.f1 * (score.precision + score.recall) == pytest.approx(
        2 * score.precision * score.recall
    )


@given(TEXTS, TEXTS)
def test_precision_of_the_one_is_recall_of_the_other(one: str, other: str) -> None:
    assume(words(one) and words(other))
    assert Gold(one, one).score(other).precision == Gold(other, other).score(one).recall


def test_words_count_as_often_as_they_stand_there() -> None:
    score = Gold("Rain, rain and tea.", "").score("RAIN or tea or tea")
    assert (score.precision, score.recall) == (2 / 5, 2 / 4)
    assert score.f1 == 2 * 2 / (5 + 4)


def test_nothing_has_no_precision_where_there_is_a_body() -> None:
    nothing = Gold("Rain.", "").score("")
    assert (nothing.f1, nothing.precision, nothing.recall) == (0, 0, 0)
    made_up = Gold("", "").score("Rain.")
    assert (made_up.f1, made_up.precision) == (0, 0)


def test_quotations_count_that_the_source_has() -> None:
    gold = Gold("“At last!” she said. “Never,” said he.", source="«At last» she said")
    assert gold.score("at LAST").lost == 0
    assert gold.score("at the last").lost == 1
    assert gold.score("").quotations == 1


@pytest.mark.parametrize(
    ("found", "gold", "right"),
    [
        (["Ann Lee", "Bo Kim"], ["Bo Kim and Dr. Ann Lee (Rome)"], True),
        (["Ann Lee"], ["Ann Lee, Bo Kim"], False),
        (["Ann Lee", "Bo Kim"], ["Ann Lee"], False),
    ],
)
def test_all_authors_are_those_and_no_other(found: list[str], gold: list[str], right: bool) -> None:
    assert has_all_authors(found, gold) is right


def test_a_tool_that_raises_counts_as_empty() -> None:
    def fails(text: str) -> str:
        raise RecursionError

    assert attempt(fails, "rain", fails) == Output("", failed=True)


def test_a_tool_that_takes_too_long_counts_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(text: str) -> str:
        while True:
            pass

    monkeypatch.setattr(tools, "MOST_SECONDS", 0.01)
    assert attempt(hangs, "rain", hangs) == Output("", failed=True)


@pytest.mark.parametrize(
    ("again", "changes"), [("rain  \n tea", False), ("rain", True), ("", True)]
)
def test_what_a_tool_makes_of_its_own_output(again: str, changes: bool) -> None:
    made = {"page": "rain tea", "rain tea": again}
    assert attempt(made.__getitem__, "page", made.__getitem__).changes is changes


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tools, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


class Recorder:
    """A tool that counts how often it is given what."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()
        self.tool = Tool("recorder", self.run, ("recorder",))

    def run(self, source: str) -> str:
        self.given[source] += 1
        if "hail" in source:
            raise ValueError(source)
        return source.upper()


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    monkeypatch.setattr(tools, "version", lambda package: "1.0")
    return Recorder()


@pytest.mark.usefixtures("cache")
def test_outputs_are_kept(tmp_path: Path, recorder: Recorder) -> None:
    pages = [page(tmp_path, "one", b"rain"), page(tmp_path, "two", b"hail")]
    first = outputs(recorder.tool, pages, read)
    assert first == {"one": Output("RAIN"), "two": Output("", failed=True)}
    assert outputs(recorder.tool, pages, read) == first
    assert recorder.given == {"rain": 1, "RAIN": 1, "hail": 1}


def test_a_run_that_was_killed_keeps_its_whole_lines(
    tmp_path: Path, cache: Path, recorder: Recorder
) -> None:
    pages = [page(tmp_path, "one", b"rain"), page(tmp_path, "two", b"tea")]
    first = outputs(recorder.tool, pages, read)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    assert outputs(recorder.tool, pages, read) == first
    assert outputs(recorder.tool, pages, read) == first
    assert (recorder.given["rain"], recorder.given["tea"]) == (1, 3)


@pytest.mark.usefixtures("cache")
def test_outputs_are_made_anew_for_another_version(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [page(tmp_path, html=b"rain")]
    outputs(recorder.tool, pages, read)
    monkeypatch.setattr(tools, "version", lambda package: "1.1")
    outputs(recorder.tool, pages, read)
    assert recorder.given["rain"] == 2
    outputs(recorder.tool, pages, read, origin="text 2.0")
    assert recorder.given["rain"] == 3


@pytest.mark.usefixtures("cache")
def test_outputs_are_made_anew_for_another_page(tmp_path: Path, recorder: Recorder) -> None:
    outputs(recorder.tool, [page(tmp_path, html=b"rain")], read)
    assert outputs(recorder.tool, [page(tmp_path, html=b"tea")], read)["one"].text == "TEA"


def test_what_needs_no_package_is_not_kept(tmp_path: Path, cache: Path) -> None:
    found = outputs(Tool("as it is", str), [page(tmp_path, html=b"rain")], read)
    assert found == {"one": Output("rain")}
    assert not cache.exists()


def test_a_tool_without_its_package_is_left_out() -> None:
    assert Tool("missing", str, ("no-such-package",)).versions() is None
    assert Tool("missing", str, ("npm:no-such-package",)).versions() is None
    assert Tool("as it is", str).versions() == ""


def test_tools_take_turns() -> None:
    turns: list[str] = []

    def tool(name: str) -> Tool:
        def run(source: str) -> str:
            turns.append(name + source)
            return source

        return Tool(name, run, clock=lambda: len(turns))

    times = take_turns([tool("a"), tool("b")], ["1", "2"], rounds=2)
    assert turns == ["a1", "b1", *["a1", "a2", "b1", "b2"] * 2]
    assert times == {"a": [2, 2], "b": [2, 2]}
    assert ratio(times, "a", "b") == 1


def test_snippets_are_found_across_lines(tmp_path: Path) -> None:
    snippets = Snippets(
        body=("rain and tea", "hats"), others=("Leave a Reply",), comments=("First!",)
    )
    one = page(tmp_path, known=snippets)
    found = {"one": Output("There was rain\nand tea. First!")}
    assert row([one], found) == ("0.667", "0.667", "1 of 2", "1 of 1", "1 of 1", "0")


@given(SITES)
def test_every_site_is_in_one_half_and_one_fold(site: str) -> None:
    one = Page("one", "toys", "article", site, "", Path())
    assert [in_part(one, part) for part in PARTS].count(True) == 2
    assert in_part(one, "all")
    assert 0 <= fold_of(site) < FOLDS


# --- Campaigns.


def rounds_of(test: Callable[[], None], examples: int, seed: int = 0) -> Campaign:
    campaign = Campaign("a property", test)
    take_turns_of_campaigns([campaign], examples, seed, float("inf"))
    return campaign


def test_a_campaign_tries_as_many_examples_as_are_asked_for() -> None:
    seen = []

    @settings(max_examples=20, database=None, derandomize=False)
    @given(st.integers())
    def holds(number: int) -> None:
        seen.append(number)

    campaign = rounds_of(holds, 100)
    assert campaign.done == len(seen) >= 100
    assert campaign.found is None
    assert len(set(seen)) > 20


def test_a_campaign_prints_what_it_finds_and_the_seed_brings_it_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    @settings(max_examples=20, database=None, derandomize=False)
    @given(st.integers(0, 1000))
    def rarely_fails(number: int) -> None:
        assert number != 777

    campaign = rounds_of(rarely_fails, 1_000_000)
    assert campaign.found is not None
    assert f"a property, --seed {campaign.found}:" in capsys.readouterr().out
    again = rounds_of(rarely_fails, 1, seed=campaign.found)
    assert again.found == campaign.found
    assert "777" in capsys.readouterr().out
