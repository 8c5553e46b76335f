"""A whole site of hostile texts: built, read, and opened in a real browser."""

import re
from pathlib import Path

import pytest

from pipeline.site.write import PROCESSES, write_site
from tests.browser.visit import PHONE
from tests.pages import Tags, dead_links
from tests.small_study import small_study


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The pages, built by several processes, without a warning."""
    return built(tmp_path_factory.mktemp("site") / "one", PROCESSES)


def built(folder, processes):
    """Build the pages of the study in a folder, where the language is one that no machine has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "pipeline.site.pages.reference.PACKAGE", Path("analysis/composite")
        )  # fewer pages
        patch.setenv("LANG", f"{folder.name[:2]}_XX.UTF-8")
        patch.setenv("LC_ALL", f"{folder.name[:2]}_XX.UTF-8")
        places, made = small_study(folder)
        assert write_site(places, made, processes) == ""
    return places.results / "site"


@pytest.mark.long
def test_two_builds_are_the_same_bytes(site, tmp_path):
    first, second = (
        {
            path.relative_to(pages).as_posix(): path.read_bytes()
            for path in pages.rglob("*")
            if path.is_file()
        }
        for pages in (built(tmp_path / "another, longer", 1), site)
    )
    assert first == second
    for name, content in first.items():
        assert b"another, longer" not in content, name
        assert str(Path.cwd()).encode() not in content, name


def test_no_tag_comes_from_data(site):
    for path in site.rglob("*.html"):
        if path.parent.name == "tables":
            continue
        for tag, attributes in Tags(path).found:
            assert not any(name.startswith("on") for name in attributes), path
            assert not attributes.get("href", "").startswith("javascript:"), path
            assert not (tag == "img" and attributes.get("src") == "x"), path
        scripts = re.findall(
            r"<script[^>]*>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL
        )
        assert "pwned" not in "".join(scripts), path


def test_every_link_leads_somewhere(site):
    assert list(dead_links(site.resolve())) == []


@pytest.fixture
def plain(desk):
    """The window without style: a third of the work, and no part of what is run."""
    desk.page.route("**/*.css*", lambda route: route.fulfill(body=""))
    yield desk
    desk.page.unroute_all()


def test_no_text_of_the_data_is_run(plain, site):
    pages = ["index", "tables", "claims", "audit", "cases", "cases/a-b", "notebooks/03-comparison"]
    for name in pages:
        plain.open(site / f"{name}.html")
        assert plain.wrong == []
        assert plain.page.evaluate("window.pwned") is None
    plain.open(site / "search.html", "?q=pwned")
    plain.page.wait_for_selector("ul.search li a")
    assert plain.page.evaluate("window.pwned") is None
    assert "<script>" in plain.page.locator("ul.search").inner_text()


def test_a_long_title_in_the_header_leaves_no_page_wider_than_a_phone(desk, site):
    assert desk.look(site / "tables.html")["width"] <= PHONE
