"""The second real study: what the Handbook prints comes out, as far as it follows from its data."""

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis import load_study
from pipeline.build.graph import study_steps
from pipeline.outputs import integral
from pipeline.outputs.processed import write_processed
from pipeline.outputs.results import verification
from pipeline.outputs.verification import PLACE, verify_files
from pipeline.places import Places
from tests.pipeline.own_study.test_little_data import run

STUDY = Path("examples/technology-achievement")
REFERENCE = Path("tests/reference")
SCHOOLING = {
    "zscore": "zscore", "minmax": "minmax", "ratio_to_mean": "ratio_to_mean",
    "rank_high_is_top": "rank", "percentile": "percentile_rank_pct", "ratio_to_best": "distance_to_best",
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tai")
    integral.diagnostics(load_study(STUDY), folder)
    return folder


def rows(name):
    with (REFERENCE / f"tai_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed():
    """Every value of the Handbook's tables, with the place where it would come out."""
    names = load_study(STUDY).clusters["name"]
    ids = {name: cluster for cluster, name in names.items()}
    for row in rows("table16"):
        for column in ("eigenvalue", "variance_pct", "cumulative_pct"):
            yield "integral_eigenvalues.csv", f"component={row['pc']}", column, row[column]
    for row in rows("table08"):
        name = row.pop("indicator")
        for column, value in row.items():
            yield "integral_loadings.csv", f"indicator={name}", column, value
    for row in rows("table11"):
        for column in ("correlation_with_total", "alpha"):
            if row[column]:
                yield "integral_alpha.csv", f"deleted={row['deleted']}", column, row[column]
    for row in rows("table15"):
        key = f"cluster={ids[row['country']]}; indicator=schooling"
        for own, column in SCHOOLING.items():
            yield "integral_normalisations.csv", key, column, row[own]
    for row in rows("table19"):
        yield "integral_benefit.csv", f"cluster={ids[row['country']]}", "score", row["CI"]
    for row in rows("table36"):
        for other, value in row.items():
            if other not in ("country", row["country"]):
                key = f"cluster={ids[row['country']]}; over={ids[other]}"
                yield "integral_outranking.csv", key, "share", value


def test_published_are_just_the_printed_values_that_follow(results):
    everything = verify_files(pd.DataFrame(printed(), columns=PLACE), results)
    follow = everything[everything["status"] == "equal"][PLACE]
    published = load_study(STUDY).published[PLACE]
    assert {*follow.itertuples(index=False, name=None)} == {
        *published.itertuples(index=False, name=None)
    }
    assert (everything["status"] != "missing").all()
    assert len(published) > 200


def test_the_series_are_those_of_table_a2():
    study = load_study(STUDY)
    wide = study.series.pivot(index="cluster", columns="indicator", values="value")
    for row in rows("table_a2"):
        cluster = study.clusters.index[study.clusters["name"] == row.pop("country")][0]
        for name, value in row.items():
            assert wide.at[cluster, name] == float(value)


def test_it_is_made_and_compared_end_to_end(tmp_path):
    places = Places(STUDY, tmp_path / "processed", tmp_path / "results", tmp_path / ".build")
    write_processed(places)
    steps, left_out = study_steps(places)
    names = {step.name for step in steps}
    assert {"integral", "integral-robustness", "09-integral-indicator", "verification"} <= names
    assert not any("integral" in line for line in left_out)
    study = load_study(places.processed)
    integral.scores(study, places.results)
    integral.diagnostics(study, places.results)
    verification(study, places.results)
    compared = pd.read_csv(places.results / "verification.csv")
    assert (compared["status"] == "equal").all()
    scores = pd.read_csv(places.results / "integral.csv")
    total = scores[scores["level"] == "total"]
    assert total["rank_best"].tolist() == total["rank_worst"].tolist()  # no value is missing
    assert {*scores["name"]} == {"total", "creation", "recent", "old", "skills"}


@cache  # what is asked of the same notebook is asked of one run
def as_committed(name):
    return run(name, data_folder=str(STUDY))["result"]


@pytest.mark.parametrize("name", ["09-integral-indicator", "10-integral-robustness"])
def test_its_notebooks_run_and_answer(name):
    assert as_committed(name).ranking.iloc[0]["name"] == "Finland"


def test_own_weights_are_obeyed_and_change_the_order():
    own = [1.0, 0, 1, 0, 1, 0, 1, 0]  # one indicator of each pillar
    names = run("09-integral-indicator", data_folder=str(STUDY), own_weights=own)
    weights = names["result"].weights["weight_in_total"]
    assert weights["patents"] == 0.25
    assert weights["royalties"] == 0
    usual = as_committed("09-integral-indicator").ranking
    assert names["result"].ranking.index.tolist() != usual.index.tolist()
