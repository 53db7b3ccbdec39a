"""HTML as a reader sees it: lists, code, tables and words whole; and in whichever encoding."""

from __future__ import annotations

import html as entities
from encodings.aliases import aliases as codecs_aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import clean
from boilerkill.read.encoding import decode_html
from boilerkill.read.html import read_html

LISTS = {
    "<ul>\n<li>\n a\n</li>\n<li> b </li>\n</ul>": "- a\n- b",
    "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>": "- a\nb\n- c",
    "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>": "- a\n- b\n\n1. c",
    "<ol><li>a<li value=5>b<li>c</ol>": "1. a\n5. b\n6. c",
    "<ol start=-2><li value=x>a</ol>": "1. a",
    "<ol start=0><li>a<li>b<li value=0>c</ol>": "0. a\n1. b\n0. c",
    "<ul><li></li><li>a</li></ul><p>b</p>": "- a\n\nb",
    "<ul><li><div></div></li></ul><p>a</p>": "a",
    "<dl><dt>a<dd>b</dl>": "a\n\nb",
}

CODE = {
    "<pre>  a\n\tb\n\n  c\n</pre>": "  a\n\tb\n\n  c",
    "<p>x</p><pre>\n    a\n  b</pre>": "x\n\n    a\n  b",
    "<pre>\na<br>b</pre>": "a\nb",
    "<pre><code>a <b>b</b>\n  c</code></pre>": "a b\n  c",
    "<pre><div>a</div><div>b</div></pre>": "a\nb",
    "<pre><span>a</span>\n<span>  b</span></pre>": "a\n  b",
    "<p>Use <code>a  b</code> so.": "Use a b so.",
    "<pre>&lt;p&gt; &amp;amp;</pre>": "<p> &amp;",
}

TABLES = {
    "<table><thead><tr><th>A<th>B<tbody><tr><td>1<td>2</table>": "A | B\n1 | 2",
    "<table><caption>t</caption><tr><td>a<td>b</table>": "t\na | b",
    "<table><tr><td>a<br>b</td><td>c</td></tr></table>": "a\nb | c",
    "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>": "a\nb\nc",
    "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>": "a | b\n\nc",
    "<table><tr><td></td></tr></table>a": "a",
}

BREAKS = {
    "one<br/>\n two<BR>three": "one\ntwo\nthree",
    "one<br><br>two": "one\n\ntwo",
    "<p><br>one<br></p>": "one",
    "<h1>a<br>b</h1>": "a\nb",
    "<p>a<hr>b": "a\n\nb",
    "<p>a\r\nb\tc": "a b c",
}

WORDS = {
    "un<b>believ</b>able": "unbelievable",
    "a <b>b</b>, c": "a b, c",
    "<b>a</b>\n<b>b</b>": "a b",
    "<p>a<b> </b>b": "a b",
    "<p>a <b>  b</b>": "a b",
    "<span>H</span>e": "He",
    "H<sub>2</sub>O": "H2O",
    "<a href=x>a</a><a href=y>b</a>": "a b",
    "<a href=x>a</a>, <a href=y>b</a>s": "a, bs",
    "<p>a<!-- x -->b<script>c</script>d": "abd",
    "<p>a<svg><text>x</text></svg>b": "ab",
    "<div>a</div><div>b</div>": "a\n\nb",
    "<p>a<div>b</p>c</div>": "a\n\nb\n\nc",
    "<button>a</button><button>b</button>": "a\n\nb",
    "<details><summary>a</summary>b</details>": "a\n\nb",
    "<figure><figcaption>a</figcaption></figure>b": "a\n\nb",
    "super<wbr>cali": "supercali",
    "super&shy;cali\u00adfragi": "supercalifragi",
    "<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>へ": "東京へ",
    "<ruby><rb>漢</rb><rp>（</rp><rt>かん</rt><rp>）</rp></ruby>字": "漢字",
}

ENTITIES = {
    "a&nbsp;b": "a b",
    "x&#x2014;y &hellip;": "x—y …",
    "&copy &lt": "© <",
    "&amp;lt; &amp;amp;": "&lt; &amp;",
    "&nosuch; R&D": "&nosuch; R&D",
    "&#150;": "–",
    "&ldquo;a&rdquo;": "“a”",
    "&#0;&#x110000;a": "��a",
}

SHOWN = LISTS | CODE | TABLES | BREAKS | WORDS | ENTITIES


@pytest.mark.parametrize("source", SHOWN)
def test_what_a_reader_sees(source: str) -> None:
    assert read_html(source).reading.text == SHOWN[source]


# Elements that stand in a line of text, and those that stand by themselves.
INLINE = ("b", "i", "em", "span", "code", "sup", "font", "time", "abbr", "ins", "x-y")
APART = ("p", "div", "h2", "section", "blockquote", "article", "address", "center", "dd", "td")

words = st.lists(st.text("abcxyzäñ漢字", min_size=1, max_size=5), min_size=1, max_size=6)


@given(words, st.sampled_from(INLINE))
def test_inline_elements_neither_join_nor_split_words(texts: list[str], tag: str) -> None:
    inside = "".join(f"{text}<{tag}>{text}</{tag}>" for text in texts)
    between = " ".join(f"<{tag}>{text}</{tag}>" for text in texts)
    assert read_html(f"<p>{inside}").reading.text == "".join(text * 2 for text in texts)
    assert read_html(f"<p>{between}").reading.text == " ".join(texts)


