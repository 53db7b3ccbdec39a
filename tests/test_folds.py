"""Tabs and folds: what a reader opens by a click is text of the page, what else is hidden is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boilerkill import clean, quotations
from boilerkill.read.html import Page, read_html
from strategies import html_pages

SHOWN = "".join(
    f"<p>{n}. Rain fell all night, and the river rose by two metres before noon.</p>"
    for n in range(40)
)
TEXT = (
    "The mill may be visited on Saturdays, “unless the river says otherwise,” as its owner puts it."
)

# Marks of what opens; each stands in a start tag.
OPENED = {
    "a tab": 'role="tabpanel"',
    "a region": 'role="region"',
    "an accordion": 'class="faq-accordion__content"',
    "a pane": 'class="TabPane"',
    "an answer": 'id="answer-3"',
}
HIDING = ("hidden", 'style="display:none"', "style='visibility: hidden; height: 0'")

OPENED_FROM_ELSEWHERE = {
    "a button before": '<button aria-controls="x fold">More</button><p>And:</p>{}',
    "a button behind": '{}<button aria-controls="fold">More</button>',
    "an opener right before": '<h3><button aria-expanded="false">When?</button></h3> {}',
    "an opener that is a link": '<a aria-expanded="false" href="#">When?</a><br>{}',
    "an opener in a column": '<div><div><b aria-expanded="true">When?</b></div>x</div>{}',
}
FOUND_BY_A_SEARCH = f'<div hidden="until-found"><p>{TEXT}</p></div>'
FOLD = f'<div id="fold" hidden><p>{TEXT}</p></div>'

# With these, what is hidden stays hidden.
CLOSED = {
    "nothing around": FOLD,
    "a menu": f'<nav><button aria-controls="fold">More</button>{FOLD}</nav>',
    "a header": f'<header><div role="tabpanel" hidden><p>{TEXT}</p></div></header>',
    "a footer": f'<footer><div class="accordion" hidden><p>{TEXT}</p></div></footer>',
    "a dialog": f'<div role="dialog" id="x" class="tab" hidden><p>{TEXT}</p></div>',
    "a dialog that a button opens": (
        f'<a aria-controls="x" aria-expanded="false">+</a><div role="dialog" id="x" hidden>{TEXT}'
        "</div>"
    ),
    "an opener further before": f'<b aria-expanded="false">When?</b><p>There.</p>{FOLD}',
    "an opener around": f'<div aria-expanded="false">When?<div>{FOLD}</div></div>',
    "a fold in what is hidden": f'<div hidden><div role="tabpanel">{TEXT}</div></div>',
}


def read(html: str) -> str:
    return read_html(SHOWN + html).reading.text


@pytest.mark.parametrize("hiding", HIDING)
@pytest.mark.parametrize("name", OPENED)
def test_what_a_click_shows_is_read(name: str, hiding: str) -> None:
    assert TEXT in read(f"<div {OPENED[name]} {hiding}><p>{TEXT}</p></div>")


@pytest.mark.parametrize("name", OPENED_FROM_ELSEWHERE)
def test_what_a_button_opens_is_read(name: str) -> None:
    assert TEXT in read(OPENED_FROM_ELSEWHERE[name].format(FOLD))


def test_what_a_search_in_the_page_finds_is_read() -> None:
    assert TEXT in read(FOUND_BY_A_SEARCH)


@pytest.mark.parametrize("name", CLOSED)
def test_what_else_is_hidden_is_not_read(name: str) -> None:
    assert TEXT not in read(CLOSED[name])


@given(html_pages())
@example("<h2>When?</h2><p>“On Saturdays,” said the owner.</p>")
def test_a_tab_reads_the_same_open_or_not(content: str) -> None:
    # Markup that is cut off would take in the ends of the tab.
    panel = '<div role="tabpanel"{}>{}</div>'
    shown, hidden = (
        told(read_html(SHOWN + panel.format(mark, content))) for mark in ("", " hidden")
    )
    assert hidden == shown


def told(page: Page) -> tuple[object, ...]:
    containers = [(each.parent, each.tag, each.own, each.around) for each in page.containers]
    return page.reading.text, [vars_of(block) for block in page.blocks], containers


def vars_of(block: object) -> tuple[object, ...]:
    names = ("text", "container", "linked", "beside_links", "links", "bold", "quoted", "tight")
    return tuple(getattr(block, name) for name in names)


@given(st.lists(st.sampled_from(["rain", "frost", "thaw"]), min_size=3, max_size=9))
def test_what_a_tab_quotes_is_kept(words: list[str]) -> None:
    quoted = f"“There will be {' and '.join(words)},” said the owner of the mill."
    page = f'{SHOWN}<div role="tabpanel" hidden><p>{quoted}</p></div>'
    assert quotations(quoted)[0] in clean(page, format="html")
