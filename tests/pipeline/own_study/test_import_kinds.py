"""Kinds that are told in import.toml: what a share is of, and units that a kind does not admit."""

import pytest

from analysis import load_study
from pipeline.errors import UsageError
from tests.pipeline.own_study.test_import_study import contents, rows, run


def told_kinds(folder, **kinds):
    settings = folder / "import.toml"
    lines = "".join(f'"{name}" = "{kind}"\n' for name, kind in kinds.items())
    text = settings.read_text(encoding="utf-8").replace("[kinds]\n", f"[kinds]\n{lines}")
    settings.write_text(text, encoding="utf-8")


def test_a_share_of_something_is_in_per_cent_and_says_of_what(tmp_path):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text('Region,"Broadband, % of households",Jobs\nAlder,88.5,5\nBirch,71.2,6\n')
    assert run(source, folder) == 0
    assert rows(folder / "indicators.csv")[0]["unit"] == "% of households"
    told_kinds(folder, Broadband="share")
    assert run(source, folder) == 0
    found = {r["kind"]: (r["label"], r["unit"]) for r in rows(folder / "indicators.csv")}
    assert found["share"] == ("Broadband, % of households", "percent")
    assert load_study(folder).series["value"].notna().all()


def test_a_kind_that_the_unit_does_not_fit_is_refused_in_the_settings(tmp_path):
    source, folder = tmp_path / "regions 2022.csv", tmp_path / "study"
    source.write_text("Region,Jobless (%),Graduates\nAlder,8.5,5.5\nBirch,7.1,6.5\n")
    run(source, folder)
    before = contents(folder)
    told_kinds(folder, Jobless="amount", Graduates="share")
    with pytest.raises(UsageError) as refused:
        run(source, folder)
    first, second = str(refused.value).splitlines()
    assert "import.toml: 'Jobless' is no amount with the unit 'percent': set rate" in first
    assert "'Graduates' is no share with the unit 'unit not stated': set \"percent\"" in second
    assert {name: text for name, text in contents(folder).items() if name != "import.toml"} == {
        name: text for name, text in before.items() if name != "import.toml"
    }
