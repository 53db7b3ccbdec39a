"""The pictures of the site: what they show is what the library does."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from docs.pictures import GOES, HTML_PAGE, PICTURES, QUOTED, STAYS, TEXT_PAGE, source_of
from docs.svg import Drawing, shortened
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import Kind, separate

SVG = "{http://www.w3.org/2000/svg}"
ANYTHING = st.text(st.characters())


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> str:
    return PICTURES[request.param]()


def numbers(element: ET.Element) -> Iterator[tuple[float, float]]:
    """Yield the places that an element names."""
    given = element.attrib
    if element.tag == f"{SVG}rect":
        x, y = float(given["x"]), float(given["y"])
        yield from ((x, y), (x + float(given["width"]), y + float(given["height"])))
    elif element.tag == f"{SVG}text":
        yield float(given["x"]), float(given["y"])
    elif element.tag == f"{SVG}polyline":
        for point in given["points"].split():
            x, y = map(float, point.split(","))
            yield x, y


def test_a_picture_is_drawn_alike_each_time_and_within_its_sheet(
    picture: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["picture"]
    assert PICTURES[name]() == picture
    root = ET.fromstring(picture)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    places = list(itertools.chain.from_iterable(map(numbers, root)))
    assert len(places) > 10
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)


@pytest.mark.parametrize(
    ("picture", "page"), [("scores-text", TEXT_PAGE), ("scores-html", HTML_PAGE)]
)
def test_each_segment_has_a_bar_as_long_as_its_score(picture: str, page: str) -> None:
    root = ET.fromstring(PICTURES[picture]())
    segments = separate(source_of(page)).segments
    bars = [rect for rect in root.iter(f"{SVG}rect") if len(rect)]
    assert [rect[0].text for rect in bars] == [f"{segment.score:.3f}" for segment in segments]
    tracks = [rect for rect in root.iter(f"{SVG}rect") if not len(rect)][1:]
    for segment, bar, track in zip(segments, bars, tracks, strict=True):
        share = float(bar.attrib["width"]) / float(track.attrib["width"])
        assert share == pytest.approx(max(segment.score, 0.01), abs=0.001)
        expected = STAYS if segment.score >= 0.5 else QUOTED if segment.kept else GOES
        assert bar.attrib["fill"] == expected
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert [text for text in texts if text in Kind.__members__] == [
        segment.kind.value for segment in segments
    ]


@given(ANYTHING, ANYTHING)
def test_any_text_can_be_written(text: str, note: str) -> None:
    drawing = Drawing(10, 10, text)
    drawing.text(1, 1, text)
    drawing.bar(1, 1, 1, 1, "red", note=note)
    root = ET.fromstring(drawing.svg())
    written = root.find(f"{SVG}text")
    assert written is not None
    if text.isprintable() and text.isascii():
        assert (written.text or "") == text


@given(ANYTHING, st.integers(1, 20))
def test_what_is_shortened_is_so_long_at_most_and_on_one_line(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert len(short.splitlines()) <= 1
    if len(" ".join(text.split())) <= longest:
        assert short == " ".join(text.split())
