"""The page of values of a study whose source prints no tables: a table for each indicator."""

from itertools import groupby

from analysis.study.tidying import OUTCOME
from pipeline.site.links import CASE
from pipeline.site.page import Page
from pipeline.site.text import fill

MOST_CELLS = 4000  # of all tables on the page; a whole table is in its csv
MADE = "02-quantitative-indicators#the-values"


def values_page(material):
    """Build the page: the components, and each indicator over clusters and years."""
    sections = []
    if material.table("components"):
        sections.append((material.about["components_heading"], _components(material)))
    cells = material.table("series")
    pillars = {row["pillar"]: row["label"] or row["pillar"] for row in material.table("pillars")}
    indicators = {row["indicator"]: row for row in material.table("indicators")}
    most = MOST_CELLS // max(1, len(indicators))
    order = list(dict.fromkeys(row["pillar"] for row in indicators.values() if row["pillar"]))
    own = [(key, list(rows)) for key, rows in groupby(cells, key=lambda cell: cell["indicator"])]
    own.sort(key=lambda pair: _place(indicators[pair[0]]["pillar"], order))
    for key, rows in own:
        pillar = indicators[key]["pillar"]
        heading = rows[0]["label"] + (f" ({pillars.get(pillar, pillar)})" if pillar else "")
        sections.append((heading, _indicator(material, rows, most)))
    marks = any({*("flag", "note", "source")} & {*material.columns("series")})
    body = fill("values_head.html", marks=marks, series=bool(cells), made=_made(material))
    return Page("tables", "Values", body, sections)


def _place(pillar, order):
    return order.index(pillar) if pillar in order else len(order)


def _components(material):
    lines = material.result("tables/components.csv")
    columns = {"no": "no", "components": "components", "level": "grade"}
    columns = {name: word for name, word in columns.items() if lines and name in lines[0]}
    pages = [_case(material, row["cluster"]) for row in material.clusters]
    lines = [{**line, "case": page} for line, page in zip(lines, pages, strict=False)]
    return fill(
        "values_components.html", lines=lines[:MOST_CELLS], columns=columns, noun=material.nouns[0]
    )


def _indicator(material, cells, most):
    """Fill in the values of one indicator, a row per unit."""
    names = {row["cluster"]: row["name"] for row in material.clusters}
    years = sorted({cell["year"] for cell in cells}, key=int)
    lines = []
    for cluster, own in groupby(cells, key=lambda cell: cell["cluster"]):
        by_year = {cell["year"]: cell for cell in own}
        values = [_value(by_year.get(year)) for year in years]
        line = {"name": names[cluster], "case": _case(material, cluster), "values": values}
        lines.append(line)
    shown = lines[: max(1, most // len(years))]
    return fill(
        "values_indicator.html",
        years=years,
        lines=shown,
        more=len(lines) - len(shown),
        noun=material.nouns[0],
        label=cells[0]["label"],
    )


def _value(cell):
    """One value as the page shows it, with what is said of it."""
    if cell is None or not cell["value"]:
        return {"text": "", "flag": cell["flag"] if cell else "", "title": _tooltip(cell)}
    return {"text": cell["value"], "flag": cell["flag"], "title": _tooltip(cell)}


def _tooltip(cell):
    """What shows when the pointer rests on a value: its standing, flag, note and source."""
    if cell is None:
        return ""
    standing = "" if cell["standing"] == OUTCOME else cell["standing"]
    named = [f"{word}: {cell[word]}" for word in ("flag", "source") if cell[word]]
    return "; ".join(filter(None, [standing, cell["note"], *named]))


def _case(material, cluster):
    has = material.sections.has(f"{CASE}{cluster}")
    return material.sections.url(f"{CASE}{cluster}") if has else ""


def _made(material):
    name = MADE.partition("#")[0]
    return material.sections.url(name) if material.sections.has(name) else ""
