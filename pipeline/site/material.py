"""What the pages are made from: a study's tables, and the results that its build made."""

import csv
import json
import re
from functools import cached_property
from pathlib import Path

from analysis.study.schema import table_schemas
from analysis.study.tidying import OUTCOME
from pipeline.site.links import Sections
from pipeline.site.outline import outline
from pipeline.site.text import lower_first

NOUNS = {"unit_noun": "cluster", "unit_noun_plural": "clusters"}


class Material:
    """The files of one study, read when a page asks for them."""

    def __init__(self, places, made):
        """Keep the study's places and the result files that were made for it."""
        self.places, self.made = places, {Path(path) for path in made}
        self._tables = {}

    @cached_property
    def notebooks(self):
        """Paths of the executed notebooks, in their order."""
        return sorted(path for path in self.made if path.suffix == ".ipynb")

    @cached_property
    def outlines(self):
        """What is said of each executed notebook: {run: Outline}."""
        return {path.stem: outline(path) for path in self.notebooks}

    @cached_property
    def sections(self):
        """Where each section of each notebook is on the site."""
        return Sections(self.outlines, is_fitted=not self.places.is_default)

    @cached_property
    def about(self):
        """Title and vocabularies of the study."""
        return json.loads((self.places.processed / "study.json").read_text(encoding="utf-8"))

    @property
    def clusters(self):
        """Rows of the study's clusters, in order."""
        return self.table("clusters")

    @cached_property
    def values(self):
        """Rows of the series that have a value."""
        return [row for row in self.table("series") if row["value"]]

    @cached_property
    def names(self):
        """Readable names of the clusters: {identifier: name}."""
        return {row["cluster"]: row.get("short") or row["name"] for row in self.clusters}

    @cached_property
    def _spelt(self):
        """Names for the identifiers that a sentence may hold: those that no word looks like."""
        labels = {row["indicator"]: row.get("short") for row in self.table("indicators")}
        small = {key: lower_first(label) for key, label in labels.items() if label}
        names = {key: name for key, name in (small | self.names).items() if "-" in key}
        words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        return names, re.compile(rf"(?<![\w-])({words})(?![\w-])") if words else None

    def named(self, text):
        """Write names for the identifiers of clusters and indicators in a sentence."""
        names, pattern = self._spelt
        return pattern.sub(lambda found: names[found[1]], text) if pattern else text

    def has(self, name):
        """Tell whether a result, such as `claims.csv`, was made for this study."""
        return self.places.results / name in self.made

    def result(self, name):
        """Read the rows of one of the results; none where it was not made."""
        return rows(self.places.results / name) if self.has(name) else []

    def table(self, name):
        """Read the rows of one of the study's processed tables; none where it has none.

        A column that the study does not have is empty; of a value of which no standing is said,
        it is that of an outcome.
        """
        if name not in self._tables:  # several pages ask for the largest
            path = self.places.processed / f"{name}.csv"
            fields = table_schemas()[name]["schema"]["fields"]
            blank = {spec["name"]: OUTCOME * (spec["name"] == "standing") for spec in fields}
            read = rows(path) if path.is_file() else []
            self._tables[name] = [blank | row for row in read]
        return self._tables[name]

    def columns(self, name):
        """Name the columns that one of the study's tables has; none where it has no rows."""
        path = self.places.processed / f"{name}.csv"
        if not self.table(name):
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return next(csv.reader(file))

    @property
    def is_printed(self):
        """Tell whether the source of the study prints tables, which have numbers."""
        return any("table" in self.columns(name) for name in ("series", "published"))

    @property
    def nouns(self):
        """What the study compares, in the singular and the plural."""
        return tuple(self.about.get(name, word) for name, word in NOUNS.items())


def rows(path):
    """Read a csv file as dicts of text."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
