"""Documents for the properties: prose, quotations, furniture, and everything that is hostile.

A document is a list of pieces with something between them: a blank line, a line break, a space,
or nothing at all, as where a footer is glued to the last sentence.
"""

from __future__ import annotations

import html as entities
from functools import cache
from importlib import resources
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from boilerkill import Kind
from boilerkill.corpus.files import DocumentError, check_no_binary
from boilerkill.phrase_files import parse_phrases

__all__ = [
    "any_bytes",
    "documents",
    "hostile_text",
    "html_pages",
    "listings",
    "may_be_text",
    "options",
    "quotation",
    "quoted_furniture",
    "scraped_pages",
    "whole_pages",
]

CORPUS = Path(__file__).parent.parent / "corpus"

SENTENCES = (
    "Rain fell all night.",
    "The river rose by two metres before noon, and the lower town was cut off from its bridge.",
    "It’s the first time since 1954 that the ferrymen’s guild, which isn’t rich, bought a boat.",
    "Cookies are baked twice here, and nobody leaves a reply on the slate by the door.",
    "Der Fluss stieg bis zum Mittag um zwei Meter, und die Unterstadt war abgeschnitten.",
    "La rivière est montée de deux mètres avant midi ; la ville basse est restée isolée.",
    "El río creció dos metros antes del mediodía. ¿Quién lo había previsto? ¡Nadie!",
    "Il fiume è salito di due metri prima di mezzogiorno e la città bassa è rimasta isolata.",
    "O rio subiu dois metros antes do meio-dia, e a parte baixa da cidade ficou isolada.",
    "De rivier steeg vóór de middag twee meter en de benedenstad raakte afgesneden.",
    "Rzeka podniosła się o dwa metry przed południem i dolne miasto zostało odcięte.",
    "Řeka stoupla do poledne o dva metry a dolní město zůstalo odříznuté.",
    "Floden steg två meter före klockan tolv, och den nedre staden blev avskuren.",
    "Nehir öğleden önce iki metre yükseldi ve aşağı mahalle köprüden koptu.",
    "Річка піднялася на два метри до полудня, і нижнє місто було відрізане.",
    "Река поднялась на два метра до полудня, и нижний город оказался отрезан.",
    "Ο ποταμός ανέβηκε δύο μέτρα πριν από το μεσημέρι και η κάτω πόλη αποκόπηκε.",
    "ارتفع النهر مترين قبل الظهر، وانقطعت البلدة السفلى عن جسرها.",
    "הנהר עלה בשני מטרים לפני הצהריים, והעיר התחתית נותקה מן הגשר.",
    "दोपहर से पहले नदी दो मीटर बढ़ गई और निचला शहर पुल से कट गया।",
    "แม่น้ำสูงขึ้นสองเมตรก่อนเที่ยง และเมืองล่างถูกตัดขาดจากสะพาน",
    "Nước sông dâng hai mét trước buổi trưa và khu phố dưới bị cô lập.",
    "正午之前河水上涨了两米，下城与桥梁之间的道路中断。",
    "川の水は正午までに二メートル上がり、下町は橋から切り離された。",
    "강물은 정오 전에 이 미터 불어났고 아랫마을은 다리와 끊겼다.",
)

SPEECH = (
    "We are late",
    "I’m not sure it’s true,",
    "Nobody told us. We had to find out for ourselves!",
    "the dogs’ home",
    "Leave a Reply",
    "We use cookies to improve your experience.",
    "Red Hats | Blue Hats | Hat Pins | Old Hats | Wool Hats | Hats Lyon",
    "Wir haben das nicht gewusst",
    "Nous étions en retard",
    "Мы опоздали",
    "我们迟到了。",
    "",
)

