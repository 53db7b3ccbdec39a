"""Lists on one line, and which of them are stuffed with keywords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import Kind, clean, separate
from boilerkill.items import find_item_run
from strategies import KEYWORDS, SENTENCES, documents

PROSE = (
    "Rain fell all night, and the river rose by two metres before noon.\n\n"
    "The baker carried everything upstairs, and the ferry stayed at its moorings."
)

FOOTERS = {
    "bars": "Felt Hats | Straw Hats | Orlin Hats Outlet | Tal Caps | Hats Norway | Orlin Caps |",
    "bullets": "Felt Hats • Straw Hats • Orlin Hats Outlet • Tal Caps • Hats Norway • Orlin Caps",
    "dots": "Felt Hats · Straw Hats · Orlin Hats Outlet · Tal Caps · Hats Norway · Orlin Caps",
    "commas": "Felt Hats, Straw Hats, Orlin Hats Outlet, Tal Caps, Hats Norway, Orlin Caps, Sun Hats,"
    " Rain Hats, Wool Caps, Orlin Bags, Hats Canada",
    "slashes": "Felt Hats / Straw Hats / Orlin Hats Outlet / Tal Caps / Hats Norway / Orlin Caps /"
    " Sun Hats / Rain Hats / Wool Caps / Orlin Bags / Hats Canada",
    "dashes": "Felt Hats - Straw Hats - Orlin Hats Outlet - Tal Caps - Hats Norway - Orlin Caps -"
    " Sun Hats - Rain Hats - Wool Caps - Orlin Bags - Hats Canada",
    "lines": "Felt Hats\nStraw Hats\nOrlin Hats Outlet\nTal Caps\nHats Norway\nOrlin Caps\nSun Hats\n"
    "Rain Hats\nWool Caps\nOrlin Bags\nHats Canada\nOrlin Hats",
    "inch marks": '24" monitor | 27" monitor | 32" monitor | 24" monitor stand | 27" TV | 32" TV',
    "Russian": "Шляпы Москва | Шляпы Тверь | Кепки Москва | Шляпы Омск | Кепки Тверь | Сумки Омск",
    "Spanish": "Sombreros baratos, Comprar sombreros, Sombreros Madrid, Sombreros de paja, Sombreros"
    " online, Tienda de sombreros, Sombreros mujer, Sombreros hombre, Sombreros outlet",
    "small letters": "Купить шапки\nШапки Москва\nЗимние шапки\nДешёвые шапки\nШапки оптом\n"
    "Шапки интернет магазин\nМеховые шапки\nШапки Казань\nДетские шапки\nШапки цена\n"
    "Модные шапки\nВязаные шапки",
    "Chinese": "北京租车 | 上海租车 | 广州租车 | 深圳租车 | 北京搬家 | 上海搬家 | 广州搬家",
    "Arabic": "نقل عفش الرياض | نقل عفش جدة | نقل عفش الدمام | تنظيف الرياض | تنظيف جدة | تنظيف مكة",
    "Greek": "Καπέλα Αθήνα | Καπέλα Πάτρα | Τσάντες Αθήνα | Τσάντες Πάτρα | Καπέλα Βόλος | Τσάντες Βόλος",
}

# Lists that belong to what is written.
LISTS = {
    "steps alike": "Install Python\nInstall the driver\nInstall a compiler\nInstall the library\n"
    "Install the fonts\nInstall your printer\nInstall all updates\nInstall the manual",
    "ingredients": "200 g flour\n2 eggs\n100 ml milk\na pinch of salt\n50 g butter\n1 tsp sugar\n"
    "2 tbsp oil\n3 apples\n1 lemon\nsome cinnamon",
    "ingredients on a line": "200 g flour, 2 eggs, 100 ml milk, a pinch of salt, 50 g butter, 1 tsp sugar,"
    " 2 tbsp oil, 3 apples",
    "bibliography": "Lee, A. (1998). Rivers of the North. Harbour Press.\n"
    "Kim, B. (2004). Floods and their causes. Valley Books.\n"
    "Orlin, C. (2011). The ferrymen. Harbour Press.",
    "names": "The crew were Ann Lee, Bo Kim, Cy Orlin, Di Tal, Ed McRae, Flo Bree, Guy Stone, Hal Reed"
    " and Ida Moss.",
    "table row": "Monday | 12.4 | 0.3 | 1013 | 5.1 | 88",
    "table": "Day | Rain | Wind\nMonday | 12.4 | 5.1\nTuesday | 0.3 | 2.2\nWednesday | 7.0 | 3.3",
    "table with what its rows are about above each":
    "Small ferries\nFair | Good | Good | Fair | Good | Good\nLarge ferries\n"
    "Fair | Good | Fair | Good | Good | Good\nTugs\nGood | Good | Good | Good | Fair | Good",
    "facts one a line": "Details\nType: Dinghy\nFrame: Oak\nSeats: Pine\nMast: Spruce\nOars: Oak\n"
    "Rails: Oak\nFloor: Pine\nDeck: Pine\nLid: Oak\nScrews: Steel\nAnchor: Steel\nSail: Cotton",
    "goods with prices": "\n".join(
        f"Harbour Chandlery\nHarbour {thing}\nBrass Harbour Series\n$31.50 a piece"
        for thing in ("Lantern", "Rope", "Anchor", "Buoy", "Boathook")
    ),
    "ingredients of a soap": "Olea Europaea (Olive) Seed Oil, Cocos Nucifera (Coconut) Seed Oil, Glycine Soja "
    "(Soybean) Seed Oil, Ricinus Communis (Castor) Seed Oil, Butyrospermum Parkii (Shea) Butter, Vitis Vinifera "
    "(Grape) Seed Oil, Persea Gratissima (Avocado) Oil, Helianthus Annuus Seed Oil, Fragrance Oil",
    "materials with finishes": "Harbour Lamp\nDark Green\n5083-H3 Al | Clear Lacquer\n$31\nHarbour Lamp\n"
    "Pale Blue\n5083-H3 Al | Oil Paint\n$31",
    "headings of two parts": "Travel News / Ferries\nHealth Care / Tides",
    "what is new": "What's New?\nA lighter hull of oak\nMore room below the deck\nTwo masts in place of one",
    "table in Markdown with a break in a cell": "| Ferry | Fast Ferry | Small Ferry | Night Ferry | Old Ferry | Car "
    "Ferry |\nIsland Ferry |\n|---|---|---|---|---|---|---|\n| Good for | Calm days | Parties |",
    "poem": "The river rose\nThe river fell\nThe ferry froze\nThe parish bell\nrang for the ones\n"
    "who could not swim\nThe river runs\nbeyond the rim",
    "steps": "1. Beat the eggs.\n2. Stir in the flour.\n3. Add the milk.\n4. Fry in butter.\n5. Serve warm.",
    "code": "for item in items:\n    if item in seen:\n        continue\n    seen.add(item)\n    yield item",
    "objects in code": 'const GOODS = [\n{category: "Boats", price: "$10", name: "Dinghy"},\n'
    '{category: "Boats", price: "$10", name: "Dinghy"},\n{category: "Gear", name: "Rope"}\n];',
    "pipes in code": "cat rivers.txt | sort | uniq -c | sort -rn | head -n 3 | cut -c1-80 | less",
    "tracks": "1. River Song 3:12\n2. Ferry 4:01\n3. The Long Night 2:58\n4. Moorings 5:20\n5. Noon 3:33",
    "tracks without times": "River Song\nFerry\nThe Long Night\nMoorings\nNoon\nLower Town\nBell\nRim",
    "enumeration": "They sold apples, pears, plums, cherries, quinces, medlars, walnuts, honey and wax.",
}  # fmt: skip


@pytest.mark.parametrize("name", FOOTERS)
def test_footers_go(name: str) -> None:
    page = f"{PROSE}\n\n{FOOTERS[name]}"
    assert clean(page) == PROSE
    removed = [segment for segment in separate(page).segments if not segment.kept]
    assert {segment.kind for segment in removed} == {Kind.LINK_FOOTER}


@pytest.mark.parametrize("name", [name for name in FOOTERS if "\n" not in FOOTERS[name]])
def test_glued_footers_go(name: str) -> None:
    assert clean(f"{PROSE} {FOOTERS[name]}") == PROSE


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_the_article_stay(name: str) -> None:
    for page in (f"{PROSE}\n\n{LISTS[name]}", f"{PROSE}\n\n{LISTS[name]}\n\n{SENTENCES[1]}"):
        assert clean(page) == page


@given(st.lists(st.sampled_from(KEYWORDS), min_size=6, max_size=30))
def test_a_run_is_found_behind_a_sentence(items: list[str]) -> None:
    glued = f"{SENTENCES[0]} {' | '.join(items)}"
    run = find_item_run(glued)
    assert run is not None
    assert run.items == tuple(items)
    assert run.distinct
    assert glued[run.start : run.end] == " | ".join(items)


@given(documents())
def test_a_run_lies_within_its_line(text: str) -> None:
    for line in text.split("\n"):
        run = find_item_run(line)
        if run is not None:
            assert 0 <= run.start < run.end <= len(line)
            at = run.start
            for item in run.items:
                at = line.index(item, at) + len(item)
            assert at <= run.end


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_sentences_are_no_run(sentences: list[str]) -> None:
    assert find_item_run(" ".join(sentences)) is None
