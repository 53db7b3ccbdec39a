"""What `boilerkill explain` prints of a document."""

from __future__ import annotations

import copy
import io
import json
import math
import pickle
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from boilerkill import Document, Explanation, Kind, Reason, Segment, normalize, separate
from boilerkill.attribution import Contributions, shared_out
from boilerkill.details import Details
from boilerkill.explain import as_json, print_explanation
from boilerkill.measure import measure
from boilerkill.measure.surroundings import FEATURES, Surroundings
from boilerkill.plain_words import describe, kind_in_words
from boilerkill.printable import printable
from boilerkill.read import read_text
from boilerkill.score import load_weights, score
from boilerkill.trees import shipped_trees
from strategies import documents, html_pages, whole_pages

CORPUS = Path(__file__).parents[1] / "corpus"

ARTICLE = "It rained all night, and the river rose by two metres before noon.\n\n" * 2
MENU_BAR = f"Home | News | Sport | Contact\n\n{ARTICLE}"
MENU_LINES = f"Home\nNews\nHedges\nSport\nContact\nAbout us\n\n{ARTICLE}"

SEGMENTS = st.builds(
    Segment,
    text=st.text(),
    kind=st.sampled_from(Kind),
    score=st.floats(0, 1),
    kept=st.booleans(),
    quoted=st.booleans(),
    _read_reasons=st.lists(
        st.builds(
            Reason,
            st.text("abc ", min_size=1),
            st.floats(allow_nan=False, allow_infinity=False),
            st.floats(-20, 20),
        ),
        max_size=5,
    ).map(lambda reasons: partial(tuple, reasons)),
)


def explained(*segments: Segment, terminal: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=40, highlight=False, markup=False)
    print_explanation(Document("", segments), console)
    return file.getvalue()


@given(SEGMENTS)
def test_json_is_one_line_of_ascii_and_holds_all(segment: Segment) -> None:
    line = as_json(Explanation(segment, "gone"))
    assert line.isascii()
    assert "\n" not in line
    told = json.loads(line)
    assert told["text"] == segment.text
    assert (told["kind"], told["kept"], told["quoted"], told["score"]) == (
        segment.kind.value,
        segment.kept,
        segment.quoted,
        segment.score,
    )
    weights = [
        (reason["evidence"], reason["value"], reason["weight"]) for reason in told["reasons"]
    ]
    assert weights == [(r.evidence, r.value, r.weight) for r in segment.reasons]


@settings(deadline=None)
@given(st.lists(SEGMENTS, max_size=4))
def test_a_pipe_gets_every_line_whole_and_plain(segments: list[Segment]) -> None:
    printed = explained(*segments).split("\n")
    expected = 0
    for segment in segments:
        head = printed[expected]
        assert head.startswith("kept" if segment.kept else "removed")
        assert segment.kind.value in head
        for line in segment.text.split("\n"):
            expected += 1
            assert printed[expected] == "    " + printable(line.expandtabs(4))
        expected += 1
    assert printed[expected:] == [""]


@settings(deadline=None)
@given(SEGMENTS)
def test_a_terminal_gets_no_escape_of_the_text(segment: Segment) -> None:
    hostile = Segment(
        f"\x1b]0;owned\x07{segment.text}\u202e",
        segment.kind,
        segment.score,
        kept=segment.kept,
        quoted=segment.quoted,
        _read_reasons=lambda: segment.reasons,
    )
    printed = explained(hostile, terminal=True)
    assert "\x1b]" not in printed
    assert "\x07" not in printed
    assert "\u202e" not in printed


def test_a_terminal_gets_colours_and_lines_that_fit() -> None:
    segment = Segment("word " * 40, Kind.BODY, 0.9, kept=True, quoted=False)
    printed = explained(segment, terminal=True)
    assert "\x1b[" in printed
    assert all(len(line) <= 40 for line in printed.split("\n")[1:])


def test_the_heaviest_evidence_is_told_and_the_quoted_mark() -> None:
    weights = {"a": 9, "b": 5, "c": 3, "d": 1}
    reasons = tuple(Reason(name, 1.0, -weight) for name, weight in weights.items())
    segment = Segment(
        "“So.”", Kind.SHARE, 0.031, kept=True, quoted=True, _read_reasons=lambda: reasons
    )
    head, text, end = explained(segment).split("\n")
    assert head == (
        "kept     SHARE         0.03"
        "  quotation: kept whatever the score; a: 1 -9.0; b: 1 -5.0; c: 1 -3.0"
    )
    assert (text, end) == ("    “So.”", "")


def test_rich_markup_and_emoji_codes_in_the_text_mean_nothing() -> None:
    segment = Segment("[bold]:smile: 1 [/]", Kind.BODY, 0.9, kept=True, quoted=False)
    assert "    [bold]:smile: 1 [/]\n" in explained(segment)


def assert_reasons_make_the_score(document: Document) -> None:
    for segment in document.segments:
        assert segment.reasons
        odds = math.fsum(reason.weight for reason in segment.reasons)
        # Two forms of the same, each of which is exact where the other loses all digits.
        assert segment.score == pytest.approx(1 / (1 + math.exp(-odds)), rel=1e-6, abs=1e-12)
        if 1e-6 < segment.score < 1 - 1e-6:
            logit = math.log(segment.score / (1 - segment.score))
            assert odds == pytest.approx(logit, abs=1e-6)


