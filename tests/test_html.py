"""HTML: how pages are read, what stays of them, and the promises."""

from __future__ import annotations

import html as entities
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import Kind, clean, pages, separate
from boilerkill.options import Options
from boilerkill.pages import decide_page
from boilerkill.passes import passes_over
from boilerkill.read.encoding import decode_html
from boilerkill.read.html import read_html
from quotation_finder import nested_quotations
from strategies import CORPUS, any_bytes, any_phrase, documents, html_pages, options, prose

ARTICLE = """<!DOCTYPE html>
<html lang="en"><head><title>The lamp at Gannet Point – The Harbour Post</title>
<style>p { color: red }</style><script>var menu = "<p>Home</p>";</script></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li><li><a href="/contact">Contact</a></li></ul></nav>
<main><article class="post">
<h1>The lamp at Gannet Point</h1>
<p class="byline">By <a rel="author" href="/ann">Ann Lee</a> | May 31, 2024</p>
<p>The keeper’s cottage, locked since the lamp went electric, opens in June as a reading room,
and everybody in the village has been asked to bring a book that they will not miss.</p>
<p>“My father read by that lamp,” said Ada Quill, who is 81 and lives next door. “He had no
other light, and he would not have wanted one.”</p>
<p>Visitors may borrow one book a week. The room is heated by a stove that came out of a wreck,
and it will be open until the swallows leave.</p>
<blockquote>No dogs.</blockquote>
<p>The council pays for the roof; the rest is done by neighbours on Saturdays.</p>
</article>
<aside class="related"><h3>Related stories</h3><ul>
<li><a href="/1">Harbour wall to be repaired by autumn</a></li>
<li><a href="/2">“Never again,” says the ferryman</a></li></ul></aside>
<div class="share-buttons"><a href="/f">Facebook</a> <a href="/t">Twitter</a></div>
</main>
<footer><p>© 2024 The Harbour Post. All rights reserved.</p></footer>
<div hidden>Subscribe to our newsletter, it is full of news.</div>
</body></html>"""

BODY = (
    "The keeper’s cottage, locked",
    "“My father read by that lamp,”",
    "Visitors may borrow one book",
    "No dogs.",
    "The council pays for the roof;",
)
FURNITURE = ("Home", "Ann Lee", "Related stories", "Facebook", "© 2024", "newsletter", "color")

