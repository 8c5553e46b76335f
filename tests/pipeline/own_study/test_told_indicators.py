"""What import.toml tells of indicators: kinds and the units they admit, weights."""

import json

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis import indicator_matrix, integral_indicator, load_study
from pipeline.errors import UsageError
from pipeline.outputs.integral import diagnostics
from pipeline.own_study.import_study import ImportStopsError
from tests.pipeline.own_study.test_import_study import contents, rows, run


def told(folder, table, **values):
    settings = folder / "import.toml"
    lines = "".join(f'"{name}" = {json.dumps(value)}\n' for name, value in values.items())
    text = settings.read_text(encoding="utf-8").replace(f"[{table}]\n", f"[{table}]\n{lines}")
    settings.write_text(text, encoding="utf-8")


def test_a_share_of_something_is_in_per_cent_and_says_of_what(tmp_path):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text('Region,"Broadband, % of households",Jobs\nAlder,88.5,5\nBirch,71.2,6\n')
    assert run(source, folder) == 0
    assert rows(folder / "indicators.csv")[0]["unit"] == "% of households"
    told(folder, "kinds", Broadband="share")
    assert run(source, folder) == 0
    found = {r["kind"]: (r["label"], r["unit"]) for r in rows(folder / "indicators.csv")}
    assert found["share"] == ("Broadband, % of households", "percent")
    assert load_study(folder).series["value"].notna().all()


def test_a_kind_that_the_unit_does_not_fit_is_refused_in_the_settings(tmp_path):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobless (%),Graduates\nAlder,8.5,5.5\nBirch,7.1,6.5\n")
    run(source, folder)
    before = contents(folder)
    told(folder, "kinds", Jobless="amount", Graduates="share")
    with pytest.raises(UsageError) as refused:
        run(source, folder)
    first, second = str(refused.value).splitlines()
    assert "import.toml: 'Jobless' is no amount with the unit 'percent': set rate" in first
    assert "'Graduates' is no share with the unit 'unit not stated': set \"percent\"" in second
    assert {name: text for name, text in contents(folder).items() if name != "import.toml"} == {
        name: text for name, text in before.items() if name != "import.toml"
    }


def test_weights_are_told_in_the_settings_and_carried_by_the_score(tmp_path, capsys):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobs,Schools,Clinics\nAlder,10,0,0\nBirch,0,10,0\nCedar,0,0,10\n")
    run(source, folder)
    assert "weight" not in rows(folder / "indicators.csv")[0]
    told(folder, "weights", Jobs=5, Schools=0.5)
    told(folder, "directions", Jobs="up", Schools="up", Clinics="up")
    capsys.readouterr()
    assert run(source, folder) == 0
    assert "no weight, and so counted 1: 'Clinics'" in capsys.readouterr().out
    assert [row["weight"] for row in rows(folder / "indicators.csv")] == ["5", "0.5", ""]
    scores = integral_indicator(indicator_matrix(load_study(folder))).scores
    total = scores.loc[scores["level"] == "total"].set_index("cluster")["score_low"]
    assert (total * 6.5 / 100).round(9).to_dict() == {"Alder": 5.0, "Birch": 0.5, "Cedar": 1.0}


def test_an_import_names_the_indicators_that_still_lack_a_direction(tmp_path, capsys):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobs,Long rent,Crime\nAlder,10,5 p,1\nBirch,7,10,2\n")
    run(source, folder)
    said = capsys.readouterr().out
    assert "  - 1 provisional cell (p)" in said
    assert 'more of an indicator is better: set it under [directions], as in "Jobs" =' in said
    told(folder, "directions", Jobs="up")
    run(source, folder)
    said = capsys.readouterr().out
    assert "is not said of 'Long rent', 'Crime': set it" in said
    assert 'as in "Long rent" = "up" or "down", else' in said
    told(folder, "directions", **{"Long rent": "down", "Crime": "down"})
    run(source, folder)
    assert "[directions]" not in capsys.readouterr().out


