"""Write the codebook: every table and column of the data package, from its descriptor."""

import json
from pathlib import Path

from pipeline.outputs.canonical import write_text

CODEBOOK = Path("docs/codebook.md")
HEAD = "| column | type | unit | allowed | what it is |\n| --- | --- | --- | --- | --- |"


def codebook(descriptor):
    """Render a data package's descriptor as Markdown, a section per table."""
    parts = [
        "# Codebook",
        "Generated from `data/raw/datapackage.json` by `make codebook`. Every file is UTF-8 csv "
        "with one header line; an empty cell is missing, which is never zero.",
    ]
    for resource in descriptor["resources"]:
        parts.append(f"## {resource['title']} (`{resource['path']}`)")
        parts.append(f"{resource['description']} Source: {resource['source']}.")
        parts.append("\n".join([HEAD, *map(_row, resource["schema"]["fields"])]))
        key = " + ".join(resource["schema"]["primaryKey"])
        parts.append(f"Key: {key}. sha256: `{resource['hash'].removeprefix('sha256:')}`")
    return "\n\n".join(parts) + "\n"


def write_codebook(_places):
    """Renew `docs/codebook.md`; return the exit status."""
    descriptor = json.loads(Path("data/raw/datapackage.json").read_text(encoding="utf-8"))
    write_text(CODEBOOK, codebook(descriptor))
    print(CODEBOOK)
    return 0


def _row(spec):
    limits = allowed(spec.get("constraints", {}))
    cells = [f"`{spec['name']}`", spec["type"], spec.get("unit", ""), limits, spec["description"]]
    return f"| {' | '.join(cells)} |"


def allowed(limits):
    """Say in words what a column's constraints allow."""
    words = ["required"] if limits.get("required") else []
    if "enum" in limits:
        words.append("one of: " + ", ".join(limits["enum"]))
    if "minimum" in limits:
        words.append(f"{limits['minimum']:,.15g} to {limits['maximum']:,.15g}")
    if "pattern" in limits:
        words.append(f"`{limits['pattern']}`")
    if limits.get("unique"):
        words.append("each once")
    return "; ".join(words)