READ = {
    "<p>one<p>two": "one\n\ntwo",
    "<h1>A</h1>text<h2>B</h2>": "A\n\ntext\n\nB",
    "one<br>two": "one\ntwo",
    "<ul><li>one<li>two</ul>three": "- one\n- two\n\nthree",
    "<ol start=3><li>one<li>two</ol>": "3. one\n4. two",
    "<ul><li>a<ul><li>b</ul><li>c</ul>": "- a\n\n- b\n\n- c",
    "<table><tr><td>a<td>b<tr><td>c<td>d</table>": "a | b\nc | d",
    "<pre>if x:\n    y\n</pre>": "if x:\n    y",
    "<p>a<b>b</b>c <i> d</i></p>": "abc d",
    "<div>a<div>b</div>c</div>": "a\n\nb\n\nc",
    "&lt;p&gt; &amp;amp; &eacute;": "<p> &amp; é",
    "<p>x<script>y</script><style>z</style><!-- c -->": "x",
    "<p hidden>x</p><p style='display: none'>y</p><p>z": "z",
    "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>": "漢",
    "he said <q>no</q>": "he said “no”",
    "<noscript><p>" + "A longer text, for want of a script. " * 60 + "</p></noscript><p>x": (
        "A longer text, for want of a script. " * 60
    ).strip()
    + "\n\nx",
    "<p>a <": "a <",
    "<p>a --> b<!": "a --> b",
    "<p>re\xadply a \xad b": "reply a b",
    # A star, and a hyphen, that were read as windows-1252.
    "<p>â\xad\x90 reÂ\xadply": "⭐ reply",
    "": "",
    "just text": "just text",
    # XML.
    '<?xml version="1.0"?><html><head><title/><style/></head><body>a<script src="x"/> b</body></html>': "a b",
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><iframe src="x"/>a<video/>b</body></html>': "ab",
    # Words that style sets apart, and those that it doesn't.
    "<li><span>Weight</span><span>1.2 kg</span>": "- Weight 1.2 kg",
    "<b>9,000</b><i>crossings</i>": "9,000 crossings",
    "<span>Ann Lee</span><span>Oslo, <i>Norway</i></span><span>Bo Ek</span>": "Ann Lee Oslo, Norway Bo Ek",
    "<span><b>Material</b></span><em><i>Beech</i></em>": "Material Beech",
    "<b>It rained.</b><b>It stopped.</b>": "It rained. It stopped.",
    "<x-p>one</x-p><x-p>two</x-p><b>x</b><x-p>three</x-p>": "one twoxthree",
    "<span>T</span><b>he</b> <b>bold</b>ly <i>un</i><b>done</b>": "The boldly undone",
    "<i>H</i><i>2</i><i>O</i>, CO<b>2</b>, <b>km</b><sup>2</sup>, <b>3</b><i>rd</i>": "H2O, CO2, km2, 3rd",
    "".join(f"<span class=l>{letter}</span>" for letter in "HeLLo5"): "HeLLo5",
    "<code><b>get</b><b>Name</b></code> <pre><i>10</i><i>rem</i></pre>": "getName\n\n10rem",
    # Formulas.
    "<p>if <math><mi>x</mi> <mo>=</mo> <mn>2</mn></math>, then": "if x=2, then",
    '<p>of <math alttext="{\\displaystyle \\frac{1}{2}}"><mn>1</mn><mn>2</mn></math>.': "of \\frac{1}{2}.",
    "<p>a <math><semantics><mi>y</mi><annotation>z</annotation></semantics></math> b": "a y b",
    "<p><i class=katex-mathml><math><mi>x</mi></math></i><i class=katex-html>x</i>": "x",
    '<p>c <i class="mwe-math-mathml-inline" hidden><math alttext="c"></math></i><img alt="c">': "c c",
    "<p>a <math hidden><mi>x</mi></math> b": "a b",
    "<p>x<noembed><b>y</b></noembed><noframes><p>z</noframes>": "x",
}


@pytest.mark.parametrize("source", READ)
def test_reading(source: str) -> None:
    assert read_html(source).reading.text == READ[source]


def test_an_article() -> None:
    text = clean(ARTICLE, format="html")
    assert [start for start in BODY if start not in text] == []
    assert [word for word in FURNITURE if word in text] == []


def test_what_went_is_named() -> None:
    document = separate(ARTICLE, format="html")
    kinds = {segment.text: segment.kind for segment in document.segments if not segment.kept}
    assert kinds["By Ann Lee | May 31, 2024"] is Kind.BYLINE
    assert kinds["Related stories"] is Kind.RELATED
    assert kinds["Facebook Twitter"] is Kind.SHARE
    assert kinds["© 2024 The Harbour Post. All rights reserved."] is Kind.NOTICE
    assert document.title == "The lamp at Gannet Point"
    assert document.byline.authors == ["Ann Lee"]
    assert document.byline.published == "2024-05-31"


