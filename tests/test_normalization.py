"""What `normalize` repairs, and what it leaves as it is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boilerkill import normalize
from strategies import any_bytes, decode_badly, documents, hostile_text

FORBIDDEN = "\r\v\f\x85\u2028\u2029\u00a0\u2003\u202f\u3000\x00\x07\x1b\x7f\ufeff\ufffc"

REPAIRED = [
    ("windows line ends", "one\r\ntwo\r\n", "one\ntwo"),
    ("old Macintosh line ends", "one\rtwo", "one\ntwo"),
    ("Unicode line ends", "one\u2028two\u2029three", "one\ntwo\nthree"),
    ("form feed", "one\ftwo", "one\ntwo"),
    ("blank lines", "\n\none\n\n\n\n\ntwo\n\n", "one\n\ntwo"),
    ("blank lines with spaces", "one\n \t \n\u00a0\ntwo", "one\n\ntwo"),
    ("spaces at line ends", "one  \t\ntwo ", "one\ntwo"),
    ("non-breaking space", "10\u00a0km", "10 km"),
    ("ideographic space", "東京\u3000大阪", "東京 大阪"),
    ("zero bytes", "o\x00n\x00e", "one"),
    ("byte order mark inside", "\ufeffone \ufefftwo", "one two"),
    ("decomposed accent", "cafe\u0301", "café"),
    ("surrogate pair", "\ud83d\ude00", "😀"),
    ("lone surrogate", "a\ud800b", "a\ufffdb"),
    ("mojibake quotation marks", "â€œyesâ€\x9d", "“yes”"),
    ("mojibake apostrophe", "itâ€™s", "it’s"),
    ("mojibake Cyrillic", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ("mojibake dash", "Paris â€” Lyon", "Paris — Lyon"),
]

LEFT_ALONE = [
    "“We’re late,” she said – ‘really’ late …",
    "„Ja“, «oui», »nein«, ‹si›, 「はい」, 『本』, 《是》",
    "&amp;amp;lt; &ldquo;quoted&rdquo; &#8220; &nbsp; &lt;b&gt;",
    "<p>HTML stays <br/> as text</p>",
    "ﬁne ﬀ ｆｕｌｌ width １２ ① ½ ² ß ſ",
    "    indented\n\tby a tab",
    "a  b   c",
    "नमस्ते 👩‍👩‍👧 🇩🇪 ي\u200cن",
    "right \u202eto\u202c left",
    "naïve façade – Ærøskøbing, Đà Nẵng, Łódź",
    "soft\u00adhyphen",
    "https://example.com/?a=1&b=%20",
]


@pytest.mark.parametrize(
    ("before", "after"), [case[1:] for case in REPAIRED], ids=[case[0] for case in REPAIRED]
)
def test_repaired(before: str, after: str) -> None:
    assert normalize(before) == after


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize("text", LEFT_ALONE)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_entities_are_never_unescaped(text: str, times: int) -> None:
    escaped = text.replace("&", "&amp;" * times)
    assert normalize(escaped) == escaped


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "“Ça va,” dit l’homme — déjà vu à Besançon…",
        "„Größe“ heißt auf Dänisch »størrelse«.",
        "Привет, мир: «да»",
        "江河 “好” 東京",
        "Ναι, «όχι»",
    ],
)
def test_mojibake_is_undone(text: str, encoding: str) -> None:
    assert normalize(decode_badly(text, encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(text=documents(4))
def test_bytes_say_what_text_says(encoding: str, text: str) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # The mark of UTF-16 and a null are the mark of UTF-32.
    assume(not whole.lstrip("\ufeff").startswith("\0"))
    assert normalize(whole.lstrip("\ufeff").encode(encoding)) == normalize(whole)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Er sagte: „Die Straße über den Fluß ist für Größere gesperrt.“"),
        ("cp1252", "“Voilà,” dit-elle à l’été dernier — déjà."),
        ("latin-1", "El niño pidió más plátanos y mañana irá a Málaga."),
        ("cp1251", "Река поднялась на два метра до полудня, и нижний город оказался отрезан."),
        ("koi8-r", "Река поднялась на два метра до полудня, и нижний город оказался отрезан."),
        ("shift_jis", "川の水は正午までに二メートル上がり、下町は橋から切り離された。"),
        ("gb18030", "正午之前河水上涨了两米，下城与桥梁之间的道路中断，居民只能乘船出行。"),
        ("big5", "正午之前河水上漲了兩米，下城與橋樑之間的道路中斷，居民只能乘船出行。"),
        ("euc-kr", "강물은 정오 전에 이 미터 불어났고 아랫마을은 다리와 끊겼다."),
    ],
)
def test_encodings_are_found_out(encoding: str, text: str) -> None:
    assert normalize((text + "\n").encode(encoding) * 3) == "\n".join([text] * 3)


def test_a_damaged_byte_does_not_cost_the_rest() -> None:
    data = "Die Straße über den Fluss, “gesperrt” – für Jahre.".encode() * 20
    assert normalize(data[:500] + b"\xff" + data[500:]).count("“gesperrt”") >= 19


@pytest.mark.parametrize("convert", [bytearray, memoryview])
def test_other_bytes(convert: type) -> None:
    assert normalize(convert("naïve".encode())) == "naïve"


@pytest.mark.parametrize("source", [None, 1, ["text"], object()])
def test_other_types_are_refused(source: object) -> None:
    with pytest.raises(TypeError, match="expected str or bytes, got"):
        normalize(source)  # type: ignore[arg-type]


@given(st.one_of(documents(), hostile_text(), any_bytes()))
def test_the_form_of_what_comes_out(source: str | bytes) -> None:
    normal = normalize(source)
    assert not set(normal) & set(FORBIDDEN)
    assert normal.encode("utf-8").decode("utf-8") == normal
    assert "\n\n\n" not in normal
    assert normal == normal.strip("\n")
    assert all(line == line.rstrip(" \t") for line in normal.split("\n"))


@given(st.lists(documents(2), max_size=4))
def test_each_line_is_normalised_on_its_own(texts: list[str]) -> None:
    whole = normalize("\n\n".join(["x", *texts, "x"]))
    parts = [part for part in (normalize(text) for text in ["x", *texts, "x"]) if part]
    assert whole.split() == "\n\n".join(parts).split()


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_ascii_is_left_alone(text: str) -> None:
    assert normalize(text) == text.rstrip(" ")
