"""`make report`: a page of the study, or with CLUSTER a memo of one cluster or region."""

import json
import os
import re
from difflib import get_close_matches
from pathlib import Path

from analysis.study.loading import load_study
from pipeline.build.make import make as make_some
from pipeline.build.up_to_date import make
from pipeline.errors import UsageError
from pipeline.outputs.canonical import write_bytes, write_text
from pipeline.reports.document import as_page
from pipeline.reports.memo import memo, memo_of_region, run_of
from pipeline.reports.pandoc import refuse_without_tools
from pipeline.reports.pdf import as_pdf
from pipeline.reports.sources import sources_of
from pipeline.reports.summary import summary
from pipeline.reports.word import as_word
from pipeline.site.material import Material

LISTED = 50


def report(places, environment=os.environ):
    """Write the report in its three forms; return the exit status.

    What is stale is made first. Raises UsageError for a CLUSTER that the study does not have.
    """
    refuse_without_tools()
    wanted = environment.get("CLUSTER", "").strip()
    if status := _ready(places, wanted):
        return status
    manifest = json.loads((places.results / "manifest.json").read_text(encoding="utf-8"))
    made = [places.results.parent / path for path in manifest["outputs"]]
    material = Material(places, made)
    if wanted:
        name, document = _memo(material, wanted)
        path = places.results / "reports" / name
    else:
        document, path = summary(load_study(places.processed), material), places.results / "summary"
    _write(document, path)
    return 0


def _ready(places, wanted):
    """Make what is stale; a cluster that the study does not have is refused before the rest."""
    if wanted and not (places.results / "manifest.json").is_file():
        if status := make_some(places, ["data"]):
            return status
        _chosen(Material(places, []), wanted)
    return make(places)


def _write(document, path):
    write_text(Path(f"{path}.html"), as_page(document))
    write_bytes(Path(f"{path}.docx"), as_word(document))
    write_bytes(Path(f"{path}.pdf"), as_pdf(document))
    print("\n".join(f"Report             {path}.{form}" for form in ("html", "docx", "pdf")))


def _memo(material, wanted):
    """Return (name of the file, memo) of a cluster or region."""
    chosen, region = _chosen(material, wanted)
    runs = [(run_of(material, row["cluster"]), row) for row in chosen]
    if not all(run for run, _ in runs):
        raise UsageError(
            f"CLUSTER={wanted}: this study has no notebook on a single one, since it has "
            "neither components nor series"
        )
    if not region:
        ((run, row),) = runs
        return row["cluster"], memo(run, row, sources_of(material, row["cluster"]))
    sources = {}
    for row in chosen:
        sources |= sources_of(material, row["cluster"])
    return re.sub(r"[^\w.-]+", "-", region), memo_of_region(region, runs, sources)


def _chosen(material, wanted):
    """Find the rows that CLUSTER means: an identifier, a name, or a region with all of its own."""
    clusters = material.clusters
    for column in ("cluster", "short", "name"):
        found = [row for row in clusters if row.get(column) == wanted]
        found = found or [row for row in clusters if _same(row.get(column), wanted)]
        if len(found) == 1:
            return found, ""
    found = [row for row in clusters if _same(row.get("region"), wanted)]
    if found:
        return found, found[0]["region"]
    raise UsageError(_unknown(clusters, wanted, material.about.get("unit_noun", "cluster")))


def _same(text, wanted):
    return bool(text) and text.casefold() == wanted.casefold()


def _unknown(clusters, wanted, noun):
    known = [row["cluster"] for row in clusters]
    regions = list(dict.fromkeys(row["region"] for row in clusters if row.get("region")))
    near = get_close_matches(wanted, [*known, *regions], n=1)
    meant = f" (did you mean {near[0]}?)" if near else ""
    allowed = _listed(known) + (f"; or a region: {_listed(regions)}" if regions else "")
    return f"CLUSTER={wanted[:80]} is no {noun} of this study{meant}; allowed: {allowed}"


def _listed(words):
    return ", ".join(words[:LISTED]) + (f" and {len(words) - LISTED} more" * (len(words) > LISTED))
