"""The kinds of blocks that go from a page."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from boilerkill import Kind, separate
from boilerkill.kinds import FEATURES, KINDS, kind_evidence, tell_kinds
from boilerkill.measure import measure
from boilerkill.measure.groups import Groups
from boilerkill.measure.markup import measure_markup
from boilerkill.options import Options
from boilerkill.pages import decide_page
from boilerkill.read.html import read_html
from boilerkill.trees import shipped_trees
from strategies import html_pages

# Pages of no site, to tell what words alone and what containers tell.
PAGE = """<body>
<nav class="menu"><ul>{menu}</ul></nav>
<main><article><h1>The lamp at Gannet Point</h1>
<p>The keeper’s cottage, locked since the lamp went electric, opens in June as a reading room.</p>
<p>Visitors may borrow one book a week, and nobody will ask them to bring it back on time.</p>
<figure><img src=x><figcaption>The cottage in May. Photo: Ann Lee</figcaption></figure>
</article>
<div class="share-buttons"><a href="/f">Facebook</a> <a href="/t">Twitter</a></div>
<section class="comments" id="comments"><h2>2 comments</h2><ol class="comment-list">
<li class="comment"><div class="comment-body"><p>I was there last week and the stove smokes.</p></div>
<li class="comment"><div class="comment-body"><p>It did so when my father had it, too.</p></div></ol>
<div class="comment-respond"><form class="comment-form"><p class="comment-form-author">
<label>Name *</label></p><p class="comment-form-email"><label>Email *</label></p>
<button>Post Comment</button></form></div></section>
</main>
<footer><p class="copyright">© 2024 The Harbour Post. All rights reserved.</p></footer></body>"""
MENU = ("Home", "News", "Weather", "Tide tables", "Obituaries")

TOLD = {
    "- Weather": Kind.NAVIGATION,
    "- Tide tables": Kind.NAVIGATION,
    "The cottage in May. Photo: Ann Lee": Kind.CAPTION,
    "Name *": Kind.COMMENT_FORM,
    "Post Comment": Kind.COMMENT_FORM,
    "© 2024 The Harbour Post. All rights reserved.": Kind.NOTICE,
}


def test_kinds_of_a_page() -> None:
    menu = "".join(f'<li><a href="/{item}">{item}</a>' for item in MENU)
    segments = separate(PAGE.format(menu=menu), format="html").segments
    kinds = {segment.text: segment.kind for segment in segments if not segment.kept}
    assert {text: kinds.get(text) for text in TOLD} == TOLD


@given(html_pages())
def test_what_goes_is_of_a_kind_that_can_go(html: str) -> None:
    decision = decide_page(html, Options())
    for kind, score in zip(decision.kinds, decision.body, strict=True):
        assert (kind in KINDS) == (score < decision.options.threshold)


@given(html_pages())
def test_the_evidence_has_a_column_for_each_feature(html: str) -> None:
    page = read_html(html)
    evidence, groups = measure(page.reading), Groups(page)
    words: list[Kind | None] = [None] * len(page.reading)
    table = kind_evidence(page, groups, measure_markup(page, evidence, groups), words)
    assert table.shape == (len(page.reading), len(FEATURES))
    assert np.isfinite(table).all()
    assert len(tell_kinds(table)) == len(page.reading)


def test_the_trees_look_at_what_is_measured() -> None:
    trees = shipped_trees("kind_trees")
    assert trees.features == FEATURES
    assert len(trees.feature) % len(KINDS) == 0
