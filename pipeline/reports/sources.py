"""Where the tables of a study are from, as notes of a report."""

import json
from urllib.parse import unquote

from markupsafe import escape


def sources_of(material, cluster):
    """Say where the tables of a study are from, {table: HTML}, and what is told of one cluster."""
    descriptor = _descriptor(material)
    said = {}
    whole = [str(source.get("title") or source.get("path")) for source in descriptor["sources"]]
    whole = whole or [str(material.about["title"])]
    said[""] = escape("; ".join(whole))
    for resource in descriptor["resources"]:
        rows = [row for row in material.table(resource["name"]) if row.get("cluster") == cluster]
        words = str(resource.get("source") or "")
        if rows and words and resource["name"] in ("components", "series"):
            said[resource["name"]] = escape(words + _own_sources(rows))
    if material.result("claims.csv"):
        claims = next((r for r in descriptor["resources"] if r["name"] == "claims"), {})
        words = claims.get("source") or "claims.csv"
        said["claims"] = escape(f"{words}; verdicts: results/claims.csv")
    return said | _regional(material, cluster)


def _own_sources(rows):
    """Add the sources that single rows name, where a study has such a column."""
    own = list(dict.fromkeys(row["source"] for row in rows if row.get("source")))
    return "".join(f"; {text}" for text in own[:20])


def _regional(material, cluster):
    region = next((r.get("region") for r in material.clusters if r["cluster"] == cluster), "")
    rows = [row for row in material.table("regional_context") if region == row["region"] != ""]
    by_source = {}
    for row in rows:
        by_source.setdefault(row["source"], []).append(
            f"{row['measure']}, {row['period']} ({row['certainty']})"
        )
    lines = [f"{'; '.join(facts)}: {unquote(source)}" for source, facts in by_source.items()]
    return {"regional_context": escape(f"{region}. {'. '.join(lines)}")} if lines else {}


def _descriptor(material):
    path = material.places.raw / "datapackage.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {"sources": [], "resources": []} | found
