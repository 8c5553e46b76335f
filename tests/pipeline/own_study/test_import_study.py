"""make import: what is understood is shown, questions stand in import.toml, a study is written."""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from analysis import load_study
from pipeline.errors import StudyError, UsageError
from pipeline.own_study.import_settings import read_settings
from pipeline.own_study.import_study import import_study
from pipeline.own_study.inferred import identifier, inferred_kind

CASES = Path("tests/reference/wide")


def run(source, folder):
    return import_study({"FROM": str(source), "NAME": str(folder)})


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "case", ["eurostat-tsv.tsv", "merged-header.xlsx", "sheet-per-year.xlsx", "world-bank-csv.csv"]
)
def test_a_table_becomes_a_study_that_is_sound(tmp_path, capsys, case):
    folder = tmp_path / "study"
    assert run(CASES / case, folder) == 0
    said = capsys.readouterr().out
    assert "Rows and columns" in said
    assert f"make DATA={folder}" in said
    study = load_study(folder)
    values = rows(folder / "series.csv")
    assert len(values) == len(rows(CASES / f"{case.split('.')[0]}.expected.csv"))
    assert study.series["value"].notna().sum() == sum(row["value"] != "" for row in values)
    assert (folder / "import.md").read_text(encoding="utf-8").startswith(f"# How {case} was read")


def test_values_are_the_exact_texts_of_the_source(tmp_path):
    run(CASES / "world-bank-csv.csv", tmp_path / "study")
    found = {(r["cluster"], r["year"]): r["value"] for r in rows(tmp_path / "study/series.csv")}
    assert found["KLD", "2015"] == "1204.50312"
    assert found["TRF", "2015"] == ""  # missing stays missing
    assert found["TRF", "2016"] == "0"
    names = {r["cluster"]: r["name"] for r in rows(tmp_path / "study/clusters.csv")}
    assert names == {"KLD": "Kaldria, Rep.", "TRF": "Tarnfeld", "CAM": "Cote d'Amare"}


def test_twice_gives_the_same_bytes(tmp_path):
    run(CASES / "eurostat-xlsx.xlsx", tmp_path / "study")
    first = contents(tmp_path / "study")
    run(CASES / "eurostat-xlsx.xlsx", tmp_path / "study")
    assert contents(tmp_path / "study") == first


def test_questions_are_written_and_nothing_else_until_they_are_answered(tmp_path, capsys):
    source, folder = CASES / "rosstat-districts.xlsx", tmp_path / "study"
    with pytest.raises(
        StudyError, match=r'replace each "\?" in it \(leave_out_regions, dash_means\)'
    ):
        run(source, folder)
    assert [path.name for path in folder.iterdir()] == ["import.toml"]
    settings = folder / "import.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'dash_means = "?"' in text
    assert "Российская Федерация" in text
    with pytest.raises(StudyError):  # an answer that is still open is none
        run(source, folder)
    assert settings.read_text(encoding="utf-8") == text
    left_out = "Российская Федерация", "Северный федеральный округ", "Южноречный федеральный округ"
    answers = {"dash_means": '"zero"', "leave_out_regions": json.dumps(left_out)}
    for name, value in answers.items():
        text = text.replace(f'{name} = "?"', f"{name} = {value}")
    settings.write_text(text, encoding="utf-8")
    assert run(source, folder) == 0
    assert settings.read_text(encoding="utf-8") == text  # what a person wrote stays as it is
    series = rows(folder / "series.csv")
    assert {row["cluster"] for row in series}.isdisjoint(left_out)
    dashes = [row for row in series if row["flag"] == "–"]
    assert [row["value"] for row in dashes] == ["0", "0"]
    assert "С 2015 г. включая закрытые территории." in {row["note"] for row in series}
    capsys.readouterr()


