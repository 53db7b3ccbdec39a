"""The pages in a real browser: every control by mouse and by keyboard, and what they must never do."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from boilerkill import Document, Kind, separate
from boilerkill.corpus import CorpusSettings
from boilerkill.report import ComparisonSettings, write_comparison, write_report
from boilerkill.report.show import told_in_short

webdriver = pytest.importorskip("selenium.webdriver", reason="pip install 'boilerkill[test]'")
from selenium.common.exceptions import JavascriptException  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

AXE = Path(__file__).parent / "axe-core" / "axe.min.js"
CORPUS = Path(__file__).parents[2] / "corpus"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# How long to wait for what surely comes; nothing is measured by it.
PATIENCE = 20

DESKTOP, PHONE = (1300, 900), (360, 740)


@dataclass
class Browser:
    """Chromium, and what the tests do with it."""

    driver: Any

    def open(self, page: Path, where: str = "", size: tuple[int, int] = DESKTOP) -> None:
        self.resize(size)
        # Another place on the same page would not load it anew.
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + where)
        self.until(lambda: self.run("return document.readyState") == "complete")

    def resize(self, size: tuple[int, int]) -> None:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1}
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {**metrics, "mobile": size == PHONE}
        )

    def prefer(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def until(self, condition: Callable[[], Any]) -> Any:
        return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(
            lambda _: condition()
        )

    def one(self, selector: str) -> WebElement:
        found: WebElement = self.driver.find_element(By.CSS_SELECTOR, selector)
        return found

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def click(self, selector: str) -> None:
        self.one(selector).click()

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def hover(self, element: WebElement) -> None:
        ActionChains(self.driver).move_to_element(element).perform()

    def whole(self) -> None:
        """Wait until every segment is made."""
        self.until(
            lambda: self.run("return document.getElementById('text').dataset.whole") == "yes"
        )

    def texts(self) -> list[str]:
        """Return the texts of the segments that are shown."""
        self.whole()
        found: list[str] = self.run(
            "return [...document.querySelectorAll('.segment')].map("
            "row => row.querySelector('.text').textContent)"
        )
        return found

    def active(self) -> int:
        """Return the number of the segment that has the focus; -1 if none has."""
        return int(
            self.run(
                "const row = document.activeElement.closest('.segment');"
                "return row ? row.dataset.number : -1"
            )
        )

    def messages(self) -> list[str]:
        """Return what the browser complains of, such as a breach of the page's policy."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Return what has been asked for beside the page, since the last time."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found

    def axe(self) -> list[str]:
        """Return what axe-core finds wrong."""
        self.run(AXE.read_text("utf-8"))
        # Where it can't tell the colours behind a text, it says so; that is no finding.
        found = self.driver.execute_async_script(
            "axe.run({resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        return [
            f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("needs a browser: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    started.set_script_timeout(PATIENCE)
    yield Browser(started)
    started.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser that likes light, and has nothing to complain of in the end."""
    chromium.prefer("light")
    chromium.messages()
    yield chromium
    assert chromium.messages() == []


PAGE = CORPUS / "en-html-news-broadsheet" / "page.html"
LIGHTHOUSE = CORPUS / "en-wordpress-lighthouse" / "page.txt"
ONE_PROCESS = CorpusSettings(jobs=0)

HOSTILE = """\
<script>window.owned = 1</script> is what the mayor wrote on Monday, and nobody minded at all.

</script><script>window.owned = 2</script><img src=x onerror="window.owned = 3">

“<svg onload=window.owned=4>” \\u003cscript> ${window.owned = 5} {{ 7 * 7 }} <!-- <script>

Rain\u202e fell on the \u2066town\x00 and on the \x1b[2Jriver\u202c all night before it stopped at last.

javascript:window.owned=6//"';--></title></textarea><iframe src="javascript:parent.owned=7">

Leave a Reply
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports, each written once."""
    folder = tmp_path_factory.mktemp("pages")
    crawl = folder / "crawl"
    crawl.mkdir()
    names = ["en-html-news-broadsheet", "en-wordpress-lighthouse", "ar-newssite-wikala",
             "en-link-farm", "ja-html-shimbun", "he-html-magazin"]  # fmt: skip
    for name in names:
        (source,) = (CORPUS / name).glob("page.*")
        shutil.copy(source, crawl / f"{name}{source.suffix}")
    (crawl / "zz-nothing.txt").write_text(
        "Leave a Reply\n\nPost Comment\n\nShare this: Facebook", "utf-8"
    )
    (crawl / "zz-nul.txt").write_bytes(b"\x00\x01")
    hostile = folder / "hostile"
    hostile.mkdir()
    name = "<img src=x onerror=window.owned=8>\u202e.txt"
    (hostile / name).write_text(HOSTILE.replace("\x00", ""), "utf-8")
    html = f"<title>{HOSTILE.replace('<', '&lt;')}</title><p>Rain fell on Oslo all night, she said.</p>"
    url = "https://example.org/?<script>window.owned=9</script>"
    row = json.dumps({"url": url, "html": html + "<p>" + HOSTILE.replace("<", "&lt;")})
    lines = [row, json.dumps({"text": HOSTILE}), row, "[]"]
    (hostile / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    write_report(PAGE, folder / "one.html", ONE_PROCESS)
    write_report(LIGHTHOUSE, folder / "text.html", ONE_PROCESS)
    write_report(crawl, folder / "many.html", ONE_PROCESS)
    write_report(hostile, folder / "hostile.html", ONE_PROCESS)
    tools = ComparisonSettings(jobs=0, tools=("trafilatura", "resiliparse", "justext"))
    write_comparison(crawl, folder / "compare.html", tools)
    write_comparison(PAGE, folder / "compare-one.html", tools)
    write_comparison(hostile, folder / "compare-hostile.html", tools)
    return folder


@pytest.fixture(scope="module")
def document() -> Document:
    return separate(PAGE.read_bytes(), format="html")


def removed(document: Document) -> list[int]:
    return [number for number, one in enumerate(document.segments) if not one.kept]


class TestText:
    def test_every_segment_is_shown_as_it_stands(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        assert browser.texts() == [segment.text for segment in document.segments]

    def test_what_stays_and_what_goes_is_told_in_words_as_well(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        browser.whole()
        said = browser.run(
            "return [...document.querySelectorAll('.segment .margin')].map(b => b.textContent)"
        )
        for words, segment in zip(said, document.segments, strict=True):
            assert segment.kind.value in words
            # The page has scores to three digits, and shows two of them.
            assert f"{round(segment.score, 3):.2f}" in words
            assert (", kept" if segment.kept else ", removed") in words
            assert ("holds a quotation" in words) == segment.quoted

    def test_quotations_are_marked(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "text.html")
        browser.whole()
        marked = browser.run(
            "return [...document.querySelectorAll('mark')].map(m => m.textContent)"
        )
        assert marked == [
            "“My father read by that lamp,”",
            "“Leave a reply? He never had the time.”",
        ]

    def test_the_strip_is_as_wide_as_the_score(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        widths = browser.run(
            "return [...document.querySelectorAll('.chunk:first-child .strip')].map(strip => "
            "strip.querySelector('.fill').getBoundingClientRect().width / strip.clientWidth)"
        )
        scores = [segment.score for segment in document.segments][: len(widths)]
        # A score of nothing has a strip all the same.
        assert widths == pytest.approx(scores, abs=0.07)

    def test_what_goes_has_the_colour_of_its_kind(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "one.html")
        browser.whole()
        colours = browser.run(
            "return Object.fromEntries([...document.querySelectorAll('.segment')].map(row => "
            "[row.className, getComputedStyle(row.querySelector('.text')).backgroundColor]))"
        )
        kept = {colour for name, colour in colours.items() if " kept" in f" {name}"}
        gone = [colour for name, colour in colours.items() if "removed" in name]
        assert kept == {"rgba(0, 0, 0, 0)"}
        assert len(gone) == len(set(gone)) > 5

    def test_right_to_left(self, browser: Browser, pages: Path) -> None:
        """An Arabic and a Hebrew text begin at the right, and English at the left."""
        browser.open(pages / "many.html")
        names = browser.run(
            "return [...document.querySelectorAll('#list .name')].map(n => n.textContent)"
        )
        rtl = {at for at, name in enumerate(names) if name.startswith(("ar-", "he-"))}
        assert len(rtl) == 2
        for at in [*sorted(rtl), names.index("en-wordpress-lighthouse.txt")]:
            browser.open(pages / "many.html", f"#/{at}")
            sides = browser.run(
                "return [...document.querySelectorAll('.kept .text')].map(cell => {"
                "const range = document.createRange(); const box = cell.getBoundingClientRect();"
                "const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);"
                "const node = walker.nextNode(); range.setStart(node, 0); range.setEnd(node, 1);"
                "const at = range.getBoundingClientRect();"
                "return (at.left + at.right) / 2 > (box.left + box.right) / 2})"
            )
            assert sides
            assert all(side == (at in rtl) for side in sides)


class TestReasons:
    def reasons(self, browser: Browser) -> list[str]:
        return [one.text for one in browser.all("#why li bdi")]

    def check(self, browser: Browser, document: Document, number: int) -> None:
        explanation = document.explain()[number]
        browser.until(lambda: browser.one("#why").is_displayed())
        browser.until(lambda: explanation.words in browser.one("#why p").text)
        said = [reason.words for reason in told_in_short(explanation.segment)]
        assert self.reasons(browser) == said

    def test_on_hover(self, browser: Browser, pages: Path, document: Document) -> None:
        browser.open(pages / "one.html")
        for number in (0, 5, 2):
            browser.hover(browser.one(f".segment[data-number='{number}'] .text"))
            self.check(browser, document, number)
        browser.hover(browser.one("h1"))
        browser.until(lambda: not browser.one("#why").is_displayed())

    def test_the_reasons_stay_while_the_mouse_is_on_them(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        browser.hover(browser.one(".segment[data-number='3'] .text"))
        browser.hover(browser.one("#why"))
        time.sleep(0.5)
        self.check(browser, document, 3)

    def test_on_focus_and_away_with_escape(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        browser.run("document.querySelector('.margin').focus()")
        self.check(browser, document, 0)
        assert (
            browser.run("return document.activeElement.getAttribute('aria-describedby')") == "why"
        )
        browser.press(Keys.ESCAPE)
        assert not browser.one("#why").is_displayed()

    def test_arrows_go_from_segment_to_segment(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        browser.run("document.querySelector('.margin').focus()")
        last = len(document.segments) - 1
        for key, number in (
            (Keys.ARROW_DOWN, 1), (Keys.ARROW_DOWN, 2), (Keys.ARROW_UP, 1), (Keys.END, last),
            (Keys.ARROW_DOWN, last), (Keys.HOME, 0), (Keys.ARROW_UP, 0),
        ):  # fmt: skip
            browser.press(key)
            assert browser.active() == number
            self.check(browser, document, number)

    def test_the_text_is_one_stop_of_the_tab_key(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "one.html")
        browser.whole()
        assert len(browser.all(".margin[tabindex='0']")) == 1
        browser.run("document.getElementById('kinds-none').focus()")
        browser.press(Keys.TAB)
        assert browser.active() == 0
        browser.press(Keys.ARROW_DOWN, Keys.TAB)
        assert browser.active() == -1

    def test_a_finger_brings_them_as_well(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html", size=PHONE)
        browser.run("document.querySelector('.segment').scrollIntoView()")
        browser.click(".segment[data-number='1'] .margin")
        self.check(browser, document, 1)
        box = browser.run("return document.getElementById('why').getBoundingClientRect().toJSON()")
        assert box["left"] >= 0
        assert box["right"] <= PHONE[0]
        assert box["bottom"] <= PHONE[1]


class TestSteps:
    def test_by_key(self, browser: Browser, pages: Path, document: Document) -> None:
        browser.open(pages / "one.html")
        gone = removed(document)
        for number in gone[:3]:
            browser.press("n")
            assert browser.active() == number
        browser.press("p")
        assert browser.active() == gone[1]
        browser.press("p", "p")
        assert browser.active() == gone[-1]
        browser.press("n")
        assert browser.active() == gone[0]

    def test_by_mouse(self, browser: Browser, pages: Path, document: Document) -> None:
        browser.open(pages / "one.html")
        gone = removed(document)
        for button, number in (("after", gone[0]), ("after", gone[1]), ("before", gone[0])):
            browser.click(f"#step-{button}")
            assert browser.active() == number

    def test_the_segment_comes_into_sight(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        browser.press("p")
        number = removed(document)[-1]
        browser.until(
            lambda: browser.run(
                "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
                "return box.top >= 0 && box.bottom <= innerHeight",
                f".segment[data-number='{number}']",
            )
        )

    def test_from_what_stays_to_what_goes(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        """In the view of what stays, there is nothing to go to: all is shown again."""
        kept = [number for number, one in enumerate(document.segments) if one.kept]
        browser.open(pages / "one.html")
        browser.press("b", "n")
        assert browser.one("input[value=before]").is_selected()
        assert browser.active() == min(number for number in removed(document) if number > kept[0])


class TestViews:
    def test_after_is_what_stays(self, browser: Browser, pages: Path, document: Document) -> None:
        kept = [segment.text for segment in document.segments if segment.kept]
        everything = [segment.text for segment in document.segments]
        browser.open(pages / "one.html")
        browser.click("input[value=after]")
        assert browser.texts() == kept
        browser.press(Keys.ARROW_LEFT)
        assert browser.texts() == everything
        browser.press("b")
        assert browser.texts() == kept
        browser.press("b")
        assert browser.texts() == everything

    @pytest.mark.parametrize("how", ["mouse", "keyboard"])
    def test_kinds_are_filtered(
        self, browser: Browser, pages: Path, document: Document, how: str
    ) -> None:
        browser.open(pages / "one.html")
        hidden: set[Kind] = set()
        for kind in (Kind.NAVIGATION, Kind.BODY, Kind.NAVIGATION):
            box = browser.one(f"#kinds .{kind.value} input")
            if how == "mouse":
                box.click()
            else:
                browser.run("arguments[0].focus()", box)
                browser.press(Keys.SPACE)
            hidden ^= {kind}
            shown = [one.text for one in document.segments if one.kind not in hidden]
            assert browser.texts() == shown
            assert f"{len(shown)} of {len(document.segments)}" in browser.run(
                "return document.getElementById('shown').textContent"
            )

    def test_no_kind_and_all_kinds(self, browser: Browser, pages: Path, document: Document) -> None:
        browser.open(pages / "one.html")
        browser.click("#kinds-none")
        assert browser.all(".segment") == []
        assert browser.one("#nothing").is_displayed()
        browser.run("document.getElementById('kinds-all').focus()")
        browser.press(Keys.ENTER)
        assert len(browser.texts()) == len(document.segments)
        assert not browser.one("#nothing").is_displayed()

    def test_every_kind_has_its_count(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        told = {
            label.text.split()[0]: int(label.text.split()[1])
            for label in browser.all("#kinds label")
        }
        assert told == {
            kind.value: len(document.only(kind)) for kind in Kind if document.only(kind)
        }


class TestSearch:
    def matches(self, browser: Browser) -> str:
        return browser.one("#matches").text

    def find(self, browser: Browser, text: str) -> None:
        browser.one("#search").clear()
        browser.one("#search").send_keys(text)

    def test_what_is_found_is_counted_and_gone_through(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "one.html")
        places = [
            number
            for number, segment in enumerate(document.segments)
            for _ in re.finditer("ousby", segment.text.lower())
        ]
        count = len(places)
        assert count > 3
        self.find(browser, "OUSBY")
        browser.until(lambda: self.matches(browser) == f"1 of {count}")
        at = "return document.querySelector('.segment.active').dataset.number"
        for keys, match in (
            ([Keys.ENTER], 1), ([Keys.ENTER], 2), ([Keys.SHIFT + Keys.ENTER], 1),
            ([Keys.SHIFT + Keys.ENTER], 0), ([Keys.SHIFT + Keys.ENTER], count - 1), ([Keys.ENTER], 0),
        ):  # fmt: skip
            browser.one("#search").send_keys(*keys)
            assert self.matches(browser) == f"{match + 1} of {count}"
            assert int(browser.run(at)) == places[match]
        browser.click("#match-after")
        assert self.matches(browser) == f"2 of {count}"
        browser.click("#match-before")
        assert self.matches(browser) == f"1 of {count}"

    def test_what_is_found_is_highlighted(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "one.html")
        self.find(browser, "Ousby")
        browser.until(lambda: self.matches(browser).startswith("1 of"))
        found = browser.run(
            "return ['found', 'here'].map(name => [...CSS.highlights.get(name)].map(String))"
        )
        assert set(found[0]) == {"Ousby"}
        assert found[1] == ["Ousby"]

    def test_by_key_and_nothing_found(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "one.html")
        browser.press("/", "n", "o", "?")
        assert browser.one("#search").get_attribute("value") == "no?"
        browser.until(lambda: self.matches(browser) == "not found")

    @pytest.mark.parametrize("text", [".*", "(", "\\", "[a-", "“", "{{ 7 * 7 }}", "$"])
    def test_signs_stand_for_themselves(self, browser: Browser, pages: Path, text: str) -> None:
        browser.open(pages / "hostile.html", "#/0")
        shown = "\n".join(browser.texts())
        self.find(browser, text)
        expected = shown.count(text)
        browser.until(
            lambda: self.matches(browser) == (f"1 of {expected}" if expected else "not found")
        )

    def test_only_what_is_shown_is_searched(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "one.html")
        self.find(browser, "Privacy")
        browser.until(lambda: self.matches(browser).startswith("1 of"))
        browser.click("input[value=after]")
        browser.until(lambda: self.matches(browser) == "not found")


class TestDocuments:
    def names(self, browser: Browser) -> list[str]:
        return [one.text for one in browser.all("#list .name") if one.is_displayed()]

    def is_open(self, browser: Browser, name: str) -> bool:
        return browser.one("#name").text == name

    def test_the_overview_comes_first_and_leads_to_documents(
        self, browser: Browser, pages: Path
    ) -> None:
        browser.open(pages / "many.html")
        assert browser.one("#overview").is_displayed()
        assert not browser.one("#document").is_displayed()
        browser.click("#list li:nth-child(3) a")
        browser.until(lambda: browser.one("#document").is_displayed())
        name = browser.one("#list li:nth-child(3) .name").text
        assert browser.one("#name").text == name
        assert browser.run("return document.title").startswith(name)
        assert browser.run("return document.activeElement.id") == "name"
        assert browser.one("#list li:nth-child(3) a").get_attribute("aria-current") == "page"
        browser.driver.back()
        browser.until(lambda: browser.one("#overview").is_displayed())
        assert browser.all("[aria-current]") == []

    def test_keys_go_through_the_documents(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "many.html")
        names = self.names(browser)
        for key, name in (("]", names[0]), ("]", names[1]), ("[", names[0]), ("[", names[-1])):
            browser.press(key)
            browser.until(partial(self.is_open, browser, name))
        browser.press("o")
        browser.until(lambda: browser.one("#overview").is_displayed())

    def test_the_list_is_filtered_and_sorted(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "many.html")
        names = self.names(browser)
        browser.one("#list-filter").send_keys("EN-")
        assert self.names(browser) == [name for name in names if name.startswith("en-")]
        assert browser.one("#list-count").text == f"3 of {len(names)}"
        browser.one("#list-filter").clear()
        browser.one("#list-filter").send_keys("e", Keys.BACKSPACE)
        assert self.names(browser) == names
        Select(browser.one("#list-sort")).select_by_value("removed")
        shares = [
            float(str(one.get_attribute("data-removed"))) for one in browser.all("#list > li")
        ]
        assert shares == sorted(shares, reverse=True)
        assert self.names(browser)[0] == "zz-nothing.txt"
        Select(browser.one("#list-sort")).select_by_value("number")
        assert self.names(browser) == names

    def test_what_is_worth_a_look_leads_there(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "many.html")
        section = browser.one("section[aria-labelledby=empty]")
        link = section.find_element(By.CSS_SELECTOR, "a")
        assert link.text == "zz-nothing.txt"
        link.click()
        browser.until(lambda: browser.one("#name").text == "zz-nothing.txt")

    def test_what_could_not_be_read_is_named(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "many.html")
        (line,) = browser.all(".failures li")
        assert "zz-nul.txt: binary, not text" in line.text

    def test_a_place_that_does_not_exist_is_the_overview(
        self, browser: Browser, pages: Path
    ) -> None:
        browser.open(pages / "many.html", "#/999")
        assert browser.one("#overview").is_displayed()

    def test_the_skip_link_leads_past_the_list(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "many.html")
        browser.press(Keys.TAB)
        assert browser.run("return document.activeElement.className") == "skip"
        browser.press(Keys.ENTER)
        assert browser.run("return document.activeElement.id") == "main"


class TestHelpAndColours:
    @pytest.mark.parametrize("how", ["mouse", "keyboard"])
    def test_the_keys_are_told(self, browser: Browser, pages: Path, how: str) -> None:
        browser.open(pages / "many.html")
        if how == "mouse":
            browser.click("#help-button")
        else:
            browser.press("?")
        assert browser.one("#help").is_displayed()
        if how == "mouse":
            browser.click("#help form button")
        else:
            browser.press(Keys.ESCAPE)
        assert not browser.one("#help").is_displayed()

    def test_the_keys_can_be_switched_off(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "one.html")
        browser.press("?")
        browser.click("#keys")
        browser.press(Keys.ESCAPE, "n", "b", "?")
        assert browser.active() == -1
        assert browser.one("input[value=before]").is_selected()
        assert not browser.one("#help").is_displayed()

    def test_light_and_dark(self, browser: Browser, pages: Path) -> None:
        def light() -> bool:
            paper = browser.run("return getComputedStyle(document.body).backgroundColor")
            numbers = [int(number) for number in re.findall(r"\d+", paper)[:3]]
            return sum(numbers) > 384

        browser.open(pages / "one.html")
        assert light()
        browser.prefer("dark")
        assert not light()
        choice = Select(browser.one("#theme"))
        choice.select_by_value("light")
        assert light()
        choice.select_by_value("dark")
        browser.prefer("light")
        assert not light()
        choice.select_by_value("")
        assert light()


WHERE = (
    ("one.html", ""), ("text.html", ""), ("many.html", ""), ("many.html", "#/0"),
    ("compare.html", ""), ("compare.html", "#/2"), ("compare-one.html", ""), ("hostile.html", ""),
    ("hostile.html", "#/0"),
)  # fmt: skip


class TestForEveryone:
    @pytest.mark.parametrize(("name", "place"), WHERE)
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(
        self, browser: Browser, pages: Path, name: str, place: str, scheme: str
    ) -> None:
        browser.prefer(scheme)
        browser.open(pages / name, place)
        assert browser.axe() == []

    @pytest.mark.parametrize("size", [DESKTOP, PHONE])
    def test_axe_finds_nothing_in_what_opens(
        self, browser: Browser, pages: Path, size: tuple[int, int]
    ) -> None:
        browser.open(pages / "one.html", size=size)
        browser.press("n", "n")
        assert browser.one("#why").is_displayed()
        assert browser.axe() == []
        browser.press("b")
        browser.one("#search").send_keys("the", Keys.ENTER)
        assert browser.axe() == []
        browser.click("#help-button")
        assert browser.axe() == []

    @pytest.mark.parametrize(("name", "place"), WHERE)
    def test_a_phone_is_wide_enough(
        self, browser: Browser, pages: Path, name: str, place: str
    ) -> None:
        browser.open(pages / name, place, size=PHONE)
        assert browser.run("return document.scrollingElement.scrollWidth") <= PHONE[0]
        assert browser.axe() == []

    def test_a_phone_has_the_list_folded(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "many.html", size=PHONE)
        assert not browser.one("#list").is_displayed()
        browser.click("#list-box summary")
        browser.click("#list li:nth-child(2) a")
        browser.until(lambda: browser.one("#document").is_displayed())
        assert not browser.one("#list").is_displayed()


class TestHostile:
    @pytest.mark.parametrize("name", ["hostile.html", "compare-hostile.html"])
    def test_nothing_runs_and_all_is_shown(self, browser: Browser, pages: Path, name: str) -> None:
        browser.open(pages / name)
        count = len(browser.all("#list > li"))
        assert count == (4 if name == "hostile.html" else 2)
        scripts = len(browser.all("script"))
        assert scripts == count + 2
        for number in range(count):
            browser.open(pages / name, f"#/{number}")
            browser.whole()
            browser.press("n")
            assert browser.run("return window.owned === undefined")
            assert len(browser.all("script")) == scripts
            assert browser.all("#document img, #document svg, iframe, #overview img") == []
            shown = "\n".join(browser.texts())
            assert "</script><script>window.owned = 2</script><img src=x" in shown
            assert "{{ 7 * 7 }} <!-- <script>" in shown

    def test_what_turns_the_direction_is_shown_by_its_number(
        self, browser: Browser, pages: Path
    ) -> None:
        browser.open(pages / "hostile.html", "#/0")
        shown = "\n".join(browser.texts())
        assert "RainU+202E fell on the U+2066town" in shown
        assert not set(shown) & set("\u202e\u2066\u202c\x1b\x00")
        everything = browser.run("return document.documentElement.textContent")
        head = browser.run("return document.querySelector('nav').textContent + document.title")
        assert "\u202e" not in head
        assert "\\u202e.txt" in head
        assert "window.owned=8" in everything

    def test_what_gets_in_all_the_same_is_stopped_by_the_policy(
        self, chromium: Browser, pages: Path
    ) -> None:
        chromium.open(pages / "hostile.html", "#/0")
        with pytest.raises(JavascriptException, match="TrustedHTML"):
            chromium.run("document.body.innerHTML = '<img src=x onerror=owned=1>'")
        chromium.run(
            "const link = document.createElement('a'); link.setAttribute('href', 'javascript:owned=1');"
            "document.body.append(link); link.click();"
            "const image = new Image(); image.src = 'https://example.org/x.png';"
            "document.body.append(image);"
        )
        time.sleep(0.3)
        assert chromium.run("return window.owned === undefined")
        said = " ".join(chromium.messages())
        assert "https://example.org/x.png" in said
        assert "Content Security Policy" in said

    @pytest.mark.parametrize(("name", "place"), WHERE)
    def test_nothing_is_asked_for(
        self, browser: Browser, pages: Path, name: str, place: str
    ) -> None:
        browser.driver.get("about:blank")
        browser.requests()
        browser.open(pages / name, place)
        browser.press("n", "b")
        asked = [url for url in browser.requests() if not url.startswith("about:")]
        assert {url.partition("#")[0] for url in asked} == {(pages / name).as_uri()}


class TestComparison:
    TOOLS = ("boilerkill", "trafilatura", "resiliparse", "justext")

    def test_each_tool_has_the_whole_text_side_by_side(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "compare-one.html")
        browser.whole()
        rows = browser.run(
            "return [...document.querySelectorAll('.segment')].map(row => "
            "[...row.querySelectorAll('.text')].map(cell => cell.textContent))"
        )
        assert rows == [[segment.text] * len(self.TOOLS) for segment in document.segments]
        assert [one.text for one in browser.all("#heads span")][1:] == list(self.TOOLS)
        lefts = browser.run(
            "return [...document.querySelectorAll('.chunk:first-child .segment:first-child .cell')].map("
            "cell => cell.getBoundingClientRect().left)"
        )
        assert lefts == sorted(set(lefts))

    def test_what_boilerkill_keeps_is_what_it_keeps(
        self, browser: Browser, pages: Path, document: Document
    ) -> None:
        browser.open(pages / "compare-one.html")
        browser.whole()
        kept = browser.run(
            "return [...document.querySelectorAll('.segment .cell:nth-child(2)')].map("
            "cell => cell.classList.contains('whole'))"
        )
        assert kept == [segment.kept for segment in document.segments]

    def test_a_reader_of_the_page_hears_which_tool_it_is(
        self, browser: Browser, pages: Path
    ) -> None:
        browser.open(pages / "compare-one.html")
        said = browser.run(
            "return [...document.querySelectorAll('.chunk:first-child .segment:first-child .tool')].map(t => t.textContent)"
        )
        assert [words.split()[0] for words in said] == list(self.TOOLS)
        assert all(re.search("keeps|loses", words) for words in said)

    def test_differences_are_filtered_and_gone_through(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "compare-one.html")
        browser.whole()
        different = browser.run(
            "return [...document.querySelectorAll('.segment')].filter(row => row.querySelector("
            "'.cell:not(:nth-child(2)):not(.same)')).map(row => Number(row.dataset.number))"
        )
        assert len(different) > 2
        for number in different[:3]:
            browser.press("n")
            assert browser.active() == number
        browser.press("b")
        browser.whole()
        shown = browser.run(
            "return [...document.querySelectorAll('.segment')].map(row => Number(row.dataset.number))"
        )
        assert shown == different

    def test_quotations_lost_are_marked_and_filtered(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "compare.html")
        rows = [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")]
                for row in browser.all("#overview tbody tr")]  # fmt: skip
        assert [row[0] for row in rows] == list(self.TOOLS)
        assert rows[0][-1].startswith("0 of ")
        lost = {row[0]: int(row[-1].partition(" of ")[0]) for row in rows}
        assert lost["justext"] > 0
        marked = dict.fromkeys(self.TOOLS, 0)
        for number in range(len(browser.all("#list > li"))):
            browser.open(pages / "compare.html", f"#/{number}")
            browser.click("input[value=lost]")
            browser.whole()
            counts = browser.run(
                "return [...document.querySelectorAll('.segment')].map(row => "
                "[...row.querySelectorAll('.cell')].map(cell => cell.querySelectorAll('mark.lost').length))"
            )
            for row in counts:
                assert sum(row) > 0
                for name, count in zip(self.TOOLS, row, strict=True):
                    marked[name] += count
        assert marked == lost

    def test_texts_are_named_as_such(self, browser: Browser, pages: Path) -> None:
        browser.open(pages / "compare.html")
        said = "\n".join(one.text for one in browser.all(".failures li"))
        assert (
            "en-wordpress-lighthouse.txt: it is text, and the other tools read HTML alone" in said
        )

    def test_on_a_phone_the_same_text_is_not_shown_again(
        self, browser: Browser, pages: Path
    ) -> None:
        browser.open(pages / "compare-one.html", size=PHONE)
        cells = browser.run(
            "return [...document.querySelectorAll('.chunk:first-child .cell')].map(cell => "
            "[cell.classList.contains('same'), cell.querySelector('.text').checkVisibility()])"
        )
        assert {True, False} == {same for same, _ in cells}
        assert all(visible != same for same, visible in cells)


class TestLarge:
    PARAGRAPH = (
        "Rain fell on Oslo, and the river rose by two metres before noon. “At last,” she said. "
    )

    def write(self, folder: Path, sources: Sequence[str], name: str) -> Path:
        rows = "".join(json.dumps({"text": source}) + "\n" for source in sources)
        (folder / "rows.jsonl").write_text(rows, "utf-8")
        page = folder / name
        settings = CorpusSettings(timeout=300)
        written = write_report(folder / "rows.jsonl", page, settings, sample=len(sources))
        assert (written.documents, written.failures) == (len(sources), ())
        return page

    def test_a_document_of_two_megabytes(self, browser: Browser, tmp_path: Path) -> None:
        count = 2_000_000 // (len(self.PARAGRAPH) * 4)
        text = "\n\n".join(f"{self.PARAGRAPH * 4}It was {number}." for number in range(count))
        browser.open(self.write(tmp_path, [text], "large.html"))
        assert browser.one(".segment .text").is_displayed()
        texts = browser.texts()
        assert len(texts) == count
        assert sum(map(len, texts)) > 1_990_000
        browser.run("window.scrollTo(0, document.body.scrollHeight)")
        browser.run("document.querySelector('.margin').focus()")
        browser.press(Keys.END)
        assert browser.active() == count - 1
        browser.one("#search").send_keys(f"It was {count - 2}.")
        browser.until(lambda: browser.one("#matches").text == "1 of 1")

    def test_one_line_of_two_megabytes_is_folded(self, browser: Browser, tmp_path: Path) -> None:
        line = "Rain fell on Oslo and then " * 74_000 + "it stopped, said the mayor at last."
        browser.open(self.write(tmp_path, [line], "line.html"))
        (shown,) = browser.texts()
        assert len(shown) < 25_000
        browser.one("#search").send_keys("mayor at last")
        browser.until(lambda: browser.one("#matches").text == "1 of 1")
        (shown,) = browser.texts()
        assert shown == line

    def test_a_report_of_two_thousand_documents(self, browser: Browser, tmp_path: Path) -> None:
        texts = [f"{self.PARAGRAPH}\n\nLeave a Reply\n\nPage {number}" for number in range(2_000)]
        page = self.write(tmp_path, texts, "many.html")
        browser.open(page)
        assert browser.one("#list-count").text == "2,000 of 2,000"
        browser.one("#list-filter").send_keys("line 1999")
        browser.click("#list li:not([hidden]) a")
        browser.until(lambda: browser.one("#document").is_displayed())
        assert browser.texts()[0].startswith("Rain fell on Oslo")
        browser.open(page, "#/1999")
        assert browser.one("#name").text == "rows.jsonl, line 2000"
