"""A real browser for the tests here: Debian's chromium, driven by playwright."""

from urllib.parse import urlsplit

import pytest

from tests.browser.visit import DESK, Visit, chromium_program

MISSING = "no chromium on this machine: apt-get install chromium, then run the test again"
FLAGS = [
    "--no-sandbox",  # it opens pages of this project only, often as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = ("127.0.0.1", "localhost", "")  # file: and data: have no host


def pytest_collection_modifyitems(items):
    """Mark whatever needs the browser, by itself or through another fixture."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def chromium():
    """One browser for all tests here, closed after the last of them."""
    program = chromium_program()
    if not program:
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def visit(chromium):
    """One window for all tests."""
    return Visit(chromium)


@pytest.fixture
def desk(visit):
    """The window, as wide as at a desk."""
    visit.page.set_viewport_size({"width": DESK, "height": 900})
    visit.wrong.clear()
    return visit


@pytest.fixture
def page(chromium):
    """A fresh page; `page.away` lists every request that would leave this machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.away = []
    context.on("request", lambda request: _note(page.away, request.url))
    yield page
    context.close()


def _note(away, url):
    if urlsplit(url).hostname not in (*HERE, None):
        away.append(url)
