"""What the pages are made from: a study's tables, and the results that its build made."""

import csv
import json
from functools import cached_property
from pathlib import Path

from pipeline.site.links import Sections


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
    def sections(self):
        """Where each section of each notebook is on the site."""
        return Sections(self.notebooks)

    @cached_property
    def about(self):
        """Title and vocabularies of the study."""
        return json.loads((self.places.processed / "study.json").read_text(encoding="utf-8"))

    @property
    def clusters(self):
        """Rows of the study's clusters, in order."""
        return self.table("clusters")

    def has(self, name):
        """Tell whether a result, such as `claims.csv`, was made for this study."""
        return self.places.results / name in self.made

    def result(self, name):
        """Read the rows of one of the results; none where it was not made."""
        return rows(self.places.results / name) if self.has(name) else []

    def table(self, name):
        """Read the rows of one of the study's processed tables; none where it has none."""
        path = self.places.processed / f"{name}.csv"
        if name not in self._tables:  # several pages ask for the largest
            self._tables[name] = rows(path) if path.is_file() else []
        return self._tables[name]


def rows(path):
    """Read a csv file as dicts of text."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