def test_what_measurements_add_makes_the_log_odds() -> None:
    from boilerkill.attribution import contributions
    from boilerkill.options import Options
    from boilerkill.pages import decide_page

    decision = decide_page(ARTICLE, Options())
    table, trees = decision.verdict.table, decision.verdict.trees
    added = contributions(trees, table).sum(axis=1)
    assert (added + trees.base).tolist() == pytest.approx(decision.odds.tolist())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>café".encode(), "<p>café"),
        ('<meta charset="windows-1251"><p>Привет'.encode("cp1251"), None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">猫'.encode("cp932"), None),
        ('<?xml version="1.0" encoding="euc-kr"?>고양이'.encode("cp949"), None),
        ("<meta charset=utf-16><p>é".encode(), "<meta charset=utf-16><p>é"),
        ("<p>é".encode("utf-16"), "<p>é"),
        ("<meta charset=nonsense><p>naïve déjà vu".encode("latin-1"), None),
    ],
)  # fmt: skip
def test_encodings(source: bytes, text: str | None) -> None:
    decoded = decode_html(source)
    if text is not None:
        assert decoded == text
    assert "\ufffd" not in decoded
    assert any(word in decoded for word in ("Привет", "猫", "고양이", "é"))


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize(
    "page",
    [
        "<html lang=pl><p>W piątek, źle, już śnieg.",
        '<html class=x xml:lang="cs-CZ"><p>Šťastné žně, příští řeč',
        "<html lang=hu><p>Péntek este gyűlt össze, később",
    ],
)
def test_what_encoding_is_not_declared_is_told_by_the_language(page: str, encoding: str) -> None:
    assert decode_html(page.encode(encoding)) == page
    assert decode_html(page.encode()) == page


def test_wrong_types() -> None:
    with pytest.raises(TypeError):
        clean(3, format="html")  # type: ignore[arg-type]


@given(html_pages())
def test_promises(source: str) -> None:
    text = clean(source, format="html")
    assert clean(text) == text
    document = separate(source, format="html")
    assert document.text == text
    whole = promises.whole_text(source, format="html")
    promises.assert_joined(promises.all_texts(document), whole)
    promises.assert_joined(promises.kept_texts(document), text)
    assert promises.is_subsequence(promises.squeeze(text), promises.squeeze(whole))


@given(html_pages(), options())
def test_what_comes_out_stays_under_any_options(source: str, chosen: dict[str, Any]) -> None:
    text = clean(source, **{**chosen, "format": "html"})
    assert clean(text, **chosen) == text


@given(html_pages(), options())
def test_of_a_large_page_the_same_is_told(page: str, chosen: dict[str, Any]) -> None:
    chosen = {**chosen, "format": "html"}
    small = separate(page, **chosen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "LARGE", 0)
        large = separate(page, **chosen)
        assert large.to_dict() == small.to_dict()
        assert list(map(str, large.explain())) == list(map(str, small.explain()))


@given(any_bytes())
def test_total_on_bytes(source: bytes) -> None:
    text = clean(source, format="html")
    assert clean(text) == text


@given(st.lists(prose() | any_phrase(), min_size=2, max_size=6), html_pages())
def test_the_items_of_a_list_stand_or_fall_together(items: list[str], page: str) -> None:
    listed = "".join(f"<li>{entities.escape(item)}</li>" for item in items)
    decision = decide_page(f"<ol>{listed}</ol><hr>{page}", Options())
    assert len(set(decision.body[: len(items)].tolist())) == 1


@given(st.lists(documents(2), min_size=1, max_size=5))
def test_quotations_in_paragraphs_are_kept(texts: list[str]) -> None:
    source = "".join(f"<p>{entities.escape(text)}</p>" for text in texts)
    cleaned = clean(source, format="html")
    whole = read_html(source).reading.text
    assert [item for item in nested_quotations(whole) if item not in cleaned] == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # Three dots in another encoding, which Python takes for white space.
        ("<p>“Wait\x85</p>", "“Wait…"),
        ("<p>\x85 wait</p>", "… wait"),
        ("<pre>“Wait\x85\n</pre>", "“Wait…"),
        ("<p>“Wait,”<br>\x85<br>he said.</p>", "“Wait,”\n…\nhe said."),
        ("<p>\u2003\x1c Wait. \u3000\xa0</p>", "Wait."),
    ],
)
def test_white_space_around_text_and_what_is_none(html: str, text: str) -> None:
    assert clean(html, format="html", threshold=0) == text