MARKS = (
    ("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("«", "»"), ("« ", " »"), ("»", "«"),
    ("‹", "›"), ("「", "」"), ("『", "』"), ("《", "》"), ("‘", "’"), ('"', '"'), ('" ', ' "'),
    ("> ", ""), (">", ""), ("> > ", ""),
)  # fmt: skip

SINGLE_MARKS = (
    "“",
    "”",
    "„",
    "«",
    "»",
    "‹",
    "›",
    "「",
    "」",
    "『",
    "』",
    "《",
    "》",
    "‘",
    "’",
    '"',
    '"',
    ">",
)

# What goes wherever it stands; only a quotation saves it.
FURNITURE = (
    "Leave a Reply",
    "Your email address will not be published.",
    "Post Comment",
    "Share this:",
    "We use cookies",
    "All rights reserved",
    "Red Hats | Blue Hats | Hat Pins | Old Hats | Wool Hats | Hats Lyon",
    "By Ann Lee",
)

NOT_QUOTED = (
    'a 24" monitor',
    '24" monitor | 27" monitor | 32" monitor | TV 40" | 8" tablet | 5" phone',
    "rock ’n’ roll in the ’90s",
    "the Joneses’ boat isn’t theirs",
    "it's the dogs' home",
    "6' 2\" tall",
    "Home » News » Council",
    "« Older posts",
    "Newer posts »",
    "x > y",
)

KEYWORDS = (
    "Red Hats", "Blue Hats", "Hat Pins", "Old Hats", "Wool Hats", "Hats Lyon", "Cheap Hats Paris",
    "Hat Shop", "hats online", "buy hats", 'Hat 24"', "帽子租车", "北京帽子", "Шляпы Москва",
    "قبعات", "Hüte Köln", "O’Neill Hats", "hats & caps", "Hats (new)", "99 Hats",
)  # fmt: skip
SEPARATORS = (" | ", " • ", " · ", ", ", " / ", " - ", "\n", "; ", " » ", " > ", " ~ ", "|", "  ")

NAMES = (
    "Ann Lee",
    "José Peña",
    "Jean-Luc Picot",
    "Иван Петров",
    "王小明",
    "admin",
    "O’Brien",
    "Д. К.",
)
DATES = (
    "31 May 2024", "May 31, 2024 at 2:05 pm", "31.05.2024, 14:05", "2024-05-31T14:05:00Z",
    "2 hours ago", "2024年5月31日", "31 мая 2024", "yesterday", "٣١ مايو ٢٠٢٤",
)  # fmt: skip
NUMBERS = ("3", "0", "1,204", "12")
TITLES = (
    "The river rose again",
    "“A flood of firsts”",
    "Обзор недели",
    "雨の町",
    "5 ways to dry a hat",
)
PLACEHOLDERS = {"n": NUMBERS, "name": NAMES, "date": DATES, "title": TITLES, "any": TITLES + NAMES}

MARKUP = (
    "&amp;amp;lt;", "&amp;amp;quot;", "&quot;", "&ldquo;", "&nbsp;", "&#8220;", "&#x201C;", "&lt;b&gt;",
    "<p>", "</p>", '<a href="/">', "<br/>", "<!-- -->", "<script>", "<blockquote>", "<q>", "]]>", "&;",
)  # fmt: skip

# Direction marks, joiners, what combines, what breaks lines, surrogates, emoji in parts, and such.
ODD_CHARACTERS = (
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\ufe0f\ufe0e"
    "\u0301\u0308\u0327\u0345\u0489\u20e3\u3099\u0e33\u0f71\u1161\u11a8"
    "\x00\x01\x08\t\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f\x7f\x80\x85\x91\x93\x94\x9d\x9f\u2028\u2029"
    "\u00a0\u1680\u2003\u2009\u202f\u205f\u3000"
    "\ud800\udbff\udc00\udfff\ud83d\ude00"
    "\U0001f468\U0001f3fd\U0001f1e9\U0001f1ea\U0001f600\U000e0067\U0010ffff\ufffe\uffff\ufffd\ufffc"
    "\ue000\ue001\ue003\uf8ff"
    "İıẞßſKÅﬁﬀﷺ①½²１Ａ｜"
    "“”„«»‹›「」『』《》〈〉‘’‚‛\"'＂>|•·*#-–—…¿¡"
)

BETWEEN_PIECES = (
    "\n\n", "\n\n", "\n\n", "\n", "\n", " ", "", "\r\n", "\r\n\r\n", "\n \n", "\n\n\n\n", "\t", "  ",
    "\u00a0", "\u2028", "\u2029", "\r", "\x0b", "\x85", "\n> ", "\n\t", "\n    ",
)  # fmt: skip


@cache
def phrases() -> tuple[str, ...]:
    """Return every phrase of the phrase files, its placeholders as they stand."""
    folder = resources.files("boilerkill") / "phrases"
    files = sorted((e for e in folder.iterdir() if e.name.endswith(".txt")), key=lambda e: e.name)
    return tuple(
        phrase
        for file in files
        for role, phrase in parse_phrases(file.read_text("utf-8"))
        if role.partition(".")[0] not in ("date", "language")
    )


@cache
def any_phrase() -> SearchStrategy[str]:
    return st.sampled_from(phrases())


@cache
def any_scraped_line() -> SearchStrategy[str]:
    return st.sampled_from(scraped_lines())


@cache
def corpus_pages() -> tuple[tuple[str, ...], ...]:
    """Return the lines of each page of corpus/."""
    pages = sorted(CORPUS.glob("*/page.txt"))
    return tuple(tuple(page.read_text("utf-8").split("\n")) for page in pages)


@cache
def scraped_lines() -> tuple[str, ...]:
    """Return the lines of all pages of corpus/."""
    lines = (line for page in corpus_pages() for line in page)
    return tuple(dict.fromkeys(line for line in lines if line.strip()))


def prose() -> SearchStrategy[str]:
    return st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)


