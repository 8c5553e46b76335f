"""A whole site of hostile texts: built twice, read, and opened in a real browser."""

import re
from pathlib import Path

import pytest

from pipeline.site.write import PROCESSES, write_site
from tests.pages import Tags, dead_links
from tests.small_study import small_study


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The same study built in two folders, by one process and by several."""
    patch = pytest.MonkeyPatch()
    patch.setattr("pipeline.site.reference.PACKAGE", Path("analysis/composite"))  # fewer pages
    built = []
    for name, processes in (("one", 1), ("another, longer", PROCESSES)):
        patch.setenv("LANG", f"{name[:2]}_XX.UTF-8")  # a language that no machine has
        patch.setenv("LC_ALL", f"{name[:2]}_XX.UTF-8")
        places, made = small_study(tmp_path_factory.mktemp("site") / name)
        built.append((places.results / "site", write_site(places, made, processes)))
    patch.undo()
    return built


def test_it_is_built_without_a_warning(sites):
    assert [warnings for _, warnings in sites] == ["", ""]


def test_two_builds_are_the_same_bytes(sites):
    first, second = (
        {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }
        for site, _ in sites
    )
    assert list(first) == sorted(first, key=list(first).index)
    assert first == second
    for name, content in first.items():
        assert b"another, longer" not in content, name
        assert str(Path.cwd()).encode() not in content, name


def test_no_tag_comes_from_data(sites):
    site, _ = sites[0]
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


def test_every_link_leads_somewhere(sites):
    assert list(dead_links(sites[0][0].resolve())) == []


def test_no_text_of_the_data_is_run(desk, sites):
    folder, _ = sites[0]
    pages = ["index", "tables", "claims", "audit", "cases", "cases/a-b", "notebooks/03-comparison"]
    for name in pages:
        desk.open(folder / f"{name}.html")
        assert desk.wrong == []
        assert desk.page.evaluate("window.pwned") is None
    desk.open(folder / "search.html", "?q=pwned")
    desk.page.wait_for_selector("ul.search li a")
    assert desk.page.evaluate("window.pwned") is None
    assert "<script>" in desk.page.locator("ul.search").inner_text()