@given(html_pages())
def test_what_stays_of_a_page_is_told_as_the_page_was_judged(source: str) -> None:
    page = passes_over(source, "html", Options())[0]
    texts = page.reading.segments
    judged = [(texts[number], page.score(number)) for number in page.kept.nonzero()[0].tolist()]
    for segment in separate(source, format="html").segments:
        # The text passes may take a part of it away.
        assert not segment.kept or any(
            segment.text in text and segment.score == score for text, score in judged
        )


def test_what_markup_says_is_quoted_is_told_whatever_goes_behind_it() -> None:
    folder = CORPUS / "en-html-wordpress-classic"
    document = separate((folder / "page.html").read_bytes())
    (quote,) = [one for one in document.segments if one.text.startswith("Never pull a dry strand")]
    assert quote.kept
    assert quote.quoted


# Furniture to a text, but what people quote on a page.
QUOTED_LINE = "Your email address will not be published."
PARAGRAPHS = [
    "The harbour board asked the islanders for their opinion, and put a form on its page that "
    "nobody could send before the first of May, when the matter had been decided.",
    "Of four hundred who tried, three hundred wrote a letter instead. The board has kept them in a "
    "box below the stairs, where the clerk reads one a day, and answers none.",
    "A new form will be ready by the autumn, said the board, and it will have a button. Until then "
    "the islanders may talk to the captain, who has been told to listen.",
]


def test_what_a_button_quotes_stays() -> None:
    question = "Who said “we are late” to the captain?"
    menu = "".join(f"<li><a href='/{word}'>{word}</a>" for word in ("home", "news", "contact"))
    page = f"<ul>{menu}</ul><p>{PARAGRAPHS[0]}</p><div><button>{question}</button></div>"
    assert question in clean(page, format="html")


@pytest.mark.parametrize("around", ["footer", "aside", "section"])
def test_a_quotation_stays_if_a_text_pass_takes_what_says_the_same(around: str) -> None:
    first, *others = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    source = (
        f"<article>{first}<p>{QUOTED_LINE}</p>{''.join(others)}</article>"
        f"<{around}><blockquote>{QUOTED_LINE}</blockquote></{around}>"
    )
    assert QUOTED_LINE in clean(source, format="html")


def test_a_quotation_is_not_told_to_be_there_by_words_before_it() -> None:
    first, second, third = PARAGRAPHS
    source = (
        f"<article><p>{first}</p><p>Below the form stood these words: {QUOTED_LINE} Nobody knew "
        f"why they did.</p><blockquote>{second}</blockquote><p>{third}</p>"
        f"<blockquote>{QUOTED_LINE}</blockquote><p>{first}</p></article>"
    )
    assert clean(source, format="html").count(QUOTED_LINE) == 2


@pytest.mark.parametrize("nested", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<a href=x>"])
def test_many_nested_elements(nested: str) -> None:
    assert "rain" in clean(nested * 50_000 + "rain", format="html")


@pytest.mark.parametrize(
    ("form", "kept"),
    [("<form>{page}</form>", True), ("{page}<form>{last}</form>", False)],
)
def test_a_form_around_the_page_is_no_form(form: str, kept: bool) -> None:
    prose = "<p>The ferry was late again, and nobody on the quay was surprised by that.</p>" * 5
    last = "<div class=footer>Say “ahoy” <a href=/>here</a></div>"
    source = form.format(page=prose + last if kept else prose, last=last)
    decision = decide_page(source, Options())
    number = next(n for n, block in enumerate(decision.page.blocks) if "ahoy" in block.text)
    assert bool(decision.quoted[number]) is kept


def test_quotations_in_code_are_kept() -> None:
    source = '<p>Send it from a number of yours.</p><pre>send(\n    sender="0123",\n)</pre>'
    assert decide_page(source, Options()).quoted.tolist() == [False, True]


@pytest.mark.parametrize(
    ("html", "kept"),
    [("« <a href=/a>Back</a> | <a href=/b>On</a> »", False), ("« a <a href=/a>Back</a> »", True)],
)
def test_signs_around_links_say_nothing_beside_them(html: str, kept: bool) -> None:
    assert decide_page(f"<div>{html}</div>", Options()).quotes.tolist() == [kept]
