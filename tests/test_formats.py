"""What is HTML, what is text, and that nothing which comes out is ever taken for HTML again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import promises
from boilerkill import Kind, clean, separate
from boilerkill.read.formats import HEAD, INDENT, looks_like_html
from strategies import any_bytes, documents, html_pages, listings, options

PROSE = (
    "The ferry left an hour late, for the harbour master had lost the key to the fuel store again."
)

HTML = {
    "a page": "<!DOCTYPE html>\n<html><head><title>Rain</title></head><body>It rained.</body></html>",
    "an old doctype": '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<P>It rained.',
    "a doctype and text": "<!doctype html>It rained.",
    "a doctype and a title": "<!doctype html>\n<title>Rain</title>It rained.",
    "an html element": "<html><body>It rained.",
    "a body": "<body class=home>It rained.",
    "a head": "<head><title>Rain</title></head>It rained.",
    "capitals": "<HTML><BODY><P>It rained.</P></BODY></HTML>",
    "a byte order mark": "\ufeff<!DOCTYPE html><p>It rained.",
    "white space and a comment": "\n \n<!-- saved from x -->\n<!doctype html><html><body>Rain",
    "XHTML": '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "">\n<html xmlns="x"><body>Rain</body></html>',
    "XHTML without a doctype": '<?xml version="1.0"?>\n<html><body>It rained.</body></html>',
    "a paragraph": "<p>It rained.</p>",
    "paragraphs without ends": "<p>It rained.<p>It stopped.",
    "a heading and text with inline elements": "<h1>Rain</h1>\n<p>It <b>rained</b> &amp; stopped.</p>",
    "a list": "<ul><li>Hats</li><li>Caps</li></ul>",
    "a table": "<table><tr><td>Hats<td>Caps</table>",
    "a listing within": "<article><p>Write <code>a<b</code>.</p><pre>```\nx < y\n```</pre></article>",
    "a custom element": "<my-app><div><p>It rained.</p></div></my-app>",
    "a script first": "<script>if (a<b) document.write('<p>');</script><div>It rained.</div>",
    "text before the first paragraph": "Rain.<p>It rained all night, and the river rose.</p>",
    "a second end": "<html><body><p>It rained</p></body></html><p>and rained.</p></body></html>",
    "long": "<p>It rained.</p>" * HEAD,
    "text with breaks": "It rained.<br><br>It stopped.<br/>\n<br/>\nThe river rose.",
    "a place in bold, and a break": "<b>HULL</b> - It rained.<br />It stopped.",
    "a heading, and text with a break": "<h2>Rain</h2>It rained.<br>It stopped.",
    "a picture, and text with breaks": '<img src="a.jpg" alt="x">It rained.<br><br>It stopped.',
    "text with links": f'{PROSE} See <a href="/x">the timetable</a>. {PROSE} <img src="/1.png">',
    "one element around all": '<span class="x">It <b>rained</b>.</span>',
}

CODE = """\
<!DOCTYPE html>
<html>
<head>
<title>My page</title>
</head>
<body>
<p>Hello, world!</p>
</body>
</html>"""

TEXT = {
    "nothing": "",
    "prose": "It rained.",
    "comparisons": "If a < b and c > d, or a <b and c> d, nothing holds.",
    "addresses": "Write to Ann <ann@example.org>, see <https://example.org/>.",
    "entities": "&lt;p&gt;It rained.&lt;/p&gt;",
    "inline elements": "It <b>rained</b> <i>again</i>.",
    "tags in sentences": "A <div> holds anything. A <p> begins a paragraph, and </p> ends it.",
    "tags that begin lines": "<div> holds anything.\n\n<p> begins a paragraph.\n<li> an item.",
    "tags in a column": "<div>\nHolds anything\n<p>\nBegins a paragraph\n<ul>\nA list\n",
    "tags in quotation marks": "“<p>x</p>” and `<div><p>x</p></div>` are HTML; (<ul><li>x</ul>) is, too.",
    "a sentence that begins with a doctype": "<!DOCTYPE html> must stand in the first line.",
    "a sentence that begins with a tag": "<html> is the root of all.",
    "an element, and what it does": "<p>Hello</p> makes a paragraph in HTML, with space around it.",
    "Markdown with HTML": '# Rain\n\n<p align="center"><img src="x.png"></p>\n\n## How to\n\nWait for it.',
    "Markdown that begins with HTML": '<h1 align="center">Rain</h1>\n\n## How to\n\nWait for it, and dance.',
    "a block of code in Markdown": f"Such a page:\n\n```html\n{CODE}\n```\n",
    "code alone in Markdown": f"```html\n{CODE}\n```",
    "code between paragraphs": f"This is the least page:\n\n{CODE}\n\nSave it as index.html, and open it.",
    "code above a paragraph": f"{CODE}\n\nSave this as index.html, and open it in any browser that you have.",
    "RSS": '<?xml version="1.0"?><rss><channel><description>&lt;p&gt;Rain&lt;/p&gt;</description></channel></rss>',
    "RSS without a declaration": "<rss><channel><description><![CDATA[<p>a</p><p>b</p>]]></description></channel></rss>",
    "Atom": '<feed xmlns="x"><entry><content type="xhtml"><div><p>Rain</p></div></content></entry></feed>',
    "another XML": '<?xml version="1.0"?>\n<!DOCTYPE article>\n<article><p>It rained.</p></article>',
    "SVG": "<svg><text>It rained.</text></svg>",
    "a comment that nothing ends": "<!-- begins a comment <p>It rained.</p>",
    "indented": INDENT + CODE,
    "breaks in sentences": "A <br> breaks a line, and <br><br> leaves one empty.",
    "breaks in quotation marks": 'A line ends with "<br>" or (<br/>), and with nothing else.',
    "lines with breaks": "It rained.<br>\nIt stopped.<br>The river\nrose.",
    "paragraphs with markup": f'{PROSE}<br><br>{PROSE}\n\n<a href="/x">See the timetable.</a>',
    "a link as an example": 'Write <a href="/x">x</a> for a link.',
    "Markdown in a line": f'[a](/b)<br><br>{PROSE} <a href="/x">x</a>',
    "types": f"A List<a> of Map<b, i> holds all. {PROSE} {PROSE}",
    "another language": f"<row><b>x</b><br/>{PROSE}<br/></row>",
    "code in a line": f"return <T>x</T>; // {PROSE} <br><br> {PROSE}",
    "JSON": '{"text": "<b>It rained.</b><br><br>It stopped."}',
    "formatting alone": f"<b>Lead.</b> {PROSE} <i>{PROSE}</i> {PROSE}",
    "what does not end": f'{PROSE} <a href="/x">{PROSE} <br><br>',
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_html(name: str, encoding: str | None) -> None:
    source = HTML[name].lstrip("\ufeff")
    assert looks_like_html(source.encode(encoding) if encoding else HTML[name])


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text(name: str, encoding: str | None) -> None:
    source = TEXT[name]
    if encoding == "cp1252":
        source = source.replace("“", '"').replace("”", '"')
    assert not looks_like_html(source.encode(encoding) if encoding else source)


def test_auto_reads_pages_as_html_and_the_rest_as_text() -> None:
    assert clean(HTML["a heading and text with inline elements"]) == "It rained & stopped."
    assert clean(TEXT["code between paragraphs"]) == TEXT["code between paragraphs"]
    assert clean(HTML["a paragraph"], format="text") == HTML["a paragraph"]
    assert clean("It <b>rained</b>.", format="html") == "It rained."


PARAGRAPH = "<p>Rain fell all night, and the river rose by two metres before noon.</p>"
SHOWN = "<pre>" + CODE.replace("<", "&lt;") + "</pre>"


@pytest.mark.parametrize("format", ["auto", "html"])
def test_a_page_that_shows_another(format: str) -> None:
    """Code above, between and below paragraphs comes out as it is, and stays as it is."""
    for page in (
        f"<article>{PARAGRAPH * 3}{SHOWN}{PARAGRAPH}</article>",
        f"<article>{SHOWN}{PARAGRAPH * 3}</article>",
        f"<article>{SHOWN}</article>",
    ):
        text = clean(page, format=format, threshold=0)
        assert CODE in text
        assert clean(text, threshold=0) == text
        assert clean(text, format="text", threshold=0) == text


def test_code_alone_is_indented_so_that_it_stays_code() -> None:
    assert clean(f"<div>{SHOWN}</div>", threshold=0) == INDENT + CODE


def test_nothing_goes_from_a_text_that_would_be_html_without_it() -> None:
    text = f"It rained again, and then it stopped for good.\n\n{CODE}"
    assert clean(text) == text
    furniture = f"Leave a Reply\n\n{CODE}\n\n<p>It rained.</p>"
    assert not looks_like_html(furniture) or clean(clean(furniture)) == clean(furniture)


sources = st.one_of(
    listings(), html_pages(), documents(4), listings().map(lambda text: f"<p>{text}")
)


@given(sources, options())
@example("<!DOCTYPE html><p>\n<p>\n<p>\n<blockquote>Hats\x85a 24&quot; monitor\n\n", {})
@example("<!DOCTYPE html><p>\n<p>\n<p>\n<blockquote>â\xad\x90 Hats\n\n", {})
def test_promises(source: str, chosen: dict[str, Any]) -> None:
    promises.check_separate_agrees(source, **chosen)
    promises.check_segments_make_up_the_text(source, **chosen)
    promises.check_nothing_invented(source, **chosen)
    promises.check_quotations_kept(source, **chosen)


@given(sources, options(), st.sampled_from(("auto", "html")), st.sampled_from(("auto", "text")))
def test_what_comes_out_is_text(
    source: str, chosen: dict[str, Any], first: str, second: str
) -> None:
    """Whichever way a page came to be read as one, what is left of it is text and stays as it is."""
    once = clean(source, **{**chosen, "format": first})
    assert not looks_like_html(once)
    assert clean(once, **{**chosen, "format": second}) == once


@given(any_bytes())
def test_bytes(source: bytes) -> None:
    assert not looks_like_html(clean(source))


@given(sources)
def test_keeping_every_kind_keeps_all_that_is_read(source: str) -> None:
    whole = promises.squeeze(promises.whole_text(source, keep=Kind))
    assert promises.squeeze(clean(source, keep=Kind)) == whole


def test_nothing_goes_from_a_text_of_which_html_would_be_left() -> None:
    source = (
        "Skip to content\nHome | News | Weather | Contact\n\n" + "<p>Rain fell all night.</p>\n" * 3
    )
    assert looks_like_html(source.partition("\n\n")[2])
    assert not looks_like_html(source)
    document = separate(source)
    assert document.text == source.strip()
    assert all(segment.kept for segment in document.segments)


@pytest.mark.parametrize("source", [None, 3, ["<p>x</p>"]])
def test_wrong_types(source: Any) -> None:
    with pytest.raises(TypeError, match="expected str or bytes, got"):
        looks_like_html(source)


def test_separate_tells_of_a_page() -> None:
    document = separate(f"<nav><a href=/>Home</a></nav>{PARAGRAPH * 3}")
    assert next(segment.text for segment in document.segments) == "Home"
