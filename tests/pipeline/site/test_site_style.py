"""What the style of the pages says of paper and of small screens."""

import re
from pathlib import Path

from small_study import small_study, write

from pipeline.site.material import Material
from pipeline.site.pages.tables import tables_page

STYLE = Path("pipeline/site/static/site.css").read_text(encoding="utf-8")


def rules(medium):
    """The rules for a medium: {selector: declarations}."""
    block = STYLE.partition(f"@media {medium} {{\n")[2].partition("\n}\n")[0]
    return dict(re.findall(r"^  ([^/{]+?) \{ (.*) \}$", block, re.MULTILINE))


def test_no_picture_is_wider_than_a_small_screen():
    small = rules("screen and (max-width: 40rem)")
    assert small[".cell_output > img, .telling img"] == "width: 100%;"
    assert not [
        name for name, words in small.items() if "img" in name and "max-width: none" in words
    ]


def test_a_standing_is_printed_where_it_begins_and_smaller_than_its_year(tmp_path):
    places, made = small_study(tmp_path / "study")
    write(places.processed / "series.csv", [
        {"table": 2, "row": 1, "cluster": "a-b", "indicator": "i", "year": year, "value": 1.5,
         "standing": "target" if year > 2032 else "outcome", "label": "L"}
        for year in range(2030, 2035)
    ])  # fmt: skip
    (_, words) = tables_page(Material(places, made)).sections[1]
    first, again = "<small>", '<small class="again">'
    assert re.findall(r"(<small[^>]*>)(\w+)", words) == [
        (first, "outcome"), (again, "outcome"), (again, "outcome"), (first, "target"),
        (again, "target"),
    ]  # fmt: skip
    printed = rules("print")
    assert printed[".number .again"] == "visibility: hidden;"
    assert float(re.search(r"font-size: ([\d.]+)em", printed[".number small"])[1]) < 1


def test_the_more_columns_a_printed_table_has_the_smaller_are_its_letters():
    printed = rules("print")
    sizes = [
        (int(found[1] or 0), float(re.search(r"font-size: ([\d.]+)rem", words)[1]))
        for name, words in printed.items()
        if (found := re.fullmatch(r"\.bd-article table(?::has\(th:nth-child\((\d+)\)\))?", name))
    ]
    assert len(sizes) == 3
    assert sizes == sorted(sizes) and [size for _, size in sizes] == sorted(
        (size for _, size in sizes), reverse=True
    )
