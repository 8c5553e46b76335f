"""Rows of small series: what is drawn is what the data say, and nothing more."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis.charts.intervals import interval_dots
from analysis.charts.lines import BAND, band_ends
from analysis.charts.panels import MOST_LINES, MOST_PANELS, series_panels
from analysis.charts.sparklines import FILLED, series_rows
from analysis.charts.style import GREY, PALE
from pipeline.outputs import figures
from tests.drawn import panel_titles, words_along
from tests.pipeline.own_study.test_little_data import run

STANDINGS = ["base", "unfinished", "target"]


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def lines_of(cluster, indicator, values, standings=STANDINGS):
    return pd.DataFrame(
        {"cluster": cluster, "indicator": indicator, "year": range(2016, 2016 + len(values)),
         "value": values, "standing": standings}
    )  # fmt: skip


def points(ax, **look):
    """Give (year, height) of all points drawn with this look, breaks left out."""
    drawn = [
        line.get_xydata()
        for line in ax.lines
        if all(plt.getp(line, name) == value for name, value in look.items())
    ]
    places = np.vstack([np.empty((0, 2)), *drawn])
    return [tuple(place) for place in places[~np.isnan(places).any(axis=1)].round(6).tolist()]


def test_targets_of_other_clusters_are_dotted_too():
    series = pd.concat([lines_of("a", "jobs", [1, 2, 3.0]), lines_of("b", "jobs", [2, 4, 6.0])])
    ax = series_rows(series.assign(standing=["base", "outcome", "target"] * 2), "a")
    for colour in (GREY, PALE):
        solid, dotted = (points(ax, color=colour, linestyle=style) for style in ("-", ":"))
        assert [year for year, _ in solid] == [2016, 2017]
        assert [year for year, _ in dotted] == [2017, 2018]


def test_large_numbers_stay_short():
    ax = series_rows(lines_of("a", "sales", [123456789.0, None, 163456789.0]), "a")
    assert words_along(ax, "right") == ["123.5 m → 163.5 m"]


def test_what_is_not_shown_is_said():
    many = pd.concat(lines_of("a", f"i{n}", [1, 2, 3.0]) for n in range(MOST_PANELS + 10))
    assert f"{MOST_PANELS} of {MOST_PANELS + 10} indicators" in series_rows(many, "a").get_xlabel()
    said = [text.get_text() for text in series_panels(many).texts]
    assert f"{MOST_PANELS} of {MOST_PANELS + 10} indicators" in said


def test_each_row_goes_from_zero_to_its_largest():
    own = pd.concat([lines_of("a", "jobs", [0, 5, 10.0]), lines_of("a", "loss", [-4, 0, 4.0])])
    ax = series_rows(own, "a")
    least = {place: place - FILLED / 2 for place in (0, 1)}
    heights = sorted(height for _, height in points(ax, marker="o"))
    wanted = [least[place] + share * FILLED for place in (0, 1) for share in (0, 0.5, 1)]
    assert heights == pytest.approx(wanted)
    assert words_along(ax, "right") == ["0 → 10", "-4 → 4"]
    assert ax.get_xlabel() == "each row from zero, or its least value below, to its largest value"


def test_the_scale_is_said_as_it_is():
    ax = series_rows(lines_of("a", "jobs", [0, 5, 10.0]), "a")
    assert ax.get_xlabel() == "each row from zero to its largest value"


def test_a_gap_stays_a_gap_and_rows_are_not_joined():
    own = pd.concat([lines_of("a", "jobs", [1, np.nan, 3.0]), lines_of("a", "sales", [2, 2, 2.0])])
    ax = series_rows(own, "a")
    assert points(ax, linestyle="-") == []  # nothing was measured but the base year
    legs = [line for line in ax.lines if line.get_linestyle() == ":"]
    steps = [np.diff(line.get_ydata()[at : at + 2]) for line in legs for at in range(0, 12, 3)]
    known = [abs(float(step[0])) for step in steps if len(step) and not np.isnan(step[0])]
    assert known == [0.0, 0.0]  # only the legs of the level row: none to or from the gap
    assert len(points(ax, marker="o")) == 5


def test_what_was_not_measured_looks_otherwise():
    ax = series_rows(lines_of("a", "jobs", [1, 2, 3.0]), "a")
    filled = {str(line.get_markerfacecolor()) for line in ax.lines if line.get_marker() == "o"}
    assert len(filled) > 2
    legend = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    assert legend == ["base year", "year under way", "target, not an outcome"]


@pytest.mark.parametrize("others", [0, 1, MOST_LINES, MOST_LINES + 1])
def test_many_others_are_a_band(others):
    behind = [lines_of(f"b{n}", "jobs", [n, n, n + 1.0]) for n in range(others)]
    ax = series_rows(pd.concat([lines_of("a", "jobs", [1, 2, 3.0]), *behind]), "a")
    band = others > MOST_LINES
    words = {0: "", 1: "the others"}.get(others, "the middle 80 %" if band else "the others")
    assert words in ax.get_xlabel()
    assert len([c for c in ax.collections if len(c.get_paths()[0]) > 2]) == band


def test_a_band_stays_in_its_row():
    """One year's others reach far higher than the rest: the row has room for them, and no more."""
    behind = [lines_of(f"b{n}", "jobs", [n, n, 9.0 * n]) for n in range(2 * MOST_LINES)]
    far = lines_of("far", "jobs", [1, 1, 1e6])
    ax = series_rows(pd.concat([lines_of("a", "jobs", [1, 2, 3.0]), *behind, far]), "a")
    (band,) = [c.get_paths()[0] for c in ax.collections if len(c.get_paths()[0]) > 2]
    assert band.vertices[:, 1].max() == pytest.approx(FILLED / 2)
    assert band.vertices[:, 1].min() >= -FILLED / 2