@pytest.mark.parametrize("weight", ['"2"', "-1", "true", "nan", "1e7", "[2]"])
def test_a_weight_that_is_none_is_refused(tmp_path, weight):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobs\nAlder,10\nBirch,0\n")
    folder.mkdir()
    (folder / "import.toml").write_text(f"[weights]\nJobs = {weight}\n")
    with pytest.raises(UsageError, match=r"the weight of .Jobs. is .*a number from 0"):
        run(source, folder)


FRAMEWORK = """Pillar,Indicator,Unit,Direction,Weight,Arden,Brook,Corran
Inputs,Graduates,per 1000,+,2,12,15,22
Inputs,Schools,number,+,1,3,9,6
Outputs,Patents,number,+,1,24,15,44
Outputs,Jobless,%,-,1,6.5,8.1,4.2
Outputs,Broadband,% of households,?,1,90,90,90
"""


def test_a_table_with_pillars_directions_and_weights_is_a_whole_framework(tmp_path, capsys):
    source, folder = tmp_path / "index 2023.csv", tmp_path / "study"
    source.write_text(FRAMEWORK)
    assert run(source, folder) == 0
    said = capsys.readouterr().out
    assert "weight of each indicator: 'Weight' (column E)" in said
    assert "no direction is read from '?' of 'Broadband'; set it under [directions]" in said
    assert [row["name"] for row in rows(folder / "clusters.csv")] == ["Arden", "Brook", "Corran"]
    told(folder, "directions", Broadband="up")
    told(folder, "goalposts", Broadband=[0, 100])
    told(folder, "denominators", Patents="Graduates")
    assert run(source, folder) == 0
    scores = integral_indicator(indicator_matrix(load_study(folder))).scores
    total = scores.loc[scores["level"] == "total"].set_index("cluster")["score_low"]
    # by hand: pillars count alike; graduates twice; patents per graduate are 2, 1 and 2
    inputs = {"Arden": 0, "Brook": (2 * 30 + 100) / 3, "Corran": (2 * 100 + 50) / 3}
    jobless = {"Arden": 100 * 1.6 / 3.9, "Brook": 0, "Corran": 100}
    per_graduate = {"Arden": 100, "Brook": 0, "Corran": 100}
    outputs = {at: (per_graduate[at] + jobless[at] + 90) / 3 for at in inputs}
    assert total.to_dict() == pytest.approx({at: (inputs[at] + outputs[at]) / 2 for at in inputs})
    # an indicator that is the same everywhere has no place on some scales, and stops nothing
    diagnostics(load_study(folder), tmp_path)
    scales = rows(tmp_path / "integral_normalisations.csv")
    assert {row["indicator"]: row["minmax"] for row in scales if row["cluster"] == "Corran"} == {
        "Graduates": "1.0", "Schools": "0.5", "Patents": "1.0", "Jobless": "1.0", "Broadband": "",
    }  # fmt: skip
    assert len(rows(tmp_path / "integral_benefit.csv")) == 3


@pytest.mark.parametrize(
    ("table", "value", "said"),
    [
        ("pillars", 3, "the pillar of 'Jobs' is 3; a text in quotation marks"),
        ("denominators", "", "the denominator of 'Jobs' is ''; a text in quotation marks"),
        ("goalposts", [5, 5], "the goalposts of 'Jobs' are [5, 5]; two numbers, the smaller first"),
        ("goalposts", 5, "the goalposts of 'Jobs' are 5; two numbers, the smaller first"),
    ],
)
def test_what_is_no_pillar_denominator_or_goalpost_is_refused(tmp_path, table, value, said):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobs,Schools\nAlder,10,0\nBirch,5,10\n")
    run(source, folder)
    told(folder, table, Jobs=value)
    with pytest.raises(UsageError) as refused:
        run(source, folder)
    assert said in str(refused.value)


def test_a_denominator_that_is_no_indicator_stops_the_import(tmp_path, capsys):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobs,Schools\nAlder,10,0\nBirch,5,10\n")
    run(source, folder)
    told(folder, "denominators", Jobs="People")
    with pytest.raises(ImportStopsError):
        run(source, folder)
    assert "'Jobs' is divided by 'People', which is no indicator" in capsys.readouterr().out