@given(words, st.sampled_from(APART))
def test_blocks_stand_apart(texts: list[str], tag: str) -> None:
    source = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    assert read_html(f"<body>{source}").reading.text.split() == (
        ["".join(texts)] if tag == "td" else texts
    )


@given(st.lists(st.text("ab <>&\"'", max_size=8), min_size=1, max_size=5))
def test_code_keeps_its_lines(lines: list[str]) -> None:
    code = "\n".join(lines)
    shown = read_html(f"<pre>\n{entities.escape(code)}</pre>").reading.text
    kept = [line.rstrip() for line in shown.split("\n")]
    given_lines = [line.rstrip() for line in "\n".join(line.rstrip() for line in lines).split("\n")]
    squeezed = "\n".join(given_lines).strip("\n")
    while "\n\n\n" in squeezed:
        squeezed = squeezed.replace("\n\n\n", "\n\n")
    assert "\n".join(kept) == squeezed


CYRILLIC = "Река поднялась на два метра до полудня, и нижний город оказался отрезан от моста."
JAPANESE = "川の水は正午までに二メートル上がり、下町は橋から切り離された。役場は学校を開けた。"
CHINESE = "正午之前河水上涨了两米，下城与桥梁之间的道路中断。镇政府开放了学校供居民避难。"
KOREAN = "강물은 정오 전에 이 미터 불어났고 아랫마을은 다리와 끊겼다. 면사무소는 학교를 열었다."
FRENCH = "La rivière est montée de deux mètres avant midi ; « jamais vu », dit l’éclusière."

# The label that a page gives, the encoding that browsers read it as, and a text.
ENCODED = (
    ("windows-1251", "cp1251", CYRILLIC),
    ("koi8-r", "koi8-r", CYRILLIC),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc-jp", JAPANESE),
    ("gb18030", "gb18030", CHINESE),
    ("gb2312", "gb18030", CHINESE),
    ("euc-kr", "cp949", KOREAN),
    ("iso-8859-1", "cp1252", FRENCH),
    ("utf-8", "utf-8", CYRILLIC),
)
DECLARED = (
    '<meta charset="{}">',
    "<META CHARSET={}>",
    '<meta http-equiv="Content-Type" content="text/html; charset={}">',
    "<?xml version='1.0' encoding='{}'?>",
)


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(("label", "encoding", "text"), ENCODED, ids=lambda value: value[:9])
def test_declared_encodings(label: str, encoding: str, text: str, declared: str) -> None:
    page = f"<!DOCTYPE html>{declared.format(label)}<body><p>{text}</p></body>"
    if declared.startswith("<?"):
        page = f"{declared.format(label)}<!DOCTYPE html><body><p>{text}</p></body>"
    assert clean(page.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1251"])
def test_byte_order_marks_win(encoding: str, label: str) -> None:
    page = f"<!DOCTYPE html><meta charset={label}><body><p>{CYRILLIC}</p></body>"
    assert clean(page.encode(encoding)) == CYRILLIC


@pytest.mark.parametrize("label", ["windows-1252", "utf-16", "shift_jis", "no-such", "hex", ""])
def test_wrong_declarations_of_utf8(label: str) -> None:
    page = f"<!DOCTYPE html><meta charset='{label}'><body><p>{CYRILLIC}</p></body>"
    assert clean(page.encode()) == CYRILLIC


@pytest.mark.parametrize("label", ["utf-8", "utf-16", "no-such", "rot13"])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1251", CYRILLIC), ("cp932", JAPANESE), ("gb18030", CHINESE)],
    ids=lambda value: value[:9],
)
def test_wrong_declarations_of_others(label: str, encoding: str, text: str) -> None:
    page = f"<!DOCTYPE html><meta charset={label}><body><p>{text}</p></body>"
    assert clean(page.encode(encoding)) == text


@pytest.mark.parametrize("label", ["euc-kr", "big5", "iso-2022-jp"])
def test_declarations_that_the_bytes_belie(label: str) -> None:
    page = f"<!DOCTYPE html><meta charset={label}><body><p>{CYRILLIC}</p></body>"
    assert clean(page.encode("cp1251")) == CYRILLIC


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_a_mark(encoding: str) -> None:
    assert clean(f"<html><body><p>{CYRILLIC}</p></body>".encode(encoding)) == CYRILLIC


def all_codecs() -> list[str]:
    """Return the names of everything that Python encodes, what is no encoding of text too."""
    return sorted(set(codecs_aliases.values()))


@pytest.mark.parametrize("name", all_codecs())
def test_every_name_that_python_knows_is_safe(name: str) -> None:
    page = f"<!DOCTYPE html><meta charset={name}><body><p>{FRENCH}\\x".encode("cp1252")
    assert isinstance(decode_html(page), str)


def test_a_declaration_in_a_comment_or_too_late_says_nothing() -> None:
    text = FRENCH.encode("cp1252")
    late = b"<p>" + b"x" * 5_000 + b"<meta charset=shift_jis><p>" + text
    assert FRENCH in decode_html(late)
    comment = b"<!-- <meta charset=shift_jis> --><meta charset=windows-1252><p>" + text
    assert FRENCH in decode_html(comment)
