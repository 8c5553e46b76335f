"""The page of the study's tables: every value with its origin, and the way to where it was made."""

import re
from html import unescape
from itertools import groupby

from pipeline.site.page import Page
from pipeline.site.pages.values import values_page
from pipeline.site.sensitivity import Sensitivity
from pipeline.site.text import fill

MOST_CELLS = 4000  # of all tables on the page; a whole table is in its csv
COMPONENTS = "01-institutional-components#what-the-table-says-cell-by-cell"
INDICATORS = "02-quantitative-indicators--{}#the-table-as-printed"


def tables_page(material):
    """Build the page: the table of components, then one per table of indicators."""
    if not material.is_printed:
        return values_page(material)
    verified = {
        (row["table"], row["row"], row["column"]): row
        for row in material.result("verification.csv")
        if "table" in row  # else the values are those of the results' files
    }
    cells = sorted(material.table("series"), key=lambda cell: int(cell["table"]))
    sensitivity, most = (
        Sensitivity(material),
        MOST_CELLS // max(1, len({cell["table"] for cell in cells})),
    )
    sections = [("Table 1", _components(material, verified, sensitivity))]
    for number, own in groupby(cells, key=lambda cell: cell["table"]):
        words = _indicators(material, verified, sensitivity, number, list(own), most)
        sections.append((f"Table {number}", words))
    claims = bool(material.result("claims.csv"))
    body = fill("tables_head.html", verified=list(verified.values()), claims=claims)
    return Page("tables", "Tables", body, sections)


def _components(material, verified, sensitivity):
    """Fill in the table of components, a row per cluster with its grade."""
    printed = material.result("tables/table1.csv")
    lines = []
    for at, (row, cluster) in enumerate(zip(printed, material.clusters, strict=False), 1):
        no, key = row.get("no") or str(at), cluster["cluster"]  # two may share a name
        origins = _with_effects(origin("1", no, "level", verified), sensitivity, key)
        absent = {"no": no, "components": "", "level": ""}
        lines.append({**absent, **row, "case": _case(material, key), "origin": origins})
    return fill(
        "table_components.html",
        caption=_caption(material, "1"),
        lines=lines[:MOST_CELLS],
        noun=material.nouns[0],
        components=any(line["components"] for line in lines),
        graded=any(line["level"] for line in lines),
        url=_url(material, COMPONENTS),
    )


def _indicators(material, verified, sensitivity, number, cells, most):
    """Fill in one printed table of indicators, each value with its origin."""
    names = {row["cluster"]: row["name"] for row in material.clusters}
    years = sorted({cell["year"] for cell in cells}, key=int)
    found = dict.fromkeys((cell["year"], cell["standing"]) for cell in cells)
    standing = {year: " / ".join(s for of, s in found if of == year) for year in years}
    lines = []
    for row, own in groupby(sorted(cells, key=lambda c: int(c["row"])), key=lambda c: c["row"]):
        own = {cell["year"]: cell for cell in own}
        first = next(iter(own.values()))
        values = [_value(own.get(year), verified, sensitivity) for year in years]
        line = {"row": row, "cluster": first["cluster"], "label": first["label"]}
        lines.append(line | {"values": values})
    shown = lines[: max(1, most // len(years))]
    return fill(
        "table_indicators.html",
        caption=_caption(material, number),
        number=number,
        years=[(year, standing[year]) for year in years],
        lines=shown,
        more=len(lines) - len(shown),
        clusters={line["cluster"]: names[line["cluster"]] for line in lines},
        noun=material.nouns[0],
        url=_url(material, INDICATORS.format(number)),
    )


def sources_of_clusters(material):
    """Say in which printed tables each cluster stands: {cluster: [(words, place on the page)]}."""
    if not material.is_printed:
        return {}
    found = {
        row["cluster"]: [(f"Table 1, row {no}", f"table-1-row-{no}")]
        for at, row in enumerate(material.clusters, 1)
        for no in [row["no"] or at]
    }
    tables = {(cell["cluster"], int(cell["table"])) for cell in material.table("series")}
    for cluster, number in sorted(tables):
        found[cluster].append((f"Table {number}", f"table-{number}"))
    return found


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


def _value(cell, verified, sensitivity):
    """One value as the page shows it: where it stands in the source, and what depends on it."""
    if cell is None:
        return {"text": "", "standing": "", "origin": ""}
    words = origin(cell["table"], cell["row"], cell["year"], verified, cell["standing"])
    key = f"table {cell['table']}, row {cell['row']}, {cell['year']}"
    return {
        "text": cell["value"],
        "standing": cell["standing"],
        "origin": _with_effects(words, sensitivity, key),
    }


def _with_effects(words, sensitivity, key):
    effects = sensitivity.effects(key)
    return f"{words}. {effects}" if effects else words


def _caption(material, number):
    """The table's title, as its own file has it; nothing where that is the heading above it."""
    path = material.places.results / "tables" / f"table{number}.html"
    found = re.search(r"<caption>(.*?)</caption>", path.read_text(encoding="utf-8"), re.DOTALL)
    title = unescape(found[1]) if found else ""
    return "" if title == f"Table {number}" else title


def _case(material, cluster):
    return f"cases/{cluster}.html" if cluster and material.sections.has("case-study") else ""


def _url(material, place):
    """The notebook section that made a table; nothing where the study has no such run."""
    name = place.partition("#")[0]
    return material.sections.url(place) if material.sections.has(name) else ""
