"""The page of the study's tables: every value with its origin, and the way to where it was made."""

import re
from html import unescape
from itertools import groupby

from pipeline.site.page import Page
from pipeline.site.text import fill

MOST_CELLS = 3000  # on the page; the whole table is in its csv
COMPONENTS = "01-institutional-components#what-the-table-says-cell-by-cell"
INDICATORS = "02-quantitative-indicators--{}#the-table-as-printed"


def tables_page(material):
    """Build the page: the table of components, then one per table of indicators."""
    verified = {
        (row["table"], row["row"], row["column"]): row
        for row in material.result("verification.csv")
    }
    cells = sorted(material.table("series"), key=lambda cell: int(cell["table"]))
    sections = [("Table 1", _components(material, verified))]
    for number, own in groupby(cells, key=lambda cell: cell["table"]):
        sections.append((f"Table {number}", _indicators(material, verified, number, list(own))))
    body = fill("tables_head.html", verified=list(verified.values()))
    return Page("tables", "Tables", body, sections)


def _components(material, verified):
    printed = material.result("tables/table1.csv")
    pages = {row["name"]: row["cluster"] for row in material.clusters}
    lines = [
        {
            **row,
            "case": _case(material, pages.get(row["cluster"])),
            "origin": origin("1", row["no"], "level", verified),
        }
        for row in printed
    ]
    return fill(
        "table_components.html",
        caption=_caption(material, "1"),
        lines=lines[:MOST_CELLS],
        url=_url(material, COMPONENTS),
    )


def _indicators(material, verified, number, cells):
    labels = {row["indicator"]: row["label"] for row in material.table("indicators")}
    names = {row["cluster"]: row["name"] for row in material.clusters}
    years = sorted({cell["year"] for cell in cells}, key=int)
    standing = {cell["year"]: cell["standing"] for cell in cells}
    lines = []
    for row, own in groupby(sorted(cells, key=lambda c: int(c["row"])), key=lambda c: c["row"]):
        own = {cell["year"]: cell for cell in own}
        first = next(iter(own.values()))
        values = [_value(own.get(year), number, row, year, verified) for year in years]
        label = labels.get(first["indicator"], first["indicator"])
        lines.append({"row": row, "cluster": first["cluster"], "label": label, "values": values})
    shown = lines[: max(1, MOST_CELLS // len(years))]
    return fill(
        "table_indicators.html",
        caption=_caption(material, number),
        number=number,
        years=[(year, standing[year]) for year in years],
        lines=shown,
        more=len(lines) - len(shown),
        clusters={line["cluster"]: names[line["cluster"]] for line in lines},
        url=_url(material, INDICATORS.format(number)),
    )


def origin(table, row, column, verified, standing=""):
    """Say where one value stands in the source, and whether it was reproduced.

    >>> origin("2", "6", "2018", {}, "target")
    'Table 2, row 6, 2018 (target)'
    """
    place = f"Table {table}, row {row}, {column}" + (f" ({standing})" if standing else "")
    found = verified.get((table, row, column))
    if found is None:
        return place
    return f"{place}: published {found['published']}, {found['status']} when regenerated"


def _value(cell, number, row, year, verified):
    if cell is None:
        return {"text": "", "standing": "", "origin": ""}
    words = origin(number, row, year, verified, cell["standing"])
    return {"text": cell["value"], "standing": cell["standing"], "origin": words}


def _caption(material, number):
    """The table's title, as its own file has it."""
    path = material.places.results / "tables" / f"table{number}.html"
    found = re.search(r"<caption>(.*?)</caption>", path.read_text(encoding="utf-8"), re.DOTALL)
    return unescape(found[1]) if found else ""


def _case(material, cluster):
    return f"cases/{cluster}.html" if cluster and material.sections.has("case-study") else ""


def _url(material, place):
    """The notebook section that made a table; nothing where the study has no such run."""
    name = place.partition("#")[0]
    return material.sections.url(place) if material.sections.has(name) else ""