def test_next_years_file_is_one_command(tmp_path):
    first, later = tmp_path / "jobs.csv", tmp_path / "jobs-later.csv"
    first.write_text("Region;2016;2017\nAlder;1,5;-\nBirch;2;3\n", encoding="utf-8")
    with pytest.raises(StudyError):
        run(first, tmp_path / "study")
    settings = tmp_path / "study/import.toml"
    text = settings.read_text(encoding="utf-8").replace('means = "?"', 'means = "missing"')
    settings.write_text(text, encoding="utf-8")
    run(first, tmp_path / "study")
    later.write_text("Region;2016;2017;2018\nAlder;1,5;-;4\nBirch;2;3;-\n", encoding="utf-8")
    assert run(later, tmp_path / "study") == 0
    assert len(rows(tmp_path / "study/series.csv")) == 6


def test_what_was_edited_by_hand_is_not_written_over(tmp_path):
    folder = tmp_path / "study"
    run(CASES / "merged-header.xlsx", folder)
    table = folder / "clusters.csv"
    table.write_text(table.read_text(encoding="utf-8") + "extra,Extra\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(UsageError, match=r"clusters\.csv was edited since it was imported"):
        run(CASES / "merged-header.xlsx", folder)
    assert contents(folder) == before


def test_kinds_units_and_labels_are_told_in_the_settings(tmp_path, capsys):
    folder = tmp_path / "study"
    run(CASES / "merged-header.xlsx", folder)
    name = "Удельный вес инновационных организаций"
    assert f'under [directions], as in "{name}" = "up"' in capsys.readouterr().out
    settings = folder / "import.toml"
    text = settings.read_text(encoding="utf-8").replace("[kinds]", f'[kinds]\n"{name}" = "share"')
    text = text.replace("[directions]", f'[directions]\n"{name}" = "up"')
    settings.write_text('unit_noun = "area"\n' + text, encoding="utf-8")
    run(CASES / "merged-header.xlsx", folder)
    kinds = {row["indicator"]: row["kind"] for row in rows(folder / "indicators.csv")}
    assert kinds == {name: "share", "Внутренние затраты на исследования": "amount"}
    assert load_study(folder).unit_noun == "area"
    directions = {row["indicator"]: row["direction"] for row in rows(folder / "indicators.csv")}
    assert directions == {name: "up", "Внутренние затраты на исследования": ""}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "wanted: make import FROM="),
        ({"FROM": "nothing-there.csv", "NAME": "x"}, "there is no such file or folder"),
        ({"FROM": str(CASES / "bea-csv.csv"), "NAME": "docs"}, "docs"),
    ],
)
def test_a_call_that_cannot_be_carried_out(environment, said):
    with pytest.raises(StudyError, match=said):
        import_study(environment)


def test_a_folder_that_make_import_did_not_write_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="make import did not write it"):
        run(CASES / "merged-header.xlsx", tmp_path / "mine")
    assert contents(tmp_path / "mine") == {"letter.txt": b"mine"}


def test_a_table_that_is_refused_leaves_nothing(tmp_path, capsys):
    with pytest.raises(StudyError, match="has to be put right first"):
        run(CASES / "duplicated-rows.csv", tmp_path / "study")
    assert not (tmp_path / "study").exists()
    assert "Nordmark, Grants received, 2017: 15 in row 2 (cell D2), 51 in row 4" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dash_means = zero", "is not TOML"),
        ('dash = "zero"', "unknown setting 'dash'"),
        ('kinds = "share"', "kinds is a table"),
        ('[directions]\nJobs = "better"', "the direction of 'Jobs' is 'better'; up or down"),
        ('[kinds]\nJobs = "percent"', "the kind of 'Jobs' is 'percent'; there are count"),
    ],
)
def test_settings_that_cannot_be_read_are_named(tmp_path, text, said):
    path = tmp_path / "import.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_settings(path)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("UKC1", "UKC1"),
        ("gdp_per_capita", "gdp_per_capita"),
        ("Алтайский край", "Алтайский край"),
        ("R&D per head (EUR)", "R-D per head EUR"),
        ("../etc", "etc"),
        ("Край " * 100, ("Край " * 11).strip()),
    ],
)
def test_identifiers_stay_what_was_typed(text, wanted):
    assert identifier(text) == wanted