@settings(deadline=None)
@given(documents())
def test_the_reasons_of_a_text_make_its_scores(source: str) -> None:
    assert_reasons_make_the_score(separate(source))


@settings(deadline=None, max_examples=15)
@given(whole_pages())
def test_the_reasons_of_a_whole_page_make_its_scores(source: str) -> None:
    assert_reasons_make_the_score(separate(source))


@settings(deadline=None, max_examples=40)
@given(html_pages())
def test_the_reasons_of_html_make_its_scores(source: str) -> None:
    assert_reasons_make_the_score(separate(source, format="html"))


@settings(deadline=None, max_examples=40)
@given(st.one_of(documents(), html_pages()))
def test_a_copy_says_the_same(source: str) -> None:
    document = separate(source)
    for other in (pickle.loads(pickle.dumps(document)), copy.deepcopy(document)):
        assert other == document
        assert other.explain() == document.explain()
        assert (other.title, other.byline) == (document.title, document.byline)
        assert [one.reasons for one in other.segments] == [one.reasons for one in document.segments]


@pytest.mark.parametrize("name", ["en-html-wordpress-classic", "en-html-news-broadsheet"])
def test_the_reasons_of_a_page_of_the_corpus_make_its_scores(name: str) -> None:
    page = (CORPUS / name / "page.html").read_bytes()
    document = separate(page, format="html")
    assert_reasons_make_the_score(document)
    names = {reason.evidence for segment in document.segments for reason in segment.reasons}
    assert "doubt of a title" in names


@given(documents(), st.floats(0, 1), st.frozensets(st.sampled_from(Kind)))
def test_every_segment_has_one_verdict_that_is_true(
    source: str, threshold: float, keep: frozenset[Kind]
) -> None:
    document = separate(source, threshold=threshold, keep=keep)
    told = document.explain()
    assert [explanation.segment for explanation in told] == list(document.segments)
    for explanation in told:
        segment, verdict = explanation.segment, explanation.verdict
        assert (verdict == "gone") is not segment.kept
        assert (verdict == "body") is (segment.kept and segment.score >= threshold)
        if verdict == "quoted":
            assert segment.quoted
        if verdict == "asked":
            assert segment.kind in keep
        assert explanation.words in str(explanation)


CONTRIBUTIONS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from([0.0, 1.0])), st.integers(-9, 9).map(float)
)


@given(CONTRIBUTIONS, st.integers(-9, 9), CONTRIBUTIONS)
def test_to_share_out_a_verdict_changes_no_sum(
    others: Contributions, weight: int, made: Contributions
) -> None:
    verdict = ("verdict", 2.0)
    told = {**others, verdict: float(weight)}
    shared = shared_out(told, ["verdict"], made)
    assert math.fsum(shared.values()) == pytest.approx(math.fsum(told.values()))
    spoken_for = any(part * weight > 0 for part in made.values())
    assert (verdict in shared) is not spoken_for


def test_the_phrase_and_its_language_are_told() -> None:
    page = "Der Fluss ist gestern wieder gestiegen.\n\nSchreibe einen Kommentar\n\nKommentar *"
    words = [reason.words for s in separate(page).segments for reason in s.reasons]
    assert "looks like a comment form: 'Schreibe einen Kommentar' (de)" in words


def test_lines_that_come_again_are_counted() -> None:
    reading = read_text("Rain fell, and the river rose." + "\n\nRead more" * 5)
    details = Details(reading, measure(reading))
    told = [details.reasons(at, {("repeated", at > 0): 0.0})[0].words for at in range(6)]
    assert told == ["stands only once"] + ["same line on other segments: on 4 of them"] * 5


@given(whole_pages())
def test_what_stands_once_is_told_as_such(text: str) -> None:
    reading = read_text(normalize(text))
    evidence = measure(reading)
    around = Surroundings(reading, evidence, score(evidence).odds)
    times = around.table()[:, FEATURES.index("times")].tolist()
    canonical = reading.canonical_segments
    for segment, value in zip(canonical, times, strict=True):
        once = canonical.count(segment) == 1
        assert (describe("times", value) == "stands only once") == once


def test_menus_are_told_from_their_lines() -> None:
    bar, line = separate(MENU_BAR).segments[0], separate(MENU_LINES).segments[2]
    menu = "a menu in one line, or a pointer to another page"
    assert menu in [reason.words for reason in bar.reasons]
    assert "a line among those of a menu" in [reason.words for reason in line.reasons]


def test_a_quotation_below_the_threshold_is_told_as_such() -> None:
    told = separate("It rained all day.\n\nLeave a Reply to “Rain”").explain()
    assert told[1].words == "quotation: kept whatever the score"


def test_all_evidence_is_said_in_words() -> None:
    names = set(load_weights().names)
    for trees in ("trees_again", "line_trees_again"):
        names.update(shipped_trees(trees).features)
    unsaid = sorted(name for name in names if describe(name, 1.0) == f"{name}: 1")
    assert unsaid == []


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.text())
def test_unknown_evidence_is_named(name: str, value: float, detail: str) -> None:
    assert name in describe(f"? {name}", value, detail)


def test_every_kind_has_words() -> None:
    assert all(kind_in_words(kind.value) != kind.value for kind in Kind)
