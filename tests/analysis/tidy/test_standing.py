"""The measured years alone: what enters, what is left out with a sentence, what is refused."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis.study.loading import load_study
from analysis.text import findings
from analysis.tidy.standing import MEASURED, of_standing
from analysis.trend.mean_growth import growth_summary
from analysis.trend.smoothing import levelling
from examples.make_synthetic import write_study
from pipeline.errors import ParameterError
from pipeline.notebooks.parameters import check_parameters, parameters_of
from tests.pipeline.own_study.test_little_data import begin, run

NOTEBOOKS = ("02-quantitative-indicators", "04-trends")


def series(**standings):
    rows = [
        {"cluster": "a", "indicator": name, "year": 2020 + at, "value": 5.0 + at, "standing": word}
        for name, words in standings.items()
        for at, word in enumerate(words)
    ]
    return pd.DataFrame(rows)


def test_all_observations_are_the_series_as_they_are():
    given = series(jobs=["outcome", "target"])
    assert of_standing(given) is given
    assert of_standing(given, "all") is given


def test_measured_are_base_and_outcome_and_nothing_else():
    given = series(jobs=["base", "outcome", "unfinished", "target"], sales=["target"] * 4)
    kept = of_standing(given, "measured")
    assert kept["standing"].tolist() == list(reversed(MEASURED)) == ["base", "outcome"]
    assert growth_summary(kept)["last_year"].tolist() == [2021]


@pytest.mark.parametrize(("standings", "said"), [
    ("measured", "no year of the series was measured: standings = 'measured' leaves none; 'all'"),
    ("outcomes", "standings is 'outcomes'; wanted one of all, measured"),
])  # fmt: skip
def test_what_leaves_nothing_is_refused(standings, said):
    with pytest.raises(ValueError, match=said):
        of_standing(series(jobs=["target", "unfinished"]), standings)


@pytest.mark.parametrize(("rows", "said"), [
    ({"jobs": ["base", "outcome"]}, ""),
    ({"jobs": ["base", "target"]}, " Left out: 1 value that was not measured."),
    ({"jobs": ["base", "target", "target"], "sales": ["target"]},
     " Left out: 3 values that were not measured, and with them 1 series that has no other."),
    ({"jobs": ["base"], "sales": ["target"], "exports": ["target"]},
     " Left out: 2 values that were not measured, and with them 2 series that have no other."),
])  # fmt: skip
def test_what_is_left_out_is_told(rows, said):
    given = series(**rows)
    assert findings.of_left_out(given, of_standing(given, "measured")) == said
    assert findings.of_left_out(given, given) == ""


def test_a_table_keeps_count_of_the_series_that_are_left_out():
    given = series(jobs=["base", "outcome", "outcome"], sales=["target", "target"])
    words = findings.of_table(given, growth_summary(of_standing(given, "measured")))
    assert "The table has 2 series of 1 cluster" in words
    assert "1 of 1 series with three values or more moves" in words


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_parameter_is_a_plain_choice(name):
    notebook = nbformat.read(f"notebooks/{name}.ipynb", as_version=4)
    assert parameters_of(notebook)["standings"].default == "all"
    check_parameters(name, notebook, {"standings": "measured"})
    with pytest.raises(ParameterError, match="'outcome' is unknown; allowed: all, measured"):
        check_parameters(name, notebook, {"standings": "outcome"})


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """A study with several measured years."""
    folder = tmp_path_factory.mktemp("made-up")
    write_study(folder, clusters=8, indicators=4, years=6)
    return folder


@pytest.mark.parametrize("of", ["article", "made up"])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebooks_run_over_measured_years(made_up, name, of):
    """Of the article each series has one outcome at most: too few, with that as the reason."""
    folder = {"article": Path("data/processed"), "made up": made_up}[of]
    names = run(name, data_folder=str(folder), standings="measured")
    assert set(names["series"]["standing"]) <= set(MEASURED)
    summary = names["summary"]
    assert summary["cagr_pct"].notna().any() == (of == "made up")
    assert (summary["n"] < 3).eq(summary["reason"].str.contains("not enough")).all()
    measured = load_study(folder).series.query("standing in @MEASURED")
    assert summary["last_year"].max() <= measured["year"].max()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_plans_alone_are_refused_where_measured_years_are_wanted(name, tmp_path):
    places = begin(tmp_path, standing="target")
    with pytest.raises(ValueError, match="no year of the series was measured"):
        run(name, data_folder=str(places.processed), standings="measured")


def test_each_measured_year_has_its_own_levelled_value():
    names = run("04-trends", data_folder="examples/synthetic", standings="measured")
    key = ["cluster", "indicator", "year"]
    beside = names["levelled"].merge(names["study"].named(levelling(names["series"])), on=key)
    assert beside["fitted_x"].notna().any()
    assert beside["fitted_x"].equals(beside["fitted_y"])
