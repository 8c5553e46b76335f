"""Renew the parts of the README that show results, so that no number in it is typed."""

import re
from pathlib import Path

import pandas as pd

from analysis.study.loading import load_study
from analysis.study.names import cluster_names
from analysis.tidy.wording import interval
from article.claims.ledger import tally
from pipeline.outputs.canonical import write_text

README = Path("README.md")


def filled(text, results):
    """Fill every part between `<!-- begin: NAME -->` and `<!-- end: NAME -->` from the results."""
    for name, render in PARTS.items():
        begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->"
        pattern = re.escape(begin) + ".*?" + re.escape(end)
        block = begin + render(results) + end
        text = re.sub(pattern, lambda _, block=block: block, text, flags=re.DOTALL)
    return text


def write_readme(places):
    """Renew the README from `results/`; return the exit status."""
    write_text(README, filled(README.read_text(encoding="utf-8"), places.results))
    print(README)
    return 0


def _evidence(results):
    scores = pd.read_csv(results / "composite.csv").sort_values(
        ["score_low", "score_high"], ascending=False, kind="stable"
    )
    names = cluster_names(load_study())
    rows = ["| cluster | published grade | evidence score | rank |", "| --- | --- | --- | --- |"]
    for row in scores.itertuples():
        score = interval(row.score_low, row.score_high)
        place = interval(row.rank_best, row.rank_worst)
        rows.append(f"| {names[row.cluster]} | {row.grade} | {score} | {place} |")
    return "\n".join(rows) + "\n"


def _claims(results):
    ledger = pd.read_csv(results / "claims.csv", keep_default_na=False, na_values=[""])
    counts = tally(ledger)
    rows = ["| verdict | claims |", "| --- | --- |"]
    rows += [f"| {verdict} | {count} |" for verdict, count in counts.items()]
    return "\n".join(rows) + "\n"


PARTS = {"evidence": _evidence, "claims": _claims}
