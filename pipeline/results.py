"""The tables a study's results hold, each written by the call that the notebooks make too."""

from functools import cache
from importlib import import_module

from analysis.data import load_study
from article.tables import TITLES, regenerate, verify
from pipeline.canonical import write_csv
from pipeline.formats import write_table, write_workbook


def write_result(places, target):
    """Write one entry of `graph.toml`: call its function (study, folder)."""
    module, _, function = target.partition(":")
    getattr(import_module(module), function)(_study(places.processed), places.results)


_study = cache(load_study)  # one process makes the results of one state of the data


def tables(study, folder):
    """Tables as printed, each in four forms, and all of them in one workbook."""
    regenerated = regenerate(study)
    for number, frame in regenerated.items():
        title = TITLES.get(number, "") if study.has("published") else f"Table {number}"
        write_table(folder / "tables", f"table{number}", frame, title)
    sheets = {f"table{number}": frame for number, frame in regenerated.items()}
    write_workbook(folder / "tables" / "tables.xlsx", sheets)


def verification(study, folder):
    """Every published value beside the regenerated one."""
    write_csv(folder / "verification.csv", verify(study))