@st.composite
def quotation(draw: st.DrawFn) -> str:
    """Speech in marks: of every kind, nested, across lines, often without one of its marks."""
    opening, closing = draw(st.sampled_from(MARKS))
    inner = draw(st.sampled_from(SPEECH))
    if draw(st.integers(0, 3)) == 0:
        inner += draw(st.sampled_from((" ", "", "\n", "\n\n"))) + draw(quotation())
    if draw(st.integers(0, 5)) == 0:
        closing = ""
    elif draw(st.integers(0, 9)) == 0:
        opening = ""
    before = draw(st.sampled_from(("", "", "She said: ", "(", "— ", "He nodded, ", "word", "5")))
    behind = draw(st.sampled_from(("", " she said.", ".", ", and left.", ")", "s", " - ", "?")))
    return before + opening + inner + closing + behind


@st.composite
def quoted_furniture(draw: st.DrawFn) -> str:
    """Lines of furniture with marks strewn in, so that some are quoted and others are not."""
    words = " ".join(draw(st.lists(st.sampled_from(FURNITURE), min_size=2, max_size=5)))
    for _ in range(draw(st.integers(1, 5))):
        mark = draw(st.sampled_from(SINGLE_MARKS))
        around = draw(st.sampled_from(("{}", "{}", " {}", "{} ", " {} ", "\n{}", "{}\n", "\n{}\n")))
        at = draw(st.integers(0, len(words)))
        words = words[:at] + around.format(mark) + words[at:]
    for _ in range(draw(st.integers(0, 4))):
        words = words.replace(draw(st.sampled_from((". ", " L", " P", " S", " B", " "))), "\n", 1)
    return words


@st.composite
def phrase(draw: st.DrawFn) -> str:
    """A phrase of the phrase files as a page shows it."""
    text = draw(any_phrase())
    for name, fills in PLACEHOLDERS.items():
        while "{" + name + "}" in text:
            text = text.replace("{" + name + "}", draw(st.sampled_from(fills)), 1)
    return text + draw(st.sampled_from(("", "", "", ":", ".", " *", " »", "…", "!", " →")))


def item_list() -> SearchStrategy[str]:
    """Items with a separator between them: menus, tags, breadcrumbs, keyword footers."""
    item = st.one_of(st.sampled_from(KEYWORDS), st.sampled_from(KEYWORDS), phrase())
    items = st.lists(item, min_size=2, max_size=14)
    ends = st.sampled_from(("", "", " |", ",", " •"))
    return st.builds(
        lambda items, separator, end: separator.join(items) + end,
        items,
        st.sampled_from(SEPARATORS),
        ends,
    )


