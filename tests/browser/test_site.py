"""The web pages in a real browser, from local files: nothing fetched, nothing broken, readable."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from pipeline.site.write import write_site
from tests.small_study import small_study
from tests.test_site_pages import dead_links

MOST_BYTES = 1_000_000  # of a page without its pictures
DESK, PHONE = 1280, 390  # width of a window
CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parts = s => s.match(/[\\d.]+/g).map(Number);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parts(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0.99) return c;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const e of document.querySelectorAll('main *, header *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.offsetParent) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const [a, b] = [light(parts(style.color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (large ? 3 : 4.5)) weak.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(weak)];
}"""
LOOKS = {
    "wordless": "[...document.images].filter(e => !e.alt.trim()).length",
    "broken": "[...document.images].filter(e => !e.naturalWidth).length",
    "weak": CONTRAST,
}


@pytest.fixture(scope="module")
def site(made):
    """The pages of the article's study."""
    return made / "site"


class Visit:
    """A browser's page that keeps what went wrong on it and what it loaded."""

    def __init__(self, browser):
        self.page = browser.new_page(viewport={"width": DESK, "height": 900})
        self.page.set_default_timeout(20_000)
        self.wrong, self.loaded = [], []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))

    def open(self, path, query=""):
        self.wrong.clear()
        self.loaded.clear()
        self.page.goto(f"{path.as_uri()}{query}", wait_until="load")

    def look(self, path):
        """Open a page and say what is wrong with it, at a desk and on a phone."""
        self.page.set_viewport_size({"width": DESK, "height": 900})
        self.open(path)
        seen = {"wrong": list(self.wrong), "weight": self.weight()}
        seen |= {name: self.page.evaluate(script) for name, script in LOOKS.items()}
        self.page.set_viewport_size({"width": PHONE, "height": 900})
        return seen | {"width": self.page.evaluate("document.documentElement.scrollWidth")}

    def weight(self):
        """Bytes of everything but pictures that the page has loaded."""
        files = {Path(unquote(urlsplit(url).path)) for kind, url in self.loaded if kind != "image"}
        return sum(path.stat().st_size for path in files)

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _asked(self, request):
        self.loaded.append((request.resource_type, request.url))
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.wrong.append(f"asked for {request.url}")


@pytest.fixture(scope="module")
def visit(chromium):
    """One window for all tests."""
    return Visit(chromium)


@pytest.fixture
def desk(visit):
    """The window, as wide as at a desk."""
    visit.page.set_viewport_size({"width": DESK, "height": 900})
    visit.wrong.clear()
    return visit


@pytest.fixture(scope="module")
def seen(visit, site):
    """What was seen of every page."""
    pages = sorted(p for p in site.rglob("*.html") if "files" not in p.relative_to(site).parts)
    for folder in ("reference", "cases"):  # one template, one kind of source
        alike = [path for path in pages if path.parent.name == folder]
        pages = [path for path in pages if path not in alike[4:]]
    assert len(pages) > 25
    return {str(path.relative_to(site)): visit.look(path) for path in pages}


def of_all(seen, what, allowed):
    """Give the pages where something is not as allowed, with what it is."""
    return {name: page[what] for name, page in seen.items() if not allowed(page[what])}


def test_every_page_loads_from_this_machine_alone(seen):
    assert of_all(seen, "wrong", lambda found: found == []) == {}
    assert of_all(seen, "weight", lambda size: 0 < size <= MOST_BYTES) == {}


def test_every_picture_is_there_and_has_words(seen):
    assert of_all(seen, "wordless", lambda count: count == 0) == {}
    assert of_all(seen, "broken", lambda count: count == 0) == {}


def test_a_phone_does_not_scroll_sideways(seen):
    assert of_all(seen, "width", lambda width: width <= PHONE) == {}


def test_text_stands_out_from_its_ground(seen):
    assert of_all(seen, "weak", lambda found: found == []) == {}


def test_no_link_is_dead(site):
    assert list(dead_links(site)) == []


def test_search_finds_a_cluster(desk, site):
    desk.open(site / "index.html")
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("penza")
    desk.page.keyboard.press("Enter")
    first = desk.page.wait_for_selector("ul.search li a")
    assert "Penza" in first.inner_text()
    first.click()
    desk.page.wait_for_url("**/cases/penza-it.html*")
    assert desk.wrong == []


def test_a_published_value_leads_to_the_section_that_made_it(desk, site):
    desk.open(site / "tables.html")
    cell = desk.page.locator("td[title^='Table 2, row 6, 2018 (target)']")
    assert "published 72, equal" in cell.get_attribute("title")
    cell.locator("a").click()
    desk.page.wait_for_url("**/02-quantitative-indicators--2.html#the-table-as-printed")
    assert desk.page.locator("#the-table-as-printed h2").inner_text().startswith("The table as")


def test_a_claim_leads_to_its_table_and_to_the_section_that_made_it(desk, site):
    desk.open(site / "claims.html")
    cards = desk.page.locator("article.claim")
    made = cards.locator("dt:text-is('Made in')")
    assert cards.count() == made.count() > 70
    card = desk.page.locator("#claim-F54")
    assert card.locator(".verdict").inner_text() == "supported"
    card.get_by_text("Table 3 row 2").click()
    desk.page.wait_for_url("**/tables.html#table-3-row-2")
    assert "513" in desk.page.locator("#table-3-row-2").inner_text()
    desk.page.go_back()
    card.get_by_text("03 Comparison, against the region").click()
    desk.page.wait_for_url("**/notebooks/03-comparison.html#against-the-region")


def test_verdicts_are_told_apart_in_greyscale(desk, site):
    desk.open(site / "claims.html")
    looks = desk.page.eval_on_selector_all(
        "table.verdicts .verdict",
        """found => found.map(e => {
            const style = getComputedStyle(e), [r, g, b] = style.backgroundColor.match(/\\d+/g);
            const grey = Math.round((0.2126 * r + 0.7152 * g + 0.0722 * b) / 8);
            return `${e.innerText} ${grey} ${style.borderStyle}`;
        })""",
    )
    told = {look.rpartition(" ")[0].rpartition(" ")[2] + look.split()[-1] for look in looks}
    assert len(looks) == 6 and len(told) >= 5  # two that say "no data" share one look


def test_no_text_of_the_data_is_run(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.site.reference.PACKAGE", Path("analysis/composite"))
    places, made = small_study(tmp_path / "study")
    write_site(places, made)
    folder = places.results / "site"
    pages = ["index", "tables", "claims", "audit", "cases", "cases/a-b", "notebooks/03-comparison"]
    for name in pages:
        desk.open(folder / f"{name}.html")
        assert desk.wrong == []
        assert desk.page.evaluate("window.pwned") is None
    desk.open(folder / "search.html", "?q=pwned")
    desk.page.wait_for_selector("ul.search li a")
    assert desk.page.evaluate("window.pwned") is None
    assert "<script>" in desk.page.locator("ul.search").inner_text()
