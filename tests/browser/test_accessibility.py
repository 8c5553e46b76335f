"""axe-core over one page of each kind, light and dark: no violation that matters to a reader.

`axe.min.js` is nobody's to commit here: `.ci/run` fetches it from npm, as it fetches the browser; or
AXE= names it. Without it these tests are skipped, with a sentence.
"""

import json
import os
from pathlib import Path

import pytest

MISSING = (
    "no axe-core on this machine: npm install --prefix .build/npm axe-core@4.14.1, "
    "or AXE=path/to/axe.min.js, then run the test again"
)
PLACES = (os.environ.get("AXE", ""), ".build/npm/node_modules/axe-core/axe.min.js")
KINDS = (
    "index", "tables", "claims", "audit", "methods", "notebooks", "notebooks/04-trends", "cases",
    "cases/penza-it", "codebook", "reference", "guides/index", "search", "glossary",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, read in without a network."""
    found = next((Path(place) for place in PLACES if place and Path(place).is_file()), None)
    if found is None:
        pytest.skip(MISSING)
    return found.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_no_page_has_a_serious_violation(chromium, made, axe, scheme):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    found = {name: violations(page, made / "site" / f"{name}.html", axe) for name in KINDS}
    context.close()
    assert {name: lines for name, lines in found.items() if lines} == {}


def violations(page, path, axe):
    """Open a page and return what axe finds wrong on it, a line each."""
    page.goto(path.resolve().as_uri(), wait_until="load")
    page.evaluate(axe)
    only = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    result = page.evaluate(f"axe.run(document, {json.dumps(only)})")
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:120]} ({len(rule['nodes'])})"
        for rule in result["violations"]
        if rule["impact"] in SERIOUS
    ]


def test_the_keyboard_alone_reaches_everything(chromium, made):
    """Every link and control of a page is reached by Tab, in sight, with a visible outline."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto((made / "site" / "index.html").resolve().as_uri())
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('main a[href]:not(.headerlink), footer a[href], summary, select')]
            .filter(e => e.offsetParent).length"""
    )
    seen, last = set(), None
    for _ in range(4 * wanted):
        page.keyboard.press("Tab")
        last = page.evaluate(
            """() => { const e = document.activeElement;
                return e.closest('main, footer') ? [...document.querySelectorAll('*')].indexOf(e) : -1 }"""
        )
        if last in seen and last >= 0:
            break
        seen.add(last)
    assert len(seen - {-1}) >= wanted
    page.context.close()