def block_of_phrases() -> SearchStrategy[str]:
    """Phrases one a line or glued together: forms, share bars, notices, bylines."""
    return st.builds(
        lambda parts, joiner: joiner.join(parts),
        st.lists(phrase(), min_size=1, max_size=6),
        st.sampled_from(("\n", "\n\n", " ", "\n", " | ", "")),
    )


def byline() -> SearchStrategy[str]:
    return st.builds(
        "{} {} {} {}".format,
        st.sampled_from(("By", "Von", "Par", "Por", "Автор:", "文/", "Posted by", "")),
        st.sampled_from(NAMES),
        st.sampled_from(("|", "·", ",", "on", "-", "")),
        st.sampled_from(DATES),
    )


def hostile_text() -> SearchStrategy[str]:
    """Anything that a str can hold, odd characters more often than chance has them."""
    odd = st.text(st.sampled_from(ODD_CHARACTERS), max_size=12)
    anything = st.text(st.characters(), max_size=20)
    latin = st.text(st.characters(max_codepoint=0x17F), max_size=20)
    markup = st.lists(st.sampled_from(MARKUP), max_size=4).map("".join)
    mixed = st.lists(st.one_of(odd, latin, markup, st.sampled_from(SPEECH)), max_size=5)
    return st.one_of(odd, anything, latin, markup, mixed.map("".join), mixed.map(" ".join))


@st.composite
def mojibake(draw: st.DrawFn) -> str:
    """Text whose UTF-8 was decoded as a one-byte encoding, once or more often."""
    text = draw(st.one_of(st.sampled_from(SENTENCES), quotation(), phrase()))
    for _ in range(draw(st.integers(1, 3))):
        text = decode_badly(text, draw(st.sampled_from(("latin-1", "cp1252", "cp1251", "cp437"))))
    return text[draw(st.integers(0, 3)) :]


def decode_badly(text: str, encoding: str) -> str:
    """Decode a text's UTF-8 byte by byte; a byte that `encoding` lacks is a control character."""
    data = text.encode("utf-8", "surrogatepass")
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in data)


def piece() -> SearchStrategy[str]:
    return st.one_of(
        prose(),
        quotation(),
        quoted_furniture(),
        phrase(),
        item_list(),
        block_of_phrases(),
        byline(),
        st.sampled_from(NOT_QUOTED),
        any_scraped_line(),
        mojibake(),
        hostile_text(),
    )


def documents(max_pieces: int = 12) -> SearchStrategy[str]:
    """Pieces of every kind with every kind of white space between them."""
    pieces = st.lists(st.tuples(piece(), st.sampled_from(BETWEEN_PIECES)), max_size=max_pieces)
    return pieces.map(lambda pairs: "".join(text + between for text, between in pairs))


@st.composite
def scraped_pages(draw: st.DrawFn) -> str:
    """Pages of corpus/ of which some lines are gone, moved, glued together or framed by others."""
    lines = list(draw(st.sampled_from(corpus_pages())))
    start = draw(st.integers(0, len(lines) - 1))
    lines = lines[start : start + draw(st.integers(1, 40))]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(("drop", "double", "replace", "swap")))
        if change == "drop" and len(lines) > 1:
            del lines[at]
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "replace":
            lines[at] = draw(piece())
        else:
            lines[at], lines[0] = lines[0], lines[at]
    return draw(st.sampled_from(("\n", "\n\n", "\n", " ", "\r\n", "\u00a0"))).join(lines)


@st.composite
def whole_pages(draw: st.DrawFn) -> str:
    """Texts as long as pages are that were rendered whole: pages one below the other, in lists."""
    parts = [draw(scraped_pages()), draw(documents()), draw(scraped_pages())]
    for at in (0, 2, 4):
        items = draw(st.lists(any_scraped_line(), min_size=20, max_size=30))
        parts.insert(at, draw(st.sampled_from(("\n", "\n\n", "\n  • "))).join(items))
    return "\n\n".join(parts)


