"""The stages between `normalize` and the cleaned text: read, score, decide, render."""

from __future__ import annotations

import json
import math
from dataclasses import is_dataclass, replace
from importlib import resources
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import Kind, normalize
from boilerkill.characters import SENTENCE_ENDS
from boilerkill.decide import Decision, decide, decide_again, overlaps, settle
from boilerkill.measure import Evidence, measure, measure_rest
from boilerkill.options import Options
from boilerkill.read import read_rest, read_text
from boilerkill.reading import Reading
from boilerkill.render import kept_runs, render
from boilerkill.score import Weights, load_weights, score
from strategies import documents, options, scraped_pages

texts = st.one_of(documents(), scraped_pages()).map(normalize)

PROSE = "It rained all night, and the river rose above the meadow by the mill."


def segments_of(text: str) -> list[str]:
    return read_text(text).segments


class TestRead:
    @given(texts)
    def test_segments_hold_all_that_is_visible(self, text: str) -> None:
        promises.assert_joined(segments_of(text), text)
        assert all(segment == segment.strip(" \t") != "" for segment in segments_of(text))

    @pytest.mark.parametrize("end", SENTENCE_ENDS)
    def test_what_is_glued_behind_the_end_of_a_sentence_is_cut_off(self, end: str) -> None:
        form = "Leave a Reply Your email address will not be published."
        assert segments_of(f"{PROSE[:-1]}{end} {form}") == [PROSE[:-1] + end, form]

    @given(texts)
    def test_a_segment_lies_within_one_line(self, text: str) -> None:
        reading = read_text(text)
        for number in range(len(reading)):
            assert "\n" not in reading.segment(number)
            start = int(reading.starts[number])
            assert text.count("\n", 0, start) == reading.lines[number]

    @given(texts)
    def test_paragraphs_are_runs_of_lines(self, text: str) -> None:
        reading = read_text(text)
        for number in range(1, len(reading)):
            between = text[reading.ends[number - 1] : reading.starts[number]]
            apart = reading.paragraphs[number] != reading.paragraphs[number - 1]
            assert apart == ("\n\n" in between)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", []),
            ("One.\n\nTwo.\nThree.", ["One.", "Two.", "Three."]),
            ("  indented\n\tby a tab", ["indented", "by a tab"]),
            (
                "Rain fell all night, and the river rose. Leave a Reply Your email address will not be"
                " published.",
                [
                    "Rain fell all night, and the river rose.",
                    "Leave a Reply Your email address will not be published.",
                ],
            ),
            *(
                (line, [line])
                for line in (
                    "Below the form it says, in grey letters: Your email address will not be published.",
                    "“A button,” he said, and under it: Required fields are marked *",
                    "Under the button the clerk had written, “for the board,” Required fields are marked",
                )
            ),
            (
                "Rain fell all night. Red Hats | Blue Hats | Hat Pins | Old Hats | Wool Hats | Hats Lyon",
                [
                    "Rain fell all night.",
                    "Red Hats | Blue Hats | Hat Pins | Old Hats | Wool Hats | Hats Lyon",
                ],
            ),
        ],
    )
    def test_examples(self, text: str, expected: list[str]) -> None:
        assert segments_of(text) == expected


class TestScore:
    @given(texts)
    def test_the_reasons_make_the_score(self, text: str) -> None:
        scores = score(measure(read_text(text)))
        for number, body in enumerate(scores.body.tolist()):
            log_odds = sum(scores.made(number).values())
            assert math.isclose(body, 1 / (1 + math.exp(-log_odds)), abs_tol=1e-9)

    def test_all_evidence_has_a_meaning(self) -> None:
        measured = measure(read_text("It rained.")).columns
        assert set(load_weights().names) <= set(measured)
        shipped = json.loads((resources.files("boilerkill") / "weights.json").read_text("utf-8"))
        assert {entry.get("kind") for entry in shipped["evidence"].values()} - {None} <= {
            kind.value for kind in Kind
        }

    def test_evidence_that_is_not_measured(self) -> None:
        weights = Weights.from_json({"bias": 1, "evidence": {"colour": {"weight": -2}}})
        with pytest.raises(ValueError, match="not measured: colour"):
            score(measure(read_text("It rained.")), weights)

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"bias": "1", "evidence": {}},
            {"bias": 1, "evidence": []},
            {"bias": 1, "evidence": {"menu": {}}},
            {"bias": 1, "evidence": {"menu": {"weight": "-2"}}},
            {"bias": 1, "evidence": {"menu": {"weight": -2, "kind": "FOOTER"}}},
        ],
    )
    def test_weights_that_are_refused(self, data: dict[str, object]) -> None:
        with pytest.raises(ValueError, match=r"expected|FOOTER"):
            Weights.from_json(data)

    def test_weights_decide(self) -> None:
        evidence = measure(read_text("It rained all night, and the river rose.\n\nShare this"))
        for weight, kept in ((-5, [True, False]), (5, [True, True])):
            entry = {"weight": weight, "kind": "SHARE"}
            weights = Weights.from_json({"bias": 1, "evidence": {"phrase SHARE": entry}})
            assert (score(evidence, weights).body >= 0.5).tolist() == kept