def test_rows_of_weights_and_directions_are_asked_and_no_regions_in_silence(tmp_path, capsys):
    source = tmp_path / "regions 2022.csv"
    source.write_text("Region,Jobs,Schools\nDirection,1,-1\nWeight,2,1\nAlder,10,0\nBirch,5,9\n")
    with pytest.raises(ImportStopsError):
        run(source, tmp_path / "study")
    assert 'leave_out_regions = ["Direction", "Weight"]' in capsys.readouterr().out


def test_where_every_unit_has_a_gap_scales_are_an_empty_table_and_the_rest_comes_out(tmp_path):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    lines = [  # a third of the units lack one of the three each
        ",".join(
            [
                f"Unit {at}",
                *("" if at % 3 == gap else str((at * gap + 7 * at) % 11) for gap in (2, 1, 0)),
            ]
        )
        for at in range(9)
    ]
    source.write_text("\n".join(["Region,Jobs,Schools,Clinics", *lines]) + "\n")
    run(source, folder)
    told(folder, "directions", Jobs="up", Schools="up", Clinics="up")
    run(source, folder)
    diagnostics(load_study(folder), tmp_path)
    lines = (tmp_path / "integral_normalisations.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["cluster,indicator"]
    assert (tmp_path / "integral_outranking.csv").exists()
    assert (
        rows(tmp_path / "integral_eigenvalues.csv") == rows(tmp_path / "integral_alpha.csv") == []
    )
    cells = pd.read_csv(source, index_col="Region")
    pairs = rows(tmp_path / "integral_correlations.csv")
    assert len(pairs) == 3
    for row in pairs:
        both = cells[[row["first"], row["second"]]].dropna()
        assert int(row["n"]) == len(both) == 3
        assert float(row["correlation"]) == pytest.approx(np.corrcoef(both.T)[0, 1], abs=1e-9)


def with_sheet(path, rows_of_sheet):
    """A workbook of values of 2022, and a sheet of its own that tells of its indicators."""
    book = openpyxl.Workbook()
    values = book.active
    values.title = "2022"
    for row in (
        ["Region", "Jobs, thousand", "Jobless (%)", "Schools"],
        ["Alder", 10, 5.5, 3], ["Birch", 4, 7.5, 1], ["Cedar", 1, 2.5, 8],
    ):  # fmt: skip
        values.append(row)
    sheet = book.create_sheet("Framework")
    for row in rows_of_sheet:
        sheet.append(row)
    book.save(path)


def test_a_sheet_of_its_own_tells_pillars_directions_and_weights(tmp_path, capsys):
    source, folder = tmp_path / "regions.xlsx", tmp_path / "study"
    header = ["Indicator", "Pillar", "Direction", "Weight"]
    with_sheet(source, [
        ["How the index is built"], [], header,
        ["Jobs, thousand", "Work", "+", 2],
        ["jobless", "Work", -1, 0.5],
        ["Schools", "People", "more is better", None],
        ["Clinics", "People", "sideways", 1],
    ])  # fmt: skip
    assert run(source, folder) == 0
    said = capsys.readouterr().out
    assert "sheet Framework: pillar, direction and weight of 4 indicators" in said
    assert "told of, and no indicator of the table: 'Clinics'" in said
    assert "holds no table of numbers" not in said
    told_of = [
        [row[name] for name in ("label", "direction", "weight", "pillar")]
        for row in rows(folder / "indicators.csv")
    ]
    assert told_of == [
        ["Jobs", "up", "2.0", "Work"],
        ["Jobless", "down", "0.5", "Work"],
        ["Schools", "up", "", "People"],
    ]
    told(folder, "directions", Schools="down")
    assert run(source, folder) == 0
    assert rows(folder / "indicators.csv")[2]["direction"] == "down"  # the settings go before it


def test_a_sheet_that_tells_of_no_indicators_is_left_out_as_before(tmp_path, capsys):
    source, folder = tmp_path / "regions.xlsx", tmp_path / "study"
    with_sheet(source, [["Indicator", "Source"], ["Jobs, thousand", "register"]])
    assert run(source, folder) == 0
    assert "sheet Framework: holds no table of numbers" in capsys.readouterr().out
    assert "pillar" not in rows(folder / "indicators.csv")[0]