@pytest.mark.parametrize(
    ("name", "unit", "values", "kind"),
    [
        ("Unemployment", "percent", ["5.5", "120"], "rate"),  # may be without bounds
        ("Paro", "Porcentaje", ["5.5", "12"], "rate"),
        ("Tasso", "percentuale", ["5.5", "12"], "rate"),
        ("失業率", "％", ["5.5", "12"], "rate"),
        ("Price index", "2015 = 100", ["101.5"], "rate"),
        ("Net migration", "persons", ["-5", "3"], "balance"),
        ("Trust", "", ["-0.0", "3.5"], "amount"),
        ("Jobs", "persons", ["5", "6"], "count"),
        ("Jobs", "thousand persons", ["5.5"], "amount"),
        ("Index of trust", "", ["0.5", "0.7"], "rate"),
    ],
)
def test_kinds_are_inferred_with_caution(name, unit, values, kind):
    found, why = inferred_kind(name, unit, values)
    assert found == kind
    assert why


def test_indicators_taken_for_one_kind_by_a_word_of_their_names_are_told_once(tmp_path, capsys):
    source = tmp_path / "regions 2022.csv"
    names = [f"Index of item {at}" for at in range(9)]
    cells = [",".join(["Region", *names]), "Alder" + ",1.5" * 9, "Birch" + ",2.5" * 9]
    source.write_text("\n".join(cells) + "\n")
    run(source, tmp_path / "study")
    told = [line for line in capsys.readouterr().out.splitlines() if "taken for rate" in line]
    assert len(told) == 1
    assert "'Index of item 5' and 3 more: 'Index' may be without bounds" in told[0]


def test_exactness_survives_the_way_through_a_workbook(tmp_path):
    run(CASES / "sheet-per-year.xlsx", tmp_path / "study")
    values = {Decimal(row["value"]) for row in rows(tmp_path / "study/series.csv") if row["value"]}
    assert Decimal("12.5") in values  # 0.125 shown as 12.5 %
    assert Decimal("0.5") in values  # 0.005 shown as 0.5 %


UK = "year,nuts_id,value_of_work\n2018,UKC1,1.5\n2018,UKD1,2\n2019,UKC1,2\n2019,UKD1,3\n"


def test_a_technical_name_is_a_label_in_words_and_no_unit_is_none_in_labels(tmp_path):
    source = tmp_path / "value_of_work.csv"
    source.write_text(UK, encoding="utf-8")
    run(source, tmp_path / "uk")
    study = load_study(tmp_path / "uk")
    assert study.series["label"].unique().tolist() == ["Value of work"]
    assert study.series["unit"].unique().tolist() == ["unit not stated"]


def test_targets_go_into_the_study_as_targets(tmp_path):
    run(CASES / "own" / "years-with-words.csv", tmp_path / "plans")
    study = load_study(tmp_path / "plans")
    standing = study.series.groupby("year")["standing"].unique().map(list).to_dict()
    assert standing == {2018: ["outcome"], 2019: ["outcome"], 2020: ["target"]}
    assert set(study.series.loc[study.series["year"] == 2019, "flag"]) == {"оценка"}


