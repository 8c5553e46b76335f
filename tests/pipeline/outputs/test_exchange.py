"""Results for other programs: targets of a replication with their schema, and Stata files."""

import json
from dataclasses import replace

import jsonschema
import pandas as pd
import pytest

from pipeline.outputs.exchange import stata
from pipeline.outputs.exchange.targets import targets


@pytest.fixture(scope="module")
def listed(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("targets")
    targets(study, folder)
    return folder, json.loads((folder / "targets.json").read_text(encoding="utf-8"))


def test_every_published_value_and_claim_is_a_target(listed, study):
    _, content = listed
    values = [t for t in content["targets"] if t["kind"] == "value"]
    claims = [t for t in content["targets"] if t["kind"] == "claim"]
    assert len(values) == len(study.published) == 81
    assert [claim["id"] for claim in claims] == study.claims["id"].tolist()
    assert len({t["id"] for t in content["targets"]}) == len(content["targets"])
    assert {value["verdict"] for value in values} == {"equal"}
    share = next(v for v in values if v["place"] == "Table 2, row 1, 2016")
    assert (share["published"], share["tolerance"]) == ("55", 0.5)
    grade = next(v for v in values if v["place"] == "Table 1, row 1, level")
    assert (grade["published"], grade["tolerance"]) == ("highest", None)


def test_the_targets_keep_to_their_schema_and_a_wrong_one_does_not(listed):
    folder, content = listed
    schema = json.loads((folder / content["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema)
    for change in ({"verdict": "certain"}, {"kind": "wish"}, {"more": 1}, {"tolerance": "much"}):
        wrong = json.loads(json.dumps(content))
        wrong["targets"][0] |= change
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_a_value_that_does_not_come_out_is_a_target_not_reached(study, tmp_path):
    series = study.series.copy()
    series.loc[series.index[0], "value"] = 99.0
    targets(replace(study, series=series), tmp_path)
    found = json.loads((tmp_path / "targets.json").read_text(encoding="utf-8"))["targets"]
    missed = [t for t in found if t["kind"] == "value" and t["verdict"] != "equal"]
    assert [(t["verdict"], t["regenerated"]) for t in missed] == [("differs", "99")]


@pytest.fixture(scope="module")
def written(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stata")
    stata.series(study, folder)
    stata.components(study, folder)
    return folder / "stata"


def test_a_stata_file_holds_the_table_with_its_gaps(written, study):
    read = pd.read_stata(written / "series.dta", convert_categoricals=True)
    assert read["value"].isna().sum() == study.series["value"].isna().sum() == 3
    assert read["value"].dropna().tolist() == study.series["value"].dropna().tolist()
    for column in ("cluster", "indicator", "year", "standing", "unit"):
        assert read[column].tolist() == study.series[column].tolist(), column
    items = pd.read_stata(written / "components.dta")
    assert items["status"].tolist() == study.components["status"].tolist()
    other = study.components["alternative_status"]
    assert items["alternative_status"].isna().tolist() == other.isna().tolist()


def test_its_columns_and_words_have_labels(written):
    with pd.read_stata(written / "series.dta", iterator=True) as file:
        labels, words = file.variable_labels(), file.value_labels()
        assert file.data_label.startswith("Innovative potential of SME clusters")
    assert all(labels.values()) and max(map(len, labels.values())) <= 80
    assert set(words["standing"].values()) == {"base", "unfinished", "target"}


def test_the_same_study_gives_the_same_stata_file(study, tmp_path):
    stata.series(study, tmp_path / "a")
    stata.series(study, tmp_path / "b")
    first, second = ((tmp_path / name / "stata/series.dta").read_bytes() for name in "ab")
    assert first == second and b"01 Jan 1980" in first


def test_any_script_long_texts_and_empty_columns_are_kept(study, tmp_path):
    items = study.components.head(3).copy()
    items["item"] = ["Кластер 木", "x" * 5000, "c"]
    items["alternative_status"] = None
    stata.components(replace(study, components=items, title="Исследование " * 9), tmp_path)
    read = pd.read_stata(tmp_path / "stata/components.dta")
    assert read["item"].tolist() == items["item"].tolist()
    assert "alternative_status" not in read