def test_what_the_cluster_has_no_value_of_is_left_out():
    both = pd.concat([lines_of("a", "jobs", [1, 2, 3.0]), lines_of("b", "sales", [1, 2, 3.0])])
    ax = series_rows(both, "a")
    assert words_along(ax, "left") == ["jobs"]


def test_nothing_known_is_drawn_as_nothing():
    ax = series_rows(lines_of("a", "jobs", [np.nan] * 3), "a")
    assert points(ax, marker="o") == []
    assert words_along(ax, "left") == ["jobs"] and words_along(ax, "right") == []
    ax.figure.canvas.draw()


def test_what_is_drawn_is_said_in_words():
    series = pd.concat(
        [lines_of("new-port", "jobs", [5.0, None, 9.0]), lines_of("b", "jobs", [1.0], ["base"])]
    )
    series = pd.concat([series, lines_of("new-port", "sales", [None, None, 7.0])])
    labels = {"jobs": "Jobs, people", "sales": "Sales, units"}
    said = repr(
        series_rows(series.assign(label=series["indicator"].map(labels)), "new-port").figure
    )
    assert said.endswith(
        "; new-port, from its first to its last value; Jobs, people: 5 in 2016 to 9 in 2018 "
        "(target); Sales, units: 7 in 2018 (target)"
    )


@pytest.mark.parametrize(("best", "first"), [("low", "row-00 0"), ("high", "row-19 19")])
def test_intervals_are_said_in_words_the_best_first_and_not_all_of_many(best, first):
    ends = pd.DataFrame({"low": range(20), "high": range(20)}, dtype=float)
    ends.index = [f"row-{row:02}" for row in range(20)]
    grades = pd.Series(["good", None] * 10, index=ends.index)
    said = repr(interval_dots(ends, label="rank (1 is best)", groups=grades, best=best).figure)
    parts = said.split("; ")
    assert parts[0] == "Picture: rank (1 is best)"
    assert parts[1] == first + (", good" if best == "low" else "")
    assert len(parts) == 17 and parts[-1] == "and 5 more"


def test_a_title_broken_behind_a_hyphen_is_said_whole():
    title = "the-first-cluster-with-a-long-name shares 1 of 3 statuses with sakha-tourism-and-more"
    figure = series_rows(lines_of("a", "jobs", [1.0, 2.0, 3.0]), "a", title=title).figure
    assert "\n" in figure.axes[0].get_title(loc="left")
    assert repr(figure).startswith(f"Picture: {title}; ")