def test_settings_by_a_name_that_is_not_there_are_said(tmp_path, capsys):
    source, folder = tmp_path / "jobs.csv", tmp_path / "jobs"
    source.write_text("County,2018,2019\nAlder,1,2\nBirch,3,4.5\n", encoding="utf-8")
    folder.mkdir()
    settings = folder / "import.toml"
    settings.write_text('[units]\nJobz = "persons"\n[names]\nCedar = "C"\n', encoding="utf-8")
    run(source, folder)
    said = capsys.readouterr().out
    assert "[units] in the settings: no indicator is called 'Jobz'" in said
    assert "[names] in the settings: no region is called 'Cedar'" in said
    settings.write_text('[names]\ntitle = "Jobs"\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"title stands below \[names\]"):
        run(source, folder)


@pytest.mark.parametrize(
    ("noun", "many"), [("county", "counties"), ("bush", "bushes"), ("регион", "регион")]
)
def test_the_plural_of_a_noun_that_is_told_alone(tmp_path, noun, many):
    source, folder = tmp_path / "jobs.csv", tmp_path / "jobs"
    source.write_text("County,2018,2019\nAlder,1,2\nBirch,3,4.5\n", encoding="utf-8")
    folder.mkdir()
    (folder / "import.toml").write_text(f'unit_noun = "{noun}"\n', encoding="utf-8")
    run(source, folder)
    assert load_study(folder).nouns == (noun, many)


def test_texts_of_any_length_make_a_study_that_is_sound(tmp_path):
    source, folder = tmp_path / "long.csv", tmp_path / "long"
    name = "Employment of the population of working age that lives in the territory, variant "
    units = "(thousand persons at the end of the year, by the main job of each)"
    header = f'Region,"{name}A {units}","{name}B {units}"\n'
    places = "\n".join(f"{'Very long name of a municipality ' * 8}{n},{n},{n}.5" for n in (1, 2, 3))
    source.write_text(header + places + "\n", encoding="utf-8")
    folder.mkdir()
    (folder / "import.toml").write_text("year = 2020\n", encoding="utf-8")
    run(source, folder)
    study = load_study(folder)
    assert len(study.series) == 6
    assert study.clusters.index.is_unique
    assert study.series["label"].nunique() == 2
    assert max(map(len, [*study.clusters.index, *study.indicators.index])) <= 60


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Region,1890,2019\nAlder,1,2\nBirch,3,4\n", "the years 1890: a study takes 1900 to 2100"),
        ("Region,2018,2019\nAlder,1,2\nBirch,1234567890123456,4\n", r"\(cell B3\) is 12345678"),
    ],
)
def test_what_no_study_takes_is_refused_before_anything_is_written(tmp_path, capsys, table, said):
    source, folder = tmp_path / "jobs.csv", tmp_path / "study"
    source.write_text(table, encoding="utf-8")
    with pytest.raises(StudyError, match="put right first"):
        run(source, folder)
    assert re.search(said, capsys.readouterr().out)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Table 5.1 Turnover of firms, mln EUR\n", "Turnover of firms"),
        ("Innovation in the regions\n(mln EUR)\n", "Innovation in the regions"),
        ("Firms\n", "Jobs of regions"),  # one word alone may be anything
        ("Source: a survey of firms\n", "Jobs of regions"),
        ("Unit: mln EUR\n", "Jobs of regions"),
        ("Last updated 3 May 2020\n", "Jobs of regions"),
        ("", "Jobs of regions"),
    ],
)
def test_the_title_of_a_study_is_the_one_above_its_table_or_its_files_name(tmp_path, above, title):
    source = tmp_path / "jobs-of_regions.csv"
    source.write_text(f"{above}Region;2016;2017\nAlder;1,5;2\nBirch;2;3\n", encoding="utf-8")
    assert run(source, tmp_path / "study") == 0
    assert load_study(tmp_path / "study").title == title


def test_a_title_of_ones_own_and_tables_with_several_titles(tmp_path):
    folder = tmp_path / "two tables"
    folder.mkdir()
    for name in ("Jobs in firms", "Turnover of firms"):
        text = f"{name}\nRegion;2016;2017\nAlder;1,5;2\nBirch;2;3\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    assert run(folder, tmp_path / "study") == 0
    assert load_study(tmp_path / "study").title == "Two tables"