TAGS = ("p", "div", "h2", "li", "td", "article", "nav", "section", "blockquote", "pre", "span", "a")
CLASSES = ("", "content", "comment", "share", "footer", "related", "byline")


@st.composite
def html_pages(draw: st.DrawFn) -> str:
    """Pages made of documents in elements, some of them broken."""
    pieces = []
    for text in draw(st.lists(st.one_of(documents(2), listings(4)), max_size=6)):
        tag, name = draw(st.sampled_from(TAGS)), draw(st.sampled_from(CLASSES))
        inner = text if draw(st.booleans()) else entities.escape(text)
        link = ' href="/x"' if tag == "a" else ""
        end = "" if draw(st.integers(0, 5)) == 0 else f"</{tag}>"
        pieces.append(f'<{tag} class="{name}"{link}>{inner}{end}')
    return draw(st.sampled_from(("", "<!DOCTYPE html>", "<html><body>"))) + "\n".join(pieces)


CODE = (
    "<!DOCTYPE html>", "<html>", "<head>", "<title>Rain</title>", "</head>", "<body>", "<p>It rained.</p>",
    "<div>", "</div>", "<ul>", "<li>Hats</li>", "<li>Caps</li>", "</ul>", "<blockquote>Post Comment",
    "</blockquote>", "</body>", "</html>", "    <p>Leave a Reply</p>", " \t<p>x</p>", "```html", "```",
    "<p>“Rain,” she said.</p><p>", "&lt;p&gt;Rain&lt;/p&gt;&lt;p&gt;", "<nav>Home</nav>",
)  # fmt: skip
MENTIONS = (
    "A <div> holds what stands in it, and </div> ends it.",
    "Write to Ann <ann@example.org> if a <b and c> d.",
    "`<p>` begins a paragraph.",
    "Save the page as index.html, and open it.",
)


def listings(max_pieces: int = 10) -> SearchStrategy[str]:
    """Pages of HTML as source code, and texts about it: code, prose and furniture, in lines."""
    lines = st.one_of(
        st.sampled_from(CODE),
        st.sampled_from(CODE),
        st.sampled_from(MENTIONS),
        st.sampled_from(FURNITURE),
        prose(),
        quotation(),
    )
    between = st.sampled_from(("\n", "\n", "\n\n", "", " ", "\n    "))
    pieces = st.lists(st.tuples(lines, between), max_size=max_pieces)
    return pieces.map(lambda pairs: "".join(text + gap for text, gap in pairs))


ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be", "cp1252", "latin-1", "cp1251", "koi8-r",
    "shift_jis", "gb18030", "big5", "euc-kr", "iso8859-15", "cp437", "utf-7",
)  # fmt: skip


def may_be_text(data: bytes) -> bool:
    """Tell bytes from those that begin as a well-known kind does that is no text."""
    try:
        check_no_binary(data)
    except DocumentError:
        return False
    return True


def any_bytes() -> SearchStrategy[bytes]:
    """Bytes of every kind: noise, and documents in many encodings, whole or damaged."""
    encoded = st.builds(
        lambda text, encoding: (
            text.encode("utf-16", "replace").decode("utf-16", "replace").encode(encoding, "replace")
        ),
        documents(4),
        st.sampled_from(ENCODINGS),
    )
    damaged = st.builds(
        lambda data, at, noise: data[:at] + noise + data[at + 1 :],
        encoded,
        st.integers(0, 80),
        st.binary(max_size=4),
    )
    return st.one_of(st.binary(max_size=200), encoded, damaged)


def options() -> SearchStrategy[dict[str, object]]:
    """What a user can choose."""
    return st.fixed_dictionaries(
        {},
        optional={
            "format": st.sampled_from(("auto", "text")),
            "keep": st.one_of(
                st.frozensets(st.sampled_from(Kind)),
                st.lists(st.sampled_from([k.value for k in Kind])),
            ),
            "threshold": st.one_of(st.floats(0, 1), st.sampled_from((0, 1, 0.5, 0.001, 0.999))),
        },
    )
