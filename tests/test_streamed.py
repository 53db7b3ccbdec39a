"""Parts of a page that arrive behind it: each is read where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boilerkill import clean
from boilerkill.read.html import read_html
from boilerkill.read.streamed import in_place

# A page, or a part of one: texts and parts in their order.
Part = list["str | Part"]

RAIN = "The rain fell all night on the valley, and nobody at the mill slept until it was over."
FROST = "By the morning there was frost on every roof, and the river had gone back to its bed."
THAW = "At noon it thawed, and all who could walk went out to look at what was left of the road."


def parts() -> st.SearchStrategy[Part]:
    texts = st.sampled_from(["rain", "<b>frost</b>", "<i>a</i> thaw", "<!-- x -->", "<hr>"])
    return st.recursive(texts.map(lambda text: [text]), nested, max_leaves=12)


def nested(inner: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    return st.lists(inner | st.sampled_from(["hail", "<u>fog</u>"]), min_size=1, max_size=4)


def whole(part: Part) -> str:
    """Return the markup of a page that is sent at once."""
    return "".join(piece if isinstance(piece, str) else whole(piece) for piece in part)


def streamed(page: Part) -> str:
    """Return the markup of a page whose parts follow it, each when all before it have been sent."""
    sent = []
    late = [page]
    for number, part in enumerate(late):
        markup = ""
        for piece in part:
            if isinstance(piece, str):
                markup += piece
            else:
                late.append(piece)
                kind = "BP"[len(late) % 2]
                markup += f'<template id="{kind}:{len(late) - 1:x}"></template>'
        sent.append(f'<div hidden="" id="S:{number:x}">{markup}</div>' if number else markup)
    return "".join(sent)


@given(parts())
def test_parts_stand_where_they_would_if_they_were_sent_at_once(page: Part) -> None:
    assert in_place(streamed(page)) == whole(page)


MARKUP = st.sampled_from(
    [
        *(f'<template id="B:{number}"></template>' for number in range(3)),
        *(f'<div hidden="" id="S:{number}">' for number in range(3)),
        *("<div>", "</div>", "<!--", "-->", "<iframe >", "</iframe>", "<plaintext>", "<p>"),
        *("rain", "frost", "thaw"),
    ]
)


@given(st.lists(MARKUP, max_size=20).map("".join))
@example('<div hidden="" id="S:0"><template id="B:0"></template>rain</div>')
@example(
    '<div hidden="" id="S:0">rain<template id="B:1"></template></div>'
    '<div hidden="" id="S:1">frost<template id="B:0"></template></div>'
)
@example('<div hidden="" id="S:0">rain</div><div hidden="" id="S:0">frost</div>')
@example('<!--<div hidden="" id="S:0">rain--><template id="B:0"></template>')
def test_whatever_is_sent_no_word_is_lost_or_doubled(html: str) -> None:
    placed = in_place(html)
    for word in ("rain", "frost", "thaw"):
        assert placed.count(word) == html.count(word)


@pytest.mark.parametrize("kind", ["B", "P"])
def test_a_late_part_is_read_in_its_place(kind: str) -> None:
    place = f'<!--$?--><template id="{kind}:1f"></template><p>Wait.</p><!--/$-->'
    page = f"""<main><p>{RAIN}</p>{place}<p>{THAW}</p></main>
<div hidden id="S:1f"><p>{FROST}</p></div><script>$RC("{kind}:1f","S:1f")</script>"""
    text = read_html(page).reading.text
    assert text.index(RAIN) < text.index(FROST) < text.index(THAW)
    assert clean(page, format="html").count(FROST) == 1


def test_a_part_without_a_place_is_read_where_it_stands() -> None:
    page = f'<main><p>{RAIN}</p></main><div hidden id="S:0"><p>{FROST}</p></div><p>{THAW}</p>'
    text = read_html(page).reading.text
    assert text.index(RAIN) < text.index(FROST) < text.index(THAW)


def test_a_hidden_element_by_another_name_stays_hidden() -> None:
    page = f'<main><p>{RAIN} {THAW}</p></main><div hidden id="S"><p>{FROST}</p></div>'
    assert FROST not in read_html(page * 20).reading.text


@pytest.mark.parametrize("sign", ["<!--", "-->", "<iframe >", '<div hidden="" id="S:1">'])
def test_a_hundred_thousand_parts_are_put_in_place(sign: str) -> None:
    count = 100_000
    places = "".join(f'<template id="B:{number:x}"></template>' for number in range(count))
    sent = "".join(f'<div hidden="" id="S:{number:x}">x</div>' for number in range(count))
    assert in_place(places + sent) == "x" * count
    assert len(in_place(sign * count + places + sent)) > count


def test_parts_in_parts_go_as_deep_as_they_like() -> None:
    count = 20_000
    page = '<template id="B:0"></template>' + "".join(
        f'<div hidden="" id="S:{number:x}">x<template id="P:{number + 1:x}"></template></div>'
        for number in range(count)
    )
    assert in_place(page) == "x" * count
