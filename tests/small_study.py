"""A very small study whose every text is hostile, with the results that a build would have made."""

import csv
import json

from pipeline.places import Places

EVIL = (
    "</td></pre><script>window.pwned=1</script><img src=x onerror=window.pwned=1> "
    "{math}`x` ```{raw} html\n<b>``` $y$ | [a](javascript:window.pwned=1) `c` *Кластер* 🦉 & <b>'\"<https://x.example>"
)
CLAIM = [
    "id", "section", "kind", "claim", "verdict", "rule", "statistic", "value", "low", "high", "p_value",
    "at_half_threshold", "at_double_threshold", "break_even", "needs", "explanation", "notebook",
]  # fmt: skip
AUDIT = ["id", "kind", "place_a", "says_a", "place_b", "says_b", "computed", "explanation"]


def small_study(folder):
    """Write the study into a folder; return its places and the files that pages show."""
    places = Places(folder / "raw", folder / "processed", folder / "results", folder / ".build")
    about = {"title": EVIL, "grades": ["low", EVIL]}
    places.processed.mkdir(parents=True)
    (places.processed / "study.json").write_text(json.dumps(about), encoding="utf-8")
    write(places.processed / "clusters.csv", [
        {"cluster": "a-b", "no": 1, "name": EVIL, "region": EVIL, "grade": EVIL},
        {"cluster": "c", "no": 2, "name": "Plain <name>", "region": "R", "grade": "low"},
    ])  # fmt: skip
    write(places.processed / "indicators.csv", [{"indicator": "i", "label": EVIL}])
    write(places.processed / "series.csv", [
        {"table": 2, "row": 1, "cluster": "a-b", "indicator": "i", "year": year, "value": value,
         "standing": standing, "label": EVIL}
        for year, value, standing in ((2030, "1.5", "base"), (2031, "", "target"))
    ])  # fmt: skip
    write(places.processed / "claims.csv", [{"id": "F1", "evidence": f"T2 row 1 {EVIL}"}])
    results = places.results
    made = [
        table_file(results, 1, [
            {"no": 1, "cluster": EVIL, "components": EVIL, "level": EVIL},
            {"no": 2, "cluster": "Plain <name>", "components": "", "level": "low"},
        ]),
        table_file(results, 2, [{"indicator": EVIL, "2030": 1.5, "2031": ""}]),
        write(results / "verification.csv", [
            {"table": 2, "row": 1, "column": 2030, "published": 1.5, "regenerated": 1.5, "status": "equal"},
        ]),
        write(results / "composite.csv", [
            {"cluster": c, "score_low": 0, "score_high": 1, "rank_best": 1, "rank_worst": 2, "grade": EVIL}
            for c in ("a-b", "c")
        ]),
        write(results / "claims.csv", [
            dict.fromkeys(CLAIM, EVIL) | {"id": "F1", "notebook": "03-comparison#the-answer"},
            dict.fromkeys(CLAIM, "") | {"id": "F2", "section": "theory", "verdict": "not shown", "notebook": ""},
        ]),
        write(results / "audit.csv", [
            dict.fromkeys(AUDIT, EVIL)
            | {"notebook": "case-study--c"},
        ]),
        write(results / "sensitivity.csv", [
            dict.fromkeys(["file", "key", "from", "to", "moves"], EVIL),
            {"file": "series.csv", "key": "table 2, row 1, 2030", "from": "1.5", "to": EVIL,
             "moves": f"published 2/1/2030; F1 x -> {EVIL.replace('; ', '')}; F2 value"},
        ]),
        notebook(results, "03-comparison", places),
        notebook(results, "case-study--a-b", places),
        notebook(results, "case-study--c", places),
        figure(results),
    ]  # fmt: skip
    return places, [
        path for paths in made for path in (paths if isinstance(paths, list) else [paths])
    ]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def table_file(results, number, rows):
    paths = [write(results / "tables" / f"table{number}.csv", rows)]
    for form in ("md", "tex", "html"):
        path = results / "tables" / f"table{number}.{form}"
        path.write_text("<caption>A &lt;b&gt; table</caption>", encoding="utf-8")
        paths.append(path)
    return paths


def figure(results):
    path = results / "figures" / "evidence-score.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
    return path


def notebook(results, run, places):
    """An executed notebook: prose computed from data, a stream, a picture, a widget."""
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": EVIL, "text/plain": "x"}},
        {"output_type": "stream", "name": "stdout", "text": EVIL},
        {"output_type": "display_data", "metadata": {},
         "data": {"image/png": dot, "text/plain": f"Picture: {EVIL}"}},
        {"output_type": "display_data", "metadata": {},
         "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "VBox"}},
    ]  # fmt: skip
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# What is it?\n\nText."},
        code("b", f'data_folder = "{places.processed.as_posix()}"', []),
        {"cell_type": "markdown", "id": "c", "metadata": {}, "source": "## The answer"},
        code("d", "print(1)", outputs),
    ]
    path = results / "notebooks" / f"{run}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "cells": cells,
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def code(name, source, outputs):
    return {
        "cell_type": "code", "id": name, "metadata": {}, "execution_count": 1, "source": source,
        "outputs": outputs,
    }  # fmt: skip
