"""Readable names: from the optional column `short`, else from the name or label."""

from dataclasses import replace

import pandas as pd

from analysis import load_study


def test_ids_become_names_wherever_a_table_holds_them(study):
    table = pd.DataFrame({"cluster": ["penza-it"], "other": ["ryazan-textile"], "share": [0.5]})
    assert study.named(table).iloc[0].tolist() == ["Penza IT", "Ryazan textile", 0.5]
    index = pd.MultiIndex.from_tuples([("sakha-furniture", "hpj-number")])
    levels = pd.Series([1.0], index=index.set_names(["cluster", "indicator"]))
    assert study.named(levels).index[0] == ("Sakha furniture", "High-performance jobs, people")


def test_a_ratio_has_the_names_of_both_its_parts(study):
    table = pd.DataFrame({"indicator": ["hpj-number per value-chain-smes", "hpj-number per firm"]})
    jobs, firms = "High-performance jobs, people", "SMEs in the common value chain, units"
    assert study.named(table)["indicator"].tolist() == [f"{jobs} per {firms}", f"{jobs} per firm"]


def test_what_is_no_id_stays(study):
    table = pd.DataFrame({"subject": ["highest", "penza-it"], "level": ["penza-it", ""]})
    assert study.named(table)["subject"].tolist() == ["highest", "Penza IT"]
    assert study.named(table)["level"].tolist() == ["penza-it", ""]


def test_without_a_short_name_the_name_is_told(study):
    plain = study.clusters.assign(short=None)
    assert replace(study, clusters=plain).named(study.clusters).index[1].startswith("IT cluster of")


def test_a_reason_names_an_indicator_by_its_label_where_it_has_no_short_one(study):
    assert study.in_words("'jobs' is open") == "'jobs' is open"
    name = study.indicators.index[0]
    plain = study.indicators.assign(short=None, label="Volume of goods")
    words = replace(study, indicators=plain).in_words(f"{name!r} of unit 'penza-it' is open")
    assert words == "volume of goods of unit Penza IT is open"


def test_two_of_one_name_are_distinguished(study):
    alike = study.clusters.assign(short=["North", "North", *"abcdefghi"])
    names = replace(study, clusters=alike).named(study.clusters).index
    assert names[:3].tolist() == ["North [vologda-wood]", "North [penza-it]", "a"]


def test_a_study_without_the_column_is_read(raw):
    rows = [row[:-1] for row in raw.rows("clusters")]
    raw.write("clusters", rows)
    assert load_study(raw.path).clusters["short"].isna().all()
