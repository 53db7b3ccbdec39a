"""Text that stands on a page twice: what of it is measured, and that one of two quotations may go."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import clean, normalize, quotations
from boilerkill.decide import needed_spans, overlaps
from boilerkill.measure.repeats import measure_repeats, originals
from boilerkill.options import Options
from boilerkill.pages import decide_page
from boilerkill.quoting import quoted_spans
from boilerkill.read import read_text
from strategies import documents, html_pages

texts = st.lists(st.sampled_from("abcd"), max_size=20)


@given(texts)
def test_an_original_says_the_same_and_stands_before(segments: list[str]) -> None:
    for number, original in enumerate(originals(segments).tolist()):
        if original < 0:
            assert segments[number] not in segments[:number]
        else:
            assert original < number
            assert segments[original] == segments[number]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=9, unique=True), st.integers(1, 3))
def test_a_stretch_is_measured_as_a_whole(sizes: list[int], between: int) -> None:
    stretch = [str(size) for size in sizes]
    segments = [*stretch, *["and"] * between, *stretch]
    words = np.array([*sizes, *[1] * between, *sizes])
    before, behind = measure_repeats(originals(segments), words)
    start, end, total = len(stretch), len(stretch) + between, sum(sizes)
    assert before[end:].tolist() == behind[:start].tolist() == [total] * start
    assert before[: start + 1].tolist() == [0] * (start + 1)
    assert behind[end:].tolist() == [0] * start


@given(texts)
def test_what_stands_once_is_measured_as_nothing(segments: list[str]) -> None:
    before, behind = measure_repeats(originals(segments), np.ones(len(segments)))
    for number, segment in enumerate(segments):
        assert (before[number] > 0) == (segment in segments[:number])
        if segments.count(segment) == 1:
            assert behind[number] == 0
    assert len(before) == len(behind) == len(segments)


@given(documents(6), st.data())
def test_of_spans_that_say_the_same_one_stays(text: str, data: st.DataObject) -> None:
    reading = read_text(normalize(text))
    flags = st.lists(st.booleans(), min_size=len(reading), max_size=len(reading))
    body, protected = (np.array(data.draw(flags), dtype=bool) for _ in range(2))
    spans = quoted_spans(reading.text)
    needed = list(needed_spans(reading, spans, body, protected))
    must_stay = overlaps(reading, needed)
    stays = body | (must_stay & protected)
    kept = {
        reading.text[slice(*span)] for span in spans if not overlaps(reading, [span])[~stays].any()
    }
    for span in spans:
        if (body | protected)[overlaps(reading, [span])].all():
            assert reading.text[slice(*span)] in kept
    assert (
        len({reading.text[slice(*span)] for span in needed}) == len(needed) or not protected.all()
    )


@given(html_pages())
def test_a_page_that_says_all_twice_keeps_its_promises(html: str) -> None:
    promises.check_page(html + "</a></b></div></p>" + html)


POST = "The gauge at the mill showed two metres and ten at noon, and it is still rising, I fear."
ANSWER = "Then the road to the ferry will be under water before the evening, as it was last year."


@pytest.mark.parametrize("marks", ["{}", "“{}”"])
def test_what_a_post_quotes_of_another_stays_once_at_least(marks: str) -> None:
    said = marks.format(POST)
    page = f"""<body><h1>Flood watch</h1><div class="post"><p>{said}</p></div>
<div class="post"><blockquote>{said}</blockquote><p>{ANSWER}</p></div></body>"""
    cleaned = clean(page, format="html")
    assert POST in cleaned
    assert ANSWER in cleaned
    assert quotations(said) == [] or POST in quotations(cleaned)


@pytest.mark.parametrize("said", [POST, f"“{POST}”"])
def test_nothing_must_stay_twice(said: str) -> None:
    page = f"<blockquote>{said}</blockquote><p>{ANSWER}</p><blockquote>{said}</blockquote>"
    decision = decide_page(page, Options(threshold=1))
    assert decision.quoted.tolist() == decision.kept.tolist() == [True, False, False]


def test_a_headline_may_go_if_what_it_quotes_stays() -> None:
    page = f"<p>“{POST}” That is what she said.</p><p>{ANSWER}</p><p>Heard: “{POST}”</p>"
    decision = decide_page(page, Options(threshold=1))
    assert decision.quoted.tolist() == [True, False, False]


def test_a_quotation_that_goes_on_stays_where_it_stands() -> None:
    """Items that one quotation holds together say more than each for itself."""
    spoken = f"<ul><li>“{POST}<li>{ANSWER}”</ul>"
    other = f"<ul><li>“{POST}<li>Never!”</ul>"
    twice, altered = (
        decide_page(f"{spoken}<hr>{again}", Options(threshold=1)) for again in (spoken, other)
    )
    assert twice.quoted.tolist() == [True, True, False, False]
    assert altered.quoted.all()