class TestDecide:
    @given(texts)
    def test_each_pass_works_on_what_the_one_before_left(self, text: str) -> None:
        passes = settle(text, Options())
        assert passes[-1].kept.all()
        assert passes[0].reading.text == text
        for before, after in pairwise(passes):
            assert after.reading.text == before.render()
            assert not before.kept.all()

    @given(texts)
    def test_quotations_protect(self, text: str) -> None:
        decision = decide(text, Options(threshold=1))
        assert decision.kept[decision.quoted].all()

    def test_a_span_that_ends_where_a_segment_begins_has_nothing_of_it(self) -> None:
        reading = read_text("One.\nTwo.")
        assert overlaps(reading, [(0, 5)]).tolist() == [True, False]
        assert overlaps(reading, [(4, 6)]).tolist() == [False, True]

    @given(texts, st.data())
    def test_what_spans_have_a_character_of(self, text: str, data: st.DataObject) -> None:
        places = st.sets(st.integers(0, len(text)), max_size=8).map(sorted)
        bounds = data.draw(places)
        spans = list(zip(bounds[::2], bounds[1::2], strict=False))
        reading = read_text(text)
        expected = [
            any(start < end and stop > begin for start, stop in spans)
            for begin, end in zip(reading.starts, reading.ends, strict=True)
        ]
        assert overlaps(reading, spans).tolist() == expected

    @given(texts, st.floats(0, 1), st.floats(0, 1))
    def test_a_lower_threshold_keeps_more_in_a_pass(self, text: str, a: float, b: float) -> None:
        lower, higher = sorted((a, b))
        more = decide(text, Options(threshold=lower)).kept
        assert more[decide(text, Options(threshold=higher)).kept].all()

    @given(texts)
    def test_nothing_of_the_body_is_of_a_kind_of_boilerplate(self, text: str) -> None:
        kinds = decide(text, Options(threshold=0)).kinds
        assert {*kinds} <= {Kind.BODY, Kind.HEADING, Kind.TITLE}

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"Rain\n\n{PROSE}\n\nA quiet morning\n\n{PROSE}", "TITLE BODY HEADING BODY"),
            (f"{PROSE}\n\nAftermath\n\n{PROSE}", "BODY HEADING BODY"),
            # Of two lines above prose, the lower one is the heading.
            (f"{PROSE}\n\nA quiet\n\nmorning\n\n{PROSE}", "BODY BODY HEADING BODY"),
            (f"{PROSE}\n\nNobody slept.\n\n{PROSE}", "BODY BODY BODY"),
            (f"{PROSE}\n\n***\n\n{PROSE}", "BODY BODY BODY"),
            (f"{PROSE}\n\n{PROSE}", "BODY BODY"),
            (f"{PROSE}\n\nThe end", "BODY BODY"),
        ],
    )
    def test_a_heading_stands_above_prose(self, text: str, expected: str) -> None:
        assert " ".join(decide(text, Options()).kinds) == expected

    def test_a_text_that_does_not_settle_stays_as_it_was(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = f"{PROSE}\n\nLeave a Reply\n\nPost Comment"
        assert len(settle(text, Options())) == 2
        monkeypatch.setattr("boilerkill.decide.MAX_PASSES", 1)
        (only,) = settle(text, Options())
        assert only.render() == text
        assert only.kept.all()


class TestDecideAgain:
    """What is left is not read and measured anew where the first reading tells all."""

    @given(texts, options())
    def test_the_same_as_deciding_on_the_text_that_is_left(
        self, text: str, chosen: dict[str, Any]
    ) -> None:
        before = decide(text, Options(frozenset(map(Kind, chosen.get("keep", ())))))
        assert_same_decision(decide_again(before), before.render(), before.options)

    @given(texts, st.data())
    def test_whatever_is_left(self, text: str, data: st.DataObject) -> None:
        """Scores are replaced by drawn ones, so that any segments may go."""
        before = decide(text, Options())
        count = len(before.reading)
        odds = data.draw(st.lists(st.sampled_from((-9.0, 9.0)), min_size=count, max_size=count))
        scores = replace(before.scores, odds=np.array(odds, dtype=np.float64))
        before = replace(before, scores=scores)
        assert_same_decision(decide_again(before), before.render(), before.options)

    @given(texts, st.data())
    def test_whatever_lines_are_left(self, text: str, data: st.DataObject) -> None:
        reading = read_text(text)
        count = text.count("\n") + 1
        flags = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
        kept = np.array(flags, dtype=bool)[reading.lines]
        rest = read_rest(reading, kept)
        assert rest is not None
        assert_same_reading(rest.reading, read_text(render(reading, kept)))
        assert rest.canonical_text == rest.reading.canonical.text
        assert rest.numbers.tolist() == np.flatnonzero(kept).tolist()
        assert_same_evidence(measure_rest(rest, measure(reading)), measure(rest.reading))

    def test_a_line_that_loses_a_part_is_another_line(self) -> None:
        reading = read_text(
            "It rained all night, and the river rose. Leave a Reply Post Comment\nOn."
        )
        assert len(reading) == 3
        assert read_rest(reading, np.array([True, False, True])) is None
        rest = read_rest(reading, np.array([True, True, False]))
        assert rest is not None
        assert len(rest.reading) == 2


def assert_same_decision(found: Decision | None, text: str, options: Options) -> None:
    assert (found is None) == (normalize(text) != text)
    if found is not None:
        expected = decide(text, options)
        assert_same_reading(found.reading, expected.reading)
        assert_same_evidence(found.evidence, expected.evidence)
        assert_same(found.scores, expected.scores)
        assert_same(found.kept, expected.kept)
        assert_same(found.quoted, expected.quoted)
        assert found.kinds == expected.kinds


def assert_same_reading(found: Reading, expected: Reading) -> None:
    assert found.text == expected.text
    assert found.canonical_segments == expected.canonical_segments
    for name in ("starts", "ends", "lines", "paragraphs"):
        assert_same(getattr(found, name), getattr(expected, name))


def assert_same_evidence(found: Evidence, expected: Evidence) -> None:
    for name in ("shape", "alone", "wording", "context", "columns"):
        assert_same(getattr(found, name), getattr(expected, name))


def assert_same(found: object, expected: object) -> None:
    if is_dataclass(expected):
        found, expected = vars(found), vars(expected)
    if isinstance(expected, dict) and isinstance(found, dict):
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            assert_same(found[name], value)
    elif isinstance(expected, np.ndarray):
        np.testing.assert_array_equal(found, expected, strict=True)
    else:
        assert found == expected


class TestRender:
    @given(texts)
    def test_everything_kept_is_the_text(self, text: str) -> None:
        reading = read_text(text)
        rendered = render(reading, np.ones(len(reading), dtype=bool))
        assert rendered == text.lstrip(" \t\n")

    @given(texts, st.data())
    def test_what_is_kept_stays_in_its_order(self, text: str, data: st.DataObject) -> None:
        reading = read_text(text)
        count = len(reading)
        flags = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
        kept = np.array(flags, dtype=bool)
        rendered = render(reading, kept)
        promises.assert_joined(
            (reading.segment(number) for number in np.flatnonzero(kept).tolist()), rendered
        )

    @pytest.mark.parametrize(
        ("flags", "expected"),
        [
            ([], []),
            ([False], []),
            ([True, True], [(0, 1)]),
            ([True, False, True], [(0, 0), (2, 2)]),
        ],
    )
    def test_runs(self, flags: list[bool], expected: list[tuple[int, int]]) -> None:
        assert kept_runs(np.array(flags, dtype=bool)) == expected

    @pytest.mark.parametrize(
        ("text", "gone", "expected"),
        [
            ("a\n\nb\n\nc", {1}, "a\n\nc"),
            ("a\nb\nc", {1}, "a\nc"),
            ("a\nb\n\nc", {1}, "a\n\nc"),
            ("a\n\nb\n    c", {1}, "a\n\n    c"),
            ("- a\n- b\n- c", {0}, "- b\n- c"),
            ("a\n\nb", {0, 1}, ""),
        ],
    )
    def test_white_space_between(self, text: str, gone: set[int], expected: str) -> None:
        reading = read_text(text)
        kept = np.array([number not in gone for number in range(len(reading))], dtype=bool)
        assert render(reading, kept) == expected