@pytest.mark.parametrize(("bases", "said"), [
    ({"a": 2016}, "Jobs, people\n2016 = 100"),
    ({"a": 2016, "b": 2016}, "Jobs, people\na, and 1 other pale\n2016 = 100"),
    ({"a": 2016, "b": 2017}, "Jobs, people\na, and 1 other pale\n2016 = 100; of others 2017"),
    ({"a": 2018, "b": 2016, "c": 2017, "d": 2018, "e": None},
     "Jobs, people\na, and 4 others pale\n2018 = 100; of others 2016\N{EN DASH}2018"),
])  # fmt: skip
def test_a_panel_of_index_numbers_names_the_year_that_is_100(bases, said):
    series = pd.concat(
        lines_of(cluster, "jobs", [90, 100, 110.0]).assign(origin=base, label="Jobs, people")
        for cluster, base in bases.items()
    )
    figure = series_panels(series, base="origin")
    assert panel_titles(figure) == [said]
    assert "100" not in panel_titles(series_panels(series))[0]


@pytest.mark.parametrize("kind", ["figure", "notebook"])
def test_the_panels_of_base_indices_name_their_bases(kind, study, monkeypatch, tmp_path):
    drawn = []
    if kind == "figure":
        monkeypatch.setattr(figures, "save", lambda _, name, figure, *more: drawn.append(figure))
        figures.base_indices(study, tmp_path)
    else:
        monkeypatch.setattr(plt, "show", lambda: drawn.append(plt.gcf()))
        run("05-indices", data_folder="data/processed", base_year=2017)
    titles = [title.splitlines() for title in panel_titles(drawn[-1])]
    own = {title[-1] for title in titles}
    assert own == ({"2016 = 100", "2017 = 100"} if kind == "figure" else {"2017 = 100"})


def test_panels_say_in_words_what_they_show_and_what_is_a_plan():
    values = {"jobs": [5.0, None, 9.0], "sales": [None, 7.0, None], "exports": [None] * 3}
    series = pd.concat([
        lines_of("new-port", name, known, ["base", "unfinished", "target"]).assign(label=f"L {name}, units")
        for name, known in values.items()
    ])  # fmt: skip
    said = "L jobs, units: 5 in 2016 to 9 in 2018 (target); L sales, units: 7 in 2017 (year under way); "
    assert repr(series_panels(series)) == f"Picture: {said}L exports, units: no value"
    others = pd.concat(
        [series, lines_of("b", "jobs", [1.0, 2.0, 3.0]).assign(label="L jobs, units")]
    )
    assert repr(series_panels(others.assign(origin=2016), base="origin")).startswith(
        "Picture: L jobs, units; new-port, and 1 other pale; 2016 = 100: 5 in 2016 to 9 in 2018 (target); "
        "L sales, units; new-port; 2016 = 100: 7"
    )


def test_of_many_panels_not_all_are_said():
    many = pd.concat(lines_of("a", f"i{n:02}", [1.0, 2.0, 3.0]) for n in range(20))
    said = repr(series_panels(many)).split("; ")
    assert said[0] == "Picture: i00: 1 in 2016 to 3 in 2018 (target)"
    assert said[14:] == ["i14: 1 in 2016 to 3 in 2018 (target)", "and 5 more"]


def test_indicators_that_the_cluster_lacks_change_nothing(study):
    own = study.series.loc[study.series["cluster"] == "penza-it", "indicator"]
    shared = study.series[study.series["indicator"].isin(own)]
    pictures = [series_rows(table, "penza-it").figure for table in (study.series, shared)]
    for figure in pictures:
        figure.canvas.draw()
    assert np.array_equal(*(figure.canvas.buffer_rgba() for figure in pictures))
    assert repr(pictures[0]) == repr(pictures[1])


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("of", [[], ["indicator"], ["panel", "indicator"]])
def test_the_ends_of_a_band_are_the_quantiles_of_pandas(of, seed):
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, 300))
    points = pd.DataFrame({"indicator": chance.choice(list("zyxa"), size)}, dtype="str").assign(
        panel=chance.integers(0, 3, size),
        year=chance.integers(2001, 2006, size),
        value=np.where(chance.random(size) < 0.3, np.nan, chance.normal(size=size).round(seed)),
    )
    grouped = points.groupby([*of, "year"])["value"]
    wanted = grouped.quantile(list(BAND)).unstack().reset_index()
    found = band_ends(points, "value", of=of)
    pd.testing.assert_frame_equal(found, wanted, check_exact=True, check_column_type=False)
