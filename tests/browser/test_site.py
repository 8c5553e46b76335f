"""The web pages in a real browser, from local files: nothing fetched, nothing broken, readable."""

import pytest
from conftest import ROOT

from tests.browser.visit import PHONE
from tests.pages import dead_links

WITHOUT_PAGE = ("README", "robustness", "dcas")  # of the documents in docs/
ALIKE = ("cases", "guides", "notebooks", "reference")  # folders of one kind of page
MAX_BYTES = 1_000_000  # of a page without its pictures
MOST_OF_SEARCH = 1_500_000  # of the page that searches: index and excerpts of all the others


@pytest.fixture(scope="module")
def site(made):
    """The pages of the article's study."""
    return made / "site"


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.long)])
def seen(visit, site, request):
    """What was seen of all pages, or of some: of many that are alike the largest."""
    pages = [p for p in site.rglob("*.html") if "files" not in p.relative_to(site).parts]
    names = {page.stem for page in pages}
    runs = {  # a run of a user's own, by make notebook, has no page
        path.stem.removeprefix("case-study--")
        for path in site.parent.glob("notebooks/*.ipynb")
        if not path.stem.endswith("--own")
    }
    documents = {path.stem for path in (ROOT / "docs").rglob("*.md")}.difference(WITHOUT_PAGE)
    assert len(runs) > 20
    assert runs | documents <= names  # a page for each executed notebook and each document
    if request.param == "some":
        pages.sort(key=lambda path: path.stat().st_size)
        largest = {path.parent: path for path in pages if path.parent.name in ALIKE}
        pages = [p for p in pages if p.parent not in largest] + list(largest.values())
    return {str(path.relative_to(site)): visit.look(path) for path in pages}


def of_all(seen, what, allowed):
    """Give the pages where something is not as allowed, with what it is."""
    return {name: page[what] for name, page in seen.items() if not allowed(page[what])}


def test_every_page_loads_from_this_machine_alone(seen):
    assert of_all(seen, "wrong", lambda found: found == []) == {}
    search = seen.pop("search.html")
    assert 0 < search["weight"] <= MOST_OF_SEARCH
    assert of_all(seen, "weight", lambda size: 0 < size <= MAX_BYTES) == {}
    seen["search.html"] = search


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
    made = cards.locator("dt:text-is('Computed in')")
    assert cards.count() == made.count() > 70
    card = desk.page.locator("#claim-F54")
    assert card.locator(".verdict").inner_text() == "supported"
    card.get_by_text("Table 3 row 2").click()
    desk.page.wait_for_url("**/tables.html#table-3-row-2")
    assert "513" in desk.page.locator("#table-3-row-2").inner_text()
    desk.page.go_back()
    card.get_by_text("03 Comparison, against the region").click()
    desk.page.wait_for_url("**/notebooks/03-comparison.html#against-the-region")


def test_verdicts_are_distinguished_in_greyscale(desk, site):
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
